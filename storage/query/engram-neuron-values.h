/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-network.h"
#include "sqlite/engram-database.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NEURON_VALUES (engram_neuron_values_get_type ())

/* As many keys as engram_metadata_list_number_keys() gives at most. */
#define ENGRAM_METADATA_MAX_KEYS 100

/**
 * EngramNeuronValues:
 * @n_neurons: how many neurons (or synapses)
 * @rowids: (array length=n_neurons): their rows, ascending
 * @numbers: (array length=n_neurons): of each; NaN where it has none
 *
 * A number for each neuron of a network, as it was once, or for some of them; of an analysis of synapses for synapses.
 * Read only, atomically counted; any thread.
 */
typedef struct {
  gsize   n_neurons;
  gint64 *rowids;
  double *numbers;
} EngramNeuronValues;

GType               engram_neuron_values_get_type  (void) G_GNUC_CONST;

/**
 * engram_neuron_values_new:
 * @network: a network
 * @numbers: (array): of each neuron, by its index
 *
 * Returns: (transfer full): the same by row
 */
EngramNeuronValues *engram_neuron_values_new       (EngramNetwork       *network,
                                                    const double        *numbers);
/* (transfer full) @rowids, @numbers: from g_malloc(); @rowids ascend */
EngramNeuronValues *engram_neuron_values_new_take  (gint64              *rowids,
                                                    double              *numbers,
                                                    gsize                n_rows);
EngramNeuronValues *engram_neuron_values_ref       (EngramNeuronValues  *self);
void                engram_neuron_values_unref     (EngramNeuronValues  *self);

/* The number of a neuron by its row; NaN where it has none, or was not there. */
double              engram_neuron_values_get       (EngramNeuronValues  *self,
                                                    gint64               rowid);
/* The first place in its arrays whose row is not before @rowid; @n_neurons where there is none. */
gsize               engram_neuron_values_find      (EngramNeuronValues  *self,
                                                    gint64               rowid);

/**
 * engram_neuron_values_load_metadata:
 * @database: a network
 * @key: a name in the metadata of neurons, at the top
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * One pass over the table, on all cores; waits for the disk.
 *
 * Returns: (transfer full): the numbers of that name, or %NULL with @error set
 */
EngramNeuronValues *engram_neuron_values_load_metadata   (EngramDatabase  *database,
                                                          const char      *key,
                                                          GCancellable    *cancellable,
                                                          GError         **error);
/* The same of the importance that neurons have of their own; all NaN in a file of schema version 1. */
EngramNeuronValues *engram_neuron_values_load_importance (EngramDatabase  *database,
                                                          GCancellable    *cancellable,
                                                          GError         **error);

/**
 * engram_metadata_list_number_keys:
 * @database: a network
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (element-type EngramFacetValue): the names at the top of neurons' metadata that hold
 *   numbers, those of the most neurons first, %ENGRAM_METADATA_MAX_KEYS at most; or %NULL with @error set
 */
GPtrArray          *engram_metadata_list_number_keys     (EngramDatabase  *database,
                                                          GCancellable    *cancellable,
                                                          GError         **error);

/**
 * EngramNeuronTags:
 * @names: (element-type EngramFacetValue): all tags, the most frequent first
 * @values: of each neuron, which of @names it is shown as: of its tags the most frequent in the whole network; NaN
 *   where it has none
 *
 * Tags as categories, of which each neuron has one.
 */
typedef struct {
  GPtrArray          *names;
  EngramNeuronValues *values;
} EngramNeuronTags;

EngramNeuronTags   *engram_neuron_tags_load        (EngramDatabase      *database,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
void                engram_neuron_tags_free        (EngramNeuronTags    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronValues, engram_neuron_values_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeuronTags, engram_neuron_tags_free)

G_END_DECLS
