/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arrange/engram-tiles-private.h"
#include "arrange/engram-units-private.h"

G_BEGIN_DECLS

/* The nearest of each of @n vectors among the others, by their scalar product: every pair is compared once, on all
 * cores. @panels: the vectors as panels of columns; @best: (out caller-allocates): to be cleared also where it fails,
 * which only cancelling makes it do. */
gboolean engram_neighbour_graph_find (const float              *panels,
                                      gsize                     n,
                                      guint                     depth,
                                      guint                     k,
                                      EngramBest               *best,
                                      const EngramUnitsReport  *report,
                                      GCancellable             *cancellable,
                                      GError                  **error);

G_END_DECLS
