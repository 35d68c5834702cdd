/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lists/engram-record-columns.h"
#include "lists/engram-record-model.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_LIST (engram_record_list_get_type ())

/* The neurons or the synapses of a network as a list with columns.
 *
 * Property "status" (text): "12 neurons", "Showing 12 of 300 neurons", "Neuron 3 of 12", "5 of 12 neurons selected".
 * Property "kind" (guint, construct only): an EngramRecordKind, for templates.
 * Signals: "view-changed": columns or sort are others now, to be remembered; "first-rows" (once for each session);
 * "show-kind" (kind guint): the person wants to see what the query leaves of that kind ("Show Synapses").
 * Actions of the group "list": copy (parameter "text", "csv" or "json"), copy-ids, select-all, select-none, sort (state
 * key name), descending (state boolean), column (parameter: name, shown or not), reset-columns, clear-filter; and for
 * the row of the context menu: show-synapses, find-similar, near, go-to-source, go-to-target.
 * Nothing is read before the list is seen, or asked for its model; what it does not show, it does not follow,
 * unless its rows are counted elsewhere.
 * It has a context menu, by pointer and by keyboard (Menu, Shift+F10). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRecordList, engram_record_list, ENGRAM, RECORD_LIST, GtkWidget)

GtkWidget         *engram_record_list_new            (EngramRecordKind       kind);
/* @session: (nullable): the network that it shows */
void               engram_record_list_set_session    (EngramRecordList      *self,
                                                      EngramSession         *session);
/* The rows that it shows, of the session; NULL without one. The list owns it, sets its query from the session's and
 * refreshes it when that changes. */
EngramRecordModel *engram_record_list_get_model      (EngramRecordList      *self);
/* Selects a record and scrolls to it, once its place is known. Where it cannot be found, the list says so. */
void               engram_record_list_select         (EngramRecordList      *self,
                                                      const char            *id);
const char        *engram_record_list_get_status     (EngramRecordList      *self);
/* Follows the session while it is not seen too, since somebody else shows how many rows there are. */
void               engram_record_list_set_counted    (EngramRecordList      *self,
                                                      gboolean               counted);
/* What the View popover of the window shows while this list is shown: sort key, direction, columns; all by keyboard. */
GtkWidget         *engram_record_list_create_view_menu (EngramRecordList    *self);
/* Columns, their order, widths and visibility, and the sort, as one line for a key file; what is not known in it is
 * passed over. */
char              *engram_record_list_dup_layout     (EngramRecordList      *self);
void               engram_record_list_set_layout     (EngramRecordList      *self,
                                                      const char            *layout);
/* Scrolls to the top, as after a change of sort. */
void               engram_record_list_scroll_to      (EngramRecordList      *self,
                                                      guint                  position);

G_END_DECLS
