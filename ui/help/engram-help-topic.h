/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_HELP_TOPIC (engram_help_topic_get_type ())

/* A page of the guide, whose name is that of the widget: labels, drawings, and boxes of the style class
 * "engram-help-steps", whose labels become numbered steps. Links to other pages are "help:NAME". */
G_DECLARE_FINAL_TYPE (EngramHelpTopic, engram_help_topic, ENGRAM, HELP_TOPIC, GtkBox)

/* The names of all pages, in their order. */
const char * const *engram_help_topic_get_names (void);

/**
 * engram_help_topic_load:
 * @name: one of engram_help_topic_get_names()
 *
 * Signals: "link" (name): a link to another page was followed.
 *
 * Returns: (transfer full): the page
 */
EngramHelpTopic    *engram_help_topic_load      (const char      *name);

const char         *engram_help_topic_get_title (EngramHelpTopic *self);

/* The labels of the page, in their order. (transfer container) (element-type GtkLabel) */
GPtrArray          *engram_help_topic_list_labels (EngramHelpTopic *self);

/* Whether all of these words are in the title or the text, in whatever case. */
gboolean            engram_help_topic_matches   (EngramHelpTopic *self,
                                                 const char      *words);

G_END_DECLS
