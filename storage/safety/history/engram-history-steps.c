/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-internal-private.h"

#define PREPARED G_STRINGIFY (ENGRAM_STEP_PREPARED)
#define DONE G_STRINGIFY (ENGRAM_STEP_DONE)
#define UNDONE G_STRINGIFY (ENGRAM_STEP_UNDONE)

/* The token of the step that came last. Where the network's mark is another, the network is not in the state that the
 * log leads to: an older copy was put in its place, say. */
#define HEAD "coalesce((SELECT value FROM history WHERE key='head'), '')"

/* How many of the log's pages may lie idle before they are given back: a quarter. */
#define IDLE_PART 4

gboolean
engram_steps_create (EngramConnection  *log,
                     GError           **error)
{
  return engram_connection_execute (log,
           "PRAGMA auto_vacuum=INCREMENTAL;"
           "BEGIN IMMEDIATE;"
           "CREATE TABLE history (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
           "CREATE TABLE steps ("
           " id INTEGER PRIMARY KEY AUTOINCREMENT,"
           " token TEXT NOT NULL UNIQUE,"
           " previous TEXT NOT NULL,"   /* the network's mark before */
           " state INTEGER NOT NULL,"
           " becomes INTEGER NOT NULL," /* its state once settled */
           " replaces INTEGER,"         /* the step that it undoes */
           " name TEXT NOT NULL,"
           " label TEXT NOT NULL,"
           " time TEXT NOT NULL,"
           " rows INTEGER NOT NULL DEFAULT 0,"
           " bytes INTEGER NOT NULL DEFAULT 0,"
           " loose INTEGER NOT NULL DEFAULT 0);"
           /* The rows of part n are in the table rows_n. */
           "CREATE TABLE parts ("
           " n INTEGER PRIMARY KEY,"
           " step INTEGER NOT NULL,"
           " name TEXT NOT NULL,"
           " columns BLOB NOT NULL);"
           "PRAGMA user_version=" G_STRINGIFY (ENGRAM_LOG_VERSION) ";"
           "COMMIT;"
           /* Last, so that all of it lies in the file, whatever becomes of a WAL. */
           "PRAGMA journal_mode=WAL", error);
}

static char *
dup_text (sqlite3_stmt *row,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return g_strdup (text != NULL ? text : "");
}

static EngramHistoryStep *
read_step (sqlite3_stmt *row)
{
  EngramHistoryStep *step = g_new0 (EngramHistoryStep, 1);

  step->id = sqlite3_column_int64 (row, 0);
  step->name = dup_text (row, 1);
  step->label = dup_text (row, 2);
  step->time = dup_text (row, 3);
  step->rows = (guint64) sqlite3_column_int64 (row, 4);
  return step;
}

/* Where the mark is that of an older step, what came after it did not happen to this network. */
GPtrArray *
engram_steps_list (EngramConnection  *log,
                   int                state,
                   const char        *token,
                   GError           **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_history_step_free);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (log,
    "SELECT id, name, label, time, rows FROM steps WHERE state=?1 AND (?2=" HEAD
    " OR (state=" DONE " AND id<=(SELECT id FROM steps WHERE token=?2 AND state=" DONE "))) ORDER BY id DESC", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, state);
  engram_statement_bind_text (statement, 2, token);
  while ((status = engram_statement_step (statement, error)) > 0)
    g_ptr_array_add (steps, read_step (engram_statement_get_handle (statement)));
  return status == 0 ? g_steal_pointer (&steps) : NULL;
}

gboolean
engram_steps_has_prepared (EngramConnection  *log,
                           const char        *token,
                           gboolean          *found,
                           GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (log, "SELECT 1 FROM steps WHERE token=? AND state=" PREPARED, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, token);
  status = engram_statement_step (statement, error);
  *found = status > 0;
  return status >= 0;
}

