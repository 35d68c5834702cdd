/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-network.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_PRUNE_BINS:
 *
 * Into so many bins engram_prune_preview_get_histogram() sorts weights.
 */
#define ENGRAM_PRUNE_BINS 200

/**
 * EngramPrunePreview:
 *
 * What pruning would do to a network, at any threshold, without a look at the file: just what engram_prune() does to
 * the same rows. Immutable once made; any thread.
 */
typedef struct _EngramPrunePreview EngramPrunePreview;

/**
 * EngramPruneOutcome:
 * @threshold: synapses with |weight| < it go
 * @pruned: how many go, synapses that lack a neuron at one of their ends among them
 * @remaining: how many stay
 * @isolated: how many neurons have no synapse then, not even one that lacks its other end
 * @newly_isolated: how many of those have one today
 * @parts: how many connected parts the neurons make then, lone neurons counted
 *
 * The network after pruning.
 */
typedef struct {
  double  threshold;
  guint64 pruned;
  guint64 remaining;
  guint64 isolated;
  guint64 newly_isolated;
  guint64 parts;
} EngramPruneOutcome;

/**
 * engram_prune_preview_new: (skip)
 * @network: a network in columns; kept
 *
 * Takes one look at all synapses (100 ms for 1,000,000).
 *
 * Returns: (transfer full): a preview
 */
EngramPrunePreview *engram_prune_preview_new           (EngramNetwork             *network);

/**
 * engram_prune_preview_free:
 * @self: (transfer full) (nullable): a preview
 *
 * Frees it and all that it holds.
 */
void                engram_prune_preview_free          (EngramPrunePreview        *self);

/**
 * engram_prune_preview_get_histogram:
 * @self: a preview
 * @counts: (out caller-allocates) (array fixed-size=200): synapses by weight: bin i holds weights from -1 + i/100 up to
 *   the next; 1 is in the last, and what lies beyond -1 and 1 in the outermost
 *
 * Counts synapses by their weight.
 */
void                engram_prune_preview_get_histogram (EngramPrunePreview        *self,
                                                        guint64                    counts[ENGRAM_PRUNE_BINS]);

/**
 * engram_prune_preview_get_outcome:
 * @self: a preview
 * @threshold: 0 or more
 * @outcome: (out caller-allocates): the network after pruning
 *
 * Fast enough to follow a pointer that moves: no look at the synapses is taken again.
 */
void                engram_prune_preview_get_outcome   (const EngramPrunePreview  *self,
                                                        double                     threshold,
                                                        EngramPruneOutcome        *outcome);

/**
 * engram_prune_preview_get_weakest:
 * @self: a preview
 *
 * Returns: the least |weight|: nothing goes up to this threshold; NaN where no synapse has a number as its weight, and
 *   so nothing goes at all
 */
double              engram_prune_preview_get_weakest   (const EngramPrunePreview  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramPrunePreview, engram_prune_preview_free)

ENGRAM_END_DECLS
