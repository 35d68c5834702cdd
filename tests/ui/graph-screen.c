/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph-screen.h"

static void
job_started_cb (Screen    *screen,
                EngramJob *job)
{
  screen->n_jobs += strstr (engram_job_get_title (job), "graph") != NULL;
  screen->n_paths += strstr (engram_job_get_title (job), "path") != NULL;
}

EngramNetworkScene *
graph_screen_get_scene (Screen *screen)
{
  return engram_network_view_get_scene (screen->view);
}

guint32
graph_screen_count_points (Screen *screen)
{
  return graph_screen_get_scene (screen) != NULL ? graph_screen_get_scene (screen)->scene->n_points : G_MAXUINT32;
}

gint64
graph_screen_rowid_of (guint neuron)
{
  return (gint64) neuron + 1;
}

gboolean
graph_screen_find_point (Screen  *screen,
                         guint    neuron,
                         guint32 *point)
{
  return engram_network_scene_find_rowid (graph_screen_get_scene (screen), graph_screen_rowid_of (neuron), point);
}

const EngramScenePoint *
graph_screen_point_of (Screen *screen,
                       guint   neuron)
{
  guint32 point;

  g_assert_true (graph_screen_find_point (screen, neuron, &point));
  return &graph_screen_get_scene (screen)->scene->points[point];
}

void
graph_screen_select_neurons (Screen *screen,
                             int     first,
                             int     second)
{
  const gint64 rowids[] = { graph_screen_rowid_of (first), graph_screen_rowid_of (second) };
  g_autoptr (EngramRowSet) rows = engram_row_set_new (rowids, second >= 0 ? 2 : 1);

  engram_selection_set (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rows);
}

void
graph_screen_act (Screen     *screen,
                  const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->graph), action, NULL));
}

void
graph_screen_settle (Screen *screen)
{
  wait_until (!engram_scene_source_get_loading (engram_network_view_get_source (screen->view)));
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  widget_test_draw (GTK_WIDGET (screen->graph));
}

GtkWidget *
graph_screen_find_label (GtkWidget  *widget,
                         const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = graph_screen_find_label (child, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
graph_screen_find_visible_button (Screen     *screen,
                                  const char *label)
{
  GtkWidget *found = graph_screen_find_label (GTK_WIDGET (screen->graph), label);

  return found != NULL && gtk_widget_get_mapped (found) ? found : NULL;
}

void
graph_screen_set_up (Screen        *screen,
                     gconstpointer  data)
{
  screen->fixture = ui_fixture_new (GRAPH_SCREEN_N_NEURONS);
  ui_fixture_join (screen->fixture, 0, 1, 0.9);
  ui_fixture_join (screen->fixture, 0, 2, -0.8);
  ui_fixture_join (screen->fixture, 2, 3, 0.7);
  ui_fixture_join (screen->fixture, 3, 4, 0.6);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  screen->session = engram_session_new (screen->fixture->database);
  g_signal_connect_swapped (screen->session, "job-added", G_CALLBACK (job_started_cb), screen);
  screen->graph = g_object_new (ENGRAM_TYPE_GRAPH_VIEW, NULL);
  screen->view = engram_graph_view_get_network_view (screen->graph);
  screen->scene_view = engram_network_view_get_scene_view (screen->view);
  if (data != NULL)
    graph_screen_select_neurons (screen, GPOINTER_TO_INT (data) - 1, -1);
  engram_graph_view_set_session (screen->graph, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->graph), 800, 600);
  wait_until (graph_screen_get_scene (screen) != NULL);
  graph_screen_settle (screen);
}

void
graph_screen_close_popover (Screen     *screen,
                            const char *label)
{
  GtkWidget *found = graph_screen_find_label (GTK_WIDGET (screen->graph), label);
  GtkWidget *popover = gtk_widget_get_ancestor (found, GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  wait_until (!gtk_widget_get_mapped (popover));
  widget_test_draw (GTK_WIDGET (screen->graph));
}

void
graph_screen_tear_down (Screen        *screen,
                        gconstpointer  data)
{
  graph_screen_close_popover (screen, "Steps");
  graph_screen_close_popover (screen, "Swap");
  engram_graph_view_set_session (screen->graph, NULL);
  gtk_window_destroy (screen->window);
  g_signal_handlers_disconnect_by_data (screen->session, screen);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  ui_fixture_free (screen->fixture);
}

void
graph_screen_locate (Screen *screen,
                     guint   neuron,
                     double *x,
                     double *y)
{
  const EngramScenePoint *point = graph_screen_point_of (screen, neuron);
  const float world[3] = { point->x, point->y, point->z };
  EngramCamera camera;
  EngramProjection projection;
  float low[3], high[3], at_x, at_y, depth;

  engram_scene_view_get_camera (screen->scene_view, &camera);
  engram_scene_get_bounds (graph_screen_get_scene (screen)->scene, low, high);
  engram_camera_project (&camera, low, high, (float) gtk_widget_get_width (GTK_WIDGET (screen->scene_view)),
                         (float) gtk_widget_get_height (GTK_WIDGET (screen->scene_view)), &projection);
  g_assert_true (engram_projection_map (&projection, world, &at_x, &at_y, &depth));
  *x = at_x;
  *y = at_y;
}

gboolean
graph_screen_has_focus (Screen    *screen,
                        GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

void
graph_screen_press (Screen     *screen,
                    const char *label)
{
  GtkWidget *found = graph_screen_find_label (GTK_WIDGET (screen->graph), label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
}
