/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-column-sort.h"

/* The first mark that was asked, ENGRAM_SORT_ROWS where none was. Of the main thread. */
static EngramSortKey asked_key;

static int
note_asked (gconstpointer first,
            gconstpointer second,
            gpointer      user_data)
{
  if (asked_key == ENGRAM_SORT_ROWS)
    asked_key = GPOINTER_TO_INT (user_data);
  return -1;
}

/**
 * engram_column_sort_new:
 * @key: what sorting by the column means
 *
 * Returns: (transfer full): a sorter that only tells that it was asked
 */
GtkSorter *
engram_column_sort_new (EngramSortKey key)
{
  return GTK_SORTER (gtk_custom_sorter_new (note_asked, GINT_TO_POINTER (key), NULL));
}

/**
 * engram_column_sort_probe:
 * @sorter: the sorter of a column view whose columns have marks
 * @sort: (out caller-allocates): by what it would sort
 *
 * Returns: %FALSE where it would not sort
 */
gboolean
engram_column_sort_probe (GtkSorter  *sorter,
                          EngramSort *sort)
{
  g_autoptr (GObject) first = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) second = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  asked_key = ENGRAM_SORT_ROWS;
  ordering = gtk_sorter_compare (sorter, first, second);
  *sort = (EngramSort) { asked_key, ordering == GTK_ORDERING_LARGER };
  return asked_key != ENGRAM_SORT_ROWS;
}
