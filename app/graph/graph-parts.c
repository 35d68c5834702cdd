/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-parts.h"

#include <math.h>
#include <string.h>

#include "graph-analyses.h"
#include "graph-fault.h"

/* Rows leave room free at their ends: the whole is wider than all boxes would need. */
#define SLACK 1.2

/* Between parts. */
#define GAP 1.5

/* However crowded a part is, its edges are this long on average. */
#define MIN_LENGTH 0.7

static gboolean
allocate (GraphParts       *self,
          const GraphInput *input)
{
  self->node_starts = g_try_new0 (guint32, (gsize) self->n_parts + 1);
  self->edge_starts = g_try_new0 (gsize, (gsize) self->n_parts + 1);
  self->nodes = g_try_new (guint32, (gsize) input->request.n_nodes + 1);
  self->numbers = g_try_new (guint32, (gsize) input->request.n_nodes + 1);
  self->edges = g_try_new (guint32, (gsize) input->request.n_edges + 1);
  return self->node_starts != NULL && self->edge_starts != NULL && self->nodes != NULL && self->numbers != NULL &&
         self->edges != NULL;
}

/* @counts: room for one a part. */
static void
sort_nodes (GraphParts    *self,
            guint32        n_nodes,
            const guint32 *components,
            gsize         *counts)
{
  for (guint32 i = 0; i < n_nodes; i++)
    self->node_starts[components[i] + 1]++;
  for (guint32 i = 0; i < self->n_parts; i++)
    self->node_starts[i + 1] += self->node_starts[i];
  for (guint32 i = 0; i < n_nodes; i++)
    {
      self->numbers[i] = counts[components[i]]++;
      self->nodes[self->node_starts[components[i]] + self->numbers[i]] = i;
    }
}

static void
sort_edges (GraphParts       *self,
            const GraphInput *input,
            const guint32    *components,
            gsize            *counts)
{
  for (gsize i = 0; i < input->request.n_edges; i++)
    self->edge_starts[components[input->sources[i]] + 1]++;
  for (guint32 i = 0; i < self->n_parts; i++)
    self->edge_starts[i + 1] += self->edge_starts[i];
  for (gsize i = 0; i < input->request.n_edges; i++)
    {
      guint32 part = components[input->sources[i]];

      self->edges[self->edge_starts[part] + counts[part]++] = i;
    }
}

GraphParts *
graph_parts_new (const GraphInput  *input,
                 GError           **error)
{
  g_autoptr (GraphParts) self = g_new0 (GraphParts, 1);
  g_autofree guint32 *components = graph_find_components (input, &self->n_parts, error);
  g_autofree gsize *counts = NULL;

  if (components == NULL)
    return NULL;
  counts = g_try_new0 (gsize, (gsize) self->n_parts + 1);
  if (counts == NULL || !allocate (self, input))
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  sort_nodes (self, input->request.n_nodes, components, counts);
  memset (counts, 0, self->n_parts * sizeof *counts);
  sort_edges (self, input, components, counts);
  return g_steal_pointer (&self);
}

void
graph_parts_free (GraphParts *self)
{
  g_free (self->node_starts);
  g_free (self->nodes);
  g_free (self->numbers);
  g_free (self->edge_starts);
  g_free (self->edges);
  g_free (self);
}

/* A part as a box. */
typedef struct {
  double low[3];
  double size[3];
} Box;

static Box
measure_part (const GraphParts *self,
              guint32           part,
              guint             n_dimensions,
              const double     *places)
{
  Box box = { .size = { 0 } };

  for (guint d = 0; d < n_dimensions; d++)
    {
      double low = INFINITY;
      double high = -INFINITY;

      for (gsize i = self->node_starts[part]; i < self->node_starts[part + 1]; i++)
        {
          low = MIN (low, places[i * n_dimensions + d]);
          high = MAX (high, places[i * n_dimensions + d]);
        }
      box.low[d] = low;
      box.size[d] = high - low;
    }
  return box;
}

