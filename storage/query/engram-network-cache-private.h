/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-network.h"
#include "query/engram-degrees-private.h"

G_BEGIN_DECLS

/* One thread's turn to load something, while others wait for it. */
typedef struct {
  GMutex   lock;
  GCond    is_free;
  gboolean is_taken;
} EngramTurn;

/* The columns of a network, loaded when first asked for and again when the file has moved on; and how many synapses
 * each neuron has, which is known sooner. Any thread. */
typedef struct {
  EngramDatabase *database;
  EngramTurn      turn;
  EngramNetwork  *network;       /* the last ones that were loaded; this and its stamp belong to who has the turn */
  guint64         stamp;         /* the change stamp that they belong to */
  EngramTurn      degrees_turn;  /* is taken before the other */
  EngramDegrees  *degrees;       /* likewise */
  guint64         degrees_stamp;
} EngramNetworkCache;

void           engram_network_cache_init    (EngramNetworkCache  *self,
                                             EngramDatabase      *database);
void           engram_network_cache_clear   (EngramNetworkCache  *self);

/* As the file is now. */
EngramNetwork *engram_network_cache_get     (EngramNetworkCache  *self,
                                             EngramProgressFunc   progress,
                                             gpointer             user_data,
                                             GCancellable        *cancellable,
                                             GError             **error);
/* As the snapshot of @reader has them; @cancellable is that of the reader. */
EngramNetwork *engram_network_cache_get_for (EngramNetworkCache  *self,
                                             EngramReader        *reader,
                                             GCancellable        *cancellable,
                                             GError             **error);
/* The same of the degrees, of the snapshot of @scan, which has so many rows: from the columns where these are there. */
EngramDegrees *engram_network_cache_get_degrees_for (EngramNetworkCache     *self,
                                                     EngramScan             *scan,
                                                     const EngramRowCounts  *counts,
                                                     GCancellable           *cancellable,
                                                     GError                **error);

G_END_DECLS
