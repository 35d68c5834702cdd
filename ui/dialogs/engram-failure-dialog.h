/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FAILURE_DIALOG (engram_failure_dialog_get_type ())

/* Says why something failed that no other dialog tells of: one for a window, which shows the latest. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramFailureDialog, engram_failure_dialog, ENGRAM, FAILURE_DIALOG, EngramDialog)

/* @job: FAILED */
void engram_failure_dialog_present_job (GtkWindow    *parent,
                                        EngramJob    *job);
/* @title: what failed */
void engram_failure_dialog_present     (GtkWindow    *parent,
                                        const char   *title,
                                        const GError *error);

G_END_DECLS
