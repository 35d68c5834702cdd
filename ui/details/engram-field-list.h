/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

void engram_field_list_add_fields   (GtkBox              *box,
                                     const EngramNeuron  *neuron,
                                     EngramNeuronColumns  without);
void engram_field_list_add_metadata (GtkBox              *box,
                                     const char          *metadata);

G_END_DECLS
