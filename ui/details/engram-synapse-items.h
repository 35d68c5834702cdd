/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <engram.h>

G_BEGIN_DECLS

/* EngramSynapseSort:
 *
 * In which order the synapses of a neuron are listed. */
typedef enum {
  ENGRAM_SYNAPSES_STRONGEST,
  ENGRAM_SYNAPSES_BY_TEXT,
} EngramSynapseSort;

/* EngramSynapseItems:
 * @all: (element-type EngramSynapseListItem): every synapse of the neuron in each direction
 * @shown: (element-type EngramSynapseListItem): those of @all that the filter leaves, in order; borrowed from @all
 *
 * All synapses of a neuron, as a list shows them. */
typedef struct {
  GPtrArray *all[2];
  GPtrArray *shown[2];
} EngramSynapseItems;

void                engram_synapse_items_load_async  (EngramDatabase            *database,
                                                      const char                *id,
                                                      const EngramSynapseItems  *known,
                                                      const char                *filter,
                                                      EngramSynapseSort          sort,
                                                      GCancellable              *cancellable,
                                                      GAsyncReadyCallback        callback,
                                                      gpointer                   user_data);
EngramSynapseItems *engram_synapse_items_load_finish (GAsyncResult              *result,
                                                      GError                   **error);
void                engram_synapse_items_free        (EngramSynapseItems        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramSynapseItems, engram_synapse_items_free)

G_END_DECLS
