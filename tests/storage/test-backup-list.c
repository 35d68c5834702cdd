/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "backup-support.h"

static GPtrArray *
list (const char *folder)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *backups = engram_backup_list (folder, NULL, &error);

  g_assert_no_error (error);
  return backups;
}

/* The names in the order of the list; incomplete ones with a question mark. */
static void
assert_listed (const char *folder,
               const char *names)
{
  g_autoptr (GPtrArray) backups = list (folder);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);

      g_string_append_printf (found, "%s%s%s", i > 0 ? " " : "", backup->name, backup->complete ? "" : "?");
    }
  g_assert_cmpstr (found->str, ==, names);
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Makes a backup that seems to have been made at that time. */
static void
make_backup (const char *network,
             const char *name,
             const char *time,
             const char *note)
{
  g_autoptr (EngramBackup) backup = backup_create (network, name, note);
  g_autofree char *manifest = backup_get_manifest (backup->path);

  backup_replace_text (manifest, backup->time, time);
}

static void
test_list (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *incomplete = g_build_filename (backups, "incomplete ü.db", NULL);
  g_autofree char *link = g_build_filename (backups, "link.db", NULL);
  g_autofree char *directory = g_build_filename (backups, "directory.db", NULL);
  g_autofree char *fifo = g_build_filename (backups, "fifo.db", NULL);
  g_autofree char *python_path = g_build_filename (backups, "python.db", NULL);
  g_autofree char *partial = g_build_filename (backups, ".x.db.partial-ABCDEF", NULL);
  g_autoptr (GPtrArray) found = NULL;
  const EngramBackup *python;

  assert_listed (backups, "");
  make_backup (path, "second", "2025-10-02T00:00:00", NULL);
  make_backup (path, "third", "2025-10-01T23:59:59.999999", NULL);
  make_backup (path, "first", "2025-10-02T00:00:00.000001", NULL);
  backup_make_python (path, python_path, "2025-09-01T10:00:00.5", 5);
  test_copy_file (path, incomplete);
  /* All these are no backups. */
  test_copy_file (path, partial);
  write_file (backups, "text.db", "not a database");
  write_file (backups, "empty.db", "");
  write_file (backups, "alone.json", "{\"backup_time\": \"2025-09-01T10:00:00\"}");
  write_file (backups, "notes.txt", "notes");
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_cmpint (g_mkdir (directory, 0755), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);

  assert_listed (backups, "incomplete ü? first second third python");
  found = list (backups);
  python = g_ptr_array_index (found, 4);
  g_assert_cmpstr (python->time, ==, "2025-09-01T10:00:00.500000");
  g_assert_cmpint (python->neurons, ==, 5);
  g_assert_cmpint (python->synapses, ==, 6);
  g_assert_cmpint (python->reason, ==, ENGRAM_BACKUP_REASON_UNKNOWN);
  g_assert_null (python->sha256);
  g_assert_cmpuint (python->size_bytes, ==, 53248);
  g_assert_cmpstr (python->original, ==, path);
}

