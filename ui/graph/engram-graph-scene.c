/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-scene.h"

#include <math.h>
#include <string.h>

/* What is being made. */
typedef struct {
  const EngramSceneWish *wish;
  const EngramGraphOptions *options;
  EngramNetwork *network;
  guint8 *chosen;     /* of each neuron whether it is shown */
  guint32 n_left_out;
} Choice;

EngramGraphOptions *
engram_graph_options_new (void)
{
  EngramGraphOptions *self = g_new0 (EngramGraphOptions, 1);

  self->neighbourhood = (EngramNeighbourhoodOptions) { 1, ENGRAM_DIRECTION_BOTH, 0, ENGRAM_GRAPH_DEFAULT_LIMIT };
  self->expanded = engram_row_set_new_empty ();
  self->added = engram_row_set_new_empty ();
  self->hidden = engram_row_set_new_empty ();
  self->places = engram_graph_places_new ();
  return self;
}

EngramGraphOptions *
engram_graph_options_copy (const EngramGraphOptions *self)
{
  EngramGraphOptions *copy = g_memdup2 (self, sizeof *self);

  if (copy->focus != NULL)
    engram_row_set_ref (copy->focus);
  if (copy->isolated != NULL)
    engram_row_set_ref (copy->isolated);
  engram_row_set_ref (copy->expanded);
  engram_row_set_ref (copy->added);
  engram_row_set_ref (copy->hidden);
  engram_graph_places_ref (copy->places);
  return copy;
}

void
engram_graph_options_free (EngramGraphOptions *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->focus, engram_row_set_unref);
  g_clear_pointer (&self->isolated, engram_row_set_unref);
  engram_row_set_unref (self->expanded);
  engram_row_set_unref (self->added);
  engram_row_set_unref (self->hidden);
  engram_graph_places_unref (self->places);
  g_free (self);
}

gboolean
engram_graph_options_is_around_best (const EngramGraphOptions *self)
{
  return self->isolated == NULL && (self->scope == ENGRAM_GRAPH_SCOPE_BEST
                                    || (self->scope == ENGRAM_GRAPH_SCOPE_AROUND && self->focus == NULL));
}

/* Choosing the neurons */

/* The neurons of those rows that there are still. Both ascend. */
static GArray *
list_neurons (const EngramNetwork *network,
              const EngramRowSet  *rows)
{
  GArray *neurons = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n_rows = engram_row_set_get_size (rows), next = 0;

  for (guint32 i = 0; i < network->n_neurons && next < n_rows; i++)
    {
      while (next < n_rows && engram_row_set_get (rows, next) < network->neuron_rowids[i])
        next++;
      if (next < n_rows && engram_row_set_get (rows, next) == network->neuron_rowids[i])
        g_array_append_val (neurons, i);
    }
  return neurons;
}

static void
choose (Choice       *choice,
        const GArray *neurons)
{
  for (guint i = 0; i < neurons->len; i++)
    choice->chosen[g_array_index (neurons, guint32, i)] = TRUE;
}

/* The neurons in the middle: of more than the limit the most important. */
static GArray *
list_centres (Choice *choice)
{
  const EngramGraphOptions *options = choice->options;
  GArray *centres = list_neurons (choice->network, options->focus);
  guint limit = options->neighbourhood.limit;

  if (centres->len <= limit)
    return centres;
  choice->n_left_out = centres->len - limit;
  g_array_unref (centres);
  return engram_neighbourhood_find_most_important (choice->network, options->focus, limit);
}

static gboolean
choose_around_focus (Choice        *choice,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GArray) centres = list_centres (choice);
  g_autoptr (EngramNeighbourhood) found = engram_neighbourhood_find (choice->network, centres, &choice->options->neighbourhood,
                                                                     choice->wish->neurons, choice->wish->synapses,
                                                                     cancellable, error);

  if (found == NULL)
    return FALSE;
  choose (choice, found->neurons);
  choice->n_left_out += found->n_reached - found->neurons->len;
  return TRUE;
}

static gboolean
choose_around_best (Choice        *choice,
                    GCancellable  *cancellable,
                    GError       **error)
{
  const EngramNeighbourhoodOptions *options = &choice->options->neighbourhood;
  g_autoptr (EngramNeighbourhood) found = NULL;

  found = engram_neighbourhood_find_around_best (choice->network, options, choice->wish->neurons, choice->wish->synapses,
                                                 cancellable, error);
  if (found == NULL)
    return FALSE;
  choose (choice, found->neurons);
  choice->n_left_out = found->n_reached - found->neurons->len;
  return TRUE;
}

/* All that the filter leaves; of too many the most important. */
static void
choose_all (Choice *choice)
{
  const EngramNetwork *network = choice->network;
  const EngramRowSet *neurons = choice->wish->neurons;
  guint32 n = 0;

  for (guint32 i = 0; i < network->n_neurons; i++)
    n += choice->chosen[i] = neurons == NULL || engram_row_set_contains (neurons, network->neuron_rowids[i]);
  if (n <= ENGRAM_GRAPH_MOST_NEURONS)
    return;

  g_autoptr (GArray) found = NULL;

  found = engram_neighbourhood_find_most_important (choice->network, neurons, ENGRAM_GRAPH_MOST_NEURONS);
  memset (choice->chosen, 0, network->n_neurons);
  choose (choice, found);
  choice->n_left_out = n - found->len;
}

