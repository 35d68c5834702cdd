/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query/engram-degrees-private.h"
#include "query/engram-searcher.h"
#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/* The columns of the network as @reader's snapshot has them, loading them where they are older or newer. */
EngramNetwork *engram_searcher_get_network_for (EngramSearcher  *self,
                                                EngramReader    *reader,
                                                GCancellable    *cancellable,
                                                GError         **error);
/* How many synapses each neuron has in the snapshot of @scan, which nobody else reads with meanwhile. */
EngramDegrees *engram_searcher_get_degrees_for (EngramSearcher  *self,
                                                EngramScan      *scan,
                                                GCancellable    *cancellable,
                                                GError         **error);

G_END_DECLS
