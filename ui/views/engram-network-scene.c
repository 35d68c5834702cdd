/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-scene.h"

#include <math.h>

#define NO_POINT G_MAXUINT32

/* Sets of rows that lie farther apart than this are not made into bits. */
#define MOST_BITS ((guint64) 1 << 28)

static guint32 *
all_indices (guint32 n)
{
  guint32 *indices = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    indices[i] = i;
  return indices;
}

static EngramScenePoint *
make_points (EngramNetworkScene *self,
             guint32             n_points,
             const float        *places)
{
  EngramScenePoint *points = g_new (EngramScenePoint, n_points);

  for (guint32 i = 0; i < n_points; i++)
    {
      const float *place = places != NULL ? &places[3 * (gsize) i]
                                          : &self->network->positions[3 * (gsize) self->neurons[i]];

      points[i] = (EngramScenePoint) { place[0], place[1], place[2], 1, { 0x88, 0x88, 0x88, 0xff }, 0 };
      if (!isfinite (place[0]) || !isfinite (place[1]) || !isfinite (place[2]))
        self->n_left_out++;
    }
  return points;
}

/* Of each neuron of the network its point, or NO_POINT. */
static guint32 *
map_neurons (EngramNetworkScene *self,
             guint32             n_points)
{
  guint32 *points = g_new (guint32, self->network->n_neurons);

  for (guint32 i = 0; i < self->network->n_neurons; i++)
    points[i] = NO_POINT;
  for (guint32 i = 0; i < n_points; i++)
    points[self->neurons[i]] = i;
  return points;
}

/* The network has its synapses by strength, so the edges are sorted too. */
static EngramSceneEdge *
make_edges (EngramNetworkScene *self,
            guint32             n_points,
            const EngramRowSet *wanted,
            guint32            *n_edges)
{
  const EngramNetwork *network = self->network;
  g_autofree guint32 *points = map_neurons (self, n_points);
  EngramSceneEdge *edges = g_new (EngramSceneEdge, network->n_synapses);
  guint32 n = 0;

  self->synapses = g_new (guint32, network->n_synapses);
  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      guint32 source = points[network->sources[i]], target = points[network->targets[i]];

      if (source == NO_POINT || target == NO_POINT
          || (wanted != NULL && !engram_row_set_contains (wanted, network->synapse_rowids[i])))
        continue;
      edges[n] = (EngramSceneEdge) { source, target, (float) network->weights[i] };
      self->synapses[n++] = i;
    }
  *n_edges = n;
  self->synapses = g_renew (guint32, self->synapses, n);
  return g_renew (EngramSceneEdge, edges, n);
}

EngramNetworkScene *
engram_network_scene_new (EngramNetwork      *network,
                          const GArray       *neurons,
                          const EngramRowSet *synapses,
                          const float        *places)
{
  EngramNetworkScene *self = g_new0 (EngramNetworkScene, 1);
  guint32 n_points = neurons != NULL ? neurons->len : network->n_neurons;
  guint32 n_edges;

  g_atomic_ref_count_init (&self->references);
  self->network = engram_network_ref (network);
  self->neurons = neurons != NULL ? g_memdup2 (neurons->data, n_points * sizeof (guint32)) : all_indices (n_points);

  EngramScenePoint *points = make_points (self, n_points, places);
  EngramSceneEdge *edges = make_edges (self, n_points, synapses, &n_edges);

  self->scene = engram_scene_new (points, n_points, edges, n_edges, TRUE, places != NULL);
  return self;
}

EngramNetworkScene *
engram_network_scene_ref (EngramNetworkScene *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_network_scene_unref (EngramNetworkScene *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  engram_scene_unref (self->scene);
  engram_network_unref (self->network);
  g_free (self->neurons);
  g_free (self->synapses);
  g_free (self);
}

gboolean
engram_network_scene_find_neuron (const EngramNetworkScene *self,
                                  guint32                   neuron,
                                  guint32                  *point)
{
  guint32 low = 0, high = self->scene->n_points;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->neurons[middle] < neuron)
        low = middle + 1;
      else
        high = middle;
    }
  *point = low;
  return low < self->scene->n_points && self->neurons[low] == neuron;
}

gint64
engram_network_scene_get_rowid (const EngramNetworkScene *self,
                                guint32                   point)
{
  return self->network->neuron_rowids[self->neurons[point]];
}

