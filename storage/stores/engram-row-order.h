/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_ROW_ORDER (engram_row_order_get_type ())

typedef struct _EngramRowOrder EngramRowOrder;

/* One order of rows, for one snapshot of the data: position -> rowid. Immutable, atomically counted, 8 bytes a row
 * (none where the rowids run without a gap). Any thread. */

GType           engram_row_order_get_type (void) G_GNUC_CONST;
EngramRowOrder *engram_row_order_new      (gint64         *rowids,
                                           gsize           n_rowids);
EngramRowOrder *engram_row_order_ref      (EngramRowOrder *self);
void            engram_row_order_unref    (EngramRowOrder *self);
gsize           engram_row_order_get_size (EngramRowOrder *self);
gint64          engram_row_order_get      (EngramRowOrder *self,
                                           gsize           position);
gboolean        engram_row_order_find     (EngramRowOrder *self,
                                           gint64          rowid,
                                           gsize          *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowOrder, engram_row_order_unref)

G_END_DECLS
