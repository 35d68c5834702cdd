/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/engram-job-list.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOBS_POPOVER (engram_jobs_popover_get_type ())

/* Jobs that run and wait, and below them those that have ended. Signal "failure-activated" (EngramJob): somebody wants
 * to know more about one that has failed. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramJobsPopover, engram_jobs_popover, ENGRAM, JOBS_POPOVER, GtkPopover)

GtkWidget *engram_jobs_popover_new      (void);
void       engram_jobs_popover_set_jobs (EngramJobsPopover *self,
                                         EngramJobList     *jobs);

G_END_DECLS
