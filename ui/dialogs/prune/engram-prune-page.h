/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "backups/engram-backup-plan.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PRUNE_PAGE (engram_prune_page_get_type ())

/* The rehearsal of pruning a network: how its weights are spread with the threshold as a handle on it, what would
 * become of the network, which synapses would go; these are shown in all views where that is asked for, until the page
 * goes.
 *
 * Property "can-prune" (boolean): there is something to prune, and the network can be written. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPrunePage, engram_prune_page, ENGRAM, PRUNE_PAGE, AdwBin)

GtkWidget        *engram_prune_page_new            (EngramSession    *session);
gboolean          engram_prune_page_get_can_prune  (EngramPrunePage  *self);
double            engram_prune_page_get_threshold  (EngramPrunePage  *self);
/* How many synapses the person is told would go. */
guint64           engram_prune_page_get_n_pruned   (EngramPrunePage  *self);
/* How a backup is to be made before; NULL where the person wants none. (transfer full) */
EngramBackupPlan *engram_prune_page_dup_plan       (EngramPrunePage  *self);

/* @job: prunes: what is shown in the views stays as it is until it has ended; and what has gone then is not selected
 * again. */
void              engram_prune_page_follow         (EngramPrunePage  *self,
                                                    EngramJob        *job);

G_END_DECLS
