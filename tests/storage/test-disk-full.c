/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sqlite3.h>

#include "own-disk.h"
#include "test-support.h"

/* A disk of 3 MiB that is really full: a file system in memory, mounted where only a process of the test sees it. */

#define DISK_OPTIONS "size=3m"

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_test_message ("on the disk: %s", name);
      count++;
    }
  return count;
}

/* More than the disk holds. */
static GPtrArray *
make_neurons (void)
{
  GPtrArray *neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
  g_autofree char *text = g_strnfill (20000, 'a');

  for (guint i = 0; i < 300; i++)
    {
      EngramNeuron *neuron = engram_neuron_new ("knowledge");

      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
      g_ptr_array_add (neurons, neuron);
    }
  return neurons;
}

static void
assert_intact (const char *path,
               guint64     n_neurons)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA integrity_check", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT count(*) FROM neurons", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpuint (sqlite3_column_int64 (statement, 0), ==, n_neurons);
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static void
fill_by_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GPtrArray) neurons = make_neurons ();
  g_autoptr (EngramNeuron) small = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = NULL;

  g_assert_no_error (error);
  store = engram_neuron_store_new (database);
  g_assert_false (engram_neuron_store_create_batch (store, neurons, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_clear_error (&error);

  /* What fits still can be written. */
  g_assert_true (engram_neuron_store_create (store, small, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  g_clear_object (&database);
  assert_intact (path, 1);
}

static void
fill_by_new_network (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (EngramContents) contents = engram_contents_new ();
  EngramGeneratorOptions options = { 5000, 5000, 384, 1 };
  g_autoptr (GError) error = NULL;

  g_ptr_array_unref (contents->neurons);
  contents->neurons = make_neurons ();
  g_assert_false (engram_save_new (path, contents, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (folder), ==, 0);

  g_assert_false (engram_generate (path, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
fill_by_vacuum (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (GPtrArray) neurons = make_neurons ();

  g_assert_no_error (error);
  store = engram_neuron_store_new (database);
  g_ptr_array_set_size (neurons, 60);
  g_assert_true (engram_neuron_store_create_batch (store, neurons, NULL, &error));
  g_assert_false (engram_database_vacuum (database, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_clear_object (&store);
  g_clear_object (&database);
  g_assert_cmpuint (count_files (folder), ==, 1);
  assert_intact (path, 60);
}

static void
test_on_small_disk (gconstpointer user_data)
{
  own_disk_run ((OwnDiskFunc) user_data, DISK_OPTIONS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/disk-full/store", fill_by_store, test_on_small_disk);
  g_test_add_data_func ("/disk-full/new-network", fill_by_new_network, test_on_small_disk);
  g_test_add_data_func ("/disk-full/vacuum", fill_by_vacuum, test_on_small_disk);
  return g_test_run ();
}
