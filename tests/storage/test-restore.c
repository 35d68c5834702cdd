/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "backup-support.h"
#include "own-disk.h"

/* Of the whole work: when the safety backup is all but done, and when pages begin to be replaced. */
#define SAFETY_BACKUP_DONE 0.6
#define REPLACING 0.65

static EngramRestoreReport *
restore (const char  *path,
         const char  *backup,
         GError     **error)
{
  g_autoptr (EngramDatabase) database = backup_open (path);

  return engram_restore (database, backup, NULL, NULL, NULL, NULL, NULL, error);
}

static void
assert_restored (const char *path,
                 const char *backup)
{
  g_autofree char *check = backup_query (path, "PRAGMA integrity_check");
  g_autofree char *mode = backup_query (path, "PRAGMA journal_mode");
  g_autofree char *version = backup_query (path, "SELECT max(version) FROM schema_version");
  g_autofree char *content = backup_hash_content (path);
  g_autofree char *expected = backup_hash_content (backup);

  g_assert_cmpstr (check, ==, "ok");
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpstr (version, ==, G_STRINGIFY (ENGRAM_SCHEMA_VERSION));
  g_assert_cmpstr (content, ==, expected);
}

static void
assert_is_backup_of (const char         *path,
                     const char         *content,
                     EngramBackupReason  reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramBackup) backup = engram_backup_read (path, &error);
  EngramBackupStatus status;

  g_assert_no_error (error);
  g_assert_cmpstr (backup->content, ==, content);
  g_assert_cmpint (backup->reason, ==, reason);
  g_assert_true (engram_backup_verify (path, &status, NULL, NULL, NULL, NULL, &error));
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_GOOD);
}

static void
test_restore (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a ü.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *before = NULL;
  g_autofree char *backup_hash = test_hash_file (backup->path), *backup_after = NULL;
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("memory");
  g_autoptr (EngramRestoreReport) report = NULL, copy = NULL;
  g_autoptr (GError) error = NULL;
  BackupProgress progress = { 0 };
  guint64 stamp, later;

  backup_execute (path, "DELETE FROM synapses WHERE rowid<100; UPDATE neurons SET metadata='{\"changed\": true}'");
  before = backup_hash_content (path);
  database = backup_open (path);
  g_assert_true (engram_database_get_change_stamp (database, &stamp, NULL, NULL));
  report = engram_restore (database, backup->path, NULL, NULL, backup_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, >=, 0.85);
  g_assert_cmpstr (report->path, ==, path);
  g_assert_cmpstr (report->from, ==, backup->path);
  g_assert_cmpuint (report->neurons, ==, 60);
  g_assert_cmpuint (report->synapses, ==, 120);
  g_assert_false (report->is_other_network);
  copy = engram_restore_report_copy (report);
  assert_is_backup_of (copy->safety_backup, before, ENGRAM_BACKUP_REASON_BEFORE_RESTORE);

  /* The same objects go on. */
  g_assert_true (engram_database_get_change_stamp (database, &later, NULL, NULL));
  g_assert_cmpuint (later, !=, stamp);
  store = engram_neuron_store_new (database);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"importance\": 0.75}");
  g_assert_true (engram_neuron_store_create (store, neuron, NULL, &error));
  g_assert_true (engram_neuron_store_delete (store, neuron->id, NULL, NULL, &error));
  g_clear_object (&store);
  g_clear_object (&database);

  assert_restored (path, backup->path);
  backup_assert_files (folder, "a ü.db backups");
  backup_after = test_hash_file (backup->path);
  g_assert_cmpstr (backup_after, ==, backup_hash);
}

