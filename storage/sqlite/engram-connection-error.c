/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-connection-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

static int
get_last_error (sqlite3 *handle,
                int      pointer)
{
  sqlite3_file *file = NULL;
  int number = 0;

  sqlite3_file_control (handle, "main", pointer, &file);
  /* A journal in memory has nothing to say. */
  if (file != NULL && file->pMethods != NULL && file->pMethods->xFileControl != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

/* What the system said. Of a failed commit SQLite does not note it; then the files know. */
static int
get_system_error (sqlite3 *handle)
{
  int number = handle != NULL ? sqlite3_system_errno (handle) : 0;

  if (number == 0 && handle != NULL)
    number = get_last_error (handle, SQLITE_FCNTL_JOURNAL_POINTER);
  if (number == 0 && handle != NULL)
    number = get_last_error (handle, SQLITE_FCNTL_FILE_POINTER);
  return number;
}

static void
set_file_error (EngramConnection  *self,
                int                result,
                GError           **error)
{
  const char *path = engram_connection_get_path (self);
  g_autofree char *name = g_filename_display_name (path);
  int system_error = get_system_error (engram_connection_get_handle (self));

  if (system_error == ENOSPC || system_error == EDQUOT)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE,
                 _("There is no space left on the disk of “%s”. Nothing was changed. Make space, then try again."), name);
  else if ((result & 0xff) == SQLITE_CANTOPEN && (system_error == EACCES || system_error == EPERM))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("You may not read “%s” or write beside it."), name);
  else if ((result & 0xff) == SQLITE_CANTOPEN && system_error == ENOENT && g_file_test (path, G_FILE_TEST_EXISTS))
    /* It is not the file that is not there: SQLite could not make one beside it, and has forgotten why. */
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                 _("No journal can be made beside “%s”. Nothing was changed. Perhaps there is no space left on the disk."),
                 name);
  else if ((result & 0xff) == SQLITE_CANTOPEN)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE, _("“%s” cannot be opened: %s"), name,
                 system_error != 0 ? g_strerror (system_error) : sqlite3_errstr (result));
  else
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("Reading or writing “%s” failed: %s"), name,
                 system_error != 0 ? g_strerror (system_error) : sqlite3_errstr (result));
}

void
engram_connection_set_error (EngramConnection  *self,
                             int                result,
                             GError           **error)
{
  sqlite3 *handle = engram_connection_get_handle (self);
  g_autofree char *name = g_filename_display_name (engram_connection_get_path (self));
  g_autofree char *reason = NULL;

  /* What SQLite has to say is of its last call, which may have been another; and it has words of the file in it, which
   * may be any bytes. */
  if (handle != NULL && sqlite3_extended_errcode (handle) == result)
    reason = g_utf8_make_valid (sqlite3_errmsg (handle), -1);
  else
    reason = g_strdup (sqlite3_errstr (result));
  switch (result & 0xff)
    {
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (g_cancellable_set_error_if_cancelled (engram_connection_get_cancellable (self), error))
        break;
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
                   _("“%s” is locked: another program, or another task of this one, is using it. Nothing was changed. "
                     "Wait until it is done, or close it, then try again."), name);
      break;
    case SQLITE_READONLY:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                   _("“%s” can be looked at, but not written."), name);
      break;
    case SQLITE_FULL:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE,
                   _("There is no space left on the disk of “%s”. Nothing was changed. Make space, then try again."),
                   name);
      break;
    case SQLITE_NOTADB:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK, _("“%s” is not a SQLite database."), name);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
                   /* Translators: a file's name, then SQLite's words. */
                   _("“%s” is damaged (%s). Check it to see what can be saved, or restore a backup."), name, reason);
      break;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   /* Translators: a file's name, then SQLite's words. */
                   _("“%s” does not take this: %s"), name, reason);
      break;
    case SQLITE_NOMEM:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("There is not enough memory for this."));
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      set_file_error (self, result, error);
      break;
    default:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                   /* Translators: a file's name, then SQLite's words. */
                   _("“%s”: %s"), name, reason);
      break;
    }
}
