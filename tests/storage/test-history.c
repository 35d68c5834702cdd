/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/history/" name, function)

/* Undoes, redoes and undoes the last change: each time the network is what it was, bit by bit. */
static void
assert_exact (HistoryFixture *fixture,
              const char     *before)
{
  g_autofree char *after = history_fixture_dump (fixture);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *undone_again = NULL;

  g_assert_cmpstr (before, !=, after);
  history_fixture_undo (fixture);
  undone = history_fixture_dump (fixture);
  assert_same_dump (before, undone);
  history_fixture_redo (fixture);
  redone = history_fixture_dump (fixture);
  assert_same_dump (after, redone);
  history_fixture_undo (fixture);
  undone_again = history_fixture_dump (fixture);
  assert_same_dump (before, undone_again);
}

static void
test_delete (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "prune", "note synapses WHERE rowid<>5", "sql DELETE FROM synapses WHERE rowid<>5");
  history_fixture_assert_list (fixture, "prune |");
  assert_exact (fixture, before);
  history_fixture_assert_list (fixture, "| prune");
}

static void
test_update (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "edit", "note neurons WHERE rowid>9", "row synapses 25", "row synapses 15", "row synapses 15",
          "sql UPDATE neurons SET position_x=position_x+1, metadata=x'aa', importance=NULL WHERE rowid>9",
          "sql UPDATE synapses SET weight=1, id='found' WHERE rowid=15",
          "sql UPDATE synapses SET weight=1.0 WHERE rowid=25");
  assert_exact (fixture, before);
}

static void
test_insert (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "import",
          "sql INSERT INTO neurons (id, position_x, position_y, position_z, neuron_type, created_at, modified_at)"
          " VALUES ('new', 1, 2, 3, 'tool', 'a', 'b'), ('newer', 1, 2, 3, 'tool', 'a', 'b')",
          "sql INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at,"
          " modified_at) VALUES ('s', 'new', 'newer', 0.5, 'knowledge', 'a', 'b')",
          "inserted neurons 28 28", "inserted neurons 29 100", "inserted synapses 41 41");
  assert_exact (fixture, before);
}

/* All at once, and rows that are deleted and come again under the same rowid. */
static void
test_mixed (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "mixed", "note synapses WHERE rowid>=10", "row neurons 27", "row neurons 24", "row neurons 3",
          "sql DELETE FROM synapses WHERE rowid>=35", "sql DELETE FROM neurons WHERE rowid=27",
          "sql INSERT INTO neurons (rowid, id, position_x, position_y, position_z, neuron_type, created_at,"
          " modified_at) VALUES (27, 'new', 1, 2, 3, 'tool', 'a', 'b')", "inserted neurons 27 27",
          "sql UPDATE synapses SET target_neuron_id='new' WHERE rowid=30",
          "sql INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at,"
          " modified_at) VALUES ('s', 'new', 'new', 0.5, 'knowledge', 'a', 'b')", "inserted synapses 31 31",
          "sql UPDATE neurons SET source_data='changed' WHERE rowid IN (3, 24)");
  assert_exact (fixture, before);
}

/* Two rows exchange what must be unique: neither can be put back before the other is out of the way. */
static void
test_exchange (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "exchange", "row synapses 5", "row synapses 10",
          "sql UPDATE synapses SET \"lab \"\"note\"\"\"=100 WHERE rowid=5",
          "sql UPDATE synapses SET \"lab \"\"note\"\"\"=1 WHERE rowid=10",
          "sql UPDATE synapses SET \"lab \"\"note\"\"\"=2 WHERE rowid=5");
  assert_exact (fixture, before);
}

/* A repair deletes loose synapses and mends weights; undoing it brings back what the table's rules forbid. */
static void
test_broken_rows (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "repair", "note synapses WHERE target_neuron_id='nobody' OR weight>1",
          "sql DELETE FROM synapses WHERE target_neuron_id='nobody'",
          "sql UPDATE synapses SET weight=1 WHERE weight>1");
  assert_exact (fixture, before);
}

