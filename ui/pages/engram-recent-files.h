/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The networks that were opened lately, kept with the desktop's recent files. Main thread only. */

void       engram_recent_files_add         (const char          *path);
void       engram_recent_files_list_async  (guint                limit,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GPtrArray *engram_recent_files_list_finish (GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
