/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB_BAR (engram_job_bar_get_type ())

/* What is being done just now, with progress and Cancel. A job that ends soon is not shown; of several the one that
 * started first is. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramJobBar, engram_job_bar, ENGRAM, JOB_BAR, GtkWidget)

GtkWidget *engram_job_bar_new (void);
/* A job that has been started; followed until it ends. */
void       engram_job_bar_add (EngramJobBar *self,
                               EngramJob    *job);

G_END_DECLS
