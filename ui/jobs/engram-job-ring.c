/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/engram-job-ring.h"

#include <math.h>

#define SIZE 16
#define THICKNESS 2.5

/* Of what is not done yet. */
#define FAINT 0.25

struct _EngramJobRing {
  GtkWidget parent_instance;

  double    fraction;
};

G_DEFINE_FINAL_TYPE (EngramJobRing, engram_job_ring, GTK_TYPE_WIDGET)

static void
draw_arc (cairo_t       *cairo,
          const GdkRGBA *colour,
          double         opacity,
          double         from,
          double         to)
{
  cairo_set_source_rgba (cairo, colour->red, colour->green, colour->blue, colour->alpha * opacity);
  /* From the top, clockwise. */
  cairo_arc (cairo, 0, 0, (SIZE - THICKNESS) / 2, (from * 2 - 0.5) * G_PI, (to * 2 - 0.5) * G_PI);
  cairo_stroke (cairo);
}

static void
engram_job_ring_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  double fraction = ENGRAM_JOB_RING (widget)->fraction;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &all);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cairo_translate (cairo, width / 2.0, height / 2.0);
  cairo_set_line_width (cairo, THICKNESS);
  draw_arc (cairo, &colour, FAINT, 0, 1);
  draw_arc (cairo, &colour, 1, 0, fraction >= 0 ? fraction : 0.25);
  cairo_destroy (cairo);
}

static void
engram_job_ring_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
engram_job_ring_class_init (EngramJobRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = engram_job_ring_measure;
  widget_class->snapshot = engram_job_ring_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
engram_job_ring_init (EngramJobRing *self)
{
  self->fraction = -1;
}

GtkWidget *
engram_job_ring_new (void)
{
  return g_object_new (ENGRAM_TYPE_JOB_RING, NULL);
}

void
engram_job_ring_set_fraction (EngramJobRing *self,
                              double         fraction)
{
  g_return_if_fail (ENGRAM_IS_JOB_RING (self));

  /* A tenth of a pixel is not seen. */
  if (fabs (self->fraction - fraction) < 0.002)
    return;
  self->fraction = fraction;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
