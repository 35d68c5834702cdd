/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import-support.h"
#include "own-disk.h"

/* A document with so many rows that indexes are made afterwards. */
static char *
make_many (guint n_rows,
           guint text_length)
{
  GString *document = g_string_new ("{\"neurons\": [");
  g_autofree char *text = g_strnfill (text_length, 'a');

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (document, "%s{\"id\": \"%08x-0000-4000-9000-000000000000\", \"type\": \"knowledge\", " POSITION
                            ", " TIMES ", \"source_data\": \"%s\"}", i > 0 ? ", " : "", i, text);
  g_string_append (document, "], \"synapses\": [");
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (document, "%s{\"id\": \"%08x-0000-4000-a000-000000000000\", \"source_neuron_id\":"
                            " \"%08x-0000-4000-9000-000000000000\", \"target_neuron_id\":"
                            " \"00000000-0000-4000-9000-000000000000\", \"weight\": 0.5, \"synapse_type\": \"tool_input\", "
                            TIMES "}", i > 0 ? ", " : "", i, i);
  g_string_append (document, "]}");
  return g_string_free (document, FALSE);
}

/* Cancelling */

typedef struct {
  const char *phase; /* in which it is cancelled; NULL: in none */
  GString    *phases;
  double      fraction;
} Watch;

static Watch watch;

static void
note_progress (const char *phase,
               double      fraction,
               gpointer    user_data)
{
  ImportFixture *fixture = user_data;

  g_assert_cmpfloat (fraction, >=, watch.fraction);
  g_assert_cmpfloat (fraction, <=, 1);
  watch.fraction = fraction;
  if (watch.phases != NULL && strstr (watch.phases->str, phase) == NULL)
    g_string_append_printf (watch.phases, "%s\n", phase);
  if (g_strcmp0 (phase, watch.phase) == 0)
    g_cancellable_cancel (fixture->cancellable);
}

static void
assert_cancelled (ImportFixture *fixture,
                  const char    *phase)
{
  watch = (Watch) { phase, NULL, 0 };
  g_cancellable_reset (fixture->cancellable);
  if (phase == NULL)
    g_cancellable_cancel (fixture->cancellable);
  g_assert_false (import_fixture_try (fixture));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  import_fixture_assert_counts (fixture, "0 0 0, 0 0 0");
}

static void
test_cancel_new (ImportFixture *fixture,
                 gconstpointer  data)
{
  static const char *const phases[] = { NULL, "Reading documents", "Making indexes", "Writing to disk" };
  g_autofree char *document = make_many (7000, 10);
  g_autofree char *left = NULL;

  import_fixture_add (fixture, "a.json", document);
  fixture->progress = note_progress;
  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    assert_cancelled (fixture, phases[i]);
  fixture->options.dry_run = TRUE;
  assert_cancelled (fixture, NULL);
  assert_cancelled (fixture, "Reading documents");
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "");

  /* Nobody gives up: then it is all there. */
  fixture->options.dry_run = FALSE;
  g_cancellable_reset (fixture->cancellable);
  watch = (Watch) { NULL, g_string_new (NULL), 0 };
  import_fixture_run (fixture);
  g_assert_cmpstr (watch.phases->str, ==, "Reading documents\nMaking indexes\nWriting to disk\n");
  g_string_free (watch.phases, TRUE);
  import_fixture_assert_counts (fixture, "7000 0 0, 7000 0 0");
}

static void
test_cancel_existing (ImportFixture *fixture,
                      gconstpointer  data)
{
  static const char *const phases[] = { NULL, "Reading documents", "Making indexes" };
  g_autofree char *document = make_many (7000, 10);
  g_autofree char *before = NULL, *left = NULL;

  g_free (fixture->path);
  fixture->path = test_version_1 (fixture->folder, "version-1.db");
  before = test_hash_file (fixture->path);
  import_fixture_add (fixture, "a.json", document);
  fixture->progress = note_progress;
  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_autofree char *after = NULL;

      assert_cancelled (fixture, phases[i]);
      after = test_hash_file (fixture->path);
      g_assert_cmpstr (after, ==, before);
    }
  fixture->options.dry_run = TRUE;
  assert_cancelled (fixture, NULL);
  assert_cancelled (fixture, "Reading documents");
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "version-1.db");

  fixture->options.dry_run = FALSE;
  g_cancellable_reset (fixture->cancellable);
  watch = (Watch) { NULL, g_string_new (NULL), 0 };
  import_fixture_run (fixture);
  g_assert_cmpstr (watch.phases->str, ==, "Reading documents\nMaking indexes\n");
  g_string_free (watch.phases, TRUE);
}

