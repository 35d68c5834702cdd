/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "graph-support.h"

#define EPSILON 1e-9

/* Two groups of five, each joined within, and one edge between them. */
static GraphFixture *
make_barbell (void)
{
  GraphFixture *fixture = graph_fixture_new ();

  for (guint32 group = 0; group < 2; group++)
    for (guint32 i = 0; i < 5; i++)
      for (guint32 j = 0; j < i; j++)
        graph_fixture_add (fixture, 5 * group + i, 5 * group + j, group == 0 ? 0.5 : -0.5);
  graph_fixture_add (fixture, 0, 5, 0.5);
  graph_fixture_close (fixture, 10);
  return fixture;
}

static void
test_communities (void)
{
  g_autoptr (GraphFixture) fixture = make_barbell ();
  g_autoptr (GError) error = NULL;
  guint32 communities[12];
  guint32 n_communities;
  double modularity;
  EngramGraphSign sign;

  g_assert_true (engram_graph_communities (&fixture->graph, 1, NULL, communities, &n_communities, &modularity, &sign,
                                           &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_communities, ==, 2);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (communities[i], ==, communities[i / 5 * 5]);
  g_assert_cmpuint (communities[0], !=, communities[5]);
  g_assert_cmpfloat_with_epsilon (modularity, 20 / 21.0 - 0.5, 1e-6);
  g_assert_cmpint (sign, ==, ENGRAM_GRAPH_SIGN_DROPPED);

  /* Two more nodes make the second group the larger one. */
  for (guint32 i = 10; i < 12; i++)
    for (guint32 j = 5; j < i; j++)
      graph_fixture_add (fixture, i, j, 0.5);
  graph_fixture_close (fixture, 12);
  g_assert_true (engram_graph_communities (&fixture->graph, 1, NULL, communities, &n_communities, NULL, NULL, &error));
  g_assert_cmpuint (n_communities, ==, 2);
  g_assert_cmpuint (communities[11], ==, 0);
  g_assert_cmpuint (communities[0], ==, 1);
}

static void
test_components (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GError) error = NULL;
  const guint32 expected[] = { 1, 1, 0, 0, 0, 2 };
  guint32 components[6];
  guint32 n_components;

  graph_fixture_add (fixture, 0, 1, 1);
  graph_fixture_add (fixture, 2, 3, -1);
  /* The direction does not matter, and neither does the weight. */
  graph_fixture_add (fixture, 4, 3, 0);
  graph_fixture_add (fixture, 5, 5, 1);
  g_assert_true (engram_graph_components (graph_fixture_close (fixture, 6), NULL, components, &n_components, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_components, ==, 3);
  g_assert_cmpmem (components, sizeof components, expected, sizeof expected);
}

/* Nothing, and one node. */
static void
test_small (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GError) error = NULL;

  for (guint32 n_nodes = 0; n_nodes < 3; n_nodes++)
    {
      guint32 groups[2] = { 9, 9 };
      double numbers[2] = { 9, 9 };
      guint32 count;
      EngramGraph *graph = graph_fixture_close (fixture, n_nodes);

      g_assert_true (engram_graph_communities (graph, 1, NULL, groups, &count, NULL, NULL, &error));
      g_assert_cmpuint (count, ==, n_nodes);
      g_assert_true (engram_graph_components (graph, NULL, groups, &count, &error));
      g_assert_cmpuint (count, ==, n_nodes);
      g_assert_true (engram_graph_page_rank (graph, NULL, numbers, NULL, &error));
      for (guint32 i = 0; i < n_nodes; i++)
        g_assert_cmpfloat_with_epsilon (numbers[i], 1.0 / n_nodes, EPSILON);
      g_assert_true (engram_graph_betweenness (graph, 1, NULL, numbers, &count, NULL, &error));
      g_assert_cmpuint (count, ==, n_nodes);
      for (guint32 i = 0; i < n_nodes; i++)
        g_assert_cmpfloat (numbers[i], ==, 0);
      g_assert_no_error (error);
    }
}

