/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "export-support.h"
#include "store-fixture.h"

#define NEURON(n) "0000000" #n "-0000-4000-8000-000000000000"
#define SYNAPSE(n) "1000000" #n "-0000-4000-8000-000000000000"

/* Rows with nothing in them that matters, and what a test puts into them. */
#define ADD_NEURON(n, type, columns, values)                                                                  \
  "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at" columns \
  ") VALUES ('" NEURON (n) "', 0, 0, 0, '" type "', 'c', 'm'" values ");"
#define ADD_SYNAPSE(n, from, to, columns, values)                                                             \
  "INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at,"           \
  " modified_at" columns ") VALUES ('" SYNAPSE (n) "', '" NEURON (from) "', '" NEURON (to) "', 0.5, 'knowledge', 'c', 'm'" values ");"

static EngramDatabase *
open_network (const char *path)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, NULL, &error);

  g_assert_no_error (error);
  return database;
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

/* A neuron, or a synapse, of the document at @path. */
static char *
find_record (const char *path,
             const char *id)
{
  g_autofree char *document = read_file (path);
  g_autofree char *mark = g_strdup_printf ("{\n      \"id\": \"%s\"", id);
  char *start = strstr (document, mark);

  g_assert_nonnull (start);
  return g_strndup (start, strstr (start, "\n    }") - start + strlen ("\n    }"));
}

static void
assert_member (const char *object,
               const char *name,
               const char *expected)
{
  g_autofree char *value = engram_json_object_get (object, name);
  g_autofree char *compact = value != NULL ? engram_json_compact (value) : NULL;

  g_assert_cmpstr (compact, ==, expected);
}

/* What the Python program wrote, it would write again: but for what its database has lost. */
static void
test_original (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *original = test_shared_data ("original/network.json");
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *document = NULL, *kept = NULL, *checksum = NULL;
  g_autoptr (EngramExportReport) report = NULL;

  if (original == NULL || !store_fixture_use_shared (fixture, "original/network.db"))
    return;
  report = test_export (fixture->database, out);
  g_assert_cmpstr (report->path, ==, out);
  g_assert_cmpuint (report->neurons, ==, 240);
  g_assert_cmpuint (report->synapses, ==, 900);
  g_assert_cmpuint (report->n_problems, ==, 0);
  g_assert_cmpfloat (report->seconds, >, 0);
  test_check_document (out, "--original", original);

  document = read_file (out);
  kept = engram_json_object_get (document, "checksum");
  checksum = engram_json_get_string (kept);
  g_assert_cmpstr (report->checksum, ==, checksum);
  g_assert_cmpuint (report->size_bytes, ==, strlen (document));
}

static void
test_compact (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *compact = g_build_filename (fixture->folder, "compact.json", NULL);
  g_autoptr (EngramExportReport) report = NULL, compact_report = NULL, copy = NULL;
  g_autofree char *document = NULL;
  g_autoptr (GError) error = NULL;

  if (!store_fixture_use_shared (fixture, "original/network.db"))
    return;
  report = test_export (fixture->database, out);
  compact_report = engram_export (fixture->database, compact, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (compact_report->checksum, ==, report->checksum);
  g_assert_cmpuint (compact_report->size_bytes, <, report->size_bytes);
  test_check_document (compact, "--layout", NULL);
  document = read_file (compact);
  g_assert_null (strchr (document, '\n'));

  copy = engram_export_report_copy (report);
  g_assert_cmpstr (copy->path, ==, report->path);
  g_assert_cmpuint (copy->neurons, ==, report->neurons);
  g_assert_cmpuint (copy->problems->len, ==, 0);
}

static void
test_empty (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autofree char *compact = g_build_filename (fixture->folder, "compact.json", NULL);
  g_autoptr (EngramExportReport) report = test_export (fixture->database, out);
  g_autoptr (EngramExportReport) compact_report = NULL;
  g_autofree char *document = read_file (out);
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                             "{\"neurons\": [], \"synapses\": []}", -1);

  g_assert_cmpstr (report->checksum, ==, checksum);
  g_assert_nonnull (strstr (document, "\n  \"neurons\": [],\n  \"synapses\": [],\n  \"stats\": {\n"));
  test_check_document (out, "--layout", NULL);
  compact_report = engram_export (fixture->database, compact, TRUE, NULL, NULL, NULL, NULL);
  g_assert_cmpstr (compact_report->checksum, ==, checksum);
  test_check_document (compact, "--layout", NULL);
}

static void
test_only_neurons (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EngramExportReport) report = NULL;

  test_execute (fixture->path, ADD_NEURON (1, "knowledge", "", "") ADD_NEURON (2, "memory", "", ""));
  report = test_export (fixture->database, out);
  g_assert_cmpuint (report->neurons, ==, 2);
  g_assert_cmpuint (report->synapses, ==, 0);
  test_check_document (out, "--layout", NULL);
}

