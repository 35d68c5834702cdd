/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "test-support.h"

static EngramDatabase *
open_network (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  return database;
}

static EngramContents *
load_all (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  EngramContents *contents = engram_load_all (database, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return contents;
}

static EngramNeuron *
get_neuron (EngramContents *contents,
            guint           i)
{
  return g_ptr_array_index (contents->neurons, i);
}

static EngramSynapse *
get_synapse (EngramContents *contents,
             guint           i)
{
  return g_ptr_array_index (contents->synapses, i);
}

static void
assert_same (EngramContents *a,
             EngramContents *b)
{
  g_assert_cmpuint (a->neurons->len, ==, b->neurons->len);
  g_assert_cmpuint (a->synapses->len, ==, b->synapses->len);
  for (guint i = 0; i < a->neurons->len; i++)
    g_assert_cmpint (engram_neuron_compare (get_neuron (a, i), get_neuron (b, i)), ==, 0);
  for (guint i = 0; i < a->synapses->len; i++)
    g_assert_cmpint (engram_synapse_compare (get_synapse (a, i), get_synapse (b, i)), ==, 0);
}

static void
test_load_all (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramContents) contents = NULL;
  g_autoptr (GError) error = NULL;
  EngramTransfer transfer;

  contents = engram_load_all (database, &transfer, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (transfer.neurons_created, ==, 5);
  g_assert_cmpuint (transfer.synapses_created, ==, 6);
  g_assert_cmpfloat (transfer.seconds, >=, 0);
  g_assert_true (engram_time_is_valid (transfer.time));

  g_assert_cmpstr (get_neuron (contents, 0)->source_data, ==, "The axon carries the spike away from the soma.");
  g_assert_cmpstr (get_neuron (contents, 1)->source_data, ==, "Glia are not neurons – “äöü” 🧠.");
  g_assert_cmpuint (get_neuron (contents, 0)->vector_length, ==, 8);
  g_assert_cmpfloat (get_neuron (contents, 0)->vector[7], ==, 0.4375f);
  g_assert_null (get_neuron (contents, 3)->vector);
  g_assert_cmpint (get_neuron (contents, 3)->odd, ==, 0);
  g_assert_cmpint (get_neuron (contents, 1)->nulls, ==, ENGRAM_NEURON_COMPRESSION_RATIO);
  g_assert_cmpstr (get_synapse (contents, 1)->last_traversed, ==, NULL);
  g_assert_cmpint (get_synapse (contents, 5)->usage_count, ==, 5);
  g_assert_cmpfloat (get_synapse (contents, 3)->weight, ==, -1);
}

static void
test_load_original (void)
{
  g_autofree char *path = test_shared_data ("original/network.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramContents) contents = NULL;

  if (path == NULL)
    return;
  database = open_network (path);
  contents = load_all (database);
  g_assert_cmpuint (contents->neurons->len, ==, 240);
  g_assert_cmpuint (contents->synapses->len, ==, 900);
  for (guint i = 0; i < contents->neurons->len; i++)
    {
      g_autoptr (GError) error = NULL;

      engram_neuron_validate (get_neuron (contents, i), ENGRAM_NEURON_ALL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (get_neuron (contents, i)->vector_length, ==, 384);
    }
}

static void
test_save_new (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *new_path = g_build_filename (folder, "new.db", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramDatabase) new_database = NULL;
  g_autoptr (EngramContents) contents = load_all (database);
  g_autoptr (EngramContents) copy = engram_contents_copy (contents);
  g_autoptr (EngramContents) read = NULL;
  g_autoptr (GError) error = NULL;
  EngramTransfer transfer;

  engram_neuron_set_text (get_neuron (copy, 3), ENGRAM_NEURON_FIELDS, "{\"importance\": 0.25}");
  g_assert_true (engram_save_new (new_path, copy, &transfer, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (transfer.neurons_created, ==, 5);
  new_database = open_network (new_path);
  read = load_all (new_database);
  assert_same (read, copy);
  g_assert_cmpstr (get_neuron (read, 3)->fields, ==, "{\"importance\": 0.25}");

  g_assert_false (engram_save_new (new_path, copy, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
}

typedef void (*SpoilFunc) (EngramContents *contents);

static void
spoil_weight (EngramContents *contents)
{
  get_synapse (contents, 2)->weight = 1.5;
}

static void
spoil_end (EngramContents *contents)
{
  g_ptr_array_remove_index (contents->neurons, 0);
}

static void
spoil_position (EngramContents *contents)
{
  get_neuron (contents, 4)->position[1] = NAN;
}

static void
spoil_vector_length (EngramContents *contents)
{
  engram_neuron_set_vector (get_neuron (contents, 2), (float[]) { 1, 2 }, 2);
}

static void
spoil_length (EngramContents *contents)
{
  const gsize size = 257 * 1024 * 1024;
  g_autofree char *text = g_malloc (size + 1);

  memset (text, 'a', size);
  text[size] = '\0';
  engram_neuron_set_text (get_neuron (contents, 2), ENGRAM_NEURON_EXECUTABLE_CODE, text);
}

static void
spoil_id (EngramContents *contents)
{
  engram_neuron_set_text (get_neuron (contents, 1), ENGRAM_NEURON_ID, get_neuron (contents, 0)->id);
}

static void
spoil_synapse_id (EngramContents *contents)
{
  engram_synapse_set_text (get_synapse (contents, 1), ENGRAM_SYNAPSE_ID, get_synapse (contents, 0)->id);
}

static const struct {
  const char *name;
  SpoilFunc   spoil;
  EngramError code;
  const char *field;
} spoilings[] = {
  { "weight", spoil_weight, ENGRAM_ERROR_INVALID, "weight" },
  { "end", spoil_end, ENGRAM_ERROR_NOT_FOUND, "source_neuron_id" },
  { "position", spoil_position, ENGRAM_ERROR_INVALID, "position" },
  { "vector-length", spoil_vector_length, ENGRAM_ERROR_INVALID, "vector" },
  { "length", spoil_length, ENGRAM_ERROR_INVALID, "executable_code" },
  { "id", spoil_id, ENGRAM_ERROR_EXISTS, "id" },
  { "synapse-id", spoil_synapse_id, ENGRAM_ERROR_EXISTS, "id" },
};

/* Nothing is half written: no new file, and the old one as it was. */
static void
test_save_refuses (gconstpointer user_data)
{
  guint n = GPOINTER_TO_UINT (user_data);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *new_path = g_build_filename (folder, "new.db", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramContents) before = load_all (database);
  g_autoptr (EngramContents) contents = engram_contents_copy (before);
  g_autoptr (EngramContents) after = NULL;
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (get_neuron (contents, 0), ENGRAM_NEURON_SOURCE_DATA, "changed");
  spoilings[n].spoil (contents);
  g_assert_false (engram_save_new (new_path, contents, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, (int) spoilings[n].code);
  g_assert_cmpstr (engram_error_get_field (error), ==, spoilings[n].field);
  g_assert_nonnull (engram_error_get_id (error));
  g_assert_nonnull (strstr (error->message, engram_error_get_id (error)));
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  g_assert_false (engram_save_all (database, contents, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  after = load_all (database);
  assert_same (after, before);
}

static void
test_save_all (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramContents) contents = load_all (database);
  g_autoptr (EngramContents) read = NULL;
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_new ("knowledge");
  EngramTransfer transfer;

  /* Neuron 5 goes, with the one synapse that leads to it; synapse 6 goes; one of each comes; two neurons change. */
  g_ptr_array_remove_index (contents->synapses, 5);
  g_ptr_array_remove_index (contents->synapses, 4);
  g_ptr_array_remove_index (contents->neurons, 4);
  g_ptr_array_add (contents->neurons, neuron);
  g_ptr_array_add (contents->synapses, engram_synapse_new (neuron->id, get_neuron (contents, 0)->id, 0.5, "knowledge"));
  get_neuron (contents, 0)->activation_level = 0.75;
  engram_neuron_set_vector (get_neuron (contents, 1), NULL, 0);

  g_assert_true (engram_save_all (database, contents, &transfer, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (transfer.neurons_created, ==, 1);
  g_assert_cmpuint (transfer.neurons_modified, ==, 2);
  g_assert_cmpuint (transfer.neurons_deleted, ==, 1);
  g_assert_cmpuint (transfer.synapses_created, ==, 1);
  g_assert_cmpuint (transfer.synapses_modified, ==, 0);
  g_assert_cmpuint (transfer.synapses_deleted, ==, 2);
  read = load_all (database);
  assert_same (read, contents);
  g_assert_cmpint (get_neuron (read, 1)->rowid, ==, 2);

  g_assert_true (engram_save_all (database, contents, &transfer, NULL, NULL, NULL, &error));
  g_assert_cmpuint (transfer.neurons_modified, ==, 0);
}

/* What cannot be read stays as it is in its row, and other columns too. */
static void
test_save_all_keeps_unknown (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramContents) contents = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "ALTER TABLE neurons ADD COLUMN lab_note TEXT;"
                                         "UPDATE neurons SET lab_note='kept', vector=x'01020304050607' WHERE rowid=1",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  database = open_network (path);
  contents = load_all (database);
  g_assert_true ((get_neuron (contents, 0)->odd & ENGRAM_NEURON_VECTOR) != 0);
  engram_neuron_set_text (get_neuron (contents, 0), ENGRAM_NEURON_SOURCE_DATA, "changed");
  g_assert_true (engram_save_all (database, contents, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  sqlite3_prepare_v2 (handle, "SELECT lab_note || hex(vector) || source_data FROM neurons WHERE rowid=1", -1, &statement,
                      NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "kept01020304050607changed");
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static void
test_save_changes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramContents) contents = load_all (database);
  g_autoptr (EngramContents) read = NULL;
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_new ("sensor");
  EngramTransfer transfer;

  get_neuron (contents, 0)->activation_level = 0.75;
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, get_neuron (contents, 0)->id, ENGRAM_CHANGE_MODIFIED);
  /* Changed, but not marked: not written. */
  get_neuron (contents, 1)->activation_level = 0.125;
  get_synapse (contents, 0)->weight = -0.5;
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, get_synapse (contents, 0)->id, ENGRAM_CHANGE_MODIFIED);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, get_synapse (contents, 5)->id, ENGRAM_CHANGE_DELETED);
  g_ptr_array_remove_index (contents->synapses, 5);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, get_neuron (contents, 4)->id, ENGRAM_CHANGE_DELETED);
  g_ptr_array_add (contents->neurons, neuron);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, neuron->id, ENGRAM_CHANGE_CREATED);

  g_assert_true (engram_save_changes (database, contents, tracker, &transfer, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (transfer.neurons_created, ==, 1);
  g_assert_cmpuint (transfer.neurons_modified, ==, 1);
  g_assert_cmpuint (transfer.neurons_deleted, ==, 1);
  g_assert_cmpuint (transfer.synapses_modified, ==, 1);
  g_assert_cmpuint (transfer.synapses_deleted, ==, 2);
  g_assert_true (engram_change_tracker_is_empty (tracker));

  read = load_all (database);
  g_assert_cmpuint (read->neurons->len, ==, 5);
  g_assert_cmpuint (read->synapses->len, ==, 4);
  g_assert_cmpfloat (get_neuron (read, 0)->activation_level, ==, 0.75);
  g_assert_cmpfloat (get_neuron (read, 1)->activation_level, ==, 0.25);
  g_assert_cmpfloat (get_synapse (read, 0)->weight, ==, -0.5);
  g_assert_cmpstr (get_neuron (read, 4)->type, ==, "sensor");
}

static void
test_save_changes_fails (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = test_hash_file (path);
  g_autofree char *after = NULL;
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramContents) contents = load_all (database);
  g_autoptr (EngramContents) read = NULL;
  g_autoptr (EngramChangeTracker) tracker = engram_change_tracker_new ();
  g_autoptr (GError) error = NULL;

  /* Nothing marked: nothing touched. */
  g_assert_true (engram_save_changes (database, contents, tracker, NULL, NULL, &error));
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);

  get_neuron (contents, 0)->activation_level = 0.75;
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, get_neuron (contents, 0)->id, ENGRAM_CHANGE_MODIFIED);
  get_synapse (contents, 0)->weight = 7;
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_SYNAPSE, get_synapse (contents, 0)->id, ENGRAM_CHANGE_MODIFIED);
  g_assert_false (engram_save_changes (database, contents, tracker, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_cmpstr (engram_error_get_field (error), ==, "weight");
  g_clear_error (&error);
  g_assert_cmpuint (engram_change_tracker_count (tracker, ENGRAM_CHANGE_NEURON, ENGRAM_CHANGE_MODIFIED), ==, 1);
  read = load_all (database);
  g_assert_cmpfloat (get_neuron (read, 0)->activation_level, ==, 0);

  engram_change_tracker_clear (tracker);
  engram_change_tracker_mark (tracker, ENGRAM_CHANGE_NEURON, "nobody", ENGRAM_CHANGE_MODIFIED);
  g_assert_false (engram_save_changes (database, contents, tracker, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    cancellable)
{
  if (fraction > 0.4)
    g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *new_path = g_build_filename (folder, "new.db", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramContents) contents = load_all (database);
  g_autoptr (EngramContents) read = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  get_neuron (contents, 0)->activation_level = 0.75;
  get_synapse (contents, 0)->weight = 0.75;
  g_assert_false (engram_save_all (database, contents, NULL, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  read = load_all (database);
  g_assert_cmpfloat (get_neuron (read, 0)->activation_level, ==, 0);

  g_cancellable_reset (cancellable);
  g_assert_false (engram_save_new (new_path, contents, NULL, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_load_all (database, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serializer/load-all", test_load_all);
  g_test_add_func ("/serializer/load-original", test_load_original);
  g_test_add_func ("/serializer/save-new", test_save_new);
  for (guint i = 0; i < G_N_ELEMENTS (spoilings); i++)
    {
      g_autofree char *name = g_strconcat ("/serializer/refuses/", spoilings[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_save_refuses);
    }
  g_test_add_func ("/serializer/save-all", test_save_all);
  g_test_add_func ("/serializer/save-all-keeps-unknown", test_save_all_keeps_unknown);
  g_test_add_func ("/serializer/save-changes", test_save_changes);
  g_test_add_func ("/serializer/save-changes-fails", test_save_changes_fails);
  g_test_add_func ("/serializer/cancel", test_cancel);
  return g_test_run ();
}
