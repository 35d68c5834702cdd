/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

/* Where a row is: scrolling to it, and looking for the row of a record. */

/* Scrolling */

/* The column view itself has no such action in GTK 4.8, the list in it has. */
static gboolean
scroll_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  EngramRecordList *self = ENGRAM_RECORD_LIST (widget);

  if (self->scroll_frames-- > 0)
    return G_SOURCE_CONTINUE;
  if (self->selection != NULL && self->scroll_position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_widget_activate_action (engram_record_list_find_rows (self), "list.scroll-to-item", "u",
                                self->scroll_position);
  self->scroll_tick = 0;
  return G_SOURCE_REMOVE;
}

/**
 * engram_record_list_scroll_to:
 * @self: a list
 * @position: the place of a row
 *
 * Scrolls so that it is seen. Rows that have just come have a place only after the next layout, which follows the next
 * tick.
 */
void
engram_record_list_scroll_to (EngramRecordList *self,
                              guint             position)
{
  g_return_if_fail (ENGRAM_IS_RECORD_LIST (self));

  self->scroll_position = position;
  self->scroll_frames = 1;
  if (self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_tick_cb, NULL, NULL);
}

/* Looking for a record */

void
engram_record_list_end_search (EngramRecordList *self)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  EngramRecordList *self;
  g_autoptr (GError) error = NULL;
  guint position;
  gboolean found = engram_record_model_find_finish (ENGRAM_RECORD_MODEL (source), result, &position, &error);

  /* Cancelled when something else was chosen, or when the list went. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = ENGRAM_RECORD_LIST (user_data);
  engram_record_list_end_search (self);
  if (!found)
    {
      engram_record_list_set_message (self, error);
      return;
    }
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  engram_record_list_scroll_to (self, position);
}

/* Returns: the row that was chosen last, or 0 */
gint64
engram_record_list_get_current_rowid (EngramRecordList *self)
{
  guint current = engram_record_selection_get_current (self->selection);

  return current < g_list_model_get_n_items (G_LIST_MODEL (self->model))
         ? engram_record_model_get_rowid (self->model, current) : 0;
}

void
engram_record_list_start_search (EngramRecordList *self)
{
  g_autofree char *id = g_steal_pointer (&self->wanted_id);

  engram_record_list_end_search (self);
  self->search_from = engram_record_list_get_current_rowid (self);
  self->search = g_cancellable_new ();
  engram_record_model_find_async (self->model, id, self->search, found_cb, self);
}

/**
 * engram_record_list_select:
 * @self: a list
 * @id: the id of a record
 *
 * Selects a record and scrolls to it, once its place is known. Where it cannot be found, the list says so. Without a
 * session, it waits for one.
 */
void
engram_record_list_select (EngramRecordList *self,
                           const char       *id)
{
  g_autofree char *wanted_id = g_strdup (id);

  g_return_if_fail (ENGRAM_IS_RECORD_LIST (self));
  g_return_if_fail (id != NULL);

  g_free (self->wanted_id);
  self->wanted_id = g_steal_pointer (&wanted_id);
  engram_record_list_set_message (self, NULL);
  engram_record_list_ensure_model (self);
  if (self->model != NULL && self->wanted_id != NULL)
    engram_record_list_start_search (self);
}
