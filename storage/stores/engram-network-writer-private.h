/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "stores/engram-network-writer.h"

G_BEGIN_DECLS

/* Adds what the caller has checked, or checks in another thread meanwhile, with an EngramNetworkCheck. */
gboolean engram_network_writer_append_neuron  (EngramNetworkWriter  *self,
                                               const EngramNeuron   *neuron,
                                               GError              **error);
gboolean engram_network_writer_append_synapse (EngramNetworkWriter  *self,
                                               const EngramSynapse  *synapse,
                                               GError              **error);

G_END_DECLS