/* The first point whose rowid is not below @rowid. */
static guint32
first_point_from (const EngramNetworkScene *self,
                  gint64                    rowid)
{
  guint32 low = 0, high = self->scene->n_points;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (engram_network_scene_get_rowid (self, middle) < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
engram_network_scene_find_rowid (const EngramNetworkScene *self,
                                 gint64                    rowid,
                                 guint32                  *point)
{
  *point = first_point_from (self, rowid);
  return *point < self->scene->n_points && engram_network_scene_get_rowid (self, *point) == rowid;
}

gint64
engram_network_scene_get_synapse_rowid (const EngramNetworkScene *self,
                                        guint32                   edge)
{
  return self->network->synapse_rowids[self->synapses[edge]];
}

GArray *
engram_network_scene_find_points (const EngramNetworkScene *self,
                                  const EngramRowSet       *neurons)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n_rows = engram_row_set_get_size (neurons);
  guint32 point = 0;

  /* Both ascend: a long walk where much is selected, and a leap from one to the next where little is. */
  for (gsize i = 0; i < n_rows && point < self->scene->n_points; i++)
    {
      gint64 rowid = engram_row_set_get (neurons, i);

      if (engram_network_scene_get_rowid (self, point) < rowid)
        point = first_point_from (self, rowid);
      if (point < self->scene->n_points && engram_network_scene_get_rowid (self, point) == rowid)
        g_array_append_val (points, point);
    }
  return points;
}

/* Of a set of rows a bit for each row from its first on, to be asked of every edge; NULL where they would be too
 * many. */
static guint8 *
make_bits (const EngramRowSet *rows,
           guint64            *n_bits)
{
  gsize n_rows = engram_row_set_get_size (rows);
  gint64 first = engram_row_set_get (rows, 0);
  guint8 *bits;

  *n_bits = (guint64) engram_row_set_get (rows, n_rows - 1) - (guint64) first + 1;
  if (*n_bits == 0 || *n_bits > MOST_BITS)
    return NULL;
  bits = g_malloc0 (*n_bits / 8 + 1);
  for (gsize i = 0; i < n_rows; i++)
    {
      guint64 bit = (guint64) engram_row_set_get (rows, i) - (guint64) first;

      bits[bit / 8] |= 1 << bit % 8;
    }
  return bits;
}

GArray *
engram_network_scene_find_edges (const EngramNetworkScene *self,
                                 const EngramRowSet       *synapses)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_autofree guint8 *bits = NULL;
  guint64 n_bits, first;

  if (engram_row_set_get_size (synapses) == 0)
    return edges;
  bits = make_bits (synapses, &n_bits);
  first = (guint64) engram_row_set_get (synapses, 0);
  for (guint32 i = 0; i < self->scene->n_edges; i++)
    {
      gint64 rowid = engram_network_scene_get_synapse_rowid (self, i);
      guint64 bit = (guint64) rowid - first;

      if (bits != NULL ? bit < n_bits && (bits[bit / 8] >> bit % 8 & 1) != 0
                       : engram_row_set_contains (synapses, rowid))
        g_array_append_val (edges, i);
    }
  return edges;
}

EngramRowSet *
engram_network_scene_get_rows (const EngramNetworkScene *self,
                               const GArray             *points)
{
  gint64 *rowids = g_new (gint64, points->len);

  for (guint i = 0; i < points->len; i++)
    rowids[i] = engram_network_scene_get_rowid (self, g_array_index (points, guint32, i));
  return engram_row_set_new_take (rowids, points->len);
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

void
engram_network_scene_sort_indices (GArray *indices)
{
  gboolean sorted = TRUE;
  guint kept = 0;

  for (guint i = 1; i < indices->len && sorted; i++)
    sorted = g_array_index (indices, guint32, i - 1) <= g_array_index (indices, guint32, i);
  if (!sorted)
    g_array_sort (indices, compare_indices);
  for (guint i = 0; i < indices->len; i++)
    if (kept == 0 || g_array_index (indices, guint32, i) != g_array_index (indices, guint32, kept - 1))
      g_array_index (indices, guint32, kept++) = g_array_index (indices, guint32, i);
  g_array_set_size (indices, kept);
}

/* The edge of a synapse; FALSE where it is not in the scene. */
static gboolean
find_synapse (const EngramNetworkScene *self,
              guint32                   synapse,
              guint32                  *edge)
{
  guint32 low = 0, high = self->scene->n_edges;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->synapses[middle] < synapse)
        low = middle + 1;
      else
        high = middle;
    }
  *edge = low;
  return low < self->scene->n_edges && self->synapses[low] == synapse;
}

static void
append_edges (const EngramNetworkScene *self,
              const guint32            *synapses,
              guint32                   n_synapses,
              GArray                   *edges)
{
  for (guint32 i = 0; i < n_synapses; i++)
    {
      guint32 edge;

      if (find_synapse (self, synapses[i], &edge))
        g_array_append_val (edges, edge);
    }
}

GArray *
engram_network_scene_list_edges (const EngramNetworkScene *self,
                                 guint32                   point)
{
  const EngramNetwork *network = self->network;
  guint32 neuron = self->neurons[point];
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 outgoing = network->out_offsets[neuron], incoming = network->in_offsets[neuron];

  append_edges (self, &network->out_synapses[outgoing], network->out_offsets[neuron + 1] - outgoing, edges);
  append_edges (self, &network->in_synapses[incoming], network->in_offsets[neuron + 1] - incoming, edges);
  engram_network_scene_sort_indices (edges);
  return edges;
}
