/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/edit-delete/" name, function)

static void
delete (HistoryFixture   *fixture,
        EngramRowSet     *neurons,
        EngramRowSet     *synapses,
        EngramEditResult *result)
{
  g_autoptr (GError) error = NULL;

  engram_edit_delete_rows (fixture->database, fixture->history, neurons, synapses, result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
delete_and_go_back (HistoryFixture *fixture,
                    EngramRowSet   *neurons,
                    EngramRowSet   *synapses,
                    guint64         n_neurons,
                    guint64         n_synapses,
                    const char     *label)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_auto (EngramEditResult) result = { 0 };

  delete (fixture, neurons, synapses, &result);
  g_assert_cmpstr (result.label, ==, label);
  g_assert_cmpuint (result.neurons_deleted, ==, n_neurons);
  g_assert_cmpuint (result.synapses_deleted, ==, n_synapses);
  g_assert_cmpuint (result.neurons_changed + result.synapses_changed, ==, 0);
  edit_go_back_and_forth (fixture, before, "delete", label);
}

/* Neuron i has synapse i to neuron i + 1; that of neuron 4 is loose at its target. */
static void
test_neurons (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramRowSet) two = EDIT_ROWS (3, 6);
  g_autoptr (EngramRowSet) one = EDIT_ROWS (27);

  delete_and_go_back (fixture, two, NULL, 2, 2, "Delete 2 neurons and 2 synapses");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT min(rowid) FROM synapses"), ==, 15);
  delete_and_go_back (fixture, one, NULL, 1, 1, "Delete neuron “text 9” and 1 synapse");
}

static void
test_neuron_alone (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);
  g_autoptr (EngramRowSet) both = EDIT_ROWS (6, 27);

  history_fixture_run_sql (fixture, "DELETE FROM synapses");
  delete_and_go_back (fixture, rows, NULL, 1, 0, "Delete neuron “text 1”");
  delete_and_go_back (fixture, both, NULL, 2, 0, "Delete 2 neurons");
}

static void
test_synapses (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (5, 10, 15, 20, 25);
  g_autoptr (EngramRowSet) one = EDIT_ROWS (40);

  delete_and_go_back (fixture, NULL, rows, 0, 5, "Delete 5 synapses");
  delete_and_go_back (fixture, NULL, one, 0, 1, "Delete 1 synapse");
}

/* A synapse that is both chosen and hangs on a neuron with both ends goes once. */
static void
test_both (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5, 40);

  history_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id=source_neuron_id WHERE rowid=5");
  delete_and_go_back (fixture, neurons, synapses, 1, 2, "Delete neuron “text 1” and 2 synapses");
}

static void
test_all (HistoryFixture *fixture,
          gconstpointer   data)
{
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3, 6, 9, 12, 15, 18, 21, 24, 27);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (5, 10, 15, 20, 25, 30, 35, 40);

  delete_and_go_back (fixture, neurons, synapses, 9, 8, "Delete 9 neurons and 8 synapses");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons"), ==, 0);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 0);
}

/* An id that is NULL, or no text. */
static void
test_odd_ids (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3, 6);

  history_fixture_run_sql (fixture, "UPDATE neurons SET id=NULL WHERE rowid=3;"
                                    "UPDATE neurons SET id=x'01ff' WHERE rowid=6;"
                                    "UPDATE synapses SET source_neuron_id=x'01ff' WHERE rowid=10");
  delete_and_go_back (fixture, neurons, NULL, 2, 1, "Delete 2 neurons and 1 synapse");
}

static void
test_gone (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramRowSet) gone = EDIT_ROWS (-5, 7, 100);
  g_autoptr (EngramRowSet) some = EDIT_ROWS (3, 7);
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();
  g_auto (EngramEditResult) result = { 0 };
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;

  delete_and_go_back (fixture, some, gone, 1, 1, "Delete 1 neuron and 1 synapse");
  history_fixture_use (fixture, path);
  delete (fixture, gone, none, &result);
  g_assert_null (result.label);
  g_assert_cmpuint (result.neurons_deleted, ==, 0);
  delete (fixture, NULL, NULL, NULL);
  history_fixture_assert_list (fixture, "|");
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);
}

/* The first step also brings the file to the newest schema, which stays; the rows are as they were. */
static void
test_version_1_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autoptr (EngramRowSet) first = EDIT_ROWS (1);
  g_autoptr (EngramRowSet) second = EDIT_ROWS (2);
  g_autofree char *hash = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *hash_after = NULL;

  history_fixture_use (fixture, path);
  hash = engram_content_hash (fixture->database, NULL, NULL, NULL, NULL);
  delete (fixture, first, NULL, NULL);
  before = history_fixture_dump (fixture);
  delete (fixture, second, NULL, NULL);
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  history_fixture_undo (fixture);
  hash_after = engram_content_hash (fixture->database, NULL, NULL, NULL, NULL);
  g_assert_nonnull (hash);
  g_assert_cmpstr (hash, ==, hash_after);
}

