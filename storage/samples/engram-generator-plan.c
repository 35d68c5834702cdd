/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-generator-plan-private.h"

#include <math.h>

#include "samples/engram-generator-text-private.h"

/* Everything here is whole numbers up to the last division, so that the same seed gives the same network on
 * every machine. */

#define MEAN_CLUSTER 200
#define LEAST_CLUSTERS 5
#define N_BASIS 256

/* In thousandths of a unit of space; what the furthest of four standard deviations of the greatest spread
 * adds to the radius stays within 100 units. */
#define SPACE_RADIUS 78000
#define GREATEST_SPREAD 6000

/* How many clusters are looked at for near ones. */
#define N_LOOKED_AT 48

static guint32
find_common_divisor (guint32 a,
                     guint32 b)
{
  while (b != 0)
    {
      guint32 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* x with number * x = 1 modulo modulus, by Euclid; both have no common divisor. */
static guint32
find_inverse (guint32 number,
              guint32 modulus)
{
  gint64 rest = modulus, next_rest = number;
  gint64 factor = 0, next_factor = 1;

  while (next_rest != 0)
    {
      gint64 quotient = rest / next_rest;
      gint64 kept = next_rest;

      next_rest = rest - quotient * next_rest;
      rest = kept;
      kept = next_factor;
      next_factor = factor - quotient * next_factor;
      factor = kept;
    }
  return (guint32) (factor < 0 ? factor + modulus : factor);
}

/* Neurons come in an order that mixes the clusters: neuron i has slot i * multiplier modulo their number. */
static void
choose_order (EngramGeneratorPlan *self)
{
  /* The golden section spreads what follows one another the most. */
  self->multiplier = (guint32) ((guint64) self->n_neurons * 618034 / 1000000);
  self->multiplier = MAX (self->multiplier, 1);
  while (find_common_divisor (self->multiplier, self->n_neurons) != 1)
    self->multiplier++;
  self->inverse = find_inverse (self->multiplier, self->n_neurons);
}

static void
divide_slots (EngramGeneratorPlan *self,
              EngramRandom        *random)
{
  g_autoptr (GArray) clusters = g_array_new (FALSE, TRUE, sizeof (EngramGeneratorCluster));
  guint32 mean = CLAMP (self->n_neurons / LEAST_CLUSTERS, 1, MEAN_CLUSTER);
  guint32 slot = 0;

  while (slot < self->n_neurons)
    {
      EngramGeneratorCluster cluster = { .first_slot = slot };
      guint32 left = self->n_neurons - slot;

      cluster.n_members = MIN (left, mean / 2 + engram_random_below (random, mean + 1));
      cluster.n_members = MAX (cluster.n_members, 1);
      if (left - cluster.n_members < (mean + 1) / 2)
        cluster.n_members = left;
      slot += cluster.n_members;
      g_array_append_val (clusters, cluster);
    }
  self->n_clusters = clusters->len;
  self->clusters = (EngramGeneratorCluster *) g_array_free (g_steal_pointer (&clusters), FALSE);
}

/* A place in a ball, each as likely as the other. */
static void
choose_centre (EngramRandom *random,
               gint32        centre[3])
{
  gint64 squares;

  do
    {
      squares = 0;
      for (guint axis = 0; axis < 3; axis++)
        {
          centre[axis] = (gint32) engram_random_below (random, 2 * SPACE_RADIUS + 1) - SPACE_RADIUS;
          squares += (gint64) centre[axis] * centre[axis];
        }
    }
  while (squares > (gint64) SPACE_RADIUS * SPACE_RADIUS);
}

/* Clusters are smaller where there are more of them, so that they can be told apart. */
static gint32
choose_spread (guint32 n_clusters)
{
  guint32 edge = 1;

  while ((guint64) edge * edge * edge < n_clusters)
    edge++;
  return MIN (GREATEST_SPREAD, SPACE_RADIUS * 2 / 5 / (gint32) edge);
}

static void
place_clusters (EngramGeneratorPlan *self,
                EngramRandom        *random)
{
  static const gint32 shares[ENGRAM_GENERATOR_N_SHARES] = { 256, 160, 96 };
  guint n_themes = engram_generator_text_count_themes ();
  gint32 spread = choose_spread (self->n_clusters);

  for (guint32 i = 0; i < self->n_clusters; i++)
    {
      EngramGeneratorCluster *cluster = &self->clusters[i];

      choose_centre (random, cluster->centre);
      cluster->spread = spread / 2 + (gint32) engram_random_below (random, spread / 2 + 1);
      cluster->theme = engram_random_below (random, n_themes);
      /* Clusters of one theme have the first of the directions in common. */
      cluster->basis[0] = cluster->theme;
      for (guint j = 1; j < ENGRAM_GENERATOR_N_SHARES; j++)
        cluster->basis[j] = n_themes + engram_random_below (random, N_BASIS - n_themes);
      for (guint j = 0; j < ENGRAM_GENERATOR_N_SHARES; j++)
        cluster->shares[j] = j > 0 && engram_random_below (random, 2) == 0 ? -shares[j] : shares[j];
    }
}

static gint64
compute_distance (const EngramGeneratorCluster *first,
                  const EngramGeneratorCluster *second)
{
  gint64 squares = 0;

  for (guint axis = 0; axis < 3; axis++)
    {
      gint64 apart = (gint64) first->centre[axis] - second->centre[axis];

      squares += apart * apart;
    }
  return squares;
}

/* Near ones, if not the nearest: of some clusters that are looked at, the nearest, one after the other. */
static void
choose_neighbours (EngramGeneratorPlan *self,
                   EngramRandom        *random,
                   guint32              index)
{
  EngramGeneratorCluster *cluster = &self->clusters[index];

  for (guint i = 0; i < ENGRAM_GENERATOR_N_NEIGHBOURS; i++)
    {
      gint64 nearest = G_MAXINT64;

      cluster->neighbours[i] = index;
      for (guint j = 0; j < N_LOOKED_AT / ENGRAM_GENERATOR_N_NEIGHBOURS; j++)
        {
          guint32 other = engram_random_below (random, self->n_clusters);
          gint64 distance = compute_distance (cluster, &self->clusters[other]);

          if (other != index && distance < nearest)
            {
              nearest = distance;
              cluster->neighbours[i] = other;
            }
        }
    }
}

static void
make_basis (EngramGeneratorPlan *self)
{
  gsize length = (gsize) N_BASIS * self->options.dimension;
  EngramRandom random;

  engram_generator_plan_init_random (self, &random, ENGRAM_GENERATOR_STREAM_BASIS, 0);
  self->basis = g_new (gint32, length);
  for (gsize i = 0; i < length; i++)
    self->basis[i] = engram_random_normal (&random);
}

/* There is at least one neuron. */
EngramGeneratorPlan *
engram_generator_plan_new (const EngramGeneratorOptions *options)
{
  EngramGeneratorPlan *self = g_new0 (EngramGeneratorPlan, 1);
  EngramRandom random;

  self->options = *options;
  self->n_neurons = (guint32) options->neurons;
  engram_generator_plan_init_random (self, &random, ENGRAM_GENERATOR_STREAM_CLUSTERS, 0);
  choose_order (self);
  divide_slots (self, &random);
  place_clusters (self, &random);
  for (guint32 i = 0; i < self->n_clusters; i++)
    choose_neighbours (self, &random, i);
  make_basis (self);
  return self;
}

void
engram_generator_plan_free (EngramGeneratorPlan *self)
{
  g_free (self->clusters);
  g_free (self->basis);
  g_free (self);
}

/* neuron is 0 for the streams that belong to the whole network. */
void
engram_generator_plan_init_random (const EngramGeneratorPlan *self,
                                   EngramRandom              *random,
                                   EngramGeneratorStream      stream,
                                   guint32                    neuron)
{
  engram_random_init (random, self->options.seed, (guint64) stream << 32 | neuron);
}

guint32
engram_generator_plan_get_slot (const EngramGeneratorPlan *self,
                                guint32                    neuron)
{
  return (guint32) ((guint64) neuron * self->multiplier % self->n_neurons);
}

guint32
engram_generator_plan_get_neuron (const EngramGeneratorPlan *self,
                                  guint32                    slot)
{
  return (guint32) ((guint64) slot * self->inverse % self->n_neurons);
}

guint32
engram_generator_plan_find_cluster (const EngramGeneratorPlan *self,
                                    guint32                    slot)
{
  guint32 low = 0, high = self->n_clusters;

  while (high - low > 1)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->clusters[middle].first_slot <= slot)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static guint64
hash_neuron (const EngramGeneratorPlan *self,
             guint32                    neuron)
{
  return engram_random_mix (engram_random_mix (self->options.seed) + neuron);
}

/* Eight of ten are knowledge, one a tool, one a memory. */
EngramGeneratorKind
engram_generator_plan_get_kind (const EngramGeneratorPlan *self,
                                guint32                    neuron)
{
  guint tenth = (guint) ((hash_neuron (self, neuron) & 0xffffffff) * 10 >> 32);

  if (tenth == 0)
    return ENGRAM_GENERATOR_TOOL;
  return tenth == 1 ? ENGRAM_GENERATOR_MEMORY : ENGRAM_GENERATOR_KNOWLEDGE;
}

/* How many synapses it sends out, as against the others: 4 to 63, mostly few. */
guint
engram_generator_plan_get_activity (const EngramGeneratorPlan *self,
                                    guint32                    neuron)
{
  guint64 part = hash_neuron (self, neuron) >> 56;

  return (guint) (4 + (part * part * part * part * 60 >> 32));
}

void
engram_generator_plan_get_id (const EngramGeneratorPlan *self,
                              guint32                    neuron,
                              EngramGeneratorId          id)
{
  EngramRandom random;
  EngramUuid uuid;

  engram_generator_plan_init_random (self, &random, ENGRAM_GENERATOR_STREAM_ID, neuron);
  engram_random_uuid (&random, &uuid);
  engram_uuid_format (&uuid, id);
}

/* Within 100 of the origin along each axis. */
void
engram_generator_plan_make_position (const EngramGeneratorPlan    *self,
                                     const EngramGeneratorCluster *cluster,
                                     EngramRandom                 *random,
                                     double                        position[3])
{
  for (guint axis = 0; axis < 3; axis++)
    position[axis] = (cluster->centre[axis] + (gint64) engram_random_normal (random) * cluster->spread /
                                                ENGRAM_RANDOM_NORMAL_DEVIATION) / 1000.0;
}

/* The direction of the cluster, and noise: of length 1. whole is room for as many whole numbers as the vector
 * has. */
void
engram_generator_plan_make_vector (const EngramGeneratorPlan    *self,
                                   const EngramGeneratorCluster *cluster,
                                   EngramRandom                 *random,
                                   gint32                       *whole,
                                   float                        *vector)
{
  guint dimension = self->options.dimension;
  const gint32 *basis[ENGRAM_GENERATOR_N_SHARES];
  gint64 squares = 0;
  double scale;

  for (guint i = 0; i < ENGRAM_GENERATOR_N_SHARES; i++)
    basis[i] = self->basis + (gsize) cluster->basis[i] * dimension;

  for (guint i = 0; i < dimension; i++)
    {
      gint32 direction = basis[0][i] * cluster->shares[0] + basis[1][i] * cluster->shares[1] +
                         basis[2][i] * cluster->shares[2];

      whole[i] = (direction + engram_random_normal (random) * 192) / 256;
      squares += (gint64) whole[i] * whole[i];
    }
  scale = squares > 0 ? 1.0 / sqrt ((double) squares) : 0.0;
  for (guint i = 0; i < dimension; i++)
    vector[i] = (float) (whole[i] * scale);
}
