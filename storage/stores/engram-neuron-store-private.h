/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-neuron-private.h"
#include "stores/engram-neuron-store.h"
#include "stores/engram-store-private.h"

G_BEGIN_DECLS

struct _EngramNeuronStore {
  GObject         parent_instance;

  EngramDatabase *database;

  /* The order of rows that was asked for last, and the change stamp it belongs to. */
  GMutex          lock;
  EngramRowOrder *order;
  guint64         order_stamp;
};

/* "SELECT" with the columns that engram_neuron_read() wants, then @rest: "FROM neurons ...". */
EngramStatement *engram_neuron_store_prepare (EngramConnection  *connection,
                                              gboolean           with_vector,
                                              const char        *rest,
                                              GError           **error);
/* The neurons of these rows, without vectors, in this order. */
GPtrArray       *engram_neuron_store_fetch   (EngramConnection  *connection,
                                              const gint64      *rowids,
                                              gsize              n_rowids,
                                              GError           **error);

G_END_DECLS
