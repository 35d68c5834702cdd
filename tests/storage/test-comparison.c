/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "comparison-support.h"

#include <math.h>
#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/comparison/" name, function)

#define ALL_SAME "9 0 0 0 0 0 0 | 8 0 0 0 0 0 0"

/* Also where it has odd things in its tables, a synapse without an id among them. */
static void
test_same (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *restore = NULL;
  g_autoptr (EngramComparison) comparison = comparison_make (fixture, path);
  g_autoptr (EngramComparison) self = comparison_make (fixture, fixture->path);

  comparison_assert_counts (comparison, ALL_SAME);
  g_assert_true (engram_comparison_is_same (comparison));
  g_assert_true (engram_comparison_is_same (self));
  summary = engram_comparison_dup_summary (comparison);
  g_assert_cmpstr (summary, ==, "Nothing differs.");
  restore = engram_comparison_dup_restore_summary (comparison);
  g_assert_cmpstr (restore, ==, "Restoring would change nothing: nothing differs.");
  hash_after = test_hash_file (path);
  g_assert_cmpstr (hash, ==, hash_after);
}

static void
test_version_1_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autoptr (EngramComparison) upgraded = NULL;
  g_autoptr (EngramComparison) old = NULL;
  g_autofree char *new_path = NULL;

  history_fixture_use (fixture, path);
  CHANGE (fixture, "upgrade", "sql CREATE TABLE another (n)");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM pragma_table_info('neurons')"
                                                        " WHERE name='engram_fields'"), ==, 1);
  upgraded = comparison_make (fixture, path);
  g_assert_true (engram_comparison_is_same (upgraded));
  comparison_assert_counts (upgraded, "5 0 0 0 0 0 0 | 6 0 0 0 0 0 0");

  new_path = comparison_copy (fixture, "new.db");
  history_fixture_use (fixture, path);
  old = comparison_make (fixture, new_path);
  g_assert_true (engram_comparison_is_same (old));
}

static void
test_empty (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "empty.db", NULL);
  g_autoptr (EngramDatabase) empty = engram_database_create (path, NULL, NULL);
  g_autoptr (EngramComparison) comparison = comparison_make (fixture, path);
  g_autofree char *summary = NULL;

  comparison_assert_counts (comparison, "0 0 9 0 0 0 0 | 0 0 7 0 0 1 0");
  g_clear_pointer (&comparison, engram_comparison_unref);
  history_fixture_close (fixture);
  fixture->database = engram_database_open (path, NULL, NULL);
  comparison = comparison_make (fixture, fixture->path);
  comparison_assert_counts (comparison, "0 0 0 0 9 0 0 | 0 0 0 0 7 0 1");
  summary = engram_comparison_dup_summary (comparison);
  g_assert_cmpstr (summary, ==, "9 neurons were removed and 7 synapses were removed. 1 row of the other file could not "
                                "be compared: it has no id, or one that stands there twice. Columns that just one of "
                                "the files has were not compared: “importance” and “lab \"note\"”.");
}

/* Fields */

typedef struct {
  const char       *sql;   /* what is done to the other file */
  EngramRecordKind  kind;
  const char       *fields;
} FieldCase;

