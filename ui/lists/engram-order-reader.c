/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-order-reader.h"

typedef struct {
  EngramRowOrder *before;
  guint n_rows;
} Request;

static void
request_free (Request *self)
{
  g_clear_pointer (&self->before, engram_row_order_unref);
  g_free (self);
}

void
engram_order_reading_free (EngramOrderReading *self)
{
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_pointer (&self->first, engram_neuron_page_unref);
  g_free (self);
}

static void
start (EngramNeuronStore   *store,
       EngramRowOrder      *before,
       guint                n_rows,
       GTaskThreadFunc      func,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->before = before != NULL ? engram_row_order_ref (before) : NULL;
  request->n_rows = n_rows;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, func);
}

static gboolean
read_first (EngramOrderReading  *reading,
            EngramNeuronStore   *store,
            guint                n_rows,
            GCancellable        *cancellable,
            GError             **error)
{
  g_autoptr (GPtrArray) neurons = NULL;
  g_autofree gint64 *rowids = NULL;

  neurons = engram_neuron_store_list_after (store, G_MININT64, n_rows, cancellable, error);
  if (neurons == NULL)
    return FALSE;
  rowids = g_new (gint64, neurons->len);
  for (guint i = 0; i < neurons->len; i++)
    rowids[i] = ((const EngramNeuron *) g_ptr_array_index (neurons, i))->rowid;
  reading->first = engram_neuron_page_read (store, rowids, neurons->len, cancellable, error);
  if (reading->first == NULL)
    return FALSE;
  reading->order = engram_row_order_new (g_steal_pointer (&rowids), neurons->len);
  return TRUE;
}

static void
read_first_in_thread (GTask        *task,
                      gpointer      source,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  g_autoptr (EngramOrderReading) reading = g_new0 (EngramOrderReading, 1);
  const Request *request = task_data;
  GError *error = NULL;

  if (read_first (reading, source, request->n_rows, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&reading), (GDestroyNotify) engram_order_reading_free);
  else
    g_task_return_error (task, error);
}

/**
 * engram_order_read_first_async:
 * @store: where the neurons are
 * @n_rows: how many at most
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Reads the first rows in a worker, which is soon done however many there are.
 */
void
engram_order_read_first_async (EngramNeuronStore   *store,
                               guint                n_rows,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  start (store, NULL, n_rows, read_first_in_thread, cancellable, callback, user_data);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (EngramOrderReading) reading = g_new0 (EngramOrderReading, 1);
  const Request *request = task_data;
  GError *error = NULL;

  reading->order = engram_neuron_store_get_row_order (source, cancellable, &error);
  if (reading->order == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reading->changes = engram_row_changes_find (request->before, reading->order, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&reading), (GDestroyNotify) engram_order_reading_free);
}

/**
 * engram_order_read_async:
 * @store: where the neurons are
 * @before: (nullable): the order that is known
 * @cancellable: (nullable): a #GCancellable
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Reads the whole order of rows in a worker, and what has changed in it.
 */
void
engram_order_read_async (EngramNeuronStore   *store,
                         EngramRowOrder      *before,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  start (store, before, 0, read_in_thread, cancellable, callback, user_data);
}

/**
 * engram_order_read_finish:
 * @result: what the callback got
 * @error: return location, or %NULL
 *
 * Returns: (transfer full) (nullable): what was read, or %NULL with the store's error
 */
EngramOrderReading *
engram_order_read_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, start), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
