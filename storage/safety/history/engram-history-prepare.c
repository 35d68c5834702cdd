/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-recording-private.h"

#include <glib/gi18n-lib.h>

/* How many rows noted are looked at in one go when a step is prepared. */
#define ROWS_PER_LOOK 512

void
engram_history_set_progress (EngramRecording    *recording,
                             EngramProgressFunc  progress,
                             gpointer            user_data)
{
  recording->progress = progress;
  recording->user_data = user_data;
}

static void
report_row (EngramRecording *self)
{
  if (self->progress != NULL && self->done % ROWS_PER_LOOK == 0)
    self->progress (_("Finishing"), MIN ((double) self->done / MAX (self->total, 1), 1), self->user_data);
  self->done++;
}

/* Rows that came with the step: all that is noted of them is how it leaves them. */
static gboolean
finish_inserted (EngramRecording      *self,
                 EngramRecordingPart  *part,
                 const EngramRowRange *range,
                 GError              **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (self->writer, part->table->select_rows, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, range->first);
  engram_statement_bind_int64 (statement, 2, range->last);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      guint8 digest[ENGRAM_ROW_DIGEST_BYTES];

      report_row (self);
      engram_row_encode (part->table, row, self->row);
      engram_row_digest (self->checksum, self->row->data, self->row->len, digest);
      if (!engram_recording_set_after (self, part, sqlite3_column_int64 (row, ENGRAM_ROW_ROWID), digest, error) ||
          !engram_recording_breathe (self, error))
        return FALSE;
    }
  return status == 0;
}

/* Whether the row is just as it was noted, and if so forgets it. */
static gboolean
forget_unchanged (EngramRecording      *self,
                  EngramRecordingPart  *part,
                  gint64                rowid,
                  gboolean             *forgotten,
                  GError              **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_recording_prepare_for_part (self, part, "DELETE FROM", "WHERE row=?1 AND before=?2", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  engram_statement_note_bind (statement, sqlite3_bind_blob64 (engram_statement_get_handle (statement), 2,
                                                              self->row->data, self->row->len, SQLITE_STATIC));
  if (!engram_statement_run (statement, error))
    return FALSE;
  *forgotten = sqlite3_changes (engram_connection_get_handle (self->log)) > 0;
  if (*forgotten)
    {
      self->rows--;
      self->bytes -= self->row->len + ENGRAM_BYTES_PER_NOTED_ROW;
    }
  return TRUE;
}

/* Rows noted as they were: of those that are there still, how the step leaves them. */
static gboolean
finish_noted_row (EngramRecording      *self,
                  EngramRecordingPart  *part,
                  EngramStatement      *select_row,
                  gint64                rowid,
                  GError              **error)
{
  guint8 digest[ENGRAM_ROW_DIGEST_BYTES];
  gboolean forgotten;
  int status;

  report_row (self);
  sqlite3_reset (engram_statement_get_handle (select_row));
  engram_statement_bind_int64 (select_row, 1, rowid);
  status = engram_statement_step (select_row, error);
  if (status <= 0)
    return status == 0;
  engram_row_encode (part->table, engram_statement_get_handle (select_row), self->row);
  if (!forget_unchanged (self, part, rowid, &forgotten, error))
    return FALSE;
  if (forgotten)
    return TRUE;
  engram_row_digest (self->checksum, self->row->data, self->row->len, digest);
  return engram_recording_set_after (self, part, rowid, digest, error);
}

/* (element-type gint64): the next rows, from @from on, of which it is noted how they were. */
static GArray *
read_noted (EngramRecording      *self,
            EngramRecordingPart  *part,
            gint64                from,
            GError              **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_recording_prepare_for_part (self, part, "SELECT row FROM",
                                "WHERE row>=? AND before IS NOT NULL ORDER BY row LIMIT " G_STRINGIFY (ROWS_PER_LOOK),
                                error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, from);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      gint64 row = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      g_array_append_val (rows, row);
    }
  return status == 0 ? g_steal_pointer (&rows) : NULL;
}

static gboolean
finish_noted (EngramRecording      *self,
              EngramRecordingPart  *part,
              GError              **error)
{
  GCancellable *cancellable = engram_connection_get_cancellable (self->writer);
  g_autoptr (EngramStatement) select_row = NULL;
  gint64 from = G_MININT64;
  gboolean more = TRUE;

  select_row = engram_connection_prepare (self->writer, part->table->select_row, error);
  if (select_row == NULL)
    return FALSE;
  while (more)
    {
      g_autoptr (GArray) rows = read_noted (self, part, from, error);

      if (rows == NULL || g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !engram_recording_breathe (self, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (!finish_noted_row (self, part, select_row, g_array_index (rows, gint64, i), error))
          return FALSE;
      more = rows->len == ROWS_PER_LOOK && g_array_index (rows, gint64, rows->len - 1) < G_MAXINT64;
      if (more)
        from = g_array_index (rows, gint64, rows->len - 1) + 1;
    }
  return TRUE;
}

static gboolean
finish_step (EngramRecording  *self,
             const char       *label,
             GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (self->log,
                "UPDATE steps SET state=" G_STRINGIFY (ENGRAM_STEP_PREPARED) ", label=?, rows=?, bytes=?, loose=?"
                " WHERE id=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, label);
  engram_statement_bind_int64 (statement, 2, (gint64) self->rows);
  engram_statement_bind_int64 (statement, 3, (gint64) self->bytes);
  engram_statement_bind_int64 (statement, 4, (gint64) self->loose);
  engram_statement_bind_int64 (statement, 5, self->step);
  return engram_statement_run (statement, error) && engram_connection_execute (self->log, "COMMIT", error);
}

/* A network of the newest schema version has the table, unless another program has taken it away. */
static gboolean
mark_network (EngramRecording  *self,
              GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  if (!engram_connection_execute (self->writer,
         "CREATE TABLE IF NOT EXISTS engram_network (key TEXT PRIMARY KEY, value TEXT NOT NULL)", error))
    return FALSE;
  statement = engram_connection_prepare (self->writer,
                "INSERT OR REPLACE INTO engram_network (key, value) VALUES ('history', ?)", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, self->token);
  return engram_statement_run (statement, error);
}

/* Where nothing has changed there is no step. */
gboolean
engram_recording_publish (EngramRecording  *self,
                          const char       *label,
                          GError          **error)
{
  if (self->rows == 0)
    return TRUE;
  self->is_prepared = finish_step (self, label, error) && mark_network (self, error);
  return self->is_prepared;
}

gboolean
engram_history_prepare (EngramRecording  *recording,
                        const char       *label,
                        GError          **error)
{
  if (recording->history == NULL)
    return TRUE;
  recording->total = recording->rows;
  for (guint i = 0; i < recording->parts->len; i++)
    {
      EngramRecordingPart *part = g_ptr_array_index (recording->parts, i);

      for (guint j = 0; j < part->inserted->len; j++)
        if (!finish_inserted (recording, part, &g_array_index (part->inserted, EngramRowRange, j), error))
          return FALSE;
      if (!finish_noted (recording, part, error))
        return FALSE;
    }
  return engram_recording_publish (recording, label, error);
}
