/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-progress.h"

G_BEGIN_DECLS

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

gboolean engram_generate (const char                    *path,
                          const EngramGeneratorOptions  *options,
                          EngramProgressFunc             progress,
                          gpointer                       user_data,
                          GCancellable                  *cancellable,
                          GError                       **error);

G_END_DECLS
