/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engram-declarations.h"
#include "model/engram-neuron.h"
#include "model/engram-synapse.h"

ENGRAM_BEGIN_DECLS

/**
 * engram_neuron_to_json:
 * @self: a neuron
 * @with_vector: whether it has the member `vector`
 *
 * A neuron as the JSON object that stands for it in a document (see engram_export()), on one line and without white
 * space between its parts. What JSON cannot hold is null; JSON that is broken stands as text in the metadata, under
 * `engram_broken`. Any thread.
 *
 * Returns: (transfer full): JSON text, in ASCII unless JSON in the neuron is not
 */
char *engram_neuron_to_json  (const EngramNeuron  *self,
                              gboolean             with_vector);

/**
 * engram_synapse_to_json:
 * @self: a synapse
 *
 * Does for a synapse what engram_neuron_to_json() does for a neuron.
 *
 * Returns: (transfer full): JSON text
 */
char *engram_synapse_to_json (const EngramSynapse *self);

ENGRAM_END_DECLS
