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