gboolean
engram_steps_get_loose (EngramConnection  *log,
                        gint64             step,
                        guint64           *loose,
                        GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (log, "SELECT loose FROM steps WHERE id=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, step);
  status = engram_statement_step (statement, error);
  *loose = status > 0 ? (guint64) sqlite3_column_int64 (engram_statement_get_handle (statement), 0) : 0;
  return status >= 0;
}

/* (element-type gint64): the whole numbers that a statement gives, which is released. */
static GArray *
collect_numbers (EngramStatement  *statement,
                 GError          **error)
{
  g_autoptr (EngramStatement) owned = statement;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  int status;

  if (statement == NULL)
    return NULL;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      gint64 number = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      g_array_append_val (numbers, number);
    }
  return status == 0 ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
run_with_number (EngramConnection  *log,
                 const char        *sql,
                 gint64             number,
                 GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (log, sql, error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, number);
  return engram_statement_run (statement, error);
}

static gboolean
drop_step (EngramConnection  *log,
           gint64             step,
           GError           **error)
{
  g_autoptr (GArray) parts = NULL;
  EngramStatement *statement = engram_connection_prepare (log, "SELECT n FROM parts WHERE step=?", error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, step);
  parts = collect_numbers (statement, error);
  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TABLE IF EXISTS rows_%" G_GINT64_FORMAT,
                                              g_array_index (parts, gint64, i));

      if (!engram_connection_execute (log, sql, error))
        return FALSE;
    }
  return run_with_number (log, "DELETE FROM parts WHERE step=?", step, error) &&
         run_with_number (log, "DELETE FROM steps WHERE id=?", step, error);
}

