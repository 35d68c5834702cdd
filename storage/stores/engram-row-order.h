/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_ROW_ORDER (engram_row_order_get_type ())

/**
 * EngramRowOrder:
 *
 * One order of rows, for one snapshot of the data: position -> rowid. Immutable, atomically counted, 8 bytes a row
 * (none where the rowids run without a gap). Any thread.
 */
typedef struct _EngramRowOrder EngramRowOrder;

GType           engram_row_order_get_type (void) G_GNUC_CONST;

/**
 * engram_row_order_new:
 * @rowids: (transfer full) (array length=n_rowids) (nullable): rowids in their order, from g_malloc()
 * @n_rowids: how many
 *
 * Makes an order of rows. Where the rowids run up without a gap, the array is freed at once and the order
 * takes no memory that grows with the rows. A rowid should stand once only. Any thread.
 *
 * Returns: (transfer full): the order
 */
EngramRowOrder *engram_row_order_new      (gint64         *rowids,
                                           gsize           n_rowids);

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
 * Finds a row: at once where the rowids run without a gap, by halving where they ascend, else by looking at
 * one after the other (8 MB of memory for a million rows). Any thread.
 *
 * Returns: %FALSE where the row is not in this order
 */
gboolean        engram_row_order_find     (EngramRowOrder *self,
                                           gint64          rowid,
                                           gsize          *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowOrder, engram_row_order_unref)

G_END_DECLS
