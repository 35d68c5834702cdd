/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_DETAILS_PANE (engram_details_pane_get_type ())

/* Everything about one neuron: its fields, its vector, its synapses; a page of its own where none is chosen,
 * and where it cannot be read. It scrolls by itself.
 *
 * Signal "neuron-activated" (id text): an end of a synapse was clicked. The pane does not go there by itself:
 * its owner selects that neuron, which may come back as engram_details_pane_show_neuron(). Property "loading"
 * (boolean): the neuron is not all shown yet. */
G_DECLARE_FINAL_TYPE (EngramDetailsPane, engram_details_pane, ENGRAM, DETAILS_PANE, GtkWidget)

GtkWidget  *engram_details_pane_new          (void);
void        engram_details_pane_set_database (EngramDetailsPane *self,
                                              EngramDatabase    *database);
void        engram_details_pane_show_neuron  (EngramDetailsPane *self,
                                              const char        *id);
const char *engram_details_pane_get_neuron   (EngramDetailsPane *self);
gboolean    engram_details_pane_get_loading  (EngramDetailsPane *self);
void        engram_details_pane_refresh      (EngramDetailsPane *self);

G_END_DECLS
