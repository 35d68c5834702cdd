/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-layouts.h"

#include <math.h>

#include "graph-channel.h"
#include "graph-fault.h"

/* The layouts that igraph has, and what is common to all. */

static const struct {
  GraphLayoutFunc lay_out;
  guint32         limit;   /* of nodes */
} layouts[] = {
  [ENGRAM_GRAPH_LAYOUT_FORCE] = { graph_lay_out_by_force, ENGRAM_GRAPH_MAX_NODES },
  [ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI] = { graph_lay_out_by_kk, ENGRAM_GRAPH_KAMADA_KAWAI_LIMIT },
  [ENGRAM_GRAPH_LAYOUT_DRL] = { graph_lay_out_by_drl, ENGRAM_GRAPH_DRL_LIMIT },
  [ENGRAM_GRAPH_LAYOUT_LAYERED] = { graph_lay_out_in_layers, ENGRAM_GRAPH_LAYERED_LIMIT },
  [ENGRAM_GRAPH_LAYOUT_RADIAL] = { graph_lay_out_in_rings, ENGRAM_GRAPH_MAX_NODES },
  [ENGRAM_GRAPH_LAYOUT_CIRCLE] = { graph_lay_out_in_circle, ENGRAM_GRAPH_MAX_NODES },
  [ENGRAM_GRAPH_LAYOUT_UMAP] = { graph_lay_out_by_umap, ENGRAM_GRAPH_UMAP_LIMIT },
};

/* Steps of Kamada and Kawai's, a node: igraph's own choice. */
#define KK_STEPS 50

/* How often layers are sorted to cut crossings. */
#define LAYER_ROUNDS 100

static double
get_mean_length (const GraphInput *input,
                 const double     *places)
{
  guint n_dimensions = input->request.n_dimensions;
  double sum = 0;
  gsize n_edges = 0;

  for (gsize i = 0; i < input->request.n_edges; i++)
    if (input->sources[i] != input->targets[i])
      {
        const double *source = places + (gsize) input->sources[i] * n_dimensions;
        const double *target = places + (gsize) input->targets[i] * n_dimensions;
        double squared = 0;

        for (guint d = 0; d < n_dimensions; d++)
          squared += (source[d] - target[d]) * (source[d] - target[d]);
        sum += sqrt (squared);
        n_edges++;
      }
  return sum > 0 && isfinite (sum) ? sum / n_edges : 1;
}

void
graph_layout_normalise (const GraphInput *input,
                        double           *places)
{
  guint n_dimensions = input->request.n_dimensions;
  guint32 n_nodes = input->request.n_nodes;
  double length = get_mean_length (input, places);

  for (guint d = 0; d < n_dimensions; d++)
    {
      double middle = 0;

      for (gsize i = 0; i < n_nodes; i++)
        middle += places[i * n_dimensions + d] / n_nodes;
      for (gsize i = 0; i < n_nodes; i++)
        places[i * n_dimensions + d] = (places[i * n_dimensions + d] - middle) / length;
    }
}

void
graph_layout_finish (const GraphInput *input,
                     double           *places,
                     float            *finished)
{
  graph_layout_normalise (input, places);
  for (gsize i = 0; i < (gsize) input->request.n_nodes * input->request.n_dimensions; i++)
    finished[i] = isfinite ((float) places[i]) ? places[i] : 0;
}

static gboolean
matrix_init (const GraphInput  *input,
             igraph_matrix_t   *matrix,
             GError           **error)
{
  guint n_dimensions = input->request.n_dimensions;
  guint32 n_nodes = input->start != NULL ? input->request.n_nodes : 0;

  if (!graph_fault_check (igraph_matrix_init (matrix, n_nodes, n_dimensions), error))
    return FALSE;
  for (gsize i = 0; i < n_nodes; i++)
    for (guint d = 0; d < n_dimensions; d++)
      MATRIX (*matrix, i, d) = input->start[i * n_dimensions + d];
  return TRUE;
}

static void
matrix_get (const GraphInput      *input,
            const igraph_matrix_t *matrix,
            double                *places)
{
  guint n_dimensions = input->request.n_dimensions;

  for (gsize i = 0; i < input->request.n_nodes; i++)
    for (guint d = 0; d < n_dimensions; d++)
      places[i * n_dimensions + d] = MATRIX (*matrix, i, d);
}

/* Distances are 1 / strength. */
gboolean
graph_lay_out_by_kk (const GraphInput  *input,
                     double            *places,
                     EngramGraphSign   *sign,
                     GError           **error)
{
  g_autofree float *strengths = graph_input_get_strengths (input, sign, error);
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_t) lengths = { 0 };
  g_auto (igraph_matrix_t) matrix = { 0 };
  guint32 n_nodes = input->request.n_nodes;

  if (strengths == NULL)
    return FALSE;
  for (gsize i = 0; i < input->request.n_edges; i++)
    strengths[i] = 1 / strengths[i];
  if (!graph_input_make_graph (input, FALSE, &graph, error) ||
      !graph_input_make_vector (input, strengths, &lengths, error) ||
      !matrix_init (input, &matrix, error) ||
      !graph_fault_check (igraph_layout_kamada_kawai (&graph, &matrix, input->start != NULL, KK_STEPS * n_nodes, 0,
                                                      n_nodes, &lengths, NULL, NULL, NULL, NULL), error))
    return FALSE;
  matrix_get (input, &matrix, places);
  return TRUE;
}

