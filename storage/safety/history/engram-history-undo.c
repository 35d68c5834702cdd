/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-internal-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engram-error-private.h"
#include "engram-log-private.h"
#include "safety/engram-bulk-change-private.h"

/* Rows between two looks at the cancellable and two reports. */
#define ROWS_BETWEEN_LOOKS 1024

/* Rows of the log that are read with one statement. */
#define ROWS_PER_VISIT 1024

#define MAX_TRIES 5

/* Undoing and redoing are the same work on different lists: the rows of a step become what they were before it, and
 * what they are now is noted as a step of its own. */
typedef struct {
  EngramHistory      *history;
  EngramConnection   *writer;
  EngramConnection   *log;
  EngramRecording    *recording;
  EngramHistoryStep  *step;
  gboolean            is_redo;
  GPtrArray          *parts;    /* of EngramStepPart */
  GChecksum          *checksum;
  GByteArray         *row;      /* of the network, as it is */

  guint64             changed;  /* rows that are not as the step left them */
  char               *first_id; /* of the first of them */
  EngramRecordKind    first_kind;

  EngramProgressFunc  progress;
  gpointer            user_data;
  guint64             n_visits;
} Undo;

/* One row of the step, as it is gone through. */
typedef struct {
  EngramRecordingPart *part;
  const EngramRowTable *table;
  EngramStatement     *statement; /* of the network: the pass's */
  gint64               rowid;
  const guint8        *before;  /* NULL: it was not there */
  gsize                before_length;
  const guint8        *after;   /* NULL: it was gone */
} Visit;

/* All rows are gone through several times. */
typedef struct {
  const char *(*get_sql) (const EngramRowTable  *table);
  gboolean    (*visit)   (Undo                  *self,
                          const Visit           *visit,
                          GError               **error);
} Pass;

#define N_PASSES 4

static gboolean
look_around (Undo    *self,
             GError **error)
{
  guint64 total = MAX (self->step->rows * N_PASSES, 1);

  if (self->n_visits++ % ROWS_BETWEEN_LOOKS != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (self->is_redo ? _("Redoing") : _("Undoing"), MIN ((double) self->n_visits / total, 1),
                    self->user_data);
  return !g_cancellable_set_error_if_cancelled (engram_connection_get_cancellable (self->writer), error);
}

static gboolean
set_damaged (Undo    *self,
             GError **error)
{
  g_autofree char *name = g_filename_display_name (engram_connection_get_path (self->log));

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
               _("The undo history “%s” is damaged. Nothing was changed. Delete that file to begin a new one."), name);
  return FALSE;
}

static gboolean
read_visit (Undo          *self,
            sqlite3_stmt  *row,
            Visit         *visit,
            GError       **error)
{
  visit->rowid = sqlite3_column_int64 (row, 0);
  visit->after = sqlite3_column_blob (row, 1);
  visit->before = sqlite3_column_blob (row, 2);
  visit->before_length = sqlite3_column_bytes (row, 2);
  if ((visit->after == NULL) == (sqlite3_column_type (row, 1) == SQLITE_NULL) &&
      (visit->before == NULL) == (sqlite3_column_type (row, 2) == SQLITE_NULL) &&
      (visit->after == NULL || sqlite3_column_bytes (row, 1) == ENGRAM_ROW_DIGEST_BYTES))
    return TRUE;
  if (sqlite3_errcode (engram_connection_get_handle (self->log)) != SQLITE_NOMEM)
    return set_damaged (self, error);
  engram_connection_set_error (self->log, SQLITE_NOMEM, error);
  return FALSE;
}

static void
note_changed (Undo         *self,
              const Visit  *visit,
              const guint8 *bytes,
              gsize         length)
{
  if (self->changed++ > 0)
    return;
  self->first_id = engram_row_dup_id (visit->table, visit->rowid, bytes, length);
  self->first_kind = g_str_equal (visit->table->name, "neurons") ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE;
}

