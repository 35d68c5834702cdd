/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-selection-private.h"

static void engram_record_selection_list_model_init      (GListModelInterface        *interface);
static void engram_record_selection_selection_model_init (GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EngramRecordSelection, engram_record_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, engram_record_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      engram_record_selection_selection_model_init))

enum { PROPERTY_0, PROPERTY_MODEL, PROPERTY_SETTLED, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

void
engram_record_selection_set_settled (EngramRecordSelection *self,
                                     gboolean               settled)
{
  if (self->settled == settled)
    return;
  self->settled = settled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_SETTLED]);
}

/* The model and the shared selection */

static void
order_changed_cb (EngramRecordSelection *self)
{
  if (!engram_record_selection_has_positions (self))
    engram_record_selection_settle (self);
}

static void
items_changed_cb (EngramRecordSelection *self,
                  guint                  position,
                  guint                  removed,
                  guint                  added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  engram_record_selection_take_only_current (self);
}

static void
shared_changed_cb (EngramRecordSelection *self,
                   guint                  kind)
{
  if (!self->sharing && kind == engram_record_model_get_kind (self->model))
    engram_record_selection_follow (self);
}

/* GListModel */

static GType
engram_record_selection_get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_RECORD_ROW;
}

static guint
engram_record_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ENGRAM_RECORD_SELECTION (model)->model));
}

static gpointer
engram_record_selection_get_item (GListModel *model,
                                  guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (ENGRAM_RECORD_SELECTION (model)->model), position);
}

static void
engram_record_selection_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = engram_record_selection_get_item_type;
  interface->get_n_items = engram_record_selection_get_n_items;
  interface->get_item = engram_record_selection_get_item;
}

/* GtkSelectionModel */

static gboolean
engram_record_selection_is_selected (GtkSelectionModel *model,
                                     guint              position)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (model);

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self)))
    return FALSE;
  if (engram_record_selection_has_positions (self))
    return gtk_bitset_contains (self->positions, position);
  return engram_record_choice_contains (self->choice, engram_record_model_get_rowid (self->model, position));
}

static GtkBitset *
engram_record_selection_get_selection_in_range (GtkSelectionModel *model,
                                                guint              position,
                                                guint              n_items)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (model);
  GtkBitset *selection = gtk_bitset_new_range (position, n_items);

  if (engram_record_selection_has_positions (self))
    {
      gtk_bitset_intersect (selection, self->positions);
      return selection;
    }
  for (guint i = position; i < position + n_items; i++)
    if (!gtk_selection_model_is_selected (model, i))
      gtk_bitset_remove (selection, i);
  return selection;
}

static gboolean
engram_record_selection_select_range (GtkSelectionModel *model,
                                      guint              position,
                                      guint              n_items,
                                      gboolean           unselect_rest)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (model);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (position, n_items);
  guint current = position;

  /* A range is drawn from the row that was chosen before it to the one that is chosen now. */
  if (n_items > 1 && engram_record_selection_get_current (self) == position)
    current = position + n_items - 1;
  engram_record_selection_choose (self, selected, unselect_rest ? NULL : selected, current);
  return TRUE;
}

static gboolean
engram_record_selection_select_item (GtkSelectionModel *model,
                                     guint              position,
                                     gboolean           unselect_rest)
{
  return engram_record_selection_select_range (model, position, 1, unselect_rest);
}

