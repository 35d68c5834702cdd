/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lists/engram-record-model.h"
#include "session/engram-selection.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_SELECTION (engram_record_selection_get_type ())

/* The GtkSelectionModel of a list of records: any number of rows, kept as a bitset of positions, so that selecting
 * all of a million touches no row; and kept by row id across other orders, in the EngramSelection that all views
 * share. A row that the query does not leave stays selected there, unseen, until another one is chosen in this list;
 * one that is in the network no more is not. Works from a bitset to row ids, and back, in a worker where there are
 * many.
 *
 * Where the record of the current row turns out to be another one, row ids have changed (a vacuum does that): then
 * only the one that was current is selected, found by its id; none, where it is gone.
 *
 * Properties: "model" (EngramRecordModel), "settled" (boolean: whether the shared selection is that of this list,
 * and the number of selected rows known). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRecordSelection, engram_record_selection, ENGRAM, RECORD_SELECTION, GObject)

EngramRecordSelection *engram_record_selection_new       (EngramRecordModel      *model,
                                                          EngramSelection        *shared);
EngramRecordModel     *engram_record_selection_get_model (EngramRecordSelection  *self);
/* How many of the rows that are in the list are selected, known without counting. */
guint                  engram_record_selection_get_size  (EngramRecordSelection  *self);
/* Whether the shared selection is that of this list: not so for a moment after many rows were chosen. What is done
 * to the selected rows must wait for it. */
gboolean               engram_record_selection_is_settled (EngramRecordSelection *self);
/* The row with the keyboard's place: the one last chosen; GTK_INVALID_LIST_POSITION where there is none. */
guint                  engram_record_selection_get_current (EngramRecordSelection *self);

G_END_DECLS
