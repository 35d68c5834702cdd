/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-field-text.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FIELD_CONTROL (engram_field_control_get_type ())

/* The control in which a value is edited as text: an entry, a text view, a switch, a scale with an entry, a list of
 * choices, words. Signals: "changed": it holds another text, by the person; "commit": the person is done with it
 * (Enter, the focus gone, a switch thrown). */
G_DECLARE_FINAL_TYPE (EngramFieldControl, engram_field_control, ENGRAM, FIELD_CONTROL, GtkWidget)

GtkWidget *engram_field_control_new       (EngramControlKind   kind,
                                           const char         *title,
                                           const char * const *choices);
void       engram_field_control_set_text  (EngramFieldControl *self,
                                           const char         *text);
char      *engram_field_control_dup_text  (EngramFieldControl *self);
/* Takes in what has been begun to be typed: a tag that was not added yet. */
void       engram_field_control_finish    (EngramFieldControl *self);
GtkWidget *engram_field_control_get_input (EngramFieldControl *self);

G_END_DECLS
