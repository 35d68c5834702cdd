/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-neighbours.h"
#include "engram-declarations.h"
#include "model/engram-network.h"

ENGRAM_BEGIN_DECLS

/* Stands for the synapse of neurons that are not joined. */
#define ENGRAM_PAIR_NO_SYNAPSE G_MAXUINT32

/**
 * EngramPair:
 * @first: index of a neuron in the network's columns
 * @second: index of another one, greater than @first
 * @synapse: index of the synapse that joins them, whichever way it leads, the strongest where there are several; or
 *   %ENGRAM_PAIR_NO_SYNAPSE
 * @cosine: of their vectors
 *
 * Two neurons. synapse_rowids and weights of the network have the row and the weight of the synapse.
 */
typedef struct {
  guint32 first;
  guint32 second;
  guint32 synapse;
  float   cosine;
} EngramPair;

/**
 * engram_pairs_find_similar_unlinked: (skip)
 * @neighbours: the nearest neighbours of all neurons
 * @network: the synapses, found by the rows of their neurons
 * @limit: how many pairs at most
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Ranks pairs that are similar by vector but have no synapse, neither way: the most similar first. Those pairs are
 * looked at of which one is among the nearest of the other.
 *
 * Returns: (transfer full) (element-type EngramPair): the pairs, or %NULL with @error set, which only cancelling does
 */
GArray *engram_pairs_find_similar_unlinked  (EngramNeighbours    *neighbours,
                                             EngramNetwork       *network,
                                             guint                limit,
                                             EngramProgressFunc   progress,
                                             gpointer             user_data,
                                             GCancellable        *cancellable,
                                             GError             **error);

/**
 * engram_pairs_find_linked_dissimilar: (skip)
 * @database: the network's file
 * @network: its columns
 * @limit: how many pairs at most
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Ranks pairs that are joined by a synapse but differ by vector: the least cosine first. Each pair counts once, with
 * the strongest synapse between them; neurons without a vector of the network's usual length that has a direction are
 * left out, and so are synapses of a neuron to itself. The vectors are streamed: it holds 256 MB of them at most, and
 * reads the others again for each 256 MB where they are more.
 *
 * Returns: (transfer full) (element-type EngramPair): the pairs, or %NULL with @error set
 */
GArray *engram_pairs_find_linked_dissimilar (EngramDatabase      *database,
                                             EngramNetwork       *network,
                                             guint                limit,
                                             EngramProgressFunc   progress,
                                             gpointer             user_data,
                                             GCancellable        *cancellable,
                                             GError             **error);

ENGRAM_END_DECLS
