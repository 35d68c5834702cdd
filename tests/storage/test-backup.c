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

static EngramBackup *
create_in (const char          *path,
           const char          *folder,
           const char          *name,
           GError             **error)
{
  const EngramBackupOptions options = { folder, name, NULL, ENGRAM_BACKUP_REASON_AUTOMATIC };
  g_autoptr (EngramDatabase) database = backup_open (path);

  return engram_backup_create (database, &options, NULL, NULL, NULL, error);
}

static void
assert_good (const char *path)
{
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  EngramBackupStatus status;

  engram_backup_verify (path, &status, &message, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s", path, message);
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_GOOD);
}

static mode_t
get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

static void
test_create (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a ü.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autofree char *hash = NULL, *content = NULL, *id = NULL, *manifest = NULL, *text = NULL, *mode = NULL;
  g_autoptr (EngramBackup) backup = NULL, read = NULL;
  g_autoptr (GError) error = NULL;

  chmod (path, 0664);
  backup = backup_create (path, "mine", "before the “big” change");
  g_assert_cmpstr (backup->name, ==, "mine");
  backup_assert_files (backups, "mine.db mine.json");
  backup_assert_files (folder, "a ü.db backups");
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);

  hash = test_hash_file (backup->path);
  g_assert_cmpstr (backup->sha256, ==, hash);
  content = backup_hash_content (path);
  g_assert_cmpstr (backup->content, ==, content);
  id = backup_query (path, "SELECT value FROM engram_network WHERE key='id'");
  g_assert_cmpstr (backup->network, ==, id);
  g_assert_cmpint (backup->neurons, ==, 60);
  g_assert_cmpint (backup->synapses, ==, 120);
  mode = backup_query (backup->path, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "delete");
  g_assert_cmpint (get_mode (backup->path), ==, 0644);

  manifest = g_build_filename (backups, "mine.json", NULL);
  g_assert_cmpint (get_mode (manifest), ==, 0644);
  read = engram_backup_read (manifest, &error);
  g_assert_no_error (error);
  g_assert_true (read->complete);
  g_assert_cmpstr (read->path, ==, backup->path);
  g_assert_cmpstr (read->time, ==, backup->time);
  g_assert_true (engram_time_is_valid (read->time));
  g_assert_cmpuint (read->size_bytes, ==, backup->size_bytes);
  g_assert_cmpstr (read->sha256, ==, backup->sha256);
  g_assert_cmpstr (read->content, ==, backup->content);
  g_assert_cmpint (read->schema_version, ==, ENGRAM_SCHEMA_VERSION);
  g_assert_cmpstr (read->network, ==, backup->network);
  g_assert_cmpstr (read->original, ==, path);
  g_assert_cmpstr (read->note, ==, "before the “big” change");
  g_assert_cmpstr (read->made_by, ==, "engram " ENGRAM_VERSION);
  g_assert_cmpint (read->reason, ==, ENGRAM_BACKUP_REASON_MANUAL);
  g_assert_cmpint (read->neurons, ==, 60);

  g_file_get_contents (manifest, &text, NULL, NULL);
  g_assert_nonnull (strstr (text, "\"neuron_count\" : 60"));
  g_assert_nonnull (strstr (text, "\"original_db\""));
  g_assert_nonnull (strstr (text, "\"format\" : \"engram-backup\""));
  assert_good (backup->path);
  assert_good (manifest);
}

/* A file that Engram has not written keeps every byte, and its backup is of version 1. */
static void
test_version_1_source (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autoptr (EngramBackup) backup = backup_create (path, NULL, NULL);

  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  backup_assert_files (folder, "a.db backups");
  g_assert_cmpint (backup->schema_version, ==, 1);
  g_assert_cmpuint (strlen (backup->network), ==, 64);
  assert_good (backup->path);
}

static void
assert_refused (const char *path,
                const char *name,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (create_in (path, NULL, name, &error));
  g_assert_error (error, ENGRAM_ERROR, code);
}

static void
test_names (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "my network.v2.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *other = g_build_filename (backups, "taken.json", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (EngramBackup) named = backup_create (path, "one.db", NULL);

  g_assert_cmpstr (named->name, ==, "one");
  assert_refused (path, "one", ENGRAM_ERROR_EXISTS);
  assert_refused (path, "", ENGRAM_ERROR_INVALID);
  assert_refused (path, ".db", ENGRAM_ERROR_INVALID);
  assert_refused (path, ".hidden", ENGRAM_ERROR_INVALID);
  assert_refused (path, "..", ENGRAM_ERROR_INVALID);
  assert_refused (path, "../one", ENGRAM_ERROR_INVALID);
  /* Somebody else's document stays. */
  g_assert_true (g_file_set_contents (other, "{}", -1, NULL));
  assert_refused (path, "taken", ENGRAM_ERROR_EXISTS);
  g_file_get_contents (other, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "{}");

  /* Several in one second. */
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (EngramBackup) backup = backup_create (path, NULL, NULL);

      g_assert_true (g_regex_match_simple ("^my network\\.v2_backup_\\d{8}_\\d{6}(-\\d)?$", backup->name, 0, 0));
      g_assert_true (g_hash_table_add (seen, g_strdup (backup->name)));
      assert_good (backup->path);
    }
}

