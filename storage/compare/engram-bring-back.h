/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare/engram-comparison.h"
#include "editing/engram-edit.h"
#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramBringBackFlags:
 * @ENGRAM_BRING_BACK_NOTHING_ELSE: just what is named
 * @ENGRAM_BRING_BACK_DELETE_ADDED: rows of today that were added are deleted, neurons with their synapses; else they
 *   are passed over
 * @ENGRAM_BRING_BACK_WITH_SYNAPSES: with a removed neuron come the removed synapses that join it to neurons that are
 *   there
 *
 * How rows are brought back.
 */
typedef enum {
  ENGRAM_BRING_BACK_NOTHING_ELSE  = 0,
  ENGRAM_BRING_BACK_DELETE_ADDED  = 1 << 0,
  ENGRAM_BRING_BACK_WITH_SYNAPSES = 1 << 1,
} EngramBringBackFlags;

/**
 * EngramBringBack:
 * @neurons: (nullable): rows of today that were changed or added; others are passed over
 * @removed_neurons: (nullable): rows of the other file that were removed; others are passed over
 * @synapses: (nullable): as @neurons
 * @removed_synapses: (nullable): as @removed_neurons
 * @flags: how
 *
 * What is to be brought back.
 */
typedef struct {
  EngramRowSet         *neurons;
  EngramRowSet         *removed_neurons;
  EngramRowSet         *synapses;
  EngramRowSet         *removed_synapses;
  EngramBringBackFlags  flags;
} EngramBringBack;

/**
 * engram_comparison_bring_back:
 * @self: a comparison of @database with @other
 * @what: which rows
 * @database: the network
 * @history: (nullable): where the step is noted
 * @other: the other file
 * @result: (out caller-allocates) (optional): what was done; free with engram_edit_result_clear()
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Makes rows of today what they are in the other file, in one transaction that is one step of the history (its name for
 * programs is "bring-back", its label for example "Bring back 3 neurons"). Changed rows are replaced whole, times
 * included; removed ones come back with their rowid where it is free, else at the end. Columns of other programs come
 * along where both files have them. A synapse brings the neurons at its ends along where today has them no longer.
 *
 * Rows are found again by their ids, so that a network that was changed since it was compared is not harmed.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_CHANGED (the other file is no longer as it was compared),
 *   %ENGRAM_ERROR_INVALID (a record cannot be stored: an end of a synapse is in neither file, its vector has another
 *   length than those of the network; engram_error_get_id() says which), %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_READ_ONLY or
 *   another; nothing has changed then
 */
gboolean engram_comparison_bring_back (EngramComparison       *self,
                                       const EngramBringBack  *what,
                                       EngramDatabase         *database,
                                       EngramHistory          *history,
                                       EngramDatabase         *other,
                                       EngramEditResult       *result,
                                       EngramProgressFunc      progress,
                                       gpointer                user_data,
                                       GCancellable           *cancellable,
                                       GError                **error);

ENGRAM_END_DECLS
