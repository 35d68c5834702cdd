/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-weight-range.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "filters/engram-histogram-view.h"

#define STEP 0.01
#define PAGE 0.1
#define DIGITS 2
#define SLIDER_WIDTH 104

enum { LOW, HIGH, N_ENDS };

struct _EngramWeightRange {
  GtkWidget            parent_instance;

  GtkWidget           *box;
  EngramHistogramView *histogram;
  GtkAdjustment       *ends[N_ENDS];
  double               low, high;    /* infinite where it is open */
  double               axis[N_ENDS];
  gboolean             showing;      /* the program moves the ends, not a person */
};

enum { RANGE_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramWeightRange, engram_weight_range, GTK_TYPE_WIDGET)

/* The weights of a scene. Its edges are sorted by strength, in each sign, so that none of them need be looked at but a
 * few. */

static float
get_strength (const EngramScene *scene,
              guint32            edge)
{
  float weight = scene->edges[edge].weight;

  return isnan (weight) ? 0 : fabsf (weight);
}

/* How many of @edges are at least as strong, or, where @more, stronger. */
static guint32
count_stronger (const EngramScene *scene,
                const guint32     *edges,
                guint32            n_edges,
                double             strength,
                gboolean           more)
{
  guint32 low = 0, high = n_edges;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      double own = get_strength (scene, edges[middle]);

      if (more ? own > strength : own >= strength)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Of the weights from @from on, up to @to: @last includes that. */
static guint32
count_weights (const EngramScene *scene,
               double             from,
               double             to,
               gboolean           last)
{
  guint32 exciting = 0, inhibiting = 0;

  if (to >= 0)
    exciting = count_stronger (scene, scene->exciting, scene->n_exciting, MAX (from, 0), FALSE)
               - count_stronger (scene, scene->exciting, scene->n_exciting, to, last);
  if (from < 0)
    inhibiting = count_stronger (scene, scene->inhibiting, scene->n_inhibiting, MAX (-to, 0), TRUE)
                 - count_stronger (scene, scene->inhibiting, scene->n_inhibiting, -from, TRUE);
  return exciting + inhibiting;
}

static void
count_bins (EngramWeightRange *self,
            const EngramScene *scene,
            EngramHistogram   *histogram)
{
  double width = (self->axis[HIGH] - self->axis[LOW]) / ENGRAM_HISTOGRAM_BINS;

  for (guint bin = 0; bin < ENGRAM_HISTOGRAM_BINS; bin++)
    histogram->bins[bin] = count_weights (scene, self->axis[LOW] + bin * width, self->axis[LOW] + (bin + 1) * width,
                                          bin + 1 == ENGRAM_HISTOGRAM_BINS);
  histogram->low = self->axis[LOW];
  histogram->high = self->axis[HIGH];
  histogram->n_values = scene->n_edges;
}

static gboolean
reaches_below (EngramWeightRange *self)
{
  return isfinite (self->low) && self->low < 0;
}

/* From -1 to 1, or as far as the weights reach; from 0 where none is below. */
static void
find_axis (EngramWeightRange *self,
           const EngramScene *scene)
{
  double strongest = scene != NULL && scene->n_edges > 0 ? get_strength (scene, 0) : 0;

  self->axis[HIGH] = MAX (ceil (strongest / STEP) * STEP, 1);
  /* Beyond 1 the histogram would take the axis for one of whole numbers. */
  self->axis[LOW] = scene != NULL && scene->n_inhibiting == 0 && !reaches_below (self) && self->axis[HIGH] <= 1
                      ? 0 : -self->axis[HIGH];
}

/* For those who cannot see it. */
static void
describe (EngramWeightRange *self,
          const EngramScene *scene)
{
  g_autofree char *low = engram_format_weight (self->axis[LOW]), *high = engram_format_weight (self->axis[HIGH]);
  guint32 n_edges = scene != NULL ? scene->n_edges : 0;
  g_autofree char *synapses = g_strdup_printf (ngettext ("%'u synapse", "%'u synapses", n_edges), n_edges);
  /* Translators: of a histogram: "1,200 synapses", and the ends of its axis. */
  g_autofree char *text = g_strdup_printf (_("%s, on an axis from %s to %s"), synapses, low, high);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->histogram), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* The range */

static void
show_range (EngramWeightRange *self)
{
  const double values[N_ENDS] = { self->low, self->high };

  self->showing = TRUE;
  for (guint i = 0; i < N_ENDS; i++)
    {
      gtk_adjustment_set_lower (self->ends[i], self->axis[LOW]);
      gtk_adjustment_set_upper (self->ends[i], self->axis[HIGH]);
      gtk_adjustment_set_value (self->ends[i], CLAMP (values[i], self->axis[LOW], self->axis[HIGH]));
    }
  engram_histogram_view_set_range (self->histogram, self->low, self->high);
  self->showing = FALSE;
}

static void
choose (EngramWeightRange *self,
        double             low,
        double             high)
{
  self->low = low <= self->axis[LOW] ? -INFINITY : low;
  self->high = high >= self->axis[HIGH] ? INFINITY : high;
  show_range (self);
  g_signal_emit (self, signals[RANGE_CHOSEN], 0, self->low, self->high);
}

/* One end pushes the other. */
static void
low_changed_cb (EngramWeightRange *self)
{
  double low = gtk_adjustment_get_value (self->ends[LOW]);

  if (!self->showing)
    choose (self, low, MAX (low, MIN (self->high, self->axis[HIGH])));
}

static void
high_changed_cb (EngramWeightRange *self)
{
  double high = gtk_adjustment_get_value (self->ends[HIGH]);

  if (!self->showing)
    choose (self, MIN (high, MAX (self->low, self->axis[LOW])), high);
}

void
engram_weight_range_set_scene (EngramWeightRange *self,
                               EngramScene       *scene)
{
  EngramHistogram histogram = { 0 };

  g_return_if_fail (ENGRAM_IS_WEIGHT_RANGE (self));

  find_axis (self, scene);
  if (scene != NULL)
    count_bins (self, scene, &histogram);
  engram_histogram_view_set_histogram (self->histogram, scene != NULL ? &histogram : NULL, engram_format_weight);
  describe (self, scene);
  show_range (self);
}

void
engram_weight_range_set_range (EngramWeightRange *self,
                               double             low,
                               double             high)
{
  g_return_if_fail (ENGRAM_IS_WEIGHT_RANGE (self));

  self->low = low;
  self->high = high;
  if (reaches_below (self))
    self->axis[LOW] = -self->axis[HIGH];
  show_range (self);
}

/* Building */

static void
add_end (EngramWeightRange *self,
         GtkGrid           *grid,
         guint              end,
         const char        *title,
         const char        *name)
{
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, self->ends[end]);
  GtkWidget *number = gtk_spin_button_new (self->ends[end], STEP, DIGITS);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_scale_set_digits (GTK_SCALE (scale), DIGITS);
  gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
  gtk_scale_set_has_origin (GTK_SCALE (scale), FALSE);
  gtk_widget_set_size_request (scale, SLIDER_WIDTH, -1);
  gtk_widget_set_hexpand (scale, TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (number), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (number), 5);
  engram_control_set_name (scale, name);
  engram_control_set_name (number, name);
  gtk_grid_attach (grid, label, 0, (int) end, 1, 1);
  gtk_grid_attach (grid, scale, 1, (int) end, 1, 1);
  gtk_grid_attach (grid, number, 2, (int) end, 1, 1);
}

