/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-fixture.h"

static UiFixture *
fixture_new (void)
{
  UiFixture *self = g_new0 (UiFixture, 1);

  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "network.db", NULL);
  return self;
}

static void
fixture_open (UiFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->database = engram_database_open (self->path, NULL, &error);
  g_assert_no_error (error);
  self->neurons = engram_neuron_store_new (self->database);
  self->synapses = engram_synapse_store_new (self->database);
}

char *
ui_fixture_dup_id (guint number)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012x", number);
}

static EngramNeuron *
neuron_new (guint number)
{
  EngramNeuron *neuron = engram_neuron_new (number % 7 == 3 ? "tool" : "knowledge");
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autofree char *text = g_strdup_printf ("Neuron %u", number);

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  return neuron;
}

UiFixture *
ui_fixture_new (guint n_neurons)
{
  UiFixture *self = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNetworkWriter) writer = engram_network_writer_new (self->path, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_neurons; i++)
    {
      g_autoptr (EngramNeuron) neuron = neuron_new (i);

      engram_network_writer_add_neuron (writer, neuron, &error);
      g_assert_no_error (error);
    }
  engram_network_writer_finish (writer, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_open (self);
  return self;
}

UiFixture *
ui_fixture_new_generated (const EngramGeneratorOptions *options)
{
  UiFixture *self = fixture_new ();
  g_autoptr (GError) error = NULL;

  engram_generate (self->path, options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture_open (self);
  return self;
}

UiFixture *
ui_fixture_new_shared (const char *name)
{
  g_autofree char *shared = test_shared_data (name);
  UiFixture *self;

  if (shared == NULL)
    return NULL;
  self = fixture_new ();
  test_copy_file (shared, self->path);
  fixture_open (self);
  return self;
}

/* In the thread that let go last, once the database is closed: weak references would be told before. */
static void
note_closed (gpointer data)
{
  g_atomic_int_set ((int *) data, TRUE);
  g_main_context_wakeup (NULL);
}

void
ui_fixture_close_network (UiFixture *self)
{
  int closed = FALSE;

  if (self->database == NULL)
    return;
  g_object_set_data_full (G_OBJECT (self->database), "test-closed", &closed, note_closed);
  g_clear_object (&self->neurons);
  g_clear_object (&self->synapses);
  g_clear_object (&self->database);
  wait_until (g_atomic_int_get (&closed));
}

void
ui_fixture_move (UiFixture   *self,
                 const char  *folder,
                 void       (*prepare) (const char *folder))
{
  g_autofree char *path = g_build_filename (folder, "network.db", NULL);

  ui_fixture_close_network (self);
  test_copy_file (self->path, path);
  g_free (self->path);
  self->path = g_steal_pointer (&path);
  if (prepare != NULL)
    prepare (folder);
  fixture_open (self);
}

void
ui_fixture_free (UiFixture *self)
{
  ui_fixture_close_network (self);
  test_folder_free (self->folder);
  g_free (self->path);
  g_free (self);
}

char *
ui_fixture_add (UiFixture  *self,
                const char *text)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  engram_neuron_store_create (self->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (neuron->id);
}

void
ui_fixture_join (UiFixture *self,
                 guint      source,
                 guint      target,
                 double     weight)
{
  g_autofree char *source_id = ui_fixture_dup_id (source), *target_id = ui_fixture_dup_id (target);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source_id, target_id, weight, "knowledge");
  g_autoptr (GError) error = NULL;

  engram_synapse_store_create (self->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
}
