/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-neuron-store-private.h"

static gpointer
read_neuron (sqlite3_stmt *row)
{
  return engram_neuron_read (row);
}

static GPtrArray *
neuron_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) engram_neuron_free);
}

/* All neurons that a bound statement gives. */
static GPtrArray *
collect_neurons (EngramStatement  *statement,
                 GError          **error)
{
  g_autoptr (GPtrArray) neurons = neuron_array_new ();

  return engram_store_collect (statement, read_neuron, neurons, error) ? g_steal_pointer (&neurons) : NULL;
}

GPtrArray *
engram_neuron_store_fetch (EngramConnection  *connection,
                           const gint64      *rowids,
                           gsize              n_rowids,
                           GError           **error)
{
  g_autoptr (GPtrArray) neurons = neuron_array_new ();

  for (gsize i = 0; i < n_rowids; i++)
    {
      g_autoptr (EngramStatement) statement =
        engram_neuron_store_prepare (connection, FALSE, "FROM neurons WHERE rowid = ?", error);

      if (statement == NULL)
        return NULL;
      engram_statement_bind_int64 (statement, 1, rowids[i]);
      if (!engram_store_collect (statement, read_neuron, neurons, error))
        return NULL;
    }
  return g_steal_pointer (&neurons);
}

gboolean
engram_neuron_store_count (EngramNeuronStore  *self,
                           guint64            *count,
                           GCancellable       *cancellable,
                           GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return FALSE;
  statement = engram_connection_prepare (reader, "SELECT count(*) FROM neurons", error);
  return statement != NULL && engram_store_get_count (statement, count, error);
}

EngramRowOrder *
engram_neuron_store_get_row_order (EngramNeuronStore  *self,
                                   GCancellable       *cancellable,
                                   GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  return engram_kept_order_begin_read (&self->order, self->database, &reader, cancellable, error);
}

static GPtrArray *
list_from (EngramConnection  *reader,
           gint64             first_rowid,
           guint              limit,
           GError           **error)
{
  g_autoptr (EngramStatement) statement =
    engram_neuron_store_prepare (reader, FALSE, "FROM neurons WHERE rowid >= ? ORDER BY rowid LIMIT ?",
                                 error);

  if (statement == NULL)
    return NULL;

  engram_statement_bind_int64 (statement, 1, first_rowid);
  engram_statement_bind_int64 (statement, 2, limit);
  return collect_neurons (statement, error);
}

GPtrArray *
engram_neuron_store_list (EngramNeuronStore  *self,
                          guint64             offset,
                          guint               limit,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramRowOrder) order = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  order = engram_kept_order_begin_read (&self->order, self->database, &reader, cancellable, error);
  if (order == NULL)
    return NULL;

  if (offset >= engram_row_order_get_size (order))
    return neuron_array_new ();
  return list_from (reader, engram_row_order_get (order, offset), limit, error);
}

GPtrArray *
engram_neuron_store_list_after (EngramNeuronStore  *self,
                                gint64              after_rowid,
                                guint               limit,
                                GCancellable       *cancellable,
                                GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  if (after_rowid == G_MAXINT64)
    return neuron_array_new ();

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  return reader != NULL ? list_from (reader, after_rowid + 1, limit, error) : NULL;
}

GPtrArray *
engram_neuron_store_list_by_type (EngramNeuronStore  *self,
                                  const char         *type,
                                  gint64              after_rowid,
                                  guint               limit,
                                  GCancellable       *cancellable,
                                  GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);
  g_return_val_if_fail (type != NULL, NULL);

  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;
  statement = engram_neuron_store_prepare (reader, FALSE,
                                           "FROM neurons WHERE neuron_type = ? AND rowid > ?"
                                           " ORDER BY rowid LIMIT ?", error);
  if (statement == NULL)
    return NULL;

  engram_statement_bind_text (statement, 1, type);
  engram_statement_bind_int64 (statement, 2, after_rowid);
  engram_statement_bind_int64 (statement, 3, limit);
  return collect_neurons (statement, error);
}

GPtrArray *
engram_neuron_store_list_modified_since (EngramNeuronStore  *self,
                                         const char         *time,
                                         GCancellable       *cancellable,
                                         GError            **error)
{
  g_autofree char *since = NULL;
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (EngramStatement) statement = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);
  g_return_val_if_fail (time != NULL, NULL);

  since = engram_store_read_since (time, error);
  if (since == NULL)
    return NULL;
  reader = engram_database_acquire_reader (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;
  /* The inner query stays within the index, and its rows come back in the order of rows without a sort of
   * records. */
  statement = engram_neuron_store_prepare (reader, FALSE,
                                           "FROM neurons WHERE rowid IN"
                                           " (SELECT rowid FROM neurons WHERE modified_at >= ?)"
                                           " ORDER BY rowid", error);
  if (statement == NULL)
    return NULL;

  engram_statement_bind_text (statement, 1, since);
  return collect_neurons (statement, error);
}

static void
clear_item (gpointer data)
{
  EngramNeuronListItem *item = data;

  g_clear_pointer (&item->neuron, engram_neuron_free);
}

/* One row with its synapses counted; an item without a neuron where the row is gone. */
static gboolean
read_item (EngramConnection      *reader,
           gint64                 rowid,
           EngramNeuronListItem  *item,
           GError               **error)
{
  g_autofree char *sql =
    g_strconcat ("SELECT ", engram_neuron_select_columns (FALSE, engram_connection_neurons_have_fields (reader)),
                 ", (SELECT count(*) FROM synapses WHERE source_neuron_id = neurons.id)"
                 ", (SELECT count(*) FROM synapses WHERE target_neuron_id = neurons.id)"
                 " FROM neurons WHERE rowid = ?", NULL);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (reader, sql, error);
  sqlite3_stmt *row;
  int step;
  int n_columns;

  if (statement == NULL)
    return FALSE;

  engram_statement_bind_int64 (statement, 1, rowid);
  step = engram_statement_step (statement, error);
  if (step <= 0)
    return step == 0;

  row = engram_statement_get_handle (statement);
  n_columns = sqlite3_column_count (row);
  item->neuron = engram_neuron_read (row);
  item->outgoing = sqlite3_column_int64 (row, n_columns - 2);
  item->incoming = sqlite3_column_int64 (row, n_columns - 1);
  return TRUE;
}

GArray *
engram_neuron_store_list_items (EngramNeuronStore  *self,
                                const gint64       *rowids,
                                gsize               n_rowids,
                                GCancellable       *cancellable,
                                GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_autoptr (GArray) items = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);
  g_return_val_if_fail (rowids != NULL || n_rowids == 0, NULL);

  reader = engram_store_begin_read (self->database, cancellable, error);
  if (reader == NULL)
    return NULL;

  items = g_array_sized_new (FALSE, TRUE, sizeof (EngramNeuronListItem), n_rowids);
  g_array_set_clear_func (items, clear_item);
  for (gsize i = 0; i < n_rowids; i++)
    {
      EngramNeuronListItem item = { 0 };

      if (!read_item (reader, rowids[i], &item, error))
        return NULL;
      g_array_append_val (items, item);
    }
  return g_steal_pointer (&items);
}
