/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "graph-screen.h"
#include "pointer-support.h"

static double
distance (const EngramScenePoint *a,
          const EngramScenePoint *b)
{
  return hypot (a->x - b->x, a->y - b->y);
}

/* Without a selection: around the best joined neuron, which here are all. The layout comes by a worker, told to
 * whoever shows jobs. */
static void
test_opens_with_all (Screen        *screen,
                     gconstpointer  data)
{
  g_assert_cmpuint (graph_screen_count_points (screen), ==, GRAPH_SCREEN_N_NEURONS);
  g_assert_cmpint (engram_graph_view_get_options (screen->graph)->scope, ==, ENGRAM_GRAPH_SCOPE_BEST);
  g_assert_true (graph_screen_get_scene (screen)->scene->flat);
  g_assert_cmpuint (screen->n_jobs, ==, 1);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
  /* What is joined is nearer than what is not. */
  g_assert_cmpfloat (distance (graph_screen_point_of (screen, 0), graph_screen_point_of (screen, 1)), <,
                     distance (graph_screen_point_of (screen, 1), graph_screen_point_of (screen, 4)));
}

static void
test_opens_around_selection (Screen        *screen,
                             gconstpointer  data)
{
  guint32 point;

  g_assert_cmpuint (graph_screen_count_points (screen), ==, 3);
  g_assert_true (graph_screen_find_point (screen, 2, &point));
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "3 neurons within reach");
  /* Another selection leaves the graph as it is, until it is asked for. */
  graph_screen_select_neurons (screen, 4, -1);
  graph_screen_settle (screen);
  g_assert_cmpuint (graph_screen_count_points (screen), ==, 3);
  graph_screen_act (screen, "graph.around");
  wait_until (graph_screen_count_points (screen) == 2);
  graph_screen_settle (screen);
  g_assert_true (graph_screen_find_point (screen, 3, &point));
}

static void
test_limit (Screen        *screen,
            gconstpointer  data)
{
  EngramNeighbourhoodOptions neighbourhood = engram_graph_view_get_options (screen->graph)->neighbourhood;
  g_autofree char *text = NULL;

  neighbourhood.limit = 4;
  engram_graph_view_set_neighbourhood (screen->graph, &neighbourhood);
  wait_until (graph_screen_count_points (screen) == 4);
  graph_screen_settle (screen);
  wait_until (g_str_equal (engram_graph_view_get_status (screen->graph), "4 neurons around “Neuron 0”, of 10"));
  assert_shows (screen->graph, "4 neurons around “Neuron 0”, of 10");
  /* The rest is offered. */
  assert_shows (screen->graph, "Show All 10");
  graph_screen_act (screen, "graph.all");
  wait_until (graph_screen_count_points (screen) == 10);
  graph_screen_settle (screen);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
  g_assert_null (graph_screen_find_visible_button (screen, "Show All"));
  /* Where nothing is left out, how many there are is told once, with the synapses. */
  assert_shows (screen->graph, "10 neurons, ");
  text = widget_test_dup_text (screen->graph);
  g_assert_null (strstr (text, "10 neurons\n"));
}

static void
test_expand_and_collapse (Screen        *screen,
                          gconstpointer  data)
{
  float x = graph_screen_point_of (screen, 1)->x, y = graph_screen_point_of (screen, 1)->y;
  guint32 point;

  g_assert_false (graph_screen_find_point (screen, 3, &point));
  graph_screen_select_neurons (screen, 2, -1);
  graph_screen_act (screen, "graph.expand");
  wait_until (graph_screen_count_points (screen) == 4);
  graph_screen_settle (screen);
  g_assert_true (graph_screen_find_point (screen, 3, &point));
  /* Who was there stays in place. */
  g_assert_cmpfloat (graph_screen_point_of (screen, 1)->x, ==, x);
  g_assert_cmpfloat (graph_screen_point_of (screen, 1)->y, ==, y);
  graph_screen_act (screen, "graph.collapse");
  wait_until (graph_screen_count_points (screen) == 3);
}

