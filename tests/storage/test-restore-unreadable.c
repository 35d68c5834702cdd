/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup-support.h"

static EngramRestoreReport *
restore (const char  *path,
         const char  *backup,
         GError     **error)
{
  return engram_restore_unreadable (path, backup, NULL, NULL, NULL, error);
}

static void
break_header (const char *path)
{
  for (guint i = 0; i < 100; i++)
    backup_write_byte (path, i, 0xee);
}

static void
assert_holds (const char *path,
              const char *backup)
{
  g_autofree char *content = backup_hash_content (path);
  g_autofree char *expected = backup_hash_content (backup);
  g_autofree char *version = backup_query (path, "SELECT max(version) FROM schema_version");

  g_assert_cmpstr (content, ==, expected);
  g_assert_cmpstr (version, ==, G_STRINGIFY (ENGRAM_SCHEMA_VERSION));
}

/* The broken file goes aside with all that belongs to it, bit by bit. */
static void
test_unreadable (void)
{
  static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a ü.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *hash = NULL, *after = NULL;
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  BackupProgress progress = { 0 };
  struct stat status;

  break_header (path);
  chmod (path, 0640);
  hash = test_hash_file (path);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_assert_true (g_file_set_contents (name, suffixes[i], -1, NULL));
    }
  report = engram_restore_unreadable (path, backup->path, backup_progress, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (progress.last, >, 0);
  g_assert_cmpstr (report->path, ==, path);
  g_assert_cmpuint (report->neurons, ==, 5);
  g_assert_cmpuint (report->synapses, ==, 6);
  g_assert_true (g_str_has_prefix (report->safety_backup, path));
  after = test_hash_file (report->safety_backup);
  g_assert_cmpstr (after, ==, hash);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *old = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *aside = g_strconcat (report->safety_backup, suffixes[i], NULL);
      g_autofree char *text = NULL;

      g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, suffixes[i]);
    }
  assert_holds (path, backup->path);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
}

/* A file that is gone, and one that is gone but for its journal. */
static void
test_absent (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *journal = g_strconcat (path, "-wal", NULL);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramRestoreReport) report = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  g_remove (path);
  report = restore (path, backup->path, &error);
  g_assert_no_error (error);
  g_assert_null (report->safety_backup);
  assert_holds (path, backup->path);
  backup_assert_files (folder, "a.db backups");

  g_remove (path);
  g_assert_true (g_file_set_contents (journal, "old", -1, NULL));
  second = restore (path, backup->path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (second->safety_backup);
  assert_holds (path, backup->path);
}

/* Twice in one second, and what was moved first stays. */
static void
test_twice (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramRestoreReport) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  break_header (path);
  first = restore (path, backup->path, &error);
  g_assert_no_error (error);
  break_header (path);
  second = restore (path, backup->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->safety_backup, !=, second->safety_backup);
  g_assert_true (g_file_test (first->safety_backup, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (second->safety_backup, G_FILE_TEST_EXISTS));
}

/* Where a link leads there, the file is exchanged, not the link. */
static void
test_link (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *link_path = g_build_filename (folder, "link.db", NULL);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (path, link_path), ==, 0);
  break_header (path);
  report = restore (link_path, backup->path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_holds (path, backup->path);
}

static void
assert_refused (const char *path,
                const char *backup,
                int         code,
                const char *words)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *files = backup_list_folder (folder);
  g_autofree char *before = test_hash_file (path), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (restore (path, backup, &error));
  g_assert_error (error, ENGRAM_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  backup_assert_files (folder, files);
}

static void
test_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL), good = backup_create (path, "good", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  backup_write_byte (backup->path, 20000, 'x');
  break_header (path);
  /* The network's id cannot be read: its path must do to find the good one. */
  assert_refused (path, backup->path, ENGRAM_ERROR_DAMAGED, good->path);
  g_assert_null (restore (folder, good->path, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_restore_unreadable (path, good->path, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Open in this process. */
  test_copy_file (good->path, path);
  database = backup_open (path);
  assert_refused (path, good->path, ENGRAM_ERROR_BUSY, "process");
}

/* A program that has it open, and does nothing, would go on writing into what was moved. */
static void
test_in_use (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (BackupPeer) peer = NULL;

  if (!backup_has_python ())
    return;
  backup = backup_create (path, "b", NULL);
  peer = backup_peer_start ("open", path);
  break_header (path);
  assert_refused (path, backup->path, ENGRAM_ERROR_BUSY, "python3");
}

static void
test_find_good (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = backup_make_network (folder, "b.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *second_copy = test_version_1 (folder, "copy.db");
  g_autofree char *python = g_build_filename (backups, "p.db", NULL);
  g_autofree char *python_manifest = backup_get_manifest (python);
  g_autofree char *later = g_build_filename (backups, "q.db", NULL);
  g_autofree char *later_manifest = backup_get_manifest (later);
  g_autoptr (EngramBackup) good = NULL, unknown = NULL, hashed = NULL;
  g_autoptr (EngramBackup) first = backup_create (path, "first", NULL), second = backup_create (path, "second", NULL);
  g_autoptr (EngramBackup) third = backup_create (path, "third", NULL), of_other = backup_create (other, "c", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  BackupProgress progress = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (EngramBackup) newest = NULL, next = NULL, none = NULL;

      newest = engram_restore_find_good (path, NULL, NULL, backup_progress, &progress, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (newest->path, ==, third->path);
      next = engram_restore_find_good (path, backups, third->path, NULL, NULL, NULL, &error);
      g_assert_cmpstr (next->path, ==, second->path);
      none = engram_restore_find_good (path, folder, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_null (none);
      /* Now the same where the network cannot be read. */
      break_header (path);
      progress.last = 0;
    }
  backup_write_byte (third->path, 5000, 'x');
  backup_truncate (second->path, 8192);
  /* One without a hash, newer than any. */
  backup_make_python (second_copy, later, "2199-09-01T10:00:00", 5);
  backup_replace_text (later_manifest, second_copy, path);
  good = engram_restore_find_good (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_cmpstr (good->path, ==, first->path);

  /* What has no hash is better than nothing. */
  g_assert_true (engram_backup_delete (first->path, &error));
  backup_make_python (second_copy, python, "2025-09-01T10:00:00", 5);
  backup_replace_text (python_manifest, second_copy, path);
  unknown = engram_restore_find_good (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_cmpstr (unknown->path, ==, later);
  /* But not where it does not hold as many rows as it says. */
  g_assert_true (engram_backup_delete (later, &error));
  backup_make_python (second_copy, later, "2199-09-01T10:00:00", 4);
  backup_replace_text (later_manifest, second_copy, path);
  hashed = engram_restore_find_good (path, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_cmpstr (hashed->path, ==, python);
  g_cancellable_cancel (cancellable);
  g_assert_null (engram_restore_find_good (path, NULL, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/restore-unreadable/unreadable", test_unreadable);
  g_test_add_func ("/restore-unreadable/absent", test_absent);
  g_test_add_func ("/restore-unreadable/twice", test_twice);
  g_test_add_func ("/restore-unreadable/link", test_link);
  g_test_add_func ("/restore-unreadable/refused", test_refused);
  g_test_add_func ("/restore-unreadable/in-use", test_in_use);
  g_test_add_func ("/restore-unreadable/find-good", test_find_good);
  return g_test_run ();
}
