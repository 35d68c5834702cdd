/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/engram-neuron.h"
#include "model/engram-record-private.h"
#include "sqlite/engram-connection-private.h"

G_BEGIN_DECLS

/* The columns that engram_neuron_read() wants, in order. Without the vector, the record says that it does not carry
 * it (in EngramNeuron.odd). */
extern const EngramRecordClass engram_neuron_class;

const char   *engram_neuron_select_columns       (gboolean              with_vector,
                                                  gboolean              has_fields);
EngramNeuron *engram_neuron_read                 (sqlite3_stmt         *row);

/* The table's columns of a mask, in the table's order: "id, position_x, ..." where @suffix is "", or "id=?, ..." */
void          engram_neuron_append_columns       (GString              *sql,
                                                  EngramNeuronColumns   columns,
                                                  const char           *suffix);
/* Binds them from *@parameter on, which moves on. The record must outlive the binding. */
void          engram_neuron_bind                 (EngramStatement      *statement,
                                                  const EngramNeuron   *self,
                                                  EngramNeuronColumns   columns,
                                                  int                  *parameter);

G_END_DECLS
