/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_CHECK_BUTTON (engram_check_button_get_type ())

/* A check button that arrow keys leave. In GTK 4.8 they turn on and off one that belongs to no group, and the focus
 * stays where it is. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramCheckButton, engram_check_button, ENGRAM, CHECK_BUTTON, GtkCheckButton)

GtkWidget *engram_check_button_new (void);

G_END_DECLS
