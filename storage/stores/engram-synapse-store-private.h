/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-synapse-private.h"
#include "stores/engram-store-private.h"
#include "stores/engram-synapse-store.h"

G_BEGIN_DECLS

struct _EngramSynapseStore {
  GObject         parent_instance;

  EngramDatabase *database;
};

/* "SELECT" with the columns that engram_synapse_read() wants, then @rest: "FROM synapses ...". */
EngramStatement *engram_synapse_store_prepare (EngramConnection  *connection,
                                               const char        *rest,
                                               GError           **error);

/* What is done to synapses one by one, for engram_store_apply(). Records to delete are ids. */
extern const EngramStoreOperation engram_synapse_create_operation;
extern const EngramStoreOperation engram_synapse_update_operation;
extern const EngramStoreOperation engram_synapse_delete_operation;

G_END_DECLS
