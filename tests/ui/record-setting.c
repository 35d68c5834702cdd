/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record-setting.h"

RecordSetting
record_set_up (gconstpointer data,
               guint         n_records)
{
  RecordSetting self = { NULL, GPOINTER_TO_UINT (data), NULL };

  self.fixture = ui_fixture_new (self.kind == ENGRAM_RECORD_NEURON ? n_records : n_records + 1);
  if (self.kind == ENGRAM_RECORD_SYNAPSE)
    record_add_synapses (self.fixture, n_records);
  self.model = record_open (self.fixture, self.kind);
  return self;
}

void
record_tear_down (RecordSetting *self)
{
  g_clear_object (&self->model);
  g_clear_pointer (&self->fixture, ui_fixture_free);
}

char *
record_dup_expected (const RecordSetting *self,
                     guint                number)
{
  return self->kind == ENGRAM_RECORD_NEURON ? g_strdup_printf ("Neuron %u", number)
                                            : g_strdup_printf ("Neuron %u > Neuron %u", number, number + 1);
}

char *
record_dup_id (const RecordSetting *self,
               guint                number)
{
  return self->kind == ENGRAM_RECORD_NEURON ? ui_fixture_dup_id (number) : record_dup_synapse_id (number);
}

void
record_assert (const RecordSetting *self,
               guint                position,
               guint                number)
{
  g_autofree char *expected = record_dup_expected (self, number);
  g_autofree char *text = record_dup_text (self->model, position);

  g_assert_cmpstr (text, ==, expected);
}

void
record_delete (const RecordSetting *self,
               guint                number)
{
  g_autofree char *id = record_dup_id (self, number);
  g_autoptr (GError) error = NULL;

  if (self->kind == ENGRAM_RECORD_NEURON)
    engram_neuron_store_delete (self->fixture->neurons, id, NULL, NULL, &error);
  else
    engram_synapse_store_delete (self->fixture->synapses, id, NULL, &error);
  g_assert_no_error (error);
}

char *
record_add (const RecordSetting *self)
{
  g_autoptr (EngramSynapse) synapse = NULL;
  g_autofree char *neuron = ui_fixture_dup_id (0);
  g_autoptr (GError) error = NULL;

  if (self->kind == ENGRAM_RECORD_NEURON)
    return ui_fixture_add (self->fixture, "A new one");
  synapse = engram_synapse_new (neuron, neuron, 0.5, "knowledge");
  engram_synapse_store_create (self->fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (synapse->id);
}

void
record_change (const RecordSetting *self,
               guint                number,
               double               value)
{
  g_autofree char *id = record_dup_id (self, number);
  g_autoptr (GError) error = NULL;

  if (self->kind == ENGRAM_RECORD_NEURON)
    {
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (self->fixture->neurons, id, NULL, &error);

      g_assert_no_error (error);
      neuron->activation_level = value;
      engram_neuron_store_update (self->fixture->neurons, neuron, NULL, &error);
    }
  else
    {
      g_autoptr (EngramSynapse) synapse = engram_synapse_store_get (self->fixture->synapses, id, NULL, &error);

      g_assert_no_error (error);
      synapse->weight = value;
      engram_synapse_store_update (self->fixture->synapses, synapse, NULL, &error);
    }
  g_assert_no_error (error);
}

EngramSortKey
record_get_key (const RecordSetting *self)
{
  return self->kind == ENGRAM_RECORD_NEURON ? ENGRAM_SORT_ACTIVATION : ENGRAM_SORT_WEIGHT;
}

void
record_note_change (GListModel *model,
                    guint       position,
                    guint       removed,
                    guint       added,
                    GString    *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, removed, added);
}

void
record_add_both (const char    *name,
                 GTestDataFunc  function)
{
  g_autofree char *neurons = g_strdup_printf ("/record-model/%s/neurons", name);
  g_autofree char *synapses = g_strdup_printf ("/record-model/%s/synapses", name);

  g_test_add_data_func (neurons, GUINT_TO_POINTER (ENGRAM_RECORD_NEURON), function);
  g_test_add_data_func (synapses, GUINT_TO_POINTER (ENGRAM_RECORD_SYNAPSE), function);
}
