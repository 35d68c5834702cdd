/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <sqlite3.h>

#include "json/engram-json-reader-private.h"
#include "query/engram-sort.h"

G_BEGIN_DECLS

/* What may be read of a row. The first ones, both tables have. */
typedef enum {
  ENGRAM_ROW_ID,
  ENGRAM_ROW_TYPE,
  ENGRAM_ROW_CREATED,
  ENGRAM_ROW_MODIFIED,
  /* neurons */
  ENGRAM_ROW_X,
  ENGRAM_ROW_Y,
  ENGRAM_ROW_Z,
  ENGRAM_ROW_ACTIVATION,
  ENGRAM_ROW_EXECUTIONS,
  ENGRAM_ROW_VECTOR_BYTES, /* NULL where it is no blob */
  ENGRAM_ROW_SOURCE_DATA,
  ENGRAM_ROW_SIGNATURE,
  ENGRAM_ROW_CODE,
  ENGRAM_ROW_TAGS,
  ENGRAM_ROW_METADATA,
  ENGRAM_ROW_FIELDS, /* NULL in a file of schema version 1 */
  /* synapses */
  ENGRAM_ROW_SOURCE,
  ENGRAM_ROW_TARGET,
  ENGRAM_ROW_WEIGHT,
  ENGRAM_ROW_USAGE,
  ENGRAM_ROW_N_COLUMNS,
} EngramRowColumn;

#define ENGRAM_ROW_BIT(column) (1u << (column))

/* Where each of these stands in a statement; the rowid is column 0. */
typedef struct {
  EngramRecordKind kind;
  gboolean         has_fields;
  guint            mask;
  gint8            places[ENGRAM_ROW_N_COLUMNS];
  int              n_columns;
} EngramRowLayout;

void             engram_row_layout_init       (EngramRowLayout       *self,
                                               EngramRecordKind       kind,
                                               gboolean               has_fields,
                                               guint                  mask);
/* "rowid, ...", and @more after them, which may be NULL. */
char            *engram_row_layout_dup_columns (const EngramRowLayout *self,
                                               const char            *more);
const char      *engram_row_get_table         (EngramRecordKind       kind);

/* A row as one thread sees it; the same one for row after row. */
typedef struct {
  const EngramRowLayout *layout;
  sqlite3_stmt          *statement;
  gint64                 rowid;
  guint32                neuron; /* where the neuron before it stands in the columns of the network */
} EngramRow;

/* NaN where there is no number. */
double           engram_row_get_number        (const EngramRow       *self,
                                               EngramRowColumn        column);
/* Of whatever is there as text; NULL where there is nothing. */
const char      *engram_row_get_text          (const EngramRow       *self,
                                               EngramRowColumn        column,
                                               gsize                 *length);
/* The same as records have it, see engram_record_read(): what is not UTF-8 is made so, and then it is @made. */
const char      *engram_row_get_valid_text    (const EngramRow       *self,
                                               EngramRowColumn        column,
                                               gsize                 *length,
                                               char                 **made);

/* NULL where what is there is no text. */
const char      *engram_row_get_exact_text    (const EngramRow       *self,
                                               EngramRowColumn        column);
/* The name of a type, as engram_row_get_valid_text(); NULL where what is there is no text. */
const char      *engram_row_get_type          (const EngramRow       *self,
                                               gsize                 *length,
                                               char                 **made);

/* The number of a member of a JSON object; NaN where it has none. */
double           engram_row_parse_member      (const char            *object,
                                               gsize                  length,
                                               const char            *name);
/* Whether a time, in any of the forms that engram_time_parse() takes, is not before @since and before @until, each of
 * which may be NULL and is as engram_time_format() writes it. */
gboolean         engram_row_time_is_within    (const char            *time,
                                               const char            *since,
                                               const char            *until);
/* Local time in seconds since 1970, as if there were neither zones nor summer time. NaN where it is no time. */
double           engram_row_parse_seconds     (const char            *time);

/* The texts in a JSON list, one after the other. Only at the end one knows whether it is a list at all. */
typedef struct {
  EngramJsonReader reader;
  gboolean         is_valid;

  /* The latest: its bytes without quotes, escapes as they stand */
  const char      *tag;
  gsize            tag_length;
  gboolean         tag_escaped;
} EngramTagReader;

void             engram_tag_reader_init       (EngramTagReader       *self,
                                               const char            *json,
                                               gsize                  length);
gboolean         engram_tag_reader_next       (EngramTagReader       *self);
/* The latest one as the text that it stands for. */
char            *engram_tag_reader_dup_tag    (const EngramTagReader *self);

G_END_DECLS
