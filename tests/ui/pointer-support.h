/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Clicks on a widget on screen with a button of the X server's pointer, as a person does; @x is in pixels from its left
 * edge, or negative for its middle. The main loop hears of it when it runs. */
void pointer_click (GtkWidget *widget,
                    double     x,
                    guint      button);

G_END_DECLS
