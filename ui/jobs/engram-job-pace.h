/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENGRAM_JOB_PACE_SAMPLES 100

/* How fast something gets on: its fraction at some moments of the last seconds, by a clock in microseconds. */
typedef struct {
  gint64 times[ENGRAM_JOB_PACE_SAMPLES];
  double fractions[ENGRAM_JOB_PACE_SAMPLES];
  guint  n_samples;
  guint  next; /* where the next one goes */
} EngramJobPace;

/* One is kept for every 100 ms. A fraction below the last one, or an unknown (negative) one, begins anew. */
void   engram_job_pace_add          (EngramJobPace       *self,
                                     gint64               time,
                                     double               fraction);
/* Fraction a second, over the last ten seconds; 0 before one and a half are known. */
double engram_job_pace_get_speed    (const EngramJobPace *self);

G_END_DECLS
