/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "import-support.h"

/* What EXPECTED.tsv of ../shared/data/damaged says of each document: the problems, or how many neurons and synapses
 * come of it. */
static const struct {
  const char *name;
  const char *problems;
  guint64     n_neurons;
  guint64     n_synapses;
} damaged[] = {
  { "big-integer", NULL, 40, 54 },
  { "byte-order-mark", NULL, 40, 54 },
  { "cut-short", "1317 37038 - - the text ends too early (column 21)\n" },
  { "dangling-synapse", "1708 48039 7ec5612e-f406-4a44-873e-b91a57dc8fb8 target_neuron_id"
                        " there is no neuron 00000000-0000-4000-8000-000000000000\n" },
  { "deep-metadata", "1 5367 - - lists and objects are nested too deeply (column 5368)\n" },
  { "deep-nesting", "1 1074 - - lists and objects are nested too deeply (column 1075)\n" },
  { "duplicate-neuron-id", "1704 47887 cdcc6929-2f45-4678-b09d-6b79965eda32 id"
                           " this id stands twice in what is to be imported\n" },
  { "empty", "1 0 - - the file is empty\n" },
  { "good-without-checksum", NULL, 40, 54 },
  { "invalid-utf-8", "36 968 - - a text is not UTF-8 (column 86)\n" },
  { "lone-surrogate", NULL, 40, 54 },
  { "missing-fields", "5 84 - id it is missing\n"
                      "44 1173 a7677796-73f7-48aa-b6fa-5db8656abd72 type it is missing\n"
                      "83 2318 97491e23-70c6-45b8-9387-f61376c468ae position it is missing\n"
                      "118 3347 154cd2aa-d718-4dda-ae82-ec3ffee5a5b2 created_at it is missing\n"
                      "1973 57382 b385da79-ce62-41f9-8d33-82eade541bbe source_neuron_id"
                      " there is no neuron cdcc6929-2f45-4678-b09d-6b79965eda32\n" },
  { "mixed-dimensions", "213 6052 acc6d8f2-c74c-4ccf-b2d0-3fdda123f501 vector"
                        " it has 3 numbers, but the vectors of this network have 8\n" },
  { "nan-and-infinity", "129 3664 154cd2aa-d718-4dda-ae82-ec3ffee5a5b2 position the number is infinite\n"
                        "153 4204 154cd2aa-d718-4dda-ae82-ec3ffee5a5b2 activation_level it is not a number (NaN)\n" },
  { "neurons-not-a-list", "4 78 - neurons it is not a list\n" },
  { "not-an-object", "1 0 - - the document is a list, not an object\n" },
  { "nul-in-text", NULL, 40, 54 },
  { "number-beyond-double", "37 1083 cdcc6929-2f45-4678-b09d-6b79965eda32 compression_ratio"
                            " the number 1e999 is too big\n" },
  { "sql-in-text", NULL, 40, 54 },
  { "synapses-first", NULL, 40, 54 },
  { "trailing-garbage", "2468 74077 - - there is more after the value (column 2)\n" },
  { "unknown-type", NULL, 40, 54 },
  { "unknown-version", "2 15 - version the document is of version 7, which is newer than this program knows (version 1)."
                       " Update Engram to import it.\n" },
  { "utf-16", "1 0 - - the file is not UTF-8, but UTF-16 or UTF-32. Save it as UTF-8.\n" },
  { "weight-too-big", "1709 48095 7ec5612e-f406-4a44-873e-b91a57dc8fb8 weight 1.5 is outside [-1, 1]\n" },
  { "wrong-checksum", "2468 74091 - checksum it is not that of the neurons and synapses of the document: the document was"
                      " changed or damaged since it was written\n" },
  { "wrong-types", "8 183 cdcc6929-2f45-4678-b09d-6b79965eda32 position it is not an object with x, y and z\n"
                   "51 1370 a7677796-73f7-48aa-b6fa-5db8656abd72 vector number 2 of the vector is not a number\n"
                   "1699 47792 7ec5612e-f406-4a44-873e-b91a57dc8fb8 weight it is not a number\n" },
};

