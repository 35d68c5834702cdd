/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "graph-support.h"

static const EngramGraphLayout all_layouts[] = {
  ENGRAM_GRAPH_LAYOUT_FORCE,   ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI, ENGRAM_GRAPH_LAYOUT_DRL,  ENGRAM_GRAPH_LAYOUT_LAYERED,
  ENGRAM_GRAPH_LAYOUT_RADIAL,  ENGRAM_GRAPH_LAYOUT_CIRCLE,       ENGRAM_GRAPH_LAYOUT_UMAP,
};

static gboolean
is_in_space (EngramGraphLayout layout)
{
  return layout == ENGRAM_GRAPH_LAYOUT_FORCE || layout == ENGRAM_GRAPH_LAYOUT_DRL || layout == ENGRAM_GRAPH_LAYOUT_UMAP;
}

static float *
lay_out (const EngramGraph *graph,
         EngramGraphLayout  layout,
         guint              n_dimensions,
         guint32            seed)
{
  EngramGraphLayoutOptions options = { .layout = layout, .n_dimensions = n_dimensions, .seed = seed };
  float *positions = g_new (float, (gsize) graph->n_nodes * n_dimensions + 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_graph_lay_out (graph, &options, NULL, positions, NULL, &error));
  g_assert_no_error (error);
  return positions;
}

static double
get_distance (const float *positions,
              guint        n_dimensions,
              gsize        one,
              gsize        other)
{
  double squared = 0;

  for (guint d = 0; d < n_dimensions; d++)
    squared += pow (positions[one * n_dimensions + d] - positions[other * n_dimensions + d], 2);
  return sqrt (squared);
}

/* Around 0, and edges have a mean length of 1. */
static void
check_normal (const EngramGraph *graph,
              const float       *positions,
              guint              n_dimensions)
{
  double sum = 0;
  guint n_edges = 0;

  for (guint d = 0; d < n_dimensions; d++)
    {
      double middle = 0;

      for (gsize i = 0; i < graph->n_nodes; i++)
        middle += positions[i * n_dimensions + d] / graph->n_nodes;
      g_assert_cmpfloat_with_epsilon (middle, 0, 1e-3);
    }
  for (gsize i = 0; i < graph->n_edges; i++)
    if (graph->sources[i] != graph->targets[i])
      {
        sum += get_distance (positions, n_dimensions, graph->sources[i], graph->targets[i]);
        n_edges++;
      }
  g_assert_cmpfloat_with_epsilon (sum / n_edges, 1, 1e-3);
}

static GraphFixture *
make_ring (guint32 n_nodes)
{
  GraphFixture *fixture = graph_fixture_new ();

  for (guint32 i = 0; i < n_nodes; i++)
    graph_fixture_add (fixture, i, (i + 1) % n_nodes, 1);
  graph_fixture_close (fixture, n_nodes);
  return fixture;
}

/* Edges side by side, back to themselves, without weight, inhibiting, not a number; nodes without any. */
static GraphFixture *
make_odd (void)
{
  GraphFixture *fixture = make_ring (20);

  graph_fixture_add (fixture, 3, 3, 1);
  graph_fixture_add (fixture, 0, 1, 0.5);
  graph_fixture_add (fixture, 4, 9, 0);
  graph_fixture_add (fixture, 5, 9, -0.7);
  graph_fixture_add (fixture, 6, 9, NAN);
  graph_fixture_add (fixture, 7, 9, INFINITY);
  graph_fixture_add (fixture, 21, 22, 0.3);
  graph_fixture_close (fixture, 26);
  return fixture;
}

/* Every layout takes every graph, is normal, the same for the same seed, and says what it did with the sign. */
static void
test_all (void)
{
  g_autoptr (GraphFixture) fixture = make_odd ();

  for (gsize i = 0; i < G_N_ELEMENTS (all_layouts); i++)
    for (guint n_dimensions = 2; n_dimensions <= (is_in_space (all_layouts[i]) ? 3 : 2); n_dimensions++)
      {
        g_autofree float *positions = lay_out (&fixture->graph, all_layouts[i], n_dimensions, 4);
        g_autofree float *again = lay_out (&fixture->graph, all_layouts[i], n_dimensions, 4);

        check_normal (&fixture->graph, positions, n_dimensions);
        g_assert_cmpmem (positions, 26 * n_dimensions * sizeof (float), again, 26 * n_dimensions * sizeof (float));
      }
}

