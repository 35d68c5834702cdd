/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "import-support.h"

/* Networks of Python's that are read and written again. */
#define N_ODD_NETWORKS 12

static const EngramImportFile *
get_file (ImportFixture *fixture,
          guint          i)
{
  return g_ptr_array_index (fixture->report->files, i);
}

static void
assert_checksum (ImportFixture        *fixture,
                 EngramImportChecksum  expected)
{
  g_assert_cmpint (get_file (fixture, 0)->checksum, ==, expected);
}

/* What a document says of itself. */
static char *
get_checksum_member (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  value = engram_json_object_get (text, "checksum");
  g_assert_nonnull (value);
  return engram_json_get_string (value);
}

/* Into a new network, then into one that is there and empty: it comes out with the checksum with which it came. */
static void
check_round_trip (ImportFixture *fixture)
{
  g_autofree char *expected = get_checksum_member (g_ptr_array_index (fixture->files, 0));
  g_autofree char *dump = NULL;

  for (int exists = 0; exists < 2; exists++)
    {
      g_autofree char *checksum = NULL, *again = NULL;

      if (exists)
        import_fixture_create (fixture);
      import_fixture_run (fixture);
      assert_checksum (fixture, ENGRAM_IMPORT_CHECKSUM_OK);
      g_assert_cmpuint (get_file (fixture, 0)->neurons, ==, fixture->report->neurons.created);
      g_assert_cmpuint (get_file (fixture, 0)->synapses, ==, fixture->report->synapses.created);
      checksum = import_fixture_export (fixture, "out.json");
      g_assert_cmpstr (checksum, ==, expected);

      again = import_fixture_dump (fixture);
      if (exists)
        g_assert_cmpstr (again, ==, dump);
      else
        dump = g_steal_pointer (&again);
      g_unlink (fixture->path);
    }
}

static void
test_original (ImportFixture *fixture,
               gconstpointer  data)
{
  if (!import_fixture_add_shared (fixture, "original/network.json"))
    return;
  check_round_trip (fixture);
  import_fixture_assert_counts (fixture, "240 0 0, 900 0 0");
}

static void
test_celegans (ImportFixture *fixture,
               gconstpointer  data)
{
  if (!import_fixture_add_shared (fixture, "celegans/celegans.json"))
    return;
  check_round_trip (fixture);
  import_fixture_assert_counts (fixture, "302 0 0, 2831 0 0");
}

/* Rows as the Python program makes them, in their order, column by column. */
static void
test_same_rows (ImportFixture *fixture,
                gconstpointer  data)
{
  g_autofree char *original = test_shared_data ("original/network.db");
  g_autofree char *columns = NULL, *sql = NULL, *ours = NULL, *theirs = NULL;
  g_autofree char *copy = g_build_filename (fixture->folder, "original.db", NULL);

  if (original == NULL || !import_fixture_add_shared (fixture, "original/network.json"))
    return;
  import_fixture_run (fixture);
  test_copy_file (original, copy);
  columns = g_strdup ("rowid,id,position_x,position_y,position_z,hex(vector),neuron_type,metadata,activation_level,"
                      "created_at,modified_at,source_data,compression_ratio,semantic_tags,function_signature,"
                      "executable_code,input_schema,output_schema,execution_count,average_execution_time,"
                      "activation_threshold");
  sql = g_strdup_printf ("SELECT %s FROM neurons ORDER BY rowid; SELECT rowid,id,source_neuron_id,target_neuron_id,weight,"
                         "usage_count,last_traversed,synapse_type,metadata,created_at,modified_at FROM synapses"
                         " ORDER BY rowid", columns);
  ours = import_fixture_sql (fixture, sql);
  g_free (fixture->path);
  fixture->path = g_steal_pointer (&copy);
  theirs = import_fixture_sql (fixture, sql);
  g_assert_cmpstr (ours, ==, theirs);
}

