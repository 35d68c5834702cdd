/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Clicks on a widget on screen with a button of the X server's pointer, as a person does; @x is in pixels from its left
 * edge, or negative for its middle. The main loop hears of it when it runs. */
void pointer_click (GtkWidget *widget,
                    double     x,
                    guint      button);
/* The same at a place of the widget, a key of the keyboard (an X keysym) being held down, or 0 for none. */
void pointer_click_at (GtkWidget *widget,
                       double     x,
                       double     y,
                       guint      button,
                       guint      held_key);
/* Drags from one place of a widget to another, in some steps. */
void pointer_drag  (GtkWidget *widget,
                    double     x,
                    double     y,
                    double     to_x,
                    double     to_y,
                    guint      button,
                    guint      held_key);
/* Moves it there. */
void pointer_move  (GtkWidget *widget,
                    double     x,
                    double     y);
/* Presses its button, or lets it go, where it is. */
void pointer_press (GtkWidget *widget,
                    guint      button,
                    gboolean   down);
/* Types a key (an X keysym). */
void pointer_type  (GtkWidget *widget,
                    guint      key);

G_END_DECLS
