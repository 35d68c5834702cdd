/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-neuron.h"
#include "sqlite/engram-database.h"
#include "stores/engram-row-order.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_NEURON_STORE (engram_neuron_store_get_type ())

/**
 * EngramNeuronStore:
 *
 * The neurons of a network: one, many, lists, and by place in space. It is thin over an #EngramDatabase and
 * may be used from any thread, several at a time; its functions wait for the disk, so never call them in the
 * main loop.
 *
 * Records are handed in by the caller and stay the caller's. A write is one transaction: where a function
 * returns %FALSE, the file and the records are as they were.
 *
 * Every function that takes a cancellable fails with %G_IO_ERROR_CANCELLED once it is cancelled, and with the
 * codes of #EngramError where the file cannot be read or written.
 */
G_DECLARE_FINAL_TYPE (EngramNeuronStore, engram_neuron_store, ENGRAM, NEURON_STORE, GObject)

/**
 * EngramNeuronListItem:
 * @neuron: the neuron, without its vector
 * @outgoing: synapses that start from it
 * @incoming: synapses that lead to it
 *
 * One row of a list of neurons.
 */
typedef struct {
  EngramNeuron *neuron;
  guint         outgoing;
  guint         incoming;
} EngramNeuronListItem;

/**
 * engram_neuron_store_new:
 * @database: an open network
 *
 * Returns: (transfer full): a store over @database, of which there may be several
 */
EngramNeuronStore *engram_neuron_store_new                 (EngramDatabase            *database);

/**
 * engram_neuron_store_get_database:
 * @self: a store
 *
 * Returns: (transfer none): the network whose neurons these are
 */
EngramDatabase    *engram_neuron_store_get_database        (EngramNeuronStore         *self);

/* One neuron */

/**
 * engram_neuron_store_create:
 * @self: a store
 * @neuron: the neuron to add
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Adds a neuron as the last row. Sets #EngramNeuron.rowid, and the times to now where they are %NULL.
 *
 * Fails with %ENGRAM_ERROR_INVALID where a value cannot be stored or the vector has not as many numbers as
 * those of the network, and with %ENGRAM_ERROR_EXISTS where there is a neuron of that id.
 *
 * Returns: whether it was added
 */
