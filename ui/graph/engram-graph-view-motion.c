/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#define MOTION_SECONDS 0.4

void
engram_graph_view_make_motion (EngramGraphView *self)
{
  self->motion = engram_place_motion_new (engram_network_view_get_scene_view (self->network_view), MOTION_SECONDS);
}

/* The camera flies while the points move, to where all of them will be. */
static void
fit (EngramGraphView *self,
     EngramScene     *scene,
     const float     *places)
{
  EngramSceneView *scene_view = engram_network_view_get_scene_view (self->network_view);
  g_autofree float *now = engram_scene_copy_places (scene);

  /* Before it has a size it fits the scene by itself. */
  if (gtk_widget_get_width (GTK_WIDGET (scene_view)) == 0)
    return;
  engram_scene_set_places (scene, places);
  engram_scene_view_fit (scene_view);
  engram_scene_set_places (scene, now);
}

void
engram_graph_view_move_to (EngramGraphView *self,
                           float           *places,
                           gboolean         with_fit)
{
  EngramScene *scene = engram_graph_view_get_scene (self)->scene;

  engram_place_motion_stop (self->motion);
  if (with_fit)
    fit (self, scene, places);
  engram_place_motion_start (self->motion, scene, places);
}

void
engram_graph_view_show_pins (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  g_autoptr (GArray) pinned = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    if (engram_graph_places_is_pinned (self->options->places, engram_network_scene_get_rowid (scene, i)))
      g_array_append_val (pinned, i);
  engram_scene_set_flag (scene->scene, ENGRAM_POINT_PINNED, (const guint32 *) pinned->data, pinned->len);
  engram_scene_view_scene_changed (engram_network_view_get_scene_view (self->network_view), FALSE);
}

/* What is dragged stays where it is put, also by a motion that is under way. */
static void
dragged_cb (EngramGraphView *self,
            guint            point,
            gboolean         finished)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  const EngramScenePoint *at = &scene->scene->points[point];
  const float place[3] = { at->x, at->y, 0 };
  gint64 rowid = engram_network_scene_get_rowid (scene, point);

  engram_graph_places_set (self->options->places, rowid, place);
  engram_place_motion_set_place (self->motion, point, place);
  if (engram_graph_places_is_pinned (self->options->places, rowid))
    return;
  engram_graph_places_set_pinned (self->options->places, rowid, TRUE);
  engram_graph_view_show_pins (self);
  engram_graph_view_update_actions (self);
}

void
engram_graph_view_connect_dragging (EngramGraphView *self)
{
  EngramSceneView *scene_view = engram_network_view_get_scene_view (self->network_view);

  engram_scene_view_set_draggable (scene_view, TRUE);
  g_signal_connect_object (scene_view, "dragged", G_CALLBACK (dragged_cb), self, G_CONNECT_SWAPPED);
}