/* A network that Engram has never written, from a backup of before, and from the Python program's. */
static void
test_version_1_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *python = g_build_filename (folder, "backups", "p.db", NULL);
  const char *const backups[] = { backup->path, python };

  backup_execute (path, "PRAGMA journal_mode=WAL");
  backup_make_python (path, python, "2025-09-01T10:00:00", 5);
  for (gsize i = 0; i < G_N_ELEMENTS (backups); i++)
    {
      g_autofree char *before = test_hash_file (backups[i]), *after = NULL;
      g_autofree char *fields = NULL;
      g_autoptr (EngramRestoreReport) report = NULL;
      g_autoptr (GError) error = NULL;

      backup_execute (path, "PRAGMA journal_mode=DELETE; DELETE FROM synapses");
      report = restore (path, backups[i], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->synapses, ==, 6);
      assert_restored (path, backups[i]);
      fields = backup_query (path, "SELECT count(engram_fields) FROM synapses");
      g_assert_cmpstr (fields, ==, "0");
      after = test_hash_file (backups[i]);
      g_assert_cmpstr (after, ==, before);
    }
}

/* After a restore from before its first write by Engram a network is still the one whose later backups there are. */
static void
test_keeps_id (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = backup_make_network (folder, "c.db");
  g_autoptr (EngramBackup) old = backup_create (path, "old", NULL), of_other = backup_create (other, "c", NULL);
  g_autoptr (EngramBackup) new = NULL;
  g_autoptr (EngramRestoreReport) first = NULL, second = NULL, third = NULL;
  g_autofree char *id = NULL, *after = NULL, *other_id = NULL;
  g_autoptr (GError) error = NULL;

  first = restore (path, old->path, &error);
  g_assert_no_error (error);
  id = backup_query (path, "SELECT value FROM engram_network WHERE key='id'");
  g_assert_true (engram_uuid_is_valid (id));
  new = backup_create (path, "new", NULL);
  second = restore (path, old->path, &error);
  g_assert_no_error (error);
  g_assert_false (second->is_other_network);
  after = backup_query (path, "SELECT value FROM engram_network WHERE key='id'");
  g_assert_cmpstr (after, ==, id);

  third = restore (path, of_other->path, &error);
  g_assert_no_error (error);
  g_assert_true (third->is_other_network);
  other_id = backup_query (path, "SELECT value FROM engram_network WHERE key='id'");
  g_assert_cmpstr (other_id, ==, of_other->network);
  assert_restored (path, of_other->path);
}

static void
test_page_size (void)
{
  static const char *const modes[] = { "WAL", "DELETE" };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = backup_make_network (folder, "a.db");
      g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
      g_autofree char *sql = g_strdup_printf ("PRAGMA journal_mode=DELETE; PRAGMA page_size=1024; VACUUM;"
                                              "PRAGMA journal_mode=%s; DELETE FROM synapses", modes[i]);
      g_autoptr (EngramRestoreReport) report = NULL;
      g_autoptr (GError) error = NULL;

      backup_execute (path, sql);
      report = restore (path, backup->path, &error);
      g_assert_no_error (error);
      assert_restored (path, backup->path);
    }
}

/* What Engram does not know comes back. */
static void
test_foreign (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *note = NULL, *rows = NULL, *user_version = NULL, *found = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;

  backup_execute (path, "ALTER TABLE neurons ADD COLUMN lab_note TEXT; UPDATE neurons SET lab_note='note ' || rowid;"
                        "CREATE TABLE experiments (a, b PRIMARY KEY) WITHOUT ROWID;"
                        "INSERT INTO experiments VALUES (1, 2);"
                        "CREATE VIRTUAL TABLE words USING fts5(text); INSERT INTO words VALUES ('axon');"
                        "PRAGMA user_version=77; UPDATE neurons SET rowid=rowid + 1000");
  backup = backup_create (path, "b", NULL);
  backup_execute (path, "ALTER TABLE neurons DROP COLUMN lab_note; DROP TABLE experiments; DROP TABLE words;"
                        "PRAGMA user_version=78");
  report = restore (path, backup->path, &error);
  g_assert_no_error (error);
  note = backup_query (path, "SELECT lab_note FROM neurons WHERE rowid=1005");
  g_assert_cmpstr (note, ==, "note 5");
  rows = backup_query (path, "SELECT count(*) FROM experiments");
  g_assert_cmpstr (rows, ==, "1");
  found = backup_query (path, "SELECT text FROM words WHERE words MATCH 'axon'");
  g_assert_cmpstr (found, ==, "axon");
  user_version = backup_query (path, "PRAGMA user_version");
  g_assert_cmpstr (user_version, ==, "77");
}

