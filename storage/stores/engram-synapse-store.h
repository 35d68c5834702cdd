/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_SYNAPSE_STORE (engram_synapse_store_get_type ())

/**
 * EngramSynapseStore:
 *
 * The synapses of a network: one, many, and lists. It is thin over an #EngramDatabase and may be used from
 * any thread, several at a time; its functions wait for the disk, so never call them in the main loop.
 *
 * Records are handed in by the caller and stay the caller's. A write is one transaction: where a function
 * returns %FALSE, the file and the records are as they were.
 *
 * Every function that takes a cancellable fails with %G_IO_ERROR_CANCELLED once it is cancelled, and with the
 * codes of #EngramError where the file cannot be read or written.
 */
G_DECLARE_FINAL_TYPE (EngramSynapseStore, engram_synapse_store, ENGRAM, SYNAPSE_STORE, GObject)

/**
 * EngramSynapseListItem:
 * @synapse: the synapse
 * @other_id: the neuron at its other end
 * @other_type: (nullable): that neuron's type, or %NULL where there is no such neuron
 * @other_summary: (nullable): that neuron's text, signature or id, or %NULL where there is no such neuron
 *
 * One synapse as seen from one of its ends.
 */
typedef struct {
  EngramSynapse *synapse;
  const char    *other_id;
  char          *other_type;
  char          *other_summary;
} EngramSynapseListItem;

/**
 * EngramSynapseDirection:
 * @ENGRAM_SYNAPSE_OUTGOING: starts from the neuron
 * @ENGRAM_SYNAPSE_INCOMING: leads to the neuron
 *
 * Which synapses of a neuron.
 */
typedef enum {
  ENGRAM_SYNAPSE_OUTGOING,
  ENGRAM_SYNAPSE_INCOMING,
} EngramSynapseDirection;

/**
 * engram_synapse_store_new:
 * @database: an open network
 *
 * Returns: (transfer full): a store over @database, of which there may be several
 */
EngramSynapseStore *engram_synapse_store_new                 (EngramDatabase              *database);

/**
 * engram_synapse_store_get_database:
 * @self: a store
 *
 * Returns: (transfer none): the network whose synapses these are
 */
EngramDatabase     *engram_synapse_store_get_database        (EngramSynapseStore          *self);

/**
 * engram_synapse_store_create:
 * @self: a store
 * @synapse: the synapse to add
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Adds a synapse as the last row. Sets #EngramSynapse.rowid, and the times to now where they are %NULL.
 *
 * Fails with %ENGRAM_ERROR_INVALID where a value cannot be stored, with %ENGRAM_ERROR_EXISTS where there is a
 * synapse of that id, and with %ENGRAM_ERROR_NOT_FOUND where there is no neuron at one of its ends: then
 * engram_error_get_id() is the neuron's id and engram_error_get_field() the end.
 *
 * Returns: whether it was added
 */
