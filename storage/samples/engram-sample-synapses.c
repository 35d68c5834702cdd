/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-sample-synapses-private.h"

#include <math.h>

#include "model/engram-neuron.h"
#include "model/engram-synapse.h"
#include "samples/engram-sample-text-private.h"
#include "samples/engram-sample-time-private.h"

/* The synapses of a sample network. First those that the text declares; then, for each neuron and those that
 * share a tag with it, MOST_SIMILAR to the ones with the most similar vectors, and one to the least similar
 * of them: a weak one, as networks that learn have many. Two neurons that are joined already are not joined
 * again. */

#define MOST_SIMILAR 3
#define SIMILARITY_TO_WEIGHT 1.4
#define GREATEST_WEIGHT 0.95
#define LEAST_WEIGHT 0.004

typedef struct {
  GPtrArray    *blocks;
  GPtrArray    *neurons;
  GPtrArray    *synapses;
  GHashTable   *joined;
} SynapseMaker;

typedef struct {
  guint  neuron;
  double similarity;
} Candidate;

/* UUID of version 5 (RFC 4122, 4.3) of the names, joined by ":", that come before NULL, in a namespace of our
 * own; and random numbers that belong to it. */
void
engram_sample_make_id (char          id[ENGRAM_UUID_TEXT_LENGTH + 1],
                       EngramRandom *random,
                       ...)
{
  /* The UUID of version 5 of "io.github.engram.Engram" in RFC 4122's namespace of domain names. */
  static const guint8 name_space[16] = {
    0x0e, 0x62, 0x9a, 0x76, 0xca, 0x05, 0x5d, 0x26, 0xb3, 0xf6, 0x53, 0x7e, 0xed, 0x2b, 0xf5, 0xd6
  };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof (digest);
  EngramUuid uuid;
  guint64 seed = 0;
  const char *name;
  va_list names;

  g_checksum_update (checksum, name_space, sizeof (name_space));
  va_start (names, random);
  while ((name = va_arg (names, const char *)) != NULL)
    {
      g_checksum_update (checksum, (const guchar *) name, -1);
      g_checksum_update (checksum, (const guchar *) ":", 1);
    }
  va_end (names);
  g_checksum_get_digest (checksum, digest, &length);

  for (guint i = 0; i < sizeof (uuid.bytes); i++)
    {
      uuid.bytes[i] = digest[i];
      seed = seed << 4 ^ digest[i];
    }
  uuid.bytes[6] = (uuid.bytes[6] & 0x0f) | 0x50;
  uuid.bytes[8] = (uuid.bytes[8] & 0x3f) | 0x80;
  engram_uuid_format (&uuid, id);
  engram_random_init (random, seed, 0);
}

static double
round_to_thousandth (double number)
{
  return round (number * 1000.0) / 1000.0;
}

static double
compute_similarity (const EngramNeuron *first,
                    const EngramNeuron *second)
{
  double sum = 0.0;

  for (guint i = 0; i < first->vector_length; i++)
    sum += (double) first->vector[i] * (double) second->vector[i];
  /* Ranks and weights must not hang on the last bit. */
  return round_to_thousandth (sum);
}

static gboolean
share_a_tag (const EngramSampleBlock *first,
             const EngramSampleBlock *second)
{
  for (guint i = 0; first->tags[i] != NULL; i++)
    if (g_strv_contains ((const char * const *) second->tags, first->tags[i]))
      return TRUE;
  return FALSE;
}

/* Whether the two had not been joined before, in whatever direction. */
static gboolean
join (SynapseMaker *self,
      guint         first,
      guint         second)
{
  guint64 key = (guint64) MIN (first, second) << 32 | MAX (first, second);

  return g_hash_table_add (self->joined, g_memdup2 (&key, sizeof (key)));
}

static const char *
find_synapse_type (const EngramNeuron *source,
                   const EngramNeuron *target)
{
  if (g_str_equal (target->type, "tool"))
    return "tool_input";
  if (g_str_equal (source->type, "tool"))
    return "tool_output";
  return "knowledge";
}

/* How often it was used, and when for the last time: a strong one more often, some never. */
static void
set_use (EngramSynapse *synapse,
         EngramRandom  *random,
         gint64         created)
{
  gint64 seconds = 1 + engram_random_below (random, 5 * 86400);
  char time[ENGRAM_SAMPLE_TIME_LENGTH];

  synapse->usage_count = (gint64) (fabs (synapse->weight) * engram_random_below (random, 120));
  if (synapse->usage_count == 0)
    {
      engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, NULL);
      return;
    }
  engram_sample_time_format (created + seconds * G_USEC_PER_SEC, time);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, time);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, time);
}