/* Any network will do: also one that another program has open, whose last changes still wait in the WAL. */
static void
test_any_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *other = backup_make_network (folder, "other network.sqlite");
  g_autofree char *text = NULL;
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (other, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA wal_autocheckpoint=0; UPDATE neurons SET source_data='in the WAL'",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  report = restore (path, other, &error);
  g_assert_no_error (error);
  text = backup_query (path, "SELECT DISTINCT source_data FROM neurons");
  g_assert_cmpstr (text, ==, "in the WAL");
  sqlite3_close (handle);
}

/* Nothing changes, not a byte, where the restore is refused. */
static void
assert_refused (const char *path,
                const char *backup,
                int         code,
                const char *words)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autofree char *files = backup_list_folder (folder);
  g_autofree char *backup_files = backup_list_folder (backups);
  g_autoptr (GError) error = NULL;

  g_assert_null (restore (path, backup, &error));
  g_assert_error (error, ENGRAM_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, ".restore-"));
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  backup_assert_files (folder, files);
  backup_assert_files (backups, backup_files);
}

static void
test_damaged (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) oldest = backup_create (path, "oldest", NULL), older = backup_create (path, "older", NULL);
  g_autoptr (EngramBackup) old = backup_create (path, "old", NULL), newest = backup_create (path, "newest", NULL);
  g_autofree char *manifest = backup_get_manifest (older->path);
  g_autofree char *python = g_build_filename (folder, "backups", "p.db", NULL);

  backup_write_byte (newest->path, 20000, 'x');
  backup_write_byte (old->path, 20000, 'x');
  assert_refused (path, newest->path, ENGRAM_ERROR_DAMAGED, older->path);
  /* In its header: what SQLite says then differs. */
  backup_write_byte (newest->path, 3, 'x');
  assert_refused (path, newest->path, ENGRAM_ERROR_DAMAGED, older->path);
  backup_write_byte (newest->path, 3, 'i');
  backup_write_byte (newest->path, 47, 9);
  assert_refused (path, newest->path, ENGRAM_ERROR_DAMAGED, older->path);
  backup_truncate (newest->path, 4096);
  assert_refused (path, newest->path, ENGRAM_ERROR_DAMAGED, older->path);
  /* Bit by bit what its manifest says, but not the content. */
  backup_replace_text (manifest, older->content, newest->sha256);
  assert_refused (path, older->path, ENGRAM_ERROR_DAMAGED, oldest->path);

  backup_make_python (path, python, "2025-09-01T10:00:00", 5);
  for (guint i = 0; i < 100; i++)
    backup_write_byte (python, 5 * 4096 + i, 0xee);
  assert_refused (path, python, ENGRAM_ERROR_DAMAGED, oldest->path);
  g_assert_true (engram_backup_delete (oldest->path, NULL));
  assert_refused (path, python, ENGRAM_ERROR_DAMAGED, "No good backup");
}

static void
test_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent.db", NULL);
  g_autofree char *link_path = g_build_filename (folder, "link.db", NULL);
  g_autofree char *newer = test_version_1 (folder, "newer.db");

  g_assert_true (g_file_set_contents (text, "hello", -1, NULL));
  g_assert_cmpint (symlink (path, link_path), ==, 0);
  backup_execute (newer, "INSERT INTO schema_version (version) VALUES (99)");
  assert_refused (path, text, ENGRAM_ERROR_NOT_A_NETWORK, "text.db");
  assert_refused (path, absent, ENGRAM_ERROR_NO_FILE, "absent.db");
  assert_refused (path, folder, ENGRAM_ERROR_NO_FILE, folder);
  assert_refused (path, path, ENGRAM_ERROR_INVALID, "itself");
  assert_refused (path, link_path, ENGRAM_ERROR_INVALID, "itself");
  assert_refused (path, newer, ENGRAM_ERROR_NEWER, "newer.db");
  /* And the other way round: what a newer program wrote is not written. */
  assert_refused (newer, path, ENGRAM_ERROR_NEWER, "newer.db");
}

