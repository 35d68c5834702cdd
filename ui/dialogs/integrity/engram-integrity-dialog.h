/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"
#include "dialogs/integrity/engram-integrity-output.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_INTEGRITY_DIALOG (engram_integrity_dialog_get_type ())

/* What is wrong in a network: a check, its report, the repairs that a person chooses, what they would change, and what
 * they have changed. One of a window at a time. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramIntegrityDialog, engram_integrity_dialog, ENGRAM, INTEGRITY_DIALOG, EngramDialog)

/* Checks the network. (transfer none) */
GtkWidget *engram_integrity_dialog_present          (GtkWindow             *parent,
                                                     EngramSession         *session);
/* Shows what the session knows from the last check ("findings"); checks where that is nothing. (transfer none) */
GtkWidget *engram_integrity_dialog_present_findings (GtkWindow             *parent,
                                                     EngramSession         *session);
/* Saves the report that is shown, as the dialog's buttons do once a file is chosen. */
void       engram_integrity_dialog_save             (EngramIntegrityDialog *self,
                                                     EngramIntegrityFormat  format,
                                                     const char            *path);

G_END_DECLS
