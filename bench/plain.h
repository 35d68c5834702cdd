/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* What Engram is measured against: the same work as a straightforward program in C does it, with nothing but
 * SQLite in its default settings, in one thread. It knows neither libengram nor, but for SHA-256, GLib. Any failure
 * ends the program. */

/* How the texts and vectors of a row are kept. */
typedef enum {
  PLAIN_MALLOC_PER_VALUE,
  PLAIN_MALLOC_PER_ROW,
} PlainMalloc;

typedef enum {
  PLAIN_INDEXES_AFTERWARDS,
  PLAIN_INDEXES_FIRST,
} PlainIndexes;

/* The columns that are text (and the vector), in the order in which they are read. */
enum {
  PLAIN_NEURON_ID, PLAIN_NEURON_VECTOR, PLAIN_NEURON_TYPE, PLAIN_NEURON_METADATA, PLAIN_NEURON_CREATED_AT,
  PLAIN_NEURON_MODIFIED_AT, PLAIN_NEURON_SOURCE_DATA, PLAIN_NEURON_SEMANTIC_TAGS,
  PLAIN_NEURON_FUNCTION_SIGNATURE, PLAIN_NEURON_EXECUTABLE_CODE, PLAIN_NEURON_INPUT_SCHEMA,
  PLAIN_NEURON_OUTPUT_SCHEMA, PLAIN_NEURON_FIELDS, PLAIN_NEURON_N_TEXTS,
};

enum {
  PLAIN_SYNAPSE_ID, PLAIN_SYNAPSE_SOURCE, PLAIN_SYNAPSE_TARGET, PLAIN_SYNAPSE_LAST_TRAVERSED,
  PLAIN_SYNAPSE_TYPE, PLAIN_SYNAPSE_METADATA, PLAIN_SYNAPSE_CREATED_AT, PLAIN_SYNAPSE_MODIFIED_AT,
  PLAIN_SYNAPSE_N_TEXTS,
};

typedef struct {
  int64_t  rowid;
  char    *texts[PLAIN_NEURON_N_TEXTS]; /* or NULL; each ends with a NUL that lengths does not count */
  uint32_t lengths[PLAIN_NEURON_N_TEXTS];
  double   position[3];
  double   activation_level;
  double   compression_ratio;
  double   average_execution_time;
  double   activation_threshold;
  int64_t  execution_count;
  uint32_t nulls;                       /* a bit for each number from activation_level on that is NULL */
} PlainNeuron;

typedef struct {
  int64_t  rowid;
  char    *texts[PLAIN_SYNAPSE_N_TEXTS];
  uint32_t lengths[PLAIN_SYNAPSE_N_TEXTS];
  double   weight;
  int64_t  usage_count;
  uint32_t nulls;                       /* 1 where usage_count is NULL */
} PlainSynapse;

typedef struct {
  PlainNeuron  *neurons;
  size_t        n_neurons;
  PlainSynapse *synapses;
  size_t        n_synapses;
} PlainContents;

void          plain_load     (const char          *path,
                              PlainMalloc          kind,
                              PlainContents       *contents);
void          plain_save     (const char          *path,
                              const PlainContents *contents,
                              PlainIndexes         indexes);

/* The columns of EngramNetwork. Returns the number of synapses that have both ends. */
size_t        plain_columns  (const char          *path);

/* Seconds on a clock that only goes forward. */
double        plain_now      (void);
