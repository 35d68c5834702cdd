/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-pairs.h"

#include <glib/gi18n-lib.h>

#include "arrange/engram-pair-ranking-private.h"

/* How often it is looked whether it was cancelled. */
#define NEURONS_PER_LOOK 1024

#define NOBODY G_MAXUINT32

typedef struct {
  EngramNeighbours *neighbours;
  EngramNetwork    *network;
  guint32          *in_network; /* of each of the neighbours' neurons; NOBODY where it is gone */
} Search;

/* The most similar first. */
static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const EngramPair *first = a;
  const EngramPair *second = b;

  if (first->cosine != second->cosine)
    return first->cosine > second->cosine ? -1 : 1;
  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  return first->second < second->second ? -1 : first->second > second->second;
}

/* Both are in the order of rows. */
static void
match (Search *self)
{
  EngramNeighbours *neighbours = self->neighbours;
  EngramNetwork *network = self->network;

  for (guint32 i = 0, j = 0; i < neighbours->n_neurons; i++)
    {
      while (j < network->n_neurons && network->neuron_rowids[j] < neighbours->rowids[i])
        j++;
      self->in_network[i] = j < network->n_neurons && network->neuron_rowids[j] == neighbours->rowids[i]
                              ? j : NOBODY;
    }
}

static guint32
count_synapses (const EngramNetwork *network,
                guint32              neuron)
{
  return network->out_offsets[neuron + 1] - network->out_offsets[neuron] +
         (network->in_offsets[neuron + 1] - network->in_offsets[neuron]);
}

/* Looks at the synapses of the one that has fewer. */
static gboolean
are_joined (const EngramNetwork *network,
            guint32              a,
            guint32              b)
{
  guint32 neuron = count_synapses (network, a) <= count_synapses (network, b) ? a : b;
  guint32 other = neuron == a ? b : a;

  for (guint32 i = network->out_offsets[neuron]; i < network->out_offsets[neuron + 1]; i++)
    if (network->targets[network->out_synapses[i]] == other)
      return TRUE;
  for (guint32 i = network->in_offsets[neuron]; i < network->in_offsets[neuron + 1]; i++)
    if (network->sources[network->in_synapses[i]] == other)
      return TRUE;
  return FALSE;
}

static gboolean
is_neighbour (const EngramNeighbours *neighbours,
              guint32                 of,
              guint32                 neuron)
{
  for (guint i = 0; i < neighbours->k; i++)
    if (neighbours->indices[(gsize) of * neighbours->k + i] == neuron)
      return TRUE;
  return FALSE;
}

static void
offer_neighbours (const Search      *self,
                  guint32            i,
                  EngramPairRanking *ranking)
{
  const EngramNeighbours *neighbours = self->neighbours;

  for (guint place = 0; place < neighbours->k; place++)
    {
      guint32 j = neighbours->indices[(gsize) i * neighbours->k + place];
      EngramPair pair = { .synapse = ENGRAM_PAIR_NO_SYNAPSE };

      if (j == ENGRAM_NEIGHBOURS_NONE)
        return;
      /* Two that are near to each other are one pair, which comes with the first of them. */
      if (self->in_network[j] == NOBODY || (j < i && is_neighbour (neighbours, j, i)))
        continue;
      pair.first = MIN (self->in_network[i], self->in_network[j]);
      pair.second = MAX (self->in_network[i], self->in_network[j]);
      pair.cosine = neighbours->scores[(gsize) i * neighbours->k + place];
      if (ranking->pairs->len == ranking->limit && compare_pairs (&pair, ranking->pairs->data) >= 0)
        continue;
      if (!are_joined (self->network, pair.first, pair.second))
        engram_pair_ranking_offer (ranking, &pair);
    }
}

GArray *
engram_pairs_find_similar_unlinked (EngramNeighbours    *neighbours,
                                    EngramNetwork       *network,
                                    guint                limit,
                                    EngramProgressFunc   progress,
                                    gpointer             user_data,
                                    GCancellable        *cancellable,
                                    GError             **error)
{
  g_auto (EngramPairRanking) ranking = { NULL };
  g_autofree guint32 *in_network = NULL;
  Search self = { .neighbours = neighbours, .network = network };

  g_return_val_if_fail (neighbours != NULL && network != NULL && limit > 0, NULL);

  self.in_network = in_network = g_new (guint32, MAX (neighbours->n_neurons, 1));
  match (&self);
  engram_pair_ranking_init (&ranking, limit, compare_pairs);
  for (guint32 i = 0; i < neighbours->n_neurons; i++)
    {
      if (i % NEURONS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (progress != NULL && i % (neighbours->n_neurons / 16 + 1) == 0)
        progress (_("Looking for similar neurons"), (double) i / neighbours->n_neurons, user_data);
      if (in_network[i] != NOBODY)
        offer_neighbours (&self, i, &ranking);
    }
  return engram_pair_ranking_end (&ranking);
}
