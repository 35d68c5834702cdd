/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "search/engram-completion.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_COMPLETION_POPOVER (engram_completion_popover_get_type ())

/* Suggestions below an entry for queries. The entry keeps the focus: Down and Up choose, Tab and Enter take, Escape
 * hides. Down in an entry that shows none lists all fields. */
G_DECLARE_FINAL_TYPE (EngramCompletionPopover, engram_completion_popover, ENGRAM, COMPLETION_POPOVER, GtkPopover)

/* @entry: what is completed; @parent: a box around it, which owns the popover then */
EngramCompletionPopover *engram_completion_popover_new        (GtkWidget               *entry,
                                                               GtkWidget               *parent);
/* @facets: (nullable): values to suggest */
void                     engram_completion_popover_set_facets (EngramCompletionPopover *self,
                                                               EngramFacets            *facets);
/* What is offered follows the text a moment later; this does it now. */
void                     engram_completion_popover_update     (EngramCompletionPopover *self);
/* Hides it, until something is typed again. */
void                     engram_completion_popover_hide       (EngramCompletionPopover *self);
/* Puts text in place of a part of the entry's, given in bytes, with the cursor behind it. */
void                     engram_completion_popover_replace    (EngramCompletionPopover *self,
                                                               gsize                    start,
                                                               gsize                    end,
                                                               const char              *text);

G_END_DECLS
