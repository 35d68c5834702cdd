/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"
#include "../storage/own-disk.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* engram-cli interrupted, on a full disk, without standard files, and in a locale that writes 0,5 for 0.5. */

/* Long enough at work to be interrupted: 2,000 vectors of 384 numbers, a document of 24 MB. */
static char *
make_large_network (const char *folder)
{
  char *path = g_build_filename (folder, "large.db", NULL);
  g_autoptr (CliRun) run = cli_run ("generate", path, "--neurons", "2000", "--synapses", "20000", NULL);

  cli_assert_status (run, 0);
  return path;
}

static char *
export_network (const char *folder,
                const char *path)
{
  char *document = g_build_filename (folder, "large.json", NULL);
  g_autoptr (CliRun) run = cli_run ("export", path, document, NULL);

  cli_assert_status (run, 0);
  return document;
}

static void
assert_interrupted (CliRun *run)
{
  cli_assert_status (run, 130);
  cli_assert_says (run->errors, "interrupted; nothing was changed");
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *content = cli_hash_content (path);

  g_assert_cmpstr (content, ==, expected);
}

static void
assert_names (const char *folder,
              const char *expected)
{
  g_autofree char *names = cli_list_folder (folder);

  g_assert_cmpstr (names, ==, expected);
}

static char *
make_folder (const char *folder,
             const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

static void
test_interrupt_export (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *target = make_folder (folder, "target");
  g_autofree char *document = g_build_filename (target, "n.json", NULL);
  g_autofree char *old = NULL;
  g_autoptr (CliRun) run = NULL;

  g_assert_true (g_file_set_contents (document, "old", -1, NULL));
  run = cli_run_interrupted (target, "", "export", path, document, NULL);
  assert_interrupted (run);
  assert_names (target, "n.json");
  g_assert_true (g_file_get_contents (document, &old, NULL, NULL));
  g_assert_cmpstr (old, ==, "old");
}

static void
test_interrupt_import_new (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *document = export_network (folder, path);
  g_autofree char *target = make_folder (folder, "target");
  g_autofree char *new = g_build_filename (target, "new.db", NULL);
  g_autoptr (CliRun) run = cli_run_interrupted (target, "", "import", new, document, NULL);

  assert_interrupted (run);
  assert_names (target, "");
}

/* Once it writes into the network, or notes what is there. */
static void
test_interrupt_import (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *document = export_network (folder, path);
  g_autofree char *target = make_folder (folder, "target");
  g_autofree char *small = cli_make_network (target, "n.db");
  g_autofree char *content = cli_hash_content (small);
  g_autoptr (CliRun) run = cli_run_interrupted (target, "-wal", "import", small, document, NULL);
  g_autoptr (CliRun) undone = cli_run ("undo", small, NULL);

  assert_interrupted (run);
  assert_content (small, content);
  assert_names (target, "n.db");
  cli_assert_status (undone, 1);
}

static void
test_interrupt_prune (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *content = cli_hash_content (path);
  g_autoptr (CliRun) run = cli_run_interrupted (folder, "-wal", "prune", path, "--below=2", NULL);
  g_autoptr (CliRun) undone = cli_run ("undo", path, NULL);

  /* The signal may come when all is done already: then it is done. */
  if (run->status == 0)
    {
      cli_assert_status (undone, 0);
    }
  else
    {
      assert_interrupted (run);
      cli_assert_status (undone, 1);
    }
  assert_content (path, content);
  assert_names (folder, "large.db");
}

static void
test_interrupt_backup (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *target = make_folder (folder, "target");
  g_autoptr (CliRun) run = cli_run_interrupted (target, "", "backup", path, "--to", target, NULL);

  assert_interrupted (run);
  assert_names (target, "");
}

static void
test_interrupt_restore (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *target = make_folder (folder, "target");
  g_autofree char *small = cli_make_network (target, "n.db");
  g_autofree char *content = cli_hash_content (small);
  g_autofree char *backups = make_folder (target, "backups");
  g_autoptr (CliRun) run = cli_run_interrupted (backups, "", "restore", small, path, NULL);

  assert_interrupted (run);
  assert_content (small, content);
}

static void
test_interrupt_repair (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_large_network (folder);
  g_autofree char *backups = make_folder (folder, "backups");
  g_autofree char *content = NULL;
  g_autoptr (CliRun) run = NULL;

  cli_execute_sql (path, "DELETE FROM neurons WHERE rowid > 1000;");
  content = cli_hash_content (path);
  run = cli_run_interrupted (backups, "", "check", "--repair", path, NULL);
  assert_interrupted (run);
  assert_content (path, content);
}

/* Fills what is left of a disk. */
static void
fill_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "filler", NULL);
  g_autofree char *block = g_strnfill (4096, 'x');
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  setvbuf (file, NULL, _IONBF, 0);
  while (fwrite (block, 1, 4096, file) == 4096)
    continue;
  fclose (file);
}

