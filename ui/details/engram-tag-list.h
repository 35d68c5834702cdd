/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_TAG_LIST (engram_tag_list_get_type ())

/* A few words, each in a box of its own. */
G_DECLARE_FINAL_TYPE (EngramTagList, engram_tag_list, ENGRAM, TAG_LIST, GtkWidget)

GtkWidget *engram_tag_list_new (const char *const *tags);

G_END_DECLS
