/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/engram-scene.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_WEIGHT_RANGE (engram_weight_range_get_type ())

/* A signed range of weights, chosen in the histogram of a scene's edges, by two sliders, or typed. An end of the range
 * that lies at the end of the axis is open.
 *
 * Signal "range-chosen" (low, high double): by the person; infinite where it is open. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramWeightRange, engram_weight_range, ENGRAM, WEIGHT_RANGE, GtkWidget)

GtkWidget *engram_weight_range_new       (void);
/* @scene: (nullable): whose weights are shown; it is not kept */
void       engram_weight_range_set_scene (EngramWeightRange *self,
                                          EngramScene       *scene);
/* Either may be infinite. */
void       engram_weight_range_set_range (EngramWeightRange *self,
                                          double             low,
                                          double             high);

G_END_DECLS
