/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "test-support.h"

#define NEURON_1 "00000001-0000-4000-8000-000000000000"

/* What a program that knows version 1 alone reads, by name, in the order of rows. */
#define VERSION_1_ROWS                                                                                        \
  "SELECT group_concat(id || position_x || position_y || position_z || quote(vector) || neuron_type ||"       \
  " quote(metadata) || quote(activation_level) || created_at || modified_at || quote(source_data) ||"         \
  " quote(compression_ratio) || quote(semantic_tags) || quote(function_signature) || quote(executable_code)"  \
  " || quote(input_schema) || quote(output_schema) || quote(execution_count) ||"                              \
  " quote(average_execution_time) || quote(activation_threshold), char(10)) FROM neurons"

static char *
query (const char *path,
       const char *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return text;
}

static void
execute (const char *path,
         const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static EngramDatabase *
open_network (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  return database;
}

static void
rename_neuron_1 (EngramDatabase  *database,
                 GError         **error)
{
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (store, NEURON_1, NULL, NULL);

  g_assert_nonnull (neuron);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "changed");
  engram_neuron_store_update (store, neuron, NULL, error);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
test_create (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a new network ä.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, &error);
  g_autoptr (EngramDatabaseStatistics) statistics = NULL;

  g_assert_no_error (error);
  statistics = engram_database_get_statistics (database, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (statistics->neurons, ==, 0);
  g_assert_cmpuint (statistics->synapses, ==, 0);
  g_assert_cmpint (statistics->schema_version, ==, ENGRAM_SCHEMA_VERSION);
  g_assert_cmpuint (statistics->application_id, ==, 0x456E6772);
  g_assert_cmpstr (statistics->journal_mode, ==, "wal");
  g_assert_cmpuint (statistics->dimension, ==, 0);

  g_clear_object (&database);
  g_assert_cmpuint (count_files (folder), ==, 1);

  g_assert_null (engram_database_create (path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
}

static void
test_create_fails (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "no folder", "a.db", NULL);
  g_autofree char *cancelled_path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_database_create (path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_database_create (cancelled_path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
assert_refused (const char  *path,
                EngramError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_database_open (path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, (int) code);
}

static void
test_refuse (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "file.db", NULL);

  assert_refused (folder, ENGRAM_ERROR_NOT_A_NETWORK);
  assert_refused (path, ENGRAM_ERROR_NO_FILE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_refused (path, ENGRAM_ERROR_NOT_A_NETWORK);
  g_assert_true (g_file_set_contents (path, "hello, this is a text", -1, NULL));
  assert_refused (path, ENGRAM_ERROR_NOT_A_NETWORK);
  g_remove (path);

  execute (path, "CREATE TABLE bookmarks (url TEXT)");
  assert_refused (path, ENGRAM_ERROR_NOT_A_NETWORK);
  execute (path, "CREATE VIRTUAL TABLE neurons USING fts5(id); CREATE TABLE synapses (id TEXT)");
  assert_refused (path, ENGRAM_ERROR_NOT_A_NETWORK);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

static EngramDatabase *
open_in_worker (const char    *path,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  engram_database_open_async (path, cancellable, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return engram_database_open_finish (result, error);
}

static void
test_open_async (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = open_in_worker (path, cancellable, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (engram_database_get_path (database), ==, path);
  g_assert_null (open_in_worker (folder, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (open_in_worker (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refuse_computed_column (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");

  execute (path, "ALTER TABLE synapses DROP COLUMN usage_count;"
                 "ALTER TABLE synapses ADD COLUMN usage_count INTEGER AS (1) VIRTUAL");
  assert_refused (path, ENGRAM_ERROR_NOT_A_NETWORK);
}

/* A column of that name would hide which row is which: to delete one neuron would delete others. */
static void
test_refuse_hidden_row_ids (void)
{
  static const char *const statements[] = {
    "ALTER TABLE neurons ADD COLUMN rowid INTEGER DEFAULT 1",
    "ALTER TABLE synapses ADD COLUMN RowID TEXT",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = test_version_1 (folder, "a.db");

      execute (path, statements[i]);
      assert_refused (path, ENGRAM_ERROR_NOT_A_NETWORK);
    }
}

/* Names of the row id that Engram does not use are columns like others. */
static void
test_other_names_of_row_ids (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  execute (path, "ALTER TABLE neurons ADD COLUMN oid TEXT; ALTER TABLE neurons ADD COLUMN _rowid_ TEXT");
  database = open_network (path);
  rename_neuron_1 (database, &error);
  g_assert_no_error (error);
}

static void
test_file_name_like_uri (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "file:a.db?mode=memory#ü 100%");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (GError) error = NULL;

  rename_neuron_1 (database, &error);
  g_assert_no_error (error);
}

static void
test_upgrade_from_1 (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = query (path, VERSION_1_ROWS);
  g_autofree char *after = NULL, *mode = NULL, *versions = NULL, *id = NULL, *columns = NULL;
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (engram_database_get_schema_version (database), ==, 1);
  neuron = engram_neuron_new ("memory");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"importance\": 0.75, \"context\": {\"a\": [1, 2.0]}}");
  g_assert_true (engram_neuron_store_create (store, neuron, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (engram_database_get_schema_version (database), ==, ENGRAM_SCHEMA_VERSION);
  g_assert_true (engram_neuron_store_delete (store, neuron->id, NULL, NULL, &error));
  g_clear_object (&store);
  g_clear_object (&database);

  after = query (path, VERSION_1_ROWS);
  g_assert_cmpstr (after, ==, before);
  mode = query (path, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "wal");
  versions = query (path, "SELECT group_concat(version) FROM (SELECT version FROM schema_version ORDER BY 1)");
  g_assert_cmpstr (versions, ==, "1,2,3");
  id = query (path, "SELECT value FROM engram_network WHERE key='id'");
  g_assert_true (engram_uuid_is_valid (id));
  columns = query (path, "SELECT name FROM pragma_table_info('neurons') WHERE cid=20");
  g_assert_cmpstr (columns, ==, "engram_fields");
}

/* Version 2 had fields for neurons alone: its synapses are read as they are, and get theirs with the first write. */
static void
test_upgrade_from_2 (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramSynapseStore) store = NULL;
  g_autoptr (EngramSynapse) synapse = NULL, read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *synapse_id = query (path, "SELECT id FROM synapses LIMIT 1");
  g_autofree char *id = NULL, *versions = NULL;

  execute (path, "ALTER TABLE neurons ADD COLUMN engram_fields TEXT;"
                 "CREATE TABLE engram_network (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
                 "INSERT INTO engram_network VALUES ('id', 'd3b07384-d9a0-4c9e-8b1a-000000000001');"
                 "INSERT INTO schema_version (version) VALUES (2)");
  database = open_network (path);
  store = engram_synapse_store_new (database);
  synapse = engram_synapse_store_get (store, synapse_id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (synapse->fields);
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_FIELDS, "{\"weight\": 1}");
  g_assert_true (engram_synapse_store_update (store, synapse, NULL, &error));
  g_assert_no_error (error);
  read = engram_synapse_store_get (store, synapse_id, NULL, &error);
  g_assert_cmpstr (read->fields, ==, "{\"weight\": 1}");
  g_clear_object (&store);
  g_clear_object (&database);

  versions = query (path, "SELECT group_concat(version) FROM (SELECT version FROM schema_version ORDER BY 1)");
  g_assert_cmpstr (versions, ==, "1,2,3");
  id = query (path, "SELECT value FROM engram_network WHERE key='id'");
  g_assert_cmpstr (id, ==, "d3b07384-d9a0-4c9e-8b1a-000000000001");
}

/* The fields without a column come back, and a program that writes the columns of version 1 does them no harm. */
static void
test_fields_survive (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("memory"), read = NULL;
  g_autofree char *update = NULL;
  const char *fields = "{\"importance\": 0.75, \"context\": {\"big\": 12345678901234567890}}";
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields);
  g_assert_true (engram_neuron_store_create (store, neuron, NULL, &error));
  update = g_strdup_printf ("UPDATE neurons SET activation_level=0.5, metadata='{}' WHERE id='%s'", neuron->id);
  execute (path, update);

  read = engram_neuron_store_get (store, neuron->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->fields, ==, fields);
  g_assert_cmpfloat (read->activation_level, ==, 0.5);
}

/* A first write that fails takes its upgrade back. */
static void
test_upgrade_rolled_back (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *columns = NULL;
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramSynapseStore) store = engram_synapse_store_new (database);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_synapse_free);
  g_autoptr (GError) error = NULL;

  /* The first one is good, so the transaction begins. */
  g_ptr_array_add (batch, engram_synapse_new (NEURON_1, NEURON_1, 0.5, "knowledge"));
  g_ptr_array_add (batch, engram_synapse_new (NEURON_1, "nobody", 0.5, "knowledge"));
  g_assert_false (engram_synapse_store_create_batch (store, batch, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_cmpint (engram_database_get_schema_version (database), ==, 1);
  columns = query (path, "SELECT count(*) FROM pragma_table_info('neurons')");
  g_assert_cmpstr (columns, ==, "20");
}

static void
assert_code (GError      **error,
             EngramError   code)
{
  g_assert_error (*error, ENGRAM_ERROR, (int) code);
  g_clear_error (error);
}

/* What is refused is refused without a write: also while another program holds the lock for that. */
static void
test_refused_write_touches_nothing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (database);
  g_autoptr (EngramNeuron) stored = engram_neuron_store_get (neurons, NEURON_1, NULL, NULL);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (NEURON_1, "nobody", 0.5, "knowledge");
  g_autoptr (GPtrArray) list = engram_synapse_store_list_after (synapses, G_MININT64, 1, NULL, NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (engram_neuron_store_create (neurons, stored, NULL, &error));
  assert_code (&error, ENGRAM_ERROR_EXISTS);
  g_assert_false (engram_synapse_store_create (synapses, list->pdata[0], NULL, &error));
  assert_code (&error, ENGRAM_ERROR_EXISTS);
  g_assert_false (engram_synapse_store_create (synapses, synapse, NULL, &error));
  assert_code (&error, ENGRAM_ERROR_NOT_FOUND);
  engram_neuron_set_vector (neuron, (float[]) { 1, 2 }, 2);
  g_assert_false (engram_neuron_store_create (neurons, neuron, NULL, &error));
  assert_code (&error, ENGRAM_ERROR_INVALID);
  engram_neuron_set_vector (stored, (float[]) { 1, 2 }, 2);
  g_assert_false (engram_neuron_store_update (neurons, stored, NULL, &error));
  assert_code (&error, ENGRAM_ERROR_INVALID);

  sqlite3_close (other);
  g_clear_object (&neurons);
  g_clear_object (&synapses);
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static void
test_newer_schema (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  execute (path, "INSERT INTO schema_version (version) VALUES (99)");
  before = test_hash_file (path);
  database = open_network (path);
  g_assert_cmpint (engram_database_get_access (database), ==, ENGRAM_DATABASE_ACCESS_NEWER);
  rename_neuron_1 (database, &error);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NEWER);
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_hard_link (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = g_build_filename (folder, "b.db", NULL);
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (link (path, other), ==, 0);
  database = open_network (path);
  g_assert_cmpint (engram_database_get_access (database), ==, ENGRAM_DATABASE_ACCESS_LINKED);
  rename_neuron_1 (database, &error);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_symbolic_link (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = g_build_filename (folder, "b.db", NULL);
  g_autoptr (EngramDatabase) database = NULL;

  g_assert_cmpint (symlink (path, other), ==, 0);
  database = open_network (other);
  g_assert_cmpstr (engram_database_get_path (database), ==, path);
}

/* Another program holds the lock longer than anybody waits; then it lets go. */
static void
test_locked (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  rename_neuron_1 (database, &error);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);

  text = query (path, "SELECT source_data FROM neurons WHERE rowid=1");
  g_assert_cmpstr (text, !=, "changed");
  rename_neuron_1 (database, &error);
  g_assert_no_error (error);
}

static void
test_trigger_does_not_fire (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *count = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  execute (path, "CREATE TRIGGER bite AFTER UPDATE ON neurons BEGIN DELETE FROM synapses; END");
  database = open_network (path);
  g_assert_cmpstr (engram_database_get_foreign_triggers (database)[0], ==, "bite");
  g_assert_null (engram_database_get_foreign_triggers (database)[1]);
  rename_neuron_1 (database, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  count = query (path, "SELECT count(*) FROM synapses");
  g_assert_cmpstr (count, ==, "6");
}

static void
test_statistics (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabaseStatistics) statistics = engram_database_get_statistics (database, NULL, &error);
  g_autoptr (EngramDatabaseStatistics) copy = NULL;

  g_assert_no_error (error);
  copy = engram_database_statistics_copy (statistics);
  g_assert_cmpuint (copy->neurons, ==, 5);
  g_assert_cmpuint (copy->synapses, ==, 6);
  g_assert_cmpuint (copy->types->len, ==, 4);
  g_assert_cmpstr (g_array_index (copy->types, EngramCount, 0).name, ==, "knowledge");
  g_assert_cmpuint (g_array_index (copy->types, EngramCount, 0).count, ==, 2);
  g_assert_cmpuint (copy->dimension, ==, 8);
  g_assert_cmpuint (g_array_index (copy->dimensions, EngramDimensionCount, 0).count, ==, 4);
  g_assert_cmpuint (copy->size_bytes, ==, 53248);
  g_assert_cmpint (copy->schema_version, ==, 1);
  g_assert_cmpstr (copy->journal_mode, ==, "delete");
  g_assert_cmpuint (copy->application_id, ==, 0);
}

static void
test_change_stamp (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (GError) error = NULL;
  guint64 first, same, foreign, own;

  g_assert_true (engram_database_get_change_stamp (database, &first, NULL, &error));
  g_assert_true (engram_database_get_change_stamp (database, &same, NULL, &error));
  g_assert_cmpuint (same, ==, first);
  execute (path, "UPDATE neurons SET activation_level=0.25");
  g_assert_true (engram_database_get_change_stamp (database, &foreign, NULL, &error));
  g_assert_cmpuint (foreign, !=, same);
  rename_neuron_1 (database, &error);
  g_assert_true (engram_database_get_change_stamp (database, &own, NULL, &error));
  g_assert_cmpuint (own, !=, foreign);
}

static void
remember_fraction (const char *phase,
                   double      fraction,
                   gpointer    last)
{
  g_assert_cmpfloat (fraction, >=, *(double *) last);
  g_assert_cmpfloat (fraction, <=, 1);
  g_assert_nonnull (phase);
  *(double *) last = fraction;
}

static void
test_vacuum (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = NULL, *after = NULL, *rowids = NULL, *check = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramDatabaseStatistics) large = NULL, small = NULL;
  g_autoptr (GError) error = NULL;
  double fraction = 0;

  execute (path, "CREATE TABLE ballast (data); INSERT INTO ballast VALUES (zeroblob(3000000)); DROP TABLE ballast;"
                 "DELETE FROM neurons WHERE rowid=2");
  before = query (path, VERSION_1_ROWS);
  database = open_network (path);
  large = engram_database_get_statistics (database, NULL, &error);
  g_assert_cmpuint (large->free_bytes, >=, 2000000);
  g_assert_true (engram_database_vacuum (database, remember_fraction, &fraction, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (fraction, >, 0);
  small = engram_database_get_statistics (database, NULL, &error);
  g_assert_cmpuint (small->free_bytes, ==, 0);
  g_assert_cmpuint (small->size_bytes, <, 100000);
  g_clear_object (&database);

  after = query (path, VERSION_1_ROWS);
  g_assert_cmpstr (after, ==, before);
  rowids = query (path, "SELECT group_concat(rowid) FROM neurons");
  g_assert_cmpstr (rowids, ==, "1,3,4,5");
  check = query (path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static void
cancel_soon (const char *phase,
             double      fraction,
             gpointer    cancellable)
{
  if (fraction >= 0.5)
    g_cancellable_cancel (cancellable);
}

static void
test_vacuum_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramDatabaseStatistics) statistics = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  /* More pages than are copied in one step. */
  execute (path, "CREATE TABLE ballast (data); INSERT INTO ballast VALUES (zeroblob(3000000));"
                 "CREATE TABLE notes (data); INSERT INTO notes VALUES (zeroblob(9000000)); DROP TABLE ballast");
  database = open_network (path);
  g_assert_false (engram_database_vacuum (database, cancel_soon, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  statistics = engram_database_get_statistics (database, NULL, &error);
  g_assert_cmpuint (statistics->free_bytes, >, 0);

  /* Nothing is left behind, and the writer is free again. */
  rename_neuron_1 (database, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/database/create", test_create);
  g_test_add_func ("/database/create-fails", test_create_fails);
  g_test_add_func ("/database/refuse", test_refuse);
  g_test_add_func ("/database/open-async", test_open_async);
  g_test_add_func ("/database/refuse-computed-column", test_refuse_computed_column);
  g_test_add_func ("/database/refuse-hidden-row-ids", test_refuse_hidden_row_ids);
  g_test_add_func ("/database/other-names-of-row-ids", test_other_names_of_row_ids);
  g_test_add_func ("/database/file-name-like-uri", test_file_name_like_uri);
  g_test_add_func ("/database/upgrade-from-1", test_upgrade_from_1);
  g_test_add_func ("/database/upgrade-from-2", test_upgrade_from_2);
  g_test_add_func ("/database/fields-survive", test_fields_survive);
  g_test_add_func ("/database/upgrade-rolled-back", test_upgrade_rolled_back);
  g_test_add_func ("/database/refused-write-touches-nothing", test_refused_write_touches_nothing);
  g_test_add_func ("/database/newer-schema", test_newer_schema);
  g_test_add_func ("/database/hard-link", test_hard_link);
  g_test_add_func ("/database/symbolic-link", test_symbolic_link);
  g_test_add_func ("/database/locked", test_locked);
  g_test_add_func ("/database/trigger-does-not-fire", test_trigger_does_not_fire);
  g_test_add_func ("/database/statistics", test_statistics);
  g_test_add_func ("/database/change-stamp", test_change_stamp);
  g_test_add_func ("/database/vacuum", test_vacuum);
  g_test_add_func ("/database/vacuum-cancelled", test_vacuum_cancelled);
  return g_test_run ();
}
