/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_CHANGE_WATCH (engram_change_watch_get_type ())

/* Looks, about once a second while it is active, whether somebody has written to a network.
 *
 * Signal "changed": the network is not the one of the last time, and once at first, when the state that all
 * later ones are compared with is known: who reads from then on misses nothing. Property "gone": the file was
 * moved, deleted or replaced. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramChangeWatch, engram_change_watch, ENGRAM, CHANGE_WATCH, GObject)

EngramChangeWatch *engram_change_watch_new        (EngramDatabase    *database);
void               engram_change_watch_set_active (EngramChangeWatch *self,
                                                   gboolean           active);
void               engram_change_watch_check      (EngramChangeWatch *self);
/* The change stamp of the network at the last look, see engram_database_get_change_stamp(); 0 before the first. */
guint64            engram_change_watch_get_stamp  (EngramChangeWatch *self);
const char        *engram_change_watch_get_gone   (EngramChangeWatch *self);
void               engram_change_watch_stop       (EngramChangeWatch *self);

G_END_DECLS
