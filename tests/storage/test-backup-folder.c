/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "backup-support.h"
#include "own-disk.h"

/* Where backups lie, and what is known of those that lie there. */

static EngramBackup *
create_in (const char  *path,
           const char  *folder,
           gboolean     must_exist,
           GError     **error)
{
  const EngramBackupOptions options = { .folder = folder, .folder_must_exist = must_exist, .name = "b" };
  g_autoptr (EngramDatabase) database = backup_open (path);

  return engram_backup_create (database, &options, NULL, NULL, NULL, error);
}

/* A disk that is not plugged in: nothing is made where it would be. */
static void
test_gone (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *gone = g_build_filename (folder, "disk", "my backups", NULL);
  g_autoptr (EngramBackup) made = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_backup_check_folder (gone, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_clear_error (&error);
  g_assert_null (create_in (path, gone, TRUE, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_assert_nonnull (strstr (error->message, gone));
  g_assert_nonnull (strstr (error->message, "another folder"));
  g_clear_error (&error);
  backup_assert_files (folder, "a.db");

  made = create_in (path, gone, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (engram_backup_check_folder (gone, &error));
  g_assert_no_error (error);
}

static void
test_restore (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autofree char *safety_folder = NULL;
  g_autofree char *before = backup_hash_content (path), *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_restore (database, backup->path, other, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_assert_nonnull (strstr (error->message, other));
  g_clear_error (&error);
  after = backup_hash_content (path);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_mkdir (other, 0755), ==, 0);
  report = engram_restore (database, backup->path, other, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  safety_folder = g_path_get_dirname (report->safety_backup);
  g_assert_cmpstr (safety_folder, ==, other);
}

static void
try_read_only (const char *disk)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autoptr (GError) error = NULL;

  own_disk_make_read_only (disk);
  g_assert_null (create_in (path, disk, TRUE, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "Choose another folder"));
}

static void
test_read_only (void)
{
  own_disk_run (try_read_only, "size=16m");
}

static gboolean
find_verification (const char         *path,
                   EngramBackupStatus *status,
                   char              **message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramBackup) backup = engram_backup_read (path, &error);
  gint64 time = 0;
  gboolean known;

  g_assert_no_error (error);
  known = engram_backup_get_verification (backup, status, message, &time);
  if (known)
    g_assert_cmpint (ABS (g_get_real_time () - time), <, G_TIME_SPAN_HOUR);
  return known;
}

static void
test_verification (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *python = g_build_filename (folder, "backups", "p.db", NULL);
  g_autofree char *found = NULL, *damage = NULL;
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autoptr (GError) error = NULL;
  struct utimbuf times = { 1000000000, 1000000000 };
  EngramBackupStatus status;

  /* One of Engram's was verified when it was made. */
  g_assert_true (find_verification (backup->path, &status, NULL));
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_GOOD);

  backup_make_python (path, python, "2025-09-01T10:00:00", 60);
  g_assert_false (find_verification (python, &status, NULL));
  g_assert_true (engram_backup_verify (python, &status, NULL, NULL, NULL, NULL, &error));
  g_assert_true (find_verification (python, &status, &found));
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_UNKNOWN);
  g_assert_nonnull (found);

  /* What was written since is another file, also where it is as long. */
  backup_write_byte (backup->path, 40000, 0xee);
  g_assert_cmpint (g_utime (backup->path, &times), ==, 0);
  g_assert_false (find_verification (backup->path, &status, NULL));
  g_assert_true (engram_backup_verify (backup->path, &status, NULL, NULL, NULL, NULL, &error));
  g_assert_true (find_verification (backup->path, &status, &damage));
  g_assert_cmpint (status, ==, ENGRAM_BACKUP_DAMAGED);
  g_assert_nonnull (strstr (damage, "SHA-256"));
}

static gboolean
is_current (const char *path,
            const char *folder)
{
  g_autoptr (EngramDatabase) database = backup_open (path);
  g_autoptr (GError) error = NULL;
  gboolean current;

  g_assert_true (engram_backup_is_current (folder, database, &current, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return current;
}

static void
test_current (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *other = backup_make_network (folder, "other.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramBackup) of_other = backup_create (other, "other", NULL);
  g_autoptr (EngramBackup) first = NULL;
  g_autofree char *manifest = NULL;

  g_assert_false (is_current (path, backups));
  first = backup_create (path, "first", NULL);
  g_assert_true (is_current (path, backups));
  backup_execute (path, "UPDATE synapses SET weight=0.125 WHERE rowid=1");
  g_assert_false (is_current (path, backups));
  /* A clock that was wrong proves nothing. */
  manifest = backup_get_manifest (first->path);
  backup_replace_text (manifest, first->time, "2999-01-01T00:00:00");
  g_assert_false (is_current (path, backups));
}

/* The time so many seconds after the file came to be as it is, as a manifest has it. */
static char *
format_time_after_writing (const char *path,
                           gint64      seconds)
{
  g_autoptr (GDateTime) time = NULL;
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  time = g_date_time_new_from_unix_local (MAX (status.st_mtim.tv_sec, status.st_ctim.tv_sec) + seconds);
  return engram_time_format (time);
}

/* A file that was last written long before its backup need not be read: its content is not asked for. */
static void
test_current_by_time (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_shared_data ("original/network.db");
  g_autoptr (EngramBackup) backup = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *soon = NULL;
  g_autofree char *later = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  backup = create_in (path, folder, TRUE, &error);
  g_assert_no_error (error);
  manifest = backup_get_manifest (backup->path);
  backup_replace_text (manifest, backup->content, backup->sha256);
  soon = format_time_after_writing (path, 60 * 60);
  backup_replace_text (manifest, backup->time, soon);
  g_assert_false (is_current (path, folder));
  later = format_time_after_writing (path, 2 * 60 * 60 + 1);
  backup_replace_text (manifest, soon, later);
  g_assert_true (is_current (path, folder));
}

static void
test_plan (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GPtrArray) plan = NULL, deleted = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("b%u", i);
      g_autoptr (EngramBackup) backup = backup_create (path, name, i == 1 ? "mine" : NULL);
    }
  database = backup_open (path);
  plan = engram_backup_plan_retention (backups, database, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->len, ==, 2);
  g_assert_cmpstr (((const EngramBackup *) plan->pdata[0])->name, ==, "b2");
  g_assert_cmpstr (((const EngramBackup *) plan->pdata[1])->name, ==, "b0");
  backup_assert_files (backups, "b0.db b0.json b1.db b1.json b2.db b2.json b3.db b3.json");
  g_assert_true (engram_backup_apply_retention (backups, database, 1, &deleted, NULL, &error));
  g_assert_cmpuint (deleted->len, ==, plan->len);
  backup_assert_files (backups, "b1.db b1.json b3.db b3.json");
}

typedef struct {
  const char *from;
  const char *to;
  int         is_over; /* atomic */
} Mover;

static gpointer
come_and_go (gpointer data)
{
  Mover *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      test_copy_file (self->from, self->to);
      g_assert_cmpint (g_unlink (self->to), ==, 0);
    }
  return NULL;
}

/* What goes while it is listed is not listed, or was there. */
static void
test_vanishing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = backup_make_network (folder, "a.db");
  g_autofree char *backups = engram_backup_get_default_folder (path);
  g_autoptr (EngramBackup) backup = backup_create (path, "b", NULL);
  g_autofree char *to = g_build_filename (backups, "c.db", NULL);
  Mover mover = { path, to, FALSE };
  GThread *thread = g_thread_new ("mover", come_and_go, &mover);

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = engram_backup_list (backups, NULL, &error);
      gboolean has_kept = FALSE;

      g_assert_no_error (error);
      for (guint j = 0; j < found->len; j++)
        has_kept |= g_str_equal (((const EngramBackup *) found->pdata[j])->name, "b");
      g_assert_true (has_kept);
      g_assert_cmpuint (found->len, <=, 2);
    }
  g_atomic_int_set (&mover.is_over, TRUE);
  g_thread_join (thread);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backup-folder/gone", test_gone);
  g_test_add_func ("/backup-folder/restore", test_restore);
  g_test_add_func ("/backup-folder/read-only", test_read_only);
  g_test_add_func ("/backup-folder/verification", test_verification);
  g_test_add_func ("/backup-folder/current", test_current);
  g_test_add_func ("/backup-folder/current-by-time", test_current_by_time);
  g_test_add_func ("/backup-folder/plan", test_plan);
  g_test_add_func ("/backup-folder/vanishing", test_vanishing);
  return g_test_run ();
}
