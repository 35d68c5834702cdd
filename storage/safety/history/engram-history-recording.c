/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-recording-private.h"

#include "model/engram-time.h"

/* How many bytes of rows the log takes in one of its transactions: its WAL grows no longer than that. */
#define BYTES_PER_TRANSACTION (16 * 1024 * 1024)

static void
part_free (EngramRecordingPart *self)
{
  engram_statement_release (self->put_row);
  engram_statement_release (self->add_after);
  engram_statement_release (self->set_after);
  engram_row_table_free (self->table);
  g_array_unref (self->inserted);
  g_free (self->rows);
  g_free (self);
}

EngramConnection *
engram_recording_get_log (EngramRecording *self)
{
  return self->log;
}

const EngramRowTable *
engram_recording_part_get_table (EngramRecordingPart *part)
{
  return part->table;
}

void
engram_recording_set_loose (EngramRecording *self,
                            guint64          loose)
{
  self->loose = loose;
}

guint64
engram_history_get_noted (EngramRecording *recording)
{
  return recording->rows;
}

/* The time keeps two processes apart of which one was forked from the other: what they take for random is the same. */
static char *
make_token (void)
{
  g_autofree char *id = g_uuid_string_random ();

  return g_strdup_printf ("%s-%" G_GINT64_MODIFIER "x", id, g_get_real_time ());
}

static EngramRecording *
recording_new (EngramHistory    *history,
               EngramConnection *writer)
{
  EngramRecording *self = g_new0 (EngramRecording, 1);

  self->writer = writer;
  if (history == NULL)
    return self;
  self->history = g_object_ref (history);
  self->token = make_token ();
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  self->row = g_byte_array_new ();
  self->checksum = engram_row_digest_new ();
  return self;
}

static void
recording_free (EngramRecording *self)
{
  if (self->history != NULL)
    {
      g_ptr_array_unref (self->parts);
      g_byte_array_unref (self->row);
      g_checksum_free (self->checksum);
      g_object_unref (self->history);
    }
  g_free (self->token);
  g_free (self);
}

/* The log, locked, with nothing left in it of steps that were interrupted: whoever has the network's write lock knows
 * what became of them. */
static gboolean
take_log (EngramRecording          *self,
          const EngramNetworkMark  *mark,
          GError                  **error)
{
  GCancellable *cancellable = engram_connection_get_cancellable (self->writer);

  self->log = engram_history_lock (self->history, mark->id, TRUE, cancellable, error);
  if (self->log == NULL)
    return FALSE;
  if (engram_history_settle (self->history, self->log, mark->token, error) &&
      engram_steps_drop_unsettled (self->log, error))
    return TRUE;
  engram_history_unlock (self->history);
  self->log = NULL;
  return FALSE;
}

typedef struct {
  const char *name;
  int         becomes;
  gint64      replaces; /* 0 for none */
} StepPlan;

static gboolean
insert_step (EngramRecording  *self,
             const StepPlan   *plan,
             const char       *previous,
             GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autofree char *now = engram_time_now ();

  statement = engram_connection_prepare (self->log,
    "INSERT INTO steps (token, previous, state, becomes, replaces, name, label, time)"
    " VALUES (?, ?, " G_STRINGIFY (ENGRAM_STEP_RECORDING) ", ?, nullif(?, 0), ?, '', ?)", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, self->token);
  engram_statement_bind_text (statement, 2, previous);
  engram_statement_bind_int64 (statement, 3, plan->becomes);
  engram_statement_bind_int64 (statement, 4, plan->replaces);
  engram_statement_bind_text (statement, 5, plan->name);
  engram_statement_bind_text (statement, 6, now);
  if (!engram_statement_run (statement, error))
    return FALSE;
  self->step = sqlite3_last_insert_rowid (engram_connection_get_handle (self->log));
  return TRUE;
}

static gboolean
begin_step (EngramRecording  *self,
            const StepPlan   *plan,
            const char       *previous,
            GError          **error)
{
  /* A step must be on disk before the network says that it happened. */
  return engram_connection_execute (self->log, "PRAGMA synchronous=FULL; BEGIN IMMEDIATE", error) &&
         insert_step (self, plan, previous, error);
}