/* One node shares its rank between two by the weights; inhibiting edges give nothing. */
static void
test_page_rank (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GError) error = NULL;
  double ranks[4];
  double sum = 0;
  EngramGraphSign sign;

  graph_fixture_add (fixture, 0, 1, 0.75);
  graph_fixture_add (fixture, 0, 2, 0.25);
  graph_fixture_add (fixture, 1, 0, 1);
  graph_fixture_add (fixture, 2, 0, 1);
  graph_fixture_add (fixture, 3, 0, 1);
  g_assert_true (engram_graph_page_rank (graph_fixture_close (fixture, 4), NULL, ranks, &sign, &error));
  g_assert_cmpint (sign, ==, ENGRAM_GRAPH_SIGN_KEPT);
  for (guint i = 0; i < 4; i++)
    sum += ranks[i];
  g_assert_cmpfloat_with_epsilon (sum, 1, EPSILON);
  /* Nothing leads to it: what all nodes have, (1 - 0.85) / 4. */
  g_assert_cmpfloat_with_epsilon (ranks[3], 0.0375, 1e-6);
  g_assert_cmpfloat_with_epsilon (ranks[1], 0.0375 + 0.85 * 0.75 * ranks[0], 1e-6);
  g_assert_cmpfloat_with_epsilon (ranks[2], 0.0375 + 0.85 * 0.25 * ranks[0], 1e-6);

  graph_fixture_add (fixture, 0, 3, -1);
  g_assert_true (engram_graph_page_rank (graph_fixture_close (fixture, 4), NULL, ranks, &sign, &error));
  g_assert_cmpint (sign, ==, ENGRAM_GRAPH_SIGN_LEFT_OUT);
  g_assert_cmpfloat_with_epsilon (ranks[3], 0.0375, 1e-6);
  g_assert_no_error (error);
}

static void
test_betweenness (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GError) error = NULL;
  const double expected[] = { 0, 2, 2, 0, 0 };
  double betweenness[5];
  guint32 n_sampled;
  EngramGraphSign sign;

  for (guint32 i = 0; i < 3; i++)
    graph_fixture_add (fixture, i, i + 1, i == 1 ? -0.9 : 0.9);
  /* Shorter by steps, but weak; and one that leads nowhere. */
  graph_fixture_add (fixture, 0, 3, 0.1);
  graph_fixture_add (fixture, 0, 4, 0);
  graph_fixture_add (fixture, 4, 3, 1);
  g_assert_true (engram_graph_betweenness (graph_fixture_close (fixture, 5), 1, NULL, betweenness, &n_sampled, &sign,
                                           &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_sampled, ==, 5);
  g_assert_cmpint (sign, ==, ENGRAM_GRAPH_SIGN_DROPPED);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (betweenness[i], expected[i], EPSILON);
}

/* Through each node of a long path lead the ways from all before it to all behind it. */
static void
test_betweenness_sampled (void)
{
  const guint32 n_nodes = 2 * ENGRAM_GRAPH_BETWEENNESS_LIMIT;
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autofree double *betweenness = g_new (double, n_nodes);
  g_autofree double *again = g_new (double, n_nodes);
  g_autoptr (GError) error = NULL;
  guint32 n_sampled;

  /* In pieces, so that it does not take long. */
  for (guint32 i = 0; i + 1 < n_nodes; i++)
    if (i % 100 != 99)
      graph_fixture_add (fixture, i, i + 1, 1);
  graph_fixture_close (fixture, n_nodes);
  g_assert_true (engram_graph_betweenness (&fixture->graph, 1, NULL, betweenness, &n_sampled, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_sampled, <, n_nodes);
  g_assert_cmpuint (n_sampled, >=, 64);
  for (guint32 place = 20; place < 80; place += 20)
    {
      double sum = 0;

      for (guint32 i = place; i < n_nodes; i += 100)
        sum += betweenness[i];
      g_assert_cmpfloat_with_epsilon (sum / (n_nodes / 100), place * (99 - place), 0.1 * place * (99 - place));
    }
  g_assert_true (engram_graph_betweenness (&fixture->graph, 1, NULL, again, NULL, NULL, &error));
  g_assert_cmpmem (betweenness, n_nodes * sizeof (double), again, n_nodes * sizeof (double));
}

/* The best path by trying all of them, which may not visit a node twice. */
typedef struct {
  const EngramGraph  *graph;
  EngramGraphPathKind kind;
  guint32             to;
  guint32             visited;
  guint               best_steps;
  double              best_product;
} Trial;

static void
try_all (Trial   *trial,
         guint32  at,
         guint    steps,
         double   product)
{
  const EngramGraph *graph = trial->graph;

  if (at == trial->to)
    {
      gboolean fewer = steps < trial->best_steps;
      gboolean stronger = product > trial->best_product * (1 + EPSILON);

      if (trial->kind == ENGRAM_GRAPH_PATH_SHORTEST ? fewer || (steps == trial->best_steps && stronger) : stronger)
        {
          trial->best_steps = steps;
          trial->best_product = product;
        }
      return;
    }
  for (guint32 i = 0; i < graph->n_edges; i++)
    if (graph->sources[i] == at && (trial->visited >> graph->targets[i] & 1) == 0 && graph->weights[i] != 0)
      {
        trial->visited |= 1u << graph->targets[i];
        try_all (trial, graph->targets[i], steps + 1, product * MIN (fabs (graph->weights[i]), 1));
        trial->visited &= ~(1u << graph->targets[i]);
      }
}

static void
compare_with_trial (const EngramGraph   *graph,
                    guint32              from,
                    guint32              to,
                    EngramGraphPathKind  kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) path = engram_graph_path (graph, from, to, kind, NULL, &error);
  Trial trial = { .graph = graph, .kind = kind, .to = to, .visited = 1u << from, .best_steps = G_MAXUINT };
  double product = 1;

  try_all (&trial, from, 0, 1);
  if (trial.best_steps == G_MAXUINT)
    {
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
      g_assert_null (path);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < path->len; i++)
    product *= MIN (fabs (graph->weights[g_array_index (path, guint32, i)]), 1);
  g_assert_cmpfloat_with_epsilon (product, trial.best_product, EPSILON);
  if (kind == ENGRAM_GRAPH_PATH_SHORTEST)
    g_assert_cmpuint (path->len, ==, trial.best_steps);
}

