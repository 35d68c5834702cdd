/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_NEURON_ROW (engram_neuron_row_get_type ())

/* A row of an EngramNeuronModel that somebody looks at. Its signal "changed" tells that what the getters give
 * has changed. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramNeuronRow, engram_neuron_row, ENGRAM, NEURON_ROW, GObject)

gboolean            engram_neuron_row_is_loading   (EngramNeuronRow *self);
const EngramNeuron *engram_neuron_row_get_neuron   (EngramNeuronRow *self);
guint               engram_neuron_row_get_outgoing (EngramNeuronRow *self);
guint               engram_neuron_row_get_incoming (EngramNeuronRow *self);

G_END_DECLS
