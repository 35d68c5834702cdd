/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists/engram-neuron-model.h"
#include "lists/engram-neuron-page.h"

G_BEGIN_DECLS

/* The model holds its rows weakly, by position, and tells each where it is; a row tells its model when it
 * goes. */

EngramNeuronRow *engram_neuron_row_new          (EngramNeuronModel *model,
                                                 guint              position);
guint            engram_neuron_row_get_position (EngramNeuronRow   *self);
void             engram_neuron_row_set_position (EngramNeuronRow   *self,
                                                 guint              position);
void             engram_neuron_row_detach       (EngramNeuronRow   *self);
void             engram_neuron_row_set_record   (EngramNeuronRow   *self,
                                                 EngramNeuronPage  *page,
                                                 guint              index);
void             engram_neuron_row_set_failed   (EngramNeuronRow   *self);

G_END_DECLS
