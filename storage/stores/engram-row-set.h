/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_ROW_SET (engram_row_set_get_type ())

/**
 * EngramRowSet:
 *
 * A set of rowids, ascending: what is selected of a table. Immutable, atomically counted, 8 bytes a row (none where the
 * rowids run without a gap). Any thread.
 */
typedef struct _EngramRowSet EngramRowSet;

GType         engram_row_set_get_type   (void) G_GNUC_CONST;

/**
 * engram_row_set_new:
 * @rowids: (array length=n_rowids): in any order, repeated ones counted once; copied
 * @n_rowids: how many
 *
 * Returns: (transfer full): a set of these
 */
EngramRowSet *engram_row_set_new        (const gint64        *rowids,
                                         gsize                n_rowids);

/**
 * engram_row_set_new_take:
 * @rowids: (transfer full) (array length=n_rowids): ascending, none twice, from g_malloc()
 * @n_rowids: how many
 *
 * Returns: (transfer full): a set of these
 */
EngramRowSet *engram_row_set_new_take   (gint64              *rowids,
                                         gsize                n_rowids);

/**
 * engram_row_set_new_empty:
 *
 * Returns: (transfer full): a set of none
 */
EngramRowSet *engram_row_set_new_empty  (void);

/**
 * engram_row_set_ref:
 * @self: a set
 *
 * Returns: (transfer full): the same, held once more
 */
EngramRowSet *engram_row_set_ref        (EngramRowSet        *self);

/**
 * engram_row_set_unref:
 * @self: (transfer full): a set
 *
 * Lets go of it; the last one to do so frees it.
 */
void          engram_row_set_unref      (EngramRowSet        *self);

/**
 * engram_row_set_get_size:
 * @self: a set
 *
 * Returns: how many rows it has
 */
gsize         engram_row_set_get_size   (const EngramRowSet  *self);

/**
 * engram_row_set_get:
 * @self: a set
 * @index: which one, in their order; below engram_row_set_get_size()
 *
 * Returns: a row
 */
gint64        engram_row_set_get        (const EngramRowSet  *self,
                                         gsize                index);

/**
 * engram_row_set_contains:
 * @self: a set
 * @rowid: a row
 *
 * Returns: whether it is in the set
 */
gboolean      engram_row_set_contains   (const EngramRowSet  *self,
                                         gint64               rowid);

/**
 * engram_row_set_equal:
 * @self: a set
 * @other: another one
 *
 * Returns: whether both have the same rows
 */
gboolean      engram_row_set_equal      (const EngramRowSet  *self,
                                         const EngramRowSet  *other);

/**
 * engram_row_set_union:
 * @self: a set
 * @other: another one
 *
 * Returns: (transfer full): the rows that one of them has, or both
 */
EngramRowSet *engram_row_set_union      (EngramRowSet        *self,
                                         EngramRowSet        *other);

/**
 * engram_row_set_subtract:
 * @self: a set
 * @other: another one
 *
 * Returns: (transfer full): the rows of @self that @other has not
 */
EngramRowSet *engram_row_set_subtract   (EngramRowSet        *self,
                                         EngramRowSet        *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRowSet, engram_row_set_unref)

ENGRAM_END_DECLS
