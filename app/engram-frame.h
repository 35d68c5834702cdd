/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*EngramFrameFunc) (GtkWidget *widget,
                                 gpointer   user_data);

void engram_frame_await (GtkWidget       *widget,
                         EngramFrameFunc  func,
                         gpointer         user_data);

G_END_DECLS
