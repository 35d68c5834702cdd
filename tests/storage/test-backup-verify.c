/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "backup-support.h"

/* Every byte takes a minute: of the usual run only these, which meet all offsets within a page. */
#define BYTES_BETWEEN_FLIPS 61

static EngramBackupStatus
verify_with_message (const char  *path,
                     char       **message)
{
  g_autoptr (GError) error = NULL;
  EngramBackupStatus status;

  engram_backup_verify (path, &status, message, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*message);
  return status;
}

static EngramBackupStatus
verify (const char *path)
{
  g_autofree char *message = NULL;

  return verify_with_message (path, &message);
}

static void
test_good (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *manifest = g_build_filename (backups, "b.json", NULL);
  g_autofree char *before = test_hash_file (backup->path), *after = NULL;
  g_autofree char *absent = g_build_filename (backups, "c.db", NULL);
  g_autoptr (GError) error = NULL;
  BackupProgress progress = { 0 };
  EngramBackupStatus status;

  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_GOOD);
  g_assert_cmpint (verify (manifest), ==, ENGRAM_BACKUP_GOOD);
  g_assert_true (engram_backup_verify (backup->path, &status, NULL, backup_progress, &progress, NULL, &error));
  g_assert_cmpfloat (progress.last, >=, 0.9);
  after = test_hash_file (backup->path);
  g_assert_cmpstr (after, ==, before);
  backup_assert_files (backups, "b.db b.json");

  g_assert_false (engram_backup_verify (absent, &status, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
}

static void
test_incomplete (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *manifest = g_build_filename (backups, "b.json", NULL);

  g_remove (manifest);
  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_INCOMPLETE);
}

static void
test_flipped_bytes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *contents = NULL;
  gsize length, step = g_getenv ("ENGRAM_TORTURE") != NULL ? 1 : BYTES_BETWEEN_FLIPS;

  g_assert_true (g_file_get_contents (backup->path, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 53248);
  for (gsize i = 0; i < length; i += step)
    {
      backup_write_byte (backup->path, i, contents[i] ^ (1 << i % 8));
      if (verify (backup->path) != ENGRAM_BACKUP_DAMAGED)
        g_error ("Byte %" G_GSIZE_FORMAT " was flipped unnoticed", i);
      backup_write_byte (backup->path, i, contents[i]);
    }
  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_GOOD);
  backup_assert_files (backups, "b.db b.json");
}

static void
test_cut_pages (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (backup->path, &contents, &length, NULL));
  for (gssize size = length - 1; size >= 0; size = size % 4096 != 0 ? size - size % 4096 : size - 1)
    {
      backup_truncate (backup->path, size);
      g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_DAMAGED);
    }
  g_assert_true (g_file_set_contents (backup->path, contents, length, NULL));
  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_GOOD);
  backup_truncate (backup->path, length + 4096);
  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_DAMAGED);
}

/* A manifest that says anything else than the file is of another file. */
static void
test_swapped_manifests (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *other_path = test_version_1 (folder, "other.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *one = g_build_filename (backups, "one.json", NULL);
  g_autofree char *two = g_build_filename (backups, "two.json", NULL);
  g_autofree char *three = g_build_filename (backups, "three.json", NULL);
  g_autofree char *good = NULL;
  g_autoptr (EngramBackup) first = backup_create (path, "one", NULL);
  g_autoptr (EngramBackup) second = NULL, third = NULL;

  backup_execute (path, "UPDATE neurons SET activation_level=0.125 WHERE rowid=1");
  second = backup_create (path, "two", NULL);
  third = backup_create (other_path, "three", NULL);
  g_assert_cmpuint (first->size_bytes, ==, second->size_bytes);
  g_assert_true (g_file_get_contents (one, &good, NULL, NULL));

  test_copy_file (two, one);
  g_assert_cmpint (verify (first->path), ==, ENGRAM_BACKUP_DAMAGED);
  test_copy_file (three, one);
  g_assert_cmpint (verify (first->path), ==, ENGRAM_BACKUP_DAMAGED);

  /* One line of it. */
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (g_file_set_contents (one, good, -1, NULL));
      g_assert_cmpint (verify (first->path), ==, ENGRAM_BACKUP_GOOD);
      if (i == 0)
        backup_replace_text (one, first->sha256, second->sha256);
      else if (i == 1)
        backup_replace_text (one, first->content, second->content);
      else if (i == 2)
        backup_replace_text (one, first->network, third->network);
      else
        backup_replace_text (one, "\"synapse_count\" : 120", "\"synapse_count\" : 121");
      g_assert_cmpint (verify (first->path), ==, ENGRAM_BACKUP_DAMAGED);
    }
}

