/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "search/engram-saved-filters.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FILTER_MENU (engram_filter_menu_get_type ())

/* A popover with the saved filters: to apply, save, rename and delete them.
 *
 * Signal "chosen" (query text): apply this. */
G_DECLARE_FINAL_TYPE (EngramFilterMenu, engram_filter_menu, ENGRAM, FILTER_MENU, GtkPopover)

GtkWidget *engram_filter_menu_new       (EngramSavedFilters *filters);
/* @query: (nullable): what is saved under a new name; NULL where there is nothing to save */
void       engram_filter_menu_set_query (EngramFilterMenu   *self,
                                         const char         *query);

G_END_DECLS