static void
test_enter_expands (Screen        *screen,
                    gconstpointer  data)
{
  guint32 point;

  g_assert_true (graph_screen_find_point (screen, 2, &point));
  g_signal_emit_by_name (screen->scene_view, "activated", ENGRAM_PICKED_POINT, point);
  wait_until (graph_screen_count_points (screen) == 4);
}

static void
test_hide_and_isolate (Screen        *screen,
                       gconstpointer  data)
{
  guint32 point;

  graph_screen_select_neurons (screen, 5, 6);
  graph_screen_act (screen, "graph.hide");
  wait_until (graph_screen_count_points (screen) == GRAPH_SCREEN_N_NEURONS - 2);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "8 neurons, 2 hidden");
  graph_screen_select_neurons (screen, 0, 2);
  graph_screen_act (screen, "graph.isolate");
  wait_until (graph_screen_count_points (screen) == 2);
  g_assert_true (graph_screen_find_point (screen, 2, &point));
  g_assert_cmpuint (graph_screen_get_scene (screen)->scene->n_edges, ==, 1);
  graph_screen_act (screen, "graph.show-all");
  wait_until (graph_screen_count_points (screen) == GRAPH_SCREEN_N_NEURONS);
}

/* How much of the width or height of the picture, whichever is more, the neurons take up. */
static double
measure_extent (Screen *screen)
{
  double low_x = G_MAXDOUBLE, high_x = -G_MAXDOUBLE, low_y = G_MAXDOUBLE, high_y = -G_MAXDOUBLE, x, y;

  for (guint i = 0; i < GRAPH_SCREEN_N_NEURONS; i++)
    {
      graph_screen_locate (screen, i, &x, &y);
      low_x = MIN (low_x, x);
      high_x = MAX (high_x, x);
      low_y = MIN (low_y, y);
      high_y = MAX (high_y, y);
    }
  return MAX ((high_x - low_x) / gtk_widget_get_width (GTK_WIDGET (screen->scene_view)),
              (high_y - low_y) / gtk_widget_get_height (GTK_WIDGET (screen->scene_view)));
}

/* Whoever has hidden all by keys brings it back by keys, and sees all of it. */
static void
test_hide_all (Screen        *screen,
               gconstpointer  data)
{
  GtkWidget *label;

  gtk_widget_grab_focus (GTK_WIDGET (screen->scene_view));
  graph_screen_select_neurons (screen, 0, 1);
  graph_screen_act (screen, "graph.isolate");
  wait_until (graph_screen_count_points (screen) == 2);
  graph_screen_settle (screen);
  engram_scene_view_zoom (screen->scene_view, 0.1f);
  graph_screen_act (screen, "graph.hide");
  wait_until (graph_screen_count_points (screen) == 0);
  graph_screen_settle (screen);
  assert_shows (screen->graph, "All Are Hidden");
  widget_test_assert_names (screen->graph);
  label = graph_screen_find_visible_button (screen, "Show Hidden");
  g_assert_nonnull (label);
  g_assert_true (graph_screen_has_focus (screen, gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON)));
  gtk_widget_activate (gtk_window_get_focus (screen->window));
  wait_until (graph_screen_count_points (screen) == GRAPH_SCREEN_N_NEURONS);
  graph_screen_settle (screen);
  g_assert_true (graph_screen_has_focus (screen, GTK_WIDGET (screen->scene_view)));
  g_assert_cmpfloat (measure_extent (screen), >, 0.6);
  g_assert_null (graph_screen_find_visible_button (screen, "Show Hidden"));
}

/* Where the filter leaves others than before, that stand elsewhere, the camera goes there. */
static void
test_wholly_new_is_fitted (Screen        *screen,
                           gconstpointer  data)
{
  g_autoptr (EngramQuery) none = engram_query_parse ("nowhere", NULL, NULL, NULL);
  g_autoptr (EngramQuery) all = engram_query_parse ("neuron", NULL, NULL, NULL);

  engram_session_set_query (screen->session, none);
  wait_until (graph_screen_count_points (screen) == 0);
  engram_scene_view_zoom (screen->scene_view, 0.1f);
  engram_session_set_query (screen->session, all);
  wait_until (graph_screen_count_points (screen) == GRAPH_SCREEN_N_NEURONS);
  graph_screen_settle (screen);
  g_assert_cmpfloat (measure_extent (screen), >, 0.6);
}

