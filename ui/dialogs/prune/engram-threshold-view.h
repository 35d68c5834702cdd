/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_THRESHOLD_VIEW (engram_threshold_view_get_type ())

/* How the weights of a network are spread, and a threshold as a handle on it: a line at minus and one at plus that
 * weight, moved together by pointer or by keys. What lies between them is hatched. A slider for screen readers.
 *
 * The pointer moves it by hundredths. The arrows move it by small steps, smaller ones near 0, Page Up and Page Down to
 * the next of 0.01, 0.02, 0.05, 0.1..., Home and End to 0 and 1.
 *
 * Property "threshold" (double, 0 to 1, to a millionth). Main thread only. */
G_DECLARE_FINAL_TYPE (EngramThresholdView, engram_threshold_view, ENGRAM, THRESHOLD_VIEW, GtkWidget)

GtkWidget *engram_threshold_view_new           (void);
/* @counts: copied; see engram_prune_preview_get_histogram() */
void       engram_threshold_view_set_histogram (EngramThresholdView *self,
                                                const guint64        counts[ENGRAM_PRUNE_BINS]);
double     engram_threshold_view_get_threshold (EngramThresholdView *self);
void       engram_threshold_view_set_threshold (EngramThresholdView *self,
                                                double               threshold);
/* What a screen reader says after the threshold: "1,234 synapses go". */
void       engram_threshold_view_set_meaning   (EngramThresholdView *self,
                                                const char          *meaning);

/* "0.01", with as many decimals as it needs. (transfer full) */
char      *engram_threshold_format             (double               threshold);

G_END_DECLS
