/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/engram-session.h"
#include "ui-fixture.h"
#include "views/engram-network-scene.h"
#include "views/engram-scene-source.h"

/* Ten neurons in a row; synapses 0→1 (0.5), 1→2 (-0.9), 2→0 (0.1), 3→3 (0.7). */
typedef struct {
  UiFixture     *fixture;
  EngramNetwork *network;
} Setting;

static void
set_up (Setting       *setting,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  setting->fixture = ui_fixture_new (10);
  ui_fixture_join (setting->fixture, 0, 1, 0.5);
  ui_fixture_join (setting->fixture, 1, 2, -0.9);
  ui_fixture_join (setting->fixture, 2, 0, 0.1);
  ui_fixture_join (setting->fixture, 3, 3, 0.7);
  setting->network = engram_network_load (setting->fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Setting       *setting,
           gconstpointer  data)
{
  engram_network_unref (setting->network);
  ui_fixture_free (setting->fixture);
}

static GArray *
array_of (const guint32 *indices,
          guint          n_indices)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (guint32));

  return g_array_append_vals (array, indices, n_indices);
}

static void
test_whole_network (Setting       *setting,
                    gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = engram_network_scene_new (setting->network, NULL, NULL, NULL);
  guint32 point;

  g_assert_cmpuint (scene->scene->n_points, ==, 10);
  g_assert_cmpuint (scene->scene->n_edges, ==, 4);
  g_assert_cmpfloat (scene->scene->edges[0].weight, ==, -0.9f);
  g_assert_false (scene->scene->flat);
  g_assert_true (engram_network_scene_find_rowid (scene, engram_network_scene_get_rowid (scene, 7), &point));
  g_assert_cmpuint (point, ==, 7);
  g_assert_false (engram_network_scene_find_rowid (scene, 1000, &point));
}

static void
test_part_of_it (Setting       *setting,
                 gconstpointer  data)
{
  const guint32 indices[] = { 1, 2, 5 };
  g_autoptr (GArray) neurons = array_of (indices, 3);
  const float places[] = { 0, 0, 0, 1, 0, 0, 2, 0, 0 };
  g_autoptr (EngramNetworkScene) scene = engram_network_scene_new (setting->network, neurons, NULL, places);
  guint32 point;

  g_assert_cmpuint (scene->scene->n_points, ==, 3);
  g_assert_true (scene->scene->flat);
  g_assert_cmpfloat (scene->scene->points[2].x, ==, 2);
  /* Of the four synapses only one has both ends in it. */
  g_assert_cmpuint (scene->scene->n_edges, ==, 1);
  g_assert_cmpuint (scene->scene->edges[0].source, ==, 0);
  g_assert_cmpuint (scene->scene->edges[0].target, ==, 1);
  g_assert_true (engram_network_scene_find_neuron (scene, 5, &point));
  g_assert_cmpuint (point, ==, 2);
  g_assert_false (engram_network_scene_find_neuron (scene, 4, &point));
}

static void
test_wanted_synapses (Setting       *setting,
                      gconstpointer  data)
{
  gint64 rowid = setting->network->synapse_rowids[1];
  g_autoptr (EngramRowSet) wanted = engram_row_set_new (&rowid, 1);
  g_autoptr (EngramNetworkScene) scene = engram_network_scene_new (setting->network, NULL, wanted, NULL);
  g_autoptr (GArray) edges = engram_network_scene_find_edges (scene, wanted);

  g_assert_cmpuint (scene->scene->n_edges, ==, 1);
  g_assert_cmpint (engram_network_scene_get_synapse_rowid (scene, 0), ==, rowid);
  g_assert_cmpuint (edges->len, ==, 1);
}