/* All that Python can hold and a column can not. */
static void
test_odd_networks (ImportFixture *fixture,
                   gconstpointer  data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "storage", "write-odd-network.py", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "odd.json", NULL);
  g_autofree char *python = g_find_program_in_path ("python3");

  if (python == NULL)
    {
      g_test_skip ("there is no python3");
      return;
    }
  for (guint i = 0; i < N_ODD_NETWORKS; i++)
    {
      g_autofree char *seed = g_strdup_printf ("%u", g_test_rand_int ());
      const char *arguments[] = { python, script, seed, path, i % 2 == 0 ? "--compact" : NULL, NULL };
      g_autoptr (GError) error = NULL;
      int status;

      g_test_message ("seed %s", seed);
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
      import_fixture_add_path (fixture, path);
      check_round_trip (fixture);
      import_fixture_forget (fixture);
    }
}

/* Columns and kept texts */

static const struct {
  const char *member;  /* of a neuron, or of a synapse */
  const char *value;
  const char *columns; /* what is looked at */
  const char *expected;
  gboolean    is_synapse;
} kept[] = {
  { "metadata", "{\"b\":1, \"a\" :[ 1.50,\"é\" ]}", "metadata, engram_fields",
    "{\"b\": 1, \"a\": [1.50, \"é\"]}|NULL" },
  { "metadata", "null", "metadata, engram_fields", "NULL|{\"metadata\": null}" },
  { "metadata", NULL, "metadata, engram_fields", "{}|NULL" },
  { "activation_level", "1", "activation_level, typeof(activation_level), engram_fields",
    "1.0|real|{\"activation_level\": 1}" },
  { "activation_level", "1.0", "activation_level, engram_fields", "1.0|NULL" },
  { "activation_level", "-0.0", "activation_level, engram_fields", "0.0|{\"activation_level\": -0.0}" },
  { "activation_level", NULL, "activation_level, engram_fields", "0.0|NULL" },
  { "position", "{\"z\": 3.0, \"x\": 1.0, \"y\": 2.0}", "position_x, position_y, position_z, engram_fields",
    "1.0|2.0|3.0|NULL" },
  { "position", "{\"x\":1,\"y\":2.0,\"z\":3.0}", "position_x, position_y, position_z, engram_fields",
    "1.0|2.0|3.0|{\"position\": {\"x\": 1, \"y\": 2.0, \"z\": 3.0}}" },
  { "position", "{\"x\":1.0,\"y\":2.0,\"z\":3.0,\"w\":[]}", "position_x, engram_fields",
    "1.0|{\"position\": {\"x\": 1.0, \"y\": 2.0, \"z\": 3.0, \"w\": []}}" },
  { "position", "{\"x\":1.0,\"y\":2.0,\"z\":3.0,\"\\u0078\":4.0}", "position_x, engram_fields",
    "4.0|{\"position\": {\"x\": 1.0, \"y\": 2.0, \"z\": 3.0, \"\\u0078\": 4.0}}" },
  { "vector", "[]", "hex(vector), typeof(vector), engram_fields", "|null|{\"vector\": []}" },
  { "vector", "null", "typeof(vector), engram_fields", "null|NULL" },
  { "vector", "[1, 0.5]", "hex(vector), engram_fields", "0000803F0000003F|{\"vector\": [1, 0.5]}" },
  { "vector", "[0.1, -0.0]", "hex(vector), engram_fields", "CDCCCC3D00000080|NULL" },
  { "source_data", "\"a\\u0000b\\ud800\"", "source_data, engram_fields",
    "a\xef\xbf\xbd" "b\xef\xbf\xbd|{\"source_data\": \"a\\u0000b\\ud800\"}" },
  { "source_data", "\"\\u00e9\\n\"", "source_data, engram_fields", "é\n|NULL" },
  { "source_data", "null", "source_data, engram_fields", "NULL|NULL" },
  { "semantic_tags", "null", "semantic_tags, engram_fields", "NULL|{\"semantic_tags\": null}" },
  { "semantic_tags", NULL, "semantic_tags, engram_fields", "[]|NULL" },
  { "compression_ratio", NULL, "compression_ratio, engram_fields", "NULL|NULL" },
  { "importance", "1", "engram_fields", "{\"importance\": 1}" },
  { "importance", "null", "engram_fields", "{\"importance\": null}" },
  { "execution_count", "5", "execution_count, engram_fields", "0|{\"execution_count\": 5}" },
  { "g\xc3\xa4in", "{\"a\":1}", "engram_fields", "{\"g\\u00e4in\": {\"a\": 1}}" },
  { NULL, NULL, "execution_count, average_execution_time, activation_threshold", "0|0.0|0.5" },
  { "type", "\"tool\"", "execution_count, average_execution_time, activation_threshold, input_schema, semantic_tags",
    "0|0.0|0.5|{}|NULL" },
  { "type", "\"sensor\"", "execution_count, activation_threshold, semantic_tags, input_schema, engram_fields",
    "0|0.5|NULL|NULL|NULL" },
  { "type", "\"chronos\"", "execution_count, average_execution_time, activation_threshold, compression_ratio",
    "NULL|NULL|NULL|NULL" },
  { "type", "\"a\\u0000\"", "neuron_type, engram_fields", "a\xef\xbf\xbd|{\"type\": \"a\\u0000\"}" },
  { "weight", "1", "weight, typeof(weight), engram_fields", "1.0|real|{\"weight\": 1}", TRUE },
  { "weight", "-1E0", "weight, engram_fields", "-1.0|NULL", TRUE },
  { "usage_count", NULL, "usage_count, engram_fields", "0|NULL", TRUE },
  { "usage_count", "null", "usage_count, engram_fields", "NULL|NULL", TRUE },
  { "usage_count", "7.0", "usage_count, typeof(usage_count), engram_fields", "7|integer|{\"usage_count\": 7.0}", TRUE },
  { "last_traversed", "null", "last_traversed, engram_fields", "NULL|NULL", TRUE },
  { "last_traversed", "\"2025-11-01T09:00:00\"", "last_traversed, engram_fields", "2025-11-01T09:00:00|NULL", TRUE },
  { "synapse_type", "\"\\udc00\"", "synapse_type, engram_fields", "\xef\xbf\xbd|{\"synapse_type\": \"\\udc00\"}", TRUE },
  { "metadata", "null", "metadata, engram_fields", "NULL|{\"metadata\": null}", TRUE },
  { "metadata", NULL, "metadata, engram_fields", "{}|NULL", TRUE },
  { "why", "[1]", "engram_fields", "{\"why\": [1]}", TRUE },
};