static const FieldCase field_cases[] = {
  { "UPDATE neurons SET position_y=7 WHERE rowid=3", ENGRAM_RECORD_NEURON, "position" },
  { "UPDATE neurons SET vector=x'0000803f' WHERE rowid=3", ENGRAM_RECORD_NEURON, "vector" },
  { "UPDATE neurons SET neuron_type='tool' WHERE rowid=3", ENGRAM_RECORD_NEURON, "type" },
  { "UPDATE neurons SET metadata='{\"a\": 1}' WHERE rowid=3", ENGRAM_RECORD_NEURON, "metadata" },
  { "UPDATE neurons SET metadata=NULL WHERE rowid=3", ENGRAM_RECORD_NEURON, "metadata" },
  { "UPDATE neurons SET activation_level=0.25 WHERE rowid=3", ENGRAM_RECORD_NEURON, "activation_level" },
  { "UPDATE neurons SET created_at='2024-01-01T00:00:00' WHERE rowid=3", ENGRAM_RECORD_NEURON, "created_at" },
  { "UPDATE neurons SET modified_at='2024-01-01T00:00:00', source_data='b' WHERE rowid=3", ENGRAM_RECORD_NEURON,
    "source_data modified_at" },
  { "UPDATE neurons SET source_data='text 1' || char(0) WHERE rowid=3", ENGRAM_RECORD_NEURON, "source_data" },
  { "UPDATE neurons SET compression_ratio=0.5 WHERE rowid=3", ENGRAM_RECORD_NEURON, "compression_ratio" },
  { "UPDATE neurons SET semantic_tags='[\"x\"]' WHERE rowid=3", ENGRAM_RECORD_NEURON, "semantic_tags" },
  { "UPDATE neurons SET function_signature='f()' WHERE rowid=3", ENGRAM_RECORD_NEURON, "function_signature" },
  { "UPDATE neurons SET executable_code='pass' WHERE rowid=3", ENGRAM_RECORD_NEURON, "executable_code" },
  { "UPDATE neurons SET input_schema='{}' WHERE rowid=3", ENGRAM_RECORD_NEURON, "input_schema" },
  { "UPDATE neurons SET output_schema='{}' WHERE rowid=3", ENGRAM_RECORD_NEURON, "output_schema" },
  { "UPDATE neurons SET execution_count=1 WHERE rowid=3", ENGRAM_RECORD_NEURON, "execution_count" },
  { "UPDATE neurons SET execution_count=9007199254740992 WHERE rowid=9", ENGRAM_RECORD_NEURON, "execution_count" },
  { "UPDATE neurons SET average_execution_time=2 WHERE rowid=3", ENGRAM_RECORD_NEURON, "average_execution_time" },
  { "UPDATE neurons SET activation_threshold=1 WHERE rowid=3", ENGRAM_RECORD_NEURON, "activation_threshold" },
  { "UPDATE neurons SET importance=0.75 WHERE rowid=3", ENGRAM_RECORD_NEURON, "importance" },
  { "UPDATE neurons SET engram_fields='{\"gain\": 2, \"beta\": 1}' WHERE rowid=3", ENGRAM_RECORD_NEURON, "beta gain" },
  { "UPDATE neurons SET engram_fields='no JSON' WHERE rowid=3", ENGRAM_RECORD_NEURON, "fields" },
  { "UPDATE neurons SET engram_fields='{\"source_data\": \"text 1\\u0000\"}' WHERE rowid=3", ENGRAM_RECORD_NEURON,
    "source_data" },
  { "UPDATE synapses SET source_neuron_id=target_neuron_id WHERE rowid=5", ENGRAM_RECORD_SYNAPSE, "source_neuron_id" },
  { "UPDATE synapses SET target_neuron_id=source_neuron_id WHERE rowid=5", ENGRAM_RECORD_SYNAPSE, "target_neuron_id" },
  { "UPDATE synapses SET weight=-0.5, usage_count=3 WHERE rowid=5", ENGRAM_RECORD_SYNAPSE, "weight usage_count" },
  { "UPDATE synapses SET last_traversed='2025-11-01T09:00:00' WHERE rowid=5", ENGRAM_RECORD_SYNAPSE, "last_traversed" },
  { "UPDATE synapses SET synapse_type='tool_input', metadata='[]' WHERE rowid=5", ENGRAM_RECORD_SYNAPSE,
    "synapse_type metadata" },
  { "UPDATE synapses SET \"lab \"\"note\"\"\"='noted' WHERE rowid=5", ENGRAM_RECORD_SYNAPSE, "lab \"note\"" },
  { "UPDATE synapses SET engram_fields='{\"decay\": [1, {\"b\": 2}]}' WHERE rowid=5", ENGRAM_RECORD_SYNAPSE, "decay" },
};

