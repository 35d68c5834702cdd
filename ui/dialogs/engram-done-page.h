/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_DONE_PAGE (engram_done_page_get_type ())

/* What a job has done, as the last page of its dialog: what, in figures, and Undo as long as it is the newest step of
 * the history. Signal "undoing": Undo was pressed, and is under way. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramDonePage, engram_done_page, ENGRAM, DONE_PAGE, AdwBin)

GtkWidget *engram_done_page_new       (EngramSession  *session);
/* @job: that has just ended; without Undo where that is not possible. @title: "4 Synapses Pruned". @description: one or
 * more lines, plain text */
void       engram_done_page_set_done  (EngramDonePage *self,
                                       EngramJob      *job,
                                       const char     *title,
                                       const char     *description);
/* Between these and Undo. @child: (nullable) */
void       engram_done_page_set_child (EngramDonePage *self,
                                       GtkWidget      *child);

G_END_DECLS
