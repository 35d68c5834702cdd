/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "comparison-support.h"

#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/bring-back/" name, function)

#define TOUCH(n) "modified_at='2026-0" #n "-01T00:00:00'"

/* What is asked for, and what comes of it. */
typedef struct {
  EngramRowSet         *neurons;
  EngramRowSet         *removed_neurons;
  EngramRowSet         *synapses;
  EngramRowSet         *removed_synapses;
  EngramBringBackFlags  flags;
} Wanted;

static gboolean
try_bring (HistoryFixture    *fixture,
           EngramComparison  *comparison,
           const char        *path,
           Wanted            *wanted,
           EngramEditResult  *result,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr (EngramDatabase) other = engram_database_open (path, NULL, NULL);
  const EngramBringBack what = { wanted->neurons, wanted->removed_neurons, wanted->synapses, wanted->removed_synapses,
                                 wanted->flags };
  gboolean done = engram_comparison_bring_back (comparison, &what, fixture->database, fixture->history, other, result,
                                                NULL, NULL, cancellable, error);

  g_clear_pointer (&wanted->neurons, engram_row_set_unref);
  g_clear_pointer (&wanted->removed_neurons, engram_row_set_unref);
  g_clear_pointer (&wanted->synapses, engram_row_set_unref);
  g_clear_pointer (&wanted->removed_synapses, engram_row_set_unref);
  return done;
}

/* Brings back, undoes and redoes; afterwards it is brought back. */
static void
bring (HistoryFixture *fixture,
       const char     *path,
       Wanted          wanted,
       const char     *label)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (EngramComparison) comparison = comparison_make (fixture, path);
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  try_bring (fixture, comparison, path, &wanted, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result.label, ==, label);
  edit_go_back_and_forth (fixture, before, "bring-back", label);
}

static void
assert_refused (HistoryFixture   *fixture,
                EngramComparison *comparison,
                const char       *path,
                Wanted            wanted,
                EngramError       code,
                const char       *id)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *list = history_fixture_list (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (try_bring (fixture, comparison, path, &wanted, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, ENGRAM_ERROR, (int) code);
  g_assert_cmpstr (engram_error_get_id (error), ==, id);
  edit_assert_untouched (fixture, before, list);
}

static void
assert_rest (HistoryFixture *fixture,
             const char     *path,
             const char     *counts)
{
  g_autoptr (EngramComparison) comparison = comparison_make (fixture, path);

  comparison_assert_counts (comparison, counts);
}

/* Whole rows: times, columns of other programs and odd values too. */
static void
test_changed (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");

  history_fixture_run_sql (fixture, "UPDATE neurons SET activation_level=1, importance=9, " TOUCH (1) " WHERE rowid=3;"
                                    "UPDATE neurons SET source_data='b', metadata='{}', activation_level=0.5,"
                                    " execution_count=1, engram_fields='{\"a\": 1}', " TOUCH (2) " WHERE rowid=9;"
                                    "UPDATE synapses SET weight=-1, \"lab \"\"note\"\"\"='x' WHERE rowid=5");
  bring (fixture, path, (Wanted) { .neurons = EDIT_ROWS (3) }, "Bring back neuron “text 1”");
  assert_rest (fixture, path, "8 0 0 1 0 0 0 | 7 0 0 1 0 0 0");
  bring (fixture, path, (Wanted) { .neurons = EDIT_ROWS (3, 6, 9), .synapses = EDIT_ROWS (5, 10) },
         "Bring back 1 neuron and 1 synapse");
  assert_rest (fixture, path, "9 0 0 0 0 0 0 | 8 0 0 0 0 0 0");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE modified_at LIKE '2026%'"),
                   ==, 0);
}

