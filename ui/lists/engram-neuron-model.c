/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-neuron-model-private.h"

#include "lists/engram-live-rows.h"
#include "lists/engram-order-reader.h"
#include "lists/engram-page-loader.h"

/* A page that lacks neurons tells that the order is old. If the one read next is the same, it is believed. */
typedef enum {
  ORDER_TRUSTED,
  ORDER_DOUBTED,
  ORDER_CONFIRMED,
} OrderState;

struct _EngramNeuronModel
{
  GObject parent_instance;

  /* owned */
  EngramDatabase *database;
  EngramNeuronStore *store;
  EngramPageLoader *loader;
  EngramRowOrder *order;     /* NULL until something is known */
  GCancellable *cancellable; /* of the reading of the order */
  EngramLiveRows *rows;      /* those that somebody holds */
  GPtrArray *searches;       /* GTask: those that wait for the order */
  GError *error;

  guint rows_made;
  gboolean loading;
  gboolean reading;          /* the order is being read */
  gboolean counted;          /* the whole order was read once */
  gboolean refresh_again;
  gboolean updating;         /* positions are on their way from one order to another: nothing can be read */
  gboolean order_failed;
  gboolean page_failed;      /* since the order was last read */
  OrderState order_state;
  gboolean first_rows_told;
};

static void engram_neuron_model_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EngramNeuronModel, engram_neuron_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, engram_neuron_model_list_model_init))

enum { PROPERTY_0, PROPERTY_LOADING, PROPERTY_ERROR, N_PROPERTIES };
enum { FIRST_ROWS, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
set_loading (EngramNeuronModel *self,
             gboolean           loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_LOADING]);
}

static void
set_error (EngramNeuronModel *self,
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

static void
tell_first_rows (EngramNeuronModel *self)
{
  if (self->first_rows_told)
    return;
  self->first_rows_told = TRUE;
  g_signal_emit (self, signals[FIRST_ROWS], 0);
}

/* Rows */

void
engram_neuron_model_forget_row (EngramNeuronModel *self,
                                EngramNeuronRow   *row)
{
  engram_live_rows_remove (self->rows, row);
}

guint
engram_neuron_model_get_rows_made (EngramNeuronModel *self)
{
  return self->rows_made;
}

/* A neuron that is gone goes when the order is read again; one that is still named then is broken. */
static gboolean
is_item_final (EngramNeuronModel *self,
               EngramNeuronPage  *records,
               guint              index)
{
  return records->items[index].neuron != NULL || records->error != NULL ||
         self->order_state == ORDER_CONFIRMED;
}

/* Gives a row its neuron, now or when it has been read. */
static void
load_row (EngramNeuronModel *self,
          EngramNeuronRow   *row)
{
  guint position = engram_neuron_row_get_position (row);
  EngramNeuronPage *records = engram_page_loader_lookup (self->loader, position / ENGRAM_PAGE_SIZE);
  guint index = position % ENGRAM_PAGE_SIZE;

  if (records == NULL)
    engram_page_loader_request (self->loader, position / ENGRAM_PAGE_SIZE);
  else if (index < records->n_items && is_item_final (self, records, index))
    engram_neuron_row_set_record (row, records, index);
}

static gboolean
is_page_wanted (guint    page,
                gpointer user_data)
{
  EngramNeuronModel *self = user_data;

  for (guint i = 0; i < ENGRAM_PAGE_SIZE; i++)
    if (engram_live_rows_get (self->rows, page * ENGRAM_PAGE_SIZE + i) != NULL)
      return TRUE;
  return FALSE;
}

/* What went wrong with some rows stays told until all that is looked at has been read without. */
static void
settle_error (EngramNeuronModel *self)
{
  if (!self->order_failed && !self->page_failed && engram_page_loader_is_idle (self->loader))
    set_error (self, NULL);
}

static void
page_failed (guint         page,
             const GError *error,
             gpointer      user_data)
{
  EngramNeuronModel *self = user_data;

  for (guint i = 0; i < ENGRAM_PAGE_SIZE; i++)
    {
      EngramNeuronRow *row = engram_live_rows_get (self->rows, page * ENGRAM_PAGE_SIZE + i);

      if (row != NULL)
        engram_neuron_row_set_failed (row);
    }
  self->page_failed = TRUE;
  set_error (self, error);
}

static void
page_loaded (guint             page,
             EngramNeuronPage *records,
             gpointer          user_data)
{
  g_autoptr (EngramNeuronModel) self = g_object_ref (user_data);

  for (guint i = 0; i < records->n_items; i++)
    {
      EngramNeuronRow *row = engram_live_rows_get (self->rows, page * ENGRAM_PAGE_SIZE + i);

      if (row != NULL)
        load_row (self, row);
    }
  if (records->error != NULL)
    page_failed (page, records->error, self);
  settle_error (self);
  if (records->stale && self->order_state == ORDER_TRUSTED)
    {
      self->order_state = ORDER_DOUBTED;
      engram_neuron_model_refresh (self);
    }
}

static const EngramPageLoaderFuncs loader_funcs = { is_page_wanted, page_loaded, page_failed };

/* GListModel */

static GType
engram_neuron_model_get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_NEURON_ROW;
}

