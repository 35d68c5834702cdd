/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_FILTER_PANE (engram_filter_pane_get_type ())

/* The filter of a session as controls: types, tags, synapse types, and the communities and components that analyses
 * have found with counts, ranges of numbers with histograms, times; each shows what another choice would leave. The
 * query's text is the only state: what is set here is written into it, and what is typed there is shown here. Counts
 * are made by a worker while the pane is seen, anew when the query or the file changes.
 *
 * Property "facets" (EngramFacets or NULL): the latest counts, for the completion of the search entry. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramFilterPane, engram_filter_pane, ENGRAM, FILTER_PANE, GtkWidget)

GtkWidget    *engram_filter_pane_new         (void);
/* @session: (nullable) */
void          engram_filter_pane_set_session (EngramFilterPane *self,
                                              EngramSession    *session);
/* Whether "facets" are wanted also while the pane is not seen. */
void          engram_filter_pane_set_wanted  (EngramFilterPane *self,
                                              gboolean          wanted);
EngramFacets *engram_filter_pane_get_facets  (EngramFilterPane *self);

G_END_DECLS
