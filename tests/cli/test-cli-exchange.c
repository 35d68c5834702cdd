/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

#include <glib/gstdio.h>

/* engram-cli export and import */

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

static void
write_file (const char *path,
            const char *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

#define NEURON(id, x) \
  "{\"id\": \"" id "\", \"type\": \"knowledge\", \"position\": {\"x\": " x ", \"y\": 0.0, \"z\": 0.0}," \
  " \"vector\": null," \
  " \"metadata\": {}, \"activation_level\": 0.0, \"created_at\": \"2025-11-01T09:00:00\"," \
  " \"modified_at\": \"2025-11-01T09:00:00\", \"source_data\": \"\", \"compression_ratio\": 1.0," \
  " \"semantic_tags\": [], \"importance\": 0.5}"
#define SYNAPSE(id, source, target) \
  "{\"id\": \"" id "\", \"source_neuron_id\": \"" source "\", \"target_neuron_id\": \"" target "\", \"weight\": 0.5," \
  " \"usage_count\": 0, \"last_traversed\": null, \"synapse_type\": \"knowledge\", \"metadata\": {}," \
  " \"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-01T09:00:00\"}"
#define DOCUMENT(neurons, synapses) \
  "{\"version\": 1, \"neurons\": [" neurons "], \"synapses\": [" synapses "]}"
#define FIRST "11111111-1111-4111-8111-111111111111"
#define SECOND "22222222-2222-4222-8222-222222222222"
#define JOINT "aaaaaaaa-1111-4111-8111-111111111111"

/* Writes a document of two neurons and a synapse into the folder. */
static char *
make_document (const char *folder,
               const char *name,
               const char *x)
{
  char *path = g_build_filename (folder, name, NULL);
  g_auto (GStrv) parts = g_strsplit (DOCUMENT (NEURON (FIRST, "1.0") ", " NEURON (SECOND, "2.0"),
                                               SYNAPSE (JOINT, FIRST, SECOND)), "\"x\": 1.0", 2);
  g_autofree char *text = g_strdup_printf ("%s\"x\": %s%s", parts[0], x, parts[1]);

  write_file (path, text);
  return path;
}

static void
assert_counts (const char *report,
               const char *what,
               guint       created,
               guint       replaced,
               guint       skipped)
{
  g_autofree char *counts = cli_member (report, what);
  g_autofree char *expected = g_strdup_printf ("{\"created\":%u,\"replaced\":%u,\"skipped\":%u}", created, replaced,
                                               skipped);

  g_assert_cmpstr (counts, ==, expected);
}

#define IMPORT_KEYS "files neurons synapses problems seconds dry_run"

static void
assert_report_keys (const char *report)
{
  g_autofree char *keys = cli_keys (report);

  g_assert_cmpstr (keys, ==, IMPORT_KEYS);
}

static guint
count_problems (const char *report)
{
  g_autofree char *list = cli_member (report, "problems");
  g_autoptr (GPtrArray) problems = cli_items (list);

  return problems->len;
}

/* The one line on stderr of a run whose report stands on stdout. */
static void
assert_refused (CliRun *run)
{
  const char *end = strchr (run->errors, '\n');

  g_assert_cmpint (run->status, ==, 1);
  g_assert_true (g_str_has_prefix (run->errors, "engram-cli: "));
  g_assert_nonnull (end);
  g_assert_cmpstr (end, ==, "\n");
}

static void
test_export (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *out = g_build_filename (folder, "Größe\n.json", NULL);
  g_autofree char *hash = test_hash_file (path);
  g_autoptr (CliRun) json = cli_run ("export", path, out, "--json", NULL);
  g_autofree char *document = read_file (out);
  g_autoptr (CliRun) text = cli_run ("export", path, out, "--compact", NULL);
  g_autofree char *compact = read_file (out);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *names = cli_list_folder (folder);
  g_autofree char *keys = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *checksum = NULL;
  g_autofree char *checksum_within = NULL;
  g_autofree char *checksum_compact = NULL;

  cli_assert_status (json, 0);
  keys = cli_keys (json->output);
  shown = cli_text_member (json->output, "path");
  g_assert_cmpstr (keys, ==, "path neurons synapses checksum size_bytes seconds");
  g_assert_cmpstr (shown, ==, out);
  g_assert_cmpuint (cli_number_member (json->output, "neurons"), ==, 200);
  g_assert_cmpuint (cli_number_member (json->output, "synapses"), ==, 500);
  g_assert_cmpuint (cli_number_member (json->output, "size_bytes"), ==, strlen (document));
  checksum = cli_text_member (json->output, "checksum");
  checksum_within = cli_text_member (document, "checksum");
  checksum_compact = cli_text_member (compact, "checksum");
  g_assert_cmpstr (checksum, ==, checksum_within);
  g_assert_cmpstr (checksum, ==, checksum_compact);

  cli_assert_status (text, 0);
  cli_assert_says (text->output, "Größe .json\n");
  cli_assert_says (text->output, checksum);
  g_assert_cmpuint (strlen (compact), <, strlen (document));
  g_assert_null (strchr (compact, '\n') != NULL ? strstr (compact, "\n{") : NULL);

  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "Größe\n.json|n.db");
}