/* What a foreign key takes with a neuron comes back with it. */
static void
test_cascade (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *before = history_fixture_dump (fixture);

  CHANGE (fixture, "delete", "row neurons 9",
          "note synapses WHERE '00000003-0000-4000-8000-000000000000' IN (source_neuron_id, target_neuron_id)",
          "sql DELETE FROM neurons WHERE rowid=9");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 6);
  assert_exact (fixture, before);
}

static void
test_steps (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (EngramHistoryStep) step = NULL;
  g_autoptr (EngramHistoryStep) copy = NULL;
  g_autoptr (GError) error = NULL;
  const EngramHistoryStep *listed;

  CHANGE (fixture, "prune", "note synapses WHERE rowid>10", "sql DELETE FROM synapses WHERE rowid>10");
  g_assert_true (engram_history_get_steps (fixture->history, &undo, NULL, &error));
  g_assert_cmpuint (undo->len, ==, 1);
  listed = g_ptr_array_index (undo, 0);
  g_assert_cmpstr (listed->name, ==, "prune");
  g_assert_cmpstr (listed->label, ==, "To prune");
  g_assert_cmpuint (listed->rows, ==, 6);
  g_assert_true (engram_time_is_valid (listed->time));
  g_assert_cmpint (listed->id, >, 0);

  g_assert_true (engram_history_undo (fixture->history, &step, NULL, NULL, NULL, &error));
  copy = engram_history_step_copy (step);
  g_assert_cmpint (copy->id, ==, listed->id);
  g_assert_cmpstr (copy->label, ==, "To prune");
  g_assert_cmpuint (copy->rows, ==, 6);
}

/* Rows noted twice, rows that end as they were, and changes that change nothing. */
static void
test_what_counts (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (GPtrArray) undo = NULL;

  CHANGE (fixture, "nothing", "note synapses WHERE 1", "row neurons 3",
          "sql UPDATE synapses SET weight=weight WHERE rowid<>25");
  history_fixture_assert_list (fixture, "|");
  CHANGE (fixture, "absent", "row neurons 4", "note synapses WHERE 0", "inserted neurons 1000 2000",
          "inserted neurons 5 4");
  history_fixture_assert_list (fixture, "|");

  CHANGE (fixture, "some", "note synapses WHERE rowid<20", "note synapses WHERE 1",
          "sql UPDATE synapses SET weight=0.25 WHERE rowid=5", "row synapses 5",
          "sql UPDATE synapses SET weight=0.3 WHERE rowid=5");
  g_assert_true (engram_history_get_steps (fixture->history, &undo, NULL, NULL));
  g_assert_cmpuint (((EngramHistoryStep *) g_ptr_array_index (undo, 0))->rows, ==, 1);
  history_fixture_undo (fixture);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT weight=0.1 FROM synapses WHERE rowid=5"), ==, 1);
}

#define RENAME(letter) "row neurons 3", "sql UPDATE neurons SET source_data='" letter "' WHERE rowid=3"

static void
assert_name (HistoryFixture *fixture,
             const char     *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM neurons WHERE rowid=3 AND source_data='%s'", expected);

  g_assert_cmpint (history_fixture_get_number (fixture, sql), ==, 1);
}

static void
test_chain (HistoryFixture *fixture,
            gconstpointer   data)
{
  CHANGE (fixture, "a", RENAME ("a"));
  CHANGE (fixture, "b", RENAME ("b"));
  CHANGE (fixture, "c", RENAME ("c"));
  history_fixture_assert_list (fixture, "c b a |");
  history_fixture_undo (fixture);
  history_fixture_undo (fixture);
  assert_name (fixture, "a");
  history_fixture_assert_list (fixture, "a | b c");
  history_fixture_redo (fixture);
  assert_name (fixture, "b");
  history_fixture_assert_list (fixture, "b a | c");

  /* What comes anew takes away what could be redone. */
  CHANGE (fixture, "d", RENAME ("d"));
  history_fixture_assert_list (fixture, "d b a |");
  history_fixture_undo (fixture);
  history_fixture_undo (fixture);
  history_fixture_undo (fixture);
  assert_name (fixture, "text 1");
  history_fixture_assert_list (fixture, "| a b d");
  history_fixture_redo (fixture);
  history_fixture_redo (fixture);
  history_fixture_redo (fixture);
  assert_name (fixture, "d");
}

