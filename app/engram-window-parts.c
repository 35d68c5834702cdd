/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

/* F6 goes from one part of the window to the next: header, search, filters, view, details, status. */

static GPtrArray *
list_parts (EngramWindow *self)
{
  GPtrArray *parts = g_ptr_array_new ();

  g_ptr_array_add (parts, self->header);
  if (self->state == ENGRAM_WINDOW_NETWORK)
    engram_network_page_add_parts (self->network_page, parts);
  else
    g_ptr_array_add (parts, gtk_stack_get_visible_child (self->stack));
  return parts;
}

/* Returns: the part that has the focus; the first where none has it */
static guint
find_part (GPtrArray *parts,
           GtkWidget *focus)
{
  for (guint i = 0; focus != NULL && i < parts->len; i++)
    {
      GtkWidget *part = g_ptr_array_index (parts, i);

      if (focus == part || gtk_widget_is_ancestor (focus, part))
        return i;
    }
  return 0;
}

void
engram_window_focus_part (EngramWindow *self,
                          gboolean      backward)
{
  g_autoptr (GPtrArray) parts = list_parts (self);
  guint current = find_part (parts, gtk_window_get_focus (GTK_WINDOW (self)));

  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
  for (guint i = 1; i < parts->len; i++)
    {
      guint next = (current + (backward ? parts->len - i : i)) % parts->len;

      if (gtk_widget_child_focus (g_ptr_array_index (parts, next), GTK_DIR_TAB_FORWARD))
        return;
    }
}
