/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-levels.h"

#include <string.h>

#include "graph-fault.h"

/* A graph of so few nodes is laid out without smaller ones. */
#define MIN_NODES 12

/* Joining goes on regardless of communities once it shrinks the graph no further than to this. */
#define MIN_SHRINKING 0.9

#define NO_PARENT G_MAXUINT32

static void
level_free (GraphLevel *level)
{
  g_clear_pointer (&level->adjacency, graph_adjacency_free);
  g_free (level->masses);
  g_free (level->inner);
  g_free (level->communities);
  g_free (level->parents);
  g_free (level);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphLevel, level_free)

/* @adjacency: (transfer full) (nullable): NULL where it could not be made. */
static GraphLevel *
level_new (GraphAdjacency  *adjacency,
           GError         **error)
{
  g_autoptr (GraphLevel) level = NULL;

  if (adjacency == NULL)
    return NULL;
  level = g_new0 (GraphLevel, 1);
  level->adjacency = adjacency;
  level->masses = g_try_new0 (double, adjacency->n_nodes);
  level->inner = g_try_new0 (double, adjacency->n_nodes);
  level->communities = g_try_new0 (guint32, adjacency->n_nodes);
  if (level->masses == NULL || level->inner == NULL || level->communities == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  return g_steal_pointer (&level);
}

/* What is bound by much pushes by much, so that there is room for it. */
static GraphLevel *
level_new_first (GraphAdjacency  *adjacency,
                 const guint32   *communities,
                 GError         **error)
{
  GraphLevel *level = level_new (adjacency, error);

  if (level == NULL)
    return NULL;
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    {
      level->masses[i] = 1;
      for (gsize j = adjacency->offsets[i]; j < adjacency->offsets[i + 1]; j++)
        level->masses[i] += adjacency->weights[j];
    }
  memcpy (level->communities, communities, adjacency->n_nodes * sizeof (guint32));
  return level;
}

/* In an order by chance, since one by number would favour whatever the numbers mean. */
static guint32 *
shuffle (guint32  n,
         GRand   *random)
{
  guint32 *order = g_try_new (guint32, n);

  if (order == NULL)
    return NULL;
  for (guint32 i = 0; i < n; i++)
    {
      guint32 other = i == 0 ? 0 : g_rand_int (random) % (i + 1);

      order[i] = order[other];
      order[other] = i;
    }
  return order;
}

/* The neighbour to which a node is bound most for its mass, among those that are free, or among all. */
static guint32
find_partner (const GraphLevel *level,
              guint32           node,
              gboolean          within,
              gboolean          free_only)
{
  const GraphAdjacency *adjacency = level->adjacency;
  guint32 partner = NO_PARENT;
  double best = -1;

  for (gsize i = adjacency->offsets[node]; i < adjacency->offsets[node + 1]; i++)
    {
      guint32 neighbour = adjacency->neighbours[i];
      double bond = adjacency->weights[i] / level->masses[neighbour];

      if (bond <= best || (within && level->communities[neighbour] != level->communities[node]) ||
          (free_only && level->parents[neighbour] != NO_PARENT))
        continue;
      best = bond;
      partner = neighbour;
    }
  return partner;
}

/* Sets the parents. Each node that is still free is joined with a free neighbour, or goes where its neighbours went: a
 * star becomes one. Returns: how many parents there are. */
static guint32
join (GraphLevel    *level,
      const guint32 *order,
      gboolean       within)
{
  guint32 n_nodes = level->adjacency->n_nodes;
  guint32 n_parents = 0;

  memset (level->parents, 0xff, n_nodes * sizeof (guint32));
  for (guint32 i = 0; i < n_nodes; i++)
    {
      guint32 node = order[i];
      guint32 partner;

      if (level->parents[node] != NO_PARENT)
        continue;
      partner = find_partner (level, node, within, TRUE);
      if (partner != NO_PARENT)
        level->parents[node] = level->parents[partner] = n_parents++;
      else if ((partner = find_partner (level, node, within, FALSE)) != NO_PARENT)
        level->parents[node] = level->parents[partner];
      else
        level->parents[node] = n_parents++;
    }
  return n_parents;
}

/* The edges between parents, those between the same two as one. */
typedef struct {
  guint32 *sources;
  guint32 *targets;
  float   *weights;
  gsize    n_edges;
} JoinedEdges;

static void
joined_edges_clear (JoinedEdges *edges)
{
  g_free (edges->sources);
  g_free (edges->targets);
  g_free (edges->weights);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JoinedEdges, joined_edges_clear)

/* The nodes, those of the same parent together. */
static guint32 *
sort_by_parent (const GraphLevel *level,
                guint32           n_parents)
{
  guint32 n_nodes = level->adjacency->n_nodes;
  g_autofree gsize *starts = g_try_new0 (gsize, (gsize) n_parents + 1);
  guint32 *order = g_try_new (guint32, n_nodes);

  if (starts == NULL || order == NULL)
    {
      g_free (order);
      return NULL;
    }
  for (guint32 i = 0; i < n_nodes; i++)
    starts[level->parents[i] + 1]++;
  for (guint32 i = 1; i <= n_parents; i++)
    starts[i] += starts[i - 1];
  for (guint32 i = 0; i < n_nodes; i++)
    order[starts[level->parents[i]]++] = i;
  return order;
}

/* @last: room for one place a parent: where the edge to it is, if that is an edge of the parent looked at. */
static void
gather (const GraphLevel *level,
        const guint32    *order,
        gsize            *last,
        JoinedEdges      *edges)
{
  const GraphAdjacency *adjacency = level->adjacency;
  gsize start = 0;

  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    {
      guint32 node = order[i];
      guint32 parent = level->parents[node];

      if (i > 0 && level->parents[order[i - 1]] != parent)
        start = edges->n_edges;
      for (gsize j = adjacency->offsets[node]; j < adjacency->offsets[node + 1]; j++)
        {
          guint32 other = level->parents[adjacency->neighbours[j]];

          if (other <= parent)
            continue;
          if (last[other] < start || last[other] >= edges->n_edges || edges->targets[last[other]] != other)
            {
              last[other] = edges->n_edges;
              edges->sources[edges->n_edges] = parent;
              edges->targets[edges->n_edges] = other;
              edges->weights[edges->n_edges++] = 0;
            }
          edges->weights[last[other]] += adjacency->weights[j];
        }
    }
}

static gboolean
join_edges (const GraphLevel *level,
            guint32           n_parents,
            JoinedEdges      *edges)
{
  g_autofree guint32 *order = sort_by_parent (level, n_parents);
  g_autofree gsize *last = g_try_new0 (gsize, n_parents);
  gsize n_entries = level->adjacency->offsets[level->adjacency->n_nodes];

  edges->sources = g_try_new (guint32, n_entries / 2 + 1);
  edges->targets = g_try_new (guint32, n_entries / 2 + 1);
  edges->weights = g_try_new (float, n_entries / 2 + 1);
  if (order == NULL || last == NULL || edges->sources == NULL || edges->targets == NULL || edges->weights == NULL)
    return FALSE;
  gather (level, order, last, edges);
  return TRUE;
}

/* What the nodes of a level are together, in those of the next. */
static void
sum_up (const GraphLevel *level,
        GraphLevel       *next)
{
  const GraphAdjacency *adjacency = level->adjacency;

  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    {
      guint32 parent = level->parents[i];

      next->masses[parent] += level->masses[i];
      next->inner[parent] += level->inner[i];
      next->communities[parent] = level->communities[i];
      for (gsize j = adjacency->offsets[i]; j < adjacency->offsets[i + 1]; j++)
        if (adjacency->neighbours[j] > i && level->parents[adjacency->neighbours[j]] == parent)
          next->inner[parent] += adjacency->weights[j];
    }
}

/* @within: (inout): whether communities still matter. */
static GraphLevel *
level_new_next (GraphLevel  *level,
                gboolean    *within,
                GRand       *random,
                GError     **error)
{
  guint32 n_nodes = level->adjacency->n_nodes;
  g_autofree guint32 *order = shuffle (n_nodes, random);
  g_auto (JoinedEdges) edges = { 0 };
  GraphLevel *next;
  guint32 n_parents;

  level->parents = g_try_new (guint32, n_nodes);
  if (order == NULL || level->parents == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  n_parents = join (level, order, *within);
  if (*within && n_parents > n_nodes * MIN_SHRINKING)
    {
      *within = FALSE;
      n_parents = join (level, order, FALSE);
    }
  if (!join_edges (level, n_parents, &edges))
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  next = level_new (graph_adjacency_new (n_parents, edges.n_edges, edges.sources, edges.targets, edges.weights, TRUE,
                                         error), error);
  if (next != NULL)
    sum_up (level, next);
  return next;
}

GPtrArray *
graph_levels_new (GraphAdjacency  *adjacency,
                  const guint32   *communities,
                  GRand           *random,
                  GError         **error)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func ((GDestroyNotify) level_free);
  GraphLevel *level = level_new_first (adjacency, communities, error);
  gboolean within = TRUE;

  while (level != NULL)
    {
      guint32 n_nodes = level->adjacency->n_nodes;

      g_ptr_array_add (levels, level);
      if (n_nodes <= MIN_NODES)
        return g_steal_pointer (&levels);
      level = level_new_next (level, &within, random, error);
    }
  return NULL;
}
