/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "dialogs/backups/engram-backups-dialog.h"
#include "engram-timing.h"

#include <glib/gi18n.h>

/* Restoring a network that cannot be opened, or read to its end. */

static void
restored_cb (GtkWindow  *parent,
             const char *path)
{
  EngramWindow *self;

  if (parent == NULL)
    return;
  self = ENGRAM_WINDOW (parent);
  if (self->state == ENGRAM_WINDOW_REFUSED && g_strcmp0 (self->path, path) == 0)
    engram_window_open (self, path, engram_timing_since_start ());
}

void
engram_window_restore (EngramWindow *self)
{
  if (self->path != NULL)
    engram_backups_dialog_present_unreadable (GTK_WINDOW (self), self->path, restored_cb);
}

void
engram_window_set_aside (EngramWindow *self)
{
  g_autofree char *name = engram_window_dup_name (self);
  g_autoptr (GError) error =
    /* Translators: the name of a file. */
    g_error_new (ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED, _("“%s” cannot be read to its end."), name);

  if (self->path == NULL)
    return;
  engram_window_close_network (self);
  engram_error_page_set_error (self->error_page, name, TRUE, error);
  engram_window_set_state (self, ENGRAM_WINDOW_REFUSED);
  engram_window_restore (self);
}