EngramRecording *
engram_history_begin (EngramHistory     *self,
                      EngramConnection  *writer,
                      const char        *name,
                      GError           **error)
{
  EngramRecording *recording = recording_new (self, writer);
  g_auto (EngramNetworkMark) mark = { NULL, NULL };
  StepPlan plan = { name, ENGRAM_STEP_DONE, 0 };

  if (self == NULL ||
      (engram_network_mark_read (&mark, writer, error) && take_log (recording, &mark, error) &&
       begin_step (recording, &plan, mark.token, error)))
    return recording;
  engram_history_end (recording, FALSE);
  return NULL;
}

/* The step that is next, or NULL without @error. */
static EngramHistoryStep *
find_next (EngramConnection  *log,
           int                state,
           const char        *token,
           GError           **error)
{
  g_autoptr (GPtrArray) steps = engram_steps_list (log, state, token, error);

  return steps != NULL && steps->len > 0 ? engram_history_step_copy (g_ptr_array_index (steps, 0)) : NULL;
}

EngramRecording *
engram_recording_begin_undo (EngramHistory      *self,
                             EngramConnection   *writer,
                             int                 state,
                             EngramHistoryStep **step,
                             GError            **error)
{
  EngramRecording *recording = recording_new (self, writer);
  g_auto (EngramNetworkMark) mark = { NULL, NULL };
  g_autoptr (EngramHistoryStep) next = NULL;

  if (engram_network_mark_read (&mark, writer, error) && take_log (recording, &mark, error) &&
      (next = find_next (recording->log, state, mark.token, error)) != NULL)
    {
      StepPlan plan = { next->name, state == ENGRAM_STEP_DONE ? ENGRAM_STEP_UNDONE : ENGRAM_STEP_DONE, next->id };

      if (begin_step (recording, &plan, mark.token, error))
        {
          *step = g_steal_pointer (&next);
          return recording;
        }
    }
  engram_history_end (recording, FALSE);
  return NULL;
}

/* A part's number is the lowest that is free: statements are cached by their text, which must not become ever more. */
static gboolean
create_part (EngramRecording      *self,
             EngramRecordingPart  *part,
             GError              **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (GByteArray) columns = engram_row_table_pack_columns (part->table);
  g_autofree char *sql = NULL;
  gint64 number;

  if (!engram_connection_get_integer (self->log,
         "SELECT min(n) + 1 FROM (SELECT 0 AS n UNION ALL SELECT n FROM parts)"
         " WHERE n + 1 NOT IN (SELECT n FROM parts)", &number, error))
    return FALSE;
  part->rows = g_strdup_printf ("rows_%" G_GINT64_FORMAT, number);
  sql = g_strdup_printf ("CREATE TABLE %s (row INTEGER PRIMARY KEY, after BLOB, before BLOB)", part->rows);
  statement = engram_connection_prepare (self->log, "INSERT INTO parts (n, step, name, columns) VALUES (?, ?, ?, ?)",
                                         error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, number);
  engram_statement_bind_int64 (statement, 2, self->step);
  engram_statement_bind_text (statement, 3, part->table->name);
  engram_statement_note_bind (statement, sqlite3_bind_blob64 (engram_statement_get_handle (statement), 4, columns->data,
                                                              columns->len, SQLITE_TRANSIENT));
  return engram_statement_run (statement, error) && engram_connection_execute (self->log, sql, error);
}

EngramStatement *
engram_recording_prepare_for_part (EngramRecording      *self,
                                   EngramRecordingPart  *part,
                                   const char           *verb,
                                   const char           *rest,
                                   GError              **error)
{
  g_autofree char *sql = g_strconcat (verb, " ", part->rows, " ", rest, NULL);

  return engram_connection_prepare (self->log, sql, error);
}

