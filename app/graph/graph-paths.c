/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-paths.h"

#include <math.h>

#include "graph-adjacency.h"
#include "graph-fault.h"

/* Dijkstra's search, by two measures at once, the second where the first is the same: steps and -log |weight|. igraph's
 * takes one, and what is nearly the same is the same to it. */

#define NO_EDGE G_MAXUINT32

typedef struct {
  double cost;    /* -log of the product of |weight| */
  double steps;
} Length;

typedef struct {
  Length  length;
  guint32 node;
} Entry;

typedef struct {
  gboolean shortest;  /* steps come first */
  Length  *lengths;   /* of the best way to each node so far */
  guint32 *edges;     /* by which it is reached */
  GArray  *heap;      /* of entries; those of a longer way than the best are left in it */
} Search;

static void
search_clear (Search *self)
{
  g_free (self->lengths);
  g_free (self->edges);
  g_clear_pointer (&self->heap, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static gboolean
is_less (const Search *self,
         Length        one,
         Length        other)
{
  if (self->shortest)
    return one.steps < other.steps || (one.steps == other.steps && one.cost < other.cost);
  return one.cost < other.cost || (one.cost == other.cost && one.steps < other.steps);
}

static void
push (Search *self,
      Entry   entry)
{
  guint at = self->heap->len;

  g_array_append_val (self->heap, entry);
  while (at > 0)
    {
      guint above = (at - 1) / 2;

      if (!is_less (self, entry.length, g_array_index (self->heap, Entry, above).length))
        break;
      g_array_index (self->heap, Entry, at) = g_array_index (self->heap, Entry, above);
      at = above;
    }
  g_array_index (self->heap, Entry, at) = entry;
}

static Entry
pop (Search *self)
{
  Entry *heap = (Entry *) self->heap->data;
  Entry least = heap[0];
  Entry last = heap[self->heap->len - 1];
  guint at = 0;

  g_array_set_size (self->heap, self->heap->len - 1);
  for (guint below = 1; below < self->heap->len; below = 2 * at + 1)
    {
      if (below + 1 < self->heap->len && is_less (self, heap[below + 1].length, heap[below].length))
        below++;
      if (!is_less (self, heap[below].length, last.length))
        break;
      heap[at] = heap[below];
      at = below;
    }
  if (self->heap->len > 0)
    heap[at] = last;
  return least;
}

/* What one edge adds. A weight beyond 1, which only a damaged network has, counts as 1: otherwise going round in
 * circles would make a path better without end. */
static Length
get_length (float weight)
{
  return (Length) { .cost = -log (MIN (fabs ((double) weight), 1)), .steps = 1 };
}

static gboolean
search_init (Search      *self,
             guint32      n_nodes,
             guint32      kind,
             GError     **error)
{
  self->shortest = kind == ENGRAM_GRAPH_PATH_SHORTEST;
  self->lengths = g_try_new (Length, n_nodes);
  self->edges = g_try_new (guint32, n_nodes);
  self->heap = g_array_new (FALSE, FALSE, sizeof (Entry));
  if (self->lengths == NULL || self->edges == NULL)
    {
      graph_fault_set_memory (error);
      return FALSE;
    }
  for (guint32 i = 0; i < n_nodes; i++)
    {
      self->lengths[i] = (Length) { .cost = INFINITY, .steps = INFINITY };
      self->edges[i] = NO_EDGE;
    }
  return TRUE;
}

static void
run (Search               *self,
     const GraphAdjacency *adjacency,
     guint32               from,
     guint32               to)
{
  self->lengths[from] = (Length) { 0 };
  push (self, (Entry) { .node = from });
  while (self->heap->len > 0)
    {
      Entry entry = pop (self);

      if (entry.node == to)
        break;
      if (is_less (self, self->lengths[entry.node], entry.length))
        continue;
      for (gsize i = adjacency->offsets[entry.node]; i < adjacency->offsets[entry.node + 1]; i++)
        {
          guint32 neighbour = adjacency->neighbours[i];
          Length length = get_length (adjacency->weights[i]);

          /* An edge without strength leads nowhere. */
          if (adjacency->weights[i] == 0)
            continue;
          length.cost += entry.length.cost;
          length.steps += entry.length.steps;
          if (!is_less (self, length, self->lengths[neighbour]))
            continue;
          self->lengths[neighbour] = length;
          self->edges[neighbour] = adjacency->edges[i];
          push (self, (Entry) { .length = length, .node = neighbour });
        }
    }
}

guint32 *
graph_find_path (const GraphInput   *input,
                 EngramGraphResult  *result,
                 GError            **error)
{
  const EngramGraphRequest *request = &input->request;
  g_autoptr (GraphAdjacency) adjacency =
    graph_adjacency_new (request->n_nodes, request->n_edges, input->sources, input->targets, input->weights, FALSE,
                         error);
  g_auto (Search) self = { 0 };
  guint32 *path;

  if (adjacency == NULL || !search_init (&self, request->n_nodes, request->kind, error))
    return NULL;
  run (&self, adjacency, request->from, request->to);
  if (request->from != request->to && self.edges[request->to] == NO_EDGE)
    {
      g_set_error_literal (error, GRAPH_FAULT, ENGRAM_GRAPH_FAULT_NO_PATH, "no path");
      return NULL;
    }
  result->count = self.lengths[request->to].steps;
  path = g_new (guint32, (gsize) result->count + 1);
  for (guint32 i = result->count, node = request->to; i-- > 0; node = input->sources[path[i]])
    path[i] = self.edges[node];
  return path;
}
