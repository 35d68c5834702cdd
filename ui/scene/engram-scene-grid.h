/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-camera.h"

G_BEGIN_DECLS

/* What is drawn around a space so that places can be read off: a grid on the ground (y is up), the box around all
 * points, and three axes with ticks at round numbers. Used by the renderer, the painter and whoever writes the
 * numbers. */

typedef enum {
  ENGRAM_SCENE_GRID_GROUND,
  ENGRAM_SCENE_GRID_BOX,
  ENGRAM_SCENE_GRID_AXIS,
} EngramSceneGridKind;

typedef struct {
  EngramSceneGridKind kind;
  EngramAxis          axis;     /* along which it runs */
  float               from[3];
  float               to[3];
} EngramSceneGridLine;

typedef struct {
  EngramAxis axis;
  double     value;             /* a round number, but for the end */
  gboolean   end;               /* the end of the axis, for its name, rather than a number */
  float      place[3];          /* on the axis */
} EngramSceneGridTick;

/* The step, 1, 2 or 5 times a power of ten, that divides @extent into about five parts. */
double   engram_scene_grid_get_step (double              extent);
/* The box that is drawn, which has some room around the scene's; the scene's own where that is a single place. */
void     engram_scene_grid_get_box  (const float         low[3],
                                     const float         high[3],
                                     float               box_low[3],
                                     float               box_high[3]);
/* @low, @high: the scene's box. (transfer full) (element-type EngramSceneGridLine): the ground first, the axes
 * last; none where the box is a single place */
GArray  *engram_scene_grid_lines    (const float         low[3],
                                     const float         high[3]);
/* (transfer full) (element-type EngramSceneGridTick): axis by axis, ascending, each with its end last */
GArray  *engram_scene_grid_ticks    (const float         low[3],
                                     const float         high[3]);
/* Red-ish, green-ish, blue-ish; the names beside them say the same. @colour: red, green, blue, alpha, 0 to 1 */
void     engram_scene_grid_get_colour (EngramSceneGridKind kind,
                                     EngramAxis          axis,
                                     const float         foreground[4],
                                     float               colour[4]);

G_END_DECLS
