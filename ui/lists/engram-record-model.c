/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-model-private.h"

#include "engram-timing.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lists/engram-record-columns-private.h"
#include "lists/engram-record-row-private.h"

static void engram_record_model_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EngramRecordModel, engram_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, engram_record_model_list_model_init))

enum { PROPERTY_0, PROPERTY_LOADING, PROPERTY_ERROR, N_PROPERTIES };
enum { FIRST_ROWS, VIEW_CHANGED, ORDER_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

void
engram_record_model_set_loading (EngramRecordModel *self,
                                 gboolean           loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

void
engram_record_model_set_error (EngramRecordModel *self,
                               const GError      *error)
{
  gboolean same = error != NULL && self->error != NULL ? g_str_equal (self->error->message, error->message)
                                                       : error == self->error;

  if (same)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_ERROR]);
}

void
engram_record_model_tell_first_rows (EngramRecordModel *self)
{
  if (self->first_rows_told)
    return;
  self->first_rows_told = TRUE;
  g_signal_emit (self, signals[FIRST_ROWS], 0);
}

void
engram_record_model_tell_order (EngramRecordModel *self,
                                gboolean           anew)
{
  g_signal_emit (self, signals[ORDER_CHANGED], 0);
  if (anew)
    g_signal_emit (self, signals[VIEW_CHANGED], 0);
  if (self->asked_for != NULL && self->found->complete)
    {
      engram_timing_log (self->asked_for, engram_timing_since_start () - self->asked_at);
      self->asked_for = NULL;
    }
}

void
engram_record_model_settle_error (EngramRecordModel *self)
{
  if (!self->order_failed && !self->page_failed && engram_record_loader_is_idle (self->loader))
    engram_record_model_set_error (self, NULL);
}

/* Rows */

/* A record that is gone goes when the order is made again; one that is still named then is broken. */
static gboolean
is_item_final (EngramRecordModel *self,
               EngramRecordPage  *records,
               guint              index)
{
  return !engram_record_item_is_empty (&records->items[index]) || records->error != NULL ||
         self->order_state == ENGRAM_ORDER_CONFIRMED;
}

static void
set_score (EngramRecordModel *self,
           EngramRecordRow   *row)
{
  const float *scores = self->found->scores;

  engram_record_row_set_score (row, scores != NULL ? scores[engram_record_row_get_position (row)] : NAN);
}

static void
set_analyses (EngramRecordModel *self,
              EngramRecordRow   *row)
{
  double numbers[ENGRAM_N_ANALYSES];

  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    numbers[i] = engram_columns_look_up (self->searcher, i, self->view.kind, engram_record_row_get_rowid (row));
  engram_record_row_set_analyses (row, numbers);
}

/* Gives a row its record, now or when it has been read. */
static void
load_row (EngramRecordModel *self,
          EngramRecordRow   *row)
{
  guint position = engram_record_row_get_position (row);
  EngramRecordPage *records = engram_record_loader_lookup (self->loader, position / ENGRAM_RECORD_PAGE_SIZE);
  guint index = position % ENGRAM_RECORD_PAGE_SIZE;

  if (records == NULL && !self->updating)
    engram_record_loader_request (self->loader, position / ENGRAM_RECORD_PAGE_SIZE);
  else if (records != NULL && index < records->n_items && is_item_final (self, records, index))
    engram_record_row_set_record (row, records, index, engram_record_marks_get_end (self->marks));
}

void
engram_record_model_load_rows (EngramRecordModel *self)
{
  g_autoptr (GPtrArray) rows = engram_record_rows_list (self->rows);

  /* The last asked for is read first: so the first rows are. */
  for (guint i = rows->len; i > 0; i--)
    {
      EngramRecordRow *row = g_ptr_array_index (rows, i - 1);

      set_score (self, row);
      set_analyses (self, row);
      load_row (self, row);
    }
}

