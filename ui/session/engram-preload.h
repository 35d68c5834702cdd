/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* Has a worker read the columns of the network, which sorting by degree, filters and figures ask for, soon after the
 * first rows: whoever asks later finds them. What goes wrong is told to those who ask. Main thread only.
 *
 * Returns: (transfer full): what ends it */
GCancellable *engram_preload_start (EngramSearcher *searcher);

G_END_DECLS
