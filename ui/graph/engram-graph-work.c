/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-work.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "graph/engram-graph-process.h"

static EngramGraphRequest
make_request (const EngramGraph *graph,
              EngramGraphWork    work)
{
  return (EngramGraphRequest) {
    .magic = ENGRAM_GRAPH_MAGIC,
    .version = ENGRAM_GRAPH_VERSION,
    .work = work,
    .n_nodes = graph->n_nodes,
    .n_edges = graph->n_edges,
    .has_weights = graph->weights != NULL,
  };
}

static gboolean
run (const EngramGraph         *graph,
     const EngramGraphRequest  *request,
     const float               *start,
     const EngramGraphCall     *call,
     EngramGraphResult         *result,
     gpointer                  *data,
     GError                   **error)
{
  EngramGraphChunk chunks[ENGRAM_GRAPH_MAX_CHUNKS];
  const char *reason = engram_graph_request_check (request);
  gsize n_bytes = (gsize) graph->n_edges * sizeof (guint32);
  guint n_chunks = 0;

  if (reason != NULL)
    {
      /* Translators: what is wrong follows, in English; it is for developers. */
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID, _("This cannot be asked of a graph: %s."), reason);
      return FALSE;
    }
  chunks[n_chunks++] = (EngramGraphChunk) { graph->sources, n_bytes };
  chunks[n_chunks++] = (EngramGraphChunk) { graph->targets, n_bytes };
  if (request->has_weights)
    chunks[n_chunks++] = (EngramGraphChunk) { graph->weights, n_bytes };
  if (request->has_start)
    chunks[n_chunks++] = (EngramGraphChunk) { start, engram_graph_request_get_picture (request) };
  return engram_graph_process_run (request, chunks, n_chunks, call, result, data, error);
}

static gboolean
set_nonsense (GError **error)
{
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                       _("The helper program for graphs has answered something that makes no sense. It may belong to "
                         "another version of Engram."));
  return FALSE;
}

gboolean
engram_graph_lay_out (const EngramGraph               *graph,
                      const EngramGraphLayoutOptions  *options,
                      const EngramGraphCall           *call,
                      float                           *positions,
                      EngramGraphSign                 *sign,
                      GError                         **error)
{
  EngramGraphRequest request = make_request (graph, ENGRAM_GRAPH_WORK_LAYOUT);
  EngramGraphResult result;
  g_autofree gpointer data = NULL;

  request.kind = options->layout;
  request.n_dimensions = options->n_dimensions;
  request.seed = options->seed;
  request.from = options->layout == ENGRAM_GRAPH_LAYOUT_RADIAL ? options->centre : 0;
  request.has_start = options->start != NULL;
  if (!run (graph, &request, options->start, call, &result, &data, error))
    return FALSE;
  for (gsize i = 0; i < (gsize) request.n_nodes * request.n_dimensions; i++)
    if (!isfinite (((const float *) data)[i]))
      return set_nonsense (error);
  if (request.n_nodes > 0)
    memcpy (positions, data, engram_graph_request_get_picture (&request));
  if (sign != NULL)
    *sign = result.sign;
  return TRUE;
}

/* Runs what gives a group for each node. */
static gboolean
run_groups (const EngramGraph         *graph,
            const EngramGraphRequest  *request,
            const EngramGraphCall     *call,
            EngramGraphResult         *result,
            guint32                   *groups,
            GError                   **error)
{
  g_autofree gpointer data = NULL;

  if (!run (graph, request, NULL, call, result, &data, error))
    return FALSE;
  for (gsize i = 0; i < graph->n_nodes; i++)
    {
      groups[i] = ((const guint32 *) data)[i];
      if (groups[i] >= result->count)
        return set_nonsense (error);
    }
  return result->count <= graph->n_nodes || set_nonsense (error);
}

