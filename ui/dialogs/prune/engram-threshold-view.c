/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-threshold-view.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <math.h>
#include <string.h>

#include "common/engram-text-format.h"
#include "filters/engram-histogram-bars.h"

#define BARS_HEIGHT 120
#define AXIS_HEIGHT 22
#define MIN_WIDTH 200
#define NATURAL_WIDTH 480

#define LINE_WIDTH 2
#define GRIP_WIDTH 9
#define GRIP_HEIGHT 24
#define STRIPE 8
#define PALE 0.3

/* Thresholds are whole numbers of parts so small, and those that are pointed at of hundredths. */
#define FINEST_PARTS 1e6
#define POINTER_PARTS 100
/* Within so much two are the same. */
#define CLOSE (0.5 / FINEST_PARTS)

struct _EngramThresholdView {
  GtkWidget  parent_instance;

  guint64    counts[ENGRAM_PRUNE_BINS];
  double     threshold;
  char      *meaning;
  double     drag_start; /* x */
};

enum {
  PROP_0,
  PROP_THRESHOLD,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramThresholdView, engram_threshold_view, GTK_TYPE_WIDGET)

char *
engram_threshold_format (double threshold)
{
  char *text = g_strdup_printf ("%.6f", threshold);
  gsize radix_length = strlen (nl_langinfo (RADIXCHAR));
  gsize length = strlen (text);

  while (length > 1 && text[length - 1] == '0')
    length--;
  text[length] = '\0';
  if (g_str_has_suffix (text, nl_langinfo (RADIXCHAR)))
    text[length - radix_length] = '\0';
  return text;
}

/* Drawing */

static double
get_line_x (EngramThresholdView *self,
            int                  side)
{
  return engram_histogram_get_x (GTK_WIDGET (self), (1 + side * self->threshold) / 2);
}

static void
snapshot_bars (EngramThresholdView *self,
               GtkSnapshot         *snapshot,
               const GdkRGBA       *color)
{
  EngramHistogramBars bars;

  engram_histogram_bars_init (&bars, GTK_WIDGET (self), self->counts, ENGRAM_PRUNE_BINS);
  bars.height = gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_HEIGHT;
  bars.gap = 0;
  for (guint bin = 0; bin < ENGRAM_PRUNE_BINS; bin++)
    engram_histogram_bars_snapshot (&bars, snapshot, bin, color);
}

/* Bars within a part of the width. */
static void
snapshot_bars_within (EngramThresholdView *self,
                      GtkSnapshot         *snapshot,
                      double               from,
                      double               to,
                      const GdkRGBA       *color)
{
  if (to <= from)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (from, 0, to - from,
                                                         gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_HEIGHT));
  snapshot_bars (self, snapshot, color);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_stripes (EngramThresholdView *self,
                  GtkSnapshot         *snapshot,
                  double               from,
                  double               to,
                  const GdkRGBA       *color)
{
  GdkRGBA none = { color->red, color->green, color->blue, 0 }, faint = *color;
  GskColorStop stops[4];

  if (to <= from)
    return;
  faint.alpha *= PALE;
  stops[0] = (GskColorStop) { 0, faint };
  stops[1] = (GskColorStop) { 0.3, faint };
  stops[2] = (GskColorStop) { 0.3, none };
  stops[3] = (GskColorStop) { 1, none };
  gtk_snapshot_append_repeating_linear_gradient (snapshot,
                                                 &GRAPHENE_RECT_INIT (from, 0, to - from,
                                                                      gtk_widget_get_height (GTK_WIDGET (self)) -
                                                                      AXIS_HEIGHT),
                                                 &GRAPHENE_POINT_INIT (0, 0),
                                                 &GRAPHENE_POINT_INIT (STRIPE / 2.0, STRIPE / 2.0),
                                                 stops, G_N_ELEMENTS (stops));
}

