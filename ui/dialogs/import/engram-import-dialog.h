/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_IMPORT_DIALOG (engram_import_dialog_get_type ())

/* Documents are chosen, then checked, then imported. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramImportDialog, engram_import_dialog, ENGRAM, IMPORT_DIALOG, EngramDialog)

/* @paths: (nullable) (array zero-terminated=1): documents to begin with; they are added to those of the dialog that
 * @parent has already */
void engram_import_dialog_present (GtkWindow          *parent,
                                   EngramSession      *session,
                                   const char * const *paths);

G_END_DECLS