/* Whether the rows lie near each other or not. */
static void
test_edges_of_rows_far_apart (Setting       *setting,
                              gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = engram_network_scene_new (setting->network, NULL, NULL, NULL);
  const gint64 last[] = { 1000, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (last); i++)
    {
      const gint64 rowids[] = { setting->network->synapse_rowids[0], setting->network->synapse_rowids[3], last[i] };
      g_autoptr (EngramRowSet) rows = engram_row_set_new (rowids, G_N_ELEMENTS (rowids));
      g_autoptr (GArray) edges = engram_network_scene_find_edges (scene, rows);

      g_assert_cmpuint (edges->len, ==, 2);
      g_assert_cmpuint (g_array_index (edges, guint32, 0), ==, 0);
      g_assert_cmpuint (g_array_index (edges, guint32, 1), ==, 3);
    }
}

static void
test_rows_and_points (Setting       *setting,
                      gconstpointer  data)
{
  const guint32 indices[] = { 1, 2, 5, 8 };
  g_autoptr (GArray) neurons = array_of (indices, 4);
  g_autoptr (EngramNetworkScene) scene = engram_network_scene_new (setting->network, neurons, NULL, NULL);
  const gint64 rowids[] = {
    setting->network->neuron_rowids[0], setting->network->neuron_rowids[2], setting->network->neuron_rowids[8], 5000,
  };
  g_autoptr (EngramRowSet) rows = engram_row_set_new (rowids, 4);
  g_autoptr (GArray) points = engram_network_scene_find_points (scene, rows);

  g_assert_cmpuint (points->len, ==, 2);
  g_assert_cmpuint (g_array_index (points, guint32, 0), ==, 1);
  g_assert_cmpuint (g_array_index (points, guint32, 1), ==, 3);

  g_autoptr (EngramRowSet) back = engram_network_scene_get_rows (scene, points);

  g_assert_cmpuint (engram_row_set_get_size (back), ==, 2);
  g_assert_true (engram_row_set_contains (back, rowids[2]));
}

/* One that leads back to where it starts counts once. */
static void
test_edges_of_a_point (Setting       *setting,
                       gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = engram_network_scene_new (setting->network, NULL, NULL, NULL);
  g_autoptr (GArray) of_1 = engram_network_scene_list_edges (scene, 1);
  g_autoptr (GArray) of_3 = engram_network_scene_list_edges (scene, 3);
  g_autoptr (GArray) of_9 = engram_network_scene_list_edges (scene, 9);

  g_assert_cmpuint (of_1->len, ==, 2);
  g_assert_cmpuint (g_array_index (of_1, guint32, 0), ==, 0);
  g_assert_cmpuint (of_3->len, ==, 1);
  g_assert_cmpuint (of_9->len, ==, 0);
}

/* What keeps the scene up to date */

typedef struct {
  EngramSession     *session;
  EngramSceneSource *source;
  guint              n_changes;
  guint              n_failed;
} Watch;

static void
changed_cb (Watch *watch)
{
  watch->n_changes++;
}

static void
failed_cb (Watch        *watch,
           const GError *error)
{
  watch->n_failed++;
}

static void
watch_start (Watch   *watch,
             Setting *setting)
{
  *watch = (Watch) { 0 };
  watch->session = engram_session_new (setting->fixture->database);
  watch->source = engram_scene_source_new (engram_scene_source_make_space);
  g_signal_connect_swapped (watch->source, "changed", G_CALLBACK (changed_cb), watch);
  g_signal_connect_swapped (watch->source, "failed", G_CALLBACK (failed_cb), watch);
  engram_scene_source_set_session (watch->source, watch->session);
}

static void
watch_stop (Watch *watch)
{
  g_object_unref (watch->source);
  engram_session_close (watch->session);
  g_object_unref (watch->session);
}

static guint32
count_points (Watch *watch)
{
  EngramNetworkScene *scene = engram_scene_source_get_scene (watch->source);

  return scene != NULL ? scene->scene->n_points : G_MAXUINT32;
}

