/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-neuron.h"
#include "sqlite/engram-database.h"
#include "stores/engram-row-order.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NEURON_STORE (engram_neuron_store_get_type ())

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

EngramNeuronStore *engram_neuron_store_new                 (EngramDatabase            *database);
EngramDatabase    *engram_neuron_store_get_database        (EngramNeuronStore         *self);

/* One neuron */
gboolean           engram_neuron_store_create              (EngramNeuronStore         *self,
                                                            EngramNeuron              *neuron,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
EngramNeuron      *engram_neuron_store_get                 (EngramNeuronStore         *self,
                                                            const char                *id,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
gboolean           engram_neuron_store_update              (EngramNeuronStore         *self,
                                                            EngramNeuron              *neuron,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
gboolean           engram_neuron_store_delete              (EngramNeuronStore         *self,
                                                            const char                *id,
                                                            guint                     *n_synapses,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* Many, in one transaction: all or none */
gboolean           engram_neuron_store_create_batch        (EngramNeuronStore         *self,
                                                            GPtrArray                 *neurons,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
gboolean           engram_neuron_store_update_batch        (EngramNeuronStore         *self,
                                                            GPtrArray                 *neurons,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* Lists, in the order of rows unless said otherwise */
gboolean           engram_neuron_store_count               (EngramNeuronStore         *self,
                                                            guint64                   *count,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
GPtrArray         *engram_neuron_store_list                (EngramNeuronStore         *self,
                                                            guint64                    offset,
                                                            guint                      limit,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
GPtrArray         *engram_neuron_store_list_after          (EngramNeuronStore         *self,
                                                            gint64                     after_rowid,
                                                            guint                      limit,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
GPtrArray         *engram_neuron_store_list_by_type        (EngramNeuronStore         *self,
                                                            const char                *type,
                                                            gint64                     after_rowid,
                                                            guint                      limit,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
GPtrArray         *engram_neuron_store_list_modified_since (EngramNeuronStore         *self,
                                                            const char                *time,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
EngramRowOrder    *engram_neuron_store_get_row_order       (EngramNeuronStore         *self,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
GArray            *engram_neuron_store_list_items          (EngramNeuronStore         *self,
                                                            const gint64              *rowids,
                                                            gsize                      n_rowids,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

/* By place in space */
GPtrArray         *engram_neuron_store_list_in_box         (EngramNeuronStore         *self,
                                                            const double               low[3],
                                                            const double               high[3],
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
GPtrArray         *engram_neuron_store_list_in_sphere      (EngramNeuronStore         *self,
                                                            const double               centre[3],
                                                            double                     radius,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);
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
 */
typedef struct {
  const char *type;
  const char *text;
  const char *modified_since;
  guint64     offset;
  gint64      limit;
  gboolean    with_vectors;
} EngramNeuronFilter;

typedef gboolean (*EngramNeuronFunc) (const EngramNeuron  *neuron,
                                      gpointer             user_data,
                                      GError             **error);

gboolean           engram_neuron_store_foreach             (EngramNeuronStore         *self,
                                                            const EngramNeuronFilter  *filter,
                                                            EngramNeuronFunc           func,
                                                            gpointer                   user_data,
                                                            GCancellable              *cancellable,
                                                            GError                   **error);

G_END_DECLS
