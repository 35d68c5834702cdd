/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"
#include "integrity-support.h"

#include <sqlite3.h>
#include <string.h>

/* What a preview tells is what the repair does then, cell by cell, as a database tells it that was repaired. */

#define ADD(name, function) ADD_HISTORY_TEST ("/repair-preview/" name, function)

#define MAX_CHANGES 1000

static EngramRepairPreview *
preview (HistoryFixture    *fixture,
         const char *const *kinds,
         guint              max_changes)
{
  g_autoptr (GError) error = NULL;
  EngramRepairPreview *result;

  result = engram_integrity_preview_repair (fixture->database, kinds, max_changes, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
describe_change (const EngramRepairChange *change)
{
  const char *table = change->kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses";

  switch (change->action)
    {
    case ENGRAM_REPAIR_DELETE_SYNAPSE:
      g_assert_null (change->field);
      g_assert_null (change->after);
      return g_strdup_printf ("%s %" G_GINT64_FORMAT " deleted", table, change->rowid);
    case ENGRAM_REPAIR_MAKE_INDEX:
      return g_strdup_printf ("index %s", change->id);
    default:
      return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s = %s", table, change->rowid, change->field,
                              change->after != NULL ? change->after : "nothing");
    }
}

static char *
describe_preview (const EngramRepairPreview *result)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < result->changes->len; i++)
    g_ptr_array_add (lines, describe_change (g_ptr_array_index (result->changes, i)));
  return join_sorted (lines);
}

static void
append_rows (sqlite3    *handle,
             GPtrArray  *lines,
             const char *sql)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (lines, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

static void
append_cells (sqlite3    *handle,
              GPtrArray  *lines,
              const char *table)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *info = g_strdup_printf ("SELECT name FROM pragma_table_info('%s', 'old') WHERE name<>'modified_at'",
                                           table);
  g_autofree char *gone = g_strdup_printf ("SELECT '%s ' || rowid || ' deleted' FROM old.%s"
                                           " WHERE rowid NOT IN (SELECT rowid FROM main.%s)", table, table, table);

  append_rows (handle, columns, info);
  append_rows (handle, lines, gone);
  for (guint i = 0; i < columns->len; i++)
    {
      char *column = sqlite3_mprintf ("%w", (char *) g_ptr_array_index (columns, i));
      char *sql = sqlite3_mprintf ("SELECT '%s ' || n.rowid || ' %q = ' || CASE typeof(n.\"%s\") WHEN 'null' THEN"
                                   " 'nothing' WHEN 'real' THEN printf('%%g', n.\"%s\") ELSE n.\"%s\" END"
                                   " FROM main.%s n JOIN old.%s o ON n.rowid=o.rowid WHERE n.\"%s\" IS NOT o.\"%s\"",
                                   table, column, column, column, column, table, table, column, column);

      append_rows (handle, lines, sql);
      sqlite3_free (sql);
      sqlite3_free (column);
    }
}

/* What is another in the network at @path than in that at @old. */
static char *
describe_difference (const char *path,
                     const char *old)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  char *attach = sqlite3_mprintf ("ATTACH %Q AS old", old);
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  append_cells (handle, lines, "neurons");
  append_cells (handle, lines, "synapses");
  append_rows (handle, lines, "SELECT 'index ' || name FROM main.sqlite_schema WHERE type='index' AND sql NOT NULL"
                              " AND name NOT IN (SELECT name FROM old.sqlite_schema)");
  sqlite3_free (attach);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return join_sorted (lines);
}

static void
assert_same_counts (const EngramRepairPreview *result,
                    const EngramRepairReport  *report)
{
  g_assert_cmpuint (result->neurons_changed, ==, report->neurons_changed);
  g_assert_cmpuint (result->synapses_changed, ==, report->synapses_changed);
  g_assert_cmpuint (result->synapses_deleted, ==, report->synapses_deleted);
  g_assert_cmpuint (result->indexes_made, ==, report->indexes_made);
  g_assert_cmpuint (result->kinds->len, ==, report->kinds->len);
  g_assert_cmpuint (result->counts->len, ==, report->kinds->len);
  for (guint i = 0; i < result->kinds->len; i++)
    {
      g_assert_cmpstr (g_ptr_array_index (result->kinds, i), ==, g_ptr_array_index (report->kinds, i));
      g_assert_cmpuint (g_array_index (result->counts, guint64, i), >, 0);
    }
}

