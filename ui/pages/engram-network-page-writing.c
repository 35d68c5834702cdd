/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

typedef struct {
  EngramSession    *session;
  EngramRecordKind  kind;
} Deletion;

static void
selection_known_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autofree Deletion *deletion = user_data;
  g_autoptr (EngramSession) session = deletion->session;
  g_autoptr (EngramRowSet) rows = engram_selection_await_finish (ENGRAM_SELECTION (source), result, NULL);
  gboolean are_neurons = deletion->kind == ENGRAM_RECORD_NEURON;

  if (rows != NULL && engram_row_set_get_size (rows) > 0)
    engram_session_delete (session, are_neurons ? rows : NULL, are_neurons ? NULL : rows);
}

void
engram_network_page_delete_selected (EngramNetworkPage *self)
{
  Deletion *deletion;

  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  if (self->session == NULL)
    return;
  deletion = g_new0 (Deletion, 1);
  deletion->session = g_object_ref (self->session);
  deletion->kind = engram_network_page_get_kind (self);
  engram_selection_await (engram_session_get_selection (self->session), deletion->kind, NULL, selection_known_cb,
                          deletion);
}

/* Creating */

static void
neuron_created_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  EngramSession *session = ENGRAM_SESSION (source);
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;

  if (engram_session_apply_finish (session, result, &error))
    engram_session_activate (session, ENGRAM_RECORD_NEURON, id);
  else
    engram_session_pass_on (session, error);
}

void
engram_network_page_create_neuron (EngramNetworkPage *self,
                                   const char        *type)
{
  g_autoptr (EngramNeuron) neuron = NULL;
  EngramEdit *edit;

  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));
  g_return_if_fail (type != NULL);

  if (self->session == NULL || !engram_session_get_editable (self->session))
    return;
  engram_session_set_editing (self->session, TRUE);
  neuron = engram_neuron_new (type);
  edit = engram_edit_new ();
  engram_edit_create_neuron (edit, neuron);
  engram_session_apply_async (self->session, edit, neuron_created_cb, g_strdup (neuron->id));
}
