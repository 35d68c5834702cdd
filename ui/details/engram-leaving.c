/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-leaving.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _EngramLeaving
{
  EngramRecordView *view;
  EngramRecordEditor *editor;
  EngramLeavingFunc func;
  gpointer user_data;
  GtkWindow *dialog; /* or NULL */
};

static void
response_cb (EngramLeaving *self,
             const char    *response)
{
  EngramFieldEditor *unsaved = engram_record_editor_get_unsaved (self->editor);
  gboolean discard = g_str_equal (response, "discard");

  /* It closes by itself. */
  g_signal_handlers_disconnect_by_data (self->dialog, self);
  self->dialog = NULL;
  if (discard)
    {
      engram_record_editor_discard (self->editor);
      engram_record_view_discard_synapse (self->view);
    }
  else if (unsaved != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (unsaved));
    }
  else if (engram_record_view_get_typed_synapse (self->view) != NULL)
    {
      gtk_widget_grab_focus (engram_record_view_get_typed_synapse (self->view));
    }
  self->func (discard, self->user_data);
}

static char *
describe (EngramFieldEditor *unsaved)
{
  const char *title = engram_field_editor_get_title (unsaved);
  const char *problem = engram_field_editor_get_problem (unsaved);

  if (problem != NULL)
    /* Translators: the name of a field, then a sentence about what is wrong with it. */
    return g_strdup_printf (_("What you have typed for “%s” cannot be saved. %s"), title, problem);
  if (engram_field_editor_has_conflict (unsaved))
    /* Translators: the name of a field. */
    return g_strdup_printf (_("What you have typed for “%s” was not saved: another program has changed it "
                              "meanwhile."), title);
  /* Translators: the name of a field. */
  return g_strdup_printf (_("What you have typed for “%s” was not saved."), title);
}

static void
ask (EngramLeaving *self,
     const char    *body)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->editor));
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                _("Discard What You Have Typed?"), body));

  adw_message_dialog_add_responses (dialog, "keep", _("_Keep Editing"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), self);
  self->dialog = GTK_WINDOW (dialog);
  gtk_window_present (self->dialog);
}

static void
proceed (EngramLeaving *self)
{
  EngramFieldEditor *unsaved;

  /* What is being written ends first. */
  if (self->dialog != NULL || engram_record_editor_is_writing (self->editor))
    return;
  unsaved = engram_record_editor_get_unsaved (self->editor);
  if (unsaved != NULL)
    {
      g_autofree char *body = describe (unsaved);

      ask (self, body);
    }
  else if (engram_record_view_get_typed_synapse (self->view) != NULL)
    {
      ask (self, _("The synapse that you have begun was not added."));
    }
  else
    {
      self->func (TRUE, self->user_data);
    }
}

EngramLeaving *
engram_leaving_new (EngramRecordView  *view,
                    EngramLeavingFunc  func,
                    gpointer           user_data)
{
  EngramLeaving *self = g_new0 (EngramLeaving, 1);

  self->view = g_object_ref (view);
  self->editor = g_object_ref (engram_record_view_get_editor (view));
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
engram_leaving_start (EngramLeaving *self)
{
  engram_record_editor_commit (self->editor);
  g_signal_connect_swapped (self->editor, "settled", G_CALLBACK (proceed), self);
  proceed (self);
}

void
engram_leaving_free (EngramLeaving *self)
{
  g_signal_handlers_disconnect_by_data (self->editor, self);
  if (self->dialog != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->dialog, self);
      gtk_window_destroy (self->dialog);
    }
  g_object_unref (self->editor);
  g_object_unref (self->view);
  g_free (self);
}
