/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PRUNE_VICTIMS (engram_prune_victims_get_type ())

/* The synapses that pruning by a threshold would delete, the strongest first, as a list that reads what is looked at.
 * A row that is activated is shown by the views of the session.
 *
 * Signal "listed": which ones they are is known, for the threshold that was set last. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPruneVictims, engram_prune_victims, ENGRAM, PRUNE_VICTIMS, GtkWidget)

GtkWidget      *engram_prune_victims_new           (EngramSession      *session);
/* Lists those that are weaker than @threshold, soon: one that follows at once takes its place. */
void            engram_prune_victims_set_threshold (EngramPruneVictims *self,
                                                    double              threshold);
/* @text: (nullable): stands in their place, where there are none */
void            engram_prune_victims_set_none      (EngramPruneVictims *self,
                                                    const char         *text);
/* All of them; NULL while that is not known. (transfer none) */
EngramRowOrder *engram_prune_victims_get_order     (EngramPruneVictims *self);

/* The query that leaves the synapses weaker than @threshold, which is above 0, beside what @query (nullable) says of
 * other fields. (transfer full) */
EngramQuery    *engram_prune_query_new             (EngramQuery        *query,
                                                    double              threshold);

G_END_DECLS
