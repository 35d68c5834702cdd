/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backups/engram-backup-plan.h"

#include "common/engram-settings.h"

EngramBackupPlan *
engram_backup_plan_new (void)
{
  GSettings *settings = engram_settings_get ();
  EngramBackupPlan *self = g_new0 (EngramBackupPlan, 1);
  g_autofree char *folder = g_settings_get_string (settings, "backup-folder");

  if (*folder != '\0')
    self->folder = g_filename_from_utf8 (folder, -1, NULL, NULL, NULL);
  self->keep = g_settings_get_uint (settings, "backup-keep");
  self->before_bulk_changes = g_settings_get_boolean (settings, "backup-before-bulk-changes");
  return self;
}

void
engram_backup_plan_free (EngramBackupPlan *self)
{
  g_free (self->folder);
  g_free (self);
}

char *
engram_backup_plan_dup_folder (const EngramBackupPlan *self,
                               const char             *path)
{
  return self->folder != NULL ? g_strdup (self->folder) : engram_backup_get_default_folder (path);
}

EngramBackup *
engram_backup_plan_make (const EngramBackupPlan  *self,
                         EngramDatabase          *database,
                         EngramBackupReason       reason,
                         const char              *note,
                         EngramProgressFunc       progress,
                         gpointer                 user_data,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  const EngramBackupOptions options = { .folder = self->folder, .note = note, .reason = reason,
                                        .folder_must_exist = self->folder != NULL };
  g_autoptr (EngramBackup) backup = engram_backup_create (database, &options, progress, user_data, cancellable, error);
  g_autofree char *folder = NULL;
  g_autoptr (GError) thinning_error = NULL;

  if (backup == NULL || self->keep == 0)
    return g_steal_pointer (&backup);
  folder = g_path_get_dirname (backup->path);
  /* The backup is there: that older ones stay harms nothing. */
  if (!engram_backup_apply_retention (folder, database, self->keep, NULL, cancellable, &thinning_error))
    g_message ("Older backups in “%s” could not be deleted: %s", folder, thinning_error->message);
  return g_steal_pointer (&backup);
}