static guint
engram_neuron_model_get_n_items (GListModel *model)
{
  return engram_live_rows_get_size (ENGRAM_NEURON_MODEL (model)->rows);
}

static gpointer
engram_neuron_model_get_item (GListModel *model,
                              guint       position)
{
  EngramNeuronModel *self = ENGRAM_NEURON_MODEL (model);
  EngramNeuronRow *row;

  if (position >= engram_live_rows_get_size (self->rows))
    return NULL;
  row = engram_live_rows_get (self->rows, position);
  if (row != NULL)
    return g_object_ref (row);

  row = engram_neuron_row_new (self, position);
  self->rows_made++;
  engram_live_rows_add (self->rows, row);
  if (!self->updating)
    load_row (self, row);
  return row;
}

static void
engram_neuron_model_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = engram_neuron_model_get_item_type;
  interface->get_n_items = engram_neuron_model_get_n_items;
  interface->get_item = engram_neuron_model_get_item;
}

/* From one order to another */

static void
load_rows (EngramNeuronModel *self)
{
  g_autoptr (GArray) positions = engram_live_rows_list (self->rows);

  /* The last asked for is read first: so the first rows are. */
  for (guint i = positions->len; i > 0; i--)
    {
      EngramNeuronRow *row = engram_live_rows_get (self->rows, g_array_index (positions, guint, i - 1));

      if (row != NULL)
        load_row (self, row);
    }
}

static void
set_order (EngramNeuronModel *self,
           EngramRowOrder    *order,
           GArray            *changes,
           EngramNeuronPage  *first)
{
  g_autoptr (EngramRowOrder) old_order = self->order;

  self->order = engram_row_order_ref (order);
  self->updating = TRUE;
  engram_live_rows_change (self->rows, changes);
  self->updating = FALSE;

  engram_page_loader_set_order (self->loader, order);
  if (first != NULL && first->n_items > 0)
    engram_page_loader_insert (self->loader, 0, first);
  load_rows (self);
}

/* Searches */

static void
finish_searches (EngramNeuronModel *self,
                 const GError      *error)
{
  g_autoptr (GPtrArray) searches = g_steal_pointer (&self->searches);

  self->searches = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < searches->len; i++)
    engram_neuron_search_finish (g_ptr_array_index (searches, i), self->order, error);
}

EngramNeuronStore *
engram_neuron_model_get_store (EngramNeuronModel *self)
{
  return self->store;
}

/* Finishes a search in the order of rows; later, where that is not there yet, or older than the neuron. */
void
engram_neuron_model_take_search (EngramNeuronModel *self,
                                 GTask             *task,
                                 gint64             rowid)
{
  if (!self->loading && self->order != NULL && engram_row_order_find (self->order, rowid, NULL))
    {
      engram_neuron_search_finish (task, self->order, NULL);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->searches, task);
  if (!self->loading)
    engram_neuron_model_refresh (self);
}

/* Reading the order */

static void first_rows_read (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data);
static void order_read      (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data);

/* Those who call back find the model gone if they were cancelled, and there if they were not. */
static void
read_order (EngramNeuronModel *self)
{
  self->reading = TRUE;
  engram_order_read_async (self->store, self->order, self->cancellable, order_read, self);
}

static void
complete (EngramNeuronModel *self)
{
  set_loading (self, FALSE);
  settle_error (self);
  finish_searches (self, NULL);
}

static void
grown_cb (gpointer user_data)
{
  EngramNeuronModel *self = user_data;

  if (!self->reading)
    complete (self);
}

static void
end_reading (EngramNeuronModel *self,
             const GError      *error)
{
  gboolean again = self->refresh_again;

  self->refresh_again = FALSE;
  self->reading = FALSE;
  self->order_failed = error != NULL;
  if (error != NULL)
    {
      set_loading (self, FALSE);
      set_error (self, error);
      finish_searches (self, error);
    }
  else if (again)
    read_order (self);
  else if (!engram_live_rows_is_growing (self->rows))
    complete (self);
}

static void
order_read (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EngramNeuronModel) self = NULL;
  g_autoptr (EngramOrderReading) reading = NULL;
  g_autoptr (GError) error = NULL;

  reading = engram_order_read_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_ref (user_data);
  if (reading != NULL)
    {
      self->page_failed = FALSE;
      self->counted = TRUE;
      self->order_state = self->order_state != ORDER_TRUSTED && reading->changes->len == 0 ? ORDER_CONFIRMED
                                                                                           : ORDER_TRUSTED;
      set_order (self, reading->order, reading->changes, NULL);
      if (engram_live_rows_get_size (self->rows) == 0)
        tell_first_rows (self);
    }
  end_reading (self, error);
}

