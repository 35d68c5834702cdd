/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include "plain-sqlite.h"

#include <string.h>

#define NEURON_SQL \
  "SELECT rowid, id, vector, neuron_type, metadata, created_at, modified_at, source_data, semantic_tags," \
  " function_signature, executable_code, input_schema, output_schema, engram_fields, position_x," \
  " position_y, position_z, activation_level, compression_ratio, average_execution_time," \
  " activation_threshold, execution_count FROM neurons ORDER BY rowid"
#define SYNAPSE_SQL \
  "SELECT rowid, id, source_neuron_id, target_neuron_id, last_traversed, synapse_type, metadata," \
  " created_at, modified_at, weight, usage_count FROM synapses ORDER BY rowid"

static void
copy_value (sqlite3_stmt  *statement,
            int            column,
            int            is_blob,
            char         **text,
            uint32_t      *length)
{
  const void *value = is_blob ? sqlite3_column_blob (statement, column)
                              : (const void *) sqlite3_column_text (statement, column);

  *text = NULL;
  *length = 0;
  if (value == NULL)
    return;
  *length = sqlite3_column_bytes (statement, column);
  *text = plain_allocate (*length + 1);
  memcpy (*text, value, *length);
  (*text)[*length] = '\0';
}

/* The texts of a row, from column 1 on, one after the other in one block. */
static void
copy_block (sqlite3_stmt  *statement,
            int            n_texts,
            int            blob,
            char         **texts,
            uint32_t      *lengths)
{
  const void *values[PLAIN_NEURON_N_TEXTS];
  size_t size = 0;
  char *block;

  for (int i = 0; i < n_texts; i++)
    {
      values[i] = i == blob ? sqlite3_column_blob (statement, i + 1)
                            : (const void *) sqlite3_column_text (statement, i + 1);
      lengths[i] = values[i] != NULL ? sqlite3_column_bytes (statement, i + 1) : 0;
      size += values[i] != NULL ? lengths[i] + 1 : 0;
    }
  block = plain_allocate (size);
  for (int i = 0; i < n_texts; i++)
    {
      texts[i] = NULL;
      if (values[i] == NULL)
        continue;
      texts[i] = block;
      memcpy (block, values[i], lengths[i]);
      block[lengths[i]] = '\0';
      block += lengths[i] + 1;
    }
}

static void
copy_texts (sqlite3_stmt  *statement,
            PlainMalloc    kind,
            int            n_texts,
            int            blob,
            char         **texts,
            uint32_t      *lengths)
{
  if (kind == PLAIN_MALLOC_PER_ROW)
    copy_block (statement, n_texts, blob, texts, lengths);
  else
    for (int i = 0; i < n_texts; i++)
      copy_value (statement, i + 1, i == blob, &texts[i], &lengths[i]);
}

static double
copy_number (sqlite3_stmt *statement,
             int           column,
             uint32_t      bit,
             uint32_t     *nulls)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    *nulls |= bit;
  return sqlite3_column_double (statement, column);
}

static void
load_neurons (sqlite3       *database,
              PlainMalloc    kind,
              PlainContents *contents)
{
  sqlite3_stmt *statement = plain_prepare (database, NEURON_SQL);
  const int numbers = 1 + PLAIN_NEURON_N_TEXTS;
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      PlainNeuron *neuron;

      contents->neurons = plain_grow (contents->neurons, contents->n_neurons, sizeof *neuron);
      neuron = &contents->neurons[contents->n_neurons++];
      neuron->rowid = sqlite3_column_int64 (statement, 0);
      copy_texts (statement, kind, PLAIN_NEURON_N_TEXTS, PLAIN_NEURON_VECTOR, neuron->texts, neuron->lengths);
      neuron->nulls = 0;
      for (int i = 0; i < 3; i++)
        neuron->position[i] = sqlite3_column_double (statement, numbers + i);
      neuron->activation_level = copy_number (statement, numbers + 3, 1, &neuron->nulls);
      neuron->compression_ratio = copy_number (statement, numbers + 4, 2, &neuron->nulls);
      neuron->average_execution_time = copy_number (statement, numbers + 5, 4, &neuron->nulls);
      neuron->activation_threshold = copy_number (statement, numbers + 6, 8, &neuron->nulls);
      if (sqlite3_column_type (statement, numbers + 7) == SQLITE_NULL)
        neuron->nulls |= 16;
      neuron->execution_count = sqlite3_column_int64 (statement, numbers + 7);
    }
  plain_check (database, result);
  sqlite3_finalize (statement);
}

static void
load_synapses (sqlite3       *database,
               PlainMalloc    kind,
               PlainContents *contents)
{
  sqlite3_stmt *statement = plain_prepare (database, SYNAPSE_SQL);
  const int numbers = 1 + PLAIN_SYNAPSE_N_TEXTS;
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      PlainSynapse *synapse;

      contents->synapses = plain_grow (contents->synapses, contents->n_synapses, sizeof *synapse);
      synapse = &contents->synapses[contents->n_synapses++];
      synapse->rowid = sqlite3_column_int64 (statement, 0);
      copy_texts (statement, kind, PLAIN_SYNAPSE_N_TEXTS, -1, synapse->texts, synapse->lengths);
      synapse->weight = sqlite3_column_double (statement, numbers);
      synapse->nulls = sqlite3_column_type (statement, numbers + 1) == SQLITE_NULL;
      synapse->usage_count = sqlite3_column_int64 (statement, numbers + 1);
    }
  plain_check (database, result);
  sqlite3_finalize (statement);
}

void
plain_load (const char    *path,
            PlainMalloc    kind,
            PlainContents *contents)
{
  sqlite3 *database = plain_open (path, SQLITE_OPEN_READWRITE);

  memset (contents, 0, sizeof *contents);
  load_neurons (database, kind, contents);
  load_synapses (database, kind, contents);
  plain_check (database, sqlite3_close (database));
}
