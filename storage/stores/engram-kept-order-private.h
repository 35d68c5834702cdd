/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sqlite/engram-database-private.h"
#include "stores/engram-row-order.h"

G_BEGIN_DECLS

/* The order of the rows of a table, and how many there are, read once for each state of the file. Any thread. */
typedef struct {
  const char     *table;
  GMutex          lock;
  EngramRowOrder *order;       /* the one that was asked for last */
  guint64         stamp;       /* the change stamp that it belongs to */
  guint64         count;       /* the one that was asked for last */
  guint64         count_stamp; /* the change stamp that it belongs to, or 0 */
} EngramKeptOrder;

/* @table: "neurons" or "synapses" */
void            engram_kept_order_init       (EngramKeptOrder  *self,
                                              const char       *table);
void            engram_kept_order_clear      (EngramKeptOrder  *self);

/* The rowids as a snapshot has them. It is kept where the snapshot's change stamp is known (see
 * engram_connection_get_stamp()). */
EngramRowOrder *engram_kept_order_get        (EngramKeptOrder  *self,
                                              EngramReader     *reader,
                                              GError          **error);
/* How many rows a snapshot has, which is known sooner than their order. */
gboolean        engram_kept_order_count      (EngramKeptOrder  *self,
                                              EngramReader     *reader,
                                              guint64          *count,
                                              GError          **error);
/* The rowids, and a reader within the snapshot that they belong to. */
EngramRowOrder *engram_kept_order_begin_read (EngramKeptOrder  *self,
                                              EngramDatabase   *database,
                                              EngramReader    **reader,
                                              GCancellable     *cancellable,
                                              GError          **error);

G_END_DECLS
