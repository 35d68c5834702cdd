/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

#include <glib/gstdio.h>

/* engram-cli backup, backups, verify and restore */

/* Makes a backup of that name in the usual folder. */
static char *
make_backup (const char *path,
             const char *name)
{
  g_autoptr (CliRun) run = cli_run ("backup", path, "--name", name, "--json", NULL);

  cli_assert_status (run, 0);
  return cli_text_member (run->output, "path");
}

/* Turns one bit of a file around. */
static void
flip_bit (const char *path,
          gsize       offset)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  contents[offset % length] ^= 1;
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

static char *
get_manifest (const char *backup)
{
  g_autofree char *stem = g_strndup (backup, strlen (backup) - strlen (".db"));

  return g_strconcat (stem, ".json", NULL);
}

/* What verify says of it. */
static void
assert_verified (const char *backup,
                 const char *expected)
{
  g_autoptr (CliRun) json = cli_run ("verify", backup, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("verify", backup, NULL);
  g_autofree char *keys = NULL;
  g_autofree char *status = NULL;
  g_autofree char *path = NULL;

  if (g_str_equal (expected, "good"))
    {
      cli_assert_status (json, 0);
      cli_assert_status (text, 0);
    }
  else
    {
      cli_assert_found (json);
      cli_assert_found (text);
    }
  keys = cli_keys (json->output);
  status = cli_text_member (json->output, "status");
  path = cli_text_member (json->output, "path");
  g_assert_cmpstr (keys, ==, "path status message");
  g_assert_cmpstr (status, ==, expected);
  g_assert_cmpstr (path, ==, backup);
  cli_assert_says (text->output, "Status");
}

static void
test_backup (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *content = cli_hash_content (path);
  g_autoptr (CliRun) json = cli_run ("backup", path, "--json", NULL);
  g_autoptr (CliRun) text = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *expected_parent = g_build_filename (folder, "backups", NULL);
  g_autofree char *content_of_backup = NULL;

  cli_assert_status (json, 0);
  keys = cli_keys (json->output);
  backup = cli_text_member (json->output, "path");
  sha256 = cli_text_member (json->output, "sha256");
  parent = g_path_get_dirname (backup);
  hash = test_hash_file (backup);
  g_assert_cmpstr (keys, ==, "path size_bytes sha256 neurons synapses seconds");
  g_assert_cmpstr (parent, ==, expected_parent);
  g_assert_cmpstr (sha256, ==, hash);
  g_assert_cmpuint (cli_number_member (json->output, "neurons"), ==, 200);
  g_assert_cmpuint (cli_number_member (json->output, "synapses"), ==, 500);
  content_of_backup = cli_hash_content (backup);
  g_assert_cmpstr (content_of_backup, ==, content);

  text = cli_run ("backup", path, "--name", "zum Schluß", NULL);
  cli_assert_status (text, 0);
  cli_assert_says (text->output, "zum Schluß.db");
}

static void
test_backup_options (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *target = g_build_filename (folder, "wo anders", "ü", NULL);
  g_autoptr (CliRun) made = cli_run ("backup", path, "--to", target, "--name", "eins", "--note", "zwei\ndrei", NULL);
  g_autoptr (CliRun) again = cli_run ("backup", path, "--to", target, "--name", "eins", NULL);
  g_autoptr (CliRun) outside = cli_run ("backup", path, "--to", target, "--name", "../eins", NULL);
  g_autofree char *names = cli_list_folder (target);
  g_autoptr (CliRun) json = cli_run ("backups", path, "--in", target, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("backups", path, "--in", target, NULL);
  g_autofree char *note = NULL;

  cli_assert_status (made, 0);
  cli_assert_status (again, 1);
  cli_assert_status (outside, 1);
  g_assert_cmpstr (names, ==, "eins.db|eins.json");
  cli_assert_status (json, 0);
  note = cli_text_member (json->output, "note");
  g_assert_cmpstr (note, ==, "zwei\ndrei");
  cli_assert_says (text->output, "zwei drei\n");
}

/* A script without a locale speaks UTF-8 all the same. */
static void
test_plain_locale (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "Größe.db");
  g_autoptr (CliRun) made = NULL;
  g_autoptr (CliRun) listed = NULL;
  g_autofree char *note = NULL;
  g_autofree char *name = NULL;

  cli_set_environment ("LC_ALL", "C");
  made = cli_run ("backup", path, "--name", "Größe", "--note", "Für später", "--json", NULL);
  listed = cli_run ("backups", path, "--json", NULL);
  cli_reset_environment ();
  cli_assert_status (made, 0);
  cli_assert_status (listed, 0);
  note = cli_text_member (listed->output, "note");
  name = cli_text_member (listed->output, "name");
  g_assert_cmpstr (note, ==, "Für später");
  g_assert_cmpstr (name, ==, "Größe");
}

static void
test_backups (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) none = cli_run ("backups", path, "--json", NULL);
  g_autoptr (CliRun) none_text = cli_run ("backups", path, NULL);
  g_autofree char *first = make_backup (path, "first");
  g_autofree char *second = make_backup (path, "second");
  g_autofree char *manifest = get_manifest (first);
  g_autoptr (CliRun) json = NULL;
  g_autoptr (CliRun) text = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *oldest = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *complete = NULL;
  g_autofree char *incomplete = NULL;
  g_auto (GStrv) lines = NULL;

  cli_assert_status (none, 0);
  g_assert_cmpstr (none->output, ==, "");
  cli_assert_says (none_text->output, "There are no backups in ");

  json = cli_run ("backups", path, "--json", NULL);
  cli_assert_status (json, 0);
  lines = cli_run_lines (json);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  keys = cli_keys (lines[0]);
  newest = cli_text_member (lines[0], "name");
  oldest = cli_text_member (lines[1], "name");
  shown = cli_text_member (lines[0], "path");
  reason = cli_text_member (lines[0], "reason");
  complete = cli_member (lines[0], "complete");
  g_assert_cmpstr (keys, ==, "path name time size_bytes neurons synapses reason note complete");
  g_assert_cmpstr (newest, ==, "second");
  g_assert_cmpstr (oldest, ==, "first");
  g_assert_cmpstr (shown, ==, second);
  g_assert_cmpstr (reason, ==, "manual");
  g_assert_cmpstr (complete, ==, "true");
  g_assert_cmpuint (cli_number_member (lines[0], "neurons"), ==, 200);

  g_remove (manifest);
  text = cli_run ("backups", path, NULL);
  cli_assert_status (text, 0);
  cli_assert_says (text->output, "incomplete");
  cli_assert_says (text->output, "by hand");
}

