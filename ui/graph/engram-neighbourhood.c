/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-neighbourhood.h"

#include <math.h>

#define NOT_REACHED G_MAXUINT8

/* A neuron of the step that is being walked. */
typedef struct {
  guint32 neuron;
  guint32 degree;
  double strength; /* sum of |weight| of the synapses to what is there already */
} Reached;

typedef struct {
  EngramNetwork *network;
  const EngramNeighbourhoodOptions *options;
  const EngramRowSet *neurons;
  const EngramRowSet *synapses;
  guint8 *steps;       /* of each neuron of the network, or NOT_REACHED */
  double *strengths;   /* of each neuron reached in this step */
} Walk;

static double
strength_of (const EngramNetwork *network,
             guint32              synapse)
{
  double weight = network->weights[synapse];

  return isnan (weight) ? 0 : fabs (weight);
}

gboolean
engram_neighbourhood_allows (const EngramNeighbourhoodOptions *options,
                             double                            weight)
{
  double strength = isnan (weight) ? 0 : fabs (weight);

  return strength >= options->weakest && (options->strongest <= 0 || strength <= options->strongest);
}

static guint32
count_synapses (const EngramNetwork *network,
                guint32              neuron)
{
  return (network->out_offsets[neuron + 1] - network->out_offsets[neuron])
         + (network->in_offsets[neuron + 1] - network->in_offsets[neuron]);
}

/* Along one synapse to a neuron that was not there. */
static void
reach (Walk    *walk,
       guint32  synapse,
       guint32  neuron,
       guint8   step,
       GArray  *reached)
{
  const EngramNetwork *network = walk->network;

  if (walk->steps[neuron] < step || !engram_neighbourhood_allows (walk->options, network->weights[synapse])
      || (walk->synapses != NULL && !engram_row_set_contains (walk->synapses, network->synapse_rowids[synapse]))
      || (walk->neurons != NULL && !engram_row_set_contains (walk->neurons, network->neuron_rowids[neuron])))
    return;
  if (walk->steps[neuron] == NOT_REACHED)
    {
      walk->steps[neuron] = step;
      walk->strengths[neuron] = 0;
      g_array_append_val (reached, neuron);
    }
  walk->strengths[neuron] += strength_of (network, synapse);
}

static void
walk_from (Walk    *walk,
           guint32  neuron,
           guint8   step,
           GArray  *reached)
{
  const EngramNetwork *network = walk->network;

  if (walk->options->direction != ENGRAM_DIRECTION_INCOMING)
    for (guint32 i = network->out_offsets[neuron]; i < network->out_offsets[neuron + 1]; i++)
      reach (walk, network->out_synapses[i], network->targets[network->out_synapses[i]], step, reached);
  if (walk->options->direction != ENGRAM_DIRECTION_OUTGOING)
    for (guint32 i = network->in_offsets[neuron]; i < network->in_offsets[neuron + 1]; i++)
      reach (walk, network->in_synapses[i], network->sources[network->in_synapses[i]], step, reached);
}

static int
compare_reached (gconstpointer a,
                 gconstpointer b)
{
  const Reached *first = a, *second = b;

  if (first->strength != second->strength)
    return first->strength < second->strength ? 1 : -1;
  if (first->degree != second->degree)
    return first->degree < second->degree ? 1 : -1;
  return (first->neuron > second->neuron) - (first->neuron < second->neuron);
}

/* Of a step that does not fit the most important ones. */
static void
keep_most_important (Walk   *walk,
                     GArray *reached,
                     guint   room)
{
  g_autoptr (GArray) ranked = g_array_sized_new (FALSE, FALSE, sizeof (Reached), reached->len);

  for (guint i = 0; i < reached->len; i++)
    {
      guint32 neuron = g_array_index (reached, guint32, i);
      const Reached one = { neuron, count_synapses (walk->network, neuron), walk->strengths[neuron] };

      g_array_append_val (ranked, one);
    }
  g_array_sort (ranked, compare_reached);
  g_array_set_size (reached, room);
  for (guint i = 0; i < room; i++)
    g_array_index (reached, guint32, i) = g_array_index (ranked, Reached, i).neuron;
}

static int
compare_neurons (gconstpointer a,
                 gconstpointer b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return (first > second) - (first < second);
}

/* Walks all steps. What is found is added to @result, and how many could be reached is returned; the limit takes part
 * only in the first. */
static guint32
walk_steps (Walk         *walk,
            const GArray *centres,
            GArray       *result,
            GCancellable *cancellable)
{
  guint limit = walk->options->limit, n_reached = 0;
  g_autoptr (GArray) front = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < centres->len; i++)
    {
      guint32 centre = g_array_index (centres, guint32, i);

      if (walk->steps[centre] == NOT_REACHED)
        g_array_append_val (front, centre);
      walk->steps[centre] = 0;
    }
  n_reached = front->len;
  g_array_append_vals (result, front->data, front->len);

  for (guint8 step = 1; step <= walk->options->n_steps && !g_cancellable_is_cancelled (cancellable); step++)
    {
      g_autoptr (GArray) reached = g_array_new (FALSE, FALSE, sizeof (guint32));

      for (guint i = 0; i < front->len; i++)
        walk_from (walk, g_array_index (front, guint32, i), step, reached);
      n_reached += reached->len;
      g_array_set_size (front, 0);
      g_array_append_vals (front, reached->data, reached->len);
      /* All go on walking, so that what is within reach is counted; those beyond the limit are not shown. */
      if (result->len + reached->len > limit)
        keep_most_important (walk, reached, limit > result->len ? limit - result->len : 0);
      g_array_append_vals (result, reached->data, reached->len);
    }
  return n_reached;
}

