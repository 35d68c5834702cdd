/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PRUNE_SHOWING (engram_prune_showing_get_type ())

/* Shows synapses in all views of a session for a while, selected and perhaps filtered by their weight, and puts back
 * what was selected and filtered by before, unless the person has chosen something else meanwhile. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPruneShowing, engram_prune_showing, ENGRAM, PRUNE_SHOWING, GObject)

EngramPruneShowing *engram_prune_showing_new          (EngramSession      *session);
/* Begins, or goes on with others. @order: made into a selection by a worker, where it is long; a later one takes its
 * place. */
void                engram_prune_showing_select       (EngramPruneShowing *self,
                                                       EngramRowOrder     *order);
/* Also filters by weight; 0: not any more */
void                engram_prune_showing_filter       (EngramPruneShowing *self,
                                                       double              threshold);
/* Puts everything back. @are_gone: what was shown has been deleted, and is not selected again */
void                engram_prune_showing_end          (EngramPruneShowing *self,
                                                       gboolean            are_gone);

G_END_DECLS
