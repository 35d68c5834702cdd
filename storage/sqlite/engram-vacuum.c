/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-database-private.h"

#include <glib/gi18n-lib.h>

#include "sqlite/engram-file-private.h"

/* Pages copied between two looks at the cancellable: 4 MiB. */
#define PAGES_PER_STEP 1024

#define MAX_TRIES 3

typedef struct {
  EngramDatabase     *database;
  EngramConnection   *writer;
  GCancellable       *cancellable;
  EngramProgressFunc  progress;
  gpointer            user_data;
  char               *staging;       /* the compact copy, beside the file */
  guint64             expected_size; /* of the copy, in bytes */
} Vacuum;

/* The first half of the work is over when the copy has its full size. */
static void
report_staging (gpointer data)
{
  Vacuum *self = data;
  double fraction = (double) engram_file_get_size (self->staging) / MAX (self->expected_size, 1);

  self->progress (_("Packing the network"), MIN (fraction, 1) / 2, self->user_data);
}

static gboolean
stage (Vacuum  *self,
       GError **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  gint64 pages, free_pages, page_size;
  gboolean done;

  if (!engram_connection_get_integer (self->writer, "PRAGMA page_count", &pages, error) ||
      !engram_connection_get_integer (self->writer, "PRAGMA freelist_count", &free_pages, error) ||
      !engram_connection_get_integer (self->writer, "PRAGMA page_size", &page_size, error))
    return FALSE;
  self->expected_size = (guint64) (pages - free_pages) * page_size;

  statement = engram_connection_prepare (self->writer, "VACUUM INTO ?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, self->staging);
  if (self->progress != NULL)
    engram_connection_set_tick (self->writer, report_staging, self);
  done = engram_statement_run (statement, error);
  engram_connection_set_tick (self->writer, NULL, NULL);
  return done;
}

static gboolean
copy_pages (Vacuum          *self,
            sqlite3_backup  *backup,
            GError         **error)
{
  int result = SQLITE_OK;

  while (result == SQLITE_OK)
    {
      int total = MAX (sqlite3_backup_pagecount (backup), 1);

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (_("Writing the packed network"),
                        0.5 + 0.5 * (total - sqlite3_backup_remaining (backup)) / total, self->user_data);
      result = sqlite3_backup_step (backup, PAGES_PER_STEP);
    }
  if (result == SQLITE_DONE)
    return TRUE;
  engram_connection_set_error (self->writer, result, error);
  return FALSE;
}

/* What the writer knows of the file's content: differs where another connection has committed before the writer's last
 * transaction began. */
static guint32
get_data_version (Vacuum *self)
{
  guint32 version = 0;

  sqlite3_file_control (engram_connection_get_handle (self->writer), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  return version;
}

/* One transaction that replaces all pages of the file, unless somebody has changed the file since it was @version. */
static gboolean
replace (Vacuum   *self,
         guint32   version,
         gboolean *overtaken,
         GError  **error)
{
  g_autoptr (EngramConnection) source = NULL;
  sqlite3_backup *backup;
  gboolean done = FALSE;
  int result;

  source = engram_connection_open (self->staging, ENGRAM_CONNECTION_IMMUTABLE, self->cancellable, error);
  if (source == NULL)
    return FALSE;
  backup = sqlite3_backup_init (engram_connection_get_handle (self->writer), "main",
                                engram_connection_get_handle (source), "main");
  if (backup == NULL)
    {
      engram_connection_set_error (self->writer, sqlite3_extended_errcode (engram_connection_get_handle (self->writer)),
                                   error);
      return FALSE;
    }
  /* The first step takes the write lock; from then on nobody else can change the file. */
  result = sqlite3_backup_step (backup, 1);
  if (result != SQLITE_OK && result != SQLITE_DONE)
    engram_connection_set_error (self->writer, result, error);
  else
    {
      *overtaken = get_data_version (self) != version;
      done = !*overtaken && (result == SQLITE_DONE || copy_pages (self, backup, error));
    }
  result = sqlite3_backup_finish (backup);
  if (done && result != SQLITE_OK)
    {
      engram_connection_set_error (self->writer, result, error);
      done = FALSE;
    }
  if (!done)
    engram_database_bury_failed_commit (self->writer, result);
  return done;
}

static gboolean
vacuum_once (Vacuum    *self,
             gboolean  *overtaken,
             GError   **error)
{
  gboolean done;

  *overtaken = FALSE;
  self->staging = engram_file_new_temporary (engram_database_get_path (self->database), "vacuum", error);
  if (self->staging == NULL)
    return FALSE;
  done = stage (self, error) && replace (self, get_data_version (self), overtaken, error);
  engram_file_remove (self->staging);
  g_clear_pointer (&self->staging, g_free);
  return done;
}

gboolean
engram_database_vacuum (EngramDatabase      *self,
                        EngramProgressFunc   progress,
                        gpointer             user_data,
                        GCancellable        *cancellable,
                        GError             **error)
{
  Vacuum vacuum = { self, NULL, cancellable, progress, user_data, NULL, 0 };
  gboolean done = FALSE, overtaken = TRUE;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), FALSE);

  vacuum.writer = engram_database_begin_exclusive (self, cancellable, error);
  if (vacuum.writer == NULL)
    return FALSE;
  for (int try = 0; try < MAX_TRIES && overtaken && !done; try++)
    done = vacuum_once (&vacuum, &overtaken, error);
  if (!done && overtaken)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
                 _("Another program is writing “%s” all the time. Wait until it is done, then try again."),
                 engram_database_get_path (self));
  if (done)
    {
      /* Only now does the file itself become smaller; where a reader is in the way, the next checkpoint does it. */
      engram_connection_set_cancellable (vacuum.writer, NULL);
      engram_connection_execute (vacuum.writer, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
      g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                        "ENGRAM_ACTION", "vacuum",
                        "ENGRAM_PATH", engram_database_get_path (self),
                        "MESSAGE", "Vacuumed “%s”", engram_database_get_path (self));
    }
  engram_database_end_exclusive (self, vacuum.writer);
  return done;
}
