/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include "plain-sqlite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEURON_SQL \
  "SELECT rowid, id, position_x, position_y, position_z, activation_level, neuron_type FROM neurons" \
  " ORDER BY rowid"
#define SYNAPSE_SQL \
  "SELECT rowid, id, source_neuron_id, target_neuron_id, weight FROM synapses"

typedef struct {
  uint64_t halves[2];
} Uuid;

/* Open addressing: the index of a neuron plus 1, or 0. */
typedef struct {
  uint32_t *slots;
  size_t    mask;
} Table;

typedef struct {
  size_t    n_neurons;
  int64_t  *neuron_rowids;
  Uuid     *ids;
  float    *positions;
  float    *activations;
  uint16_t *types;
  char    **type_names;
  size_t    n_types;
  size_t    n_synapses;
  int64_t  *synapse_rowids;
  uint32_t *sources;
  uint32_t *targets;
  float    *weights;
  uint32_t *out_offsets;
  uint32_t *out_synapses;
  uint32_t *in_offsets;
  uint32_t *in_synapses;
} Columns;

/* A synapse before it is sorted. */
typedef struct {
  float    strength;
  float    weight;
  uint64_t hash; /* of its id: the order of equal ones */
  int64_t  rowid;
  uint32_t source;
  uint32_t target;
} Synapse;

/* 32 digits with hyphens between; what is something else has no neuron to join. */
static Uuid
parse_uuid (sqlite3_stmt *statement,
            int           column)
{
  static const unsigned char places[32] = {
    0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32,
    33, 34, 35,
  };
  const unsigned char *text = sqlite3_column_text (statement, column);
  Uuid uuid = { { 0, 0 } };

  if (text == NULL || sqlite3_column_bytes (statement, column) != 36)
    return uuid;
  for (int i = 0; i < 32; i++)
    {
      unsigned char digit = text[places[i]];

      /* '0' to '9' are 0x30 to 0x39, 'a' to 'f' 0x61 to 0x66. */
      uuid.halves[i / 16] = uuid.halves[i / 16] << 4 | ((digit & 15) + (digit >> 6) * 9);
    }
  return uuid;
}

static uint64_t
hash_uuid (Uuid uuid)
{
  uint64_t hash = (uuid.halves[0] ^ (uuid.halves[1] << 1)) * UINT64_C (0x9E3779B97F4A7C15);

  return hash ^ hash >> 32;
}

static uint32_t
find_neuron (const Columns *columns,
             const Table   *table,
             Uuid           id)
{
  for (size_t i = hash_uuid (id) & table->mask; table->slots[i] != 0; i = (i + 1) & table->mask)
    {
      const Uuid *found = &columns->ids[table->slots[i] - 1];

      if (found->halves[0] == id.halves[0] && found->halves[1] == id.halves[1])
        return table->slots[i] - 1;
    }
  return UINT32_MAX;
}

static void
build_table (const Columns *columns,
             Table         *table)
{
  size_t size = 16;

  while (size < columns->n_neurons * 2)
    size *= 2;
  table->mask = size - 1;
  table->slots = calloc (size, sizeof *table->slots);
  if (table->slots == NULL)
    abort ();
  for (size_t i = 0; i < columns->n_neurons; i++)
    {
      size_t slot = hash_uuid (columns->ids[i]) & table->mask;

      while (table->slots[slot] != 0)
        slot = (slot + 1) & table->mask;
      table->slots[slot] = i + 1;
    }
}

static uint16_t
find_type (Columns    *columns,
           const char *name)
{
  for (size_t i = 0; i < columns->n_types; i++)
    if (strcmp (columns->type_names[i], name) == 0)
      return i;
  columns->type_names = plain_grow (columns->type_names, columns->n_types, sizeof *columns->type_names);
  columns->type_names[columns->n_types] = strdup (name);
  return columns->n_types++;
}

static size_t
count_rows (sqlite3    *database,
            const char *sql)
{
  sqlite3_stmt *statement = plain_prepare (database, sql);
  size_t count;

  sqlite3_step (statement);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return count;
}

