/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_ANALYSIS_NOTE (engram_analysis_note_get_type ())

/* Seen where the result of an analysis is of before the last change of the network: says so, and makes it anew when its
 * button is pressed. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramAnalysisNote, engram_analysis_note, ENGRAM, ANALYSIS_NOTE, GtkWidget)

GtkWidget *engram_analysis_note_new         (EngramAnalysis      analysis);
/* @session: (nullable) */
void       engram_analysis_note_set_session (EngramAnalysisNote *self,
                                             EngramSession      *session);

G_END_DECLS