/* A line, and a grip on its outer side. @outwards: 1 where that is to the right */
static void
snapshot_line (EngramThresholdView *self,
               GtkSnapshot         *snapshot,
               double               x,
               int                  outwards,
               const GdkRGBA       *color)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_HEIGHT;
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double left = CLAMP (outwards > 0 ? x : x - LINE_WIDTH, 0, width - LINE_WIDTH);
  double grip_left = CLAMP (outwards > 0 ? x : x - GRIP_WIDTH, 0, width - GRIP_WIDTH);
  GskRoundedRect grip;

  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (left, 0, LINE_WIDTH, height));
  gsk_rounded_rect_init_from_rect (&grip, &GRAPHENE_RECT_INIT (grip_left, (height - GRIP_HEIGHT) / 2, GRIP_WIDTH,
                                                               GRIP_HEIGHT), 3);
  gtk_snapshot_push_rounded_clip (snapshot, &grip);
  gtk_snapshot_append_color (snapshot, color, &grip.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_number (EngramThresholdView *self,
                 GtkSnapshot         *snapshot,
                 double               number,
                 const GdkRGBA       *color)
{
  g_autofree char *text = engram_format_rounded (number);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  double x = engram_histogram_get_x (GTK_WIDGET (self), (1 + number) / 2);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = CLAMP (x - width / 2.0, 0, gtk_widget_get_width (GTK_WIDGET (self)) - width);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_HEIGHT +
                                                          (AXIS_HEIGHT - height) / 2.0));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_axis (EngramThresholdView *self,
               GtkSnapshot         *snapshot,
               const GdkRGBA       *color)
{
  GdkRGBA faint = *color;

  faint.alpha *= PALE;
  gtk_snapshot_append_color (snapshot, &faint,
                             &GRAPHENE_RECT_INIT (0, gtk_widget_get_height (GTK_WIDGET (self)) - AXIS_HEIGHT,
                                                  gtk_widget_get_width (GTK_WIDGET (self)), 1));
  for (int half = -2; half <= 2; half++)
    snapshot_number (self, snapshot, half / 2.0, color);
}

static void
engram_threshold_view_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  EngramThresholdView *self = ENGRAM_THRESHOLD_VIEW (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  double first = MIN (get_line_x (self, -1), get_line_x (self, 1));
  double second = MAX (get_line_x (self, -1), get_line_x (self, 1));
  GdkRGBA color, bar_color, pale;

  gtk_style_context_get_color (context, &color);
  if (!gtk_style_context_lookup_color (context, "accent_color", &bar_color))
    bar_color = color;
  pale = bar_color;
  pale.alpha *= PALE;
  snapshot_bars_within (self, snapshot, 0, first, &bar_color);
  snapshot_bars_within (self, snapshot, first, second, &pale);
  snapshot_bars_within (self, snapshot, second, gtk_widget_get_width (widget), &bar_color);
  snapshot_stripes (self, snapshot, first, second, &color);
  snapshot_axis (self, snapshot, &color);
  snapshot_line (self, snapshot, first, -1, &color);
  snapshot_line (self, snapshot, second, 1, &color);
}

static void
engram_threshold_view_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : BARS_HEIGHT + AXIS_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : *minimum;
}

/* Pointing */

/* Both lines move alike, whichever is nearer. */
static void
point_at (EngramThresholdView *self,
          double               x)
{
  double weight = fabs (2 * engram_histogram_get_part (GTK_WIDGET (self), x) - 1);

  engram_threshold_view_set_threshold (self, round (weight * POINTER_PARTS) / POINTER_PARTS);
}

static void
drag_begin_cb (EngramThresholdView *self,
               double               x,
               double               y,
               GtkGesture          *gesture)
{
  self->drag_start = x;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  point_at (self, x);
}

static void
drag_update_cb (EngramThresholdView *self,
                double               offset_x,
                double               offset_y)
{
  point_at (self, self->drag_start + offset_x);
}

/* Keys */

/* The key bindings' numbers. */
typedef enum {
  STEP_LESS,
  STEP_MORE,
  STEP_LEFT,
  STEP_RIGHT,
  STEP_PAGE_LESS,
  STEP_PAGE_MORE,
  STEP_NONE,
  STEP_ALL,
} Step;

/* In ten-thousandths: how far it is from one threshold to the next above it. */
static int
get_unit (int threshold)
{
  if (threshold < 10)
    return 1;
  if (threshold < 100)
    return 10;
  return threshold < 1000 ? 50 : 100;
}

static double
step_up (double threshold)
{
  int below = (int) floor (threshold * 1e4 + CLOSE);
  int unit = get_unit (below);

  return (below / unit + 1) * unit / 1e4;
}

static double
step_down (double threshold)
{
  int above = (int) ceil (threshold * 1e4 - CLOSE);
  int unit;

  if (above <= 0)
    return 0;
  unit = get_unit (above - 1);
  return (above - 1) / unit * unit / 1e4;
}

static double
page (double threshold,
      int    direction)
{
  const double stops[] = { 0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1 };

  if (direction > 0)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
        if (stops[i] > threshold + CLOSE)
          return stops[i];
      return 1;
    }
  for (gsize i = G_N_ELEMENTS (stops); i > 0; i--)
    if (stops[i - 1] < threshold - CLOSE)
      return stops[i - 1];
  return 0;
}

