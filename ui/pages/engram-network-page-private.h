/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/engram-network-page.h"

#include "common/engram-pane-handle.h"
#include "details/engram-figures-pane.h"
#include "filters/engram-filter-pane.h"
#include "graph/engram-graph-view.h"
#include "jobs/engram-job-bar.h"
#include "search/engram-search-bar.h"
#include "space/engram-space-view.h"

G_BEGIN_DECLS

struct _EngramNetworkPage {
  GtkWidget          parent_instance;

  /* Template */
  GtkWidget         *content;
  GtkRevealer       *search_revealer;
  EngramSearchBar   *search_bar;
  GtkInfoBar        *gone_bar;
  GtkLabel          *gone_label;
  GtkInfoBar        *behind_bar;
  GtkBox            *notices;
  AdwToastOverlay   *toasts;
  AdwFlap           *filters_flap;
  EngramFilterPane  *filters;
  EngramPaneHandle  *filters_handle;
  AdwFlap           *flap;
  AdwViewStack      *views;
  AdwViewSwitcherBar *switcher_bar;
  EngramRecordList  *neurons;
  EngramRecordList  *synapses;
  EngramGraphView   *graph;
  EngramSpaceView   *space;
  EngramPaneHandle  *details_handle;
  GtkStack          *details_stack;
  EngramFiguresPane *figures;
  EngramDetailsPane *details;
  EngramJobBar      *job_bar;
  GtkToggleButton   *follow_button;
  GtkMenuButton     *bookmarks_button;

  EngramDatabase    *database;
  char              *remembered_as; /* see engram_network_page_set_database(), or NULL */
  GKeyFile          *state;         /* what is remembered of the file; with bookmarks; NULL until it is read */
  EngramSession     *session;       /* NULL until then */
  GCancellable      *loading;       /* of reading it */
  GCancellable      *identifying;   /* of looking up which record is selected, or NULL */
  GPtrArray         *visited;       /* Visit: what was shown before, the latest last */
  GtkWidget         *pairs_window;  /* or NULL */
  AdwToast          *done_toast;    /* borrowed: what tells of the newest step, or NULL */
  char              *current;       /* id of the record whose details are shown, or NULL */
  EngramRecordKind   current_kind;
  EngramRecordKind   picture_kind;  /* of what was last selected, for the views that show both kinds */
  gboolean           flying;        /* what is selected next is to be flown to */
  gboolean           returning;     /* Back has asked for what is shown next */
  gboolean           rows_told;     /* "first-rows" was emitted for this network */
  guint              narrow_idle;
  guint              remember_timer;
};

/* engram-network-page.c */
/* Shows the list of that kind. */
void engram_network_page_show_kind        (EngramNetworkPage *self,
                                           EngramRecordKind   kind);

/* engram-network-page-session.c: the network that is shown, from its coming to its going */
void engram_network_page_forget_network   (EngramNetworkPage *self);

/* engram-network-page.c */
/* The network as a picture, where that is what is shown, or NULL */
EngramNetworkView *engram_network_page_get_picture (EngramNetworkPage *self);

/* engram-network-page-memory.c: how the network is looked at, remembered for each file */
void engram_network_page_recall           (EngramNetworkPage *self);
void engram_network_page_recall_selection (EngramNetworkPage *self);
void engram_network_page_remember_soon    (EngramNetworkPage *self);

/* engram-network-page-choice.c: the details of what is selected, and the way back */
void engram_network_page_follow_selection (EngramNetworkPage *self);
void engram_network_page_forget_visits    (EngramNetworkPage *self);
void engram_network_page_show_in_graph    (GtkWidget         *widget,
                                           const char        *name,
                                           GVariant          *parameter);
void engram_network_page_show_in_space    (GtkWidget         *widget,
                                           const char        *name,
                                           GVariant          *parameter);
void engram_network_page_notify_back      (EngramNetworkPage *self);

/* engram-network-page-windows.c: what shows the network beside the page */
void engram_network_page_close_windows    (EngramNetworkPage *self);

/* engram-bookmarks.c */
void engram_network_page_update_bookmarks (EngramNetworkPage *self);

G_END_DECLS