static void
test_filter (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (screen->session, query);
  wait_until (graph_screen_count_points (screen) == 1);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "1 neuron");
}

static void
test_click_selects (Screen        *screen,
                    gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (screen->session);
  double x, y;

  graph_screen_locate (screen, 4, &x, &y);
  pointer_click_at (GTK_WIDGET (screen->scene_view), x, y, 1, 0);
  wait_until (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)) == 1);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_NEURON),
                                          graph_screen_rowid_of (4)));
  g_assert_true ((graph_screen_point_of (screen, 4)->flags & ENGRAM_POINT_SELECTED) != 0);
}

/* What is dragged is pinned, and a layout leaves it where it is. */
static void
test_drag_pins (Screen        *screen,
                gconstpointer  data)
{
  float old_x = graph_screen_point_of (screen, 4)->x, old_y = graph_screen_point_of (screen, 4)->y;
  float at_x, at_y;
  double x, y;

  graph_screen_locate (screen, 4, &x, &y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, 400, 300, 1, 0);
  wait_until ((graph_screen_point_of (screen, 4)->flags & ENGRAM_POINT_PINNED) != 0);
  widget_test_draw (GTK_WIDGET (screen->graph));
  at_x = graph_screen_point_of (screen, 4)->x;
  at_y = graph_screen_point_of (screen, 4)->y;
  g_assert_true (at_x != old_x || at_y != old_y);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  g_assert_true (engram_graph_view_get_laying_out (screen->graph));
  graph_screen_settle (screen);
  g_assert_cmpfloat (graph_screen_point_of (screen, 4)->x, ==, at_x);
  g_assert_cmpfloat (graph_screen_point_of (screen, 4)->y, ==, at_y);
  graph_screen_select_neurons (screen, 4, -1);
  graph_screen_act (screen, "graph.unpin");
  g_assert_true ((graph_screen_point_of (screen, 4)->flags & ENGRAM_POINT_PINNED) == 0);
  graph_screen_act (screen, "graph.lay-out");
  graph_screen_settle (screen);
  g_assert_true (graph_screen_point_of (screen, 4)->x != at_x || graph_screen_point_of (screen, 4)->y != at_y);
}

/* Laid out again the same graph is the same picture, in the same place. */
static void
test_same_layout_again (Screen        *screen,
                        gconstpointer  data)
{
  float places[GRAPH_SCREEN_N_NEURONS][2];

  for (guint i = 0; i < GRAPH_SCREEN_N_NEURONS; i++)
    {
      places[i][0] = graph_screen_point_of (screen, i)->x;
      places[i][1] = graph_screen_point_of (screen, i)->y;
    }
  graph_screen_act (screen, "graph.lay-out");
  graph_screen_settle (screen);
  g_assert_cmpuint (screen->n_jobs, ==, 2);
  for (guint i = 0; i < GRAPH_SCREEN_N_NEURONS; i++)
    {
      g_assert_cmpfloat_with_epsilon (graph_screen_point_of (screen, i)->x, places[i][0], 1e-3);
      g_assert_cmpfloat_with_epsilon (graph_screen_point_of (screen, i)->y, places[i][1], 1e-3);
    }
}

static void
test_every_layout (Screen        *screen,
                   gconstpointer  data)
{
  for (int layout = 0; layout < ENGRAM_GRAPH_VIEW_N_LAYOUTS; layout++)
    {
      engram_graph_view_set_layout (screen->graph, layout);
      graph_screen_settle (screen);
      g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
      for (guint i = 0; i < GRAPH_SCREEN_N_NEURONS; i++)
        g_assert_true (isfinite (graph_screen_point_of (screen, i)->x));
    }
}