/* A network that is in WAL mode: what was to be written went there, and nothing of it stays. */
static void
test_cancel_in_wal (ImportFixture *fixture,
                    gconstpointer  data)
{
  g_autofree char *document = make_many (7000, 3000);
  g_autofree char *before = NULL, *after = NULL, *left = NULL;

  import_fixture_create (fixture);
  before = test_hash_file (fixture->path);
  import_fixture_add (fixture, "a.json", document);
  fixture->progress = note_progress;
  assert_cancelled (fixture, "Making indexes");
  after = test_hash_file (fixture->path);
  g_assert_cmpstr (after, ==, before);
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "network.db");
}

/* While the network stays open, too. */
static void
test_wal_while_open (ImportFixture *fixture,
                     gconstpointer  data)
{
  g_autofree char *document = make_many (7000, 3000);
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  const char *files[2] = { NULL };
  GStatBuf status;

  import_fixture_create (fixture);
  database = engram_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  import_fixture_add (fixture, "a.json", document);
  files[0] = fixture->files->pdata[0];
  watch = (Watch) { "Making indexes", NULL, 0 };
  g_assert_false (engram_import (database, files, &fixture->options, NULL, note_progress, fixture, fixture->cancellable,
                                 &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpuint (status.st_size, ==, 0);

  g_assert_true (engram_import (database, files, &fixture->options, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpuint (status.st_size, ==, 0);
}

/* Files */

static void
assert_refused (ImportFixture *fixture,
                const char    *path,
                const char    *message)
{
  g_autofree char *good = g_build_filename (fixture->folder, "good.json", NULL);

  import_fixture_add_path (fixture, good);
  import_fixture_add_path (fixture, path);
  for (int dry_run = 0; dry_run < 2; dry_run++)
    {
      fixture->options.dry_run = dry_run;
      g_assert_false (import_fixture_try (fixture));
      g_assert_error (fixture->error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
      g_assert_nonnull (strstr (fixture->error->message, message));
    }
  import_fixture_forget (fixture);
}

static void
test_files (ImportFixture *fixture,
            gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.json", NULL);
  g_autofree char *below = g_build_filename (fixture->folder, "good.json", "a.json", NULL);
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.json", NULL);
  g_autofree char *secret = g_build_filename (fixture->folder, "secret.json", NULL);
  g_autofree char *other = test_version_1 (fixture->folder, "other.db");
  g_autofree char *left = NULL;

  import_fixture_add (fixture, "good.json", "{\"neurons\": [" NEURON_JSON (1, "") "]}");
  import_fixture_add (fixture, "secret.json", "{\"neurons\": []}");
  import_fixture_forget (fixture);
  g_assert_cmpint (mkfifo (pipe_path, 0666), ==, 0);
  for (int exists = 0; exists < 2; exists++)
    {
      assert_refused (fixture, missing, "There is no file");
      assert_refused (fixture, below, "cannot be read");
      assert_refused (fixture, fixture->folder, "is a folder");
      assert_refused (fixture, pipe_path, "is no regular file");
      assert_refused (fixture, "/dev/null", "is no regular file");
      assert_refused (fixture, other, "is a database");
      if (exists)
        assert_refused (fixture, fixture->path, "is a database");
      if (geteuid () != 0)
        {
          g_assert_cmpint (g_chmod (secret, 0), ==, 0);
          assert_refused (fixture, secret, "cannot be read");
        }
      if (!exists)
        import_fixture_create (fixture);
    }
  import_fixture_assert_sql (fixture, "SELECT count(*) FROM neurons", "0\n");
  left = import_fixture_list_folder (fixture);
  g_assert_cmpstr (left, ==, "network.db\nother.db");
}

static void
test_file_exists (ImportFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  const char *files[2] = { NULL };

  import_fixture_create (fixture);
  import_fixture_add (fixture, "a.json", "{\"neurons\": []}");
  files[0] = fixture->files->pdata[0];
  for (int dry_run = 0; dry_run < 2; dry_run++)
    {
      fixture->options.dry_run = dry_run;
      g_assert_false (engram_import_new (fixture->path, files, &fixture->options, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
      g_clear_error (&error);
    }
}

/* Full disks */

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

static void
fill_disk (const char *disk)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (disk, "a.db", NULL);
  g_autofree char *document_path = g_build_filename (folder, "a.json", NULL);
  g_autofree char *document = make_many (6000, 1500);
  const char *files[] = { document_path, NULL };
  EngramImportOptions options = { 0 };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) small = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (document_path, document, -1, NULL));
  g_assert_false (engram_import_new (path, files, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (disk), ==, 0);

  database = engram_database_create (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (engram_import (database, files, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_clear_error (&error);
  /* What fits still can be written. */
  store = engram_neuron_store_new (database);
  g_assert_true (engram_neuron_store_create (store, small, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  g_clear_object (&database);
  g_assert_cmpuint (count_files (disk), ==, 1);
}

/* What may not be written can still be looked at. */
static void
look_at_read_only_disk (const char *disk)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (disk, "a.db", NULL);
  g_autofree char *document_path = g_build_filename (folder, "a.json", NULL);
  const char *files[] = { document_path, NULL };
  EngramImportOptions options = { 0 };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (document_path, "{\"neurons\": [" NEURON_JSON (1, "") "]}", -1, NULL));
  database = engram_database_create (path, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  own_disk_make_read_only (disk);

  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (engram_import (database, files, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_clear_error (&error);
  options.dry_run = TRUE;
  g_assert_true (engram_import (database, files, &options, &report, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report->neurons.created, ==, 1);
}

static void
test_read_only (void)
{
  own_disk_run (look_at_read_only_disk, "size=3m");
}

static void
test_disk_full (void)
{
  own_disk_run (fill_disk, "size=3m");
}

/* No room for what waits until its neurons come. */
static void
fill_temporary_disk (const char *disk)
{
  g_autofree char *folder = g_build_filename (g_test_get_dir (G_TEST_BUILT), "import-XXXXXX", NULL);
  g_autofree char *path = NULL, *document_path = NULL, *document = make_many (2000, 0), *turned = NULL;
  EngramImportOptions options = { 0 };
  g_autoptr (GError) error = NULL;
  const char *files[2] = { NULL };
  char *synapses;

  g_setenv ("TMPDIR", disk, TRUE);
  g_assert_cmpstr (g_get_tmp_dir (), ==, disk);
  g_assert_nonnull (g_mkdtemp (folder));
  path = g_build_filename (folder, "a.db", NULL);
  files[0] = document_path = g_build_filename (folder, "a.json", NULL);
  synapses = strstr (document, ", \"synapses\"");
  turned = g_strdup_printf ("{%.*s, %.*s}", (int) strlen (synapses) - 3, synapses + 2, (int) (synapses - document) - 1,
                            document + 1);
  g_assert_true (g_file_set_contents (document_path, turned, -1, NULL));
  g_assert_false (engram_import_new (path, files, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_assert_cmpuint (count_files (disk), ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_unlink (document_path);
  g_rmdir (folder);
}

static void
test_temporary_disk_full (void)
{
  own_disk_run (fill_temporary_disk, "size=16k");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_IMPORT_TEST ("/import-faults/cancel/new", test_cancel_new);
  ADD_IMPORT_TEST ("/import-faults/cancel/existing", test_cancel_existing);
  ADD_IMPORT_TEST ("/import-faults/cancel/wal", test_cancel_in_wal);
  ADD_IMPORT_TEST ("/import-faults/cancel/wal-while-open", test_wal_while_open);
  ADD_IMPORT_TEST ("/import-faults/files", test_files);
  ADD_IMPORT_TEST ("/import-faults/file-exists", test_file_exists);
  g_test_add_func ("/import-faults/read-only", test_read_only);
  g_test_add_func ("/import-faults/disk-full", test_disk_full);
  g_test_add_func ("/import-faults/temporary-disk-full", test_temporary_disk_full);
  return g_test_run ();
}
