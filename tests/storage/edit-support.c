/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit-support.h"

EngramNeuron *
edit_get_neuron (HistoryFixture *fixture,
                 const char     *id)
{
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (fixture->database);
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_store_get (store, id, NULL, &error);

  g_assert_no_error (error);
  return neuron;
}

EngramSynapse *
edit_get_synapse (HistoryFixture *fixture,
                  const char     *id)
{
  g_autoptr (EngramSynapseStore) store = engram_synapse_store_new (fixture->database);
  g_autoptr (GError) error = NULL;
  EngramSynapse *synapse = engram_synapse_store_get (store, id, NULL, &error);

  g_assert_no_error (error);
  return synapse;
}

static void
assert_newest_step (HistoryFixture *fixture,
                    const char     *name,
                    const char     *label)
{
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GError) error = NULL;
  const EngramHistoryStep *step;

  engram_history_get_steps (fixture->history, &undo, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undo->len, >, 0);
  step = g_ptr_array_index (undo, 0);
  g_assert_cmpstr (step->name, ==, name);
  g_assert_cmpstr (step->label, ==, label);
}

static char *
get_content_hash (HistoryFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *hash = engram_content_hash (fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return hash;
}

void
edit_go_back_and_forth (HistoryFixture *fixture,
                        const char     *before,
                        const char     *name,
                        const char     *label)
{
  g_autofree char *after = history_fixture_dump (fixture);
  g_autofree char *hash = get_content_hash (fixture);

  g_assert_cmpstr (before, !=, after);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;
      g_autofree char *hash_of_undone = NULL;
      g_autofree char *hash_of_redone = NULL;

      assert_newest_step (fixture, name, label);
      history_fixture_undo (fixture);
      undone = history_fixture_dump (fixture);
      assert_same_dump (before, undone);
      hash_of_undone = get_content_hash (fixture);
      g_assert_cmpstr (hash, !=, hash_of_undone);
      history_fixture_redo (fixture);
      redone = history_fixture_dump (fixture);
      assert_same_dump (after, redone);
      hash_of_redone = get_content_hash (fixture);
      g_assert_cmpstr (hash, ==, hash_of_redone);
    }
}

void
edit_assert_untouched (HistoryFixture *fixture,
                       const char     *dump,
                       const char     *list)
{
  g_autofree char *now = history_fixture_dump (fixture);

  assert_same_dump (dump, now);
  history_fixture_assert_list (fixture, list);
}

char *
edit_apply (HistoryFixture *fixture,
            EngramEdit     *edit)
{
  g_auto (EngramEditResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  engram_edit_apply (edit, fixture->database, fixture->history, &result, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&result.label);
}

void
edit_apply_and_go_back (HistoryFixture *fixture,
                        EngramEdit     *edit,
                        const char     *label)
{
  g_autofree char *before = history_fixture_dump (fixture);
  g_autofree char *done = edit_apply (fixture, edit);

  g_assert_cmpstr (done, ==, label);
  edit_go_back_and_forth (fixture, before, "edit", label);
}

void
edit_assert_refused (HistoryFixture *fixture,
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

EngramEdit *
edit_change_text (HistoryFixture      *fixture,
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

EngramEdit *
edit_change_weight (HistoryFixture *fixture,
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

EngramNeuron *
edit_make_neuron (const char *id)
{
  EngramNeuron *neuron = engram_neuron_new ("knowledge");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  return neuron;
}