/* A good one comes out of the export as it came in, to whoever reads it as JSON. */
static void
assert_comes_out (ImportFixture *fixture)
{
  g_autofree char *first = import_fixture_export (fixture, "first.json");
  g_autofree char *path = g_build_filename (fixture->folder, "first.json", NULL);
  g_autofree char *second = NULL;

  import_fixture_forget (fixture);
  import_fixture_assert_sql (fixture, "DELETE FROM synapses; DELETE FROM neurons", "");
  import_fixture_add_path (fixture, path);
  import_fixture_run (fixture);
  g_assert_cmpint (((EngramImportFile *) fixture->report->files->pdata[0])->checksum, ==, ENGRAM_IMPORT_CHECKSUM_OK);
  second = import_fixture_export (fixture, "second.json");
  g_assert_cmpstr (first, ==, second);
}

static void
check_damaged (ImportFixture *fixture,
               gsize          i)
{
  const EngramImportFile *file;

  g_test_message ("%s", damaged[i].name);
  if (damaged[i].problems != NULL)
    {
      import_fixture_run_in_vain (fixture);
      import_fixture_assert_problems (fixture, damaged[i].problems);
      import_fixture_assert_counts (fixture, "0 0 0, 0 0 0");
      return;
    }
  import_fixture_run (fixture);
  file = g_ptr_array_index (fixture->report->files, 0);
  g_assert_cmpint (file->checksum, ==, ENGRAM_IMPORT_CHECKSUM_ABSENT);
  g_assert_cmpuint (file->neurons, ==, damaged[i].n_neurons);
  g_assert_cmpuint (file->synapses, ==, damaged[i].n_synapses);
  g_assert_cmpuint (fixture->report->neurons.created, ==, damaged[i].n_neurons);
  g_assert_cmpuint (fixture->report->synapses.created, ==, damaged[i].n_synapses);
}

static void
test_damaged_new (ImportFixture *fixture,
                  gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_strdup_printf ("damaged/%s.json", damaged[i].name);
      g_autofree char *left = NULL;

      if (!import_fixture_add_shared (fixture, name))
        return;
      check_damaged (fixture, i);
      if (damaged[i].problems == NULL)
        assert_comes_out (fixture);
      g_unlink (fixture->path);
      left = import_fixture_list_folder (fixture);
      g_assert_cmpstr (left, ==, "");
      import_fixture_forget (fixture);
    }
}

static void
test_damaged_existing (ImportFixture *fixture,
                       gconstpointer  data)
{
  g_autofree char *before = NULL;

  import_fixture_create (fixture);
  before = test_hash_file (fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_strdup_printf ("damaged/%s.json", damaged[i].name);
      g_autofree char *after = NULL;

      if (!import_fixture_add_shared (fixture, name))
        return;
      fixture->options.dry_run = damaged[i].problems == NULL;
      check_damaged (fixture, i);
      after = test_hash_file (fixture->path);
      g_assert_cmpstr (after, ==, before);
      import_fixture_forget (fixture);
    }
}

/* In a dry run problems are no error. */
static void
test_damaged_dry (ImportFixture *fixture,
                  gconstpointer  data)
{
  fixture->options.dry_run = TRUE;
  if (!import_fixture_add_shared (fixture, "damaged/wrong-types.json"))
    return;
  for (int exists = 0; exists < 2; exists++)
    {
      if (exists)
        import_fixture_create (fixture);
      import_fixture_run (fixture);
      g_assert_cmpuint (fixture->report->n_problems, ==, 3);
      /* What would come of the others */
      import_fixture_assert_counts (fixture, "38 0 0, 53 0 0");
    }
}

/* What is no JSON */

