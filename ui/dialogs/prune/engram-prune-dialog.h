/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/engram-dialog.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PRUNE_DIALOG (engram_prune_dialog_get_type ())

/* Prunes the network of a session: the rehearsal, with all figures, then the pruning as one job that can be undone, and
 * what has become of it. The network stays in use meanwhile. */
G_DECLARE_FINAL_TYPE (EngramPruneDialog, engram_prune_dialog, ENGRAM, PRUNE_DIALOG, EngramDialog)

/* Shows it over @parent, or brings the one that is there to the front. */
void engram_prune_dialog_present (GtkWindow     *parent,
                                  EngramSession *session);

G_END_DECLS
