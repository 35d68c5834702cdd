/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/engram-job.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_JOB_LIST (engram_job_list_get_type ())

/* What is done for a window, and what was: a GListModel of EngramJob. First come those that run and wait, in the order
 * in which they were added, then those that have ended, the latest first. Of these a hundred stay; background jobs stay
 * only where they failed.
 *
 * Property "n-active" (uint): how many wait or run, background jobs not counted. Signal "ended" (EngramJob). Main
 * thread only. */
G_DECLARE_FINAL_TYPE (EngramJobList, engram_job_list, ENGRAM, JOB_LIST, GObject)

EngramJobList *engram_job_list_new          (void);
void           engram_job_list_add          (EngramJobList *self,
                                             EngramJob     *job);
guint          engram_job_list_get_n_active (EngramJobList *self);
/* Forgets those that have ended. */
void           engram_job_list_clear        (EngramJobList *self);

G_END_DECLS
