/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "graph/engram-graph-alignment.h"
#include "graph/engram-graph-path.h"
#include "graph/engram-graph-scene.h"
#include "ui-fixture.h"

/* Ten neurons. 0→1 (0.9), 0→2 (-0.8), 2→3 (0.7), 3→4 (0.6), 4→5 (0.5), 0→5 (0.05), and 6 to 9 by themselves. */
typedef struct {
  UiFixture          *fixture;
  EngramNetwork      *network;
  EngramGraphOptions *options;
} Setting;

static void
set_up (Setting       *setting,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  setting->fixture = ui_fixture_new (10);
  ui_fixture_join (setting->fixture, 0, 1, 0.9);
  ui_fixture_join (setting->fixture, 0, 2, -0.8);
  ui_fixture_join (setting->fixture, 2, 3, 0.7);
  ui_fixture_join (setting->fixture, 3, 4, 0.6);
  ui_fixture_join (setting->fixture, 4, 5, 0.5);
  ui_fixture_join (setting->fixture, 0, 5, 0.05);
  setting->network = engram_network_load (setting->fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  setting->options = engram_graph_options_new ();
}

static void
tear_down (Setting       *setting,
           gconstpointer  data)
{
  engram_graph_options_free (setting->options);
  engram_network_unref (setting->network);
  ui_fixture_free (setting->fixture);
}

/* The rows of neurons, up to one that is negative. */
static EngramRowSet *
rows_of (Setting *setting,
         int      first,
         ...)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  va_list arguments;

  va_start (arguments, first);
  for (int neuron = first; neuron >= 0; neuron = va_arg (arguments, int))
    g_array_append_val (rows, setting->network->neuron_rowids[neuron]);
  va_end (arguments);
  return engram_row_set_new ((const gint64 *) rows->data, rows->len);
}

static EngramNetworkScene *
make_within (Setting      *setting,
             EngramRowSet *neurons,
             EngramRowSet *synapses)
{
  const EngramSceneWish wish = { setting->network, neurons, synapses, setting->options };
  g_autoptr (GError) error = NULL;
  EngramNetworkScene *scene = engram_graph_scene_make (&wish, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (scene->scene->flat);
  return scene;
}

static EngramNetworkScene *
make (Setting *setting)
{
  return make_within (setting, NULL, NULL);
}

/* Its neurons as "0 1 2". */
static char *
dup_neurons (EngramNetworkScene *scene)
{
  GString *text = g_string_new (NULL);

  for (guint32 i = 0; i < scene->scene->n_points; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", scene->neurons[i]);
  return g_string_free (text, FALSE);
}

#define assert_shows(made, expected)                          \
  G_STMT_START {                                              \
    g_autofree char *shown_neurons = dup_neurons (made);      \
    g_assert_cmpstr (shown_neurons, ==, expected);            \
  } G_STMT_END

static void
replace (EngramRowSet **set,
         EngramRowSet  *rows)
{
  g_clear_pointer (set, engram_row_set_unref);
  *set = rows;
}

/* Where nothing is in the middle, the best joined neuron is, and what is joined to it. */
static void
test_around_best (Setting       *setting,
                  gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL, chosen = NULL;

  setting->options->neighbourhood.limit = 3;
  scene = make (setting);
  assert_shows (scene, "0 1 2");
  g_assert_cmpuint (scene->n_left_out, ==, 7);
  /* Whatever else is in the middle. */
  replace (&setting->options->focus, rows_of (setting, 8, -1));
  setting->options->scope = ENGRAM_GRAPH_SCOPE_BEST;
  chosen = make (setting);
  assert_shows (chosen, "0 1 2");
}

/* All means all. */
static void
test_all (Setting       *setting,
          gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL;

  setting->options->neighbourhood.limit = 3;
  setting->options->scope = ENGRAM_GRAPH_SCOPE_FILTER;
  scene = make (setting);
  g_assert_cmpuint (scene->scene->n_points, ==, 10);
  g_assert_cmpuint (scene->n_left_out, ==, 0);
}

/* Both ends of the range count, in the walk and in the picture. */
static void
test_strongest (Setting       *setting,
                gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL, all = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, -1));
  setting->options->neighbourhood.strongest = 0.8;
  scene = make (setting);
  assert_shows (scene, "0 2 5");
  setting->options->scope = ENGRAM_GRAPH_SCOPE_FILTER;
  all = make (setting);
  g_assert_cmpuint (all->scene->n_edges, ==, 5);
}

static void
test_around_focus (Setting       *setting,
                   gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) one = NULL, two = NULL, few = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, -1));
  one = make (setting);
  assert_shows (one, "0 1 2 5");
  g_assert_cmpuint (one->n_left_out, ==, 0);
  setting->options->neighbourhood.n_steps = 2;
  two = make (setting);
  assert_shows (two, "0 1 2 3 4 5");
  setting->options->neighbourhood.limit = 3;
  few = make (setting);
  assert_shows (few, "0 1 2");
  g_assert_cmpuint (few->n_left_out, ==, 3);
}