static void
check_field_case (HistoryFixture  *fixture,
                  const FieldCase *field_case,
                  const char      *path)
{
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  const EngramComparisonItem *item;
  EngramComparisonRow row;

  g_test_message ("%s", field_case->sql);
  comparison_run_sql (path, field_case->sql);
  comparison = comparison_make (fixture, path);
  g_assert_false (engram_comparison_is_same (comparison));
  comparison_assert_counts (comparison, field_case->kind == ENGRAM_RECORD_NEURON ? "8 0 0 1 0 0 0 | 8 0 0 0 0 0 0"
                                                                                  : "9 0 0 0 0 0 0 | 7 0 0 1 0 0 0");
  comparison_assert_fields (comparison, field_case->kind, field_case->fields);

  other = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  items = engram_comparison_list_items (comparison, fixture->database, other, field_case->kind,
                                        ENGRAM_COMPARISON_CHANGED, 0, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 1);
  item = g_ptr_array_index (items, 0);
  g_assert_nonnull (item->id);
  g_assert_cmpuint (g_strv_length (item->fields), >, 0);
  engram_comparison_get_row (comparison, field_case->kind, ENGRAM_COMPARISON_CHANGED, 0, &row);
  values = engram_comparison_describe (comparison, &row, fixture->database, other, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_strv_length (item->fields); i++)
    g_assert_true (((EngramComparisonValue *) g_ptr_array_index (values, i))->differs);
  g_assert_false (((EngramComparisonValue *) g_ptr_array_index (values, g_strv_length (item->fields)))->differs);
}

static void
test_fields (HistoryFixture *fixture,
             gconstpointer   data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("other %d.db", (int) i);
      g_autofree char *path = comparison_copy (fixture, name);

      check_field_case (fixture, &field_cases[i], path);
    }
}

/* What says the same is the same. */
static void
test_equal_in_other_words (HistoryFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *path = NULL;
  g_autoptr (EngramComparison) comparison = NULL;

  history_fixture_run_sql (fixture,
    "UPDATE neurons SET metadata='{\"a\": 1, \"b\": [1, 2]}', semantic_tags='[\"\\u00e4\"]',"
    " engram_fields='{\"gain\": 2, \"beta\": {\"x\": null}}' WHERE rowid=3;"
    "UPDATE synapses SET engram_fields='{\"weight\": 1}', weight=1 WHERE rowid=5");
  path = comparison_copy (fixture, "other.db");
  comparison_run_sql (path,
    "UPDATE neurons SET metadata='{\"b\":[1,2],\"a\":1}', semantic_tags='[ \"ä\" ]',"
    " engram_fields='{\"beta\":{\"x\":null},\"gain\":2}' WHERE rowid=3;"
    "UPDATE neurons SET engram_fields='{}' WHERE rowid=6;"
    "UPDATE synapses SET engram_fields=NULL WHERE rowid=5");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, ALL_SAME);
  g_assert_true (engram_comparison_is_same (comparison));
}

static void
test_touched (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;
  g_autofree char *summary = NULL;

  comparison_run_sql (path, "UPDATE neurons SET modified_at='2026-01-01T00:00:00' WHERE rowid<=6;"
                            "UPDATE synapses SET modified_at='2026-01-01T00:00:00' WHERE rowid=5");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "9 2 0 0 0 0 0 | 8 1 0 0 0 0 0");
  g_assert_true (engram_comparison_is_same (comparison));
  summary = engram_comparison_dup_summary (comparison);
  g_assert_cmpstr (summary, ==, "Nothing differs. In 3 more just the time of the last change differs.");
}

