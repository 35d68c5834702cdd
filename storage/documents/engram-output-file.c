/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "sqlite/engram-file-private.h"

/* As many as Linux follows. */
#define MAX_LINKS 40

/* Bytes written between two requests to the system to put them on disk: what is left for the end, which cannot be
 * cancelled, takes no long time. */
#define BYTES_PER_FLUSH (8 * 1024 * 1024)

struct _EngramOutputFile {
  char     *path;
  char     *temporary; /* NULL once it has its name */
  int       fd;
  guint64   size;
  guint64   requested; /* of it, what the system was asked to put on disk */
  guint64   waited;    /* of that, what has arrived there */
};

/* The files of a database, its own first. */
static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

/* Whether a name, such as that which /dev/stdout leads to, stands for a file that somebody has open. Whoever gives it
 * wants that one to be written to; replaced it would be lost. */
static gboolean
is_in_proc (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statfs status;

  return statfs (folder, &status) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

/* What a symbolic link leads to, whether or not that is there. */
static char *
resolve_links (const char  *path,
               GError     **error)
{
  g_autofree char *resolved = g_canonicalize_filename (path, NULL);

  for (int i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (resolved, NULL);
      g_autofree char *folder = NULL;

      if (target == NULL || is_in_proc (resolved))
        return g_steal_pointer (&resolved);
      folder = g_path_get_dirname (resolved);
      g_free (resolved);
      resolved = g_canonicalize_filename (target, folder);
    }
  engram_file_set_error (error, ELOOP, path);
  return NULL;
}

/* Whether a file belongs to a database: to the one that is open, or it is another, or has the name of another's
 * journal. Found out without opening and closing it behind SQLite's back, which would take the locks of this process
 * from it. */
static gboolean
is_of_database (const char        *path,
                const struct stat *status,
                const char        *database)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (database, suffixes[i], NULL);

      if (g_str_equal (name, path) ||
          (status != NULL && engram_file_is_same (name, status->st_dev, status->st_ino)))
        return TRUE;
    }
  for (gsize i = 1; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (path, suffixes[i]))
      {
        g_autofree char *name = g_strndup (path, strlen (path) - strlen (suffixes[i]));

        if (g_file_test (name, G_FILE_TEST_IS_REGULAR) && engram_file_is_database (name))
          return TRUE;
      }
  return status != NULL && engram_file_is_database (path);
}

/* Whether what is there may be replaced; *@mode is its mode, or 0 where nothing is there. */
static gboolean
check_target (const char  *path,
              const char  *database,
              mode_t      *mode,
              GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *folder_name = g_filename_display_name (folder);
  struct stat status;
  gboolean exists = stat (path, &status) == 0;

  *mode = exists ? status.st_mode & 0777 : 0;
  if (!exists && errno != ENOENT)
    engram_file_set_error (error, errno, path);
  else if (exists && S_ISDIR (status.st_mode))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS, _("“%s” is a folder. Choose the name of a file."), name);
  else if ((exists && !S_ISREG (status.st_mode)) || is_in_proc (path))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS, _("“%s” is no regular file. Choose another name."), name);
  else if (is_of_database (path, exists ? &status : NULL, database))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS,
                 _("“%s” is a database or belongs to one, and would be lost. Choose another name."), name);
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("There is no folder “%s”."), folder_name);
  else if (exists && g_access (path, W_OK) != 0)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY, _("“%s” may not be written. Choose another name."), name);
  else
    return TRUE;
  return FALSE;
}

