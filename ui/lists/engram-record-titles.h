/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Figures have their title above their end; GTK has no property for that. For columns that are in their view. */
void engram_record_titles_align (GtkColumnView *view);

G_END_DECLS
