/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-renderer-private.h"

/* A picture that was shown before is replaced by the next as soon as that has as many edges, or this many. */
#define ENOUGH_EDGES 20000
/* Parts of a slice: at first small ones, since nothing is known of what they cost. */
#define FIRST_POINTS 4000
#define FIRST_EDGES ENGRAM_SCENE_BATCH

/* Keeps what is shown while it is drawn anew. */
static void
keep_shown (EngramSceneRenderer *self)
{
  if (self->shown != &self->rest)
    return;

  engram_scene_layers_resize (&self->moving, self->rest.width, self->rest.height);
  for (guint layer = ENGRAM_SCENE_N_LAYERS; layer > 0; layer--)
    {
      engram_scene_layers_bind (&self->moving, layer - 1);
      glClearColor (0, 0, 0, 0);
      glClear (GL_COLOR_BUFFER_BIT);
    }
  glBindVertexArray (self->buffers.plain_array);
  engram_scene_layers_compose (&self->rest, &self->programs, self->moving.width, TRUE);
  self->shown = &self->moving;
}

/* Takes back as much of the picture at rest as is no longer true. */
static void
begin_rest (EngramSceneRenderer *self)
{
  EngramSceneChanges changes = self->changes;
  gboolean all = (changes & ENGRAM_SCENE_CHANGED_ALL) != 0;

  self->changes = 0;
  if (changes == 0)
    return;
  if (all || (changes & ENGRAM_SCENE_CHANGED_LOOKS) != 0 || !self->points_done)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_POINTS);
      self->n_points = 0;
      self->points_done = FALSE;
    }
  if (all || (changes & ENGRAM_SCENE_CHANGED_EDGES) != 0)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_EDGES);
      self->n_edges = 0;
    }
  if (all || (changes & (ENGRAM_SCENE_CHANGED_EDGES | ENGRAM_SCENE_CHANGED_MARKS)) != 0)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_MARKED);
      self->n_marked = 0;
    }
  self->stage = self->points_done ? ENGRAM_SCENE_STAGE_MARKED : ENGRAM_SCENE_STAGE_CORES;
}

static void
advance_points (EngramSceneRenderer *self,
                EngramScenePart      part,
                double               seconds)
{
  gboolean cores = part == ENGRAM_SCENE_PART_CORES;
  EngramScenePace *pace = &self->paces[cores ? ENGRAM_SCENE_PACE_CORES : ENGRAM_SCENE_PACE_RIMS];
  guint32 all = engram_scene_renderer_count_points (self);
  guint32 n = engram_scene_pace_plan (pace, FIRST_POINTS, all - self->n_points, seconds);
  double begun = engram_scene_pace_begin ();

  if (n > 0)
    {
      engram_scene_layers_bind (&self->rest, ENGRAM_SCENE_LAYER_POINTS);
      engram_scene_drawing_points (&self->drawing, part, self->n_points, n);
      engram_scene_pace_learn (pace, n, begun);
      self->n_points += n;
    }
  if (self->n_points < all)
    return;
  self->n_points = 0;
  self->points_done = part == ENGRAM_SCENE_PART_RIMS;
  self->stage = self->points_done ? ENGRAM_SCENE_STAGE_MARKED : ENGRAM_SCENE_STAGE_GRID;
}

static void
advance_edges (EngramSceneRenderer *self,
               gboolean             marked,
               double               seconds)
{
  EngramScenePace *pace = &self->paces[marked ? ENGRAM_SCENE_PACE_MARKED : ENGRAM_SCENE_PACE_EDGES];
  guint32 *done = marked ? &self->n_marked : &self->n_edges;
  guint32 all = marked ? self->buffers.marked.n : engram_scene_renderer_count_edges (self);
  guint32 n = engram_scene_pace_plan (pace, FIRST_EDGES, all - *done, seconds);
  double begun = engram_scene_pace_begin ();

  n = MIN ((n + ENGRAM_SCENE_BATCH - 1) / ENGRAM_SCENE_BATCH * ENGRAM_SCENE_BATCH, all - *done);
  if (n > 0)
    {
      engram_scene_layers_bind (&self->rest, marked ? ENGRAM_SCENE_LAYER_MARKED : ENGRAM_SCENE_LAYER_EDGES);
      engram_scene_drawing_edges (&self->drawing, marked, FALSE, *done, n);
      engram_scene_pace_learn (pace, n, begun);
      *done += n;
    }
  if (*done >= all)
    self->stage = marked ? ENGRAM_SCENE_STAGE_EDGES : ENGRAM_SCENE_STAGE_COMPLETE;
}

static void
advance (EngramSceneRenderer *self,
         double               seconds)
{
  switch (self->stage)
    {
    case ENGRAM_SCENE_STAGE_CORES:
      advance_points (self, ENGRAM_SCENE_PART_CORES, seconds);
      break;
    case ENGRAM_SCENE_STAGE_GRID:
      engram_scene_layers_bind (&self->rest, ENGRAM_SCENE_LAYER_POINTS);
      if (engram_scene_renderer_has_grid (self))
        engram_scene_drawing_grid (&self->drawing);
      self->stage = ENGRAM_SCENE_STAGE_RIMS;
      break;
    case ENGRAM_SCENE_STAGE_RIMS:
      advance_points (self, ENGRAM_SCENE_PART_RIMS, seconds);
      break;
    case ENGRAM_SCENE_STAGE_MARKED:
      advance_edges (self, TRUE, seconds);
      break;
    case ENGRAM_SCENE_STAGE_EDGES:
      advance_edges (self, FALSE, seconds);
      break;
    case ENGRAM_SCENE_STAGE_COMPLETE:
    default:
      break;
    }
}

/* Whether what is being drawn is no worse than what is shown. */
static gboolean
is_good_enough (EngramSceneRenderer *self)
{
  if (self->shown == NULL || self->shown == &self->rest || self->stage == ENGRAM_SCENE_STAGE_COMPLETE)
    return TRUE;
  return self->stage == ENGRAM_SCENE_STAGE_EDGES && self->n_edges >= MIN (self->drawn.n_edges, ENOUGH_EDGES);
}

/* TRUE where it is complete. */
gboolean
engram_scene_renderer_draw_rest (EngramSceneRenderer *self,
                                 double               budget)
{
  double begun = engram_scene_pace_begin ();
  double left;

  if (self->changes != 0 && self->rest.width != 0)
    keep_shown (self);
  if (engram_scene_layers_resize (&self->rest, self->width, self->height))
    self->changes |= ENGRAM_SCENE_CHANGED_ALL;
  engram_scene_renderer_start (self, &self->rest);
  begin_rest (self);
  /* Each slice gets somewhere, even where showing it takes all of its time. */
  left = MAX (budget - self->compose_cost, budget / 3);
  while (self->stage != ENGRAM_SCENE_STAGE_COMPLETE && left > budget * (1 - ENGRAM_SCENE_PLANNED_SHARE) / 2)
    {
      advance (self, left);
      left = budget - self->compose_cost - (engram_scene_pace_begin () - begun);
    }
  if (is_good_enough (self))
    {
      /* Those without a rim yet are drawn, too. */
      guint32 n_points = self->stage == ENGRAM_SCENE_STAGE_CORES ? self->n_points : G_MAXUINT32;

      self->shown = &self->rest;
      engram_scene_renderer_set_drawn (self, engram_scene_buffers_count_drawn (&self->buffers, n_points),
                                       self->n_edges, 1);
    }
  return self->stage == ENGRAM_SCENE_STAGE_COMPLETE;
}