/* Weights of either sign, some 0 and some beyond 1; edges side by side and back to themselves. */
static void
test_paths (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GraphFixture) fixture = graph_fixture_new ();

      for (guint i = 0; i < 14; i++)
        graph_fixture_add (fixture, g_rand_int_range (random, 0, 7), g_rand_int_range (random, 0, 7),
                           g_rand_int_range (random, -12, 13) / 10.0f);
      graph_fixture_close (fixture, 7);
      for (guint32 to = 1; to < 7; to++)
        for (EngramGraphPathKind kind = ENGRAM_GRAPH_PATH_SHORTEST; kind <= ENGRAM_GRAPH_PATH_STRONGEST; kind++)
          compare_with_trial (&fixture->graph, 0, to, kind);
    }
}

static void
test_path_known (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GArray) shortest = NULL;
  g_autoptr (GArray) strongest = NULL;
  g_autoptr (GArray) nowhere = NULL;
  g_autoptr (GError) error = NULL;

  graph_fixture_add (fixture, 0, 3, 0.5);
  graph_fixture_add (fixture, 0, 1, 0.9);
  graph_fixture_add (fixture, 0, 3, -0.6);
  graph_fixture_add (fixture, 1, 2, NAN);
  graph_fixture_add (fixture, 1, 2, -0.9);
  graph_fixture_add (fixture, 2, 3, 0.9);
  graph_fixture_close (fixture, 4);
  shortest = engram_graph_path (&fixture->graph, 0, 3, ENGRAM_GRAPH_PATH_SHORTEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shortest->len, ==, 1);
  g_assert_cmpuint (g_array_index (shortest, guint32, 0), ==, 2);
  strongest = engram_graph_path (&fixture->graph, 0, 3, ENGRAM_GRAPH_PATH_STRONGEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strongest->len, ==, 3);
  g_assert_cmpuint (g_array_index (strongest, guint32, 0), ==, 1);
  g_assert_cmpuint (g_array_index (strongest, guint32, 1), ==, 4);
  g_assert_cmpuint (g_array_index (strongest, guint32, 2), ==, 5);
  nowhere = engram_graph_path (&fixture->graph, 2, 2, ENGRAM_GRAPH_PATH_STRONGEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nowhere->len, ==, 0);
  g_assert_null (engram_graph_path (&fixture->graph, 3, 0, ENGRAM_GRAPH_PATH_SHORTEST, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
}

/* One of many nodes in a row, where all weights are 1: the fewest steps among equals. */
static void
test_path_equal (void)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_new ();
  g_autoptr (GArray) path = NULL;
  g_autoptr (GError) error = NULL;

  for (guint32 i = 0; i < 1000; i++)
    graph_fixture_add (fixture, i, i + 1, 1);
  graph_fixture_add (fixture, 10, 990, -1);
  path = engram_graph_path (graph_fixture_close (fixture, 1001), 0, 1000, ENGRAM_GRAPH_PATH_STRONGEST, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (path->len, ==, 21);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-analyses/communities", test_communities);
  g_test_add_func ("/graph-analyses/components", test_components);
  g_test_add_func ("/graph-analyses/small", test_small);
  g_test_add_func ("/graph-analyses/page-rank", test_page_rank);
  g_test_add_func ("/graph-analyses/betweenness", test_betweenness);
  g_test_add_func ("/graph-analyses/betweenness-sampled", test_betweenness_sampled);
  g_test_add_func ("/graph-analyses/paths", test_paths);
  g_test_add_func ("/graph-analyses/path-known", test_path_known);
  g_test_add_func ("/graph-analyses/path-equal", test_path_equal);
  return g_test_run ();
}
