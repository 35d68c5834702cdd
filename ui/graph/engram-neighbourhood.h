/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* Which neurons a graph shows: those around some centres, a few steps far, the most important first where they are too
 * many. */

typedef enum {
  ENGRAM_DIRECTION_BOTH,
  ENGRAM_DIRECTION_OUTGOING,
  ENGRAM_DIRECTION_INCOMING,
} EngramDirection;

#define ENGRAM_NEIGHBOURHOOD_MOST_STEPS 4

/**
 * EngramNeighbourhoodOptions:
 * @n_steps: 1 to %ENGRAM_NEIGHBOURHOOD_MOST_STEPS
 * @direction: which synapses are walked, seen from the centres
 * @weakest: synapses with |weight| below it are not walked
 * @limit: most neurons, the centres included
 * @strongest: synapses with |weight| above it are not walked either; 0 for no such bound
 */
typedef struct {
  guint           n_steps;
  EngramDirection direction;
  double          weakest;
  guint           limit;
  double          strongest;
} EngramNeighbourhoodOptions;

/* Whether a synapse of that weight is within the range that is walked. */
gboolean             engram_neighbourhood_allows (const EngramNeighbourhoodOptions *options,
                                                double                             weight);

/**
 * EngramNeighbourhood:
 * @neurons: (element-type guint32): indices in the network, ascending
 * @steps: (element-type guint8): of each of these, how many steps it is from the nearest centre
 * @n_reached: how many are within reach, were there no limit
 */
typedef struct {
  GArray  *neurons;
  GArray  *steps;
  guint32  n_reached;
} EngramNeighbourhood;

/* @centres: (element-type guint32): indices in the network; they are always in it, limit or not
 * @neurons: (nullable), @synapses: (nullable): what the filter leaves; others are not walked through
 *
 * Step by step; of a step that does not fit within the limit those that are joined most strongly to what is there
 * already, all synapses to it taken together, and among equally strong ones those with more synapses. Any thread. NULL
 * with G_IO_ERROR_CANCELLED. */
EngramNeighbourhood *engram_neighbourhood_find (EngramNetwork                     *network,
                                                const GArray                      *centres,
                                                const EngramNeighbourhoodOptions  *options,
                                                const EngramRowSet                *neurons,
                                                const EngramRowSet                *synapses,
                                                GCancellable                      *cancellable,
                                                GError                           **error);
/* The most important neurons of what the filter leaves, by the sum of |weight| of their synapses: where no centre is
 * chosen. (transfer full) (element-type guint32): indices, ascending; at most @limit */
GArray              *engram_neighbourhood_find_most_important (EngramNetwork      *network,
                                                const EngramRowSet                *neurons,
                                                guint                              limit);
/* As many neurons as the limit allows around the most important one, whatever the number of steps; where no more can be
 * reached from it, around the next most important one besides. The steps are counted from whichever of them is nearest.
 * n_reached is how many the filter leaves. Any thread. NULL with G_IO_ERROR_CANCELLED. */
EngramNeighbourhood *engram_neighbourhood_find_around_best (EngramNetwork          *network,
                                                const EngramNeighbourhoodOptions *options,
                                                const EngramRowSet                *neurons,
                                                const EngramRowSet                *synapses,
                                                GCancellable                      *cancellable,
                                                GError                           **error);
/* Of some neurons the one with the greatest sum of |weight|: the index within @neurons; 0 where there is none. */
guint32              engram_neighbourhood_find_best (const EngramNetwork           *network,
                                                const guint32                     *neurons,
                                                guint32                            n_neurons);
void                 engram_neighbourhood_free (EngramNeighbourhood               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramNeighbourhood, engram_neighbourhood_free)

G_END_DECLS
