/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_BATCH_EDITOR (engram_batch_editor_get_type ())

/* Controls that change all selected neurons, or synapses, at once: what is filled in is changed by Apply, as one step
 * that can be undone. What is wrong is said beside, before anything is written. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramBatchEditor, engram_batch_editor, ENGRAM, BATCH_EDITOR, GtkWidget)

GtkWidget *engram_batch_editor_new (EngramSession    *session,
                                    EngramRecordKind  kind);

G_END_DECLS
