/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/edit/" name, function)

#define NEW_ID "0000000a-0000-4000-8000-000000000000"
#define OTHER_ID "0000000b-0000-4000-8000-000000000000"

/* (nullable): how the step is called */
static char *
apply (HistoryFixture *fixture,
       EngramEdit     *edit)
{
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  engram_edit_apply (edit, fixture->database, fixture->history, &result, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&result.label);
}

static void
apply_and_go_back (HistoryFixture *fixture,
                   EngramEdit     *edit,
                   const char     *label)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *done = apply (fixture, edit);

  g_assert_cmpstr (done, ==, label);
  edit_go_back_and_forth (fixture, before, "edit", label);
}

static void
assert_refused (HistoryFixture *fixture,
                EngramEdit     *edit,
                EngramError     code,
                const char     *id,
                const char     *field)
{
  g_autofree char *dump = history_fixture_dump (fixture);
  g_autofree char *list = history_fixture_list (fixture);
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (engram_edit_apply (edit, fixture->database, fixture->history, &result, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, (int) code);
  g_assert_cmpstr (engram_error_get_id (error), ==, id);
  g_assert_cmpstr (engram_error_get_field (error), ==, field);
  g_assert_null (result.label);
  edit_assert_untouched (fixture, dump, list);
}

/* An edit that sets one text of neuron 2. */
static EngramEdit *
change_text (HistoryFixture      *fixture,
             EngramNeuronColumns  column,
             const char          *text)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  EngramEdit *edit = engram_edit_new ();

  engram_neuron_set_text (after, column, text);
  engram_edit_change_neuron (edit, before, after);
  return edit;
}

static EngramEdit *
change_weight (HistoryFixture *fixture,
               const char     *id,
               double          weight)
{
  g_autoptr (EngramSynapse) before = edit_get_synapse (fixture, id);
  g_autoptr (EngramSynapse) after = engram_synapse_copy (before);
  EngramEdit *edit = engram_edit_new ();

  after->weight = weight;
  engram_edit_change_synapse (edit, before, after);
  return edit;
}

static EngramNeuron *
make_neuron (const char *id)
{
  EngramNeuron *neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  return neuron;
}

/* Changing */

static void
test_change_neuron (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "Axons carry\n signals");
  g_autoptr (EngramNeuron) stored = NULL;

  apply_and_go_back (fixture, edit, "Change source data of neuron “Axons carry signals”");
  stored = edit_get_neuron (fixture, NEURON_2);
  g_assert_cmpint (engram_neuron_compare (stored, before), ==,
                   ENGRAM_NEURON_SOURCE_DATA | ENGRAM_NEURON_MODIFIED_AT);
  g_assert_cmpstr (stored->source_data, ==, "Axons carry\n signals");
  g_assert_cmpstr (stored->modified_at, >, before->modified_at);
  g_assert_cmpint (stored->rowid, ==, before->rowid);
}

static void
test_change_several (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  const float vector[] = { 1, 2, 3, 4 };

  engram_neuron_set_vector (after, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_number (after, ENGRAM_NEURON_COMPRESSION_RATIO, 0.5);
  engram_neuron_set_text (after, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"a\"]");
  engram_neuron_set_text (after, ENGRAM_NEURON_FIELDS, "{\"x\": 1}");
  after->position[1] = 7;
  after->nulls |= ENGRAM_NEURON_ACTIVATION_LEVEL;
  after->activation_level = 0;
  engram_edit_change_neuron (edit, before, after);
  apply_and_go_back (fixture, edit, "Edit neuron “text 2”");
  stored = edit_get_neuron (fixture, NEURON_2);
  g_assert_cmpint (engram_neuron_compare (stored, after), ==, ENGRAM_NEURON_MODIFIED_AT);
}

static void
test_labels_of_neurons (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (EngramNeuron) first = edit_get_neuron (fixture, NEURON_1);
  g_autoptr (EngramNeuron) second = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramNeuron) moved = engram_neuron_copy (first);
  g_autoptr (EngramNeuron) moved_too = engram_neuron_copy (second);
  g_autoptr (EngramNeuron) other = engram_neuron_copy (second);
  g_autoptr (EngramEdit) one = engram_edit_new ();
  g_autoptr (EngramEdit) two = engram_edit_new ();
  g_autoptr (EngramEdit) mixed = engram_edit_new ();
  g_autofree char *label = NULL;

  moved->position[0] = 100;
  moved_too->position[2] = 100;
  engram_neuron_set_text (other, ENGRAM_NEURON_TYPE, "tool");
  engram_edit_change_neuron (one, first, moved);
  apply_and_go_back (fixture, one, "Move neuron “text 1”");
  history_fixture_undo (fixture);
  engram_edit_change_neuron (two, first, moved);
  engram_edit_change_neuron (two, second, moved_too);
  apply_and_go_back (fixture, two, "Move 2 neurons");
  history_fixture_undo (fixture);
  engram_edit_change_neuron (mixed, first, moved);
  engram_edit_change_neuron (mixed, second, other);
  label = apply (fixture, mixed);
  g_assert_cmpstr (label, ==, "Change 2 neurons");
}

