/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-prune-preview.h"

#include <math.h>
#include <stdlib.h>

#include "model/engram-network-private.h"

/* Looked at from the strongest synapse to the weakest, a network grows: a synapse joins two parts, or reaches a neuron
 * that had none. The strengths at which that happens, in falling order, are all that an answer needs: those of at least
 * the threshold have happened. What has no number for a weight is never pruned, and comes before all. */
struct _EngramPrunePreview {
  EngramNetwork *network;
  guint64        histogram[ENGRAM_PRUNE_BINS];
  GArray        *joins;    /* of double: two parts become one */
  GArray        *reaches;  /* of double: a neuron gets its first synapse */
  GArray        *dangling; /* of double: strengths of synapses that lack an end, but for those without a number */
};

typedef struct {
  EngramPrunePreview *preview;
  guint32            *parents;    /* of each neuron in its part; the first one of a part is its own */
  guint8             *is_reached;
} Growth;

static guint32
find_part (guint32 *parents,
           guint32  neuron)
{
  while (parents[neuron] != neuron)
    {
      parents[neuron] = parents[parents[neuron]];
      neuron = parents[neuron];
    }
  return neuron;
}

static inline void
reach (Growth  *self,
       guint32  neuron,
       double   strength)
{
  if (neuron == ENGRAM_ID_TABLE_NONE || self->is_reached[neuron])
    return;
  self->is_reached[neuron] = TRUE;
  g_array_append_val (self->preview->reaches, strength);
}

static inline void
join (Growth  *self,
      guint32  synapse,
      double   strength)
{
  const EngramNetwork *network = self->preview->network;
  guint32 source = find_part (self->parents, network->sources[synapse]);
  guint32 target = find_part (self->parents, network->targets[synapse]);

  if (source == target)
    return;
  self->parents[source] = target;
  g_array_append_val (self->preview->joins, strength);
}

static inline void
add_synapse (Growth  *self,
             guint32  synapse,
             double   strength)
{
  const EngramNetwork *network = self->preview->network;

  join (self, synapse, strength);
  reach (self, network->sources[synapse], strength);
  reach (self, network->targets[synapse], strength);
}

static void
add_dangling (Growth                      *self,
              const EngramDanglingSynapse *synapse,
              double                       strength)
{
  reach (self, synapse->source, strength);
  reach (self, synapse->target, strength);
}

static int
compare_strengths (gconstpointer a,
                   gconstpointer b)
{
  double first = fabs (((const EngramDanglingSynapse *) a)->weight);
  double second = fabs (((const EngramDanglingSynapse *) b)->weight);

  return (first < second) - (first > second);
}

/* (element-type EngramDanglingSynapse): those whose weight is a number, the strongest first; the others are added. */
static GArray *
sort_dangling (Growth *self)
{
  EngramNetwork *network = self->preview->network;
  const EngramDanglingSynapse *dangling = engram_network_get_dangling (network);
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof *dangling);

  for (guint64 i = 0; i < network->n_dangling; i++)
    if (isnan (dangling[i].weight))
      add_dangling (self, &dangling[i], INFINITY);
    else
      g_array_append_val (sorted, dangling[i]);
  g_array_sort (sorted, compare_strengths);
  return sorted;
}

static void
grow (Growth *self)
{
  EngramPrunePreview *preview = self->preview;
  const EngramNetwork *network = preview->network;
  guint32 n_numbers = engram_network_count_stronger (preview->network, 0);
  g_autoptr (GArray) dangling = sort_dangling (self);
  guint next = 0;

  for (guint32 i = n_numbers; i < network->n_synapses; i++)
    add_synapse (self, i, INFINITY);
  for (guint32 i = 0; i < n_numbers; i++)
    {
      double strength = fabs (network->weights[i]);

      for (; next < dangling->len; next++)
        {
          const EngramDanglingSynapse *synapse = &g_array_index (dangling, EngramDanglingSynapse, next);

          if (fabs (synapse->weight) < strength)
            break;
          add_dangling (self, synapse, fabs (synapse->weight));
        }
      add_synapse (self, i, strength);
    }
  for (; next < dangling->len; next++)
    add_dangling (self, &g_array_index (dangling, EngramDanglingSynapse, next),
                  fabs (g_array_index (dangling, EngramDanglingSynapse, next).weight));
  for (guint i = 0; i < dangling->len; i++)
    {
      double strength = fabs (g_array_index (dangling, EngramDanglingSynapse, i).weight);

      g_array_append_val (preview->dangling, strength);
    }
}

