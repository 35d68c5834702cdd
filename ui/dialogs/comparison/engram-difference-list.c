/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-difference-list.h"

/* Rows that are read at once: what a window shows, and more. */
#define PAGE_SIZE 50

struct _EngramDifferenceList {
  GObject                parent_instance;

  EngramCompared        *compared;
  EngramDifferenceOrder *order;
  GHashTable            *items;   /* place → EngramDifferenceItem, weak: those that somebody holds */
  GHashTable            *wanted;  /* pages that are to be read */
  guint                  last_wanted;
  GtkBitset             *selected;
  GCancellable          *cancellable;
  gboolean               reading;
};

static void engram_difference_list_list_model_init (GListModelInterface *interface);
static void engram_difference_list_selection_model_init (GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EngramDifferenceList, engram_difference_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, engram_difference_list_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      engram_difference_list_selection_model_init))

enum {
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Reading */

typedef struct {
  EngramCompared        *compared;
  EngramDifferenceOrder *order;
  guint                  page;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  engram_compared_unref (self->compared);
  engram_difference_order_unref (self->order);
  g_free (self);
}

static void
read_page (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const Reading *self = task_data;
  EngramComparisonRow rows[PAGE_SIZE];
  guint first = self->page * PAGE_SIZE, n_rows = MIN (PAGE_SIZE, self->order->n_places - first);
  GError *error = NULL;
  GPtrArray *items;

  for (guint i = 0; i < n_rows; i++)
    engram_difference_order_get_row (self->order, first + i, &rows[i]);
  items = engram_comparison_read_items (self->compared->comparison, self->compared->database, self->compared->other,
                                        rows, n_rows, cancellable, &error);
  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void read_next (EngramDifferenceList *self);

static void
give_items (EngramDifferenceList *self,
            guint                 page,
            GPtrArray            *items)
{
  g_ptr_array_set_free_func (items, NULL);
  for (guint i = 0; i < items->len; i++)
    {
      EngramDifferenceItem *item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (page * PAGE_SIZE + i));

      if (item != NULL)
        engram_difference_item_take (item, items->pdata[i]);
      else
        engram_comparison_item_free (items->pdata[i]);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EngramDifferenceList *self;
  const Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_DIFFERENCE_LIST (user_data);
  self->reading = FALSE;
  if (items != NULL)
    give_items (self, reading->page, items);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
  read_next (self);
}

/* What was asked for last is what is looked at. */
static gboolean
take_page (EngramDifferenceList *self,
           guint                *page)
{
  GHashTableIter iter;
  gpointer key;

  *page = self->last_wanted;
  if (g_hash_table_remove (self->wanted, GUINT_TO_POINTER (*page)))
    return TRUE;
  g_hash_table_iter_init (&iter, self->wanted);
  if (!g_hash_table_iter_next (&iter, &key, NULL))
    return FALSE;
  *page = GPOINTER_TO_UINT (key);
  g_hash_table_iter_remove (&iter);
  return TRUE;
}

static void
read_next (EngramDifferenceList *self)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;
  guint page;

  if (self->reading || g_cancellable_is_cancelled (self->cancellable) || !take_page (self, &page))
    return;
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->compared = engram_compared_ref (self->compared);
  reading->order = engram_difference_order_ref (self->order);
  reading->page = page;
  /* Without a source: its last reference must not go in a worker. */
  task = g_task_new (NULL, self->cancellable, read_cb, self);
  g_task_set_source_tag (task, read_next);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_page);
}

/* GListModel */

typedef struct {
  GHashTable *items;
  guint       place;
} Gone;

static void
item_gone_cb (gpointer  data,
              GObject  *item)
{
  Gone *gone = data;

  g_hash_table_remove (gone->items, GUINT_TO_POINTER (gone->place));
  g_hash_table_unref (gone->items);
  g_free (gone);
}

static void
remember (EngramDifferenceList *self,
          EngramDifferenceItem *item)
{
  Gone *gone = g_new (Gone, 1);

  *gone = (Gone) { g_hash_table_ref (self->items), engram_difference_item_get_place (item) };
  g_hash_table_insert (self->items, GUINT_TO_POINTER (gone->place), item);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, gone);
}

