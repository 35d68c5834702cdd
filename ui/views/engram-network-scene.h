/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "scene/engram-scene.h"

G_BEGIN_DECLS

/**
 * EngramNetworkScene:
 * @network: the columns that it was made from
 * @scene: points and edges
 * @neurons: (array): of each point: the index of its neuron, ascending
 * @synapses: (array): of each edge: the index of its synapse, ascending
 * @n_left_out: neurons that should be there but have no place, or were too many
 *
 * A scene of some neurons of a network and the synapses between them, and which is which. Made by a worker; atomically
 * counted.
 */
typedef struct {
  EngramNetwork   *network;
  EngramScene     *scene;
  guint32         *neurons;
  guint32         *synapses;
  guint32          n_left_out;

  /*< private >*/
  gatomicrefcount  references;
} EngramNetworkScene;

/* @neurons: (nullable) (element-type guint32): indices, ascending; %NULL for all of the network
 * @synapses: (nullable): what of the synapses is wanted; %NULL for all. Those with an end that is not a point are left
 *   out.
 * @places: (nullable) (array): x, y, z of each point, for a flat scene; %NULL for where the neurons stand in space */
EngramNetworkScene *engram_network_scene_new            (EngramNetwork             *network,
                                                         const GArray              *neurons,
                                                         const EngramRowSet        *synapses,
                                                         const float               *places);
EngramNetworkScene *engram_network_scene_ref            (EngramNetworkScene        *self);
void                engram_network_scene_unref          (EngramNetworkScene        *self);
/* The point of a neuron; FALSE where it is not in the scene. */
gboolean            engram_network_scene_find_neuron    (const EngramNetworkScene  *self,
                                                         guint32                    neuron,
                                                         guint32                   *point);
gboolean            engram_network_scene_find_rowid     (const EngramNetworkScene  *self,
                                                         gint64                     rowid,
                                                         guint32                   *point);
gint64              engram_network_scene_get_rowid      (const EngramNetworkScene  *self,
                                                         guint32                    point);
gint64              engram_network_scene_get_synapse_rowid (const EngramNetworkScene *self,
                                                         guint32                    edge);
/* (transfer full) (element-type guint32): the points of those rows that are in the scene, ascending */
GArray             *engram_network_scene_find_points    (const EngramNetworkScene  *self,
                                                         const EngramRowSet        *neurons);
/* (transfer full) (element-type guint32): the edges of those synapses, ascending. Looks at every edge. */
GArray             *engram_network_scene_find_edges     (const EngramNetworkScene  *self,
                                                         const EngramRowSet        *synapses);
/* The rows of points. */
EngramRowSet       *engram_network_scene_get_rows       (const EngramNetworkScene  *self,
                                                         const GArray              *points);
/* (transfer full) (element-type guint32): the edges that start or end at @point, the strongest first */
GArray             *engram_network_scene_list_edges     (const EngramNetworkScene  *self,
                                                         guint32                    point);
/* Makes guint32 numbers ascending, each once. */
void                engram_network_scene_sort_indices   (GArray                    *indices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNetworkScene, engram_network_scene_unref)

G_END_DECLS