static double
get_step_target (EngramThresholdView *self,
                 Step                 step)
{
  gboolean is_right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (step)
    {
    case STEP_LEFT:
      return is_right_to_left ? step_up (self->threshold) : step_down (self->threshold);
    case STEP_RIGHT:
      return is_right_to_left ? step_down (self->threshold) : step_up (self->threshold);
    case STEP_LESS:
      return step_down (self->threshold);
    case STEP_MORE:
      return step_up (self->threshold);
    case STEP_PAGE_LESS:
      return page (self->threshold, -1);
    case STEP_PAGE_MORE:
      return page (self->threshold, 1);
    case STEP_NONE:
      return 0;
    case STEP_ALL:
      return 1;
    default:
      g_return_val_if_reached (0);
    }
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  EngramThresholdView *self = ENGRAM_THRESHOLD_VIEW (widget);

  engram_threshold_view_set_threshold (self, get_step_target (self, (Step) g_variant_get_int32 (arguments)));
  return TRUE;
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  const struct { guint key, keypad_key; Step step; } bindings[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, STEP_LEFT },
    { GDK_KEY_Right, GDK_KEY_KP_Right, STEP_RIGHT },
    { GDK_KEY_Down, GDK_KEY_KP_Down, STEP_LESS },
    { GDK_KEY_Up, GDK_KEY_KP_Up, STEP_MORE },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, STEP_PAGE_LESS },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, STEP_PAGE_MORE },
    { GDK_KEY_Home, GDK_KEY_KP_Home, STEP_NONE },
    { GDK_KEY_End, GDK_KEY_KP_End, STEP_ALL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    {
      gtk_widget_class_add_binding (widget_class, bindings[i].key, 0, step_cb, "i", bindings[i].step);
      gtk_widget_class_add_binding (widget_class, bindings[i].keypad_key, 0, step_cb, "i", bindings[i].step);
    }
}

/* GObject */

static void
update_accessible (EngramThresholdView *self)
{
  g_autofree char *number = engram_threshold_format (self->threshold);
  g_autofree char *text = self->meaning != NULL ? g_strdup_printf ("%s: %s", number, self->meaning)
                                                : g_strdup (number);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->threshold,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
engram_threshold_view_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_THRESHOLD:
      g_value_set_double (value, ENGRAM_THRESHOLD_VIEW (object)->threshold);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_threshold_view_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_THRESHOLD:
      engram_threshold_view_set_threshold (ENGRAM_THRESHOLD_VIEW (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_threshold_view_finalize (GObject *object)
{
  g_free (ENGRAM_THRESHOLD_VIEW (object)->meaning);

  G_OBJECT_CLASS (engram_threshold_view_parent_class)->finalize (object);
}

static void
engram_threshold_view_class_init (EngramThresholdViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = engram_threshold_view_finalize;
  object_class->get_property = engram_threshold_view_get_property;
  object_class->set_property = engram_threshold_view_set_property;
  widget_class->measure = engram_threshold_view_measure;
  widget_class->snapshot = engram_threshold_view_snapshot;

  properties[PROP_THRESHOLD] =
    g_param_spec_double ("threshold", NULL, NULL, 0, 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_css_name (widget_class, "thresholdview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  add_bindings (widget_class);
}

static void
engram_threshold_view_init (EngramThresholdView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Threshold"), -1);
  update_accessible (self);
}

GtkWidget *
engram_threshold_view_new (void)
{
  return g_object_new (ENGRAM_TYPE_THRESHOLD_VIEW, NULL);
}

void
engram_threshold_view_set_histogram (EngramThresholdView *self,
                                     const guint64        counts[ENGRAM_PRUNE_BINS])
{
  g_return_if_fail (ENGRAM_IS_THRESHOLD_VIEW (self));

  memcpy (self->counts, counts, sizeof self->counts);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
engram_threshold_view_get_threshold (EngramThresholdView *self)
{
  g_return_val_if_fail (ENGRAM_IS_THRESHOLD_VIEW (self), 0);

  return self->threshold;
}

void
engram_threshold_view_set_threshold (EngramThresholdView *self,
                                     double               threshold)
{
  g_return_if_fail (ENGRAM_IS_THRESHOLD_VIEW (self));

  threshold = CLAMP (round (threshold * FINEST_PARTS) / FINEST_PARTS, 0, 1);
  if (self->threshold == threshold)
    return;
  self->threshold = threshold;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THRESHOLD]);
}

void
engram_threshold_view_set_meaning (EngramThresholdView *self,
                                   const char          *meaning)
{
  g_return_if_fail (ENGRAM_IS_THRESHOLD_VIEW (self));

  if (g_strcmp0 (self->meaning, meaning) == 0)
    return;
  g_free (self->meaning);
  self->meaning = g_strdup (meaning);
  update_accessible (self);
}
