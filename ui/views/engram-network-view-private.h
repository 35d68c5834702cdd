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
  gboolean           labelled;
  EngramPickedKind   hovered_kind;  /* what is under the pointer */
  guint32            hovered_index;
  EngramRowSet      *marked_neurons;  /* or NULL */
  EngramRowSet      *marked_synapses; /* or NULL */

  GtkWidget         *content;
  GtkWidget         *bar;
  GtkWidget         *common_controls; /* the end of the bar */
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
void engram_network_view_show_hint      (EngramNetworkView *self,
                                         EngramPickedKind   kind,
                                         guint32            index);

/* engram-network-view-bar.c: the controls */
void engram_network_view_make_bar       (EngramNetworkView *self);

G_END_DECLS
