/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-camera.h"
#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SCENE_PICKER (engram_scene_picker_get_type ())

/* Says what is at a place of the picture, exactly as it is drawn, at any density. Its index is brought up to date
 * at the first question after a change. Main thread (its questions take some milliseconds at 100,000 points and
 * 1,000,000 edges). */
G_DECLARE_FINAL_TYPE (EngramScenePicker, engram_scene_picker, ENGRAM, SCENE_PICKER, GObject)

typedef enum {
  ENGRAM_PICKED_NOTHING,
  ENGRAM_PICKED_POINT,
  ENGRAM_PICKED_EDGE,
} EngramPickedKind;

typedef struct {
  EngramPickedKind kind;
  guint32          index;  /* of the point or the edge */
} EngramPicked;

EngramScenePicker *engram_scene_picker_new       (void);
void               engram_scene_picker_set_scene (EngramScenePicker      *self,
                                                  EngramScene            *scene); /* (nullable) */
void               engram_scene_picker_set_style (EngramScenePicker      *self,
                                                  const EngramSceneStyle *style);
void               engram_scene_picker_set_camera (EngramScenePicker     *self,
                                                  const EngramCamera     *camera,
                                                  float                   width,
                                                  float                   height);
/* The point in front at (@x, @y), where there is one; else the point nearest within @tolerance pixels; else the
 * edge nearest within @tolerance, the marked ones first, and then among the strongest @n_edges of
 * those in the range of weights with both ends drawn (as the renderer counts what it has drawn). */
EngramPicked       engram_scene_picker_pick      (EngramScenePicker      *self,
                                                  float                   x,
                                                  float                   y,
                                                  float                   tolerance,
                                                  guint32                 n_edges);
/* The points whose centres lie within a polygon (a rectangle or a lasso, by the even-odd rule), hidden behind
 * others or not. (transfer full) (element-type guint32): ascending */
GArray            *engram_scene_picker_find_in_polygon (EngramScenePicker *self,
                                                  const graphene_point_t *corners,
                                                  guint                   n_corners);
/* The points in the picture, for summaries: ascending. */
GArray            *engram_scene_picker_find_seen (EngramScenePicker      *self);
/* The next point from @point in a direction of the picture, for the arrow keys; @point itself where there is none. */
guint32            engram_scene_picker_find_towards (EngramScenePicker   *self,
                                                  guint32                 point,
                                                  float                   dx,
                                                  float                   dy);

G_END_DECLS
