/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramNetworkWriter:
 *
 * Writes a new network file at the speed of the disk: rows first, indexes afterwards, under a temporary name in the
 * same folder, synced and renamed at the end. The file appears whole or not at all; freeing an unfinished writer
 * removes what it wrote. Neurons come before the synapses that join them. Records are read and neither
 * kept nor changed. One thread at a time.
 */
typedef struct _EngramNetworkWriter EngramNetworkWriter;

/**
 * engram_network_writer_new: (skip)
 * @path: (type filename): a file that does not exist
 * @cancellable: (nullable): to give up, in any of the writer's functions
 * @error: return location, or %NULL
 *
 * Returns: (transfer full): a writer, or %NULL with %ENGRAM_ERROR_EXISTS, %ENGRAM_ERROR_NO_SPACE or another
 */
EngramNetworkWriter *engram_network_writer_new         (const char           *path,
                                                        GCancellable         *cancellable,
                                                        GError              **error);

/**
 * engram_network_writer_add_neuron:
 * @self: a writer
 * @neuron: a neuron; its rowid does not matter, the order of adding does
 * @error: return location, or %NULL
 *
 * Returns: %TRUE, or %FALSE with @error set; the writer can then only be freed
 */
gboolean             engram_network_writer_add_neuron  (EngramNetworkWriter  *self,
                                                        const EngramNeuron   *neuron,
                                                        GError              **error);

/**
 * engram_network_writer_add_synapse:
 * @self: a writer
 * @synapse: a synapse between two neurons that were added; its rowid does not matter, the order of adding does
 * @error: return location, or %NULL
 *
 * Returns: %TRUE, or %FALSE with @error set; the writer can then only be freed
 */
gboolean             engram_network_writer_add_synapse (EngramNetworkWriter  *self,
                                                        const EngramSynapse  *synapse,
                                                        GError              **error);

/**
 * engram_network_writer_finish:
 * @self: a writer
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @error: return location, or %NULL
 *
 * Makes the indexes, puts everything safely on disk and gives the file its name. The writer can then only be freed.
 *
 * Returns: %TRUE, or %FALSE with @error set and no file
 */
gboolean             engram_network_writer_finish      (EngramNetworkWriter  *self,
                                                        EngramProgressFunc    progress,
                                                        gpointer              user_data,
                                                        GError              **error);

/**
 * engram_network_writer_free:
 * @self: (nullable): a writer
 *
 * Frees it; what was not finished is removed.
 */
void                 engram_network_writer_free        (EngramNetworkWriter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNetworkWriter, engram_network_writer_free)

ENGRAM_END_DECLS
