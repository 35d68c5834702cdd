/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-selection-private.h"

/* What is chosen, from GTK's bitsets to row ids and back, and the current row. */

/* More rows than these are not looked at in the main loop. */
#define MAX_AT_ONCE 2000

static EngramRecordKind
get_kind (EngramRecordSelection *self)
{
  return engram_record_model_get_kind (self->model);
}

static guint
get_n_items (EngramRecordSelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
tell_changed (EngramRecordSelection *self,
              guint                  first,
              guint                  last)
{
  guint n_items = get_n_items (self);

  if (first >= n_items || last < first)
    return;
  last = MIN (last, n_items - 1);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, last - first + 1);
}

gboolean
engram_record_selection_has_positions (EngramRecordSelection *self)
{
  return self->positions != NULL && self->order == engram_record_model_get_order (self->model);
}

static void
set_positions (EngramRecordSelection *self,
               GtkBitset             *positions,
               EngramRowOrder        *order)
{
  g_autoptr (GtkBitset) old_positions = self->positions;
  g_autoptr (EngramRowOrder) old_order = self->order;

  self->positions = positions != NULL ? gtk_bitset_ref (positions) : NULL;
  self->order = order != NULL ? engram_row_order_ref (order) : NULL;
  if (positions != NULL)
    self->size = gtk_bitset_get_size (positions);
}

static void
set_choice (EngramRecordSelection *self,
            EngramRecordChoice    *choice)
{
  g_clear_pointer (&self->choice, engram_record_choice_unref);
  self->choice = choice;
}

/* Whether the model has every record of the network, and knows that. */
static gboolean
has_all (EngramRecordSelection *self)
{
  EngramRowOrder *order = engram_record_model_get_order (self->model);

  return engram_record_model_is_complete (self->model) &&
         engram_row_order_get_size (order) == engram_record_model_get_n_all (self->model);
}

/* The current row */

static void
set_current (EngramRecordSelection *self,
             guint                  position)
{
  g_autoptr (EngramRecordRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  engram_record_current_set_row (self->current, row);
}

void
engram_record_selection_stop_search (EngramRecordSelection *self)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramRecordSelection *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkBitset) selected = NULL;
  guint position;
  gboolean found = engram_record_model_find_finish (ENGRAM_RECORD_MODEL (source), result, &position, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_RECORD_SELECTION (user_data);
  g_clear_object (&self->search);
  /* A record that is gone is not selected; if nothing can be read at all, the model says so. */
  if (!found)
    return;
  selected = gtk_bitset_new_range (position, 1);
  engram_record_selection_choose (self, selected, NULL, position);
}

/* Looks for a record that was current, and is not at its row any more. */
static void
search_record (EngramRecordSelection *self,
               const char            *id)
{
  set_current (self, GTK_INVALID_LIST_POSITION);
  engram_record_selection_stop_search (self);
  if (id == NULL)
    return;
  self->search = g_cancellable_new ();
  engram_record_model_find_async (self->model, id, self->search, found_cb, self);
}

void
engram_record_selection_replace_current (gpointer user_data)
{
  EngramRecordSelection *self = user_data;
  g_autofree char *id = engram_record_current_dup_id (self->current);
  g_autoptr (GtkBitset) none = gtk_bitset_new_empty ();

  engram_record_selection_choose (self, none, NULL, GTK_INVALID_LIST_POSITION);
  search_record (self, id);
}

void
engram_record_selection_take_only_current (EngramRecordSelection *self)
{
  if (engram_record_current_get_row (self->current) == NULL && self->size == 1 &&
      engram_record_selection_has_positions (self))
    set_current (self, gtk_bitset_get_minimum (self->positions));
}

/* After a choice, or another order: the row that was current, or the one that is selected alone. */
static void
update_current (EngramRecordSelection *self)
{
  EngramRecordRow *row = engram_record_current_get_row (self->current);

  if (row != NULL && !engram_record_row_is_listed (row) && has_all (self))
    {
      g_autofree char *id = engram_record_current_dup_id (self->current);

      search_record (self, id);
    }
  else if (row != NULL && (!engram_record_row_is_listed (row) ||
                           !engram_record_choice_contains (self->choice, engram_record_row_get_rowid (row))))
    set_current (self, GTK_INVALID_LIST_POSITION);
  engram_record_selection_take_only_current (self);
}

/* From what was chosen to row ids and positions */

/* The choice is known by its rows now, and the shared selection told where that is due. */
static void
take_mapping (EngramRecordSelection *self,
              EngramRecordMapping   *mapping)
{
  /* The worker may be the last to let go of the mapping, and bitsets are not counted atomically. */
  g_autoptr (GtkBitset) positions = g_steal_pointer (&mapping->positions);
  gboolean share = self->chosen || mapping->only_listed;

  set_choice (self, engram_record_choice_new_rows (mapping->rows));
  if (positions != NULL)
    set_positions (self, positions, mapping->order);
  self->chosen = FALSE;
  update_current (self);
  if (share)
    {
      self->sharing = TRUE;
      engram_selection_set (self->shared, get_kind (self), mapping->rows);
      self->sharing = FALSE;
    }
  engram_selection_set_pending (self->shared, get_kind (self), FALSE);
  engram_record_selection_set_settled (self, self->mapping == NULL && engram_record_selection_has_positions (self));
  if (positions != NULL)
    tell_changed (self, 0, G_MAXUINT - 1);
}

