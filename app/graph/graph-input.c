/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-input.h"

#include <math.h>

#include "graph-fault.h"

/* No strength is less than this, of the mean. */
#define MIN_STRENGTH 0.01

static void
make_finite (float *values,
             gsize  n_values)
{
  for (gsize i = 0; i < n_values; i++)
    if (!isfinite (values[i]))
      values[i] = 0;
}

gboolean
graph_input_check (GraphInput  *self,
                   GError     **error)
{
  const EngramGraphRequest *request = &self->request;

  for (gsize i = 0; i < request->n_edges; i++)
    if (self->sources[i] >= request->n_nodes || self->targets[i] >= request->n_nodes)
      {
        g_set_error (error, GRAPH_FAULT, ENGRAM_GRAPH_FAULT_REQUEST, "edge %" G_GSIZE_FORMAT " leads to no node", i);
        return FALSE;
      }
  if (self->weights != NULL)
    make_finite (self->weights, request->n_edges);
  if (self->start != NULL)
    make_finite (self->start, (gsize) request->n_nodes * request->n_dimensions);
  return TRUE;
}

void
graph_input_clear (GraphInput *self)
{
  g_clear_pointer (&self->sources, g_free);
  g_clear_pointer (&self->targets, g_free);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->start, g_free);
}

float *
graph_input_get_strengths (const GraphInput  *self,
                           EngramGraphSign   *sign,
                           GError           **error)
{
  gsize n_edges = self->request.n_edges;
  float *strengths = g_try_new (float, n_edges + 1);
  double sum = 0;

  *sign = ENGRAM_GRAPH_SIGN_KEPT;
  if (strengths == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (gsize i = 0; i < n_edges; i++)
    {
      float weight = self->weights != NULL ? self->weights[i] : 1;

      if (weight < 0)
        *sign = ENGRAM_GRAPH_SIGN_DROPPED;
      strengths[i] = fabsf (weight);
      sum += strengths[i];
    }
  for (gsize i = 0; i < n_edges; i++)
    strengths[i] = sum > 0 ? MAX (strengths[i] / (sum / n_edges), MIN_STRENGTH) : 1;
  return strengths;
}

gboolean
graph_input_make_part (const GraphInput  *self,
                       gboolean           directed,
                       const float       *kept,
                       igraph_t          *graph,
                       igraph_vector_t   *numbers,
                       GError           **error)
{
  g_auto (igraph_vector_int_t) ends = { 0 };
  gsize n_edges = 0;

  for (gsize i = 0; i < self->request.n_edges; i++)
    n_edges += kept == NULL || kept[i] > 0;
  if (!graph_fault_check (igraph_vector_int_init (&ends, 2 * n_edges), error) ||
      (numbers != NULL && !graph_fault_check (igraph_vector_init (numbers, n_edges), error)))
    return FALSE;
  n_edges = 0;
  for (gsize i = 0; i < self->request.n_edges; i++)
    if (kept == NULL || kept[i] > 0)
      {
        VECTOR (ends)[2 * n_edges] = self->sources[i];
        VECTOR (ends)[2 * n_edges + 1] = self->targets[i];
        if (numbers != NULL)
          VECTOR (*numbers)[n_edges] = kept[i];
        n_edges++;
      }
  return graph_fault_check (igraph_create (graph, &ends, self->request.n_nodes, directed), error);
}

gboolean
graph_input_make_graph (const GraphInput  *self,
                        gboolean           directed,
                        igraph_t          *graph,
                        GError           **error)
{
  return graph_input_make_part (self, directed, NULL, graph, NULL, error);
}

gboolean
graph_input_make_vector (const GraphInput  *self,
                         const float       *values,
                         igraph_vector_t   *vector,
                         GError           **error)
{
  if (!graph_fault_check (igraph_vector_init (vector, self->request.n_edges), error))
    return FALSE;
  for (gsize i = 0; i < self->request.n_edges; i++)
    VECTOR (*vector)[i] = values[i];
  return TRUE;
}