static void
choose_isolated (Choice *choice)
{
  g_autoptr (GArray) neurons = list_neurons (choice->network, choice->options->isolated);

  for (guint i = 0; i < neurons->len; i++)
    {
      guint32 neuron = g_array_index (neurons, guint32, i);

      if (choice->wish->neurons == NULL
          || engram_row_set_contains (choice->wish->neurons, choice->network->neuron_rowids[neuron]))
        choice->chosen[neuron] = TRUE;
    }
}

/* What the filter leaves of the neurons that are not chosen yet. */
static EngramRowSet *
list_others (const Choice *choice)
{
  const EngramNetwork *network = choice->network;
  gint64 *rowids = g_new (gint64, network->n_neurons);
  gsize n = 0;

  for (guint32 i = 0; i < network->n_neurons; i++)
    if (!choice->chosen[i]
        && (choice->wish->neurons == NULL || engram_row_set_contains (choice->wish->neurons, network->neuron_rowids[i])))
      rowids[n++] = network->neuron_rowids[i];
  return engram_row_set_new_take (rowids, n);
}

/* The neighbours of the expanded neurons join: as many new ones as the limit allows. */
static gboolean
choose_neighbours (Choice        *choice,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GArray) centres = list_neurons (choice->network, choice->options->expanded);
  EngramNeighbourhoodOptions options = choice->options->neighbourhood;
  g_autoptr (EngramRowSet) others = NULL;
  g_autoptr (EngramNeighbourhood) found = NULL;

  if (centres->len == 0)
    return TRUE;
  others = list_others (choice);
  options.n_steps = 1;
  options.limit += centres->len;
  found = engram_neighbourhood_find (choice->network, centres, &options, others, choice->wish->synapses, cancellable, error);
  if (found == NULL)
    return FALSE;
  choose (choice, found->neurons);
  choice->n_left_out += found->n_reached - found->neurons->len;
  return TRUE;
}

static gboolean
choose_neurons (Choice        *choice,
                GCancellable  *cancellable,
                GError       **error)
{
  const EngramGraphOptions *options = choice->options;

  if (options->isolated != NULL)
    choose_isolated (choice);
  else if (options->scope == ENGRAM_GRAPH_SCOPE_FILTER)
    choose_all (choice);
  else if (!(engram_graph_options_is_around_best (options) ? choose_around_best (choice, cancellable, error)
                                                           : choose_around_focus (choice, cancellable, error)))
    return FALSE;
  if (!choose_neighbours (choice, cancellable, error))
    return FALSE;

  g_autoptr (GArray) added = list_neurons (choice->network, options->added);
  g_autoptr (GArray) hidden = list_neurons (choice->network, options->hidden);

  choose (choice, added);
  for (guint i = 0; i < hidden->len; i++)
    choice->chosen[g_array_index (hidden, guint32, i)] = FALSE;
  return TRUE;
}

static GArray *
list_chosen (const Choice *choice)
{
  GArray *neurons = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < choice->network->n_neurons; i++)
    if (choice->chosen[i])
      g_array_append_val (neurons, i);
  return neurons;
}

/* Making the scene */

/* What of the synapses is within the range, and left by the filter; NULL for all. */
static EngramRowSet *
list_synapses (const Choice *choice)
{
  const EngramNetwork *network = choice->network;
  const EngramNeighbourhoodOptions *options = &choice->options->neighbourhood;
  EngramRowSet *wanted = choice->wish->synapses;
  g_autofree gint64 *rowids = NULL;
  guint32 n_strong, n = 0;

  if (options->weakest <= 0 && options->strongest <= 0)
    return wanted != NULL ? engram_row_set_ref (wanted) : NULL;
  n_strong = options->weakest > 0 ? engram_network_count_stronger (choice->network, options->weakest)
                                  : network->n_synapses;
  rowids = g_new (gint64, n_strong);
  for (guint32 i = 0; i < n_strong; i++)
    if (choice->chosen[network->sources[i]] && choice->chosen[network->targets[i]]
        && engram_neighbourhood_allows (options, network->weights[i])
        && (wanted == NULL || engram_row_set_contains (wanted, network->synapse_rowids[i])))
      rowids[n++] = network->synapse_rowids[i];
  return engram_row_set_new (rowids, n);
}

/* NaN where it is not known. Never NULL, which would not be flat. */
static float *
list_places (const Choice *choice,
             const GArray *neurons)
{
  float *places = g_new (float, 3 * (gsize) MAX (neurons->len, 1));

  for (guint i = 0; i < neurons->len; i++)
    {
      float *place = &places[3 * (gsize) i];

      place[0] = place[1] = NAN;
      place[2] = 0;
      engram_graph_places_get (choice->options->places,
                               choice->network->neuron_rowids[g_array_index (neurons, guint32, i)], place);
    }
  return places;
}

static EngramNetworkScene *
make_scene (const Choice *choice)
{
  g_autoptr (GArray) neurons = list_chosen (choice);
  g_autoptr (EngramRowSet) synapses = list_synapses (choice);
  g_autofree float *places = list_places (choice, neurons);
  EngramNetworkScene *scene = engram_network_scene_new (choice->network, neurons, synapses, places);

  engram_graph_places_fill (scene->scene, places);
  engram_scene_set_places (scene->scene, places);
  scene->n_left_out = choice->n_left_out;
  return scene;
}

EngramNetworkScene *
engram_graph_scene_make (const EngramSceneWish  *wish,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autofree guint8 *chosen = g_malloc0 (MAX (wish->network->n_neurons, 1));
  Choice choice = { wish, wish->options, wish->network, chosen, 0 };

  if (!choose_neurons (&choice, cancellable, error))
    return NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return make_scene (&choice);
}