static void
first_rows_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (EngramNeuronModel) self = NULL;
  g_autoptr (EngramOrderReading) reading = NULL;
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  reading = engram_order_read_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_ref (user_data);
  if (reading != NULL && reading->first->n_items > 0)
    {
      changes = engram_row_changes_find (NULL, reading->order, NULL);
      set_order (self, reading->order, changes, reading->first);
      tell_first_rows (self);
    }
  /* Where the first rows cannot be read, others may: what is wrong is told by those that are looked at. */
  read_order (self);
}

/**
 * engram_neuron_model_refresh:
 * @self: a model
 *
 * Looks for what has changed in the database: rows that are gone go, rows that came come, those that stay
 * keep their objects, and those that somebody holds are read again. Returns at once.
 */
void
engram_neuron_model_refresh (EngramNeuronModel *self)
{
  g_return_if_fail (ENGRAM_IS_NEURON_MODEL (self));

  if (self->loading)
    {
      self->refresh_again = TRUE;
      return;
    }
  set_loading (self, TRUE);
  if (self->order == NULL)
    {
      self->reading = TRUE;
      engram_order_read_first_async (self->store, ENGRAM_PAGE_SIZE, self->cancellable, first_rows_read, self);
    }
  else
    read_order (self);
}

/* GObject */

static void
engram_neuron_model_dispose (GObject *object)
{
  EngramNeuronModel *self = ENGRAM_NEURON_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->loader != NULL)
    engram_page_loader_stop (self->loader);

  G_OBJECT_CLASS (engram_neuron_model_parent_class)->dispose (object);
}

static void
engram_neuron_model_finalize (GObject *object)
{
  EngramNeuronModel *self = ENGRAM_NEURON_MODEL (object);

  g_clear_object (&self->loader);
  g_clear_object (&self->store);
  g_clear_object (&self->database);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_pointer (&self->searches, g_ptr_array_unref);
  g_clear_pointer (&self->rows, engram_live_rows_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (engram_neuron_model_parent_class)->finalize (object);
}

static void
engram_neuron_model_get_property (GObject    *object,
                                  guint       property,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramNeuronModel *self = ENGRAM_NEURON_MODEL (object);

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

static void
engram_neuron_model_class_init (EngramNeuronModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_neuron_model_dispose;
  object_class->finalize = engram_neuron_model_finalize;
  object_class->get_property = engram_neuron_model_get_property;

  properties[PROPERTY_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_ERROR] =
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * EngramNeuronModel::first-rows:
   * @self: the model
   *
   * Once: the first neurons can be shown, or it is known that there are none.
   */
  signals[FIRST_ROWS] =
    g_signal_new ("first-rows", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
engram_neuron_model_init (EngramNeuronModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = engram_live_rows_new (G_LIST_MODEL (self), grown_cb, self);
  self->searches = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * engram_neuron_model_new:
 * @database: a network
 *
 * Starts reading at once. Rows are read in workers when they are looked at, and forgotten when nobody holds
 * them: the model itself keeps 8 bytes a row and some pages. The same position gives the same object as long
 * as somebody holds it.
 *
 * Returns: (transfer full): the neurons of @database as a list of #EngramNeuronRow
 */
EngramNeuronModel *
engram_neuron_model_new (EngramDatabase *database)
{
  EngramNeuronModel *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_NEURON_MODEL, NULL);
  self->database = g_object_ref (database);
  self->store = engram_neuron_store_new (database);
  self->loader = engram_page_loader_new (self->store, &loader_funcs, self);
  engram_neuron_model_refresh (self);
  return self;
}

/**
 * engram_neuron_model_get_database:
 * @self: a model
 *
 * Returns: (transfer none): its network
 */
EngramDatabase *
engram_neuron_model_get_database (EngramNeuronModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_MODEL (self), NULL);

  return self->database;
}

/**
 * engram_neuron_model_get_loading:
 * @self: a model
 *
 * Returns: whether the order of rows is being read
 */
gboolean
engram_neuron_model_get_loading (EngramNeuronModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_MODEL (self), FALSE);

  return self->loading;
}

/**
 * engram_neuron_model_is_counted:
 * @self: a model
 *
 * Returns: whether it is known how many neurons there are; until then the model may hold the first few
 */
gboolean
engram_neuron_model_is_counted (EngramNeuronModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_MODEL (self), FALSE);

  return self->counted && !engram_live_rows_is_growing (self->rows);
}

/**
 * engram_neuron_model_get_error:
 * @self: a model
 *
 * Returns: (nullable) (transfer none): what went wrong with the last reading
 */
const GError *
engram_neuron_model_get_error (EngramNeuronModel *self)
{
  g_return_val_if_fail (ENGRAM_IS_NEURON_MODEL (self), NULL);

  return self->error;
}