static GType
engram_difference_list_get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_DIFFERENCE_ITEM;
}

static guint
engram_difference_list_get_n_items (GListModel *model)
{
  return ENGRAM_DIFFERENCE_LIST (model)->order->n_places;
}

static gpointer
engram_difference_list_get_item (GListModel *model,
                                 guint       position)
{
  EngramDifferenceList *self = ENGRAM_DIFFERENCE_LIST (model);
  EngramDifferenceItem *item;
  EngramComparisonRow row;

  if (position >= self->order->n_places)
    return NULL;
  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);
  engram_difference_order_get_row (self->order, position, &row);
  item = engram_difference_item_new (position, &row);
  remember (self, item);
  self->last_wanted = position / PAGE_SIZE;
  g_hash_table_add (self->wanted, GUINT_TO_POINTER (self->last_wanted));
  read_next (self);
  return item;
}

static void
engram_difference_list_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = engram_difference_list_get_item_type;
  interface->get_n_items = engram_difference_list_get_n_items;
  interface->get_item = engram_difference_list_get_item;
}

/* GtkSelectionModel */

static gboolean
engram_difference_list_is_selected (GtkSelectionModel *model,
                                    guint              position)
{
  return gtk_bitset_contains (ENGRAM_DIFFERENCE_LIST (model)->selected, position);
}

static GtkBitset *
engram_difference_list_get_selection_in_range (GtkSelectionModel *model,
                                               guint              position,
                                               guint              n_items)
{
  return gtk_bitset_ref (ENGRAM_DIFFERENCE_LIST (model)->selected);
}

/* Whoever selects range, item or all comes here. */
static gboolean
engram_difference_list_set_selection (GtkSelectionModel *model,
                                      GtkBitset         *selected,
                                      GtkBitset         *mask)
{
  EngramDifferenceList *self = ENGRAM_DIFFERENCE_LIST (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  guint first, n_items;

  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (gtk_bitset_is_empty (changes))
    return TRUE;
  first = gtk_bitset_get_minimum (changes);
  n_items = gtk_bitset_get_maximum (changes) - first + 1;
  /* Others may hold the old one. */
  gtk_bitset_difference (changes, self->selected);
  gtk_bitset_unref (self->selected);
  self->selected = g_steal_pointer (&changes);
  gtk_selection_model_selection_changed (model, first, n_items);
  return TRUE;
}

static void
engram_difference_list_selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = engram_difference_list_is_selected;
  interface->get_selection_in_range = engram_difference_list_get_selection_in_range;
  interface->set_selection = engram_difference_list_set_selection;
}

/* GObject */

static void
engram_difference_list_dispose (GObject *object)
{
  EngramDifferenceList *self = ENGRAM_DIFFERENCE_LIST (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (engram_difference_list_parent_class)->dispose (object);
}

static void
engram_difference_list_finalize (GObject *object)
{
  EngramDifferenceList *self = ENGRAM_DIFFERENCE_LIST (object);

  g_clear_pointer (&self->compared, engram_compared_unref);
  g_clear_pointer (&self->order, engram_difference_order_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (engram_difference_list_parent_class)->finalize (object);
}

static void
engram_difference_list_class_init (EngramDifferenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_difference_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_difference_list_finalize;
  signals[FAILED] = g_signal_new ("failed", ENGRAM_TYPE_DIFFERENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
engram_difference_list_init (EngramDifferenceList *self)
{
  self->items = g_hash_table_new (NULL, NULL);
  self->wanted = g_hash_table_new (NULL, NULL);
  self->selected = gtk_bitset_new_empty ();
  self->cancellable = g_cancellable_new ();
}

EngramDifferenceList *
engram_difference_list_new (EngramCompared        *compared,
                            EngramDifferenceOrder *order)
{
  EngramDifferenceList *self = g_object_new (ENGRAM_TYPE_DIFFERENCE_LIST, NULL);

  self->compared = engram_compared_ref (compared);
  self->order = engram_difference_order_ref (order);
  return self;
}

EngramDifferenceOrder *
engram_difference_list_get_order (EngramDifferenceList *self)
{
  return self->order;
}

const GtkBitset *
engram_difference_list_get_selected (EngramDifferenceList *self)
{
  return self->selected;
}