/* More names than there are bits. */
static void
test_many_fields (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (GString) fields = g_string_new ("UPDATE neurons SET engram_fields='{");
  EngramComparisonRow row;
  guint64 n_rows;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (fields, "%s\"member %02d\": 1", i > 0 ? ", " : "", i);
  g_string_append (fields, "}' WHERE rowid IN (3, 6)");
  comparison_run_sql (path, fields->str);
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "7 0 0 2 0 0 0 | 8 0 0 0 0 0 0");
  g_assert_cmpuint (engram_comparison_get_n_fields (comparison, ENGRAM_RECORD_NEURON), ==, 64);
  engram_comparison_get_row (comparison, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_CHANGED, 0, &row);
  g_assert_cmpuint (row.fields & ENGRAM_NEURON_FIELDS, !=, 0);
  g_assert_cmpuint (row.fields >> 19, ==, (G_GUINT64_CONSTANT (1) << 45) - 1);
  g_assert_cmpstr (engram_comparison_get_field_name (comparison, ENGRAM_RECORD_NEURON, 20, &n_rows), ==, "member 01");
  g_assert_cmpuint (n_rows, ==, 2);
}

static void
test_unshared_columns (HistoryFixture *fixture,
                       gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;
  g_autofree char *summary = NULL;

  comparison_run_sql (path, "ALTER TABLE neurons DROP COLUMN importance; ALTER TABLE synapses ADD COLUMN decay");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, ALL_SAME);
  g_assert_false (engram_comparison_is_same (comparison));
  g_assert_cmpstr (engram_comparison_get_unshared_columns (comparison, ENGRAM_RECORD_NEURON, FALSE)[0], ==,
                   "importance");
  g_assert_null (engram_comparison_get_unshared_columns (comparison, ENGRAM_RECORD_NEURON, TRUE)[0]);
  g_assert_cmpstr (engram_comparison_get_unshared_columns (comparison, ENGRAM_RECORD_SYNAPSE, TRUE)[0], ==, "decay");
  summary = engram_comparison_dup_summary (comparison);
  g_assert_cmpstr (summary, ==, "Nothing differs in what can be compared. Columns that just one of the files has were "
                                "not compared: “importance” and “decay”.");
}

/* Numbers */

static void
get_changed (EngramComparison    *comparison,
             EngramRecordKind     kind,
             gint64               rowid,
             EngramComparisonRow *row)
{
  g_assert_cmpint (engram_comparison_find (comparison, kind, rowid, row), ==, ENGRAM_COMPARISON_CHANGED);
  g_assert_cmpint (row->status, ==, ENGRAM_COMPARISON_CHANGED);
  g_assert_cmpint (row->rowid, ==, rowid);
  g_assert_cmpint (row->other_rowid, ==, rowid);
}

