/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SYNAPSE_ADDER (engram_synapse_adder_get_type ())

/* A form for a new synapse from or to a neuron: in which direction, the id of the other end, and the weight. What is
 * wrong with them is said while they are typed. Signal "ended": the synapse was made, or the person has given up. */
G_DECLARE_FINAL_TYPE (EngramSynapseAdder, engram_synapse_adder, ENGRAM, SYNAPSE_ADDER, GtkWidget)

GtkWidget *engram_synapse_adder_new (EngramSession *session,
                                     const char    *id);
/* Whether the other end was begun to be typed, and nothing is being written. */
gboolean   engram_synapse_adder_is_typed (EngramSynapseAdder *self);

G_END_DECLS