static void
check_kept (ImportFixture *fixture,
            gsize          i)
{
  g_autofree char *neuron = g_strdup (NEURON_JSON (1, ""));
  g_autofree char *synapse = g_strdup (SYNAPSE_JSON (1, 1, 1, ""));
  g_autofree char *document = NULL, *sql = NULL, *expected = NULL;
  char **record = kept[i].is_synapse ? &synapse : &neuron;

  if (kept[i].member != NULL)
    {
      char *changed = engram_json_object_set (*record, kept[i].member, kept[i].value);

      g_free (*record);
      *record = changed;
    }
  document = g_strdup_printf (DOCUMENT ("%s", "%s"), neuron, synapse);
  import_fixture_add (fixture, "a.json", document);
  import_fixture_run (fixture);
  sql = g_strdup_printf ("SELECT %s FROM %s", kept[i].columns, kept[i].is_synapse ? "synapses" : "neurons");
  expected = g_strconcat (kept[i].expected, "\n", NULL);
  import_fixture_assert_sql (fixture, sql, expected);
  g_unlink (fixture->path);
  import_fixture_forget (fixture);
}

static void
test_kept (ImportFixture *fixture,
           gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_test_message ("%s: %s", kept[i].member, kept[i].value);
      check_kept (fixture, i);
    }
}

