/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* Column titles only say by what to sort; a worker sorts. The sorters of the columns are marks, by which the sorter of
 * the view is asked which column it would sort by, and in which direction (GTK 4.8 does not tell otherwise). */

/* The mark of a column, of one made by engram_columns_create(). */
GtkSorter *engram_column_sort_new   (EngramSortKey  key);
/* What a column view's sorter would sort by; FALSE and the order of rows where it is by none. Main thread only. */
gboolean   engram_column_sort_probe (GtkSorter     *sorter,
                                     EngramSort    *sort);

G_END_DECLS
