/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <sys/stat.h>

/* What was found about a file, and how it looked then. */
typedef struct {
  struct timespec    written;
  goffset            size;
  EngramBackupStatus status;
  char              *message;
  gint64             time;
} Finding;

static GMutex mutex; /* guards: */
static GHashTable *findings; /* path -> Finding */

static void
finding_free (gpointer data)
{
  Finding *self = data;

  g_free (self->message);
  g_free (self);
}

void
engram_backup_remember (const char         *path,
                        EngramBackupStatus  status,
                        const char         *message)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  struct stat file;
  Finding *finding;

  if (stat (absolute, &file) != 0)
    return;
  finding = g_new0 (Finding, 1);
  *finding = (Finding) { file.st_mtim, file.st_size, status, g_strdup (message), g_get_real_time () };
  if (findings == NULL)
    findings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finding_free);
  g_hash_table_insert (findings, g_steal_pointer (&absolute), finding);
}

static gboolean
is_as_it_was (const Finding *finding,
              const char    *path)
{
  struct stat file;

  return stat (path, &file) == 0 && file.st_size == finding->size &&
         file.st_mtim.tv_sec == finding->written.tv_sec && file.st_mtim.tv_nsec == finding->written.tv_nsec;
}

gboolean
engram_backup_get_verification (const EngramBackup  *self,
                                EngramBackupStatus  *status,
                                char               **message,
                                gint64              *time)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  const Finding *finding;

  g_return_val_if_fail (self != NULL && status != NULL && time != NULL, FALSE);

  finding = findings != NULL ? g_hash_table_lookup (findings, self->path) : NULL;
  if (finding == NULL || !is_as_it_was (finding, self->path))
    return FALSE;
  *status = finding->status;
  *time = finding->time;
  if (message != NULL)
    *message = g_strdup (finding->message);
  return TRUE;
}
