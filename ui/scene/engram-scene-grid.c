/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-grid.h"

#include <math.h>
#include <string.h>

#define N_STEPS 5
#define N_AXES 3
/* Around the scene, of its greatest extent. */
#define ROOM 0.04
#define SHARE_OF_FOREGROUND 0.35f

/* The box of the scene with some room around it, and how far apart round numbers are along its axes. */
typedef struct {
  double low[N_AXES], high[N_AXES];
  double steps[N_AXES];
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

/* The squares of the ground are squares. */
static void
choose_steps (Box *box)
{
  double width = box->high[ENGRAM_AXIS_X] - box->low[ENGRAM_AXIS_X];
  double depth = box->high[ENGRAM_AXIS_Z] - box->low[ENGRAM_AXIS_Z];

  box->steps[ENGRAM_AXIS_X] = box->steps[ENGRAM_AXIS_Z] = engram_scene_grid_get_step (MAX (width, depth));
  box->steps[ENGRAM_AXIS_Y] = engram_scene_grid_get_step (box->high[ENGRAM_AXIS_Y] - box->low[ENGRAM_AXIS_Y]);
}

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

  for (guint axis = 0; axis < N_AXES; axis++)
    {
      box->low[axis] = low[axis] - ROOM * extent;
      box->high[axis] = high[axis] + ROOM * extent;
    }
  choose_steps (box);
  return TRUE;
}

void
engram_scene_grid_get_box (const float low[3],
                           const float high[3],
                           float       box_low[3],
                           float       box_high[3])
{
  Box box;
  gboolean any = init_box (&box, low, high);

  for (guint axis = 0; axis < N_AXES; axis++)
    {
      box_low[axis] = any ? (float) box.low[axis] : low[axis];
      box_high[axis] = any ? (float) box.high[axis] : high[axis];
    }
}

/* The round numbers along an axis, as multiples of its step: from the first to the last. */
static gint64
get_first (const Box *box,
           guint      axis)
{
  return (gint64) ceil (box->low[axis] / box->steps[axis] - 1e-6);
}

static gint64
get_last (const Box *box,
          guint      axis)
{
  return (gint64) floor (box->high[axis] / box->steps[axis] + 1e-6);
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

/* Lines of the ground along @axis, at the round numbers of @other. */
static void
add_ground (GArray    *lines,
            const Box *box,
            guint      axis,
            guint      other)
{
  for (gint64 i = get_first (box, other); i <= get_last (box, other); i++)
    {
      double from[N_AXES];

      memcpy (from, box->low, sizeof from);
      from[other] = i * box->steps[other];
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

static void
add_tick (GArray    *ticks,
          const Box *box,
          guint      axis,
          double     value,
          gboolean   end)
{
  EngramSceneGridTick tick = { axis, value, end };

  for (guint other = 0; other < N_AXES; other++)
    tick.place[other] = box->low[other];
  tick.place[axis] = value;
  g_array_append_val (ticks, tick);
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
      for (gint64 i = get_first (&box, axis); i <= get_last (&box, axis); i++)
        add_tick (ticks, &box, axis, i * box.steps[axis], FALSE);
      add_tick (ticks, &box, axis, box.high[axis], TRUE);
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
