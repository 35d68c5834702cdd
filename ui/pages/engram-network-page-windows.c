/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include "pairs/engram-pairs-window.h"

void
engram_network_page_show_pairs (EngramNetworkPage *self)
{
  GtkRoot *root;

  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  if (self->session == NULL)
    return;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (self->pairs_window == NULL)
    {
      self->pairs_window = engram_pairs_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->session);
      g_object_add_weak_pointer (G_OBJECT (self->pairs_window), (gpointer *) &self->pairs_window);
    }
  gtk_window_present (GTK_WINDOW (self->pairs_window));
}

void
engram_network_page_close_windows (EngramNetworkPage *self)
{
  if (self->pairs_window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->pairs_window));
}
