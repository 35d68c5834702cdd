/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/engram-network-page.h"

#include "common/engram-pane-handle.h"
#include "details/engram-figures-pane.h"
#include "filters/engram-filter-pane.h"
#include "graph/engram-graph-view.h"
#include "jobs/engram-job-bar.h"
#include "jobs/engram-job-list.h"
#include "search/engram-search-bar.h"
#include "space/engram-space-view.h"

G_BEGIN_DECLS

/* See engram-network-page-panes.c */
typedef struct {
  gboolean is_wanted; /* beside the view, where there is room */
  gboolean is_over;   /* opened over the view, where there is none */
  gboolean is_folded; /* as the flap has told last */
} EngramNetworkPagePane;

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
  GtkLabel          *status_label;
  GtkWidget         *bookmark_entry;   /* in its popover, or NULL */
  GtkWidget         *bookmark_button;
  char              *renamed_bookmark; /* the group of the bookmark that is given another name, or NULL */

  EngramJobList     *jobs;             /* what is and was done for the networks that were shown here */

  EngramNetworkPagePane filters_state;
  EngramNetworkPagePane details_state;
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

/* engram-network-page-jobs.c: what is done for the network, and how it ended */
void engram_network_page_begin_jobs       (EngramNetworkPage *self);
/* What the session tells */
void engram_network_page_done             (EngramNetworkPage *self,
                                           const char        *label,
                                           gboolean           undoable);
void engram_network_page_failed           (EngramNetworkPage *self,
                                           const char        *title,
                                           const GError      *error);

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

/* engram-network-page-focus.c: where the keyboard goes */
/* Returns: (nullable) (transfer none): what has the focus in the window */
GtkWidget *engram_network_page_get_focus  (EngramNetworkPage *self);
void engram_network_page_focus_view       (EngramNetworkPage *self);
void engram_network_page_focus_first      (EngramNetworkPage *self);
void engram_network_page_enter_pane       (EngramNetworkPage *self,
                                           GtkWidget         *pane);
void engram_network_page_pane_revealed    (EngramNetworkPage *self,
                                           AdwFlap           *flap);
gboolean engram_network_page_uncover      (EngramNetworkPage *self);

/* engram-network-page-panes.c: which of the panes at the sides are open */
void engram_network_page_begin_panes      (EngramNetworkPage *self);
void engram_network_page_reveal_pane      (EngramNetworkPage *self,
                                           AdwFlap           *flap,
                                           gboolean           revealed);
void engram_network_page_recall_pane      (EngramNetworkPage *self,
                                           AdwFlap           *flap,
                                           gboolean           wanted);
void engram_network_page_pane_changed     (EngramNetworkPage *self,
                                           AdwFlap           *flap);
void engram_network_page_pane_folded      (EngramNetworkPage *self,
                                           AdwFlap           *flap);

/* engram-network-page-windows.c: what shows the network beside the page */
void engram_network_page_close_windows    (EngramNetworkPage *self);

/* engram-bookmarks.c */
void engram_network_page_update_bookmarks (EngramNetworkPage *self);
void engram_network_page_begin_bookmarks  (EngramNetworkPage *self);

G_END_DECLS
