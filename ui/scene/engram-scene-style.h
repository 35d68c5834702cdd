/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-scene.h"

G_BEGIN_DECLS

/* Which edges are drawn, beside the marked ones. */
typedef enum {
  ENGRAM_SCENE_EDGES_ALL,
  ENGRAM_SCENE_EDGES_SELECTED, /* with an end that is selected */
  ENGRAM_SCENE_EDGES_NONE,
} EngramSceneEdges;

/* How a scene is drawn, alike by the renderer and the painter: colours are red, green, blue, alpha, 0 to 1, not
 * premultiplied. Exciting edges are vermilion, inhibiting ones blue, as weights are everywhere (told apart by people of
 * any colour vision), and inhibiting ones end in a bar instead of an arrow head, so that colour is not the only
 * sign. */
typedef struct {
  float    background[4];    /* alpha 0: none */
  float    foreground[4];    /* of labels, axes, rings */
  float    exciting[4];
  float    inhibiting[4];
  float    selection[4];     /* of rings around what is selected, and its edges */
  float    point_size;       /* radius of a point of size 1: pixels where the scene is flat, else at the target's distance */
  float    edge_width;       /* of the strongest edge, pixels */
  float    edge_opacity;     /* of the strongest edge, 0 to 1; the weakest has a fifth of it */
  float    lowest_weight;    /* signed range of the weights to be drawn, inclusive */
  float    highest_weight;
  EngramSceneEdges edges;
  gboolean lit;              /* spheres with a light, or plain discs */
  gboolean fog;              /* what is far fades into the background */
  gboolean arrows;           /* ends of edges show the direction where there is room */
  gboolean grid;             /* ground grid, box and axes of a space */
} EngramSceneStyle;

/* For a light or a dark window; @contrast: the person has asked for high contrast */
void engram_scene_style_init     (EngramSceneStyle *self,
                                  gboolean          flat,
                                  gboolean          dark,
                                  gboolean          contrast);
/* Whether its weight is in the range. */
gboolean engram_scene_style_has_weight (const EngramSceneStyle *self,
                                        const EngramSceneEdge  *edge);
/* Whether it is drawn where its ends are: by its weight, and what is selected. */
gboolean engram_scene_style_has_edge (const EngramSceneStyle *self,
                                      const EngramScene      *scene,
                                      const EngramSceneEdge  *edge);
/* How many of its edges are to be drawn, not looking at whether their ends are. */
guint32  engram_scene_style_count_edges (const EngramSceneStyle *self,
                                      const EngramScene      *scene);
/* The opacity and the width in pixels of an edge of that weight. */
void engram_scene_style_get_edge (const EngramSceneStyle *self,
                                  float                   weight,
                                  float                  *opacity,
                                  float                  *width);
/* The radius of a point in pixels, as drawn: at least 1. @scale: pixels a unit of length takes where the point is,
 * divided by those at the target; 1 in a flat scene. */
float engram_scene_style_get_radius (const EngramSceneStyle *self,
                                  float                   size,
                                  float                   scale);

G_END_DECLS
