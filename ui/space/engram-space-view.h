/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/engram-network-view.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SPACE_VIEW (engram_space_view_get_type ())

/* The neurons where they stand in space, all that the filter leaves, and the synapses between them. Main thread
 * only. */
G_DECLARE_FINAL_TYPE (EngramSpaceView, engram_space_view, ENGRAM, SPACE_VIEW, GtkWidget)

/* @session: (nullable) */
void               engram_space_view_set_session      (EngramSpaceView  *self,
                                                       EngramSession    *session);
EngramNetworkView *engram_space_view_get_network_view (EngramSpaceView  *self);

G_END_DECLS
