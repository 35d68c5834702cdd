/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_ROW_SET (engram_row_set_get_type ())

/**
 * EngramRowSet:
 *
 * A set of rowids, ascending: what is selected of a table. Immutable, atomically counted, 8 bytes a row (none where the
 * rowids run without a gap). Any thread.
 */
typedef struct _EngramRowSet EngramRowSet;

GType         engram_row_set_get_type   (void) G_GNUC_CONST;
/* @rowids: (array length=n_rowids): in any order, repeated ones counted once; copied */
EngramRowSet *engram_row_set_new        (const gint64        *rowids,
                                         gsize                n_rowids);
/* (transfer full) @rowids: ascending, none twice, from g_malloc() */
EngramRowSet *engram_row_set_new_take   (gint64              *rowids,
                                         gsize                n_rowids);
EngramRowSet *engram_row_set_new_empty  (void);
EngramRowSet *engram_row_set_ref        (EngramRowSet        *self);
void          engram_row_set_unref      (EngramRowSet        *self);
gsize         engram_row_set_get_size   (const EngramRowSet  *self);
gint64        engram_row_set_get        (const EngramRowSet  *self,
                                         gsize                index);
gboolean      engram_row_set_contains   (const EngramRowSet  *self,
                                         gint64               rowid);
gboolean      engram_row_set_equal      (const EngramRowSet  *self,
                                         const EngramRowSet  *other);
EngramRowSet *engram_row_set_union      (EngramRowSet        *self,
                                         EngramRowSet        *other);
EngramRowSet *engram_row_set_subtract   (EngramRowSet        *self,
                                         EngramRowSet        *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowSet, engram_row_set_unref)

G_END_DECLS