static const struct {
  const char *text;
  const char *problems;
} grammar[] = {
  { "   ", "1 3 - - the text ends too early (column 4)\n" },
  { "nul", "1 0 - - a value is neither text, number, list, object, true, false nor null (column 1)\n" },
  { "null", "1 0 - - the document is a single value, not an object\n" },
  { "12", "1 0 - - the document is a single value, not an object\n" },
  { "\"{}\"", "1 0 - - the document is a single value, not an object\n" },
  { "{\"neurons\": []", "1 14 - - the text ends too early (column 15)\n" },
  { "{\"neurons\": [}", "1 13 - - a value is missing (column 14)\n" },
  { "{\"neurons\" []}", "1 11 - - a colon is missing after the name of a member (column 12)\n" },
  { "{neurons: []}", "1 1 - - the name of a member is missing (column 2)\n" },
  { "{\"neurons\": [],}", "1 15 - - the name of a member is missing (column 16)\n" },
  { "{\"neurons\": []\n}\n{}", "3 17 - - there is more after the value (column 1)\n" },
  { "{\"neurons\": [\n  {\"id\": 1,}]}", "2 25 - - the name of a member is missing (column 12)\n" },
  { "{\"neurons\": [\n  {\"id\": tru}]}", "2 23 - - a value is neither text, number, list, object, true, false nor null"
                                            " (column 10)\n" },
  { "{\"a\": \"é\n\"}", "1 9 - - a control character in a text is not escaped (column 9)\n" },
  { "{\"a\": \"\\x\"}", "1 7 - - a backslash starts no escape that JSON knows (column 8)\n" },
  { "{\"a\": 01}", "1 7 - - a number starts with a zero too many (column 8)\n" },
  { "{\"a\": NaN}", "1 6 - - a value is neither text, number, list, object, true, false nor null (column 7)\n" },
  { "{/* */}", "1 1 - - the name of a member is missing (column 2)\n" },
  { "{'neurons': []}", "1 1 - - the name of a member is missing (column 2)\n" },
  { "\xef\xbb\xbf\xef\xbb\xbf{}", "1 3 - - a value is neither text, number, list, object, true, false nor null"
                                  " (column 2)\n" },
  { "{\"neurons\": [{\"vector\": [0.5, 1.5 2.5]}]}",
    "1 34 - - a comma or the closing bracket is missing (column 35)\n" },
  { "{\"neurons\": [{\"vector\": [0.5, NaN2]}]}", "1 33 - - a comma or the closing bracket is missing (column 34)\n" },
  { "{\"neurons\": [{\"vector\": [0.5 NaN]}]}", "1 29 - - a comma or the closing bracket is missing (column 30)\n" },
};

static void
test_grammar (ImportFixture *fixture,
              gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (grammar); i++)
    {
      g_test_message ("%s", grammar[i].text);
      import_fixture_add (fixture, "a.json", grammar[i].text);
      import_fixture_run_in_vain (fixture);
      import_fixture_assert_problems (fixture, grammar[i].problems);
      import_fixture_forget (fixture);
    }
}

#define WHOLE \
  "{\"version\": 1, \"other\": [1, {\"a\": \"\\u00e9é\"}], \"neurons\": [" NEURON_JSON (1, ", \"vector\": [0.5, -1.25]") \
  ", " NEURON_JSON (2, ", \"vector\": [1e-7, 2], \"metadata\": {\"a\": [true, null]}") "], \"synapses\": [" \
  SYNAPSE_JSON (1, 1, 2, ", \"metadata\": {}") "]}"

/* Every beginning of a document is one that ends too early. */
static void
test_every_cut (ImportFixture *fixture,
                gconstpointer  data)
{
  gsize length = strlen (WHOLE);

  fixture->options.dry_run = TRUE;
  for (gsize i = 1; i < length; i++)
    {
      const EngramProblem *problem;

      import_fixture_add_bytes (fixture, "a.json", WHOLE, i);
      import_fixture_run (fixture);
      g_assert_cmpuint (fixture->report->n_problems, ==, 1);
      problem = g_ptr_array_index (fixture->report->problems, 0);
      g_assert_cmpuint (problem->line, ==, 1);
      /* A word, an escape or a character that is cut is wrong where it starts. */
      g_assert_cmpuint (problem->byte, >=, i < 5 ? 0 : i - 5);
      g_assert_cmpuint (problem->byte, <=, i);
      import_fixture_forget (fixture);
    }
  import_fixture_add (fixture, "a.json", WHOLE);
  import_fixture_run (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 0);
}

