/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

#include <string.h>

/* engram-cli compare */

#define KEYS "path other same summary neurons synapses seconds"
#define KIND_KEYS "rows other_rows same touched added removed changed unclear other_unclear fields records"

static char *
make_other (const char *folder,
            const char *path)
{
  char *other = g_build_filename (folder, "other.db", NULL);

  test_copy_file (path, other);
  return other;
}

static void
test_same (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *other = make_other (folder, path);
  g_autofree char *hash = test_hash_file (path);
  g_autoptr (CliRun) text = cli_run ("compare", path, other, NULL);
  g_autoptr (CliRun) json = cli_run ("compare", path, other, "--json", NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *names = cli_list_folder (folder);
  g_autofree char *keys = NULL;
  g_autofree char *same = NULL;

  cli_assert_status (text, 0);
  g_assert_cmpstr (text->output, ==, "Nothing differs.\n");
  cli_assert_status (json, 0);
  keys = cli_keys (json->output);
  g_assert_cmpstr (keys, ==, KEYS);
  same = cli_member (json->output, "same");
  g_assert_cmpstr (same, ==, "true");
  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "n.db|other.db");
}

static void
assert_records (const char *kind,
                const char *expected)
{
  g_autofree char *list = cli_member (kind, "records");
  g_autoptr (GPtrArray) records = cli_items (list);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *status = cli_text_member (records->pdata[i], "status");
      g_autofree char *fields = cli_member (records->pdata[i], "fields");

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "", status, fields);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_differences (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *other = make_other (folder, path);
  g_autoptr (CliRun) text = NULL;
  g_autoptr (CliRun) json = NULL;
  g_autoptr (CliRun) counts = NULL;
  g_autofree char *neurons = NULL;
  g_autofree char *synapses = NULL;
  g_autofree char *neuron_keys = NULL;
  g_autofree char *records = NULL;

  cli_execute_sql (path, "UPDATE neurons SET activation_level=0.125, source_data='a new text' WHERE rowid=7;"
                         "DELETE FROM synapses WHERE rowid<=20; UPDATE synapses SET weight=weight / 2 WHERE rowid=30");
  cli_execute_sql (other, "DELETE FROM synapses WHERE rowid=40");
  text = cli_run ("compare", path, other, NULL);
  cli_assert_found (text);
  cli_assert_says (text->output, "1 neuron was changed, 1 synapse was added, 20 synapses were removed and 1 synapse "
                                 "was changed.\n");
  cli_assert_says (text->output, "  a new text  [activation_level, source_data]\n");
  cli_assert_says (text->output, "  Fields that differ: activation_level 1, source_data 1\n");
  cli_assert_says (text->output, "  - … and 10 more\n");
  cli_assert_says (text->output, "  [weight]\n");

  json = cli_run ("compare", path, other, "--json", "--limit=1", NULL);
  cli_assert_found (json);
  neurons = cli_member (json->output, "neurons");
  neuron_keys = cli_keys (neurons);
  g_assert_cmpstr (neuron_keys, ==, KIND_KEYS);
  assert_records (neurons, "changed [\"activation_level\",\"source_data\"]");
  synapses = cli_member (json->output, "synapses");
  assert_records (synapses, "added []; removed []; changed [\"weight\"]");
  g_assert_cmpuint (cli_number_member (synapses, "removed"), ==, 20);
  g_assert_cmpuint (cli_number_member (synapses, "added"), ==, 1);
  g_assert_cmpuint (cli_number_member (synapses, "rows"), ==, 480);
  g_assert_cmpuint (cli_number_member (synapses, "other_rows"), ==, 499);

  counts = cli_run ("compare", path, other, "--limit=0", "--json", NULL);
  cli_assert_found (counts);
  g_clear_pointer (&neurons, g_free);
  neurons = cli_member (counts->output, "neurons");
  records = cli_member (neurons, "records");
  g_assert_cmpstr (records, ==, "[]");
}

/* A backup, by its database and by its manifest. */
static void
test_backup (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *database = g_build_filename (folder, "backups", "first.db", NULL);
  g_autofree char *manifest = g_build_filename (folder, "backups", "first.json", NULL);
  g_autoptr (CliRun) backup = cli_run ("backup", path, "--name=first", NULL);
  g_autoptr (CliRun) same = cli_run ("compare", path, manifest, NULL);
  g_autoptr (CliRun) pruned = cli_run ("prune", path, "--below=0.4", NULL);
  g_autoptr (CliRun) by_database = cli_run ("compare", path, database, NULL);
  g_autoptr (CliRun) by_manifest = cli_run ("compare", path, manifest, NULL);

  cli_assert_status (backup, 0);
  cli_assert_status (same, 0);
  cli_assert_status (pruned, 0);
  cli_assert_found (by_database);
  g_assert_cmpstr (by_database->output, ==, by_manifest->output);
  cli_assert_says (by_database->output, "synapses were removed");
}

static void
test_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);
  g_autofree char *document = g_build_filename (folder, "none.json", NULL);
  g_autoptr (CliRun) nowhere = cli_run ("compare", path, "/nowhere.db", NULL);
  g_autoptr (CliRun) alone = cli_run ("compare", path, NULL);
  g_autoptr (CliRun) limit = cli_run ("compare", path, path, "--limit=-1", NULL);
  g_autoptr (CliRun) no_manifest = cli_run ("compare", path, document, NULL);
  g_autoptr (CliRun) no_network = NULL;

  g_assert_true (g_file_set_contents (text, "no network", -1, NULL));
  no_network = cli_run ("compare", path, text, NULL);
  cli_assert_status (nowhere, 1);
  cli_assert_status (alone, 2);
  cli_assert_status (limit, 2);
  cli_assert_status (no_manifest, 1);
  cli_assert_status (no_network, 1);
  cli_assert_says (no_network->errors, "text.db");
}

/* Each with itself: nothing differs, or it is refused. */
static int
compare_with_itself (const char *path)
{
  g_autoptr (CliRun) run = cli_run ("compare", path, path, NULL);

  if (run->status == 0)
    g_assert_cmpstr (run->output, ==, "Nothing differs.\n");
  else
    cli_assert_status (run, 1);
  return run->status;
}

static void
test_damaged (void)
{
  g_autofree char *folder = test_shared_data ("damaged");
  g_autoptr (GDir) files = NULL;
  const char *name;
  guint n_same = 0;

  if (folder == NULL)
    return;
  files = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".db"))
        n_same += compare_with_itself (path) == 0;
    }
  g_assert_cmpuint (n_same, >, 8);
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli-compare/same", test_same);
  g_test_add_func ("/cli-compare/differences", test_differences);
  g_test_add_func ("/cli-compare/backup", test_backup);
  g_test_add_func ("/cli-compare/refused", test_refused);
  g_test_add_func ("/cli-compare/damaged", test_damaged);
  return cli_test_run ();
}