/* A neuron's text may be a book, or not be there. */
static void
test_labels_are_short (HistoryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr (EngramEdit) to_long =
    change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "  Ä xons carry signals away from the cell body, %s dendrites");
  g_autofree char *label = apply (fixture, to_long);
  g_autoptr (EngramEdit) to_none = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, NULL);
  g_autofree char *label_of_none = apply (fixture, to_none);
  g_autoptr (EngramEdit) to_type = change_text (fixture, ENGRAM_NEURON_TYPE, "memory");
  g_autofree char *label_of_type = apply (fixture, to_type);

  g_assert_cmpstr (label, ==, "Change source data of neuron “Ä xons carry signals away from the cell b…”");
  g_assert_cmpstr (label_of_none, ==, "Change source data of neuron “" NEURON_2 "”");
  g_assert_cmpstr (label_of_type, ==, "Change type of neuron “" NEURON_2 "”");
}

static void
test_change_synapse (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramSynapse) before = edit_get_synapse (fixture, SYNAPSE_1);
  g_autoptr (EngramSynapse) after = engram_synapse_copy (before);
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (EngramEdit) edit = change_weight (fixture, SYNAPSE_1, -0.25);
  g_autoptr (EngramEdit) ends = engram_edit_new ();

  apply_and_go_back (fixture, edit, "Change weight of 1 synapse");
  stored = edit_get_synapse (fixture, SYNAPSE_1);
  g_assert_cmpfloat (stored->weight, ==, -0.25);
  g_assert_cmpint (engram_synapse_compare (stored, before), ==, ENGRAM_SYNAPSE_WEIGHT | ENGRAM_SYNAPSE_MODIFIED_AT);

  engram_synapse_set_text (after, ENGRAM_SYNAPSE_SOURCE, NEURON_3);
  engram_synapse_set_text (after, ENGRAM_SYNAPSE_TARGET, NEURON_3);
  engram_edit_change_synapse (ends, before, after);
  apply_and_go_back (fixture, ends, "Change both ends of 1 synapse");
}

static void
test_change_both (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_weight (fixture, SYNAPSE_1, 0.75);
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_1);
  g_autoptr (EngramNeuron) between = engram_neuron_copy (before);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);

  /* What is changed twice is changed from what it was first to what it is last. */
  engram_neuron_set_text (between, ENGRAM_NEURON_SOURCE_DATA, "between");
  engram_neuron_set_text (after, ENGRAM_NEURON_SOURCE_DATA, "after");
  engram_edit_change_neuron (edit, before, between);
  engram_edit_change_neuron (edit, between, after);
  apply_and_go_back (fixture, edit, "Change 1 neuron and 1 synapse");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE source_data='after'"), ==,
                   1);
}

/* What another program has put into the row and Engram cannot carry stays, and comes back. */
static void
test_change_odd (HistoryFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_3);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramEdit) nothing = engram_edit_new ();
  g_autoptr (EngramEdit) synapse = change_weight (fixture, SYNAPSE_2, 0.5);
  g_autofree char *label = NULL;

  engram_edit_change_neuron (nothing, before, after);
  label = apply (fixture, nothing);
  g_assert_null (label);
  engram_neuron_set_number (after, ENGRAM_NEURON_ACTIVATION_LEVEL, 0.5);
  engram_edit_change_neuron (edit, before, after);
  apply_and_go_back (fixture, edit, "Change activation level of neuron “���a”");
  apply_and_go_back (fixture, synapse, "Change weight of 1 synapse");
  g_assert_cmpint (history_fixture_get_number (fixture,
    "SELECT count(*) FROM neurons WHERE rowid=9 AND activation_level=0.5 AND hex(source_data)='FF00FE61'"
    " AND typeof(metadata)='blob' AND execution_count=9007199254740993 AND importance=3.0"), ==, 1);
}

