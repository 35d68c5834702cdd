/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <sqlite3.h>

#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "model/engram-type-registry.h"

G_BEGIN_DECLS

/* A neuron or a synapse as the JSON object that stands for it in a document, and back.
 *
 * The kept text: what a document's member says and its column cannot (a weight that is the whole number 1 and not
 * 1.0, a text with a NUL in it, metadata that are null and not {}, a position with a fourth coordinate) is kept under
 * the member's own name in `fields` (the column engram_fields), as the JSON text that it was. When the record is
 * written again, the kept text is written in the column's stead as long as it still means what the column holds;
 * where the column has been changed since, the column counts. So `fields` holds three kinds of members: fields of the
 * type without a column, members that nobody knows, and kept texts.
 *
 * A column that is NULL is written as null, but for JSON: metadata and schemas as {}, semantic_tags as [] (and a null
 * that a document has there is a kept text). Of an unregistered type, the type columns that are NULL are not
 * written. */

/* A part of a record that could not be written as it is in the database (a position that is not finite, metadata that
 * are no JSON), told to whoever exports: @field is a name of the document, @message translated. */
typedef void (*EngramRecordJsonProblemFunc) (const char *id,
                                             const char *field,
                                             const char *message,
                                             gpointer    user_data);

typedef struct _EngramRecordJsonState EngramRecordJsonState;

/* How records are written. Either text may be NULL. What is not mentioned in an initializer is 0. */
typedef struct {
  GString                     *document;    /* appended to: the object as it stands in the file */
  guint                        indent;      /* of the file: 2, or 0 for compact */
  guint                        level;       /* how deep the object stands in the file */
  GString                     *canonical;   /* appended to: the object's canonical text */
  EngramTypeRegistry          *registry;
  gboolean                     skip_vector; /* it is written without the member */
  sqlite3_stmt                *row;         /* nullable: where the record was read from, with what it cannot carry */
  EngramRecordJsonProblemFunc  problem;     /* nullable */
  gpointer                     user_data;
  /*< private >*/
  EngramRecordJsonState       *state;
} EngramRecordJsonWriter;

/* Appends the object: common members, the fields of the type, the members that nobody knows. */
void engram_record_json_write_neuron  (EngramRecordJsonWriter  *self,
                                       const EngramNeuron      *neuron);
void engram_record_json_write_synapse (EngramRecordJsonWriter  *self,
                                       const EngramSynapse     *synapse);
/* Frees what the writer has used; its texts belong to the caller. */
void engram_record_json_writer_clear  (EngramRecordJsonWriter  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramRecordJsonWriter, engram_record_json_writer_clear)

G_END_DECLS
