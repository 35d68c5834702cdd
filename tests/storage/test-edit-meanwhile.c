/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

#include <string.h>

#define ADD(name, function) ADD_HISTORY_TEST ("/edit/" name, function)

/* Another program */

static void
test_merged (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");

  history_fixture_run_sql (fixture, "UPDATE neurons SET neuron_type='memory', importance=9, execution_count=5,"
                                    " position_x=50, modified_at='2099-01-01T00:00:00' WHERE id='" NEURON_2 "'");
  edit_apply_and_go_back (fixture, edit, "Change source data of neuron “mine”");
  g_assert_cmpint (history_fixture_get_number (fixture,
    "SELECT count(*) FROM neurons WHERE id='" NEURON_2 "' AND neuron_type='memory' AND importance=9"
    " AND execution_count=5 AND position_x=50 AND source_data='mine'"), ==, 1);
}

/* Both have done the same. */
static void
test_agreed (HistoryFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "ours");
  g_autofree char *label = NULL;

  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data='ours' WHERE id='" NEURON_2 "'");
  label = edit_apply (fixture, edit);
  g_assert_null (label);
  history_fixture_assert_list (fixture, "|");
}

static void
test_changed_meanwhile (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (EngramEdit) text = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autoptr (EngramEdit) weight = edit_change_weight (fixture, SYNAPSE_1, 0.9);
  g_autoptr (EngramNeuron) before = edit_get_neuron (fixture, NEURON_1);
  g_autoptr (EngramNeuron) after = engram_neuron_copy (before);
  g_autoptr (EngramEdit) vector = engram_edit_new ();
  const float numbers[] = { 1, 2, 3, 4 };

  engram_neuron_set_vector (after, numbers, G_N_ELEMENTS (numbers));
  engram_edit_change_neuron (vector, before, after);
  history_fixture_run_sql (fixture, "UPDATE neurons SET source_data='theirs' WHERE id='" NEURON_2 "';"
                                    "UPDATE neurons SET vector=x'0000803f0000803f0000803f0000803f' WHERE id='" NEURON_1
                                    "'; UPDATE synapses SET weight=0.8 WHERE id='" SYNAPSE_1 "'");
  edit_assert_refused (fixture, text, ENGRAM_ERROR_CHANGED, NEURON_2, "source_data");
  edit_assert_refused (fixture, weight, ENGRAM_ERROR_CHANGED, SYNAPSE_1, "weight");
  edit_assert_refused (fixture, vector, ENGRAM_ERROR_CHANGED, NEURON_1, "vector");
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
  edit_assert_refused (fixture, edit, ENGRAM_ERROR_CHANGED, NEURON_1, "vector");
  history_fixture_run_sql (fixture, "UPDATE neurons SET vector=x'0102030405' WHERE id='" NEURON_1 "'");
  g_free (edit_apply (fixture, edit));
}

static void
test_deleted_meanwhile (HistoryFixture *fixture,
                        gconstpointer   data)
{
  g_autoptr (EngramEdit) text = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autoptr (EngramEdit) weight = edit_change_weight (fixture, SYNAPSE_1, 0.9);

  history_fixture_run_sql (fixture, "DELETE FROM neurons WHERE id='" NEURON_2 "';"
                                    "DELETE FROM synapses WHERE id='" SYNAPSE_1 "'");
  edit_assert_refused (fixture, text, ENGRAM_ERROR_NOT_FOUND, NEURON_2, NULL);
  edit_assert_refused (fixture, weight, ENGRAM_ERROR_NOT_FOUND, SYNAPSE_1, NULL);
}

static void
test_undo_refused (HistoryFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (EngramEdit) edit = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "mine");
  g_autofree char *label = edit_apply (fixture, edit);
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
  g_autoptr (EngramEdit) first = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "first");
  g_autoptr (EngramEdit) second = NULL;
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *after = NULL;

  g_free (edit_apply (fixture, first));
  history_fixture_undo (fixture);
  history_fixture_assert_list (fixture, "| edit");
  second = edit_change_text (fixture, ENGRAM_NEURON_SOURCE_DATA, "second");
  g_free (edit_apply (fixture, second));
  history_fixture_assert_list (fixture, "edit |");
  /* It is still there for whoever opens the file next. */
  history_fixture_close (fixture);
  history_fixture_open (fixture);
  history_fixture_undo (fixture);
  after = history_fixture_dump (fixture);
  assert_same_dump (before, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("merged", test_merged);
  ADD ("agreed", test_agreed);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("mended-meanwhile", test_mended_meanwhile);
  ADD ("deleted-meanwhile", test_deleted_meanwhile);
  ADD ("undo-refused", test_undo_refused);
  ADD ("redo-branch", test_redo_branch);
  return g_test_run ();
}
