/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a window remembers of a file: view, columns, sort, filter, selection, bookmarks, widths; in a key file of the
 * user's state folder, one for each path. What cannot be read is as if there were nothing; what cannot be written is
 * told to the log, since no network depends on it. Main thread; files are read and written by workers. */

void      engram_view_state_load_async  (const char          *path,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* (transfer full): never NULL unless it was cancelled */
GKeyFile *engram_view_state_load_finish (GAsyncResult        *result,
                                         GError             **error);
/* Later ones win. The application does not end before it is written. */
void      engram_view_state_save        (const char          *path,
                                         GKeyFile            *state);

G_END_DECLS
