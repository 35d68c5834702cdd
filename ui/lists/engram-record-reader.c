/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-reader.h"

#include "lists/engram-order-changes.h"
#include "lists/engram-record-loader.h"

typedef struct {
  EngramRecordView view;
  EngramRowOrder *before;
  EngramRecordFirstFunc first;
  gpointer user_data;
} Request;

static void
request_free (Request *self)
{
  g_clear_pointer (&self->view.query, engram_query_unref);
  g_clear_pointer (&self->before, engram_row_order_unref);
  g_free (self);
}

void
engram_record_reading_free (EngramRecordReading *self)
{
  g_clear_pointer (&self->found, engram_found_unref);
  g_clear_pointer (&self->first_page, engram_record_page_unref);
  g_free (self);
}

/* Only to have the first records there with the rows: where anything is wrong with them, they are read again when they
 * are looked at, and it is told then. */
static EngramRecordPage *
read_first_page (EngramSearcher   *searcher,
                 EngramRecordKind  kind,
                 EngramRowOrder   *order,
                 GCancellable     *cancellable)
{
  g_autoptr (EngramRecordPage) page = NULL;
  gint64 rowids[ENGRAM_RECORD_PAGE_SIZE];
  gsize n_rowids = MIN (G_N_ELEMENTS (rowids), engram_row_order_get_size (order));

  for (gsize i = 0; i < n_rowids; i++)
    rowids[i] = engram_row_order_get (order, i);
  page = engram_record_page_read (engram_searcher_get_database (searcher), kind, rowids, n_rowids, cancellable, NULL);
  return page != NULL && page->error == NULL && !page->stale ? g_steal_pointer (&page) : NULL;
}

/* What was found, made ready for the main loop. */
static EngramRecordReading *
make_reading (GTask       *task,
              Request     *request,
              EngramFound *found)
{
  EngramRecordReading *reading = g_new0 (EngramRecordReading, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  reading->found = engram_found_ref (found);
  if (request->before != NULL)
    engram_order_compare (request->before, found->order, &reading->same_start, &reading->same_end, cancellable);
  if (request->first != NULL)
    reading->first_page = read_first_page (g_task_get_source_object (task), request->view.kind, found->order,
                                           cancellable);
  return reading;
}

/* First rows on their way to the main loop. */
typedef struct {
  EngramRecordReading *reading;
  EngramRecordFirstFunc first;
  gpointer user_data;
  GCancellable *cancellable;
} Delivery;

static void
delivery_free (Delivery *self)
{
  g_clear_pointer (&self->reading, engram_record_reading_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
deliver_cb (gpointer user_data)
{
  const Delivery *delivery = user_data;

  if (!g_cancellable_is_cancelled (delivery->cancellable))
    delivery->first (delivery->reading, delivery->user_data);
  return G_SOURCE_REMOVE;
}

static void
first_found (EngramFound *found,
             gpointer     user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  Delivery *delivery = g_new0 (Delivery, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  delivery->reading = make_reading (task, request, found);
  delivery->first = request->first;
  delivery->user_data = request->user_data;
  delivery->cancellable = g_object_ref (g_task_get_cancellable (task));
  g_clear_pointer (&request->before, engram_row_order_unref);
  request->before = engram_row_order_ref (found->order);

  /* Of the same priority as the task, so that it comes before; and never by g_main_context_invoke(), which runs it in
   * this thread where the main loop happens not to be running. */
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, deliver_cb, delivery, (GDestroyNotify) delivery_free);
  g_source_attach (source, g_task_get_context (task));
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (EngramFound) found = NULL;
  GError *error = NULL;

  found = engram_searcher_find (source, request->view.kind, request->view.query, &request->view.sort,
                                request->first != NULL ? first_found : NULL, task, cancellable, &error);
  if (found != NULL)
    g_task_return_pointer (task, make_reading (task, request, found), (GDestroyNotify) engram_record_reading_free);
  else
    g_task_return_error (task, error);
}

void
engram_record_read_async (EngramSearcher         *searcher,
                          const EngramRecordView *view,
                          EngramRowOrder         *before,
                          EngramRecordFirstFunc   first,
                          GCancellable           *cancellable,
                          GAsyncReadyCallback     callback,
                          gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (searcher, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->view = *view;
  request->view.query = view->query != NULL ? engram_query_ref (view->query) : NULL;
  request->before = before != NULL ? engram_row_order_ref (before) : NULL;
  request->first = first;
  request->user_data = user_data;
  g_task_set_source_tag (task, engram_record_read_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, read_in_thread);
}

EngramRecordReading *
engram_record_read_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, engram_record_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