/* What was committed but still waits in the WAL, and what others keep open. */
static void
test_wal (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramBackup) backup = NULL;
  g_autofree char *text = NULL;
  sqlite3 *other;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "PRAGMA wal_autocheckpoint=0; UPDATE neurons SET source_data='in the WAL';"
                                        "BEGIN IMMEDIATE; UPDATE neurons SET source_data='not yet'", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  backup = backup_create (path, "b", NULL);
  text = backup_query (backup->path, "SELECT DISTINCT source_data FROM neurons");
  g_assert_cmpstr (text, ==, "in the WAL");
  sqlite3_close (other);
}

/* What is wrong in a network, or not Engram's, is backed up as it is: a repair comes after the backup. */
static void
test_as_it_is (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramBackup) backup = NULL;
  g_autofree char *count = NULL, *name = NULL;

  backup_execute (path, "PRAGMA ignore_check_constraints=ON; UPDATE synapses SET weight=7 WHERE rowid<5;"
                        "UPDATE synapses SET weight='text' WHERE rowid=5; DELETE FROM neurons WHERE rowid<4;"
                        "CREATE TABLE required (a NOT NULL, b REFERENCES required (a));"
                        "INSERT INTO required VALUES (1, 5);"
                        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET"
                        " sql='CREATE TABLE required (a NOT NULL, b REFERENCES required (a), CHECK (unknown (a)))'"
                        " WHERE name='required'; PRAGMA writable_schema=OFF;"
                        "CREATE VIRTUAL TABLE words USING fts5(text); INSERT INTO words VALUES ('axon');"
                        "CREATE TRIGGER bite AFTER UPDATE ON neurons BEGIN DELETE FROM synapses; END");
  backup = backup_create (path, "b", NULL);
  assert_good (backup->path);
  count = backup_query (backup->path, "SELECT count(*) FROM synapses WHERE weight>1");
  g_assert_cmpstr (count, ==, "5");
  name = backup_query (backup->path, "SELECT text FROM words");
  g_assert_cmpstr (name, ==, "axon");
}

