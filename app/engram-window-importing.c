/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

#include "dialogs/import/engram-import-dialog.h"
#include "engram-timing.h"

static void
present (EngramWindow       *self,
         const char * const *paths)
{
  engram_import_dialog_present (GTK_WINDOW (self), engram_network_page_get_session (self->network_page), paths);
}

/* The network that the documents are to go into is there, or cannot be made, which the window says. */
static void
state_cb (EngramWindow *self,
          GParamSpec   *pspec,
          char        **paths)
{
  g_auto (GStrv) own_paths = NULL;

  if (self->state == ENGRAM_WINDOW_OPENING)
    return;
  own_paths = g_strdupv (paths);
  g_signal_handlers_disconnect_by_func (self, state_cb, paths);
  if (self->state == ENGRAM_WINDOW_NETWORK)
    present (self, (const char * const *) own_paths);
}

static void
free_paths (gpointer  paths,
            GClosure *closure)
{
  g_strfreev (paths);
}

/**
 * engram_window_import:
 * @self: a window
 * @paths: (array zero-terminated=1): documents
 *
 * Asks what is to be imported of documents into the network that is shown, or, where there is none, into a new one
 * without a name.
 */
void
engram_window_import (EngramWindow       *self,
                      const char * const *paths)
{
  g_return_if_fail (ENGRAM_IS_WINDOW (self));
  g_return_if_fail (paths != NULL);

  if (self->state == ENGRAM_WINDOW_NETWORK)
    {
      present (self, paths);
      return;
    }
  g_signal_connect_data (self, "notify::state", G_CALLBACK (state_cb), g_strdupv ((char **) paths), free_paths, 0);
  if (self->state != ENGRAM_WINDOW_OPENING)
    engram_window_open_untitled (self, ENGRAM_UNTITLED_EMPTY, engram_timing_since_start ());
}
