/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "test-support.h"

/* Files that the document portal hands over: they lie in `doc` in the folder of run-time files. */

static void
test_names (void)
{
  static const struct {
    const char *path;
    gboolean    is_from_portal;
  } cases[] = {
    { "/run/user/1000/doc/6a8f1c2d/network.db", TRUE },
    { "/run/user/0/doc/by-app/an.App/6a8f1c2d/network.db", TRUE },
    { "/run/flatpak/doc/6a8f1c2d/network.db", TRUE },
    { "/run/user/1000/./doc/../doc/6a8f1c2d/network.db", TRUE },
    { "/run/user/1000/documents/network.db", FALSE },
    { "/run/user/somebody/doc/network.db", FALSE },
    { "/run/user/1000/doc/../network.db", FALSE },
    { "/home/run/user/1000/doc/network.db", FALSE },
    { "/run/flatpak/document.db", FALSE },
    { "network.db", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      g_assert_true (engram_portal_has_file (cases[i].path) == cases[i].is_from_portal);
    }
}

/* The path of a network in a folder of the portal's. */
static char *
hand_over (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "doc", "6a8f1c2d", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return test_version_1 (folder, "network.db");
}

static guint
count_files (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

static guint64
count_neurons (EngramDatabase *database)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (GError) error = NULL;
  guint64 n_neurons;

  engram_neuron_store_count (neurons, &n_neurons, NULL, &error);
  g_assert_no_error (error);
  return n_neurons;
}

static EngramDatabase *
open_network (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  return database;
}

/* It is looked at, and neither it nor its folder changes. */
static void
test_looking (void)
{
  g_autofree char *path = hand_over ();
  g_autofree char *before = test_hash_file (path);
  g_autofree char *after = NULL;
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("tool");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (engram_database_get_access (database), ==, ENGRAM_DATABASE_ACCESS_PORTAL);
  g_assert_cmpuint (count_neurons (database), ==, 5);
  g_assert_cmpuint (count_files (path), ==, 1);
  g_assert_false (engram_neuron_store_create (neurons, neuron, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);

  g_clear_object (&neurons);
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (count_files (path), ==, 1);
}

/* What somebody writes to the file, or that it goes, changes nothing of what is seen: half of a change is not seen as a
 * whole one. */
static void
test_stays (void)
{
  g_autofree char *path = hand_over ();
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (GError) error = NULL;
  guint64 first, second;

  g_assert_true (engram_database_get_change_stamp (database, &first, NULL, &error));
  g_assert_true (g_file_set_contents (path, "another", -1, NULL));
  g_assert_cmpuint (count_neurons (database), ==, 5);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpuint (count_neurons (database), ==, 5);
  g_assert_true (engram_database_get_change_stamp (database, &second, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (first, ==, second);
}

/* A copy of it elsewhere can be changed. */
static void
test_copy (void)
{
  g_autofree char *path = hand_over ();
  g_autofree char *copy_path = g_build_filename (g_get_user_data_dir (), "copy.db", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  engram_database_save_as (database, copy_path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  copy = open_network (copy_path);
  g_assert_cmpint (engram_database_get_access (copy), ==, ENGRAM_DATABASE_ACCESS_WRITE);
  g_assert_cmpuint (count_neurons (copy), ==, 5);
}

/* Nothing can be put beside it: its backups go where the person's data are. */
static void
test_backup (void)
{
  g_autofree char *path = hand_over ();
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "engram", "backups", NULL);
  g_autofree char *usual = engram_backup_get_default_folder (path);
  g_autofree char *made_in = NULL;
  const EngramBackupOptions options = { .reason = ENGRAM_BACKUP_REASON_MANUAL };
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (usual, ==, folder);
  backup = engram_backup_create (database, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  made_in = g_path_get_dirname (backup->path);
  g_assert_cmpstr (made_in, ==, folder);
  g_assert_cmpuint (count_files (path), ==, 1);

  g_clear_object (&database);
  report = engram_restore_unreadable (path, backup->path, NULL, NULL, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_assert_cmpuint (count_files (path), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/names", test_names);
  g_test_add_func ("/portal/looking", test_looking);
  g_test_add_func ("/portal/stays", test_stays);
  g_test_add_func ("/portal/copy", test_copy);
  g_test_add_func ("/portal/backup", test_backup);
  return g_test_run ();
}