static void
test_outlives_the_program (HistoryFixture *fixture,
                           gconstpointer   data)
{
  CHANGE (fixture, "a", RENAME ("a"));
  CHANGE (fixture, "b", RENAME ("b"));
  history_fixture_undo (fixture);
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  history_fixture_assert_list (fixture, "a | b");
  history_fixture_redo (fixture);
  assert_name (fixture, "b");
}

static void
test_step_limit (HistoryFixture *fixture,
                 gconstpointer   data)
{
  engram_history_set_limits (fixture->history, 2, G_MAXUINT64);
  CHANGE (fixture, "a", RENAME ("a"));
  CHANGE (fixture, "b", RENAME ("b"));
  CHANGE (fixture, "c", RENAME ("c"));
  history_fixture_assert_list (fixture, "c b |");
  history_fixture_undo (fixture);
  history_fixture_undo (fixture);
  assert_name (fixture, "a");
  history_fixture_assert_list (fixture, "| b c");

  engram_history_set_limits (fixture->history, 0, 0);
  CHANGE (fixture, "d", RENAME ("d"));
  history_fixture_assert_list (fixture, "d |");
}

/* Each step keeps a text of 100 kB. */
static void
test_byte_limit (HistoryFixture *fixture,
                 gconstpointer   data)
{
  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data=hex(zeroblob(50000)) WHERE rowid=3");
  engram_history_set_limits (fixture->history, 100, 250 * 1000);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d", i);

      CHANGE (fixture, name, "row neurons 3", "sql UPDATE neurons SET position_x=position_x+1 WHERE rowid=3");
    }
  history_fixture_assert_list (fixture, "3 2 |");
}

/* The file becomes small again once nothing is left in it. */
static void
test_clear (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=zeroblob(1000000)");
  CHANGE (fixture, "a", "note neurons WHERE 1", "sql UPDATE neurons SET position_x=position_x+1");
  CHANGE (fixture, "b", RENAME ("b"));
  history_fixture_undo (fixture);
  before = history_fixture_dump (fixture);
  engram_history_clear (fixture->history, &error);
  g_assert_no_error (error);
  history_fixture_assert_list (fixture, "|");
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);

  history_fixture_close (fixture);
  dir = g_dir_open (fixture->state, 0, NULL);
  path = g_build_filename (fixture->state, g_dir_read_name (dir), NULL);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, 100 * 1000);

  history_fixture_open (fixture);
  CHANGE (fixture, "c", RENAME ("c"));
  history_fixture_assert_list (fixture, "c |");
  history_fixture_undo (fixture);
  assert_name (fixture, "text 1");
}

