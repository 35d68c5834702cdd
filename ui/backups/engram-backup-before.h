/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backups/engram-backup-plan.h"
#include "jobs/engram-job-part.h"

G_BEGIN_DECLS

/* The backup before a bulk change, for its worker: made first, then kept where the change has come about, else dropped
 * again, for it is the same as the network. What is not mentioned in an initializer is 0. */
typedef struct {
  EngramBackupPlan *plan;          /* nullable: none is wanted; freed with it */
  char             *path;          /* of the backup, once it is made */
  /*< private >*/
  guint             keep;
  gboolean          folder_is_new;
} EngramBackupBefore;

/* Does nothing where none is wanted. */
gboolean engram_backup_before_make  (EngramBackupBefore  *self,
                                     EngramDatabase      *database,
                                     EngramBackupReason   reason,
                                     EngramJobPart       *part,
                                     GCancellable        *cancellable,
                                     GError             **error);
/* The change is done: older backups are thinned out. */
void     engram_backup_before_keep  (EngramBackupBefore  *self,
                                     EngramDatabase      *database);
/* Nothing was changed: it goes, and its folder with it where that was made for it. */
void     engram_backup_before_drop  (EngramBackupBefore  *self);
void     engram_backup_before_clear (EngramBackupBefore  *self);

G_END_DECLS
