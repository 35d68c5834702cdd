/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-input.h"

G_BEGIN_DECLS

/* Each fills @result and returns what goes with it, or NULL. */
gpointer graph_analyse_communities (const GraphInput         *input,
                                    EngramGraphResult        *result,
                                    GError                  **error);
gpointer graph_analyse_components  (const GraphInput         *input,
                                    EngramGraphResult        *result,
                                    GError                  **error);
gpointer graph_analyse_page_rank   (const GraphInput         *input,
                                    EngramGraphResult        *result,
                                    GError                  **error);
gpointer graph_analyse_betweenness (const GraphInput         *input,
                                    EngramGraphResult        *result,
                                    GError                  **error);

/* (array length=n_nodes): the group of each node, the largest is 0; for layouts. @strengths: of the edges. */
guint32 *graph_find_communities    (const GraphInput         *input,
                                    const float              *strengths,
                                    guint32                  *n_communities,
                                    double                   *modularity,
                                    GError                  **error);
guint32 *graph_find_components     (const GraphInput         *input,
                                    guint32                  *n_components,
                                    GError                  **error);

G_END_DECLS
