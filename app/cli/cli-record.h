/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

/* Neurons and synapses as engram-cli prints them, on one line. The vector is printed where with_vector. */

void cli_neuron_append_json   (const EngramNeuron  *neuron,
                               gboolean             with_vector,
                               GString             *json);
void cli_neuron_append_text   (const EngramNeuron  *neuron,
                               gboolean             with_vector,
                               GString             *text);
void cli_synapse_append_json  (const EngramSynapse *synapse,
                               GString             *json);
void cli_synapse_append_text  (const EngramSynapse *synapse,
                               GString             *text);

G_END_DECLS
