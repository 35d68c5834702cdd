/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

#include "graph/engram-graph-kinds.h"

G_BEGIN_DECLS

/**
 * EngramArranging:
 * @ENGRAM_ARRANGING_COMPONENTS: by the principal components of the vectors
 * @ENGRAM_ARRANGING_UMAP: by neighbours of the vectors: the landmarks by UMAP, all others near to the landmarks that
 *   are like them
 * @ENGRAM_ARRANGING_SYNAPSES: by the synapses, which pull
 *
 * How new places for all neurons of a network are found.
 */
typedef enum {
  ENGRAM_ARRANGING_COMPONENTS,
  ENGRAM_ARRANGING_UMAP,
  ENGRAM_ARRANGING_SYNAPSES,
  ENGRAM_ARRANGING_N,
} EngramArranging;

/* What is told beside the places.
 * @explained: of principal components, how much of the variance of the vectors the axes have, 0 to 1; else negative
 * @sign: of synapses, what was done with negative weights */
typedef struct {
  double          explained;
  EngramGraphSign sign;
} EngramArrangingFacts;

/* For people: "Principal Components". (transfer none) */
const char        *engram_arranging_get_label      (EngramArranging        how);
/* What the history calls it: "Arrange by principal components". (transfer none) */
const char        *engram_arranging_get_step_label (EngramArranging        how);

/* Finds the places; waits, so call it in a worker's thread. */
EngramArrangement *engram_arranging_run            (EngramArranging        how,
                                                    EngramSearcher        *searcher,
                                                    EngramDatabase        *database,
                                                    EngramArrangingFacts  *facts,
                                                    EngramProgressFunc     progress,
                                                    gpointer               user_data,
                                                    GCancellable          *cancellable,
                                                    GError               **error);

G_END_DECLS