static void
work_on_full_disk (const char *disk)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *source = g_build_filename (folder, "n.json", NULL);
  g_autofree char *document = g_build_filename (disk, "n.json", NULL);
  g_autofree char *network = g_build_filename (disk, "n.db", NULL);
  g_autoptr (CliRun) exported = cli_run ("export", path, source, NULL);
  g_autoptr (CliRun) to_full = NULL;
  g_autoptr (CliRun) from_full = NULL;
  g_autoptr (CliRun) backup = NULL;

  cli_assert_status (exported, 0);
  fill_disk (disk);
  to_full = cli_run ("export", path, document, NULL);
  from_full = cli_run ("import", network, source, NULL);
  backup = cli_run ("backup", path, "--to", disk, NULL);
  cli_assert_status (to_full, 1);
  g_assert_cmpint (from_full->status, ==, 1);
  cli_assert_status (backup, 1);
  assert_names (disk, "filler");
}

static void
test_full_disk (void)
{
  own_disk_run (work_on_full_disk, "size=1m");
}

/* What is opened meanwhile does not become the standard output: a document holds what it should, and nothing else. */
static void
test_closed_files (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *first = g_build_filename (folder, "1.json", NULL);
  g_autofree char *second = g_build_filename (folder, "2.json", NULL);
  g_autoptr (CliRun) no_input = cli_run_shell ("\"$ENGRAM_CLI\" export \"$1\" \"$2\" --json <&-", path, first);
  g_autoptr (CliRun) no_output = cli_run_shell ("\"$ENGRAM_CLI\" export \"$1\" \"$2\" --json >&-", path, second);
  g_autofree char *third = g_build_filename (folder, "3.json", NULL);
  g_autoptr (CliRun) no_errors = cli_run_shell ("\"$ENGRAM_CLI\" check \"$1\" <&- 2>&-", path, NULL);
  g_autoptr (CliRun) nothing = cli_run_shell ("\"$ENGRAM_CLI\" export \"$1\" \"$2\" <&- 2>&-", path, third);
  g_autofree char *checksum = NULL;
  g_autofree char *contents = NULL;

  cli_assert_status (no_input, 0);
  cli_assert_status (no_output, 1);
  cli_assert_says (no_output->errors, "cannot write the output");
  cli_assert_says (no_output->errors, "the document is written");
  cli_assert_status (no_errors, 0);
  checksum = cli_text_member (no_input->output, "checksum");
  g_assert_true (g_file_get_contents (second, &contents, NULL, NULL));
  g_assert_cmpint (engram_json_check (contents, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  cli_assert_says (contents, checksum);
  cli_assert_status (nothing, 0);
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (third, &contents, NULL, NULL));
  cli_assert_says (contents, checksum);
}

/* A crash has left a journal, so the network is looked at as a private copy: also for who has no folder to keep one. */
static void
test_no_cache (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *live = cli_make_network (folder, "live.db");
  g_autofree char *live_wal = g_strconcat (live, "-wal", NULL);
  g_autofree char *left = g_build_filename (folder, "left.db", NULL);
  g_autofree char *left_wal = g_strconcat (left, "-wal", NULL);
  g_autoptr (CliRun) run = NULL;
  sqlite3 *writer;

  g_assert_cmpint (sqlite3_open (live, &writer), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (writer, "PRAGMA journal_mode=WAL; UPDATE neurons SET neuron_type='left'", NULL, NULL,
                                 NULL), ==, SQLITE_OK);
  test_copy_file (live, left);
  test_copy_file (live_wal, left_wal);
  sqlite3_close (writer);

  cli_set_environment ("XDG_CACHE_HOME", "/proc/nowhere");
  cli_set_environment ("HOME", "/proc/nowhere");
  run = cli_run ("info", left, "--json", NULL);
  cli_reset_environment ();
  cli_assert_status (run, 0);
  cli_assert_says (run->output, "\"left\"");
}

/* What was done is not denied because it could not be told. */
static void
test_full_output (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) pruned = NULL;
  g_autoptr (CliRun) looked = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("/dev/full is not there");
      return;
    }
  looked = cli_run_shell ("\"$ENGRAM_CLI\" check \"$1\" >/dev/full", path, NULL);
  pruned = cli_run_shell ("\"$ENGRAM_CLI\" prune \"$1\" --below=2 >/dev/full", path, NULL);
  cli_assert_status (looked, 1);
  cli_assert_status (pruned, 1);
  cli_assert_says (pruned->errors, "the pruning is done");
}