static void
test_nothing (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramEdit) empty = engram_edit_new ();
  g_autofree char *path = test_version_1 (fixture->folder, "version 1.db");
  g_autofree char *hash = test_hash_file (path);
  g_autofree char *hash_after = NULL;
  g_autofree char *id = NULL;
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (GPtrArray) neurons = NULL;
  g_autoptr (EngramEdit) same = engram_edit_new ();
  g_auto (EngramEditResult) result = { 0 };
  g_autofree char *label = NULL;

  history_fixture_use (fixture, path);
  label = apply (fixture, empty);
  g_assert_null (label);
  store = engram_neuron_store_new (fixture->database);
  neurons = engram_neuron_store_list (store, 0, 5, NULL, NULL);
  for (guint i = 0; i < neurons->len; i++)
    engram_edit_change_neuron (same, neurons->pdata[i], neurons->pdata[i]);
  g_assert_true (engram_edit_apply (same, fixture->database, fixture->history, &result, NULL, NULL));
  g_assert_null (result.label);
  g_assert_cmpuint (result.neurons_changed, ==, 0);
  g_clear_object (&store);
  history_fixture_close (fixture);
  hash_after = test_hash_file (fixture->path);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_false (g_file_test (fixture->state, G_FILE_TEST_EXISTS));
}

/* Creating */

static void
test_create (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramEdit) synapse_edit = engram_edit_new ();
  g_autoptr (EngramNeuron) neuron = make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (NEW_ID, NEURON_1, 0.5, "knowledge");
  const float vector[] = { 1, 2, 3, 4 };

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"certainty\": 1}");
  engram_edit_create_neuron (edit, neuron);
  apply_and_go_back (fixture, edit, "Create neuron");
  stored = edit_get_neuron (fixture, NEW_ID);
  g_assert_cmpint (engram_neuron_compare (neuron, stored), ==, 0);
  engram_edit_create_synapse (synapse_edit, synapse);
  apply_and_go_back (fixture, synapse_edit, "Create synapse");
}

static void
test_create_together (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramNeuron) neuron = make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) renamed = engram_neuron_copy (neuron);
  g_autoptr (EngramNeuron) other = make_neuron (OTHER_ID);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (NEW_ID, OTHER_ID, 0.5, "knowledge");
  g_autoptr (EngramSynapse) before = edit_get_synapse (fixture, SYNAPSE_1);
  g_autoptr (EngramSynapse) after = engram_synapse_copy (before);
  g_autoptr (EngramEdit) led = engram_edit_new ();
  g_autoptr (EngramNeuron) third = engram_neuron_new ("memory");

  engram_edit_create_synapse (edit, synapse);
  engram_edit_create_neuron (edit, neuron);
  engram_edit_create_neuron (edit, other);
  /* It is still one that is new. */
  engram_neuron_set_text (renamed, ENGRAM_NEURON_SOURCE_DATA, "renamed");
  engram_edit_change_neuron (edit, neuron, renamed);
  apply_and_go_back (fixture, edit, "Create 2 neurons and 1 synapse");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE id='" NEW_ID
                                                        "' AND source_data='renamed'"), ==, 1);

  engram_edit_create_neuron (led, third);
  engram_synapse_set_text (after, ENGRAM_SYNAPSE_TARGET, third->id);
  engram_edit_change_synapse (led, before, after);
  apply_and_go_back (fixture, led, "Edit 1 neuron and 1 synapse");
}

