/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph/engram-graph-protocol.h"
#include "graph/engram-graph-work.h"

G_BEGIN_DECLS

/* One run of the helper program. */

/* What follows the request, in its order. */
typedef struct {
  gconstpointer data;
  gsize         length;
} EngramGraphChunk;

#define ENGRAM_GRAPH_MAX_CHUNKS 4

/* The path of the helper program, which may not be there. */
char    *engram_graph_process_find_program (void);

/* Sends a request, tells @call of what happens meanwhile, and waits for the result: @result and what follows that in
 * @data. Whatever comes of it, the process is gone when this returns. */
gboolean engram_graph_process_run (const EngramGraphRequest  *request,
                                   const EngramGraphChunk    *chunks,
                                   guint                      n_chunks,
                                   const EngramGraphCall     *call,
                                   EngramGraphResult         *result,
                                   gpointer                  *data,
                                   GError                   **error);

G_END_DECLS