static gboolean
is_page_wanted (guint    page,
                gpointer user_data)
{
  EngramRecordModel *self = user_data;

  for (guint i = 0; i < ENGRAM_RECORD_PAGE_SIZE; i++)
    if (engram_record_rows_lookup (self->rows, page * ENGRAM_RECORD_PAGE_SIZE + i) != NULL)
      return TRUE;
  return FALSE;
}

static void
page_failed (guint         page,
             const GError *error,
             gpointer      user_data)
{
  EngramRecordModel *self = user_data;

  for (guint i = 0; i < ENGRAM_RECORD_PAGE_SIZE; i++)
    {
      EngramRecordRow *row = engram_record_rows_lookup (self->rows, page * ENGRAM_RECORD_PAGE_SIZE + i);

      if (row != NULL)
        engram_record_row_set_failed (row);
    }
  self->page_failed = TRUE;
  engram_record_model_set_error (self, error);
}

/* The file says twice that there are rows, and has no records for them. */
static void
tell_missing (EngramRecordModel *self,
              guint              page)
{
  g_autoptr (GError) error = g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
                                                  _("Some records of this list are missing from the file, although it"
                                                    " names them. It is damaged; a check of the file says more."));

  page_failed (page, error, self);
}

static void
page_loaded (guint             page,
             EngramRecordPage *records,
             gpointer          user_data)
{
  g_autoptr (EngramRecordModel) self = g_object_ref (user_data);

  for (guint i = 0; i < records->n_items; i++)
    {
      EngramRecordRow *row = engram_record_rows_lookup (self->rows, page * ENGRAM_RECORD_PAGE_SIZE + i);

      if (row != NULL)
        load_row (self, row);
    }
  if (records->error != NULL)
    page_failed (page, records->error, self);
  else if (records->stale && self->order_state == ENGRAM_ORDER_CONFIRMED)
    tell_missing (self, page);
  engram_record_model_settle_error (self);
  if (records->stale && self->order_state == ENGRAM_ORDER_TRUSTED)
    {
      self->order_state = ENGRAM_ORDER_DOUBTED;
      engram_record_model_refresh (self, engram_record_marks_is_marking (self->marks));
    }
}

static const EngramRecordLoaderFuncs loader_funcs = { is_page_wanted, page_loaded, page_failed };

/* GListModel */

static GType
engram_record_model_get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_RECORD_ROW;
}

static guint
engram_record_model_get_n_items (GListModel *model)
{
  return engram_record_rows_get_size (ENGRAM_RECORD_MODEL (model)->rows);
}

static gpointer
engram_record_model_get_item (GListModel *model,
                              guint       position)
{
  EngramRecordModel *self = ENGRAM_RECORD_MODEL (model);
  EngramRecordRow *row;
  gboolean made;

  if (position >= engram_record_rows_get_size (self->rows))
    return NULL;
  row = engram_record_rows_get (self->rows, position, &made);
  if (!made)
    return row;

  self->rows_made++;
  engram_record_marks_check_new (self->marks, row);
  if (engram_record_rows_is_final (self->rows, position))
    {
      set_score (self, row);
      set_analyses (self, row);
      load_row (self, row);
    }
  return row;
}

static void
engram_record_model_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = engram_record_model_get_item_type;
  interface->get_n_items = engram_record_model_get_n_items;
  interface->get_item = engram_record_model_get_item;
}

EngramDatabase *
engram_record_model_get_database (EngramRecordModel *self)
{
  return engram_searcher_get_database (self->searcher);
}

gboolean
engram_record_model_is_complete (EngramRecordModel *self)
{
  return self->found != NULL && self->found->complete;
}

guint
engram_record_model_get_rows_made (EngramRecordModel *self)
{
  return self->rows_made;
}

void
engram_record_model_set_mark_duration (EngramRecordModel *self,
                                       guint              milliseconds)
{
  engram_record_marks_set_duration (self->marks, milliseconds);
}

/* GObject */

static void
engram_record_model_dispose (GObject *object)
{
  EngramRecordModel *self = ENGRAM_RECORD_MODEL (object);

  engram_record_model_stop_reading (self);
  if (self->loader != NULL)
    engram_record_loader_stop (self->loader);

  G_OBJECT_CLASS (engram_record_model_parent_class)->dispose (object);
}

