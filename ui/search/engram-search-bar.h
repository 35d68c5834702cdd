/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SEARCH_BAR (engram_search_bar_get_type ())

/* One entry for the query of a session, with completion, saved filters, help, and how many records are shown. What is
 * typed becomes the session's query after a tenth of a second, or at once on Enter; what is wrong in it is said below
 * the entry, and the last good query stays.
 *
 * Signal "stop": Escape was pressed in the entry, with no suggestions open: put the focus elsewhere. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramSearchBar, engram_search_bar, ENGRAM, SEARCH_BAR, GtkWidget)

GtkWidget *engram_search_bar_new         (void);
/* @session: (nullable): whose query this is */
void       engram_search_bar_set_session (EngramSearchBar  *self,
                                          EngramSession    *session);
/* @facets: (nullable): values to suggest */
void       engram_search_bar_set_facets  (EngramSearchBar  *self,
                                          EngramFacets     *facets);
/* How many records of the list on screen pass, of how many. Shown while there is a query. */
void       engram_search_bar_set_counts  (EngramSearchBar  *self,
                                          guint64           shown,
                                          guint64           all,
                                          EngramRecordKind  kind);
/* What it says of that, or nothing. */
const char *engram_search_bar_get_counts (EngramSearchBar *self);
/* Whether it is seen: what was typed stops when it is closed, and is there again when it is opened. */
void       engram_search_bar_set_open    (EngramSearchBar  *self,
                                          gboolean          open);
/* Puts the focus into the entry, all of its text selected. */
void       engram_search_bar_focus       (EngramSearchBar  *self);

G_END_DECLS
