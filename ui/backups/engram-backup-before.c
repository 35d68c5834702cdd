/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backups/engram-backup-before.h"

#include <glib/gstdio.h>

#include "jobs/engram-job-amount.h"

gboolean
engram_backup_before_make (EngramBackupBefore  *self,
                           EngramDatabase      *database,
                           EngramBackupReason   reason,
                           EngramJobPart       *part,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (EngramBackup) backup = NULL;

  if (self->plan == NULL)
    return TRUE;
  folder = engram_backup_plan_dup_folder (self->plan, engram_database_get_path (database));
  self->folder_is_new = !g_file_test (folder, G_FILE_TEST_EXISTS);
  self->keep = self->plan->keep;
  self->plan->keep = 0;
  part->amount = engram_measure_network (database);
  part->unit = ENGRAM_JOB_UNIT_BYTES;
  backup = engram_backup_plan_make (self->plan, database, reason, NULL, engram_job_part_progress, part, cancellable,
                                    error);
  self->plan->keep = self->keep;
  if (backup == NULL)
    return FALSE;
  self->path = g_strdup (backup->path);
  return TRUE;
}

void
engram_backup_before_keep (EngramBackupBefore *self,
                           EngramDatabase     *database)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (self->path == NULL || self->keep == 0)
    return;
  folder = g_path_get_dirname (self->path);
  /* The backup is there, and the change is done: that older ones stay harms nothing. */
  if (!engram_backup_apply_retention (folder, database, self->keep, NULL, NULL, &error))
    g_message ("Older backups in “%s” could not be deleted: %s", folder, error->message);
}

void
engram_backup_before_drop (EngramBackupBefore *self)
{
  g_autofree char *path = g_steal_pointer (&self->path);
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  folder = g_path_get_dirname (path);
  if (!engram_backup_delete (path, &error))
    g_message ("The backup “%s” stays, although nothing was changed: %s", path, error->message);
  /* Stays where somebody has put something else into it meanwhile. */
  else if (self->folder_is_new)
    g_rmdir (folder);
}

void
engram_backup_before_clear (EngramBackupBefore *self)
{
  g_clear_pointer (&self->plan, engram_backup_plan_free);
  g_clear_pointer (&self->path, g_free);
}
