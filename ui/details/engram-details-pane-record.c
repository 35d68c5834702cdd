/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-details-pane-private.h"

#include <glib/gi18n.h>

#include "common/engram-status-page.h"

/* The record in a details pane: read in a worker, shown, and read again. */

/* How many synapses are read in each direction before more are asked for. */
#define MAX_SYNAPSES 100
/* What is shown stays while the next record is read, unless that takes longer than people call "at once". */
#define PATIENCE_MILLISECONDS 250

static void
show_page (EngramDetailsPane *self,
           const char        *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

void
engram_details_pane_stop_loading (EngramDetailsPane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
}

void
engram_details_pane_update_loading (EngramDetailsPane *self)
{
  gboolean loading = self->cancellable != NULL || self->leaving != NULL ||
                     (self->view != NULL && !engram_record_view_get_filled (self->view));

  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify (G_OBJECT (self), "loading");
}

/* The record */

static AdwClamp *
get_clamp (EngramDetailsPane *self,
           EngramRecordKind   kind)
{
  return kind == ENGRAM_RECORD_NEURON ? self->neuron_clamp : self->synapse_clamp;
}

static GtkScrolledWindow *
get_scroller (EngramDetailsPane *self,
              EngramRecordKind   kind)
{
  return GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (get_clamp (self, kind)), GTK_TYPE_SCROLLED_WINDOW));
}

gboolean
engram_details_pane_is_editing (EngramDetailsPane *self)
{
  return self->session != NULL && engram_session_get_editing (self->session);
}

EngramRecordEditor *
engram_details_pane_get_editor (EngramDetailsPane *self)
{
  return self->view != NULL ? engram_record_view_get_editor (self->view) : NULL;
}

void
engram_details_pane_clear_view (EngramDetailsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  EngramRecordKind kind;

  if (self->view == NULL)
    return;
  kind = engram_record_view_get_details (self->view)->kind;
  /* The focus stays here, though what had it goes. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (get_scroller (self, kind)));
  g_signal_handlers_disconnect_by_data (self->view, self);
  self->view = NULL;
  adw_clamp_set_child (get_clamp (self, kind), NULL);
}

gboolean
engram_details_pane_shows (EngramDetailsPane *self,
                           EngramRecordKind   kind,
                           const char        *id)
{
  const EngramDetails *details = self->view != NULL ? engram_record_view_get_details (self->view) : NULL;

  return details != NULL && details->kind == kind && g_strcmp0 (engram_details_get_id (details), id) == 0;
}

static void
neuron_activated_cb (EngramDetailsPane *self,
                     const char        *id)
{
  g_signal_emit_by_name (self, "neuron-activated", id);
}

static void
show_details (EngramDetailsPane *self,
              EngramDetails     *details)
{
  const char *page = details->kind == ENGRAM_RECORD_NEURON ? "neuron" : "synapse";
  GtkWidget *view;

  if (engram_details_pane_shows (self, details->kind, engram_details_get_id (details)))
    {
      /* What is on screen is replaced in place, so that the person does not lose it. */
      engram_record_view_update (self->view, details);
      show_page (self, page);
      return;
    }
  engram_details_pane_clear_view (self);
  view = engram_record_view_new (self->session, details, engram_details_pane_is_editing (self));
  self->view = ENGRAM_RECORD_VIEW (view);
  g_signal_connect_object (view, "neuron-activated", G_CALLBACK (neuron_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "outdated", G_CALLBACK (engram_details_pane_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "filled", G_CALLBACK (engram_details_pane_update_loading), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (get_clamp (self, details->kind), view);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (get_scroller (self, details->kind)), 0);
  show_page (self, page);
}

static const char *
get_error_title (EngramDetailsPane *self,
                 const GError      *error)
{
  gboolean is_missing = g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);

  if (self->kind == ENGRAM_RECORD_NEURON)
    return is_missing ? _("No Such Neuron") : _("This Neuron Cannot Be Read");
  return is_missing ? _("No Such Synapse") : _("This Synapse Cannot Be Read");
}

static void
show_error (EngramDetailsPane *self,
            const GError      *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  engram_details_pane_clear_view (self);
  adw_status_page_set_title (self->error_page, get_error_title (self, error));
  adw_status_page_set_description (self->error_page, description);
  engram_status_page_set_name (self->error_page);
  show_page (self, "error");
}

/* What is typed outlives the record. */
static void
take_error (EngramDetailsPane *self,
            const GError      *error)
{
  EngramRecordEditor *editor = engram_details_pane_get_editor (self);
  /* On the way to another record it is still the old one that is read again. */
  gboolean is_shown = self->leaving != NULL || engram_details_pane_shows (self, self->kind, self->id);

  if (editor == NULL || !is_shown ||
      (self->leaving == NULL && engram_record_editor_get_unsaved (editor) == NULL))
    {
      show_error (self, error);
      return;
    }
  if (g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND))
    engram_record_view_say_gone (self->view);
  engram_record_editor_give_up (editor);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramDetailsPane *self;
  g_autoptr (GError) error = NULL;
  EngramDetails *details = engram_details_load_finish (result, &error);

  /* Cancelled when something else was asked for, or when the pane went. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_DETAILS_PANE (user_data);
  engram_details_pane_stop_loading (self);
  if (details != NULL)
    show_details (self, details);
  else
    take_error (self, error);
  engram_details_pane_update_loading (self);
}

static gboolean
patience_ended_cb (gpointer user_data)
{
  EngramDetailsPane *self = user_data;

  self->patience = 0;
  show_page (self, "loading");
  return G_SOURCE_REMOVE;
}

void
engram_details_pane_load_record (EngramDetailsPane *self,
                                 EngramRecordKind   kind,
                                 const char        *id)
{
  engram_details_pane_stop_loading (self);
  self->cancellable = g_cancellable_new ();
  if (!engram_details_pane_shows (self, kind, id))
    self->patience = g_timeout_add (PATIENCE_MILLISECONDS, patience_ended_cb, self);
  engram_details_load_async (engram_session_get_database (self->session), kind, id, MAX_SYNAPSES, self->cancellable,
                             loaded_cb, self);
  engram_details_pane_update_loading (self);
}

/* Reads what was asked for. */
void
engram_details_pane_load (EngramDetailsPane *self)
{
  if (self->id != NULL)
    {
      engram_details_pane_load_record (self, self->kind, self->id);
      return;
    }
  engram_details_pane_stop_loading (self);
  engram_details_pane_clear_view (self);
  show_page (self, "none");
  engram_details_pane_update_loading (self);
}
