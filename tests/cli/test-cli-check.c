/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

/* engram-cli check */

/* 200 neurons and 500 synapses, of which these many have lost an end. */
static char *
make_network_with_orphans (const char *folder)
{
  char *path = cli_make_network (folder, "Größe.db");

  cli_execute_sql (path, "DELETE FROM neurons WHERE rowid > 100;");
  return path;
}

/* The finding of one kind, as JSON, or NULL. */
static char *
find_kind (const char *report,
           const char *kind)
{
  g_autofree char *list = cli_member (report, "findings");
  g_autoptr (GPtrArray) findings = cli_items (list);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *name = cli_text_member (findings->pdata[i], "kind");

      if (g_str_equal (name, kind))
        return g_strdup (findings->pdata[i]);
    }
  return NULL;
}

static void
test_good (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *hash = test_hash_file (path);
  g_autoptr (CliRun) json = cli_run ("check", path, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("check", path, NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *names = cli_list_folder (folder);
  g_autofree char *keys = NULL;
  g_autofree char *findings = NULL;

  cli_assert_status (json, 0);
  keys = cli_keys (json->output);
  findings = cli_member (json->output, "findings");
  g_assert_cmpstr (keys, ==, "neurons synapses seconds findings");
  g_assert_cmpstr (findings, ==, "[]");
  g_assert_cmpuint (cli_number_member (json->output, "neurons"), ==, 200);
  g_assert_cmpuint (cli_number_member (json->output, "synapses"), ==, 500);

  cli_assert_status (text, 0);
  cli_assert_says (text->output, "Nothing is wrong in ");
  cli_assert_says (text->output, "200 neurons, 500 synapses");
  cli_assert_says (text->output, " seconds");
  g_assert_null (strstr (text->output, "--repair"));

  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "n.db");
}

static void
test_findings (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_network_with_orphans (folder);
  g_autofree char *hash = test_hash_file (path);
  g_autoptr (CliRun) json = cli_run ("check", path, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("check", path, NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *names = cli_list_folder (folder);
  g_autofree char *finding = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *severity = NULL;
  g_autoptr (GPtrArray) each = NULL;

  cli_assert_found (json);
  finding = find_kind (json->output, "orphan-source");
  g_assert_nonnull (finding);
  keys = cli_keys (finding);
  severity = cli_text_member (finding, "severity");
  ids = cli_member (finding, "ids");
  each = cli_items (ids);
  g_assert_cmpstr (keys, ==, "kind severity count ids message repair");
  g_assert_cmpstr (severity, ==, "error");
  g_assert_cmpuint (cli_number_member (finding, "count"), >, 100);
  g_assert_cmpuint (each->len, ==, 100);

  cli_assert_found (text);
  cli_assert_says (text->output, "Errors\n");
  cli_assert_says (text->output, "[orphan-source]");
  cli_assert_says (text->output, "[orphan-target]");
  cli_assert_says (text->output, " more\n");
  cli_assert_says (text->output, "Repair: ");
  cli_assert_says (text->output, "Größe.db");
  cli_assert_says (text->output, "--repair FILE");

  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "Größe.db");
}

static void
test_notes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) json = NULL;
  g_autoptr (CliRun) text = NULL;
  g_autofree char *finding = NULL;
  g_autofree char *severity = NULL;
  g_autofree char *repair = NULL;

  cli_execute_sql (path, "UPDATE synapses SET target_neuron_id = source_neuron_id WHERE rowid = 1;"
                         "CREATE TABLE \"experi\nments\" (a);");
  json = cli_run ("check", path, "--json", NULL);
  text = cli_run ("check", path, NULL);
  cli_assert_status (json, 0);
  finding = find_kind (json->output, "synapse-self");
  severity = cli_text_member (finding, "severity");
  repair = cli_member (finding, "repair");
  g_assert_cmpstr (severity, ==, "note");
  g_assert_cmpstr (repair, ==, "null");
  g_assert_cmpuint (cli_number_member (finding, "count"), ==, 1);

  cli_assert_status (text, 0);
  cli_assert_says (text->output, "Notes\n");
  cli_assert_says (text->output, "see the notes above");
  /* A name is no line break. */
  cli_assert_says (text->output, "experi ments");
}

static void
test_repair (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_network_with_orphans (folder);
  g_autofree char *content = cli_hash_content (path);
  g_autoptr (CliRun) json = cli_run ("check", "--repair", path, "--json", NULL);
  g_autofree char *keys = NULL;
  g_autofree char *repaired = NULL;
  g_autofree char *repaired_keys = NULL;
  g_autofree char *kinds = NULL;
  g_autofree char *findings = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *content_of_backup = NULL;
  g_autofree char *content_undone = NULL;
  g_autoptr (CliRun) verified = NULL;
  g_autoptr (CliRun) undone = NULL;

  cli_assert_status (json, 0);
  keys = cli_keys (json->output);
  g_assert_cmpstr (keys, ==, "neurons synapses seconds findings repaired");
  findings = cli_member (json->output, "findings");
  g_assert_cmpstr (findings, ==, "[]");
  repaired = cli_member (json->output, "repaired");
  repaired_keys = cli_keys (repaired);
  g_assert_cmpstr (repaired_keys, ==, "kinds changes backup");
  kinds = cli_member (repaired, "kinds");
  g_assert_cmpstr (kinds, ==, "[\"orphan-source\",\"orphan-target\"]");

  backup = cli_text_member (repaired, "backup");
  verified = cli_run ("verify", backup, NULL);
  cli_assert_status (verified, 0);
  content_of_backup = cli_hash_content (backup);
  g_assert_cmpstr (content_of_backup, ==, content);

  undone = cli_run ("undo", path, "--json", NULL);
  cli_assert_status (undone, 0);
  content_undone = cli_hash_content (path);
  g_assert_cmpstr (content_undone, ==, content);
}

