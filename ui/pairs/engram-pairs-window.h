/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_PAIRS_WINDOW (engram_pairs_window_get_type ())

/* Pairs of neurons that a network should perhaps join, or should not: similar by vector without a synapse, and joined
 * though dissimilar. A row selects both in all views; all of them can become a filter. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramPairsWindow, engram_pairs_window, ENGRAM, PAIRS_WINDOW, AdwWindow)

GtkWidget *engram_pairs_window_new (GtkWindow     *parent, /* (nullable) */
                                    EngramSession *session);

G_END_DECLS
