/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "export-support.h"
#include "store-fixture.h"

/* Networks for other programs, which read them back: see read-exchange.py. */

#define EVERYTHING "<&\"'>\n\r\ttwo\n\nlines, Größe 🧠; =1+1"

/* Six neurons of known and unknown types, with all that is hard to write; synapses side by side, back, and to
 * themselves. Rows 1 to 6, and 1 to 7. */
static void
create_network (StoreFixture *fixture)
{
  static const char *const types[] = { "knowledge", "tool", "memory", "sensor", "own & type", "own & type" };
  static const struct { guint from, to; double weight; } synapses[] = {
    { 0, 1, 0.1 }, { 0, 1, -0.30000000000000004 }, { 1, 0, 1 }, { 2, 2, -1 }, { 3, 4, 0 }, { 4, 5, 1e-7 },
    { 5, 0, -0.0 },
  };
  g_autoptr (GPtrArray) neurons = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      EngramNeuron *neuron = make_full_neuron ();

      engram_neuron_set_text (neuron, ENGRAM_NEURON_TYPE, types[i]);
      engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, i == 3 ? "" : i == 4 ? NULL : EVERYTHING);
      g_ptr_array_add (neurons, neuron);
    }
  engram_neuron_set_text (neurons->pdata[2], ENGRAM_NEURON_FIELDS,
                          "{\"memory_type\": \"episodic\", \"context\": {\"where\": \"<here>\"}, \"label\": \"mine\","
                          " \"mixed\": 1, \"both\": 2}");
  engram_neuron_set_text (neurons->pdata[4], ENGRAM_NEURON_FIELDS,
                          "{\"mixed\": \"one\", \"true\": true, \"both\": 0.5, \"a \\\"b\\\", ü\": [1],"
                          " \"nothing\": null}");
  engram_neuron_set_text (neurons->pdata[5], ENGRAM_NEURON_FIELDS,
                          "{\"whole\": 9007199254740993, \"huge\": 123456789012345678901234567890, \"empty\": \"\"}");
  for (guint i = 0; i < neurons->len; i++)
    store_fixture_create (fixture, neurons->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (synapses); i++)
    {
      EngramNeuron *source = neurons->pdata[synapses[i].from], *target = neurons->pdata[synapses[i].to];
      g_autoptr (EngramSynapse) synapse = store_fixture_join (fixture, source->id, target->id, synapses[i].weight);

      g_assert_nonnull (synapse);
    }
  store_fixture_close (fixture);
  test_execute (fixture->path,
                "UPDATE synapses SET engram_fields = '{\"delay\": 5, \"source\": \"a <b>\"}', usage_count = 12,"
                " last_traversed = '2025-11-01T09:00:00', metadata = '{\"k\": \"ü \\u00fc\"}' WHERE rowid = 2");
  store_fixture_open (fixture);
}