/* The format by the ending, or as asked for; two tables for one name. */
static void
test_export_formats (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) target = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *gexf = g_build_filename (target, "a.GEXF", NULL);
  g_autofree char *other = g_build_filename (target, "b.txt", NULL);
  g_autofree char *table = g_build_filename (target, "c.csv", NULL);
  g_autofree char *nodes = g_build_filename (target, "c-nodes.csv", NULL);
  g_autofree char *edges = g_build_filename (target, "c-edges.csv", NULL);
  g_autoptr (CliRun) by_ending = cli_run ("export", path, gexf, "--vectors", "--json", NULL);
  g_autoptr (CliRun) asked = cli_run ("export", path, other, "--format", "graphml", NULL);
  g_autoptr (CliRun) tables = cli_run ("export", path, table, "--weights", "unsigned", "--json", NULL);
  g_autofree char *names = cli_list_folder (target);
  g_autofree char *gexf_text = NULL, *other_text = NULL, *edges_text = NULL;
  g_autofree char *keys = NULL, *table_keys = NULL, *first = NULL, *second = NULL;

  cli_assert_status (by_ending, 0);
  cli_assert_status (asked, 0);
  cli_assert_status (tables, 0);
  g_assert_cmpstr (names, ==, "a.GEXF|b.txt|c-edges.csv|c-nodes.csv");
  keys = cli_keys (by_ending->output);
  g_assert_cmpstr (keys, ==, "path neurons synapses size_bytes seconds");
  gexf_text = read_file (gexf);
  cli_assert_says (gexf_text, "<gexf xmlns=\"http://gexf.net/1.3\"");
  cli_assert_says (gexf_text, "title=\"vector\"");
  /* Gephi's own. */
  g_assert_null (strstr (gexf_text, "weight=\"-"));
  other_text = read_file (other);
  cli_assert_says (other_text, "<graphml ");
  g_assert_null (strstr (other_text, "attr.name=\"vector\""));
  table_keys = cli_keys (tables->output);
  g_assert_cmpstr (table_keys, ==, "path second_path neurons synapses size_bytes seconds");
  first = cli_text_member (tables->output, "path");
  second = cli_text_member (tables->output, "second_path");
  g_assert_cmpstr (first, ==, nodes);
  g_assert_cmpstr (second, ==, edges);
  edges_text = read_file (edges);
  g_assert_null (strstr (edges_text, ",-0."));
  cli_assert_says (edges_text, ",-1,");
}

