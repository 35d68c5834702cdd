/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-prune-showing.h"

#include "dialogs/prune/engram-prune-victims.h"

struct _EngramPruneShowing {
  GObject        parent_instance;

  EngramSession *session;
  EngramRowSet  *former_rows;  /* NULL where nothing is selected by us */
  EngramRowSet  *shown_rows;   /* what we have selected last, or NULL */
  GCancellable  *mapping;      /* or NULL */
  EngramQuery   *former_query; /* (nullable) */
  EngramQuery   *shown_query;  /* NULL where nothing is filtered by us */
};

G_DEFINE_FINAL_TYPE (EngramPruneShowing, engram_prune_showing, G_TYPE_OBJECT)

/* Selecting */

static void
map_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  EngramRowOrder *order = task_data;
  gsize n_rows = engram_row_order_get_size (order);
  g_autofree gint64 *rowids = g_new (gint64, n_rows + 1);

  for (gsize i = 0; i < n_rows && !g_cancellable_is_cancelled (cancellable); i++)
    rowids[i] = engram_row_order_get (order, i);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, engram_row_set_new (rowids, n_rows), (GDestroyNotify) engram_row_set_unref);
}

/* What the person has selected meanwhile is what is put back then. */
static void
take_rows (EngramPruneShowing *self,
           EngramRowSet       *rows)
{
  EngramSelection *selection = engram_session_get_selection (self->session);
  EngramRowSet *selected = engram_selection_get (selection, ENGRAM_RECORD_SYNAPSE);

  if (self->shown_rows == NULL || !engram_row_set_equal (selected, self->shown_rows))
    {
      g_clear_pointer (&self->former_rows, engram_row_set_unref);
      self->former_rows = engram_row_set_ref (selected);
    }
  g_clear_pointer (&self->shown_rows, engram_row_set_unref);
  self->shown_rows = engram_row_set_ref (rows);
  engram_selection_show (selection, ENGRAM_RECORD_SYNAPSE, rows);
}

static void
mapped_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EngramPruneShowing *self = ENGRAM_PRUNE_SHOWING (source);
  g_autoptr (EngramRowSet) rows = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: by another order, or the end. */
  if (rows == NULL)
    return;
  g_clear_object (&self->mapping);
  take_rows (self, rows);
}

static void
stop_mapping (EngramPruneShowing *self)
{
  g_cancellable_cancel (self->mapping);
  g_clear_object (&self->mapping);
}

void
engram_prune_showing_select (EngramPruneShowing *self,
                             EngramRowOrder     *order)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ENGRAM_IS_PRUNE_SHOWING (self));
  g_return_if_fail (order != NULL);

  stop_mapping (self);
  self->mapping = g_cancellable_new ();
  task = g_task_new (self, self->mapping, mapped_cb, NULL);
  g_task_set_source_tag (task, engram_prune_showing_select);
  g_task_set_task_data (task, engram_row_order_ref (order), (GDestroyNotify) engram_row_order_unref);
  g_task_run_in_thread (task, map_in_thread);
}

static void
put_back_rows (EngramPruneShowing *self,
               gboolean            are_gone)
{
  EngramSelection *selection = engram_session_get_selection (self->session);
  g_autoptr (EngramRowSet) former = g_steal_pointer (&self->former_rows);
  g_autoptr (EngramRowSet) shown = g_steal_pointer (&self->shown_rows);
  g_autoptr (EngramRowSet) left = NULL;

  stop_mapping (self);
  if (shown == NULL || !engram_row_set_equal (engram_selection_get (selection, ENGRAM_RECORD_SYNAPSE), shown))
    return;
  left = are_gone ? engram_row_set_subtract (former, shown) : engram_row_set_ref (former);
  engram_selection_show (selection, ENGRAM_RECORD_SYNAPSE, left);
}

/* Filtering */

static gboolean
queries_equal (EngramQuery *query,
               EngramQuery *other)
{
  return query == other || (query != NULL && other != NULL && engram_query_equal (query, other));
}

static void
put_back_query (EngramPruneShowing *self)
{
  g_autoptr (EngramQuery) former = g_steal_pointer (&self->former_query);
  g_autoptr (EngramQuery) shown = g_steal_pointer (&self->shown_query);

  if (shown != NULL && queries_equal (engram_session_get_query (self->session), shown))
    engram_session_set_query (self->session, former);
}

static void
begin_filtering (EngramPruneShowing *self)
{
  EngramQuery *query = engram_session_get_query (self->session);

  if (self->shown_query != NULL && queries_equal (query, self->shown_query))
    return;
  g_clear_pointer (&self->former_query, engram_query_unref);
  self->former_query = query != NULL ? engram_query_ref (query) : NULL;
}

void
engram_prune_showing_filter (EngramPruneShowing *self,
                             double              threshold)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_SHOWING (self));

  if (threshold <= 0)
    {
      put_back_query (self);
      return;
    }
  begin_filtering (self);
  g_clear_pointer (&self->shown_query, engram_query_unref);
  self->shown_query = engram_prune_query_new (self->former_query, threshold);
  engram_session_set_query (self->session, self->shown_query);
}

void
engram_prune_showing_end (EngramPruneShowing *self,
                          gboolean            are_gone)
{
  g_return_if_fail (ENGRAM_IS_PRUNE_SHOWING (self));

  put_back_rows (self, are_gone);
  put_back_query (self);
}

/* GObject */

static void
engram_prune_showing_dispose (GObject *object)
{
  EngramPruneShowing *self = ENGRAM_PRUNE_SHOWING (object);

  stop_mapping (self);
  g_clear_pointer (&self->former_rows, engram_row_set_unref);
  g_clear_pointer (&self->shown_rows, engram_row_set_unref);
  g_clear_pointer (&self->former_query, engram_query_unref);
  g_clear_pointer (&self->shown_query, engram_query_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (engram_prune_showing_parent_class)->dispose (object);
}

static void
engram_prune_showing_class_init (EngramPruneShowingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_prune_showing_dispose;
}

static void
engram_prune_showing_init (EngramPruneShowing *self)
{
}

EngramPruneShowing *
engram_prune_showing_new (EngramSession *session)
{
  EngramPruneShowing *self;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  self = g_object_new (ENGRAM_TYPE_PRUNE_SHOWING, NULL);
  self->session = g_object_ref (session);
  return self;
}
