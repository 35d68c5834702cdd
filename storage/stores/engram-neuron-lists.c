/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-neuron-store-private.h"

/* Reads are tried this often for a moment at which nobody writes; then the order of rows is made anew and not
 * kept. */
#define MAX_STAMP_ATTEMPTS 3

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

static int
compare_rowids (gconstpointer a,
                gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* The rowids where they run without a gap, which takes a count only; else no rows at all. */
static gboolean
read_gapless_rowids (EngramConnection  *reader,
                     GArray            *rowids,
                     GError           **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (reader,
                               "SELECT count(*), (SELECT min(rowid) FROM neurons),"
                               " (SELECT max(rowid) FROM neurons) FROM neurons", error);
  sqlite3_stmt *row;
  guint64 count, first, last;

  if (statement == NULL || engram_statement_step (statement, error) < 0)
    return FALSE;

  row = engram_statement_get_handle (statement);
  count = sqlite3_column_int64 (row, 0);
  first = sqlite3_column_int64 (row, 1);
  last = sqlite3_column_int64 (row, 2);
  if (last - first != count - 1 || count > G_MAXUINT)
    return TRUE;

  g_array_set_size (rowids, count);
  for (guint i = 0; i < rowids->len; i++)
    g_array_index (rowids, gint64, i) = (gint64) (first + i);
  return TRUE;
}

/* The index of types is small, and ascends within each type: the sort that follows finds long runs. */
static gboolean
read_rowids (EngramConnection  *reader,
             GArray            *rowids,
             GError           **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (reader, "SELECT rowid FROM neurons ORDER BY neuron_type", error);
  int step;

  if (statement == NULL)
    return FALSE;

  while ((step = engram_statement_step (statement, error)) > 0)
    {
      gint64 rowid = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      g_array_append_val (rowids, rowid);
    }
  g_array_sort (rowids, compare_rowids);
  return step == 0;
}

static EngramRowOrder *
read_row_order (EngramConnection  *reader,
                GError           **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize n_rowids;

  if (!read_gapless_rowids (reader, rowids, error) ||
      (rowids->len == 0 && !read_rowids (reader, rowids, error)))
    return NULL;

  n_rowids = rowids->len;
  return engram_row_order_new (n_rowids > 0 ? g_array_steal (rowids, NULL) : NULL, n_rowids);
}

static EngramRowOrder *
get_kept_order (EngramNeuronStore *self,
                guint64            stamp)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->order != NULL && self->order_stamp == stamp ? engram_row_order_ref (self->order) : NULL;
}

static void
keep_order (EngramNeuronStore *self,
            EngramRowOrder    *order,
            guint64            stamp)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->order, engram_row_order_unref);
  self->order = engram_row_order_ref (order);
  self->order_stamp = stamp;
}

/* A snapshot and, where nobody wrote while it was taken, the change stamp that it belongs to. */
static EngramReader *
begin_stamped_read (EngramNeuronStore  *self,
                    guint64            *stamp,
                    gboolean           *stamp_known,
                    GCancellable       *cancellable,
                    GError            **error)
{
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (EngramReader) reader = NULL;
      guint64 before;

      if (!engram_database_get_change_stamp (self->database, &before, cancellable, error))
        return NULL;
      reader = engram_store_begin_read (self->database, cancellable, error);
      if (reader == NULL || !engram_database_get_change_stamp (self->database, stamp, cancellable, error))
        return NULL;

      *stamp_known = *stamp == before;
      if (*stamp_known || attempt == MAX_STAMP_ATTEMPTS)
        return g_steal_pointer (&reader);
    }
}

/* The order of rows, and a reader within the snapshot that it belongs to. */
static EngramRowOrder *
begin_ordered_read (EngramNeuronStore  *self,
                    EngramReader      **reader,
                    GCancellable       *cancellable,
                    GError            **error)
{
  EngramRowOrder *order = NULL;
  gboolean stamp_known;
  guint64 stamp;

  *reader = begin_stamped_read (self, &stamp, &stamp_known, cancellable, error);
  if (*reader == NULL)
    return NULL;

  if (stamp_known)
    order = get_kept_order (self, stamp);
  if (order != NULL)
    return order;

  order = read_row_order (*reader, error);
  if (order != NULL && stamp_known)
    keep_order (self, order, stamp);
  return order;
}

EngramRowOrder *
engram_neuron_store_get_row_order (EngramNeuronStore  *self,
                                   GCancellable       *cancellable,
                                   GError            **error)
{
  g_autoptr (EngramReader) reader = NULL;

  g_return_val_if_fail (ENGRAM_IS_NEURON_STORE (self), NULL);

  return begin_ordered_read (self, &reader, cancellable, error);
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

  order = begin_ordered_read (self, &reader, cancellable, error);
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