static void
test_export_usage (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autoptr (CliRun) format = cli_run ("export", path, out, "--format", "png", NULL);
  g_autoptr (CliRun) weights = cli_run ("export", path, out, "--format", "csv", "--weights", "some", NULL);
  g_autoptr (CliRun) compact = cli_run ("export", path, out, "--format", "csv", "--compact", NULL);
  g_autoptr (CliRun) vectors = cli_run ("export", path, out, "--vectors", NULL);
  g_autofree char *names = cli_list_folder (folder);

  cli_assert_status (format, 2);
  cli_assert_status (weights, 2);
  cli_assert_status (compact, 2);
  cli_assert_status (vectors, 2);
  g_assert_cmpstr (names, ==, "n.db");
}

static void
test_export_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "n.json", NULL);
  g_autoptr (CliRun) itself = cli_run ("export", path, path, NULL);
  g_autoptr (CliRun) missing = cli_run ("export", path, nowhere, NULL);
  g_autoptr (CliRun) to_folder = cli_run ("export", path, folder, NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *names = cli_list_folder (folder);

  cli_assert_status (itself, 1);
  cli_assert_status (missing, 1);
  cli_assert_says (missing->errors, "There is no folder");
  cli_assert_status (to_folder, 1);
  g_assert_cmpstr (hash_after, ==, hash);
  g_assert_cmpstr (names, ==, "n.db");
}

/* The file that the output goes to is not replaced under another's hands. */
static void
test_export_to_output (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *out = g_build_filename (folder, "out.txt", NULL);
  const char *names[] = { "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *script = g_strdup_printf ("(echo before; \"$ENGRAM_CLI\" export \"$1\" %s 2>&1; echo $?) > \"$2\"",
                                                 names[i]);
      g_autoptr (CliRun) run = cli_run_shell (script, path, out);
      g_autofree char *text = read_file (out);

      g_assert_cmpint (run->status, ==, 0);
      g_assert_true (g_str_has_prefix (text, "before\nengram-cli: "));
      cli_assert_says (text, "is no regular file");
      g_assert_true (g_str_has_suffix (text, "\n1\n"));
    }
}

/* What JSON cannot hold is null, and named: the first 20, and how many more. */
static void
test_export_problems (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *out = g_build_filename (folder, "n.json", NULL);
  g_autoptr (CliRun) run = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *document = NULL;

  cli_execute_sql (path, "UPDATE neurons SET position_x = 9e999 WHERE rowid <= 25;");
  run = cli_run ("export", path, out, "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (cli_number_member (run->output, "neurons"), ==, 200);
  lines = g_strsplit (run->errors, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 22);
  for (guint i = 0; i < 21; i++)
    g_assert_true (g_str_has_prefix (lines[i], "engram-cli: "));
  cli_assert_says (lines[20], "and 5 more problems");
  document = read_file (out);
  cli_assert_says (document, "\"x\": null");
}

static void
test_import_new (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = make_document (folder, "Größe.json", "1.5");
  g_autofree char *path = g_build_filename (folder, "new.db", NULL);
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autoptr (CliRun) dry = cli_run ("import", path, document, "--dry-run", "--json", NULL);
  g_autofree char *names = cli_list_folder (folder);
  g_autoptr (CliRun) run = cli_run ("import", path, document, "--json", NULL);
  g_autofree char *dry_run = NULL;
  g_autofree char *files = NULL;
  g_autofree char *file_keys = NULL;
  g_autofree char *checksum = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GPtrArray) each = NULL;
  g_autoptr (CliRun) exported = NULL;

  cli_assert_status (dry, 0);
  assert_report_keys (dry->output);
  dry_run = cli_member (dry->output, "dry_run");
  g_assert_cmpstr (dry_run, ==, "true");
  g_assert_cmpstr (names, ==, "Größe.json");

  cli_assert_status (run, 0);
  assert_report_keys (run->output);
  assert_counts (run->output, "neurons", 2, 0, 0);
  assert_counts (run->output, "synapses", 1, 0, 0);
  g_assert_cmpuint (count_problems (run->output), ==, 0);
  files = cli_member (run->output, "files");
  each = cli_items (files);
  g_assert_cmpuint (each->len, ==, 1);
  file_keys = cli_keys (each->pdata[0]);
  checksum = cli_text_member (each->pdata[0], "checksum");
  shown = cli_text_member (each->pdata[0], "path");
  g_assert_cmpstr (file_keys, ==, "path neurons synapses checksum");
  g_assert_cmpstr (checksum, ==, "absent");
  g_assert_cmpstr (shown, ==, document);
  g_assert_cmpuint (cli_number_member (each->pdata[0], "neurons"), ==, 2);

  exported = cli_run ("export", path, out, "--json", NULL);
  cli_assert_status (exported, 0);
}