/* With its rowid, and with the synapses that went with it: back to the bit. */
static void
test_removed (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *whole = history_fixture_dump (fixture);
  g_autofree char *now = NULL;

  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid IN (5, 10, 35); DELETE FROM neurons WHERE"
                                    " rowid=6");
  assert_rest (fixture, path, "8 0 0 0 1 0 0 | 5 0 0 0 3 0 0");
  bring (fixture, path, (Wanted) { .removed_neurons = EDIT_ROWS (6), .flags = ENGRAM_BRING_BACK_WITH_SYNAPSES },
         "Bring back 1 neuron and 2 synapses");
  assert_rest (fixture, path, "9 0 0 0 0 0 0 | 7 0 0 0 1 0 0");
  bring (fixture, path, (Wanted) { .removed_synapses = EDIT_ROWS (35) }, "Bring back 1 synapse");
  now = history_fixture_dump (fixture);
  assert_same_dump (whole, now);
}

static void
test_removed_alone (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");

  history_fixture_run_sql (fixture, "DELETE FROM synapses; DELETE FROM neurons WHERE rowid=6");
  bring (fixture, path, (Wanted) { .removed_neurons = EDIT_ROWS (6) }, "Bring back neuron “text 2”");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 0);
  /* Of the two that it had, one leads to a neuron that is gone. */
  history_fixture_run_sql (fixture, "DELETE FROM neurons WHERE rowid IN (6, 9)");
  bring (fixture, path, (Wanted) { .removed_neurons = EDIT_ROWS (6), .flags = ENGRAM_BRING_BACK_WITH_SYNAPSES },
         "Bring back 1 neuron and 1 synapse");
}

/* Where its rowid is another's by now, it comes last. */
static void
test_rowid_taken (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");

  history_fixture_run_sql (fixture, "DELETE FROM synapses; DELETE FROM neurons WHERE rowid=6;"
                                    "UPDATE neurons SET rowid=6 WHERE rowid=3");
  bring (fixture, path, (Wanted) { .removed_neurons = EDIT_ROWS (6) }, "Bring back neuron “text 2”");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT rowid FROM neurons WHERE id='" NEURON_2 "'"), ==, 28);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT rowid FROM neurons WHERE id='" NEURON_1 "'"), ==, 6);
}

static void
test_synapse_brings_neurons (HistoryFixture *fixture,
                             gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");

  history_fixture_run_sql (fixture, "DELETE FROM synapses; DELETE FROM neurons WHERE rowid IN (3, 6)");
  bring (fixture, path, (Wanted) { .removed_synapses = EDIT_ROWS (5) }, "Bring back 2 neurons and 1 synapse");
  assert_rest (fixture, path, "9 0 0 0 0 0 0 | 1 0 0 0 6 0 1");
}

/* A changed synapse is led back to where it led, also from a neuron that goes. */
static void
test_added (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *whole = history_fixture_dump (fixture);
  g_autofree char *now = NULL;

  history_fixture_run_sql (fixture,
    "INSERT INTO neurons (rowid, id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
    " VALUES (50, '" NEW_ID "', 0, 0, 0, 'tool', '2026-01-01T00:00:00', '2026-01-01T00:00:00');"
    "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at,"
    " modified_at) VALUES (50, '" OTHER_ID "', '" NEW_ID "', '" NEURON_1 "', 0.5, 'knowledge', '2026-01-01T00:00:00',"
    " '2026-01-01T00:00:00');"
    "UPDATE synapses SET target_neuron_id='" NEW_ID "' WHERE rowid=5");
  assert_rest (fixture, path, "9 0 1 0 0 0 0 | 7 0 1 1 0 0 0");
  bring (fixture, path, (Wanted) { .neurons = EDIT_ROWS (50), .synapses = EDIT_ROWS (5),
                                   .flags = ENGRAM_BRING_BACK_DELETE_ADDED },
         "Bring back 1 synapse, delete 1 neuron and 1 synapse");
  now = history_fixture_dump (fixture);
  assert_same_dump (whole, now);
}

