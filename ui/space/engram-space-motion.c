/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#include <adwaita.h>

#define MOTION_SECONDS 0.6

static EngramSceneView *
get_scene_view (EngramSpaceView *self)
{
  return engram_network_view_get_scene_view (self->network_view);
}

void
engram_space_view_stop_motion (EngramSpaceView *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
}

static gboolean
motion_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  EngramSpaceView *self = ENGRAM_SPACE_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->start == 0)
    self->start = now;

  double way = (double) (now - self->start) / G_USEC_PER_SEC / MOTION_SECONDS;
  gboolean arrived = way >= 1;

  engram_scene_mix_places (engram_space_view_get_scene (self)->scene, self->from, self->to,
                           arrived ? 1 : (float) adw_easing_ease (ADW_EASE_IN_OUT_CUBIC, way));
  engram_scene_view_scene_changed (get_scene_view (self), !arrived);
  if (!arrived)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  engram_space_view_stop_motion (self);
  engram_space_view_update_dragging (self);
  return G_SOURCE_REMOVE;
}

void
engram_space_view_jump_to (EngramSpaceView *self,
                           const float     *places)
{
  engram_space_view_stop_motion (self);
  engram_scene_set_places (engram_space_view_get_scene (self)->scene, places);
  engram_scene_view_scene_changed (get_scene_view (self), FALSE);
}

void
engram_space_view_move_to (EngramSpaceView *self,
                           float           *places)
{
  engram_space_view_stop_motion (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || !adw_get_enable_animations (GTK_WIDGET (self)))
    {
      engram_space_view_jump_to (self, places);
      g_free (places);
      return;
    }
  self->from = engram_scene_copy_places (engram_space_view_get_scene (self)->scene);
  self->to = places;
  self->start = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), motion_cb, NULL, NULL);
  engram_space_view_update_dragging (self);
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
