/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-layouts.h"

#include <math.h>
#include <string.h>

#include "graph-adjacency.h"
#include "graph-channel.h"
#include "graph-fault.h"

/* UMAP (McInnes, Healy and Melville, 2018): near neighbours are drawn to each other, by how near they are among those
 * of a node, and pushed from others by chance. That of igraph 0.10.2 took 40 s for 10,000 nodes and left streaks. */

/* The curve by which nodes draw and push each other, for a spread of 1 and a least distance of 0.1. */
#define CURVE_A 1.577
#define CURVE_B 0.8951

#define MAX_STEP 4.0
#define N_PUSHES 5
#define MIN_EPOCHS 200
#define MAX_EPOCHS 500
#define EPOCHS_TIMES_NODES 2e6

/* The radius of the places that it starts from. */
#define START_RADIUS 10.0

/* Of the progress. */
#define SHARE_OF_START 0.2

/* Near enough, when halving an interval. */
#define N_HALVINGS 40

typedef struct {
  const GraphInput *input;
  GraphAdjacency   *adjacency; /* weights: distances, and then how much a node is drawn, 0 to 1 */
  GRand            *random;
  double           *places;
} Umap;

static void
umap_clear (Umap *self)
{
  g_clear_pointer (&self->adjacency, graph_adjacency_free);
  g_clear_pointer (&self->random, g_rand_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Umap, umap_clear)

static float *
get_distances (const GraphInput  *input,
               EngramGraphSign   *sign,
               GError           **error)
{
  float *distances = g_try_new (float, (gsize) input->request.n_edges + 1);

  if (distances == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (gsize i = 0; i < input->request.n_edges; i++)
    {
      float distance = input->weights != NULL ? input->weights[i] : 1;

      if (distance < 0)
        *sign = ENGRAM_GRAPH_SIGN_DROPPED;
      distances[i] = fabsf (distance);
    }
  return distances;
}

static double
sum_bonds (const float *distances,
           gsize        n_neighbours,
           double       nearest,
           double       scale)
{
  double sum = 0;

  for (gsize i = 0; i < n_neighbours; i++)
    sum += exp (-(distances[i] - nearest) / scale);
  return sum;
}

/* Turns a node's distances into bonds: that to the nearest is 1, and all together are log2 of their number. */
static void
bind_node (float *distances,
           gsize  n_neighbours)
{
  double wanted = log2 (n_neighbours);
  double nearest = INFINITY;
  double low = 0;
  double high = 0;

  for (gsize i = 0; i < n_neighbours; i++)
    {
      nearest = MIN (nearest, distances[i]);
      high = MAX (high, distances[i]);
    }
  high = MAX (10 * (high - nearest), G_MINFLOAT);
  for (guint i = 0; i < N_HALVINGS; i++)
    {
      double middle = (low + high) / 2;

      if (sum_bonds (distances, n_neighbours, nearest, middle) > wanted)
        high = middle;
      else
        low = middle;
    }
  for (gsize i = 0; i < n_neighbours; i++)
    distances[i] = exp (-(distances[i] - nearest) / high);
}

/* The near pull strongly: a layout to start from, since from anywhere it seldom finds what belongs together. */
static gboolean
start_by_force (const GraphInput  *input,
                const float       *distances,
                double            *places,
                GError           **error)
{
  g_autofree float *weights = g_try_new (float, (gsize) input->request.n_edges + 1);
  GraphInput near = *input;
  EngramGraphSign sign;
  double mean = 0;

  if (weights == NULL)
    {
      graph_fault_set_memory (error);
      return FALSE;
    }
  for (gsize i = 0; i < input->request.n_edges; i++)
    mean += distances[i] / input->request.n_edges;
  for (gsize i = 0; i < input->request.n_edges; i++)
    weights[i] = mean > 0 ? mean / (mean + distances[i]) : 1;
  near.weights = weights;
  graph_channel_set_part (0, SHARE_OF_START);
  if (!graph_lay_out_by_force (&near, places, &sign, error))
    return FALSE;
  graph_channel_set_part (SHARE_OF_START, 1);
  return TRUE;
}

static gboolean
start (const GraphInput  *input,
       const float       *distances,
       double            *places,
       GError           **error)
{
  gsize n_numbers = (gsize) input->request.n_nodes * input->request.n_dimensions;
  double furthest = 0;

  if (input->start == NULL && !start_by_force (input, distances, places, error))
    return FALSE;
  for (gsize i = 0; input->start != NULL && i < n_numbers; i++)
    places[i] = input->start[i];
  graph_layout_normalise (input, places);
  for (gsize i = 0; i < n_numbers; i++)
    furthest = MAX (furthest, fabs (places[i]));
  for (gsize i = 0; i < n_numbers && furthest > 0; i++)
    places[i] *= START_RADIUS / furthest;
  return TRUE;
}

/* Moves one node towards another, or from it, by @strength for each length of the way; and the other as well. */
static void
move (double   *place,
      double   *other,
      guint     n_dimensions,
      double    strength,
      double    speed,
      gboolean  both)
{
  for (guint d = 0; d < n_dimensions; d++)
    {
      double step = speed * CLAMP (strength * (other[d] - place[d]), -MAX_STEP, MAX_STEP);

      place[d] += step;
      if (both)
        other[d] -= step;
    }
}

static double
get_squared (const double *one,
             const double *other,
             guint         n_dimensions)
{
  double squared = 0;

  for (guint d = 0; d < n_dimensions; d++)
    squared += (one[d] - other[d]) * (one[d] - other[d]);
  return squared;
}

static void
draw (Umap    *self,
      guint32  node,
      guint32  neighbour,
      double   speed)
{
  guint n_dimensions = self->input->request.n_dimensions;
  double *place = self->places + (gsize) node * n_dimensions;
  double *other = self->places + (gsize) neighbour * n_dimensions;
  double squared = get_squared (place, other, n_dimensions);

  if (squared > 0)
    {
      double power = pow (squared, CURVE_B);

      move (place, other, n_dimensions, 2 * CURVE_A * CURVE_B * power / squared / (1 + CURVE_A * power), speed, TRUE);
    }
  for (guint i = 0; i < N_PUSHES; i++)
    {
      guint32 stranger = g_rand_int (self->random) % self->input->request.n_nodes;

      other = self->places + (gsize) stranger * n_dimensions;
      squared = get_squared (place, other, n_dimensions);
      if (stranger != node)
        move (place, other, n_dimensions,
              -2 * CURVE_B / ((0.001 + squared) * (1 + CURVE_A * pow (squared, CURVE_B))), speed, FALSE);
    }
}

/* A bond is a chance to be drawn. */
static void
run_epoch (Umap   *self,
           double  speed)
{
  const GraphAdjacency *adjacency = self->adjacency;

  for (guint32 node = 0; node < adjacency->n_nodes; node++)
    for (gsize i = adjacency->offsets[node]; i < adjacency->offsets[node + 1]; i++)
      if (g_rand_int (self->random) <= adjacency->weights[i] * (double) G_MAXUINT32)
        draw (self, node, adjacency->neighbours[i], speed);
}

static void
send_picture (Umap *self)
{
  const EngramGraphRequest *request = &self->input->request;
  gsize n_numbers = (gsize) request->n_nodes * request->n_dimensions;
  g_autofree double *places = g_try_new (double, n_numbers);
  g_autofree float *picture = g_try_new (float, n_numbers);

  if (places == NULL || picture == NULL)
    return;
  memcpy (places, self->places, n_numbers * sizeof (double));
  graph_layout_finish (self->input, places, picture);
  graph_channel_send_picture (request, picture);
}

gboolean
graph_lay_out_by_umap (const GraphInput  *input,
                       double            *places,
                       EngramGraphSign   *sign,
                       GError           **error)
{
  guint32 n_nodes = input->request.n_nodes;
  g_autofree float *distances = get_distances (input, sign, error);
  g_auto (Umap) self = { .input = input, .places = places };
  guint n_epochs = CLAMP (EPOCHS_TIMES_NODES / n_nodes, MIN_EPOCHS, MAX_EPOCHS);

  if (distances == NULL || !start (input, distances, places, error))
    return FALSE;
  self.adjacency = graph_adjacency_new (n_nodes, input->request.n_edges, input->sources, input->targets, distances,
                                        FALSE, error);
  if (self.adjacency == NULL)
    return FALSE;
  self.random = g_rand_new_with_seed (input->request.seed);
  for (guint32 i = 0; i < n_nodes; i++)
    bind_node (self.adjacency->weights + self.adjacency->offsets[i],
               self.adjacency->offsets[i + 1] - self.adjacency->offsets[i]);
  for (guint epoch = 0; epoch < n_epochs; epoch++)
    {
      run_epoch (&self, 1 - (double) epoch / n_epochs);
      graph_channel_send_progress (ENGRAM_GRAPH_PHASE_WORKING, (epoch + 1.0) / n_epochs);
      if (graph_channel_wants_picture ())
        send_picture (&self);
    }
  return TRUE;
}
