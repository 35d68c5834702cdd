/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"
#include "dialogs/export/engram-export-page.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_EXPORT_DIALOG (engram_export_dialog_get_type ())

/* Hands a network to other programs: what of it, in which form, where to, then how far that is, then what was written.
 * Main thread only. */
G_DECLARE_FINAL_TYPE (EngramExportDialog, engram_export_dialog, ENGRAM, EXPORT_DIALOG, EngramDialog)

/* @shown: (nullable): the list from which it was asked for. Where @parent has such a dialog in which an export goes
 * on, that one comes to the front. Returns: (transfer none) */
EngramExportDialog *engram_export_dialog_present     (GtkWindow          *parent,
                                                      EngramSession      *session,
                                                      EngramRecordModel  *shown,
                                                      EngramExportWhat    what);
/* Exports to a place that the person has chosen: asks before other files than that one are replaced. */
void                engram_export_dialog_export      (EngramExportDialog *self,
                                                      GFile              *file);
/* Where the person is asked for the place, or NULL. */
GtkFileChooserNative *engram_export_dialog_get_chooser (EngramExportDialog *self);

G_END_DECLS
