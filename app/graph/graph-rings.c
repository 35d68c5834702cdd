/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-layouts.h"

#include <math.h>

#include "graph-adjacency.h"
#include "graph-fault.h"

/* The radial layout. */

/* Nodes on a ring are at least this far from each other, in distances between rings. */
#define MIN_SPACING 0.25

#define UNREACHED G_MAXUINT32

/* The tree of shortest ways from the centre. */
typedef struct {
  guint32  n_reached;
  guint32 *order;    /* nodes as they were reached */
  guint32 *parents;
  guint32 *depths;   /* UNREACHED where there is no way */
  double  *leaves;   /* how many leaves of the tree are behind a node */
  double  *begins;   /* where the sector of the node's next child begins, 0 to 1 */
  double  *middles;  /* of the node's sector; its width is its share of the leaves */
} Rings;

static void
rings_clear (Rings *self)
{
  g_free (self->order);
  g_free (self->parents);
  g_free (self->depths);
  g_free (self->leaves);
  g_free (self->begins);
  g_free (self->middles);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rings, rings_clear)

static gboolean
rings_init (Rings    *self,
            guint32   n_nodes,
            GError  **error)
{
  self->order = g_try_new (guint32, n_nodes);
  self->parents = g_try_new (guint32, n_nodes);
  self->depths = g_try_new (guint32, n_nodes);
  self->leaves = g_try_new0 (double, n_nodes);
  self->begins = g_try_new0 (double, n_nodes);
  self->middles = g_try_new0 (double, n_nodes);
  if (self->order != NULL && self->parents != NULL && self->depths != NULL && self->leaves != NULL &&
      self->begins != NULL && self->middles != NULL)
    return TRUE;
  graph_fault_set_memory (error);
  return FALSE;
}

static void
reach (Rings                *self,
       const GraphAdjacency *adjacency,
       guint32               centre)
{
  for (guint32 i = 0; i < adjacency->n_nodes; i++)
    self->depths[i] = UNREACHED;
  self->order[0] = self->parents[centre] = centre;
  self->depths[centre] = 0;
  self->n_reached = 1;
  for (guint32 i = 0; i < self->n_reached; i++)
    {
      guint32 node = self->order[i];

      for (gsize j = adjacency->offsets[node]; j < adjacency->offsets[node + 1]; j++)
        {
          guint32 neighbour = adjacency->neighbours[j];

          if (self->depths[neighbour] != UNREACHED)
            continue;
          self->depths[neighbour] = self->depths[node] + 1;
          self->parents[neighbour] = node;
          self->order[self->n_reached++] = neighbour;
        }
    }
}

/* Each node has the sector of its tree behind it: no two edges of the tree cross. */
static void
share_circle (Rings *self)
{
  guint32 centre = self->order[0];

  for (guint32 i = self->n_reached; i-- > 0;)
    {
      guint32 node = self->order[i];

      self->leaves[node] = MAX (self->leaves[node], 1);
      if (node != centre)
        self->leaves[self->parents[node]] += self->leaves[node];
    }
  for (guint32 i = 1; i < self->n_reached; i++)
    {
      guint32 node = self->order[i];
      guint32 parent = self->parents[node];
      double width = self->leaves[node] / self->leaves[centre];

      self->begins[node] = self->begins[parent];
      self->middles[node] = self->begins[node] + width / 2;
      self->begins[parent] += width;
    }
}

/* Rings of many nodes are wider. (array length=n_nodes + 2): by the depth */
static double *
get_radii (const Rings  *self,
           guint32       n_nodes,
           GError      **error)
{
  double *radii = g_try_new0 (double, (gsize) n_nodes + 2);
  guint32 last = self->depths[self->order[self->n_reached - 1]] + 1;

  if (radii == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (guint32 i = 0; i < n_nodes; i++)
    radii[self->depths[i] == UNREACHED ? last : self->depths[i]]++;
  radii[0] = 0;
  for (guint32 depth = 1; depth <= last; depth++)
    radii[depth] = MAX (radii[depth - 1] + 1, radii[depth] * MIN_SPACING / (2 * G_PI));
  return radii;
}

static void
put_on_ring (double *place,
             double  radius,
             double  share)
{
  place[0] = radius * cos (2 * G_PI * share);
  place[1] = radius * sin (2 * G_PI * share);
}

gboolean
graph_lay_out_in_rings (const GraphInput  *input,
                        double            *places,
                        EngramGraphSign   *sign,
                        GError           **error)
{
  guint32 n_nodes = input->request.n_nodes;
  g_autoptr (GraphAdjacency) adjacency =
    graph_adjacency_new (n_nodes, input->request.n_edges, input->sources, input->targets, NULL, TRUE, error);
  g_auto (Rings) rings = { 0 };
  g_autofree double *radii = NULL;
  guint32 n_outside = 0;

  if (adjacency == NULL || !rings_init (&rings, n_nodes, error))
    return FALSE;
  reach (&rings, adjacency, input->request.from);
  share_circle (&rings);
  radii = get_radii (&rings, n_nodes, error);
  if (radii == NULL)
    return FALSE;
  for (guint32 i = 0; i < n_nodes; i++)
    if (rings.depths[i] == UNREACHED)
      put_on_ring (places + 2 * (gsize) i, radii[rings.depths[rings.order[rings.n_reached - 1]] + 1],
                   (double) n_outside++ / (n_nodes - rings.n_reached));
    else
      put_on_ring (places + 2 * (gsize) i, radii[rings.depths[i]], rings.middles[i]);
  return TRUE;
}