static EngramExportReport *
export (StoreFixture                *fixture,
        const char                  *path,
        const EngramExchangeOptions *options)
{
  g_autoptr (GError) error = NULL;
  EngramExportReport *report;

  report = engram_exchange_export (fixture->database, path, options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

/* Has another program read what a report says was written; FALSE where that is not there. */
static gboolean
read_back (const EngramExportReport    *report,
           const char                  *document,
           const EngramExchangeOptions *options)
{
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "storage", "read-exchange.py", NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) subprocess = NULL;
  g_autoptr (GError) error = NULL;

  if (python == NULL)
    return FALSE;
  g_ptr_array_add (arguments, python);
  g_ptr_array_add (arguments, script);
  g_ptr_array_add (arguments, (char *) engram_exchange_format_get_name (options->format));
  g_ptr_array_add (arguments, (char *) document);
  g_ptr_array_add (arguments, report->path);
  if (report->second_path != NULL)
    g_ptr_array_add (arguments, report->second_path);
  if (options->unsigned_weights)
    g_ptr_array_add (arguments, (char *) "unsigned");
  if (options->vectors)
    g_ptr_array_add (arguments, (char *) "vectors");
  g_ptr_array_add (arguments, NULL);
  subprocess = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait (subprocess, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (subprocess));
  if (g_subprocess_get_exit_status (subprocess) == 77)
    return FALSE;
  g_assert_cmpint (g_subprocess_get_exit_status (subprocess), ==, 0);
  return TRUE;
}

/* The JSON document, which other tests look at, is what all the others must say too. */
static void
assert_read_back (StoreFixture                *fixture,
                  const EngramExchangeOptions *options)
{
  static const EngramExportPart all = { NULL };
  g_autofree char *document = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "out.data", NULL);
  g_autoptr (EngramExportReport) expected = NULL;
  g_autoptr (EngramExportReport) report = export (fixture, path, options);
  g_autoptr (GError) error = NULL;

  expected = engram_export_part (fixture->database, document, options->part != NULL ? options->part : &all, FALSE, NULL,
                                 NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->neurons, ==, expected->neurons);
  g_assert_cmpuint (report->synapses, ==, expected->synapses);
  g_assert_cmpuint (report->n_problems, ==, 0);
  g_assert_null (report->checksum);
  g_assert_cmpuint (report->size_bytes, >, 0);
  if (!read_back (report, document, options))
    g_test_skip ("There is no program to read it: python3 with NetworkX");
}

static void
test_all (StoreFixture  *fixture,
          gconstpointer  data)
{
  const EngramExchangeOptions plain = { .format = GPOINTER_TO_INT (data) };
  const EngramExchangeOptions other = { .format = GPOINTER_TO_INT (data), .vectors = TRUE, .unsigned_weights = TRUE };

  create_network (fixture);
  assert_read_back (fixture, &plain);
  assert_read_back (fixture, &other);
}

static void
test_part (StoreFixture  *fixture,
           gconstpointer  data)
{
  const gint64 chosen[] = { 1, 2, 6 };
  g_autoptr (EngramRowSet) rows = engram_row_set_new (chosen, G_N_ELEMENTS (chosen));
  const EngramExportPart neurons = { rows, NULL, FALSE }, synapses = { NULL, rows, TRUE };
  EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data), .part = &neurons };

  create_network (fixture);
  assert_read_back (fixture, &options);
  options.part = &synapses;
  assert_read_back (fixture, &options);
}

static void
test_nothing (StoreFixture  *fixture,
              gconstpointer  data)
{
  const EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };

  assert_read_back (fixture, &options);
}

/* A network as the Python program wrote it, of schema version 1. */
static void
test_original (StoreFixture  *fixture,
               gconstpointer  data)
{
  const EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };

  if (store_fixture_use_shared (fixture, "original/network.db"))
    assert_read_back (fixture, &options);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  while ((text = strstr (text, part)) != NULL)
    {
      text += strlen (part);
      n++;
    }
  return n;
}

static void
assert_well_formed (const char *path)
{
  g_autofree char *text = read_file (path);
  g_autoptr (GMarkupParseContext) context = NULL;
  const GMarkupParser parser = { NULL };
  g_autoptr (GError) error = NULL;

  context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_assert_true (g_markup_parse_context_parse (context, text, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  for (const char *cursor = text; *cursor != '\0'; cursor++)
    g_assert_true ((guchar) *cursor >= ' ' || *cursor == '\n');
}

/* What XML has no characters for is told, and never written. */
static void
test_characters (StoreFixture  *fixture,
                 gconstpointer  data)
{
  const EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *text = NULL, *problems = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autofree char *expected = g_strdup_printf ("source_data of %s\nown of %s\n", neuron->id, neuron->id);
  g_autoptr (EngramExportReport) report = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "a\001b\033c\357\277\277d\357\277\276e\177 f");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"own\": \"a\\u0000b\"}");
  store_fixture_create (fixture, neuron);
  report = export (fixture, path, &options);
  problems = test_list_problems (report);
  text = read_file (report->path);
  if (options.format == ENGRAM_EXCHANGE_CSV)
    {
      g_assert_cmpstr (problems, ==, strchr (expected, '\n') + 1);
      g_assert_nonnull (strstr (text, "a\001b\033c\357\277\277d"));
      return;
    }
  g_assert_cmpstr (problems, ==, expected);
  assert_well_formed (path);
  g_assert_nonnull (strstr (text, "a\357\277\275b\357\277\275c\357\277\275d\357\277\275e\177 f"));
  g_assert_nonnull (strstr (text, "a\357\277\275b<") != NULL ? text : strstr (text, "a\357\277\275b\""));
}

