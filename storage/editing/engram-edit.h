/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "engram-progress.h"
#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "safety/history/engram-history.h"
#include "stores/engram-row-set.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramEdit:
 *
 * What a person changes at once: records made, changed and deleted. It is written as one transaction, which saves just
 * what an #EngramChangeTracker marks, and is one step of the history. Not thread-safe: one thread at a time.
 */
typedef struct _EngramEdit EngramEdit;

/**
 * EngramEditResult:
 * @neurons_created: how many
 * @neurons_changed: how many
 * @neurons_deleted: how many
 * @synapses_created: how many
 * @synapses_changed: how many
 * @synapses_deleted: how many, those that went with their neurons included
 * @label: (nullable): how the step is called in the history: "Delete 12 neurons and 340 synapses"; %NULL where nothing
 *   was changed
 *
 * What an edit did.
 */
typedef struct {
  guint64  neurons_created;
  guint64  neurons_changed;
  guint64  neurons_deleted;
  guint64  synapses_created;
  guint64  synapses_changed;
  guint64  synapses_deleted;
  char    *label;
} EngramEditResult;

/**
 * engram_edit_new: (skip)
 *
 * Returns: (transfer full): an edit in which nothing is changed yet
 */
EngramEdit *engram_edit_new              (void);

/**
 * engram_edit_free:
 * @self: (transfer full) (nullable): an edit
 *
 * Frees it and all that it holds.
 */
void        engram_edit_free             (EngramEdit           *self);

/**
 * engram_edit_create_neuron:
 * @self: an edit
 * @neuron: a new neuron; copied
 *
 * Adds a neuron.
 */
void        engram_edit_create_neuron    (EngramEdit           *self,
                                          const EngramNeuron   *neuron);

/**
 * engram_edit_create_synapse:
 * @self: an edit
 * @synapse: a new synapse; copied
 *
 * Adds a synapse.
 */
void        engram_edit_create_synapse   (EngramEdit           *self,
                                          const EngramSynapse  *synapse);

/**
 * engram_edit_change_neuron:
 * @self: an edit
 * @before: the neuron as it was when the person began; copied
 * @after: the neuron as it shall be; copied
 *
 * Writes the columns in which the two differ. Where one of these is not in the file as @before has it, another program
 * has changed it meanwhile, and applying fails with %ENGRAM_ERROR_CHANGED.
 */
void        engram_edit_change_neuron    (EngramEdit           *self,
                                          const EngramNeuron   *before,
                                          const EngramNeuron   *after);

/**
 * engram_edit_change_synapse:
 * @self: an edit
 * @before: the synapse as it was when the person began; copied
 * @after: the synapse as it shall be; copied
 *
 * As engram_edit_change_neuron(), for a synapse.
 */
void        engram_edit_change_synapse   (EngramEdit           *self,
                                          const EngramSynapse  *before,
                                          const EngramSynapse  *after);

/**
 * engram_edit_apply:
 * @self: an edit
 * @database: the network
 * @history: (nullable): where the step is noted
 * @result: (out caller-allocates) (optional): what was done; free with engram_edit_result_clear()
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Writes all in one transaction, or nothing; the step is called "edit". Where nothing differs from what is in the file,
 * nothing is written, and there is no step. After an error it can be tried again. The records are checked first
 * (ENGRAM_ERROR_INVALID, with engram_error_get_id() and engram_error_get_field()). Waits for the disk; any thread.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_INVALID, %ENGRAM_ERROR_CHANGED (with the id and the field),
 *   %ENGRAM_ERROR_NOT_FOUND (the record is gone), %ENGRAM_ERROR_EXISTS, %ENGRAM_ERROR_BUSY, %ENGRAM_ERROR_READ_ONLY or
 *   another
 */
gboolean    engram_edit_apply            (EngramEdit           *self,
                                          EngramDatabase       *database,
                                          EngramHistory        *history,
                                          EngramEditResult     *result,
                                          GCancellable         *cancellable,
                                          GError              **error);

/**
 * engram_edit_result_clear:
 * @self: a result
 *
 * Frees what it holds, and empties it.
 */
void        engram_edit_result_clear     (EngramEditResult     *self);

/**
 * engram_edit_delete_rows:
 * @database: the network
 * @history: (nullable): where the step is noted
 * @neurons: (nullable): rows of neurons; the synapses of these go with them
 * @synapses: (nullable): rows of synapses
 * @result: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Deletes rows in one transaction, one step of the history ("delete"), however many they are. Rows that are gone
 * already are passed over. Refused (%ENGRAM_ERROR_INVALID) where rows of another program's table would go with them,
 * for these could not be brought back. Needs 8 bytes for each synapse that goes. Waits for the disk; any thread.
 *
 * Returns: %TRUE, or %FALSE with @error set and nothing changed
 */
gboolean    engram_edit_delete_rows      (EngramDatabase       *database,
                                          EngramHistory        *history,
                                          EngramRowSet         *neurons,
                                          EngramRowSet         *synapses,
                                          EngramEditResult     *result,
                                          EngramProgressFunc    progress,
                                          gpointer              user_data,
                                          GCancellable         *cancellable,
                                          GError              **error);

/**
 * engram_edit_count_synapses:
 * @database: the network
 * @neurons: rows of neurons
 * @n_synapses: (out): how many synapses start from or lead to them
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * What deleting these neurons would take with them.
 *
 * Returns: %TRUE, or %FALSE with @error set
 */
gboolean    engram_edit_count_synapses   (EngramDatabase       *database,
                                          EngramRowSet         *neurons,
                                          guint64              *n_synapses,
                                          GCancellable         *cancellable,
                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramEdit, engram_edit_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramEditResult, engram_edit_result_clear)

ENGRAM_END_DECLS
