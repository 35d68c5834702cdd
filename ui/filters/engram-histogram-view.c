/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-histogram-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "filters/engram-histogram-bars.h"

#define HEIGHT 48
#define PALE 0.25

struct _EngramHistogramView {
  GtkWidget           parent_instance;

  EngramHistogram     histogram;
  gboolean            has_histogram;
  guint               n_bins;     /* that are drawn, from the first on */
  EngramNumberFormat  format;
  double              low, high;  /* of the range */
  gboolean            selectable;
  double              drag_start; /* where dragging began, from 0 to 1 */
};

enum {
  PROP_0,
  PROP_SELECTABLE,
  N_PROPERTIES,
};

enum {
  RANGE_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramHistogramView, engram_histogram_view, GTK_TYPE_WIDGET)

static double
get_bin_start (EngramHistogramView *self,
               guint                bin)
{
  const EngramHistogram *histogram = &self->histogram;

  return histogram->low + (histogram->high - histogram->low) * bin / ENGRAM_HISTOGRAM_BINS;
}

/* The last number of a bin: the next bin's first does not belong to it. */
static double
get_bin_end (EngramHistogramView *self,
             guint                bin)
{
  return get_bin_start (self, bin + 1) - (self->histogram.whole ? 1 : 0);
}

static gboolean
is_within_range (EngramHistogramView *self,
                 guint                bin)
{
  double middle = (get_bin_start (self, bin) + get_bin_end (self, bin)) / 2;

  return middle >= self->low && middle <= self->high;
}

static void
engram_histogram_view_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  EngramHistogramView *self = ENGRAM_HISTOGRAM_VIEW (widget);
  EngramHistogramBars bars;
  GdkRGBA color, pale;

  if (!self->has_histogram)
    return;
  engram_histogram_bars_init (&bars, widget, self->histogram.bins, self->n_bins);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pale = color;
  pale.alpha *= PALE;
  for (guint bin = 0; bin < self->n_bins; bin++)
    engram_histogram_bars_snapshot (&bars, snapshot, bin, is_within_range (self, bin) ? &color : &pale);
}

static void
engram_histogram_view_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? ENGRAM_HISTOGRAM_BINS * 2 : HEIGHT;
}

/* Pointing */

static double
get_part (EngramHistogramView *self,
          double               x)
{
  return engram_histogram_get_part (GTK_WIDGET (self), x);
}

static void
drag_begin_cb (EngramHistogramView *self,
               double               x,
               double               y,
               GtkGesture          *gesture)
{
  if (!self->selectable || !self->has_histogram)
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag_start = get_part (self, x);
}

/* The bins from one point to another, both included. */
static void
find_range (EngramHistogramView *self,
            double               from,
            double               to,
            double              *low,
            double              *high)
{
  guint first = MIN ((guint) (MIN (from, to) * self->n_bins), self->n_bins - 1);
  guint last = MIN ((guint) (MAX (from, to) * self->n_bins), self->n_bins - 1);

  *low = get_bin_start (self, first);
  *high = get_bin_end (self, last);
}

static void
drag_update_cb (EngramHistogramView *self,
                double               offset_x,
                double               offset_y,
                GtkGestureDrag      *gesture)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  find_range (self, self->drag_start, get_part (self, x + offset_x), &self->low, &self->high);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What is open at the ends of the axis is open beyond them. */
static void
drag_end_cb (EngramHistogramView *self,
             double               offset_x,
             double               offset_y,
             GtkGestureDrag      *gesture)
{
  double x, y, low, high;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  find_range (self, self->drag_start, get_part (self, x + offset_x), &low, &high);
  if (low <= self->histogram.low)
    low = -INFINITY;
  if (high >= get_bin_end (self, self->n_bins - 1))
    high = INFINITY;
  g_signal_emit (self, signals[RANGE_CHOSEN], 0, low, high);
}

static char *
format_number (EngramHistogramView *self,
               double               number)
{
  return self->format != NULL ? self->format (number) : engram_format_rounded (number);
}