static void
test_result (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_weight (fixture, SYNAPSE_1, 0.75);
  g_autoptr (EngramNeuron) neuron = make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) other = make_neuron (OTHER_ID);
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_1);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_auto (EngramEditResult) result = { 0 };

  engram_neuron_set_text (after, ENGRAM_NEURON_SOURCE_DATA, "after");
  engram_edit_create_neuron (edit, neuron);
  engram_edit_create_neuron (edit, other);
  engram_edit_change_neuron (edit, before, after);
  g_assert_true (engram_edit_apply (edit, fixture->database, NULL, &result, NULL, NULL));
  g_assert_cmpstr (result.label, ==, "Edit 3 neurons and 1 synapse");
  g_assert_cmpuint (result.neurons_created, ==, 2);
  g_assert_cmpuint (result.neurons_changed, ==, 1);
  g_assert_cmpuint (result.neurons_deleted, ==, 0);
  g_assert_cmpuint (result.synapses_created, ==, 0);
  g_assert_cmpuint (result.synapses_changed, ==, 1);
  g_assert_cmpuint (result.synapses_deleted, ==, 0);
  /* Without a history there is no step. */
  history_fixture_assert_list (fixture, "|");
}

/* Another program */

static void
test_merged (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");

  history_fixture_run_sql (fixture, "UPDATE neurons SET neuron_type='memory', importance=9, execution_count=5,"
                                    " position_x=50, modified_at='2099-01-01T00:00:00' WHERE id='" NEURON_2 "'");
  apply_and_go_back (fixture, edit, "Change source data of neuron “mine”");
  g_assert_cmpint (history_fixture_get_number (fixture,
    "SELECT count(*) FROM neurons WHERE id='" NEURON_2 "' AND neuron_type='memory' AND importance=9"
    " AND execution_count=5 AND position_x=50 AND source_data='mine'"), ==, 1);
}

/* Both have done the same. */
static void
test_agreed (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "ours");
  g_autofree char *label = NULL;

  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data='ours' WHERE id='" NEURON_2 "'");
  label = apply (fixture, edit);
  g_assert_null (label);
  history_fixture_assert_list (fixture, "|");
}

static void
test_changed_meanwhile (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (EngramEdit) text = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autoptr (EngramEdit) weight = change_weight (fixture, SYNAPSE_1, 0.9);
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_1);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_autoptr (EngramEdit) vector = engram_edit_new ();
  const float numbers[] = { 1, 2, 3, 4 };

  engram_neuron_set_vector (after, numbers, G_N_ELEMENTS (numbers));
  engram_edit_change_neuron (vector, before, after);
  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data='theirs' WHERE id='" NEURON_2 "';"
                                    "UPDATE neurons SET vector=x'0000803f0000803f0000803f0000803f' WHERE id='" NEURON_1
                                    "'; UPDATE synapses SET weight=0.8 WHERE id='" SYNAPSE_1 "'");
  assert_refused (fixture, text, ENGRAM_ERROR_CHANGED, NEURON_2, "source_data");
  assert_refused (fixture, weight, ENGRAM_ERROR_CHANGED, SYNAPSE_1, "weight");
  assert_refused (fixture, vector, ENGRAM_ERROR_CHANGED, NEURON_1, "vector");
}

/* What could not be read when the person began, and has been mended since. */
static void
test_mended_meanwhile (HistoryFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramNeuron) before = NULL;
  g_autoptr (EngramNeuron) after = NULL;
  const float numbers[] = { 1, 2, 3, 4 };

  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=x'0102030405' WHERE id='" NEURON_1 "'");
  before = edit_get_neuron (fixture, NEURON_1);
  after = engram_neuron_copy (before);
  engram_neuron_set_vector (after, numbers, G_N_ELEMENTS (numbers));
  engram_edit_change_neuron (edit, before, after);
  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=x'0000803f0000803f0000803f0000803f' WHERE id='" NEURON_1
                                    "'");
  assert_refused (fixture, edit, ENGRAM_ERROR_CHANGED, NEURON_1, "vector");
  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=x'0102030405' WHERE id='" NEURON_1 "'");
  g_free (apply (fixture, edit));
}

static void
test_deleted_meanwhile (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (EngramEdit) text = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autoptr (EngramEdit) weight = change_weight (fixture, SYNAPSE_1, 0.9);

  history_fixture_run_sql (fixture, "DELETE FROM neurons WHERE id='" NEURON_2 "';"
                                    "DELETE FROM synapses WHERE id='" SYNAPSE_1 "'");
  assert_refused (fixture, text, ENGRAM_ERROR_NOT_FOUND, NEURON_2, NULL);
  assert_refused (fixture, weight, ENGRAM_ERROR_NOT_FOUND, SYNAPSE_1, NULL);
}

