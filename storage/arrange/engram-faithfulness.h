/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-arrangement.h"
#include "arrange/engram-neighbours.h"
#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

/**
 * ENGRAM_FAITHFULNESS_NEAREST:
 *
 * So many of the nearest are compared.
 */
#define ENGRAM_FAITHFULNESS_NEAREST 10

/**
 * ENGRAM_FAITHFULNESS_SAMPLE:
 *
 * A sample that is told at once, and well enough: its error is about 0.01.
 */
#define ENGRAM_FAITHFULNESS_SAMPLE 500

/**
 * EngramFaithfulness:
 * @share: of the nearest by vector, the share that are among the nearest by place: the mean of the neurons, 0 to 1
 * @standard_error: of that share, as an estimate for all neurons; 0 where all were looked at
 * @n_neurons: how many neurons were looked at
 * @n_possible: how many neurons have both a vector and a place: those that were drawn from and compared with
 *
 * How faithful places are to vectors. Where places have nothing to do with vectors, the share is about 10 / n_possible.
 */
typedef struct {
  double  share;
  double  standard_error;
  guint32 n_neurons;
  guint32 n_possible;
} EngramFaithfulness;

/**
 * engram_faithfulness_sample:
 * @database: a network
 * @arrangement: (nullable): places to judge instead of those in the file; neurons that it does not have stand where
 *   they are
 * @n_sample: how many neurons are drawn at random, for example %ENGRAM_FAITHFULNESS_SAMPLE
 * @seed: the same seed draws the same ones
 * @faithfulness: (out caller-allocates): the figure
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Judges from a sample: of each neuron drawn, the ten nearest by cosine and the ten nearest by distance among all
 * others that have both a vector and a place. All vectors are read once, and not kept.
 *
 * Returns: %TRUE, or %FALSE with @error set: %ENGRAM_ERROR_INVALID where fewer than two neurons can be compared
 */
gboolean engram_faithfulness_sample  (EngramDatabase        *database,
                                      EngramArrangement     *arrangement,
                                      guint                  n_sample,
                                      guint64                seed,
                                      EngramFaithfulness    *faithfulness,
                                      EngramProgressFunc     progress,
                                      gpointer               user_data,
                                      GCancellable          *cancellable,
                                      GError               **error);

/**
 * engram_faithfulness_of_all: (skip)
 * @neighbours: of all neurons, at least ten of each
 * @network: the places, found by their rows
 * @faithfulness: (out caller-allocates) (optional): the figure of all
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Judges each neuron by itself.
 *
 * Returns: (transfer full) (array): for each neuron of @network, by its index, the share of its nearest that agree, 0
 *   to 1; NaN where it cannot be judged: it has no vector, no place, or came after @neighbours were found. Or %NULL
 *   with @error set, which only cancelling does
 */
float   *engram_faithfulness_of_all  (EngramNeighbours      *neighbours,
                                      EngramNetwork         *network,
                                      EngramFaithfulness    *faithfulness,
                                      EngramProgressFunc     progress,
                                      gpointer               user_data,
                                      GCancellable          *cancellable,
                                      GError               **error);

ENGRAM_END_DECLS
