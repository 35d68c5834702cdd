/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <engram.h>

G_BEGIN_DECLS

/* EngramSynapseSide:
 * @items: (element-type EngramSynapseListItem) (nullable): the strongest synapses, the strongest first
 * @total: how many there are
 * @error: (nullable): why there are no @items
 *
 * The synapses of a neuron in one direction. */
typedef struct {
  GPtrArray *items;
  guint64    total;
  GError    *error;
} EngramSynapseSide;

/* EngramDetails:
 * @neuron: the neuron with its vector
 * @sides: its synapses, by #EngramSynapseDirection
 *
 * All that the pane shows of one neuron. */
typedef struct {
  EngramNeuron      *neuron;
  EngramSynapseSide  sides[2];
} EngramDetails;

void           engram_details_load_async  (EngramDatabase       *database,
                                           const char           *id,
                                           guint                 n_synapses,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EngramDetails *engram_details_load_finish (GAsyncResult         *result,
                                           GError              **error);
gboolean       engram_details_equal       (const EngramDetails  *self,
                                           const EngramDetails  *other);
void           engram_details_free        (EngramDetails        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramDetails, engram_details_free)

G_END_DECLS