static void
test_undo_refused (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autofree char *label = apply (fixture, edit);
  g_autoptr (GError) error = NULL;

  history_fixture_run_sql (fixture, "UPDATE neurons SET importance=77 WHERE id='" NEURON_2 "'");
  g_assert_false (engram_history_undo (fixture->history, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, NEURON_2));
  history_fixture_assert_list (fixture, "edit |");
}

static void
test_redo_branch (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (EngramEdit) first = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "first");
  g_autoptr (EngramEdit) second = NULL;
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;

  g_free (apply (fixture, first));
  history_fixture_undo (fixture);
  history_fixture_assert_list (fixture, "| edit");
  second = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "second");
  g_free (apply (fixture, second));
  history_fixture_assert_list (fixture, "edit |");
  /* It is still there for whoever opens the file next. */
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

/* What is refused */

static void
test_invalid (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramEdit) weight = change_weight (fixture, SYNAPSE_1, 1.5);
  g_autoptr (EngramEdit) no_number = change_weight (fixture, SYNAPSE_1, NAN);
  g_autoptr (EngramEdit) tags = change_text (fixture, ENGRAM_NEURON_SEMANTIC_TAGS, "{}");
  g_autoptr (EngramEdit) metadata = change_text (fixture, ENGRAM_NEURON_METADATA, "{");
  g_autoptr (EngramEdit) utf8 = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "\xff");
  g_autoptr (EngramEdit) id = change_text (fixture, ENGRAM_NEURON_ID, NEW_ID);
  g_autoptr (EngramEdit) no_type = change_text (fixture, ENGRAM_NEURON_TYPE, NULL);

  assert_refused (fixture, weight, ENGRAM_ERROR_INVALID, SYNAPSE_1, "weight");
  assert_refused (fixture, no_number, ENGRAM_ERROR_INVALID, SYNAPSE_1, "weight");
  assert_refused (fixture, tags, ENGRAM_ERROR_INVALID, NEURON_2, "semantic_tags");
  assert_refused (fixture, metadata, ENGRAM_ERROR_INVALID, NEURON_2, "metadata");
  assert_refused (fixture, utf8, ENGRAM_ERROR_INVALID, NEURON_2, "source_data");
  assert_refused (fixture, id, ENGRAM_ERROR_INVALID, NEURON_2, "id");
  assert_refused (fixture, no_type, ENGRAM_ERROR_INVALID, NEURON_2, "type");
}

static void
test_invalid_vector (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_autoptr (EngramNeuron) new = make_neuron (NEW_ID);
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramEdit) creation = engram_edit_new ();
  const float vector[] = { 1, 2, 3 };

  engram_neuron_set_vector (after, vector, G_N_ELEMENTS (vector));
  engram_edit_change_neuron (edit, before, after);
  assert_refused (fixture, edit, ENGRAM_ERROR_INVALID, NEURON_2, "vector");
  engram_neuron_set_vector (new, vector, G_N_ELEMENTS (vector));
  engram_edit_create_neuron (creation, new);
  assert_refused (fixture, creation, ENGRAM_ERROR_INVALID, NEW_ID, "vector");
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
  assert_refused (fixture, edit, ENGRAM_ERROR_NOT_FOUND, NEW_ID, "source_neuron_id");
  engram_edit_create_synapse (creation, new);
  assert_refused (fixture, creation, ENGRAM_ERROR_NOT_FOUND, NEW_ID, "target_neuron_id");
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
  g_autoptr (EngramNeuron) new = make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) taken = make_neuron (NEURON_1);
  g_autoptr (EngramNeuron) odd = make_neuron ("odd");
  g_autoptr (EngramNeuron) without = make_neuron (NULL);
  g_autoptr (EngramSynapse) synapse = edit_get_synapse (fixture, SYNAPSE_1);

  engram_edit_create_neuron (twice, new);
  engram_edit_create_neuron (twice, new);
  assert_refused (fixture, twice, ENGRAM_ERROR_EXISTS, NEW_ID, "id");
  engram_edit_create_neuron (known, taken);
  assert_refused (fixture, known, ENGRAM_ERROR_EXISTS, NEURON_1, "id");
  engram_edit_create_neuron (no_uuid, odd);
  assert_refused (fixture, no_uuid, ENGRAM_ERROR_INVALID, "odd", "id");
  engram_edit_create_neuron (none, without);
  assert_refused (fixture, none, ENGRAM_ERROR_INVALID, NULL, "id");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_ID, NULL);
  engram_edit_change_synapse (nameless, synapse, synapse);
  assert_refused (fixture, nameless, ENGRAM_ERROR_INVALID, NULL, "id");
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
  assert_refused (fixture, second, ENGRAM_ERROR_INVALID, NEURON_1, "id");
  before->rowid = 1;
  engram_edit_change_neuron (first, before, after);
  g_free (apply (fixture, first));
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT rowid FROM neurons WHERE neuron_type='memory'"), ==, 1);
}