static void
load_neurons (sqlite3 *database,
              Columns *columns)
{
  sqlite3_stmt *statement;
  size_t count = count_rows (database, "SELECT count(*) FROM neurons");
  size_t i = 0;
  int result;

  columns->neuron_rowids = plain_allocate (count * sizeof *columns->neuron_rowids);
  columns->ids = plain_allocate (count * sizeof *columns->ids);
  columns->positions = plain_allocate (count * 3 * sizeof *columns->positions);
  columns->activations = plain_allocate (count * sizeof *columns->activations);
  columns->types = plain_allocate (count * sizeof *columns->types);
  statement = plain_prepare (database, NEURON_SQL);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      columns->neuron_rowids[i] = sqlite3_column_int64 (statement, 0);
      columns->ids[i] = parse_uuid (statement, 1);
      for (int j = 0; j < 3; j++)
        columns->positions[i * 3 + j] = sqlite3_column_double (statement, 2 + j);
      columns->activations[i] = sqlite3_column_double (statement, 5);
      columns->types[i] = find_type (columns, (const char *) sqlite3_column_text (statement, 6));
      i++;
    }
  plain_check (database, result);
  sqlite3_finalize (statement);
  columns->n_neurons = i;
}

static int
compare_synapses (const void *a,
                  const void *b)
{
  const Synapse *first = a;
  const Synapse *second = b;

  if (first->strength != second->strength)
    return first->strength > second->strength ? -1 : 1;
  return (first->hash > second->hash) - (first->hash < second->hash);
}

static Synapse *
read_synapses (sqlite3     *database,
               Columns     *columns,
               const Table *table)
{
  size_t n_rows = count_rows (database, "SELECT count(*) FROM synapses");
  Synapse *synapses = plain_allocate (n_rows * sizeof *synapses);
  sqlite3_stmt *statement = plain_prepare (database, SYNAPSE_SQL);
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      Synapse *synapse = &synapses[columns->n_synapses];

      synapse->rowid = sqlite3_column_int64 (statement, 0);
      synapse->hash = hash_uuid (parse_uuid (statement, 1));
      synapse->source = find_neuron (columns, table, parse_uuid (statement, 2));
      synapse->target = find_neuron (columns, table, parse_uuid (statement, 3));
      synapse->weight = sqlite3_column_double (statement, 4);
      synapse->strength = fabsf (synapse->weight);
      if (synapse->source != UINT32_MAX && synapse->target != UINT32_MAX)
        columns->n_synapses++;
    }
  plain_check (database, result);
  sqlite3_finalize (statement);
  return synapses;
}

static void
load_synapses (sqlite3     *database,
               Columns     *columns,
               const Table *table)
{
  Synapse *synapses = read_synapses (database, columns, table);
  size_t count = columns->n_synapses;

  qsort (synapses, count, sizeof *synapses, compare_synapses);
  columns->synapse_rowids = plain_allocate (count * sizeof *columns->synapse_rowids);
  columns->sources = plain_allocate (count * sizeof *columns->sources);
  columns->targets = plain_allocate (count * sizeof *columns->targets);
  columns->weights = plain_allocate (count * sizeof *columns->weights);
  for (size_t i = 0; i < count; i++)
    {
      columns->synapse_rowids[i] = synapses[i].rowid;
      columns->sources[i] = synapses[i].source;
      columns->targets[i] = synapses[i].target;
      columns->weights[i] = synapses[i].weight;
    }
  free (synapses);
}

/* Counting sort: synapses by one of their ends, the strongest first. */
static void
group_synapses (const Columns   *columns,
                const uint32_t  *ends,
                uint32_t       **offsets,
                uint32_t       **grouped)
{
  uint32_t *next = plain_allocate ((columns->n_neurons + 1) * sizeof *next);

  *offsets = calloc (columns->n_neurons + 1, sizeof **offsets);
  *grouped = plain_allocate (columns->n_synapses * sizeof **grouped);
  if (*offsets == NULL)
    abort ();
  for (size_t i = 0; i < columns->n_synapses; i++)
    (*offsets)[ends[i] + 1]++;
  for (size_t i = 0; i < columns->n_neurons; i++)
    (*offsets)[i + 1] += (*offsets)[i];
  memcpy (next, *offsets, (columns->n_neurons + 1) * sizeof *next);
  for (size_t i = 0; i < columns->n_synapses; i++)
    (*grouped)[next[ends[i]]++] = i;
  free (next);
}

size_t
plain_columns (const char *path)
{
  sqlite3 *database = plain_open (path, SQLITE_OPEN_READWRITE);
  Columns columns = { 0 };
  Table table;

  load_neurons (database, &columns);
  build_table (&columns, &table);
  load_synapses (database, &columns, &table);
  free (table.slots);
  group_synapses (&columns, columns.sources, &columns.out_offsets, &columns.out_synapses);
  group_synapses (&columns, columns.targets, &columns.in_offsets, &columns.in_synapses);
  plain_check (database, sqlite3_close (database));
  return columns.n_synapses;
}
