/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-pairs-linked-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "arrange/engram-pair-ranking-private.h"
#include "arrange/engram-vector-rows-private.h"

/* What the vectors that are held may take. */
#define MAX_HELD_BYTES (256 * 1024 * 1024)

/* How much of the work is over when the rows are known. */
#define ROWS_KNOWN 0.05

#define ROWS_PER_LOOK 256

#define NOBODY G_MAXUINT32

typedef struct {
  EngramVectorRows    rows;
  EngramNetwork      *network;
  guint32            *in_network; /* of each row; NOBODY where the network has it not */
  guint32            *joined_by;  /* of each neuron, the later one that has been paired with it last */
  EngramPairRanking   ranking;
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;

  /* The vectors of neurons first to end - 1 of the network are held, as far as they were read. */
  guint32             first;
  guint32             end;
  gsize               max_held; /* bytes */
  float              *held;
  guint8             *is_held;

  guint64             n_read;     /* rows, over all passes */
  guint64             n_to_read;
} Pairing;

/* Numbers that are multiplied at once. */
#define LANES 16

typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));

static float
multiply (const float *a,
          const float *b,
          guint        n)
{
  Lanes sums = { 0 };
  double sum = 0;
  guint i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      Lanes first, second;

      memcpy (&first, a + i, sizeof first);
      memcpy (&second, b + i, sizeof second);
      sums += first * second;
    }
  for (guint lane = 0; lane < LANES; lane++)
    sum += (double) sums[lane];
  for (; i < n; i++)
    sum += (double) a[i] * (double) b[i];
  return (float) CLAMP (sum, -1, 1);
}

/* The least similar first; then the stronger synapse, which comes first in the network. */
static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const EngramPair *first = a;
  const EngramPair *second = b;

  if (first->cosine != second->cosine)
    return first->cosine < second->cosine ? -1 : 1;
  return first->synapse < second->synapse ? -1 : first->synapse > second->synapse;
}

static void
offer_pair (Pairing     *self,
            guint32      neuron,
            const float *vector,
            guint32      other,
            guint32      synapse)
{
  guint depth = self->rows.dimension;
  EngramPair pair = { other, neuron, synapse, 0 };

  if (other < self->first || other >= self->end || other >= neuron || self->joined_by[other] == neuron)
    return;
  self->joined_by[other] = neuron;
  if (!self->is_held[other - self->first])
    return;
  pair.cosine = multiply (vector, self->held + (gsize) (other - self->first) * depth, depth);
  engram_pair_ranking_offer (&self->ranking, &pair);
}

/* Goes through the synapses of both directions from the strongest on: of several with the same other end the first
 * counts. Synapses of a network are numbered by their strength. */
static void
offer_pairs (Pairing     *self,
             guint32      neuron,
             const float *vector)
{
  const EngramNetwork *network = self->network;
  guint32 out = network->out_offsets[neuron], out_end = network->out_offsets[neuron + 1];
  guint32 in = network->in_offsets[neuron], in_end = network->in_offsets[neuron + 1];

  while (out < out_end || in < in_end)
    {
      if (in == in_end || (out < out_end && network->out_synapses[out] < network->in_synapses[in]))
        {
          guint32 synapse = network->out_synapses[out++];

          offer_pair (self, neuron, vector, network->targets[synapse], synapse);
        }
      else
        {
          guint32 synapse = network->in_synapses[in++];

          offer_pair (self, neuron, vector, network->sources[synapse], synapse);
        }
    }
}

static void
take_row (Pairing      *self,
          guint32       row,
          sqlite3_stmt *stmt,
          float        *vector)
{
  guint depth = self->rows.dimension;
  guint32 neuron = self->in_network[row];

  if (neuron == NOBODY || !self->rows.usable[row] || !engram_vector_read (stmt, 0, depth, vector) ||
      !engram_vector_normalise (vector, depth))
    return;
  offer_pairs (self, neuron, vector);
  if (neuron >= self->end)
    return;
  memcpy (self->held + (gsize) (neuron - self->first) * depth, vector, depth * sizeof (float));
  self->is_held[neuron - self->first] = TRUE;
}

