/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-arrangement.h"
#include "engram-declarations.h"
#include "safety/history/engram-history.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramRearrangement:
 * @n_moved: how many neurons were moved
 * @n_left: how many were not, because somebody has moved them since the arrangement was made
 * @n_gone: how many were deleted since
 * @label: (nullable): how the step is called in the history; %NULL where nothing was moved
 *
 * What engram_rearrange() did.
 */
typedef struct {
  guint64  n_moved;
  guint64  n_left;
  guint64  n_gone;
  char    *label;
} EngramRearrangement;

/**
 * engram_rearrangement_clear:
 * @self: a result
 *
 * Frees what it holds, and empties it.
 */
void     engram_rearrangement_clear (EngramRearrangement *self);

/**
 * engram_rearrange:
 * @database: the network
 * @history: (nullable): where the step is noted
 * @arrangement: the new places
 * @label: (nullable): how the step is called in the history, for people ("Arrange by principal components"); %NULL for
 *   "Move 12 neurons"
 * @result: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Keeps an arrangement: writes the new places in one transaction, one step of the history ("arrange"), in constant
 * memory, and sets the time of change of what it moves, as every edit does. Dragging a few neurons is the same.
 *
 * A neuron that does not stand any more where the arrangement found it (its origin, in single precision) was moved by
 * somebody else since: it stays where it is, and is counted, so that nobody's work is lost. Neurons that are gone, or
 * came since, are left alone. Where nothing is to be moved, the file is not touched. Places are written with seven
 * digits, which is what single precision has.
 *
 * Returns: %TRUE, or %FALSE with @error set and nothing changed
 */
gboolean engram_rearrange           (EngramDatabase       *database,
                                     EngramHistory        *history,
                                     EngramArrangement    *arrangement,
                                     const char           *label,
                                     EngramRearrangement  *result,
                                     EngramProgressFunc    progress,
                                     gpointer              user_data,
                                     GCancellable         *cancellable,
                                     GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramRearrangement, engram_rearrangement_clear)

ENGRAM_END_DECLS
