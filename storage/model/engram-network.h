/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-uuid.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_NETWORK (engram_network_get_type ())

typedef struct _EngramNetwork EngramNetwork;

/**
 * EngramNetwork:
 * @n_neurons: how many neurons
 * @neuron_rowids: (array length=n_neurons): in the order of rows
 * @neuron_ids: (array length=n_neurons): see engram_network_dup_neuron_id() for ids that are not UUIDs
 * @positions: (array zero-terminated=0): x, y, z of each neuron, single precision; NaN where the table holds no number
 * @activations: (array length=n_neurons)
 * @types: (array length=n_neurons): index into @type_names
 * @n_types: how many type names
 * @type_names: (array length=n_types)
 * @n_synapses: how many synapses that have both ends
 * @n_dangling: how many more have an end that is missing
 * @synapse_rowids: (array length=n_synapses): in the order of |weight|, the strongest first; equal ones by a hash of
 *   their id, which is the same on every machine; those without a number as weight last
 * @sources: (array length=n_synapses): index of the neuron each starts from
 * @targets: (array length=n_synapses): index of the neuron each leads to
 * @weights: (array length=n_synapses): as the table has them; NaN where it holds no number
 * @out_offsets: (array zero-terminated=0): @n_neurons + 1 offsets into @out_synapses
 * @out_synapses: (array length=n_synapses): indices of synapses grouped by source, in each group the strongest first
 * @in_offsets: (array zero-terminated=0): @n_neurons + 1 offsets into @in_synapses
 * @in_synapses: (array length=n_synapses): indices of synapses grouped by target, in each group the strongest first
 *
 * A whole network in columns, of one snapshot: what the graph and the space need, no text and no vectors. 46 bytes a
 * neuron and 32 a synapse. Read only, atomically counted; any thread.
 *
 * "The strongest K" and "all above a threshold" are prefixes of the synapse columns; the degree of neuron i is
 * out_offsets[i + 1] - out_offsets[i].
 */
struct _EngramNetwork {
  guint32       n_neurons;
  gint64       *neuron_rowids;
  EngramUuid   *neuron_ids;
  float        *positions;
  float        *activations;
  guint16      *types;
  guint         n_types;
  char        **type_names;

  guint32       n_synapses;
  guint64       n_dangling;
  gint64       *synapse_rowids;
  guint32      *sources;
  guint32      *targets;
  double       *weights;
  guint32      *out_offsets;
  guint32      *out_synapses;
  guint32      *in_offsets;
  guint32      *in_synapses;
};

GType          engram_network_get_type      (void) G_GNUC_CONST;

/**
 * engram_network_load:
 * @database: a network
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Reads one snapshot of a network into columns, on all cores.
 *
 * Returns: (transfer full): the columns, or %NULL with @error set
 */
EngramNetwork *engram_network_load          (EngramDatabase      *database,
                                             EngramProgressFunc   progress,
                                             gpointer             user_data,
                                             GCancellable        *cancellable,
                                             GError             **error);

/**
 * engram_network_ref:
 * @self: a network's columns
 *
 * Returns: (transfer full): @self
 */
EngramNetwork *engram_network_ref           (EngramNetwork       *self);

/**
 * engram_network_unref:
 * @self: (nullable): a network's columns
 *
 * Lets go of it; the last one to do so frees it.
 */
void           engram_network_unref         (EngramNetwork       *self);

/**
 * engram_network_dup_neuron_id:
 * @self: a network's columns
 * @neuron: index of a neuron
 *
 * Returns: (transfer full): its id as text, also where that is no UUID; "" where its row has none (NULL)
 */
char          *engram_network_dup_neuron_id (EngramNetwork       *self,
                                             guint32              neuron);

/**
 * engram_network_find_neuron:
 * @self: a network's columns
 * @id: an id
 * @neuron: (out): index of the neuron
 *
 * Looks a neuron up by its id. A neuron without an id is never found, also not by "".
 *
 * Returns: whether there is such a neuron
 */
gboolean       engram_network_find_neuron   (EngramNetwork       *self,
                                             const char          *id,
                                             guint32             *neuron);

/**
 * engram_network_get_size:
 * @self: a network's columns
 *
 * Returns: the bytes of memory that they take
 */
gsize          engram_network_get_size      (EngramNetwork       *self);

/**
 * engram_network_count_stronger:
 * @self: a network's columns
 * @threshold: a weight, not negative
 *
 * Returns: how many synapses have |weight| >= @threshold: they are the first ones of the columns
 */
guint32        engram_network_count_stronger (EngramNetwork      *self,
                                             double               threshold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNetwork, engram_network_unref)

ENGRAM_END_DECLS
