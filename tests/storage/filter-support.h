/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-filter-private.h"

#include "test-support.h"

G_BEGIN_DECLS

/* A network of random rows, odd ones among them, and the same in memory as a person would read it, so that queries can
 * be answered by looking at every record. Numbers that are not there are NaN. */

typedef struct {
  gint64     rowid;
  char      *id;
  char      *type;
  double     position[3];
  double     vector_bytes;
  double     activation;
  double     executions;
  double     importance;
  char      *created;
  char      *modified;
  char      *summary;   /* what stands for it in a list, or NULL */
  float      vector[8];
  GPtrArray *texts; /* that words are looked for in, letter case folded */
  GPtrArray *tags;
  guint      n_in;
  guint      n_out;
} ModelNeuron;

typedef struct {
  gint64 rowid;
  char  *id;
  char  *source;
  char  *target;
  double weight;
  double usage;
  char  *type;
  char  *created;
  char  *modified;
  char  *last_traversed;
} ModelSynapse;

typedef struct {
  char           *folder;
  EngramDatabase *database;
  EngramSearcher *searcher;
  GPtrArray      *neurons;  /* of ModelNeuron, in the order of rows */
  GPtrArray      *synapses; /* of ModelSynapse */
  GHashTable     *ids;      /* -> ModelNeuron */
} Model;

/* What types and tags the records have. */
extern const char *const model_types[5];
extern const char *const model_tag_names[7];
extern const char *const model_synapse_types[4];

#define PICK(random, list) ((list)[g_rand_int_range ((random), 0, G_N_ELEMENTS (list))])

/* Rows lie side by side where @seed is even, and far apart where it is odd. */
Model        *model_new             (guint32                seed,
                                     guint                  n_neurons,
                                     guint                  n_synapses,
                                     gboolean               with_dangling);
void          model_free            (Model                 *self);
/* Without its column engram_fields, as the Python program writes it. */
void          model_forget_fields   (Model                 *self);
guint         model_get_degree      (const ModelNeuron     *neuron,
                                     EngramQueryField       field);
/* What the searcher has been told that an analysis gives a neuron or a synapse. */
double        model_get_analysis    (gint64                 rowid,
                                     EngramAnalysis         analysis);
/* The cosine of two vectors of one length; NaN where one of them has no direction. */
double        model_get_cosine      (const ModelNeuron     *neuron,
                                     const ModelNeuron     *other);
/* Whether a record passes all terms but those of a field; ENGRAM_QUERY_N_FIELDS for none. */
gboolean      model_neuron_passes   (Model                 *self,
                                     const ModelNeuron     *neuron,
                                     EngramQuery           *query,
                                     EngramQueryField       except);
gboolean      model_synapse_passes  (Model                 *self,
                                     const ModelSynapse    *synapse,
                                     EngramQuery           *query,
                                     EngramQueryField       except);
/* One to four terms of any fields, each of which can be looked up. */
char         *model_make_query      (Model                 *self,
                                     GRand                 *random);

EngramQuery  *parse_query           (const char            *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Model, model_free)

G_END_DECLS
