/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"

G_BEGIN_DECLS

typedef struct _EngramNetworkWriter EngramNetworkWriter;

/* Writes a new network file at the speed of the disk: rows first, indexes afterwards, under a temporary name in the
 * same folder, synced and renamed at the end. The file appears whole or not at all; freeing an unfinished writer
 * removes what it wrote. Neurons come before the synapses that join them. One thread at a time. */

EngramNetworkWriter *engram_network_writer_new         (const char           *path,
                                                        GCancellable         *cancellable,
                                                        GError              **error);
gboolean             engram_network_writer_add_neuron  (EngramNetworkWriter  *self,
                                                        const EngramNeuron   *neuron,
                                                        GError              **error);
gboolean             engram_network_writer_add_synapse (EngramNetworkWriter  *self,
                                                        const EngramSynapse  *synapse,
                                                        GError              **error);
gboolean             engram_network_writer_finish      (EngramNetworkWriter  *self,
                                                        EngramProgressFunc    progress,
                                                        gpointer              user_data,
                                                        GError              **error);
void                 engram_network_writer_free        (EngramNetworkWriter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNetworkWriter, engram_network_writer_free)

G_END_DECLS
