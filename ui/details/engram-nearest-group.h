/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_NEAREST_GROUP (engram_nearest_group_get_type ())

/* The ten neurons whose vectors are nearest to one neuron's, by cosine. It looks for them by itself.
 *
 * Signal "neuron-activated" (id text): one was chosen. Property "loading" (boolean). */
G_DECLARE_FINAL_TYPE (EngramNearestGroup, engram_nearest_group, ENGRAM, NEAREST_GROUP, GtkWidget)

GtkWidget *engram_nearest_group_new         (EngramSearcher     *searcher,
                                             const char         *id);
gboolean   engram_nearest_group_get_loading (EngramNearestGroup *self);
void       engram_nearest_group_refresh     (EngramNearestGroup *self);

G_END_DECLS
