/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

/* engram-cli prune and undo */

static guint64
count_weaker (const char *path,
              const char *threshold)
{
  g_autofree char *low = g_strdup_printf ("--min-weight=-%s", threshold);
  g_autofree char *high = g_strdup_printf ("--max-weight=%s", threshold);
  g_autoptr (CliRun) run = cli_run ("synapses", path, low, high, NULL);
  g_auto (GStrv) lines = NULL;

  cli_assert_status (run, 0);
  lines = cli_run_lines (run);
  return *run->output == '\0' ? 0 : g_strv_length (lines);
}

static void
assert_result (CliRun     *run,
               const char *threshold,
               guint64     pruned,
               const char *dry_run)
{
  g_autofree char *keys = NULL;
  g_autofree char *is_dry = NULL;
  g_autofree char *below = NULL;

  cli_assert_status (run, 0);
  keys = cli_keys (run->output);
  is_dry = cli_member (run->output, "dry_run");
  below = cli_member (run->output, "threshold");
  g_assert_cmpstr (keys, ==, "threshold pruned remaining isolated dry_run");
  g_assert_cmpstr (below, ==, threshold);
  g_assert_cmpstr (is_dry, ==, dry_run);
  g_assert_cmpuint (cli_number_member (run->output, "pruned"), ==, pruned);
  g_assert_cmpuint (cli_number_member (run->output, "remaining"), ==, 500 - pruned);
}

static void
test_prune (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *hash = test_hash_file (path);
  guint64 weak = count_weaker (path, "0.4");
  g_autoptr (CliRun) dry = cli_run ("prune", path, "--below", "0.4", "--dry-run", "--json", NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *names = cli_list_folder (folder);
  g_autoptr (CliRun) pruned = NULL;
  g_autoptr (CliRun) again = NULL;

  g_assert_cmpuint (weak, >, 0);
  g_assert_cmpuint (weak, <, 500);
  assert_result (dry, "0.4", weak, "true");
  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "n.db");

  pruned = cli_run ("prune", path, "--below=0.4", "--json", NULL);
  assert_result (pruned, "0.4", weak, "false");
  g_assert_cmpuint (cli_number_member (pruned->output, "isolated"), ==,
                    cli_number_member (dry->output, "isolated"));
  g_assert_cmpuint (count_weaker (path, "0.4"), ==, 0);
  again = cli_run ("prune", path, "--below=0.4", NULL);
  cli_assert_status (again, 0);
}

static void
test_usual_threshold (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) run = NULL;

  cli_execute_sql (path, "UPDATE synapses SET weight = 0.5;"
                         "UPDATE synapses SET weight = 0.01 WHERE rowid = 1;"
                         "UPDATE synapses SET weight = -0.0099 WHERE rowid = 2;");
  run = cli_run ("prune", path, "--json", NULL);
  assert_result (run, "0.01", 1, "false");
}

static void
test_text (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "Größe.db");
  g_autoptr (CliRun) dry = cli_run ("prune", path, "--below=2", "--dry-run", NULL);
  g_autoptr (CliRun) pruned = cli_run ("prune", path, "--below=2", NULL);
  g_autoptr (CliRun) undone = cli_run ("undo", path, NULL);
  g_autoptr (CliRun) nothing = cli_run ("undo", path, NULL);
  g_autoptr (CliRun) exact = cli_run ("prune", path, "--below=0.0123456789", "--dry-run", NULL);

  cli_assert_status (exact, 0);
  cli_assert_says (exact->output, "  0.0123456789\n");
  cli_assert_status (dry, 0);
  cli_assert_says (dry->output, "Größe.db");
  cli_assert_says (dry->output, "Synapses that would go");
  cli_assert_status (pruned, 0);
  cli_assert_says (pruned->output, "Synapses gone");
  cli_assert_says (pruned->output, "500");
  cli_assert_status (undone, 0);
  cli_assert_says (undone->output, "Undone");
  cli_assert_says (undone->output, "500");
  cli_assert_status (nothing, 1);
}

