/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/engram-network-view.h"

#include "views/engram-legend-view.h"
#include "views/engram-point-texts.h"
#include "views/engram-walk.h"

G_BEGIN_DECLS

struct _EngramNetworkView {
  GtkWidget            parent_instance;

  char                *name;
  EngramSceneSource   *source;
  EngramSession       *session;   /* or NULL */
  EngramPointTexts    *texts;
  EngramColourBy       colour_by;
  EngramSizeBy         size_by;
  char                *colour_key;      /* the name of a number in metadata, or NULL */
  EngramRecordNumbers *colour_values;  /* what a worker has read; NULL where it need not, or has not */
  EngramNeuronTags    *tags;
  EngramRecordNumbers *size_values;
  GCancellable        *values_loading;  /* NULL while nothing is read */
  gboolean             values_stale;    /* they are read once somebody looks */
  gboolean             keys_known;
  gboolean             showing_keys;    /* the program chooses a key, not a person */
  gboolean             labelled;
  gboolean             flight_awaited; /* to what is selected, once there is a picture */
  EngramPickedKind     hovered_kind;  /* what is under the pointer */
  guint32              hovered_index;
  EngramRowSet        *marked_neurons;  /* or NULL */
  EngramRowSet        *marked_synapses; /* or NULL */
  EngramWalk          *walk;            /* of the session, or NULL */
  gboolean             at_synapse;      /* one of the selected neuron's synapses is looked at */
  gint64               walk_neuron, walk_synapse; /* rowids */
  gboolean             announcing;      /* what is selected is to be said, once it is known */

  GtkWidget           *content;
  GtkWidget           *bar;
  GtkWidget           *colour_drop_down;
  GtkWidget           *key_drop_down;
  GtkWidget           *size_drop_down;
  GtkWidget           *labels_switch;
  GtkWidget           *edges_drop_down;
  GtkWidget           *weight_range;
  GMenu               *analyse_menu;
  GtkWidget           *common_controls; /* the first of those at the end of the bar */
  GtkWidget           *overlay;
  EngramSceneView     *scene_view;
  GtkWidget           *legend_view;
  GtkWidget           *drawn_label;
  GtkWidget           *walk_bar;
  GtkWidget           *walk_label;
  GtkWidget           *mark_button;
  GtkWidget           *marks_button;
  GtkWidget           *spinner;
  GtkWidget           *empty_page;
  GtkWidget           *empty_button;
  const char          *empty_action; /* or NULL */
};

/* engram-network-view-selection.c: what is selected, here and everywhere */
void engram_network_view_show_selection (EngramNetworkView *self);
void engram_network_view_connect_picking (EngramNetworkView *self);

/* engram-network-view-walk.c: along the synapses */
void engram_network_view_install_walk   (GtkWidgetClass    *widget_class);
GtkWidget *engram_network_view_make_walk (EngramNetworkView *self);
/* @walk: (nullable) */
void engram_network_view_set_walk       (EngramNetworkView *self,
                                         EngramWalk        *walk);
/* The synapse that is looked at, and the point to which it leads; FALSE where there is none. */
gboolean engram_network_view_find_walk  (EngramNetworkView *self,
                                         guint32           *edge,
                                         guint32           *other_end);
/* Says what is selected, and what can be done. */
void engram_network_view_show_walk      (EngramNetworkView *self);

/* engram-network-view-labels.c */
void engram_network_view_show_labels    (EngramNetworkView *self);
/* The points that may have a label, the most connected ones first. (transfer full) (element-type guint32) */
GArray *engram_network_view_list_important (EngramNetworkView *self);
void engram_network_view_show_hint      (EngramNetworkView *self,
                                         EngramPickedKind   kind,
                                         guint32            index);

/* engram-network-view-colours.c: what colours and sizes stand for */
void engram_network_view_colour         (EngramNetworkView *self);
/* The file has changed, or is another. */
void engram_network_view_refresh_values (EngramNetworkView *self);
void engram_network_view_forget_values  (EngramNetworkView *self);
/* Somebody looks. */
void engram_network_view_begin_values   (EngramNetworkView *self);
void engram_network_view_key_chosen     (EngramNetworkView *self);

/* engram-network-view-analyse.c: the menu of analyses */
void engram_network_view_install_analyse (GtkWidgetClass   *widget_class);
GtkWidget *engram_network_view_make_analyse (EngramNetworkView *self);
void engram_network_view_update_analyse (EngramNetworkView *self);

/* engram-network-view-appearance.c: what is drawn, and how */
GtkWidget *engram_network_view_make_appearance (EngramNetworkView *self);
/* Edges that are many are fainter. To be called before the scene is drawn with others. */
void engram_network_view_adapt_edges    (EngramNetworkView *self);
/* Shows how the weights are spread, where somebody looks. */
void engram_network_view_update_weights (EngramNetworkView *self);

/* engram-network-view-bar.c: the controls */
void engram_network_view_make_bar       (EngramNetworkView *self);

G_END_DECLS
