/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_TAG_EDITOR (engram_tag_editor_get_type ())

/* A few words, each with a button that takes it away, and an entry for another one. Signal "changed": other words. */
G_DECLARE_FINAL_TYPE (EngramTagEditor, engram_tag_editor, ENGRAM, TAG_EDITOR, GtkWidget)

GtkWidget  *engram_tag_editor_new      (void);
void        engram_tag_editor_set_tags (EngramTagEditor    *self,
                                        const char * const *tags);
char      **engram_tag_editor_dup_tags (EngramTagEditor    *self);
/* Adds what has been typed, as Enter does. */
void        engram_tag_editor_add      (EngramTagEditor    *self);
GtkWidget  *engram_tag_editor_get_entry (EngramTagEditor   *self);

G_END_DECLS