static void
test_undo (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) before = cli_run ("synapses", path, "--json", NULL);
  g_autoptr (CliRun) first = cli_run ("prune", path, "--below=0.2", "--json", NULL);
  g_autoptr (CliRun) between = cli_run ("synapses", path, "--json", NULL);
  g_autoptr (CliRun) second = cli_run ("prune", path, "--below=0.4", "--json", NULL);
  g_autoptr (CliRun) undone = cli_run ("undo", path, "--json", NULL);
  g_autoptr (CliRun) then = cli_run ("synapses", path, "--json", NULL);
  g_autoptr (CliRun) undone_too = cli_run ("undo", path, "--json", NULL);
  g_autoptr (CliRun) after = cli_run ("synapses", path, "--json", NULL);
  g_autofree char *keys = NULL;
  g_autofree char *what = NULL;

  cli_assert_status (undone, 0);
  cli_assert_status (undone_too, 0);
  keys = cli_keys (undone->output);
  what = cli_text_member (undone->output, "undone");
  g_assert_cmpstr (keys, ==, "path undone rows seconds");
  g_assert_cmpstr (what, ==, "prune");
  g_assert_cmpuint (cli_number_member (undone->output, "rows"), ==, cli_number_member (second->output, "pruned"));
  g_assert_cmpuint (cli_number_member (undone_too->output, "rows"), ==, cli_number_member (first->output, "pruned"));
  g_assert_cmpstr (then->output, ==, between->output);
  g_assert_cmpstr (after->output, ==, before->output);
}

/* Somebody put another row where one was: it is not overwritten. */
static void
test_undo_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) pruned = NULL;
  g_autoptr (CliRun) undone = NULL;
  g_autofree char *content = NULL;
  g_autofree char *content_after = NULL;

  cli_execute_sql (path, "CREATE TABLE kept AS SELECT rowid AS place, * FROM synapses;");
  pruned = cli_run ("prune", path, "--below=2", NULL);
  cli_assert_status (pruned, 0);
  cli_execute_sql (path, "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, synapse_type,"
                         " created_at, modified_at) SELECT place, id, source_neuron_id, target_neuron_id, 0.75,"
                         " 'mine', created_at, modified_at FROM kept WHERE place = 3;");
  content = cli_hash_content (path);
  undone = cli_run ("undo", path, NULL);
  cli_assert_status (undone, 1);
  content_after = cli_hash_content (path);
  g_assert_cmpstr (content_after, ==, content);
}

static void
test_trigger (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) dry = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) info = NULL;

  cli_execute_sql (path, "CREATE TRIGGER \"bad\nidea\" AFTER DELETE ON synapses BEGIN DELETE FROM neurons; END;");
  dry = cli_run ("prune", path, "--below=2", "--dry-run", "--json", NULL);
  run = cli_run ("prune", path, "--below=2", "--json", NULL);
  g_assert_cmpint (dry->status, ==, 0);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (dry->errors, ==, run->errors);
  g_assert_true (g_str_has_prefix (run->errors, "engram-cli: "));
  cli_assert_says (run->errors, "“bad idea”");
  g_assert_cmpuint (cli_number_member (run->output, "pruned"), ==, 500);
  info = cli_run ("info", path, "--json", NULL);
  g_assert_cmpuint (cli_number_member (info->output, "neurons"), ==, 200);
}

static void
test_hostile_trigger (void)
{
  g_autofree char *source = test_shared_data ("damaged/hostile-trigger.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "hostile.db", NULL);
  g_autoptr (CliRun) before = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) after = NULL;
  guint64 weak;

  if (source == NULL)
    return;
  test_copy_file (source, path);
  before = cli_run ("neurons", path, "--json", NULL);
  weak = count_weaker (path, "0.2");
  run = cli_run ("prune", path, "--below=0.2", "--json", NULL);
  after = cli_run ("neurons", path, "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  cli_assert_says (run->errors, "trigger");
  g_assert_cmpuint (weak, >, 0);
  g_assert_cmpuint (cli_number_member (run->output, "pruned"), ==, weak);
  g_assert_cmpstr (after->output, ==, before->output);
}

/* Where nothing can be noted to be undone, a backup is made. */
static void
test_without_history (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *content = cli_hash_content (path);
  g_autofree char *content_of_backup = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *backup = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) listed = NULL;
  g_autoptr (CliRun) undone = NULL;

  cli_set_environment ("XDG_STATE_HOME", path);
  run = cli_run ("prune", path, "--below=2", "--json", NULL);
  undone = cli_run ("undo", path, NULL);
  cli_reset_environment ();
  cli_assert_status (undone, 1);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (cli_number_member (run->output, "pruned"), ==, 500);
  cli_assert_says (run->errors, "was made, because the undo history cannot be used");

  listed = cli_run ("backups", path, "--json", NULL);
  cli_assert_status (listed, 0);
  reason = cli_text_member (listed->output, "reason");
  backup = cli_text_member (listed->output, "path");
  g_assert_cmpstr (reason, ==, "before-prune");
  content_of_backup = cli_hash_content (backup);
  g_assert_cmpstr (content_of_backup, ==, content);
}

