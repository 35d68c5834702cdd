/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph/engram-graph-scene.h"
#include "views/engram-network-view.h"

G_BEGIN_DECLS

/* How a graph is laid out; the ones but the last are the EngramGraphLayout of the same number. */
typedef enum {
  ENGRAM_GRAPH_VIEW_FORCE,
  ENGRAM_GRAPH_VIEW_KAMADA_KAWAI,
  ENGRAM_GRAPH_VIEW_DRL,
  ENGRAM_GRAPH_VIEW_LAYERED,
  ENGRAM_GRAPH_VIEW_RADIAL,
  ENGRAM_GRAPH_VIEW_CIRCLE,
  ENGRAM_GRAPH_VIEW_AS_IN_SPACE, /* x and y of where the neurons stand */
  ENGRAM_GRAPH_VIEW_N_LAYOUTS,
} EngramGraphViewLayout;

#define ENGRAM_TYPE_GRAPH_VIEW (engram_graph_view_get_type ())

/* Some neurons and the synapses between them, laid out in a plane: those around a choice of neurons, those around the
 * neuron that is joined best, or all that the filter leaves. Neurons can be dragged, which pins them, and shown and
 * hidden one by one; what is done here changes nothing in the network.
 *
 * Properties: "laying-out" (boolean, read only). "status" (text, read only): what is shown, and of how many. Signal
 * "options-changed": what engram_graph_view_dup_options() tells has changed.
 *
 * Actions: graph.around, graph.expand, graph.collapse, graph.hide, graph.isolate, graph.show-all, graph.all, graph.pin,
 * graph.unpin, graph.lay-out, graph.path. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramGraphView, engram_graph_view, ENGRAM, GRAPH_VIEW, GtkWidget)

/* @session: (nullable) */
void                      engram_graph_view_set_session      (EngramGraphView       *self,
                                                              EngramSession         *session);
EngramNetworkView        *engram_graph_view_get_network_view (EngramGraphView       *self);
/* What is shown. (transfer none): valid until it changes */
const EngramGraphOptions *engram_graph_view_get_options      (EngramGraphView       *self);
/* The graph around these neurons, as far as the options say. */
void                      engram_graph_view_set_focus        (EngramGraphView       *self,
                                                              EngramRowSet          *neurons);
void                      engram_graph_view_set_scope        (EngramGraphView       *self,
                                                              EngramGraphScope       scope);
void                      engram_graph_view_set_neighbourhood (EngramGraphView      *self,
                                                              const EngramNeighbourhoodOptions *neighbourhood);
/* Chooses a layout, and lays the graph out by it. */
void                      engram_graph_view_set_layout       (EngramGraphView       *self,
                                                              EngramGraphViewLayout  layout);
/* How the graph is chosen and laid out, as one line of text for files. A text that is not known is passed over. It is
 * set before the graph is first seen; what is selected then is in the middle if something was the last time. */
char                     *engram_graph_view_dup_options      (EngramGraphView       *self);
void                      engram_graph_view_set_options      (EngramGraphView       *self,
                                                              const char            *text);
gboolean                  engram_graph_view_get_laying_out   (EngramGraphView       *self);
const char               *engram_graph_view_get_status       (EngramGraphView       *self);

G_END_DECLS
