/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How every histogram is drawn: bars over the whole width of a widget, from right to left where text runs so; their
 * heights go with the square root of the counts, so that rare values are seen beside frequent ones.
 *
 * @counts: (array length=n_bins): borrowed
 * @height: of the highest bar, from the widget's top to where all stand: all of it, unless set
 * @gap: between two bars, in pixels: 1, unless set */
typedef struct {
  GtkWidget     *widget;
  const guint64 *counts;
  guint          n_bins;
  double         height;
  double         gap;

  /* private */
  guint64        largest;
} EngramHistogramBars;

void   engram_histogram_bars_init     (EngramHistogramBars       *self,
                                       GtkWidget                 *widget,
                                       const guint64             *counts,
                                       guint                      n_bins);
/* Draws one bar. Nothing is drawn where all counts are 0. */
void   engram_histogram_bars_snapshot (const EngramHistogramBars *self,
                                       GtkSnapshot               *snapshot,
                                       guint                      bin,
                                       const GdkRGBA             *color);

/* Where on the axis of a histogram in @widget a point is, from 0 to 1; and back. */
double engram_histogram_get_part      (GtkWidget                 *widget,
                                       double                     x);
double engram_histogram_get_x         (GtkWidget                 *widget,
                                       double                     part);

G_END_DECLS
