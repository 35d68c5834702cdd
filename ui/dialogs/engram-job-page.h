/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB_PAGE (engram_job_page_get_type ())

/* How far a job is: what it is, what it does just now, how fast, how long it will take; with Cancel. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramJobPage, engram_job_page, ENGRAM, JOB_PAGE, AdwBin)

GtkWidget *engram_job_page_new     (void);
/* @job: (nullable) */
void       engram_job_page_set_job (EngramJobPage *self,
                                    EngramJob     *job);

G_END_DECLS
