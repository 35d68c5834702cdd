/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-database-internal-private.h"

#include <glib/gi18n-lib.h>

/* How often whoever waits for the writer looks whether it was cancelled. */
#define CANCEL_INTERVAL_US (20 * 1000)

static gboolean
refuse_writing (EngramDatabase  *self,
                GError         **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  switch (engram_database_get_access (self))
    {
    case ENGRAM_DATABASE_ACCESS_WRITE:
      return FALSE;
    case ENGRAM_DATABASE_ACCESS_NEWER:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NEWER,
                   _("“%s” was written by a newer program (schema version %d, this program knows %d). It can be looked "
                     "at, not changed. Update Engram to change it."),
                   name, engram_database_get_schema_version (self), ENGRAM_SCHEMA_VERSION);
      return TRUE;
    case ENGRAM_DATABASE_ACCESS_LINKED:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                   _("“%s” has several names (hard links); writing under one of them can damage it. Make a copy and "
                     "change that."), name);
      return TRUE;
    case ENGRAM_DATABASE_ACCESS_PORTAL:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                   _("“%s” lies outside of the folders that Engram may use. It can be looked at, not changed: make a copy "
                     "in your Documents folder and change that."), name);
      return TRUE;
    case ENGRAM_DATABASE_ACCESS_READ_ONLY:
    case ENGRAM_DATABASE_ACCESS_SNAPSHOT:
    default:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                   _("“%s” or its folder cannot be written. Make a copy elsewhere and change that."), name);
      return TRUE;
    }
}

/* Another thread of ours may be writing for long: whoever waits can give up. */
static gboolean
lock_writer (EngramDatabase  *self,
             GCancellable    *cancellable,
             GError         **error)
{
  gboolean cancelled = FALSE;

  g_mutex_lock (&self->write_mutex);
  while (self->is_writing && !cancelled)
    {
      g_cond_wait_until (&self->write_done, &self->write_mutex, g_get_monotonic_time () + CANCEL_INTERVAL_US);
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (!cancelled)
    self->is_writing = TRUE;
  g_mutex_unlock (&self->write_mutex);
  return !cancelled;
}

static void
unlock_writer (EngramDatabase *self)
{
  if (self->writer != NULL)
    engram_connection_set_cancellable (self->writer, NULL);
  g_mutex_lock (&self->write_mutex);
  self->is_writing = FALSE;
  g_cond_signal (&self->write_done);
  g_mutex_unlock (&self->write_mutex);
}

static gboolean
open_writer (EngramDatabase  *self,
             GCancellable    *cancellable,
             GError         **error)
{
  self->writer = engram_connection_open (self->path, ENGRAM_CONNECTION_WRITE, cancellable, error);
  if (self->writer == NULL)
    return FALSE;
  /* Until something is committed, closing must not touch what waits in the WAL. */
  engram_connection_keep_wal (self->writer, TRUE);
  return TRUE;
}

/* Within the transaction: the file must still have its name, and SQLite must not write beside another one. */
static gboolean
check_place (EngramDatabase  *self,
             GError         **error)
{
  int has_moved = 0;

  sqlite3_file_control (engram_connection_get_handle (self->writer), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (has_moved == 0)
    return engram_database_check_identity (self, error);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE,
               _("“%s” was moved, deleted or replaced since it was opened. Open it again."), self->path);
  return FALSE;
}

static gboolean
bring_schema_up_to_date (EngramDatabase  *self,
                         GError         **error)
{
  int version;

  if (!engram_schema_read_version (self->writer, &version, error))
    return FALSE;
  if (version > ENGRAM_SCHEMA_VERSION)
    {
      engram_database_set_schema_version (self, version);
      refuse_writing (self, error);
      return FALSE;
    }
  return version == ENGRAM_SCHEMA_VERSION || engram_schema_upgrade (self->writer, version, error);
}

/* After a commit: the file is one that Engram writes from now on. */
static void
settle (EngramDatabase *self)
{
  engram_database_set_schema_version (self, ENGRAM_SCHEMA_VERSION);
  if (!self->has_written)
    {
      EngramReadingPlan plan = { 0 };

      engram_connection_keep_wal (self->writer, FALSE);
      engram_database_set_plan (self, &plan, NULL);
      self->has_written = TRUE;
      g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                        "ENGRAM_ACTION", "first-write",
                        "ENGRAM_PATH", self->path,
                        "MESSAGE", "Wrote “%s” for the first time", self->path);
    }
  if (!self->is_wal)
    {
      g_autofree char *mode = NULL;

      /* Where somebody reads just now, the old mode stays until the next commit; it is as safe. */
      engram_connection_set_patient (self->writer, FALSE);
      mode = engram_connection_get_text (self->writer, "PRAGMA journal_mode=WAL", NULL);
      engram_connection_set_patient (self->writer, TRUE);
      self->is_wal = g_strcmp0 (mode, "wal") == 0;
    }
}

