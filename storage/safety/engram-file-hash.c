/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/engram-content-hash-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "sqlite/engram-file-private.h"

#define BLOCK_BYTES (1024 * 1024)

/* To open a FIFO would be to wait for somebody who writes to it. */
static gboolean
check_regular (const char  *path,
               GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat status;

  if (stat (path, &status) != 0)
    {
      engram_file_set_error (error, errno, path);
      return FALSE;
    }
  if (S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK, _("“%s” is no regular file."), name);
  return FALSE;
}

static sqlite3_file *
get_file (sqlite3 *handle)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file != NULL && file->pMethods != NULL ? file : NULL;
}

typedef struct {
  const char         *path;
  EngramWorkFile     *copy;
  GChecksum          *checksum;
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;
} Hashing;

static gboolean
read_blocks (Hashing       *self,
             sqlite3_file  *file,
             guint64        size,
             GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);

  for (guint64 done = 0; done < size;)
    {
      int length = MIN (size - done, BLOCK_BYTES);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (file->pMethods->xRead (file, block, length, done) != SQLITE_OK)
        {
          engram_file_set_error (error, EIO, self->path);
          return FALSE;
        }
      g_checksum_update (self->checksum, block, length);
      if (self->copy != NULL && !engram_work_file_write (self->copy, block, length, error))
        return FALSE;
      done += length;
      if (self->progress != NULL)
        self->progress (_("Reading the backup"), (double) done / size, self->user_data);
    }
  return TRUE;
}

/* Through SQLite's own descriptor: closing one of ours would drop the locks that this process may hold on the file. */
char *
engram_file_hash (const char          *path,
                  EngramWorkFile      *copy,
                  guint64             *size,
                  EngramProgressFunc   progress,
                  gpointer             user_data,
                  GCancellable        *cancellable,
                  GError             **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Hashing hashing = { path, copy, checksum, progress, user_data, cancellable };
  sqlite3 *handle = NULL;
  sqlite3_file *file = NULL;
  sqlite3_int64 length = 0;
  gboolean done;

  if (!check_regular (path, error))
    return NULL;
  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    file = get_file (handle);
  done = file != NULL && file->pMethods->xFileSize (file, &length) == SQLITE_OK;
  if (!done)
    engram_file_set_error (error, handle != NULL && sqlite3_system_errno (handle) != 0 ? sqlite3_system_errno (handle)
                                                                                         : EIO, path);
  else
    done = read_blocks (&hashing, file, length, error);
  sqlite3_close (handle);
  if (!done)
    return NULL;
  if (size != NULL)
    *size = length;
  return g_strdup (g_checksum_get_string (checksum));
}
