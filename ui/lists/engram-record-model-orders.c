/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-model-private.h"

#include "engram-timing.h"

/* How the model comes from one order of rows to the next. */

static void
set_found (EngramRecordModel   *self,
           EngramRecordReading *reading)
{
  g_autoptr (EngramFound) old = self->found;
  gboolean anew = self->anew;
  /* Records that are read now show what a refresh that waits has been asked for because of. */
  gboolean marks = (self->mark || self->mark_again) && !anew && old != NULL && old->complete;

  engram_record_marks_start (self->marks, marks ? old->order : NULL);
  self->anew = FALSE;
  self->found = engram_found_ref (reading->found);
  engram_record_loader_set_order (self->loader, self->found->order);
  if (reading->first_page != NULL && reading->first_page->n_items > 0)
    engram_record_loader_insert (self->loader, 0, reading->first_page);

  self->updating = TRUE;
  engram_record_rows_set_order (self->rows, self->found->order, reading->same_start, reading->same_end, anew);
  self->updating = FALSE;

  engram_record_model_load_rows (self);
  engram_record_model_tell_order (self, anew);
}

/* Searches */

static void
finish_searches (EngramRecordModel *self,
                 const GError      *error)
{
  g_autoptr (GPtrArray) searches = g_steal_pointer (&self->searches);

  self->searches = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < searches->len; i++)
    engram_record_search_finish (g_ptr_array_index (searches, i), engram_record_model_get_order (self), error);
}

void
engram_record_model_take_search (EngramRecordModel *self,
                                 GTask             *task,
                                 gint64             rowid)
{
  EngramRowOrder *order = engram_record_model_get_order (self);

  if (!self->loading && order != NULL && engram_row_order_find (order, rowid, NULL))
    {
      engram_record_search_finish (task, order, NULL);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->searches, task);
  if (!self->loading)
    engram_record_model_refresh (self, FALSE);
}

/* Making the order */

static void order_read (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
first_rows_read (EngramRecordReading *reading,
                 gpointer             user_data)
{
  g_autoptr (EngramRecordModel) self = g_object_ref (user_data);

  set_found (self, reading);
  engram_record_model_tell_first_rows (self);
}

void
engram_record_model_stop_reading (EngramRecordModel *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* Those who call back find the model gone if they were cancelled, and there if they were not. First rows are asked for
 * where there is nothing of this view to be seen yet. */
static void
read_order (EngramRecordModel *self,
            gboolean           mark)
{
  gboolean wants_first = self->found == NULL || self->anew || !self->found->complete;

  engram_record_model_stop_reading (self);
  self->reading = g_cancellable_new ();
  self->mark = mark;
  engram_record_read_async (self->searcher, &self->view, engram_record_model_get_order (self),
                            wants_first ? first_rows_read : NULL, self->reading, order_read, self);
}

static void
complete (EngramRecordModel *self)
{
  engram_record_model_set_loading (self, FALSE);
  engram_record_model_settle_error (self);
  finish_searches (self, NULL);
}

void
engram_record_model_rows_grown (EngramRecordModel *self)
{
  if (self->reading == NULL)
    complete (self);
}

static void
end_reading (EngramRecordModel *self,
             const GError      *error)
{
  gboolean again = self->refresh_again;
  gboolean mark = self->mark_again;

  self->refresh_again = FALSE;
  self->mark_again = FALSE;
  g_clear_object (&self->reading);
  self->order_failed = error != NULL;
  if (error != NULL)
    {
      engram_record_model_set_loading (self, FALSE);
      engram_record_model_set_error (self, error);
      finish_searches (self, error);
    }
  else if (again)
    read_order (self, mark);
  else if (!engram_record_rows_is_growing (self->rows))
    complete (self);
}

/* Whether the rows are those that were known, all of them. */
static gboolean
is_same (EngramRecordModel   *self,
         EngramRecordReading *reading)
{
  return self->found != NULL && self->found->complete &&
         engram_row_order_get_size (self->found->order) == reading->same_start &&
         engram_row_order_get_size (reading->found->order) == reading->same_start;
}

static void
order_read (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EngramRecordModel) self = NULL;
  g_autoptr (EngramRecordReading) reading = NULL;
  g_autoptr (GCancellable) own = NULL;
  g_autoptr (GError) error = NULL;

  reading = engram_record_read_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_ref (user_data);
  own = g_object_ref (self->reading);
  if (reading != NULL)
    {
      self->page_failed = FALSE;
      if (self->order_state != ENGRAM_ORDER_TRUSTED)
        self->order_state = is_same (self, reading) ? ENGRAM_ORDER_CONFIRMED : ENGRAM_ORDER_TRUSTED;
      set_found (self, reading);
      engram_record_model_tell_first_rows (self);
    }
  /* Somebody who was told may have asked for another view. */
  if (own == self->reading)
    end_reading (self, error);
}

void
engram_record_model_refresh (EngramRecordModel *self,
                             gboolean           mark)
{
  g_return_if_fail (ENGRAM_IS_RECORD_MODEL (self));

  if (self->loading)
    {
      self->refresh_again = TRUE;
      self->mark_again = self->mark_again || mark;
      return;
    }
  engram_record_model_set_loading (self, TRUE);
  read_order (self, mark);
}

static gboolean
queries_equal (EngramQuery *query,
               EngramQuery *other)
{
  if (query == NULL || other == NULL)
    return query == other;
  return engram_query_equal (query, other);
}

void
engram_record_model_set_view (EngramRecordModel *self,
                              EngramQuery       *query,
                              const EngramSort  *sort)
{
  g_autoptr (EngramQuery) old_query = NULL;

  g_return_if_fail (ENGRAM_IS_RECORD_MODEL (self));
  g_return_if_fail (sort != NULL);

  if (queries_equal (query, self->view.query) && sort->key == self->view.sort.key &&
      !sort->descending == !self->view.sort.descending)
    return;

  self->asked_at = engram_timing_since_start ();
  self->asked_for = queries_equal (query, self->view.query) ? "sort" : "filter";
  old_query = self->view.query;
  self->view.query = query != NULL ? engram_query_ref (query) : NULL;
  self->view.sort = *sort;
  self->anew = TRUE;
  self->refresh_again = FALSE;
  self->mark_again = FALSE;
  read_order (self, FALSE);
  engram_record_model_set_loading (self, TRUE);
}