/* Drops the steps whose ids a statement gives, which is released. */
static gboolean
drop_steps (EngramConnection  *log,
            EngramStatement   *statement,
            GError           **error)
{
  g_autoptr (GArray) steps = collect_numbers (statement, error);

  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (!drop_step (log, g_array_index (steps, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* What the log knows of a network in another state than the one from which the step began cannot come after it, or
 * before. */
static gboolean
drop_other_states (EngramConnection  *log,
                   const char        *previous,
                   GError           **error)
{
  EngramStatement *statement = engram_connection_prepare (log,
    "SELECT id FROM steps WHERE ?1<>" HEAD " AND (state=" UNDONE " OR (state=" DONE
    " AND id>coalesce((SELECT id FROM steps WHERE token=?1 AND state=" DONE "), 0)))", error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, previous);
  return drop_steps (log, statement, error);
}

static gboolean
drop_beyond_limits (EngramConnection  *log,
                    gint64             newest,
                    guint              max_steps,
                    guint64            max_bytes,
                    GError           **error)
{
  EngramStatement *statement = engram_connection_prepare (log,
    "SELECT id FROM (SELECT id, count(*) OVER newer AS n, sum(bytes) OVER newer AS total FROM steps"
    "  WHERE state IN (" DONE ", " UNDONE ") WINDOW newer AS (ORDER BY id DESC ROWS UNBOUNDED PRECEDING))"
    " WHERE id<>?1 AND (n>?2 OR total>?3)", error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, newest);
  engram_statement_bind_int64 (statement, 2, max_steps);
  engram_statement_bind_int64 (statement, 3, (gint64) MIN (max_bytes, (guint64) G_MAXINT64));
  return drop_steps (log, statement, error);
}

static gboolean
set_head (EngramConnection  *log,
          const char        *token,
          GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (log, "INSERT OR REPLACE INTO history (key, value) VALUES ('head', ?)", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, token);
  return engram_statement_run (statement, error);
}

/* What a step makes void: what could be redone, or the step that it undoes. */
static gboolean
drop_void (EngramConnection  *log,
           gboolean           replaces,
           gint64             replaced,
           GError           **error)
{
  if (replaces)
    return drop_step (log, replaced, error);
  return drop_steps (log, engram_connection_prepare (log, "SELECT id FROM steps WHERE state=" UNDONE, error), error);
}

static gboolean
settle (EngramConnection  *log,
        const char        *token,
        guint              max_steps,
        guint64            max_bytes,
        GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autofree char *previous = NULL;
  gint64 step, replaced;
  gboolean replaces;
  int status;

  statement = engram_connection_prepare (log,
                "SELECT id, previous, replaces FROM steps WHERE token=? AND state=" PREPARED, error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, token);
  status = engram_statement_step (statement, error);
  if (status <= 0)
    return status == 0;
  step = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  previous = dup_text (engram_statement_get_handle (statement), 1);
  replaces = sqlite3_column_type (engram_statement_get_handle (statement), 2) != SQLITE_NULL;
  replaced = sqlite3_column_int64 (engram_statement_get_handle (statement), 2);
  sqlite3_reset (engram_statement_get_handle (statement));

  return drop_other_states (log, previous, error) && drop_void (log, replaces, replaced, error) &&
         run_with_number (log, "UPDATE steps SET state=becomes WHERE id=?", step, error) &&
         set_head (log, token, error) && drop_beyond_limits (log, step, max_steps, max_bytes, error);
}

/* A transaction that need not outlive a power cut: what it does is done again where it was lost, and the disk is not
 * waited for twice at every step. */
static gboolean
begin_transaction (EngramConnection  *log,
                   GError           **error)
{
  return engram_connection_execute (log, "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE", error);
}

static gboolean
end_transaction (EngramConnection  *log,
                 gboolean           success,
                 GError           **error)
{
  if (success)
    success = engram_connection_execute (log, "COMMIT", error);
  if (!sqlite3_get_autocommit (engram_connection_get_handle (log)))
    engram_connection_end_read (log);
  return engram_connection_execute (log, "PRAGMA synchronous=FULL", success ? error : NULL) && success;
}

gboolean
engram_steps_settle (EngramConnection  *log,
                     const char        *token,
                     guint              max_steps,
                     guint64            max_bytes,
                     GError           **error)
{
  return begin_transaction (log, error) &&
         end_transaction (log, settle (log, token, max_steps, max_bytes, error), error);
}

static gboolean
drop_in_transaction (EngramConnection  *log,
                     const char        *select,
                     GError           **error)
{
  return begin_transaction (log, error) &&
         end_transaction (log, drop_steps (log, engram_connection_prepare (log, select, error), error), error);
}

gboolean
engram_steps_drop_unsettled (EngramConnection  *log,
                             GError           **error)
{
  gint64 count;

  if (!engram_connection_get_integer (log, "SELECT count(*) FROM steps WHERE state<=" PREPARED, &count, error))
    return FALSE;
  return count == 0 || drop_in_transaction (log, "SELECT id FROM steps WHERE state<=" PREPARED, error);
}

gboolean
engram_steps_drop (EngramConnection  *log,
                   gint64             step,
                   GError           **error)
{
  return begin_transaction (log, error) &&
         end_transaction (log, drop_step (log, step, error), error);
}

gboolean
engram_steps_clear (EngramConnection  *log,
                    GError           **error)
{
  return drop_in_transaction (log, "SELECT id FROM steps", error);
}

void
engram_step_part_free (EngramStepPart *self)
{
  g_free (self->table);
  g_free (self->rows);
  g_byte_array_unref (self->columns);
  g_free (self);
}

GPtrArray *
engram_steps_get_parts (EngramConnection  *log,
                        gint64             step,
                        GError           **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_step_part_free);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (log, "SELECT n, name, columns FROM parts WHERE step=? ORDER BY n", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_int64 (statement, 1, step);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      EngramStepPart *part = g_new0 (EngramStepPart, 1);

      part->rows = g_strdup_printf ("rows_%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (row, 0));
      part->table = dup_text (row, 1);
      part->columns = g_byte_array_new ();
      g_byte_array_append (part->columns, sqlite3_column_blob (row, 2), sqlite3_column_bytes (row, 2));
      g_ptr_array_add (parts, part);
    }
  return status == 0 ? g_steal_pointer (&parts) : NULL;
}

gboolean
engram_steps_shrink (EngramConnection  *log,
                     GError           **error)
{
  gint64 pages, idle;

  if (!engram_connection_get_integer (log, "PRAGMA page_count", &pages, error) ||
      !engram_connection_get_integer (log, "PRAGMA freelist_count", &idle, error))
    return FALSE;
  return idle <= pages / IDLE_PART || engram_connection_execute (log, "PRAGMA incremental_vacuum", error);
}