static char *
describe_bin (EngramHistogramView *self,
              guint                bin)
{
  double first = get_bin_start (self, bin), last = get_bin_end (self, bin);
  g_autofree char *low = format_number (self, first);
  g_autofree char *high = format_number (self, last);
  g_autofree char *count = engram_format_count (self->histogram.bins[bin]);

  if (first >= last)
    /* Translators: a number, and how many values are that. */
    return g_strdup_printf (_("%s: %s"), low, count);
  /* Translators: two numbers, and how many values lie between them. */
  return g_strdup_printf (_("%s to %s: %s"), low, high, count);
}

static gboolean
query_tooltip_cb (EngramHistogramView *self,
                  int                  x,
                  int                  y,
                  gboolean             by_keyboard,
                  GtkTooltip          *tooltip)
{
  guint bin = MIN ((guint) (get_part (self, x) * self->n_bins), self->n_bins - 1);
  g_autofree char *text = NULL;

  if (by_keyboard || !self->has_histogram || self->histogram.high <= self->histogram.low)
    return FALSE;
  text = describe_bin (self, bin);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* GObject */

static void
engram_histogram_view_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SELECTABLE:
      g_value_set_boolean (value, ENGRAM_HISTOGRAM_VIEW (object)->selectable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_histogram_view_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  EngramHistogramView *self = ENGRAM_HISTOGRAM_VIEW (object);

  switch (property_id)
    {
    case PROP_SELECTABLE:
      self->selectable = g_value_get_boolean (value);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->selectable ? "col-resize" : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_histogram_view_class_init (EngramHistogramViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = engram_histogram_view_get_property;
  object_class->set_property = engram_histogram_view_set_property;
  widget_class->measure = engram_histogram_view_measure;
  widget_class->snapshot = engram_histogram_view_snapshot;

  properties[PROP_SELECTABLE] =
    g_param_spec_boolean ("selectable", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[RANGE_CHOSEN] = g_signal_new ("range-chosen", ENGRAM_TYPE_HISTOGRAM_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "histogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
engram_histogram_view_init (EngramHistogramView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->n_bins = ENGRAM_HISTOGRAM_BINS;
  self->low = -INFINITY;
  self->high = INFINITY;
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
engram_histogram_view_new (const char *title)
{
  GtkWidget *self = g_object_new (ENGRAM_TYPE_HISTOGRAM_VIEW, NULL);
  /* Translators: what a histogram shows, "Activation". */
  g_autofree char *name = g_strdup_printf (_("Histogram: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return self;
}

static char *
describe (EngramHistogramView *self)
{
  const EngramHistogram *histogram = &self->histogram;
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;
  g_autofree char *mean = NULL;
  g_autofree char *count = NULL;

  if (!self->has_histogram || histogram->n_values == 0)
    return g_strdup (_("No values"));
  minimum = format_number (self, histogram->minimum);
  maximum = format_number (self, histogram->maximum);
  mean = format_number (self, histogram->mean);
  count = engram_format_count (histogram->n_values);
  /* Translators: how many values, the least, the greatest, and the mean. */
  return g_strdup_printf (_("%s values, from %s to %s, mean %s"), count, minimum, maximum, mean);
}

/* The axis of counts, which has no bound of its own as others have, ends with the greatest one. */
static guint
count_drawn_bins (const EngramHistogram *histogram)
{
  guint n_bins = ENGRAM_HISTOGRAM_BINS;

  if (!histogram->whole)
    return n_bins;
  while (n_bins > 1 && histogram->bins[n_bins - 1] == 0)
    n_bins--;
  return n_bins;
}

void
engram_histogram_view_set_histogram (EngramHistogramView   *self,
                                     const EngramHistogram *histogram,
                                     EngramNumberFormat     format)
{
  g_autofree char *description = NULL;

  g_return_if_fail (ENGRAM_IS_HISTOGRAM_VIEW (self));

  self->has_histogram = histogram != NULL;
  if (histogram != NULL)
    {
      self->histogram = *histogram;
      self->n_bins = count_drawn_bins (histogram);
    }
  self->format = format;
  description = describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
engram_histogram_view_set_range (EngramHistogramView *self,
                                 double               low,
                                 double               high)
{
  g_return_if_fail (ENGRAM_IS_HISTOGRAM_VIEW (self));

  self->low = low;
  self->high = high;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
