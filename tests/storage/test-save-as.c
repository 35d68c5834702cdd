/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "store-fixture.h"

static char *
make_path (StoreFixture *self,
           const char   *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static char *
hash_content (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  char *hash = engram_content_hash (database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return hash;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

static void
fill (StoreFixture *self)
{
  g_autoptr (EngramNeuron) one = make_full_neuron ();
  g_autoptr (EngramNeuron) other = engram_neuron_new ("tool");
  g_autoptr (EngramSynapse) synapse = NULL;

  store_fixture_create (self, one);
  store_fixture_create (self, other);
  synapse = store_fixture_join (self, one->id, other->id, -0.5);
}

/* What is in the WAL only is in the new file too, and the old one stays as it is. */
static void
test_copy (StoreFixture  *self,
           gconstpointer  data)
{
  g_autofree char *path = make_path (self, "Größe und Ort.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (EngramDatabase) copy = NULL;
  g_autoptr (GError) error = NULL;

  fill (self);
  before = hash_content (self->database);
  g_assert_true (engram_database_save_as (self->database, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);

  copy = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (engram_database_get_access (copy), ==, ENGRAM_DATABASE_ACCESS_WRITE);
  after = hash_content (copy);
  g_assert_cmpstr (after, ==, before);
  store_fixture_assert_count (self, 2, 1);
}

static void
test_exists (StoreFixture  *self,
             gconstpointer  data)
{
  g_autofree char *path = make_path (self, "other.db");
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  fill (self);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (engram_database_save_as (self->database, path, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

static void
test_cancelled (StoreFixture  *self,
                gconstpointer  data)
{
  g_autofree char *path = make_path (self, "other.db");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_files;

  fill (self);
  n_files = count_files (self->folder);
  g_cancellable_cancel (cancellable);
  g_assert_false (engram_database_save_as (self->database, path, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (self->folder), ==, n_files);
}

static void
test_no_folder (StoreFixture  *self,
                gconstpointer  data)
{
  g_autofree char *path = make_path (self, "absent/other.db");
  g_autoptr (GError) error = NULL;

  fill (self);
  g_assert_false (engram_database_save_as (self->database, path, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD_STORE_TEST ("/save-as/copy", NULL, test_copy);
  ADD_STORE_TEST ("/save-as/exists", NULL, test_exists);
  ADD_STORE_TEST ("/save-as/cancelled", NULL, test_cancelled);
  ADD_STORE_TEST ("/save-as/no-folder", NULL, test_no_folder);
  return g_test_run ();
}
