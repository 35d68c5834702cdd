/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-neuron.h"
#include "model/engram-synapse.h"

G_BEGIN_DECLS

/* Whether records can be a network: each by itself, and together. Neurons come before the synapses that join them.
 * That no synapse's id stands twice is left to the table. One thread at a time. */
typedef struct _EngramNetworkCheck EngramNetworkCheck;

EngramNetworkCheck *engram_network_check_new           (void);
void                engram_network_check_free          (EngramNetworkCheck   *self);
gboolean            engram_network_check_neuron        (EngramNetworkCheck   *self,
                                                        const EngramNeuron   *neuron,
                                                        GError              **error);
gboolean            engram_network_check_synapse       (EngramNetworkCheck   *self,
                                                        const EngramSynapse  *synapse,
                                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNetworkCheck, engram_network_check_free)

G_END_DECLS
