/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gdk/gdkkeysyms.h>

#include "graph/engram-graph-view.h"
#include "pointer-support.h"
#include "widget-support.h"

/* Ten neurons. 0→1 (0.9), 0→2 (-0.8), 2→3 (0.7), 3→4 (0.6), and 5 to 9 by themselves. */
#define N_NEURONS 10

typedef struct {
  UiFixture         *fixture;
  EngramSession     *session;
  EngramGraphView   *graph;
  EngramNetworkView *view;
  EngramSceneView   *scene_view;
  GtkWindow         *window;
  guint              n_jobs;
} Screen;

static void
job_started_cb (Screen    *screen,
                EngramJob *job)
{
  screen->n_jobs += strstr (engram_job_get_title (job), "graph") != NULL;
}

static EngramNetworkScene *
get_scene (Screen *screen)
{
  return engram_network_view_get_scene (screen->view);
}

static guint32
count_points (Screen *screen)
{
  return get_scene (screen) != NULL ? get_scene (screen)->scene->n_points : G_MAXUINT32;
}

/* Neurons are in the order of rows, which is that of their numbers. */
static gint64
rowid_of (guint neuron)
{
  return (gint64) neuron + 1;
}

static gboolean
find_point (Screen  *screen,
            guint    neuron,
            guint32 *point)
{
  return engram_network_scene_find_rowid (get_scene (screen), rowid_of (neuron), point);
}

static const EngramScenePoint *
point_of (Screen *screen,
          guint   neuron)
{
  guint32 point;

  g_assert_true (find_point (screen, neuron, &point));
  return &get_scene (screen)->scene->points[point];
}

static void
select_neurons (Screen *screen,
                int     first,
                int     second)
{
  const gint64 rowids[] = { rowid_of (first), rowid_of (second) };
  g_autoptr (EngramRowSet) rows = engram_row_set_new (rowids, second >= 0 ? 2 : 1);

  engram_selection_set (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rows);
}

static void
act (Screen     *screen,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->graph), action, NULL));
}

/* All that is under way has arrived. */
static void
settle (Screen *screen)
{
  wait_until (!engram_scene_source_get_loading (engram_network_view_get_source (screen->view)));
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  widget_test_draw (GTK_WIDGET (screen->graph));
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, part);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_visible_button (Screen     *screen,
                     const char *label)
{
  GtkWidget *found = find_label (GTK_WIDGET (screen->graph), label);

  return found != NULL && gtk_widget_get_mapped (found) ? found : NULL;
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  screen->fixture = ui_fixture_new (N_NEURONS);
  ui_fixture_join (screen->fixture, 0, 1, 0.9);
  ui_fixture_join (screen->fixture, 0, 2, -0.8);
  ui_fixture_join (screen->fixture, 2, 3, 0.7);
  ui_fixture_join (screen->fixture, 3, 4, 0.6);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  screen->session = engram_session_new (screen->fixture->database);
  g_signal_connect_swapped (screen->session, "job-started", G_CALLBACK (job_started_cb), screen);
  screen->graph = g_object_new (ENGRAM_TYPE_GRAPH_VIEW, NULL);
  screen->view = engram_graph_view_get_network_view (screen->graph);
  screen->scene_view = engram_network_view_get_scene_view (screen->view);
  if (data != NULL)
    select_neurons (screen, GPOINTER_TO_INT (data) - 1, -1);
  engram_graph_view_set_session (screen->graph, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->graph), 800, 600);
  wait_until (get_scene (screen) != NULL);
  settle (screen);
}

