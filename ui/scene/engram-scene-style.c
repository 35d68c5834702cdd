/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-style.h"

#include <math.h>
#include <string.h>

/* The weakest edge has this share of the opacity and of the width of the strongest. */
#define WEAKEST_OPACITY_SHARE 0.2f
#define WEAKEST_WIDTH_SHARE 0.3f

static void
set_colour (float   colour[4],
            guint32 rgb,
            float   alpha)
{
  colour[0] = (float) (rgb >> 16 & 0xff) / 255;
  colour[1] = (float) (rgb >> 8 & 0xff) / 255;
  colour[2] = (float) (rgb & 0xff) / 255;
  colour[3] = alpha;
}

void
engram_scene_style_init (EngramSceneStyle *self,
                         gboolean          flat,
                         gboolean          dark,
                         gboolean          contrast)
{
  memset (self, 0, sizeof *self);
  set_colour (self->background, dark ? (contrast ? 0x000000 : 0x1b1b1f) : (contrast ? 0xffffff : 0xfbfbfc), 1);
  set_colour (self->foreground, dark ? (contrast ? 0xffffff : 0xdedee2) : (contrast ? 0x000000 : 0x2e2e33), 1);
  /* On a dark ground the same hues, lighter. */
  set_colour (self->exciting, dark ? 0xff9d52 : 0xd05500, 1);
  set_colour (self->inhibiting, dark ? 0x5fb0ee : 0x0067a8, 1);
  set_colour (self->selection, dark ? 0xffffff : 0x000000, 1);
  self->point_size = flat ? 6 : 5;
  self->edge_width = contrast ? 3 : 2;
  self->edge_opacity = contrast ? 0.9f : 0.6f;
  self->lowest_weight = -INFINITY;
  self->highest_weight = INFINITY;
  self->lit = !flat;
  self->fog = !flat && !contrast;
  self->arrows = TRUE;
  self->edges = ENGRAM_SCENE_EDGES_ALL;
  self->grid = !flat;
}

gboolean
engram_scene_style_has_weight (const EngramSceneStyle *self,
                               const EngramSceneEdge  *edge)
{
  float weight = isnan (edge->weight) ? 0 : edge->weight;

  return weight >= self->lowest_weight && weight <= self->highest_weight;
}

gboolean
engram_scene_style_has_edge (const EngramSceneStyle *self,
                             const EngramScene      *scene,
                             const EngramSceneEdge  *edge)
{
  guint32 flags;

  if (self->edges == ENGRAM_SCENE_EDGES_NONE || !engram_scene_style_has_weight (self, edge))
    return FALSE;
  if (self->edges == ENGRAM_SCENE_EDGES_ALL)
    return TRUE;
  flags = scene->points[edge->source].flags | scene->points[edge->target].flags;
  return (flags & ENGRAM_POINT_SELECTED) != 0;
}

guint32
engram_scene_style_count_edges (const EngramSceneStyle *self,
                                const EngramScene      *scene)
{
  guint32 n_edges = 0;

  if (self->edges == ENGRAM_SCENE_EDGES_ALL && isinf (self->lowest_weight) && isinf (self->highest_weight))
    return scene->n_edges;
  for (guint32 i = 0; i < scene->n_edges; i++)
    n_edges += engram_scene_style_has_edge (self, scene, &scene->edges[i]);
  return n_edges;
}

void
engram_scene_style_get_edge (const EngramSceneStyle *self,
                             float                   weight,
                             float                  *opacity,
                             float                  *width)
{
  float strength = isnan (weight) ? 0 : MIN (fabsf (weight), 1);

  *opacity = self->edge_opacity * (WEAKEST_OPACITY_SHARE + (1 - WEAKEST_OPACITY_SHARE) * strength);
  *width = self->edge_width * (WEAKEST_WIDTH_SHARE + (1 - WEAKEST_WIDTH_SHARE) * strength);
}

float
engram_scene_style_get_radius (const EngramSceneStyle *self,
                               float                   size,
                               float                   scale)
{
  return MAX (self->point_size * size * scale, 1);
}
