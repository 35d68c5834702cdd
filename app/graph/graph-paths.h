/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "graph-input.h"

G_BEGIN_DECLS

/* The indices of the edges of the path that was asked for; counts them in @result. NULL with ENGRAM_GRAPH_FAULT_NO_PATH
 * where there is none. */
guint32 *graph_find_path (const GraphInput   *input,
                          EngramGraphResult  *result,
                          GError            **error);

G_END_DECLS
