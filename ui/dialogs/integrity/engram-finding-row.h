/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_FINDING_ROW (engram_finding_row_get_type ())

/* One finding of a report: what it is, the first ids, and what is done about it, to be chosen.
 *
 * Properties: "chosen" (boolean: its repair is wanted). Signal "show-rows": its rows are to be selected. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramFindingRow, engram_finding_row, ENGRAM, FINDING_ROW, GtkListBoxRow)

/* @report: which @finding is part of. */
GtkWidget           *engram_finding_row_new            (EngramIntegrityReport *report,
                                                        const EngramFinding   *finding);
const EngramFinding *engram_finding_row_get_finding    (EngramFindingRow      *self);
gboolean             engram_finding_row_get_chosen     (EngramFindingRow      *self);
/* Whether a repair can be chosen at all; where not, none is. */
void                 engram_finding_row_set_can_repair (EngramFindingRow      *self,
                                                        gboolean               can_repair);

G_END_DECLS
