/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-list-private.h"

#include "lists/engram-record-cells.h"

/* How the keyboard gets into the rows and out of them; within them GTK's list has its own keys. */

/* Returns: the row that has the focus, or GTK_INVALID_LIST_POSITION */
static guint
find_focused_row (EngramRecordList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint position;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, engram_record_list_find_rows (self)) ||
      !engram_record_cells_find_position (focus, &position))
    return GTK_INVALID_LIST_POSITION;
  return position;
}

/* Returns: whether it was selected now: nothing else is */
static gboolean
select_focused_row (EngramRecordList *self)
{
  guint position = find_focused_row (self);

  if (position == GTK_INVALID_LIST_POSITION || self->selection == NULL ||
      engram_record_selection_get_size (self->selection) > 0)
    return FALSE;
  return gtk_widget_activate_action (engram_record_list_find_rows (self), "list.select-item", "(ubb)", position, FALSE,
                                     FALSE);
}

/* An arrow selects the next row. Where none is selected that is the one which has the focus: it would be left out. */
static gboolean
key_pressed_cb (EngramRecordList *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  gboolean is_arrow = key == GDK_KEY_Down || key == GDK_KEY_Up || key == GDK_KEY_KP_Down || key == GDK_KEY_KP_Up;

  if (!is_arrow || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  return select_focused_row (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
engram_record_list_add_keys (EngramRecordList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

/* GTK 4.8 takes Tab for one row further: there is no way out of a million of them. */
gboolean
engram_record_list_move_focus (EngramRecordList *self,
                               GtkDirectionType  direction,
                               GtkWidgetClass   *parent_class)
{
  gboolean was_in = find_focused_row (self) != GTK_INVALID_LIST_POSITION;

  if (was_in && direction == GTK_DIR_TAB_FORWARD)
    return FALSE;
  if (was_in && direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (GTK_WIDGET (self->message_bar), direction);
  if (!parent_class->focus (GTK_WIDGET (self), direction))
    return FALSE;
  if (!was_in && (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN))
    select_focused_row (self);
  return TRUE;
}
