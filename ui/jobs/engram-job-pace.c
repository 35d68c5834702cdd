/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-pace.h"

#define BETWEEN_SAMPLES (G_USEC_PER_SEC / 10)
#define LEAST_SPAN (G_USEC_PER_SEC * 3 / 2)

static guint
get_last (const EngramJobPace *self)
{
  return (self->next + ENGRAM_JOB_PACE_SAMPLES - 1) % ENGRAM_JOB_PACE_SAMPLES;
}

void
engram_job_pace_add (EngramJobPace *self,
                     gint64         time,
                     double         fraction)
{
  if (fraction < 0 || (self->n_samples > 0 && fraction < self->fractions[get_last (self)]))
    self->n_samples = 0;
  if (fraction < 0 || (self->n_samples > 0 && time - self->times[get_last (self)] < BETWEEN_SAMPLES))
    return;
  self->times[self->next] = time;
  self->fractions[self->next] = fraction;
  self->next = (self->next + 1) % ENGRAM_JOB_PACE_SAMPLES;
  self->n_samples = MIN (self->n_samples + 1, ENGRAM_JOB_PACE_SAMPLES);
}

double
engram_job_pace_get_speed (const EngramJobPace *self)
{
  guint first = (self->next + ENGRAM_JOB_PACE_SAMPLES - self->n_samples) % ENGRAM_JOB_PACE_SAMPLES;
  guint last = get_last (self);
  gint64 span;

  if (self->n_samples < 2)
    return 0;
  span = self->times[last] - self->times[first];
  if (span < LEAST_SPAN)
    return 0;
  return (self->fractions[last] - self->fractions[first]) * G_USEC_PER_SEC / span;
}
