/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-filter-private.h"
#include "query/engram-search-keys-private.h"
#include "query/engram-similarity-private.h"

G_BEGIN_DECLS

/* The rows that a search finds, each with the key by which it is sorted. */

/* Told of the first rows, as soon as there are so many. */
#define ENGRAM_SEARCH_FIRST_ROWS 200

typedef void (*EngramSearchFirst) (const gint64 *rowids,
                                   gsize         n_rows,
                                   gpointer      data);

typedef struct {
  EngramSearcher   *searcher;
  EngramScan       *scan;
  EngramRecordKind  kind;
  EngramQuery      *query;
  EngramSort        sort;
  guint64           n_all;      /* how many records there are, as far as is known */
  GCancellable     *cancellable;
  EngramSearchFirst first;      /* or NULL */
  gpointer          first_data;
} EngramSearch;

/**
 * EngramSearchRows:
 * @n_rows: how many
 * @rowids: ascending
 * @keys: of each row: sorted by these, equal ones by rows, they are in the order that was asked for; NULL where that is
 *   the order of rows
 * @scores: of each row, where the query has a `like`; else NULL
 */
typedef struct {
  gsize    n_rows;
  gint64  *rowids;
  guint64 *keys;
  float   *scores;
} EngramSearchRows;

gboolean engram_search_rows_find  (EngramSearchRows    *self,
                                   const EngramSearch  *search,
                                   GError             **error);
/* Whether rows without keys are in the order of rows, the last one first. */
gboolean engram_search_is_backwards (const EngramSearch *search);
void     engram_search_rows_clear (EngramSearchRows    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramSearchRows, engram_search_rows_clear)

G_END_DECLS
