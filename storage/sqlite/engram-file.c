/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "sqlite/engram-portal.h"

/* The header of a SQLite file: https://www.sqlite.org/fileformat.html#the_database_header */
#define HEADER_SIZE 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_READ_VERSION 19
#define READ_VERSION_WAL 2

void
engram_file_set_error (GError     **error,
                       int          number,
                       const char  *path)
{
  g_autofree char *name = g_filename_display_name (path);
  EngramError code = ENGRAM_ERROR_FAILED;

  if (number == ENOSPC || number == EDQUOT)
    code = ENGRAM_ERROR_NO_SPACE;
  else if (number == ENOENT || number == ENOTDIR || number == EACCES)
    code = ENGRAM_ERROR_NO_FILE;
  else if (number == EEXIST)
    code = ENGRAM_ERROR_EXISTS;
  else if (number == EROFS)
    code = ENGRAM_ERROR_READ_ONLY;

  if (code == ENGRAM_ERROR_EXISTS)
    g_set_error (error, ENGRAM_ERROR, code, _("“%s” exists already. Choose another name."), name);
  else if (number == ENOENT)
    g_set_error (error, ENGRAM_ERROR, code, _("There is no file “%s”."), name);
  else
    /* Translators: a file's name, then the system's words. */
    g_set_error (error, ENGRAM_ERROR, code, _("“%s”: %s"), name, g_strerror (number));
}

static gboolean
read_header_of (sqlite3 *handle,
                guint8   header[HEADER_SIZE])
{
  sqlite3_file *file = NULL;
  int result = sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);

  if (result == SQLITE_OK && file->pMethods != NULL)
    result = file->pMethods->xRead (file, header, HEADER_SIZE, 0);
  return result == SQLITE_OK || result == SQLITE_IOERR_SHORT_READ;
}

/* SQLite cannot open what the portal hands over: it refuses links (O_NOFOLLOW), and the portal opens the file by one. So
 * there are no locks of SQLite's on it which closing a descriptor could drop. */
static gboolean
read_header_from_portal (const char  *path,
                         guint8       header[HEADER_SIZE],
                         GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean read_all = fd >= 0 && read (fd, header, HEADER_SIZE) >= 0;

  if (!read_all)
    engram_file_set_error (error, errno, path);
  if (fd >= 0)
    close (fd);
  return read_all;
}

/* Through SQLite's own descriptor: closing one of ours would drop the locks that this process holds on the file. */
static gboolean
read_header (const char  *path,
             guint8       header[HEADER_SIZE],
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  sqlite3 *handle = NULL;
  gboolean read;
  int result;

  if (engram_portal_has_file (path))
    return read_header_from_portal (path, header, error);
  engram_connection_initialize_sqlite ();
  result = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
  read = result == SQLITE_OK && read_header_of (handle, header);
  if (!read && handle != NULL && (sqlite3_system_errno (handle) == EACCES || sqlite3_system_errno (handle) == EPERM))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("You may not read “%s”. Ask its owner for access."),
                 name);
  else if (!read)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” cannot be read: %s"), name,
                 handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (result));
  sqlite3_close (handle);
  return read;
}

static guint64
get_size_of (const char *path,
             const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  struct stat status;

  return stat (name, &status) == 0 ? (guint64) status.st_size : 0;
}

static gboolean
exists (const char *path,
        const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  return g_access (name, F_OK) == 0;
}

gboolean
engram_file_examine (const char  *path,
                     EngramFile  *file,
                     GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *resolved = realpath (path, NULL);
  g_autofree char *folder = NULL;
  guint8 header[HEADER_SIZE] = { 0 };
  struct statvfs file_system;
  struct stat status;

  *file = (EngramFile) { NULL };
  if (resolved == NULL || stat (resolved, &status) != 0)
    {
      engram_file_set_error (error, errno, path);
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK,
                   S_ISDIR (status.st_mode) ? _("“%s” is a folder, not a neuron network.")
                                            : _("“%s” is no regular file."), name);
      return FALSE;
    }
  if (status.st_size == 0)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK, _("“%s” is empty: a file of 0 bytes."), name);
      return FALSE;
    }
  if (!read_header (resolved, header, error))
    return FALSE;
  if (memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) != 0)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK, _("“%s” is not a SQLite database."), name);
      return FALSE;
    }

  folder = g_path_get_dirname (resolved);
  file->is_wal = header[HEADER_READ_VERSION] == READ_VERSION_WAL;
  file->has_wal_frames = get_size_of (resolved, "-wal") > 0;
  file->wal_time = engram_file_get_wal_time (resolved);
  file->has_shm = exists (resolved, "-shm");
  file->is_on_read_only_medium = statvfs (resolved, &file_system) == 0 && (file_system.f_flag & ST_RDONLY) != 0;
  file->device = status.st_dev;
  file->inode = status.st_ino;
  file->is_writable = g_access (resolved, W_OK) == 0 && g_access (folder, W_OK) == 0;
  file->n_links = status.st_nlink;
  /* By either name: of a sandbox's own folders, one may be a link to the other. */
  file->is_from_portal = engram_portal_has_file (path) || engram_portal_has_file (resolved);
  file->path = g_steal_pointer (&resolved);
  return TRUE;
}

