/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-adjacency.h"

G_BEGIN_DECLS

/* A graph, and how its nodes are joined into those of the next, smaller one. */
typedef struct {
  GraphAdjacency *adjacency;
  double         *masses;      /* each node pushes by it */
  double         *inner;       /* the weight of all that was joined into each node */
  guint32        *communities; /* of each node: only those of the same are joined, while there are such */
  guint32        *parents;     /* the node of the next level, or NULL in the last */
} GraphLevel;

/* All levels, the given graph first, until few nodes are left. @adjacency: (transfer full): both ways. Which are joined
 * is by @random. */
GPtrArray *graph_levels_new (GraphAdjacency  *adjacency,
                             const guint32   *communities,
                             GRand           *random,
                             GError         **error);

G_END_DECLS
