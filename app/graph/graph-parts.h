/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-input.h"

G_BEGIN_DECLS

/* The parts of a graph that nothing joins, the largest first: each is laid out by itself. */
typedef struct {
  guint32  n_parts;
  guint32 *node_starts; /* (array length=n_parts + 1): of the nodes of each in @nodes */
  guint32 *nodes;       /* all nodes */
  guint32 *numbers;     /* of each node, within its part */
  gsize   *edge_starts; /* and so the edges */
  guint32 *edges;
} GraphParts;

GraphParts *graph_parts_new  (const GraphInput  *input,
                              GError           **error);
void        graph_parts_free (GraphParts        *self);

/* Puts the parts side by side, in rows (and rows of rows), each in a scale in which its nodes are about 1 apart: where
 * many are bound to many, edges are long, and small parts would be dots beside them. @places: of each node in the order
 * of @nodes, each part by itself; they are moved. */
gboolean    graph_parts_pack (const GraphParts  *self,
                              const GraphInput  *input,
                              double            *places,
                              GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphParts, graph_parts_free)

G_END_DECLS