/* What a broken network holds: a place that is none, no id, ends that are missing. */
static void
test_broken (StoreFixture  *fixture,
             gconstpointer  data)
{
  const EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *text = NULL;
  g_autoptr (EngramExportReport) report = NULL;

  create_network (fixture);
  store_fixture_close (fixture);
  test_execute (fixture->path,
                "PRAGMA foreign_keys = OFF; UPDATE neurons SET position_y = 9e999 WHERE rowid = 1;"
                "UPDATE neurons SET metadata = '{' WHERE rowid = 2; UPDATE neurons SET id = NULL WHERE rowid = 6;"
                "DELETE FROM neurons WHERE rowid = 5;");
  store_fixture_open (fixture);
  report = export (fixture, path, &options);
  /* The position, the metadata, the id, and three synapses of the neurons that are not there. */
  g_assert_cmpuint (report->n_problems, ==, 6);
  g_assert_cmpuint (report->neurons, ==, 4);
  g_assert_cmpuint (report->synapses, ==, 4);
  if (options.format != ENGRAM_EXCHANGE_CSV)
    assert_well_formed (path);
  text = read_file (report->path);
  g_assert_cmpuint (count (text, "engram_broken"), ==, 1);
  if (options.format == ENGRAM_EXCHANGE_GEXF)
    g_assert_cmpuint (count (text, "<viz:position "), ==, 3);
}

/* Members whose names are data would be columns without end. */
static void
test_too_many (StoreFixture  *fixture,
               gconstpointer  data)
{
  const EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("own");
  g_autoptr (GString) fields = g_string_new ("{");
  g_autoptr (EngramExportReport) report = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (fields, "%s\"member %u\": %u", i > 0 ? ", " : "", i, i);
  g_string_append_c (fields, '}');
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields->str);
  store_fixture_create (fixture, neuron);
  report = export (fixture, path, &options);
  g_assert_cmpuint (report->neurons, ==, 1);
  g_assert_cmpuint (report->n_problems, >, 40);
  g_assert_cmpuint (report->n_problems, <, 60);
}

/* What was found out in the window goes along. */
static void
test_analyses (StoreFixture  *fixture,
               gconstpointer  data)
{
  EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };
  g_autoptr (EngramSearcher) searcher = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *text = NULL;
  const double numbers[] = { 1, 1, 2, NAN, 2, 1 }, ranks[] = { 0.25, 0.125, 0.5, 0, 1e-7, 0.0625 };
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramRecordNumbers) communities = NULL, page_ranks = NULL;
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  create_network (fixture);
  options.searcher = searcher = engram_searcher_new (fixture->database);
  network = engram_searcher_get_network (searcher, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  communities = engram_record_numbers_new (network, numbers);
  page_ranks = engram_record_numbers_new (network, ranks);
  engram_searcher_set_analysis (searcher, ENGRAM_ANALYSIS_COMMUNITY, communities);
  engram_searcher_set_analysis (searcher, ENGRAM_ANALYSIS_PAGE_RANK, page_ranks);
  report = export (fixture, path, &options);
  g_assert_cmpuint (report->n_problems, ==, 0);
  text = read_file (report->path);
  g_assert_cmpuint (count (text, "pagerank"), ==, 1);
  g_assert_cmpuint (count (text, "1e-07"), >=, 1);
  g_assert_cmpuint (count (text, options.format == ENGRAM_EXCHANGE_CSV ? ",2,0.5" : "0.0625"), ==, 1);
}