/* In layers synapses lead downwards. */
static void
test_layers (Screen        *screen,
             gconstpointer  data)
{
  double x, source_y, target_y;

  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_LAYERED);
  graph_screen_settle (screen);
  graph_screen_locate (screen, 0, &x, &source_y);
  graph_screen_locate (screen, 1, &x, &target_y);
  g_assert_cmpfloat (target_y, >, source_y + 20);
}

/* Where they cannot be moved at once, they get there by themselves. */
static void
test_motion (Screen        *screen,
             gconstpointer  data)
{
  float x = graph_screen_point_of (screen, 1)->x, y = graph_screen_point_of (screen, 1)->y;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  /* It has just started. */
  g_assert_cmpfloat (graph_screen_point_of (screen, 1)->x, ==, x);
  wait_until (graph_screen_point_of (screen, 1)->x != x || graph_screen_point_of (screen, 1)->y != y);
}

/* A layout that fails leaves the picture as it is, and says why. */
static void
test_layout_fails (Screen        *screen,
                   gconstpointer  data)
{
  float x = graph_screen_point_of (screen, 4)->x;

  g_setenv ("ENGRAM_GRAPH_PROGRAM", "/nowhere/engram-graph", TRUE);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  g_unsetenv ("ENGRAM_GRAPH_PROGRAM");
  assert_shows (screen->graph, "cannot be started");
  g_assert_cmpfloat (graph_screen_point_of (screen, 4)->x, ==, x);
  graph_screen_act (screen, "graph.lay-out");
  graph_screen_settle (screen);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
}

static void
test_actions_follow (Screen        *screen,
                     gconstpointer  data)
{
  /* Nothing is selected, so nothing comes of it. */
  gtk_widget_activate_action (GTK_WIDGET (screen->graph), "graph.hide", NULL);
  graph_screen_settle (screen);
  g_assert_cmpuint (graph_screen_count_points (screen), ==, GRAPH_SCREEN_N_NEURONS);
  widget_test_assert_names (screen->graph);
}

/* It can be looked at while it changes, and after all is gone. */
static void
test_network_changes (Screen        *screen,
                      gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = NULL;
  const gint64 rowids[] = { graph_screen_rowid_of (0), graph_screen_rowid_of (1), graph_screen_rowid_of (2) };

  rows = engram_row_set_new (rowids, 3);
  engram_session_delete (screen->session, rows, NULL);
  wait_until (graph_screen_count_points (screen) == 0);
  graph_screen_settle (screen);
  assert_shows (screen->graph, "Nothing to Be Shown");
}

#define ADD(name, selected, function) \
  g_test_add ("/graph-view/" name, Screen, GINT_TO_POINTER (selected), graph_screen_set_up, function, \
              graph_screen_tear_down)

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  /* Which neuron is selected at first, counted from 1. */
  ADD ("opens-with-all", 0, test_opens_with_all);
  ADD ("opens-around-selection", 1, test_opens_around_selection);
  ADD ("limit", 0, test_limit);
  ADD ("expand-and-collapse", 1, test_expand_and_collapse);
  ADD ("enter-expands", 1, test_enter_expands);
  ADD ("hide-and-isolate", 0, test_hide_and_isolate);
  ADD ("hide-all", 0, test_hide_all);
  ADD ("wholly-new-is-fitted", 0, test_wholly_new_is_fitted);
  ADD ("filter", 0, test_filter);
  ADD ("click-selects", 0, test_click_selects);
  ADD ("drag-pins", 0, test_drag_pins);
  ADD ("same-layout-again", 0, test_same_layout_again);
  ADD ("every-layout", 0, test_every_layout);
  ADD ("layers", 0, test_layers);
  ADD ("motion", 0, test_motion);
  ADD ("layout-fails", 0, test_layout_fails);
  ADD ("actions-follow", 0, test_actions_follow);
  ADD ("network-changes", 1, test_network_changes);
  return g_test_run ();
}
