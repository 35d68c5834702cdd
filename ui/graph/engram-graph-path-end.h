/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* The neuron that a person means: by its id, else the one that is called @text or, as long as it is the only one, whose
 * name or text begins with it, letter case ignored. ENGRAM_ERROR_NOT_FOUND where that is none; ENGRAM_ERROR_INVALID
 * where there are several. In a worker's thread.
 *
 * @neuron: (out): its index in @network */
gboolean engram_graph_path_end_find (EngramSearcher  *searcher,
                                     EngramDatabase  *database,
                                     EngramNetwork   *network,
                                     const char      *text,
                                     guint32         *neuron,
                                     GCancellable    *cancellable,
                                     GError         **error);

G_END_DECLS
