/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-neuron-private.h"
#include "stores/engram-kept-order-private.h"
#include "stores/engram-neuron-store.h"
#include "stores/engram-store-private.h"

G_BEGIN_DECLS

struct _EngramNeuronStore {
  GObject         parent_instance;

  EngramDatabase *database;
  EngramKeptOrder order;
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

/* A neuron that is to be deleted, and how many synapses went with it. */
typedef struct {
  const char *id;
  guint       n_synapses;
} EngramNeuronDeletion;

/* What is done to neurons one by one, for engram_store_apply(). Records to delete are EngramNeuronDeletion. */
extern const EngramStoreOperation engram_neuron_create_operation;
extern const EngramStoreOperation engram_neuron_update_operation;
extern const EngramStoreOperation engram_neuron_delete_operation;
/* Takes the vector of a neuron that will be deleted in the same transaction. */
extern const EngramStoreOperation engram_neuron_empty_operation;

G_END_DECLS