static void
engram_record_model_finalize (GObject *object)
{
  EngramRecordModel *self = ENGRAM_RECORD_MODEL (object);

  g_clear_object (&self->loader);
  g_clear_object (&self->searcher);
  g_clear_pointer (&self->view.query, engram_query_unref);
  g_clear_pointer (&self->found, engram_found_unref);
  g_clear_pointer (&self->searches, g_ptr_array_unref);
  g_clear_pointer (&self->marks, engram_record_marks_free);
  g_clear_pointer (&self->rows, engram_record_rows_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (engram_record_model_parent_class)->finalize (object);
}

static void
engram_record_model_get_property (GObject    *object,
                                  guint       property,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramRecordModel *self = ENGRAM_RECORD_MODEL (object);

  switch (property)
    {
    case PROPERTY_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROPERTY_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, ENGRAM_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_record_model_class_init (EngramRecordModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_record_model_dispose;
  object_class->finalize = engram_record_model_finalize;
  object_class->get_property = engram_record_model_get_property;

  properties[PROPERTY_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_ERROR] =
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * EngramRecordModel::first-rows:
   * @self: the model
   *
   * Once: the first records can be shown, or it is known that there are none.
   */
  signals[FIRST_ROWS] = add_signal ("first-rows");

  /**
   * EngramRecordModel::view-changed:
   * @self: the model
   *
   * After engram_record_model_set_view(): the rows are those of that view, or their first ones.
   */
  signals[VIEW_CHANGED] = add_signal ("view-changed");

  /**
   * EngramRecordModel::order-changed:
   * @self: the model
   *
   * It has told of all that leads to another order (or will tell of rows at the end); the same rows may stand there.
   */
  signals[ORDER_CHANGED] = add_signal ("order-changed");
}

static void
grown_cb (gpointer user_data)
{
  engram_record_model_rows_grown (user_data);
}

static void
engram_record_model_init (EngramRecordModel *self)
{
  self->rows = engram_record_rows_new (G_LIST_MODEL (self), grown_cb, self);
  self->marks = engram_record_marks_new (self->rows);
  self->searches = g_ptr_array_new_with_free_func (g_object_unref);
}

EngramRecordModel *
engram_record_model_new (EngramSearcher   *searcher,
                         EngramRecordKind  kind)
{
  EngramRecordModel *self;

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), NULL);

  self = g_object_new (ENGRAM_TYPE_RECORD_MODEL, NULL);
  self->searcher = g_object_ref (searcher);
  self->view.kind = kind;
  self->loader = engram_record_loader_new (engram_searcher_get_database (searcher), kind, &loader_funcs, self);
  engram_record_model_refresh (self, FALSE);
  return self;
}

EngramSearcher *
engram_record_model_get_searcher (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), NULL);

  return self->searcher;
}

EngramRecordKind
engram_record_model_get_kind (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), ENGRAM_RECORD_NEURON);

  return self->view.kind;
}

EngramQuery *
engram_record_model_get_query (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), NULL);

  return self->view.query;
}

EngramSort
engram_record_model_get_sort (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), (EngramSort) { 0 });

  return self->view.sort;
}

gboolean
engram_record_model_get_loading (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), FALSE);

  return self->loading;
}

gboolean
engram_record_model_is_counted (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), FALSE);

  return engram_record_model_is_complete (self) && !engram_record_rows_is_growing (self->rows);
}

guint64
engram_record_model_get_n_all (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), 0);

  return self->found != NULL ? self->found->n_all : 0;
}

const GError *
engram_record_model_get_error (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), NULL);

  return self->error;
}

gint64
engram_record_model_get_rowid (EngramRecordModel *self,
                               guint              position)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), 0);
  g_return_val_if_fail (position < engram_record_rows_get_size (self->rows), 0);

  return engram_record_rows_get_rowid (self->rows, position);
}

EngramRowOrder *
engram_record_model_get_order (EngramRecordModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (self), NULL);

  return self->found != NULL ? self->found->order : NULL;
}
