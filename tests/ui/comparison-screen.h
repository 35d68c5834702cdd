/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialog-screen.h"
#include "dialogs/comparison/engram-difference-browser.h"
#include "dialogs/comparison/engram-difference-list.h"

G_BEGIN_DECLS

/* The dialog that compares. Its screen's other file is the network as it was at first. */

#define COMPARISON_N_NEURONS 12

/* Twelve neurons in a row, and the file as it is now under another name. There is no session yet. */
void                     comparison_screen_open         (DialogScreen *screen);
/* The same over the network of a fixture, which it takes, without another file. */
void                     comparison_screen_open_fixture (DialogScreen *screen,
                                                         UiFixture    *fixture);
/* Neuron 2 says something else, neuron 5 is gone with its synapses, "Newcomer" has come, and the first synapse is
 * weaker. */
void                     comparison_screen_change       (DialogScreen *screen);
/* The dialog begins to compare with that file. */
void                     comparison_screen_present      (DialogScreen *screen,
                                                         const char   *other);
/* The same with the other file, until there is a result. */
void                     comparison_screen_compare      (DialogScreen *screen);

/* Shows what differs, once that is known. */
EngramDifferenceBrowser *comparison_screen_get_browser  (DialogScreen *screen);
EngramDifferenceList    *comparison_screen_get_list     (DialogScreen *screen);
/* @which: 0 for the kind, 1 for the status, 2 for the order */
void                     comparison_screen_choose       (DialogScreen *screen,
                                                         guint         which,
                                                         guint         selected);
/* The place of what is called so in the list, once it has been read. */
guint                    comparison_screen_find_place   (DialogScreen *screen,
                                                         const char   *name);

G_END_DECLS
