/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_QUERY_HELP (engram_query_help_get_type ())

/* A popover that explains what can be searched for.
 *
 * Signal "chosen" (text): a field was picked; this is to be typed. */
G_DECLARE_FINAL_TYPE (EngramQueryHelp, engram_query_help, ENGRAM, QUERY_HELP, GtkPopover)

GtkWidget *engram_query_help_new (void);

G_END_DECLS
