/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "documents/engram-record-json-private.h"
#include "exchange/engram-attributes-private.h"
#include "json/engram-json-reader-private.h"
#include "query/engram-searcher.h"

G_BEGIN_DECLS

/* A record as the values of its attributes. They are taken from the JSON object that stands for it in a document, so
 * that all formats say the same of it. */
typedef struct _EngramRecordCells EngramRecordCells;

/* A value. The bytes are valid until the next record. */
typedef struct {
  EngramJsonToken  token;   /* NULL: there is none; a list or an object by its first token; else what it was */
  const char      *bytes;   /* of a string its token, quotes and escapes included; of others their text */
  gsize            length;
  gboolean         escaped; /* a string with escapes in it */
} EngramCell;

/* What becomes of values that are not of their attribute's kind: none at all, and a problem. */
EngramRecordCells *engram_record_cells_new          (EngramRecordKind             kind,
                                                     const EngramAttributes      *attributes,
                                                     EngramSearcher              *searcher,
                                                     EngramRecordJsonProblemFunc  problem,
                                                     gpointer                     user_data);
void               engram_record_cells_free         (EngramRecordCells           *self);
void               engram_record_cells_take_neuron  (EngramRecordCells           *self,
                                                     sqlite3_stmt                *row,
                                                     gboolean                     with_vector);
void               engram_record_cells_take_synapse (EngramRecordCells           *self,
                                                     sqlite3_stmt                *row,
                                                     gboolean                     unsigned_weight);

const EngramAttributes *engram_record_cells_get_attributes (EngramRecordCells    *self);
const EngramCell  *engram_record_cells_get          (EngramRecordCells           *self,
                                                     guint                        index);
/* Of a neuron its id; of a synapse its id and those of both ends. */
const EngramCell  *engram_record_cells_get_id       (EngramRecordCells           *self);
const EngramCell  *engram_record_cells_get_source   (EngramRecordCells           *self);
const EngramCell  *engram_record_cells_get_target   (EngramRecordCells           *self);
/* Says something of the record; @field NULL: of the whole. */
void               engram_record_cells_note         (EngramRecordCells           *self,
                                                     const char                  *field,
                                                     const char                  *message);

/* The text of a cell: UTF-8, without escapes. *@exact becomes FALSE where something had to be replaced by U+FFFD.
 * (transfer none): valid until @scratch changes. */
const char        *engram_cell_get_text             (const EngramCell            *self,
                                                     GString                     *scratch,
                                                     gsize                       *length,
                                                     gboolean                    *exact);
/* Whether a JSON number is a whole one of 64 bits. */
gboolean           engram_cell_is_integer           (const char                  *token,
                                                     gsize                        length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordCells, engram_record_cells_free)

G_END_DECLS
