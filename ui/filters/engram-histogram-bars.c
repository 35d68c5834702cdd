/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-histogram-bars.h"

#include <math.h>

#define MIN_BAR_HEIGHT 2
#define GAP 1

static gboolean
is_right_to_left (GtkWidget *widget)
{
  return gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
}

void
engram_histogram_bars_init (EngramHistogramBars *self,
                            GtkWidget           *widget,
                            const guint64       *counts,
                            guint                n_bins)
{
  *self = (EngramHistogramBars) { widget, counts, n_bins, gtk_widget_get_height (widget), GAP, 0 };
  for (guint bin = 0; bin < n_bins; bin++)
    self->largest = MAX (self->largest, counts[bin]);
}

void
engram_histogram_bars_snapshot (const EngramHistogramBars *self,
                                GtkSnapshot               *snapshot,
                                guint                      bin,
                                const GdkRGBA             *color)
{
  double width = (double) gtk_widget_get_width (self->widget) / self->n_bins;
  double x = (is_right_to_left (self->widget) ? self->n_bins - 1 - bin : bin) * width;
  double height;

  if (self->counts[bin] == 0)
    return;
  height = MAX (MIN_BAR_HEIGHT, sqrt ((double) self->counts[bin] / (double) self->largest) * self->height);
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (x, self->height - height, MAX (width - self->gap, 1), height));
}

double
engram_histogram_get_part (GtkWidget *widget,
                           double     x)
{
  double part = x / MAX (1, gtk_widget_get_width (widget));

  if (is_right_to_left (widget))
    part = 1 - part;
  return CLAMP (part, 0, 1);
}

double
engram_histogram_get_x (GtkWidget *widget,
                        double     part)
{
  return (is_right_to_left (widget) ? 1 - part : part) * gtk_widget_get_width (widget);
}