EngramRecordingPart *
engram_recording_get_part (EngramRecording  *self,
                           const char       *table,
                           GError          **error)
{
  EngramRecordingPart *part;

  for (guint i = 0; i < self->parts->len; i++)
    {
      part = g_ptr_array_index (self->parts, i);
      if (g_str_equal (part->table->name, table))
        return part;
    }

  part = g_new0 (EngramRecordingPart, 1);
  part->inserted = g_array_new (FALSE, FALSE, sizeof (EngramRowRange));
  part->table = engram_row_table_new (self->writer, table, error);
  if (part->table != NULL && create_part (self, part, error))
    {
      part->put_row = engram_recording_prepare_for_part (self, part, "INSERT OR IGNORE INTO",
                                                         "(row, before) VALUES (?1, ?2)", error);
      if (part->put_row != NULL)
        part->add_after = engram_recording_prepare_for_part (self, part, "INSERT OR IGNORE INTO",
                                                             "(row, after) VALUES (?1, ?2)", error);
      if (part->add_after != NULL)
        part->set_after = engram_recording_prepare_for_part (self, part, "UPDATE", "SET after=?2 WHERE row=?1", error);
    }
  if (part->set_after == NULL)
    {
      part_free (part);
      return NULL;
    }
  g_ptr_array_add (self->parts, part);
  return part;
}

/* Whether the row is one that came with this step: how it was before is not what it is now. */
static gboolean
is_inserted (const EngramRecordingPart *part,
             gint64                     rowid)
{
  for (guint i = 0; i < part->inserted->len; i++)
    {
      const EngramRowRange *range = &g_array_index (part->inserted, EngramRowRange, i);

      if (rowid >= range->first && rowid <= range->last)
        return TRUE;
    }
  return FALSE;
}

gboolean
engram_recording_breathe (EngramRecording  *self,
                          GError          **error)
{
  if (self->pending < BYTES_PER_TRANSACTION)
    return TRUE;
  self->pending = 0;
  return engram_connection_execute (self->log, "COMMIT", error) &&
         engram_connection_execute (self->log, "BEGIN IMMEDIATE", error);
}

/* Runs a statement for a row with its bytes or its digest; @changed: how many rows of the log it changed. */
static gboolean
run_for_row (EngramRecording  *self,
             EngramStatement  *statement,
             gint64            rowid,
             const guint8     *bytes,
             gsize             length,
             int              *changed,
             GError          **error)
{
  engram_statement_bind_int64 (statement, 1, rowid);
  engram_statement_note_bind (statement, sqlite3_bind_blob64 (engram_statement_get_handle (statement), 2, bytes, length,
                                                              SQLITE_STATIC));
  if (!engram_statement_run (statement, error))
    return FALSE;
  *changed = sqlite3_changes (engram_connection_get_handle (self->log));
  self->pending += *changed * (length + ENGRAM_BYTES_PER_NOTED_ROW);
  return TRUE;
}

/* @is_new: whether the row was not noted before */
static gboolean
add_row (EngramRecording      *self,
         EngramRecordingPart  *part,
         gint64                rowid,
         const guint8         *bytes,
         gsize                 length,
         gboolean             *is_new,
         GError              **error)
{
  int changed;

  if (!run_for_row (self, part->put_row, rowid, bytes, length, &changed, error))
    return FALSE;
  *is_new = changed > 0;
  if (*is_new)
    {
      self->rows++;
      self->bytes += length + ENGRAM_BYTES_PER_NOTED_ROW;
    }
  return TRUE;
}

gboolean
engram_recording_add (EngramRecording      *self,
                      EngramRecordingPart  *part,
                      gint64                rowid,
                      const guint8         *bytes,
                      gsize                 length,
                      GError              **error)
{
  gboolean is_new;

  return add_row (self, part, rowid, bytes, length, &is_new, error);
}

gboolean
engram_recording_set_after (EngramRecording      *self,
                            EngramRecordingPart  *part,
                            gint64                rowid,
                            const guint8          digest[ENGRAM_ROW_DIGEST_BYTES],
                            GError              **error)
{
  int changed;

  if (!run_for_row (self, part->add_after, rowid, digest, ENGRAM_ROW_DIGEST_BYTES, &changed, error))
    return FALSE;
  if (changed == 0)
    return run_for_row (self, part->set_after, rowid, digest, ENGRAM_ROW_DIGEST_BYTES, &changed, error);
  self->rows++;
  self->bytes += ENGRAM_BYTES_PER_NOTED_ROW;
  return TRUE;
}