gboolean           engram_neuron_store_create              (EngramNeuronStore         *self,
                                                            EngramNeuron              *neuron,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_get:
 * @self: a store
 * @id: the id of a neuron
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Fails with %ENGRAM_ERROR_NOT_FOUND where there is none.
 *
 * Returns: (transfer full) (nullable): the neuron, with its vector, or %NULL with @error set
 */
EngramNeuron      *engram_neuron_store_get                 (EngramNeuronStore         *self,
                                                            const char                *id,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_update:
 * @self: a store
 * @neuron: the neuron as it is to be, found by its id
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Writes the columns that differ from what is stored, and no others: what the record cannot carry
 * (#EngramNeuron.odd), the vector of a record that came from a list without it, and columns that Engram does
 * not know stay as they are. Where anything differs and #EngramNeuron.modified_at does not (or is %NULL),
 * that becomes now, in the record too. Where nothing differs the file is not touched.
 *
 * Only what differs is checked: %ENGRAM_ERROR_INVALID where it cannot be stored, or where a changed vector
 * has not as many numbers as those of the network. %ENGRAM_ERROR_NOT_FOUND where there is no neuron of that
 * id; an id itself cannot be changed.
 *
 * Returns: whether the file holds @neuron now
 */
gboolean           engram_neuron_store_update              (EngramNeuronStore         *self,
                                                            EngramNeuron              *neuron,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_delete:
 * @self: a store
 * @id: the id of a neuron
 * @n_synapses: (out) (optional): how many synapses went with it
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Deletes a neuron and the synapses that start from it or lead to it. Fails with %ENGRAM_ERROR_NOT_FOUND
 * where there is none.
 *
 * Returns: whether it was deleted
 */
gboolean           engram_neuron_store_delete              (EngramNeuronStore         *self,
                                                            const char                *id,
                                                            guint                     *n_synapses,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* Many, in one transaction: all or none */

/**
 * engram_neuron_store_create_batch:
 * @self: a store
 * @neurons: (element-type EngramNeuron): the neurons to add
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Adds neurons as the last rows, in their order, all or none; for each what engram_neuron_store_create()
 * says. An id that stands twice is an error. Where the network has no vector yet, the first one says how long
 * all must be.
 *
 * Returns: whether they were added
 */
gboolean           engram_neuron_store_create_batch        (EngramNeuronStore         *self,
                                                            GPtrArray                 *neurons,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_update_batch:
 * @self: a store
 * @neurons: (element-type EngramNeuron): the neurons as they are to be
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Updates neurons, all or none; for each what engram_neuron_store_update() says.
 *
 * Returns: whether the file holds all of @neurons now
 */
gboolean           engram_neuron_store_update_batch        (EngramNeuronStore         *self,
                                                            GPtrArray                 *neurons,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* Lists, in the order of rows unless said otherwise */

/**
 * engram_neuron_store_count:
 * @self: a store
 * @count: (out): how many neurons there are
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Returns: whether they could be counted
 */
gboolean           engram_neuron_store_count               (EngramNeuronStore         *self,
                                                            guint64                   *count,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list:
 * @self: a store
 * @offset: how many rows come before the first one
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * A page of the neurons in the order of rows. The first page after a change reads all rowids; the others find
 * their place at once, wherever it is. Past the end the list is empty.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list                (EngramNeuronStore         *self,
                                                            guint64                    offset,
                                                            guint                      limit,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list_after:
 * @self: a store
 * @after_rowid: the last row of the page before, or %G_MININT64 to begin
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The next page of the neurons in the order of rows; as quick anywhere.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list_after          (EngramNeuronStore         *self,
                                                            gint64                     after_rowid,
                                                            guint                      limit,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list_by_type:
 * @self: a store
 * @type: the name of a type, registered or not
 * @after_rowid: the last row of the page before, or %G_MININT64 to begin
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The next page of the neurons of one type in the order of rows; as quick anywhere.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list_by_type        (EngramNeuronStore         *self,
                                                            const char                *type,
                                                            gint64                     after_rowid,
                                                            guint                      limit,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list_modified_since:
 * @self: a store
 * @time: local time as Python's isoformat() writes it
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The neurons that were changed at @time or after it, in the order of rows. %ENGRAM_ERROR_INVALID where @time
 * is no time.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list_modified_since (EngramNeuronStore         *self,
                                                            const char                *time,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_get_row_order:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The rowids of all neurons, ascending, at one moment. Read once for each state of the file, then kept.
 *
 * Returns: (transfer full) (nullable): the order, or %NULL with @error set
 */
EngramRowOrder    *engram_neuron_store_get_row_order       (EngramNeuronStore         *self,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list_items: (skip)
 * @self: a store
 * @rowids: (array length=n_rowids): rows
 * @n_rowids: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The rows of a list, in the order of @rowids, all of one moment. The item of a row that is gone has no
 * neuron.
 *
 * Returns: (transfer full) (element-type EngramNeuronListItem) (nullable): as many items as @rowids, or %NULL
 *   with @error set
 */
GArray            *engram_neuron_store_list_items          (EngramNeuronStore         *self,
                                                            const gint64              *rowids,
                                                            gsize                      n_rowids,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* By place in space */

/**
 * engram_neuron_store_list_in_box:
 * @self: a store
 * @low: (array fixed-size=3): the corner with the lowest x, y and z
 * @high: (array fixed-size=3): the corner with the highest x, y and z
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The neurons in a box, its faces included, in the order of rows. A corner may be infinite. Where @low lies
 * above @high the box is empty. A neuron whose position is not three finite numbers is nowhere.
 *   %ENGRAM_ERROR_INVALID where
 * a corner has a NaN.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list_in_box         (EngramNeuronStore         *self,
                                                            const double               low[3],
                                                            const double               high[3],
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list_in_sphere:
 * @self: a store
 * @centre: (array fixed-size=3): x, y, z
 * @radius: the largest distance from @centre
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The neurons in a sphere, its surface included, in the order of rows. The radius may be infinite. A neuron
 * whose position is not three finite numbers is nowhere. %ENGRAM_ERROR_INVALID where @centre is not finite or
 * @radius is negative or NaN.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list_in_sphere      (EngramNeuronStore         *self,
                                                            const double               centre[3],
                                                            double                     radius,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/**
 * engram_neuron_store_list_nearest:
 * @self: a store
 * @centre: (array fixed-size=3): x, y, z
 * @k: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * The @k neurons that are nearest to a point, nearest first and, where two are as near, in the order of rows;
 * fewer where there are not so many. A neuron whose position is not three finite numbers is nowhere.
 * %ENGRAM_ERROR_INVALID where @centre is not finite.
 *
 * Returns: (transfer container) (element-type EngramNeuron) (nullable): neurons without their vectors, or %NULL
 *   with @error set
 */
GPtrArray         *engram_neuron_store_list_nearest        (EngramNeuronStore         *self,
                                                            const double               centre[3],
                                                            guint                      k,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* One at a time, in constant memory */

/**
 * EngramNeuronFilter:
 * @type: (nullable): only of this type
 * @text: (nullable): only where source data, signature, code, tags, metadata or id hold this, letter case ignored
 *   (Unicode)
 * @modified_since: (nullable): only changed at or after this time
 * @offset: how many of what is left are passed over
 * @limit: how many at most; a negative number means all
 * @with_vectors: whether the vectors are read
 *
 * Which neurons engram_neuron_store_foreach() visits.
 */
typedef struct {
  const char *type;
  const char *text;
  const char *modified_since;
  guint64     offset;
  gint64      limit;
  gboolean    with_vectors;
} EngramNeuronFilter;

/**
 * EngramNeuronFunc:
 * @neuron: a neuron, which lives until the function returns
 * @user_data: what the caller gave
 * @error: (out) (optional): return location, or %NULL
 *
 * Called for one neuron after the other.
 *
 * Returns: %TRUE to go on, or %FALSE with @error set to stop
 */
typedef gboolean (*EngramNeuronFunc) (const EngramNeuron  *neuron,
                                      gpointer             user_data,
                                      GError             **error);

/**
 * engram_neuron_store_foreach:
 * @self: a store
 * @filter: which neurons
 * @func: (scope call): what is called for each; the neuron is its until it returns. To stop, it returns
 *   %FALSE and sets its error
 * @user_data: what @func is given
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Goes through the neurons of one moment in the order of rows, one at a time and in constant memory. @func is
 * called in the caller's thread; it may use the database. %ENGRAM_ERROR_INVALID where the filter's time is no
 * time.
 *
 * Returns: %TRUE where all were visited, %FALSE with @error set, perhaps by @func
 */
gboolean           engram_neuron_store_foreach             (EngramNeuronStore         *self,
                                                            const EngramNeuronFilter  *filter,
                                                            EngramNeuronFunc           func,
                                                            gpointer                   user_data,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

ENGRAM_END_DECLS
