/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECENT_LIST (engram_recent_list_get_type ())

/* The networks that were opened lately, with their folders; those that are gone are left out. It looks for
 * them each time it is shown.
 *
 * Signal "file-activated" (path): one was chosen. Property "empty" (boolean): there are none; then it shows
 * nothing. */
G_DECLARE_FINAL_TYPE (EngramRecentList, engram_recent_list, ENGRAM, RECENT_LIST, AdwBin)

GtkWidget *engram_recent_list_new (void);

G_END_DECLS
