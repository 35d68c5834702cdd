/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-renderer-private.h"

/* A part may be so many times the one before. */
#define GROWTH 4

double
engram_scene_pace_begin (void)
{
  return g_get_monotonic_time () / (double) G_USEC_PER_SEC;
}

/* How long what was begun then took, once it is really done. */
double
engram_scene_pace_finish (double begun)
{
  glFinish ();
  return engram_scene_pace_begin () - begun;
}

/* What was fast is believed at once: what was slow may have been another program, or a shader that was made. */
void
engram_scene_pace_learn (EngramScenePace *pace,
                         guint32          n,
                         double           begun)
{
  double cost = engram_scene_pace_finish (begun) / MAX (n, 1);
  double mixed = pace->cost + ENGRAM_SCENE_MEASURE_SHARE * (cost - pace->cost);

  pace->cost = pace->last == 0 ? cost : MIN (cost, mixed);
  pace->last = n;
}

/* How many are likely to be drawn in that time. */
guint32
engram_scene_pace_plan (const EngramScenePace *pace,
                        guint32                first,
                        guint32                n_left,
                        double                 seconds)
{
  double n = first;

  if (pace->last > 0)
    n = MIN (seconds / MAX (pace->cost, 1e-12), (double) pace->last * GROWTH);
  return (guint32) CLAMP (n, MIN (n_left, first / 8), n_left);
}