/* What is open is closed before the window goes, as a person does. */
static void
close_popover (Screen     *screen,
               const char *label)
{
  GtkWidget *popover = gtk_widget_get_ancestor (find_label (GTK_WIDGET (screen->graph), label), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  wait_until (!gtk_widget_get_mapped (popover));
  widget_test_draw (GTK_WIDGET (screen->graph));
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  close_popover (screen, "Steps");
  close_popover (screen, "Swap");
  engram_graph_view_set_session (screen->graph, NULL);
  gtk_window_destroy (screen->window);
  g_signal_handlers_disconnect_by_data (screen->session, screen);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  ui_fixture_free (screen->fixture);
}

/* Where a neuron is in the picture. */
static void
locate (Screen *screen,
        guint   neuron,
        double *x,
        double *y)
{
  const EngramScenePoint *point = point_of (screen, neuron);
  const float world[3] = { point->x, point->y, point->z };
  EngramCamera camera;
  EngramProjection projection;
  float low[3], high[3], at_x, at_y, depth;

  engram_scene_view_get_camera (screen->scene_view, &camera);
  engram_scene_get_bounds (get_scene (screen)->scene, low, high);
  engram_camera_project (&camera, low, high, (float) gtk_widget_get_width (GTK_WIDGET (screen->scene_view)),
                         (float) gtk_widget_get_height (GTK_WIDGET (screen->scene_view)), &projection);
  g_assert_true (engram_projection_map (&projection, world, &at_x, &at_y, &depth));
  *x = at_x;
  *y = at_y;
}

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
  g_assert_cmpuint (count_points (screen), ==, N_NEURONS);
  g_assert_cmpint (engram_graph_view_get_options (screen->graph)->scope, ==, ENGRAM_GRAPH_SCOPE_BEST);
  g_assert_true (get_scene (screen)->scene->flat);
  g_assert_cmpuint (screen->n_jobs, ==, 1);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
  /* What is joined is nearer than what is not. */
  g_assert_cmpfloat (distance (point_of (screen, 0), point_of (screen, 1)), <,
                     distance (point_of (screen, 1), point_of (screen, 4)));
}

static void
test_opens_around_selection (Screen        *screen,
                             gconstpointer  data)
{
  guint32 point;

  g_assert_cmpuint (count_points (screen), ==, 3);
  g_assert_true (find_point (screen, 2, &point));
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "3 neurons within reach");
  /* Another selection leaves the graph as it is, until it is asked for. */
  select_neurons (screen, 4, -1);
  settle (screen);
  g_assert_cmpuint (count_points (screen), ==, 3);
  act (screen, "graph.around");
  wait_until (count_points (screen) == 2);
  settle (screen);
  g_assert_true (find_point (screen, 3, &point));
}

static void
test_limit (Screen        *screen,
            gconstpointer  data)
{
  EngramNeighbourhoodOptions neighbourhood = engram_graph_view_get_options (screen->graph)->neighbourhood;

  neighbourhood.limit = 4;
  engram_graph_view_set_neighbourhood (screen->graph, &neighbourhood);
  wait_until (count_points (screen) == 4);
  settle (screen);
  wait_until (g_str_equal (engram_graph_view_get_status (screen->graph), "4 neurons around “Neuron 0”, of 10"));
  assert_shows (screen->graph, "4 neurons around “Neuron 0”, of 10");
  /* The rest is offered. */
  assert_shows (screen->graph, "Show All 10");
  act (screen, "graph.all");
  wait_until (count_points (screen) == 10);
  settle (screen);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
  g_assert_null (find_visible_button (screen, "Show All"));
}

static void
test_expand_and_collapse (Screen        *screen,
                          gconstpointer  data)
{
  float x = point_of (screen, 1)->x, y = point_of (screen, 1)->y;
  guint32 point;

  g_assert_false (find_point (screen, 3, &point));
  select_neurons (screen, 2, -1);
  act (screen, "graph.expand");
  wait_until (count_points (screen) == 4);
  settle (screen);
  g_assert_true (find_point (screen, 3, &point));
  /* Who was there stays in place. */
  g_assert_cmpfloat (point_of (screen, 1)->x, ==, x);
  g_assert_cmpfloat (point_of (screen, 1)->y, ==, y);
  act (screen, "graph.collapse");
  wait_until (count_points (screen) == 3);
}

