/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-legend-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "common/engram-text-format.h"

#define SWATCH_SIZE 12
#define RAMP_WIDTH 128

struct _EngramLegendView {
  GtkWidget     parent_instance;

  GtkWidget    *box;
  EngramLegend *legend; /* or NULL */
};

G_DEFINE_FINAL_TYPE (EngramLegendView, engram_legend_view, GTK_TYPE_WIDGET)

typedef struct {
  guint8 colours[32][4];
  guint n_colours;
} Ramp;

static void
draw_ramp_cb (GtkDrawingArea *area,
              cairo_t        *cairo,
              int             width,
              int             height,
              gpointer        user_data)
{
  const Ramp *ramp = user_data;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, width, 0);

  for (guint i = 0; i < ramp->n_colours; i++)
    cairo_pattern_add_color_stop_rgb (pattern, ramp->n_colours > 1 ? i / (ramp->n_colours - 1.0) : 0,
                                      ramp->colours[i][0] / 255.0, ramp->colours[i][1] / 255.0, ramp->colours[i][2] / 255.0);
  cairo_set_source (cairo, pattern);
  cairo_pattern_destroy (pattern);
  if (ramp->n_colours == 1)
    cairo_arc (cairo, width / 2.0, height / 2.0, MIN (width, height) / 2.0 - 1, 0, 2 * G_PI);
  else
    cairo_rectangle (cairo, 0, 0, width, height);
  cairo_fill (cairo);
}

static GtkWidget *
make_ramp (const guint8 (*colours)[4],
           guint          n_colours,
           int            width)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Ramp *ramp = g_new0 (Ramp, 1);

  ramp->n_colours = n_colours;
  memcpy (ramp->colours, colours, n_colours * sizeof *colours);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), width);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SWATCH_SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_ramp_cb, ramp, g_free);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

/* In as many lines as it takes: its end may be what matters, as in "Community (before the last change)". */
static void
add_text (EngramLegendView *self,
          const char       *text,
          const char       *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
add_entry (EngramLegendView        *self,
           const EngramLegendEntry *entry)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *count = engram_format_count (entry->count);
  /* Translators: an entry of a legend: a type of neurons, and how many there are. */
  g_autofree char *text = g_strdup_printf (_("%s (%s)"), entry->label, count);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (row), make_ramp (&entry->colour, 1, SWATCH_SIZE));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
add_scale (EngramLegendView   *self,
           const EngramLegend *legend)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *low = engram_format_rounded (legend->low), *high = engram_format_rounded (legend->high);

  gtk_box_append (GTK_BOX (row), gtk_label_new (low));
  gtk_box_append (GTK_BOX (row), make_ramp (legend->ramp, G_N_ELEMENTS (legend->ramp), RAMP_WIDTH));
  gtk_box_append (GTK_BOX (row), gtk_label_new (high));
  gtk_box_append (GTK_BOX (self->box), row);
}

void
engram_legend_view_set_legend (EngramLegendView   *self,
                               const EngramLegend *legend)
{
  g_return_if_fail (ENGRAM_IS_LEGEND_VIEW (self));

  EngramLegend *kept = legend != NULL ? engram_legend_copy (legend) : NULL;
  GtkWidget *child;

  engram_legend_free (self->legend);
  self->legend = kept;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  gtk_widget_set_visible (GTK_WIDGET (self), legend != NULL && (legend->title != NULL || legend->size_title != NULL));
  if (legend == NULL)
    return;
  if (legend->title != NULL)
    add_text (self, legend->title, "heading");
  for (guint i = 0; i < legend->entries->len; i++)
    add_entry (self, g_ptr_array_index (legend->entries, i));
  if (legend->scale)
    add_scale (self, legend);
  if (legend->note != NULL)
    add_text (self, legend->note, "caption");
  if (legend->size_title != NULL)
    {
      /* Translators: in a legend: what the size of a point stands for. */
      g_autofree char *text = g_strdup_printf (_("Size: %s"), legend->size_title);

      add_text (self, text, "caption");
    }
}

const EngramLegend *
engram_legend_view_get_legend (EngramLegendView *self)
{
  g_return_val_if_fail (ENGRAM_IS_LEGEND_VIEW (self), NULL);

  return self->legend;
}

static void
engram_legend_view_finalize (GObject *object)
{
  engram_legend_free (ENGRAM_LEGEND_VIEW (object)->legend);

  G_OBJECT_CLASS (engram_legend_view_parent_class)->finalize (object);
}

static void
engram_legend_view_dispose (GObject *object)
{
  EngramLegendView *self = ENGRAM_LEGEND_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_legend_view_parent_class)->dispose (object);
}

static void
engram_legend_view_class_init (EngramLegendViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_legend_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_legend_view_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "legend");
}

static void
engram_legend_view_init (EngramLegendView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}