static void
test_import_text (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = make_document (folder, "Größe\n.json", "1.5");
  g_autofree char *path = g_build_filename (folder, "new.db", NULL);
  g_autoptr (CliRun) dry = cli_run ("import", path, document, "--dry-run", NULL);
  g_autoptr (CliRun) run = cli_run ("import", path, document, NULL);

  cli_assert_status (dry, 0);
  cli_assert_says (dry->output, "nothing was written");
  cli_assert_status (run, 0);
  cli_assert_says (run->output, "Größe .json: 2 neurons, 1 synapse; there is no checksum\n");
  cli_assert_says (run->output, "2 created, 0 replaced, 0 skipped\n");
  cli_assert_says (run->output, "1 created, 0 replaced, 0 skipped\n");
}

/* Into a network that is there, under each policy; and undone. */
static void
test_import_existing (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *first = make_document (folder, "first.json", "1.5");
  g_autofree char *second = make_document (folder, "second.json", "7.5");
  g_autofree char *path = g_build_filename (folder, "n.db", NULL);
  g_autoptr (CliRun) made = cli_run ("import", path, first, NULL);
  g_autofree char *content = cli_hash_content (path);
  g_autoptr (CliRun) failed = cli_run ("import", path, second, "--json", NULL);
  g_autofree char *content_failed = cli_hash_content (path);
  g_autoptr (CliRun) skipped = cli_run ("import", path, second, "--on-conflict=skip", "--json", NULL);
  g_autofree char *content_skipped = cli_hash_content (path);
  g_autoptr (CliRun) replaced = cli_run ("import", path, second, "--on-conflict", "replace", "--json", NULL);
  g_autofree char *content_replaced = cli_hash_content (path);
  g_autoptr (CliRun) undone = cli_run ("undo", path, "--json", NULL);
  g_autofree char *content_undone = cli_hash_content (path);
  g_autofree char *what = NULL;

  cli_assert_status (made, 0);
  assert_refused (failed);
  assert_report_keys (failed->output);
  g_assert_cmpuint (count_problems (failed->output), ==, 3);
  g_assert_cmpstr (content_failed, ==, content);

  cli_assert_status (skipped, 0);
  assert_counts (skipped->output, "neurons", 0, 0, 2);
  assert_counts (skipped->output, "synapses", 0, 0, 1);
  g_assert_cmpstr (content_skipped, ==, content);

  cli_assert_status (replaced, 0);
  assert_counts (replaced->output, "neurons", 0, 2, 0);
  assert_counts (replaced->output, "synapses", 0, 1, 0);
  g_assert_cmpstr (content_replaced, !=, content);

  cli_assert_status (undone, 0);
  what = cli_text_member (undone->output, "undone");
  g_assert_cmpstr (what, ==, "import");
  g_assert_cmpstr (content_undone, ==, content);
}