/* A document that goes wrong at any byte is refused, or means something else, but nothing else happens. */
static void
test_every_byte (ImportFixture *fixture,
                 gconstpointer  data)
{
  static const char bytes[] = "\0\x01\"\\{}[]:,x0-.e\x7f\x80\xc3\xff ";
  gsize length = strlen (WHOLE);

  fixture->options.dry_run = TRUE;
  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *text = g_strdup (WHOLE);

      text[i] = bytes[i % (sizeof bytes - 1)];
      import_fixture_add_bytes (fixture, "a.json", text, length);
      import_fixture_try (fixture);
      g_assert_no_error (fixture->error);
      import_fixture_forget (fixture);
    }
}

/* Documents */

static const struct {
  const char *text;
  const char *problems;
} documents[] = {
  { "{}", "1 0 - - it holds neither a list of neurons nor one of synapses: it is no document of a neuron network\n" },
  { "{\"a\": 1}",
    "1 0 - - it holds neither a list of neurons nor one of synapses: it is no document of a neuron network\n" },
  { "{\"neurons\": null}", "1 12 - neurons it is not a list\n" },
  { "{\"neurons\": [], \"synapses\": {}}", "1 28 - synapses it is not a list\n" },
  { "{\"neurons\": [],\n \"neurons\": []}", "2 28 - neurons there is a second list of that name\n" },
  { "{\"neurons\": [], \"\\u006eeurons\": []}", "1 32 - neurons there is a second list of that name\n" },
  { "{\"neurons\": [1, [2, {}]], \"synapses\": [\"\"]}",
    "1 13 - - a neuron is not an object\n1 16 - - a neuron is not an object\n1 39 - - a synapse is not an object\n" },
  { "{\"neurons\": [], \"version\": 2}", "1 27 - version the document is of version 2, which is newer than this program"
                                         " knows (version 1). Update Engram to import it.\n" },
  { "{\"neurons\": [], \"version\": 0}", "1 27 - version the document is of version 0, which no program knows\n" },
  { "{\"neurons\": [], \"version\": \"1\"}", "1 27 - version the version of the document is not a number\n" },
  { "{\"neurons\": [], \"version\": 1.0}", "" },
  { "{\"neurons\": [], \"checksum\": 1}", "1 28 - checksum it is not that of the neurons and synapses of the document: the"
                                          " document was changed or damaged since it was written\n" },
  { "{\"synapses\": []}", "" },
  { " {\"neurons\": [ ] , \"\": {\"neurons\": 5}, \"checksums\": [null] } \n", "" },
};

static void
test_documents (ImportFixture *fixture,
                gconstpointer  data)
{
  fixture->options.dry_run = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_test_message ("%s", documents[i].text);
      import_fixture_add (fixture, "a.json", documents[i].text);
      import_fixture_run (fixture);
      import_fixture_assert_problems (fixture, documents[i].problems);
      import_fixture_forget (fixture);
    }
}

/* Records */

#define N1 NEURON (1) " "
#define S1 SYNAPSE (1) " "