/* The network is lost, its backups are not; what never was has none. */
static void
test_backups_of_lost (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "n.db", NULL);
  g_autofree char *backup = make_backup (path, "one");
  g_autoptr (CliRun) lost = NULL;
  g_autoptr (CliRun) never = cli_run ("backups", nowhere, NULL);
  g_autoptr (CliRun) no_folder = cli_run ("backups", path, "--in", nowhere, NULL);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (CliRun) of_folder = cli_run ("backups", backups, NULL);
  g_autofree char *shown = NULL;

  g_remove (path);
  lost = cli_run ("backups", path, "--json", NULL);
  cli_assert_status (lost, 0);
  shown = cli_text_member (lost->output, "path");
  g_assert_cmpstr (shown, ==, backup);
  cli_assert_status (never, 1);
  cli_assert_status (no_folder, 1);
  cli_assert_status (of_folder, 1);
  cli_assert_says (of_folder->errors, "is a folder");
}

static void
test_keep (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) noted = cli_run ("backup", path, "--name=noted", "--note=mine", NULL);
  g_autofree char *first = make_backup (path, "first");
  g_autofree char *second = make_backup (path, "second");
  g_autoptr (CliRun) run = cli_run ("backup", path, "--name=third", "--keep=2", "--json", NULL);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *names = cli_list_folder (backups);
  g_autoptr (CliRun) text = cli_run ("backup", path, "--name=fourth", "--keep=1", NULL);
  g_autofree char *names_after = cli_list_folder (backups);

  cli_assert_status (noted, 0);
  cli_assert_status (run, 0);
  g_assert_cmpstr (names, ==, "noted.db|noted.json|second.db|second.json|third.db|third.json");
  cli_assert_status (text, 0);
  cli_assert_says (text->output, "Older backups deleted");
  g_assert_cmpstr (names_after, ==, "fourth.db|fourth.json|noted.db|noted.json");
}