gboolean
engram_file_is_database (const char *path)
{
  guint8 header[HEADER_SIZE] = { 0 };

  return read_header (path, header, NULL) && memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0;
}

void
engram_file_clear (EngramFile *file)
{
  g_clear_pointer (&file->path, free);
}

gint64
engram_file_get_wal_time (const char *path)
{
  g_autofree char *name = g_strconcat (path, "-wal", NULL);
  struct stat status;

  if (stat (name, &status) != 0)
    return 0;
  return status.st_mtim.tv_sec * (gint64) G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
}

gboolean
engram_file_is_same (const char *path,
                     guint64     device,
                     guint64     inode)
{
  struct stat status;

  return stat (path, &status) == 0 && status.st_dev == device && status.st_ino == inode;
}

gboolean
engram_file_header_is_wal (EngramConnection *connection)
{
  guint8 header[HEADER_SIZE] = { 0 };

  return read_header_of (engram_connection_get_handle (connection), header) &&
         header[HEADER_READ_VERSION] == READ_VERSION_WAL;
}

guint64
engram_file_get_size (const char *path)
{
  return get_size_of (path, "") + get_size_of (path, "-wal");
}

gboolean
engram_file_check_free (const char  *path,
                        GError     **error)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *shown = g_filename_display_name (name);
      struct stat status;

      if (lstat (name, &status) != 0)
        continue;
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS,
                   i == 0 ? _("“%s” exists already. Choose another name.")
                          : _("“%s” lies there: a journal of an earlier network of that name. Choose another name, or "
                              "move the journal away if you are sure that nobody needs it."), shown);
      return FALSE;
    }
  return TRUE;
}

char *
engram_file_new_temporary (const char  *path,
                           const char  *purpose,
                           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s.%s-XXXXXX", name, purpose);
  g_autofree char *temporary = g_build_filename (folder, hidden, NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      engram_file_set_error (error, errno, folder);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&temporary);
}

/* An error names the file as the user knows it, @shown. */
static gboolean
synchronize (const char  *path,
             int          flags,
             const char  *shown,
             GError     **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    engram_file_set_error (error, errno, shown);
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
rename_without_replacing (const char  *temporary,
                          const char  *path,
                          GError     **error)
{
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  /* Where the file system cannot do that: a second name for the file, which fails where the name is taken. */
  if ((errno == EINVAL || errno == ENOSYS) && link (temporary, path) == 0)
    {
      g_unlink (temporary);
      return TRUE;
    }
  engram_file_set_error (error, errno, path);
  return FALSE;
}

static gboolean
publish_new (const char  *temporary,
             const char  *path,
             const char  *folder,
             GError     **error)
{
  if (!rename_without_replacing (temporary, path, error))
    return FALSE;
  if (synchronize (folder, O_RDONLY | O_DIRECTORY, folder, error))
    return TRUE;
  /* Its name might not outlive a power cut: better none than one that may vanish. */
  g_unlink (path);
  return FALSE;
}

gboolean
engram_file_publish (const char  *temporary,
                     const char  *path,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return engram_file_check_free (path, error) && synchronize (temporary, O_RDONLY, path, error) &&
         publish_new (temporary, path, folder, error);
}

/* Where the file system cannot exchange two names: what was there cannot be brought back. */
static gboolean
rename_over (const char  *temporary,
             const char  *path,
             const char  *folder,
             GError     **error)
{
  if (g_rename (temporary, path) == 0)
    return synchronize (folder, O_RDONLY | O_DIRECTORY, folder, error);
  engram_file_set_error (error, errno, path);
  return FALSE;
}

gboolean
engram_file_replace (const char  *temporary,
                     const char  *path,
                     GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!synchronize (temporary, O_RDONLY, path, error))
    return FALSE;
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_EXCHANGE) != 0)
    {
      if (errno == ENOENT)
        return publish_new (temporary, path, folder, error);
      if (errno == EINVAL || errno == ENOSYS)
        return rename_over (temporary, path, folder, error);
      engram_file_set_error (error, errno, path);
      return FALSE;
    }
  /* Now the old file bears the temporary name: it goes once the exchange is safe, and comes back where it is not. */
  if (synchronize (folder, O_RDONLY | O_DIRECTORY, folder, error))
    {
      if (g_unlink (temporary) == 0)
        return TRUE;
      engram_file_set_error (error, errno, path);
    }
  renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_EXCHANGE);
  return FALSE;
}

void
engram_file_remove (const char *temporary)
{
  static const char *const suffixes[] = { "", "-journal", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (temporary, suffixes[i], NULL);

      g_unlink (name);
    }
}
