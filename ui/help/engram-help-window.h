/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_HELP_WINDOW (engram_help_window_get_type ())

/* The guide: a list of its pages, which can be searched, and the page that is read. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramHelpWindow, engram_help_window, ENGRAM, HELP_WINDOW, AdwWindow)

/**
 * engram_help_window_present:
 * @parent: (nullable): the window that help was asked for in
 *
 * Shows the page about what has the focus in that window, in the one help window that there is of each window with a
 * network: it stays when a dialog over that is closed.
 *
 * Returns: (transfer none): the window
 */
EngramHelpWindow *engram_help_window_present    (GtkWindow        *parent);

/**
 * engram_help_window_show_topic:
 * @self: a help window
 * @name: one of engram_help_topic_get_names()
 *
 * Shows a page, and keeps the one before it to go back to.
 */
void              engram_help_window_show_topic (EngramHelpWindow *self,
                                                 const char       *name);

const char       *engram_help_window_get_topic  (EngramHelpWindow *self);

/**
 * engram_help_find_topic:
 * @window: (nullable): a window
 *
 * Returns: the name of the page about what has the focus there, else about what it shows
 */
const char       *engram_help_find_topic        (GtkWindow        *window);

/**
 * engram_help_add_key:
 * @window_class: the class of a window that is none of the application's, whose keys do nothing there: a dialog
 *
 * Lets F1 show help on what has the focus in it.
 */
void              engram_help_add_key           (GtkWidgetClass   *window_class);

G_END_DECLS