static void
test_enter_expands (Screen        *screen,
                    gconstpointer  data)
{
  guint32 point;

  g_assert_true (find_point (screen, 2, &point));
  g_signal_emit_by_name (screen->scene_view, "activated", ENGRAM_PICKED_POINT, point);
  wait_until (count_points (screen) == 4);
}

static void
test_hide_and_isolate (Screen        *screen,
                       gconstpointer  data)
{
  guint32 point;

  select_neurons (screen, 5, 6);
  act (screen, "graph.hide");
  wait_until (count_points (screen) == N_NEURONS - 2);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "8 neurons, 2 hidden");
  select_neurons (screen, 0, 2);
  act (screen, "graph.isolate");
  wait_until (count_points (screen) == 2);
  g_assert_true (find_point (screen, 2, &point));
  g_assert_cmpuint (get_scene (screen)->scene->n_edges, ==, 1);
  act (screen, "graph.show-all");
  wait_until (count_points (screen) == N_NEURONS);
}

static gboolean
has_focus (Screen    *screen,
           GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* How much of the width or height of the picture, whichever is more, the neurons take up. */
static double
measure_extent (Screen *screen)
{
  double low_x = G_MAXDOUBLE, high_x = -G_MAXDOUBLE, low_y = G_MAXDOUBLE, high_y = -G_MAXDOUBLE, x, y;

  for (guint i = 0; i < N_NEURONS; i++)
    {
      locate (screen, i, &x, &y);
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
  select_neurons (screen, 0, 1);
  act (screen, "graph.isolate");
  wait_until (count_points (screen) == 2);
  settle (screen);
  engram_scene_view_zoom (screen->scene_view, 0.1f);
  act (screen, "graph.hide");
  wait_until (count_points (screen) == 0);
  settle (screen);
  assert_shows (screen->graph, "All Are Hidden");
  widget_test_assert_names (screen->graph);
  label = find_visible_button (screen, "Show Hidden");
  g_assert_nonnull (label);
  g_assert_true (has_focus (screen, gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON)));
  gtk_widget_activate (gtk_window_get_focus (screen->window));
  wait_until (count_points (screen) == N_NEURONS);
  settle (screen);
  g_assert_true (has_focus (screen, GTK_WIDGET (screen->scene_view)));
  g_assert_cmpfloat (measure_extent (screen), >, 0.6);
  g_assert_null (find_visible_button (screen, "Show Hidden"));
}

/* Where the filter leaves others than before, that stand elsewhere, the camera goes there. */
static void
test_wholly_new_is_fitted (Screen        *screen,
                           gconstpointer  data)
{
  g_autoptr (EngramQuery) none = engram_query_parse ("nowhere", NULL, NULL, NULL);
  g_autoptr (EngramQuery) all = engram_query_parse ("neuron", NULL, NULL, NULL);

  engram_session_set_query (screen->session, none);
  wait_until (count_points (screen) == 0);
  engram_scene_view_zoom (screen->scene_view, 0.1f);
  engram_session_set_query (screen->session, all);
  wait_until (count_points (screen) == N_NEURONS);
  settle (screen);
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
  wait_until (count_points (screen) == 1);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "1 neuron");
}

static void
test_click_selects (Screen        *screen,
                    gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (screen->session);
  double x, y;

  locate (screen, 4, &x, &y);
  pointer_click_at (GTK_WIDGET (screen->scene_view), x, y, 1, 0);
  wait_until (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)) == 1);
  g_assert_true (engram_row_set_contains (engram_selection_get (selection, ENGRAM_RECORD_NEURON), rowid_of (4)));
  g_assert_true ((point_of (screen, 4)->flags & ENGRAM_POINT_SELECTED) != 0);
}