/* Both tables or none */

static void
put (const char *folder,
     const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
}

static void
assert_folder (const char *folder,
               const char *names)
{
  g_autofree char *found = test_list_folder (folder);

  g_assert_cmpstr (found, ==, names);
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    user_data)
{
  g_cancellable_cancel (user_data);
}

static void
cancel_at_end (const char *phase,
               double      fraction,
               gpointer    user_data)
{
  if (fraction >= 1)
    g_cancellable_cancel (user_data);
}

static void
test_cancel (StoreFixture  *fixture,
             gconstpointer  data)
{
  const EngramExchangeOptions options = { .format = GPOINTER_TO_INT (data) };
  const EngramProgressFunc funcs[] = { cancel, cancel_at_end };

  create_network (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++)
    {
      g_autoptr (TestFolder) folder = test_folder_new ();
      g_autofree char *path = g_build_filename (folder, "out.csv", NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (engram_exchange_export (fixture->database, path, &options, funcs[i], cancellable, cancellable,
                                             &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_folder (folder, "");
    }
}

/* Puts a folder where the second table is to go, once it is written. */
static void
spoil (const char *phase,
       double      fraction,
       gpointer    user_data)
{
  if (fraction >= 1)
    g_assert_cmpint (g_mkdir_with_parents (user_data, 0700), ==, 0);
}

static void
test_second_fails (StoreFixture  *fixture,
                   gconstpointer  data)
{
  gboolean is_there = GPOINTER_TO_INT (data);
  const EngramExchangeOptions options = { .format = ENGRAM_EXCHANGE_CSV };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "out.csv", NULL);
  g_autofree char *first = g_build_filename (folder, "out-nodes.csv", NULL);
  g_autofree char *second = g_build_filename (folder, "out-edges.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  create_network (fixture);
  if (is_there)
    put (folder, "out-nodes.csv");
  g_assert_null (engram_exchange_export (fixture->database, path, &options, spoil, second, NULL, &error));
  g_assert_nonnull (error);
  assert_folder (folder, is_there ? "out-edges.csv\nout-nodes.csv" : "out-edges.csv");
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_DIR));
  if (!is_there)
    return;
  text = read_file (first);
  g_assert_cmpstr (text, ==, "old");
}

static void
test_tables (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "out.CSV", NULL);
  g_autofree char *text = NULL;

  create_network (fixture);
  put (folder, "out-nodes.csv");
  put (folder, "out-edges.csv");
  engram_export_report_free (export (fixture, path, &(EngramExchangeOptions) { .format = ENGRAM_EXCHANGE_CSV }));
  assert_folder (folder, "out-edges.csv\nout-nodes.csv");
  for (EngramExchangeTables tables = ENGRAM_EXCHANGE_NEURON_TABLE; tables <= ENGRAM_EXCHANGE_SYNAPSE_TABLE; tables++)
    {
      const EngramExchangeOptions options = { .format = ENGRAM_EXCHANGE_CSV, .tables = tables };
      g_autoptr (EngramExportReport) report = export (fixture, path, &options);
      g_autofree char *table = read_file (path);
      gboolean are_neurons = tables == ENGRAM_EXCHANGE_NEURON_TABLE;

      g_assert_true (g_str_has_prefix (table, are_neurons ? "Id,Label,x,y,z,type,"
                                                          : "Source,Target,Type,Id,Weight,sign,"));
      g_assert_cmpuint (report->neurons, ==, are_neurons ? 6 : 0);
      g_assert_cmpuint (report->synapses, ==, are_neurons ? 0 : 7);
      g_assert_cmpstr (report->path, ==, path);
      g_assert_null (report->second_path);
    }
}

