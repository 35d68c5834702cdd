/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-store-private.h"

#include <glib/gi18n-lib.h>

#include "engram-error-private.h"
#include "engram-log-private.h"
#include "model/engram-time.h"

EngramReader *
engram_store_begin_read (EngramDatabase  *database,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (database, cancellable, error);

  if (reader == NULL || !engram_connection_begin_read (reader, error))
    return NULL;
  return g_steal_pointer (&reader);
}

gboolean
engram_store_collect (EngramStatement    *statement,
                      EngramReadRowFunc   read,
                      GPtrArray          *records,
                      GError            **error)
{
  sqlite3_stmt *row = engram_statement_get_handle (statement);
  int step;

  while ((step = engram_statement_step (statement, error)) > 0)
    g_ptr_array_add (records, read (row));
  return step == 0;
}

gboolean
engram_store_get_count (EngramStatement  *statement,
                        guint64          *count,
                        GError          **error)
{
  if (engram_statement_step (statement, error) < 0)
    return FALSE;

  *count = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  return TRUE;
}

int
engram_store_find_rowid (EngramConnection  *connection,
                         const char        *sql,
                         const char        *id,
                         gint64            *rowid,
                         GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (connection, sql, error);
  int step;

  if (statement == NULL)
    return -1;

  engram_statement_bind_text (statement, 1, id);
  step = engram_statement_step (statement, error);
  if (step > 0)
    *rowid = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);
  return step;
}

char *
engram_store_read_since (const char  *time,
                         GError     **error)
{
  char *since = engram_time_normalize (time);

  if (since != NULL)
    return since;

  engram_set_record_error (error, ENGRAM_ERROR_INVALID, ENGRAM_RECORD_NEURON, NULL, "modified_at",
                           /* Translators: %s is what was given as a time. */
                           _("“%s” is not a time; write it like 2025-11-01T09:00:00"), time);
  return NULL;
}

static gboolean
check_records (const EngramStoreGroup  *group,
               GError                 **error)
{
  if (group->operation->check == NULL)
    return TRUE;

  for (guint i = 0; i < group->n_records; i++)
    if (!group->operation->check (group->records[i], error))
      return FALSE;
  return TRUE;
}

/* Whether there is anything to write: looks no further than the first record that will change. */
static gboolean
find_change (EngramDatabase          *database,
             const EngramStoreGroup  *group,
             gboolean                *changes,
             GCancellable            *cancellable,
             GError                 **error)
{
  g_autoptr (EngramReader) reader = NULL;

  *changes = group->operation->compare == NULL && group->n_records > 0;
  if (group->operation->compare == NULL)
    return TRUE;

  reader = engram_database_acquire_reader (database, cancellable, error);
  if (reader == NULL)
    return FALSE;

  for (guint i = 0; i < group->n_records && !*changes; i++)
    {
      if (!group->operation->compare (database, reader, group->records[i], &group->results[i], error))
        return FALSE;
      *changes = group->results[i].changed;
    }
  return TRUE;
}

gboolean
engram_store_begin_write (EngramStoreWrite  *write,
                          EngramDatabase    *database,
                          const char        *now,
                          GCancellable      *cancellable,
                          GError           **error)
{
  *write = (EngramStoreWrite) { .database = database, .now = now };
  write->writer = engram_database_begin_write (database, cancellable, error);
  return write->writer != NULL;
}

gboolean
engram_store_apply (EngramStoreWrite  *write,
                    EngramStoreGroup  *group,
                    GCancellable      *cancellable,
                    GError           **error)
{
  gboolean applied = check_records (group, error);

  if (group->results == NULL)
    group->results = g_new0 (EngramStoreResult, group->n_records);
  for (guint i = 0; i < group->n_records && applied; i++)
    {
      group->results[i] = (EngramStoreResult) { 0 };
      applied = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
                group->operation->write (write, group->records[i], &group->results[i], error);
    }
  /* The next group may be for the other table. */
  g_clear_pointer (&write->insert_sql, g_free);
  return applied;
}

gboolean
engram_store_end_write (EngramStoreWrite  *write,
                        gboolean           success,
                        GError           **error)
{
  return engram_database_end_write (write->database, write->writer, success, error);
}

void
engram_store_finish_group (const EngramStoreGroup *group,
                           const char             *now)
{
  const EngramStoreOperation *operation = group->operation;
  guint64 n_changed = 0;
  guint64 n_synapses_deleted = 0;

  for (guint i = 0; i < group->n_records; i++)
    {
      if (operation->finish != NULL)
        operation->finish (group->records[i], &group->results[i], now);
      n_changed += group->results[i].changed;
      n_synapses_deleted += group->results[i].n_synapses_deleted;
    }
  if (n_changed > 0)
    engram_log_action (operation->action, group->n_records == 1 ? operation->get_id (group->records[0]) : NULL,
                       n_changed);
  if (n_synapses_deleted > 0)
    engram_log_action ("synapse-delete", NULL, n_synapses_deleted);
}

void
engram_store_group_clear (EngramStoreGroup *group)
{
  g_clear_pointer (&group->results, g_free);
}

gboolean
engram_store_write_records (EngramDatabase              *database,
                            const EngramStoreOperation  *operation,
                            gpointer                    *records,
                            guint                        n_records,
                            GCancellable                *cancellable,
                            GError                     **error)
{
  g_autofree EngramStoreResult *results = g_new0 (EngramStoreResult, n_records);
  g_autofree char *now = engram_time_now ();
  EngramStoreGroup group = { operation, records, n_records, results };
  EngramStoreWrite write;
  gboolean changes, success;

  if (!check_records (&group, error) || !find_change (database, &group, &changes, cancellable, error))
    return FALSE;
  if (changes)
    {
      if (!engram_store_begin_write (&write, database, now, cancellable, error))
        return FALSE;
      success = engram_store_apply (&write, &group, cancellable, error);
      if (!engram_store_end_write (&write, success, error))
        return FALSE;
    }
  engram_store_finish_group (&group, now);
  return TRUE;
}
