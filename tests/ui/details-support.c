/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details-support.h"

static void
note_activate (DetailsScreen    *screen,
               EngramRecordKind  kind,
               const char       *id)
{
  g_free (screen->activated);
  screen->activated = g_strdup (id);
}

static void
note_done (DetailsScreen *screen)
{
  screen->n_done++;
}

static gboolean
is_busy (DetailsScreen *screen)
{
  gboolean busy;

  g_object_get (screen->session, "busy", &busy, NULL);
  return busy;
}

void
details_open (DetailsScreen *screen,
              UiFixture     *fixture)
{
  *screen = (DetailsScreen) { .fixture = fixture, .session = engram_session_new (fixture->database) };
  g_signal_connect_swapped (screen->session, "activate", G_CALLBACK (note_activate), screen);
  g_signal_connect_swapped (screen->session, "done", G_CALLBACK (note_done), screen);
  wait_until (!is_busy (screen));
  screen->pane = ENGRAM_DETAILS_PANE (engram_details_pane_new ());
  engram_details_pane_set_session (screen->pane, screen->session);
  screen->window = widget_test_show (GTK_WIDGET (screen->pane), 400, 900);
}

void
details_close (DetailsScreen *screen)
{
  engram_details_pane_set_session (screen->pane, NULL);
  gtk_window_destroy (screen->window);
  g_signal_handlers_disconnect_by_data (screen->session, screen);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_free (screen->activated);
  ui_fixture_free (screen->fixture);
}

void
details_await (DetailsScreen *screen)
{
  wait_until (!engram_details_pane_get_loading (screen->pane));
  widget_test_draw (GTK_WIDGET (screen->pane));
}

void
details_show (DetailsScreen *screen,
              const char    *id)
{
  engram_details_pane_show (screen->pane, ENGRAM_RECORD_NEURON, id);
  details_await (screen);
}

void
details_edit (DetailsScreen *screen,
              const char    *id)
{
  engram_session_set_editing (screen->session, TRUE);
  details_show (screen, id);
}

EngramFieldEditor *
details_get_editor (DetailsScreen *screen,
                    const char    *name)
{
  EngramRecordEditor *editor = widget_test_find (screen->pane, ENGRAM_TYPE_RECORD_EDITOR);
  EngramFieldEditor *field;

  g_assert_nonnull (editor);
  field = engram_record_editor_find (editor, name);
  if (field == NULL)
    g_error ("There is no editor of “%s”", name);
  return field;
}

GtkWidget *
details_get_input (DetailsScreen *screen,
                   const char    *name)
{
  EngramFieldEditor *editor = details_get_editor (screen, name);

  return engram_field_control_get_input (widget_test_find (editor, ENGRAM_TYPE_FIELD_CONTROL));
}

void
details_type (DetailsScreen *screen,
              const char    *name,
              const char    *text)
{
  GtkWidget *input = details_get_input (screen, name);

  if (GTK_IS_TEXT_VIEW (input))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (input), text);
}

EngramNeuron *
details_read_neuron (DetailsScreen *screen,
                     const char    *id)
{
  g_autoptr (GError) error = NULL;
  EngramNeuron *neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);

  g_assert_no_error (error);
  return neuron;
}

void
details_save (DetailsScreen *screen,
              const char    *name)
{
  guint n_done = screen->n_done;

  engram_field_editor_commit (details_get_editor (screen, name));
  wait_until (screen->n_done > n_done && !engram_field_editor_is_dirty (details_get_editor (screen, name)));
  details_await (screen);
}

void
details_type_and_save (DetailsScreen *screen,
                       const char    *name,
                       const char    *text)
{
  details_type (screen, name, text);
  details_save (screen, name);
}

char *
details_add_neuron (DetailsScreen *screen,
                    const char    *type_name)
{
  static const float vector[] = { 0.5f, -0.25f, 0, 0.125f };
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (type_name);
  g_autoptr (GError) error = NULL;

  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "A text");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"habitat\": [\"pond\"]}");
  neuron->position[0] = 0.1;
  engram_neuron_store_create (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (neuron->id);
}

void
details_change_outside (DetailsScreen       *screen,
                        const char          *id,
                        EngramNeuronColumns  column,
                        const char          *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) other = engram_database_open (screen->fixture->path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = engram_neuron_store_new (other);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (store, id, NULL, &error);

  g_assert_no_error (error);
  engram_neuron_set_text (neuron, column, text);
  engram_neuron_store_update (store, neuron, NULL, &error);
  g_assert_no_error (error);
}
