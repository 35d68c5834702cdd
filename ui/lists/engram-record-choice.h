/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* Which rows are selected, in the form in which they were chosen: row ids, or positions of an order, or positions that
 * were chosen over something else. It tells of any row whether it is one of them, however the rows are ordered now, and
 * is turned into row ids by a worker. Immutable, atomically counted. Any thread. */

typedef struct _EngramRecordChoice EngramRecordChoice;

EngramRecordChoice *engram_record_choice_new_rows      (EngramRowSet             *rows);
/* @positions: those chosen in @order; copied. No row that is not in @order is. */
EngramRecordChoice *engram_record_choice_new_positions (EngramRowOrder           *order,
                                                        GtkBitset                *positions);
/* @positions: those chosen of @mask, the positions in @order that this decides about; both copied
 * @below: what decides about the others
 * @beyond: whether it decides about rows that are not in @order too; none of these is, if not */
EngramRecordChoice *engram_record_choice_new_above     (EngramRowOrder           *order,
                                                        GtkBitset                *positions,
                                                        GtkBitset                *mask,
                                                        EngramRecordChoice       *below,
                                                        gboolean                  beyond);
EngramRecordChoice *engram_record_choice_ref           (EngramRecordChoice       *self);
void                engram_record_choice_unref         (EngramRecordChoice       *self);
gboolean            engram_record_choice_contains      (const EngramRecordChoice *self,
                                                        gint64                    rowid);
/* How many rows it takes to look at, to turn it into row ids. */
gsize               engram_record_choice_get_work      (const EngramRecordChoice *self);
/* (transfer full): the rows; some, once it is cancelled */
EngramRowSet       *engram_record_choice_list_rows     (EngramRecordChoice       *self,
                                                        GCancellable             *cancellable);
/* (transfer full): the positions at which some rows stand in an order; some, once it is cancelled */
GtkBitset          *engram_record_choice_find_rows     (EngramRowSet             *rows,
                                                        EngramRowOrder           *order,
                                                        GCancellable             *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramRecordChoice, engram_record_choice_unref)

G_END_DECLS
