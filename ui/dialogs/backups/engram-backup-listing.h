/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/backups/engram-backup-item.h"

G_BEGIN_DECLS

/* Reads which backups lie in a folder, in a worker, and looks whether they are of a network. @must_exist: a folder that
 * is gone is an error, not an empty one. @database: (nullable): the network, where it is open. @path: where it lies.
 * Main thread. */
void       engram_backup_listing_async  (const char           *folder,
                                         gboolean              must_exist,
                                         EngramDatabase       *database,
                                         const char           *path,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* Returns: (transfer full) (element-type EngramBackupItem): newest first, or NULL */
GPtrArray *engram_backup_listing_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