/* The row as it is now: 1, its statement stands on it and self->row holds it; 0: it is not there; -1: @error is set. */
static int
read_row (Undo         *self,
          const Visit  *visit,
          GError      **error)
{
  sqlite3_stmt *row = engram_statement_get_handle (visit->statement);
  int status;

  sqlite3_reset (row);
  engram_statement_bind_int64 (visit->statement, 1, visit->rowid);
  status = engram_statement_step (visit->statement, error);
  if (status > 0)
    engram_row_encode (visit->table, row, self->row);
  return status;
}

/* First pass: the row must be as the step left it; as such it is noted. */
static gboolean
compare_row (Undo         *self,
             const Visit  *visit,
             GError      **error)
{
  guint8 digest[ENGRAM_ROW_DIGEST_BYTES];
  int status;

  status = read_row (self, visit, error);
  if (status < 0)
    return FALSE;
  if (status == 0)
    {
      if (visit->after != NULL)
        note_changed (self, visit, visit->before, visit->before_length);
      return TRUE;
    }
  engram_row_digest (self->checksum, self->row->data, self->row->len, digest);
  if (visit->after == NULL || memcmp (visit->after, digest, sizeof digest) != 0)
    {
      note_changed (self, visit, self->row->data, self->row->len);
      return TRUE;
    }
  return self->changed > 0 ||
         engram_recording_add (self->recording, visit->part, visit->rowid, self->row->data, self->row->len, error);
}

/* Second pass: what the step left goes. A row that it changed goes too, and comes back as it was: so that two rows can
 * have exchanged what must be unique. */
static gboolean
remove_row (Undo         *self,
            const Visit  *visit,
            GError      **error)
{
  if (visit->after == NULL)
    return TRUE;
  engram_statement_bind_int64 (visit->statement, 1, visit->rowid);
  return engram_statement_run (visit->statement, error);
}

/* Third pass: what was there comes back, unless something of it, its id for one, has been taken since. */
static gboolean
put_row (Undo         *self,
         const Visit  *visit,
         GError      **error)
{
  if (visit->before == NULL)
    return TRUE;
  engram_statement_bind_int64 (visit->statement, 1, visit->rowid);
  if (!engram_row_bind (visit->table, visit->statement, 2, visit->before, visit->before_length))
    return set_damaged (self, error);
  if (!engram_statement_run (visit->statement, error))
    return FALSE;
  if (sqlite3_changes (engram_connection_get_handle (self->writer)) == 0)
    note_changed (self, visit, visit->before, visit->before_length);
  return TRUE;
}

/* Last pass: the row must be, bit by bit, what it was; as such it is noted. */
static gboolean
check_row (Undo         *self,
           const Visit  *visit,
           GError      **error)
{
  guint8 digest[ENGRAM_ROW_DIGEST_BYTES];
  int status;

  if (visit->before == NULL)
    return TRUE;
  status = read_row (self, visit, error);
  if (status < 0)
    return FALSE;
  if (status == 0 || self->row->len != visit->before_length ||
      memcmp (self->row->data, visit->before, visit->before_length) != 0)
    {
      note_changed (self, visit, visit->before, visit->before_length);
      return TRUE;
    }
  engram_row_digest (self->checksum, self->row->data, self->row->len, digest);
  return engram_recording_set_after (self->recording, visit->part, visit->rowid, digest, error);
}

static const char *
get_select_row (const EngramRowTable *table)
{
  return table->select_row;
}

static const char *
get_remove (const EngramRowTable *table)
{
  return table->remove;
}

static const char *
get_insert (const EngramRowTable *table)
{
  return table->insert;
}

static const Pass compare_pass = { get_select_row, compare_row };
static const Pass remove_pass = { get_remove, remove_row };
static const Pass put_pass = { get_insert, put_row };
static const Pass check_pass = { get_select_row, check_row };

