/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB_ROW (engram_job_row_get_type ())

/* A job in a list: while it waits or runs, what it does, how far it is, and Cancel; afterwards how it ended, when, and
 * how long it took. One that has failed can be activated: there is more to say of it. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramJobRow, engram_job_row, ENGRAM, JOB_ROW, GtkListBoxRow)

GtkWidget *engram_job_row_new     (EngramJob    *job);
EngramJob *engram_job_row_get_job (EngramJobRow *self);
/* Looks how fast it is and how long ago it was. */
void       engram_job_row_update  (EngramJobRow *self);

G_END_DECLS
