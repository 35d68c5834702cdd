/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

/* The points that move with one that is dragged: all that are selected, where it is one of them. */
static GArray *
list_moved (EngramSpaceView *self,
            guint32          dragged)
{
  GArray *selected = engram_network_view_list_selected (self->network_view);

  for (guint i = 0; i < selected->len; i++)
    if (g_array_index (selected, guint32, i) == dragged)
      return selected;
  g_array_set_size (selected, 0);
  g_array_append_val (selected, dragged);
  return selected;
}

static float *
dup_moved_places (EngramSpaceView *self,
                  const GArray    *moved,
                  guint32          dragged)
{
  const EngramScenePoint *at = &engram_space_view_get_scene (self)->scene->points[dragged];
  float *places = engram_space_view_dup_file_places (self);
  const float way[3] = {
    at->x - places[3 * (gsize) dragged],
    at->y - places[3 * (gsize) dragged + 1],
    at->z - places[3 * (gsize) dragged + 2],
  };

  for (guint i = 0; i < moved->len; i++)
    for (int axis = 0; axis < 3; axis++)
      places[3 * (gsize) g_array_index (moved, guint32, i) + axis] += way[axis];
  return places;
}

static void
write_places (EngramSpaceView *self,
              const GArray    *moved,
              const float     *places)
{
  const EngramNetworkScene *scene = engram_space_view_get_scene (self);
  g_autofree guint32 *neurons = g_new (guint32, moved->len);
  g_autofree float *moved_places = g_new (float, 3 * (gsize) moved->len);
  g_autoptr (EngramArrangement) arrangement = NULL;

  for (guint i = 0; i < moved->len; i++)
    {
      guint32 point = g_array_index (moved, guint32, i);

      neurons[i] = scene->neurons[point];
      for (int axis = 0; axis < 3; axis++)
        moved_places[3 * (gsize) i + axis] = places[3 * (gsize) point + axis];
    }
  arrangement = engram_arrangement_new_for_move (scene->network, neurons, moved->len, moved_places);
  engram_space_view_write (self, arrangement, NULL);
}

/* Nothing is written before the button is released. */
static void
dragged_cb (EngramSpaceView *self,
            guint            point,
            gboolean         finished)
{
  g_autoptr (GArray) moved = list_moved (self, point);
  g_autofree float *places = dup_moved_places (self, moved, point);

  if (moved->len > 1)
    {
      engram_scene_set_places (engram_space_view_get_scene (self)->scene, places);
      engram_scene_view_scene_changed (engram_network_view_get_scene_view (self->network_view), !finished);
    }
  if (finished)
    write_places (self, moved, places);
}

void
engram_space_view_update_dragging (EngramSpaceView *self)
{
  /* Where each point stands in the file must be known, so that nobody else's move is undone by this one. */
  gboolean draggable = self->session != NULL && engram_session_get_editing (self->session) && self->arrangement == NULL
                       && !self->writing && !engram_place_motion_get_moving (self->motion);

  engram_scene_view_set_draggable (engram_network_view_get_scene_view (self->network_view), draggable);
}

void
engram_space_view_connect_dragging (EngramSpaceView *self)
{
  g_signal_connect_object (engram_network_view_get_scene_view (self->network_view), "dragged", G_CALLBACK (dragged_cb),
                           self, G_CONNECT_SWAPPED);
}
