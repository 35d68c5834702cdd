/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows for a list of EngramDifferenceItem: what became of it, what it is, its changed fields and by how much. */
GtkListItemFactory *engram_difference_row_create_factory (void);

G_END_DECLS
