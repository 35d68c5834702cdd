/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-change-tracker.h"
#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_CONTENTS (engram_contents_get_type ())

/**
 * EngramContents:
 * @neurons: (element-type EngramNeuron): in the order of rows
 * @synapses: (element-type EngramSynapse): in the order of rows
 *
 * A whole network in memory, text and vectors included.
 */
typedef struct {
  GPtrArray *neurons;
  GPtrArray *synapses;
} EngramContents;

/**
 * EngramTransfer:
 * @neurons_created: neurons written that were not in the file, or read from it
 * @neurons_modified: neurons that were written anew
 * @neurons_deleted: neurons that were deleted
 * @synapses_created: likewise
 * @synapses_modified: likewise
 * @synapses_deleted: likewise, those that went with their neuron included
 * @seconds: how long it took
 * @time: when it was done, as Python's isoformat() writes it
 *
 * What a load or a save did.
 */
typedef struct {
  guint64 neurons_created;
  guint64 neurons_modified;
  guint64 neurons_deleted;
  guint64 synapses_created;
  guint64 synapses_modified;
  guint64 synapses_deleted;
  double  seconds;
  char    time[32];
} EngramTransfer;

GType           engram_contents_get_type  (void) G_GNUC_CONST;

/**
 * engram_contents_new:
 *
 * Returns: (transfer full): an empty network in memory
 */
EngramContents *engram_contents_new       (void);

/**
 * engram_contents_copy:
 * @self: a network in memory
 *
 * Returns: (transfer full): a network with copies of all its records
 */
EngramContents *engram_contents_copy      (const EngramContents *self);

/**
 * engram_contents_free:
 * @self: (nullable): a network in memory
 *
 * Frees it and all its records.
 */
void            engram_contents_free      (EngramContents       *self);

/**
 * engram_load_all:
 * @database: a network
 * @transfer: (out caller-allocates) (optional): what was done; what was read counts as created
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Reads one snapshot of the whole network, text and vectors included, on all cores. It takes about as much memory as
 * the file has bytes.
 *
 * Returns: (transfer full): the network, or %NULL with @error set
 */
EngramContents *engram_load_all           (EngramDatabase       *database,
                                           EngramTransfer       *transfer,
                                           EngramProgressFunc    progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);

/**
 * engram_save_all:
 * @database: a network
 * @contents: what it shall hold
 * @transfer: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Makes the file hold just these neurons and synapses, in one transaction: what it lacks is created, what differs is
 * updated in its row (what Engram does not know of the row stays), and what is not among @contents is deleted. The
 * records learn their rowids. To write a new file, engram_save_new() is faster.
 *
 * Rows whose id is NULL or no text, and the records that were read from them, are passed over: they stay as they are. A
 * synapse that is among @contents, but not the neuron at one of its ends, is an error. New vectors must have as many
 * numbers as those of the neurons that stay have in the file.
 *
 * Returns: %TRUE, or %FALSE with @error set and nothing changed
 */
gboolean        engram_save_all           (EngramDatabase       *database,
                                           const EngramContents *contents,
                                           EngramTransfer       *transfer,
                                           EngramProgressFunc    progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);

/**
 * engram_save_new:
 * @path: (type filename): a file that does not exist
 * @contents: a network in memory
 * @transfer: (out caller-allocates) (optional): what was done
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Writes a network into a new file, in the order of the arrays; the file appears whole or not at all. A record that
 * holds what cannot be written is an error that names it.
 *
 * Returns: %TRUE, or %FALSE with %ENGRAM_ERROR_EXISTS, %ENGRAM_ERROR_INVALID, %ENGRAM_ERROR_NOT_FOUND (a synapse
 *   without its neuron), %ENGRAM_ERROR_NO_SPACE or another
 */
gboolean        engram_save_new           (const char           *path,
                                           const EngramContents *contents,
                                           EngramTransfer       *transfer,
                                           EngramProgressFunc    progress,
                                           gpointer              user_data,
                                           GCancellable         *cancellable,
                                           GError              **error);

/**
 * engram_save_changes:
 * @database: a network
 * @contents: the network in memory
 * @tracker: what of it was changed; cleared where saving went well
 * @transfer: (out caller-allocates) (optional): what was done
 * @cancellable: (nullable): to give up; nothing has changed then
 * @error: return location, or %NULL
 *
 * Writes just what is marked, in one transaction: created and modified records are looked up among @contents, deleted
 * ones by their ids. Where nothing is marked the file is not touched. Synapses go with the neuron at their end, but one
 * that is marked as modified must not.
 *
 * Returns: %TRUE, or %FALSE with @error set, nothing changed and the marks as they were
 */
gboolean        engram_save_changes       (EngramDatabase       *database,
                                           const EngramContents *contents,
                                           EngramChangeTracker  *tracker,
                                           EngramTransfer       *transfer,
                                           GCancellable         *cancellable,
                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramContents, engram_contents_free)

ENGRAM_END_DECLS
