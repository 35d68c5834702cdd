/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_REPAIR_RESULT_VIEW (engram_repair_result_view_get_type ())

/* What a repair has changed, and where the backup lies; with Undo as long as the repair is the newest step. Signal
 * "check". Main thread only. */
G_DECLARE_FINAL_TYPE (EngramRepairResultView, engram_repair_result_view, ENGRAM, REPAIR_RESULT_VIEW, AdwBin)

GtkWidget *engram_repair_result_view_new        (EngramSession            *session);
/* @undoable: the session's newest step is this repair */
void       engram_repair_result_view_set_result (EngramRepairResultView   *self,
                                                 const EngramRepairReport *report,
                                                 gboolean                  undoable);

G_END_DECLS
