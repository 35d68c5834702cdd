/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_SYNAPSE_GROUP (engram_synapse_group_get_type ())

/* The synapses of a neuron in one direction. Rows are made a few at a time, when they are asked for.
 *
 * Signals: "neuron-activated" (id text): an other end was chosen; "more-wanted": more rows are asked for than it was
 * given; "remove" (rowid gint64): a synapse is to be deleted. */
G_DECLARE_FINAL_TYPE (EngramSynapseGroup, engram_synapse_group, ENGRAM, SYNAPSE_GROUP, GtkWidget)

GtkWidget *engram_synapse_group_new          (EngramSynapseDirection  direction);
void       engram_synapse_group_show         (EngramSynapseGroup     *self,
                                              GPtrArray              *owner,
                                              GPtrArray              *items,
                                              guint64                 n_matching,
                                              guint64                 total);
void       engram_synapse_group_show_error   (EngramSynapseGroup     *self,
                                              const GError           *error);
void       engram_synapse_group_set_editing  (EngramSynapseGroup     *self,
                                              gboolean                editing);
/* Begins anew with few rows. */
void       engram_synapse_group_restart      (EngramSynapseGroup     *self);

G_END_DECLS
