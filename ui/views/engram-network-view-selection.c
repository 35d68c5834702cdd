/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

/* So many synapses that differ from another file are drawn over all others, the strongest first. */
#define MARKED_DIFFERENCES 5000

/* The synapses of so many selected neurons are drawn over all others; of more they would cover everything. */
#define MARKED_NEURONS 50

GArray *
engram_network_view_list_selected (EngramNetworkView *self)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);

  g_return_val_if_fail (ENGRAM_IS_NETWORK_VIEW (self), NULL);

  if (scene == NULL || self->session == NULL)
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  return engram_network_scene_find_points (scene, engram_selection_get (engram_session_get_selection (self->session),
                                                                        ENGRAM_RECORD_NEURON));
}

static void
append_edges (GArray                   *edges,
              const EngramNetworkScene *scene,
              const EngramRowSet       *synapses)
{
  g_autoptr (GArray) found = engram_network_scene_find_edges (scene, synapses);

  g_array_append_vals (edges, found->data, found->len);
}

/* The selected synapses, and those of the selected neurons where these are few. */
static void
append_selected_edges (EngramNetworkView  *self,
                       EngramNetworkScene *scene,
                       const GArray       *points,
                       GArray             *edges)
{
  EngramSelection *selection = engram_session_get_selection (self->session);

  append_edges (edges, scene, engram_selection_get (selection, ENGRAM_RECORD_SYNAPSE));
  for (guint i = 0; i < points->len && points->len <= MARKED_NEURONS; i++)
    {
      g_autoptr (GArray) own = engram_network_scene_list_edges (scene, g_array_index (points, guint32, i));

      g_array_append_vals (edges, own->data, own->len);
    }
}

/* Where the colours say what has changed, the synapses that have stand out. */
static void
append_differences (EngramNetworkView  *self,
                    EngramNetworkScene *scene,
                    GArray             *edges)
{
  EngramDifferences *differences = engram_session_get_differences (self->session);
  g_autoptr (GArray) found = NULL;

  if (self->colour_by != ENGRAM_COLOUR_BY_CHANGE || differences == NULL)
    return;
  found = engram_network_scene_find_edges (scene, differences->synapses);
  g_array_append_vals (edges, found->data, MIN (found->len, MARKED_DIFFERENCES));
}

/* What is drawn over all others: the synapse that is looked at in a walk, or else what is selected, unless no synapses
 * are wanted; and what is marked anyway. */
static GArray *
list_marked_edges (EngramNetworkView  *self,
                   EngramNetworkScene *scene,
                   const GArray       *points)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 edge, other_end;

  if (engram_network_view_find_walk (self, &edge, &other_end))
    g_array_append_val (edges, edge);
  else if (engram_scene_view_get_style (self->scene_view)->edges != ENGRAM_SCENE_EDGES_NONE)
    {
      append_selected_edges (self, scene, points, edges);
      append_differences (self, scene, edges);
    }
  if (self->marked_synapses != NULL)
    append_edges (edges, scene, self->marked_synapses);
  engram_network_scene_sort_indices (edges);
  return edges;
}

static void
append_points (GArray                   *points,
               const EngramNetworkScene *scene,
               const EngramRowSet       *neurons)
{
  g_autoptr (GArray) found = engram_network_scene_find_points (scene, neurons);

  g_array_append_vals (points, found->data, found->len);
}

/* Those of a path or of pairs, those that the person has marked, and the one to which a walk would lead. */
static void
show_marked_points (EngramNetworkView  *self,
                    EngramNetworkScene *scene)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 edge, other_end;

  if (self->marked_neurons != NULL)
    append_points (points, scene, self->marked_neurons);
  if (self->walk != NULL)
    append_points (points, scene, engram_walk_get_marks (self->walk));
  if (engram_network_view_find_walk (self, &edge, &other_end))
    g_array_append_val (points, other_end);
  engram_network_scene_sort_indices (points);
  engram_scene_set_flag (scene->scene, ENGRAM_POINT_MARKED, (const guint32 *) points->data, points->len);
}