/* Rows come in the order of their rowids, which may be any. */
static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EngramExportReport) report = NULL;
  g_autofree char *document = NULL;
  const char *first, *second, *third;

  test_execute (fixture->path,
                ADD_NEURON (1, "sensor", "", "") ADD_NEURON (2, "sensor", "", "") ADD_NEURON (3, "sensor", "", "")
                "UPDATE neurons SET rowid = 9223372036854775807 WHERE id = '" NEURON (1) "';"
                "UPDATE neurons SET rowid = -9223372036854775808 WHERE id = '" NEURON (3) "';");
  report = test_export (fixture->database, out);
  test_check_document (out, "--layout", NULL);
  document = read_file (out);
  first = strstr (document, NEURON (3));
  second = strstr (document, NEURON (2));
  third = strstr (document, NEURON (1));
  g_assert_nonnull (first);
  g_assert_true (first < second && second < third);
}

static const char upgrade_to_2[] =
  "ALTER TABLE neurons ADD COLUMN engram_fields TEXT;"
  "CREATE TABLE engram_network (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
  "INSERT INTO schema_version (version) VALUES (2);";

/* Files of every version, older and newer, are exported as they are, and not a byte of them changes. */
static void
test_versions (void)
{
  static const struct {
    const char *sql;
    const char *importance;
  } versions[] = {
    { "", "0.5" },
    { upgrade_to_2, "0.5" },
    { "UPDATE neurons SET engram_fields = '{\"importance\": 0.125}';", "0.125" },
    { "ALTER TABLE synapses ADD COLUMN engram_fields TEXT; INSERT INTO schema_version (version) VALUES (3);", "0.125" },
    { "ALTER TABLE neurons ADD COLUMN later TEXT; INSERT INTO schema_version (version) VALUES (99);", "0.125" },
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);

  test_execute (path, "UPDATE neurons SET neuron_type = 'knowledge', metadata = NULL, semantic_tags = NULL;");
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *before = NULL, *after = NULL, *record = NULL, *names = NULL;
      g_autoptr (EngramExportReport) report = NULL;
      g_autoptr (EngramDatabase) database = NULL;

      test_execute (path, versions[i].sql);
      before = test_hash_file (path);
      database = open_network (path);
      report = test_export (database, out);
      g_clear_object (&database);
      after = test_hash_file (path);
      names = test_list_folder (folder);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpstr (names, ==, "a.db\nout.json");
      g_assert_cmpuint (report->neurons, ==, 5);
      g_assert_cmpuint (report->synapses, ==, 6);
      test_check_document (out, "--layout", NULL);
      record = find_record (out, NEURON (1));
      assert_member (record, "importance", versions[i].importance);
      assert_member (record, "semantic_tags", "[]");
    }
}

/* A file that may only be read, in a folder that may only be read. */
static void
test_read_only (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) out_folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "a.db");
  g_autofree char *out = g_build_filename (out_folder, "out.json", NULL);
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (EngramDatabase) database = NULL;

  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  database = open_network (path);
  report = test_export (database, out);
  g_assert_cmpuint (report->neurons, ==, 5);
  test_check_document (out, "--layout", NULL);
  g_clear_object (&database);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
}