static void
sort_result (EngramNeighbourhood *self,
             const guint8        *steps)
{
  g_array_sort (self->neurons, compare_neurons);
  for (guint i = 0; i < self->neurons->len; i++)
    g_array_append_val (self->steps, steps[g_array_index (self->neurons, guint32, i)]);
}

EngramNeighbourhood *
engram_neighbourhood_find (EngramNetwork                     *network,
                           const GArray                      *centres,
                           const EngramNeighbourhoodOptions  *options,
                           const EngramRowSet                *neurons,
                           const EngramRowSet                *synapses,
                           GCancellable                      *cancellable,
                           GError                           **error)
{
  g_autofree guint8 *steps = g_malloc (MAX (network->n_neurons, 1));
  g_autofree double *strengths = g_new (double, network->n_neurons);
  Walk walk = { network, options, neurons, synapses, steps, strengths };
  g_autoptr (EngramNeighbourhood) self = g_new0 (EngramNeighbourhood, 1);

  for (guint32 i = 0; i < network->n_neurons; i++)
    steps[i] = NOT_REACHED;
  self->neurons = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->n_reached = walk_steps (&walk, centres, self->neurons, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  sort_result (self, steps);
  return g_steal_pointer (&self);
}

/* Of a network, what the filter leaves of it: the most important neurons first. */
static GArray *
rank_neurons (const EngramNetwork *network,
              const EngramRowSet  *neurons)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Reached));
  g_autofree double *sums = g_new0 (double, network->n_neurons);

  for (guint32 i = 0; i < network->n_synapses; i++)
    {
      sums[network->sources[i]] += strength_of (network, i);
      sums[network->targets[i]] += strength_of (network, i);
    }
  for (guint32 i = 0; i < network->n_neurons; i++)
    {
      const Reached one = { i, count_synapses (network, i), sums[i] };

      if (neurons == NULL || engram_row_set_contains (neurons, network->neuron_rowids[i]))
        g_array_append_val (ranked, one);
    }
  g_array_sort (ranked, compare_reached);
  return ranked;
}

GArray *
engram_neighbourhood_find_most_important (EngramNetwork      *network,
                                          const EngramRowSet *neurons,
                                          guint               limit)
{
  g_autoptr (GArray) ranked = rank_neurons (network, neurons);
  GArray *result = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < MIN (ranked->len, limit); i++)
    g_array_append_val (result, g_array_index (ranked, Reached, i).neuron);
  g_array_sort (result, compare_neurons);
  return result;
}

guint32
engram_neighbourhood_find_best (const EngramNetwork *network,
                                const guint32       *neurons,
                                guint32              n_neurons)
{
  Reached best = { 0, 0, -1 };
  guint32 index = 0;

  for (guint32 i = 0; i < n_neurons; i++)
    {
      Reached one = { neurons[i], count_synapses (network, neurons[i]), 0 };

      for (guint32 j = network->out_offsets[one.neuron]; j < network->out_offsets[one.neuron + 1]; j++)
        one.strength += strength_of (network, network->out_synapses[j]);
      for (guint32 j = network->in_offsets[one.neuron]; j < network->in_offsets[one.neuron + 1]; j++)
        one.strength += strength_of (network, network->in_synapses[j]);
      if (compare_reached (&one, &best) < 0)
        {
          best = one;
          index = i;
        }
    }
  return index;
}

/* Until the limit is reached, or nothing else. */
static void
walk_until_full (Walk         *walk,
                 guint32       centre,
                 GArray       *result,
                 GCancellable *cancellable)
{
  g_autoptr (GArray) front = g_array_new (FALSE, FALSE, sizeof (guint32));

  walk->steps[centre] = 0;
  g_array_append_val (front, centre);
  g_array_append_val (result, centre);
  for (guint8 step = 1; front->len > 0 && result->len < walk->options->limit; step = MIN (step + 1, NOT_REACHED - 1))
    {
      g_autoptr (GArray) reached = g_array_new (FALSE, FALSE, sizeof (guint32));

      if (g_cancellable_is_cancelled (cancellable))
        return;
      for (guint i = 0; i < front->len; i++)
        walk_from (walk, g_array_index (front, guint32, i), step, reached);
      if (result->len + reached->len > walk->options->limit)
        keep_most_important (walk, reached, walk->options->limit - result->len);
      g_array_append_vals (result, reached->data, reached->len);
      g_array_set_size (front, 0);
      g_array_append_vals (front, reached->data, reached->len);
    }
}

EngramNeighbourhood *
engram_neighbourhood_find_around_best (EngramNetwork                     *network,
                                       const EngramNeighbourhoodOptions  *options,
                                       const EngramRowSet                *neurons,
                                       const EngramRowSet                *synapses,
                                       GCancellable                      *cancellable,
                                       GError                           **error)
{
  g_autofree guint8 *steps = g_malloc (MAX (network->n_neurons, 1));
  g_autofree double *strengths = g_new (double, network->n_neurons);
  Walk walk = { network, options, neurons, synapses, steps, strengths };
  g_autoptr (GArray) ranked = rank_neurons (network, neurons);
  g_autoptr (EngramNeighbourhood) self = g_new0 (EngramNeighbourhood, 1);

  for (guint32 i = 0; i < network->n_neurons; i++)
    steps[i] = NOT_REACHED;
  self->neurons = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->n_reached = ranked->len;
  for (guint i = 0; i < ranked->len && self->neurons->len < options->limit; i++)
    if (steps[g_array_index (ranked, Reached, i).neuron] == NOT_REACHED)
      walk_until_full (&walk, g_array_index (ranked, Reached, i).neuron, self->neurons, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  sort_result (self, steps);
  return g_steal_pointer (&self);
}

void
engram_neighbourhood_free (EngramNeighbourhood *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->neurons);
  g_array_unref (self->steps);
  g_free (self);
}