static void
add_synapse (SynapseMaker *self,
             guint         source_index,
             guint         target_index,
             double        weight,
             const char   *metadata)
{
  const EngramNeuron *source = g_ptr_array_index (self->neurons, source_index);
  const EngramNeuron *target = g_ptr_array_index (self->neurons, target_index);
  const char *type = find_synapse_type (source, target);
  EngramSynapse *synapse = engram_synapse_new (source->id, target->id, weight, type);
  /* A minute apart, from the second week on, when all neurons are there. */
  gint64 created = ENGRAM_SAMPLE_TIME_START + 7 * ENGRAM_SAMPLE_TIME_DAY +
                   (gint64) self->synapses->len * 60 * G_USEC_PER_SEC;
  char id[ENGRAM_UUID_TEXT_LENGTH + 1];
  char time[ENGRAM_SAMPLE_TIME_LENGTH];
  EngramRandom random;

  engram_sample_make_id (id, &random, "synapse", source->id, target->id, NULL);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, id);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, metadata);
  engram_sample_time_format (created, time);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_CREATED_AT, time);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_MODIFIED_AT, time);
  set_use (synapse, &random, created);
  g_ptr_array_add (self->synapses, synapse);
}

static void
add_declared (SynapseMaker *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const EngramSampleBlock *block = g_ptr_array_index (self->blocks, i);

      for (guint j = 0; j < block->links->len; j++)
        {
          const EngramSampleLink *link = &g_array_index (block->links, EngramSampleLink, j);
          gboolean is_incoming = link->kind == ENGRAM_SAMPLE_READS;
          double sign = link->kind == ENGRAM_SAMPLE_INHIBITS ? -1.0 : 1.0;

          join (self, i, link->other_index);
          add_synapse (self, is_incoming ? link->other_index : i, is_incoming ? i : link->other_index,
                       sign * link->strength, "{\"origin\": \"declared\"}");
        }
    }
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a;
  const Candidate *second = b;

  if (first->similarity != second->similarity)
    return first->similarity > second->similarity ? -1 : 1;
  return first->neuron < second->neuron ? -1 : first->neuron > second->neuron;
}

static GArray *
list_candidates (SynapseMaker *self,
                 guint         index)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  const EngramSampleBlock *block = g_ptr_array_index (self->blocks, index);
  const EngramNeuron *neuron = g_ptr_array_index (self->neurons, index);

  for (guint i = 0; i < self->neurons->len; i++)
    if (i != index && share_a_tag (block, g_ptr_array_index (self->blocks, i)))
      {
        Candidate candidate = { i, compute_similarity (neuron, g_ptr_array_index (self->neurons, i)) };

        g_array_append_val (candidates, candidate);
      }
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

static void
add_similar (SynapseMaker *self,
             guint         index)
{
  g_autoptr (GArray) candidates = list_candidates (self, index);

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      char similarity[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *metadata = NULL;
      double weight;

      if ((i >= MOST_SIMILAR && i + 1 < candidates->len) || !join (self, index, candidate->neuron))
        continue;
      weight = CLAMP (round_to_thousandth (candidate->similarity * SIMILARITY_TO_WEIGHT),
                      LEAST_WEIGHT, GREATEST_WEIGHT);
      g_ascii_formatd (similarity, sizeof (similarity), "%.3f", candidate->similarity);
      metadata = g_strdup_printf ("{\"origin\": \"similarity\", \"similarity\": %s}", similarity);
      add_synapse (self, index, candidate->neuron, weight, metadata);
    }
}

/* blocks: EngramSampleBlock, neurons: EngramNeuron made from each. Returns: (transfer full) (element-type
 * EngramSynapse): always the same ones for the same text. */
GPtrArray *
engram_sample_synapses_new (GPtrArray *blocks,
                            GPtrArray *neurons)
{
  g_autoptr (GHashTable) joined = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  SynapseMaker self = {
    blocks, neurons, g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free), joined
  };

  add_declared (&self);
  for (guint i = 0; i < neurons->len; i++)
    add_similar (&self, i);
  return self.synapses;
}
