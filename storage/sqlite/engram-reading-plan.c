/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-reading-plan-private.h"

/* Decides by what the file is like; FALSE where only a copy of it can be read. */
static gboolean
decide (EngramReadingPlan *self,
        const EngramFile  *file)
{
  /* Its journals are out of sight and its locks reach nobody, so a copy made again while somebody writes could be half
   * old and half new: there is one, of the moment at which the person opened it. */
  self->is_fixed = file->is_from_portal;
  if (self->is_fixed)
    return FALSE;
  if (!file->is_wal)
    {
      /* A descriptor that cannot write cannot roll back what a crash left in a -journal either: then reading fails, and
       * a copy is read. */
      self->flags = ENGRAM_CONNECTION_READ_FILE;
      return TRUE;
    }
  if (file->is_on_read_only_medium)
    {
      /* Reading a WAL needs a -shm that can be written. Without a WAL, and nobody to write one, none is needed. */
      self->flags = ENGRAM_CONNECTION_IMMUTABLE;
      return !file->has_wal_frames;
    }
  if (!file->is_writable)
    return FALSE;
  /* Without the -shm, which every program that has the file open keeps beside it, reading frames would leave a new one
   * behind. */
  self->flags = 0;
  self->keep_wal = file->has_wal_frames;
  return !file->has_wal_frames || file->has_shm;
}

static gboolean
decide_for_copy (EngramReadingPlan  *self,
                 const char         *path,
                 GCancellable       *cancellable,
                 GError            **error)
{
  self->copy = engram_private_copy_new (path, cancellable, error);
  /* It may be written: a journal that came with it is rolled back there. */
  self->flags = ENGRAM_CONNECTION_WRITE;
  self->keep_wal = FALSE;
  return self->copy != NULL;
}

static gboolean
try (EngramReadingPlan  *self,
     const char         *path,
     EngramFindings     *findings,
     GCancellable       *cancellable,
     GError            **error)
{
  findings->connection = engram_reading_plan_connect (self, path, cancellable, error);
  if (findings->connection != NULL && engram_schema_inspect (findings->connection, &findings->schema, error))
    return TRUE;
  g_clear_pointer (&findings->connection, engram_connection_close);
  engram_schema_clear (&findings->schema);
  return FALSE;
}

gboolean
engram_reading_plan_make (EngramReadingPlan  *self,
                          const char         *path,
                          EngramFindings     *findings,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  *self = (EngramReadingPlan) { 0 };
  *findings = (EngramFindings) { 0 };
  if (!engram_file_examine (path, &findings->file, error))
    return FALSE;
  path = findings->file.path;

  if (decide (self, &findings->file))
    {
      if (try (self, path, findings, cancellable, &local_error))
        return TRUE;
      if (!g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          engram_findings_clear (findings);
          return FALSE;
        }
    }
  if (decide_for_copy (self, path, cancellable, error) && try (self, path, findings, cancellable, error))
    return TRUE;
  engram_reading_plan_clear (self);
  engram_findings_clear (findings);
  return FALSE;
}

void
engram_reading_plan_clear (EngramReadingPlan *self)
{
  g_clear_pointer (&self->copy, engram_private_copy_unref);
}

void
engram_findings_clear (EngramFindings *findings)
{
  engram_file_clear (&findings->file);
  engram_schema_clear (&findings->schema);
  g_clear_pointer (&findings->connection, engram_connection_close);
}

EngramConnection *
engram_reading_plan_connect (const EngramReadingPlan  *self,
                             const char               *path,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  EngramConnection *connection;

  if (self->copy != NULL)
    path = engram_private_copy_get_path (self->copy);
  connection = engram_connection_open (path, self->flags, cancellable, error);
  if (connection == NULL)
    return NULL;
  if (self->keep_wal)
    engram_connection_keep_wal (connection, TRUE);
  if (self->copy != NULL)
    engram_connection_keep_alive (connection, engram_private_copy_ref (self->copy),
                                  (GDestroyNotify) engram_private_copy_unref);
  return connection;
}

gboolean
engram_reading_plan_is_outdated (const EngramReadingPlan *self)
{
  return self->copy != NULL && !self->is_fixed && engram_private_copy_is_outdated (self->copy);
}

gboolean
engram_reading_plan_check (EngramConnection  *connection,
                           gboolean          *holds,
                           GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 ignored;

  *holds = TRUE;
  if ((engram_connection_get_flags (connection) & ENGRAM_CONNECTION_READ_FILE) == 0)
    return TRUE;
  if (engram_file_header_is_wal (connection))
    {
      *holds = FALSE;
      return TRUE;
    }
  if (engram_connection_get_integer (connection, "PRAGMA schema_version", &ignored, &local_error))
    return TRUE;
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY))
    {
      *holds = FALSE;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
