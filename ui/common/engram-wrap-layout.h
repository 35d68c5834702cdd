/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_WRAP_LAYOUT (engram_wrap_layout_get_type ())

/* Lays children out as words are: beside each other, in as many lines as it takes. */
G_DECLARE_FINAL_TYPE (EngramWrapLayout, engram_wrap_layout, ENGRAM, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *engram_wrap_layout_new (int spacing);

G_END_DECLS
