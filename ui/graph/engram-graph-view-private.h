/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph/engram-graph-view.h"

#include "graph/engram-graph-kinds.h"
#include "jobs/engram-job.h"
#include "views/engram-place-motion.h"
#include "views/engram-point-texts.h"

G_BEGIN_DECLS

typedef struct _EngramGraphPathPopover EngramGraphPathPopover;

struct _EngramGraphView {
  GtkWidget              parent_instance;

  GtkWidget             *content;
  EngramNetworkView     *network_view;
  GtkLabel              *status_label;
  GtkWidget             *all_button;
  GtkWidget             *spinner;
  EngramSession         *session; /* or NULL */

  EngramGraphOptions    *options; /* what is wanted; the worker has a copy */
  gboolean               opened;  /* it was on screen with this session */
  gboolean               asked;   /* the person wants another graph: what comes is no change of the network alone */
  gboolean               recalled; /* what was wanted the last time is known: */
  EngramGraphScope       recalled_scope;
  gboolean               focus_awaited; /* what is selected next is the focus */
  EngramPointTexts       *texts;
  char                  *status;
  char                  *problem; /* why it could not be laid out, or NULL */

  /* Laying out */
  EngramGraphViewLayout  layout;
  EngramGraphSign        sign;    /* what the last layout did with negative weights */
  gboolean               lay_out_wanted; /* as soon as the next scene is there */
  gboolean               fit_wanted;     /* all of it is to be seen then */
  EngramRowSet          *shown;   /* the neurons of the last picture */
  EngramJob             *job;     /* or NULL */

  EngramPlaceMotion     *motion;  /* from one picture to the next */

  /* Controls */
  gboolean               updating; /* they are being set to what is wanted */
  GtkDropDown           *scope_control;
  GtkSpinButton         *steps_control;
  GtkDropDown           *direction_control;
  GtkSpinButton         *weakest_control;
  GtkSpinButton         *strongest_control;
  GtkSpinButton         *limit_control;
  GtkDropDown           *layout_control;
  GtkLabel              *sign_label;
  GtkWidget             *path_button;
  EngramGraphPathPopover *path;
  GtkWidget             *menu; /* over a neuron, or NULL */
};

/* engram-graph-view.c */
EngramNetworkScene *engram_graph_view_get_scene  (EngramGraphView *self);
/* The options have changed: another scene. */
void   engram_graph_view_want_scene              (EngramGraphView *self);
void   engram_graph_view_update_status           (EngramGraphView *self);
void   engram_graph_view_layout_changed          (EngramGraphView *self);

/* What is chosen has changed: the controls show it, and whoever remembers it hears of it. */
void   engram_graph_view_options_changed         (EngramGraphView *self);

/* engram-graph-view-layout.c */
/* @anchors: (transfer full) (nullable): where points were, NaN for those that are new, so that the picture does not turn
 * against them; %NULL for where they are
 * @fit: all of it is to be seen in the end */
void   engram_graph_view_lay_out                 (EngramGraphView *self,
                                                  float           *anchors,
                                                  gboolean         fit);
void   engram_graph_view_stop_layout             (EngramGraphView *self);
/* Whether the layout that is under way is one of the graph of @scene too. */
gboolean engram_graph_view_layout_holds          (EngramGraphView    *self,
                                                  EngramNetworkScene *scene); /* (nullable) */
/* Whether the layout that is chosen takes as many neurons as are shown; where not, the status says so. */
gboolean engram_graph_view_takes_layout          (EngramGraphView *self);
/* With how many neurons it takes. */
char  *engram_graph_view_layout_dup_label        (EngramGraphViewLayout layout);

/* engram-graph-view-motion.c */
/* @places: (transfer full): of all points */
void   engram_graph_view_move_to                 (EngramGraphView *self,
                                                  float           *places,
                                                  gboolean         fit);
void   engram_graph_view_make_motion             (EngramGraphView *self);
void   engram_graph_view_show_pins               (EngramGraphView *self);
void   engram_graph_view_connect_dragging        (EngramGraphView *self);

/* engram-graph-view-actions.c */
void   engram_graph_view_class_add_actions       (GtkWidgetClass  *widget_class);
void   engram_graph_view_add_keys                (EngramGraphView *self);
void   engram_graph_view_update_actions          (EngramGraphView *self);

/* engram-graph-view-menu.c */
GMenuModel *engram_graph_view_make_menu          (void);
/* The menu over a neuron. */
void   engram_graph_view_connect_menu            (EngramGraphView *self);

/* engram-graph-view-controls.c */
void   engram_graph_view_make_controls           (EngramGraphView *self);
void   engram_graph_view_update_controls         (EngramGraphView *self);
void   engram_graph_view_update_sign             (EngramGraphView *self);
/* engram-graph-view-path.c: the popover that looks for a path */
GtkWidget *engram_graph_view_make_path           (EngramGraphView *self);
/* Forgets a path that is looked for or shown. */
void   engram_graph_view_reset_path              (EngramGraphView *self);
void   engram_graph_path_popover_free            (EngramGraphPathPopover *self);

G_END_DECLS