/* No database is ever written over, by either of the two. */
static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  const EngramExchangeOptions gexf = { .format = ENGRAM_EXCHANGE_GEXF }, csv = { .format = ENGRAM_EXCHANGE_CSV };
  g_autofree char *other = g_build_filename (fixture->folder, "other-edges.csv", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "other.csv", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", "out.gexf", NULL);
  g_autoptr (EngramDatabase) database = engram_database_create (other, NULL, NULL);
  g_autofree char *before = test_list_folder (fixture->folder);
  g_autoptr (GError) itself = NULL, second = NULL, missing = NULL;

  g_assert_null (engram_exchange_export (fixture->database, fixture->path, &gexf, NULL, NULL, NULL, &itself));
  g_assert_error (itself, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_assert_null (engram_exchange_export (fixture->database, path, &csv, NULL, NULL, NULL, &second));
  g_assert_error (second, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS);
  g_assert_null (engram_exchange_export (fixture->database, nowhere, &gexf, NULL, NULL, NULL, &missing));
  g_assert_error (missing, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  assert_folder (fixture->folder, before);
}

static void
assert_format (const char           *path,
               gboolean              known,
               EngramExchangeFormat  expected)
{
  EngramExchangeFormat format = ENGRAM_N_EXCHANGE_FORMATS;

  g_assert_cmpint (engram_exchange_format_from_path (path, &format), ==, known);
  g_assert_cmpint (format, ==, known ? expected : ENGRAM_N_EXCHANGE_FORMATS);
}

static void
assert_files (const char *path,
              const char *expected)
{
  const EngramExchangeOptions options = { .format = ENGRAM_EXCHANGE_CSV };
  g_auto (GStrv) files = engram_exchange_list_files (path, &options);
  g_autofree char *joined = g_strjoinv (" ", files);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_names (void)
{
  assert_format ("/a/b.GraphML", TRUE, ENGRAM_EXCHANGE_GRAPHML);
  assert_format ("b.gexf", TRUE, ENGRAM_EXCHANGE_GEXF);
  assert_format ("b.json", TRUE, ENGRAM_EXCHANGE_JSON);
  assert_format ("/a.json/b.tar.csv", TRUE, ENGRAM_EXCHANGE_CSV);
  assert_format ("/a.json/b", FALSE, ENGRAM_EXCHANGE_JSON);
  assert_format ("/a/.csv", FALSE, ENGRAM_EXCHANGE_JSON);
  assert_format ("b.txt", FALSE, ENGRAM_EXCHANGE_JSON);
  assert_files ("/a/b.Csv", "/a/b-nodes.csv /a/b-edges.csv");
  assert_files ("/a.csv/b", "/a.csv/b-nodes.csv /a.csv/b-edges.csv");
  assert_files ("b.2", "b.2-nodes.csv b.2-edges.csv");
}

static void
add_format_tests (EngramExchangeFormat format)
{
  static const struct { const char *name; void (*function) (StoreFixture *, gconstpointer); } tests[] = {
    { "all", test_all }, { "part", test_part }, { "nothing", test_nothing }, { "original", test_original },
    { "characters", test_characters }, { "broken", test_broken }, { "too-many", test_too_many },
    { "analyses", test_analyses }, { "cancel", test_cancel },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      const char *name = engram_exchange_format_get_name (format);
      g_autofree char *path = g_strdup_printf ("/exchange/%s/%s", name, tests[i].name);

      ADD_STORE_TEST (path, GINT_TO_POINTER (format), tests[i].function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_format_tests (ENGRAM_EXCHANGE_GRAPHML);
  add_format_tests (ENGRAM_EXCHANGE_GEXF);
  add_format_tests (ENGRAM_EXCHANGE_CSV);
  ADD_STORE_TEST ("/exchange/second-fails", GINT_TO_POINTER (FALSE), test_second_fails);
  ADD_STORE_TEST ("/exchange/second-fails/replacing", GINT_TO_POINTER (TRUE), test_second_fails);
  ADD_STORE_TEST ("/exchange/tables", NULL, test_tables);
  ADD_STORE_TEST ("/exchange/refused", NULL, test_refused);
  g_test_add_func ("/exchange/names", test_names);

  return g_test_run ();
}
