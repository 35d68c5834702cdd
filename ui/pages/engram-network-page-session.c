/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include "common/engram-settings.h"
#include "pages/engram-network-notices.h"
#include "session/engram-view-state.h"

/* What the session tells */

static void
selection_changed_cb (EngramNetworkPage *self,
                      guint              kind)
{
  EngramNetworkView *picture = engram_network_page_get_picture (self);

  /* A picture shows both kinds: what was chosen last is what it is about. */
  if (picture != NULL && engram_row_set_get_size (engram_selection_get (engram_session_get_selection (self->session), kind)) > 0)
    self->picture_kind = kind;
  if (kind == engram_network_page_get_kind (self))
    engram_network_page_follow_selection (self);
  if (picture != NULL && self->flying)
    engram_network_view_fly_to_selection (picture);
  self->flying = FALSE;
  engram_network_page_remember_soon (self);
}

static void
query_changed_cb (EngramNetworkPage *self)
{
  if (!engram_query_is_empty (engram_session_get_query (self->session)))
    gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
  engram_network_page_remember_soon (self);
}

/* Rows were selected from elsewhere. */
static void
show_cb (EngramNetworkPage *self,
         guint              kind)
{
  engram_network_page_show_kind (self, kind);
}

/* Where there is no room for both, who asks for a record wants to read about it. */
static void
activated_cb (EngramNetworkPage *self,
              guint              kind,
              const char        *id)
{
  /* In a picture a neuron is flown to. */
  if (kind == ENGRAM_RECORD_NEURON && engram_network_page_get_picture (self) != NULL)
    self->flying = TRUE;
  else
    engram_network_page_show_kind (self, kind);
  engram_record_list_select (engram_network_page_get_list (self, kind), id);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
update_gone (EngramNetworkPage *self)
{
  const char *message = self->session != NULL ? engram_session_get_gone (self->session) : NULL;

  if (message != NULL)
    gtk_label_set_text (self->gone_label, message);
  gtk_info_bar_set_revealed (self->gone_bar, message != NULL);
}

static void
update_behind (EngramNetworkPage *self)
{
  gboolean behind = FALSE;

  if (self->session != NULL)
    g_object_get (self->session, "behind", &behind, NULL);
  gtk_info_bar_set_revealed (self->behind_bar, behind);
}

static void
network_changed_cb (EngramNetworkPage *self)
{
  engram_details_pane_refresh (self->details);
}

/* Its beginning and its end */

static void
connect_session (EngramNetworkPage *self)
{
  EngramSelection *selection = engram_session_get_selection (self->session);

  g_signal_connect_object (self->session, "changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::gone", G_CALLBACK (update_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::behind", G_CALLBACK (update_behind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::query", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "show", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "done", G_CALLBACK (engram_network_page_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (engram_network_page_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "job-added", G_CALLBACK (engram_network_page_show_job), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->session, "following", self->follow_button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

/* All that shows something of the network, its views among it. */
static void
set_session (EngramNetworkPage *self,
             EngramSession     *session)
{
  engram_search_bar_set_session (self->search_bar, session);
  engram_filter_pane_set_session (self->filters, session);
  engram_record_list_set_session (self->neurons, session);
  engram_record_list_set_session (self->synapses, session);
  engram_details_pane_set_session (self->details, session);
  engram_figures_pane_set_session (self->figures, session);
  engram_graph_view_set_session (self->graph, session);
  engram_space_view_set_session (self->space, session);
  update_gone (self);
  update_behind (self);
  g_object_notify (G_OBJECT (self), "session");
}

static void
start_session (EngramNetworkPage *self)
{
  self->session = engram_session_new (self->database);
  engram_session_set_following (self->session, g_settings_get_boolean (engram_settings_get (), "follow-changes"));
  connect_session (self);
  engram_network_page_recall (self);
  set_session (self, self->session);
  engram_session_set_active (self->session, gtk_widget_get_mapped (GTK_WIDGET (self)));
  engram_network_page_follow_selection (self);
  engram_network_page_recall_selection (self);
}

static void
state_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (EngramNetworkPage) self = user_data;
  GKeyFile *state = engram_view_state_load_finish (result, NULL);

  /* None where another network has come meanwhile. */
  if (state == NULL)
    return;
  self->state = state;
  start_session (self);
}

void
engram_network_page_forget_network (EngramNetworkPage *self)
{
  engram_network_page_remember (self);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  engram_network_page_forget_visits (self);
  if (self->session != NULL)
    {
      g_autoptr (EngramSession) session = g_steal_pointer (&self->session);

      g_signal_handlers_disconnect_by_data (session, self);
      g_signal_handlers_disconnect_by_data (engram_session_get_selection (session), self);
      set_session (self, NULL);
      engram_network_page_close_windows (self);
      engram_session_close (session);
    }
  g_clear_pointer (&self->state, g_key_file_unref);
  g_clear_pointer (&self->remembered_as, g_free);
  g_clear_object (&self->database);
  self->rows_told = FALSE;
}

void
engram_network_page_set_database (EngramNetworkPage *self,
                                  EngramDatabase    *database,
                                  const char        *remembered_as)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (database == NULL || ENGRAM_IS_DATABASE (database));

  engram_network_page_forget_network (self);
  engram_network_notices_fill (self->notices, database, "win.copy-and-edit");
  if (database == NULL)
    return;

  self->database = g_object_ref (database);
  self->remembered_as = g_strdup (remembered_as);
  self->loading = g_cancellable_new ();
  if (remembered_as != NULL)
    {
      engram_view_state_load_async (remembered_as, self->loading, state_loaded_cb, g_object_ref (self));
      return;
    }
  self->state = g_key_file_new ();
  start_session (self);
}

EngramDatabase *
engram_network_page_get_database (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->database;
}

EngramSession *
engram_network_page_get_session (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), NULL);

  return self->session;
}

gboolean
engram_network_page_is_gone (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), FALSE);

  return self->session != NULL && engram_session_get_gone (self->session) != NULL;
}
