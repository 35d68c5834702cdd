/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "query/engram-facets.h"
#include "stores/engram-row-set.h"

ENGRAM_BEGIN_DECLS

/**
 * EngramNetworkFigures:
 * @n_neurons: neurons
 * @n_synapses: synapses
 * @n_dangling: synapses of which an end is missing
 * @dimension: how many numbers a vector has, 0 where there is none
 * @n_components: parts that hang together, directions ignored; a neuron without a synapse is one by itself
 * @largest_component: neurons in the largest of them
 * @n_isolated: neurons without a synapse
 * @n_inhibiting: synapses with a negative weight
 * @degree: of neurons: how many synapses they have; one that leads back to where it starts counts twice
 * @weight: of synapses, -1 to 1
 * @activation: of neurons, 0 to 1
 * @types: (element-type EngramFacetValue): of neurons, the most frequent first
 *
 * A network's own figures. Synapses of which an end is missing are counted in @n_synapses and @n_dangling, and for the
 * neuron at their other end in @degree and @n_isolated, as a list of neurons shows them.
 */
typedef struct {
  guint64         n_neurons;
  guint64         n_synapses;
  guint64         n_dangling;
  guint           dimension;
  guint           n_components;
  guint           largest_component;
  guint           n_isolated;
  guint64         n_inhibiting;
  EngramHistogram degree;
  EngramHistogram weight;
  EngramHistogram activation;
  GPtrArray      *types;
} EngramNetworkFigures;

/**
 * engram_network_figures_compute: (skip)
 * @searcher: a searcher
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Waits for the disk; any thread.
 *
 * Returns: (transfer full): the network's figures, or %NULL with @error set
 */
EngramNetworkFigures *engram_network_figures_compute (EngramSearcher        *searcher,
                                                      GCancellable          *cancellable,
                                                      GError               **error);

/**
 * engram_network_figures_free:
 * @self: (transfer full) (nullable): figures
 *
 * Frees it and all that it holds.
 */
void                  engram_network_figures_free    (EngramNetworkFigures  *self);

/**
 * EngramSelectionFigures:
 * @n_neurons: neurons that are selected and there
 * @types: (element-type EngramFacetValue): of these
 * @tags: (element-type EngramFacetValue): of these, the most frequent 50
 * @activation: of these
 * @importance: of these
 * @degree: of these
 * @position_low: least x, y, z; NaN where none of them has a place
 * @position_high: greatest x, y, z
 * @position_mean: their mean
 * @n_without_vector: how many of these have none
 * @n_inner: synapses with both ends among them
 * @n_outer: synapses with one end among them, the other at a neuron that is not selected
 * @n_synapses: synapses that are selected and there
 * @synapse_types: (element-type EngramFacetValue): of these
 * @weight: of these
 * @weight_sum: of these
 * @usage: of these
 *
 * Sums and ranges of what is selected.
 */
typedef struct {
  guint64         n_neurons;
  GPtrArray      *types;
  GPtrArray      *tags;
  EngramHistogram activation;
  EngramHistogram importance;
  EngramHistogram degree;
  double          position_low[3];
  double          position_high[3];
  double          position_mean[3];
  guint64         n_without_vector;
  guint64         n_inner;
  guint64         n_outer;
  guint64         n_synapses;
  GPtrArray      *synapse_types;
  EngramHistogram weight;
  double          weight_sum;
  EngramHistogram usage;
} EngramSelectionFigures;

/**
 * engram_selection_figures_compute: (skip)
 * @searcher: a searcher
 * @neurons: rows of neurons, may be empty
 * @synapses: rows of synapses, may be empty
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Waits for the disk; any thread.
 *
 * Returns: (transfer full): figures of these, or %NULL with @error set
 */
EngramSelectionFigures *engram_selection_figures_compute (EngramSearcher          *searcher,
                                                          EngramRowSet            *neurons,
                                                          EngramRowSet            *synapses,
                                                          GCancellable            *cancellable,
                                                          GError                 **error);

/**
 * engram_selection_figures_free:
 * @self: (transfer full) (nullable): figures
 *
 * Frees it and all that it holds.
 */
void                    engram_selection_figures_free    (EngramSelectionFigures  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNetworkFigures, engram_network_figures_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramSelectionFigures, engram_selection_figures_free)

ENGRAM_END_DECLS