/* That backup goes again where the pruning is refused. */
static void
test_without_history_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *names = NULL;
  g_autoptr (CliRun) run = NULL;
  sqlite3 *other;

  cli_set_environment ("XDG_STATE_HOME", path);
  g_assert_cmpint (sqlite3_open_v2 (path, &other, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  run = cli_run ("prune", path, "--below=2", NULL);
  g_assert_cmpint (sqlite3_close (other), ==, SQLITE_OK);
  cli_reset_environment ();
  cli_assert_status (run, 1);
  names = cli_list_folder (folder);
  g_assert_null (strstr (names, "backups"));
}

/* A network in a folder that may not be written is looked at as a private copy: that is what the refusal is about. */
static void
test_read_only (void)
{
  g_autofree char *source = test_shared_data ("original/network.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *path = g_build_filename (inner, "n.db", NULL);
  g_autoptr (CliRun) run = NULL;

  if (source == NULL)
    return;
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  test_copy_file (source, path);
  g_assert_cmpint (g_chmod (inner, 0500), ==, 0);
  if (g_access (inner, W_OK) == 0)
    {
      g_test_skip ("this user may write everywhere");
      return;
    }
  cli_set_environment ("XDG_STATE_HOME", path);
  run = cli_run ("prune", path, NULL);
  cli_reset_environment ();
  g_assert_cmpint (g_chmod (inner, 0700), ==, 0);
  cli_assert_status (run, 1);
  cli_assert_says (run->errors, "cannot be written. Make a copy elsewhere");
}

static void
test_newer (void)
{
  g_autofree char *source = test_shared_data ("damaged/newer-schema.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "newer.db", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *hash_after = NULL;
  g_autofree char *names = NULL;
  g_autofree char *in_the_way = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) unprepared = NULL;

  if (source == NULL)
    return;
  test_copy_file (source, path);
  hash = test_hash_file (path);
  run = cli_run ("prune", path, NULL);
  cli_assert_status (run, 1);
  cli_assert_says (run->errors, "99");
  hash_after = test_hash_file (path);
  names = cli_list_folder (folder);
  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "newer.db");

  /* Nothing is prepared for what is refused anyway: no history, no backup. */
  in_the_way = g_build_filename (folder, "backups", NULL);
  g_assert_true (g_file_set_contents (in_the_way, "", -1, NULL));
  cli_set_environment ("XDG_STATE_HOME", path);
  unprepared = cli_run ("prune", path, NULL);
  cli_reset_environment ();
  g_assert_cmpstr (unprepared->errors, ==, run->errors);
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli-prune/prune", test_prune);
  g_test_add_func ("/cli-prune/usual-threshold", test_usual_threshold);
  g_test_add_func ("/cli-prune/text", test_text);
  g_test_add_func ("/cli-prune/undo", test_undo);
  g_test_add_func ("/cli-prune/undo/refused", test_undo_refused);
  g_test_add_func ("/cli-prune/trigger", test_trigger);
  g_test_add_func ("/cli-prune/trigger/hostile", test_hostile_trigger);
  g_test_add_func ("/cli-prune/without-history", test_without_history);
  g_test_add_func ("/cli-prune/without-history/refused", test_without_history_refused);
  g_test_add_func ("/cli-prune/read-only", test_read_only);
  g_test_add_func ("/cli-prune/newer", test_newer);
  return cli_test_run ();
}
