/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"
#include "engram-progress.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_sample_network_build:
 * @text: the text of a sample network; data/sample-network.txt says at its head how it is written
 * @length: how many bytes it has, or -1 where a 0 ends it
 * @path: (type filename): the file to make; there must be none of that name
 * @cancellable: (nullable): to stop
 * @error: where an error goes
 *
 * Makes a network from a text: each block of it becomes a neuron, with the embedding of its words as vector
 * and a place by the principal components of the vectors; synapses come from what the blocks declare, and
 * from tags shared by neurons with similar vectors. The same text gives the same rows, ids and times
 * included.
 *
 * Errors: %ENGRAM_ERROR_INVALID names the line of the text that cannot be read; %ENGRAM_ERROR_EXISTS and what
 * else engram_network_writer_new() and engram_network_writer_finish() report. After an error there is no
 * file. Any thread, but not the main one: it takes a moment.
 *
 * Returns: whether the file was made
 */
gboolean engram_sample_network_build (const char    *text,
                                      gssize         length,
                                      const char    *path,
                                      GCancellable  *cancellable,
                                      GError       **error);

ENGRAM_END_DECLS
