/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-analyses.h"

#include <math.h>

#include "graph-channel.h"
#include "graph-fault.h"

/* How long the sampled betweenness takes is this many steps from node to node, one edge each. */
#define BETWEENNESS_STEPS 5e7
#define MIN_SAMPLE 64
#define PAGE_RANK_DAMPING 0.85
#define LEIDEN_RANDOMNESS 0.01
#define LEIDEN_ROUNDS 2

typedef struct {
  guint32 group;
  guint32 size;
} GroupSize;

static int
compare_group_sizes (gconstpointer a,
                     gconstpointer b)
{
  const GroupSize *one = a;
  const GroupSize *other = b;

  if (one->size != other->size)
    return one->size > other->size ? -1 : 1;
  return one->group < other->group ? -1 : 1;
}

/* Numbers groups anew, by their size. */
static guint32 *
number_by_size (const igraph_vector_int_t  *membership,
                guint32                     n_groups,
                GError                    **error)
{
  gsize n_nodes = igraph_vector_int_size (membership);
  g_autofree GroupSize *sizes = g_try_new0 (GroupSize, (gsize) n_groups + 1);
  g_autofree guint32 *numbers = g_try_new (guint32, (gsize) n_groups + 1);
  guint32 *groups = g_try_new (guint32, n_nodes + 1);

  if (sizes == NULL || numbers == NULL || groups == NULL)
    {
      g_free (groups);
      graph_fault_set_memory (error);
      return NULL;
    }
  for (guint32 i = 0; i < n_groups; i++)
    sizes[i].group = i;
  for (gsize i = 0; i < n_nodes; i++)
    sizes[VECTOR (*membership)[i]].size++;
  qsort (sizes, n_groups, sizeof *sizes, compare_group_sizes);
  for (guint32 i = 0; i < n_groups; i++)
    numbers[sizes[i].group] = i;
  for (gsize i = 0; i < n_nodes; i++)
    groups[i] = numbers[VECTOR (*membership)[i]];
  return groups;
}

guint32 *
graph_find_communities (const GraphInput  *input,
                        const float       *strengths,
                        guint32           *n_communities,
                        double            *modularity,
                        GError           **error)
{
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_t) weights = { 0 };
  g_auto (igraph_vector_t) masses = { 0 };
  g_auto (igraph_vector_int_t) membership = { 0 };
  igraph_integer_t n_groups = 0;
  double sum = 0;

  graph_channel_send_progress (ENGRAM_GRAPH_PHASE_COMMUNITIES, -1);
  if (!graph_input_make_graph (input, FALSE, &graph, error) ||
      !graph_input_make_vector (input, strengths, &weights, error) ||
      !graph_fault_check (igraph_vector_init (&masses, 0), error) ||
      !graph_fault_check (igraph_vector_int_init (&membership, 0), error) ||
      !graph_fault_check (igraph_strength (&graph, &masses, igraph_vss_all (), IGRAPH_ALL, IGRAPH_LOOPS, &weights),
                          error))
    return NULL;
  for (gsize i = 0; i < input->request.n_edges; i++)
    sum += strengths[i];
  /* With these the quality that Leiden improves is the modularity. */
  if (!graph_fault_check (igraph_community_leiden (&graph, &weights, &masses, sum > 0 ? 1 / (2 * sum) : 0,
                                                   LEIDEN_RANDOMNESS, FALSE, LEIDEN_ROUNDS, &membership, &n_groups,
                                                   NULL), error) ||
      (sum > 0 && modularity != NULL &&
       !graph_fault_check (igraph_modularity (&graph, &membership, &weights, 1, FALSE, modularity), error)))
    return NULL;
  *n_communities = n_groups;
  return number_by_size (&membership, n_groups, error);
}

guint32 *
graph_find_components (const GraphInput  *input,
                       guint32           *n_components,
                       GError           **error)
{
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_int_t) membership = { 0 };
  igraph_integer_t n_groups = 0;

  if (!graph_input_make_graph (input, FALSE, &graph, error) ||
      !graph_fault_check (igraph_vector_int_init (&membership, 0), error) ||
      !graph_fault_check (igraph_connected_components (&graph, &membership, NULL, &n_groups, IGRAPH_WEAK), error))
    return NULL;
  *n_components = n_groups;
  return number_by_size (&membership, n_groups, error);
}

gpointer
graph_analyse_communities (const GraphInput   *input,
                           EngramGraphResult  *result,
                           GError            **error)
{
  EngramGraphSign sign;
  g_autofree float *strengths = graph_input_get_strengths (input, &sign, error);

  if (strengths == NULL)
    return NULL;
  result->sign = sign;
  return graph_find_communities (input, strengths, &result->count, &result->figure, error);
}

gpointer
graph_analyse_components (const GraphInput   *input,
                          EngramGraphResult  *result,
                          GError            **error)
{
  return graph_find_components (input, &result->count, error);
}

