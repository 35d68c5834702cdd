/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-row-ids.h"

#include "stores/engram-store-private.h"

static const char * const list_sql[] = {
  [ENGRAM_RECORD_NEURON] = "SELECT id FROM neurons WHERE rowid = ?",
  [ENGRAM_RECORD_SYNAPSE] = "SELECT id FROM synapses WHERE rowid = ?",
};

static const char * const find_sql[] = {
  [ENGRAM_RECORD_NEURON] = "SELECT rowid FROM neurons WHERE id = ?",
  [ENGRAM_RECORD_SYNAPSE] = "SELECT rowid FROM synapses WHERE id = ?",
};

static const char * const look_sql[] = {
  [ENGRAM_RECORD_NEURON] = "SELECT 1 FROM neurons WHERE rowid = ?",
  [ENGRAM_RECORD_SYNAPSE] = "SELECT 1 FROM synapses WHERE rowid = ?",
};

/* The id of one row is appended, if it has one. */
static gboolean
append_id (EngramReader  *reader,
           const char    *sql,
           gint64         rowid,
           GPtrArray     *ids,
           GError       **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  sqlite3_stmt *row;
  int step;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  step = engram_statement_step (statement, error);
  row = engram_statement_get_handle (statement);
  if (step > 0 && sqlite3_column_type (row, 0) == SQLITE_TEXT)
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (row, 0)));
  return step >= 0;
}

char **
engram_row_ids_list (EngramDatabase    *database,
                     EngramRecordKind   kind,
                     EngramRowSet      *rows,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  reader = engram_store_begin_read (database, cancellable, error);
  if (reader == NULL)
    return NULL;
  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !append_id (reader, list_sql[kind], engram_row_set_get (rows, i), ids, error))
      return NULL;
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

EngramRowSet *
engram_row_ids_find (EngramDatabase      *database,
                     EngramRecordKind     kind,
                     const char * const  *ids,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  reader = engram_store_begin_read (database, cancellable, error);
  if (reader == NULL)
    return NULL;
  for (gsize i = 0; ids[i] != NULL; i++)
    {
      gint64 rowid;
      int found;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      found = engram_store_find_rowid (reader, find_sql[kind], ids[i], &rowid, error);
      if (found < 0)
        return NULL;
      if (found > 0)
        g_array_append_val (rowids, rowid);
    }
  return engram_row_set_new ((const gint64 *) rowids->data, rowids->len);
}

static gboolean
is_there (EngramReader  *reader,
          const char    *sql,
          gint64         rowid,
          gboolean      *there,
          GError       **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  int step;

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, rowid);
  step = engram_statement_step (statement, error);
  *there = step > 0;
  return step >= 0;
}

EngramRowSet *
engram_row_ids_list_gone (EngramDatabase    *database,
                          EngramRecordKind   kind,
                          EngramRowSet      *rows,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  reader = engram_store_begin_read (database, cancellable, error);
  if (reader == NULL)
    return NULL;
  for (gsize i = 0; i < engram_row_set_get_size (rows); i++)
    {
      gint64 rowid = engram_row_set_get (rows, i);
      gboolean there;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !is_there (reader, look_sql[kind], rowid, &there, error))
        return NULL;
      if (!there)
        g_array_append_val (gone, rowid);
    }
  return engram_row_set_new ((const gint64 *) gone->data, gone->len);
}