gboolean
graph_lay_out_by_drl (const GraphInput  *input,
                      double            *places,
                      EngramGraphSign   *sign,
                      GError           **error)
{
  g_autofree float *strengths = graph_input_get_strengths (input, sign, error);
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_t) weights = { 0 };
  g_auto (igraph_matrix_t) matrix = { 0 };
  igraph_layout_drl_options_t options;
  gboolean started = input->start != NULL;
  igraph_layout_drl_default_t kind = started ? IGRAPH_LAYOUT_DRL_REFINE : IGRAPH_LAYOUT_DRL_DEFAULT;

  if (strengths == NULL ||
      !graph_input_make_graph (input, FALSE, &graph, error) ||
      !graph_input_make_vector (input, strengths, &weights, error) ||
      !matrix_init (input, &matrix, error) ||
      !graph_fault_check (igraph_layout_drl_options_init (&options, kind), error) ||
      !graph_fault_check (input->request.n_dimensions == 2
                            ? igraph_layout_drl (&graph, &matrix, started, &options, &weights)
                            : igraph_layout_drl_3d (&graph, &matrix, started, &options, &weights), error))
    return FALSE;
  matrix_get (input, &matrix, places);
  return TRUE;
}

/* How deep each node lies when edges that close a circle lead upwards. */
static gboolean
find_layers (const igraph_t       *graph,
             igraph_vector_int_t  *layers,
             GError              **error)
{
  g_auto (igraph_vector_int_t) removed = { 0 };
  g_auto (igraph_vector_int_t) order = { 0 };
  g_auto (igraph_t) acyclic = { 0 };
  igraph_integer_t n_nodes = igraph_vcount (graph);
  igraph_es_t edges;

  if (!graph_fault_check (igraph_vector_int_init (layers, n_nodes), error) ||
      !graph_fault_check (igraph_vector_int_init (&removed, 0), error) ||
      !graph_fault_check (igraph_vector_int_init (&order, 0), error) ||
      !graph_fault_check (igraph_feedback_arc_set (graph, &removed, NULL, IGRAPH_FAS_APPROX_EADES), error) ||
      !graph_fault_check (igraph_copy (&acyclic, graph), error))
    return FALSE;
  igraph_es_vector (&edges, &removed);
  if (!graph_fault_check (igraph_delete_edges (&acyclic, edges), error) ||
      !graph_fault_check (igraph_topological_sorting (&acyclic, &order, IGRAPH_OUT), error))
    return FALSE;
  for (igraph_integer_t i = 0; i < n_nodes; i++)
    {
      igraph_integer_t node = VECTOR (order)[i];
      g_auto (igraph_vector_int_t) targets = { 0 };

      if (!graph_fault_check (igraph_vector_int_init (&targets, 0), error) ||
          !graph_fault_check (igraph_neighbors (&acyclic, &targets, node, IGRAPH_OUT), error))
        return FALSE;
      for (igraph_integer_t j = 0; j < igraph_vector_int_size (&targets); j++)
        {
          igraph_integer_t *layer = &VECTOR (*layers)[VECTOR (targets)[j]];

          *layer = MAX (*layer, VECTOR (*layers)[node] + 1);
        }
    }
  return TRUE;
}

gboolean
graph_lay_out_in_layers (const GraphInput  *input,
                         double            *places,
                         EngramGraphSign   *sign,
                         GError           **error)
{
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_int_t) layers = { 0 };
  g_auto (igraph_matrix_t) matrix = { 0 };

  if (!graph_input_make_graph (input, TRUE, &graph, error) ||
      /* A second edge between the same nodes changes nothing but the time that it takes. */
      !graph_fault_check (igraph_simplify (&graph, TRUE, TRUE, NULL), error) ||
      !find_layers (&graph, &layers, error) ||
      !graph_fault_check (igraph_matrix_init (&matrix, 0, 0), error) ||
      !graph_fault_check (igraph_layout_sugiyama (&graph, &matrix, NULL, NULL, &layers, 1, 1, LAYER_ROUNDS, NULL),
                          error))
    return FALSE;
  matrix_get (input, &matrix, places);
  return TRUE;
}

float *
graph_lay_out (const GraphInput  *input,
               EngramGraphSign   *sign,
               GError           **error)
{
  gsize n_numbers = (gsize) input->request.n_nodes * input->request.n_dimensions;
  EngramGraphLayout layout = input->request.kind;
  g_autofree double *places = NULL;
  g_autofree float *finished = NULL;

  if (input->request.n_nodes > layouts[layout].limit)
    {
      graph_fault_set_limit (error, layouts[layout].limit);
      return NULL;
    }
  places = g_try_new0 (double, n_numbers + 1);
  finished = g_try_new (float, n_numbers + 1);
  if (places == NULL || finished == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  /* Of one node there is nothing to find out, and igraph does not always take it. */
  if (input->request.n_nodes > 1 && !layouts[layout].lay_out (input, places, sign, error))
    return NULL;
  graph_layout_finish (input, places, finished);
  return g_steal_pointer (&finished);
}
