/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-network.h"
#include "sqlite/engram-database-private.h"

G_BEGIN_DECLS

/* The columns of a network, loaded when first asked for and again when the file has moved on, by one thread while
 * others wait for it. Any thread. */
typedef struct {
  EngramDatabase *database;
  GMutex          lock;
  GCond           is_free;
  gboolean        is_taken; /* a thread looks whether the columns are up to date, or loads them */
  EngramNetwork  *network;  /* the last ones that were loaded; this and its stamp belong to who has taken the cache */
  guint64         stamp;    /* the change stamp that they belong to */
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

G_END_DECLS
