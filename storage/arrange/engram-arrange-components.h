/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-arrangement.h"
#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_arrange_by_components:
 * @database: a network
 * @explained: (out) (optional): how much of the variance of the vectors the three axes have, 0 to 1
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Places all neurons by the three principal components of their vectors: along x the vectors differ most, then along y
 * and z. All vectors count, none is left out by sampling; they are read twice, in blocks, so that the work needs 50
 * bytes a neuron and some blocks, whatever the vectors take. The new cloud has the centre and the spread (the root of
 * the mean square distance from the centre) of the old one; where that has none, the scale is the vectors' own.
 *
 * Neurons without a vector of the network's usual length, or with one that is not finite, keep their place: n_kept.
 * The same vectors give the same places.
 *
 * Returns: (transfer full): the arrangement, or %NULL with @error set: %ENGRAM_ERROR_INVALID where no two neurons have
 *   vectors
 */
EngramArrangement *engram_arrange_by_components (EngramDatabase      *database,
                                                 double              *explained,
                                                 EngramProgressFunc   progress,
                                                 gpointer             user_data,
                                                 GCancellable        *cancellable,
                                                 GError             **error);

ENGRAM_END_DECLS