/* Some rows, in their order, from @from on; @from becomes the next one, and @more whether there may be one. */
static gboolean
visit_some (Undo             *self,
            EngramStatement  *statement,
            Visit            *visit,
            const Pass       *pass,
            gint64           *from,
            gboolean         *more,
            GError          **error)
{
  int n_rows = 0, status;

  engram_statement_bind_int64 (statement, 1, *from);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      if (!look_around (self, error) ||
          !read_visit (self, engram_statement_get_handle (statement), visit, error) ||
          !pass->visit (self, visit, error))
        return FALSE;
      n_rows++;
    }
  sqlite3_reset (engram_statement_get_handle (statement));
  *more = n_rows == ROWS_PER_VISIT && visit->rowid < G_MAXINT64;
  if (*more)
    *from = visit->rowid + 1;
  /* Between two statements that read it, the log can be given what is noted. */
  return status == 0 && engram_recording_breathe (self->recording, error);
}

static gboolean
visit_part (Undo                  *self,
            const EngramStepPart  *part,
            const Pass            *pass,
            GError               **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (EngramStatement) of_pass = NULL;
  Visit visit = { .part = engram_recording_get_part (self->recording, part->table, error) };
  gint64 from = G_MININT64;
  gboolean more = TRUE;

  if (visit.part == NULL)
    return FALSE;
  visit.table = engram_recording_part_get_table (visit.part);
  sql = g_strdup_printf ("SELECT row, after, before FROM %s WHERE row>=? ORDER BY row LIMIT %d", part->rows,
                         ROWS_PER_VISIT);
  of_pass = visit.statement = engram_connection_prepare (self->writer, pass->get_sql (visit.table), error);
  statement = of_pass != NULL ? engram_connection_prepare (self->log, sql, error) : NULL;
  if (statement == NULL)
    return FALSE;
  while (more)
    if (!visit_some (self, statement, &visit, pass, &from, &more, error))
      return FALSE;
  return TRUE;
}

static gboolean
visit_all (Undo        *self,
           const Pass  *pass,
           GError     **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (!visit_part (self, g_ptr_array_index (self->parts, i), pass, error))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_changed (Undo    *self,
                GError **error)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, self->changed);

  if (self->changed == 0)
    return TRUE;
  engram_set_record_error (error, ENGRAM_ERROR_INVALID, self->first_kind, self->first_id, NULL,
                           self->is_redo
                             ? ngettext ("“%s” cannot be redone, because this row has been changed since (%s in all). "
                                         "Nothing was changed.",
                                         "“%s” cannot be redone, because this row and others have been changed since "
                                         "(%s in all). Nothing was changed.", (gulong) self->changed)
                             : ngettext ("“%s” cannot be undone, because this row has been changed since (%s in all). "
                                         "Nothing was changed.",
                                         "“%s” cannot be undone, because this row and others have been changed since "
                                         "(%s in all). Nothing was changed.", (gulong) self->changed),
                           self->step->label, count);
  return FALSE;
}

/* @count synapses would have an end that is missing. */
static gboolean
refuse_loose (Undo     *self,
              guint64   count,
              GError  **error)
{
  g_autofree char *shown = g_strdup_printf ("%" G_GUINT64_FORMAT, count);

  if (count == 0)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
               self->is_redo
                 ? ngettext ("“%s” cannot be redone, because %s synapse would lose a neuron at one of its ends. "
                             "Nothing was changed.",
                             "“%s” cannot be redone, because %s synapses would lose a neuron at one of their ends. "
                             "Nothing was changed.", (gulong) count)
                 : ngettext ("“%s” cannot be undone, because %s synapse would lose a neuron at one of its ends. "
                             "Nothing was changed.",
                             "“%s” cannot be undone, because %s synapses would lose a neuron at one of their ends. "
                             "Nothing was changed.", (gulong) count),
               self->step->label, shown);
  return FALSE;
}

