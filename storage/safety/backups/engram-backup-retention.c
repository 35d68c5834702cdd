/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <string.h>
#include <sys/stat.h>

#include "safety/backups/engram-backup-manifest-private.h"

/* "2025-11": a time's month. */
#define MONTH_LENGTH 7

static gboolean
is_of_month (const EngramBackup *backup,
             const EngramBackup *other)
{
  return strncmp (backup->time, other->time, MONTH_LENGTH) == 0;
}

/* Somebody works on it: a manifest is written after its backup. */
static gboolean
was_changed (const EngramBackup *backup)
{
  g_autofree char *manifest = engram_manifest_get_path (backup->path);
  struct stat own, other;

  return stat (backup->path, &own) != 0 || stat (manifest, &other) != 0 || own.st_mtim.tv_sec > other.st_mtim.tv_sec;
}

/* Takes from @backups, newest first, those that retention knows, and of these those that it keeps. */
static void
leave_superfluous (GPtrArray              *backups,
                   const EngramNetworkId  *id,
                   guint                   keep)
{
  g_autoptr (EngramBackup) newer = NULL;
  guint n_seen = 0;

  for (guint i = 0; i < backups->len;)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);
      gboolean is_known = backup->complete && backup->sha256 != NULL && backup->note == NULL &&
                          engram_network_id_has_name (id, backup->network) && !was_changed (backup);
      gboolean is_kept = is_known && (n_seen < keep || newer == NULL || !is_of_month (backup, newer));

      if (is_known)
        {
          n_seen++;
          g_clear_pointer (&newer, engram_backup_free);
          newer = engram_backup_copy (backup);
        }
      if (is_known && !is_kept)
        i++;
      else
        g_ptr_array_remove_index (backups, i);
    }
}

GPtrArray *
engram_backup_plan_retention (const char      *folder,
                              EngramDatabase  *database,
                              guint            keep,
                              GCancellable    *cancellable,
                              GError         **error)
{
  g_autoptr (GPtrArray) backups = NULL;
  g_auto (EngramNetworkId) id = { NULL };

  g_return_val_if_fail (folder != NULL && keep > 0, NULL);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  if (!engram_backup_identify (database, &id, cancellable, error))
    return NULL;
  backups = engram_backup_list (folder, cancellable, error);
  if (backups != NULL)
    leave_superfluous (backups, &id, keep);
  return g_steal_pointer (&backups);
}

gboolean
engram_backup_apply_retention (const char      *folder,
                               EngramDatabase  *database,
                               guint            keep,
                               GPtrArray      **deleted,
                               GCancellable    *cancellable,
                               GError         **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) backups = engram_backup_plan_retention (folder, database, keep, cancellable, error);
  gboolean done = TRUE;

  if (backups == NULL)
    return FALSE;
  for (guint i = 0; done && i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);

      done = !g_cancellable_set_error_if_cancelled (cancellable, error) && engram_backup_delete (backup->path, error);
      if (done)
        g_ptr_array_add (gone, g_strdup (backup->path));
    }
  if (deleted != NULL)
    *deleted = g_steal_pointer (&gone);
  return done;
}
