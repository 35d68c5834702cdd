/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "graph/engram-graph-kinds.h"

G_BEGIN_DECLS

/* Layouts and analyses of a graph, done by the helper program engram-graph, one process for each piece of work. igraph
 * does most of them there, and may be killed at once: it cannot take the window with it.
 *
 * Every function here waits, so call it in a worker's thread; several may run at a time. It fails with
 * G_IO_ERROR_CANCELLED within some milliseconds of a cancel, the process being killed, and with ENGRAM_ERROR_FAILED
 * where the helper cannot be started, ends before it has answered, or answers nonsense. The same graph, options and
 * seed give the same answer. */

/**
 * EngramGraph:
 * @n_nodes: how many nodes
 * @n_edges: how many edges; two may join the same nodes, and one may lead back to where it starts
 * @sources: (array length=n_edges): the node where each starts
 * @targets: (array length=n_edges): the node to which it leads
 * @weights: (array length=n_edges) (nullable): signed; %NULL for 1 each. One that is not finite counts as 0
 */
typedef struct {
  guint32        n_nodes;
  guint32        n_edges;
  const guint32 *sources;
  const guint32 *targets;
  const float   *weights;
} EngramGraph;

/**
 * EngramGraphLayoutOptions:
 * @layout: which
 * @n_dimensions: 2, or 3 for %ENGRAM_GRAPH_LAYOUT_FORCE, %ENGRAM_GRAPH_LAYOUT_DRL and %ENGRAM_GRAPH_LAYOUT_UMAP
 * @seed: of what is random in it
 * @centre: node in the middle of %ENGRAM_GRAPH_LAYOUT_RADIAL
 * @start: (nullable) (array): places to start from, @n_dimensions numbers a node
 */
typedef struct {
  EngramGraphLayout layout;
  guint             n_dimensions;
  guint32           seed;
  guint32           centre;
  const float      *start;
} EngramGraphLayoutOptions;

/* Told of a picture on the way, n_nodes * n_dimensions numbers, in the thread that waits. Only
 * ENGRAM_GRAPH_LAYOUT_FORCE and _UMAP have such, some a second; they are as the positions in the end. */
typedef void (*EngramGraphPictureFunc) (const float *positions,
                                        gpointer     user_data);

/* The work of all functions: how to be told of it, and how to give it up; each may be NULL, and so may the whole. */
typedef struct {
  EngramProgressFunc     progress;
  EngramGraphPictureFunc picture;
  gpointer               user_data;
  GCancellable          *cancellable;
} EngramGraphCall;

/**
 * engram_graph_lay_out:
 * @graph: a graph
 * @options: how
 * @call: (nullable): who is told meanwhile, and may give up
 * @positions: (out caller-allocates): n_dimensions numbers a node, scaled so that the mean length of an edge is 1,
 *   around 0
 * @sign: (out) (optional): what was done with negative weights
 * @error: %ENGRAM_ERROR_INVALID where the layout does not take so many nodes
 *
 * Finds places for the nodes. A weight of 0 pulls weakly.
 */
gboolean engram_graph_lay_out        (const EngramGraph               *graph,
                                      const EngramGraphLayoutOptions  *options,
                                      const EngramGraphCall           *call,
                                      float                           *positions,
                                      EngramGraphSign                 *sign,
                                      GError                         **error);

/**
 * engram_graph_communities:
 * @graph: a graph
 * @seed: of what is random in it
 * @call: (nullable): who is told meanwhile, and may give up
 * @communities: (out caller-allocates): of each node, the largest community is 0
 * @n_communities: (out) (optional): how many
 * @modularity: (out) (optional): how much more weight is within them than by chance, -1/2 to 1
 * @sign: (out) (optional): what was done with negative weights
 * @error: return location for an error
 *
 * Finds communities by the Leiden algorithm, by |weight| whatever the direction: neurons that inhibit each other
 * strongly have much to do with each other. They are those that %ENGRAM_GRAPH_LAYOUT_FORCE begins with.
 */
gboolean engram_graph_communities    (const EngramGraph               *graph,
                                      guint32                          seed,
                                      const EngramGraphCall           *call,
                                      guint32                         *communities,
                                      guint32                         *n_communities,
                                      double                          *modularity,
                                      EngramGraphSign                 *sign,
                                      GError                         **error);

/**
 * engram_graph_components:
 * @graph: a graph
 * @call: (nullable): who is told meanwhile, and may give up
 * @components: (out caller-allocates): of each node, the largest component is 0
 * @n_components: (out) (optional): how many
 * @error: return location for an error
 *
 * Finds what is joined at all, whatever the weights and the direction.
 */
gboolean engram_graph_components     (const EngramGraph               *graph,
                                      const EngramGraphCall           *call,
                                      guint32                         *components,
                                      guint32                         *n_components,
                                      GError                         **error);

/**
 * engram_graph_page_rank:
 * @graph: a graph
 * @call: (nullable): who is told meanwhile, and may give up
 * @ranks: (out caller-allocates): of each node; they sum up to 1
 * @sign: (out) (optional): what was done with negative weights: such edges are left out, since inhibiting
 *   recommends nobody
 * @error: return location for an error
 *
 * Ranks nodes by the ranks of those that lead to them (PageRank, damping 0.85).
 */
gboolean engram_graph_page_rank      (const EngramGraph               *graph,
                                      const EngramGraphCall           *call,
                                      double                          *ranks,
                                      EngramGraphSign                 *sign,
                                      GError                         **error);

/**
 * engram_graph_betweenness:
 * @graph: a graph
 * @seed: of the sample
 * @call: (nullable): who is told meanwhile, and may give up
 * @betweenness: (out caller-allocates): of each node
 * @n_sampled: (out) (optional): from how many nodes the paths were taken: all, or above
 *   %ENGRAM_GRAPH_BETWEENNESS_LIMIT nodes a sample, scaled up
 * @sign: (out) (optional): what was done with negative weights
 * @error: return location for an error
 *
 * Counts how many of the cheapest paths between others lead through each node. A strong edge is short (1 / |weight|),
 * and one of weight 0 leads nowhere.
 */
gboolean engram_graph_betweenness    (const EngramGraph               *graph,
                                      guint32                          seed,
                                      const EngramGraphCall           *call,
                                      double                          *betweenness,
                                      guint32                         *n_sampled,
                                      EngramGraphSign                 *sign,
                                      GError                         **error);

/**
 * engram_graph_path:
 * @graph: a graph
 * @from: a node
 * @to: a node
 * @kind: which path
 * @call: (nullable): who is told meanwhile, and may give up
 * @error: %ENGRAM_ERROR_NOT_FOUND where there is no path
 *
 * Looks for a path along the direction of the edges. An edge of weight 0 leads nowhere, and one beyond 1, as damaged
 * networks may have, counts as 1.
 *
 * Returns: (transfer full) (element-type guint32): the indices of its edges in their order, none where @from is @to
 */
GArray  *engram_graph_path           (const EngramGraph               *graph,
                                      guint32                          from,
                                      guint32                          to,
                                      EngramGraphPathKind              kind,
                                      const EngramGraphCall           *call,
                                      GError                         **error);

G_END_DECLS
