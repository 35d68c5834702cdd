/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-details.h"

G_BEGIN_DECLS

/* One synapse as widgets of the details. */

/* Returns: (transfer none): the rows of both ends; engram_synapse_summary_get_id() tells where each leads */
GtkListBox *engram_synapse_summary_add_ends     (GtkBox              *box,
                                                 const EngramDetails *details);
/* Returns: (transfer none) (nullable): the neuron at that end, or NULL where there is none */
const char *engram_synapse_summary_get_id       (GtkListBoxRow       *row);
void        engram_synapse_summary_add_problems (GtkBox              *box,
                                                 const EngramSynapse *synapse);
void        engram_synapse_summary_add_common   (GtkBox              *box,
                                                 const EngramSynapse *synapse);

G_END_DECLS
