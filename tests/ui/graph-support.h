/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph/engram-graph-work.h"

G_BEGIN_DECLS

/* A graph of a test's own, to be added to. */
typedef struct {
  EngramGraph graph;   /* of what is in the arrays, after graph_fixture_close() */
  GArray     *sources;
  GArray     *targets;
  GArray     *weights;
} GraphFixture;

GraphFixture *graph_fixture_new     (void);
void          graph_fixture_free    (GraphFixture       *self);
void          graph_fixture_add     (GraphFixture       *self,
                                     guint32             source,
                                     guint32             target,
                                     float               weight);
/* Returns: the graph as it is now. */
EngramGraph  *graph_fixture_close   (GraphFixture       *self,
                                     guint32             n_nodes);

/* Communities of 100 nodes, 5 edges a node, 80 % of them within one. */
GraphFixture *graph_fixture_planted (guint32             n_nodes,
                                     guint32             seed);

/* The mean share of each node's ten nearest that are of its planted community; above 1,000 nodes of every
 * so-and-so-many-th node. */
double        graph_fixture_judge   (const EngramGraph  *graph,
                                     const float        *positions,
                                     guint               n_dimensions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphFixture, graph_fixture_free)

G_END_DECLS
