/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include "plain-sqlite.h"

static const char tables[] =
  "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);"
  "INSERT INTO schema_version (version) VALUES (3);"
  "CREATE TABLE neurons (id TEXT PRIMARY KEY, position_x REAL NOT NULL, position_y REAL NOT NULL,"
  " position_z REAL NOT NULL, vector BLOB, neuron_type TEXT NOT NULL, metadata TEXT,"
  " activation_level REAL DEFAULT 0.0, created_at TEXT NOT NULL, modified_at TEXT NOT NULL, source_data TEXT,"
  " compression_ratio REAL, semantic_tags TEXT, function_signature TEXT, executable_code TEXT,"
  " input_schema TEXT, output_schema TEXT, execution_count INTEGER DEFAULT 0,"
  " average_execution_time REAL DEFAULT 0.0, activation_threshold REAL DEFAULT 0.5, engram_fields TEXT);"
  "CREATE TABLE synapses (id TEXT PRIMARY KEY, source_neuron_id TEXT NOT NULL,"
  " target_neuron_id TEXT NOT NULL, weight REAL NOT NULL CHECK (weight >= -1.0 AND weight <= 1.0),"
  " usage_count INTEGER DEFAULT 0, last_traversed TEXT, synapse_type TEXT NOT NULL, metadata TEXT,"
  " created_at TEXT NOT NULL, modified_at TEXT NOT NULL, engram_fields TEXT,"
  " FOREIGN KEY (source_neuron_id) REFERENCES neurons (id) ON DELETE CASCADE,"
  " FOREIGN KEY (target_neuron_id) REFERENCES neurons (id) ON DELETE CASCADE);";

static const char indexes_sql[] =
  "CREATE INDEX idx_neurons_position ON neurons (position_x, position_y, position_z);"
  "CREATE INDEX idx_neurons_type ON neurons (neuron_type);"
  "CREATE INDEX idx_neurons_modified ON neurons (modified_at);"
  "CREATE INDEX idx_synapses_source ON synapses (source_neuron_id);"
  "CREATE INDEX idx_synapses_target ON synapses (target_neuron_id);"
  "CREATE INDEX idx_synapses_weight ON synapses (weight);"
  "CREATE INDEX idx_synapses_modified ON synapses (modified_at);";

#define NEURON_SQL \
  "INSERT INTO neurons (rowid, id, vector, neuron_type, metadata, created_at, modified_at, source_data," \
  " semantic_tags, function_signature, executable_code, input_schema, output_schema, engram_fields," \
  " position_x, position_y, position_z, activation_level, compression_ratio, average_execution_time," \
  " activation_threshold, execution_count)" \
  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define SYNAPSE_SQL \
  "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, last_traversed, synapse_type," \
  " metadata, created_at, modified_at, weight, usage_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

static void
bind_texts (sqlite3_stmt    *statement,
            int              n_texts,
            int              blob,
            char * const    *texts,
            const uint32_t  *lengths)
{
  for (int i = 0; i < n_texts; i++)
    if (texts[i] == NULL)
      sqlite3_bind_null (statement, i + 2);
    else if (i == blob)
      sqlite3_bind_blob (statement, i + 2, texts[i], lengths[i], SQLITE_STATIC);
    else
      sqlite3_bind_text (statement, i + 2, texts[i], lengths[i], SQLITE_STATIC);
}

static void
bind_number (sqlite3_stmt *statement,
             int           parameter,
             double        number,
             int           is_null)
{
  if (is_null)
    sqlite3_bind_null (statement, parameter);
  else
    sqlite3_bind_double (statement, parameter, number);
}

static void
save_neurons (sqlite3             *database,
              const PlainContents *contents)
{
  sqlite3_stmt *statement = plain_prepare (database, NEURON_SQL);
  const int numbers = 2 + PLAIN_NEURON_N_TEXTS;

  for (size_t i = 0; i < contents->n_neurons; i++)
    {
      const PlainNeuron *neuron = &contents->neurons[i];

      sqlite3_bind_int64 (statement, 1, neuron->rowid);
      bind_texts (statement, PLAIN_NEURON_N_TEXTS, PLAIN_NEURON_VECTOR, neuron->texts, neuron->lengths);
      for (int j = 0; j < 3; j++)
        sqlite3_bind_double (statement, numbers + j, neuron->position[j]);
      bind_number (statement, numbers + 3, neuron->activation_level, neuron->nulls & 1);
      bind_number (statement, numbers + 4, neuron->compression_ratio, neuron->nulls & 2);
      bind_number (statement, numbers + 5, neuron->average_execution_time, neuron->nulls & 4);
      bind_number (statement, numbers + 6, neuron->activation_threshold, neuron->nulls & 8);
      if (neuron->nulls & 16)
        sqlite3_bind_null (statement, numbers + 7);
      else
        sqlite3_bind_int64 (statement, numbers + 7, neuron->execution_count);
      plain_check (database, sqlite3_step (statement));
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static void
save_synapses (sqlite3             *database,
               const PlainContents *contents)
{
  sqlite3_stmt *statement = plain_prepare (database, SYNAPSE_SQL);
  const int numbers = 2 + PLAIN_SYNAPSE_N_TEXTS;

  for (size_t i = 0; i < contents->n_synapses; i++)
    {
      const PlainSynapse *synapse = &contents->synapses[i];

      sqlite3_bind_int64 (statement, 1, synapse->rowid);
      bind_texts (statement, PLAIN_SYNAPSE_N_TEXTS, -1, synapse->texts, synapse->lengths);
      sqlite3_bind_double (statement, numbers, synapse->weight);
      if (synapse->nulls)
        sqlite3_bind_null (statement, numbers + 1);
      else
        sqlite3_bind_int64 (statement, numbers + 1, synapse->usage_count);
      plain_check (database, sqlite3_step (statement));
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

void
plain_save (const char          *path,
            const PlainContents *contents,
            PlainIndexes         indexes)
{
  sqlite3 *database = plain_open (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);

  plain_execute (database, "BEGIN");
  plain_execute (database, tables);
  if (indexes == PLAIN_INDEXES_FIRST)
    plain_execute (database, indexes_sql);
  save_neurons (database, contents);
  save_synapses (database, contents);
  if (indexes == PLAIN_INDEXES_AFTERWARDS)
    plain_execute (database, indexes_sql);
  plain_execute (database, "COMMIT");
  plain_check (database, sqlite3_close (database));
}
