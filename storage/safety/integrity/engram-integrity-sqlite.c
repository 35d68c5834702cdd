/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many faults are listed; where there are more, the file is beyond all hope. SQLite itself is asked for all,
 * because it counts also those that are none here. */
#define MAX_FAULTS 100000

/* Begins what SQLite says of the pages of one database. */
#define HEADING "*** in database"

struct _EngramPageCheck {
  EngramReader *reader;
  GThread      *thread;
  GMutex        mutex;
  GCond         ended;
  gboolean      has_ended;
  EngramIdList *faults;
  GError       *error;
};

/* What SQLite says of values, which it does not say of every kind of file, or which is told of their rows already. */
static gboolean
is_about_known_value (const char *fault)
{
  static const char *const known[] = {
    "NULL value in neurons.position_x", "NULL value in neurons.position_y", "NULL value in neurons.position_z",
    "NULL value in neurons.created_at", "NULL value in neurons.modified_at", "NULL value in synapses.source_neuron_id",
    "NULL value in synapses.target_neuron_id", "NULL value in synapses.weight", "NULL value in synapses.created_at",
    "NULL value in synapses.modified_at", NULL
  };

  /* Newer versions than 3.40 look at these too. */
  return g_strv_contains (known, fault) || g_str_has_prefix (fault, "TEXT value in ") ||
         g_str_has_prefix (fault, "NUMERIC value in ");
}

static void
add_fault (EngramIdList *faults,
           const char   *fault)
{
  if (*fault != '\0' && !g_str_equal (fault, "ok") && !g_str_has_prefix (fault, HEADING) &&
      !is_about_known_value (fault))
    engram_id_list_add_text (faults, fault, strlen (fault));
}

/* Something in the schema keeps SQLite from making a check at all. */
static gboolean
cannot_check (EngramPageCheck *self)
{
  return (sqlite3_errcode (engram_connection_get_handle (self->reader)) & 0xff) == SQLITE_ERROR;
}

/* A fault in a page keeps the check itself from going on, or one in the schema: that is what was to be found out. */
static gboolean
forgive (EngramPageCheck  *self,
         GError          **error)
{
  const char *reason = sqlite3_errmsg (engram_connection_get_handle (self->reader));

  if (!engram_integrity_forgive_damage (error) && !cannot_check (self))
    return FALSE;
  g_clear_error (error);
  engram_id_list_add_text (self->faults, reason, strlen (reason));
  return TRUE;
}

/* Steps a statement that gives what integrity_check says. FALSE with @error set where it cannot be run to its end. */
static gboolean
collect_faults (EngramPageCheck  *self,
                EngramStatement  *statement,
                GError          **error)
{
  int status = 0;

  while (engram_id_list_get_size (self->faults) < MAX_FAULTS &&
         (status = engram_statement_step (statement, error)) > 0)
    {
      const char *text = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);
      g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        add_fault (self->faults, lines[i]);
    }
  /* Translators: after a long list of faults. */
  if (status > 0)
    add_fault (self->faults, _("and more"));
  return status >= 0;
}

/* A table of another program may want what only that program has, a collation or a function: whether it is damaged
 * cannot be told. One of a network must not. */
static gboolean
check_table (EngramPageCheck  *self,
             const char       *table,
             GError          **error)
{
  gboolean is_own = g_str_equal (table, "neurons") || g_str_equal (table, "synapses");
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (self->reader, "SELECT * FROM pragma_integrity_check(?)", error);
  if (statement != NULL)
    engram_statement_bind_text (statement, 1, table);
  if (statement != NULL && collect_faults (self, statement, error))
    return TRUE;
  if (is_own || !cannot_check (self))
    return forgive (self, error);
  g_clear_error (error);
  return TRUE;
}

/* (transfer full): the first column of all rows, or NULL with @error set. */
static GPtrArray *
list_names (EngramPageCheck  *self,
            const char       *sql,
            GError          **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self->reader, sql, error);
  int status = -1;

  while (statement != NULL && (status = engram_statement_step (statement, error)) > 0)
    {
      const char *name = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);

      g_ptr_array_add (names, g_strdup (name != NULL ? name : ""));
    }
  return status == 0 ? g_steal_pointer (&names) : NULL;
}

