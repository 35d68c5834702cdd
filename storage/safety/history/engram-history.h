/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_HISTORY (engram_history_get_type ())

/**
 * EngramHistory:
 *
 * What was done to a network by Engram, step by step, and how it is undone: named steps of whole rows, rowids and
 * columns that Engram does not know included, in a database of its own in the user's state folder. A step knows the
 * rows as they were before, and a digest of the rows as it left them: a row that somebody has changed since is never
 * overwritten, and a step that meets one is refused as a whole. Undoing a step makes a step that redoes it.
 *
 * A step and its change of the network are kept or lost together, also where the program or the machine stops between
 * the two: the network carries a token of the last step. Where an older copy of the network has been put in its place,
 * the steps that are no part of it are not offered.
 *
 * Undoing looks after synapses too: it is refused where it would take a neuron away from one that came since, or bring
 * one back whose neuron has gone since; and where columns of a table came or went since.
 *
 * The history of a network that has been moved or renamed stays where it was, and is not found any more.
 *
 * Any thread; each function may wait for the disk.
 */
G_DECLARE_FINAL_TYPE (EngramHistory, engram_history, ENGRAM, HISTORY, GObject)

/**
 * EngramHistoryStep:
 * @id: which one
 * @name: what it was called when it was made ("prune", "import", "repair", "edit", ...): fixed names, for programs
 * @label: for people, in the language of that time: "Prune 12,345 synapses"
 * @time: when it was done, as Python's isoformat() writes it
 * @rows: how many rows it changed
 *
 * One step, as it is listed.
 */
typedef struct {
  gint64   id;
  char    *name;
  char    *label;
  char    *time;
  guint64  rows;
} EngramHistoryStep;

#define ENGRAM_TYPE_HISTORY_STEP (engram_history_step_get_type ())
GType              engram_history_step_get_type (void) G_GNUC_CONST;

/**
 * engram_history_step_copy:
 * @self: a step
 *
 * Returns: (transfer full): a copy, with all that it holds
 */
EngramHistoryStep *engram_history_step_copy     (const EngramHistoryStep *self);

/**
 * engram_history_step_free:
 * @self: (transfer full) (nullable): a step
 *
 * Frees it and all that it holds.
 */
void               engram_history_step_free     (EngramHistoryStep       *self);

/**
 * engram_history_open:
 * @database: a network
 * @folder: (nullable) (type filename): where histories are kept; %NULL for `engram/history` in the user's state folder
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Opens the history of a network (of its id and its path). Nothing is made before there is something to keep. A step
 * that was interrupted is listed where it happened; where it did not, the next one takes its place.
 *
 * Returns: (transfer full): the history, or %NULL with @error set
 */
EngramHistory     *engram_history_open          (EngramDatabase      *database,
                                                 const char          *folder,
                                                 GCancellable        *cancellable,
                                                 GError             **error);

/**
 * engram_history_get_steps:
 * @self: a history
 * @undo: (out) (transfer container) (element-type EngramHistoryStep) (optional): what can be undone, newest first
 * @redo: (out) (transfer container) (element-type EngramHistoryStep) (optional): what can be redone, next first
 * @error: return location, or %NULL
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean           engram_history_get_steps     (EngramHistory       *self,
                                                 GPtrArray          **undo,
                                                 GPtrArray          **redo,
                                                 GError             **error);

/**
 * engram_history_undo:
 * @self: a history
 * @step: (out) (transfer full) (optional) (nullable): what was undone
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Undoes the newest step, in one transaction: afterwards the rows are as they were before it, bit by bit, with their
 * rowids and in their order. Can itself be redone.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_NOT_FOUND (there is nothing to undo), %ENGRAM_ERROR_INVALID (rows have
 *   been changed since: the message says how many and the first one's id), %ENGRAM_ERROR_BUSY or another
 */
gboolean           engram_history_undo          (EngramHistory       *self,
                                                 EngramHistoryStep  **step,
                                                 EngramProgressFunc   progress,
                                                 gpointer             user_data,
                                                 GCancellable        *cancellable,
                                                 GError             **error);

/**
 * engram_history_redo:
 * @self: a history
 * @step: (out) (transfer full) (optional) (nullable): what was done again
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Does again what was undone last. A new step takes away what could be redone.
 *
 * Returns: %TRUE, or %FALSE with an error as of engram_history_undo()
 */
gboolean           engram_history_redo          (EngramHistory       *self,
                                                 EngramHistoryStep  **step,
                                                 EngramProgressFunc   progress,
                                                 gpointer             user_data,
                                                 GCancellable        *cancellable,
                                                 GError             **error);

/**
 * engram_history_clear:
 * @self: a history
 * @error: return location, or %NULL
 *
 * Forgets all steps, as after a restore.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean           engram_history_clear         (EngramHistory       *self,
                                                 GError             **error);

/**
 * engram_history_set_limits:
 * @self: a history
 * @max_steps: how many steps are kept (200 unless set)
 * @max_bytes: how many bytes of rows are kept (2 GiB unless set); the newest step is kept whatever its size
 *
 * Oldest steps go first, when a new one is added.
 */
void               engram_history_set_limits    (EngramHistory       *self,
                                                 guint                max_steps,
                                                 guint64              max_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramHistoryStep, engram_history_step_free)

ENGRAM_END_DECLS