static const struct {
  gboolean    is_synapse;
  const char *name;   /* of the member that is another */
  const char *value;  /* NULL: it is not there */
  const char *problem;
} records[] = {
  { FALSE, "id", NULL, "- id it is missing" },
  { FALSE, "id", "5", "- id it is not text" },
  { FALSE, "id", "null", "- id it is not text" },
  { FALSE, "id", "\"\"", "- id the id is not a UUID in lower case with hyphens" },
  { FALSE, "id", "\"ABCDEF01-0000-4000-8000-000000000000\"", "- id the id is not a UUID in lower case with hyphens" },
  { FALSE, "id", "\"00000001-0000-4000-8000-00000000000\\u0000\"",
    "- id the id is not a UUID in lower case with hyphens" },
  { FALSE, "type", NULL, N1 "type it is missing" },
  { FALSE, "type", "null", N1 "type it is not text" },
  { FALSE, "position", NULL, N1 "position it is missing" },
  { FALSE, "position", "null", N1 "position it is not an object with x, y and z" },
  { FALSE, "position", "[1, 2, 3]", N1 "position it is not an object with x, y and z" },
  { FALSE, "position", "{\"x\": 1, \"z\": 1}", N1 "position the coordinate y is missing or is not a number" },
  { FALSE, "position", "{\"x\": 1, \"y\": 2, \"z\": \"1\"}", N1 "position the coordinate z is missing or is not a number" },
  { FALSE, "position", "{\"x\": 1, \"y\": 2, \"z\": 3, \"x\": null}",
    N1 "position the coordinate x is missing or is not a number" },
  { FALSE, "position", "{\"x\": 1, \"y\": 2, \"z\": 1e400}", N1 "position the number 1e400 is too big" },
  { FALSE, "position", "{\"x\": 1, \"y\": -Infinity, \"z\": 1}", N1 "position the number is infinite" },
  { FALSE, "vector", "\"0.5\"", N1 "vector it is not a list of numbers" },
  { FALSE, "vector", "[0.5, null]", N1 "vector number 2 of the vector is not a number" },
  { FALSE, "vector", "[0.5, [1]]", N1 "vector number 2 of the vector is not a number" },
  { FALSE, "vector", "[0.5, 1e39]", N1 "vector number 2 of the vector is too big" },
  { FALSE, "vector", "[0.5, NaN]", N1 "vector it is not a number (NaN)" },
  { FALSE, "metadata", "[]", N1 "metadata it is not a JSON object" },
  { FALSE, "metadata", "\"{}\"", N1 "metadata it is not a JSON object" },
  { FALSE, "metadata", "{\"a\": [1e999]}", N1 "metadata the number 1e999 is too big" },
  { FALSE, "metadata", "{\"a\": [NaN]}", N1 "metadata it is not a number (NaN)" },
  { FALSE, "activation_level", "null", N1 "activation_level it is not a number" },
  { FALSE, "activation_level", "true", N1 "activation_level it is not a number" },
  { FALSE, "activation_level", "-1e999", N1 "activation_level the number -1e999 is too big" },
  { FALSE, "created_at", NULL, N1 "created_at it is missing" },
  { FALSE, "created_at", "\"yesterday\"", N1 "created_at the time is not written like 2025-11-01T09:00:00" },
  { FALSE, "modified_at", "5", N1 "modified_at it is not text" },
  { FALSE, "source_data", "5", N1 "source_data it is not text" },
  { FALSE, "compression_ratio", "\"5\"", N1 "compression_ratio it is not a number" },
  { FALSE, "semantic_tags", "{}", N1 "semantic_tags it is not a JSON list" },
  { FALSE, "importance", "\"much\"", N1 "importance it is not a number" },
  { FALSE, "semantic_tags", "[-Infinity]", N1 "semantic_tags the number is infinite" },
  { FALSE, "whatever", "{\"a\": Infinity}", N1 "whatever the number is infinite" },
  { FALSE, "whatever", "[[1e999]]", N1 "whatever the number 1e999 is too big" },
  { TRUE, "id", NULL, "- id it is missing" },
  { TRUE, "source_neuron_id", NULL, S1 "source_neuron_id it is missing" },
  { TRUE, "source_neuron_id", "1", S1 "source_neuron_id it is not text" },
  { TRUE, "target_neuron_id", "\"somebody\"", S1 "target_neuron_id there is no neuron somebody" },
  { TRUE, "target_neuron_id", "\"" NEURON (9) "\"", S1 "target_neuron_id there is no neuron " NEURON (9) },
  { TRUE, "weight", NULL, S1 "weight it is missing" },
  { TRUE, "weight", "\"1\"", S1 "weight it is not a number" },
  { TRUE, "weight", "-1.0000000000000002", S1 "weight -1.0000000000000002 is outside [-1, 1]" },
  { TRUE, "weight", "NaN", S1 "weight it is not a number (NaN)" },
  { TRUE, "usage_count", "1.5", S1 "usage_count it is not a whole number" },
  { TRUE, "usage_count", "9223372036854775808", S1 "usage_count the number 9223372036854775808 is too big" },
  { TRUE, "usage_count", "1e30", S1 "usage_count the number 1e30 is too big" },
  { TRUE, "usage_count", "false", S1 "usage_count it is not a number" },
  { TRUE, "last_traversed", "\"\"", S1 "last_traversed the time is not written like 2025-11-01T09:00:00" },
  { TRUE, "synapse_type", NULL, S1 "synapse_type it is missing" },
  { TRUE, "metadata", "1", S1 "metadata it is not a JSON object" },
  { TRUE, "created_at", "null", S1 "created_at it is not text" },
  { TRUE, "modified_at", NULL, S1 "modified_at it is missing" },
};