static void
test_count (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6, 27, 100);
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint64 count;

  g_assert_true (engram_edit_count_synapses (fixture->database, rows, &count, NULL, NULL));
  g_assert_cmpuint (count, ==, 3);
  g_assert_true (engram_edit_count_synapses (fixture->database, none, &count, NULL, NULL));
  g_assert_cmpuint (count, ==, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (engram_edit_count_synapses (fixture->database, rows, &count, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What hangs on them in a table of another program cannot be brought back: it does not go. */
static void
test_table_of_others (HistoryFixture *fixture,
                      gconstpointer   data)
{
  static const char *const tables[] = { "neurons", "synapses" };
  static const char *const actions[] = { "CASCADE", "SET NULL", "RESTRICT" };
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (3);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (actions); j++)
      {
        g_autofree char *sql = g_strdup_printf (
          "DROP TABLE IF EXISTS notes; CREATE TABLE notes (record TEXT REFERENCES %s (id) ON DELETE %s);"
          "INSERT INTO notes SELECT id FROM %s WHERE rowid < 6", tables[i], actions[j], tables[i]);
        g_autofree char *before = NULL;
        g_autoptr (GError) error = NULL;

        history_fixture_run_sql (fixture, sql);
        before = history_fixture_dump (fixture);
        g_assert_false (engram_edit_delete_rows (fixture->database, fixture->history, neurons, NULL, NULL, NULL, NULL,
                                                 NULL, &error));
        g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
        edit_assert_untouched (fixture, before, "|");
      }
}

/* Plain stores have no way back either. */
static void
test_stores_and_table_of_others (HistoryFixture *fixture,
                                 gconstpointer   data)
{
  g_autoptr (EngramNeuronStore) neurons = engram_neuron_store_new (fixture->database);
  g_autoptr (EngramSynapseStore) synapses = engram_synapse_store_new (fixture->database);
  g_autofree char *before = NULL;

  history_fixture_run_sql (fixture,
    "CREATE TABLE notes (neuron TEXT REFERENCES neurons (id) ON DELETE CASCADE,"
    " synapse TEXT REFERENCES synapses (id) ON DELETE SET NULL);"
    "INSERT INTO notes VALUES ('" NEURON_2 "', NULL), (NULL, '" SYNAPSE_1 "')");
  before = history_fixture_dump (fixture);
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done;

      if (i < 2)
        done = engram_neuron_store_delete (neurons, i == 0 ? NEURON_1 : NEURON_2, NULL, NULL, &error);
      else if (i == 2)
        done = engram_synapse_store_delete (synapses, SYNAPSE_1, NULL, &error);
      else
        done = engram_synapse_store_delete_weaker (synapses, 0.15, NULL, NULL, &error);
      g_assert_false (done);
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
      edit_assert_untouched (fixture, before, "|");
    }
  /* What nothing hangs on goes. */
  g_assert_true (engram_neuron_store_delete (neurons, NEURON_4, NULL, NULL, NULL));
}

/* Where the file's tables have no cascade, the synapses go nevertheless, and other programs' triggers do not fire. */
static void
test_foreign_tables (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);

  history_fixture_run_sql (fixture,
    "CREATE TRIGGER trap AFTER DELETE ON synapses BEGIN DELETE FROM experiments; END;"
    "CREATE TRIGGER other_trap BEFORE DELETE ON neurons BEGIN DELETE FROM experiments; END;"
    "PRAGMA writable_schema=ON;"
    "UPDATE sqlite_schema SET sql=replace(sql, 'ON DELETE CASCADE', '') WHERE name='synapses'");
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  delete_and_go_back (fixture, rows, NULL, 1, 1, "Delete neuron “text 1” and 1 synapse");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM experiments"), ==, 2);
}

static void
check_report (const char *phase,
              double      fraction,
              gpointer    data)
{
  double *last = data;

  g_assert_nonnull (phase);
  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1);
  *last = fraction;
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    data)
{
  if (strstr (phase, "Deleting neurons") != NULL)
    g_cancellable_cancel (data);
}

