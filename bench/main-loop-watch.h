/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Measures how long the main loop is held: from the end of each wait for something to do to the next wait,
 * exactly, since it is the main loop that waits through us. Main thread only. */

/* How long it was held, since the last call or the start. All in milliseconds. */
typedef struct {
  double longest;
  double most;  /* 99 of 100 holds are shorter */
  double busy;  /* the longest hold, counted in processor time of this thread */
} MainLoopHolds;

void          main_loop_watch_start (void);
MainLoopHolds main_loop_watch_take  (void);

G_END_DECLS
