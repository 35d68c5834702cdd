/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph/igraph.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "graph-support.h"
#include "processor-time.h"

/* Prints how long the layouts and analyses of engram-graph take, the way to it and back included, and igraph alone.
 * Times are of the processor where nothing else is said: of the helper while it runs, of all that ended afterwards. */

#define GOOD_SHARE 0.9

typedef struct {
  const EngramGraph *graph;
  guint              n_dimensions;
  clockid_t          clock;        /* of the helper */
  gboolean           has_clock;
  gint64             began;
  double             first;        /* seconds until the first picture, or negative */
  double             first_waited;
  double             first_share;
  double             good;         /* until the first that is good enough */
} Watch;

static double
get_seconds (clockid_t clock)
{
  struct timespec time = { 0 };

  clock_gettime (clock, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

/* Of the largest that has ended so far. */
static double
get_ended_megabytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss / 1024.0;
}

/* The only process that this one has started is the helper. */
static void
find_clock (Watch *watch)
{
  g_autofree char *children = NULL;

  if (!watch->has_clock && g_file_get_contents ("/proc/thread-self/children", &children, NULL, NULL))
    watch->has_clock = clock_getcpuclockid (atoi (children), &watch->clock) == 0;
}

static void
picture_cb (const float *positions,
            gpointer     user_data)
{
  Watch *watch = user_data;
  double seconds;
  double share;

  find_clock (watch);
  /* Judging takes longer than making the next picture. */
  if (watch->good >= 0)
    return;
  seconds = watch->has_clock ? get_seconds (watch->clock) : -1;
  share = graph_fixture_judge (watch->graph, positions, watch->n_dimensions);
  if (watch->first < 0)
    {
      watch->first = seconds;
      watch->first_waited = (g_get_monotonic_time () - watch->began) / 1e6;
      watch->first_share = share;
    }
  if (share >= GOOD_SHARE)
    watch->good = seconds;
}

static void
measure_layout_of (const EngramGraph *graph,
                   guint              n_dimensions,
                   EngramGraphLayout  layout,
                   const char        *name)
{
  g_autofree float *positions = g_new (float, (gsize) graph->n_nodes * n_dimensions);
  g_autoptr (GError) error = NULL;
  Watch watch = { .graph = graph, .n_dimensions = n_dimensions, .first = -1, .good = -1,
                  .began = g_get_monotonic_time () };
  EngramGraphCall call = { .picture = picture_cb, .user_data = &watch };
  EngramGraphLayoutOptions options = { .layout = layout, .n_dimensions = n_dimensions, .seed = 1 };
  double before = processor_time_get_children ();
  double seconds;
  double share;

  if (!engram_graph_lay_out (graph, &options, &call, positions, NULL, &error))
    g_error ("%s", error->message);
  seconds = processor_time_get_children () - before;
  share = graph_fixture_judge (graph, positions, n_dimensions);
  g_print ("%-14s %6u nodes, %7u edges, %uD: ", name, graph->n_nodes, graph->n_edges, n_dimensions);
  if (watch.first >= 0)
    g_print ("first picture %.2f s (%.2f s waited, share %.3f), 0.9 after %.2f s, ", watch.first, watch.first_waited,
             watch.first_share, watch.good >= 0 ? watch.good : share >= GOOD_SHARE ? seconds : -1);
  g_print ("all %.2f s, share %.3f, %.0f MB\n", seconds, share, get_ended_megabytes ());
}

static void
measure_layout (guint32           n_nodes,
                guint             n_dimensions,
                EngramGraphLayout layout,
                const char       *name)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_planted (n_nodes, 1);

  measure_layout_of (&fixture->graph, n_dimensions, layout, name);
}

typedef struct {
  double waited;
  double ended;
} Start;

static Start
start (void)
{
  return (Start) { g_get_monotonic_time () / 1e6, processor_time_get_children () };
}

static void
tell (const char *name,
      Start       before,
      gboolean    done,
      GError     *error)
{
  if (!done)
    g_error ("%s", error->message);
  g_print ("%s: %.2f s, %.2f s waited\n", name, processor_time_get_children () - before.ended,
           g_get_monotonic_time () / 1e6 - before.waited);
}

/* Communities of 100 again, and ten edges a node. */
static GraphFixture *
make_large (guint32 n_nodes)
{
  GraphFixture *fixture = graph_fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint32 i = 0; i < 10 * n_nodes; i++)
    {
      guint32 source = g_rand_int (random) % n_nodes;
      gboolean within = g_rand_double (random) < 0.8;

      graph_fixture_add (fixture, source, within ? source / 100 * 100 + g_rand_int (random) % 100
                                                 : g_rand_int (random) % n_nodes, g_rand_double (random));
    }
  graph_fixture_close (fixture, n_nodes);
  return fixture;
}

/* As large as the largest networks that the window is made for: every layout that takes so many nodes. */
static void
measure_large_layouts (guint32 n_nodes)
{
  g_autoptr (GraphFixture) fixture = make_large (n_nodes);

  measure_layout_of (&fixture->graph, 2, ENGRAM_GRAPH_LAYOUT_CIRCLE, "circle");
  measure_layout_of (&fixture->graph, 2, ENGRAM_GRAPH_LAYOUT_RADIAL, "radial");
  measure_layout_of (&fixture->graph, 2, ENGRAM_GRAPH_LAYOUT_FORCE, "force");
}