/* All or nothing, also where the last of it is wrong only within the transaction. */
static void
test_all_or_nothing (HistoryFixture *fixture,
                     gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "good");
  g_autoptr (EngramNeuron) neuron = make_neuron (NEW_ID);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (NEW_ID, OTHER_ID, 0.5, "knowledge");

  engram_edit_create_neuron (edit, neuron);
  engram_edit_create_synapse (edit, synapse);
  assert_refused (fixture, edit, ENGRAM_ERROR_NOT_FOUND, OTHER_ID, "target_neuron_id");
}

static void
test_table_of_others (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autofree char *label = NULL;

  history_fixture_run_sql (fixture, "CREATE UNIQUE INDEX texts ON neurons (source_data);"
                                    "CREATE TABLE notes (text REFERENCES neurons (source_data) ON UPDATE CASCADE);"
                                    "INSERT INTO notes VALUES ('text 2')");
  assert_refused (fixture, edit, ENGRAM_ERROR_INVALID, NULL, NULL);
  history_fixture_run_sql (fixture, "DELETE FROM notes");
  label = apply (fixture, edit);
  g_assert_nonnull (label);
}

static void
test_trigger (HistoryFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autoptr (EngramNeuron) neuron = make_neuron (NEW_ID);

  history_fixture_run_sql (fixture,
    "CREATE TRIGGER update_trap AFTER UPDATE ON neurons BEGIN DELETE FROM experiments; END;"
    "CREATE TRIGGER insert_trap AFTER INSERT ON neurons BEGIN DELETE FROM experiments; END");
  engram_edit_create_neuron (edit, neuron);
  apply_and_go_back (fixture, edit, "Edit 2 neurons");
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
  label = apply (fixture, edit);
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
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  EngramConnection *writer = engram_database_begin_write (second, NULL, NULL);
  g_autofree char *label = NULL;

  g_assert_nonnull (writer);
  assert_refused (fixture, edit, ENGRAM_ERROR_BUSY, NULL, NULL);
  engram_database_end_write (second, writer, FALSE, NULL);
  /* The same edit can be tried again. */
  label = apply (fixture, edit);
  g_assert_cmpstr (label, ==, "Change source data of neuron “mine”");
}

static void
test_read_only (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "link.db", NULL);
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");

  history_fixture_close (fixture);
  g_assert_cmpint (link (fixture->path, other), ==, 0);
  history_fixture_open (fixture);
  assert_refused (fixture, edit, ENGRAM_ERROR_READ_ONLY, NULL, NULL);
}

static void
test_cancelled (HistoryFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
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
  g_autoptr (EngramEdit) edit = change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
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

  ADD ("change-neuron", test_change_neuron);
  ADD ("change-several", test_change_several);
  ADD ("labels-of-neurons", test_labels_of_neurons);
  ADD ("labels-are-short", test_labels_are_short);
  ADD ("change-synapse", test_change_synapse);
  ADD ("change-both", test_change_both);
  ADD ("change-odd", test_change_odd);
  ADD ("nothing", test_nothing);
  ADD ("create", test_create);
  ADD ("create-together", test_create_together);
  ADD ("result", test_result);
  ADD ("merged", test_merged);
  ADD ("agreed", test_agreed);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("mended-meanwhile", test_mended_meanwhile);
  ADD ("deleted-meanwhile", test_deleted_meanwhile);
  ADD ("undo-refused", test_undo_refused);
  ADD ("redo-branch", test_redo_branch);
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
