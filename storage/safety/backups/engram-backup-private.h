/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "safety/backups/engram-backup.h"
#include "safety/files/engram-network-id-private.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* What work files of backups are called. */
#define ENGRAM_BACKUP_PURPOSE "partial"

EngramBackup *engram_backup_new        (const char             *path);
void          engram_backup_set_path   (EngramBackup           *self,
                                        const char             *path);
/* Whether the backup is of that network, by its id, or, where it has none, by the path that it was made of. */
gboolean      engram_backup_is_of      (const EngramBackup     *self,
                                        const EngramNetworkId  *id,
                                        const char             *path);
/* engram_backup_read(), and how long its file must be (0: nobody says), and why it is not complete, where it is not.
 *  */
EngramBackup *engram_backup_read_full  (const char             *path,
                                        guint64                *size,
                                        char                  **reason,
                                        GError                **error);
/* What is said of ENGRAM_BACKUP_GOOD. */
char         *engram_backup_describe_good (void);
/* For engram_backup_get_verification(). */
void          engram_backup_remember   (const char             *path,
                                        EngramBackupStatus      status,
                                        const char             *message);
/* The id of an open network. */
gboolean      engram_backup_identify   (EngramDatabase         *database,
                                        EngramNetworkId        *id,
                                        GCancellable           *cancellable,
                                        GError                **error);

G_END_DECLS