EngramOutputFile *
engram_output_file_new (const char  *path,
                        const char  *database,
                        GError     **error)
{
  g_autoptr (EngramOutputFile) self = g_new0 (EngramOutputFile, 1);
  mode_t mode;

  self->fd = -1;
  self->path = resolve_links (path, error);
  if (self->path == NULL || !check_target (self->path, database, &mode, error))
    return NULL;
  self->temporary = engram_file_new_temporary (self->path, "export", error);
  if (self->temporary == NULL)
    return NULL;
  self->fd = g_open (self->temporary, O_WRONLY | O_CLOEXEC, 0);
  /* Who could not read the old file shall not read the new one. */
  if (self->fd < 0 || (mode != 0 && fchmod (self->fd, mode) != 0))
    {
      engram_file_set_error (error, errno, self->path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Has the system put on disk what was written since the last time, and waits for what was written before, so that the
 * disk is never far behind. */
static gboolean
flush (EngramOutputFile  *self,
       GError           **error)
{
  int result = 0;

  if (self->requested > 0)
    result = sync_file_range (self->fd, self->waited, self->requested - self->waited,
                              SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
  if (result == 0)
    result = sync_file_range (self->fd, self->requested, self->size - self->requested, SYNC_FILE_RANGE_WRITE);
  self->waited = self->requested;
  self->requested = self->size;
  /* Not every file system can. */
  if (result == 0 || errno == ENOSYS || errno == EINVAL || errno == EOPNOTSUPP)
    return TRUE;
  engram_file_set_error (error, errno, self->path);
  return FALSE;
}

gboolean
engram_output_file_write (EngramOutputFile  *self,
                          const char        *bytes,
                          gsize              length,
                          GError           **error)
{
  while (length > 0)
    {
      gssize written = write (self->fd, bytes, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          engram_file_set_error (error, errno, self->path);
          return FALSE;
        }
      bytes += written;
      length -= written;
      self->size += written;
    }
  return self->size - self->requested < BYTES_PER_FLUSH || flush (self, error);
}

static gboolean
close_file (EngramOutputFile  *self,
            GError           **error)
{
  /* By the descriptor that has written: no other is sure to be told of what went wrong. */
  gboolean done = fsync (self->fd) == 0;
  int number = errno;

  close (self->fd);
  self->fd = -1;
  if (!done)
    engram_file_set_error (error, number, self->path);
  return done;
}

gboolean
engram_output_file_finish (EngramOutputFile  *self,
                           GError           **error)
{
  if (!close_file (self, error) || !engram_file_replace (self->temporary, self->path, error))
    return FALSE;
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/* What was there keeps the temporary name, until the other file has its own. */
static gboolean
put_in_place (EngramOutputFile  *self,
              gboolean          *replaces,
              GError           **error)
{
  g_autofree char *aside = NULL;

  *replaces = TRUE;
  if (renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->path, RENAME_EXCHANGE) == 0)
    return TRUE;
  *replaces = errno != ENOENT;
  if (!*replaces && g_rename (self->temporary, self->path) == 0)
    return TRUE;
  if (*replaces && (errno == EINVAL || errno == ENOSYS))
    {
      /* A file system that cannot exchange two names. */
      aside = g_strconcat (self->temporary, ".old", NULL);
      if (g_rename (self->path, aside) == 0 && g_rename (self->temporary, self->path) == 0 &&
          g_rename (aside, self->temporary) == 0)
        return TRUE;
    }
  engram_file_set_error (error, errno, self->path);
  return FALSE;
}

static void
take_back (EngramOutputFile *self,
           gboolean          replaces)
{
  if (!replaces || renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->path, RENAME_EXCHANGE) != 0)
    g_rename (replaces ? self->temporary : self->path, replaces ? self->path : self->temporary);
}

gboolean
engram_output_file_finish_both (EngramOutputFile  *first,
                                EngramOutputFile  *second,
                                GError           **error)
{
  gboolean replaces;

  if (!close_file (first, error) || !close_file (second, error) || !put_in_place (first, &replaces, error))
    return FALSE;
  /* That puts the names of both on disk. */
  if (!engram_file_replace (second->temporary, second->path, error))
    {
      take_back (first, replaces);
      return FALSE;
    }
  if (replaces)
    g_unlink (first->temporary);
  g_clear_pointer (&first->temporary, g_free);
  g_clear_pointer (&second->temporary, g_free);
  return TRUE;
}

void
engram_output_file_free (EngramOutputFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

const char *
engram_output_file_get_path (EngramOutputFile *self)
{
  return self->path;
}

guint64
engram_output_file_get_size (EngramOutputFile *self)
{
  return self->size;
}
