/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-part.h"

void
engram_job_part_progress (const char *phase,
                          double      fraction,
                          gpointer    part)
{
  EngramJobPart *self = part;

  if (self->amount > 0 && self->to > self->from)
    engram_job_set_amount (self->job, self->amount / (self->to - self->from), self->unit);
  /* A part that does not know how far it is stands at its beginning: the parts before it are known to be done. */
  engram_job_progress (phase, self->from + MAX (fraction, 0) * (self->to - self->from), self->job);
}
