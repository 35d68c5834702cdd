/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/history/" name, function)

#define NEURON_1 "00000001-0000-4000-8000-000000000000"
#define SYNAPSE_1 "10000001-0000-4000-8000-000000000000"

#define RENAME(letter) "row neurons 3", "sql UPDATE neurons SET source_data='" letter "' WHERE rowid=3"

/* Undoing is refused, nothing changes, and the step stays. */
static void
assert_refused (HistoryFixture *fixture,
                const char     *id,
                const char     *words)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *list = history_fixture_list (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_history_undo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_cmpstr (engram_error_get_id (error), ==, id);
  g_assert_nonnull (strstr (error->message, words));
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  history_fixture_assert_list (fixture, list);
}

static void
delete_some (HistoryFixture *fixture)
{
  CHANGE (fixture, "prune", "note synapses WHERE rowid IN (5, 10)", "sql DELETE FROM synapses WHERE rowid IN (5, 10)");
}

#define INSERT_SYNAPSE(rowid, id, note)                                                                          \
  "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at,"       \
  " modified_at, \"lab \"\"note\"\"\") VALUES (" rowid ", " id ", '" NEURON_1 "', '" NEURON_1 "', 0.5, 'knowledge'," \
  " 'a', 'b', " note ")"

static void
test_changed (HistoryFixture *fixture,
              gconstpointer   data)
{
  CHANGE (fixture, "edit", "note neurons WHERE rowid IN (3, 6, 9)",
          "sql UPDATE neurons SET position_x=77 WHERE rowid IN (3, 6, 9)");
  history_fixture_run_sql (fixture, "UPDATE neurons SET activation_level=0.5 WHERE rowid=3");
  assert_refused (fixture, NEURON_1, "(1 in all)");
  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=x'00' WHERE rowid=9");
  assert_refused (fixture, NEURON_1, "(2 in all)");
  history_fixture_run_sql (fixture, "UPDATE neurons SET importance=7 WHERE rowid=6");
  assert_refused (fixture, NEURON_1, "(3 in all)");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE position_x=77"), ==, 3);
}

/* The type of a value is part of it. */
static void
test_changed_type (HistoryFixture *fixture,
                   gconstpointer   data)
{
  CHANGE (fixture, "edit", "row neurons 3", "sql UPDATE neurons SET source_data='77', metadata=NULL WHERE rowid=3");
  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data=x'3737' WHERE rowid=3");
  assert_refused (fixture, NEURON_1, "(1 in all)");
  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data='77', metadata='' WHERE rowid=3");
  assert_refused (fixture, NEURON_1, "(1 in all)");
  history_fixture_run_sql (fixture, "UPDATE neurons SET metadata=NULL WHERE rowid=3");
  history_fixture_undo (fixture);
}

static void
test_deleted (HistoryFixture *fixture,
              gconstpointer   data)
{
  CHANGE (fixture, "edit", RENAME ("a"));
  history_fixture_run_sql (fixture, "DELETE FROM neurons WHERE rowid=3");
  assert_refused (fixture, NEURON_1, "(1 in all)");
}

static void
test_inserted_is_gone (HistoryFixture *fixture,
                       gconstpointer   data)
{
  CHANGE (fixture, "import", "sql " INSERT_SYNAPSE ("100", "'new'", "100"), "inserted synapses 100 100");
  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid=100");
  assert_refused (fixture, "row 100", "(1 in all)");
}

/* Another program's row refers to what the step has brought: it would be left with nothing to refer to. */
static void
test_table_of_others (HistoryFixture *fixture,
                      gconstpointer   data)
{
  CHANGE (fixture, "import", "sql " INSERT_SYNAPSE ("100", "'new'", "100"), "inserted synapses 100 100");
  history_fixture_run_sql (fixture, "CREATE TABLE notes (synapse TEXT REFERENCES synapses (id) ON DELETE CASCADE);"
                                    "INSERT INTO notes VALUES ('new'), ('of old')");
  assert_refused (fixture, NULL, "another program");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM notes"), ==, 2);
  history_fixture_run_sql (fixture, "DELETE FROM notes WHERE synapse='new'");
  history_fixture_undo (fixture);
}

static void
test_rowid_taken (HistoryFixture *fixture,
                  gconstpointer   data)
{
  delete_some (fixture);
  history_fixture_run_sql (fixture, INSERT_SYNAPSE ("5", "'other'", "NULL"));
  assert_refused (fixture, "other", "(1 in all)");
}