/* A type that nobody has registered: what has a column goes there if it fits. */
static void
test_unknown_type (ImportFixture *fixture,
                   gconstpointer  data)
{
  import_fixture_add (fixture, "a.json",
                      "{\"neurons\": [{\"id\": \"" NEURON (1) "\", \"type\": \"chronos\", " POSITION ", " TIMES
                      ", \"source_data\": \"text\", \"compression_ratio\": 2, \"semantic_tags\": \"none\","
                      " \"execution_count\": 3, \"average_execution_time\": null, \"gain\": 3.5, \"input_schema\": {}}]}");
  import_fixture_run (fixture);
  import_fixture_assert_sql (fixture, "SELECT source_data, compression_ratio, semantic_tags, execution_count,"
                                      " average_execution_time, activation_threshold, input_schema, engram_fields"
                                      " FROM neurons",
                             "text|2.0|NULL|3|NULL|NULL|{}|{\"compression_ratio\": 2, \"semantic_tags\": \"none\","
                             " \"average_execution_time\": null, \"gain\": 3.5}\n");
}

/* Of a name that stands twice, the last counts, as in Python. */
static void
test_repeated_names (ImportFixture *fixture,
                     gconstpointer  data)
{
  import_fixture_add (fixture, "a.json",
                      "{\"neurons\": [" NEURON_JSON (1, ", \"source_data\": 5, \"vector\": [1.5, 2.5], \"gain\": 1,"
                      " \"source_data\": \"last\", \"vector\": [3.5], \"gain\": 2, \"metadata\": 5, \"metadata\": {},"
                      " \"compression_ratio\": 1, \"compression_ratio\": 1.0") "]}");
  import_fixture_run (fixture);
  import_fixture_assert_sql (fixture, "SELECT source_data, hex(vector), metadata, compression_ratio, engram_fields"
                                      " FROM neurons", "last|00006040|{}|1.0|{\"gain\": 2}\n");
}

/* Checksums */

#define CONTENT(neurons, synapses) "{\"neurons\": [" neurons "], \"synapses\": [" synapses "]}"

/* The members are sorted already. */
#define SORTED_NEURON \
  "{\"created_at\": \"2025-11-01T09:00:00\", \"id\": \"" NEURON (1) "\", \"modified_at\": \"2025-11-01T09:00:00\", " \
  "\"position\": {\"x\": 0.5, \"y\": 1.5, \"z\": -2.5}, \"type\": \"knowledge\", \"vector\": [0.5, 1]}"
#define SORTED_SYNAPSE \
  "{\"created_at\": \"2025-11-01T09:00:00\", \"id\": \"" SYNAPSE (1) "\", \"modified_at\": \"2025-11-01T09:00:00\", " \
  "\"source_neuron_id\": \"" NEURON (1) "\", \"synapse_type\": \"knowledge\", \"target_neuron_id\": \"" NEURON (1) "\", " \
  "\"weight\": 0.5}"

static void
check_checksum (ImportFixture        *fixture,
                const char           *format,
                const char           *content,
                EngramImportChecksum  expected)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_auto (GStrv) parts = g_strsplit (format, "@", -1);
  g_autofree char *document = g_strjoinv (checksum, parts);

  g_test_message ("%s", format);
  import_fixture_add (fixture, "a.json", document);
  if (expected == ENGRAM_IMPORT_CHECKSUM_WRONG)
    import_fixture_run_in_vain (fixture);
  else
    import_fixture_run (fixture);
  assert_checksum (fixture, expected);
  g_unlink (fixture->path);
  import_fixture_forget (fixture);
}

