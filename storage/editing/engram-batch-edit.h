/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "editing/engram-edit.h"
#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramBatchNumber:
 * @ENGRAM_BATCH_KEEP: as it is
 * @ENGRAM_BATCH_SET: becomes the number
 * @ENGRAM_BATCH_ADD: the number is added
 * @ENGRAM_BATCH_MULTIPLY: it is multiplied by the number
 *
 * What is done to a number of many records. A result beyond what the column may hold (a weight below -1, an activation
 * above 1) is set to the bound. NULL counts as 0 where something is added, and stays NULL where it is multiplied.
 */
typedef enum {
  ENGRAM_BATCH_KEEP,
  ENGRAM_BATCH_SET,
  ENGRAM_BATCH_ADD,
  ENGRAM_BATCH_MULTIPLY,
} EngramBatchNumber;

/**
 * EngramBatchEdit:
 * @activation: what is done to the activation level of neurons
 * @activation_number: by which number
 * @move: by what neurons are moved, x, y, z; zeros for not at all
 * @type: (nullable): the new type of neurons, or of synapses
 * @add_tags: (nullable) (array zero-terminated=1): tags that each neuron has afterwards
 * @remove_tags: (nullable) (array zero-terminated=1): tags that none has afterwards
 * @weight: what is done to the weight of synapses
 * @weight_number: by which number
 * @metadata_name: (nullable): a member of the metadata of neurons and of synapses
 * @metadata_json: (nullable): its new value as JSON; %NULL takes the member away
 *
 * One change of many records: of neurons or of synapses; members that do not concern these must not be set.
 * Records that come out as they were are not written. What stands in the way in one record (tags that are no JSON list)
 * refuses all, with its id.
 */
typedef struct {
  EngramBatchNumber   activation;
  double              activation_number;
  double              move[3];
  const char         *type;
  const char * const *add_tags;
  const char * const *remove_tags;
  EngramBatchNumber   weight;
  double              weight_number;
  const char         *metadata_name;
  const char         *metadata_json;
} EngramBatchEdit;

/**
 * engram_batch_edit_validate:
 * @self: an edit
 * @error: return location, or %NULL
 *
 * Whether the edit makes sense by itself.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_INVALID and the field
 */
gboolean engram_batch_edit_validate (const EngramBatchEdit  *self,
                                     GError                **error);

/**
 * engram_batch_edit_neurons:
 * @database: the network
 * @history: (nullable): where the step is noted
 * @neurons: rows of neurons
 * @edit: what is done to each
 * @result: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * One transaction and one step of the history (its name for programs is "batch", its label for example "Change type of
 * 1,200 neurons"), in constant memory however many rows there are; rows that are gone are passed over.
 *
 * Returns: %TRUE, or %FALSE with an error as of engram_edit_delete_rows() and nothing changed
 */
gboolean engram_batch_edit_neurons  (EngramDatabase         *database,
                                     EngramHistory          *history,
                                     EngramRowSet           *neurons,
                                     const EngramBatchEdit  *edit,
                                     EngramEditResult       *result,
                                     EngramProgressFunc      progress,
                                     gpointer                user_data,
                                     GCancellable           *cancellable,
                                     GError                **error);

/**
 * engram_batch_edit_synapses:
 * @database: the network
 * @history: (nullable): where the step is noted
 * @synapses: rows of synapses
 * @edit: what is done to each
 * @result: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * As engram_batch_edit_neurons(), for synapses.
 *
 * Returns: %TRUE, or %FALSE with @error set and nothing changed
 */
gboolean engram_batch_edit_synapses (EngramDatabase         *database,
                                     EngramHistory          *history,
                                     EngramRowSet           *synapses,
                                     const EngramBatchEdit  *edit,
                                     EngramEditResult       *result,
                                     EngramProgressFunc      progress,
                                     gpointer                user_data,
                                     GCancellable           *cancellable,
                                     GError                **error);

ENGRAM_END_DECLS
