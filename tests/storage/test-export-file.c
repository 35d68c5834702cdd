/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "export-support.h"
#include "own-disk.h"

/* What becomes of the file that an export replaces, and of what must not be replaced. */

#define OLD_TEXT "what was there"

static EngramDatabase *
open_network (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  return database;
}

static void
write_old (const char *path)
{
  g_assert_true (g_file_set_contents (path, OLD_TEXT, -1, NULL));
}

static void
assert_old (const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, OLD_TEXT);
}

static void
assert_names (const char *folder,
              const char *expected)
{
  g_autofree char *names = test_list_folder (folder);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_refused (EngramDatabase *database,
                const char     *path,
                int             code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);

  g_assert_null (engram_export (database, path, FALSE, NULL, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, ENGRAM_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_replace (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramExportReport) report = NULL;
  struct stat before, after;
  FILE *reader;
  char text[sizeof OLD_TEXT] = "";

  write_old (out);
  g_assert_cmpint (g_chmod (out, 0600), ==, 0);
  g_assert_cmpint (g_stat (out, &before), ==, 0);
  reader = g_fopen (out, "r");
  report = test_export (database, out);
  test_check_document (out, "--layout", NULL);

  /* Whoever reads the old file reads it to its end; and the new one is as private. */
  g_assert_cmpuint (fread (text, 1, sizeof text, reader), ==, strlen (OLD_TEXT));
  g_assert_cmpstr (text, ==, OLD_TEXT);
  fclose (reader);
  g_assert_cmpint (g_stat (out, &after), ==, 0);
  g_assert_cmpuint (after.st_ino, !=, before.st_ino);
  g_assert_cmpuint (after.st_mode, ==, before.st_mode);
  g_assert_cmpuint (after.st_size, ==, report->size_bytes);
  assert_names (folder, "a.db\nout.json");
}

/* A link stays a link, to the new file. */
static void
test_links (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) elsewhere = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *link = g_build_filename (folder, "link.json", NULL);
  g_autofree char *second = g_build_filename (elsewhere, "second.json", NULL);
  g_autofree char *target = g_build_filename (elsewhere, "target.json", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);

  g_assert_cmpint (symlink (second, link), ==, 0);
  g_assert_cmpint (symlink ("target.json", second), ==, 0);
  for (int i = 0; i < 2; i++)
    {
      /* First it leads nowhere. */
      g_autoptr (EngramExportReport) report = test_export (database, link);

      g_assert_cmpstr (report->path, ==, target);
      g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
      g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
      test_check_document (target, "--layout", NULL);
      assert_names (elsewhere, "second.json\ntarget.json");
      write_old (target);
    }
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  assert_refused (database, loop, ENGRAM_ERROR_FAILED);
}

/* A path within the present folder. */
static void
test_relative_path (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autofree char *present = g_get_current_dir ();
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autoptr (EngramExportReport) report = NULL;

  g_assert_cmpint (g_chdir (folder), ==, 0);
  report = test_export (database, "out.json");
  g_assert_cmpint (g_chdir (present), ==, 0);
  g_assert_cmpstr (report->path, ==, out);
  test_check_document (out, "--layout", NULL);
}

/* Databases, folders and what is no file stay, and nothing is left beside them. */
static void
test_refused (void)
{
  static const char *const own_files[] = { "a.db", "a.db-wal", "a.db-shm", "a.db-journal", "link.db", "hard.db" };
  static const char *const others[] = { "other.db", "other.db-wal", "other.db-journal", "other-link.db" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = test_version_1 (folder, "other.db");
  g_autofree char *link = g_build_filename (folder, "link.db", NULL);
  g_autofree char *hard = g_build_filename (folder, "hard.db", NULL);
  g_autofree char *other_link = g_build_filename (folder, "other-link.db", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent", "out.json", NULL);
  g_autofree char *beneath = g_build_filename (path, "out.json", NULL);
  g_autofree char *before = test_hash_file (path);
  g_autofree char *after = NULL;
  g_autoptr (EngramDatabase) database = open_network (path);

  g_assert_cmpint (symlink ("a.db", link), ==, 0);
  g_assert_cmpint (symlink (other, other_link), ==, 0);
  g_assert_cmpint (linkat (AT_FDCWD, path, AT_FDCWD, hard, 0), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (own_files); i++)
    {
      g_autofree char *out = g_build_filename (folder, own_files[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (engram_export (database, out, FALSE, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *out = g_build_filename (folder, others[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (engram_export (database, out, FALSE, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
    }
  assert_refused (database, folder, ENGRAM_ERROR_EXISTS);
  assert_refused (database, pipe, ENGRAM_ERROR_EXISTS);
  assert_refused (database, "/dev/null", ENGRAM_ERROR_EXISTS);
  g_assert_null (engram_export (database, absent, FALSE, NULL, NULL, NULL, NULL));
  g_assert_null (engram_export (database, beneath, FALSE, NULL, NULL, NULL, NULL));
  g_clear_object (&database);
  after = test_hash_file (path);
  g_assert_cmpstr (after, ==, before);
  assert_names (folder, "a.db\nhard.db\nlink.db\nother-link.db\nother.db\npipe");
}

/* Looking at what lies there takes no lock from a network that is open in this process. */
static void
test_locks_stay (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *other = test_version_1 (folder, "other.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autofree char *python = g_find_program_in_path ("python3");
  sqlite3 *holder;
  int status = 0;

  if (python == NULL)
    {
      g_test_skip ("python3 is not there to try the lock");
      return;
    }
  g_assert_cmpint (sqlite3_open (other, &holder), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (holder, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  assert_refused (database, other, ENGRAM_ERROR_EXISTS);
  {
    const char *arguments[] = {
      python, "-c",
      "import sqlite3, sys\n"
      "try: sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')\n"
      "except sqlite3.OperationalError: sys.exit(7)\n",
      other, NULL
    };

    g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, 0, NULL, NULL, NULL, NULL, &status, NULL));
  }
  g_assert_cmpint (WEXITSTATUS (status), ==, 7);
  sqlite3_close (holder);
}

static void
check_read_only (const char *folder)
{
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autoptr (TestFolder) own_folder = test_folder_new ();
  g_autofree char *path = test_version_1 (own_folder, "a.db");
  g_autoptr (EngramDatabase) database = open_network (path);
  g_autofree char *new_file = g_build_filename (folder, "new.json", NULL);

  write_old (out);
  own_disk_make_read_only (folder);
  assert_refused (database, out, ENGRAM_ERROR_READ_ONLY);
  g_assert_null (engram_export (database, new_file, FALSE, NULL, NULL, NULL, NULL));
  assert_old (out);
  assert_names (folder, "out.json");
}

static void
test_read_only_disk (void)
{
  own_disk_run (check_read_only, "size=3m");
}

/* More than the disk holds: what was there stays. */
static void
check_full_disk (const char *folder)
{
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autoptr (TestFolder) own_folder = test_folder_new ();
  g_autofree char *path = g_build_filename (own_folder, "a.db", NULL);
  const EngramGeneratorOptions options = { .neurons = 300, .synapses = 300, .dimension = 384 };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  database = open_network (path);
  write_old (out);
  assert_refused (database, out, ENGRAM_ERROR_NO_SPACE);
  assert_old (out);
  assert_names (folder, "out.json");
}

static void
test_full_disk (void)
{
  own_disk_run (check_full_disk, "size=3m");
}

/* Any other error of the disk. */
static void
test_write_fails (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autoptr (EngramDatabase) database = open_network (path);
  struct rlimit before, limit;

  write_old (out);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_refused (database, out, ENGRAM_ERROR_FAILED);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  assert_old (out);
  assert_names (folder, "a.db\nout.json");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export-file/replace", test_replace);
  g_test_add_func ("/export-file/links", test_links);
  g_test_add_func ("/export-file/relative-path", test_relative_path);
  g_test_add_func ("/export-file/refused", test_refused);
  g_test_add_func ("/export-file/locks-stay", test_locks_stay);
  g_test_add_func ("/export-file/read-only-disk", test_read_only_disk);
  g_test_add_func ("/export-file/full-disk", test_full_disk);
  g_test_add_func ("/export-file/write-fails", test_write_fails);

  return g_test_run ();
}
