/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_COMPARISON_DIALOG (engram_comparison_dialog_get_type ())

/* What differs between the network of a session and another file: how much, which neurons and synapses, and their
 * values before and now; what differs can be shown in all views, and brought back. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramComparisonDialog, engram_comparison_dialog, ENGRAM, COMPARISON_DIALOG, EngramDialog)

/* @other: (nullable): a backup or any other network, which is compared at once; where it is NULL the person chooses. A
 * dialog of @parent that is there already is brought to the front, and compares @other too. */
void engram_comparison_dialog_present (GtkWindow     *parent,
                                       EngramSession *session,
                                       const char    *other);

G_END_DECLS