/* Nobody else may read what a network once held; and nothing is made before there is something to keep. */
static void
test_private (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->state);
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  GStatBuf status;
  const char *name;
  guint n_files = 0;

  history_fixture_assert_list (fixture, "|");
  g_assert_false (g_file_test (parent, G_FILE_TEST_EXISTS));
  CHANGE (fixture, "a", RENAME ("a"));

  g_assert_cmpint (g_stat (fixture->state, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  dir = g_dir_open (fixture->state, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_free (path);
      path = g_build_filename (fixture->state, name, NULL);
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
      n_files++;
    }
  g_assert_cmpuint (n_files, >=, 1);
}

static void
test_version_1_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;
  g_autoptr (GError) error = NULL;

  history_fixture_use (fixture, path);
  g_assert_false (engram_history_undo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (engram_history_redo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);

  history_fixture_open (fixture);
  CHANGE (fixture, "a", "note synapses WHERE 1", "sql DELETE FROM synapses");
  history_fixture_assert_list (fixture, "a |");
  history_fixture_undo (fixture);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM synapses"), ==, 6);
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  history_fixture_assert_list (fixture, "| a");
}

/* What has another encoding than UTF-8 is not converted: half a surrogate pair stays what it is. */
static void
test_encoding (HistoryFixture *fixture,
               gconstpointer   data)
{
  static const char *const encodings[] = { "UTF-16le", "UTF-16be" };
  g_autofree char *schema = g_strdup (
    "CREATE TABLE neurons (id TEXT PRIMARY KEY, position_x REAL, position_y REAL, position_z REAL, vector BLOB,"
    " neuron_type TEXT, metadata TEXT, activation_level REAL, created_at TEXT, modified_at TEXT, source_data TEXT,"
    " compression_ratio REAL, semantic_tags TEXT, function_signature TEXT, executable_code TEXT, input_schema TEXT,"
    " output_schema TEXT, execution_count INTEGER, average_execution_time REAL, activation_threshold REAL);"
    "CREATE TABLE synapses (id TEXT PRIMARY KEY, source_neuron_id TEXT, target_neuron_id TEXT, weight REAL,"
    " usage_count INTEGER, last_traversed TEXT, synapse_type TEXT, metadata TEXT, created_at TEXT, modified_at TEXT);"
    "INSERT INTO neurons (id, source_data, metadata) VALUES ('ä', CAST(x'd83d4100' AS TEXT), 'b');"
    "INSERT INTO neurons (id, source_data, metadata) VALUES ('b', CAST(x'3dd80041' AS TEXT), '');");

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.db", encodings[i]);
      g_autofree char *before = NULL;
      g_autofree char *encode = g_strdup_printf ("PRAGMA encoding='%s';%s", encodings[i], schema);

      history_fixture_close (fixture);
      g_free (fixture->path);
      fixture->path = g_build_filename (fixture->folder, name, NULL);
      g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
      history_fixture_run_sql (fixture, encode);
      history_fixture_open (fixture);
      CHANGE (fixture, "upgrade", "row neurons 5");
      before = history_fixture_dump (fixture);
      CHANGE (fixture, "a", "note neurons WHERE 1", "sql UPDATE neurons SET position_x=2", "row neurons 1",
              "sql DELETE FROM neurons WHERE rowid=1");
      assert_exact (fixture, before);
    }
}

/* More than the log takes in one of its transactions, and so much of the table that the indexes are made anew. */
static void
test_large (HistoryFixture *fixture,
            gconstpointer   data)
{
  g_autofree char *before = NULL;
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");

  history_fixture_use (fixture, path);
  CHANGE (fixture, "a", "row neurons 1", "sql UPDATE neurons SET position_x=2 WHERE rowid=1");
  history_fixture_run_sql (fixture,
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
    " INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, synapse_type, metadata, created_at,"
    "  modified_at) SELECT 1000 + i * 7 % 9001, 's' || i, printf('0000000%d-0000-4000-8000-000000000000', 1 + i % 5),"
    "  printf('0000000%d-0000-4000-8000-000000000000', 1 + i % 4), 1.0 / i, 'knowledge', hex(zeroblob(1000)), 'a',"
    "  'b' || i FROM n");
  before = history_fixture_dump (fixture);
  CHANGE (fixture, "prune", "note synapses WHERE weight<0.5", "sql DELETE FROM synapses WHERE weight<0.5");
  assert_exact (fixture, before);
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM pragma_integrity_check WHERE"
                                                        " integrity_check<>'ok'"), ==, 0);
}

static void
count_reports (const char *phase,
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
test_progress (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  double last = -1;

  CHANGE (fixture, "a", "note synapses WHERE 1", "sql DELETE FROM synapses");
  engram_history_undo (fixture->history, NULL, count_reports, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >=, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("delete", test_delete);
  ADD ("update", test_update);
  ADD ("insert", test_insert);
  ADD ("mixed", test_mixed);
  ADD ("exchange", test_exchange);
  ADD ("broken-rows", test_broken_rows);
  ADD ("cascade", test_cascade);
  ADD ("steps", test_steps);
  ADD ("what-counts", test_what_counts);
  ADD ("chain", test_chain);
  ADD ("outlives-the-program", test_outlives_the_program);
  ADD ("step-limit", test_step_limit);
  ADD ("byte-limit", test_byte_limit);
  ADD ("clear", test_clear);
  ADD ("private", test_private);
  ADD ("version-1", test_version_1_file);
  ADD ("encoding", test_encoding);
  ADD ("large", test_large);
  ADD ("progress", test_progress);
  return g_test_run ();
}