static void
test_source_waits_until_seen (Setting       *setting,
                              gconstpointer  data)
{
  Watch watch;

  watch_start (&watch, setting);
  g_assert_false (engram_scene_source_get_loading (watch.source));
  engram_scene_source_set_active (watch.source, TRUE);
  g_assert_true (engram_scene_source_get_loading (watch.source));
  wait_until (!engram_scene_source_get_loading (watch.source));
  g_assert_cmpuint (count_points (&watch), ==, 10);
  watch_stop (&watch);
}

/* What changes while nobody looks is made when somebody does. */
static void
test_source_rests_while_hidden (Setting       *setting,
                                gconstpointer  data)
{
  Watch watch;

  watch_start (&watch, setting);
  engram_scene_source_set_active (watch.source, TRUE);
  g_signal_emit_by_name (watch.session, "changed");
  engram_scene_source_set_active (watch.source, FALSE);
  wait_until (count_points (&watch) == 10);
  g_assert_false (engram_scene_source_get_loading (watch.source));
  engram_scene_source_set_active (watch.source, TRUE);
  g_assert_true (engram_scene_source_get_loading (watch.source));
  wait_until (!engram_scene_source_get_loading (watch.source));
  watch_stop (&watch);
}

static void
test_source_follows_the_filter (Setting       *setting,
                                gconstpointer  data)
{
  g_autoptr (EngramQuery) query = engram_query_parse ("degree:>0", NULL, NULL, NULL);
  g_autoptr (EngramQuery) none = engram_query_parse ("nothingofthekind", NULL, NULL, NULL);
  g_autoptr (EngramQuery) wrong = engram_query_parse ("like:nobody", NULL, NULL, NULL);
  Watch watch;

  watch_start (&watch, setting);
  engram_scene_source_set_active (watch.source, TRUE);
  engram_session_set_query (watch.session, query);
  wait_until (!engram_scene_source_get_loading (watch.source));
  g_assert_cmpuint (count_points (&watch), ==, 4);
  engram_session_set_query (watch.session, none);
  wait_until (!engram_scene_source_get_loading (watch.source));
  g_assert_cmpuint (count_points (&watch), ==, 0);
  engram_session_set_query (watch.session, NULL);
  wait_until (!engram_scene_source_get_loading (watch.source));
  g_assert_cmpuint (count_points (&watch), ==, 10);
  g_assert_cmpuint (watch.n_failed, ==, 0);
  engram_session_set_query (watch.session, wrong);
  wait_until (!engram_scene_source_get_loading (watch.source));
  g_assert_cmpuint (watch.n_failed, ==, 1);
  watch_stop (&watch);
}

static void
test_source_follows_the_file (Setting       *setting,
                              gconstpointer  data)
{
  Watch watch;

  watch_start (&watch, setting);
  engram_session_set_active (watch.session, TRUE);
  engram_scene_source_set_active (watch.source, TRUE);
  wait_until (count_points (&watch) == 10);
  g_free (ui_fixture_add (setting->fixture, "One more"));
  wait_until (count_points (&watch) == 11);
  watch_stop (&watch);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(PATH, FUNC) g_test_add (PATH, Setting, NULL, set_up, FUNC, tear_down)
  add ("/network-scene/whole", test_whole_network);
  add ("/network-scene/part", test_part_of_it);
  add ("/network-scene/wanted-synapses", test_wanted_synapses);
  add ("/network-scene/rows-far-apart", test_edges_of_rows_far_apart);
  add ("/network-scene/rows-and-points", test_rows_and_points);
  add ("/network-scene/edges-of-a-point", test_edges_of_a_point);
  add ("/scene-source/waits-until-seen", test_source_waits_until_seen);
  add ("/scene-source/rests-while-hidden", test_source_rests_while_hidden);
  add ("/scene-source/follows-the-filter", test_source_follows_the_filter);
  add ("/scene-source/follows-the-file", test_source_follows_the_file);
#undef add
  return g_test_run ();
}
