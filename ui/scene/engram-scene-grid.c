/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-grid.h"

#include <math.h>
#include <string.h>

#define N_STEPS 5
#define N_AXES 3
#define SHARE_OF_FOREGROUND 0.35f

/* The box of the scene, out to the next round numbers. */
typedef struct {
  double low[N_AXES], high[N_AXES];
  double step;
} Box;

double
engram_scene_grid_get_step (double extent)
{
  double least = extent / N_STEPS;
  double power;

  g_return_val_if_fail (extent > 0 && isfinite (extent), 1);

  power = pow (10, floor (log10 (least)));
  for (guint i = 0; i < 3; i++)
    {
      static const double steps[] = { 1, 2, 5 };

      if (steps[i] * power >= least * (1 - 1e-9))
        return steps[i] * power;
    }
  return 10 * power;
}

/* One step for all axes, so that the squares of the ground are squares. */
static gboolean
init_box (Box        *box,
          const float low[N_AXES],
          const float high[N_AXES])
{
  double extent = 0;

  for (guint axis = 0; axis < N_AXES; axis++)
    extent = MAX (extent, (double) high[axis] - low[axis]);
  if (!(extent > 0) || !isfinite (extent))
    return FALSE;

  box->step = engram_scene_grid_get_step (extent);
  for (guint axis = 0; axis < N_AXES; axis++)
    {
      box->low[axis] = floor (low[axis] / box->step + 1e-6) * box->step;
      box->high[axis] = ceil (high[axis] / box->step - 1e-6) * box->step;
      if (box->high[axis] <= box->low[axis])
        box->high[axis] = box->low[axis] + box->step;
    }
  return TRUE;
}

static guint
count_steps (const Box *box,
             guint      axis)
{
  return (guint) lround ((box->high[axis] - box->low[axis]) / box->step);
}

static void
add_line (GArray             *lines,
          EngramSceneGridKind kind,
          guint               axis,
          const double        from[N_AXES],
          double              to)
{
  EngramSceneGridLine line = { kind, axis };

  for (guint i = 0; i < N_AXES; i++)
    line.from[i] = line.to[i] = from[i];
  line.to[axis] = to;
  g_array_append_val (lines, line);
}

/* Lines of the ground along @axis, at every step of @other. */
static void
add_ground (GArray    *lines,
            const Box *box,
            guint      axis,
            guint      other)
{
  for (guint i = 0; i <= count_steps (box, other); i++)
    {
      double from[N_AXES];

      memcpy (from, box->low, sizeof from);
      from[other] += i * box->step;
      add_line (lines, ENGRAM_SCENE_GRID_GROUND, axis, from, box->high[axis]);
    }
}

/* The twelve edges of the box, the three that start where it is lowest as axes. */
static void
add_edges (GArray             *lines,
           const Box          *box,
           EngramSceneGridKind kind)
{
  for (guint axis = 0; axis < N_AXES; axis++)
    for (guint corner = 0; corner < 4; corner++)
      {
        guint second = (axis + 1) % N_AXES, third = (axis + 2) % N_AXES;
        double from[N_AXES];

        if ((corner == 0) != (kind == ENGRAM_SCENE_GRID_AXIS))
          continue;
        from[axis] = box->low[axis];
        from[second] = corner & 1 ? box->high[second] : box->low[second];
        from[third] = corner & 2 ? box->high[third] : box->low[third];
        add_line (lines, kind, axis, from, box->high[axis]);
      }
}

GArray *
engram_scene_grid_lines (const float low[3],
                         const float high[3])
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (EngramSceneGridLine));
  Box box;

  if (!init_box (&box, low, high))
    return lines;

  add_ground (lines, &box, ENGRAM_AXIS_X, ENGRAM_AXIS_Z);
  add_ground (lines, &box, ENGRAM_AXIS_Z, ENGRAM_AXIS_X);
  add_edges (lines, &box, ENGRAM_SCENE_GRID_BOX);
  add_edges (lines, &box, ENGRAM_SCENE_GRID_AXIS);
  return lines;
}

GArray *
engram_scene_grid_ticks (const float low[3],
                         const float high[3])
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (EngramSceneGridTick));
  Box box;

  if (!init_box (&box, low, high))
    return ticks;

  for (guint axis = 0; axis < N_AXES; axis++)
    {
      guint n = count_steps (&box, axis);

      for (guint i = 0; i <= n + 1; i++)
        {
          EngramSceneGridTick tick = { axis, .end = i > n };

          /* A whole number times the step: what should be 0 is 0. */
          tick.value = (lround (box.low[axis] / box.step) + MIN (i, n)) * box.step;
          for (guint other = 0; other < N_AXES; other++)
            tick.place[other] = box.low[other];
          tick.place[axis] = tick.end ? tick.value + 0.4 * box.step : tick.value;
          g_array_append_val (ticks, tick);
        }
    }
  return ticks;
}

void
engram_scene_grid_get_colour (EngramSceneGridKind kind,
                              EngramAxis          axis,
                              const float         foreground[4],
                              float               colour[4])
{
  static const float axes[N_AXES][3] = { { 0.86f, 0.24f, 0.22f }, { 0.20f, 0.62f, 0.26f }, { 0.23f, 0.42f, 0.90f } };

  memcpy (colour, foreground, 4 * sizeof *colour);
  if (kind != ENGRAM_SCENE_GRID_AXIS)
    {
      colour[3] *= kind == ENGRAM_SCENE_GRID_GROUND ? 0.13f : 0.22f;
      return;
    }
  for (guint i = 0; i < 3; i++)
    colour[i] = SHARE_OF_FOREGROUND * foreground[i] + (1 - SHARE_OF_FOREGROUND) * axes[axis][i];
}
