/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-record-private.h"
#include "model/engram-synapse.h"
#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

extern const EngramRecordClass engram_synapse_class;

const char    *engram_synapse_select_columns     (gboolean              has_fields);
/* The same with a table's name before each: "s.rowid, s.id, ..." */
const char    *engram_synapse_select_columns_of_s (gboolean             has_fields);
EngramSynapse *engram_synapse_read               (sqlite3_stmt         *row);
void           engram_synapse_append_columns     (GString              *sql,
                                                  EngramSynapseColumns  columns,
                                                  const char           *suffix);
void           engram_synapse_bind               (EngramStatement      *statement,
                                                  const EngramSynapse  *self,
                                                  EngramSynapseColumns  columns,
                                                  int                  *parameter);

G_END_DECLS