/* The current row is what it was. */
static gboolean
engram_record_selection_select_all (GtkSelectionModel *model)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (model);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self)));

  engram_record_selection_choose (self, selected, NULL, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
engram_record_selection_set_selection (GtkSelectionModel *model,
                                       GtkBitset         *selected,
                                       GtkBitset         *mask)
{
  engram_record_selection_choose (ENGRAM_RECORD_SELECTION (model), selected, mask, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static void
engram_record_selection_selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = engram_record_selection_is_selected;
  interface->get_selection_in_range = engram_record_selection_get_selection_in_range;
  interface->select_item = engram_record_selection_select_item;
  interface->select_range = engram_record_selection_select_range;
  interface->select_all = engram_record_selection_select_all;
  /* The rest of GtkSelectionModel does its work by this one. */
  interface->set_selection = engram_record_selection_set_selection;
}

/* GObject */

static void
engram_record_selection_dispose (GObject *object)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (object);

  engram_record_selection_stop_search (self);
  g_cancellable_cancel (self->mapping);
  g_clear_object (&self->mapping);
  if (self->shared != NULL && self->model != NULL)
    engram_selection_set_pending (self->shared, engram_record_model_get_kind (self->model), FALSE);
  engram_record_current_set_row (self->current, NULL);

  G_OBJECT_CLASS (engram_record_selection_parent_class)->dispose (object);
}

static void
engram_record_selection_finalize (GObject *object)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (object);

  g_clear_pointer (&self->choice, engram_record_choice_unref);
  g_clear_pointer (&self->positions, gtk_bitset_unref);
  g_clear_pointer (&self->order, engram_row_order_unref);
  g_clear_pointer (&self->current, engram_record_current_free);
  g_clear_object (&self->shared);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (engram_record_selection_parent_class)->finalize (object);
}

static void
engram_record_selection_get_property (GObject    *object,
                                      guint       property,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  EngramRecordSelection *self = ENGRAM_RECORD_SELECTION (object);

  switch (property)
    {
    case PROPERTY_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROPERTY_SETTLED:
      g_value_set_boolean (value, self->settled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
engram_record_selection_class_init (EngramRecordSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_record_selection_dispose;
  object_class->finalize = engram_record_selection_finalize;
  object_class->get_property = engram_record_selection_get_property;

  properties[PROPERTY_MODEL] =
    g_param_spec_object ("model", NULL, NULL, ENGRAM_TYPE_RECORD_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_SETTLED] =
    g_param_spec_boolean ("settled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
engram_record_selection_init (EngramRecordSelection *self)
{
  self->current = engram_record_current_new (engram_record_selection_replace_current, self);
}

static void
follow (EngramRecordSelection *self)
{
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "order-changed", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shared, "changed", G_CALLBACK (shared_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * engram_record_selection_new:
 * @model: a list of records
 * @shared: what is selected in all views
 *
 * Returns: (transfer full): what is selected in @model, which is what @shared says
 */
EngramRecordSelection *
engram_record_selection_new (EngramRecordModel *model,
                             EngramSelection   *shared)
{
  EngramRecordSelection *self;

  g_return_val_if_fail (ENGRAM_IS_RECORD_MODEL (model), NULL);
  g_return_val_if_fail (ENGRAM_IS_SELECTION (shared), NULL);

  self = g_object_new (ENGRAM_TYPE_RECORD_SELECTION, NULL);
  self->model = g_object_ref (model);
  self->shared = g_object_ref (shared);
  follow (self);
  engram_record_selection_follow (self);
  return self;
}

EngramRecordModel *
engram_record_selection_get_model (EngramRecordSelection *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_SELECTION (self), NULL);

  return self->model;
}

guint
engram_record_selection_get_size (EngramRecordSelection *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_SELECTION (self), 0);

  return self->size;
}

gboolean
engram_record_selection_is_settled (EngramRecordSelection *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_SELECTION (self), FALSE);

  return self->settled;
}

guint
engram_record_selection_get_current (EngramRecordSelection *self)
{
  EngramRecordRow *row;
  guint position;

  g_return_val_if_fail (ENGRAM_IS_RECORD_SELECTION (self), GTK_INVALID_LIST_POSITION);

  row = engram_record_current_get_row (self->current);
  if (row == NULL || !engram_record_row_is_listed (row))
    return GTK_INVALID_LIST_POSITION;
  position = engram_record_row_get_position (row);
  return position < g_list_model_get_n_items (G_LIST_MODEL (self)) ? position : GTK_INVALID_LIST_POSITION;
}