/* Makes a locale that has nothing but a comma for the decimal point. */
static gboolean
make_comma_locale (const char *folder)
{
  g_autofree char *source = g_build_filename (folder, "source", NULL);
  g_autofree char *target = g_build_filename (folder, "comma", NULL);
  g_autofree char *numeric = g_build_filename (target, "LC_NUMERIC", NULL);
  g_autoptr (GSubprocess) process = NULL;

  g_assert_true (g_file_set_contents (source,
                                      "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\ngrouping 3;3\n"
                                      "END LC_NUMERIC\n", -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "localedef",
                              "-c", "-i", source, target, NULL);
  if (process != NULL)
    g_subprocess_wait (process, NULL, NULL);
  return g_file_test (numeric, G_FILE_TEST_EXISTS);
}

static void
test_comma (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *document = g_build_filename (folder, "n.json", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autofree char *threshold = NULL;
  g_autofree char *content = cli_hash_content (path);
  g_autoptr (CliRun) text = NULL;
  g_autoptr (CliRun) dry = NULL;
  g_autoptr (CliRun) exported = NULL;
  g_autoptr (CliRun) imported = NULL;
  g_autoptr (CliRun) checked = NULL;

  if (!make_comma_locale (folder))
    {
      g_test_skip ("no locale can be made here");
      return;
    }
  cli_set_environment ("LC_ALL", NULL);
  cli_set_environment ("LC_CTYPE", "C.UTF-8");
  cli_set_environment ("LC_NUMERIC", "comma");
  cli_set_environment ("LOCPATH", folder);
  text = cli_run ("prune", path, "--below=0.25", "--dry-run", NULL);
  dry = cli_run ("prune", path, "--below=0.25", "--dry-run", "--json", NULL);
  exported = cli_run ("export", path, document, "--json", NULL);
  imported = cli_run ("import", copy, document, "--json", NULL);
  checked = cli_run ("check", copy, "--json", NULL);
  cli_reset_environment ();

  /* The locale is there: people read a comma. */
  cli_assert_status (text, 0);
  cli_assert_says (text->output, "0,25\n");
  cli_assert_status (dry, 0);
  threshold = cli_member (dry->output, "threshold");
  g_assert_cmpstr (threshold, ==, "0.25");
  g_assert_cmpuint (cli_number_member (dry->output, "pruned"), >, 0);
  cli_assert_status (exported, 0);
  cli_assert_status (imported, 0);
  cli_assert_says (imported->output, "\"checksum\":\"ok\"");
  assert_content (path, content);
  cli_assert_status (checked, 0);
}

/* A network and documents whose names are no UTF-8. */
static void
test_odd_names (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *made = cli_make_network (folder, "n.db");
  g_autofree char *path = g_build_filename (folder, "n\xff.db", NULL);
  g_autofree char *document = g_build_filename (folder, "d\xff.json", NULL);
  g_autofree char *copy = g_build_filename (folder, "c\xff.db", NULL);
  g_autoptr (CliRun) exported = NULL;
  g_autoptr (CliRun) imported = NULL;
  g_autoptr (CliRun) backup = NULL;
  g_autoptr (CliRun) listed = NULL;

  g_assert_cmpint (g_rename (made, path), ==, 0);
  exported = cli_run ("export", path, document, "--json", NULL);
  imported = cli_run ("import", copy, document, "--json", NULL);
  backup = cli_run ("backup", path, "--json", NULL);
  listed = cli_run ("backups", path, "--json", NULL);
  cli_assert_status (exported, 0);
  cli_assert_status (imported, 0);
  cli_assert_status (backup, 0);
  cli_assert_status (listed, 0);
  g_assert_cmpint (engram_json_check (exported->output, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  g_assert_cmpint (engram_json_check (imported->output, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  g_assert_cmpint (engram_json_check (backup->output, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  g_assert_cmpint (engram_json_check (listed->output, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli-faults/interrupt/export", test_interrupt_export);
  g_test_add_func ("/cli-faults/interrupt/import-new", test_interrupt_import_new);
  g_test_add_func ("/cli-faults/interrupt/import", test_interrupt_import);
  g_test_add_func ("/cli-faults/interrupt/prune", test_interrupt_prune);
  g_test_add_func ("/cli-faults/interrupt/backup", test_interrupt_backup);
  g_test_add_func ("/cli-faults/interrupt/restore", test_interrupt_restore);
  g_test_add_func ("/cli-faults/interrupt/repair", test_interrupt_repair);
  g_test_add_func ("/cli-faults/full-disk", test_full_disk);
  g_test_add_func ("/cli-faults/closed-files", test_closed_files);
  g_test_add_func ("/cli-faults/no-cache", test_no_cache);
  g_test_add_func ("/cli-faults/full-output", test_full_output);
  g_test_add_func ("/cli-faults/comma", test_comma);
  g_test_add_func ("/cli-faults/odd-names", test_odd_names);
  return cli_test_run ();
}
