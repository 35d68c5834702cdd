/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-relax.h"

#include <math.h>
#include <string.h>

#include "graph-fault.h"
#include "graph-tree.h"

/* An edge pulls by its weight times its length, and nodes push each other by the product of their masses over their
 * distance. So the pulls and masses of joined nodes add up, and a graph of joined nodes is in balance where the graph
 * itself is: what it finds out holds for the next one. Beyond the scale both are weaker by the same factor, which moves
 * no balance between two, but keeps the pull of a far neighbour within bounds. */

/* Nodes move together: each goes this much of its way, lest neighbours swap places for ever. */
#define SHARE_OF_WAY 0.7

/* It is in balance when nodes move less than this on average, of the distance between neighbours. */
#define MIN_MOVE 0.01

double
graph_forces_get_radius (const GraphForces *forces,
                         double             mass,
                         double             weight)
{
  if (!(weight > 0))
    return 0;
  return forces->stiff ? cbrt (mass * mass / (2 * weight)) : mass / sqrt (2 * weight);
}

/* By how much the forces are weaker at a length. */
static double
get_inverse_scale_squared (const GraphForces *forces)
{
  return forces->scale > 0 ? 1 / (forces->scale * forces->scale) : 0;
}

static void
pull (const GraphLevel  *level,
      const GraphForces *forces,
      guint32            node,
      const double      *places,
      double            *force,
      double            *stiffness)
{
  const GraphAdjacency *adjacency = level->adjacency;
  guint n_dimensions = forces->n_dimensions;
  const double *place = places + (gsize) node * n_dimensions;
  double inverse_scale_squared = get_inverse_scale_squared (forces);

  for (gsize i = adjacency->offsets[node]; i < adjacency->offsets[node + 1]; i++)
    {
      const double *other = places + (gsize) adjacency->neighbours[i] * n_dimensions;
      double offset[3];
      double squared = 0;
      double strength;

      for (guint d = 0; d < n_dimensions; d++)
        {
          offset[d] = other[d] - place[d];
          squared += offset[d] * offset[d];
        }
      strength = adjacency->weights[i] / sqrt (1 + squared * inverse_scale_squared);
      if (forces->stiff)
        strength *= sqrt (squared);
      for (guint d = 0; d < n_dimensions; d++)
        force[d] += strength * offset[d];
      *stiffness += strength;
    }
}

/* The pull of the middle, beyond the scale no greater than there. */
static void
fall (const GraphLevel  *level,
      const GraphForces *forces,
      guint32            node,
      const double      *places,
      const double      *middle,
      double            *force,
      double            *stiffness)
{
  const double *place = places + (gsize) node * forces->n_dimensions;
  double squared = 0;
  double strength;

  for (guint d = 0; d < forces->n_dimensions; d++)
    squared += (middle[d] - place[d]) * (middle[d] - place[d]);
  strength = forces->gravity * level->masses[node] / sqrt (1 + squared * get_inverse_scale_squared (forces));
  for (guint d = 0; d < forces->n_dimensions; d++)
    force[d] += strength * (middle[d] - place[d]);
  *stiffness += strength;
}

/* Where a node goes. Returns: how far that is. */
static double
move (const GraphLevel  *level,
      const GraphForces *forces,
      GraphTree         *tree,
      guint32            node,
      const double      *places,
      const double      *middle,
      double             furthest,
      double            *moved)
{
  guint n_dimensions = forces->n_dimensions;
  double force[3] = { 0 };
  double stiffness = 0;
  double squared = 0;
  double share;

  graph_tree_push (tree, node, places, force, &stiffness);
  stiffness *= level->masses[node];
  for (guint d = 0; d < n_dimensions; d++)
    force[d] *= level->masses[node];
  pull (level, forces, node, places, force, &stiffness);
  fall (level, forces, node, places, middle, force, &stiffness);
  for (guint d = 0; d < n_dimensions; d++)
    squared += force[d] * force[d];
  share = SHARE_OF_WAY / MAX (stiffness, G_MINDOUBLE);
  if (share * sqrt (squared) > furthest)
    share = furthest / sqrt (squared);
  for (guint d = 0; d < n_dimensions; d++)
    moved[d] = places[(gsize) node * n_dimensions + d] + share * force[d];
  return share * sqrt (squared);
}

/* The mean distance from the middle, squares taken, and where that is. */
static double
get_radius (const double *places,
            guint32       n_nodes,
            guint         n_dimensions,
            double       *middle)
{
  double radius = 0;

  for (guint d = 0; d < n_dimensions; d++)
    {
      middle[d] = 0;
      for (gsize i = 0; i < n_nodes; i++)
        middle[d] += places[i * n_dimensions + d] / n_nodes;
      for (gsize i = 0; i < n_nodes; i++)
        {
          double offset = places[i * n_dimensions + d] - middle[d];

          radius += offset * offset / n_nodes;
        }
    }
  return sqrt (radius);
}

/* Returns: whether it is in balance. */
static gboolean
step (const GraphLevel  *level,
      const GraphForces *forces,
      GraphTree         *tree,
      double            *places,
      double            *moved,
      double             reach)
{
  guint32 n_nodes = level->adjacency->n_nodes;
  guint n_dimensions = forces->n_dimensions;
  double middle[3];
  double radius = get_radius (places, n_nodes, n_dimensions, middle);
  const guint32 *order;
  double sum = 0;

  graph_tree_build (tree, places, level->masses);
  order = graph_tree_get_order (tree);
  for (guint32 i = 0; i < n_nodes; i++)
    sum += move (level, forces, tree, order[i], places, middle, radius * reach, moved + (gsize) order[i] * n_dimensions);
  memcpy (places, moved, (gsize) n_nodes * n_dimensions * sizeof (double));
  return sum / n_nodes < MIN_MOVE * radius / pow (n_nodes, 1.0 / n_dimensions);
}

gboolean
graph_relax (const GraphLevel   *level,
             const GraphForces  *forces,
             double             *places,
             guint               n_steps,
             double              reach,
             GraphRelaxFunc      stepped,
             gpointer            user_data,
             GError            **error)
{
  guint32 n_nodes = level->adjacency->n_nodes;
  g_autoptr (GraphTree) tree =
    graph_tree_new (n_nodes, forces->n_dimensions, get_inverse_scale_squared (forces), error);
  g_autofree double *moved = NULL;

  if (tree == NULL)
    return FALSE;
  moved = g_try_new (double, (gsize) n_nodes * forces->n_dimensions);
  if (moved == NULL)
    {
      graph_fault_set_memory (error);
      return FALSE;
    }
  for (guint i = 0; i < n_steps && n_nodes > 1; i++)
    {
      gboolean balanced = step (level, forces, tree, places, moved, reach * (1 - (double) i / n_steps));

      if (stepped != NULL)
        stepped ((i + 1.0) / n_steps, user_data);
      if (balanced)
        break;
    }
  return TRUE;
}
