/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "details/engram-details.h"
#include "session/engram-session.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SYNAPSE_BROWSER (engram_synapse_browser_get_type ())

/* All synapses of a neuron in both directions, under one filter and in one order. It is given the strongest ones; the
 * others it reads by itself, once they are asked for.
 *
 * Signal "neuron-activated" (id text): an other end was chosen. Property "loading" (boolean). */
G_DECLARE_FINAL_TYPE (EngramSynapseBrowser, engram_synapse_browser, ENGRAM, SYNAPSE_BROWSER, GtkWidget)

GtkWidget *engram_synapse_browser_new         (EngramDatabase          *database,
                                               const char              *id);
/* @session: (nullable): through which synapses are made and deleted; NULL where they are only looked at */
void       engram_synapse_browser_set_editing (EngramSynapseBrowser    *self,
                                               EngramSession           *session);
void       engram_synapse_browser_show        (EngramSynapseBrowser    *self,
                                               const EngramSynapseSide  sides[2]);
/* (nullable): the form of a new synapse in which something is typed that was not added */
GtkWidget *engram_synapse_browser_get_typed   (EngramSynapseBrowser    *self);
/* Takes that form away. */
void       engram_synapse_browser_discard     (EngramSynapseBrowser    *self);
gboolean   engram_synapse_browser_get_loading (EngramSynapseBrowser    *self);

G_END_DECLS