static gboolean
check_each_table (EngramPageCheck  *self,
                  GError          **error)
{
  g_autoptr (GPtrArray) tables = list_names (self, "SELECT name FROM sqlite_schema WHERE type='table' AND rootpage>0",
                                             error);

  if (tables == NULL)
    return forgive (self, error);
  for (guint i = 0; i < tables->len; i++)
    if (!check_table (self, g_ptr_array_index (tables, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_pages (EngramPageCheck  *self,
             GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (self->reader, "PRAGMA integrity_check(2147483647)", error);
  if (statement != NULL && collect_faults (self, statement, error))
    return TRUE;
  if (!cannot_check (self))
    return forgive (self, error);
  g_clear_error (error);
  return check_each_table (self, error);
}

/* Of one table; of synapses, all but what is found as an orphan. */
static gboolean
check_references (EngramPageCheck  *self,
                  const char       *table,
                  GError          **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status = -1;

  statement = engram_connection_prepare (self->reader,
                                         "SELECT rowid, parent FROM pragma_foreign_key_check(?1)"
                                         " WHERE ?1<>'synapses' OR lower(parent)<>'neurons'", error);
  if (statement != NULL)
    engram_statement_bind_text (statement, 1, table);
  while (statement != NULL && (status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      const char *rowid = (const char *) sqlite3_column_text (row, 0);
      const char *parent = (const char *) sqlite3_column_text (row, 1);
      g_autofree char *fault = NULL;

      /* Translators: a table, the number of a row of it, and another table. */
      fault = g_strdup_printf (_("table “%s”, row %s: refers to a row of “%s” that does not exist"), table,
                               rowid != NULL ? rowid : "?", parent);
      add_fault (self->faults, fault);
    }
  return status == 0 || forgive (self, error);
}

/* The foreign keys of synapses take long, and say what is found as an orphan: only other ones are looked at. */
static gboolean
check_foreign_keys (EngramPageCheck  *self,
                    GError          **error)
{
  g_autoptr (GPtrArray) tables = NULL;

  tables = list_names (self,
                       "SELECT DISTINCT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) k"
                       " WHERE t.type='table' AND NOT (t.name='synapses' AND lower(k.\"table\")='neurons'"
                       "  AND lower(k.\"from\") IN ('source_neuron_id', 'target_neuron_id'))", error);
  if (tables == NULL)
    return forgive (self, error);
  for (guint i = 0; i < tables->len; i++)
    if (!check_references (self, g_ptr_array_index (tables, i), error))
      return FALSE;
  return TRUE;
}

static gpointer
run (gpointer data)
{
  EngramPageCheck *self = data;

  /* A constraint that a row breaks is found as what it is, and on a file that is read-only SQLite knows of none. */
  if (engram_connection_execute (self->reader, "PRAGMA ignore_check_constraints=ON", &self->error) &&
      check_pages (self, &self->error))
    check_foreign_keys (self, &self->error);
  engram_connection_execute (self->reader, "PRAGMA ignore_check_constraints=OFF", NULL);

  g_mutex_lock (&self->mutex);
  self->has_ended = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

EngramPageCheck *
engram_page_check_start (EngramReader *reader)
{
  EngramPageCheck *self = g_new0 (EngramPageCheck, 1);

  self->reader = reader;
  self->faults = engram_id_list_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->thread = g_thread_new ("engram-sqlite", run, self);
  return self;
}

gboolean
engram_page_check_wait (EngramPageCheck *self,
                        gint64           microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;
  gboolean has_ended;

  g_mutex_lock (&self->mutex);
  while (!self->has_ended && g_cond_wait_until (&self->ended, &self->mutex, end))
    ;
  has_ended = self->has_ended;
  g_mutex_unlock (&self->mutex);
  return has_ended;
}

EngramIdList *
engram_page_check_end (EngramPageCheck  *self,
                       GError          **error)
{
  EngramIdList *faults = NULL;

  /* While it looks at pages, SQLite asks nobody whether to go on. Between two statements there is nothing to
   * interrupt. */
  while (!engram_page_check_wait (self, 0))
    {
      sqlite3_interrupt (engram_connection_get_handle (self->reader));
      engram_page_check_wait (self, 10 * 1000);
    }
  g_thread_join (self->thread);
  if (self->error == NULL)
    faults = g_steal_pointer (&self->faults);
  else
    g_propagate_error (error, g_steal_pointer (&self->error));

  engram_id_list_free (self->faults);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  engram_reader_release (self->reader);
  g_free (self);
  return faults;
}
