/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-weight-bar.h"

#include <math.h>

#define WIDTH 56
#define HEIGHT 8
/* Enough for the smallest weight to be seen. */
#define LEAST 1.5f

struct _EngramWeightBar
{
  GtkWidget parent_instance;

  double weight;
};

G_DEFINE_FINAL_TYPE (EngramWeightBar, engram_weight_bar, GTK_TYPE_WIDGET)

static void
append_rounded (GtkSnapshot     *snapshot,
                graphene_rect_t *rectangle,
                const GdkRGBA   *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rectangle, HEIGHT / 4.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, rectangle);
  gtk_snapshot_pop (snapshot);
}

/* The widget's colour comes from its style: one for each sign. */
static void
engram_weight_bar_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  EngramWeightBar *self = ENGRAM_WEIGHT_BAR (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float top = floorf ((height - HEIGHT) / 2), middle = floorf (width / 2);
  float length, left;
  GdkRGBA color, track;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  track = color;
  track.alpha *= 0.18f;
  append_rounded (snapshot, &GRAPHENE_RECT_INIT (0, top, width, HEIGHT), &track);
  if (isfinite (self->weight) && self->weight != 0)
    {
      length = CLAMP (fabs (self->weight), 0, 1) * middle;
      length = MAX (length, LEAST);
      left = self->weight < 0 ? middle - length : middle;
      append_rounded (snapshot, &GRAPHENE_RECT_INIT (left, top, length, HEIGHT), &color);
    }
  track.alpha = color.alpha * 0.7f;
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (middle - 0.5f, top - 2, 1, HEIGHT + 4));
}

static void
engram_weight_bar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT + 4;
}

static void
engram_weight_bar_class_init (EngramWeightBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = engram_weight_bar_snapshot;
  widget_class->measure = engram_weight_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "weightbar");
  /* The number beside it says the same. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
engram_weight_bar_init (EngramWeightBar *self)
{
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * engram_weight_bar_set_weight:
 * @self: a bar
 * @weight: -1 to 1; others are drawn as the nearest of these, NaN not at all
 *
 * Shows another weight.
 */
void
engram_weight_bar_set_weight (EngramWeightBar *self,
                              double           weight)
{
  g_return_if_fail (ENGRAM_IS_WEIGHT_BAR (self));

  self->weight = weight;
  set_class (GTK_WIDGET (self), "negative", weight < 0);
  set_class (GTK_WIDGET (self), "positive", weight > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * engram_weight_bar_new:
 * @weight: -1 to 1; others are drawn as the nearest of these, NaN not at all
 *
 * Returns: (transfer floating): a bar
 */
GtkWidget *
engram_weight_bar_new (double weight)
{
  EngramWeightBar *self = g_object_new (ENGRAM_TYPE_WEIGHT_BAR, NULL);

  engram_weight_bar_set_weight (self, weight);
  return GTK_WIDGET (self);
}