static void
test_verify (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *good = make_backup (path, "good");
  g_autofree char *damaged = make_backup (path, "damaged");
  g_autofree char *incomplete = make_backup (path, "incomplete");
  g_autofree char *manifest = get_manifest (incomplete);
  g_autofree char *missing = g_build_filename (folder, "missing.db", NULL);
  g_autoptr (CliRun) run = cli_run ("verify", missing, "--json", NULL);

  flip_bit (damaged, 50000);
  g_remove (manifest);
  assert_verified (good, "good");
  assert_verified (damaged, "damaged");
  assert_verified (incomplete, "incomplete");
  cli_assert_status (run, 1);
}

/* A backup as the Python program makes it. */
static char *
make_python_backup (const char *folder,
                    const char *path)
{
  char *backup = g_build_filename (folder, "neuron_system_backup_20251101_090000.db", NULL);
  g_autofree char *manifest = get_manifest (backup);
  g_autoptr (GError) error = NULL;

  test_copy_file (path, backup);
  g_file_set_contents (manifest,
                       "{\n  \"backup_time\": \"2025-11-01T09:00:00\",\n  \"original_db\": \"n.db\",\n  \"stats\": {\n"
                       "    \"neuron_count\": 5,\n    \"synapse_count\": 6,\n    \"database_size_bytes\": 4096\n  }\n}",
                       -1, &error);
  g_assert_no_error (error);
  return backup;
}

static void
test_python_backup (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *version_1 = test_version_1 (folder, "old.db");
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *backup = NULL;
  g_autofree char *content = cli_hash_content (version_1);
  g_autofree char *content_after = NULL;
  g_autofree char *time = NULL;
  g_autofree char *note = NULL;
  g_autofree char *complete = NULL;
  g_autoptr (CliRun) listed = NULL;
  g_autoptr (CliRun) restored = NULL;

  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  backup = make_python_backup (backups, version_1);
  assert_verified (backup, "unknown");

  listed = cli_run ("backups", path, "--json", NULL);
  cli_assert_status (listed, 0);
  time = cli_text_member (listed->output, "time");
  note = cli_member (listed->output, "note");
  complete = cli_member (listed->output, "complete");
  g_assert_cmpstr (time, ==, "2025-11-01T09:00:00");
  g_assert_cmpstr (note, ==, "null");
  g_assert_cmpstr (complete, ==, "true");
  g_assert_cmpuint (cli_number_member (listed->output, "neurons"), ==, 5);

  restored = cli_run ("restore", path, backup, "--json", NULL);
  cli_assert_status (restored, 0);
  content_after = cli_hash_content (path);
  g_assert_cmpstr (content_after, ==, content);
}

static void
test_restore (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *content = cli_hash_content (path);
  g_autofree char *backup = make_backup (path, "one");
  g_autoptr (CliRun) pruned = cli_run ("prune", path, "--below=2", NULL);
  g_autofree char *content_pruned = cli_hash_content (path);
  g_autoptr (CliRun) json = cli_run ("restore", path, backup, "--json", NULL);
  g_autofree char *content_restored = cli_hash_content (path);
  g_autoptr (CliRun) nothing = cli_run ("undo", path, NULL);
  g_autoptr (CliRun) text = cli_run ("restore", path, backup, NULL);
  g_autofree char *keys = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *from = NULL;
  g_autofree char *safety = NULL;
  g_autofree char *content_of_safety = NULL;

  cli_assert_status (pruned, 0);
  cli_assert_status (json, 0);
  keys = cli_keys (json->output);
  shown = cli_text_member (json->output, "path");
  from = cli_text_member (json->output, "from");
  safety = cli_text_member (json->output, "safety_backup");
  g_assert_cmpstr (keys, ==, "path from safety_backup neurons synapses seconds");
  g_assert_cmpstr (shown, ==, path);
  g_assert_cmpstr (from, ==, backup);
  g_assert_cmpuint (cli_number_member (json->output, "synapses"), ==, 500);
  g_assert_cmpstr (content_restored, ==, content);
  content_of_safety = cli_hash_content (safety);
  g_assert_cmpstr (content_of_safety, ==, content_pruned);

  /* The history ended with it. */
  cli_assert_status (nothing, 1);
  cli_assert_status (text, 0);
  cli_assert_says (text->output, "What was there before");
}

