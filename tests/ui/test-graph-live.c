/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "graph/engram-graph-view.h"
#include "widget-support.h"

/* A graph of a network that another program writes to, and what is remembered of a graph. */

/* As many as no layered layout takes, joined in one long chain. */
#define N_MANY 1001

typedef struct {
  UiFixture         *fixture;
  EngramSession     *session;
  EngramGraphView   *graph;
  EngramNetworkView *view;
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

static void
settle (Screen *screen)
{
  wait_until (!engram_scene_source_get_loading (engram_network_view_get_source (screen->view)));
  wait_until (!engram_graph_view_get_laying_out (screen->graph));
  widget_test_draw (GTK_WIDGET (screen->graph));
}

static void
select_first (Screen *screen)
{
  const gint64 rowid = 1;
  g_autoptr (EngramRowSet) rows = engram_row_set_new (&rowid, 1);

  engram_selection_set (engram_session_get_selection (screen->session), ENGRAM_RECORD_NEURON, rows);
}

static void
make_view (Screen     *screen,
           const char *options)
{
  screen->graph = g_object_new (ENGRAM_TYPE_GRAPH_VIEW, NULL);
  screen->view = engram_graph_view_get_network_view (screen->graph);
  if (options != NULL)
    engram_graph_view_set_options (screen->graph, options);
  engram_graph_view_set_session (screen->graph, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->graph), 800, 600);
  wait_until (get_scene (screen) != NULL);
}

static void
drop_view (Screen *screen)
{
  engram_graph_view_set_session (screen->graph, NULL);
  gtk_window_destroy (screen->window);
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  guint n_neurons = GPOINTER_TO_UINT (data);

  screen->fixture = ui_fixture_new (n_neurons);
  for (guint i = 0; i + 1 < MIN (n_neurons, 6); i++)
    ui_fixture_join (screen->fixture, i, i + 1, 0.9 - 0.1 * i);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  screen->session = engram_session_new (screen->fixture->database);
  engram_session_set_active (screen->session, TRUE);
  g_signal_connect_swapped (screen->session, "job-added", G_CALLBACK (job_started_cb), screen);
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  drop_view (screen);
  g_signal_handlers_disconnect_by_data (screen->session, screen);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  ui_fixture_free (screen->fixture);
}

/* Another program adds a neuron, joined to an old one, in one commit each. */
static void
add_from_outside (Screen *screen,
                  guint   joined_to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) other = engram_database_open (screen->fixture->path, NULL, &error);
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (other);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (other);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autofree char *old = ui_fixture_dup_id (joined_to);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (old, neuron->id, 0.4, "knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Trained");
  g_assert_true (engram_neuron_store_create (neurons, neuron, NULL, &error));
  g_assert_true (engram_synapse_store_create (synapses, synapse, NULL, &error));
  g_assert_no_error (error);
}

/* What was there stays where it is, selected and in the same picture; what is new stands beside what it is joined to,
 * and nothing is laid out anew, though more than a third comes. */
static void
test_grows (Screen        *screen,
            gconstpointer  data)
{
  EngramCamera before, after;
  EngramScenePoint old[6];
  guint32 point;
  guint n_jobs;

  make_view (screen, NULL);
  settle (screen);
  select_first (screen);
  engram_scene_view_zoom (engram_network_view_get_scene_view (screen->view), 1.5f);
  widget_test_draw (GTK_WIDGET (screen->graph));
  engram_scene_view_get_camera (engram_network_view_get_scene_view (screen->view), &before);
  memcpy (old, get_scene (screen)->scene->points, sizeof old);
  n_jobs = screen->n_jobs;

  for (guint i = 0; i < 4; i++)
    {
      add_from_outside (screen, i);
      wait_until (count_points (screen) == 7 + i && get_scene (screen)->scene->n_edges == 6 + i);
      settle (screen);
    }
  g_assert_cmpuint (screen->n_jobs, ==, n_jobs);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpfloat (get_scene (screen)->scene->points[i].x, ==, old[i].x);
      g_assert_cmpfloat (get_scene (screen)->scene->points[i].y, ==, old[i].y);
    }
  g_assert_true (engram_network_scene_find_rowid (get_scene (screen), 1, &point));
  g_assert_true ((get_scene (screen)->scene->points[point].flags & ENGRAM_POINT_SELECTED) != 0);
  engram_scene_view_get_camera (engram_network_view_get_scene_view (screen->view), &after);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==, "10 neurons");
}

/* A program that takes what it is told and never answers. */
static char *
make_silent_program (Screen *screen)
{
  char *path = g_build_filename (screen->fixture->folder, "silent", NULL);

  g_assert_true (g_file_set_contents (path, "#!/bin/sh\ncat >/dev/null\nexec tail -f /dev/null\n", -1, NULL));
  g_assert_cmpint (chmod (path, 0700), ==, 0);
  return path;
}