static void
test_id_taken (HistoryFixture *fixture,
               gconstpointer   data)
{
  delete_some (fixture);
  history_fixture_run_sql (fixture, INSERT_SYNAPSE ("100", "'" SYNAPSE_1 "'", "NULL"));
  assert_refused (fixture, SYNAPSE_1, "(1 in all)");
  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid=100");
  history_fixture_undo (fixture);
}

/* What another program has declared to be unique in its own column. */
static void
test_unique_taken (HistoryFixture *fixture,
                   gconstpointer   data)
{
  delete_some (fixture);
  history_fixture_run_sql (fixture, INSERT_SYNAPSE ("100", "'other'", "1"));
  assert_refused (fixture, SYNAPSE_1, "(1 in all)");
}

/* A synapse that came since must not go with the neuron that it leads to. */
static void
test_stranded (HistoryFixture *fixture,
               gconstpointer   data)
{
  CHANGE (fixture, "import",
          "sql INSERT INTO neurons (rowid, id, position_x, position_y, position_z, neuron_type, created_at,"
          " modified_at) VALUES (50, 'new', 1, 2, 3, 'tool', 'a', 'b'), (51, 'newer', 1, 2, 3, 'tool', 'a', 'b')",
          "sql " INSERT_SYNAPSE ("100", "'inner'", "100"),
          "sql UPDATE synapses SET source_neuron_id='new', target_neuron_id='newer' WHERE rowid=100",
          "inserted neurons 50 51", "inserted synapses 100 100");
  history_fixture_run_sql (fixture, INSERT_SYNAPSE ("200", "'between'", "200"));
  history_fixture_run_sql (fixture, INSERT_SYNAPSE ("201", "'outer'", "201"));
  history_fixture_run_sql (fixture, "UPDATE synapses SET source_neuron_id='new' WHERE rowid>=200");
  history_fixture_run_sql (fixture, "UPDATE synapses SET target_neuron_id='newer' WHERE rowid=200");
  assert_refused (fixture, NULL, "2 synapses");
  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid=200");
  assert_refused (fixture, NULL, "1 synapse ");
  history_fixture_run_sql (fixture, "DELETE FROM synapses WHERE rowid=201");
  history_fixture_undo (fixture);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons"), ==, 9);
}

/* A synapse must not come back where its neuron has gone since; one that was loose then may. */
static void
test_loose (HistoryFixture *fixture,
            gconstpointer   data)
{
  CHANGE (fixture, "prune", "note synapses WHERE 1", "sql DELETE FROM synapses");
  history_fixture_run_sql (fixture, "DELETE FROM neurons WHERE id='" NEURON_1 "'");
  assert_refused (fixture, NULL, "1 synapse ");
  history_fixture_run_sql (fixture,
    "INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
    " VALUES ('" NEURON_1 "', 1, 2, 3, 'tool', 'a', 'b')");
  history_fixture_undo (fixture);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 8);
}

static void
test_columns_changed (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (GError) error = NULL;

  delete_some (fixture);
  history_fixture_run_sql (fixture, "ALTER TABLE synapses ADD COLUMN colour TEXT");
  assert_refused (fixture, NULL, "columns");
  history_fixture_run_sql (fixture, "ALTER TABLE synapses DROP COLUMN colour");
  history_fixture_undo (fixture);
  history_fixture_run_sql (fixture, "ALTER TABLE synapses RENAME COLUMN \"lab \"\"note\"\"\" TO lab");
  g_assert_false (engram_history_redo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
}

static void
test_redo_refused (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (GError) error = NULL;

  delete_some (fixture);
  history_fixture_undo (fixture);
  history_fixture_run_sql (fixture, "UPDATE synapses SET weight=0.75 WHERE rowid=10");
  g_assert_false (engram_history_redo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "redone"));
  history_fixture_assert_list (fixture, "| prune");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 8);
}