/* What JSON cannot hold, or no import would take, in a row of its own each. */
static void
test_odd_rows (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EngramExportReport) report = NULL;
  g_autofree char *problems = NULL, *first = NULL, *second = NULL, *third = NULL, *fourth = NULL;

  test_execute (fixture->path,
                "PRAGMA ignore_check_constraints = 1;"
                ADD_NEURON (1, "knowledge", ", vector, metadata, semantic_tags, source_data, compression_ratio",
                            ", x'0000803f0000807f', x'7b226122ff', CAST (x'5b5dff' AS TEXT), CAST (x'61ff62' AS TEXT),"
                            " 'many'")
                ADD_NEURON (2, "tool", ", vector, metadata, input_schema, execution_count, function_signature",
                            ", x'00', '{\"a\": 1}' || char (0) || 'more', x'7b7d', 2.5, 'a' || char (0) || 'b'")
                ADD_NEURON (3, "chronos", ", source_data, vector, execution_count, activation_level, semantic_tags",
                            ", x'626c6f62', 'text', 'many', 9e999, x'5b312c5d'")
                ADD_SYNAPSE (1, 1, 2, ", metadata, usage_count", ", '[]', -9e999")
                "UPDATE neurons SET position_y = 'high' WHERE id = '" NEURON (3) "';"
                "UPDATE synapses SET weight = 'strong';");
  report = test_export (fixture->database, out);
  problems = test_list_problems (report);
  g_assert_cmpstr (problems, ==,
                   "metadata of " NEURON (1) "\nsemantic_tags of " NEURON (1) "\nvector of " NEURON (1) "\n"
                   "source_data of " NEURON (1) "\ncompression_ratio of " NEURON (1) "\n"
                   "metadata of " NEURON (2) "\nvector of " NEURON (2) "\n"
                   "semantic_tags of " NEURON (3) "\nposition of " NEURON (3) "\nvector of " NEURON (3) "\n"
                   "activation_level of " NEURON (3) "\nsource_data of " NEURON (3) "\n"
                   "execution_count of " NEURON (3) "\n"
                   "metadata of " SYNAPSE (1) "\nweight of " SYNAPSE (1) "\nusage_count of " SYNAPSE (1) "\n");
  test_check_document (out, "--layout", NULL);

  first = find_record (out, NEURON (1));
  assert_member (first, "vector", "[1.0,null]");
  assert_member (first, "metadata",
                 "{\"engram_broken\":{\"metadata\":{\"base64\":\"eyJhIv8=\"},"
                 "\"semantic_tags\":{\"base64\":\"W13/\"}}}");
  assert_member (first, "semantic_tags", "[]");
  assert_member (first, "source_data", "\"a\\ufffdb\"");
  assert_member (first, "compression_ratio", "null");
  second = find_record (out, NEURON (2));
  assert_member (second, "vector", "null");
  assert_member (second, "metadata", "{\"engram_broken\":{\"metadata\":\"{\\\"a\\\": 1}\\u0000more\"}}");
  assert_member (second, "input_schema", "{}");
  assert_member (second, "execution_count", "2.5");
  assert_member (second, "function_signature", "\"a\\u0000b\"");
  third = find_record (out, NEURON (3));
  assert_member (third, "position", "{\"x\":0.0,\"y\":null,\"z\":0.0}");
  assert_member (third, "activation_level", "null");
  assert_member (third, "source_data", "\"blob\"");
  assert_member (third, "execution_count", "null");
  assert_member (third, "metadata", "{\"engram_broken\":{\"semantic_tags\":\"[1,]\"}}");
  fourth = find_record (out, SYNAPSE (1));
  assert_member (fourth, "weight", "null");
  assert_member (fourth, "metadata", "{\"engram_broken\":{\"metadata\":\"[]\"}}");
}

/* A thousand problems are described, the others counted. */
static void
test_many_problems (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EngramExportReport) report = NULL, copy = NULL;
  const EngramProblem *last;

  test_execute (fixture->path,
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1005)"
                "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
                " SELECT printf ('%08d-0000-4000-8000-000000000000', i), 9e999, 0, 0, 'sensor', 'c', 'm' FROM n;");
  report = test_export (fixture->database, out);
  g_assert_cmpuint (report->n_problems, ==, 1005);
  g_assert_cmpuint (report->problems->len, ==, 1000);
  copy = engram_export_report_copy (report);
  last = g_ptr_array_index (copy->problems, 999);
  g_assert_cmpstr (last->id, ==, "00001000-0000-4000-8000-000000000000");
  g_assert_cmpstr (last->field, ==, "position");
}

/* Files that are damaged: a document that Python can read, with what is wrong told, or a refusal. */
static void
test_damaged (void)
{
  static const struct {
    const char *name;
    guint       n_problems;
  } files[] = {
    { "orphan-synapses.db", 0 }, { "weights-out-of-range.db", 2 }, { "bad-vectors.db", 4 }, { "bad-json.db", 5 },
    { "bad-ids-and-dates.db", 0 }, { "bad-positions.db", 2 }, { "duplicate-and-self-synapses.db", 0 },
    { "unknown-type.db", 0 }, { "extra-columns.db", 0 }, { "extra-tables.db", 0 }, { "newer-schema.db", 0 },
    { "no-schema-version.db", 0 }, { "hostile-trigger.db", 0 },
  };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_build_filename ("damaged", files[i].name, NULL);
      g_autofree char *source = test_shared_data (name);
      g_autoptr (EngramExportReport) report = NULL;
      g_autoptr (EngramDatabase) database = NULL;
      g_autofree char *problems = NULL;

      if (source == NULL)
        return;
      g_test_message ("%s", files[i].name);
      test_copy_file (source, path);
      database = open_network (path);
      report = test_export (database, out);
      problems = test_list_problems (report);
      g_assert_cmpuint (report->n_problems, ==, files[i].n_problems);
      g_assert_cmpuint (report->neurons, ==, 240);
      test_check_document (out, "--layout", NULL);
    }
}

