/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-renderer-private.h"

/* A picture that was shown before is replaced by the next as soon as that has as many edges, or this many. */
#define ENOUGH_EDGES 20000
/* Parts of a slice: at first small ones, since nothing is known of what they cost. */
#define FIRST_POINTS 4000
#define FIRST_EDGES ENGRAM_SCENE_BATCH
/* What a part is planned to take of the time that is left to its slice, so that one that takes twice as long still
 * fits; and with how little left a slice ends. */
#define PLANNED_SHARE 0.5
#define IDLE_SHARE 0.15
/* What is covered is looked for after so many edges, and again whenever there are so many times as many. */
#define FIRST_COVERING 8192
#define COVERING_GROWTH 1.5

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
  /* Where edges have covered anything, the depth of the points is no longer there. */
  if (all || (changes & ENGRAM_SCENE_CHANGED_LOOKS) != 0 || !self->points_done || self->n_covering > 0)
    {
      engram_scene_drawing_clear (&self->drawing, &self->rest, ENGRAM_SCENE_LAYER_POINTS);
      self->n_points = 0;
      self->n_covering = 0;
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
  guint32 n = engram_scene_pace_plan (pace, FIRST_POINTS, all - self->n_points, seconds * PLANNED_SHARE);
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

/* In a dense picture most places are soon so opaque that what follows, which is most of the work, is rounded to nothing
 * there: a picture is the same with it and without. */
static void
cover_opaque (EngramSceneRenderer *self)
{
  float opacity;

  if (!engram_scene_edge_table_is_filled (&self->buffers.edges)
      || self->n_edges < MAX (FIRST_COVERING, self->n_covering * COVERING_GROWTH))
    return;
  opacity = engram_scene_drawing_get_opacity (&self->drawing, self->n_edges);
  engram_scene_layers_cover (&self->rest, &self->programs, 1 - 0.5f / (opacity * 255 + 0.5f));
  self->n_covering = self->n_edges;
}

static void
advance_edges (EngramSceneRenderer *self,
               gboolean             marked,
               double               seconds)
{
  EngramScenePace *pace = &self->paces[marked ? ENGRAM_SCENE_PACE_MARKED : ENGRAM_SCENE_PACE_EDGES];
  EngramSceneEdgeTable *table = marked ? &self->buffers.marked : &self->buffers.edges;
  guint32 *done = marked ? &self->n_marked : &self->n_edges;
  guint32 all = table->n;
  guint32 n = engram_scene_pace_plan (pace, FIRST_EDGES, all - *done, seconds * PLANNED_SHARE);
  double begun = engram_scene_pace_begin ();

  n = MIN ((n + ENGRAM_SCENE_BATCH - 1) / ENGRAM_SCENE_BATCH * ENGRAM_SCENE_BATCH, all - *done);
  if (n > 0)
    {
      engram_scene_layers_bind (&self->rest, marked ? ENGRAM_SCENE_LAYER_MARKED : ENGRAM_SCENE_LAYER_EDGES);
      engram_scene_drawing_edges (&self->drawing, marked, FALSE, *done, n);
      engram_scene_pace_learn (pace, n, begun);
      *done += n;
      if (!marked && *done < all)
        cover_opaque (self);
    }
  if (*done < all)
    return;
  if (!engram_scene_edge_table_is_filled (table))
    engram_scene_edge_table_advance (table, &self->buffers, &self->style, marked);
  else
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

/* Of a slice: with what came before it, and without what shows it. */
static double
get_time_left (EngramSceneRenderer *self,
               double               budget)
{
  return budget - self->compose_cost - (engram_scene_pace_begin () - self->begun);
}

/* TRUE where it is complete. */
gboolean
engram_scene_renderer_draw_rest (EngramSceneRenderer *self,
                                 double               budget)
{
  double left;

  if (self->changes != 0 && self->rest.width != 0)
    keep_shown (self);
  if (engram_scene_layers_resize (&self->rest, self->width, self->height))
    self->changes |= ENGRAM_SCENE_CHANGED_ALL;
  engram_scene_renderer_start (self, &self->rest);
  begin_rest (self);
  /* Each slice gets somewhere, even where all else takes all of its time. */
  left = MAX (get_time_left (self, budget), budget / 4);
  while (self->stage != ENGRAM_SCENE_STAGE_COMPLETE && left > budget * IDLE_SHARE)
    {
      advance (self, left);
      left = get_time_left (self, budget);
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
