/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include <engram.h>

G_BEGIN_DECLS

#define ENGRAM_TYPE_HISTOGRAM_VIEW (engram_histogram_view_get_type ())

/* A histogram as bars; where it may be, the bounds of a range are dragged in it. Heights go with the square root of the
 * counts, so that rare values are seen beside frequent ones. A picture for those who see it: entries beside it do the
 * same by keyboard, and its accessible description says in figures what it shows.
 *
 * Property "selectable" (boolean): whether a range can be dragged. Signal "range-chosen" (low, high double): one was,
 * by whole bins. Main thread only. */
G_DECLARE_FINAL_TYPE (EngramHistogramView, engram_histogram_view, ENGRAM, HISTOGRAM_VIEW, GtkWidget)

/* What a number on the axis is called; NULL for a plain number. */
typedef char *(*EngramNumberFormat) (double number);

/* @title: what it shows, for those who cannot see it */
GtkWidget *engram_histogram_view_new           (const char            *title);
/* @histogram: (nullable): copied. @format: how its numbers are written. */
void       engram_histogram_view_set_histogram (EngramHistogramView   *self,
                                                const EngramHistogram *histogram,
                                                EngramNumberFormat     format);
/* The range that is filtered by; what lies outside is drawn pale. */
void       engram_histogram_view_set_range     (EngramHistogramView   *self,
                                                double                 low,
                                                double                 high);

G_END_DECLS
