/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-field-editor.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_RECORD_EDITOR (engram_record_editor_get_type ())

/* The fields of one neuron or synapse, to be edited. Each is written by itself when the person is done with it, one
 * after the other.
 *
 * Signals: "outdated": the file holds another record than this knows; its owner reads it and calls
 * engram_record_editor_update(). "settled": nothing is being written any more. */
G_DECLARE_FINAL_TYPE (EngramRecordEditor, engram_record_editor, ENGRAM, RECORD_EDITOR, GtkWidget)

GtkWidget         *engram_record_editor_new         (EngramSession      *session,
                                                     EngramRecordKind    kind,
                                                     gconstpointer       record);
void               engram_record_editor_update      (EngramRecordEditor *self,
                                                     gconstpointer       record);
void               engram_record_editor_commit      (EngramRecordEditor *self);
void               engram_record_editor_discard     (EngramRecordEditor *self);
void               engram_record_editor_give_up     (EngramRecordEditor *self);
gboolean           engram_record_editor_is_writing  (EngramRecordEditor *self);
EngramFieldEditor *engram_record_editor_get_unsaved (EngramRecordEditor *self);
EngramFieldEditor *engram_record_editor_find        (EngramRecordEditor *self,
                                                     const char         *name);

G_END_DECLS
