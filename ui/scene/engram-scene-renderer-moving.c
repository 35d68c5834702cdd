/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-renderer-private.h"

/* What is no larger is drawn smoothly while it moves, too, at the full resolution. */
#define SMALL_SCENE 5000
/* So many frames in a row that are too slow are no accident. */
#define SLOW_FRAMES 3
/* A moving picture goes back to the full resolution where all that is wanted would fit into it so many times. */
#define SPARE_TIME 2.5
/* Of the time that there is, what is planned to be taken. */
#define PLANNED_SHARE 0.7
/* What the full resolution costs as against the half, per point and per edge: pixels are four times as many,
 * vertices are not. */
#define RESOLUTION_COST 2.5

/* How many of the special ones are drawn that stand behind the first @n of all. */
static guint32
count_special (EngramSceneRenderer *self,
               guint32              n)
{
  const GArray *special = self->buffers.special;
  guint32 count = 0;

  for (guint i = special->len; i > 0 && g_array_index (special, guint32, i - 1) >= n; i--)
    count++;
  return MIN (count, ENGRAM_SCENE_MOST_SPECIAL);
}

static gboolean
moves_smoothly (EngramSceneRenderer *self)
{
  return !self->half && engram_scene_renderer_count_points (self) <= SMALL_SCENE
    && engram_scene_renderer_count_edges (self) <= SMALL_SCENE;
}

static void
draw_moving_points (EngramSceneRenderer *self,
                    guint32              n)
{
  gboolean smooth = moves_smoothly (self);
  EngramScenePart part = smooth ? ENGRAM_SCENE_PART_CORES : ENGRAM_SCENE_PART_ALL;
  guint32 n_special = count_special (self, n);
  double begun = engram_scene_pace_begin ();

  engram_scene_drawing_clear (&self->drawing, &self->moving, ENGRAM_SCENE_LAYER_POINTS);
  engram_scene_drawing_points (&self->drawing, part, 0, n);
  engram_scene_drawing_special (&self->drawing, part, n, n_special);
  if (engram_scene_renderer_has_grid (self))
    engram_scene_drawing_grid (&self->drawing);
  if (smooth)
    engram_scene_drawing_points (&self->drawing, ENGRAM_SCENE_PART_RIMS, 0, n);
  engram_scene_pace_learn (&self->paces[ENGRAM_SCENE_PACE_MOVING_POINTS], n + n_special, begun);
}

/* The marked ones lie over the others because they are drawn first. */
static void
draw_moving_edges (EngramSceneRenderer *self,
                   guint32              n)
{
  gboolean thin = self->programs.context.software && !moves_smoothly (self);
  guint32 n_marked = MIN (self->buffers.marked.n, MAX (n, ENGRAM_SCENE_LEAST_EDGES));
  double begun = engram_scene_pace_begin ();

  engram_scene_drawing_clear (&self->drawing, &self->moving, ENGRAM_SCENE_LAYER_MARKED);
  engram_scene_drawing_clear (&self->drawing, &self->moving, ENGRAM_SCENE_LAYER_EDGES);
  engram_scene_drawing_edges (&self->drawing, TRUE, FALSE, 0, n_marked);
  engram_scene_drawing_edges (&self->drawing, FALSE, thin, 0, n);
  engram_scene_pace_learn (&self->paces[ENGRAM_SCENE_PACE_MOVING_EDGES], n + n_marked, begun);
}

/* How much of it fits into a frame: half of the time is the points', and what they leave the edges'; but never so
 * few that the picture says nothing. */
static void
plan_moving (EngramSceneRenderer *self,
             double               seconds,
             guint32             *n_points,
             guint32             *n_edges)
{
  const EngramScenePace *points = &self->paces[ENGRAM_SCENE_PACE_MOVING_POINTS];
  const EngramScenePace *edges = &self->paces[ENGRAM_SCENE_PACE_MOVING_EDGES];
  guint32 all_points = engram_scene_renderer_count_points (self), all_edges = engram_scene_renderer_count_edges (self);
  double left;

  *n_points = engram_scene_pace_plan (points, ENGRAM_SCENE_LEAST_POINTS, all_points, seconds * PLANNED_SHARE / 2);
  *n_points = MIN (MAX (*n_points, ENGRAM_SCENE_LEAST_POINTS), all_points);
  left = seconds - *n_points * points->cost;
  *n_edges = engram_scene_pace_plan (edges, ENGRAM_SCENE_LEAST_EDGES, all_edges, MAX (left, 0) * PLANNED_SHARE);
  *n_edges = MIN (MAX (*n_edges, ENGRAM_SCENE_LEAST_EDGES), all_edges);
}

/* The paces are those of the other resolution from then on, roughly. */
static void
set_half (EngramSceneRenderer *self,
          gboolean             half)
{
  double factor = half ? 1 / RESOLUTION_COST : RESOLUTION_COST;

  self->half = half;
  self->paces[ENGRAM_SCENE_PACE_MOVING_POINTS].cost *= factor;
  self->paces[ENGRAM_SCENE_PACE_MOVING_EDGES].cost *= factor;
}

/* Half the resolution where the least that is wanted takes too long; the full one again only where there is time to
 * spare, so that it does not change to and fro. */
static void
choose_resolution (EngramSceneRenderer *self,
                   double               seconds)
{
  guint32 n_points = MIN (engram_scene_renderer_count_points (self), ENGRAM_SCENE_LEAST_POINTS);
  guint32 n_edges = MIN (engram_scene_renderer_count_edges (self), ENGRAM_SCENE_LEAST_EDGES);
  double cost = n_points * self->paces[ENGRAM_SCENE_PACE_MOVING_POINTS].cost
    + n_edges * self->paces[ENGRAM_SCENE_PACE_MOVING_EDGES].cost;

  if (self->paces[ENGRAM_SCENE_PACE_MOVING_POINTS].last == 0)
    return;
  self->n_slow = cost > seconds ? self->n_slow + 1 : 0;
  if (!self->half && self->n_slow >= SLOW_FRAMES)
    set_half (self, TRUE);
  else if (self->half && cost * RESOLUTION_COST * SPARE_TIME < seconds)
    set_half (self, FALSE);
}

void
engram_scene_renderer_draw_moving (EngramSceneRenderer *self,
                                   double               budget)
{
  double seconds = MAX (budget - self->compose_cost, budget / 4);
  guint32 n_points, n_edges;

  if (!engram_scene_edge_table_is_filled (&self->buffers.edges))
    engram_scene_edge_table_advance (&self->buffers.edges, &self->buffers, &self->style, FALSE);
  choose_resolution (self, seconds);
  engram_scene_layers_resize (&self->moving, self->half ? (self->width + 1) / 2 : self->width,
                              self->half ? (self->height + 1) / 2 : self->height);
  plan_moving (self, seconds, &n_points, &n_edges);
  engram_scene_renderer_start (self, &self->moving);
  draw_moving_points (self, n_points);
  draw_moving_edges (self, n_edges);
  self->shown = &self->moving;
  engram_scene_renderer_set_drawn (self, engram_scene_buffers_count_drawn (&self->buffers, n_points)
                                   + count_special (self, n_points), n_edges, self->half ? 0.5f : 1);
  self->drawn.complete = FALSE;
}
