/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FIGURES_PANE (engram_figures_pane_get_type ())

/* Figures of a network as a whole, while nothing is selected, or sums and ranges of what is, with the controls that
 * change all of it at once while the session is being edited. Made by a worker while the pane is seen. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramFiguresPane, engram_figures_pane, ENGRAM, FIGURES_PANE, GtkWidget)

GtkWidget *engram_figures_pane_new          (void);
/* @session: (nullable) */
void       engram_figures_pane_set_session  (EngramFiguresPane *self,
                                             EngramSession     *session);
/* Of the whole network. */
void       engram_figures_pane_show_network (EngramFiguresPane *self);
/* Of what is selected of a kind. */
void       engram_figures_pane_show_several (EngramFiguresPane *self,
                                             EngramRecordKind   kind);

G_END_DECLS
