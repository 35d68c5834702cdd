/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-details.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SYNAPSE_GROUP (engram_synapse_group_get_type ())

/* The synapses of a neuron in one direction, the strongest first. Signal "neuron-activated" (id text): an
 * other end was chosen. */
G_DECLARE_FINAL_TYPE (EngramSynapseGroup, engram_synapse_group, ENGRAM, SYNAPSE_GROUP, GtkWidget)

GtkWidget *engram_synapse_group_new (EngramSynapseDirection   direction,
                                     const EngramSynapseSide *side);

G_END_DECLS
