/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/engram-network-view.h"

#include "views/engram-legend-view.h"
#include "views/engram-point-texts.h"

G_BEGIN_DECLS

struct _EngramNetworkView {
  GtkWidget          parent_instance;

  char              *name;
  EngramSceneSource *source;
  EngramSession     *session;   /* or NULL */
  EngramPointTexts  *texts;
  EngramColourBy     colour_by;
  EngramSizeBy       size_by;
  char              *colour_key;      /* the name of a number in metadata, or NULL */
  EngramNeuronValues *colour_values;  /* what a worker has read; NULL where it need not, or has not */
  EngramNeuronTags  *tags;
  EngramNeuronValues *size_values;
  GCancellable      *values_loading;  /* NULL while nothing is read */
  gboolean           values_stale;    /* they are read once somebody looks */
  gboolean           keys_known;
  gboolean           showing_keys;    /* the program chooses a key, not a person */
  gboolean           labelled;
  gboolean           flight_awaited; /* to what is selected, once there is a picture */
  EngramPickedKind   hovered_kind;  /* what is under the pointer */
  guint32            hovered_index;
  EngramRowSet      *marked_neurons;  /* or NULL */
  EngramRowSet      *marked_synapses; /* or NULL */

  GtkWidget         *content;
  GtkWidget         *bar;
  GtkWidget         *colour_drop_down;
  GtkWidget         *key_drop_down;
  GtkWidget         *size_drop_down;
  GMenu             *analyse_menu;
  GtkWidget         *common_controls; /* the first of those at the end of the bar */
  GtkWidget         *overlay;
  EngramSceneView   *scene_view;
  GtkWidget         *legend_view;
  GtkWidget         *drawn_label;
  GtkWidget         *spinner;
  GtkWidget         *empty_page;
};

/* engram-network-view-selection.c: what is selected, here and everywhere */
void engram_network_view_show_selection (EngramNetworkView *self);
void engram_network_view_connect_picking (EngramNetworkView *self);

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

/* engram-network-view-bar.c: the controls */
void engram_network_view_make_bar       (EngramNetworkView *self);

G_END_DECLS
