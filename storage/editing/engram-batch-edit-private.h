/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "editing/engram-batch-edit.h"

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

G_BEGIN_DECLS

/* What an edit makes of one record; FALSE with @error set where it cannot be done. */
gboolean engram_batch_edit_neuron  (const EngramBatchEdit  *self,
                                    EngramNeuron           *neuron,
                                    GError                **error);
gboolean engram_batch_edit_synapse (const EngramBatchEdit  *self,
                                    EngramSynapse          *synapse,
                                    GError                **error);

G_END_DECLS
