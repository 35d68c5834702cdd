/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-generator.h"

#include <glib/gi18n-lib.h>

#include "engram-error.h"
#include "samples/engram-generator-plan-private.h"
#include "samples/engram-generator-text-private.h"
#include "samples/engram-sample-time-private.h"
#include "stores/engram-network-writer.h"

#define MOST_DIMENSIONS 65536
#define DAYS_OF_NEURONS 150
#define DAYS_OF_SYNAPSES 120
#define DAYS_IN_ALL 300

/* Synapses are dealt out in so many rounds over the neurons, so that those of one neuron lie apart in the
 * file, as they do in one that grew; in each round a neuron may reach every eighth member of a cluster,
 * another eighth each time, so that rounds do not repeat one another. */
#define N_ROUNDS 8
#define LEAST_FOR_ROUNDS 1000

/* How often another end is sought before one is taken that may be joined already. */
#define MOST_TRIES 16
#define MOST_REMEMBERED 64

#define ROWS_BETWEEN_CHECKS 256
#define MICROSECONDS_BETWEEN_REPORTS 100000

/* The part of the whole that is done when all rows are written; the rest are the indexes. */
#define PART_OF_ROWS 0.6

typedef struct {
  EngramGeneratorPlan *plan;
  EngramGeneratorText *text;
  EngramNetworkWriter *writer;
  gint32              *whole;
  float               *vector;

  EngramRandom         random;
  guint64              n_synapses_made;

  guint64              rows_done;
  EngramProgressFunc   progress;
  gpointer             user_data;
  GCancellable        *cancellable;
  gint64               last_report;
} Generator;

