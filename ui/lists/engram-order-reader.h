/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-neuron-page.h"
#include "lists/engram-row-changes.h"

G_BEGIN_DECLS

/* EngramOrderReading:
 * @order: an order of rows
 * @changes: (nullable) (element-type EngramRowChange): what leads to it from the order that was given
 * @first: (nullable): its first rows
 *
 * What a worker found out about the order of rows. */
typedef struct {
  EngramRowOrder   *order;
  GArray           *changes;
  EngramNeuronPage *first;
} EngramOrderReading;

void                engram_order_read_first_async (EngramNeuronStore    *store,
                                                   guint                 n_rows,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
void                engram_order_read_async       (EngramNeuronStore    *store,
                                                   EngramRowOrder       *before,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
EngramOrderReading *engram_order_read_finish      (GAsyncResult         *result,
                                                   GError              **error);
void                engram_order_reading_free     (EngramOrderReading   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngramOrderReading, engram_order_reading_free)

G_END_DECLS
