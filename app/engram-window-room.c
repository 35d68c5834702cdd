/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-window-private.h"

/* The narrowest windows whose header holds these. A header that asks for more than it has keeps the window from
 * becoming smaller, so that each is well above what the header of a window of that width asks for. What is left out is
 * in the menu. */
#define WIDTH_WITH_UNDO 480
#define WIDTH_WITH_BUTTONS 680
#define WIDTH_WITH_TITLE 1180

static EngramWindowRoom
get_room (int width)
{
  if (width >= WIDTH_WITH_TITLE)
    return ENGRAM_WINDOW_ROOM_FOR_TITLE;
  if (width >= WIDTH_WITH_BUTTONS)
    return ENGRAM_WINDOW_ROOM_FOR_BUTTONS;
  return width >= WIDTH_WITH_UNDO ? ENGRAM_WINDOW_ROOM_FOR_UNDO : ENGRAM_WINDOW_ROOM_FOR_LITTLE;
}

/* Buttons that come too late to go would have widened a window that has not been shown yet. */
void
engram_window_update_room (EngramWindow *self)
{
  gboolean has_network = self->state == ENGRAM_WINDOW_NETWORK;
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height;
  gboolean buttons;

  if (width == 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  self->room = get_room (width);
  buttons = self->room >= ENGRAM_WINDOW_ROOM_FOR_BUTTONS;
  gtk_widget_set_visible (self->open_button, !has_network || buttons);
  gtk_widget_set_visible (self->filters_button, has_network && buttons);
  gtk_widget_set_visible (GTK_WIDGET (self->edit_button), has_network && buttons);
  engram_jobs_button_set_has_room (self->jobs_button, has_network && buttons);
  gtk_widget_set_visible (GTK_WIDGET (self->title), has_network && self->room >= ENGRAM_WINDOW_ROOM_FOR_TITLE);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, has_network);
}

static gboolean
room_changed_cb (gpointer user_data)
{
  EngramWindow *self = user_data;

  self->room_idle = 0;
  engram_window_update_room (self);
  engram_window_update_actions (self);
  return G_SOURCE_REMOVE;
}

/* While sizes are given out, what comes or goes would miss its own. */
void
engram_window_note_width (EngramWindow *self,
                          int           width)
{
  if (get_room (width) != self->room && self->room_idle == 0)
    self->room_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, room_changed_cb, self, NULL);
}
