/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "samples/engram-generator.h"
#include "samples/engram-random-private.h"

G_BEGIN_DECLS

#define ENGRAM_GENERATOR_N_NEIGHBOURS 6
#define ENGRAM_GENERATOR_N_SHARES 3

/* A community of neurons: members first_slot to first_slot + n_members - 1. */
typedef struct {
  guint32 first_slot;
  guint32 n_members;
  guint   theme;

  /* In space, in thousandths; spread is the standard deviation. */
  gint32  centre[3];
  gint32  spread;

  /* In vector space: its direction is the sum of so many 256ths of so many rows of the plan's basis. */
  guint   basis[ENGRAM_GENERATOR_N_SHARES];
  gint32  shares[ENGRAM_GENERATOR_N_SHARES];

  guint32 neighbours[ENGRAM_GENERATOR_N_NEIGHBOURS];
} EngramGeneratorCluster;

typedef enum {
  ENGRAM_GENERATOR_KNOWLEDGE,
  ENGRAM_GENERATOR_TOOL,
  ENGRAM_GENERATOR_MEMORY,
} EngramGeneratorKind;

/* What a generated network is made from: all of it can be made from this again, in any order. */
typedef struct {
  EngramGeneratorOptions  options;
  guint32                 n_neurons;
  guint32                 multiplier;
  guint32                 inverse;
  guint32                 n_clusters;
  EngramGeneratorCluster *clusters;
  gint32                 *basis;
} EngramGeneratorPlan;

typedef char EngramGeneratorId[ENGRAM_UUID_TEXT_LENGTH + 1];

/* Streams of random numbers: each part of the network has one of its own. */
typedef enum {
  ENGRAM_GENERATOR_STREAM_CLUSTERS,
  ENGRAM_GENERATOR_STREAM_BASIS,
  ENGRAM_GENERATOR_STREAM_SYNAPSES,
  ENGRAM_GENERATOR_STREAM_ID,
  ENGRAM_GENERATOR_STREAM_NEURON,
} EngramGeneratorStream;

EngramGeneratorPlan *engram_generator_plan_new           (const EngramGeneratorOptions  *options);
void                 engram_generator_plan_free          (EngramGeneratorPlan           *self);
void                 engram_generator_plan_init_random   (const EngramGeneratorPlan     *self,
                                                          EngramRandom                  *random,
                                                          EngramGeneratorStream          stream,
                                                          guint32                        neuron);
guint32              engram_generator_plan_get_slot      (const EngramGeneratorPlan     *self,
                                                          guint32                        neuron);
guint32              engram_generator_plan_get_neuron    (const EngramGeneratorPlan     *self,
                                                          guint32                        slot);
guint32              engram_generator_plan_find_cluster  (const EngramGeneratorPlan     *self,
                                                          guint32                        slot);
EngramGeneratorKind  engram_generator_plan_get_kind      (const EngramGeneratorPlan     *self,
                                                          guint32                        neuron);
guint                engram_generator_plan_get_activity  (const EngramGeneratorPlan     *self,
                                                          guint32                        neuron);
void                 engram_generator_plan_get_id        (const EngramGeneratorPlan     *self,
                                                          guint32                        neuron,
                                                          EngramGeneratorId              id);
void                 engram_generator_plan_make_position (const EngramGeneratorPlan     *self,
                                                          const EngramGeneratorCluster  *cluster,
                                                          EngramRandom                  *random,
                                                          double                         position[3]);
void                 engram_generator_plan_make_vector   (const EngramGeneratorPlan     *self,
                                                          const EngramGeneratorCluster  *cluster,
                                                          EngramRandom                  *random,
                                                          gint32                        *whole,
                                                          float                         *vector);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramGeneratorPlan, engram_generator_plan_free)

G_END_DECLS
