/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "arrange/engram-pairs.h"

G_BEGIN_DECLS

/* As engram_pairs_find_linked_dissimilar(); @max_held: what the vectors that are held may take, in bytes. */
GArray *engram_pairs_find_linked_within (EngramDatabase      *database,
                                         EngramNetwork       *network,
                                         guint                limit,
                                         gsize                max_held,
                                         EngramProgressFunc   progress,
                                         gpointer             user_data,
                                         GCancellable        *cancellable,
                                         GError             **error);

G_END_DECLS
