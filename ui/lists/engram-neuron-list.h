/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lists/engram-neuron-model.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_NEURON_LIST (engram_neuron_list_get_type ())

/* The neurons of a network as a table. It shows the errors of its model in an info bar of its own, and a page
 * of its own where the network has no neurons.
 *
 * Signal "neuron-selected" (id text or NULL): the person, or engram_neuron_list_select(), chose another row.
 * It comes once for each other neuron, when its id is known. Property "status" (text for people: "Neuron 5 of
 * 240", "240 neurons", "Reading…"). */
G_DECLARE_FINAL_TYPE (EngramNeuronList, engram_neuron_list, ENGRAM, NEURON_LIST, GtkWidget)

GtkWidget         *engram_neuron_list_new          (void);
void               engram_neuron_list_set_model    (EngramNeuronList  *self,
                                                    EngramNeuronModel *model);
EngramNeuronModel *engram_neuron_list_get_model    (EngramNeuronList  *self);
void               engram_neuron_list_select       (EngramNeuronList  *self,
                                                    const char        *id);
const char        *engram_neuron_list_get_selected (EngramNeuronList  *self);
const char        *engram_neuron_list_get_status   (EngramNeuronList  *self);

G_END_DECLS
