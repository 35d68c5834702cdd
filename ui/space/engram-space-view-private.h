/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "space/engram-space-view.h"

#include "space/engram-arranging.h"
#include "views/engram-place-motion.h"

G_BEGIN_DECLS

struct _EngramSpaceView {
  GtkWidget             parent_instance;

  GtkWidget            *content;      /* the picture, and over it the bar of a preview */
  EngramNetworkView    *network_view;
  EngramSession        *session;      /* or NULL */

  /* Filtering by place */
  GtkSpinButton        *distance_control;
  GtkLabel             *near_label;   /* how many stand so near */
  double                distance_step;

  /* A sphere that is drawn */
  GtkWidget            *sphere_bar;
  GtkLabel             *sphere_label;

  /* Arranging */
  GtkWidget            *arrange_button;
  GtkLabel             *faithful_label;
  GCancellable         *asking;       /* for today's faithfulness, or NULL */
  EngramJob            *job;          /* that looks for places, or NULL */

  /* The places that are shown before they are kept */
  EngramArrangement    *arrangement;  /* or NULL */
  EngramArranging       how;
  EngramArrangingFacts  facts;
  gboolean              after;        /* it is the new places that are shown */
  GtkWidget            *preview_bar;
  GtkLabel             *preview_label;
  GtkLabel             *facts_label;
  GtkToggleButton      *before_button;
  GtkToggleButton      *after_button;
  GtkWidget            *keep_button;
  GCancellable         *judging;      /* how faithful both are, or NULL */
  EngramFaithfulness    judged[2];    /* before and after */
  guint                 n_judged;

  /* Places that are being written: the picture shows them already. */
  gboolean              writing;      /* until there is a scene that was made after it */
  gboolean              written;      /* since that has begun */

  EngramPlaceMotion    *motion;       /* from one arrangement to another */
};

/* engram-space-view.c */
EngramNetworkScene *engram_space_view_get_scene         (EngramSpaceView     *self);
/* Which actions are possible, and whether points can be dragged. */
void                engram_space_view_update            (EngramSpaceView     *self);

/* engram-space-writing.c: places that are kept */
/* Writes new places, which the picture shows already; where that fails it shows the old ones again. */
void                engram_space_view_write             (EngramSpaceView     *self,
                                                         EngramArrangement   *arrangement,
                                                         const char          *label);
void                engram_space_view_connect_writing   (EngramSpaceView     *self);

/* engram-space-motion.c */
/* @places: (transfer full): of all points */
void                engram_space_view_move_to           (EngramSpaceView     *self,
                                                         float               *places);
/* The same without a motion. */
void                engram_space_view_jump_to           (EngramSpaceView     *self,
                                                         const float         *places);
void                engram_space_view_make_motion       (EngramSpaceView     *self);
/* (transfer full): where the file has them, x, y, z of all points */
float              *engram_space_view_dup_file_places   (EngramSpaceView     *self);

/* engram-space-dragging.c: neurons that are dragged to where they shall stand, while editing is on */
void                engram_space_view_connect_dragging  (EngramSpaceView     *self);
void                engram_space_view_update_dragging   (EngramSpaceView     *self);

/* engram-space-filter.c: what stands together becomes a filter */
GtkWidget          *engram_space_view_make_filter       (EngramSpaceView     *self);
void                engram_space_view_update_filter     (EngramSpaceView     *self);
void                engram_space_view_filter_by_box     (EngramSpaceView     *self);
void                engram_space_view_filter_near       (EngramSpaceView     *self);
/* @term: in place of all of that field; what else is asked for stays */
void                engram_space_view_set_term          (EngramSpaceView     *self,
                                                         EngramQueryField     field,
                                                         const char          *term);

/* engram-space-sphere.c: a sphere that is drawn, and becomes a filter */
void                engram_space_view_install_sphere    (GtkWidgetClass      *widget_class);
GtkWidget          *engram_space_view_make_sphere       (EngramSpaceView     *self);
void                engram_space_view_update_sphere     (EngramSpaceView     *self);

/* engram-space-arrange.c: the popover, and the job */
GtkWidget          *engram_space_view_make_arrange      (EngramSpaceView     *self);
void                engram_space_view_arrange           (EngramSpaceView     *self,
                                                         EngramArranging      how);
void                engram_space_view_stop_arranging    (EngramSpaceView     *self);

/* engram-space-preview.c */
GtkWidget          *engram_space_view_make_preview      (EngramSpaceView     *self);
void                engram_space_view_show_preview      (EngramSpaceView     *self,
                                                         EngramArrangement   *arrangement,
                                                         EngramArranging      how,
                                                         const EngramArrangingFacts *facts);
/* The preview is over, and the points move back. */
void                engram_space_view_discard_preview   (EngramSpaceView     *self);
/* The same at once, whatever is shown: somebody else needs the points. */
void                engram_space_view_drop_preview      (EngramSpaceView     *self);
void                engram_space_view_keep_preview      (EngramSpaceView     *self);
/* There is another scene: its points stand where the preview shows them. */
void                engram_space_view_repeat_preview    (EngramSpaceView     *self);

G_END_DECLS