static void
test_numbers (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  EngramComparisonRow row;

  /* 1, 0 and 0, 2: at right angles, and the root of 5 apart. */
  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=x'0000803f00000000', activation_level=0.75,"
                                    " position_x=4, position_y=5, position_z=6 WHERE rowid=3");
  path = comparison_copy (fixture, "other.db");
  comparison_run_sql (path, "UPDATE neurons SET vector=x'0000000000000040', activation_level=0.5, position_x=1,"
                            " position_y=1 WHERE rowid=3;"
                            "UPDATE neurons SET vector=NULL, activation_level=NULL WHERE rowid=6;"
                            "UPDATE neurons SET vector=x'00000000000000000000000000000080', position_x='here'"
                            " WHERE rowid=12;"
                            "UPDATE neurons SET source_data='b' WHERE rowid=15;"
                            "UPDATE synapses SET weight=0.6 WHERE rowid=5;"
                            "UPDATE synapses SET weight='heavy' WHERE rowid=10");
  comparison = comparison_make (fixture, path);
  get_changed (comparison, ENGRAM_RECORD_NEURON, 3, &row);
  g_assert_cmpfloat_with_epsilon (row.drift, 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (row.drift_length, sqrt (5), 1e-6);
  g_assert_cmpfloat (row.activation_change, ==, 0.25);
  g_assert_cmpfloat (row.moved, ==, 5);
  g_assert_true (isnan (row.weight_change));
  get_changed (comparison, ENGRAM_RECORD_NEURON, 6, &row);
  g_assert_true (isnan (row.drift) && isnan (row.drift_length) && isnan (row.activation_change));
  g_assert_cmpfloat (row.moved, ==, 0);
  get_changed (comparison, ENGRAM_RECORD_NEURON, 12, &row);
  g_assert_true (isnan (row.drift) && isnan (row.moved));
  g_assert_cmpfloat (row.drift_length, ==, 0);
  get_changed (comparison, ENGRAM_RECORD_NEURON, 15, &row);
  g_assert_cmpfloat (row.drift, ==, 0);
  g_assert_cmpfloat (row.drift_length, ==, 0);
  get_changed (comparison, ENGRAM_RECORD_SYNAPSE, 5, &row);
  g_assert_cmpfloat_with_epsilon (row.weight_change, -0.5, 1e-12);
  g_assert_true (isnan (row.moved) && isnan (row.activation_change));
  get_changed (comparison, ENGRAM_RECORD_SYNAPSE, 10, &row);
  g_assert_true (isnan (row.weight_change));
}

/* Rows */

static void
assert_status (EngramComparison       *comparison,
               EngramRecordKind        kind,
               gint64                  rowid,
               EngramComparisonStatus  status)
{
  EngramComparisonRow row;

  g_assert_cmpint (engram_comparison_find (comparison, kind, rowid, &row), ==, status);
  g_assert_cmpint (row.status, ==, status);
  g_assert_cmpint (row.rowid, ==, status == ENGRAM_COMPARISON_NONE ? 0 : rowid);
}

static void
assert_items (HistoryFixture         *fixture,
              EngramComparison       *comparison,
              const char             *path,
              EngramRecordKind        kind,
              EngramComparisonStatus  status,
              const char             *expected)
{
  g_autoptr (EngramDatabase) other = engram_database_open (path, NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = engram_comparison_list_items (comparison, fixture->database, other, kind, status, 0, 100, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      const EngramComparisonItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", item->name);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_added_and_removed (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *restore = NULL;

  comparison_run_sql (path, "DELETE FROM synapses WHERE rowid IN (5, 10); DELETE FROM neurons WHERE rowid=6;");
  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid=40; DELETE FROM neurons WHERE rowid=27;"
                                    "UPDATE neurons SET activation_level=1 WHERE rowid=3");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "6 0 1 1 1 0 0 | 5 0 2 0 1 0 0");
  assert_status (comparison, ENGRAM_RECORD_NEURON, 3, ENGRAM_COMPARISON_CHANGED);
  assert_status (comparison, ENGRAM_RECORD_NEURON, 6, ENGRAM_COMPARISON_ADDED);
  assert_status (comparison, ENGRAM_RECORD_NEURON, 9, ENGRAM_COMPARISON_SAME);
  assert_status (comparison, ENGRAM_RECORD_NEURON, 27, ENGRAM_COMPARISON_NONE);
  assert_status (comparison, ENGRAM_RECORD_SYNAPSE, 5, ENGRAM_COMPARISON_ADDED);
  assert_items (fixture, comparison, path, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_ADDED, "text 2");
  assert_items (fixture, comparison, path, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_REMOVED, "text 9");
  assert_items (fixture, comparison, path, ENGRAM_RECORD_SYNAPSE, ENGRAM_COMPARISON_REMOVED, "text 8 → text 9");
  assert_items (fixture, comparison, path, ENGRAM_RECORD_SYNAPSE, ENGRAM_COMPARISON_ADDED,
                "text 1 → text 2, text 2 → \357\277\275\357\277\275\357\277\275a");
  summary = engram_comparison_dup_summary (comparison);
  g_assert_cmpstr (summary, ==, "1 neuron was added, 1 neuron was removed, 1 neuron was changed, 2 synapses were added "
                                "and 1 synapse was removed.");
  restore = engram_comparison_dup_restore_summary (comparison);
  g_assert_cmpstr (restore, ==, "Restoring would add 1 neuron, remove 1 neuron, change 1 neuron, add 1 synapse and "
                                "remove 2 synapses.");
}

