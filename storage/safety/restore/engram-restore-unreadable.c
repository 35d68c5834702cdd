/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/restore/engram-restore-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "safety/engram-progress-part-private.h"
#include "safety/files/engram-file-users-private.h"
#include "sqlite/engram-file-private.h"
#include "sqlite/engram-portal.h"

/* How much of the work is over when the backup is staged. */
#define STAGED 0.9

/* Where SQLite locks a file: https://www.sqlite.org/src/file?name=src/os.h */
#define LOCK_START 0x40000000
#define LOCK_LENGTH 512

#define MAX_NAMES 1000

/* The database first: from then on nobody can open it without its journal. */
static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

/* Whether a program that cannot be seen otherwise, another user's, holds a lock. The file is not open in this
 * process, so that opening and closing it drops no lock of ours. */
static gboolean
is_locked (const char *path)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_START, .l_len = LOCK_LENGTH };
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  gboolean locked;

  if (fd < 0)
    return FALSE;
  locked = fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (fd);
  return locked;
}

static gboolean
check_unused (const char  *path,
              GError     **error)
{
  g_autofree char *users = engram_file_find_users (path, TRUE);

  if (users == NULL && !is_locked (path))
    return TRUE;
  engram_file_set_in_use (error, path, users != NULL ? users : _("another program"));
  return FALSE;
}

/* The file itself where the path is a link to it. */
static char *
resolve (const char  *path,
         GError     **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_filename_display_name (path);
  char *resolved = realpath (absolute, NULL);
  char *copy;
  struct stat status;

  if (resolved == NULL)
    return g_steal_pointer (&absolute);
  copy = g_strdup (resolved);
  free (resolved);
  if (stat (copy, &status) == 0 && S_ISREG (status.st_mode))
    return copy;
  g_free (copy);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” is no regular file."), name);
  return NULL;
}

/* Nothing can be moved aside there. */
static gboolean
check_place (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (!engram_portal_has_file (path))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
               _("“%s” lies outside of the folders that Engram may use, and cannot be replaced. Copy the backup to your "
                 "Documents folder and open that."), name);
  return FALSE;
}

static gboolean
set_exists (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      struct stat status;

      if (lstat (name, &status) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
rename_part (const char  *from,
             const char  *to,
             const char  *suffix,
             GError     **error)
{
  g_autofree char *from_name = g_strconcat (from, suffix, NULL);
  g_autofree char *to_name = g_strconcat (to, suffix, NULL);

  if (g_rename (from_name, to_name) == 0 || errno == ENOENT)
    return TRUE;
  engram_file_set_error (error, errno, from_name);
  return FALSE;
}

/* All files of the set, or none. */
static gboolean
rename_set (const char  *from,
            const char  *to,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (from);
  gboolean done = TRUE;
  gsize i = 0;

  for (; done && i < G_N_ELEMENTS (suffixes); i++)
    done = rename_part (from, to, suffixes[i], error);
  if (done && engram_sync_folder (folder, error))
    return TRUE;
  while (i-- > 0)
    rename_part (to, from, suffixes[i], NULL);
  return FALSE;
}

/* (transfer full): where the set is to go. */
static char *
choose_name_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d_%H%M%S");
  char *name = g_strdup_printf ("%s.damaged-%s", path, time);

  for (guint n = 2; n < MAX_NAMES && set_exists (name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%s-%u", path, time, n);
    }
  return name;
}

/* Sets @aside to where what lay there lies now, or to NULL where nothing did. */
static gboolean
exchange (const char     *path,
          EngramStaging  *staging,
          char          **aside,
          GError        **error)
{
  g_autofree char *name = NULL;
  struct stat status;
  mode_t mode = staging->work->usual_mode;

  *aside = NULL;
  if (set_exists (path))
    {
      if (stat (path, &status) == 0)
        mode = status.st_mode & 0777;
      name = choose_name_aside (path);
      if (!check_unused (path, error) || !rename_set (path, name, error))
        return FALSE;
    }
  if (engram_work_file_publish (staging->work, path, mode, error))
    {
      *aside = g_steal_pointer (&name);
      return TRUE;
    }
  if (name != NULL)
    rename_set (name, path, NULL);
  return FALSE;
}

EngramRestoreReport *
engram_restore_unreadable (const char          *path,
                           const char          *backup,
                           EngramProgressFunc   progress,
                           gpointer             user_data,
                           GCancellable        *cancellable,
                           GError             **error)
{
  EngramProgressPart part = { progress, user_data, 0, STAGED };
  g_auto (EngramStaging) staging = { NULL };
  g_autofree char *resolved = NULL;
  g_autofree char *aside = NULL;
  EngramRestoreReport *report;
  gint64 start = g_get_monotonic_time ();

  g_return_val_if_fail (path != NULL && backup != NULL, NULL);

  resolved = resolve (path, error);
  if (resolved == NULL || !check_place (resolved, error) || !check_unused (resolved, error) ||
      !engram_restore_stage (&staging, backup, resolved, engram_progress_part_report, &part, cancellable, error) ||
      !engram_staging_prepare (&staging, NULL, 0, cancellable, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error) || !exchange (resolved, &staging, &aside, error))
    return NULL;

  report = engram_restore_report_new (resolved, &staging);
  report->safety_backup = g_steal_pointer (&aside);
  report->seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "restore",
                    "ENGRAM_PATH", report->path,
                    "MESSAGE", "Put “%s” in the place of the unreadable “%s”", report->from, report->path);
  return report;
}