static void
make_igraph (const EngramGraph *graph,
             gboolean           directed,
             igraph_t          *made,
             igraph_vector_t   *weights)
{
  igraph_vector_int_t ends;

  igraph_vector_int_init (&ends, 2 * graph->n_edges);
  igraph_vector_init (weights, graph->n_edges);
  for (gsize i = 0; i < graph->n_edges; i++)
    {
      VECTOR (ends)[2 * i] = graph->sources[i];
      VECTOR (ends)[2 * i + 1] = graph->targets[i];
      VECTOR (*weights)[i] = graph->weights[i];
    }
  igraph_create (made, &ends, graph->n_nodes, directed);
  igraph_vector_int_destroy (&ends);
}

static void
measure_igraph_analyses (const EngramGraph *graph)
{
  igraph_t made;
  igraph_vector_t weights, masses, ranks;
  igraph_vector_int_t membership;
  igraph_integer_t n_communities;
  double began;

  make_igraph (graph, FALSE, &made, &weights);
  igraph_vector_init (&masses, 0);
  igraph_vector_int_init (&membership, 0);
  igraph_strength (&made, &masses, igraph_vss_all (), IGRAPH_ALL, TRUE, &weights);
  began = get_seconds (CLOCK_PROCESS_CPUTIME_ID);
  igraph_community_leiden (&made, &weights, &masses, 0.5 / igraph_vector_sum (&weights), 0.01, FALSE, 2, &membership,
                           &n_communities, NULL);
  g_print ("igraph's Leiden alone: %.2f s\n", get_seconds (CLOCK_PROCESS_CPUTIME_ID) - began);
  igraph_destroy (&made);
  igraph_vector_destroy (&weights);
  make_igraph (graph, TRUE, &made, &weights);
  igraph_vector_init (&ranks, 0);
  began = get_seconds (CLOCK_PROCESS_CPUTIME_ID);
  igraph_pagerank (&made, IGRAPH_PAGERANK_ALGO_PRPACK, &ranks, NULL, igraph_vss_all (), TRUE, 0.85, &weights, NULL);
  g_print ("igraph's PageRank alone: %.2f s\n", get_seconds (CLOCK_PROCESS_CPUTIME_ID) - began);
  igraph_destroy (&made);
  igraph_vector_destroy (&weights);
  igraph_vector_destroy (&masses);
  igraph_vector_destroy (&ranks);
  igraph_vector_int_destroy (&membership);
}

static void
measure_analyses (guint32 n_nodes)
{
  g_autoptr (GraphFixture) fixture = make_large (n_nodes);
  const EngramGraph *graph = &fixture->graph;
  g_autofree guint32 *groups = g_new (guint32, n_nodes);
  g_autofree double *ranks = g_new (double, n_nodes);
  g_autoptr (GError) error = NULL;
  guint32 count;
  Start before;

  g_print ("%u nodes, %u edges:\n", n_nodes, graph->n_edges);
  before = start ();
  tell ("Leiden", before, engram_graph_communities (graph, 1, NULL, groups, &count, NULL, NULL, &error), error);
  before = start ();
  tell ("components", before, engram_graph_components (graph, NULL, groups, &count, &error), error);
  before = start ();
  tell ("PageRank", before, engram_graph_page_rank (graph, NULL, ranks, NULL, &error), error);
  measure_igraph_analyses (graph);
  before = start ();
  tell ("betweenness", before, engram_graph_betweenness (graph, 1, NULL, ranks, &count, NULL, &error), error);
  g_print ("betweenness was sampled from %u nodes\n", count);
}

/* igraph's own force layout, within this process. */
static void
measure_igraph (guint32 n_nodes)
{
  g_autoptr (GraphFixture) fixture = graph_fixture_planted (n_nodes, 1);
  g_autofree float *positions = g_new (float, 2 * (gsize) n_nodes);
  igraph_vector_t weights;
  igraph_matrix_t places;
  igraph_t graph;
  double began;

  make_igraph (&fixture->graph, FALSE, &graph, &weights);
  igraph_matrix_init (&places, 0, 0);
  began = get_seconds (CLOCK_PROCESS_CPUTIME_ID);
  igraph_layout_fruchterman_reingold (&graph, &places, FALSE, 500, 10, IGRAPH_LAYOUT_GRID, NULL, NULL, NULL,
                                      NULL, NULL);
  for (gsize i = 0; i < n_nodes; i++)
    for (guint d = 0; d < 2; d++)
      positions[2 * i + d] = MATRIX (places, i, d);
  g_print ("igraph's grid Fruchterman-Reingold, %u nodes 2D: %.2f s, share %.3f\n", n_nodes,
           get_seconds (CLOCK_PROCESS_CPUTIME_ID) - began, graph_fixture_judge (&fixture->graph, positions, 2));
  igraph_matrix_destroy (&places);
  igraph_destroy (&graph);
  igraph_vector_destroy (&weights);
}

int
main (int    argc,
      char **argv)
{
  static const guint32 sizes[] = { 1000, 10000 };

  setlocale (LC_NUMERIC, "C");
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      measure_layout (sizes[i], 2, ENGRAM_GRAPH_LAYOUT_FORCE, "force");
      measure_layout (sizes[i], 3, ENGRAM_GRAPH_LAYOUT_FORCE, "force");
      measure_igraph (sizes[i]);
    }
  measure_layout (1000, 2, ENGRAM_GRAPH_LAYOUT_DRL, "igraph's DrL");
  if (argc > 1 && g_str_equal (argv[1], "--long"))
    {
      measure_layout (10000, 2, ENGRAM_GRAPH_LAYOUT_DRL, "igraph's DrL");
    }
  if (argc > 1 && (g_str_equal (argv[1], "--long") || g_str_equal (argv[1], "--large")))
    measure_large_layouts (100000);
  measure_analyses (100000);
  return 0;
}
