/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engram-declarations.h"
#include "engram-progress.h"
#include "sqlite/engram-database.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_NEIGHBOURS (engram_neighbours_get_type ())

/* Stands where a neuron has fewer neighbours than asked for. */
#define ENGRAM_NEIGHBOURS_NONE G_MAXUINT32

/**
 * ENGRAM_NEIGHBOURS_MOST:
 *
 * As many neighbours of each neuron as can be asked for.
 */
#define ENGRAM_NEIGHBOURS_MOST 100

/**
 * ENGRAM_NEIGHBOURS_MAX_BYTES:
 *
 * What vectors may take in memory, all together, to be compared with each other.
 */
#define ENGRAM_NEIGHBOURS_MAX_BYTES (G_GUINT64_CONSTANT (2) << 30)

/**
 * EngramNeighbours:
 * @n_neurons: how many neurons
 * @k: how many neighbours of each
 * @rowids: (array length=n_neurons): the neurons, in the order of rows
 * @indices: (array zero-terminated=0): @k of each neuron, the nearest first: where they stand in @rowids, or
 *   %ENGRAM_NEIGHBOURS_NONE. Of equal ones that which comes first in the order of rows
 * @scores: (array zero-terminated=0): the cosines that belong to @indices
 * @n_without: how many neurons have no neighbours, because they have no vector of the network's usual length, or one
 *   that is not finite or all zeros; none has these as a neighbour
 *
 * The nearest neighbours of all neurons by the cosine of their vectors. 8 bytes a neighbour and 8 a neuron. Read only,
 * atomically counted; any thread.
 */
typedef struct {
  guint32  n_neurons;
  guint    k;
  gint64  *rowids;
  guint32 *indices;
  float   *scores;
  guint32  n_without;
} EngramNeighbours;

GType             engram_neighbours_get_type (void) G_GNUC_CONST;

/**
 * engram_neighbours_find:
 * @database: a network
 * @k: how many neighbours of each neuron, 1 to %ENGRAM_NEIGHBOURS_MOST
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up, within a tenth of a second
 * @error: return location, or %NULL
 *
 * Finds the nearest neighbours of each neuron among all others, exactly, to single precision: every pair is compared,
 * once, on all cores. That takes about 15 s for 100,000 vectors of 384 numbers on two cores that have nothing else to
 * do, and a hundred times as long for ten times as many. The vectors are in memory meanwhile, in single precision (150
 * MB and 1.5 GB), and 8 bytes for each neighbour and core; beyond %ENGRAM_NEIGHBOURS_MAX_BYTES of vectors it is refused
 * with %ENGRAM_ERROR_FAILED. The file is held only while they are read.
 *
 * Returns: (transfer full): the neighbours, or %NULL with @error set
 */
EngramNeighbours *engram_neighbours_find     (EngramDatabase      *database,
                                              guint                k,
                                              EngramProgressFunc   progress,
                                              gpointer             user_data,
                                              GCancellable        *cancellable,
                                              GError             **error);

/**
 * engram_neighbours_ref:
 * @self: neighbours
 *
 * Returns: (transfer full): the same, held once more
 */
EngramNeighbours *engram_neighbours_ref      (EngramNeighbours    *self);

/**
 * engram_neighbours_unref:
 * @self: (transfer full): neighbours
 *
 * Lets go of it; the last one to do so frees it.
 */
void              engram_neighbours_unref    (EngramNeighbours    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeighbours, engram_neighbours_unref)

ENGRAM_END_DECLS