/* Returns what was changed. */
static char *
check_same (HistoryFixture    *fixture,
            const char *const *kinds)
{
  g_autofree char *old = g_build_filename (fixture->folder, "old.db", NULL);
  g_autofree char *hash = NULL, *hash_after = NULL, *told = NULL;
  g_autoptr (EngramRepairPreview) result = NULL;
  g_autoptr (EngramRepairReport) report = NULL;
  g_autoptr (GError) error = NULL;
  char *done;

  history_fixture_close (fixture);
  test_copy_file (fixture->path, old);
  hash = test_hash_file (fixture->path);
  history_fixture_open (fixture);
  result = preview (fixture, kinds, MAX_CHANGES);
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);

  history_fixture_open (fixture);
  report = engram_integrity_repair (fixture->database, kinds, NULL, fixture->history, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_close (fixture);
  done = describe_difference (fixture->path, old);
  told = describe_preview (result);
  g_assert_cmpstr (told, ==, done);
  g_assert_cmpuint (result->n_changes, ==, result->changes->len);
  assert_same_counts (result, report);
  history_fixture_open (fixture);
  return done;
}

static const struct {
  const char *name;
  gsize       n_changes;
} damaged[] = {
  { "bad-ids-and-dates.db", 7 },
  { "bad-json.db", 6 },
  { "bad-positions.db", 0 },
  { "bad-vectors.db", 5 },
  { "hostile-generated.db", 0 },
  { "hostile-trigger.db", 0 },
  { "no-schema-version.db", 0 },
  { "orphan-synapses.db", 5 },
  { "unknown-type.db", 0 },
  { "weights-out-of-range.db", 4 },
};

static void
test_damaged (HistoryFixture *fixture,
              gconstpointer   data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *name = g_build_filename ("damaged", damaged[i].name, NULL);
      g_autofree char *path = test_shared_data (name);
      g_autofree char *done = NULL;
      g_auto (GStrv) lines = NULL;

      if (path == NULL)
        return;
      g_test_message ("%s", name);
      history_fixture_use (fixture, path);
      done = check_same (fixture, NULL);
      lines = g_strsplit (done, "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), ==, damaged[i].n_changes);
    }
}

#define BREAK \
  "UPDATE neurons SET metadata='{\"a\": 1.0, \"engram_broken\": {\"semantic_tags\": \"old\"}}', semantic_tags='[1',"  \
  " input_schema='[]', output_schema='{}' WHERE rowid=3;"  \
  "UPDATE neurons SET metadata=NULL, semantic_tags='{}', input_schema=5 WHERE rowid=6;"  \
  "UPDATE neurons SET metadata='[1, 2]', semantic_tags='\"tags\"', vector=x'00' WHERE rowid=12;"  \
  "UPDATE neurons SET vector=x'0000807f', created_at='3025-11-01T09:00:00' WHERE rowid=15;"  \
  "UPDATE synapses SET metadata='{a}', weight=-9e999 WHERE rowid=5;"  \
  "DROP INDEX idx_synapses_target"

/* Also where several things are broken in one row, and where a synapse that goes is broken besides. */
static void
test_small (HistoryFixture *fixture,
            gconstpointer   data)
{
  static const char *const tags[] = { "tags-json", "weight-range", NULL };
  static const char *const rest[] = { "metadata-json", "schema-json", "orphan-target", "vector-length",
                                      "vector-not-finite", "index-missing", NULL };
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  history_fixture_run_sql (fixture, BREAK);
  first = check_same (fixture, tags);
  g_assert_nonnull (strstr (first, "synapses 25 weight = 1\n"));
  g_assert_nonnull (strstr (first, "synapses 5 weight = -1"));
  g_assert_nonnull (strstr (first, "neurons 12 metadata = {\"engram_broken\": {\"metadata\": \"[1, 2]\", "));
  g_assert_null (strstr (first, "deleted"));
  second = check_same (fixture, rest);
  g_assert_nonnull (strstr (second, "synapses 20 deleted"));
  g_assert_nonnull (strstr (second, "neurons 15 vector = nothing"));
  g_assert_nonnull (strstr (second, "index idx_synapses_target"));
  third = check_same (fixture, NULL);
  g_assert_cmpstr (third, ==, "");
}

static const EngramRepairChange *
find_change (const EngramRepairPreview *result,
             EngramRecordKind           kind,
             gint64                     rowid,
             const char                *field)
{
  for (guint i = 0; i < result->changes->len; i++)
    {
      const EngramRepairChange *change = g_ptr_array_index (result->changes, i);

      if (change->kind == kind && change->rowid == rowid && g_strcmp0 (change->field, field) == 0)
        return change;
    }
  g_error ("nothing is changed in row %" G_GINT64_FORMAT, rowid);
}

static void
assert_change (const EngramRepairPreview *result,
               EngramRecordKind           kind,
               gint64                     rowid,
               const char                *field,
               const char                *id,
               const char                *text)
{
  const EngramRepairChange *change = find_change (result, kind, rowid, field);
  g_autofree char *formatted = engram_repair_change_format (change);

  g_assert_cmpstr (change->id, ==, id);
  g_assert_cmpstr (formatted, ==, text);
}