EngramStatement *
engram_recording_prepare_removed (EngramRecording      *self,
                                  EngramRecordingPart  *part,
                                  GError              **error)
{
  return engram_recording_prepare_for_part (self, part, "SELECT before FROM", "WHERE after IS NULL", error);
}

/* The row that a select of the part's table stands on. */
static gboolean
add_selected (EngramRecording      *self,
              EngramRecordingPart  *part,
              sqlite3_stmt         *row,
              GError              **error)
{
  gint64 rowid = sqlite3_column_int64 (row, ENGRAM_ROW_ROWID);
  gboolean is_new;

  if (is_inserted (part, rowid))
    return TRUE;
  engram_row_encode (part->table, row, self->row);
  if (!add_row (self, part, rowid, self->row->data, self->row->len, &is_new, error))
    return FALSE;
  if (is_new)
    self->loose += sqlite3_column_int (row, ENGRAM_ROW_LOOSE) != 0;
  return TRUE;
}

static gboolean
add_rows (EngramRecording      *self,
          EngramRecordingPart  *part,
          EngramStatement      *statement,
          GError              **error)
{
  int status;

  while ((status = engram_statement_step (statement, error)) > 0)
    if (!add_selected (self, part, engram_statement_get_handle (statement), error) ||
        !engram_recording_breathe (self, error))
      return FALSE;
  return status == 0;
}

gboolean
engram_history_note_before_number (EngramRecording  *recording,
                                   const char       *table,
                                   const char       *where,
                                   double            number,
                                   GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autofree char *sql = NULL;
  EngramRecordingPart *part;

  if (recording->history == NULL)
    return TRUE;
  part = engram_recording_get_part (recording, table, error);
  if (part == NULL)
    return FALSE;
  sql = g_strconcat (part->table->select, " ", where, NULL);
  statement = engram_connection_prepare (recording->writer, sql, error);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (engram_statement_get_handle (statement)) > 0)
    engram_statement_bind_double (statement, 1, number);
  return add_rows (recording, part, statement, error);
}

gboolean
engram_history_note_before (EngramRecording  *recording,
                            const char       *table,
                            const char       *where,
                            GError          **error)
{
  return engram_history_note_before_number (recording, table, where, 0, error);
}

gboolean
engram_history_note_row (EngramRecording  *recording,
                         const char       *table,
                         gint64            rowid,
                         GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  EngramRecordingPart *part;

  if (recording->history == NULL)
    return TRUE;
  part = engram_recording_get_part (recording, table, error);
  if (part == NULL)
    return FALSE;
  statement = engram_connection_prepare (recording->writer, part->table->select_one, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  return add_rows (recording, part, statement, error);
}

gboolean
engram_history_note_inserted (EngramRecording  *recording,
                              const char       *table,
                              gint64            first,
                              gint64            last,
                              GError          **error)
{
  EngramRowRange range = { first, last };
  EngramRecordingPart *part;
  EngramRowRange *previous;

  if (recording->history == NULL || first > last)
    return TRUE;
  part = engram_recording_get_part (recording, table, error);
  if (part == NULL)
    return FALSE;
  previous = part->inserted->len > 0 ? &g_array_index (part->inserted, EngramRowRange, part->inserted->len - 1) : NULL;
  if (previous != NULL && previous->last < G_MAXINT64 && previous->last + 1 == first)
    previous->last = last;
  else
    g_array_append_val (part->inserted, range);
  return TRUE;
}

/* What cannot be done now is not lost: the next step, or whoever opens the history next, does it. */
static void
note_failure (const GError *error)
{
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "history-unsettled",
                    "MESSAGE", "A step of the undo history could not be settled yet: %s", error->message);
}

void
engram_history_end (EngramRecording *recording,
                    gboolean         committed)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (recording->log != NULL)
    {
      g_ptr_array_set_size (recording->parts, 0);
      engram_connection_set_cancellable (recording->log, NULL);
      if (!sqlite3_get_autocommit (engram_connection_get_handle (recording->log)))
        engram_connection_end_read (recording->log);
      done = committed && recording->is_prepared
               ? engram_history_settle (recording->history, recording->log, recording->token, &error)
               : engram_steps_drop (recording->log, recording->step, &error);
      if (!done)
        note_failure (error);
      engram_history_unlock (recording->history);
    }
  recording_free (recording);
}