static void
test_checksums (ImportFixture *fixture,
                gconstpointer  data)
{
  const char *both = CONTENT (SORTED_NEURON, SORTED_SYNAPSE);

  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "], \"synapses\": [" SORTED_SYNAPSE "], \"checksum\": \"@\"}",
                  both, ENGRAM_IMPORT_CHECKSUM_OK);
  check_checksum (fixture, "{\"checksum\": \"@\", \"neurons\": [\n" SORTED_NEURON "\n],\"synapses\":[" SORTED_SYNAPSE "]}",
                  both, ENGRAM_IMPORT_CHECKSUM_OK);
  /* Synapses first */
  check_checksum (fixture, "{\"synapses\": [" SORTED_SYNAPSE "], \"checksum\": \"@\", \"neurons\": [" SORTED_NEURON "]}",
                  both, ENGRAM_IMPORT_CHECKSUM_OK);
  check_checksum (fixture, "{\"synapses\": [], \"neurons\": [" SORTED_NEURON "], \"checksum\": \"@\"}",
                  CONTENT (SORTED_NEURON, ""), ENGRAM_IMPORT_CHECKSUM_OK);
  /* A list that is not there is an empty one. */
  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "], \"checksum\": \"@\"}", CONTENT (SORTED_NEURON, ""),
                  ENGRAM_IMPORT_CHECKSUM_OK);
  check_checksum (fixture, "{\"synapses\": [], \"checksum\": \"@\"}", CONTENT ("", ""), ENGRAM_IMPORT_CHECKSUM_OK);
  /* Of a name that stands twice, the last counts; a name is what it means. */
  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "], \"checksum\": \"\", \"\\u0063hecksum\": \"@\"}",
                  CONTENT (SORTED_NEURON, ""), ENGRAM_IMPORT_CHECKSUM_OK);
  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "]}", "", ENGRAM_IMPORT_CHECKSUM_ABSENT);

  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "], \"checksum\": \"@\"}", both, ENGRAM_IMPORT_CHECKSUM_WRONG);
  check_checksum (fixture, "{\"synapses\": [], \"neurons\": [" SORTED_NEURON "], \"checksum\": \"@\"}", both,
                  ENGRAM_IMPORT_CHECKSUM_WRONG);
  fixture->options.ignore_checksum = TRUE;
  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "], \"checksum\": \"@\"}", both, ENGRAM_IMPORT_CHECKSUM_IGNORED);
  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "], \"checksum\": 5}", both, ENGRAM_IMPORT_CHECKSUM_IGNORED);
  check_checksum (fixture, "{\"neurons\": [" SORTED_NEURON "]}", "", ENGRAM_IMPORT_CHECKSUM_ABSENT);
}

/* Names that are written with escapes are sorted as what they mean. */
static void
test_checksum_of_escaped_names (ImportFixture *fixture,
                                gconstpointer  data)
{
  check_checksum (fixture,
                  "{\"neurons\": [" NEURON_JSON (1, ", \"\\u0062\": 1, \"a\\n\": 2.50, \"a\": 3, \"b\": 4") "], \"checksum\":"
                  " \"@\"}",
                  "{\"neurons\": [{\"a\": 3, \"a\\n\": 2.5, \"b\": 4, \"created_at\": \"2025-11-01T09:00:00\", \"id\": \""
                  NEURON (1) "\", \"modified_at\": \"2025-11-01T09:00:00\", " POSITION ", \"type\": \"knowledge\"}],"
                  " \"synapses\": []}", ENGRAM_IMPORT_CHECKSUM_OK);
}

/* Documents that are longer than what is in memory of them */

#define WINDOW (1024 * 1024)

#define ODD_RECORDS \
  NEURON_JSON (1, ", \"vector\": [0.5,\n        -0.6300087571144104, 1e-07, 12], \"metadata\": {\"\\ud83d\\ude00\": true," \
                  " \"é😀\": [null, false, -1.5e+300]}, \"source_data\": \"naïve\\\\\\\"\"")

/* The end of the window comes to stand at each byte of a record, once. */
static void
test_window (ImportFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *expected = NULL;
  gsize length = strlen (ODD_RECORDS) + 40;

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *padding = g_strnfill (WINDOW - 20 - i, 'x');
      g_autofree char *document = g_strdup_printf ("{\"p\": \"%s\", \"neurons\": [%s] , \"checksums\": [1.5]}", padding,
                                                   ODD_RECORDS);
      g_autofree char *dump = NULL;

      import_fixture_add (fixture, "a.json", document);
      import_fixture_run (fixture);
      dump = import_fixture_sql (fixture, "SELECT *, hex(vector) FROM neurons");
      if (i == 0)
        expected = g_steal_pointer (&dump);
      else
        g_assert_cmpstr (dump, ==, expected);
      g_unlink (fixture->path);
      import_fixture_forget (fixture);
    }
}