/* A synapse may join neurons of another document; a document that is missing stops them all. */
static void
test_import_several (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *first = g_build_filename (folder, "1.json", NULL);
  g_autofree char *second = g_build_filename (folder, "2.json", NULL);
  g_autofree char *missing = g_build_filename (folder, "3.json", NULL);
  g_autofree char *path = g_build_filename (folder, "n.db", NULL);
  g_autofree char *names = NULL;
  g_autoptr (CliRun) refused = NULL;
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) twice = NULL;

  write_file (first, DOCUMENT (NEURON (FIRST, "1.0"), SYNAPSE (JOINT, FIRST, SECOND)));
  write_file (second, DOCUMENT (NEURON (SECOND, "1.0"), ""));
  refused = cli_run ("import", path, first, second, missing, NULL);
  assert_refused (refused);
  cli_assert_says (refused->errors, "3.json");
  names = cli_list_folder (folder);
  g_assert_cmpstr (names, ==, "1.json|2.json");

  run = cli_run ("import", path, first, second, "--json", NULL);
  cli_assert_status (run, 0);
  assert_counts (run->output, "neurons", 2, 0, 0);
  assert_counts (run->output, "synapses", 1, 0, 0);

  /* One id twice in the batch is a problem under every policy. */
  twice = cli_run ("import", path, second, second, "--on-conflict=replace", NULL);
  assert_refused (twice);
}

static void
test_import_options (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = g_build_filename (folder, "n.json", NULL);
  g_autofree char *first = g_build_filename (folder, "1.db", NULL);
  g_autofree char *second = g_build_filename (folder, "2.db", NULL);
  g_autofree char *files = NULL;
  g_autoptr (CliRun) refused = NULL;
  g_autoptr (CliRun) run = NULL;

  write_file (document, "{\"version\": 1, \"neurons\": [" NEURON ("one", "1.0") "], \"synapses\": [], \"checksum\": "
                        "\"0000000000000000000000000000000000000000000000000000000000000000\"}");
  refused = cli_run ("import", first, document, NULL);
  assert_refused (refused);
  run = cli_run ("import", second, document, "--ignore-checksum", "--make-ids", "--json", NULL);
  cli_assert_status (run, 0);
  files = cli_member (run->output, "files");
  cli_assert_says (files, "\"checksum\":\"ignored\"");
  assert_counts (run->output, "neurons", 1, 0, 0);
}

/* A document with as many neurons at a position that is text. */
static char *
make_bad_document (const char *folder,
                   guint       n_problems)
{
  char *path = g_build_filename (folder, "bad.json", NULL);
  g_autoptr (GString) text = g_string_new ("{\"version\": 1, \"neurons\": [");

  for (guint i = 0; i < n_problems; i++)
    {
      g_auto (GStrv) parts = g_strsplit (NEURON ("11111111-1111-4111-8111-11111111****", "\"far\""), "****", 2);

      g_string_append_printf (text, "%s%s%04x%s", i > 0 ? "," : "", parts[0], i, parts[1]);
    }
  g_string_append (text, "], \"synapses\": []}");
  write_file (path, text->str);
  return path;
}

static void
test_problems (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = make_bad_document (folder, 25);
  g_autofree char *path = g_build_filename (folder, "n.db", NULL);
  g_autoptr (CliRun) text = cli_run ("import", path, document, NULL);
  g_autoptr (CliRun) json = cli_run ("import", path, document, "--json", NULL);
  g_autoptr (CliRun) dry = cli_run ("import", path, document, "--dry-run", "--json", NULL);
  g_autoptr (CliRun) dry_text = cli_run ("import", path, document, "--dry-run", NULL);
  g_autofree char *names = cli_list_folder (folder);
  g_auto (GStrv) lines = NULL;
  g_autofree char *problems = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *field = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GPtrArray) each = NULL;

  assert_refused (text);
  lines = cli_run_lines (text);
  g_assert_cmpuint (g_strv_length (lines), ==, 21);
  cli_assert_says (lines[0], "line 1");
  g_assert_cmpstr (lines[20], ==, "and 5 more problems");

  assert_refused (json);
  assert_report_keys (json->output);
  problems = cli_member (json->output, "problems");
  each = cli_items (problems);
  g_assert_cmpuint (each->len, ==, 25);
  keys = cli_keys (each->pdata[0]);
  field = cli_text_member (each->pdata[0], "field");
  file = cli_text_member (each->pdata[0], "file");
  g_assert_cmpstr (keys, ==, "file line byte id field message");
  g_assert_true (g_str_has_prefix (field, "position"));
  g_assert_cmpstr (file, ==, document);
  g_assert_cmpuint (cli_number_member (each->pdata[0], "line"), ==, 1);

  cli_assert_found (dry);
  g_assert_cmpuint (count_problems (dry->output), ==, 25);
  cli_assert_found (dry_text);
  cli_assert_says (dry_text->output, "would be refused");
  g_assert_cmpstr (names, ==, "bad.json");
}

