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

G_END_DECLS