static void
test_just_added (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *before = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Wanted wanted = { .neurons = EDIT_ROWS (6), .synapses = EDIT_ROWS (40) };

  comparison_run_sql (path, "DELETE FROM synapses WHERE rowid IN (5, 10, 40); DELETE FROM neurons WHERE rowid=6");
  comparison = comparison_make (fixture, path);
  before = history_fixture_dump (fixture);
  /* Unless it is asked for, nothing goes. */
  g_assert_true (try_bring (fixture, comparison, path, &wanted, &result, NULL, &error));
  g_assert_null (result.label);
  edit_assert_untouched (fixture, before, "|");
  bring (fixture, path, (Wanted) { .neurons = EDIT_ROWS (6), .synapses = EDIT_ROWS (40),
                                   .flags = ENGRAM_BRING_BACK_DELETE_ADDED }, "Delete 1 neuron and 3 synapses");
  assert_rest (fixture, path, "8 0 0 0 0 0 0 | 5 0 0 0 0 0 0");
}

/* The other file has no column for fields, and none of another program: the one becomes NULL, the other stays. */
static void
test_version_1_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");

  history_fixture_use (fixture, path);
  CHANGE (fixture, "upgrade", "sql ALTER TABLE neurons ADD COLUMN lab");
  history_fixture_run_sql (fixture, "UPDATE neurons SET engram_fields='{\"a\": 1}', lab='noted' WHERE rowid IN (1, 2);"
                                    "DELETE FROM synapses; DELETE FROM neurons WHERE rowid=3");
  bring (fixture, path, (Wanted) { .neurons = EDIT_ROWS (1), .removed_neurons = EDIT_ROWS (3) },
         "Bring back 2 neurons");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE rowid=1 AND lab='noted'"
                                                        " AND engram_fields IS NULL"), ==, 1);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE rowid=3 AND lab IS NULL"),
                   ==, 1);
}

static void
test_refused (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autofree char *vectors = comparison_copy (fixture, "vectors.db");
  g_autoptr (EngramComparison) comparison = NULL;

  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid IN (20, 25)");
  comparison = comparison_make (fixture, path);
  /* An end that is in neither file; a weight that the rules forbid. */
  assert_refused (fixture, comparison, path, (Wanted) { .removed_synapses = EDIT_ROWS (20) }, ENGRAM_ERROR_INVALID,
                  "10000004-0000-4000-8000-000000000000");
  assert_refused (fixture, comparison, path, (Wanted) { .removed_synapses = EDIT_ROWS (20, 25) }, ENGRAM_ERROR_INVALID,
                  "10000004-0000-4000-8000-000000000000");
  assert_refused (fixture, comparison, path, (Wanted) { .removed_synapses = EDIT_ROWS (25) }, ENGRAM_ERROR_INVALID,
                  "10000005-0000-4000-8000-000000000000");

  comparison_run_sql (vectors, "UPDATE neurons SET vector=zeroblob(20) WHERE rowid=3; UPDATE neurons SET vector=NULL"
                               " WHERE rowid=6");
  g_clear_pointer (&comparison, engram_comparison_unref);
  comparison = comparison_make (fixture, vectors);
  assert_refused (fixture, comparison, vectors, (Wanted) { .neurons = EDIT_ROWS (3, 6) }, ENGRAM_ERROR_INVALID,
                  NEURON_1);
  bring (fixture, vectors, (Wanted) { .neurons = EDIT_ROWS (6) }, "Bring back neuron “text 2”");
}

/* The other file was written since: what stands in its rows now may be anything. */
static void
test_other_changed (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;

  history_fixture_run_sql (fixture, "UPDATE neurons SET activation_level=1 WHERE rowid=3; DELETE FROM synapses WHERE"
                                    " rowid=5");
  comparison = comparison_make (fixture, path);
  comparison_run_sql (path, "UPDATE neurons SET rowid=100 WHERE rowid=3; UPDATE neurons SET rowid=3 WHERE rowid=6;"
                            "UPDATE synapses SET id='" OTHER_ID "' WHERE rowid=5");
  assert_refused (fixture, comparison, path, (Wanted) { .neurons = EDIT_ROWS (3) }, ENGRAM_ERROR_CHANGED, NULL);
  assert_refused (fixture, comparison, path, (Wanted) { .removed_synapses = EDIT_ROWS (5) }, ENGRAM_ERROR_CHANGED,
                  NULL);
  comparison_run_sql (path, "DELETE FROM neurons WHERE rowid=3");
  assert_refused (fixture, comparison, path, (Wanted) { .neurons = EDIT_ROWS (3) }, ENGRAM_ERROR_CHANGED, NULL);
}

