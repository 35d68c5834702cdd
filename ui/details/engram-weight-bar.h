/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_WEIGHT_BAR (engram_weight_bar_get_type ())

/* A weight as a bar: to the left of the middle where it inhibits, to the right where it excites. */
G_DECLARE_FINAL_TYPE (EngramWeightBar, engram_weight_bar, ENGRAM, WEIGHT_BAR, GtkWidget)

GtkWidget *engram_weight_bar_new        (double           weight);
void       engram_weight_bar_set_weight (EngramWeightBar *self,
                                         double           weight);

G_END_DECLS
