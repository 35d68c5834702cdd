/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-network-page-private.h"

#include "pairs/engram-pairs-window.h"
#include "views/engram-picture-dialog.h"

static GtkWindow *
get_window (EngramNetworkPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
engram_network_page_show_pairs (EngramNetworkPage *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  if (self->session == NULL)
    return;
  if (self->pairs_window == NULL)
    {
      self->pairs_window = engram_pairs_window_new (get_window (self), self->session);
      g_object_add_weak_pointer (G_OBJECT (self->pairs_window), (gpointer *) &self->pairs_window);
    }
  gtk_window_present (GTK_WINDOW (self->pairs_window));
}

gboolean
engram_network_page_has_picture (EngramNetworkPage *self)
{
  g_return_val_if_fail (ENGRAM_IS_NETWORK_PAGE (self), FALSE);

  return self->session != NULL && engram_network_page_get_picture (self) != NULL;
}

/* (transfer full) (nullable) */
static EngramPictureSubject *
copy_picture (EngramNetworkPage *self)
{
  return engram_network_page_has_picture (self) ? engram_network_view_copy_picture (engram_network_page_get_picture (self))
                                                : NULL;
}

void
engram_network_page_save_picture (EngramNetworkPage *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  g_autoptr (EngramPictureSubject) subject = copy_picture (self);

  if (subject != NULL)
    engram_picture_dialog_present (get_window (self), subject, self->session);
}

void
engram_network_page_copy_picture (EngramNetworkPage *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  g_autoptr (EngramPictureSubject) subject = copy_picture (self);

  if (subject != NULL)
    g_object_unref (engram_picture_copy (subject, gtk_widget_get_clipboard (GTK_WIDGET (self)), self->session));
}

void
engram_network_page_print_picture (EngramNetworkPage *self)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_PAGE (self));

  g_autoptr (EngramPictureSubject) subject = copy_picture (self);

  if (subject != NULL)
    g_object_unref (engram_picture_print (subject, get_window (self), self->session));
}

void
engram_network_page_close_windows (EngramNetworkPage *self)
{
  if (self->pairs_window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->pairs_window));
}
