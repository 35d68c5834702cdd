/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-ends-private.h"

#include <string.h>

#include "query/engram-search-radix-private.h"

/* Both are in the order of rows. */
static void
assign_ranks (guint32                *ranks,
              const EngramNetwork    *network,
              const EngramSearchRows *rows,
              const guint32          *row_ranks)
{
  gsize row = 0;

  for (guint32 neuron = 0; neuron < network->n_neurons; neuron++)
    {
      while (row < rows->n_rows && rows->rowids[row] < network->neuron_rowids[neuron])
        row++;
      if (row < rows->n_rows && rows->rowids[row] == network->neuron_rowids[neuron])
        ranks[neuron] = row_ranks[row];
    }
}

/* Keys become ranks: 0, 1, 2, ... */
static guint32 *
rank_rows (const EngramSearchRows *rows,
           GCancellable           *cancellable)
{
  g_autofree guint32 *order = g_new (guint32, rows->n_rows + 1);
  g_autofree guint32 *ranks = g_new (guint32, rows->n_rows + 1);
  guint32 rank = 0;

  for (gsize i = 0; i < rows->n_rows; i++)
    order[i] = i;
  if (!engram_search_radix_sort (rows->keys, order, rows->n_rows, cancellable))
    return NULL;
  for (gsize i = 0; i < rows->n_rows; i++)
    {
      guint64 key = rows->keys[order[i]];

      if (i > 0 && key != rows->keys[order[i - 1]])
        rank++;
      ranks[order[i]] = key != ENGRAM_SEARCH_MISSING ? rank : ENGRAM_SEARCH_NO_RANK;
    }
  return g_steal_pointer (&ranks);
}

guint32 *
engram_search_rank_neurons (const EngramSearch  *search,
                            EngramNetwork       *network,
                            GError             **error)
{
  EngramSearch by_summary = { .searcher = search->searcher, .scan = search->scan, .kind = ENGRAM_RECORD_NEURON,
                              .sort = { ENGRAM_SORT_SUMMARY, FALSE }, .n_all = network->n_neurons,
                              .cancellable = search->cancellable };
  g_auto (EngramSearchRows) rows = { 0, NULL, NULL, NULL };
  g_autofree guint32 *row_ranks = NULL;
  guint32 *ranks;

  if (!engram_search_rows_find (&rows, &by_summary, error))
    return NULL;
  row_ranks = rank_rows (&rows, search->cancellable);
  if (row_ranks == NULL)
    {
      g_cancellable_set_error_if_cancelled (search->cancellable, error);
      return NULL;
    }
  ranks = g_new (guint32, (gsize) network->n_neurons + 1);
  memset (ranks, 0xff, ((gsize) network->n_neurons + 1) * sizeof *ranks);
  assign_ranks (ranks, network, &rows, row_ranks);
  return ranks;
}
