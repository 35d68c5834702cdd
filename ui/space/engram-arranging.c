/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-arranging.h"

#include <glib/gi18n.h>

#include "graph/engram-graph-work.h"

/* The same network gives the same places. */
#define SEED 1

#define LANDMARKS 10000
#define NEIGHBOURS 15

/* Where the parts of the work by landmarks end. */
#define CHOSEN 0.4
#define LAID_OUT 0.9

/* How far a part of the work is, as a share of the whole. */
typedef struct {
  EngramProgressFunc progress;
  gpointer user_data;
  double from, to;
} Part;

static const struct {
  const char *label;
  const char *step_label;
} names[ENGRAM_ARRANGING_N] = {
  { N_("Principal Components"), N_("Arrange by principal components") },
  { N_("UMAP"), N_("Arrange by UMAP") },
  { N_("Synapses"), N_("Arrange by synapses") },
};

const char *
engram_arranging_get_label (EngramArranging how)
{
  g_return_val_if_fail (how < ENGRAM_ARRANGING_N, NULL);

  return _(names[how].label);
}

const char *
engram_arranging_get_step_label (EngramArranging how)
{
  g_return_val_if_fail (how < ENGRAM_ARRANGING_N, NULL);

  return _(names[how].step_label);
}

static void
part_progress (const char *phase,
               double      fraction,
               gpointer    data)
{
  const Part *part = data;

  if (part->progress != NULL)
    part->progress (phase, part->from + (part->to - part->from) * MAX (fraction, 0), part->user_data);
}

/* x, y, z of each node. */
static float *
lay_out (const EngramGraph  *graph,
         EngramGraphLayout   layout,
         Part               *part,
         EngramGraphSign    *sign,
         GCancellable       *cancellable,
         GError            **error)
{
  const EngramGraphLayoutOptions options = { .layout = layout, .n_dimensions = 3, .seed = SEED };
  const EngramGraphCall call = { part_progress, NULL, part, cancellable };
  g_autofree float *places = g_new0 (float, 3 * (gsize) graph->n_nodes);

  if (!engram_graph_lay_out (graph, &options, &call, places, sign, error))
    return NULL;
  return g_steal_pointer (&places);
}

static EngramArrangement *
arrange_by_landmarks (EngramDatabase      *database,
                      EngramProgressFunc   progress,
                      gpointer             user_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  Part choosing = { progress, user_data, 0, CHOSEN };
  Part laying_out = { progress, user_data, CHOSEN, LAID_OUT };
  Part placing = { progress, user_data, LAID_OUT, 1 };
  g_autoptr (EngramLandmarks) landmarks = engram_landmarks_choose (database, LANDMARKS, NEIGHBOURS, SEED, part_progress,
                                                                   &choosing, cancellable, error);
  g_autofree float *places = NULL;
  EngramGraph graph = { 0 };

  if (landmarks == NULL)
    return NULL;
  graph = (EngramGraph) { landmarks->n_landmarks, landmarks->n_edges, landmarks->sources, landmarks->targets,
                          landmarks->distances };
  places = lay_out (&graph, ENGRAM_GRAPH_LAYOUT_UMAP, &laying_out, NULL, cancellable, error);
  if (places == NULL)
    return NULL;
  return engram_landmarks_place_all (landmarks, database, places, part_progress, &placing, cancellable, error);
}

static EngramArrangement *
arrange_by_synapses (EngramSearcher      *searcher,
                     EngramGraphSign     *sign,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  Part whole = { progress, user_data, 0, 1 };
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (searcher, NULL, NULL, cancellable, error);
  g_autofree float *weights = NULL, *places = NULL;
  EngramGraph graph = { 0 };

  if (network == NULL)
    return NULL;
  weights = g_new (float, network->n_synapses);
  for (guint32 i = 0; i < network->n_synapses; i++)
    weights[i] = (float) network->weights[i];
  graph = (EngramGraph) { network->n_neurons, network->n_synapses, network->sources, network->targets, weights };
  places = lay_out (&graph, ENGRAM_GRAPH_LAYOUT_FORCE, &whole, sign, cancellable, error);
  if (places == NULL)
    return NULL;
  return engram_arrangement_new_for_layout (network, NULL, network->n_neurons, places);
}

EngramArrangement *
engram_arranging_run (EngramArranging        how,
                      EngramSearcher        *searcher,
                      EngramDatabase        *database,
                      EngramArrangingFacts  *facts,
                      EngramProgressFunc     progress,
                      gpointer               user_data,
                      GCancellable          *cancellable,
                      GError               **error)
{
  *facts = (EngramArrangingFacts) { -1, ENGRAM_GRAPH_SIGN_KEPT };

  switch (how)
    {
    case ENGRAM_ARRANGING_COMPONENTS:
      return engram_arrange_by_components (database, &facts->explained, progress, user_data, cancellable, error);
    case ENGRAM_ARRANGING_UMAP:
      return arrange_by_landmarks (database, progress, user_data, cancellable, error);
    case ENGRAM_ARRANGING_SYNAPSES:
      return arrange_by_synapses (searcher, &facts->sign, progress, user_data, cancellable, error);
    case ENGRAM_ARRANGING_N:
    default:
      g_return_val_if_reached (NULL);
    }
}
