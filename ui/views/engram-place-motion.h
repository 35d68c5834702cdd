/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/engram-scene-view.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PLACE_MOTION (engram_place_motion_get_type ())

/* Moves the points of a scene from where they are to other places, in the scene view that shows it. Where that is not
 * on screen, or the person wants no animations, they are there at once.
 *
 * Properties: "moving" (boolean, read only). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPlaceMotion, engram_place_motion, ENGRAM, PLACE_MOTION, GObject)

/* @scene_view: not owned; the motion ends with it
 * @seconds: how long it takes */
EngramPlaceMotion *engram_place_motion_new        (EngramSceneView    *scene_view,
                                                   double              seconds);
/* Ends a motion that is under way where it is, and begins another.
 * @places: (transfer full): x, y, z of each point of @scene */
void               engram_place_motion_start      (EngramPlaceMotion  *self,
                                                   EngramScene        *scene,
                                                   float              *places);
/* The points stay where they are now. */
void               engram_place_motion_stop       (EngramPlaceMotion  *self);
/* The points are where they go to, at once. */
void               engram_place_motion_finish     (EngramPlaceMotion  *self);
/* From now on that point is there, whatever the others do. */
void               engram_place_motion_set_place  (EngramPlaceMotion  *self,
                                                   guint32             point,
                                                   const float         place[3]);
gboolean           engram_place_motion_get_moving (EngramPlaceMotion  *self);

G_END_DECLS