static void
test_many_problems (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = make_bad_document (folder, 1003);
  g_autofree char *path = g_build_filename (folder, "n.db", NULL);
  g_autoptr (CliRun) dry = cli_run ("import", path, document, "--dry-run", "--json", NULL);

  g_assert_cmpint (dry->status, ==, 3);
  g_assert_cmpuint (count_problems (dry->output), ==, 1000);
  cli_assert_says (dry->errors, "and 3 more problems");
}

static void
test_trigger (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = make_document (folder, "n.json", "1.5");
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) info = NULL;

  cli_execute_sql (path, "CREATE TRIGGER greedy AFTER INSERT ON neurons BEGIN DELETE FROM synapses; END;");
  run = cli_run ("import", path, document, "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  cli_assert_says (run->errors, "“greedy”");
  info = cli_run ("info", path, "--json", NULL);
  g_assert_cmpuint (cli_number_member (info->output, "synapses"), ==, 501);
}

/* What can be taken back otherwise is imported with a warning; what cannot, after a backup. */
static void
test_without_history (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *document = make_document (folder, "n.json", "1.5");
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autofree char *reason = NULL;
  g_autoptr (CliRun) created = NULL;
  g_autoptr (CliRun) none = NULL;
  g_autoptr (CliRun) replaced = NULL;
  g_autoptr (CliRun) listed = NULL;

  cli_set_environment ("XDG_STATE_HOME", path);
  created = cli_run ("import", path, document, "--json", NULL);
  none = cli_run ("backups", path, "--json", NULL);
  replaced = cli_run ("import", path, document, "--on-conflict=replace", "--json", NULL);
  listed = cli_run ("backups", path, "--json", NULL);
  cli_reset_environment ();
  g_assert_cmpint (created->status, ==, 0);
  cli_assert_says (created->errors, "this cannot be undone");
  g_assert_cmpstr (none->output, ==, "");
  g_assert_cmpint (replaced->status, ==, 0);
  cli_assert_says (replaced->errors, "was made, because the undo history cannot be used");
  reason = cli_text_member (listed->output, "reason");
  g_assert_cmpstr (reason, ==, "before-import");
}

/* A document comes out with the checksum it came with. */
static void
assert_round_trip (const char *name)
{
  g_autofree char *source = test_shared_data (name);
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "n.db", NULL);
  g_autofree char *out = g_build_filename (folder, "n.json", NULL);
  g_autoptr (CliRun) imported = NULL;
  g_autoptr (CliRun) exported = NULL;
  g_autofree char *document = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *checksum = NULL;

  if (source == NULL)
    return;
  imported = cli_run ("import", path, source, "--json", NULL);
  cli_assert_status (imported, 0);
  cli_assert_says (imported->output, "\"checksum\":\"ok\"");
  exported = cli_run ("export", path, out, "--json", NULL);
  cli_assert_status (exported, 0);
  document = read_file (source);
  expected = cli_text_member (document, "checksum");
  checksum = cli_text_member (exported->output, "checksum");
  g_assert_cmpstr (checksum, ==, expected);
}

static void
test_round_trip_original (void)
{
  assert_round_trip ("original/network.json");
}

