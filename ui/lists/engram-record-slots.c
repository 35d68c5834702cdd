/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-slots.h"

/* When all rows are others, so many from the top have theirs at once: more than a window shows. */
#define FILLED_AT_ONCE 48
/* The others follow in steps, for all of them would hold the main loop. */
#define FILLED_A_STEP 32
/* A list makes widgets for some 200 rows: slots that stand further down are those of a list that was scrolled. */
#define NEAR_TOP 256

struct _EngramRecordSlot
{
  GObject parent_instance;

  EngramRecordSlots *slots; /* borrowed: they let go of this slot before they go */
  guint position;           /* GTK_INVALID_LIST_POSITION once it has gone */
  EngramRecordRow *row;     /* owned; NULL while it waits for its first one */
  gboolean stale;           /* it waits for its row */
};

struct _EngramRecordSlots
{
  GObject parent_instance;

  EngramRecordSelection *selection; /* owned */
  GHashTable *slots;                /* those that somebody holds, not owned */
  GHashTable *by_row;               /* EngramRecordRow -> the slot that has it, neither owned */
  guint n_items;
  gboolean deferring;               /* slots below the top are filled later */
  guint n_stale;
  guint filling;                    /* source that fills stale slots, or 0 */
};

G_DEFINE_FINAL_TYPE (EngramRecordSlot, engram_record_slot, G_TYPE_OBJECT)

static void engram_record_slots_list_model_init      (GListModelInterface        *interface);
static void engram_record_slots_selection_model_init (GtkSelectionModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EngramRecordSlots, engram_record_slots, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, engram_record_slots_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                      engram_record_slots_selection_model_init))

enum { CHANGED, N_SLOT_SIGNALS };
enum { TO_START, N_SIGNALS };

static guint slot_signals[N_SLOT_SIGNALS];
static guint signals[N_SIGNALS];

/* Slots */

static void
row_changed_cb (EngramRecordSlot *self)
{
  g_signal_emit (self, slot_signals[CHANGED], 0);
}

static void
set_stale (EngramRecordSlot *self,
           gboolean          stale)
{
  if (self->stale == stale)
    return;
  self->stale = stale;
  self->slots->n_stale += stale ? 1 : -1;
}

static void
let_go_row (EngramRecordSlot *self)
{
  if (self->row == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self->row, row_changed_cb, self);
  if (self->slots != NULL && g_hash_table_lookup (self->slots->by_row, self->row) == self)
    g_hash_table_remove (self->slots->by_row, self->row);
  g_clear_object (&self->row);
}

static void
set_row (EngramRecordSlot *self,
         EngramRecordRow  *row)
{
  let_go_row (self);
  self->row = g_object_ref (row);
  g_hash_table_insert (self->slots->by_row, row, self);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed_cb), self);
}

/* Takes the row that stands there now. */
static void
fill (EngramRecordSlot *self)
{
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (self->slots->selection), self->position);

  set_stale (self, FALSE);
  if (row == NULL || row == self->row)
    return;
  set_row (self, row);
  g_signal_emit (self, slot_signals[CHANGED], 0);
}

static void
engram_record_slot_finalize (GObject *object)
{
  EngramRecordSlot *self = ENGRAM_RECORD_SLOT (object);

  let_go_row (self);
  if (self->slots != NULL)
    {
      set_stale (self, FALSE);
      g_hash_table_remove (self->slots->slots, self);
    }

  G_OBJECT_CLASS (engram_record_slot_parent_class)->finalize (object);
}

static void
engram_record_slot_class_init (EngramRecordSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_record_slot_finalize;

  /**
   * EngramRecordSlot::changed:
   * @self: the slot
   *
   * It has another row, or the row has changed.
   */
  slot_signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_record_slot_init (EngramRecordSlot *self)
{
}

/**
 * engram_record_slot_get_row:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): the row in it; %NULL where that is not known yet
 */
EngramRecordRow *
engram_record_slot_get_row (EngramRecordSlot *self)
{
  g_return_val_if_fail (ENGRAM_IS_RECORD_SLOT (self), NULL);

  return self->row;
}

/* Slots that somebody holds */

static int
compare_positions (gconstpointer one,
                   gconstpointer other)
{
  const EngramRecordSlot *a = *(EngramRecordSlot **) one;
  const EngramRecordSlot *b = *(EngramRecordSlot **) other;

  return a->position < b->position ? -1 : a->position > b->position;
}

/* Returns: (transfer full) (element-type EngramRecordSlot): all that are in the list, from the top */
static GPtrArray *
list_slots (EngramRecordSlots *self)
{
  GPtrArray *slots = g_ptr_array_new_full (g_hash_table_size (self->slots), g_object_unref);
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, &slot, NULL))
    if (((EngramRecordSlot *) slot)->position != GTK_INVALID_LIST_POSITION)
      g_ptr_array_add (slots, g_object_ref (slot));
  g_ptr_array_sort (slots, compare_positions);
  return slots;
}

