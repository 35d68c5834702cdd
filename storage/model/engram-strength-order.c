/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/engram-strength-order-private.h"

#include <math.h>
#include <string.h>

#define DIGIT_BITS 11
#define N_HASH_DIGITS 3 /* 3 x 11 bits hold a hash of 32 */
#define N_KEY_DIGITS 6  /* 6 x 11 bits hold a key of 64 */
#define N_BUCKETS (1 << DIGIT_BITS)

typedef struct {
  guint64 key;
  guint32 id_hash;
  guint32 row;
} Entry;

static guint32
mix (guint64 bits)
{
  bits ^= bits >> 32;
  bits *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return (guint32) (bits >> 32);
}

guint32
engram_strength_hash_id (const char *id,
                         gsize       length)
{
  EngramUuid uuid;
  guint64 high, low;

  if (!engram_uuid_parse (id, length, &uuid))
    {
      /* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
      guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

      for (gsize i = 0; i < length; i++)
        hash = (hash ^ (guint8) id[i]) * G_GUINT64_CONSTANT (0x100000001b3);
      return mix (hash);
    }
  memcpy (&high, uuid.bytes, sizeof high);
  memcpy (&low, uuid.bytes + sizeof high, sizeof low);
  return mix (GUINT64_FROM_BE (high) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + GUINT64_FROM_BE (low));
}

/* Ascending keys: the strongest first, what is no number last. The bits of a positive number grow with it. */
static guint64
make_key (double weight)
{
  double strength = fabs (weight);
  guint64 bits;

  if (isnan (strength))
    return G_MAXUINT64;
  memcpy (&bits, &strength, sizeof bits);
  return (guint64) G_MAXINT64 - bits;
}

static guint
get_hash_digit (const Entry *entry,
                int          digit)
{
  return (entry->id_hash >> (digit * DIGIT_BITS)) & (N_BUCKETS - 1);
}

static guint
get_key_digit (const Entry *entry,
               int          digit)
{
  return (entry->key >> (digit * DIGIT_BITS)) & (N_BUCKETS - 1);
}

/* Runs two functions at once: they wait for memory more than for the processor. */
static void
run_both (GThreadFunc first,
          GThreadFunc second,
          gpointer    data)
{
  GThread *thread = g_thread_new ("engram-order", second, data);

  first (data);
  g_thread_join (thread);
}

/* One pass of a radix sort. A digit that is the same everywhere, as the lower ones of weights in single precision are,
 * is passed over. */
static inline void
sort_by_digit (Entry   **entries,
               Entry   **scratch,
               guint32   n_entries,
               guint   (*get_digit) (const Entry *entry,
                                     int          digit),
               int       digit)
{
  guint32 starts[N_BUCKETS] = { 0 };
  guint32 sum = 0;
  Entry *swap;

  for (guint32 i = 0; i < n_entries; i++)
    starts[get_digit (&(*entries)[i], digit)]++;
  if (n_entries == 0 || starts[get_digit (&(*entries)[0], digit)] == n_entries)
    return;
  for (guint bucket = 0; bucket < N_BUCKETS; bucket++)
    {
      guint32 count = starts[bucket];

      starts[bucket] = sum;
      sum += count;
    }
  for (guint32 i = 0; i < n_entries; i++)
    (*scratch)[starts[get_digit (&(*entries)[i], digit)]++] = (*entries)[i];
  swap = *entries;
  *entries = *scratch;
  *scratch = swap;
}

/* From the least significant digit: stable, so that equal keys keep the order of hashes, and equal hashes that of rows.
 * Nobody wants the order once it is cancelled. */
static Entry *
sort_entries (Entry        *entries,
              Entry        *scratch,
              guint32       n_entries,
              GCancellable *cancellable)
{
  for (int digit = 0; digit < N_HASH_DIGITS && !g_cancellable_is_cancelled (cancellable); digit++)
    sort_by_digit (&entries, &scratch, n_entries, get_hash_digit, digit);
  for (int digit = 0; digit < N_KEY_DIGITS && !g_cancellable_is_cancelled (cancellable); digit++)
    sort_by_digit (&entries, &scratch, n_entries, get_key_digit, digit);
  return entries;
}

/* Groups the synapses by one of their ends. Within a group they keep their order: the strongest first. */
static void
group_by_end (const EngramNetwork  *network,
              const guint32        *ends,
              guint32             **offsets,
              guint32             **synapses)
{
  g_autofree guint32 *next = NULL;

  *offsets = g_new0 (guint32, network->n_neurons + 1);
  *synapses = g_new (guint32, network->n_synapses);
  for (guint32 i = 0; i < network->n_synapses; i++)
    (*offsets)[ends[i] + 1]++;
  for (guint32 i = 0; i < network->n_neurons; i++)
    (*offsets)[i + 1] += (*offsets)[i];
  next = g_memdup2 (*offsets, (gsize) network->n_neurons * sizeof *next);
  for (guint32 i = 0; i < network->n_synapses; i++)
    (*synapses)[next[ends[i]]++] = i;
}

static gpointer
group_by_source (gpointer data)
{
  EngramNetwork *network = data;

  group_by_end (network, network->sources, &network->out_offsets, &network->out_synapses);
  return NULL;
}

static gpointer
group_by_target (gpointer data)
{
  EngramNetwork *network = data;

  group_by_end (network, network->targets, &network->in_offsets, &network->in_synapses);
  return NULL;
}

/* The columns in the order of rows; each chunk is let go when it is copied, for there is no room for two of them. */
static void
take_chunks (EngramNetwork *network,
             GArray       **chunks,
             guint          n_chunks,
             Entry         *entries)
{
  guint32 place = 0;

  for (guint chunk = 0; chunk < n_chunks; chunk++)
    {
      for (guint i = 0; chunks[chunk] != NULL && i < chunks[chunk]->len; i++, place++)
        {
          const EngramStrengthRow *row = &g_array_index (chunks[chunk], EngramStrengthRow, i);

          network->synapse_rowids[place] = row->rowid;
          network->sources[place] = row->source;
          network->targets[place] = row->target;
          network->weights[place] = row->weight;
          entries[place] = (Entry) { make_key (row->weight), row->id_hash, place };
        }
      g_clear_pointer (&chunks[chunk], g_array_unref);
    }
}

/* Returns: (transfer full): the values of a column in the order of @sorted */
static gpointer
order_column (gpointer     column,
              gsize        size,
              const Entry *sorted,
              guint32      n_values)
{
  char *ordered = g_malloc_n (n_values, size);

  for (guint32 i = 0; i < n_values; i++)
    memcpy (ordered + i * size, (const char *) column + sorted[i].row * size, size);
  g_free (column);
  return ordered;
}

typedef struct {
  EngramNetwork *network;
  const Entry   *sorted;
} Ordering;

static gpointer
order_rowids_and_sources (gpointer data)
{
  const Ordering *self = data;
  EngramNetwork *network = self->network;
  guint32 count = network->n_synapses;

  network->synapse_rowids = order_column (network->synapse_rowids, sizeof (gint64), self->sorted, count);
  network->sources = order_column (network->sources, sizeof (guint32), self->sorted, count);
  return NULL;
}

static gpointer
order_weights_and_targets (gpointer data)
{
  const Ordering *self = data;
  EngramNetwork *network = self->network;
  guint32 count = network->n_synapses;

  network->weights = order_column (network->weights, sizeof (double), self->sorted, count);
  network->targets = order_column (network->targets, sizeof (guint32), self->sorted, count);
  return NULL;
}

static gboolean
sort_columns (EngramNetwork  *network,
              GArray        **chunks,
              guint           n_chunks,
              GCancellable   *cancellable,
              GError        **error)
{
  g_autofree Entry *entries = g_new (Entry, network->n_synapses);
  g_autofree Entry *scratch = NULL;
  Entry *sorted;

  take_chunks (network, chunks, n_chunks, entries);
  scratch = g_new (Entry, network->n_synapses);
  sorted = sort_entries (entries, scratch, network->n_synapses, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_clear_pointer (sorted == entries ? &scratch : &entries, g_free);
  run_both (order_rowids_and_sources, order_weights_and_targets, &(Ordering) { network, sorted });
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
engram_strength_order_fill (EngramNetwork  *network,
                            GArray        **chunks,
                            guint           n_chunks,
                            GCancellable   *cancellable,
                            GError        **error)
{
  network->synapse_rowids = g_new (gint64, network->n_synapses);
  network->sources = g_new (guint32, network->n_synapses);
  network->targets = g_new (guint32, network->n_synapses);
  network->weights = g_new (double, network->n_synapses);
  if (!sort_columns (network, chunks, n_chunks, cancellable, error))
    return FALSE;
  run_both (group_by_source, group_by_target, network);
  return TRUE;
}
