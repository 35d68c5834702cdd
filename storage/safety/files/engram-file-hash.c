/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-content-hash-private.h"

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
  GChecksum          *checksum; /* or NULL */
  EngramWorkFile     *copy;     /* or NULL */
  guint64             size;
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;
} Reading;

static gboolean
use_block (Reading       *self,
           const guint8  *block,
           gsize          length,
           GError       **error)
{
  if (self->checksum != NULL)
    g_checksum_update (self->checksum, block, length);
  return self->copy == NULL || engram_work_file_write (self->copy, block, length, error);
}

static gboolean
read_blocks (Reading       *self,
             sqlite3_file  *file,
             GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);

  for (guint64 done = 0; done < self->size;)
    {
      int length = MIN (self->size - done, BLOCK_BYTES);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (file->pMethods->xRead (file, block, length, done) != SQLITE_OK)
        {
          engram_file_set_error (error, EIO, self->path);
          return FALSE;
        }
      if (!use_block (self, block, length, error))
        return FALSE;
      done += length;
      if (self->progress != NULL)
        self->progress (_("Reading the backup"), (double) done / self->size, self->user_data);
    }
  return TRUE;
}

/* Through SQLite's own descriptor: closing one of ours would drop the locks that this process may hold on the file. */
static gboolean
read_file (Reading  *self,
           GError  **error)
{
  sqlite3 *handle = NULL;
  sqlite3_file *file = NULL;
  sqlite3_int64 size = 0;
  gboolean done;
  int number;

  if (!check_regular (self->path, error))
    return FALSE;
  engram_connection_initialize_sqlite ();
  if (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    file = get_file (handle);
  done = file != NULL && file->pMethods->xFileSize (file, &size) == SQLITE_OK;
  self->size = size;
  if (done)
    done = read_blocks (self, file, error);
  else
    {
      number = handle != NULL ? sqlite3_system_errno (handle) : 0;
      engram_file_set_error (error, number != 0 ? number : EIO, self->path);
    }
  sqlite3_close (handle);
  return done;
}

char *
engram_file_hash (const char          *path,
                  guint64             *size,
                  EngramProgressFunc   progress,
                  gpointer             user_data,
                  GCancellable        *cancellable,
                  GError             **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Reading reading = { path, checksum, NULL, 0, progress, user_data, cancellable };

  if (!read_file (&reading, error))
    return NULL;
  if (size != NULL)
    *size = reading.size;
  return g_strdup (g_checksum_get_string (checksum));
}

gboolean
engram_file_copy (const char          *path,
                  EngramWorkFile      *copy,
                  EngramProgressFunc   progress,
                  gpointer             user_data,
                  GCancellable        *cancellable,
                  GError             **error)
{
  Reading reading = { path, NULL, copy, 0, progress, user_data, cancellable };

  return read_file (&reading, error);
}
