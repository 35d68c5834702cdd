/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-field-text.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FIELD_EDITOR (engram_field_editor_get_type ())

/* One value with its title, the control in which it is edited, and what is to be said about it: what is wrong with what
 * is typed, and that the stored value has changed meanwhile. What is typed stays until it is written, or given up by
 * the person.
 *
 * Signals: "commit": the person is done, and what is typed is valid: the owner takes it (engram_field_editor_begin()),
 * writes it and says how that went (engram_field_editor_end()). "changed": it has become another text, or clean. */
G_DECLARE_FINAL_TYPE (EngramFieldEditor, engram_field_editor, ENGRAM, FIELD_EDITOR, GtkWidget)

/* Returns: (transfer full): what is wrong with a value for the record, or NULL. */
typedef char *(*EngramFieldCheck) (EngramFieldEditor *editor,
                                   const char        *json,
                                   gpointer           user_data);

GtkWidget         *engram_field_editor_new         (EngramControlKind   kind,
                                                    const char         *title,
                                                    const char * const *choices);
EngramControlKind  engram_field_editor_get_kind    (EngramFieldEditor  *self);
const char        *engram_field_editor_get_title   (EngramFieldEditor  *self);
void               engram_field_editor_set_check   (EngramFieldEditor  *self,
                                                    EngramFieldCheck    check,
                                                    gpointer            user_data);
void               engram_field_editor_set_stored  (EngramFieldEditor  *self,
                                                    const char         *json);
const char        *engram_field_editor_get_stored  (EngramFieldEditor  *self);
char              *engram_field_editor_dup_value   (EngramFieldEditor  *self);
gboolean           engram_field_editor_is_dirty    (EngramFieldEditor  *self);
gboolean           engram_field_editor_has_conflict (EngramFieldEditor *self);
const char        *engram_field_editor_get_problem (EngramFieldEditor  *self);
void               engram_field_editor_commit      (EngramFieldEditor  *self);
void               engram_field_editor_revert      (EngramFieldEditor  *self);
void               engram_field_editor_keep_mine   (EngramFieldEditor  *self);
char              *engram_field_editor_begin       (EngramFieldEditor  *self);
void               engram_field_editor_end         (EngramFieldEditor  *self,
                                                    const char         *stored,
                                                    const char         *failure);
EngramFieldEditor *engram_field_editor_find        (GtkWidget          *widget);

G_END_DECLS
