/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "safety/history/engram-history.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramPruneResult:
 * @pruned: synapses that went, or would
 * @remaining: synapses that are left
 * @isolated: neurons that have no synapse then, not even one that lacks its other end
 * @seconds: how long it took
 *
 * What engram_prune() did, or would do.
 */
typedef struct {
  guint64 pruned;
  guint64 remaining;
  guint64 isolated;
  double  seconds;
} EngramPruneResult;

/**
 * engram_prune:
 * @database: a network
 * @threshold: synapses with |weight| < it go; 0.01 is usual
 * @dry_run: only count: nothing is written
 * @history: (nullable): where it is noted, to be undone
 * @result: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Deletes weak synapses, whatever their sign, in one transaction. Weights that are not numbers stay. Triggers of other
 * programs do not fire. A file in which nothing is weak is not touched. EngramPrunePreview says the same beforehand.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_INVALID (the threshold is negative or not a number, or rows of
 *   another program's table would go with a synapse), %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_READ_ONLY or another
 */
gboolean engram_prune (EngramDatabase      *database,
                       double               threshold,
                       gboolean             dry_run,
                       EngramHistory       *history,
                       EngramPruneResult   *result,
                       EngramProgressFunc   progress,
                       gpointer             user_data,
                       GCancellable        *cancellable,
                       GError             **error);

ENGRAM_END_DECLS
