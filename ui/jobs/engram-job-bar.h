/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB_BAR (engram_job_bar_get_type ())

/* What is being done just now: of one job how far it is, how fast, and Cancel; of several how many they are, and the
 * way to all of them (the action "win.jobs"). A job that ends soon is not shown, nor one that a dialog shows, nor one
 * of the program's own making beside one that the person has started. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramJobBar, engram_job_bar, ENGRAM, JOB_BAR, GtkWidget)

GtkWidget *engram_job_bar_new (void);
/* A job that runs or waits; followed until it ends. */
void       engram_job_bar_add (EngramJobBar *self,
                               EngramJob    *job);

G_END_DECLS
