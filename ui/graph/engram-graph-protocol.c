/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/engram-graph-protocol.h"

static gboolean
is_in_space (guint32 layout)
{
  return layout == ENGRAM_GRAPH_LAYOUT_FORCE || layout == ENGRAM_GRAPH_LAYOUT_DRL || layout == ENGRAM_GRAPH_LAYOUT_UMAP;
}

static const char *
check_layout (const EngramGraphRequest *request)
{
  if (request->kind > ENGRAM_GRAPH_LAYOUT_UMAP)
    return "unknown layout";
  if (request->n_dimensions != 2 && (request->n_dimensions != 3 || !is_in_space (request->kind)))
    return "wrong number of dimensions";
  if (request->kind == ENGRAM_GRAPH_LAYOUT_RADIAL && request->n_nodes > 0 && request->from >= request->n_nodes)
    return "the centre is no node";
  return NULL;
}

static const char *
check_path (const EngramGraphRequest *request)
{
  if (request->kind > ENGRAM_GRAPH_PATH_STRONGEST)
    return "unknown kind of path";
  if (request->from >= request->n_nodes || request->to >= request->n_nodes)
    return "the path's end is no node";
  return NULL;
}

const char *
engram_graph_request_check (const EngramGraphRequest *request)
{
  if (request->magic != ENGRAM_GRAPH_MAGIC || request->version != ENGRAM_GRAPH_VERSION)
    return "this is no request, or one of another version";
  if (request->n_nodes > ENGRAM_GRAPH_MAX_NODES || request->n_edges > ENGRAM_GRAPH_MAX_EDGES)
    return "too many nodes or edges";
  if (request->n_nodes == 0 && request->n_edges > 0)
    return "edges without nodes";
  if (request->has_weights > 1 || request->has_start > 1)
    return "a flag is neither 0 nor 1";
  if (request->has_start && request->work != ENGRAM_GRAPH_WORK_LAYOUT)
    return "only a layout starts somewhere";
  if (request->work == ENGRAM_GRAPH_WORK_LAYOUT)
    return check_layout (request);
  if (request->work == ENGRAM_GRAPH_WORK_PATH)
    return check_path (request);
  return request->work < ENGRAM_GRAPH_N_WORKS ? NULL : "unknown work";
}

guint64
engram_graph_request_get_length (const EngramGraphRequest *request)
{
  return (guint64) request->n_edges * (request->has_weights ? 12 : 8) +
         (request->has_start ? engram_graph_request_get_picture (request) : 0);
}

guint64
engram_graph_request_get_picture (const EngramGraphRequest *request)
{
  return (guint64) request->n_nodes * request->n_dimensions * sizeof (float);
}

guint64
engram_graph_request_get_result (const EngramGraphRequest *request,
                                 guint32                   count)
{
  switch ((EngramGraphWork) request->work)
    {
    case ENGRAM_GRAPH_WORK_LAYOUT:
      return engram_graph_request_get_picture (request);
    case ENGRAM_GRAPH_WORK_COMMUNITIES:
    case ENGRAM_GRAPH_WORK_COMPONENTS:
      return (guint64) request->n_nodes * sizeof (guint32);
    case ENGRAM_GRAPH_WORK_PAGE_RANK:
    case ENGRAM_GRAPH_WORK_BETWEENNESS:
      return (guint64) request->n_nodes * sizeof (double);
    case ENGRAM_GRAPH_WORK_PATH:
      return (guint64) count * sizeof (guint32);
    case ENGRAM_GRAPH_N_WORKS:
    default:
      g_return_val_if_reached (0);
    }
}
