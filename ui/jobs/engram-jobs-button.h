/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/engram-job-list.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOBS_BUTTON (engram_jobs_button_get_type ())

/* The jobs of a window, for its header: how many run and how far they are, and in a popover all of them, with those
 * that have ended. There only where there is something to tell: while jobs run, and after one has failed until somebody has
 * looked; or always, where there is room.
 *
 * Signal "failure-activated" (EngramJob): somebody wants to know more about one that has failed. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramJobsButton, engram_jobs_button, ENGRAM, JOBS_BUTTON, GtkWidget)

GtkWidget *engram_jobs_button_new          (void);
void       engram_jobs_button_set_jobs     (EngramJobsButton *self,
                                            EngramJobList    *jobs);
/* Whether there is room for it also when nothing happens. */
void       engram_jobs_button_set_has_room (EngramJobsButton *self,
                                            gboolean          has_room);
/* Opens the popover. */
void       engram_jobs_button_popup        (EngramJobsButton *self);
GtkWidget *engram_jobs_button_get_popover  (EngramJobsButton *self);

G_END_DECLS
