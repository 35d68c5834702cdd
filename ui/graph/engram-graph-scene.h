/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph/engram-graph-scene-places.h"
#include "graph/engram-neighbourhood.h"
#include "views/engram-scene-source.h"

G_BEGIN_DECLS

/* Of which neurons the scene of a graph is made, and where they are at first. */

typedef enum {
  ENGRAM_GRAPH_SCOPE_AROUND, /* around the focus */
  ENGRAM_GRAPH_SCOPE_BEST,   /* around the neuron that is joined best, as many as the limit allows */
  ENGRAM_GRAPH_SCOPE_FILTER, /* all that the filter leaves, whatever the limit */
  ENGRAM_GRAPH_N_SCOPES,
} EngramGraphScope;

#define ENGRAM_GRAPH_DEFAULT_LIMIT 300
#define ENGRAM_GRAPH_GREATEST_LIMIT 20000
/* More than so many are not shown even where all are wanted, but the most important of them. */
#define ENGRAM_GRAPH_MOST_NEURONS 200000

/**
 * EngramGraphOptions:
 * @scope: what is shown
 * @neighbourhood: how far
 * @focus: (nullable): the neurons in the middle; %NULL for none, and then it is as %ENGRAM_GRAPH_SCOPE_BEST
 * @isolated: (nullable): if not %NULL, these are shown instead of @scope
 * @expanded: neurons whose neighbours are shown besides
 * @added: neurons that are shown besides, whatever the filter leaves
 * @hidden: neurons that are not shown in any case
 * @places: where neurons are
 *
 * What a graph shows. Sets of neurons are by row, so that they hold when the network changes.
 */
typedef struct {
  EngramGraphScope            scope;
  EngramNeighbourhoodOptions  neighbourhood;
  EngramRowSet               *focus;
  EngramRowSet               *isolated;
  EngramRowSet               *expanded;
  EngramRowSet               *added;
  EngramRowSet               *hidden;
  EngramGraphPlaces          *places;
} EngramGraphOptions;

EngramGraphOptions *engram_graph_options_new   (void);
/* The places are shared, not copied. */
EngramGraphOptions *engram_graph_options_copy  (const EngramGraphOptions  *self);
void                engram_graph_options_free  (EngramGraphOptions        *self);
/* Whether the graph is around the neuron that is joined best. */
gboolean            engram_graph_options_is_around_best (const EngramGraphOptions *self);

/* An EngramSceneMaker whose options are EngramGraphOptions. The scene's n_left_out is how many more neurons are within
 * reach, but beyond the limit. Synapses whose |weight| is not within the range are not in it. */
EngramNetworkScene *engram_graph_scene_make    (const EngramSceneWish     *wish,
                                                GCancellable              *cancellable,
                                                GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramGraphOptions, engram_graph_options_free)

G_END_DECLS
