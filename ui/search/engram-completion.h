/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* EngramSuggestion:
 * @text: what takes the place of what was typed
 * @title: what is shown: the same as a person reads it
 * @detail: what it is, or how many have it
 *
 * One way to go on with a query. */
typedef struct {
  char *text;
  char *title;
  char *detail;
} EngramSuggestion;

void       engram_suggestion_free (EngramSuggestion *self);

/* How what is typed at the cursor may go on: names of fields, and, after the colon of type, tag and synapse, the values
 * that @facets lists, the most frequent first, or some times after created and modified.
 * @cursor: in bytes
 * @all: whether all fields are listed where nothing has been typed yet
 * @facets: (nullable): what the network holds
 * @start, @end: (out): what a suggestion takes the place of, in bytes
 * Returns: (transfer full) (element-type EngramSuggestion): may be empty */
GPtrArray *engram_completion_find (const char       *text,
                                   gsize             cursor,
                                   gboolean          all,
                                   EngramFacets     *facets,
                                   gsize            *start,
                                   gsize            *end);

/* Whether the query ends with a type, a tag or a synapse type that is the beginning of one that the network holds, and
 * none itself: somebody is still typing. @facets: (nullable) */
gboolean   engram_completion_is_partial (EngramQuery      *query,
                                         EngramFacets     *facets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramSuggestion, engram_suggestion_free)

G_END_DECLS