static void
map_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  engram_record_mapping_make (task_data, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
mapped_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EngramRecordSelection) self = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* cancelled: by another choice, another order, or the end */
  self = g_object_ref (ENGRAM_RECORD_SELECTION (user_data));
  g_clear_object (&self->mapping);
  take_mapping (self, g_task_get_task_data (G_TASK (result)));
}

static void
map_later (EngramRecordSelection *self,
           EngramRecordMapping   *mapping)
{
  g_autoptr (GTask) task = NULL;

  self->mapping = g_cancellable_new ();
  task = g_task_new (NULL, self->mapping, mapped_cb, self);
  g_task_set_source_tag (task, map_later);
  g_task_set_task_data (task, mapping, (GDestroyNotify) engram_record_mapping_free);
  g_task_run_in_thread (task, map_in_thread);
}

void
engram_record_selection_settle (EngramRecordSelection *self)
{
  g_autoptr (EngramRecordMapping) mapping = NULL;
  gboolean finds_positions = !engram_record_selection_has_positions (self);

  g_cancellable_cancel (self->mapping);
  g_clear_object (&self->mapping);
  mapping = engram_record_mapping_new (self->choice,
                                       finds_positions ? engram_record_model_get_order (self->model) : NULL,
                                       finds_positions && has_all (self));
  if (engram_record_choice_get_work (self->choice) <= MAX_AT_ONCE)
    {
      engram_record_mapping_make (mapping, NULL);
      take_mapping (self, mapping);
    }
  else
    {
      engram_record_selection_set_settled (self, FALSE);
      engram_selection_set_pending (self->shared, get_kind (self), self->chosen);
      map_later (self, g_steal_pointer (&mapping));
    }
}

/* Choosing */

/* Whether every row of the list is in the mask. */
static gboolean
covers_all (GtkBitset *mask,
            guint      n_items)
{
  return mask == NULL || gtk_bitset_get_size_in_range (mask, 0, n_items - 1) == n_items;
}

/* Chooses while it is not known where all rows stand that are selected: above them. */
static void
choose_above (EngramRecordSelection *self,
              GtkBitset             *selected,
              GtkBitset             *mask)
{
  set_choice (self, engram_record_choice_new_above (engram_record_model_get_order (self->model), selected, mask,
                                                    self->choice, !engram_record_model_is_complete (self->model)));
  set_positions (self, NULL, NULL);
  self->chosen = TRUE;
  engram_record_selection_settle (self);
  tell_changed (self, gtk_bitset_get_minimum (mask), gtk_bitset_get_maximum (mask));
}

static void
choose_positions (EngramRecordSelection *self,
                  GtkBitset             *positions)
{
  EngramRowOrder *order = engram_record_model_get_order (self->model);
  g_autoptr (GtkBitset) changed = NULL;

  if (engram_record_selection_has_positions (self))
    {
      changed = gtk_bitset_copy (positions);
      gtk_bitset_difference (changed, self->positions);
    }
  else
    changed = gtk_bitset_new_range (0, get_n_items (self));
  set_choice (self, engram_record_choice_new_positions (order, positions));
  set_positions (self, positions, order);
  self->chosen = TRUE;
  engram_record_selection_settle (self);
  if (!gtk_bitset_is_empty (changed))
    tell_changed (self, gtk_bitset_get_minimum (changed), gtk_bitset_get_maximum (changed));
}

void
engram_record_selection_choose (EngramRecordSelection *self,
                                GtkBitset             *selected,
                                GtkBitset             *mask,
                                guint                  current)
{
  g_autoptr (EngramRecordSelection) kept = g_object_ref (self);
  guint n_items = get_n_items (self);

  engram_record_selection_stop_search (self);
  if (n_items == 0 || (mask != NULL && gtk_bitset_is_empty (mask)))
    return;
  if (current != GTK_INVALID_LIST_POSITION && gtk_bitset_contains (selected, current))
    set_current (self, current);
  if (!covers_all (mask, n_items) &&
      !(engram_record_selection_has_positions (self) && engram_record_model_is_complete (self->model)))
    choose_above (self, selected, mask);
  else
    {
      g_autoptr (GtkBitset) positions = gtk_bitset_copy (selected);

      if (!covers_all (mask, n_items))
        {
          g_autoptr (GtkBitset) others = gtk_bitset_copy (self->positions);

          gtk_bitset_intersect (positions, mask);
          gtk_bitset_subtract (others, mask);
          gtk_bitset_union (positions, others);
        }
      gtk_bitset_remove_range_closed (positions, n_items, G_MAXUINT);
      choose_positions (self, positions);
    }
}

void
engram_record_selection_follow (EngramRecordSelection *self)
{
  engram_record_selection_stop_search (self);
  set_choice (self, engram_record_choice_new_rows (engram_selection_get (self->shared, get_kind (self))));
  set_positions (self, NULL, NULL);
  self->chosen = FALSE;
  engram_record_selection_settle (self);
}
