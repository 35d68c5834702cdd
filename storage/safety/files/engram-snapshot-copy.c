/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-snapshot-copy-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "sqlite/engram-file-private.h"

/* Pages copied between two looks at the cancellable: 4 MiB. */
#define PAGES_PER_STEP 1024

void
engram_page_copy_set_error (const EngramPageCopy  *self,
                            int                    result,
                            GError               **error)
{
  gboolean is_of_source = (result & 0xff) == SQLITE_CORRUPT || result == SQLITE_IOERR_READ ||
                          result == SQLITE_IOERR_SHORT_READ;

  engram_connection_set_error (is_of_source ? self->from : self->to, result, error);
}

gboolean
engram_page_copy_run (const EngramPageCopy  *self,
                      sqlite3_backup        *backup,
                      GError               **error)
{
  int result = SQLITE_OK;

  while (result == SQLITE_OK)
    {
      int total;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      result = sqlite3_backup_step (backup, PAGES_PER_STEP);
      total = MAX (sqlite3_backup_pagecount (backup), 1);
      if (self->progress != NULL)
        self->progress (self->phase, (double) (total - sqlite3_backup_remaining (backup)) / total, self->user_data);
    }
  if (result == SQLITE_DONE)
    return TRUE;
  engram_page_copy_set_error (self, result, error);
  return FALSE;
}

/* The hidden name of the copy tells a person nothing. */
static void
name_full_disk (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (error == NULL || !g_error_matches (*error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE))
    return;
  g_clear_error (error);
  engram_file_set_error (error, ENOSPC, folder);
}

static gboolean
copy_all (const EngramPageCopy  *self,
          GError               **error)
{
  sqlite3 *handle = engram_connection_get_handle (self->to);
  sqlite3_backup *backup = sqlite3_backup_init (handle, "main", engram_connection_get_handle (self->from), "main");
  gboolean done;
  int result;

  if (backup == NULL)
    {
      engram_page_copy_set_error (self, sqlite3_extended_errcode (handle), error);
      return FALSE;
    }
  done = engram_page_copy_run (self, backup, error);
  result = sqlite3_backup_finish (backup);
  if (!done || result == SQLITE_OK)
    return done;
  engram_page_copy_set_error (self, result, error);
  return FALSE;
}

gboolean
engram_make_one_file (EngramConnection  *connection,
                      GError           **error)
{
  g_autofree char *mode = engram_connection_get_text (connection, "PRAGMA journal_mode=DELETE", error);

  if (mode == NULL)
    return FALSE;
  if (g_str_equal (mode, "delete"))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The copy could not be made one file."));
  return FALSE;
}

gboolean
engram_snapshot_copy (EngramReader        *reader,
                      const char          *path,
                      EngramProgressFunc   progress,
                      gpointer             user_data,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_autoptr (EngramConnection) copy = engram_connection_open (path, ENGRAM_CONNECTION_WRITE, cancellable, error);
  EngramPageCopy pages = { reader, copy, _("Copying the network"), progress, user_data, cancellable };

  /* Nobody else knows the file, and what is not finished is thrown away: no journal on disk, and one sync at the end,
   * by the caller. */
  if (copy == NULL ||
      !engram_connection_execute (copy, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY;"
                                        "PRAGMA synchronous=OFF; PRAGMA cell_size_check=OFF", error) ||
      !copy_all (&pages, error))
    {
      name_full_disk (path, error);
      return FALSE;
    }

  /* What was copied may say that it is in WAL mode. */
  return engram_make_one_file (copy, error);
}