static void
test_repair_text (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_network_with_orphans (folder);
  g_autoptr (CliRun) first = cli_run ("check", "--repair", path, NULL);
  g_autoptr (CliRun) second = cli_run ("check", "--repair", path, NULL);

  cli_assert_status (first, 0);
  cli_assert_says (first->output, "Repaired\n");
  cli_assert_says (first->output, "[orphan-source]");
  cli_assert_says (first->output, "The network as it was before: ");
  cli_assert_says (first->output, "Nothing is wrong in ");

  cli_assert_status (second, 0);
  cli_assert_says (second->output, "There was nothing to repair.");
}

/* Nothing to repair: no backup, and the file stays as it is. */
static void
test_repair_good (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *content = cli_hash_content (path);
  g_autoptr (CliRun) json = cli_run ("check", "--repair", path, "--json", NULL);
  g_autofree char *content_after = cli_hash_content (path);
  g_autofree char *names = cli_list_folder (folder);
  g_autofree char *repaired = NULL;

  cli_assert_status (json, 0);
  repaired = cli_member (json->output, "repaired");
  g_assert_cmpstr (repaired, ==, "{\"kinds\":[],\"changes\":[],\"backup\":null}");
  g_assert_cmpstr (content_after, ==, content);
  g_assert_cmpstr (names, ==, "n.db");
}

/* What needs a person's judgement is left, and says so by the exit status. */
static void
test_repair_some (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_network_with_orphans (folder);
  g_autoptr (CliRun) run = NULL;
  g_autofree char *orphans = NULL;
  g_autofree char *times = NULL;

  cli_execute_sql (path, "UPDATE neurons SET created_at = 'yesterday' WHERE rowid = 7;");
  run = cli_run ("check", "--repair", path, "--json", NULL);
  cli_assert_found (run);
  orphans = find_kind (run->output, "orphan-source");
  times = find_kind (run->output, "timestamp-format");
  g_assert_null (orphans);
  g_assert_nonnull (times);
}

static void
test_repair_trigger (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_network_with_orphans (folder);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) info = NULL;

  cli_execute_sql (path, "CREATE TRIGGER greedy AFTER DELETE ON synapses BEGIN DELETE FROM neurons; END;");
  run = cli_run ("check", "--repair", path, "--json", NULL);
  /* It is a warning that is left. */
  g_assert_cmpint (run->status, ==, 3);
  cli_assert_says (run->errors, "“greedy”");
  info = cli_run ("info", path, "--json", NULL);
  g_assert_cmpuint (cli_number_member (info->output, "neurons"), ==, 100);
}

/* A warning that it cannot be undone; a backup there is anyway. */
static void
test_repair_without_history (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_network_with_orphans (folder);
  g_autoptr (CliRun) run = NULL;

  cli_set_environment ("XDG_STATE_HOME", path);
  run = cli_run ("check", "--repair", path, "--json", NULL);
  cli_reset_environment ();
  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (g_str_has_prefix (run->errors, "engram-cli: "));
  cli_assert_says (run->errors, "cannot be undone");
}

/* Each fault on a line of its own, and no word of a repair that would be refused. */
static void
test_damage (void)
{
  g_autofree char *source = test_shared_data ("damaged/bytes-flipped.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "n.db", NULL);
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) repaired = NULL;

  if (source == NULL)
    return;
  test_copy_file (source, path);
  run = cli_run ("check", path, NULL);
  cli_assert_found (run);
  cli_assert_says (run->output, "\n      The table “synapses” cannot be read to its end.\n      row ");
  cli_assert_says (run->output, "\n      and 5 more\n");
  cli_assert_says (run->output, "Repair: ");
  g_assert_null (strstr (run->output, "--repair FILE"));
  repaired = cli_run ("check", path, "--repair", NULL);
  cli_assert_status (repaired, 1);
}

static int
check_damaged (const char *source)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "damaged.db", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *hash_after = NULL;
  g_autofree char *names = NULL;
  g_autoptr (CliRun) json = NULL;
  g_autoptr (CliRun) text = NULL;

  test_copy_file (source, path);
  hash = test_hash_file (path);
  json = cli_run ("check", path, "--json", NULL);
  text = cli_run ("check", path, NULL);
  hash_after = test_hash_file (path);
  names = cli_list_folder (folder);
  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "damaged.db");
  g_assert_cmpint (json->status, ==, text->status);
  if (json->status == 1)
    cli_assert_status (json, 1);
  else
    g_assert_cmpint (engram_json_check (json->output, -1, NULL, NULL), ==, ENGRAM_JSON_OBJECT);
  return json->status;
}

static void
test_damaged (void)
{
  cli_foreach_damaged (".db", check_damaged);
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli-check/good", test_good);
  g_test_add_func ("/cli-check/findings", test_findings);
  g_test_add_func ("/cli-check/notes", test_notes);
  g_test_add_func ("/cli-check/repair", test_repair);
  g_test_add_func ("/cli-check/repair/text", test_repair_text);
  g_test_add_func ("/cli-check/repair/good", test_repair_good);
  g_test_add_func ("/cli-check/repair/some", test_repair_some);
  g_test_add_func ("/cli-check/repair/trigger", test_repair_trigger);
  g_test_add_func ("/cli-check/repair/without-history", test_repair_without_history);
  g_test_add_func ("/cli-check/damage", test_damage);
  g_test_add_func ("/cli-check/damaged", test_damaged);
  return cli_test_run ();
}
