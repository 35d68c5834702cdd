/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#include <math.h>
#include <unistd.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/edit/" name, function)

/* What is refused */

static void
test_invalid (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramEdit) weight = edit_change_weight (fixture, SYNAPSE_1, 1.5);
  g_autoptr (EngramEdit) no_number = edit_change_weight (fixture, SYNAPSE_1, NAN);
  g_autoptr (EngramEdit) tags = edit_change_text (fixture, ENGRAM_NEURON_SEMANTIC_TAGS, "{}");
  g_autoptr (EngramEdit) metadata = edit_change_text (fixture, ENGRAM_NEURON_METADATA, "{");
  g_autoptr (EngramEdit) utf8 = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "\xff");
  g_autoptr (EngramEdit) id = edit_change_text (fixture, ENGRAM_NEURON_ID, NEW_ID);
  g_autoptr (EngramEdit) no_type = edit_change_text (fixture, ENGRAM_NEURON_TYPE, NULL);

  edit_assert_refused (fixture, weight, ENGRAM_ERROR_INVALID, SYNAPSE_1, "weight");
  edit_assert_refused (fixture, no_number, ENGRAM_ERROR_INVALID, SYNAPSE_1, "weight");
  edit_assert_refused (fixture, tags, ENGRAM_ERROR_INVALID, NEURON_2, "semantic_tags");
  edit_assert_refused (fixture, metadata, ENGRAM_ERROR_INVALID, NEURON_2, "metadata");
  edit_assert_refused (fixture, utf8, ENGRAM_ERROR_INVALID, NEURON_2, "source_data");
  edit_assert_refused (fixture, id, ENGRAM_ERROR_INVALID, NEURON_2, "id");
  edit_assert_refused (fixture, no_type, ENGRAM_ERROR_INVALID, NEURON_2, "type");
}

static void
test_invalid_vector (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_autoptr (EngramNeuron) new = edit_make_neuron (NEW_ID);
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramEdit) creation = engram_edit_new ();
  const float vector[] = { 1, 2, 3 };

  engram_neuron_set_vector (after, vector, G_N_ELEMENTS (vector));
  engram_edit_change_neuron (edit, before, after);
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_INVALID, NEURON_2, "vector");
  engram_neuron_set_vector (new, vector, G_N_ELEMENTS (vector));
  engram_edit_create_neuron (creation, new);
  edit_assert_refused (fixture, creation, ENGRAM_ERROR_INVALID, NEW_ID, "vector");
}

static void
test_invalid_ends (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (EngramSynapse) before = edit_get_synapse (fixture, SYNAPSE_1);
  g_autoptr (EngramSynapse) after = engram_synapse_copy (before);
  g_autoptr (EngramSynapse) new = engram_synapse_new (NEURON_1, NEW_ID, 0.5, "knowledge");
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramEdit) creation = engram_edit_new ();

  engram_synapse_set_text (after, ENGRAM_SYNAPSE_SOURCE, NEW_ID);
  engram_edit_change_synapse (edit, before, after);
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_NOT_FOUND, NEW_ID, "source_neuron_id");
  engram_edit_create_synapse (creation, new);
  edit_assert_refused (fixture, creation, ENGRAM_ERROR_NOT_FOUND, NEW_ID, "target_neuron_id");
}

static void
test_ids (HistoryFixture *fixture,
          gconstpointer   data)
{
  g_autoptr (EngramEdit) twice = engram_edit_new ();
  g_autoptr (EngramEdit) known = engram_edit_new ();
  g_autoptr (EngramEdit) no_uuid = engram_edit_new ();
  g_autoptr (EngramEdit) none = engram_edit_new ();
  g_autoptr (EngramEdit) nameless = engram_edit_new ();
  g_autoptr (EngramNeuron) new = edit_make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) taken = edit_make_neuron (NEURON_1);
  g_autoptr (EngramNeuron) odd = edit_make_neuron ("odd");
  g_autoptr (EngramNeuron) without = edit_make_neuron (NULL);
  g_autoptr (EngramSynapse) synapse = edit_get_synapse (fixture, SYNAPSE_1);

  engram_edit_create_neuron (twice, new);
  engram_edit_create_neuron (twice, new);
  edit_assert_refused (fixture, twice, ENGRAM_ERROR_EXISTS, NEW_ID, "id");
  engram_edit_create_neuron (known, taken);
  edit_assert_refused (fixture, known, ENGRAM_ERROR_EXISTS, NEURON_1, "id");
  engram_edit_create_neuron (no_uuid, odd);
  edit_assert_refused (fixture, no_uuid, ENGRAM_ERROR_INVALID, "odd", "id");
  engram_edit_create_neuron (none, without);
  edit_assert_refused (fixture, none, ENGRAM_ERROR_INVALID, NULL, "id");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, NULL);
  engram_edit_change_synapse (nameless, synapse, synapse);
  edit_assert_refused (fixture, nameless, ENGRAM_ERROR_INVALID, NULL, "id");
}