static void
fill_stale (EngramRecordSlots *self,
            guint              n_slots)
{
  g_autoptr (GPtrArray) slots = list_slots (self);

  for (guint i = 0; i < slots->len && n_slots > 0; i++)
    {
      EngramRecordSlot *slot = g_ptr_array_index (slots, i);

      if (slot->stale)
        {
          fill (slot);
          n_slots--;
        }
    }
}

static gboolean
fill_cb (gpointer user_data)
{
  EngramRecordSlots *self = user_data;

  fill_stale (self, FILLED_A_STEP);
  if (self->n_stale > 0)
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static EngramRecordSlot *
find_stale (EngramRecordSlots *self,
            guint              position)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->slots);
  while (self->n_stale > 0 && g_hash_table_iter_next (&iter, &slot, NULL))
    if (((EngramRecordSlot *) slot)->stale && ((EngramRecordSlot *) slot)->position == position)
      return slot;
  return NULL;
}

/* Changes of rows */

/* Slots that go are asked for no more, unless their row stands elsewhere: then they are told of its place. */
static void
move_slots (EngramRecordSlots *self,
            guint              position,
            guint              removed,
            guint              added)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      EngramRecordSlot *slot = key;

      if (slot->position >= position && slot->position - position < removed)
        {
          set_stale (slot, FALSE);
          slot->position = GTK_INVALID_LIST_POSITION;
        }
      else if (slot->position >= position && slot->position != GTK_INVALID_LIST_POSITION)
        slot->position += added - removed;
    }
}

static void
tell (EngramRecordSlots *self,
      guint              position,
      guint              removed,
      guint              added)
{
  self->n_items += added - removed;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* The list goes to the new rows before the old ones go: its widgets are moved there. */
static void
replace_scrolled (EngramRecordSlots *self,
                  guint              removed,
                  guint              added)
{
  self->deferring = TRUE;
  move_slots (self, 0, 0, added);
  tell (self, 0, 0, added);
  g_signal_emit (self, signals[TO_START], 0);
  move_slots (self, added, removed, 0);
  tell (self, added, removed, 0);
  self->deferring = FALSE;
}

static void
replace_near_top (EngramRecordSlots *self,
                  GPtrArray         *slots,
                  guint              removed,
                  guint              added)
{
  guint kept = MIN (removed, added);

  for (guint i = 0; i < slots->len; i++)
    {
      EngramRecordSlot *slot = g_ptr_array_index (slots, i);

      set_stale (slot, slot->position < kept);
    }
  fill_stale (self, FILLED_AT_ONCE);
  tell (self, kept, removed - kept, added - kept);
  g_signal_emit (self, signals[TO_START], 0);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, kept);
}

/* Others stand in the place of all rows. */
static void
replace_all (EngramRecordSlots *self,
             guint              removed,
             guint              added)
{
  g_autoptr (GPtrArray) slots = NULL;

  engram_record_slots_settle (self);
  slots = list_slots (self);
  if (slots->len > 0 && ((EngramRecordSlot *) g_ptr_array_index (slots, slots->len - 1))->position >= NEAR_TOP)
    replace_scrolled (self, removed, added);
  else
    replace_near_top (self, slots, removed, added);
  if (self->n_stale > 0 && self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
}

static void
items_changed_cb (EngramRecordSlots *self,
                  guint              position,
                  guint              removed,
                  guint              added)
{
  g_autoptr (EngramRecordSlots) kept = g_object_ref (self);

  if (position == 0 && removed == self->n_items && removed > 0 && added > 0)
    {
      replace_all (self, removed, added);
      return;
    }
  move_slots (self, position, removed, added);
  tell (self, position, removed, added);
}

static void
selection_changed_cb (EngramRecordSlots *self,
                      guint              position,
                      guint              n_items)
{
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n_items);
}

/* GListModel */

static GType
engram_record_slots_get_item_type (GListModel *model)
{
  return ENGRAM_TYPE_RECORD_SLOT;
}

static guint
engram_record_slots_get_n_items (GListModel *model)
{
  return ENGRAM_RECORD_SLOTS (model)->n_items;
}

/* Returns: (transfer full): a slot without a row */
static EngramRecordSlot *
make_slot (EngramRecordSlots *self,
           guint              position)
{
  EngramRecordSlot *slot = g_object_new (ENGRAM_TYPE_RECORD_SLOT, NULL);

  slot->slots = self;
  slot->position = position;
  g_hash_table_add (self->slots, slot);
  return slot;
}

/* Returns: (transfer full): the slot of a row that stands at @position now */
static EngramRecordSlot *
get_slot (EngramRecordSlots *self,
          guint              position,
          EngramRecordRow   *row)
{
  EngramRecordSlot *slot = g_hash_table_lookup (self->by_row, row);

  if (slot != NULL && !slot->stale)
    {
      slot->position = position;
      return g_object_ref (slot);
    }
  slot = make_slot (self, position);
  set_row (slot, row);
  return slot;
}