/* Rows that moved are found again by their ids. */
static void
test_other_rows (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;
  EngramComparisonRow row;

  comparison_run_sql (path, "UPDATE neurons SET rowid=1000 - rowid; UPDATE synapses SET rowid=-rowid WHERE rowid<>15;"
                            "UPDATE neurons SET activation_level=0.5 WHERE rowid=994");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "8 0 0 1 0 0 0 | 8 0 0 0 0 0 0");
  g_assert_cmpint (engram_comparison_find (comparison, ENGRAM_RECORD_NEURON, 6, &row), ==, ENGRAM_COMPARISON_CHANGED);
  g_assert_cmpint (row.other_rowid, ==, 994);
  comparison_assert_fields (comparison, ENGRAM_RECORD_NEURON, "activation_level");
}

static void
test_ids_that_are_none (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;

  comparison_run_sql (path, "UPDATE synapses SET usage_count=4 WHERE rowid=15;"
                            "UPDATE synapses SET id=x'0102' WHERE rowid=5;"
                            "UPDATE neurons SET id='neuron one' WHERE rowid=3;"
                            "UPDATE neurons SET rowid=100 WHERE rowid=3");
  history_fixture_run_sql (fixture, "UPDATE neurons SET id='neuron one' WHERE rowid=3;");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "9 0 0 0 0 0 0 | 6 0 1 0 0 1 2");
  assert_status (comparison, ENGRAM_RECORD_SYNAPSE, 15, ENGRAM_COMPARISON_UNCLEAR);
  g_assert_false (engram_comparison_is_same (comparison));
}

/* In a table that does not say that its ids are unique. */
static void
test_repeated_ids (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;

  comparison_run_sql (path, "CREATE TABLE plain AS SELECT * FROM neurons; DROP TABLE neurons;"
                            "ALTER TABLE plain RENAME TO neurons; UPDATE neurons SET rowid=rowid + 1000;"
                            "UPDATE neurons SET rowid=(rowid - 1000) * 3;"
                            "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at,"
                            " modified_at) SELECT id, 0, 0, 0, 'tool', created_at, modified_at FROM neurons"
                            " WHERE rowid=6");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "9 0 0 0 0 0 1 | 8 0 0 0 0 0 0");
  g_clear_pointer (&comparison, engram_comparison_unref);
  comparison_run_sql (path, "UPDATE neurons SET activation_level=0.5 WHERE rowid=6");
  comparison = comparison_make (fixture, path);
  comparison_assert_counts (comparison, "8 0 0 0 0 1 2 | 8 0 0 0 0 0 0");
  assert_status (comparison, ENGRAM_RECORD_NEURON, 6, ENGRAM_COMPARISON_UNCLEAR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same", test_same);
  ADD ("version-1", test_version_1_file);
  ADD ("empty", test_empty);
  ADD ("fields", test_fields);
  ADD ("equal-in-other-words", test_equal_in_other_words);
  ADD ("touched", test_touched);
  ADD ("many-fields", test_many_fields);
  ADD ("unshared-columns", test_unshared_columns);
  ADD ("numbers", test_numbers);
  ADD ("added-and-removed", test_added_and_removed);
  ADD ("other-rows", test_other_rows);
  ADD ("ids-that-are-none", test_ids_that_are_none);
  ADD ("repeated-ids", test_repeated_ids);
  return g_test_run ();
}
