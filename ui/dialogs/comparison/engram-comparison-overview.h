/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialogs/comparison/engram-comparison-work.h"

G_BEGIN_DECLS

/* What differs at a glance: the whole in a sentence, how many neurons and synapses, in which fields, by how much. */
GtkWidget *engram_comparison_overview_new (EngramCompared *compared);

G_END_DECLS
