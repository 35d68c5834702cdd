/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-work-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "engram-error.h"
#include "sqlite/engram-file-private.h"

#define RANDOM_LENGTH 6

/* A lock comes a moment after its file, so what is young is left alone. */
#define MIN_AGE_SECONDS (60 * 60)

/* The byte that is locked, far from those that SQLite locks. */
#define LOCK_BYTE G_GINT64_CONSTANT (0x4000000000000000)

/* FALSE where somebody else holds the lock, or the file system knows none. It goes with the descriptor alone, whatever
 * SQLite opens and closes. */
static gboolean
lock (int fd)
{
  struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_BYTE, .l_len = 1 };

  return fcntl (fd, F_OFD_SETLK, &range) == 0;
}

EngramWorkFile *
engram_work_file_new (const char  *path,
                      const char  *purpose,
                      GError     **error)
{
  g_autoptr (EngramWorkFile) self = g_new0 (EngramWorkFile, 1);
  struct stat status;

  self->fd = -1;
  self->path = engram_file_new_temporary (path, purpose, error);
  if (self->path == NULL)
    return NULL;
  self->fd = g_open (self->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);
  if (self->fd < 0 || fstat (self->fd, &status) != 0 || fchmod (self->fd, 0600) != 0)
    {
      engram_file_set_error (error, errno, path);
      return NULL;
    }
  self->usual_mode = status.st_mode & 0777;
  /* Where there are no locks, nothing is ever swept. */
  lock (self->fd);
  return g_steal_pointer (&self);
}

gboolean
engram_work_file_write (EngramWorkFile  *self,
                        gconstpointer    bytes,
                        gsize            length,
                        GError         **error)
{
  const guint8 *next = bytes;

  while (length > 0)
    {
      gssize written = write (self->fd, next, length);

      if (written < 0 && errno != EINTR)
        {
          g_autofree char *folder = g_path_get_dirname (self->path);

          engram_file_set_error (error, errno, folder);
          return FALSE;
        }
      next += MAX (written, 0);
      length -= MAX (written, 0);
    }
  return TRUE;
}

gboolean
engram_work_file_publish (EngramWorkFile  *self,
                          const char      *path,
                          mode_t           mode,
                          GError         **error)
{
  if (fchmod (self->fd, mode) != 0 || fsync (self->fd) != 0)
    {
      engram_file_set_error (error, errno, path);
      return FALSE;
    }
  if (!engram_file_publish (self->path, path, error))
    return FALSE;
  /* What SQLite could not remove beside it, by its old name. */
  engram_file_remove (self->path);
  g_clear_pointer (&self->path, g_free);
  close (self->fd);
  self->fd = -1;
  return TRUE;
}

void
engram_work_file_free (EngramWorkFile *self)
{
  if (self == NULL)
    return;

  if (self->path != NULL)
    engram_file_remove (self->path);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/* .NAME.PURPOSE-XXXXXX */
static gboolean
is_work_file (const char *name,
              const char *purpose)
{
  g_autofree char *mark = g_strconcat (".", purpose, "-", NULL);
  const char *found = g_strrstr (name, mark);

  return name[0] == '.' && found != NULL && found != name && strlen (found) == strlen (mark) + RANDOM_LENGTH;
}

static gboolean
is_abandoned (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISREG (status.st_mode) &&
         status.st_mtime < g_get_real_time () / G_USEC_PER_SEC - MIN_AGE_SECONDS && lock (fd);
}

void
engram_work_file_sweep (const char *folder,
                        const char *purpose)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int fd;

      if (!is_work_file (name, purpose))
        continue;
      fd = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
      if (fd < 0)
        continue;
      if (is_abandoned (fd))
        engram_file_remove (path);
      close (fd);
    }
}

gboolean
engram_check_space (const char  *folder,
                    guint64      bytes,
                    GError     **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *missing = NULL;
  struct statvfs status;
  guint64 available;

  /* Some file systems cannot say: then the writing will. */
  if (statvfs (folder, &status) != 0 || status.f_blocks == 0)
    return TRUE;
  available = (guint64) status.f_bavail * status.f_frsize;
  if (available >= bytes)
    return TRUE;
  missing = g_format_size (bytes - available);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE,
               /* Translators: a folder, then a size such as 1.2 GB. */
               _("There is not enough space in “%s”: %s more are needed. Nothing was changed. Make space, then try "
                 "again."),
               name, missing);
  return FALSE;
}

gboolean
engram_sync_folder (const char  *folder,
                    GError     **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    engram_file_set_error (error, errno, folder);
  if (fd >= 0)
    close (fd);
  return done;
}