gboolean
engram_graph_communities (const EngramGraph      *graph,
                          guint32                 seed,
                          const EngramGraphCall  *call,
                          guint32                *communities,
                          guint32                *n_communities,
                          double                 *modularity,
                          EngramGraphSign        *sign,
                          GError                **error)
{
  EngramGraphRequest request = make_request (graph, ENGRAM_GRAPH_WORK_COMMUNITIES);
  EngramGraphResult result;

  request.seed = seed;
  if (!run_groups (graph, &request, call, &result, communities, error))
    return FALSE;
  if (n_communities != NULL)
    *n_communities = result.count;
  if (modularity != NULL)
    *modularity = result.figure;
  if (sign != NULL)
    *sign = result.sign;
  return TRUE;
}

gboolean
engram_graph_components (const EngramGraph      *graph,
                         const EngramGraphCall  *call,
                         guint32                *components,
                         guint32                *n_components,
                         GError                **error)
{
  EngramGraphRequest request = make_request (graph, ENGRAM_GRAPH_WORK_COMPONENTS);
  EngramGraphResult result;

  if (!run_groups (graph, &request, call, &result, components, error))
    return FALSE;
  if (n_components != NULL)
    *n_components = result.count;
  return TRUE;
}

/* Runs what gives a number for each node, none negative. */
static gboolean
run_numbers (const EngramGraph         *graph,
             const EngramGraphRequest  *request,
             const EngramGraphCall     *call,
             EngramGraphResult         *result,
             double                    *numbers,
             GError                   **error)
{
  g_autofree gpointer data = NULL;

  if (!run (graph, request, NULL, call, result, &data, error))
    return FALSE;
  for (gsize i = 0; i < graph->n_nodes; i++)
    {
      numbers[i] = ((const double *) data)[i];
      if (!(numbers[i] >= 0 && isfinite (numbers[i])))
        return set_nonsense (error);
    }
  return TRUE;
}

gboolean
engram_graph_page_rank (const EngramGraph      *graph,
                        const EngramGraphCall  *call,
                        double                 *ranks,
                        EngramGraphSign        *sign,
                        GError                **error)
{
  EngramGraphRequest request = make_request (graph, ENGRAM_GRAPH_WORK_PAGE_RANK);
  EngramGraphResult result;

  if (!run_numbers (graph, &request, call, &result, ranks, error))
    return FALSE;
  if (sign != NULL)
    *sign = result.sign;
  return TRUE;
}

gboolean
engram_graph_betweenness (const EngramGraph      *graph,
                          guint32                 seed,
                          const EngramGraphCall  *call,
                          double                 *betweenness,
                          guint32                *n_sampled,
                          EngramGraphSign        *sign,
                          GError                **error)
{
  EngramGraphRequest request = make_request (graph, ENGRAM_GRAPH_WORK_BETWEENNESS);
  EngramGraphResult result;

  request.seed = seed;
  if (!run_numbers (graph, &request, call, &result, betweenness, error))
    return FALSE;
  if (n_sampled != NULL)
    *n_sampled = result.count;
  if (sign != NULL)
    *sign = result.sign;
  return TRUE;
}

/* Whether these edges lead one after the other from the one to the other. */
static gboolean
is_path (const EngramGraph *graph,
         guint32            from,
         guint32            to,
         const guint32     *edges,
         gsize              n_edges)
{
  guint32 at = from;

  for (gsize i = 0; i < n_edges; i++)
    {
      if (edges[i] >= graph->n_edges || graph->sources[edges[i]] != at)
        return FALSE;
      at = graph->targets[edges[i]];
    }
  return at == to;
}

GArray *
engram_graph_path (const EngramGraph      *graph,
                   guint32                 from,
                   guint32                 to,
                   EngramGraphPathKind     kind,
                   const EngramGraphCall  *call,
                   GError                **error)
{
  EngramGraphRequest request = make_request (graph, ENGRAM_GRAPH_WORK_PATH);
  EngramGraphResult result;
  g_autofree gpointer data = NULL;
  GArray *path;

  request.kind = kind;
  request.from = from;
  request.to = to;
  if (!run (graph, &request, NULL, call, &result, &data, error))
    return NULL;
  if (!is_path (graph, from, to, data, result.count))
    {
      set_nonsense (error);
      return NULL;
    }
  path = g_array_sized_new (FALSE, FALSE, sizeof (guint32), result.count);
  if (result.count > 0)
    g_array_append_vals (path, data, result.count);
  return path;
}
