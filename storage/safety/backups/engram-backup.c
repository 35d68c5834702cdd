/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/engram-time.h"
#include "safety/backups/engram-backup-manifest-private.h"
#include "safety/files/engram-work-file-private.h"
#include "sqlite/engram-file-private.h"
#include "sqlite/engram-portal.h"

#define FOLDER "backups"

G_DEFINE_BOXED_TYPE (EngramBackup, engram_backup, engram_backup_copy, engram_backup_free)

static const char *const reasons[] = {
  [ENGRAM_BACKUP_REASON_UNKNOWN] = "unknown",
  [ENGRAM_BACKUP_REASON_MANUAL] = "manual",
  [ENGRAM_BACKUP_REASON_BEFORE_IMPORT] = "before-import",
  [ENGRAM_BACKUP_REASON_BEFORE_PRUNE] = "before-prune",
  [ENGRAM_BACKUP_REASON_BEFORE_REPAIR] = "before-repair",
  [ENGRAM_BACKUP_REASON_BEFORE_RESTORE] = "before-restore",
  [ENGRAM_BACKUP_REASON_AUTOMATIC] = "automatic",
};

const char *
engram_backup_reason_to_string (EngramBackupReason reason)
{
  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (reasons), NULL);

  return reasons[reason];
}

void
engram_backup_set_path (EngramBackup *self,
                        const char   *path)
{
  g_free (self->path);
  g_free (self->name);
  self->path = g_canonicalize_filename (path, NULL);
  self->name = g_path_get_basename (self->path);
  if (g_str_has_suffix (self->name, ".db"))
    self->name[strlen (self->name) - strlen (".db")] = '\0';
}

EngramBackup *
engram_backup_new (const char *path)
{
  EngramBackup *self = g_new0 (EngramBackup, 1);

  engram_backup_set_path (self, path);
  self->neurons = -1;
  self->synapses = -1;
  return self;
}

EngramBackup *
engram_backup_copy (const EngramBackup *self)
{
  EngramBackup *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EngramBackup, 1);
  *copy = *self;
  copy->path = g_strdup (self->path);
  copy->name = g_strdup (self->name);
  copy->time = g_strdup (self->time);
  copy->sha256 = g_strdup (self->sha256);
  copy->content = g_strdup (self->content);
  copy->network = g_strdup (self->network);
  copy->original = g_strdup (self->original);
  copy->note = g_strdup (self->note);
  copy->made_by = g_strdup (self->made_by);
  return copy;
}

void
engram_backup_free (EngramBackup *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->name);
  g_free (self->time);
  g_free (self->sha256);
  g_free (self->content);
  g_free (self->network);
  g_free (self->original);
  g_free (self->note);
  g_free (self->made_by);
  g_free (self);
}

char *
engram_backup_get_default_folder (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  if (engram_portal_has_file (absolute))
    return g_build_filename (g_get_user_data_dir (), "engram", FOLDER, NULL);
  return g_build_filename (folder, FOLDER, NULL);
}

gboolean
engram_backup_check_folder (const char  *folder,
                            GError     **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  name = g_filename_display_name (folder);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE,
               _("The backup folder “%s” is gone, or cannot be reached. Connect the disk that it lies on, or choose "
                 "another folder for backups."), name);
  return FALSE;
}

/* The database's path, where that of its manifest may be given. */
static char *
find_database (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  if (!g_str_has_suffix (absolute, ".json"))
    return g_steal_pointer (&absolute);
  return g_strdup_printf ("%.*s.db", (int) (strlen (absolute) - strlen (".json")), absolute);
}

static char *
format_file_time (const struct stat *status)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_local (status->st_mtim.tv_sec);
  g_autoptr (GDateTime) time = NULL;

  if (seconds == NULL)
    return g_strdup ("1970-01-01T00:00:00");
  time = g_date_time_add (seconds, status->st_mtim.tv_nsec / 1000);
  return engram_time_format (time);
}

EngramBackup *
engram_backup_read_full (const char  *path,
                         guint64     *size,
                         char       **reason,
                         GError     **error)
{
  g_autofree char *database_path = find_database (path);
  g_autofree char *manifest_path = engram_manifest_get_path (database_path);
  EngramBackup *self;
  struct stat status;

  *reason = NULL;
  *size = 0;
  if (stat (database_path, &status) != 0)
    {
      engram_file_set_error (error, errno, database_path);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_autofree char *name = g_filename_display_name (database_path);

      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” is no regular file."), name);
      return NULL;
    }
  self = engram_backup_new (database_path);
  self->size_bytes = status.st_size;
  if (manifest_path == NULL)
    *reason = g_strdup (_("It has no manifest: a backup’s name ends with “.db”."));
  else if (engram_manifest_read (manifest_path, self, size, reason))
    return self;
  self->time = format_file_time (&status);
  return self;
}

EngramBackup *
engram_backup_read (const char  *path,
                    GError     **error)
{
  g_autofree char *reason = NULL;
  guint64 size;

  g_return_val_if_fail (path != NULL, NULL);

  return engram_backup_read_full (path, &size, &reason, error);
}

gboolean
engram_backup_is_made_of (const EngramBackup *self,
                          const char         *path)
{
  g_autofree char *absolute = NULL;
  g_autofree char *name = NULL;
  g_autofree char *original_name = NULL;
  g_autofree char *original = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (self->original == NULL)
    return FALSE;
  absolute = g_canonicalize_filename (path, NULL);
  /* The Python program notes the path as it was given to it. */
  if (!g_path_is_absolute (self->original))
    {
      name = g_path_get_basename (absolute);
      original_name = g_path_get_basename (self->original);
      return g_str_equal (original_name, name);
    }
  original = g_canonicalize_filename (self->original, NULL);
  return g_str_equal (original, absolute);
}

gboolean
engram_backup_is_of (const EngramBackup    *self,
                     const EngramNetworkId *id,
                     const char            *path)
{
  if (id != NULL && self->network != NULL)
    return engram_network_id_has_name (id, self->network);
  return engram_backup_is_made_of (self, path);
}

gboolean
engram_backup_identify (EngramDatabase   *database,
                        EngramNetworkId  *id,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (database, cancellable, error);

  return reader != NULL && engram_connection_begin_read (reader, error) && engram_network_id_read (reader, id, error);
}

gboolean
engram_backup_matches (const EngramBackup  *self,
                       EngramDatabase      *database,
                       gboolean            *matches,
                       GCancellable        *cancellable,
                       GError             **error)
{
  g_auto (EngramNetworkId) id = { NULL };

  g_return_val_if_fail (self != NULL && matches != NULL, FALSE);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);

  if (!engram_backup_identify (database, &id, cancellable, error))
    return FALSE;
  *matches = engram_backup_is_of (self, &id, engram_database_get_path (database));
  return TRUE;
}
