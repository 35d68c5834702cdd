/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts @order, which holds @n_rows numbers of keys, into the ascending order of these @keys; equal ones stay in the
 * order in which they come. On two cores where there are many, with 24 bytes a row for as long as it takes. FALSE where
 * that was cancelled. */
gboolean engram_search_radix_sort   (const guint64 *keys,
                                     guint32       *order,
                                     gsize          n_rows,
                                     GCancellable  *cancellable);
/* (transfer full): the numbers 0 to n_rows - 1 in the order of their @keys, which are freed as soon as they have been
 * read; NULL where that was cancelled. */
guint32 *engram_search_radix_order  (guint64       *keys,
                                     gsize          n_rows,
                                     GCancellable  *cancellable);

/* A number as a key that sorts as it does, or the other way round. NaN, which stands for a number that is not there,
 * comes last both ways. */
guint64  engram_search_make_key     (double         number,
                                     gboolean       descending);

#define ENGRAM_SEARCH_MISSING G_MAXUINT64

/* Calls @func with 0 to n_workers - 1, each in a thread of its own, the first one in this thread, and waits for all. */
typedef void (*EngramSearchWork) (guint worker, gpointer data);

void     engram_search_work         (guint             n_workers,
                                     EngramSearchWork  func,
                                     gpointer          data);

G_END_DECLS
