/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives a column view over EngramNeuronRow its columns. */
void engram_neuron_cells_add_columns (GtkColumnView *view);

G_END_DECLS