gboolean            engram_synapse_store_create              (EngramSynapseStore          *self,
                                                              EngramSynapse               *synapse,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_get:
 * @self: a store
 * @id: the id of a synapse
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Fails with %ENGRAM_ERROR_NOT_FOUND where there is none.
 *
 * Returns: (transfer full) (nullable): the synapse, or %NULL with @error set
 */
EngramSynapse      *engram_synapse_store_get                 (EngramSynapseStore          *self,
                                                              const char                  *id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_update:
 * @self: a store
 * @synapse: the synapse as it is to be, found by its id
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Writes the columns that differ from what is stored, and no others: what the record cannot carry
 * (#EngramSynapse.odd) and columns that Engram does not know stay as they are. Where anything differs and
 * #EngramSynapse.modified_at does not (or is %NULL), that becomes now, in the record too. Where nothing
 * differs the file is not touched.
 *
 * Only what differs is checked: %ENGRAM_ERROR_INVALID where it cannot be stored, and %ENGRAM_ERROR_NOT_FOUND
 * where there is no synapse of that id, or no neuron at an end that changed (then engram_error_get_field() is
 * that end). An id itself cannot be changed.
 *
 * Returns: whether the file holds @synapse now
 */
gboolean            engram_synapse_store_update              (EngramSynapseStore          *self,
                                                              EngramSynapse               *synapse,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_delete:
 * @self: a store
 * @id: the id of a synapse
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Deletes a synapse. Fails with %ENGRAM_ERROR_NOT_FOUND where there is none.
 *
 * Returns: whether it was deleted
 */
gboolean            engram_synapse_store_delete              (EngramSynapseStore          *self,
                                                              const char                  *id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_create_batch:
 * @self: a store
 * @synapses: (element-type EngramSynapse): the synapses to add
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Adds synapses as the last rows, in their order, all or none; for each what engram_synapse_store_create()
 * says. An id that stands twice is an error.
 *
 * Returns: whether they were added
 */
gboolean            engram_synapse_store_create_batch        (EngramSynapseStore          *self,
                                                              GPtrArray                   *synapses,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_update_batch:
 * @self: a store
 * @synapses: (element-type EngramSynapse): the synapses as they are to be
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Updates synapses, all or none; for each what engram_synapse_store_update() says.
 *
 * Returns: whether the file holds all of @synapses now
 */
gboolean            engram_synapse_store_update_batch        (EngramSynapseStore          *self,
                                                              GPtrArray                   *synapses,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_delete_weaker:
 * @self: a store
 * @threshold: 0 or more
 * @n_deleted: (out) (optional): how many were deleted
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Deletes the synapses with |weight| < @threshold. %ENGRAM_ERROR_INVALID where @threshold is negative or not
 * finite.
 *
 * Returns: whether they were deleted
 */
gboolean            engram_synapse_store_delete_weaker       (EngramSynapseStore          *self,
                                                              double                       threshold,
                                                              guint64                     *n_deleted,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_count:
 * @self: a store
 * @count: (out): how many synapses there are
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Returns: whether they could be counted
 */
gboolean            engram_synapse_store_count               (EngramSynapseStore          *self,
                                                              guint64                     *count,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_list_after:
 * @self: a store
 * @after_rowid: the last row of the page before, or %G_MININT64 to begin
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The next page of the synapses in the order of rows; as quick anywhere.
 *
 * Returns: (transfer container) (element-type EngramSynapse) (nullable): synapses, or %NULL with @error set
 */
GPtrArray          *engram_synapse_store_list_after          (EngramSynapseStore          *self,
                                                              gint64                       after_rowid,
                                                              guint                        limit,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_list_by_source:
 * @self: a store
 * @source_id: the id of a neuron
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The synapses that start from a neuron, in the order of rows; none where there is no such neuron, or what
 * its loss left behind.
 *
 * Returns: (transfer container) (element-type EngramSynapse) (nullable): synapses, or %NULL with @error set
 */
GPtrArray          *engram_synapse_store_list_by_source      (EngramSynapseStore          *self,
                                                              const char                  *source_id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_list_by_target:
 * @self: a store
 * @target_id: the id of a neuron
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The synapses that lead to a neuron; as engram_synapse_store_list_by_source().
 *
 * Returns: (transfer container) (element-type EngramSynapse) (nullable): synapses, or %NULL with @error set
 */
GPtrArray          *engram_synapse_store_list_by_target      (EngramSynapseStore          *self,
                                                              const char                  *target_id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_list_between:
 * @self: a store
 * @source_id: the id of a neuron
 * @target_id: the id of a neuron
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The synapses that lead from one neuron to another, in the order of rows; those that lead back are not among
 * them.
 *
 * Returns: (transfer container) (element-type EngramSynapse) (nullable): synapses, or %NULL with @error set
 */
GPtrArray          *engram_synapse_store_list_between        (EngramSynapseStore          *self,
                                                              const char                  *source_id,
                                                              const char                  *target_id,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_list_modified_since:
 * @self: a store
 * @time: local time as Python's isoformat() writes it
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The synapses that were changed at @time or after it, in the order of rows. %ENGRAM_ERROR_INVALID where
 * @time is no time.
 *
 * Returns: (transfer container) (element-type EngramSynapse) (nullable): synapses, or %NULL with @error set
 */
GPtrArray          *engram_synapse_store_list_modified_since (EngramSynapseStore          *self,
                                                              const char                  *time,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * engram_synapse_store_list_items: (skip)
 * @self: a store
 * @neuron_id: the id of a neuron
 * @direction: which of its synapses
 * @limit: how many at most
 * @total: (out) (optional): how many there are
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The synapses of a neuron with what stands at their other ends, the strongest |weight| first and then in the
 * order of rows. The texts are cut after some hundred characters.
 *
 * Returns: (transfer full) (element-type EngramSynapseListItem) (nullable): items, or %NULL with @error set
 */
GPtrArray          *engram_synapse_store_list_items          (EngramSynapseStore          *self,
                                                              const char                  *neuron_id,
                                                              EngramSynapseDirection       direction,
                                                              guint                        limit,
                                                              guint64                     *total,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * EngramSynapseListRow:
 * @synapse: (nullable): the synapse, or %NULL where the row is gone
 * @source_type: (nullable): the type of the neuron that it starts from, or %NULL where there is no such neuron
 * @source_summary: (nullable): that neuron's text, signature or id
 * @target_type: (nullable): the type of the neuron that it leads to, or %NULL where there is no such neuron
 * @target_summary: (nullable): that neuron's text, signature or id
 *
 * One row of a list of synapses.
 */
typedef struct {
  EngramSynapse *synapse;
  char          *source_type;
  char          *source_summary;
  char          *target_type;
  char          *target_summary;
} EngramSynapseListRow;

/**
 * engram_synapse_list_row_clear:
 * @row: a row
 *
 * Frees what a row holds, and empties it.
 */
void                engram_synapse_list_row_clear            (EngramSynapseListRow        *row);

/**
 * engram_synapse_store_list_rows: (skip)
 * @self: a store
 * @rowids: (array length=n_rowids): rows
 * @n_rowids: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The rows of a list with what stands at both ends, in the order of @rowids, all of one moment. A row that is gone
 * has no synapse. The texts are cut after some hundred characters.
 *
 * Returns: (transfer full) (element-type EngramSynapseListRow) (nullable): as many rows as @rowids, or %NULL
 *   with @error set
 */
GArray             *engram_synapse_store_list_rows           (EngramSynapseStore          *self,
                                                              const gint64                *rowids,
                                                              gsize                        n_rowids,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

/**
 * EngramSynapseFilter:
 * @source_id: (nullable): only from this neuron
 * @target_id: (nullable): only to this neuron
 * @min_weight: signed, inclusive; -INFINITY for none
 * @max_weight: signed, inclusive; INFINITY for none
 * @offset: how many of what is left are passed over
 * @limit: how many at most; a negative number means all
 *
 * Which synapses engram_synapse_store_foreach() visits.
 */
typedef struct {
  const char *source_id;
  const char *target_id;
  double      min_weight;
  double      max_weight;
  guint64     offset;
  gint64      limit;
} EngramSynapseFilter;

/**
 * EngramSynapseFunc:
 * @synapse: a synapse, which lives until the function returns
 * @user_data: what the caller gave
 * @error: (out) (optional): return location, or %NULL
 *
 * Called for one synapse after the other.
 *
 * Returns: %TRUE to go on, or %FALSE with @error set to stop
 */
typedef gboolean (*EngramSynapseFunc) (const EngramSynapse *synapse,
                                       gpointer             user_data,
                                       GError             **error);

/**
 * engram_synapse_store_foreach:
 * @self: a store
 * @filter: which synapses
 * @func: (scope call): what is called for each; the synapse is its until it returns. To stop, it returns
 *   %FALSE and sets its error
 * @user_data: what @func is given
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Goes through the synapses of one moment in the order of rows, one at a time and in constant memory. @func
 * is called in the caller's thread; it may use the database. A weight that is no number lies within no
 * bounds, but is there where none are given. %ENGRAM_ERROR_INVALID where a bound is NaN.
 *
 * Returns: %TRUE where all were visited, %FALSE with @error set, perhaps by @func
 */
gboolean            engram_synapse_store_foreach             (EngramSynapseStore          *self,
                                                              const EngramSynapseFilter   *filter,
                                                              EngramSynapseFunc            func,
                                                              gpointer                     user_data,
                                                              GCancellable                *cancellable,
                                                              GError                     **error);

ENGRAM_END_DECLS