/* The value need not be JSON. */
static char *
make_record (gsize i)
{
  const char *good = records[i].is_synapse ? SYNAPSE_JSON (1, 1, 2, "") : NEURON_JSON (1, "");
  g_autofree char *record = engram_json_object_set (good, records[i].name, records[i].value != NULL ? "\"@\"" : NULL);
  g_auto (GStrv) parts = g_strsplit (record, "\"@\"", 2);

  return g_strjoinv (records[i].value, parts);
}

static void
check_record (ImportFixture *fixture,
              gsize          i)
{
  g_autofree char *record = make_record (i);
  g_autofree char *document = NULL;
  g_autofree char *line = NULL;
  const EngramProblem *problem;
  const char *place;

  if (records[i].is_synapse)
    document = g_strdup_printf (DOCUMENT (NEURON_JSON (1, "") ", " NEURON_JSON (2, ""), "%s"), record);
  else
    document = g_strdup_printf (DOCUMENT ("%s", ""), record);
  import_fixture_add (fixture, "a.json", document);
  import_fixture_run (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 1);
  problem = g_ptr_array_index (fixture->report->problems, 0);
  line = g_strdup_printf ("%s %s %s", problem->id != NULL ? problem->id : "-", problem->field, problem->message);
  g_assert_cmpstr (line, ==, records[i].problem);

  /* At the value, or at a part of it; where it is missing, at the record. */
  place = strstr (document, record);
  if (records[i].value != NULL)
    {
      g_autofree char *name = g_strdup_printf ("\"%s\": ", records[i].name);

      place = strstr (place, name) + strlen (name);
    }
  g_assert_cmpuint (problem->byte, >=, place - document);
  g_assert_cmpuint (problem->byte, <=, place - document + (records[i].value != NULL ? strlen (records[i].value) : 0));
  import_fixture_forget (fixture);
}

static void
test_records (ImportFixture *fixture,
              gconstpointer  data)
{
  fixture->options.dry_run = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_test_message ("%s: %s", records[i].name, records[i].value);
      check_record (fixture, i);
    }
}

/* All that is wrong with one record is told, in the order in which it stands there. */
static void
test_all_of_one_record (ImportFixture *fixture,
                        gconstpointer  data)
{
  import_fixture_add (fixture, "a.json",
                      "{\"neurons\": [\n{\"id\": \"" NEURON (1) "\",\n\"type\": 1,\n\"position\": 2,\n\"vector\": 3,\n"
                      "\"metadata\": 4,\n\"activation_level\": \"5\",\n\"created_at\": 6}]}");
  import_fixture_run_in_vain (fixture);
  import_fixture_assert_problems (fixture,
                                  "2 14 " N1 "modified_at it is missing\n"
                                  "3 69 " N1 "type it is not text\n"
                                  "4 84 " N1 "position it is not an object with x, y and z\n"
                                  "5 97 " N1 "vector it is not a list of numbers\n"
                                  "6 112 " N1 "metadata it is not a JSON object\n"
                                  "7 135 " N1 "activation_level it is not a number\n"
                                  "8 154 " N1 "created_at it is not text\n");
}

/* Many problems: the first ones are told, all are counted; of all files, and of all that look for them. */
static void
test_limit (ImportFixture *fixture,
            gconstpointer  data)
{
  /* A synapse that waits for a neuron, one that stands twice, and a neuron that is wrong */
  import_fixture_add (fixture, "a.json",
                      DOCUMENT (NEURON_JSON (1, ""), SYNAPSE_JSON (1, 1, 8, "") ", " SYNAPSE_JSON (2, 1, 1, "") ",\n"
                                SYNAPSE_JSON (2, 1, 1, "") ",\n" SYNAPSE_JSON (3, 1, 1, ", \"weight\": 5")));
  import_fixture_add (fixture, "b.json", "{\"neurons\": [{}, {}, {}]}");
  import_fixture_run_in_vain (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 3 + 3 * 5);
  g_assert_cmpuint (fixture->report->problems->len, ==, 3 + 3 * 5);

  fixture->options.max_problems = 4;
  import_fixture_run_in_vain (fixture);
  g_assert_cmpuint (fixture->report->n_problems, ==, 3 + 3 * 5);
  import_fixture_assert_problems (fixture,
                                  "1 343 " SYNAPSE (1) " target_neuron_id there is no neuron " NEURON (8) "\n"
                                  "2 797 " SYNAPSE (2) " id this id stands twice in what is to be imported\n"
                                  "3 1373 " SYNAPSE (3) " weight 5.0 is outside [-1, 1]\n"
                                  "1 13 - id it is missing\n");
  g_assert_nonnull (strstr (fixture->error->message, "17 problems more"));
}