static void
test_focus_beyond_limit (Setting       *setting,
                         gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, 4, 5, 8, 9, -1));
  setting->options->neighbourhood.limit = 2;
  scene = make (setting);
  assert_shows (scene, "0 4");
  g_assert_cmpuint (scene->n_left_out, >=, 3);
}

static void
test_weakest (Setting       *setting,
              gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, 5, -1));
  setting->options->neighbourhood.weakest = 0.1;
  scene = make (setting);
  assert_shows (scene, "0 1 2 4 5");
  /* That from 0 to 5 is too weak to be there. */
  g_assert_cmpuint (scene->scene->n_edges, ==, 3);
}

static void
test_expanded (Setting       *setting,
               gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL, incoming = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, -1));
  replace (&setting->options->expanded, rows_of (setting, 2, -1));
  scene = make (setting);
  assert_shows (scene, "0 1 2 3 5");
  setting->options->neighbourhood.direction = ENGRAM_DIRECTION_INCOMING;
  incoming = make (setting);
  assert_shows (incoming, "0 2");
}

/* What is shown already takes no room from what is to come. */
static void
test_expanded_within_limit (Setting       *setting,
                            gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) before = NULL, scene = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, -1));
  setting->options->neighbourhood.limit = 2;
  before = make (setting);
  assert_shows (before, "0 1");
  replace (&setting->options->expanded, rows_of (setting, 0, -1));
  scene = make (setting);
  assert_shows (scene, "0 1 2 5");
}

static void
test_hidden_and_added (Setting       *setting,
                       gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, -1));
  replace (&setting->options->hidden, rows_of (setting, 1, -1));
  replace (&setting->options->added, rows_of (setting, 7, -1));
  scene = make (setting);
  assert_shows (scene, "0 2 5 7");
  /* A hidden neuron has no synapses either. */
  g_assert_cmpuint (scene->scene->n_edges, ==, 2);
}

static void
test_isolated (Setting       *setting,
               gconstpointer  data)
{
  g_autoptr (EngramRowSet) left = rows_of (setting, 2, 3, 8, -1);
  g_autoptr (EngramNetworkScene) scene = NULL, filtered = NULL;

  replace (&setting->options->focus, rows_of (setting, 0, -1));
  replace (&setting->options->isolated, rows_of (setting, 2, 3, 4, -1));
  scene = make (setting);
  assert_shows (scene, "2 3 4");
  g_assert_cmpuint (scene->scene->n_edges, ==, 2);
  filtered = make_within (setting, left, NULL);
  assert_shows (filtered, "2 3");
}

static void
test_filter (Setting       *setting,
             gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = rows_of (setting, 2, 3, 6, -1), none = engram_row_set_new_empty ();
  g_autoptr (EngramNetworkScene) all = NULL, around = NULL, unjoined = NULL;

  setting->options->scope = ENGRAM_GRAPH_SCOPE_FILTER;
  all = make_within (setting, neurons, NULL);
  assert_shows (all, "2 3 6");
  setting->options->scope = ENGRAM_GRAPH_SCOPE_AROUND;
  replace (&setting->options->focus, rows_of (setting, 0, -1));
  around = make_within (setting, neurons, NULL);
  assert_shows (around, "0 2");
  unjoined = make_within (setting, NULL, none);
  assert_shows (unjoined, "0");
}

/* A neuron that is gone since. */
static void
test_gone (Setting       *setting,
           gconstpointer  data)
{
  const gint64 rowid = 5000;
  g_autoptr (EngramNetworkScene) scene = NULL;

  replace (&setting->options->focus, engram_row_set_new (&rowid, 1));
  scene = make (setting);
  g_assert_cmpuint (scene->scene->n_points, ==, 0);
}

