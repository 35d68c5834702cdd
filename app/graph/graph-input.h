/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <igraph/igraph.h>

#include "graph/engram-graph-protocol.h"

G_BEGIN_DECLS

/* What was asked for. Every node that is named is one, and every number is finite. */
typedef struct {
  EngramGraphRequest request;
  guint32           *sources;
  guint32           *targets;
  float             *weights; /* or NULL: 1 each */
  float             *start;   /* or NULL */
} GraphInput;

/* Makes numbers finite. Returns: whether all that is named is there. */
gboolean  graph_input_check         (GraphInput        *self,
                                     GError           **error);
void      graph_input_clear         (GraphInput        *self);

/* |weight| of each edge, 1 on average and never 0: a weak edge is one nevertheless. @sign: what that did. */
float    *graph_input_get_strengths (const GraphInput  *self,
                                     EngramGraphSign   *sign,
                                     GError           **error);

/* The graph as igraph has it; the edges keep their numbers. */
gboolean  graph_input_make_graph    (const GraphInput  *self,
                                     gboolean           directed,
                                     igraph_t          *graph,
                                     GError           **error);
/* The same of some edges: those whose @kept is positive, in their order; and these numbers of them. */
gboolean  graph_input_make_part     (const GraphInput  *self,
                                     gboolean           directed,
                                     const float       *kept,
                                     igraph_t          *graph,
                                     igraph_vector_t   *numbers,
                                     GError           **error);
/* @values: as many as there are edges. */
gboolean  graph_input_make_vector   (const GraphInput  *self,
                                     const float       *values,
                                     igraph_vector_t   *vector,
                                     GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GraphInput, graph_input_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (igraph_t, igraph_destroy)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (igraph_vector_t, igraph_vector_destroy)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (igraph_vector_int_t, igraph_vector_int_destroy)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (igraph_matrix_t, igraph_matrix_destroy)

G_END_DECLS