/* What stands around a place, with the document's own line numbers, however far it is from the start. */
static void
test_excerpt (ImportFixture *fixture,
              gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("");
  g_autoptr (EngramImportExcerpt) excerpt = NULL;
  g_autoptr (GError) error = NULL;
  EngramProblem problem = { .line = 501, .byte = 500 * 8 + 3 };

  for (guint i = 1; i <= 1000; i++)
    g_string_append_printf (text, "a %04u\303\n", i);
  import_fixture_add (fixture, "lines.json", text->str);
  problem.file = fixture->files->pdata[0];
  excerpt = engram_import_excerpt_read (&problem, 20, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (excerpt->text, ==, "a 0499\357\277\275\na 0500\357\277\275\na 0501\357\277\275\na 0502\357\277\275");
  g_assert_cmpuint (excerpt->first_line, ==, 499);
  g_assert_cmpuint (excerpt->line, ==, 2);
  g_assert_cmpuint (excerpt->offset, ==, 3);
  g_assert_false (excerpt->is_start || excerpt->is_end || excerpt->is_cut_before || excerpt->is_cut_after);

  /* At the very end, where something ends too early. */
  g_clear_pointer (&excerpt, engram_import_excerpt_free);
  problem.line = 1001;
  problem.byte = 8000;
  excerpt = engram_import_excerpt_read (&problem, 20, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (excerpt->first_line + excerpt->line, ==, 1001);
  g_assert_true (excerpt->is_end);

  /* It was longer. */
  problem.byte = 9000;
  g_assert_null (engram_import_excerpt_read (&problem, 20, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
}

/* All of a document in one line. */
static void
test_excerpt_of_a_long_line (ImportFixture *fixture,
                             gconstpointer  data)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (EngramImportExcerpt) excerpt = NULL;
  g_autoptr (GError) error = NULL;
  EngramProblem problem = { .line = 1, .byte = 2500 };

  text[2500] = '!';
  import_fixture_add (fixture, "line.json", text);
  problem.file = fixture->files->pdata[0];
  excerpt = engram_import_excerpt_read (&problem, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (excerpt->text), ==, 200);
  g_assert_cmpuint (excerpt->first_line, ==, 1);
  g_assert_cmpuint (excerpt->offset, ==, 100);
  g_assert_cmpint (excerpt->text[excerpt->offset], ==, '!');
  g_assert_true (excerpt->is_cut_before && excerpt->is_cut_after);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_IMPORT_TEST ("/import-problems/damaged/new", test_damaged_new);
  ADD_IMPORT_TEST ("/import-problems/damaged/existing", test_damaged_existing);
  ADD_IMPORT_TEST ("/import-problems/damaged/dry-run", test_damaged_dry);
  ADD_IMPORT_TEST ("/import-problems/grammar", test_grammar);
  ADD_IMPORT_TEST ("/import-problems/every-cut", test_every_cut);
  ADD_IMPORT_TEST ("/import-problems/every-byte", test_every_byte);
  ADD_IMPORT_TEST ("/import-problems/documents", test_documents);
  ADD_IMPORT_TEST ("/import-problems/records", test_records);
  ADD_IMPORT_TEST ("/import-problems/all-of-one-record", test_all_of_one_record);
  ADD_IMPORT_TEST ("/import-problems/limit", test_limit);
  ADD_IMPORT_TEST ("/import-problems/excerpt", test_excerpt);
  ADD_IMPORT_TEST ("/import-problems/excerpt-of-a-long-line", test_excerpt_of_a_long_line);
  return g_test_run ();
}
