/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/engram-job.h"

G_BEGIN_DECLS

/* A part of what a job does: its progress from 0 to 1 is the job's from @from to @to. Where it has an @amount to do of
 * its own, the job's rate is in that meanwhile. */
typedef struct {
  EngramJob     *job;
  double         from;
  double         to;
  double         amount;
  EngramJobUnit  unit;
} EngramJobPart;

/* An EngramProgressFunc whose user data is an EngramJobPart. */
void engram_job_part_progress (const char *phase,
                               double      fraction,
                               gpointer    part);

G_END_DECLS