static void
engram_weight_range_dispose (GObject *object)
{
  EngramWeightRange *self = ENGRAM_WEIGHT_RANGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  for (guint i = 0; i < N_ENDS; i++)
    {
      if (self->ends[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->ends[i], self);
      g_clear_object (&self->ends[i]);
    }

  G_OBJECT_CLASS (engram_weight_range_parent_class)->dispose (object);
}

static void
engram_weight_range_class_init (EngramWeightRangeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_weight_range_dispose;

  signals[RANGE_CHOSEN] = g_signal_new ("range-chosen", ENGRAM_TYPE_WEIGHT_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
make_ends (EngramWeightRange *self)
{
  GtkWidget *grid = gtk_grid_new ();

  for (guint i = 0; i < N_ENDS; i++)
    self->ends[i] = g_object_ref_sink (gtk_adjustment_new (i == LOW ? -1 : 1, -1, 1, STEP, PAGE, 0));
  g_signal_connect_swapped (self->ends[LOW], "value-changed", G_CALLBACK (low_changed_cb), self);
  g_signal_connect_swapped (self->ends[HIGH], "value-changed", G_CALLBACK (high_changed_cb), self);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  add_end (self, GTK_GRID (grid), LOW, _("From"), _("Lowest weight that is drawn"));
  add_end (self, GTK_GRID (grid), HIGH, _("To"), _("Highest weight that is drawn"));
  gtk_box_append (GTK_BOX (self->box), grid);
}

static void
engram_weight_range_init (EngramWeightRange *self)
{
  GtkWidget *title = gtk_label_new (_("Weights"));

  self->low = -INFINITY;
  self->high = INFINITY;
  self->axis[LOW] = -1;
  self->axis[HIGH] = 1;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_append (GTK_BOX (self->box), title);
  self->histogram = ENGRAM_HISTOGRAM_VIEW (engram_histogram_view_new (_("Weights")));
  g_object_set (self->histogram, "selectable", TRUE, NULL);
  g_signal_connect_swapped (self->histogram, "range-chosen", G_CALLBACK (choose), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->histogram));
  make_ends (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Weights"), -1);
}

GtkWidget *
engram_weight_range_new (void)
{
  return g_object_new (ENGRAM_TYPE_WEIGHT_RANGE, NULL);
}
