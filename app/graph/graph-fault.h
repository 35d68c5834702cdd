/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <igraph/igraph.h>

#include "graph/engram-graph-protocol.h"

G_BEGIN_DECLS

/* The domain of all errors of this program; the codes are those of EngramGraphFault. */
#define GRAPH_FAULT (graph_fault_quark ())

GQuark   graph_fault_quark      (void);

void     graph_fault_set_memory (GError         **error);
/* @limit: how many it takes at most. */
void     graph_fault_set_limit  (GError         **error,
                                 guint32          limit);

/* igraph's errors become returned codes, instead of ending the program; and what it warns of is not printed. */
void     graph_fault_set_up     (void);
/* Whether igraph did what it was asked. */
gboolean graph_fault_check      (igraph_error_t   code,
                                 GError         **error);

G_END_DECLS
