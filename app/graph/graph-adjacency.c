/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-adjacency.h"

#include "graph-fault.h"

static gboolean
allocate (GraphAdjacency *self,
          gsize           n_entries)
{
  self->offsets = g_try_new0 (gsize, (gsize) self->n_nodes + 2);
  self->neighbours = g_try_new (guint32, n_entries + 1);
  self->weights = g_try_new (float, n_entries + 1);
  self->edges = g_try_new (guint32, n_entries + 1);
  return self->offsets != NULL && self->neighbours != NULL && self->weights != NULL && self->edges != NULL;
}

static void
append (GraphAdjacency *self,
        guint32         from,
        guint32         to,
        float           weight,
        guint32         edge)
{
  /* While it is filled, the end of a node's part stands one further than it will. */
  gsize place = self->offsets[from + 1]++;

  self->neighbours[place] = to;
  self->weights[place] = weight;
  self->edges[place] = edge;
}

static void
count (GraphAdjacency *self,
       gsize           n_edges,
       const guint32  *sources,
       const guint32  *targets,
       gboolean        both_ways)
{
  for (gsize i = 0; i < n_edges; i++)
    if (sources[i] != targets[i])
      {
        self->offsets[sources[i] + 2]++;
        if (both_ways)
          self->offsets[targets[i] + 2]++;
      }
  for (gsize i = 2; i < (gsize) self->n_nodes + 2; i++)
    self->offsets[i] += self->offsets[i - 1];
}

GraphAdjacency *
graph_adjacency_new (guint32         n_nodes,
                     gsize           n_edges,
                     const guint32  *sources,
                     const guint32  *targets,
                     const float    *weights,
                     gboolean        both_ways,
                     GError        **error)
{
  g_autoptr (GraphAdjacency) self = g_new0 (GraphAdjacency, 1);

  self->n_nodes = n_nodes;
  if (!allocate (self, both_ways ? 2 * n_edges : n_edges))
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  count (self, n_edges, sources, targets, both_ways);
  for (gsize i = 0; i < n_edges; i++)
    if (sources[i] != targets[i])
      {
        float weight = weights != NULL ? weights[i] : 1;

        append (self, sources[i], targets[i], weight, i);
        if (both_ways)
          append (self, targets[i], sources[i], weight, i);
      }
  return g_steal_pointer (&self);
}

void
graph_adjacency_free (GraphAdjacency *self)
{
  g_free (self->offsets);
  g_free (self->neighbours);
  g_free (self->weights);
  g_free (self->edges);
  g_free (self);
}