/* What @input's weights are to an algorithm that leaves out edges without a positive value. @inverse: a strong edge is
 * short, and then the sign does not matter. */
static float *
get_positive (const GraphInput   *input,
              gboolean            inverse,
              EngramGraphResult  *result,
              GError            **error)
{
  gsize n_edges = input->request.n_edges;
  float *values = g_try_new (float, n_edges + 1);

  if (values == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (gsize i = 0; i < n_edges; i++)
    {
      float weight = input->weights != NULL ? input->weights[i] : 1;

      if (weight < 0)
        result->sign = inverse ? ENGRAM_GRAPH_SIGN_DROPPED : ENGRAM_GRAPH_SIGN_LEFT_OUT;
      if (!inverse)
        values[i] = weight;
      else
        /* So weak that its length is beyond all numbers is as good as none. */
        values[i] = weight != 0 && isfinite (1 / weight) ? 1 / fabsf (weight) : 0;
    }
  return values;
}

static gpointer
copy_values (const igraph_vector_t  *vector,
             double                  factor,
             GError                **error)
{
  gsize n_values = igraph_vector_size (vector);
  double *values = g_try_new (double, n_values + 1);

  if (values == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (gsize i = 0; i < n_values; i++)
    values[i] = factor * VECTOR (*vector)[i];
  return values;
}

gpointer
graph_analyse_page_rank (const GraphInput   *input,
                         EngramGraphResult  *result,
                         GError            **error)
{
  g_autofree float *positive = get_positive (input, FALSE, result, error);
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_t) weights = { 0 };
  g_auto (igraph_vector_t) ranks = { 0 };

  if (positive == NULL ||
      !graph_input_make_part (input, TRUE, positive, &graph, &weights, error) ||
      !graph_fault_check (igraph_vector_init (&ranks, 0), error) ||
      (input->request.n_nodes > 0 &&
       !graph_fault_check (igraph_pagerank (&graph, IGRAPH_PAGERANK_ALGO_PRPACK, &ranks, NULL, igraph_vss_all (), TRUE,
                                            PAGE_RANK_DAMPING, &weights, NULL), error)))
    return NULL;
  return copy_values (&ranks, 1, error);
}

static igraph_error_t
progress_cb (const char    *message,
             igraph_real_t  percent,
             void          *data)
{
  graph_channel_send_progress (ENGRAM_GRAPH_PHASE_WORKING, percent / 100);
  return IGRAPH_SUCCESS;
}

/* The nodes that paths are taken from, by chance, none twice. */
static gboolean
choose_sample (const GraphInput     *input,
               guint32               n_sampled,
               igraph_vector_int_t  *sample,
               GError              **error)
{
  if (!graph_fault_check (igraph_vector_int_init (sample, 0), error))
    return FALSE;
  return graph_fault_check (igraph_random_sample (sample, 0, input->request.n_nodes - 1, n_sampled), error);
}

static guint32
get_sample_size (guint32 n_nodes,
                 gsize   n_edges)
{
  if (n_nodes <= ENGRAM_GRAPH_BETWEENNESS_LIMIT)
    return n_nodes;
  return CLAMP (BETWEENNESS_STEPS / (n_nodes + n_edges), MIN_SAMPLE, ENGRAM_GRAPH_BETWEENNESS_LIMIT);
}

gpointer
graph_analyse_betweenness (const GraphInput   *input,
                           EngramGraphResult  *result,
                           GError            **error)
{
  guint32 n_nodes = input->request.n_nodes;
  g_autofree float *lengths = get_positive (input, TRUE, result, error);
  g_auto (igraph_t) graph = { 0 };
  g_auto (igraph_vector_t) weights = { 0 };
  g_auto (igraph_vector_t) values = { 0 };
  g_auto (igraph_vector_int_t) sample = { 0 };
  igraph_error_t code = IGRAPH_SUCCESS;

  result->count = get_sample_size (n_nodes, input->request.n_edges);
  if (lengths == NULL ||
      !graph_input_make_part (input, TRUE, lengths, &graph, &weights, error) ||
      !graph_fault_check (igraph_vector_init (&values, 0), error) ||
      (result->count < n_nodes && !choose_sample (input, result->count, &sample, error)))
    return NULL;
  igraph_set_progress_handler (progress_cb);
  if (result->count < n_nodes)
    code = igraph_betweenness_subset (&graph, &values, igraph_vss_all (), TRUE, igraph_vss_vector (&sample),
                                      igraph_vss_all (), &weights);
  else if (n_nodes > 0)
    code = igraph_betweenness (&graph, &values, igraph_vss_all (), TRUE, &weights);
  if (!graph_fault_check (code, error))
    return NULL;
  return copy_values (&values, n_nodes > 0 ? (double) n_nodes / result->count : 1, error);
}
