/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What both sides of the pipe speak of: the window and the helper program engram-graph. */

/**
 * EngramGraphLayout:
 * @ENGRAM_GRAPH_LAYOUT_FORCE: edges pull by |weight|, nodes push; what people get unless they choose. It starts from
 *   the communities, disconnected parts are packed side by side, and pictures come on the way
 * @ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI: distances in the picture follow distances in the graph (1 / |weight|); up to
 *   %ENGRAM_GRAPH_KAMADA_KAWAI_LIMIT nodes
 * @ENGRAM_GRAPH_LAYOUT_DRL: dense clusters far apart from each other, by |weight|; up to %ENGRAM_GRAPH_DRL_LIMIT nodes
 * @ENGRAM_GRAPH_LAYOUT_LAYERED: edges lead downwards as far as possible; up to %ENGRAM_GRAPH_LAYERED_LIMIT nodes
 * @ENGRAM_GRAPH_LAYOUT_RADIAL: rings around a node, by steps from it whatever the direction; what cannot be reached is
 *   on the outermost
 * @ENGRAM_GRAPH_LAYOUT_CIRCLE: in the order of communities, so that few edges cross the middle
 * @ENGRAM_GRAPH_LAYOUT_UMAP: the edges are neighbours and the weights their distances; up to %ENGRAM_GRAPH_UMAP_LIMIT
 *   nodes
 */
typedef enum {
  ENGRAM_GRAPH_LAYOUT_FORCE,
  ENGRAM_GRAPH_LAYOUT_KAMADA_KAWAI,
  ENGRAM_GRAPH_LAYOUT_DRL,
  ENGRAM_GRAPH_LAYOUT_LAYERED,
  ENGRAM_GRAPH_LAYOUT_RADIAL,
  ENGRAM_GRAPH_LAYOUT_CIRCLE,
  ENGRAM_GRAPH_LAYOUT_UMAP,
} EngramGraphLayout;

#define ENGRAM_GRAPH_KAMADA_KAWAI_LIMIT 2000
#define ENGRAM_GRAPH_DRL_LIMIT 50000
#define ENGRAM_GRAPH_LAYERED_LIMIT 1000
#define ENGRAM_GRAPH_UMAP_LIMIT 200000

/* Above so many nodes, betweenness is taken from a sample. */
#define ENGRAM_GRAPH_BETWEENNESS_LIMIT 5000

/* Any graph has at most so many nodes and edges. */
#define ENGRAM_GRAPH_MAX_NODES 20000000
#define ENGRAM_GRAPH_MAX_EDGES 200000000

/**
 * EngramGraphSign:
 * @ENGRAM_GRAPH_SIGN_KEPT: negative weights count as they are, weights do not matter at all, or none is negative
 * @ENGRAM_GRAPH_SIGN_DROPPED: the strength alone was used: |weight|
 * @ENGRAM_GRAPH_SIGN_LEFT_OUT: edges with a negative weight were left out
 *
 * What was done with negative weights, where an algorithm takes none: the views say it.
 */
typedef enum {
  ENGRAM_GRAPH_SIGN_KEPT,
  ENGRAM_GRAPH_SIGN_DROPPED,
  ENGRAM_GRAPH_SIGN_LEFT_OUT,
} EngramGraphSign;

/**
 * EngramGraphPathKind:
 * @ENGRAM_GRAPH_PATH_SHORTEST: fewest steps; among these the greatest product of |weight|
 * @ENGRAM_GRAPH_PATH_STRONGEST: greatest product of |weight|; among these the fewest steps
 */
typedef enum {
  ENGRAM_GRAPH_PATH_SHORTEST,
  ENGRAM_GRAPH_PATH_STRONGEST,
} EngramGraphPathKind;

G_END_DECLS