static void
test_progress_and_cancel (HistoryFixture *fixture,
                          gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 6, 9);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (GError) error = NULL;
  double last = 0;

  g_assert_false (engram_edit_delete_rows (fixture->database, fixture->history, rows, NULL, NULL, cancel, cancellable,
                                           cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  edit_assert_untouched (fixture, before, "|");
  g_clear_error (&error);
  engram_edit_delete_rows (fixture->database, fixture->history, rows, NULL, NULL, check_report, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >, 0.8);
}

static void
test_busy (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramDatabase) second = engram_database_open (fixture->path, NULL, NULL);
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);
  g_autofree char *before = history_fixture_dump (fixture);
  g_autoptr (GError) error = NULL;
  EngramConnection *writer = engram_database_begin_write (second, NULL, NULL);

  g_assert_nonnull (writer);
  g_assert_false (engram_edit_delete_rows (fixture->database, fixture->history, rows, NULL, NULL, NULL, NULL, NULL,
                                           &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY);
  engram_database_end_write (second, writer, FALSE, NULL);
  edit_assert_untouched (fixture, before, "|");
}

/* Another program has put a neuron into the row of one that went. */
static void
test_undo_refused (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3);
  g_autoptr (GError) error = NULL;

  delete (fixture, rows, NULL, NULL);
  history_fixture_run_sql (fixture, "UPDATE neurons SET rowid=3 WHERE rowid=6");
  g_assert_false (engram_history_undo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, NEURON_2));
}

/* Rowids outlive it, because both tables have an index. */
static void
test_vacuum (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramRowSet) rows = EDIT_ROWS (3, 12);
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;

  delete (fixture, rows, NULL, NULL);
  history_fixture_run_sql (fixture, "VACUUM");
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

/* Enough rows for the indexes to be taken away and made anew. */
static void
test_many (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "generated.db", NULL);
  const EngramGeneratorOptions options = { .neurons = 10002, .synapses = 12000, .dimension = 4 };
  g_autoptr (EngramRowSet) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree gint64 *rowids = NULL;
  g_auto (EngramEditResult) result = { 0 };
  guint64 n_synapses;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  history_fixture_use (fixture, path);
  rowids = g_new (gint64, 5001);
  for (int i = 0; i < 5001; i++)
    rowids[i] = 1 + 2 * i;
  rows = engram_row_set_new (rowids, 5001);
  before = history_fixture_dump (fixture);
  g_assert_true (engram_edit_count_synapses (fixture->database, rows, &n_synapses, NULL, NULL));
  g_assert_cmpuint (n_synapses, >, 5000);
  delete (fixture, rows, NULL, &result);
  g_assert_cmpuint (result.neurons_deleted, ==, 5001);
  g_assert_cmpuint (result.synapses_deleted, ==, n_synapses);
  g_assert_cmpint (history_fixture_get_number (fixture,
    "SELECT count(*) FROM synapses WHERE source_neuron_id NOT IN (SELECT id FROM neurons)"), ==, 0);
  g_assert_true (g_str_has_prefix (result.label, "Delete 5001 neurons and "));
  edit_go_back_and_forth (fixture, before, "delete", result.label);
}

/* The network of the Python program, where it is at hand. */
static void
test_original (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *path = test_shared_data ("original/network.db");
  g_autoptr (EngramRowSet) neurons = EDIT_ROWS (1, 2, 3, 5, 8, 13, 21, 34, 55, 89);
  g_autoptr (EngramRowSet) synapses = EDIT_ROWS (2, 4, 6, 8, 10, 12);
  g_autofree char *hash = NULL;
  g_autofree char *hash_after = NULL;
  g_auto (EngramEditResult) result = { 0 };

  if (path == NULL)
    return;
  history_fixture_use (fixture, path);
  hash = engram_content_hash (fixture->database, NULL, NULL, NULL, NULL);
  delete (fixture, neurons, synapses, &result);
  g_assert_cmpuint (result.neurons_deleted, ==, 10);
  g_assert_cmpuint (result.synapses_deleted, >=, 6);
  history_fixture_undo (fixture);
  hash_after = engram_content_hash (fixture->database, NULL, NULL, NULL, NULL);
  g_assert_nonnull (hash);
  g_assert_cmpstr (hash, ==, hash_after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("neurons", test_neurons);
  ADD ("neuron-alone", test_neuron_alone);
  ADD ("synapses", test_synapses);
  ADD ("both", test_both);
  ADD ("all", test_all);
  ADD ("odd-ids", test_odd_ids);
  ADD ("gone", test_gone);
  ADD ("version-1", test_version_1_file);
  ADD ("count", test_count);
  ADD ("table-of-others", test_table_of_others);
  ADD ("stores-and-table-of-others", test_stores_and_table_of_others);
  ADD ("foreign-tables", test_foreign_tables);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("busy", test_busy);
  ADD ("undo-refused", test_undo_refused);
  ADD ("vacuum", test_vacuum);
  ADD ("many", test_many);
  ADD ("original", test_original);
  return g_test_run ();
}
