/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "graph/engram-graph-kinds.h"

G_BEGIN_DECLS

/**
 * EngramGraphPath:
 * @neurons: (element-type guint32): indices in the network, from the first to the last
 * @synapses: (element-type guint32): indices in the network, one less
 * @product: of their weights, signed
 *
 * A path of a network from one neuron to another, along the direction of its synapses.
 */
typedef struct {
  GArray *neurons;
  GArray *synapses;
  double  product;
} EngramGraphPath;

/* @neurons, @synapses: (nullable): what may be walked through; the ends need not be among them
 *
 * Looks for it in all of the network. In a worker's thread. ENGRAM_ERROR_NOT_FOUND where there is none. */
EngramGraphPath *engram_graph_path_find     (EngramNetwork           *network,
                                             guint32                  from,
                                             guint32                  to,
                                             EngramGraphPathKind      kind,
                                             const EngramRowSet      *neurons,
                                             const EngramRowSet      *synapses,
                                             GCancellable            *cancellable,
                                             GError                 **error);
/* @names: what stands for each of its neurons
 *
 * Returns: (transfer full): "3 steps, product of weights −0.12: A → B → C → D" */
char            *engram_graph_path_describe (const EngramGraphPath   *self,
                                             const char       *const *names);
void             engram_graph_path_free     (EngramGraphPath         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramGraphPath, engram_graph_path_free)

G_END_DECLS
