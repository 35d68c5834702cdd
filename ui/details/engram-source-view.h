/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text view with the colours of a language, in the style of the window. */

GtkWidget *engram_source_view_new  (const char *language,
                                    const char *text);
GtkWidget *engram_source_view_wrap (GtkWidget  *view,
                                    gboolean    wrap_lines);

G_END_DECLS
