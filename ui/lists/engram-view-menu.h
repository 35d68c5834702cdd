/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-record-list.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_VIEW_MENU (engram_view_menu_get_type ())

/* How a list is sorted, and its columns: which are shown and in which order, for a popover. All of it by keyboard;
 * column titles have no focus in GTK 4.8. */
G_DECLARE_FINAL_TYPE (EngramViewMenu, engram_view_menu, ENGRAM, VIEW_MENU, GtkWidget)

GtkWidget *engram_view_menu_new (EngramRecordList *list);

G_END_DECLS
