/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"
#include "views/engram-network-scene.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SCENE_SOURCE (engram_scene_source_get_type ())

/* Keeps the scene of an open network up to date for one view: made by a worker from the network's columns, and again
 * when the network, the filter or what the view wants has changed. One is made at a time, the newest wish last; none
 * for a view that nobody sees.
 *
 * Properties: "loading" (boolean): a first scene is being made, or another than the last. Signals: "changed": another
 * scene. "failed" (error GError): there is none.
 *
 * Main thread only. */
G_DECLARE_FINAL_TYPE (EngramSceneSource, engram_scene_source, ENGRAM, SCENE_SOURCE, GObject)

/**
 * EngramSceneWish:
 * @network: the columns, as the file is now
 * @neurons: (nullable): what the filter leaves of the neurons; %NULL for all
 * @synapses: (nullable): what it leaves of the synapses
 * @options: (nullable): what the view has given to engram_scene_source_set_options()
 */
typedef struct {
  EngramNetwork *network;
  EngramRowSet  *neurons;
  EngramRowSet  *synapses;
  gpointer       options;
} EngramSceneWish;

/* In a worker's thread. */
typedef EngramNetworkScene *(*EngramSceneMaker) (const EngramSceneWish  *wish,
                                                 GCancellable           *cancellable,
                                                 GError                **error);

EngramSceneSource  *engram_scene_source_new         (EngramSceneMaker    maker);
/* @session: (nullable) */
void                engram_scene_source_set_session (EngramSceneSource  *self,
                                                     EngramSession      *session);
/* Whether somebody looks at the view. */
void                engram_scene_source_set_active  (EngramSceneSource  *self,
                                                     gboolean            active);
/* @options: (transfer full): kept until others come and no worker reads them any more */
void                engram_scene_source_set_options (EngramSceneSource  *self,
                                                     gpointer            options,
                                                     GDestroyNotify      free_options);
gboolean            engram_scene_source_get_loading (EngramSceneSource  *self);
/* (transfer none) (nullable) */
EngramNetworkScene *engram_scene_source_get_scene   (EngramSceneSource  *self);

/* The rows of one kind that a query leaves; %NULL with @error. In a worker's thread. */
EngramRowSet       *engram_scene_source_find_rows   (EngramSearcher      *searcher,
                                                     EngramRecordKind     kind,
                                                     EngramQuery         *query,
                                                     GCancellable        *cancellable,
                                                     GError             **error);
/* An EngramSceneMaker: all neurons that the filter leaves, where they stand. */
EngramNetworkScene *engram_scene_source_make_space  (const EngramSceneWish  *wish,
                                                     GCancellable           *cancellable,
                                                     GError                **error);

G_END_DECLS
