/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include "model/engram-id-table-private.h"
#include "model/engram-network.h"
#include "sqlite/engram-scan-private.h"

G_BEGIN_DECLS

/* As engram_network_load(), of the snapshot that the readers of @scan see; @cancellable is theirs. */
EngramNetwork *engram_network_load_snapshot (EngramScan          *scan,
                                             EngramProgressFunc   progress,
                                             gpointer             user_data,
                                             GCancellable        *cancellable,
                                             GError             **error);

/* A synapse that lacks a neuron at one of its ends, or at both: ENGRAM_ID_TABLE_NONE stands for it. */
typedef struct {
  double  weight; /* NaN where the table holds no number */
  guint32 source;
  guint32 target;
} EngramDanglingSynapse;

/* (array length=n_dangling): in the order of rows */
const EngramDanglingSynapse *engram_network_get_dangling (EngramNetwork *self);

/* How many synapses start from a neuron, and lead to it, as a list of neurons shows them: those that lack their other
 * end included. */
guint32 engram_network_count_outgoing (const EngramNetwork *self,
                                       guint32              neuron);
guint32 engram_network_count_incoming (const EngramNetwork *self,
                                       guint32              neuron);

G_END_DECLS
