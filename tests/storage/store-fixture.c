/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <sqlite3.h>

void
store_fixture_open (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->database = engram_database_open (self->path, NULL, &error);
  g_assert_no_error (error);
  self->neurons = engram_neuron_store_new (self->database);
  self->synapses = engram_synapse_store_new (self->database);
}

void
store_fixture_close (StoreFixture *self)
{
  g_clear_object (&self->neurons);
  g_clear_object (&self->synapses);
  g_clear_object (&self->database);
}

void
store_fixture_set_up (StoreFixture  *self,
                      gconstpointer  data)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "network.db", NULL);
  database = engram_database_create (self->path, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  store_fixture_open (self);
}

void
store_fixture_tear_down (StoreFixture  *self,
                         gconstpointer  data)
{
  store_fixture_close (self);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder, test_folder_free);
}

gboolean
store_fixture_use_shared (StoreFixture *self,
                          const char   *name)
{
  g_autofree char *shared = test_shared_data (name);

  if (shared == NULL)
    return FALSE;

  store_fixture_close (self);
  g_free (self->path);
  self->path = g_build_filename (self->folder, "shared.db", NULL);
  test_copy_file (shared, self->path);
  store_fixture_open (self);
  return TRUE;
}

char *
store_fixture_run_sql (StoreFixture *self,
                       const char   *sql)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  sqlite3 *handle;
  sqlite3_stmt *statement;
  int step;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while ((step = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      {
        const char *text = (const char *) sqlite3_column_text (statement, i);

        g_string_append_printf (rows, "%s%c", text != NULL ? text : "NULL",
                                i + 1 < sqlite3_column_count (statement) ? '|' : '\n');
      }
  g_assert_cmpint (step, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

EngramNeuron *
store_fixture_get_neuron (StoreFixture *self,
                          const char   *id)
{
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_store_get (self->neurons, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (neuron);
  return neuron;
}

void
store_fixture_create (StoreFixture *self,
                      EngramNeuron *neuron)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_neuron_store_create (self->neurons, neuron, NULL, &error) || error != NULL);
  g_assert_no_error (error);
}

void
store_fixture_update (StoreFixture *self,
                      EngramNeuron *neuron)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_neuron_store_update (self->neurons, neuron, NULL, &error) || error != NULL);
  g_assert_no_error (error);
}

EngramSynapse *
store_fixture_join (StoreFixture *self,
                    const char   *source_id,
                    const char   *target_id,
                    double        weight)
{
  EngramSynapse *synapse = engram_synapse_new (source_id, target_id, weight, "knowledge");
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_synapse_store_create (self->synapses, synapse, NULL, &error) || error != NULL);
  g_assert_no_error (error);
  return synapse;
}

void
store_fixture_assert_count (StoreFixture *self,
                            guint64       neurons,
                            guint64       synapses)
{
  g_autoptr (GError) error = NULL;
  guint64 count = G_MAXUINT64;

  g_assert_true (engram_neuron_store_count (self->neurons, &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, neurons);
  g_assert_true (engram_synapse_store_count (self->synapses, &count, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, synapses);
}

void
assert_record_error (const GError *error,
                     int           code,
                     const char   *id,
                     const char   *field)
{
  g_assert_error (error, ENGRAM_ERROR, code);
  g_assert_cmpstr (engram_error_get_id (error), ==, id);
  g_assert_cmpstr (engram_error_get_field (error), ==, field);
  if (id != NULL)
    g_assert_nonnull (strstr (error->message, id));
}

EngramNeuron *
make_full_neuron (void)
{
  static const float vector[] = { 1.5f, -2.25f, 0.0f, 1e-30f };
  EngramNeuron *neuron = engram_neuron_new ("tool");

  neuron->position[0] = 1.0;
  neuron->position[1] = -2.5;
  neuron->position[2] = 1e-7;
  neuron->activation_level = 0.75;
  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, "{\"big\": 12345678901234567890, \"e\": 1e-07}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "Größe 🧠");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"a\", \"b\"]");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FUNCTION_SIGNATURE, "f(x)");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_EXECUTABLE_CODE, "return x");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_INPUT_SCHEMA, "{}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_OUTPUT_SCHEMA, "{\"type\": \"string\"}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"importance\": 0.9}");
  engram_neuron_set_number (neuron, ENGRAM_NEURON_COMPRESSION_RATIO, 0.5);
  engram_neuron_set_number (neuron, ENGRAM_NEURON_EXECUTION_COUNT, 7);
  return neuron;
}
