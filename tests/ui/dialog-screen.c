/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialog-screen.h"

#include <glib/gstdio.h>
#include <string.h>

static void
note_job (DialogScreen *self,
          EngramJob    *job)
{
  g_ptr_array_add (self->jobs, g_object_ref (job));
}

static void
note_done (EngramSession *session,
           const char    *label,
           gboolean       undoable,
           DialogScreen  *self)
{
  g_ptr_array_add (self->told, g_strdup (label));
}

static void
note_failed (DialogScreen *self)
{
  self->n_failed++;
}

static void
note_change (DialogScreen *self)
{
  self->has_changed = TRUE;
}

static void
note_shown (DialogScreen *self,
            guint         kind)
{
  self->shown_kind = (int) kind;
}

void
dialog_screen_begin (DialogScreen *self,
                     UiFixture    *fixture)
{
  *self = (DialogScreen) { .fixture = fixture, .shown_kind = -1 };
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->told = g_ptr_array_new_with_free_func (g_free);
  self->session = engram_session_new (fixture->database);
  engram_session_set_active (self->session, TRUE);
  g_signal_connect_swapped (self->session, "job-added", G_CALLBACK (note_job), self);
  g_signal_connect (self->session, "done", G_CALLBACK (note_done), self);
  g_signal_connect_swapped (self->session, "failed", G_CALLBACK (note_failed), self);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (note_change), self);
  g_signal_connect_swapped (self->session, "show", G_CALLBACK (note_shown), self);
  self->parent = widget_test_show (gtk_label_new ("Parent"), 300, 200);
}

static void
let_go_of_dialog (DialogScreen *self)
{
  if (self->dialog != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  self->dialog = NULL;
}

void
dialog_screen_take (DialogScreen *self,
                    GType         type)
{
  let_go_of_dialog (self);
  self->dialog = engram_dialog_find (self->parent, type);
  g_assert_nonnull (self->dialog);
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
}

static void
close_session (DialogScreen *self)
{
  if (self->session == NULL)
    return;
  engram_session_close (self->session);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  /* They keep the network open. */
  g_ptr_array_set_size (self->jobs, 0);
}

void
dialog_screen_lose_network (DialogScreen *self)
{
  static const char * const suffixes[] = { "", "-wal", "-shm" };

  close_session (self);
  ui_fixture_close_network (self->fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->fixture->path, suffixes[i], NULL);

      g_unlink (name);
    }
}

void
dialog_screen_close (DialogScreen *self)
{
  GtkWindow *dialog = GTK_WINDOW (self->dialog);

  let_go_of_dialog (self);
  if (dialog != NULL)
    gtk_window_destroy (dialog);
  gtk_window_destroy (self->parent);
  close_session (self);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->told);
  g_free (self->other);
  ui_fixture_free (self->fixture);
}

EngramJob *
dialog_screen_find_job (DialogScreen *self,
                        const char   *title)
{
  for (guint i = self->jobs->len; i > 0; i--)
    {
      EngramJob *job = g_ptr_array_index (self->jobs, i - 1);

      if (g_str_has_prefix (engram_job_get_title (job), title))
        return job;
    }
  return NULL;
}

void
dialog_screen_await_job (DialogScreen *self)
{
  wait_until (engram_dialog_get_job (self->dialog) == NULL);
  widget_test_draw (GTK_WIDGET (self->dialog));
}

gboolean
dialog_screen_is_at (DialogScreen *self,
                     const char   *page)
{
  return engram_dialog_get_job (self->dialog) == NULL &&
         g_strcmp0 (engram_dialog_get_page (self->dialog), page) == 0;
}

gboolean
dialog_screen_shows (DialogScreen *self,
                     const char   *text)
{
  g_autofree char *shown = widget_test_dup_text (self->dialog);

  return strstr (shown, text) != NULL;
}

gpointer
dialog_find_button (gpointer    widget,
                    const char *label)
{
  gpointer found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = dialog_find_button (child, label);
  return found;
}

gboolean
dialog_screen_can_click (DialogScreen *self,
                         const char   *label)
{
  GtkWidget *button = dialog_find_button (self->dialog, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
dialog_screen_click (DialogScreen *self,
                     const char   *label)
{
  wait_until (dialog_screen_can_click (self, label));
  g_signal_emit_by_name (dialog_find_button (self->dialog, label), "clicked");
}

static GtkSwitch *
find_switch (gpointer    widget,
             const char *title)
{
  GtkSwitch *found = NULL;

  if (ADW_IS_ACTION_ROW (widget) && g_str_equal (adw_preferences_row_get_title (widget), title))
    return GTK_SWITCH (adw_action_row_get_activatable_widget (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_switch (child, title);
  return found;
}

GtkSwitch *
dialog_screen_find_switch (DialogScreen *self,
                           const char   *title)
{
  return find_switch (self->dialog, title);
}

GtkWidget *
dialog_find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }
  return NULL;
}

char *
dialog_screen_dup_hash (DialogScreen *self)
{
  g_autoptr (GError) error = NULL;
  char *text = engram_content_hash (self->fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return text;
}

guint64
dialog_screen_count (DialogScreen     *self,
                     EngramRecordKind  kind)
{
  guint64 count = 0;
  g_autoptr (GError) error = NULL;

  if (kind == ENGRAM_RECORD_NEURON)
    engram_neuron_store_count (self->fixture->neurons, &count, NULL, &error);
  else
    engram_synapse_store_count (self->fixture->synapses, &count, NULL, &error);
  g_assert_no_error (error);
  return count;
}

UiFixture *
dialog_open_damaged (const char *name)
{
  g_autofree char *path = g_build_filename ("damaged", name, NULL);

  return ui_fixture_new_shared (path);
}