static void
cut_file (const char *path,
          gsize       length)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

/* A file that is no network any more is moved aside; one that is gone is made again. */
static void
test_restore_unreadable (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *content = cli_hash_content (path);
  g_autofree char *backup = make_backup (path, "one");
  g_autofree char *content_again = NULL;
  g_autofree char *content_moved = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *text = NULL;
  g_autofree char *none = NULL;
  g_autoptr (CliRun) made_again = NULL;
  g_autoptr (CliRun) moved = NULL;
  g_autoptr (CliRun) cut = NULL;
  g_autoptr (CliRun) mended = NULL;
  g_autofree char *content_mended = NULL;

  g_remove (path);
  made_again = cli_run ("restore", path, backup, "--json", NULL);
  cli_assert_status (made_again, 0);
  content_again = cli_hash_content (path);
  none = cli_member (made_again->output, "safety_backup");
  g_assert_cmpstr (content_again, ==, content);
  g_assert_cmpstr (none, ==, "null");

  g_assert_true (g_file_set_contents (path, "gone\n", -1, NULL));
  moved = cli_run ("restore", path, backup, "--json", NULL);
  cli_assert_status (moved, 0);
  content_moved = cli_hash_content (path);
  g_assert_cmpstr (content_moved, ==, content);
  aside = cli_text_member (moved->output, "safety_backup");
  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "gone\n");

  cut_file (path, 20480);
  cut = cli_run ("info", path, NULL);
  mended = cli_run ("restore", path, backup, NULL);
  cli_assert_status (cut, 1);
  cli_assert_status (mended, 0);
  content_mended = cli_hash_content (path);
  g_assert_cmpstr (content_mended, ==, content);
}

/* The newest good one is named. */
static void
test_restore_damaged (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *oldest = make_backup (path, "oldest");
  g_autofree char *good = make_backup (path, "the good one");
  g_autofree char *bad = make_backup (path, "bad");
  g_autofree char *content = cli_hash_content (path);
  g_autofree char *content_after = NULL;
  g_autofree char *missing = g_build_filename (folder, "missing.db", NULL);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) none = cli_run ("restore", path, missing, NULL);

  flip_bit (bad, 50000);
  run = cli_run ("restore", path, bad, NULL);
  cli_assert_status (run, 1);
  cli_assert_says (run->errors, "the good one");
  cli_assert_status (none, 1);
  content_after = cli_hash_content (path);
  g_assert_cmpstr (content_after, ==, content);
}

/* The arguments in the wrong order would overwrite a backup; a folder is nothing to move aside. */
static void
test_restore_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *backup = make_backup (path, "one");
  g_autoptr (CliRun) swapped = cli_run ("restore", backup, path, NULL);
  g_autoptr (CliRun) into_folder = cli_run ("restore", folder, backup, NULL);
  g_autofree char *names = cli_list_folder (folder);

  cli_assert_status (swapped, 2);
  cli_assert_status (into_folder, 1);
  assert_verified (backup, "good");
  g_assert_cmpstr (names, ==, "backups|n.db");
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli-backup/backup", test_backup);
  g_test_add_func ("/cli-backup/backup/options", test_backup_options);
  g_test_add_func ("/cli-backup/backup/plain-locale", test_plain_locale);
  g_test_add_func ("/cli-backup/backup/keep", test_keep);
  g_test_add_func ("/cli-backup/backups", test_backups);
  g_test_add_func ("/cli-backup/backups/of-lost", test_backups_of_lost);
  g_test_add_func ("/cli-backup/backups/python", test_python_backup);
  g_test_add_func ("/cli-backup/verify", test_verify);
  g_test_add_func ("/cli-backup/restore", test_restore);
  g_test_add_func ("/cli-backup/restore/unreadable", test_restore_unreadable);
  g_test_add_func ("/cli-backup/restore/damaged", test_restore_damaged);
  g_test_add_func ("/cli-backup/restore/refused", test_restore_refused);
  return cli_test_run ();
}
