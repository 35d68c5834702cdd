/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

/* What all neurons have, whatever their type, as widgets of the details. */

EngramNeuronColumns engram_neuron_summary_add_heading  (GtkBox             *box,
                                                        const EngramNeuron *neuron);
void                engram_neuron_summary_add_problems (GtkBox             *box,
                                                        const EngramNeuron *neuron);
void                engram_neuron_summary_add_common   (GtkBox             *box,
                                                        const EngramNeuron *neuron);
void                engram_neuron_summary_add_vector   (GtkBox             *box,
                                                        const EngramNeuron *neuron);

G_END_DECLS
