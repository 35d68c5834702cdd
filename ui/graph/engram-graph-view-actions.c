/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include "common/engram-view-actions.h"

/* The selected neurons of the network, shown or not; NULL without a session. */
static EngramRowSet *
get_selected (EngramGraphView *self)
{
  return self->session != NULL
           ? engram_selection_get (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON) : NULL;
}

/* (transfer full): those of them that are shown */
static EngramRowSet *
list_shown_selected (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  g_autoptr (GArray) points = NULL;

  if (scene == NULL)
    return engram_row_set_new_empty ();
  points = engram_network_view_list_selected (self->network_view);
  return engram_network_scene_get_rows (scene, points);
}

static void
add_rows (EngramRowSet **set,
          EngramRowSet  *rows)
{
  EngramRowSet *before = *set;

  *set = engram_row_set_union (before, rows);
  engram_row_set_unref (before);
}

static void
take_rows (EngramRowSet **set,
           EngramRowSet  *rows)
{
  EngramRowSet *before = *set;

  *set = engram_row_set_subtract (before, rows);
  engram_row_set_unref (before);
}

static void
empty (EngramRowSet **set)
{
  engram_row_set_unref (*set);
  *set = engram_row_set_new_empty ();
}

static void
around_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  EngramRowSet *selected = get_selected (ENGRAM_GRAPH_VIEW (widget));

  if (selected != NULL && engram_row_set_get_size (selected) > 0)
    engram_graph_view_set_focus (ENGRAM_GRAPH_VIEW (widget), selected);
}

static void
expand_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (widget);
  g_autoptr (EngramRowSet) rows = list_shown_selected (self);

  add_rows (&self->options->expanded, rows);
  engram_graph_view_want_scene (self);
}

static void
collapse_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (widget);
  g_autoptr (EngramRowSet) rows = list_shown_selected (self);

  take_rows (&self->options->expanded, rows);
  engram_graph_view_want_scene (self);
}

static void
hide_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (widget);
  g_autoptr (EngramRowSet) rows = list_shown_selected (self);

  add_rows (&self->options->hidden, rows);
  engram_graph_view_want_scene (self);
}

static void
isolate_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (widget);
  EngramRowSet *rows = list_shown_selected (self);

  g_clear_pointer (&self->options->isolated, engram_row_set_unref);
  self->options->isolated = rows;
  empty (&self->options->expanded);
  empty (&self->options->added);
  self->fit_wanted = TRUE;
  engram_graph_view_want_scene (self);
}

static void
show_all_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (widget);

  empty (&self->options->hidden);
  g_clear_pointer (&self->options->isolated, engram_row_set_unref);
  self->fit_wanted = TRUE;
  engram_graph_view_want_scene (self);
}

/* All that the filter leaves. */
static void
all_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  engram_graph_view_set_scope (ENGRAM_GRAPH_VIEW (widget), ENGRAM_GRAPH_SCOPE_FILTER);
}

static void
set_pinned (EngramGraphView *self,
            gboolean         pinned)
{
  g_autoptr (EngramRowSet) rows = list_shown_selected (self);

  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    engram_graph_places_set_pinned (self->options->places, engram_row_set_get (rows, i), pinned);
  if (engram_row_set_get_size (rows) > 0)
    engram_graph_view_show_pins (self);
  engram_graph_view_update_actions (self);
}

static void
pin_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  set_pinned (ENGRAM_GRAPH_VIEW (widget), TRUE);
}

static void
unpin_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  set_pinned (ENGRAM_GRAPH_VIEW (widget), FALSE);
}

static void
lay_out_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  engram_graph_view_lay_out (ENGRAM_GRAPH_VIEW (widget), NULL, FALSE);
}

static void
path_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (ENGRAM_GRAPH_VIEW (widget)->path_button));
}

/* A double click, or Enter: what hangs on it is shown too. */
static void
activated_cb (EngramGraphView *self,
              guint            kind,
              guint            index)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  g_autoptr (EngramRowSet) rows = NULL;
  gint64 rowid;

  if (scene == NULL || kind != ENGRAM_PICKED_POINT)
    return;
  rowid = engram_network_scene_get_rowid (scene, index);
  rows = engram_row_set_new (&rowid, 1);
  add_rows (&self->options->expanded, rows);
  engram_graph_view_want_scene (self);
}

/* What can be done */

static gboolean
have_common (EngramRowSet *a,
             EngramRowSet *b)
{
  for (gsize i = 0; i < engram_row_set_get_size (a); i++)
    if (engram_row_set_contains (b, engram_row_set_get (a, i)))
      return TRUE;
  return FALSE;
}

static guint
count_pinned (EngramGraphView *self,
              EngramRowSet    *rows)
{
  guint n = 0;

  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    n += engram_graph_places_is_pinned (self->options->places, engram_row_set_get (rows, i));
  return n;
}

void
engram_graph_view_update_actions (EngramGraphView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  EngramRowSet *selected = get_selected (self);
  g_autoptr (EngramRowSet) shown = list_shown_selected (self);
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  gsize n_shown = engram_row_set_get_size (shown);
  guint n_pinned = count_pinned (self, shown);

  gtk_widget_action_set_enabled (widget, "graph.around", selected != NULL && engram_row_set_get_size (selected) > 0);
  gtk_widget_action_set_enabled (widget, "graph.expand", n_shown > 0);
  gtk_widget_action_set_enabled (widget, "graph.collapse", have_common (shown, self->options->expanded));
  gtk_widget_action_set_enabled (widget, "graph.hide", n_shown > 0);
  gtk_widget_action_set_enabled (widget, "graph.isolate", n_shown > 0);
  gtk_widget_action_set_enabled (widget, "graph.show-all", self->options->isolated != NULL
                                 || engram_row_set_get_size (self->options->hidden) > 0);
  gtk_widget_action_set_enabled (widget, "graph.pin", n_shown > n_pinned);
  gtk_widget_action_set_enabled (widget, "graph.unpin", n_pinned > 0);
  gtk_widget_action_set_enabled (widget, "graph.lay-out", scene != NULL && scene->scene->n_points > 0);
}

static const EngramViewAction actions[] = {
  { "graph.around", around_cb, GDK_KEY_a },
  { "graph.expand", expand_cb, GDK_KEY_e },
  { "graph.collapse", collapse_cb, GDK_KEY_e, GDK_SHIFT_MASK },
  { "graph.hide", hide_cb, GDK_KEY_h },
  { "graph.isolate", isolate_cb, GDK_KEY_i },
  { "graph.show-all", show_all_cb, GDK_KEY_h, GDK_SHIFT_MASK },
  { "graph.all", all_cb },
  { "graph.pin", pin_cb, GDK_KEY_p },
  { "graph.unpin", unpin_cb, GDK_KEY_p, GDK_SHIFT_MASK },
  { "graph.lay-out", lay_out_cb, GDK_KEY_l },
  { "graph.path", path_cb, GDK_KEY_t },
};

void
engram_graph_view_class_add_actions (GtkWidgetClass *widget_class)
{
  engram_view_actions_install (widget_class, actions, G_N_ELEMENTS (actions));
}

void
engram_graph_view_add_keys (EngramGraphView *self)
{
  EngramSceneView *scene_view = engram_network_view_get_scene_view (self->network_view);

  engram_view_actions_add_keys (GTK_WIDGET (scene_view), actions, G_N_ELEMENTS (actions));
  g_signal_connect_object (scene_view, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
}
