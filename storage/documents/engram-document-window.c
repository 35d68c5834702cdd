/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "documents/engram-document-window-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite/engram-file-private.h"

/* Read at a time: what stays in the processor's cache while it is looked at. */
#define BLOCK_BYTES (1024 * 1024)

#define MAX_IDLE_BYTES (8 * BLOCK_BYTES)

static gboolean
fail_to_read (const char  *path,
              int          number,
              GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (number == ENOENT)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("There is no file “%s”."), name);
  else
    /* Translators: a file's name, then the system's words. */
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” cannot be read: %s"), name, g_strerror (number));
  return FALSE;
}

/* By the name alone: opening a pipe would wait for whoever writes to it, and closing a database that this process has
 * open would drop SQLite's locks on it. */
static gboolean
check_file (const char  *path,
            GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  EngramFile database;
  struct stat status;

  if (stat (path, &status) != 0)
    return fail_to_read (path, errno, error);
  if (S_ISDIR (status.st_mode))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” is a folder, not a JSON document."), name);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE,
                 _("“%s” is no regular file. Save the document to a file, then import that."), name);
  else if (!engram_file_examine (path, &database, NULL))
    return TRUE;
  else
    {
      engram_file_clear (&database);
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” is a database, not a JSON document."), name);
    }
  return FALSE;
}

gboolean
engram_document_window_open (EngramDocumentWindow  *self,
                             const char            *path,
                             GError               **error)
{
  struct stat status;

  *self = (EngramDocumentWindow) { NULL };
  self->fd = -1;
  if (!check_file (path, error))
    return FALSE;

  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      fail_to_read (path, errno, error);
      engram_document_window_close (self);
      return FALSE;
    }
  posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  self->path = g_strdup (path);
  self->size = status.st_size;
  self->device = status.st_dev;
  self->inode = status.st_ino;
  return TRUE;
}

void
engram_document_window_close (EngramDocumentWindow *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->path, g_free);
}

void
engram_document_window_seek (EngramDocumentWindow *self,
                             guint64               offset)
{
  self->offset = offset;
  self->length = 0;
  self->at_end = FALSE;
}

/* Twice as much where it is not enough, so that a long record is looked at only a few times. What one huge record has
 * made huge is not kept. */
static void
make_room (EngramDocumentWindow *self)
{
  gsize capacity = self->capacity;

  if (capacity < self->length + BLOCK_BYTES)
    capacity = CLAMP (2 * capacity, self->length + BLOCK_BYTES, ENGRAM_DOCUMENT_MAX_PART + BLOCK_BYTES);
  else if (capacity > MAX_IDLE_BYTES && self->length < BLOCK_BYTES)
    capacity = 2 * BLOCK_BYTES;
  if (capacity != self->capacity)
    self->text = g_realloc (self->text, capacity);
  self->capacity = capacity;
}

gboolean
engram_document_window_slide (EngramDocumentWindow  *self,
                              gsize                  used,
                              GError               **error)
{
  gssize n_read;

  self->offset += used;
  self->length -= used;
  if (used > 0)
    memmove (self->text, self->text + used, self->length);
  make_room (self);

  do
    n_read = pread (self->fd, self->text + self->length, self->capacity - self->length, self->offset + self->length);
  while (n_read < 0 && errno == EINTR);
  if (n_read < 0)
    return fail_to_read (self->path, errno, error);
  self->length += n_read;
  self->at_end = n_read == 0;
  return TRUE;
}
