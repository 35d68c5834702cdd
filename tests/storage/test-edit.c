/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#define ADD(name, function) ADD_HISTORY_TEST ("/edit/" name, function)

/* Changing */

static void
test_change_neuron (HistoryFixture *fixture,
                    gconstpointer   data)
{
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_2);
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "Axons carry\n signals");
  g_autoptr (EngramNeuron) stored = NULL;

  edit_apply_and_go_back (fixture, edit, "Change source data of neuron “Axons carry signals”");
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
  edit_apply_and_go_back (fixture, edit, "Edit neuron “text 2”");
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
  edit_apply_and_go_back (fixture, one, "Move neuron “text 1”");
  history_fixture_undo (fixture);
  engram_edit_change_neuron (two, first, moved);
  engram_edit_change_neuron (two, second, moved_too);
  edit_apply_and_go_back (fixture, two, "Move 2 neurons");
  history_fixture_undo (fixture);
  engram_edit_change_neuron (mixed, first, moved);
  engram_edit_change_neuron (mixed, second, other);
  label = edit_apply (fixture, mixed);
  g_assert_cmpstr (label, ==, "Change 2 neurons");
}

/* A neuron's text may be a book, or not be there. */
static void
test_labels_are_short (HistoryFixture *fixture,
                       gconstpointer   data)
{
  const char *text = "  Ä xons carry signals away from the cell body, %s dendrites";
  g_autoptr (EngramEdit) to_long = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, text);
  g_autofree char *label = edit_apply (fixture, to_long);
  g_autoptr (EngramEdit) to_none = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, NULL);
  g_autofree char *label_of_none = edit_apply (fixture, to_none);
  g_autoptr (EngramEdit) to_type = edit_change_text (fixture, ENGRAM_NEURON_TYPE, "memory");
  g_autofree char *label_of_type = edit_apply (fixture, to_type);

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
  g_autoptr (EngramEdit) edit = edit_change_weight (fixture, SYNAPSE_1, -0.25);
  g_autoptr (EngramEdit) ends = engram_edit_new ();

  edit_apply_and_go_back (fixture, edit, "Change weight of 1 synapse");
  stored = edit_get_synapse (fixture, SYNAPSE_1);
  g_assert_cmpfloat (stored->weight, ==, -0.25);
  g_assert_cmpint (engram_synapse_compare (stored, before), ==, ENGRAM_SYNAPSE_WEIGHT | ENGRAM_SYNAPSE_MODIFIED_AT);

  engram_synapse_set_text (after, ENGRAM_SYNAPSE_SOURCE, NEURON_3);
  engram_synapse_set_text (after, ENGRAM_SYNAPSE_TARGET, NEURON_3);
  engram_edit_change_synapse (ends, before, after);
  edit_apply_and_go_back (fixture, ends, "Change both ends of 1 synapse");
}

static void
test_change_both (HistoryFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_weight (fixture, SYNAPSE_1, 0.75);
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_1);
  g_autoptr (EngramNeuron) between = engram_neuron_copy (before);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);

  /* What is changed twice is changed from what it was first to what it is last. */
  engram_neuron_set_text (between, ENGRAM_NEURON_SOURCE_DATA, "between");
  engram_neuron_set_text (after, ENGRAM_NEURON_SOURCE_DATA, "after");
  engram_edit_change_neuron (edit, before, between);
  engram_edit_change_neuron (edit, between, after);
  edit_apply_and_go_back (fixture, edit, "Change 1 neuron and 1 synapse");
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
  g_autoptr (EngramEdit) synapse = edit_change_weight (fixture, SYNAPSE_2, 0.5);
  g_autofree char *label = NULL;

  engram_edit_change_neuron (nothing, before, after);
  label = edit_apply (fixture, nothing);
  g_assert_null (label);
  engram_neuron_set_number (after, ENGRAM_NEURON_ACTIVATION_LEVEL, 0.5);
  engram_edit_change_neuron (edit, before, after);
  edit_apply_and_go_back (fixture, edit, "Change activation level of neuron “���a”");
  edit_apply_and_go_back (fixture, synapse, "Change weight of 1 synapse");
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
  label = edit_apply (fixture, empty);
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
  g_autoptr (EngramNeuron) neuron = edit_make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) stored = NULL;
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (NEW_ID, NEURON_1, 0.5, "knowledge");
  const float vector[] = { 1, 2, 3, 4 };

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"certainty\": 1}");
  engram_edit_create_neuron (edit, neuron);
  edit_apply_and_go_back (fixture, edit, "Create neuron");
  stored = edit_get_neuron (fixture, NEW_ID);
  g_assert_cmpint (engram_neuron_compare (neuron, stored), ==, 0);
  engram_edit_create_synapse (synapse_edit, synapse);
  edit_apply_and_go_back (fixture, synapse_edit, "Create synapse");
}

static void
test_create_together (HistoryFixture *fixture,
                      gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = engram_edit_new ();
  g_autoptr (EngramNeuron) neuron = edit_make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) renamed = engram_neuron_copy (neuron);
  g_autoptr (EngramNeuron) other = edit_make_neuron (OTHER_ID);
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
  edit_apply_and_go_back (fixture, edit, "Create 2 neurons and 1 synapse");
  g_assert_cmpint (history_fixture_get_number (fixture, "SELECT count(*) FROM neurons WHERE id='" NEW_ID
                                                        "' AND source_data='renamed'"), ==, 1);

  engram_edit_create_neuron (led, third);
  engram_synapse_set_text (after, ENGRAM_SYNAPSE_TARGET, third->id);
  engram_edit_change_synapse (led, before, after);
  edit_apply_and_go_back (fixture, led, "Edit 1 neuron and 1 synapse");
}

static void
test_result (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_weight (fixture, SYNAPSE_1, 0.75);
  g_autoptr (EngramNeuron) neuron = edit_make_neuron (NEW_ID);
  g_autoptr (EngramNeuron) other = edit_make_neuron (OTHER_ID);
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
  return g_test_run ();
}
