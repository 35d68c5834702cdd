/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-equal-rows-private.h"

typedef struct {
  guint64 hash;
  guint   row;
} Row;

typedef struct {
  EngramRowsEqualFunc  equal;
  gpointer             data;
  guint8              *marks;
} Search;

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *row = a, *other = b;

  if (row->hash != other->hash)
    return row->hash < other->hash ? -1 : 1;
  return row->row < other->row ? -1 : row->row > other->row;
}

/* Marks those of @rows that equal the first, and the first if there are any. The others move to the front. */
static gboolean
mark_equals_of_first (Search  *self,
                      Row     *rows,
                      guint   *n_rows,
                      GError **error)
{
  guint first = rows[0].row, n_others = 0;

  for (guint i = 1; i < *n_rows; i++)
    {
      gboolean is_equal;

      if (!self->equal (first, rows[i].row, self->data, &is_equal, error))
        return FALSE;
      if (is_equal)
        self->marks[first] = self->marks[rows[i].row] = 1;
      else
        rows[n_others++] = rows[i];
    }
  *n_rows = n_others;
  return TRUE;
}

static gboolean
mark_equals (Search  *self,
             Row     *rows,
             guint    n_rows,
             GError **error)
{
  while (n_rows > 1)
    if (!mark_equals_of_first (self, rows, &n_rows, error))
      return FALSE;
  return TRUE;
}

/* Those that have a hash, ordered by it. */
static GArray *
sort_rows (guint              n_rows,
           EngramRowHashFunc  hash,
           gpointer           data)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      Row row = { hash (i, data), i };

      if (row.hash != 0)
        g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}

guint8 *
engram_equal_rows_find (guint                 n_rows,
                        EngramRowHashFunc     hash,
                        EngramRowsEqualFunc   equal,
                        gpointer              data,
                        GError              **error)
{
  g_autoptr (GArray) rows = sort_rows (n_rows, hash, data);
  g_autofree guint8 *marks = g_new0 (guint8, MAX (n_rows, 1));
  Search search = { equal, data, marks };

  for (guint first = 0, end; first < rows->len; first = end)
    {
      for (end = first + 1; end < rows->len; end++)
        if (g_array_index (rows, Row, end).hash != g_array_index (rows, Row, first).hash)
          break;
      if (!mark_equals (&search, &g_array_index (rows, Row, first), end - first, error))
        return NULL;
    }
  return g_steal_pointer (&marks);
}
