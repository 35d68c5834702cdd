/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "safety/backups/engram-backup-manifest-private.h"
#include "safety/files/engram-file-users-private.h"
#include "safety/files/engram-work-file-private.h"
#include "sqlite/engram-file-private.h"

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const EngramBackup *first = *(const EngramBackup *const *) a;
  const EngramBackup *second = *(const EngramBackup *const *) b;
  int by_time = strcmp (second->time, first->time);

  return by_time != 0 ? by_time : strcmp (second->name, first->name);
}

/* (transfer full) (nullable): what lies there, if it may be a backup. */
static EngramBackup *
look_at (const char *folder,
         const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *manifest = engram_manifest_get_path (path);
  g_autoptr (EngramBackup) backup = NULL;
  struct stat status;

  /* What is hidden is in the making, or was left by a program that was killed. */
  if (name[0] == '.' || manifest == NULL || lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  backup = engram_backup_read (path, NULL);
  if (backup != NULL && !backup->complete && !engram_file_is_database (path))
    return NULL;
  return g_steal_pointer (&backup);
}

GPtrArray *
engram_backup_list (const char    *folder,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_backup_free);
  g_autofree char *absolute = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  struct stat status;

  g_return_val_if_fail (folder != NULL, NULL);

  absolute = g_canonicalize_filename (folder, NULL);
  if (stat (absolute, &status) != 0 && errno == ENOENT)
    return g_steal_pointer (&backups);
  errno = 0;
  dir = g_dir_open (absolute, 0, NULL);
  if (dir == NULL)
    {
      engram_file_set_error (error, errno != 0 ? errno : EACCES, absolute);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      EngramBackup *backup;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      backup = look_at (absolute, name);
      if (backup != NULL)
        g_ptr_array_add (backups, backup);
    }
  g_ptr_array_sort (backups, compare_newest_first);
  return g_steal_pointer (&backups);
}

static gboolean
remove_file (const char  *path,
             GError     **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  engram_file_set_error (error, errno, path);
  return FALSE;
}

/* What lies beside a manifest only looks like a backup may be somebody's network. */
static gboolean
may_delete (const EngramBackup  *backup,
            GError             **error)
{
  g_autofree char *users = engram_file_find_users (backup->path, TRUE);
  g_autofree char *name = g_filename_display_name (backup->path);

  if (!backup->complete)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   _("“%s” has no manifest that can be read: it may be a network. Nothing was deleted."), name);
      return FALSE;
    }
  if (users == NULL)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
               /* Translators: a file's name, then a list of programs. */
               _("“%s” is open in %s. Nothing was deleted. Close it there, then try again."), name, users);
  return FALSE;
}

gboolean
engram_backup_delete (const char  *path,
                      GError     **error)
{
  g_autoptr (EngramBackup) backup = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  backup = engram_backup_read (path, error);
  if (backup == NULL || !may_delete (backup, error))
    return FALSE;
  manifest = engram_manifest_get_path (backup->path);
  folder = g_path_get_dirname (backup->path);
  if (!remove_file (backup->path, error))
    return FALSE;
  /* Side files of a program that looked into it. */
  engram_file_remove (backup->path);
  if (!remove_file (manifest, error) || !engram_sync_folder (folder, error))
    return FALSE;
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "backup-delete",
                    "ENGRAM_PATH", backup->path,
                    "MESSAGE", "Deleted the backup “%s”", backup->path);
  return TRUE;
}
