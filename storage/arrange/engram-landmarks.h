/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-arrangement.h"
#include "engram-declarations.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_LANDMARKS (engram_landmarks_get_type ())

/**
 * EngramLandmarks:
 * @n_landmarks: how many were chosen
 * @rowids: (array length=n_landmarks): their rows, ascending
 * @n_edges: how many edges their graph of neighbours has
 * @sources: (array length=n_edges): a landmark, by where it stands in @rowids
 * @targets: (array length=n_edges): one that is near to it
 * @distances: (array length=n_edges): 1 less the cosine of their vectors, 0 to 2
 *
 * Some neurons that stand for all, and which of them are neighbours by their vectors: what a layout of all neurons by
 * their vectors (UMAP) is made of. Landmarks are laid out by the caller, and engram_landmarks_place_all() then places
 * everybody near to the landmarks that are most like him. Their vectors are kept in single precision (15 MB for 10,000
 * of 384 numbers). Read only, atomically counted; any thread.
 */
typedef struct {
  guint32  n_landmarks;
  gint64  *rowids;
  guint32  n_edges;
  guint32 *sources;
  guint32 *targets;
  float   *distances;
} EngramLandmarks;

GType              engram_landmarks_get_type  (void) G_GNUC_CONST;

/**
 * engram_landmarks_choose:
 * @database: a network
 * @n_landmarks: how many; all that can be used, where there are no more
 * @k: how many neighbours each landmark gets in the graph, 1 to %ENGRAM_NEIGHBOURS_MOST, for example 15
 * @seed: the same seed chooses the same ones
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Chooses landmarks at random but evenly spread: the neurons, placed by their principal components, are divided into
 * @n_landmarks cells of equally many, and one of each is drawn. So each part of the vectors' space gets landmarks by
 * the number of its neurons. Then finds the exact nearest neighbours of each landmark among the landmarks: each pair is
 * one edge, also where both have chosen each other.
 *
 * Returns: (transfer full): the landmarks, or %NULL with @error set: %ENGRAM_ERROR_INVALID where no two neurons have
 *   vectors
 */
EngramLandmarks   *engram_landmarks_choose    (EngramDatabase      *database,
                                               guint32              n_landmarks,
                                               guint                k,
                                               guint64              seed,
                                               EngramProgressFunc   progress,
                                               gpointer             user_data,
                                               GCancellable        *cancellable,
                                               GError             **error);

/**
 * engram_landmarks_place_all: (skip)
 * @self: landmarks
 * @database: their network
 * @places: (array zero-terminated=0): x, y, z of each landmark, as a layout of their graph gives them
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): to give up
 * @error: return location, or %NULL
 *
 * Places all neurons: landmarks where @places has them, each other neuron at the mean of the five landmarks that are
 * nearest by cosine, the nearer the more it counts. The cloud keeps its centre and its spread. Neurons without a vector
 * of the usual length, or with one that has no direction, keep their place. All vectors are read once, and not kept.
 *
 * Returns: (transfer full): the arrangement, or %NULL with @error set
 */
EngramArrangement *engram_landmarks_place_all (EngramLandmarks     *self,
                                               EngramDatabase      *database,
                                               const float         *places,
                                               EngramProgressFunc   progress,
                                               gpointer             user_data,
                                               GCancellable        *cancellable,
                                               GError             **error);

/**
 * engram_landmarks_ref:
 * @self: landmarks
 *
 * Returns: (transfer full): the same, held once more
 */
EngramLandmarks   *engram_landmarks_ref       (EngramLandmarks     *self);

/**
 * engram_landmarks_unref:
 * @self: (transfer full): landmarks
 *
 * Lets go of it; the last one to do so frees it.
 */
void               engram_landmarks_unref     (EngramLandmarks     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramLandmarks, engram_landmarks_unref)

ENGRAM_END_DECLS