static void
test_sign (void)
{
  g_autoptr (GraphFixture) fixture = make_odd ();
  g_autofree float *positions = g_new (float, 3 * 26);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (all_layouts); i++)
    {
      EngramGraphLayoutOptions options = { .layout = all_layouts[i], .n_dimensions = 2 };
      gboolean weightless =
        all_layouts[i] == ENGRAM_GRAPH_LAYOUT_LAYERED || all_layouts[i] == ENGRAM_GRAPH_LAYOUT_RADIAL;
      EngramGraphSign sign;

      g_assert_true (engram_graph_lay_out (&fixture->graph, &options, NULL, positions, &sign, &error));
      g_assert_no_error (error);
      g_assert_cmpint (sign, ==, weightless ? ENGRAM_GRAPH_SIGN_KEPT : ENGRAM_GRAPH_SIGN_DROPPED);
    }
}

/* No node, and some nodes without an edge. */
static void
test_small (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (all_layouts); i++)
    for (guint32 n_nodes = 0; n_nodes < 4; n_nodes++)
      {
        EngramGraph *graph = graph_fixture_close (fixture, n_nodes);
        g_autofree float *positions = lay_out (graph, all_layouts[i], 2, 0);

        for (guint j = 0; j < 2 * n_nodes; j++)
          g_assert_true (isfinite (positions[j]));
        if (n_nodes == 1)
          g_assert_cmpfloat_with_epsilon (hypot (positions[0], positions[1]), 0, 1e-6);
      }
}

/* The rule of issues: communities can be seen. */
typedef struct {
  const EngramGraph *graph;
  guint              n_dimensions;
  guint              n_pictures;
  double             first_share;
  double             last_fraction;
} Seen;

static void
picture_cb (const float *positions,
            gpointer     user_data)
{
  Seen *seen = user_data;

  check_normal (seen->graph, positions, seen->n_dimensions);
  if (seen->n_pictures++ == 0)
    seen->first_share = graph_fixture_judge (seen->graph, positions, seen->n_dimensions);
}

static void
progress_cb (const char *phase,
             double      fraction,
             gpointer    user_data)
{
  Seen *seen = user_data;

  g_assert_true (g_utf8_validate (phase, -1, NULL));
  g_assert_cmpfloat (fraction, <=, 1);
  if (fraction < 0)
    return;
  g_assert_cmpfloat (fraction, >=, seen->last_fraction);
  seen->last_fraction = fraction;
}

static void
test_planted (gconstpointer user_data)
{
  guint n_dimensions = GPOINTER_TO_UINT (user_data);
  g_autoptr (GraphFixture) fixture = graph_fixture_planted (1000, 7);
  g_autofree float *positions = g_new (float, 1000 * n_dimensions);
  Seen seen = { .graph = &fixture->graph, .n_dimensions = n_dimensions };
  EngramGraphCall call = { .picture = picture_cb, .progress = progress_cb, .user_data = &seen };
  EngramGraphLayoutOptions options = { .layout = ENGRAM_GRAPH_LAYOUT_FORCE, .n_dimensions = n_dimensions, .seed = 2 };
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_graph_lay_out (&fixture->graph, &options, &call, positions, NULL, &error));
  g_assert_no_error (error);
  check_normal (&fixture->graph, positions, n_dimensions);
  g_assert_cmpfloat (graph_fixture_judge (&fixture->graph, positions, n_dimensions), >=, 0.9);
  g_assert_cmpuint (seen.n_pictures, >=, 1);
  g_assert_cmpfloat (seen.first_share, >=, 0.9);
}