static void
cancel (const char *phase,
        double      fraction,
        gpointer    cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  delete_some (fixture);
  before = history_fixture_dump (fixture);
  g_assert_false (engram_history_undo (fixture->history, NULL, cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  history_fixture_assert_list (fixture, "prune |");

  g_assert_false (history_fixture_try_change (fixture, "more",
    (const char *const[]) { "note synapses WHERE 1", "sql DELETE FROM synapses", NULL }, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  history_fixture_assert_list (fixture, "prune |");
  history_fixture_undo (fixture);
}

/* A change that fails leaves no step, and what failed is said. */
static void
test_failed_change (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;

  g_assert_false (history_fixture_try_change (fixture, "bad",
    (const char *const[]) { "note synapses WHERE 1", "sql DELETE FROM synapses", "sql UPDATE neurons SET id=NULL, id=5",
                            "sql INSERT INTO neurons (id) VALUES ('x')", NULL }, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
  history_fixture_assert_list (fixture, "|");
  delete_some (fixture);
  history_fixture_assert_list (fixture, "prune |");
}

/* Where the history cannot be kept, nothing is changed. */
static void
test_no_place (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_path_get_dirname (fixture->state);
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (parent, "a file, no folder", -1, NULL));
  g_assert_false (history_fixture_try_change (fixture, "a", (const char *const[]) { RENAME ("a"), NULL }, NULL,
                                              &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

static char *
find_log (HistoryFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->state, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".db"))
      return g_build_filename (fixture->state, name, NULL);
  g_assert_not_reached ();
}

static void
test_damaged_log (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;

  delete_some (fixture);
  g_clear_object (&fixture->history);
  log = find_log (fixture);
  g_assert_true (g_file_set_contents (log, "this is no history, and no database either", -1, NULL));
  g_assert_null (engram_history_open (fixture->database, fixture->state, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK);
  g_assert_nonnull (strstr (error->message, fixture->state));
  g_clear_error (&error);

  /* Another database; a history of a program to come. */
  g_assert_cmpint (g_remove (log), ==, 0);
  test_copy_file (fixture->path, log);
  g_assert_null (engram_history_open (fixture->database, fixture->state, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
}

static void
run_on_log (HistoryFixture *fixture,
            const char     *sql)
{
  g_autofree char *log = find_log (fixture);
  HistoryFixture of_log = { .path = log };

  history_fixture_run_sql (&of_log, sql);
}

static void
test_newer_log (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GError) error = NULL;

  delete_some (fixture);
  g_clear_object (&fixture->history);
  run_on_log (fixture, "PRAGMA user_version=99");
  g_assert_null (engram_history_open (fixture->database, fixture->state, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NEWER);
}

/* Rows that are no rows any more: found before anything is changed for good. */
static void
test_damaged_rows (HistoryFixture *fixture,
                   gconstpointer   data)
{
  static const char *const damages[] = {
    "UPDATE rows_1 SET before=x'ff'", "UPDATE rows_1 SET before=x''", "UPDATE rows_1 SET before=x'03ffffffff'",
    "UPDATE rows_1 SET before=x'0300'", "UPDATE rows_1 SET before=substr(before, 1, length(before) - 1)",
    "UPDATE rows_1 SET before=before || x'00'", "UPDATE rows_1 SET after=x'00', before=NULL",
  };
  g_autofree char *before = NULL;

  delete_some (fixture);
  before = history_fixture_dump (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_clear_object (&fixture->history);
      run_on_log (fixture, i == 0 ? "CREATE TABLE good AS SELECT * FROM rows_1"
                                  : "DELETE FROM rows_1; INSERT INTO rows_1 SELECT * FROM good");
      run_on_log (fixture, damages[i]);
      fixture->history = engram_history_open (fixture->database, fixture->state, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (engram_history_undo (fixture->history, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED);
      after = history_fixture_dump (fixture);
      assert_same_dump (before, after);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("changed", test_changed);
  ADD ("table-of-others", test_table_of_others);
  ADD ("changed-type", test_changed_type);
  ADD ("deleted", test_deleted);
  ADD ("inserted-is-gone", test_inserted_is_gone);
  ADD ("rowid-taken", test_rowid_taken);
  ADD ("id-taken", test_id_taken);
  ADD ("unique-taken", test_unique_taken);
  ADD ("stranded", test_stranded);
  ADD ("loose", test_loose);
  ADD ("columns-changed", test_columns_changed);
  ADD ("redo-refused", test_redo_refused);
  ADD ("cancelled", test_cancelled);
  ADD ("failed-change", test_failed_change);
  ADD ("no-place", test_no_place);
  ADD ("damaged-log", test_damaged_log);
  ADD ("newer-log", test_newer_log);
  ADD ("damaged-rows", test_damaged_rows);
  return g_test_run ();
}