/* A step is of a table as it was; where columns came or went since, its rows fit no more. */
static gboolean
check_tables (Undo    *self,
              GError **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const EngramStepPart *part = g_ptr_array_index (self->parts, i);
      EngramRecordingPart *now = engram_recording_get_part (self->recording, part->table, error);
      g_autoptr (GByteArray) columns = NULL;

      if (now == NULL)
        return FALSE;
      columns = engram_row_table_pack_columns (engram_recording_part_get_table (now));
      if (columns->len != part->columns->len || memcmp (columns->data, part->columns->data, columns->len) != 0)
        {
          g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                       _("“%s” cannot be undone or redone, because another program has added columns to the table “%s” "
                         "since, or taken some away. Nothing was changed."), self->step->label, part->table);
          return FALSE;
        }
    }
  return TRUE;
}

/* Synapses must not lose the neurons that came with the step, nor come back without theirs, unless they were without
 * before it too. */
static gboolean
check_ends (Undo    *self,
            GError **error)
{
  guint64 allowed, loose, stranded;

  if (!engram_steps_get_loose (self->log, self->step->id, &allowed, error) ||
      !engram_step_ends_count_loose (self->writer, self->log, self->parts, "before", &loose, error) ||
      !engram_step_ends_count_stranded (self->writer, self->parts, self->recording, &stranded, error))
    return FALSE;
  return refuse_loose (self, stranded + (loose > allowed ? loose - allowed : 0), error);
}

/* Rows of other programs must not lose what they refer to, either. */
static gboolean
check_others (Undo     *self,
              guint64   before,
              GError  **error)
{
  guint64 after;

  if (!engram_step_ends_count_others (self->writer, &after, error))
    return FALSE;
  if (after <= before)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
               _("“%s” cannot be undone or redone, because rows in a table of another program refer to what would go. "
                 "Nothing was changed. Take those rows away with that program first."), self->step->label);
  return FALSE;
}

/* How many loose synapses the rows are that this takes away. */
static gboolean
note_loose (Undo    *self,
            GError **error)
{
  guint64 loose;

  if (!engram_step_ends_count_loose (self->writer, self->log, self->parts, "after", &loose, error))
    return FALSE;
  engram_recording_set_loose (self->recording, loose);
  return TRUE;
}

