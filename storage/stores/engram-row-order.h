/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_ROW_ORDER (engram_row_order_get_type ())

/**
 * EngramRowOrder:
 *
 * One order of rows, for one snapshot of the data: position -> rowid, and back. Immutable, atomically counted, 12 bytes
 * a row (8 where the rowids ascend, none where they run without a gap). Any thread.
 */
typedef struct _EngramRowOrder EngramRowOrder;

GType           engram_row_order_get_type (void) G_GNUC_CONST;

/**
 * engram_row_order_new:
 * @rowids: (transfer full) (array length=n_rowids) (nullable): rowids in their order, from g_malloc()
 * @n_rowids: how many, %G_MAXINT at most
 *
 * Makes an order of rows. Where the rowids run up without a gap, the array is freed at once and the order
 * takes no memory that grows with the rows. Where they do not ascend, they are sorted for engram_row_order_find(),
 * which takes time with many rows: leave that to a worker. A rowid should stand once only. Any thread.
 *
 * Returns: (transfer full): the order
 */
EngramRowOrder *engram_row_order_new      (gint64         *rowids,
                                           gsize           n_rowids);

/**
 * engram_row_order_new_run:
 * @first: the first rowid
 * @n_rowids: how many
 *
 * Makes an order of rows whose rowids are @first, @first + 1 and so on. Any thread.
 *
 * Returns: (transfer full): the order
 */
EngramRowOrder *engram_row_order_new_run  (gint64          first,
                                           gsize           n_rowids);

/**
 * engram_row_order_new_sorted:
 * @rowids: (transfer full) (array length=n_rowids): rowids in their order, from g_malloc()
 * @positions: (transfer full) (array length=n_rowids): where the least rowid stands in @rowids, where the next one, and
 *   so on up to the greatest; from g_malloc()
 * @n_rowids: how many, 1 to %G_MAXINT
 *
 * Makes an order of rows for who knows both ways already, and so at once. Any thread.
 *
 * Returns: (transfer full): the order
 */
EngramRowOrder *engram_row_order_new_sorted (gint64       *rowids,
                                             guint32      *positions,
                                             gsize         n_rowids);

/**
 * engram_row_order_ref:
 * @self: an order
 *
 * Any thread.
 *
 * Returns: (transfer full): the same order, held once more
 */
EngramRowOrder *engram_row_order_ref      (EngramRowOrder *self);

/**
 * engram_row_order_unref:
 * @self: (transfer full): an order
 *
 * Lets go of an order; the last one to do so frees it. Any thread.
 */
void            engram_row_order_unref    (EngramRowOrder *self);

/**
 * engram_row_order_get_size:
 * @self: an order
 *
 * Any thread.
 *
 * Returns: how many rows it has
 */
gsize           engram_row_order_get_size (EngramRowOrder *self);

/**
 * engram_row_order_get:
 * @self: an order
 * @position: a position, below engram_row_order_get_size()
 *
 * Any thread.
 *
 * Returns: the rowid there
 */
gint64          engram_row_order_get      (EngramRowOrder *self,
                                           gsize           position);

/**
 * engram_row_order_find:
 * @self: an order
 * @rowid: a rowid
 * @position: (out) (optional): where it stands; set only where it does
 *
 * Finds a row: at once where the rowids run without a gap, else by halving. Any thread.
 *
 * Returns: %FALSE where the row is not in this order
 */
gboolean        engram_row_order_find     (EngramRowOrder *self,
                                           gint64          rowid,
                                           gsize          *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowOrder, engram_row_order_unref)

ENGRAM_END_DECLS