static void
generator_clear (Generator *self)
{
  g_clear_pointer (&self->plan, engram_generator_plan_free);
  g_clear_pointer (&self->text, engram_generator_text_free);
  g_clear_pointer (&self->writer, engram_network_writer_free);
  g_clear_pointer (&self->whole, g_free);
  g_clear_pointer (&self->vector, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Generator, generator_clear)

/* Whether to go on, asked after each row. */
static gboolean
end_row (Generator   *self,
         const char  *phase,
         GError     **error)
{
  const EngramGeneratorOptions *options = &self->plan->options;
  gint64 now;

  if (self->rows_done++ % ROWS_BETWEEN_CHECKS != 0)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  now = g_get_monotonic_time ();
  if (self->progress != NULL && now - self->last_report >= MICROSECONDS_BETWEEN_REPORTS)
    {
      self->progress (phase, PART_OF_ROWS * self->rows_done / (options->neurons + options->synapses),
                      self->user_data);
      self->last_report = now;
    }
  return TRUE;
}

static void
report_finish (const char *phase,
               double      fraction,
               gpointer    user_data)
{
  Generator *self = user_data;

  if (self->progress != NULL)
    self->progress (phase, fraction < 0.0 ? fraction : PART_OF_ROWS + (1.0 - PART_OF_ROWS) * fraction,
                    self->user_data);
}

/* When row index of count was made, where they come one after the other over so many days. */
static gint64
choose_time (EngramRandom *random,
             guint         first_day,
             guint         days,
             guint64       index,
             guint64       count)
{
  gint64 step = MAX (days * ENGRAM_SAMPLE_TIME_DAY / (gint64) count, 1);

  return ENGRAM_SAMPLE_TIME_START + first_day * ENGRAM_SAMPLE_TIME_DAY + step * (gint64) index +
         engram_random_below (random, (guint32) MIN (step, G_MAXINT32));
}

/* A time from one to the end of the network's life. */
static gint64
choose_later (EngramRandom *random,
              gint64        time)
{
  gint64 left = ENGRAM_SAMPLE_TIME_START + DAYS_IN_ALL * ENGRAM_SAMPLE_TIME_DAY - time;

  return time + (gint64) (engram_random_next (random) % (guint64) left);
}

static void
fill_knowledge (Generator                    *self,
                const EngramGeneratorCluster *cluster,
                EngramRandom                 *random,
                EngramNeuron                 *neuron)
{
  engram_generator_text_knowledge (self->text, random, cluster->theme);
  neuron->type = "knowledge";
  neuron->source_data = self->text->text->str;
  neuron->semantic_tags = self->text->tags->str;
  neuron->fields = self->text->fields->str;
  neuron->compression_ratio = (50 + engram_random_below (random, 950)) / 100.0;
}

static void
fill_tool (Generator                    *self,
           const EngramGeneratorCluster *cluster,
           EngramRandom                 *random,
           EngramNeuron                 *neuron)
{
  engram_generator_text_tool (self->text, random, cluster->theme);
  neuron->type = "tool";
  neuron->function_signature = self->text->signature->str;
  neuron->executable_code = self->text->code;
  neuron->input_schema = self->text->input_schema;
  neuron->output_schema = self->text->output_schema;
  neuron->execution_count = engram_random_below (random, 500);
  if (neuron->execution_count > 0)
    neuron->average_execution_time = (1 + engram_random_below (random, 4000)) / 1000.0;
  neuron->activation_threshold = (30 + engram_random_below (random, 50)) / 100.0;
  neuron->nulls = ENGRAM_NEURON_COMPRESSION_RATIO;
}

static void
fill_memory (Generator                    *self,
             const EngramGeneratorCluster *cluster,
             EngramRandom                 *random,
             gint64                        created,
             EngramNeuron                 *neuron)
{
  gboolean was_accessed = engram_random_below (random, 4) > 0;
  char last_accessed[ENGRAM_SAMPLE_TIME_LENGTH];

  engram_sample_time_format (choose_later (random, created), last_accessed);
  engram_generator_text_memory (self->text, random, cluster->theme, neuron->created_at,
                                was_accessed ? last_accessed : NULL);
  neuron->type = "memory";
  neuron->source_data = self->text->text->str;
  neuron->fields = self->text->fields->str;
  neuron->nulls = ENGRAM_NEURON_COMPRESSION_RATIO;
}

/* The record borrows all its text, and lives only until it is written: a million of them are made. */
static gboolean
write_neuron (Generator  *self,
              guint32     index,
              GError    **error)
{
  const EngramGeneratorPlan *plan = self->plan;
  guint32 slot = engram_generator_plan_get_slot (plan, index);
  const EngramGeneratorCluster *cluster = &plan->clusters[engram_generator_plan_find_cluster (plan, slot)];
  EngramNeuron neuron = { .activation_threshold = 0.5 };
  EngramGeneratorId id;
  char created_at[ENGRAM_SAMPLE_TIME_LENGTH];
  char modified_at[ENGRAM_SAMPLE_TIME_LENGTH];
  EngramRandom random;
  guint32 level;
  gint64 created;

  engram_generator_plan_init_random (plan, &random, ENGRAM_GENERATOR_STREAM_NEURON, index);
  engram_generator_plan_get_id (plan, index, id);
  created = choose_time (&random, 0, DAYS_OF_NEURONS, index, plan->n_neurons);
  engram_sample_time_format (created, created_at);
  engram_sample_time_format (choose_later (&random, created), modified_at);
  engram_generator_text_metadata (self->text, &random, cluster->theme);
  neuron.id = id;
  neuron.created_at = created_at;
  neuron.modified_at = modified_at;
  neuron.metadata = self->text->metadata->str;
  engram_generator_plan_make_position (plan, cluster, &random, neuron.position);
  if (plan->options.dimension > 0)
    {
      engram_generator_plan_make_vector (plan, cluster, &random, self->whole, self->vector);
      neuron.vector = self->vector;
      neuron.vector_length = plan->options.dimension;
    }

  /* Most are nearly at rest, few are very active. */
  level = engram_random_below (&random, 1001);
  neuron.activation_level = level * level / 1000 / 1000.0;

  switch (engram_generator_plan_get_kind (plan, index))
    {
    case ENGRAM_GENERATOR_TOOL:
      fill_tool (self, cluster, &random, &neuron);
      break;
    case ENGRAM_GENERATOR_MEMORY:
      fill_memory (self, cluster, &random, created, &neuron);
      break;
    case ENGRAM_GENERATOR_KNOWLEDGE:
    default:
      fill_knowledge (self, cluster, &random, &neuron);
      break;
    }
  return engram_network_writer_add_neuron (self->writer, &neuron, error);
}

/* In its cluster four times of five, else mostly in one that is near. */
static const EngramGeneratorCluster *
choose_cluster (Generator                    *self,
                const EngramGeneratorCluster *cluster)
{
  guint32 part = engram_random_below (&self->random, 20);
  guint32 choice = engram_random_next (&self->random) >> 32;

  if (part < 16)
    return cluster;
  if (part < 19)
    return &self->plan->clusters[cluster->neighbours[choice % ENGRAM_GENERATOR_N_NEIGHBOURS]];
  return &self->plan->clusters[(guint64) choice * self->plan->n_clusters >> 32];
}

/* A member of the cluster that this round may reach; the first ones, its hubs, far more often than the last
 * ones. */
static guint32
choose_member (Generator                    *self,
               const EngramGeneratorCluster *cluster,
               guint                         n_rounds,
               guint                         residue)
{
  guint64 part = engram_random_next (&self->random) >> 32;
  guint32 offset;

  part = part * part >> 32;
  if (engram_random_below (&self->random, 2) == 0)
    part = part * part >> 32;
  offset = (guint32) (cluster->n_members * part >> 32);
  offset = offset - offset % n_rounds + residue;
  if (offset >= cluster->n_members)
    offset = offset >= n_rounds ? offset - n_rounds : offset % cluster->n_members;
  return engram_generator_plan_get_neuron (self->plan, cluster->first_slot + offset);
}

static gboolean
contains (const guint32 *numbers,
          guint          n_numbers,
          guint32        number)
{
  for (guint i = 0; i < n_numbers; i++)
    if (numbers[i] == number)
      return TRUE;
  return FALSE;
}

/* Never the source itself, and none of those of this round that it has been joined to already, if there is
 * another. */
static guint32
choose_target (Generator     *self,
               guint32        source,
               guint          n_rounds,
               guint          round,
               const guint32 *joined,
               guint          n_joined)
{
  const EngramGeneratorPlan *plan = self->plan;
  guint32 slot = engram_generator_plan_get_slot (plan, source);
  const EngramGeneratorCluster *home = &plan->clusters[engram_generator_plan_find_cluster (plan, slot)];
  guint residue = (slot + round) % n_rounds;

  for (guint i = 0; i < MOST_TRIES; i++)
    {
      const EngramGeneratorCluster *cluster = choose_cluster (self, home);
      guint32 target = choose_member (self, cluster, n_rounds, residue);

      if (target != source && !contains (joined, n_joined, target))
        return target;
    }
  return (guint32) (((guint64) source + 1 + engram_random_below (&self->random, plan->n_neurons - 1)) %
                    plan->n_neurons);
}

/* One of fifty would be pruned, one of ten more is weak, one of seven inhibits. */
static double
choose_weight (EngramRandom *random)
{
  guint32 hundredth = engram_random_below (random, 100);
  gboolean is_negative = engram_random_below (random, 100) < 15;
  gint32 weight;

  if (hundredth < 2)
    {
      weight = 1 + (gint32) engram_random_below (random, 99);
    }
  else if (hundredth < 12)
    {
      weight = 100 + (gint32) engram_random_below (random, 900);
    }
  else
    {
      weight = 1000 + (gint32) engram_random_below (random, 4501);
      weight += (gint32) engram_random_below (random, 4501);
    }
  return (is_negative ? -weight : weight) / 10000.0;
}

static const char *
find_synapse_type (const EngramGeneratorPlan *plan,
                   guint32                    source,
                   guint32                    target)
{
  if (engram_generator_plan_get_kind (plan, target) == ENGRAM_GENERATOR_TOOL)
    return "tool_input";
  if (engram_generator_plan_get_kind (plan, source) == ENGRAM_GENERATOR_TOOL)
    return "tool_output";
  return "knowledge";
}

static gboolean
write_synapse (Generator  *self,
               guint32     source,
               guint32     target,
               GError    **error)
{
  static const char * const metadata[] = {
    "{\"origin\": \"co-activation\"}", "{\"origin\": \"imported\"}", "{\"origin\": \"inferred\"}", "{}",
  };
  const EngramGeneratorPlan *plan = self->plan;
  EngramRandom *random = &self->random;
  EngramSynapse synapse = { 0 };
  EngramUuid uuid;
  EngramGeneratorId id;
  EngramGeneratorId source_id;
  EngramGeneratorId target_id;
  char created_at[ENGRAM_SAMPLE_TIME_LENGTH];
  char modified_at[ENGRAM_SAMPLE_TIME_LENGTH];
  gint64 created = choose_time (random, DAYS_OF_NEURONS, DAYS_OF_SYNAPSES, self->n_synapses_made++,
                                plan->options.synapses);

  engram_random_uuid (random, &uuid);
  engram_uuid_format (&uuid, id);
  engram_generator_plan_get_id (plan, source, source_id);
  engram_generator_plan_get_id (plan, target, target_id);
  engram_sample_time_format (created, created_at);
  synapse.id = id;
  synapse.source_id = source_id;
  synapse.target_id = target_id;
  synapse.type = find_synapse_type (plan, source, target);
  synapse.metadata = metadata[engram_random_below (random, G_N_ELEMENTS (metadata))];
  synapse.weight = choose_weight (random);
  synapse.created_at = created_at;
  synapse.modified_at = created_at;
  /* One of four was never used. */
  if (engram_random_below (random, 4) > 0)
    {
      synapse.usage_count = 1 + engram_random_below (random, 1 + engram_random_below (random, 400));
      engram_sample_time_format (choose_later (random, created), modified_at);
      synapse.last_traversed = modified_at;
      synapse.modified_at = modified_at;
    }
  return engram_network_writer_add_synapse (self->writer, &synapse, error);
}

static gboolean
write_synapses_of (Generator  *self,
                   guint32     source,
                   guint64     count,
                   guint       n_rounds,
                   guint       round,
                   GError    **error)
{
  guint32 joined[MOST_REMEMBERED];

  for (guint64 i = 0; i < count; i++)
    {
      guint n_joined = (guint) MIN (i, MOST_REMEMBERED);
      guint32 target = choose_target (self, source, n_rounds, round, joined, n_joined);

      joined[i % MOST_REMEMBERED] = target;
      if (!write_synapse (self, source, target, error) || !end_row (self, _("Making synapses"), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_synapses (Generator  *self,
                GError    **error)
{
  const EngramGeneratorPlan *plan = self->plan;
  guint n_rounds = plan->n_neurons >= LEAST_FOR_ROUNDS ? N_ROUNDS : 1;
  guint64 whole = 0, part = 0;

  engram_generator_plan_init_random (plan, &self->random, ENGRAM_GENERATOR_STREAM_SYNAPSES, 0);
  for (guint32 i = 0; i < plan->n_neurons; i++)
    whole += (guint64) n_rounds * engram_generator_plan_get_activity (plan, i);

  for (guint round = 0; round < n_rounds; round++)
    for (guint32 i = 0; i < plan->n_neurons; i++)
      {
        /* What is not enough for a whole synapse is handed on to the next neuron. */
        part += plan->options.synapses * engram_generator_plan_get_activity (plan, i);
        if (!write_synapses_of (self, i, part / whole, n_rounds, round, error))
          return FALSE;
        part %= whole;
      }
  return TRUE;
}

static gboolean
write_neurons (Generator  *self,
               GError    **error)
{
  for (guint32 i = 0; i < self->plan->n_neurons; i++)
    if (!write_neuron (self, i, error) || !end_row (self, _("Making neurons"), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_options (const EngramGeneratorOptions  *options,
               GError                       **error)
{
  if (options->neurons > G_MAXINT32 || options->synapses > G_MAXUINT32)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   _("A network can have %u neurons and %u synapses at most"), G_MAXINT32, G_MAXUINT32);
      return FALSE;
    }
  if (options->dimension > MOST_DIMENSIONS)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   _("Vectors can have %u numbers at most"), MOST_DIMENSIONS);
      return FALSE;
    }
  if (options->synapses > 0 && options->neurons < 2)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                           _("A synapse joins two neurons: make two neurons at least, or no synapses"));
      return FALSE;
    }
  return TRUE;
}

gboolean
engram_generate (const char                    *path,
                 const EngramGeneratorOptions  *options,
                 EngramProgressFunc             progress,
                 gpointer                       user_data,
                 GCancellable                  *cancellable,
                 GError                       **error)
{
  g_auto (Generator) generator = { .progress = progress, .user_data = user_data, .cancellable = cancellable };

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  if (!check_options (options, error))
    return FALSE;
  generator.writer = engram_network_writer_new (path, cancellable, error);
  if (generator.writer == NULL)
    return FALSE;

  if (options->neurons > 0)
    {
      generator.plan = engram_generator_plan_new (options);
      generator.text = engram_generator_text_new ();
      generator.whole = g_new (gint32, options->dimension);
      generator.vector = g_new (float, options->dimension);
      if (!write_neurons (&generator, error) || !write_synapses (&generator, error))
        return FALSE;
    }
  return engram_network_writer_finish (generator.writer, report_finish, &generator, error);
}