/* A lattice has no communities, and lies flat: neighbours are near, opposite corners far. */
static void
test_lattice (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autofree float *positions = NULL;
  const guint32 width = 20;
  double longest = 0;

  for (guint32 y = 0; y < width; y++)
    for (guint32 x = 0; x < width; x++)
      {
        if (x + 1 < width)
          graph_fixture_add (fixture, y * width + x, y * width + x + 1, 1);
        if (y + 1 < width)
          graph_fixture_add (fixture, y * width + x, (y + 1) * width + x, 1);
      }
  graph_fixture_close (fixture, width * width);
  positions = lay_out (&fixture->graph, ENGRAM_GRAPH_LAYOUT_FORCE, 2, 1);
  for (guint32 i = 0; i < fixture->graph.n_edges; i++)
    longest = MAX (longest, get_distance (positions, 2, fixture->graph.sources[i], fixture->graph.targets[i]));
  g_assert_cmpfloat (longest, <, 3);
  g_assert_cmpfloat (get_distance (positions, 2, 0, width * width - 1), >, 0.7 * width);
  g_assert_cmpfloat (get_distance (positions, 2, width - 1, width * (width - 1)), >, 0.7 * width);
}

/* A tree: a node is nearer to its parent than half of all. A star: the middle is in the middle. */
static void
test_tree_and_star (void)
{
  g_autoptr (GraphFixture) tree = graph_fixture_new ();
  g_autoptr (GraphFixture) star = graph_fixture_new ();
  g_autofree float *positions = NULL;
  double radius = 0;
  double longest = 0;

  for (guint32 i = 1; i < 200; i++)
    {
      graph_fixture_add (tree, (i - 1) / 3, i, 1);
      graph_fixture_add (star, 0, i, 1);
    }
  positions = lay_out (graph_fixture_close (tree, 200), ENGRAM_GRAPH_LAYOUT_FORCE, 2, 1);
  for (guint32 i = 0; i < 200; i++)
    radius = MAX (radius, hypot (positions[2 * i], positions[2 * i + 1]));
  for (guint32 i = 1; i < 200; i++)
    longest = MAX (longest, get_distance (positions, 2, i, (i - 1) / 3));
  g_assert_cmpfloat (longest, <, radius);
  g_assert_cmpfloat (radius, >, 3);
  g_free (positions);
  positions = lay_out (graph_fixture_close (star, 200), ENGRAM_GRAPH_LAYOUT_FORCE, 2, 1);
  g_assert_cmpfloat (hypot (positions[0], positions[1]), <, 0.2);
}

/* Parts that nothing joins do not lie on each other. */
static void
test_parts (gconstpointer user_data)
{
  guint n_dimensions = GPOINTER_TO_UINT (user_data);
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autofree float *positions = NULL;

  /* 12 rings of 10, and 12 nodes alone. */
  for (guint32 i = 0; i < 120; i++)
    graph_fixture_add (fixture, i, i % 10 == 9 ? i - 9 : i + 1, 1);
  positions = lay_out (graph_fixture_close (fixture, 132), ENGRAM_GRAPH_LAYOUT_FORCE, n_dimensions, 1);
  for (guint32 i = 0; i < 132; i++)
    for (guint32 j = 0; j < i; j++)
      if (i >= 120 || i / 10 != j / 10)
        g_assert_cmpfloat (get_distance (positions, n_dimensions, i, j), >, 1);
  /* Nor are they strewn about. */
  for (guint32 i = 0; i < 132 * n_dimensions; i++)
    g_assert_cmpfloat (fabs (positions[i]), <, 25);
}

static void
start_at (const EngramGraph *graph,
          const float       *start,
          float             *positions)
{
  EngramGraphLayoutOptions options = { .layout = ENGRAM_GRAPH_LAYOUT_FORCE, .n_dimensions = 2, .start = start };
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_graph_lay_out (graph, &options, NULL, positions, NULL, &error));
  g_assert_no_error (error);
}

