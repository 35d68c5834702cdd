/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-network.h"

ENGRAM_BEGIN_DECLS

#define ENGRAM_TYPE_ARRANGEMENT (engram_arrangement_get_type ())

/**
 * EngramArrangement:
 * @n_neurons: how many neurons
 * @rowids: (array length=n_neurons): their rows, ascending
 * @origins: (array zero-terminated=0): x, y, z of each, the places that the arrangement was made from; NaN where
 *   there is no number
 * @positions: (array zero-terminated=0): x, y, z of each, the new places
 * @n_kept: how many of them keep their place, because there is nothing to place them by: no vector that can be used, or
 *   a new place that is not finite
 *
 * New places for neurons, to be shown and perhaps to be kept: see engram_rearrange(). 32 bytes a neuron. Read only,
 * atomically counted; any thread.
 */
typedef struct {
  guint32  n_neurons;
  gint64  *rowids;
  float   *origins;
  float   *positions;
  guint32  n_kept;
} EngramArrangement;

GType              engram_arrangement_get_type      (void) G_GNUC_CONST;

/**
 * engram_arrangement_new_for_layout: (skip)
 * @network: a network in columns
 * @neurons: (nullable) (array length=n_neurons): which of them, by their index; %NULL for the first @n_neurons
 * @n_neurons: how many
 * @places: (array zero-terminated=0): x, y, z of each, from a layout of any size anywhere
 *
 * Makes an arrangement of what a layout gives, moved and scaled so that the cloud of these neurons keeps its centre and
 * its spread: the root of the mean square distance from the centre. Where they all stand at one place, or at none, the
 * layout's own size is kept. A neuron that stands twice in @neurons gets its last place.
 *
 * Returns: (transfer full): an arrangement
 */
EngramArrangement *engram_arrangement_new_for_layout (EngramNetwork           *network,
                                                      const guint32           *neurons,
                                                      guint32                  n_neurons,
                                                      const float             *places);

/**
 * engram_arrangement_new_for_move: (skip)
 * @network: a network in columns
 * @neurons: (nullable) (array length=n_neurons): which of them, by their index; %NULL for the first @n_neurons
 * @n_neurons: how many
 * @places: (array zero-terminated=0): x, y, z of each, just where they shall be
 *
 * Makes an arrangement of places as they are, for neurons that are dragged.
 *
 * Returns: (transfer full): an arrangement
 */
EngramArrangement *engram_arrangement_new_for_move   (EngramNetwork           *network,
                                                      const guint32           *neurons,
                                                      guint32                  n_neurons,
                                                      const float             *places);

/**
 * engram_arrangement_ref:
 * @self: an arrangement
 *
 * Returns: (transfer full): the same, held once more
 */
EngramArrangement *engram_arrangement_ref           (EngramArrangement       *self);

/**
 * engram_arrangement_unref:
 * @self: (transfer full): an arrangement
 *
 * Lets go of it; the last one to do so frees it.
 */
void               engram_arrangement_unref         (EngramArrangement       *self);

/**
 * engram_arrangement_find:
 * @self: an arrangement
 * @rowid: a row
 * @index: (out): where the neuron of that row stands in the arrangement
 *
 * Returns: whether the arrangement has that neuron
 */
gboolean           engram_arrangement_find          (const EngramArrangement *self,
                                                     gint64                   rowid,
                                                     guint32                 *index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramArrangement, engram_arrangement_unref)

ENGRAM_END_DECLS