static void
test_cancelled (Setting       *setting,
                gconstpointer  data)
{
  const EngramSceneWish wish = { setting->network, NULL, NULL, setting->options };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_graph_scene_make (&wish, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Places */

static const EngramScenePoint *
point_of (EngramNetworkScene *scene,
          guint32             neuron)
{
  guint32 point;

  g_assert_true (engram_network_scene_find_neuron (scene, neuron, &point));
  return &scene->scene->points[point];
}

static double
distance (const EngramScenePoint *a,
          const EngramScenePoint *b)
{
  return hypot (a->x - b->x, a->y - b->y);
}

static void
put (Setting *setting,
     guint32  neuron,
     float    x,
     float    y)
{
  engram_graph_places_set (setting->options->places, setting->network->neuron_rowids[neuron], (const float[]) { x, y });
}

static void
test_places_kept (Setting       *setting,
                  gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = NULL;

  put (setting, 0, 0, 0);
  put (setting, 1, -20, 0);
  put (setting, 2, 20, 0);
  setting->options->neighbourhood.limit = 10;
  scene = make (setting);
  g_assert_cmpfloat (point_of (scene, 1)->x, ==, -20);
  g_assert_cmpfloat (point_of (scene, 2)->x, ==, 20);
  /* 3 has come by 2, 4 by 3; all have a place, each its own. */
  g_assert_cmpfloat (distance (point_of (scene, 3), point_of (scene, 2)), <, 20);
  g_assert_cmpfloat (distance (point_of (scene, 3), point_of (scene, 1)), >, 20);
  g_assert_cmpfloat (distance (point_of (scene, 4), point_of (scene, 3)), <, 20);
  for (guint32 i = 0; i < 10; i++)
    for (guint32 j = 0; j < i; j++)
      g_assert_cmpfloat (distance (point_of (scene, i), point_of (scene, j)), >, 1);
}

static void
test_places_of_nobody (Setting       *setting,
                       gconstpointer  data)
{
  g_autoptr (EngramNetworkScene) scene = make (setting), again = make (setting);

  for (guint32 i = 0; i < 10; i++)
    {
      g_assert_true (isfinite (scene->scene->points[i].x));
      g_assert_cmpfloat (distance (&scene->scene->points[i], &again->scene->points[i]), ==, 0);
    }
  g_assert_cmpfloat (distance (&scene->scene->points[0], &scene->scene->points[9]), >, 1);
}

static void
test_pins (Setting       *setting,
           gconstpointer  data)
{
  EngramGraphPlaces *places = setting->options->places;
  float place[2] = { 0 };

  engram_graph_places_set_pinned (places, 3, TRUE);
  g_assert_false (engram_graph_places_is_pinned (places, 3));
  engram_graph_places_set (places, 3, (const float[]) { 1, 2 });
  engram_graph_places_set (places, 4, (const float[]) { 3, 4 });
  engram_graph_places_set_pinned (places, 3, TRUE);
  engram_graph_places_clear (places);
  g_assert_false (engram_graph_places_get (places, 4, place));
  g_assert_true (engram_graph_places_get (places, 3, place));
  g_assert_cmpfloat (place[1], ==, 2);
  g_assert_true (engram_graph_places_is_pinned (places, 3));
}

/* Alignment */

static void
assert_near (const float *place,
             double       x,
             double       y)
{
  g_assert_cmpfloat_with_epsilon (place[0], x, 1e-4);
  g_assert_cmpfloat_with_epsilon (place[1], y, 1e-4);
}

/* From a triangle to what it becomes when it is turned by 90°, doubled and shifted; one more point has no place
 * before. */
static void
test_alignment_turns (void)
{
  float from[] = { 0, 0, 0, 1, 0, 0, 0, 2, 0, 5, 5, 0 };
  const float to[] = { 10, 1, 0, 10, 3, 0, 6, 1, 0, NAN, NAN, 0 };
  EngramGraphAlignment alignment;

  engram_graph_alignment_find (&alignment, from, to, 4, TRUE);
  engram_graph_alignment_apply (&alignment, from, 4);
  for (int i = 0; i < 3; i++)
    assert_near (&from[3 * i], to[3 * i], to[3 * i + 1]);
  assert_near (&from[9], 0, 11);
}

static void
test_alignment_reflects (void)
{
  float from[] = { 0, 0, 0, 1, 0, 0, 0, 2, 0 };
  const float to[] = { 0, 0, 0, -3, 0, 0, 0, 6, 0 };
  EngramGraphAlignment alignment;

  engram_graph_alignment_find (&alignment, from, to, 3, TRUE);
  engram_graph_alignment_apply (&alignment, from, 3);
  for (int i = 0; i < 3; i++)
    assert_near (&from[3 * i], to[3 * i], to[3 * i + 1]);
}

/* Where up and down mean something it is only shifted and scaled. */
static void
test_alignment_upright (void)
{
  float from[] = { 0, 0, 0, 0, 2, 0 };
  const float to[] = { 5, 0, 0, 1, 0, 0 };
  EngramGraphAlignment alignment;

  engram_graph_alignment_find (&alignment, from, to, 2, FALSE);
  engram_graph_alignment_apply (&alignment, from, 2);
  assert_near (&from[0], 3, -2);
  assert_near (&from[3], 3, 2);
}

static void
test_alignment_of_little (void)
{
  float places[] = { 1, 2, 0, 4, 4, 0 };
  const float unknown[] = { NAN, NAN, 0, NAN, NAN, 0 }, one[] = { 3, 3, 0, NAN, NAN, 0 };
  EngramGraphAlignment alignment;

  engram_graph_alignment_find (&alignment, places, unknown, 2, TRUE);
  engram_graph_alignment_apply (&alignment, places, 2);
  assert_near (places, 1, 2);
  engram_graph_alignment_find (&alignment, places, one, 2, TRUE);
  engram_graph_alignment_apply (&alignment, places, 2);
  assert_near (places, 3, 3);
  assert_near (&places[3], 6, 5);
}

/* Paths */

static EngramGraphPath *
find_path (Setting             *setting,
           guint32              from,
           guint32              to,
           EngramGraphPathKind  kind,
           const EngramRowSet  *neurons)
{
  g_autoptr (GError) error = NULL;
  EngramGraphPath *path = engram_graph_path_find (setting->network, from, to, kind, neurons, NULL, NULL, &error);

  g_assert_no_error (error);
  return path;
}

static void
test_path (Setting       *setting,
           gconstpointer  data)
{
  const char * const names[] = { "A", "B", "C", "D", "E", NULL };
  g_autoptr (EngramGraphPath) shortest = find_path (setting, 0, 5, ENGRAM_GRAPH_PATH_SHORTEST, NULL);
  g_autoptr (EngramGraphPath) strongest = find_path (setting, 0, 5, ENGRAM_GRAPH_PATH_STRONGEST, NULL);
  g_autofree char *short_text = engram_graph_path_describe (shortest, names);
  g_autofree char *strong_text = engram_graph_path_describe (strongest, names);

  g_assert_cmpstr (short_text, ==, "1 step, product of weights +0.05: A → B");
  g_assert_cmpuint (strongest->neurons->len, ==, 5);
  g_assert_cmpuint (g_array_index (strongest->neurons, guint32, 1), ==, 2);
  /* Inhibiting once: its sign is that of the product. */
  g_assert_cmpstr (strong_text, ==, "4 steps, product of weights −0.168: A → B → C → D → E");
}

static void
test_path_within_filter (Setting       *setting,
                         gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = rows_of (setting, 2, 3, -1);
  g_autoptr (EngramGraphPath) path = find_path (setting, 0, 4, ENGRAM_GRAPH_PATH_SHORTEST, neurons);
  g_autoptr (EngramRowSet) less = rows_of (setting, 2, -1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (path->synapses->len, ==, 3);
  g_assert_null (engram_graph_path_find (setting->network, 0, 4, ENGRAM_GRAPH_PATH_SHORTEST, less, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
}

/* The nervous system of a worm, of which the command neurons for going backwards are the most connected. */
static void
test_celegans (void)
{
  g_autofree char *shared = test_shared_data ("celegans/celegans.json");
  const char *files[] = { shared, NULL };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "worm.db", NULL);
  const EngramImportOptions options = { 0 };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNeuronStore) neurons = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GError) error = NULL;
  guint n_command = 0;

  if (shared == NULL)
    return;
  engram_import_new (path, files, &options, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  neurons = engram_neuron_store_new (database);
  network = engram_network_load (database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  found = engram_neighbourhood_find_most_important (network, NULL, 6);
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *id = engram_network_dup_neuron_id (network, g_array_index (found, guint32, i));
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (neurons, id, NULL, &error);

      g_assert_no_error (error);
      n_command += g_str_has_prefix (engram_neuron_get_summary (neuron), "AVAL")
                   || g_str_has_prefix (engram_neuron_get_summary (neuron), "AVAR");
    }
  g_assert_cmpuint (n_command, ==, 2);
}

#define ADD(name, function) g_test_add ("/graph-scene/" name, Setting, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("around-best", test_around_best);
  ADD ("all", test_all);
  ADD ("strongest", test_strongest);
  ADD ("around-focus", test_around_focus);
  ADD ("focus-beyond-limit", test_focus_beyond_limit);
  ADD ("weakest", test_weakest);
  ADD ("expanded", test_expanded);
  ADD ("expanded-within-limit", test_expanded_within_limit);
  ADD ("hidden-and-added", test_hidden_and_added);
  ADD ("isolated", test_isolated);
  ADD ("filter", test_filter);
  ADD ("gone", test_gone);
  ADD ("cancelled", test_cancelled);
  ADD ("places-kept", test_places_kept);
  ADD ("places-of-nobody", test_places_of_nobody);
  ADD ("pins", test_pins);
  g_test_add_func ("/graph-scene/alignment/turns", test_alignment_turns);
  g_test_add_func ("/graph-scene/alignment/reflects", test_alignment_reflects);
  g_test_add_func ("/graph-scene/alignment/upright", test_alignment_upright);
  g_test_add_func ("/graph-scene/alignment/of-little", test_alignment_of_little);
  ADD ("path", test_path);
  ADD ("path-within-filter", test_path_within_filter);
  g_test_add_func ("/graph-scene/celegans", test_celegans);
  return g_test_run ();
}