/* Nodes that have a place move little; what has none at all finds one. */
static void
test_start (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_planted (300, 7);
  g_autofree float *first = lay_out (&fixture->graph, ENGRAM_GRAPH_LAYOUT_FORCE, 2, 1);
  g_autofree float *second = g_new (float, 600);
  double moved = 0;
  double size = 0;

  start_at (&fixture->graph, first, second);
  check_normal (&fixture->graph, second, 2);
  for (guint32 i = 0; i < 300; i++)
    {
      moved += hypot (first[2 * i] - second[2 * i], first[2 * i + 1] - second[2 * i + 1]);
      size += hypot (first[2 * i], first[2 * i + 1]);
    }
  g_assert_cmpfloat (moved, <, 0.2 * size);

  for (guint i = 0; i < 600; i++)
    first[i] = i % 7 == 0 ? NAN : 3;
  start_at (&fixture->graph, first, second);
  check_normal (&fixture->graph, second, 2);
  for (guint i = 0; i < 600; i++)
    first[i] = 3;
  start_at (&fixture->graph, first, second);
  check_normal (&fixture->graph, second, 2);
  g_assert_cmpfloat (graph_fixture_judge (&fixture->graph, second, 2), >=, 0.8);
}

/* Of a row of nodes: each as far from the next. */
static void
test_kamada_kawai (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autofree float *positions = NULL;

  for (guint32 i = 0; i < 4; i++)
    graph_fixture_add (fixture, i, i + 1, 0.5);
  positions = lay_out (graph_fixture_close (fixture, 5), ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI, 2, 1);
  g_assert_cmpfloat_with_epsilon (get_distance (positions, 2, 0, 4), 4, 0.05);
  g_assert_cmpfloat_with_epsilon (get_distance (positions, 2, 1, 2), 1, 0.05);
}

static void
test_limits (void)
{
  static const struct {
    EngramGraphLayout layout;
    guint32           limit;
  } limits[] = {
    { ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI, ENGRAM_GRAPH_KAMADA_KAWAI_LIMIT },
    { ENGRAM_GRAPH_LAYOUT_DRL, ENGRAM_GRAPH_DRL_LIMIT },
    { ENGRAM_GRAPH_LAYOUT_LAYERED, ENGRAM_GRAPH_LAYERED_LIMIT },
    { ENGRAM_GRAPH_LAYOUT_UMAP, ENGRAM_GRAPH_UMAP_LIMIT },
  };
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      EngramGraphLayoutOptions options = { .layout = limits[i].layout, .n_dimensions = 2 };
      g_autofree float *positions = g_new (float, 2 * limits[i].limit + 2);
      g_autofree char *number = g_strdup_printf ("%u", limits[i].limit);
      g_autoptr (GError) error = NULL;

      graph_fixture_close (fixture, limits[i].limit + 1);
      g_assert_false (engram_graph_lay_out (&fixture->graph, &options, NULL, positions, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, number));
    }
}

/* Edges lead from layer to layer, the one that closes a circle excepted. */
static void
test_layered (void)
{
  static const guint32 sources[] = { 0, 0, 1, 2, 3, 4, 5 };
  static const guint32 targets[] = { 1, 2, 3, 3, 4, 5, 0 };
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autofree float *positions = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    graph_fixture_add (fixture, sources[i], targets[i], 1);
  positions = lay_out (graph_fixture_close (fixture, 6), ENGRAM_GRAPH_LAYOUT_LAYERED, 2, 1);
  for (gsize i = 0; i < 6; i++)
    g_assert_cmpfloat (positions[2 * targets[i] + 1], >, positions[2 * sources[i] + 1]);
  g_assert_cmpfloat_with_epsilon (positions[3], positions[5], 1e-5);
}

static double
get_radius (const float *positions,
            guint32      centre,
            guint32      node)
{
  return get_distance (positions, 2, centre, node);
}

