/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramBackupPlan: what the preferences say of a network's backups, for workers. Plain memory.
 * @folder: (nullable): where they are made; NULL for `backups` beside the network
 * @keep: how many of the newest are kept; 0: all
 * @before_bulk_changes: whether one is made before each change of many rows */
typedef struct {
  char     *folder;
  guint     keep;
  gboolean  before_bulk_changes;
} EngramBackupPlan;

/* What the preferences say now. Main thread only. (transfer full) */
EngramBackupPlan *engram_backup_plan_new        (void);
void              engram_backup_plan_free       (EngramBackupPlan    *self);
/* Where backups of the network at @path are. (transfer full) */
char             *engram_backup_plan_dup_folder (const EngramBackupPlan *self,
                                                 const char          *path);
/* Makes a backup, and then thins out the older ones. In a worker. @note: (nullable). @error: why none was made; that
 * older ones could not be deleted is only logged. (transfer full) */
EngramBackup     *engram_backup_plan_make       (const EngramBackupPlan *self,
                                                 EngramDatabase      *database,
                                                 EngramBackupReason   reason,
                                                 const char          *note,
                                                 EngramProgressFunc   progress,
                                                 gpointer             user_data,
                                                 GCancellable        *cancellable,
                                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramBackupPlan, engram_backup_plan_free)

G_END_DECLS