void
engram_network_view_show_selection (EngramNetworkView *self)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);

  if (scene == NULL || self->session == NULL)
    {
      engram_network_view_show_walk (self);
      return;
    }

  g_autoptr (GArray) points = engram_network_view_list_selected (self);
  g_autoptr (GArray) edges = list_marked_edges (self, scene, points);

  engram_scene_set_flag (scene->scene, ENGRAM_POINT_SELECTED, (const guint32 *) points->data, points->len);
  engram_scene_set_marked_edges (scene->scene, (const guint32 *) edges->data, edges->len);
  show_marked_points (self, scene);
  engram_network_view_adapt_edges (self);
  engram_network_view_show_walk (self);
  engram_scene_view_scene_changed (self->scene_view, FALSE);
}

static void
set_rows (EngramRowSet **kept,
          EngramRowSet  *rows)
{
  g_clear_pointer (kept, engram_row_set_unref);
  *kept = rows != NULL ? engram_row_set_ref (rows) : NULL;
}

void
engram_network_view_set_marks (EngramNetworkView *self,
                               EngramRowSet      *neurons,
                               EngramRowSet      *synapses)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  set_rows (&self->marked_neurons, neurons);
  set_rows (&self->marked_synapses, synapses);
  engram_network_view_show_selection (self);
}

void
engram_network_view_fly_to_selection (EngramNetworkView *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  /* Before the first picture: as soon as that is there. */
  self->flight_awaited = engram_network_view_get_scene (self) == NULL;
  if (self->flight_awaited)
    return;

  g_autoptr (GArray) points = engram_network_view_list_selected (self);

  if (points->len > 0)
    engram_scene_view_fly_to (self->scene_view, (const guint32 *) points->data, points->len);
  else
    engram_scene_view_fit (self->scene_view);
}

/* @rows: (transfer full). With Ctrl what is new is added, and what was selected is taken away; with @add it is only added. */
static void
select_rows (EngramNetworkView *self,
             EngramRecordKind   kind,
             EngramRowSet      *rows,
             gboolean           toggle,
             gboolean           add)
{
  EngramSelection *selection = engram_session_get_selection (self->session);
  EngramRowSet *before = engram_selection_get (selection, kind);
  g_autoptr (EngramRowSet) chosen = rows;
  g_autoptr (EngramRowSet) result = NULL;

  if (toggle && engram_row_set_get_size (rows) == 1 && engram_row_set_contains (before, engram_row_set_get (rows, 0)))
    result = engram_row_set_subtract (before, rows);
  else if (toggle || add)
    result = engram_row_set_union (before, rows);
  else
    result = engram_row_set_ref (rows);
  engram_selection_set (selection, kind, result);
}

/* A click beside everything changes nothing: a selection may have been much work. */
static void
picked_cb (EngramNetworkView *self,
           guint              kind,
           guint              index,
           GdkModifierType    modifiers)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);
  gboolean toggle = (modifiers & GDK_CONTROL_MASK) != 0;
  gint64 rowid;

  if (scene == NULL || self->session == NULL || kind == ENGRAM_PICKED_NOTHING)
    return;
  rowid = kind == ENGRAM_PICKED_POINT ? engram_network_scene_get_rowid (scene, index)
                                      : engram_network_scene_get_synapse_rowid (scene, index);
  select_rows (self, kind == ENGRAM_PICKED_POINT ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE,
               engram_row_set_new (&rowid, 1), toggle, FALSE);
}

static void
chosen_cb (EngramNetworkView *self,
           GArray            *points,
           GdkModifierType    modifiers)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);

  if (scene != NULL && self->session != NULL && points->len > 0)
    select_rows (self, ENGRAM_RECORD_NEURON, engram_network_scene_get_rows (scene, points), FALSE,
                 (modifiers & GDK_CONTROL_MASK) != 0);
}

static void
activated_cb (EngramNetworkView *self,
              guint              kind,
              guint              index)
{
  picked_cb (self, kind, index, 0);
  engram_network_view_fly_to_selection (self);
}

static void
walk_cb (EngramNetworkView *self,
         guint              point)
{
  picked_cb (self, ENGRAM_PICKED_POINT, point, 0);
}

void
engram_network_view_connect_picking (EngramNetworkView *self)
{
  g_signal_connect_object (self->scene_view, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scene_view, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scene_view, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scene_view, "walk", G_CALLBACK (walk_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scene_view, "fly", G_CALLBACK (engram_network_view_fly_to_selection), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scene_view, "hovered", G_CALLBACK (engram_network_view_show_hint), self, G_CONNECT_SWAPPED);
}