/* Steps from the centre, either way, are rings; what is not reached is outside. */
static void
test_radial (void)
{
  static const guint32 sources[] = { 1, 1, 3, 4, 4, 0 };
  static const guint32 targets[] = { 0, 2, 1, 2, 5, 2 };
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  EngramGraphLayoutOptions options = { .layout = ENGRAM_GRAPH_LAYOUT_RADIAL, .n_dimensions = 2, .centre = 1 };
  g_autoptr (GError) error = NULL;
  float positions[16];
  double ring;

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    graph_fixture_add (fixture, sources[i], targets[i], 1);
  graph_fixture_close (fixture, 8);
  g_assert_true (engram_graph_lay_out (&fixture->graph, &options, NULL, positions, NULL, &error));
  g_assert_no_error (error);
  ring = get_radius (positions, 1, 0);
  g_assert_cmpfloat_with_epsilon (get_radius (positions, 1, 2), ring, 1e-5);
  g_assert_cmpfloat_with_epsilon (get_radius (positions, 1, 3), ring, 1e-5);
  g_assert_cmpfloat_with_epsilon (get_radius (positions, 1, 4), 2 * ring, 1e-5);
  g_assert_cmpfloat_with_epsilon (get_radius (positions, 1, 5), 3 * ring, 1e-5);
  g_assert_cmpfloat_with_epsilon (get_radius (positions, 1, 6), 4 * ring, 1e-5);
  g_assert_cmpfloat_with_epsilon (get_radius (positions, 1, 7), 4 * ring, 1e-5);
  g_assert_cmpfloat (get_distance (positions, 2, 6, 7), >, ring);
  options.centre = 8;
  g_assert_false (engram_graph_lay_out (&fixture->graph, &options, NULL, positions, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
}

/* All as far from the middle, and those of a community side by side. */
static void
test_circle (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_planted (500, 3);
  g_autofree float *positions = lay_out (&fixture->graph, ENGRAM_GRAPH_LAYOUT_CIRCLE, 2, 1);
  double radius = hypot (positions[0], positions[1]);

  for (guint32 i = 0; i < 500; i++)
    g_assert_cmpfloat_with_epsilon (hypot (positions[2 * i], positions[2 * i + 1]), radius, 1e-3);
  g_assert_cmpfloat (graph_fixture_judge (&fixture->graph, positions, 2), >=, 0.9);
}

/* Two groups whose nodes are near each other, and far from those of the other group. */
static void
test_umap (gconstpointer user_data)
{
  guint n_dimensions = GPOINTER_TO_UINT (user_data);
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree float *positions = NULL;
  double within = 0;
  double between = 0;

  for (guint32 i = 0; i < 60; i++)
    for (guint j = 0; j < 8; j++)
      graph_fixture_add (fixture, i, i / 30 * 30 + (i + 1 + g_rand_int (random) % 29) % 30,
                         g_rand_double_range (random, 0.1, 0.3));
  graph_fixture_add (fixture, 0, 30, 2);
  positions = lay_out (graph_fixture_close (fixture, 60), ENGRAM_GRAPH_LAYOUT_UMAP, n_dimensions, 1);
  for (guint32 i = 0; i < 30; i++)
    for (guint32 j = 0; j < 30; j++)
      {
        within += get_distance (positions, n_dimensions, i, j);
        between += get_distance (positions, n_dimensions, i, 30 + j);
      }
  g_assert_cmpfloat (between, >, 1.5 * within);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-layouts/all", test_all);
  g_test_add_func ("/graph-layouts/sign", test_sign);
  g_test_add_func ("/graph-layouts/small", test_small);
  g_test_add_data_func ("/graph-layouts/planted", GUINT_TO_POINTER (2), test_planted);
  g_test_add_data_func ("/graph-layouts/planted-in-space", GUINT_TO_POINTER (3), test_planted);
  g_test_add_func ("/graph-layouts/lattice", test_lattice);
  g_test_add_func ("/graph-layouts/tree-and-star", test_tree_and_star);
  g_test_add_data_func ("/graph-layouts/parts", GUINT_TO_POINTER (2), test_parts);
  g_test_add_data_func ("/graph-layouts/parts-in-space", GUINT_TO_POINTER (3), test_parts);
  g_test_add_func ("/graph-layouts/start", test_start);
  g_test_add_func ("/graph-layouts/kamada-kawai", test_kamada_kawai);
  g_test_add_func ("/graph-layouts/limits", test_limits);
  g_test_add_func ("/graph-layouts/layered", test_layered);
  g_test_add_func ("/graph-layouts/radial", test_radial);
  g_test_add_func ("/graph-layouts/circle", test_circle);
  g_test_add_data_func ("/graph-layouts/umap", GUINT_TO_POINTER (2), test_umap);
  g_test_add_data_func ("/graph-layouts/umap-in-space", GUINT_TO_POINTER (3), test_umap);
  return g_test_run ();
}
