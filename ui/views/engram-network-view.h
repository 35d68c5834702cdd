/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-picture-subject.h"
#include "views/engram-colouring.h"
#include "views/engram-scene-source.h"
#include "views/engram-scene-view.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NETWORK_VIEW (engram_network_view_get_type ())

/* A network as a picture: what the space and the graph have in common. It shows the scene of its source, coloured and
 * labelled, with a legend and a bar of controls, and shares the selection and the filter of the session.
 *
 * Signals: "scene-changed": another scene is shown. "appearance-changed": colours or sizes stand for something else.
 * Main thread only. */
G_DECLARE_FINAL_TYPE (EngramNetworkView, engram_network_view, ENGRAM, NETWORK_VIEW, GtkWidget)

/* @name: of the picture, for screen readers: "Space" */
GtkWidget          *engram_network_view_new  (const char          *name,
                                              EngramSceneMaker     maker);
/* @session: (nullable) */
void                engram_network_view_set_session (EngramNetworkView *self,
                                              EngramSession       *session);
/* Puts a control at the end of the bar, before those that all views have. */
void                engram_network_view_add_control (EngramNetworkView *self,
                                              GtkWidget           *control);
/* Puts a tool beside those that all views have. */
void                engram_network_view_add_tool (EngramNetworkView *self,
                                              EngramSceneTool      tool,
                                              const char          *icon_name,
                                              const char          *name);
EngramSceneView    *engram_network_view_get_scene_view (EngramNetworkView *self);
EngramSceneSource  *engram_network_view_get_source (EngramNetworkView *self);
EngramSession      *engram_network_view_get_session (EngramNetworkView *self);
/* (transfer none) (nullable): what is shown */
EngramNetworkScene *engram_network_view_get_scene (EngramNetworkView *self);
/* What to do, where there is nothing to be seen; @title: (nullable): NULL where there is something */
void                engram_network_view_set_empty_text (EngramNetworkView *self,
                                              const char          *title,
                                              const char          *description);
/* Offers what brings something to be seen, by a button below the next text of that kind.
 * @label, @action: (nullable): NULL for none; an action of this view or of what it is in */
void                engram_network_view_set_empty_action (EngramNetworkView *self,
                                              const char          *label,
                                              const char          *action);
void                engram_network_view_set_colours (EngramNetworkView *self,
                                              EngramColourBy       colour_by,
                                              EngramSizeBy         size_by);
/* By which number in metadata %ENGRAM_COLOUR_BY_METADATA colours; NULL for the most frequent one. */
void                engram_network_view_set_colour_key (EngramNetworkView *self,
                                              const char          *key);
/* Which synapses are drawn, of those that the filter leaves: all, those of what is selected, or none. */
void                engram_network_view_set_edges (EngramNetworkView *self,
                                              EngramSceneEdges     edges);
/* The signed range of the weights that are drawn, its ends included; infinite ones are open. */
void                engram_network_view_set_weights (EngramNetworkView *self,
                                              double               low,
                                              double               high);
/* What colours and sizes stand for and what is drawn, as one line of text for files; what is not known in it is passed
 * over. */
char               *engram_network_view_dup_appearance (EngramNetworkView *self);
void                engram_network_view_set_appearance (EngramNetworkView *self,
                                              const char          *appearance);
/* Marks neurons with a ring and draws synapses over all others, whatever is selected and in every scene from now on: a path, pairs.
 * @neurons, @synapses: (nullable): NULL for none */
void                engram_network_view_set_marks (EngramNetworkView *self,
                                              EngramRowSet        *neurons,
                                              EngramRowSet        *synapses);
/* All that a picture of it is made of, for a file, the clipboard or the printer; (transfer full) (nullable): NULL where
 * there is nothing */
EngramPictureSubject *engram_network_view_copy_picture (EngramNetworkView *self);
/* Brings what is selected into the middle of the picture. */
void                engram_network_view_fly_to_selection (EngramNetworkView *self);
/* The selected points. (transfer full) (element-type guint32): ascending */
GArray             *engram_network_view_list_selected (EngramNetworkView *self);

G_END_DECLS
