/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_PANE_HANDLE (engram_pane_handle_get_type ())

/* The line between a pane at a side of the window and the rest: dragging it, or the arrow keys while it has the focus,
 * make the pane wider or narrower. It is for AdwFlap, whose pane is as wide as it asks to be.
 *
 * Properties: "pane" (GtkWidget), "at-end" (boolean: the pane comes after the handle), "width" (int, of the pane).
 * Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPaneHandle, engram_pane_handle, ENGRAM, PANE_HANDLE, GtkWidget)

int  engram_pane_handle_get_width (EngramPaneHandle *self);
void engram_pane_handle_set_width (EngramPaneHandle *self,
                                   int               width);

G_END_DECLS