static double
get_bin_start (int bin)
{
  return (bin - ENGRAM_PRUNE_BINS / 2) / (ENGRAM_PRUNE_BINS / 2.0);
}

/* Weights that no synapse should have are in the outermost bins. */
static inline void
count_weight (EngramPrunePreview *self,
              double              weight)
{
  int bin;

  if (isnan (weight))
    return;
  bin = (int) ((CLAMP (weight, -1, 1) + 1) * (ENGRAM_PRUNE_BINS / 2));
  bin = CLAMP (bin, 0, ENGRAM_PRUNE_BINS - 1);
  /* The sum was rounded: 0.29 must be in the bin that begins there. */
  if (bin > 0 && weight < get_bin_start (bin))
    bin--;
  else if (bin < ENGRAM_PRUNE_BINS - 1 && weight >= get_bin_start (bin + 1))
    bin++;
  self->histogram[bin]++;
}

EngramPrunePreview *
engram_prune_preview_new (EngramNetwork *network)
{
  EngramPrunePreview *self;
  Growth growth;

  g_return_val_if_fail (network != NULL, NULL);

  self = g_new0 (EngramPrunePreview, 1);
  self->network = engram_network_ref (network);
  self->joins = g_array_new (FALSE, FALSE, sizeof (double));
  self->reaches = g_array_new (FALSE, FALSE, sizeof (double));
  self->dangling = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint32 i = 0; i < network->n_synapses; i++)
    count_weight (self, network->weights[i]);
  for (guint64 i = 0; i < network->n_dangling; i++)
    count_weight (self, engram_network_get_dangling (network)[i].weight);

  growth = (Growth) { self, g_new (guint32, network->n_neurons), g_new0 (guint8, network->n_neurons) };
  for (guint32 i = 0; i < network->n_neurons; i++)
    growth.parents[i] = i;
  grow (&growth);
  g_free (growth.parents);
  g_free (growth.is_reached);
  return self;
}

void
engram_prune_preview_free (EngramPrunePreview *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->joins);
  g_array_unref (self->reaches);
  g_array_unref (self->dangling);
  engram_network_unref (self->network);
  g_free (self);
}

void
engram_prune_preview_get_histogram (EngramPrunePreview *self,
                                    guint64             counts[ENGRAM_PRUNE_BINS])
{
  g_return_if_fail (self != NULL && counts != NULL);

  for (int i = 0; i < ENGRAM_PRUNE_BINS; i++)
    counts[i] = self->histogram[i];
}

/* How many of these, in falling order, are at least @threshold. */
static guint
count_at_least (const GArray *strengths,
                double        threshold)
{
  guint low = 0, high = strengths->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (strengths, double, middle) >= threshold)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
engram_prune_preview_get_outcome (const EngramPrunePreview *self,
                                  double                    threshold,
                                  EngramPruneOutcome       *outcome)
{
  EngramNetwork *network;
  guint reached;

  g_return_if_fail (self != NULL && outcome != NULL);
  g_return_if_fail (threshold >= 0);

  network = self->network;
  reached = count_at_least (self->reaches, threshold);
  outcome->threshold = threshold;
  outcome->pruned = engram_network_count_stronger (network, 0) - engram_network_count_stronger (network, threshold) +
                    self->dangling->len - count_at_least (self->dangling, threshold);
  outcome->remaining = network->n_synapses + network->n_dangling - outcome->pruned;
  outcome->isolated = network->n_neurons - reached;
  outcome->newly_isolated = self->reaches->len - reached;
  outcome->parts = network->n_neurons - count_at_least (self->joins, threshold);
}

double
engram_prune_preview_get_weakest (const EngramPrunePreview *self)
{
  guint32 n_numbers;
  double weakest = NAN;

  g_return_val_if_fail (self != NULL, NAN);

  n_numbers = engram_network_count_stronger (self->network, 0);
  if (n_numbers > 0)
    weakest = fabs (self->network->weights[n_numbers - 1]);
  if (self->dangling->len > 0)
    weakest = fmin (weakest, g_array_index (self->dangling, double, self->dangling->len - 1));
  return weakest;
}