EngramConnection *
engram_database_begin_write (EngramDatabase  *self,
                             GCancellable    *cancellable,
                             GError         **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || refuse_writing (self, error) ||
      !engram_database_check_identity (self, error) || !lock_writer (self, cancellable, error))
    return NULL;

  if (self->writer != NULL || open_writer (self, cancellable, error))
    {
      engram_connection_set_cancellable (self->writer, cancellable);
      if (engram_connection_execute (self->writer, "BEGIN IMMEDIATE", error))
        {
          engram_connection_set_in_transaction (self->writer, TRUE);
          if (check_place (self, error) && bring_schema_up_to_date (self, error))
            return self->writer;
          engram_connection_set_in_transaction (self->writer, FALSE);
          engram_connection_end_read (self->writer);
        }
    }
  unlock_writer (self);
  return NULL;
}

void
engram_database_bury_failed_commit (EngramConnection *writer,
                                    int               result)
{
  g_autofree char *sql = NULL;
  gint64 version;

  if ((result & 0xff) != SQLITE_IOERR)
    return;
  engram_connection_keep_wal (writer, FALSE);
  if (!engram_connection_get_integer (writer, "PRAGMA user_version", &version, NULL))
    return;
  sql = g_strdup_printf ("PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF; PRAGMA user_version=%" G_GINT64_FORMAT,
                         version);
  engram_connection_execute (writer, sql, NULL);
  engram_connection_execute (writer, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000", NULL);
}

static gboolean
commit (EngramConnection  *writer,
        GError           **error)
{
  sqlite3 *handle = engram_connection_get_handle (writer);
  gboolean done = engram_connection_execute (writer, "COMMIT", error);
  int result = sqlite3_errcode (handle);

  engram_connection_set_in_transaction (writer, FALSE);
  if (done)
    return TRUE;
  if (!sqlite3_get_autocommit (handle))
    sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
  engram_database_bury_failed_commit (writer, result);
  return FALSE;
}

gboolean
engram_database_end_write (EngramDatabase    *self,
                           EngramConnection  *writer,
                           gboolean           success,
                           GError           **error)
{
  g_return_val_if_fail (writer == self->writer, FALSE);

  /* What is complete is committed, whoever cancels now. */
  engram_connection_set_cancellable (writer, NULL);
  success = success && commit (writer, error);
  engram_connection_set_in_transaction (writer, FALSE);
  if (!sqlite3_get_autocommit (engram_connection_get_handle (writer)))
    sqlite3_exec (engram_connection_get_handle (writer), "ROLLBACK", NULL, NULL, NULL);
  if (success)
    settle (self);
  unlock_writer (self);
  return success;
}

EngramConnection *
engram_database_begin_exclusive (EngramDatabase  *self,
                                 GCancellable    *cancellable,
                                 GError         **error)
{
  EngramConnection *writer = engram_database_begin_write (self, cancellable, error);

  if (writer == NULL)
    return NULL;
  if (commit (writer, error))
    {
      settle (self);
      return writer;
    }
  engram_database_end_write (self, writer, FALSE, NULL);
  return NULL;
}

void
engram_database_end_exclusive (EngramDatabase   *self,
                               EngramConnection *writer)
{
  g_return_if_fail (writer == self->writer);

  unlock_writer (self);
}

/* How many rows at either end of the table are asked first. */
#define DIMENSION_SAMPLE "200"

#define IS_VECTOR "typeof(vector)='blob' AND length(vector)>0 AND length(vector)%4=0"

/* The most frequent length. Where the first and the last rows agree on one, it is that; a network of which the middle
 * outvotes both ends is one that the integrity report speaks of. */
gboolean
engram_database_get_dimension (EngramDatabase    *self,
                               EngramConnection  *writer,
                               guint             *dimension,
                               GError           **error)
{
  gint64 n_lengths, length;

  if (!engram_connection_get_integer (writer,
        "SELECT count(DISTINCT n) FROM ("
        " SELECT * FROM (SELECT length(vector) AS n FROM neurons WHERE " IS_VECTOR
        "  ORDER BY rowid LIMIT " DIMENSION_SAMPLE ")"
        " UNION ALL"
        " SELECT * FROM (SELECT length(vector) AS n FROM neurons WHERE " IS_VECTOR
        "  ORDER BY rowid DESC LIMIT " DIMENSION_SAMPLE "))", &n_lengths, error))
    return FALSE;

  if (!engram_connection_get_integer (writer,
        n_lengths == 1 ? "SELECT length(vector) FROM neurons WHERE " IS_VECTOR " ORDER BY rowid LIMIT 1"
                       : "SELECT length(vector) FROM neurons WHERE " IS_VECTOR
                         " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", &length, error))
    return FALSE;
  *dimension = length / sizeof (float);
  return TRUE;
}