/* One that never came to an end would be no layout. What the person wants is another matter. */
static void
test_layout_goes_on (Screen        *screen,
                     gconstpointer  data)
{
  EngramNeighbourhoodOptions neighbourhood;
  g_autofree char *program = NULL;
  guint n_jobs;

  make_view (screen, NULL);
  settle (screen);
  program = make_silent_program (screen);
  g_setenv ("ENGRAM_GRAPH_PROGRAM", program, TRUE);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  n_jobs = screen->n_jobs;
  add_from_outside (screen, 0);
  wait_until (count_points (screen) == 7 && get_scene (screen)->scene->n_edges == 6);
  g_assert_true (engram_graph_view_get_laying_out (screen->graph));
  g_assert_cmpuint (screen->n_jobs, ==, n_jobs);

  neighbourhood = engram_graph_view_get_options (screen->graph)->neighbourhood;
  neighbourhood.limit = 3;
  engram_graph_view_set_neighbourhood (screen->graph, &neighbourhood);
  wait_until (count_points (screen) == 3);
  g_assert_cmpuint (screen->n_jobs, ==, n_jobs + 1);
  g_unsetenv ("ENGRAM_GRAPH_PROGRAM");
}

/* Remembering */

static void
test_options (Screen        *screen,
              gconstpointer  data)
{
  const EngramNeighbourhoodOptions neighbourhood = { 3, ENGRAM_DIRECTION_INCOMING, 0.25, 40, 0.75 };
  g_autofree char *first = NULL, *options = NULL, *again = NULL;
  const EngramGraphOptions *recalled;

  make_view (screen, NULL);
  settle (screen);
  first = engram_graph_view_dup_options (screen->graph);
  g_assert_cmpstr (first, ==, "best 1 both 0 0 300 force");
  engram_graph_view_set_neighbourhood (screen->graph, &neighbourhood);
  engram_graph_view_set_scope (screen->graph, ENGRAM_GRAPH_SCOPE_FILTER);
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_CIRCLE);
  settle (screen);
  options = engram_graph_view_dup_options (screen->graph);
  g_assert_cmpstr (options, ==, "all 3 incoming 0.25 0.75 40 circle");

  drop_view (screen);
  /* All, though something is selected now. */
  select_first (screen);
  make_view (screen, options);
  settle (screen);
  again = engram_graph_view_dup_options (screen->graph);
  g_assert_cmpstr (again, ==, options);
  recalled = engram_graph_view_get_options (screen->graph);
  g_assert_cmpint (recalled->scope, ==, ENGRAM_GRAPH_SCOPE_FILTER);
  g_assert_cmpuint (recalled->neighbourhood.n_steps, ==, 3);
  g_assert_cmpfloat (recalled->neighbourhood.strongest, ==, 0.75);
}

/* What was selected is found out later than the graph is seen. */
static void
test_awaits_selection (Screen        *screen,
                       gconstpointer  data)
{
  g_autofree char *options = NULL;

  make_view (screen, "selection 1 both 0 0 300 force");
  settle (screen);
  g_assert_cmpuint (count_points (screen), ==, 6);
  select_first (screen);
  wait_until (count_points (screen) == 2);
  settle (screen);
  options = engram_graph_view_dup_options (screen->graph);
  g_assert_cmpstr (options, ==, "selection 1 both 0 0 300 force");
}

static void
test_unknown_options (Screen        *screen,
                      gconstpointer  data)
{
  static const char * const unknown[] = {
    "", "all", "some 1 both 0 0 300 force", "all 9 both 0 0 300 force", "all 1 across 0 0 300 force",
    "all 1 both x 0 300 force", "all 1 both 0 2 300 force", "all 1 both 0 0 0 force", "all 1 both 0 0 300 spiral",
  };
  g_autofree char *before = NULL;

  make_view (screen, NULL);
  settle (screen);
  before = engram_graph_view_dup_options (screen->graph);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autofree char *after = NULL;

      engram_graph_view_set_options (screen->graph, unknown[i]);
      after = engram_graph_view_dup_options (screen->graph);
      g_assert_cmpstr (after, ==, before);
    }
}

/* It says in words how many neurons a layout takes. Where that is remembered, the graph is laid out all the same. */
static void
test_too_many (Screen        *screen,
               gconstpointer  data)
{
  guint n_jobs;

  make_view (screen, "all 1 both 0 0 300 layered");
  settle (screen);
  g_assert_cmpuint (count_points (screen), ==, N_MANY);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==,
                   "Layered takes 1000 neurons at most, and 1001 are shown: they are laid out by forces instead.");
  n_jobs = screen->n_jobs;
  engram_graph_view_set_layout (screen->graph, ENGRAM_GRAPH_VIEW_LAYERED);
  g_assert_false (engram_graph_view_get_laying_out (screen->graph));
  g_assert_cmpuint (screen->n_jobs, ==, n_jobs);
  g_assert_cmpstr (engram_graph_view_get_status (screen->graph), ==,
                   "Layered takes 1000 neurons at most, and 1001 are shown. Choose another layout, or show fewer "
                   "neurons.");
  engram_graph_view_set_scope (screen->graph, ENGRAM_GRAPH_SCOPE_BEST);
  wait_until (count_points (screen) == 300);
  settle (screen);
  g_assert_cmpuint (screen->n_jobs, ==, n_jobs + 1);
  g_assert_nonnull (strstr (engram_graph_view_get_status (screen->graph), "300 neurons around"));
}

#define ADD(name, n_neurons, function) \
  g_test_add ("/graph-live/" name, Screen, GUINT_TO_POINTER (n_neurons), set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  ADD ("grows", 6, test_grows);
  ADD ("layout-goes-on", 6, test_layout_goes_on);
  ADD ("options", 6, test_options);
  ADD ("awaits-selection", 6, test_awaits_selection);
  ADD ("unknown-options", 6, test_unknown_options);
  ADD ("too-many", N_MANY, test_too_many);
  return g_test_run ();
}
