/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PRUNE_REHEARSAL (engram_prune_rehearsal_get_type ())

/* The figures of pruning the network of a session, at a threshold that moves: made by a worker, and made anew when the
 * network changes; the old ones stay until the new ones are there.
 *
 * Properties: "threshold" (double, 0 to 1; 0.01 at first). Signals: "figures-changed": other figures of the network are
 * there, or none because of an error. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPruneRehearsal, engram_prune_rehearsal, ENGRAM, PRUNE_REHEARSAL, GObject)

/* Begins to read at once. */
EngramPruneRehearsal *engram_prune_rehearsal_new            (EngramSession         *session);
/* Gives up what is being read; no signals come after it. */
void                  engram_prune_rehearsal_stop           (EngramPruneRehearsal  *self);
/* Reads again, as after an error. */
void                  engram_prune_rehearsal_refresh        (EngramPruneRehearsal  *self);
/* Whether figures are being made. */
gboolean              engram_prune_rehearsal_is_reading     (EngramPruneRehearsal  *self);
/* Why there are none; NULL where there are, or none yet. */
const GError         *engram_prune_rehearsal_get_error      (EngramPruneRehearsal  *self);
double                engram_prune_rehearsal_get_threshold  (EngramPruneRehearsal  *self);
void                  engram_prune_rehearsal_set_threshold  (EngramPruneRehearsal  *self,
                                                             double                 threshold);
/* All below: FALSE, or NULL, where there are no figures. */
gboolean              engram_prune_rehearsal_get_histogram  (EngramPruneRehearsal  *self,
                                                             guint64                counts[ENGRAM_PRUNE_BINS]);
/* The network after pruning by the threshold, and as it is today: pruned by nothing. */
gboolean              engram_prune_rehearsal_get_outcome    (EngramPruneRehearsal  *self,
                                                             EngramPruneOutcome    *outcome,
                                                             EngramPruneOutcome    *today);
/* See engram_prune_preview_get_weakest(). */
gboolean              engram_prune_rehearsal_get_weakest    (EngramPruneRehearsal  *self,
                                                             double                *weakest);

G_END_DECLS
