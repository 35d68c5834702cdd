/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-save-as.h"

#include <glib/gi18n-lib.h>

#include "safety/engram-progress-part-private.h"
#include "safety/files/engram-content-hash-private.h"
#include "safety/files/engram-snapshot-copy-private.h"
#include "safety/files/engram-work-file-private.h"
#include "sqlite/engram-file-private.h"

#define PURPOSE "new"

/* How much of the work is over when the content of the network is read, and when its pages are copied. */
#define READ 0.3
#define COPIED 0.7

/* What a new file gets: as readable as the network usually is, and written by its owner. */
static mode_t
get_mode (EngramWorkFile *work)
{
  return (work->usual_mode & 0644) | 0600;
}

static gboolean
check_space (EngramReader  *reader,
             const char    *path,
             GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gint64 n_pages, page_size;

  return engram_connection_get_integer (reader, "PRAGMA page_count", &n_pages, error) &&
         engram_connection_get_integer (reader, "PRAGMA page_size", &page_size, error) &&
         engram_check_space (folder, (guint64) n_pages * page_size, error);
}

static gboolean
verify (const char           *path,
        const EngramContent  *source,
        EngramProgressPart   *part,
        GCancellable         *cancellable,
        GError              **error)
{
  g_autoptr (EngramConnection) connection = NULL;
  g_auto (EngramContent) copy = { NULL };

  connection = engram_connection_open (path, ENGRAM_CONNECTION_IMMUTABLE, cancellable, error);
  if (connection == NULL || !engram_content_read (connection, &copy, 0, engram_progress_part_report, part, error))
    return FALSE;
  if (engram_content_equal (&copy, source))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, "%s",
               _("What was written is not what was copied: the disk may be broken. Choose another folder."));
  return FALSE;
}

gboolean
engram_database_save_as (EngramDatabase      *database,
                         const char          *path,
                         EngramProgressFunc   progress,
                         gpointer             user_data,
                         GCancellable        *cancellable,
                         GError             **error)
{
  EngramProgressPart reading = { progress, user_data, 0, READ };
  EngramProgressPart copying = { progress, user_data, READ, COPIED };
  EngramProgressPart verifying = { progress, user_data, COPIED, 1 };
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramWorkFile) work = NULL;
  g_auto (EngramContent) source = { NULL };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (path != NULL && g_path_is_absolute (path), FALSE);

  if (!engram_file_check_free (path, error) ||
      !engram_database_acquire_snapshot (database, &reader, 1, cancellable, error) ||
      !check_space (reader, path, error))
    return FALSE;
  work = engram_work_file_new (path, PURPOSE, error);
  return work != NULL &&
         engram_content_read (reader, &source, 0, engram_progress_part_report, &reading, error) &&
         engram_snapshot_copy (reader, work->path, engram_progress_part_report, &copying, cancellable, error) &&
         verify (work->path, &source, &verifying, cancellable, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         engram_work_file_publish (work, path, get_mode (work), error);
}