/* A damaged network cannot be backed up before: nothing is done, and the message says what to do. */
static void
test_damaged_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);

  for (guint i = 0; i < 100; i++)
    backup_write_byte (path, 5 * 4096 + i, 0xee);
  assert_refused (path, backup->path, ENGRAM_ERROR_DAMAGED, "Move it");
}

static void
make_large (const char *path)
{
  backup_execute (path, "CREATE TABLE large (a); INSERT INTO large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                        " SELECT i + 1 FROM n WHERE i < 15) SELECT zeroblob(600000) FROM n");
}

/* Cancelled anywhere before the last page, also when some of the pages are replaced: the network is as it was, and
 * nothing is left. */
static void
test_cancel (gconstpointer data)
{
  const char *mode = data;
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *sql = g_strdup_printf ("PRAGMA journal_mode=%s; UPDATE neurons SET metadata=NULL", mode);
  g_autofree char *before = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  gboolean was_replacing = FALSE;
  guint n_cancelled = 0;

  make_large (path);
  backup = backup_create (path, "b", NULL);
  backup_execute (path, sql);
  before = test_hash_file (path);
  for (double at = 0; at < 0.7; at += 0.11)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (EngramDatabase) database = backup_open (path);
      g_autoptr (GError) error = NULL;
      g_autofree char *content = NULL, *after = NULL;
      BackupProgress progress = { 0, at, cancellable };

      g_assert_null (engram_restore (database, backup->path, NULL, NULL, backup_progress, &progress, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      was_replacing |= progress.last > REPLACING;
      g_clear_object (&database);
      after = test_hash_file (path);
      g_assert_cmpstr (after, ==, before);
      backup_assert_files (folder, "a.db backups");
      backup_assert_files (backups, "b.db b.json");
      n_cancelled++;
    }
  g_assert_cmpuint (n_cancelled, >, 5);
  g_assert_true (was_replacing);
}

/* Cancelled when all is in place and only read once more: it is restored, and says that it was not read to the end. */
static void
test_cancel_check (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  BackupProgress progress = { 0, 0.85, cancellable };

  report = engram_restore (database, backup->path, NULL, NULL, backup_progress, &progress, cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_true (report->is_unchecked);
  g_assert_cmpuint (report->neurons, ==, backup->neurons);
  g_assert_true (g_file_test (report->safety_backup, G_FILE_TEST_EXISTS));
}

/* Another program that writes whenever a safety backup is just made. */
typedef struct {
  const char *path;
  guint       n_left;  /* how often it still does */
  guint       n_written;
} Intruder;

static void
write_in_between (const char *phase,
                  double      fraction,
                  gpointer    data)
{
  Intruder *self = data;

  if (fraction >= SAFETY_BACKUP_DONE && fraction < REPLACING && self->n_left > 0)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE neurons SET metadata='{\"write\": %u}'", ++self->n_written);

      self->n_left--;
      backup_execute (self->path, sql);
    }
}

static void
test_overtaken (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autofree char *text = NULL, *files = NULL, *last = NULL, *left = NULL;
  g_autoptr (GError) error = NULL;
  Intruder intruder = { path, 1, 0 };

  report = engram_restore (database, backup->path, NULL, NULL, write_in_between, &intruder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (intruder.n_written, ==, 1);
  text = backup_query (report->safety_backup, "SELECT DISTINCT metadata FROM neurons");
  g_assert_cmpstr (text, ==, "{\"write\": 1}");
  /* The safety backup that was made in vain is gone. */
  files = backup_list_folder (backups);
  g_assert_true (g_regex_match_simple ("^a_backup_\\S+\\.db a_backup_\\S+\\.json b\\.db b\\.json$", files, 0, 0));

  intruder = (Intruder) { path, 1000, 0 };
  g_assert_null (engram_restore (database, backup->path, NULL, NULL, write_in_between, &intruder, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  last = backup_query (path, "SELECT DISTINCT metadata FROM neurons");
  g_assert_nonnull (strstr (last, "write"));
  left = backup_list_folder (backups);
  g_assert_cmpstr (left, ==, files);
}

static goffset
get_size (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_size;
}

static void
fill_disk (const char *folder)
{
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *bytes = g_strnfill (1024, 'a');
  g_autofree char *before = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) error = NULL;
  goffset ballast_size;
  int fd = g_open (ballast, O_WRONLY | O_CREAT, 0600);

  backup_execute (path, "PRAGMA journal_mode=DELETE");
  backup = backup_create (path, "b", NULL);
  while (write (fd, bytes, 1024) == 1024)
    continue;
  close (fd);
  before = test_hash_file (path);
  /* From no room at all to almost enough. */
  ballast_size = get_size (ballast);
  while (TRUE)
    {
      g_autoptr (EngramRestoreReport) report = NULL;
      g_autofree char *after = NULL;

      report = restore (path, backup->path, &error);
      if (report != NULL)
        return;
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
      g_clear_error (&error);
      after = test_hash_file (path);
      g_assert_cmpstr (after, ==, before);
      backup_assert_files (folder, "a.db backups ballast");
      ballast_size = MAX (ballast_size - 40000, 0);
      g_assert_cmpint (truncate (ballast, ballast_size), ==, 0);
    }
}

static void
test_disk_full (void)
{
  own_disk_run (fill_disk, "size=1m");
}

static void
test_history (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *history_folder = g_build_filename (folder, "history", NULL);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  history = engram_history_open (database, history_folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (engram_prune (database, 0.5, FALSE, history, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (engram_history_get_steps (history, &before, NULL, &error));
  g_assert_cmpuint (before->len, ==, 1);
  report = engram_restore (database, backup->path, NULL, history, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (engram_history_get_steps (history, &after, NULL, &error));
  g_assert_cmpuint (after->len, ==, 0);
}

/* The copy of a restore that was killed goes with a later one. */
static void
test_leftovers (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *left = g_build_filename (folder, ".a.db.restore-ABCDEF", NULL);
  g_autofree char *journal = g_strconcat (left, "-wal", NULL);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  struct utimbuf times = { 0, 0 };

  g_assert_true (g_file_set_contents (left, "left", -1, NULL));
  g_assert_true (g_file_set_contents (journal, "left", -1, NULL));
  g_assert_cmpint (utime (left, &times), ==, 0);
  report = restore (path, backup->path, &error);
  g_assert_no_error (error);
  backup_assert_files (folder, "a.db backups");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/restore/restore", test_restore);
  g_test_add_func ("/restore/version-1", test_version_1_network);
  g_test_add_func ("/restore/keeps-id", test_keeps_id);
  g_test_add_func ("/restore/page-size", test_page_size);
  g_test_add_func ("/restore/foreign", test_foreign);
  g_test_add_func ("/restore/any-network", test_any_network);
  g_test_add_func ("/restore/damaged", test_damaged);
  g_test_add_func ("/restore/refused", test_refused);
  g_test_add_func ("/restore/damaged-network", test_damaged_network);
  g_test_add_data_func ("/restore/cancel/wal", "WAL", test_cancel);
  g_test_add_data_func ("/restore/cancel/rollback", "DELETE", test_cancel);
  g_test_add_func ("/restore/cancel/check", test_cancel_check);
  g_test_add_func ("/restore/overtaken", test_overtaken);
  g_test_add_func ("/restore/disk-full", test_disk_full);
  g_test_add_func ("/restore/history", test_history);
  g_test_add_func ("/restore/leftovers", test_leftovers);
  return g_test_run ();
}