/* Where the network is damaged nothing could be verified; nothing is left then, the folder neither. */
static void
test_damaged (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  guint n_refused = 0;

  for (guint page = 3; page < 12; page++)
    {
      g_autofree char *path = test_version_1 (folder, "a.db");
      g_autofree char *message = NULL;
      g_autoptr (EngramDatabase) database = NULL;
      g_autoptr (GError) error = NULL;
      const EngramBackupOptions options = { NULL, NULL, NULL, ENGRAM_BACKUP_REASON_MANUAL };

      for (guint i = 0; i < 100; i++)
        backup_write_byte (path, (page - 1) * 4096 + i, 0xee);
      database = engram_database_open (path, NULL, &error);
      if (database == NULL)
        continue;
      g_assert_null (engram_backup_create (database, &options, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_null (strstr (error->message, "partial"));
      n_refused++;
      backup_assert_files (folder, "a.db");
    }
  g_assert_cmpuint (n_refused, >=, 5);
}

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  const EngramBackupOptions options = { NULL, NULL, NULL, ENGRAM_BACKUP_REASON_MANUAL };
  g_autoptr (EngramDatabase) database = NULL;
  BackupProgress progress = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  guint n_cancelled = 0;

  /* Longer than one step of copying, and more than one run of content. */
  backup_execute (path, "PRAGMA journal_mode=DELETE; CREATE TABLE large (a);"
                        "INSERT INTO large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                        " SELECT i + 1 FROM n WHERE i < 16) SELECT zeroblob(600000) FROM n");
  database = backup_open (path);
  for (double at = 0; at < 1; at += 0.1)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      progress = (BackupProgress) { 0, at, cancellable };
      g_assert_null (engram_backup_create (database, &options, backup_progress, &progress, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      n_cancelled++;
      backup_assert_files (folder, "a.db");
      if (at > 0.85)
        break;
    }
  g_assert_cmpuint (n_cancelled, >, 5);

  progress = (BackupProgress) { 0 };
  backup = engram_backup_create (database, &options, backup_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, >=, 0.9);
}

#define DISK_OPTIONS "size=700k"

static void
fill_disk (const char *folder)
{
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *before = NULL, *after = NULL;
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autofree char *bytes = g_strnfill (1024, 'a');
  g_autoptr (GError) error = NULL;
  int fd = g_open (ballast, O_WRONLY | O_CREAT, 0600);

  /* Else it would be the looking that wants space. */
  backup_execute (path, "PRAGMA journal_mode=DELETE");
  while (write (fd, bytes, 1024) == 1024)
    continue;
  close (fd);
  before = test_hash_file (path);
  g_assert_null (create_in (path, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE);
  g_test_message ("%s", error->message);
  backup_assert_files (folder, "a.db ballast");
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_disk_full (void)
{
  own_disk_run (fill_disk, DISK_OPTIONS);
}

static void
forbid_writing (const char *folder)
{
  g_autoptr (TestFolder) elsewhere = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) error = NULL;

  own_disk_make_read_only (folder);
  g_assert_null (create_in (path, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_clear_error (&error);
  /* What cannot be written can be backed up all the same. */
  backup = create_in (path, elsewhere, "b", &error);
  g_assert_no_error (error);
  assert_good (backup->path);
}

static void
test_read_only (void)
{
  own_disk_run (forbid_writing, DISK_OPTIONS);
}

static void
test_folder (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *deep = g_build_filename (folder, "one", "two ü", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) error = NULL;

  backup = create_in (path, deep, "b", &error);
  g_assert_no_error (error);
  backup_assert_files (deep, "b.db b.json");
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (create_in (path, file, "b", &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
}

/* A note comes back as it was, but for what is no text; one that no manifest can hold is refused. */
static void
test_notes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *longest = g_strnfill (64 * 1024, '\n');
  g_autofree char *longer = g_strnfill (64 * 1024 + 1, 'a');
  const char *const notes[] = { "\"quoted\" \\ ü €\t\x01", longest, "not \xff UTF-8" };
  const EngramBackupOptions options = { .note = longer };
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_backup_create (database, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr (EngramBackup) backup = backup_create (path, NULL, notes[i]);
      g_autoptr (EngramBackup) read = engram_backup_read (backup->path, &error);
      g_autofree char *expected = g_utf8_make_valid (notes[i], -1);

      g_assert_no_error (error);
      g_assert_true (read->complete);
      g_assert_cmpstr (read->note, ==, expected);
    }
}

static void
make_file (const char *folder,
           const char *name,
           gint64      age)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct utimbuf times = { g_get_real_time () / G_USEC_PER_SEC - age, g_get_real_time () / G_USEC_PER_SEC - age };

  g_assert_true (g_file_set_contents (path, "left", -1, NULL));
  g_assert_cmpint (utime (path, &times), ==, 0);
}

/* What a killed program left goes with a later backup; what somebody may still work on stays. */
static void
test_leftovers (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *locked = g_build_filename (backups, ".locked.db.partial-ABCDEF", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autoptr (EngramBackup) backup = NULL;
  int fd;

  g_mkdir (backups, 0755);
  make_file (backups, ".old.db.partial-ABCDEF", 7200);
  make_file (backups, ".old.db.partial-ABCDEF-journal", 7200);
  make_file (backups, ".old.json.partial-ABCDEF", 7200);
  make_file (backups, ".young.db.partial-ABCDEF", 60);
  make_file (backups, ".locked.db.partial-ABCDEF", 7200);
  make_file (backups, "old.db.partial-ABCDEF", 7200);
  make_file (backups, ".old.db.partial-ABCDEFG", 7200);
  make_file (backups, ".partial-ABCDEF", 7200);
  fd = g_open (locked, O_RDWR, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  backup = backup_create (path, "b", NULL);
  backup_assert_files (backups, ".locked.db.partial-ABCDEF .old.db.partial-ABCDEFG .partial-ABCDEF"
                                " .young.db.partial-ABCDEF b.db b.json old.db.partial-ABCDEF");
  close (fd);
}

/* Each file of the test data that opens is backed up as it is, or refused because it is damaged; at once. */
static void
test_shared (void)
{
  g_autofree char *data = test_shared_data ("damaged");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (data == NULL)
    return;
  dir = g_dir_open (data, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (data, name, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (EngramDatabase) database = NULL;
      g_autoptr (EngramBackup) backup = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_suffix (name, ".db"))
        continue;
      test_copy_file (source, path);
      database = engram_database_open (path, NULL, NULL);
      if (database == NULL)
        continue;
      backup = engram_backup_create (database, &(EngramBackupOptions) { NULL }, NULL, NULL, NULL, &error);
      g_test_message ("%s: %s", name, backup != NULL ? "backed up" : error->message);
      if (backup != NULL)
        assert_good (backup->path);
      else
        g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup/create", test_create);
  g_test_add_func ("/backup/version-1-source", test_version_1_source);
  g_test_add_func ("/backup/names", test_names);
  g_test_add_func ("/backup/wal", test_wal);
  g_test_add_func ("/backup/as-it-is", test_as_it_is);
  g_test_add_func ("/backup/damaged", test_damaged);
  g_test_add_func ("/backup/cancel", test_cancel);
  g_test_add_func ("/backup/disk-full", test_disk_full);
  g_test_add_func ("/backup/read-only", test_read_only);
  g_test_add_func ("/backup/folder", test_folder);
  g_test_add_func ("/backup/notes", test_notes);
  g_test_add_func ("/backup/leftovers", test_leftovers);
  g_test_add_func ("/backup/shared", test_shared);
  return g_test_run ();
}