/* What is dragged is pinned, and a layout leaves it where it is. */
static void
test_drag_pins (Screen        *screen,
                gconstpointer  data)
{
  float old_x = point_of (screen, 4)->x, old_y = point_of (screen, 4)->y;
  float at_x, at_y;
  double x, y;

  locate (screen, 4, &x, &y);
  pointer_drag (GTK_WIDGET (screen->scene_view), x, y, 400, 300, 1, 0);
  wait_until ((point_of (screen, 4)->flags & ENGRAM_POINT_PINNED) != 0);
  widget_test_draw (GTK_WIDGET (screen->graph));
  at_x = point_of (screen, 4)->x;
  at_y = point_of (screen, 4)->y;
  g_assert_true (at_x != old_x || at_y != old_y);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  g_assert_true (engram_graph_view_get_laying_out (screen->graph));
  settle (screen);
  g_assert_cmpfloat (point_of (screen, 4)->x, ==, at_x);
  g_assert_cmpfloat (point_of (screen, 4)->y, ==, at_y);
  select_neurons (screen, 4, -1);
  act (screen, "graph.unpin");
  g_assert_true ((point_of (screen, 4)->flags & ENGRAM_POINT_PINNED) == 0);
  act (screen, "graph.lay-out");
  settle (screen);
  g_assert_true (point_of (screen, 4)->x != at_x || point_of (screen, 4)->y != at_y);
}

/* Laid out again the same graph is the same picture, in the same place. */
static void
test_same_layout_again (Screen        *screen,
                        gconstpointer  data)
{
  float places[N_NEURONS][2];

  for (guint i = 0; i < N_NEURONS; i++)
    {
      places[i][0] = point_of (screen, i)->x;
      places[i][1] = point_of (screen, i)->y;
    }
  act (screen, "graph.lay-out");
  settle (screen);
  g_assert_cmpuint (screen->n_jobs, ==, 2);
  for (guint i = 0; i < N_NEURONS; i++)
    {
      g_assert_cmpfloat_with_epsilon (point_of (screen, i)->x, places[i][0], 1e-3);
      g_assert_cmpfloat_with_epsilon (point_of (screen, i)->y, places[i][1], 1e-3);
    }
}

static void
test_every_layout (Screen        *screen,
                   gconstpointer  data)
{
  for (int layout = 0; layout < ENGRAM_GRAPH_VIEW_N_LAYOUTS; layout++)
    {
      engram_graph_view_set_layout (screen->graph, layout);
      settle (screen);
      g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
      for (guint i = 0; i < N_NEURONS; i++)
        g_assert_true (isfinite (point_of (screen, i)->x));
    }
}

/* In layers synapses lead downwards. */
static void
test_layers (Screen        *screen,
             gconstpointer  data)
{
  double x, source_y, target_y;

  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_LAYERED);
  settle (screen);
  locate (screen, 0, &x, &source_y);
  locate (screen, 1, &x, &target_y);
  g_assert_cmpfloat (target_y, >, source_y + 20);
}

/* Where they cannot be moved at once, they get there by themselves. */
static void
test_motion (Screen        *screen,
             gconstpointer  data)
{
  float x = point_of (screen, 1)->x, y = point_of (screen, 1)->y;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  /* It has just started. */
  g_assert_cmpfloat (point_of (screen, 1)->x, ==, x);
  wait_until (point_of (screen, 1)->x != x || point_of (screen, 1)->y != y);
}

static void
press (Screen     *screen,
       const char *label)
{
  GtkWidget *found = find_label (GTK_WIDGET (screen->graph), label);

  g_assert_nonnull (found);
  g_signal_emit_by_name (gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON), "clicked");
}

/* From the two that are selected; what is outside the graph joins it. */
static void
test_path (Screen        *screen,
           gconstpointer  data)
{
  GtkWidget *result;

  select_neurons (screen, 0, 4);
  act (screen, "graph.path");
  widget_test_draw (GTK_WIDGET (screen->graph));
  widget_test_assert_names (screen->graph);
  press (screen, "Find");
  wait_until (count_points (screen) == 5);
  result = find_label (GTK_WIDGET (screen->graph), "product");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (result)), ==,
                   "3 steps, product of weights −0.336: Neuron 0 → Neuron 2 → Neuron 3 → Neuron 4");
  g_assert_true ((point_of (screen, 3)->flags & ENGRAM_POINT_MARKED) != 0);
  g_assert_false ((point_of (screen, 1)->flags & ENGRAM_POINT_MARKED) != 0);
  select_neurons (screen, 9, -1);
  g_assert_cmpuint (get_scene (screen)->scene->n_marked_edges, ==, 3);
  press (screen, "Clear");
  wait_until (count_points (screen) == 3);
  g_assert_cmpuint (get_scene (screen)->scene->n_marked_edges, ==, 0);
}