static void
test_round_trip_celegans (void)
{
  assert_round_trip ("celegans/celegans.json");
}

/* The user's own types are read at each start; what is wrong among them is a warning. */
static void
test_types (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *types = g_build_filename (folder, "data", "engram", "types", NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *good = g_build_filename (types, "good.json", NULL);
  g_autofree char *bad = g_build_filename (types, "bad.json", NULL);
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) before = NULL;
  g_autoptr (CliRun) after = NULL;

  cli_execute_sql (path, "UPDATE neurons SET neuron_type = 'chronos' WHERE rowid = 1;");
  before = cli_run ("check", path, "--json", NULL);
  cli_assert_status (before, 0);
  cli_assert_says (before->output, "type-unregistered");

  g_assert_cmpint (g_mkdir_with_parents (types, 0700), ==, 0);
  write_file (good, "{\"format\": \"engram-type\", \"version\": 1, \"name\": \"chronos\", \"fields\": []}");
  write_file (bad, "{");
  cli_set_environment ("XDG_DATA_HOME", data);
  after = cli_run ("check", path, "--json", NULL);
  cli_reset_environment ();
  g_assert_cmpint (after->status, ==, 0);
  g_assert_null (strstr (after->output, "type-unregistered"));
  g_assert_true (g_str_has_prefix (after->errors, "engram-cli: "));
  cli_assert_says (after->errors, "bad.json");
}

static int
import_damaged (const char *document)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "new.db", NULL);
  g_autoptr (CliRun) dry = cli_run ("import", path, document, "--dry-run", "--json", NULL);
  g_autofree char *names_dry = cli_list_folder (folder);
  g_autoptr (CliRun) run = cli_run ("import", path, document, "--json", NULL);
  g_autofree char *names = cli_list_folder (folder);

  g_assert_cmpstr (names_dry, ==, "");
  g_assert_cmpstr (names, ==, run->status == 0 ? "new.db" : "");
  assert_report_keys (dry->output);
  assert_report_keys (run->output);
  if (run->status == 0)
    {
      cli_assert_status (run, 0);
      cli_assert_status (dry, 0);
    }
  else
    {
      assert_refused (run);
      cli_assert_found (dry);
      g_assert_cmpuint (count_problems (run->output), >, 0);
      g_assert_cmpuint (count_problems (run->output), ==, count_problems (dry->output));
    }
  return run->status;
}

static void
test_damaged (void)
{
  cli_foreach_damaged (".json", import_damaged);
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli-exchange/export", test_export);
  g_test_add_func ("/cli-exchange/export/formats", test_export_formats);
  g_test_add_func ("/cli-exchange/export/usage", test_export_usage);
  g_test_add_func ("/cli-exchange/export/refused", test_export_refused);
  g_test_add_func ("/cli-exchange/export/to-output", test_export_to_output);
  g_test_add_func ("/cli-exchange/export/problems", test_export_problems);
  g_test_add_func ("/cli-exchange/import/new", test_import_new);
  g_test_add_func ("/cli-exchange/import/text", test_import_text);
  g_test_add_func ("/cli-exchange/import/existing", test_import_existing);
  g_test_add_func ("/cli-exchange/import/several", test_import_several);
  g_test_add_func ("/cli-exchange/import/options", test_import_options);
  g_test_add_func ("/cli-exchange/problems", test_problems);
  g_test_add_func ("/cli-exchange/problems/many", test_many_problems);
  g_test_add_func ("/cli-exchange/trigger", test_trigger);
  g_test_add_func ("/cli-exchange/without-history", test_without_history);
  g_test_add_func ("/cli-exchange/round-trip/original", test_round_trip_original);
  g_test_add_func ("/cli-exchange/round-trip/celegans", test_round_trip_celegans);
  g_test_add_func ("/cli-exchange/types", test_types);
  g_test_add_func ("/cli-exchange/damaged", test_damaged);
  return cli_test_run ();
}