/* What SQLite cannot read is not exported in part. */
static void
test_unreadable (void)
{
  static const char *const files[] = { "damaged/bytes-flipped.db", "damaged/page-zeroed.db", "damaged/truncated.db" };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (TestFolder) out_folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *out = g_build_filename (out_folder, "out.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *source = test_shared_data (files[i]);
      g_autofree char *names = NULL;
      g_autoptr (EngramDatabase) database = NULL;
      g_autoptr (GError) error = NULL;

      if (source == NULL)
        return;
      test_copy_file (source, path);
      database = engram_database_open (path, NULL, &error);
      if (database != NULL)
        g_assert_null (engram_export (database, out, FALSE, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
      names = test_list_folder (out_folder);
      g_assert_cmpstr (names, ==, "");
    }
}

/* Rows far beyond the size of a block. */
static void
test_huge_rows (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) vector = g_array_new (FALSE, FALSE, sizeof (float));

  for (int i = 0; i < 300000; i++)
    {
      float number = (float) g_test_rand_double_range (-1, 1);

      g_array_append_val (vector, number);
      g_string_append (text, "text \"é\" 🧠 ");
    }
  engram_neuron_set_vector (neuron, (const float *) (gpointer) vector->data, vector->len);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text->str);
  store_fixture_create (fixture, neuron);
  report = test_export (fixture->database, out);
  g_assert_cmpuint (report->n_problems, ==, 0);
  g_assert_cmpuint (report->size_bytes, >, 10000000);
  test_check_document (out, "--layout", NULL);
}

/* What another program does meanwhile. */
typedef struct {
  const char   *path;
  const char   *sql;
  GCancellable *cancellable;
  double        latest;
  guint         n_calls;
} Meanwhile;

static void
act_once (const char *phase,
          double      fraction,
          gpointer    data)
{
  Meanwhile *self = data;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, self->latest);
  g_assert_cmpfloat (fraction, <=, 1);
  self->latest = fraction;
  if (self->n_calls++ > 0)
    return;
  if (self->sql != NULL)
    test_execute (self->path, self->sql);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
test_snapshot (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *out = g_build_filename (fixture->folder, "out.json", NULL);
  Meanwhile meanwhile = { fixture->path, "DELETE FROM synapses; DELETE FROM neurons WHERE id != '" NEURON (1) "';" };
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  test_execute (fixture->path,
                ADD_NEURON (1, "sensor", "", "") ADD_NEURON (2, "sensor", "", "") ADD_SYNAPSE (1, 1, 2, "", ""));
  report = engram_export (fixture->database, out, FALSE, act_once, &meanwhile, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (meanwhile.n_calls, >=, 2);
  g_assert_cmpfloat (meanwhile.latest, ==, 1);
  g_assert_cmpuint (report->neurons, ==, 2);
  g_assert_cmpuint (report->synapses, ==, 1);
  test_check_document (out, "--layout", NULL);
  store_fixture_assert_count (fixture, 1, 0);
}

static void
test_cancel (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *out = g_build_filename (folder, "out.json", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Meanwhile meanwhile = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL, *text = NULL;

  test_execute (fixture->path, ADD_NEURON (1, "sensor", "", "") ADD_NEURON (2, "sensor", "", ""));
  g_assert_true (g_file_set_contents (out, "what was there", -1, NULL));
  g_assert_null (engram_export (fixture->database, out, FALSE, act_once, &meanwhile, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (meanwhile.n_calls, ==, 1);
  g_clear_error (&error);
  /* From the start */
  g_assert_null (engram_export (fixture->database, out, FALSE, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  names = test_list_folder (folder);
  g_assert_cmpstr (names, ==, "out.json");
  text = read_file (out);
  g_assert_cmpstr (text, ==, "what was there");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/export/original", NULL, test_original);
  ADD_STORE_TEST ("/export/compact", NULL, test_compact);
  ADD_STORE_TEST ("/export/empty", NULL, test_empty);
  ADD_STORE_TEST ("/export/only-neurons", NULL, test_only_neurons);
  ADD_STORE_TEST ("/export/order", NULL, test_order);
  g_test_add_func ("/export/versions", test_versions);
  g_test_add_func ("/export/read-only", test_read_only);
  ADD_STORE_TEST ("/export/odd-rows", NULL, test_odd_rows);
  ADD_STORE_TEST ("/export/many-problems", NULL, test_many_problems);
  g_test_add_func ("/export/damaged", test_damaged);
  g_test_add_func ("/export/unreadable", test_unreadable);
  ADD_STORE_TEST ("/export/huge-rows", NULL, test_huge_rows);
  ADD_STORE_TEST ("/export/snapshot", NULL, test_snapshot);
  ADD_STORE_TEST ("/export/cancel", NULL, test_cancel);

  return g_test_run ();
}
