/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "own-disk.h"
#include "test-support.h"

/* Looking at a file changes no byte of it and leaves no side file, whatever state it is in. */

#define NOBODY 65534

static sqlite3 *
open_other (const char *path)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  return handle;
}

static void
execute (sqlite3    *handle,
         const char *sql)
{
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
copy_side_file (const char *from,
                const char *to,
                const char *suffix)
{
  g_autofree char *from_name = g_strconcat (from, suffix, NULL);
  g_autofree char *to_name = g_strconcat (to, suffix, NULL);

  test_copy_file (from_name, to_name);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Other content for the same file. */
static void
write_over (const char *from,
            const char *to)
{
  g_autofree char *contents = NULL;
  gsize length;
  int fd = g_open (to, O_WRONLY | O_TRUNC, 0);

  g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
  g_assert_cmpint (write (fd, contents, length), ==, (int) length);
  close (fd);
}

/* Names and hashes of all files of a folder, but not what a -shm holds: it is an index that SQLite makes anew. */
static char *
describe_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *hash = g_str_has_suffix (name, "-shm") ? g_strdup ("index") : test_hash_file (path);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s", name, hash));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static guint64
count_neurons (EngramDatabase *database)
{
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (GError) error = NULL;
  guint64 count;

  engram_neuron_store_count (store, &count, NULL, &error);
  g_assert_no_error (error);
  return count;
}

static void
look_at_file (const char           *path,
              guint64               n_neurons,
              EngramDatabaseAccess  access)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  g_autoptr (EngramDatabaseStatistics) statistics = NULL;
  g_autoptr (EngramNetwork) network = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (engram_database_get_access (database), ==, access);
  g_assert_cmpuint (count_neurons (database), ==, n_neurons);
  statistics = engram_database_get_statistics (database, NULL, &error);
  g_assert_no_error (error);
  network = engram_network_load (database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
look (const char           *folder,
      const char           *path,
      guint64               n_neurons,
      EngramDatabaseAccess  access)
{
  g_autofree char *before = describe_folder (folder);
  g_autofree char *after = NULL;

  look_at_file (path, n_neurons, access);
  after = describe_folder (folder);
  g_assert_cmpstr (after, ==, before);
}

static void
test_rollback_mode (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");

  look (folder, path, 5, ENGRAM_DATABASE_ACCESS_WRITE);
}

static void
test_wal_mode (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  sqlite3 *other = open_other (path);

  execute (other, "PRAGMA journal_mode=WAL; DELETE FROM neurons WHERE rowid=5");
  sqlite3_close (other);
  look (folder, path, 4, ENGRAM_DATABASE_ACCESS_WRITE);
}

/* What a program that was killed leaves: a -wal with frames, and the -shm. */
static char *
make_crashed_wal (const char *folder,
                  const char *live_folder,
                  gboolean    with_shm)
{
  g_autofree char *live = test_version_1 (live_folder, "a.db");
  char *path = g_build_filename (folder, "a.db", NULL);
  sqlite3 *other = open_other (live);

  execute (other, "PRAGMA journal_mode=WAL; DELETE FROM neurons WHERE rowid>3");
  copy_side_file (live, path, "");
  copy_side_file (live, path, "-wal");
  if (with_shm)
    copy_side_file (live, path, "-shm");
  sqlite3_close (other);
  return path;
}

static void
test_crashed_wal (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = make_crashed_wal (folder, live_folder, TRUE);

  look (folder, path, 3, ENGRAM_DATABASE_ACCESS_WRITE);
}

static void
test_wal_without_index (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = make_crashed_wal (folder, live_folder, FALSE);

  look (folder, path, 3, ENGRAM_DATABASE_ACCESS_WRITE);
}

/* From the first write on the file itself is read, and what waited in the WAL is still there. */
static void
test_write_after_looking (gconstpointer with_shm)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = make_crashed_wal (folder, live_folder, GPOINTER_TO_INT (with_shm));
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

  g_assert_no_error (error);
  g_assert_cmpuint (count_neurons (database), ==, 3);
  store = engram_neuron_store_new (database);
  g_assert_true (engram_neuron_store_create (store, neuron, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_neurons (database), ==, 4);
  g_clear_object (&store);
  g_clear_object (&database);

  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_neurons (database), ==, 4);
}

/* A program killed in the midst of a transaction in rollback mode: pages of the file are half new, and the journal
 * holds the old ones. */
static char *
make_hot_journal (const char *folder,
                  const char *live_folder)
{
  g_autofree char *live = test_version_1 (live_folder, "a.db");
  char *path = g_build_filename (folder, "a.db", NULL);
  sqlite3 *other = open_other (live);

  /* A cache of one page forces changed pages into the file before the commit. */
  execute (other, "PRAGMA cache_size=1; BEGIN; DELETE FROM synapses; DELETE FROM neurons;"
                  "CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(200000)); UPDATE t SET a=zeroblob(300000)");
  copy_side_file (live, path, "");
  copy_side_file (live, path, "-journal");
  sqlite3_close (other);
  return path;
}

static void
test_hot_journal (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = make_hot_journal (folder, live_folder);
  g_autofree char *original = g_test_build_filename (G_TEST_DIST, "data", "version-1.db", NULL);
  g_autofree char *damaged_hash = test_hash_file (path);
  g_autofree char *good_hash = test_hash_file (original);

  g_assert_cmpstr (damaged_hash, !=, good_hash);
  look (folder, path, 5, ENGRAM_DATABASE_ACCESS_WRITE);
}

/* Another program has it open and writes on. */
static void
test_beside_a_writer (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  sqlite3 *other = open_other (path);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  execute (other, "PRAGMA journal_mode=WAL; DELETE FROM neurons WHERE rowid=5");
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_neurons (database), ==, 4);
  execute (other, "BEGIN IMMEDIATE; DELETE FROM neurons WHERE rowid=4");
  g_assert_cmpuint (count_neurons (database), ==, 4);
  execute (other, "COMMIT");
  g_assert_cmpuint (count_neurons (database), ==, 3);
  sqlite3_close (other);
  g_assert_cmpuint (count_neurons (database), ==, 3);
}

typedef enum {
  MEDIUM_ROLLBACK,
  MEDIUM_WAL,
  MEDIUM_WAL_WITH_FRAMES,
} Medium;

/* Runs a test again as somebody who may read the folder and nothing more. */
static void
run_as_reader (const char *folder)
{
  g_autofree char *home = g_build_filename (folder, "home", NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autoptr (GDir) dir = g_dir_open (data, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir (home, 0700), ==, 0);
  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (chown (home, NOBODY, NOBODY), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (data, name, NULL);

      g_assert_cmpint (chmod (path, 0444), ==, 0);
    }
  g_assert_cmpint (chmod (data, 0555), ==, 0);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  g_setenv ("ENGRAM_TEST_DATA", data, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_assert_cmpint (chmod (data, 0755), ==, 0);
  g_test_trap_assert_passed ();
}

static void
look_as_reader (Medium medium)
{
  const char *data = g_getenv ("ENGRAM_TEST_DATA");
  g_autofree char *path = g_build_filename (data, "a.db", NULL);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setresuid (NOBODY, NOBODY, NOBODY), ==, 0);
  /* Somebody else may write a file that we may not: in WAL mode a copy is safe, not the file itself. */
  look (data, path, medium == MEDIUM_WAL_WITH_FRAMES ? 3 : 5,
        medium == MEDIUM_ROLLBACK ? ENGRAM_DATABASE_ACCESS_READ_ONLY : ENGRAM_DATABASE_ACCESS_SNAPSHOT);

  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  store = engram_neuron_store_new (database);
  g_assert_false (engram_neuron_store_create (store, neuron, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
}

static void
test_read_only_medium (gconstpointer user_data)
{
  Medium medium = GPOINTER_TO_INT (user_data);
  g_autoptr (TestFolder) folder = NULL;
  g_autoptr (TestFolder) live_folder = NULL;
  g_autofree char *data = NULL, *path = NULL;

  if (g_test_subprocess ())
    {
      look_as_reader (medium);
      return;
    }

  folder = test_folder_new ();
  live_folder = test_folder_new ();
  data = g_build_filename (folder, "data", NULL);
  g_assert_cmpint (g_mkdir (data, 0755), ==, 0);
  if (medium == MEDIUM_WAL_WITH_FRAMES)
    path = make_crashed_wal (data, live_folder, TRUE);
  else
    path = test_version_1 (data, "a.db");
  if (medium == MEDIUM_WAL)
    {
      sqlite3 *other = open_other (path);

      execute (other, "PRAGMA journal_mode=WAL");
      sqlite3_close (other);
    }
  run_as_reader (folder);
}

/* The other program ends first: what its closing would have tidied up is tidied up when the last one closes. */
static void
test_writer_ends_first (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *after = NULL;
  sqlite3 *other = open_other (path);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  execute (other, "PRAGMA journal_mode=WAL; DELETE FROM neurons WHERE rowid=5");
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_neurons (database), ==, 4);
  execute (other, "DELETE FROM neurons WHERE rowid=4");
  sqlite3_close (other);
  g_assert_cmpuint (count_neurons (database), ==, 3);
  g_clear_object (&database);
  after = describe_folder (folder);
  g_assert_true (g_str_has_prefix (after, "a.db "));
  g_assert_null (strchr (after, '\n'));
}

static guint64
get_stamp (EngramDatabase *database)
{
  g_autoptr (GError) error = NULL;
  guint64 stamp;

  engram_database_get_change_stamp (database, &stamp, NULL, &error);
  g_assert_no_error (error);
  return stamp;
}

/* While a copy is looked at, another program writes the file: it is seen. */
static void
test_copy_out_of_date (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = make_crashed_wal (folder, live_folder, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  guint64 before, after;
  sqlite3 *other;

  g_assert_no_error (error);
  before = get_stamp (database);
  g_assert_cmpuint (get_stamp (database), ==, before);
  g_assert_cmpuint (count_neurons (database), ==, 3);
  other = open_other (path);
  execute (other, "DELETE FROM neurons WHERE rowid=3");
  after = get_stamp (database);
  g_assert_cmpuint (after, !=, before);
  g_assert_cmpuint (count_neurons (database), ==, 2);
  sqlite3_close (other);
  g_assert_cmpuint (count_neurons (database), ==, 2);
}

/* Another program changes the journal mode of a file that is looked at. */
static void
test_mode_changed (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  sqlite3 *other = open_other (path);
  guint64 before;

  g_assert_no_error (error);
  before = get_stamp (database);
  execute (other, "PRAGMA journal_mode=WAL; DELETE FROM neurons WHERE rowid>2");
  g_assert_cmpuint (get_stamp (database), !=, before);
  g_assert_cmpuint (count_neurons (database), ==, 2);
  sqlite3_close (other);
  g_assert_cmpuint (count_neurons (database), ==, 2);
  g_clear_object (&database);
  after = describe_folder (folder);
  g_assert_null (strstr (after, "-shm"));
  g_assert_null (strstr (after, "-wal"));
}

/* Another program crashes in the midst of a transaction, while the file is looked at. */
static void
test_crash_beside (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autoptr (TestFolder) crashed_folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *crashed = make_hot_journal (crashed_folder, live_folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_neurons (database), ==, 5);
  write_over (crashed, path);
  copy_side_file (crashed, path, "-journal");
  before = describe_folder (folder);
  g_assert_cmpuint (count_neurons (database), ==, 5);
  g_clear_object (&database);
  after = describe_folder (folder);
  g_assert_cmpstr (after, ==, before);
}

/* A write that is refused is no first write. */
static void
test_refused_write (gconstpointer crashed)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = GPOINTER_TO_INT (crashed) ? make_crashed_wal (folder, live_folder, TRUE)
                                                    : test_version_1 (folder, "a.db");
  g_autofree char *before = describe_folder (folder);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);

  g_ptr_array_add (neurons, engram_neuron_new ("knowledge"));
  g_ptr_array_add (neurons, engram_neuron_copy (g_ptr_array_index (neurons, 0)));
  g_assert_false (engram_neuron_store_create_batch (store, neurons, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_clear_object (&store);
  g_clear_object (&database);
  after = describe_folder (folder);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_moved (EngramDatabase *database)
{
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;
  guint64 count;

  g_assert_false (engram_neuron_store_create (store, neuron, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);
  g_assert_false (engram_neuron_store_count (store, &count, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
}

/* A file that is deleted, or another one put in its place, is not written, and the other one not read as if it were. */
static void
test_replaced (gconstpointer written_before)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *new_path = g_build_filename (folder, "new.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);

  if (GPOINTER_TO_INT (written_before))
    {
      g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
      g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

      g_assert_true (engram_neuron_store_create (store, neuron, NULL, &error));
    }
  copy_side_file (path, new_path, "");
  before = test_hash_file (new_path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_moved (database);
  g_assert_cmpint (g_rename (new_path, path), ==, 0);
  assert_moved (database);
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

/* A new network beside a journal of an old one of its name would be taken for that one's. */
static void
test_stale_journal (gconstpointer suffix)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *journal = g_strconcat (path, suffix, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (journal, "old", -1, NULL));
  g_assert_null (engram_database_create (path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, suffix));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Nobody can write there: no copy is needed, unless something waits in the WAL. */
static void
look_on_read_only_disk (const char *folder)
{
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *crashed = NULL;
  g_autofree char *crashed_folder = g_build_filename (folder, "crashed", NULL);
  sqlite3 *other = open_other (path);

  execute (other, "PRAGMA journal_mode=WAL");
  sqlite3_close (other);
  g_assert_cmpint (g_mkdir (crashed_folder, 0700), ==, 0);
  crashed = make_crashed_wal (crashed_folder, live_folder, TRUE);
  own_disk_make_read_only (folder);
  look (crashed_folder, crashed, 3, ENGRAM_DATABASE_ACCESS_SNAPSHOT);
  look_at_file (path, 5, ENGRAM_DATABASE_ACCESS_READ_ONLY);
}

static void
test_read_only_disk (void)
{
  own_disk_run (look_on_read_only_disk, "size=3m");
}

/* Private copies lie in the cache while they are looked at; those of a crash go when the next one is made. */
static void
test_leftover_copies (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) live_folder = test_folder_new ();
  g_autofree char *path = make_crashed_wal (folder, live_folder, FALSE);
  g_autofree char *leftover = g_build_filename (g_get_user_cache_dir (), "engram", "looking-crashed", NULL);
  g_autofree char *leftover_file = g_build_filename (leftover, "a.db", NULL);

  g_assert_cmpint (g_mkdir_with_parents (leftover, 0700), ==, 0);
  g_assert_true (g_file_set_contents (leftover_file, "old", -1, NULL));
  look (folder, path, 3, ENGRAM_DATABASE_ACCESS_WRITE);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) cache = NULL;

  g_test_init (&argc, &argv, NULL);
  /* Private copies go to the user's cache: here to one of the test's own, in a subprocess to that of its parent. */
  if (!g_test_subprocess ())
    {
      cache = test_folder_new ();
      g_setenv ("XDG_CACHE_HOME", cache, TRUE);
    }
  g_test_add_func ("/looking/rollback-mode", test_rollback_mode);
  g_test_add_func ("/looking/wal-mode", test_wal_mode);
  g_test_add_func ("/looking/crashed-wal", test_crashed_wal);
  g_test_add_func ("/looking/wal-without-index", test_wal_without_index);
  g_test_add_data_func ("/looking/write-after-crashed-wal", GINT_TO_POINTER (TRUE), test_write_after_looking);
  g_test_add_data_func ("/looking/write-after-wal-without-index", GINT_TO_POINTER (FALSE), test_write_after_looking);
  g_test_add_func ("/looking/hot-journal", test_hot_journal);
  g_test_add_func ("/looking/beside-a-writer", test_beside_a_writer);
  g_test_add_data_func ("/looking/read-only/rollback-mode", GINT_TO_POINTER (MEDIUM_ROLLBACK), test_read_only_medium);
  g_test_add_data_func ("/looking/read-only/wal-mode", GINT_TO_POINTER (MEDIUM_WAL), test_read_only_medium);
  g_test_add_data_func ("/looking/read-only/wal-with-frames", GINT_TO_POINTER (MEDIUM_WAL_WITH_FRAMES),
                        test_read_only_medium);
  g_test_add_func ("/looking/read-only-disk", test_read_only_disk);
  g_test_add_func ("/looking/writer-ends-first", test_writer_ends_first);
  g_test_add_func ("/looking/copy-out-of-date", test_copy_out_of_date);
  g_test_add_func ("/looking/mode-changed", test_mode_changed);
  g_test_add_func ("/looking/crash-beside", test_crash_beside);
  g_test_add_data_func ("/looking/refused-write", GINT_TO_POINTER (FALSE), test_refused_write);
  g_test_add_data_func ("/looking/refused-write-beside-wal", GINT_TO_POINTER (TRUE), test_refused_write);
  g_test_add_data_func ("/looking/replaced", GINT_TO_POINTER (FALSE), test_replaced);
  g_test_add_data_func ("/looking/replaced-after-writing", GINT_TO_POINTER (TRUE), test_replaced);
  g_test_add_data_func ("/looking/stale-wal", "-wal", test_stale_journal);
  g_test_add_data_func ("/looking/stale-journal", "-journal", test_stale_journal);
  g_test_add_func ("/looking/leftover-copies", test_leftover_copies);
  return g_test_run ();
}