/* Records of many sizes, among them one that is longer than the window, and what is wrong behind them. */
static void
test_long_records (ImportFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (GString) document = g_string_new ("{\"neurons\": [\n");
  g_autofree char *long_text = g_strnfill (5 * WINDOW, 'a');
  g_autofree char *expected = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *text = g_strnfill (i, 'b');

      g_string_append_printf (document, "{\"id\": \"%08x-0000-4000-8000-000000000000\", \"type\": \"knowledge\", " POSITION
                              ", " TIMES ", \"source_data\": \"%s\"},\n", i, i == 1500 ? long_text : text);
    }
  g_string_append (document, "{}]}");
  import_fixture_add (fixture, "a.json", document->str);
  fixture->options.max_problems = 1;
  import_fixture_run_in_vain (fixture);
  expected = g_strdup_printf ("3002 %" G_GSIZE_FORMAT " - id it is missing\n", document->len - strlen ("{}]}"));
  import_fixture_assert_problems (fixture, expected);

  g_string_truncate (document, document->len - strlen (",\n{}]}"));
  g_string_append (document, "]}");
  import_fixture_forget (fixture);
  import_fixture_add (fixture, "a.json", document->str);
  import_fixture_run (fixture);
  import_fixture_assert_sql (fixture, "SELECT count(*), sum(length(source_data)), min(rowid), max(rowid) FROM neurons"
                                      " WHERE id = printf('%08x-0000-4000-8000-000000000000', rowid - 1)",
                             "3000|9739880|1|3000\n");
}

/* A row that is longer than what is read as one. */
static void
test_too_long (ImportFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.json", NULL);
  g_autofree char *text = g_strnfill (1024 * 1024, 'a');
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fputs ("{\"neurons\": [\n{\"id\": \"", file);
  for (guint i = 0; i < 130; i++)
    fputs (text, file);
  fclose (file);
  import_fixture_add_path (fixture, path);
  import_fixture_run_in_vain (fixture);
  import_fixture_assert_problems (fixture, "2 14 - - what stands here is longer than 128 MiB, the most that can be read as"
                                           " one\n");
}

static void
test_report_copy (ImportFixture *fixture,
                  gconstpointer  data)
{
  g_autoptr (EngramImportReport) copy = NULL;

  import_fixture_add (fixture, "a.json", "{\"neurons\": [{}], \"synapses\": [{}]}");
  import_fixture_run_in_vain (fixture);
  copy = g_boxed_copy (ENGRAM_TYPE_IMPORT_REPORT, fixture->report);
  g_clear_pointer (&fixture->report, engram_import_report_free);
  fixture->report = g_steal_pointer (&copy);
  g_assert_cmpuint (get_file (fixture, 0)->neurons, ==, 1);
  g_assert_cmpstr (get_file (fixture, 0)->path, ==, fixture->files->pdata[0]);
  g_assert_cmpuint (fixture->report->problems->len, ==, fixture->report->n_problems);
  g_assert_cmpstr (((EngramProblem *) fixture->report->problems->pdata[0])->field, ==, "id");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_IMPORT_TEST ("/import/original", test_original);
  ADD_IMPORT_TEST ("/import/celegans", test_celegans);
  ADD_IMPORT_TEST ("/import/same-rows", test_same_rows);
  ADD_IMPORT_TEST ("/import/odd-networks", test_odd_networks);
  ADD_IMPORT_TEST ("/import/kept", test_kept);
  ADD_IMPORT_TEST ("/import/unknown-type", test_unknown_type);
  ADD_IMPORT_TEST ("/import/repeated-names", test_repeated_names);
  ADD_IMPORT_TEST ("/import/checksums", test_checksums);
  ADD_IMPORT_TEST ("/import/checksum-of-escaped-names", test_checksum_of_escaped_names);
  ADD_IMPORT_TEST ("/import/window", test_window);
  ADD_IMPORT_TEST ("/import/long-records", test_long_records);
  ADD_IMPORT_TEST ("/import/too-long", test_too_long);
  ADD_IMPORT_TEST ("/import/report-copy", test_report_copy);
  return g_test_run ();
}
