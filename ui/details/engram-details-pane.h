/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_DETAILS_PANE (engram_details_pane_get_type ())

/* Everything about one neuron or one synapse, to be read, and to be edited while the session's "editing" is on; a page
 * of its own where none is chosen, and where it cannot be read. It scrolls by itself, and follows the session: what has
 * changed in the file is shown, but what the person is typing stays.
 *
 * What is typed is written before something else is shown. Where that is not possible (it is not valid, or another
 * program has changed the same value), the person is asked; who keeps editing stays where they are, and the session is
 * asked to select that record again ("activate").
 *
 * Signal "neuron-activated" (id text): the person chose to go to another neuron: an end of a synapse, or a neuron
 * nearby. The pane does not go there by itself: its owner selects that neuron, which may come back as
 * engram_details_pane_show(). Property "loading" (boolean): what was asked for is not all shown yet. */
G_DECLARE_FINAL_TYPE (EngramDetailsPane, engram_details_pane, ENGRAM, DETAILS_PANE, GtkWidget)

GtkWidget  *engram_details_pane_new          (void);
/* @session: (nullable): nothing is shown then */
void        engram_details_pane_set_session  (EngramDetailsPane   *self,
                                              EngramSession       *session);
/* Shows a record; @id: (nullable): NULL for none. */
void        engram_details_pane_show         (EngramDetailsPane   *self,
                                              EngramRecordKind     kind,
                                              const char          *id);
const char *engram_details_pane_get_neuron   (EngramDetailsPane   *self);
gboolean    engram_details_pane_get_loading  (EngramDetailsPane   *self);
void        engram_details_pane_refresh      (EngramDetailsPane   *self);

/* Before the window goes: writes what is typed and waits for that, and asks the person where something cannot be
 * written. FALSE where the person wants to stay; another call ends an earlier one so. */
gboolean    engram_details_pane_has_unsaved  (EngramDetailsPane   *self);
void        engram_details_pane_leave_async  (EngramDetailsPane   *self,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean    engram_details_pane_leave_finish (EngramDetailsPane   *self,
                                              GAsyncResult        *result);

G_END_DECLS