/* The network was changed since it was compared: records are found by their ids, and what is back comes once. */
static void
test_today_changed (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *path = comparison_copy (fixture, "other.db");
  g_autoptr (EngramComparison) comparison = NULL;
  g_autofree char *before = NULL;
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Wanted wanted = { .neurons = EDIT_ROWS (3, 9), .removed_neurons = EDIT_ROWS (27),
                    .flags = ENGRAM_BRING_BACK_DELETE_ADDED };

  comparison_run_sql (path, "DELETE FROM neurons WHERE rowid=9");
  history_fixture_run_sql (fixture, "UPDATE neurons SET activation_level=1 WHERE rowid=3; DELETE FROM synapses WHERE"
                                    " rowid=40; DELETE FROM neurons WHERE rowid=27");
  comparison = comparison_make (fixture, path);
  history_fixture_run_sql (fixture,
    "DELETE FROM neurons WHERE rowid=9; UPDATE neurons SET rowid=9 WHERE rowid=3;"
    "INSERT INTO neurons (rowid, id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
    " VALUES (27, '00000009-0000-4000-8000-000000000000', 0, 0, 0, 'tool', '', '')");
  before = history_fixture_dump (fixture);
  g_assert_true (try_bring (fixture, comparison, path, &wanted, &result, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (result.label, ==, "Bring back 2 neurons");
  g_assert_cmpuint (result.neurons_changed, ==, 2);
  g_assert_cmpuint (result.neurons_deleted, ==, 0);
  edit_go_back_and_forth (fixture, before, "bring-back", "Bring back 2 neurons");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE source_data='text 9'"), ==,
                   1);
}

/* What is the same, what is no row, and nothing at all: the file is not touched, and not upgraded. */
static void
test_nothing (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Wanted wanted = { .neurons = EDIT_ROWS (1, 2, 77), .removed_neurons = EDIT_ROWS (1, 5), .synapses = EDIT_ROWS (3),
                    .flags = ENGRAM_BRING_BACK_DELETE_ADDED | ENGRAM_BRING_BACK_WITH_SYNAPSES };

  history_fixture_use (fixture, path);
  comparison = comparison_make (fixture, path);
  g_assert_true (try_bring (fixture, comparison, path, &wanted, &result, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (result.label);
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);
}

/* Many rows */

typedef struct {
  double        last;
  guint         n_reports;
  guint         n_finishing; /* of them, at the end, when each row is looked at again */
  guint         cancel_at;   /* the report that cancels, from 1; 0 for none */
  GCancellable *cancellable;
} Progress;

static void
note_progress (const char *phase,
               double      fraction,
               gpointer    user_data)
{
  Progress *self = user_data;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  self->n_finishing += g_str_equal (phase, "Finishing");
  if (++self->n_reports == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
bring_all (HistoryFixture    *fixture,
           EngramComparison  *comparison,
           EngramDatabase    *other,
           Progress          *progress,
           EngramEditResult  *result,
           GError           **error)
{
  g_autoptr (EngramRowSet) changed = NULL, added = NULL, neurons = NULL, removed = NULL, synapses = NULL;
  g_autoptr (EngramRowSet) removed_synapses = NULL;
  EngramBringBack what = { .flags = ENGRAM_BRING_BACK_DELETE_ADDED | ENGRAM_BRING_BACK_WITH_SYNAPSES };

  changed = engram_comparison_list_rows (comparison, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_CHANGED);
  added = engram_comparison_list_rows (comparison, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_ADDED);
  neurons = engram_row_set_union (changed, added);
  removed = engram_comparison_list_rows (comparison, ENGRAM_RECORD_NEURON, ENGRAM_COMPARISON_REMOVED);
  synapses = engram_comparison_list_rows (comparison, ENGRAM_RECORD_SYNAPSE, ENGRAM_COMPARISON_CHANGED);
  removed_synapses = engram_comparison_list_rows (comparison, ENGRAM_RECORD_SYNAPSE, ENGRAM_COMPARISON_REMOVED);
  what.neurons = neurons;
  what.removed_neurons = removed;
  what.synapses = synapses;
  what.removed_synapses = removed_synapses;
  return engram_comparison_bring_back (comparison, &what, fixture->database, fixture->history, other, result,
                                       note_progress, progress, progress->cancellable, error);
}

static void
test_many_and_cancel (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large.db", NULL);
  EngramGeneratorOptions options = { .neurons = 400, .synapses = 1500, .dimension = 8, .seed = 5 };
  g_autofree char *other_path = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (EngramDatabase) other = NULL;
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };
  guint n_reports;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_use (fixture, path);
  other_path = comparison_copy (fixture, "other.db");
  whole = history_fixture_dump (fixture);
  history_fixture_run_sql (fixture,
    "PRAGMA foreign_keys=ON; DELETE FROM neurons WHERE rowid % 10 = 0; UPDATE neurons SET activation_level=0.125"
    " WHERE rowid % 7 = 0; UPDATE synapses SET weight=weight * 0.5 WHERE rowid % 3 = 0; DELETE FROM synapses WHERE"
    " rowid % 11 = 0;"
    "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
    " SELECT 'added ' || rowid, 0, 0, 0, 'tool', '', '' FROM neurons WHERE rowid % 9 = 0");
  before = history_fixture_dump (fixture);
  comparison = comparison_make (fixture, other_path);
  other = engram_database_open (other_path, NULL, &error);
  g_assert_no_error (error);

  for (guint at = 1; at < 150; at = at * 2 + 1)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      progress = (Progress) { .cancel_at = at, .cancellable = cancellable };
      g_assert_false (bring_all (fixture, comparison, other, &progress, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      edit_assert_untouched (fixture, before, "|");
    }
  progress = (Progress) { 0 };
  g_assert_true (bring_all (fixture, comparison, other, &progress, &result, &error));
  g_assert_no_error (error);
  n_reports = progress.n_reports;
  g_assert_cmpuint (n_reports, >, 150);
  now = history_fixture_dump (fixture);
  assert_same_dump (whole, now);
  edit_go_back_and_forth (fixture, before, "bring-back", result.label);
}

/* So many that the indexes are taken away, and made anew at the end. */
static void
test_large_part (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large.db", NULL);
  EngramGeneratorOptions options = { .neurons = 50, .synapses = 6000, .seed = 5 };
  g_autofree char *other_path = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (EngramDatabase) other = NULL;
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_use (fixture, path);
  other_path = comparison_copy (fixture, "other.db");
  whole = history_fixture_dump (fixture);
  history_fixture_run_sql (fixture, "UPDATE synapses SET usage_count=-3 WHERE rowid % 20 > 0; DELETE FROM synapses WHERE"
                                    " rowid % 20 = 0");
  before = history_fixture_dump (fixture);
  comparison = comparison_make (fixture, other_path);
  other = engram_database_open (other_path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (bring_all (fixture, comparison, other, &progress, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.synapses_changed, ==, 5700);
  g_assert_cmpuint (result.synapses_created, ==, 300);
  g_assert_cmpuint (progress.n_finishing, >, 10);
  now = history_fixture_dump (fixture);
  assert_same_dump (whole, now);
  edit_go_back_and_forth (fixture, before, "bring-back", "Bring back 6000 synapses");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("changed", test_changed);
  ADD ("removed", test_removed);
  ADD ("removed-alone", test_removed_alone);
  ADD ("rowid-taken", test_rowid_taken);
  ADD ("synapse-brings-neurons", test_synapse_brings_neurons);
  ADD ("added", test_added);
  ADD ("just-added", test_just_added);
  ADD ("version-1", test_version_1_file);
  ADD ("refused", test_refused);
  ADD ("other-changed", test_other_changed);
  ADD ("today-changed", test_today_changed);
  ADD ("nothing", test_nothing);
  ADD ("many-and-cancel", test_many_and_cancel);
  ADD ("large-part", test_large_part);
  return g_test_run ();
}