static gboolean
begin_bulk (Undo              *self,
            EngramBulkChange  *changes,
            GError           **error)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const EngramStepPart *part = g_ptr_array_index (self->parts, i);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", part->rows);
      gint64 count;

      if (!engram_connection_get_integer (self->log, sql, &count, error) ||
          !engram_bulk_change_begin (&changes[i], self->writer, part->table, (guint64) count, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
exchange_rows (Undo    *self,
               GError **error)
{
  g_autofree EngramBulkChange *changes = g_new0 (EngramBulkChange, self->parts->len);
  gboolean done = begin_bulk (self, changes, error) &&
                  visit_all (self, &remove_pass, error) &&
                  visit_all (self, &put_pass, error) && refuse_changed (self, error);

  for (guint i = 0; i < self->parts->len; i++)
    done = engram_bulk_change_end (&changes[i], done, error);
  return done;
}

static gboolean
change_rows (Undo    *self,
             GError **error)
{
  guint64 broken;

  return check_tables (self, error) &&
         engram_step_ends_count_others (self->writer, &broken, error) &&
         visit_all (self, &compare_pass, error) && refuse_changed (self, error) &&
         note_loose (self, error) &&
         exchange_rows (self, error) &&
         visit_all (self, &check_pass, error) && refuse_changed (self, error) &&
         check_ends (self, error) && check_others (self, broken, error) &&
         engram_recording_publish (self->recording, self->step->label, error);
}

/* Rows come back as they were, whatever rules of the table they broke; what foreign keys are for is looked at by
 * check_ends(). (The pragma of the same name is without effect within a transaction.) */
static gboolean
suspend_rules (EngramConnection  *writer,
               GError           **error)
{
  sqlite3_db_config (engram_connection_get_handle (writer), SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
  return engram_connection_execute (writer, "PRAGMA ignore_check_constraints=ON", error);
}

/* Whatever has become of the transaction: the connection is used on. It fails only for want of a little memory. */
static void
enforce_rules (EngramConnection *writer)
{
  sqlite3 *handle = engram_connection_get_handle (writer);
  gboolean done = FALSE;

  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  for (int try = 0; try < MAX_TRIES && !done; try++)
    done = sqlite3_exec (handle, "PRAGMA ignore_check_constraints=OFF", NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
undo_within (Undo    *self,
             GError **error)
{
  gboolean done;

  self->log = engram_recording_get_log (self->recording);
  self->parts = engram_steps_get_parts (self->log, self->step->id, error);
  if (self->parts == NULL)
    return FALSE;
  self->checksum = engram_row_digest_new ();
  self->row = g_byte_array_new ();
  done = suspend_rules (self->writer, error) && change_rows (self, error);
  enforce_rules (self->writer);
  g_checksum_free (self->checksum);
  g_byte_array_unref (self->row);
  g_free (self->first_id);
  g_ptr_array_unref (self->parts);
  return done;
}

static gboolean
set_nothing (gboolean   is_redo,
             GError   **error)
{
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND,
                       is_redo ? _("There is nothing to redo.") : _("There is nothing to undo."));
  return FALSE;
}

/* A network whose history holds nothing is not touched. */
static gboolean
has_steps (EngramHistory  *history,
           gboolean        is_redo,
           GError        **error)
{
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) redo = NULL;

  return engram_history_get_steps (history, &undo, &redo, error) &&
         ((is_redo ? redo : undo)->len > 0 || set_nothing (is_redo, error));
}

static gboolean
undo_in_transaction (Undo          *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  EngramDatabase *database = engram_history_get_database (self->history);
  int state = self->is_redo ? ENGRAM_STEP_UNDONE : ENGRAM_STEP_DONE;
  g_autoptr (GError) local_error = NULL;
  gboolean done = FALSE;

  self->writer = engram_database_begin_write (database, cancellable, error);
  if (self->writer == NULL)
    return FALSE;
  self->recording = engram_recording_begin_undo (self->history, self->writer, state, &self->step, &local_error);
  if (self->recording != NULL)
    done = undo_within (self, &local_error);
  else if (local_error == NULL)
    set_nothing (self->is_redo, &local_error);
  done = engram_database_end_write (database, self->writer, done, done ? &local_error : NULL);
  if (self->recording != NULL)
    engram_history_end (self->recording, done);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return done;
}

static gboolean
undo (EngramHistory       *history,
      gboolean             is_redo,
      EngramHistoryStep  **step,
      EngramProgressFunc   progress,
      gpointer             user_data,
      GCancellable        *cancellable,
      GError             **error)
{
  Undo self = { .history = history, .is_redo = is_redo, .progress = progress, .user_data = user_data };
  gboolean done;

  if (step != NULL)
    *step = NULL;
  if (!has_steps (history, is_redo, error))
    return FALSE;
  done = undo_in_transaction (&self, cancellable, error);
  if (done)
    {
      engram_log_action (is_redo ? "redo" : "undo", NULL, self.step->rows);
      if (step != NULL)
        *step = g_steal_pointer (&self.step);
    }
  g_clear_pointer (&self.step, engram_history_step_free);
  return done;
}

gboolean
engram_history_undo (EngramHistory       *self,
                     EngramHistoryStep  **step,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_HISTORY (self), FALSE);

  return undo (self, FALSE, step, progress, user_data, cancellable, error);
}

gboolean
engram_history_redo (EngramHistory       *self,
                     EngramHistoryStep  **step,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_return_val_if_fail (ENGRAM_IS_HISTORY (self), FALSE);

  return undo (self, TRUE, step, progress, user_data, cancellable, error);
}
