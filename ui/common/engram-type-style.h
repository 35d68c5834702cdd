/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a neuron's type looks: its name for people and its colour, the same wherever it is shown. */

char *engram_type_style_dup_label (const char *type);
void  engram_type_style_apply     (GtkWidget  *widget,
                                   const char *type);
/* Its colour where no style sheet draws it. */
void  engram_type_style_get_colour (GtkWidget *widget,
                                   const char *type,
                                   GdkRGBA    *colour);

G_END_DECLS