static gpointer
engram_record_slots_get_item (GListModel *model,
                              guint       position)
{
  EngramRecordSlots *self = ENGRAM_RECORD_SLOTS (model);
  EngramRecordSlot *slot = find_stale (self, position);
  g_autoptr (EngramRecordRow) row = NULL;

  if (slot != NULL)
    return g_object_ref (slot);
  if (self->deferring && position >= FILLED_AT_ONCE &&
      position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    {
      slot = make_slot (self, position);
      set_stale (slot, TRUE);
      return slot;
    }
  row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  return row != NULL ? get_slot (self, position, row) : NULL;
}

static void
engram_record_slots_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = engram_record_slots_get_item_type;
  interface->get_n_items = engram_record_slots_get_n_items;
  interface->get_item = engram_record_slots_get_item;
}

/* GtkSelectionModel */

static GtkSelectionModel *
get_selection (GtkSelectionModel *model)
{
  return GTK_SELECTION_MODEL (ENGRAM_RECORD_SLOTS (model)->selection);
}

static gboolean
engram_record_slots_is_selected (GtkSelectionModel *model,
                                 guint              position)
{
  return gtk_selection_model_is_selected (get_selection (model), position);
}

static GtkBitset *
engram_record_slots_get_selection_in_range (GtkSelectionModel *model,
                                            guint              position,
                                            guint              n_items)
{
  return gtk_selection_model_get_selection_in_range (get_selection (model), position, n_items);
}

static gboolean
engram_record_slots_select_item (GtkSelectionModel *model,
                                 guint              position,
                                 gboolean           unselect_rest)
{
  return gtk_selection_model_select_item (get_selection (model), position, unselect_rest);
}

static gboolean
engram_record_slots_select_range (GtkSelectionModel *model,
                                  guint              position,
                                  guint              n_items,
                                  gboolean           unselect_rest)
{
  return gtk_selection_model_select_range (get_selection (model), position, n_items, unselect_rest);
}

static gboolean
engram_record_slots_select_all (GtkSelectionModel *model)
{
  return gtk_selection_model_select_all (get_selection (model));
}

static gboolean
engram_record_slots_set_selection (GtkSelectionModel *model,
                                   GtkBitset         *selected,
                                   GtkBitset         *mask)
{
  return gtk_selection_model_set_selection (get_selection (model), selected, mask);
}

static void
engram_record_slots_selection_model_init (GtkSelectionModelInterface *interface)
{
  interface->is_selected = engram_record_slots_is_selected;
  interface->get_selection_in_range = engram_record_slots_get_selection_in_range;
  interface->select_item = engram_record_slots_select_item;
  interface->select_range = engram_record_slots_select_range;
  interface->select_all = engram_record_slots_select_all;
  interface->set_selection = engram_record_slots_set_selection;
}

/* GObject */

static void
engram_record_slots_finalize (GObject *object)
{
  EngramRecordSlots *self = ENGRAM_RECORD_SLOTS (object);
  GHashTableIter iter;
  gpointer slot;

  g_clear_handle_id (&self->filling, g_source_remove);
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, &slot, NULL))
    ((EngramRecordSlot *) slot)->slots = NULL;
  g_hash_table_unref (self->slots);
  g_hash_table_unref (self->by_row);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (engram_record_slots_parent_class)->finalize (object);
}

static void
engram_record_slots_class_init (EngramRecordSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engram_record_slots_finalize;

  /**
   * EngramRecordSlots::to-start:
   * @self: the slots
   *
   * All rows are others, and those at the top have come: whoever shows the list goes there, or calls
   * engram_record_slots_settle().
   */
  signals[TO_START] =
    g_signal_new ("to-start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
engram_record_slots_init (EngramRecordSlots *self)
{
  self->slots = g_hash_table_new (NULL, NULL);
  self->by_row = g_hash_table_new (NULL, NULL);
}

/**
 * engram_record_slots_new:
 * @selection: rows, and which of them are selected
 *
 * Returns: (transfer full): the same for a list on screen
 */
EngramRecordSlots *
engram_record_slots_new (EngramRecordSelection *selection)
{
  EngramRecordSlots *self;

  g_return_val_if_fail (ENGRAM_IS_RECORD_SELECTION (selection), NULL);

  self = g_object_new (ENGRAM_TYPE_RECORD_SLOTS, NULL);
  self->selection = g_object_ref (selection);
  self->n_items = g_list_model_get_n_items (G_LIST_MODEL (selection));
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * engram_record_slots_settle:
 * @self: the slots
 *
 * Fills those at once that wait for their row.
 */
void
engram_record_slots_settle (EngramRecordSlots *self)
{
  g_return_if_fail (ENGRAM_IS_RECORD_SLOTS (self));

  if (self->n_stale > 0)
    fill_stale (self, G_MAXUINT);
  g_clear_handle_id (&self->filling, g_source_remove);
}