static double
get_mean_length (const GraphParts *self,
                 const GraphInput *input,
                 guint32           part,
                 const double     *places)
{
  guint n_dimensions = input->request.n_dimensions;
  const double *nodes = places + (gsize) self->node_starts[part] * n_dimensions;
  double sum = 0;

  for (gsize i = self->edge_starts[part]; i < self->edge_starts[part + 1]; i++)
    {
      const double *source = nodes + (gsize) self->numbers[input->sources[self->edges[i]]] * n_dimensions;
      const double *target = nodes + (gsize) self->numbers[input->targets[self->edges[i]]] * n_dimensions;
      double squared = 0;

      for (guint d = 0; d < n_dimensions; d++)
        squared += (source[d] - target[d]) * (source[d] - target[d]);
      sum += sqrt (squared);
    }
  return sum > 0 ? sum / (self->edge_starts[part + 1] - self->edge_starts[part]) : 0;
}

/* Scales a part and its box, and adds the gap to that. */
static void
scale_part (const GraphParts *self,
            const GraphInput *input,
            guint32           part,
            Box              *box,
            double           *places)
{
  guint n_dimensions = input->request.n_dimensions;
  gsize begin = (gsize) self->node_starts[part] * n_dimensions;
  gsize end = (gsize) self->node_starts[part + 1] * n_dimensions;
  double widest = MAX (box->size[0], MAX (box->size[1], box->size[2]));
  double length = get_mean_length (self, input, part, places);
  double factor = 1;

  if (widest > 0)
    factor = pow ((end - begin) / n_dimensions, 1.0 / n_dimensions) / widest;
  if (length > 0)
    factor = MAX (factor, MIN_LENGTH / length);
  for (gsize i = begin; i < end; i++)
    places[i] *= factor;
  for (guint d = 0; d < n_dimensions; d++)
    {
      box->low[d] *= factor;
      box->size[d] = box->size[d] * factor + GAP;
    }
}

/* Where the next box goes. */
typedef struct {
  guint  n_dimensions;
  double width;    /* of the whole */
  double at[3];
  double extent[3]; /* of the row, and of the rows of rows, across */
} Packing;

/* Boxes stand in a row along the first axis; full rows follow each other along the second, and full sheets of rows
 * along the third. */
static void
pack_box (Packing   *packing,
          const Box *box)
{
  for (guint d = 0; d + 1 < packing->n_dimensions; d++)
    if (packing->at[d] > 0 && packing->at[d] + box->size[d] > packing->width)
      {
        packing->at[d] = 0;
        packing->at[d + 1] += packing->extent[d + 1];
        packing->extent[d + 1] = 0;
      }
  for (guint d = 1; d < packing->n_dimensions; d++)
    packing->extent[d] = MAX (packing->extent[d], box->size[d]);
}

static double
get_width (const Box *boxes,
           guint32    n_boxes,
           guint      n_dimensions)
{
  double sum = 0;
  double widest = 0;

  for (guint32 i = 0; i < n_boxes; i++)
    {
      double room = 1;

      for (guint d = 0; d < n_dimensions; d++)
        {
          room *= boxes[i].size[d];
          widest = MAX (widest, boxes[i].size[d]);
        }
      sum += room;
    }
  return MAX (widest, SLACK * pow (sum, 1.0 / n_dimensions));
}

gboolean
graph_parts_pack (const GraphParts  *self,
                  const GraphInput  *input,
                  double            *places,
                  GError           **error)
{
  guint n_dimensions = input->request.n_dimensions;
  g_autofree Box *boxes = g_try_new (Box, (gsize) self->n_parts + 1);
  Packing packing = { .n_dimensions = n_dimensions };

  if (boxes == NULL)
    {
      graph_fault_set_memory (error);
      return FALSE;
    }
  for (guint32 i = 0; i < self->n_parts; i++)
    {
      boxes[i] = measure_part (self, i, n_dimensions, places);
      scale_part (self, input, i, &boxes[i], places);
    }
  packing.width = get_width (boxes, self->n_parts, n_dimensions);
  for (guint32 part = 0; part < self->n_parts; part++)
    {
      pack_box (&packing, &boxes[part]);
      for (gsize i = self->node_starts[part]; i < self->node_starts[part + 1]; i++)
        for (guint d = 0; d < n_dimensions; d++)
          places[i * n_dimensions + d] += packing.at[d] - boxes[part].low[d];
      packing.at[0] += boxes[part].size[0];
    }
  return TRUE;
}