/* In a damaged file an id may stand twice: it must not be the other row that changes. */
static void
test_id_twice (HistoryFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = NULL;
  g_autoptr (EngramNeuron) after = NULL;
  g_autoptr (EngramEdit) first = engram_edit_new ();
  g_autoptr (EngramEdit) second = engram_edit_new ();

  history_fixture_run_sql (fixture, "ALTER TABLE neurons RENAME TO old; CREATE TABLE neurons AS SELECT * FROM old;"
                                    "DROP TABLE old; UPDATE neurons SET id='" NEURON_1 "' WHERE rowid=2");
  before = edit_get_neuron (fixture, NEURON_1);
  after = engram_neuron_copy (before);
  engram_neuron_set_text (after, ENGRAM_NEURON_TYPE, "memory");
  before->rowid = 2;
  engram_edit_change_neuron (second, before, after);
  edit_assert_refused (fixture, second, ENGRAM_ERROR_INVALID, NEURON_1, "id");
  before->rowid = 1;
  engram_edit_change_neuron (first, before, after);
  g_free (edit_apply (fixture, first));
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT rowid FROM neurons WHERE neuron_type='memory'"), ==, 1);
}

/* All or nothing, also where the last of it is wrong only within the transaction. */
static void
test_all_or_nothing (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "good");
  g_autoptr (EngramNeuron) neuron = edit_make_neuron (NEW_ID);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (NEW_ID, OTHER_ID, 0.5, "knowledge");

  engram_edit_create_neuron (edit, neuron);
  engram_edit_create_synapse (edit, synapse);
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_NOT_FOUND, OTHER_ID, "target_neuron_id");
}

static void
test_table_of_others (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autofree char *label = NULL;

  history_fixture_run_sql (fixture, "CREATE UNIQUE INDEX texts ON neurons (source_data);"
                                    "CREATE TABLE notes (text REFERENCES neurons (source_data) ON UPDATE CASCADE);"
                                    "INSERT INTO notes VALUES ('text 2')");
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_INVALID, NULL, NULL);
  history_fixture_run_sql (fixture, "DELETE FROM notes");
  label = edit_apply (fixture, edit);
  g_assert_nonnull (label);
}

static void
test_trigger (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autoptr (EngramNeuron) neuron = edit_make_neuron (NEW_ID);

  history_fixture_run_sql (fixture,
    "CREATE TRIGGER update_trap AFTER UPDATE ON neurons BEGIN DELETE FROM experiments; END;"
    "CREATE TRIGGER insert_trap AFTER INSERT ON neurons BEGIN DELETE FROM experiments; END");
  engram_edit_create_neuron (edit, neuron);
  edit_apply_and_go_back (fixture, edit, "Edit 2 neurons");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM experiments"), ==, 2);
}

/* Files */

static void
test_version_1_file (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (GPtrArray) neurons = NULL;
  g_autoptr (EngramNeuron) before = NULL;
  g_autoptr (EngramNeuron) after = NULL;
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autofree char *label = NULL;

  history_fixture_use (fixture, path);
  store = engram_neuron_store_new (fixture->database);
  neurons = engram_neuron_store_list (store, 0, 1, NULL, NULL);
  before = edit_get_neuron (fixture, ((EngramNeuron *) neurons->pdata[0])->id);
  after = engram_neuron_copy (before);
  engram_neuron_set_text (after, ENGRAM_NEURON_FIELDS, "{\"new\": 1}");
  engram_edit_change_neuron (edit, before, after);
  label = edit_apply (fixture, edit);
  g_assert_true (g_str_has_prefix (label, "Edit neuron “"));
  stored = edit_get_neuron (fixture, before->id);
  g_assert_cmpint (engram_neuron_compare (stored, after), ==, ENGRAM_NEURON_MODIFIED_AT);
  history_fixture_undo (fixture);
  engram_neuron_free (g_steal_pointer (&stored));
  stored = edit_get_neuron (fixture, before->id);
  g_assert_cmpint (engram_neuron_compare (stored, before), ==, 0);
}

static void
test_busy (HistoryFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (EngramDatabase) second = engram_database_open (fixture->path, NULL, NULL);
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  EngramConnection *writer = engram_database_begin_write (second, NULL, NULL);
  g_autofree char *label = NULL;

  g_assert_nonnull (writer);
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_BUSY, NULL, NULL);
  engram_database_end_write (second, writer, FALSE, NULL);
  /* The same edit can be tried again. */
  label = edit_apply (fixture, edit);
  g_assert_cmpstr (label, ==, "Change source data of neuron “mine”");
}

static void
test_read_only (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "link.db", NULL);
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");

  history_fixture_close (fixture);
  g_assert_cmpint (link (fixture->path, other), ==, 0);
  history_fixture_open (fixture);
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_READ_ONLY, NULL, NULL);
}

static void
test_cancelled (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autofree char *dump = history_fixture_dump (fixture);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (engram_edit_apply (edit, fixture->database, fixture->history, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  edit_assert_untouched (fixture, dump, "|");
}

/* Where the history cannot be kept, nothing is changed that could not be undone. */
static void
test_no_history_folder (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autofree char *dump = history_fixture_dump (fixture);
  g_autofree char *parent = g_path_get_dirname (fixture->state);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (parent, "in the way", -1, NULL));
  g_assert_false (engram_edit_apply (edit, fixture->database, fixture->history, NULL, NULL, &error));
  g_assert_nonnull (error);
  after = history_fixture_dump (fixture);
  assert_same_dump (dump, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("invalid", test_invalid);
  ADD ("invalid-vector", test_invalid_vector);
  ADD ("invalid-ends", test_invalid_ends);
  ADD ("ids", test_ids);
  ADD ("id-twice", test_id_twice);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("table-of-others", test_table_of_others);
  ADD ("trigger", test_trigger);
  ADD ("version-1", test_version_1_file);
  ADD ("busy", test_busy);
  ADD ("read-only", test_read_only);
  ADD ("cancelled", test_cancelled);
  ADD ("no-history-folder", test_no_history_folder);
  return g_test_run ();
}