static void
test_no_path (Screen        *screen,
              gconstpointer  data)
{
  select_neurons (screen, 0, 9);
  act (screen, "graph.path");
  press (screen, "Find");
  wait_until (find_label (GTK_WIDGET (screen->graph), "no path") != NULL);
  g_assert_cmpuint (count_points (screen), ==, 3);
}

/* Of its controls the ones of the layout and of how far it goes are in a popover. */
static void
test_controls (Screen        *screen,
               gconstpointer  data)
{
  GtkWidget *label = find_label (GTK_WIDGET (screen->graph), "Steps");
  GtkWidget *popover, *steps;

  g_assert_nonnull (label);
  popover = gtk_widget_get_ancestor (label, GTK_TYPE_POPOVER);
  gtk_popover_popup (GTK_POPOVER (popover));
  widget_test_draw (GTK_WIDGET (screen->graph));
  widget_test_assert_names (popover);
  /* There is an inhibiting synapse in it. */
  g_assert_true (gtk_widget_is_visible (find_label (popover, "not by their sign")));
  g_assert_cmpuint (count_points (screen), ==, 3);
  steps = gtk_widget_get_next_sibling (label);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (steps), 2);
  wait_until (count_points (screen) == 4);
  g_assert_cmpuint (engram_graph_view_get_options (screen->graph)->neighbourhood.n_steps, ==, 2);
}

/* A layout that fails leaves the picture as it is, and says why. */
static void
test_layout_fails (Screen        *screen,
                   gconstpointer  data)
{
  float x = point_of (screen, 4)->x;

  g_setenv ("ENGRAM_GRAPH_PROGRAM", "/nowhere/engram-graph", TRUE);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  g_unsetenv ("ENGRAM_GRAPH_PROGRAM");
  assert_shows (screen->graph, "cannot be started");
  g_assert_cmpfloat (point_of (screen, 4)->x, ==, x);
  act (screen, "graph.lay-out");
  settle (screen);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
}

static void
test_actions_follow (Screen        *screen,
                     gconstpointer  data)
{
  /* Nothing is selected, so nothing comes of it. */
  gtk_widget_activate_action (GTK_WIDGET (screen->graph), "graph.hide", NULL);
  settle (screen);
  g_assert_cmpuint (count_points (screen), ==, N_NEURONS);
  widget_test_assert_names (screen->graph);
}

/* It can be looked at while it changes, and after all is gone. */
static void
test_network_changes (Screen        *screen,
                      gconstpointer  data)
{
  g_autoptr (EngramRowSet) rows = NULL;
  const gint64 rowids[] = { rowid_of (0), rowid_of (1), rowid_of (2) };

  rows = engram_row_set_new (rowids, 3);
  engram_session_delete (screen->session, rows, NULL);
  wait_until (count_points (screen) == 0);
  settle (screen);
  assert_shows (screen->graph, "Nothing to Be Shown");
}

#define ADD(name, selected, function) \
  g_test_add ("/graph-view/" name, Screen, GINT_TO_POINTER (selected), set_up, function, tear_down)

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
  ADD ("path", 1, test_path);
  ADD ("no-path", 1, test_no_path);
  ADD ("layout-fails", 0, test_layout_fails);
  ADD ("controls", 1, test_controls);
  ADD ("actions-follow", 0, test_actions_follow);
  ADD ("network-changes", 1, test_network_changes);
  return g_test_run ();
}