/* For people. */
static void
test_words (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (EngramRepairPreview) result = NULL;
  g_autoptr (EngramRepairPreview) copy = NULL;

  history_fixture_run_sql (fixture, BREAK);
  result = preview (fixture, NULL, MAX_CHANGES);
  copy = engram_repair_preview_copy (result);
  g_clear_pointer (&result, engram_repair_preview_free);
  assert_change (copy, ENGRAM_RECORD_SYNAPSE, 25, "weight", "10000005-0000-4000-8000-000000000000", "weight: 7.5 → 1");
  assert_change (copy, ENGRAM_RECORD_SYNAPSE, 5, "weight", "10000001-0000-4000-8000-000000000000", "weight: −∞ → -1");
  assert_change (copy, ENGRAM_RECORD_SYNAPSE, 20, NULL, "10000004-0000-4000-8000-000000000000",
                 "synapse deleted: 00000004-0000-4000-8000-000000000000 → nobody");
  assert_change (copy, ENGRAM_RECORD_SYNAPSE, 15, "metadata", "row 15",
                 "metadata:  → {\"engram_broken\": {\"metadata\": \"\"}}");
  assert_change (copy, ENGRAM_RECORD_NEURON, 12, "vector", NEURON (4), "vector: 1 byte → none");
  assert_change (copy, ENGRAM_RECORD_NEURON, 15, "vector", "00000005-0000-4000-8000-000000000000",
                 "vector: 1 number, not finite → none");
  assert_change (copy, ENGRAM_RECORD_NEURON, 6, "input_schema", "00000002-0000-4000-8000-000000000000",
                 "input_schema: 5 → {}");
  assert_change (copy, ENGRAM_RECORD_NEURON, 9, "metadata", "00000003-0000-4000-8000-000000000000",
                 "metadata: 2 bytes → {\"engram_broken\": {\"metadata\": {\"base64\": \"AP8=\"}}}");
}

/* Those that are not told are counted. */
static void
test_limit (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (EngramRepairPreview) all = NULL;
  g_autoptr (EngramRepairPreview) few = NULL;
  g_autoptr (EngramRepairPreview) none = NULL;

  history_fixture_run_sql (fixture, BREAK);
  all = preview (fixture, NULL, MAX_CHANGES);
  few = preview (fixture, NULL, 3);
  none = preview (fixture, NULL, 0);
  g_assert_cmpuint (all->n_changes, >, 10);
  g_assert_cmpuint (few->changes->len, ==, 3);
  g_assert_cmpuint (few->n_changes, ==, all->n_changes);
  g_assert_cmpuint (few->neurons_changed, ==, all->neurons_changed);
  g_assert_cmpuint (none->changes->len, ==, 0);
  g_assert_cmpuint (none->n_changes, ==, all->n_changes);
}

static void
test_newer_schema (HistoryFixture *fixture,
                   gconstpointer   data)
{
  static const char *const kinds[] = { "weight-range", NULL };
  g_autoptr (EngramRepairPreview) result = NULL;

  history_fixture_run_sql (fixture, "INSERT INTO schema_version (version) VALUES (99)");
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  result = preview (fixture, kinds, MAX_CHANGES);
  g_assert_cmpuint (result->synapses_changed, ==, 1);
}

static void
test_refused (HistoryFixture *fixture,
              gconstpointer   data)
{
  static const char *const kinds[] = { "vector-zero", NULL };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_integrity_preview_repair (fixture->database, kinds, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (engram_integrity_preview_repair (fixture->database, NULL, 1, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_corrupt (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = test_shared_data ("damaged/bytes-flipped.db");
  g_autoptr (EngramRepairPreview) result = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  history_fixture_use (fixture, path);
  result = engram_integrity_preview_repair (fixture->database, NULL, MAX_CHANGES, NULL, NULL, NULL, &error);
  if (result == NULL)
    g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
  else
    g_assert_cmpuint (result->n_changes, >, 0);
}

static void
check_progress (const char *phase,
                double      fraction,
                gpointer    data)
{
  double *last = data;

  g_assert_true (g_str_has_prefix (phase, "Looking at "));
  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
test_progress (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (EngramRepairPreview) result = NULL;
  g_autoptr (GError) error = NULL;
  double last = -1;

  result = engram_integrity_preview_repair (fixture->database, NULL, 1, check_progress, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >=, 0.5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("damaged", test_damaged);
  ADD ("small", test_small);
  ADD ("words", test_words);
  ADD ("limit", test_limit);
  ADD ("newer-schema", test_newer_schema);
  ADD ("refused", test_refused);
  ADD ("corrupt", test_corrupt);
  ADD ("progress", test_progress);
  return g_test_run ();
}