static void
test_list_fails (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_backup_list (path, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (engram_backup_list (folder, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_read (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = test_version_1 (folder, "network.sqlite");
  g_autofree char *absent = g_build_filename (folder, "absent.json", NULL);
  g_autoptr (EngramBackup) backup = NULL, copy = NULL, strange = NULL;
  g_autoptr (GError) error = NULL;

  backup = engram_backup_read (path, &error);
  g_assert_no_error (error);
  g_assert_false (backup->complete);
  g_assert_cmpint (backup->neurons, ==, -1);
  g_assert_cmpint (backup->synapses, ==, -1);
  g_assert_true (engram_time_is_valid (backup->time));
  copy = engram_backup_copy (backup);
  g_assert_cmpstr (copy->path, ==, path);
  g_assert_cmpstr (copy->name, ==, "a");
  strange = engram_backup_read (other, &error);
  g_assert_false (strange->complete);
  g_assert_cmpstr (strange->name, ==, "network.sqlite");
  g_assert_null (engram_backup_read (absent, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);
  g_assert_null (engram_backup_read (folder, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
}

/* What no manifest is, whatever it says: never a crash, never a complete backup. */
static void
test_hostile_manifests (void)
{
  static const char *const texts[] = {
    "", " ", "null", "[]", "7", "\"text\"", "{", "{}", "{'backup_time': 1}", "\xff\xfe{}", "not json at all",
    "{\"backup_time\": 5}", "{\"backup_time\": null}", "{\"backup_time\": \"yesterday\"}",
    "{\"backup_time\": {\"backup_time\": \"2025-09-01T10:00:00\"}}",
    "{\"backup_time\": \"2025-09-01T10:00:00\", \"format\": \"something else\"}",
    "{\"backup_time\": \"2025-09-01T10:00:00\", \"format\": 1}",
    "{\"backup_time\": \"2025-09-01T10:00:00\", \"format\": \"engram-backup\"}",
    "{\"backup_time\": \"2025-09-01T10:00:00\"} {}",
    /* An exported network. */
    "{\"version\": 1, \"export_time\": \"2025-09-01T10:00:00\", \"neurons\": [], \"synapses\": []}",
  };
  static const char *const breaks[][2] = {
    { "\"version\" : 1", "\"version\" : 0" },
    { "\"version\" : 1", "\"version\" : \"1\"" },
    { "\"size\" : ", "\"size\" : -" },
    { "\"size\" : ", "\"size\" : 9999999999999999999999" },
    { "\"size\" : ", "\"size\" : [], \"other\" : " },
    { "\"sha256\" : \"", "\"sha256\" : \"0" },
    { "\"sha256\" : \"", "\"sha256\" : \"G\", \"other\" : \"" },
    { "\"content\" : \"", "\"content\" : null, \"other\" : \"" },
    { "\"neuron_count\" : ", "\"neuron_count\" : -" },
    { "\"stats\" : {", "\"stats\" : [], \"other\" : {" },
    { "\"schema_version\" : ", "\"schema_version\" : 1e400, \"other\" : " },
    { "\"backup_time\" : \"", "\"backup_time\" : \"9" },
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *manifest = g_build_filename (backups, "b.json", NULL);
  g_autofree char *good = NULL;
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *spaces = g_strnfill (1024 * 1024, ' ');
  g_autofree char *huge = NULL;
  EngramBackupStatus status;

  g_assert_true (g_file_get_contents (manifest, &good, NULL, NULL));
  assert_listed (backups, "b");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_file (backups, "b.json", texts[i]);
      assert_listed (backups, "b?");
      g_assert_true (engram_backup_verify (manifest, &status, NULL, NULL, NULL, NULL, NULL));
      g_assert_cmpint (status, ==, ENGRAM_BACKUP_INCOMPLETE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      write_file (backups, "b.json", good);
      assert_listed (backups, "b");
      backup_replace_text (manifest, breaks[i][0], breaks[i][1]);
      assert_listed (backups, "b?");
    }
  write_file (backups, "b.json", deep);
  assert_listed (backups, "b?");
  huge = g_strconcat (spaces, good, NULL);
  write_file (backups, "b.json", huge);
  assert_listed (backups, "b?");
  g_remove (manifest);
  g_assert_cmpint (symlink ("/dev/zero", manifest), ==, 0);
  assert_listed (backups, "b?");
  g_remove (manifest);
  g_assert_cmpint (mkfifo (manifest, 0600), ==, 0);
  assert_listed (backups, "b?");
  g_remove (manifest);
  g_assert_cmpint (g_mkdir (manifest, 0700), ==, 0);
  assert_listed (backups, "b?");
}

static void
test_delete (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramBackup) first = backup_create (path, "first", NULL);
  g_autoptr (EngramBackup) second = backup_create (path, "second", NULL);
  g_autofree char *manifest = g_build_filename (backups, "second.json", NULL);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (engram_backup_delete (first->path, &error));
  g_assert_no_error (error);
  backup_assert_files (backups, "second.db second.json");
  g_assert_false (engram_backup_delete (first->path, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);

  /* One that somebody looks at stays, and so does what may be a network. */
  database = backup_open (second->path);
  g_assert_false (engram_backup_delete (second->path, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_object (&database);
  g_assert_false (engram_backup_delete (path, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  g_remove (manifest);
  g_assert_false (engram_backup_delete (second->path, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  backup_assert_files (backups, "second.db");
  backup_assert_files (folder, "a.db backups");
}

static void
write_once (const char *path)
{
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (database);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  engram_neuron_store_create (store, neuron, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_matches (const char *backup_path,
                const char *path,
                gboolean    expected)
{
  g_autoptr (EngramBackup) backup = engram_backup_read (backup_path, NULL);
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GError) error = NULL;
  gboolean matches;

  engram_backup_matches (backup, database, &matches, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (matches, ==, expected);
}

/* A network is the same before and after its first write by Engram, wherever it lies; another never is. */
static void
test_matches (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = backup_make_network (folder, "b.db");
  g_autofree char *moved = g_build_filename (folder, "c.db", NULL);
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *python = g_build_filename (backups, "python.db", NULL);
  g_autofree char *relative = g_build_filename (backups, "relative.db", NULL);
  g_autofree char *relative_manifest = backup_get_manifest (relative);
  g_autoptr (EngramBackup) before = backup_create (path, "before", NULL);
  g_autoptr (EngramBackup) of_other = backup_create (other, "other", NULL);
  g_autoptr (EngramBackup) after = NULL;

  backup_make_python (path, python, "2025-09-01T10:00:00", 5);
  backup_make_python (path, relative, "2025-09-01T10:00:00", 5);
  backup_replace_text (relative_manifest, path, "data/a.db");
  assert_matches (before->path, path, TRUE);
  write_once (path);
  after = backup_create (path, "after", NULL);
  g_assert_cmpstr (after->network, !=, before->network);
  assert_matches (before->path, path, TRUE);
  assert_matches (after->path, path, TRUE);
  assert_matches (of_other->path, path, FALSE);
  assert_matches (before->path, other, FALSE);
  assert_matches (after->path, other, FALSE);
  assert_matches (of_other->path, other, TRUE);
  assert_matches (python, path, TRUE);
  assert_matches (relative, path, TRUE);
  assert_matches (python, other, FALSE);
  assert_matches (relative, other, FALSE);

  backup_execute (path, "PRAGMA journal_mode=DELETE");
  test_copy_file (path, moved);
  assert_matches (after->path, moved, TRUE);
  assert_matches (before->path, moved, TRUE);
  assert_matches (python, moved, FALSE);
}

static void
assert_left (const char *path,
             const char *folder,
             guint       keep,
             const char *expected,
             guint       n_deleted)
{
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;

  engram_backup_apply_retention (folder, database, keep, &deleted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->len, ==, n_deleted);
  for (guint i = 0; i < deleted->len; i++)
    g_assert_false (g_file_test (g_ptr_array_index (deleted, i), G_FILE_TEST_EXISTS));
  assert_listed (folder, expected);
}

static void
test_retention (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = backup_make_network (folder, "b.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autofree char *incomplete = g_build_filename (backups, "incomplete.db", NULL);
  g_autofree char *python = g_build_filename (backups, "python.db", NULL);
  g_autofree char *used = g_build_filename (backups, "used.db", NULL);
  struct utimbuf later = { g_get_real_time () / G_USEC_PER_SEC + 60, g_get_real_time () / G_USEC_PER_SEC + 60 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;

  make_backup (path, "oct5", "2025-10-05T00:00:00", NULL);
  make_backup (path, "oct4", "2025-10-04T00:00:00", NULL);
  make_backup (path, "sep9", "2025-09-09T00:00:00", NULL);
  make_backup (path, "sep8", "2025-09-08T00:00:00", "keep this");
  make_backup (path, "sep7", "2025-09-07T00:00:00", NULL);
  make_backup (path, "used", "2025-09-06T00:00:00", NULL);
  g_assert_cmpint (utime (used, &later), ==, 0);
  /* Another year's September. */
  make_backup (path, "old9", "2024-09-09T00:00:00", NULL);
  write_once (path);
  make_backup (path, "nov3", "2025-11-03T00:00:00", NULL);
  make_backup (path, "nov2", "2025-11-02T00:00:00", NULL);
  make_backup (path, "nov1", "2025-11-01T00:00:00", NULL);
  make_backup (other, "other", "2025-09-01T00:00:00", NULL);
  backup_make_python (path, python, "2025-09-01T00:00:00", 5);
  test_copy_file (path, incomplete);

  assert_left (path, backups, 20, "incomplete? nov3 nov2 nov1 oct5 oct4 sep9 sep8 sep7 used python other old9", 0);
  database = backup_open (path);
  g_cancellable_cancel (cancellable);
  g_assert_false (engram_backup_apply_retention (backups, database, 1, &deleted, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&database);
  assert_left (path, backups, 2, "incomplete? nov3 nov2 oct5 sep9 sep8 used python other old9", 3);
  assert_left (path, backups, 1, "incomplete? nov3 oct5 sep9 sep8 used python other old9", 1);
  assert_left (path, backups, 1, "incomplete? nov3 oct5 sep9 sep8 used python other old9", 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup-list/list", test_list);
  g_test_add_func ("/backup-list/list-fails", test_list_fails);
  g_test_add_func ("/backup-list/read", test_read);
  g_test_add_func ("/backup-list/hostile-manifests", test_hostile_manifests);
  g_test_add_func ("/backup-list/delete", test_delete);
  g_test_add_func ("/backup-list/matches", test_matches);
  g_test_add_func ("/backup-list/retention", test_retention);
  return g_test_run ();
}