static gboolean
look_up (Pairing  *self,
         GError  **error)
{
  if (self->n_read++ % ROWS_PER_LOOK != 0)
    return TRUE;
  if (self->progress != NULL && self->n_read % (ROWS_PER_LOOK * 32) == 1)
    self->progress (_("Comparing neurons that are joined"),
                    ROWS_KNOWN + (1 - ROWS_KNOWN) * MIN ((double) self->n_read / self->n_to_read, 1), self->user_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Reads all from the first that is held on: those are kept, and everybody is paired with those before him. */
static gboolean
pass (Pairing  *self,
      GError  **error)
{
  gint64 first_rowid = self->network->neuron_rowids[self->first];
  g_autoptr (EngramStatement) statement = engram_scan_prepare (self->rows.scan.readers[0], "vector", "neurons",
                                                               first_rowid, G_MAXINT64, error);
  g_autofree float *vector = g_new (float, self->rows.dimension);
  guint32 row = engram_vector_rows_find (&self->rows, first_rowid);
  int status;

  if (statement == NULL)
    return FALSE;
  memset (self->is_held, 0, self->end - self->first);
  for (; (status = engram_statement_step (statement, error)) > 0; row++)
    {
      if (!look_up (self, error))
        return FALSE;
      take_row (self, row, engram_statement_get_handle (statement), vector);
    }
  return status == 0;
}

static void
match (Pairing *self)
{
  const EngramNetwork *network = self->network;

  self->in_network = g_new (guint32, MAX (self->rows.n_neurons, 1));
  for (guint32 i = 0, j = 0; i < self->rows.n_neurons; i++)
    {
      while (j < network->n_neurons && network->neuron_rowids[j] < self->rows.rowids[i])
        j++;
      self->in_network[i] = j < network->n_neurons && network->neuron_rowids[j] == self->rows.rowids[i] ? j : NOBODY;
    }
}

static gboolean
pass_all (Pairing  *self,
          GError  **error)
{
  guint32 n_neurons = self->network->n_neurons;
  gsize vector_size = MAX (self->rows.dimension, 1) * sizeof (float);
  guint32 n_held = (guint32) CLAMP (self->max_held / vector_size, 1, MAX (n_neurons, 1));
  guint64 n_passes = (n_neurons + (guint64) n_held - 1) / n_held;

  self->n_to_read = MAX (n_passes * (n_passes + 1) / 2 * n_held, 1);
  self->held = g_malloc (n_held * vector_size);
  self->is_held = g_new (guint8, n_held);
  for (guint64 first = 0; first < n_neurons; first += n_held)
    {
      self->first = (guint32) first;
      self->end = (guint32) MIN (first + n_held, n_neurons);
      for (guint32 i = 0; i < n_neurons; i++)
        self->joined_by[i] = NOBODY;
      if (!pass (self, error))
        return FALSE;
    }
  return TRUE;
}

static void
pairing_clear (Pairing *self)
{
  engram_vector_rows_clear (&self->rows);
  engram_pair_ranking_clear (&self->ranking);
  g_free (self->in_network);
  g_free (self->joined_by);
  g_free (self->held);
  g_free (self->is_held);
}

GArray *
engram_pairs_find_linked_within (EngramDatabase      *database,
                                 EngramNetwork       *network,
                                 guint                limit,
                                 gsize                max_held,
                                 EngramProgressFunc   progress,
                                 gpointer             user_data,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  Pairing self = { .network = network, .max_held = max_held, .progress = progress, .user_data = user_data,
                   .cancellable = cancellable };
  GArray *pairs = NULL;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (network != NULL && limit > 0, NULL);

  engram_pair_ranking_init (&self.ranking, limit, compare_pairs);
  self.joined_by = g_new (guint32, MAX (network->n_neurons, 1));
  if (engram_vector_rows_begin (&self.rows, database, _("Looking for vectors"), ROWS_KNOWN, progress, user_data,
                                cancellable, error))
    {
      match (&self);
      if (pass_all (&self, error))
        pairs = engram_pair_ranking_end (&self.ranking);
    }
  pairing_clear (&self);
  return pairs;
}

GArray *
engram_pairs_find_linked_dissimilar (EngramDatabase      *database,
                                     EngramNetwork       *network,
                                     guint                limit,
                                     EngramProgressFunc   progress,
                                     gpointer             user_data,
                                     GCancellable        *cancellable,
                                     GError             **error)
{
  return engram_pairs_find_linked_within (database, network, limit, MAX_HELD_BYTES, progress, user_data, cancellable,
                                          error);
}
