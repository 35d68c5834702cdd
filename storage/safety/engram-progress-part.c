/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/engram-progress-part-private.h"

#define INTERVAL_US (100 * 1000)

void
engram_progress_part_report (const char *phase,
                             double      fraction,
                             gpointer    part)
{
  EngramProgressPart *self = part;
  gint64 now = g_get_monotonic_time ();

  if (self->progress == NULL || (fraction < 1 && phase == self->phase && now - self->last < INTERVAL_US))
    return;
  self->last = now;
  self->phase = phase;
  self->done = CLAMP (fraction, self->done, 1);
  self->progress (phase, self->from + (self->to - self->from) * self->done, self->user_data);
}
