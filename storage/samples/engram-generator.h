/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"
#include "engram-progress.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramGeneratorOptions:
 * @neurons: how many neurons
 * @synapses: how many synapses; none where there are fewer than 2 neurons
 * @dimension: how many numbers each vector has; 0 for no vectors
 * @seed: the same seed and figures give the same network, byte for byte in every field
 *
 * What engram_generate() makes.
 */
typedef struct {
  guint64 neurons;
  guint64 synapses;
  guint   dimension;
  guint64 seed;
} EngramGeneratorOptions;

/**
 * engram_generate:
 * @path: (type filename): the file to make; there must be none of that name
 * @options: how large
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to stop
 * @error: where an error goes
 *
 * Makes a network of any size that looks like one that grew: communities of 100 to 300 neurons, near to one
 * another in space and in the space of vectors; four of five synapses inside of them, many to a few hubs, one
 * of seven inhibiting; notes of a made-up laboratory as text. Vectors have length 1. The same options give
 * the same rows on every machine. Besides what the writer keeps, it needs 100
 * bytes a community.
 *
 * Errors: %ENGRAM_ERROR_INVALID for options that cannot be, and what engram_network_writer_new() and
 * engram_network_writer_finish() report. After an error there is no file. Any thread, but not the main one.
 *
 * Returns: whether the file was made
 */
gboolean engram_generate (const char                    *path,
                          const EngramGeneratorOptions  *options,
                          EngramProgressFunc             progress,
                          gpointer                       user_data,
                          GCancellable                  *cancellable,
                          GError                       **error);

ENGRAM_END_DECLS
