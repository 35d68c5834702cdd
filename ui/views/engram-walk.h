/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_WALK (engram_walk_get_type ())

/* Where the person has come from, walking from neuron to neuron in whatever view, and the neurons marked on the way.
 * Each session has one.
 *
 * Signal "changed": others are marked. Of the way back it knows before the views that have asked for it hear of another
 * selection. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramWalk, engram_walk, ENGRAM, WALK, GObject)

/* (transfer none): that of the session */
EngramWalk   *engram_walk_of           (EngramSession *session);
/* (transfer none): never NULL, valid until they change */
EngramRowSet *engram_walk_get_marks    (EngramWalk    *self);
/* Marks a neuron, or no longer. */
void          engram_walk_toggle_mark  (EngramWalk    *self,
                                        gint64         neuron);
/* The same with the neuron that is selected alone, if one is. */
void          engram_walk_toggle_current (EngramWalk  *self);
void          engram_walk_clear_marks  (EngramWalk    *self);
gboolean      engram_walk_can_go_back  (EngramWalk    *self);
/* Selects the neuron from which the person came to the one that is selected. */
void          engram_walk_go_back      (EngramWalk    *self);

G_END_DECLS
