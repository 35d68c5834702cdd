/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-support.h"

#include <math.h>

#define COMMUNITY_SIZE 100
#define EDGES_PER_NODE 5
#define SHARE_WITHIN 0.8
#define N_NEAREST 10
#define MAX_JUDGED 1000

GraphFixture *
graph_fixture_new (void)
{
  GraphFixture *self = g_new0 (GraphFixture, 1);

  self->sources = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->targets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->weights = g_array_new (FALSE, FALSE, sizeof (float));
  return self;
}

void
graph_fixture_free (GraphFixture *self)
{
  g_array_unref (self->sources);
  g_array_unref (self->targets);
  g_array_unref (self->weights);
  g_free (self);
}

void
graph_fixture_add (GraphFixture *self,
                   guint32       source,
                   guint32       target,
                   float         weight)
{
  g_array_append_val (self->sources, source);
  g_array_append_val (self->targets, target);
  g_array_append_val (self->weights, weight);
}

EngramGraph *
graph_fixture_close (GraphFixture *self,
                     guint32       n_nodes)
{
  self->graph = (EngramGraph) {
    .n_nodes = n_nodes,
    .n_edges = self->sources->len,
    .sources = (const guint32 *) self->sources->data,
    .targets = (const guint32 *) self->targets->data,
    .weights = (const float *) self->weights->data,
  };
  return &self->graph;
}

GraphFixture *
graph_fixture_planted (guint32 n_nodes,
                       guint32 seed)
{
  GraphFixture *self = graph_fixture_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint32 i = 0; i < n_nodes * EDGES_PER_NODE; i++)
    {
      guint32 source = g_rand_int (random) % n_nodes;
      guint32 first = source / COMMUNITY_SIZE * COMMUNITY_SIZE;
      gboolean within = g_rand_double (random) < SHARE_WITHIN;
      guint32 target;

      do
        target = within ? first + g_rand_int (random) % COMMUNITY_SIZE : g_rand_int (random) % n_nodes;
      while (target == source || (!within && target / COMMUNITY_SIZE == source / COMMUNITY_SIZE));
      graph_fixture_add (self, source, target, g_rand_double_range (random, 0.2, 1));
    }
  graph_fixture_close (self, n_nodes);
  return self;
}

static double
measure (const float *positions,
         guint        n_dimensions,
         gsize        one,
         gsize        other)
{
  double squared = 0;

  for (guint d = 0; d < n_dimensions; d++)
    {
      double offset = positions[one * n_dimensions + d] - positions[other * n_dimensions + d];

      squared += offset * offset;
    }
  return squared;
}

static guint
count_near (const EngramGraph *graph,
            const float       *positions,
            guint              n_dimensions,
            guint32            node)
{
  double distances[N_NEAREST + 1];
  guint32 nearest[N_NEAREST + 1];
  guint n_nearest = 0;
  guint n_same = 0;

  for (guint32 i = 0; i < graph->n_nodes; i++)
    {
      double distance = measure (positions, n_dimensions, node, i);
      guint at = n_nearest;

      if (i == node || (n_nearest == N_NEAREST && distance >= distances[N_NEAREST - 1]))
        continue;
      for (; at > 0 && distances[at - 1] > distance; at--)
        {
          distances[at] = distances[at - 1];
          nearest[at] = nearest[at - 1];
        }
      distances[at] = distance;
      nearest[at] = i;
      n_nearest = MIN (n_nearest + 1, N_NEAREST);
    }
  for (guint i = 0; i < n_nearest; i++)
    n_same += nearest[i] / COMMUNITY_SIZE == node / COMMUNITY_SIZE;
  return n_same;
}

double
graph_fixture_judge (const EngramGraph *graph,
                     const float       *positions,
                     guint              n_dimensions)
{
  guint32 every = MAX (graph->n_nodes / MAX_JUDGED, 1);
  double sum = 0;
  guint n_judged = 0;

  for (guint32 node = 0; node < graph->n_nodes; node += every, n_judged++)
    sum += count_near (graph, positions, n_dimensions, node) / (double) N_NEAREST;
  return sum / n_judged;
}
