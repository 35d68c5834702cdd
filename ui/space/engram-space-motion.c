/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#define MOTION_SECONDS 0.6

void
engram_space_view_make_motion (EngramSpaceView *self)
{
  self->motion = engram_place_motion_new (engram_network_view_get_scene_view (self->network_view), MOTION_SECONDS);
  g_signal_connect_object (self->motion, "notify::moving", G_CALLBACK (engram_space_view_update_dragging), self,
                           G_CONNECT_SWAPPED);
}

void
engram_space_view_jump_to (EngramSpaceView *self,
                           const float     *places)
{
  engram_place_motion_stop (self->motion);
  engram_scene_set_places (engram_space_view_get_scene (self)->scene, places);
  engram_scene_view_scene_changed (engram_network_view_get_scene_view (self->network_view), FALSE);
}

void
engram_space_view_move_to (EngramSpaceView *self,
                           float           *places)
{
  engram_place_motion_start (self->motion, engram_space_view_get_scene (self)->scene, places);
}

float *
engram_space_view_dup_file_places (EngramSpaceView *self)
{
  const EngramNetworkScene *scene = engram_space_view_get_scene (self);
  float *places = g_new (float, 3 * (gsize) scene->scene->n_points);

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    for (int axis = 0; axis < 3; axis++)
      places[3 * (gsize) i + axis] = scene->network->positions[3 * (gsize) scene->neurons[i] + axis];
  return places;
}
