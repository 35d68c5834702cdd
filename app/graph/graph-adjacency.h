/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which edges leave each node, in one block: those of node i are offsets[i] up to offsets[i + 1]. */
typedef struct {
  guint32  n_nodes;
  gsize   *offsets;
  guint32 *neighbours;
  float   *weights;
  guint32 *edges;      /* the index of each among those given */
} GraphAdjacency;

/* @weights: (nullable): 1 each. @both_ways: each edge is found from both its ends. Those that lead back to where they
 * start are left out. Returns: NULL where memory ends. */
GraphAdjacency *graph_adjacency_new  (guint32         n_nodes,
                                      gsize           n_edges,
                                      const guint32  *sources,
                                      const guint32  *targets,
                                      const float    *weights,
                                      gboolean        both_ways,
                                      GError        **error);
void            graph_adjacency_free (GraphAdjacency *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphAdjacency, graph_adjacency_free)

G_END_DECLS
