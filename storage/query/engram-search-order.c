/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-search-order-private.h"

#include "query/engram-found-private.h"
#include "query/engram-search-radix-private.h"

/* The rows in the order of their numbers in @order; the scores, if any, with them. */
static EngramRowOrder *
make_order (const EngramSearchRows *rows,
            const guint32          *order,
            float                 **scores)
{
  gint64 *rowids = g_new (gint64, rows->n_rows);
  guint32 *positions = g_new (guint32, rows->n_rows);

  *scores = rows->scores != NULL ? g_new (float, rows->n_rows) : NULL;
  for (gsize i = 0; i < rows->n_rows; i++)
    {
      rowids[i] = rows->rowids[order[i]];
      positions[order[i]] = (guint32) i;
      if (rows->scores != NULL)
        (*scores)[i] = rows->scores[order[i]];
    }
  return engram_row_order_new_sorted (rowids, positions, rows->n_rows);
}

static guint32 *
make_backwards (gsize n_rows)
{
  guint32 *order = g_new (guint32, n_rows);

  for (gsize i = 0; i < n_rows; i++)
    order[i] = (guint32) (n_rows - 1 - i);
  return order;
}

EngramFound *
engram_search_run (const EngramSearch  *search,
                   GError             **error)
{
  g_auto (EngramSearchRows) rows = { 0, NULL, NULL, NULL };
  g_autofree guint32 *order = NULL;
  EngramRowOrder *row_order;
  float *scores;

  if (!engram_search_rows_find (&rows, search, error))
    return NULL;
  if (rows.n_rows > 0 && rows.keys != NULL)
    order = engram_search_radix_order (g_steal_pointer (&rows.keys), rows.n_rows, search->cancellable);
  else if (rows.n_rows > 0 && engram_search_is_backwards (search))
    order = make_backwards (rows.n_rows);
  else
    return engram_found_new (engram_row_order_new (g_steal_pointer (&rows.rowids), rows.n_rows),
                             g_steal_pointer (&rows.scores), search->n_all, TRUE);
  if (g_cancellable_set_error_if_cancelled (search->cancellable, error))
    return NULL;

  row_order = make_order (&rows, order, &scores);
  return engram_found_new (row_order, scores, search->n_all, TRUE);
}