static void
test_python (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *backup = g_build_filename (backups, "p.db", NULL);
  g_autofree char *before = NULL, *after = NULL, *message = NULL;
  g_autoptr (GError) error = NULL;

  g_mkdir (backups, 0755);
  /* As the Python program leaves its files. */
  backup_execute (path, "PRAGMA journal_mode=WAL");
  backup_make_python (path, backup, "2025-09-01T10:00:00", 5);
  before = test_hash_file (backup);
  g_assert_cmpint (verify (backup), ==, ENGRAM_BACKUP_UNKNOWN);
  after = test_hash_file (backup);
  g_assert_cmpstr (after, ==, before);
  backup_assert_files (backups, "p.db p.json");

  /* It copies one file, and misses what waits in the WAL: its manifest says more than it holds. */
  backup_make_python (path, backup, "2025-09-01T10:00:00", 7);
  g_assert_cmpint (verify_with_message (backup, &message), ==, ENGRAM_BACKUP_UNKNOWN);
  g_assert_nonnull (strstr (message, "7"));

  for (guint i = 0; i < 100; i++)
    backup_write_byte (backup, 5 * 4096 + i, 0xee);
  g_assert_cmpint (verify (backup), ==, ENGRAM_BACKUP_DAMAGED);
  backup_make_python (path, backup, "2025-09-01T10:00:00", 5);
  backup_truncate (backup, 20000);
  g_assert_cmpint (verify (backup), ==, ENGRAM_BACKUP_DAMAGED);
  backup_make_python (path, backup, "2025-09-01T10:00:00", 5);
  backup_write_byte (backup, 0, 'x');
  g_assert_cmpint (verify (backup), ==, ENGRAM_BACKUP_DAMAGED);
  backup_make_python (path, backup, "2025-09-01T10:00:00", 5);
  backup_execute (backup, "DROP TABLE synapses");
  g_assert_cmpint (verify (backup), ==, ENGRAM_BACKUP_DAMAGED);
}

/* A backup is its one file: a journal beside it is not part of it, and is neither read nor removed. */
static void
test_journal_beside (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *journal = g_strconcat (backup->path, "-wal", NULL);

  g_assert_true (g_file_set_contents (journal, "something", -1, NULL));
  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_GOOD);
  backup_assert_files (backups, "b.db b.db-wal b.json");
}

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (EngramBackup) backup = NULL;
  EngramBackupStatus status;

  backup_execute (path, "CREATE TABLE large (a); INSERT INTO large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                        " SELECT i + 1 FROM n WHERE i < 16) SELECT zeroblob(600000) FROM n");
  backup = backup_create (path, "b", NULL);
  for (double at = 0; at < 0.9; at += 0.2)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      BackupProgress progress = { 0, at, cancellable };

      g_assert_false (engram_backup_verify (backup->path, &status, NULL, backup_progress, &progress, cancellable,
                                            &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* To read a file that is open as a network in this process drops none of the locks that this process holds on it. */
static void
test_keeps_locks (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = NULL;
  g_autofree char *before = NULL, *after = NULL;
  sqlite3 *handle;

  if (!backup_has_python ())
    return;
  backup = backup_create (path, "b", NULL);
  g_assert_cmpint (sqlite3_open (backup->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  before = backup_run_python ("backup-peer.py", "try", backup->path);
  g_assert_cmpstr (before, ==, "locked");
  g_assert_cmpint (verify (backup->path), ==, ENGRAM_BACKUP_GOOD);
  after = backup_run_python ("backup-peer.py", "try", backup->path);
  g_assert_cmpstr (after, ==, "locked");
  sqlite3_close (handle);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup-verify/good", test_good);
  g_test_add_func ("/backup-verify/incomplete", test_incomplete);
  g_test_add_func ("/backup-verify/flipped-bytes", test_flipped_bytes);
  g_test_add_func ("/backup-verify/cut-pages", test_cut_pages);
  g_test_add_func ("/backup-verify/swapped-manifests", test_swapped_manifests);
  g_test_add_func ("/backup-verify/python", test_python);
  g_test_add_func ("/backup-verify/journal-beside", test_journal_beside);
  g_test_add_func ("/backup-verify/cancel", test_cancel);
  g_test_add_func ("/backup-verify/keeps-locks", test_keeps_locks);
  return g_test_run ();
}
