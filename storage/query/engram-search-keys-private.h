/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-searcher.h"
#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/* What a list is sorted by, as it is read of a row. */

typedef enum {
  ENGRAM_SEARCH_BY_NOTHING, /* no record has what it asks for */
  ENGRAM_SEARCH_BY_ROWS,
  ENGRAM_SEARCH_BY_NUMBER,  /* read_number() of a row */
  ENGRAM_SEARCH_BY_TEXT,    /* get_text() of a row, in the person's collation */
  ENGRAM_SEARCH_BY_NAME,    /* likewise, where there are few different ones */
  ENGRAM_SEARCH_BY_DEGREE,  /* how many synapses the neuron has */
  ENGRAM_SEARCH_BY_END,     /* the summary of the neuron whose id is read of a row */
  ENGRAM_SEARCH_BY_SCORE,
  ENGRAM_SEARCH_BY_VALUE,   /* the result of an analysis */
} EngramSearchKind;

/**
 * EngramSearchKey:
 * @columns: what is read of a row, in SQL
 * @n_columns: how many these are
 * @read_number: NaN where there is none
 * @get_text: a text in UTF-8, or NULL where there is none; what it points into lasts until @made is freed and the
 *   statement moves on
 */
typedef struct {
  EngramSearchKind   kind;
  const char        *columns;
  double           (*read_number) (sqlite3_stmt  *row,
                                   int            column);
  const char      *(*get_text)    (sqlite3_stmt  *row,
                                   int            column,
                                   char         **made);
} EngramSearchKey;

/* How records of a kind are sorted by @key; by nothing where it does not fit, or the file has no column for it. */
const EngramSearchKey *engram_search_key_get (EngramSortKey     key,
                                              EngramRecordKind  kind,
                                              gboolean          has_fields);

G_END_DECLS
