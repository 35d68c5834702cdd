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
 * @kind: what it is
 * @neuron: (nullable): the neuron with its vector
 * @sides: its synapses, by #EngramSynapseDirection
 * @synapse: (nullable): or the synapse
 * @ends: (nullable): the neurons that it starts from and leads to, %NULL where there is none
 *
 * All that the pane shows of one neuron or one synapse. */
typedef struct {
  EngramRecordKind   kind;
  EngramNeuron      *neuron;
  EngramSynapseSide  sides[2];
  EngramSynapse     *synapse;
  EngramNeuron      *ends[2];
} EngramDetails;

void           engram_details_load_async  (EngramDatabase       *database,
                                           EngramRecordKind      kind,
                                           const char           *id,
                                           guint                 n_synapses,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
EngramDetails *engram_details_load_finish (GAsyncResult         *result,
                                           GError              **error);
gboolean       engram_details_same_record (const EngramDetails  *self,
                                           const EngramDetails  *other);
gboolean       engram_details_same_side   (const EngramSynapseSide *one,
                                           const EngramSynapseSide *other);
const char    *engram_details_get_id      (const EngramDetails  *self);
gconstpointer  engram_details_get_record  (const EngramDetails  *self);
void           engram_details_free        (EngramDetails        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramDetails, engram_details_free)

G_END_DECLS
