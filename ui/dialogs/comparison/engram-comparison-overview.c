/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-comparison-overview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "filters/engram-histogram-view.h"

#define MAX_WIDTH 640

/* So many fields are named; the others are few of each. */
#define MAX_FIELDS 12

static GtkWidget *
create_label (const char *text,
              const char *style,
              float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Counts */

static void
add_count (GtkGrid    *grid,
           int         column,
           int         row,
           const char *title,
           const char *kind,
           guint64     count)
{
  g_autofree char *text = engram_format_count (count);
  /* Translators: "Neurons, Added: 12". */
  g_autofree char *name = g_strdup_printf (_("%s, %s: %s"), kind, title, text);
  GtkWidget *label = create_label (text, count > 0 ? "numeric" : "dim-label", 1);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
add_counts (GtkGrid                      *grid,
            int                           column,
            const char                   *kind,
            const EngramComparisonCounts *counts)
{
  const struct {
    const char *title;
    guint64     count;
  } rows[] = {
    { _("Added"), counts->added },
    { _("Removed"), counts->removed },
    { _("Changed"), counts->changed },
    { _("The Same"), counts->same },
  };

  gtk_grid_attach (grid, create_label (kind, "heading", 1), column, 0, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (column == 1)
        gtk_grid_attach (grid, create_label (rows[i].title, NULL, 0), 0, (int) i + 1, 1, 1);
      add_count (grid, column, (int) i + 1, rows[i].title, kind, rows[i].count);
    }
}

static GtkWidget *
create_counts (EngramComparison *comparison)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "engram-comparison-counts");
  add_counts (GTK_GRID (grid), 1, _("Neurons"), engram_comparison_get_counts (comparison, ENGRAM_RECORD_NEURON));
  add_counts (GTK_GRID (grid), 2, _("Synapses"), engram_comparison_get_counts (comparison, ENGRAM_RECORD_SYNAPSE));
  return grid;
}

/* Fields */

static char *
dup_fields (EngramComparison *comparison,
            EngramRecordKind  kind)
{
  GString *text = g_string_new (NULL);
  guint n_fields = engram_comparison_get_n_fields (comparison, kind), n_named = 0;

  for (guint field = 0; field < n_fields; field++)
    {
      g_autofree char *count = NULL;
      guint64 n_rows;
      const char *name = engram_comparison_get_field_name (comparison, kind, field, &n_rows);

      if (n_rows == 0 || n_named++ >= MAX_FIELDS)
        continue;
      count = engram_format_count (n_rows);
      /* Translators: the name of a field, and in how many records it differs. */
      g_string_append_printf (text, text->len > 0 ? _(", %s (%s)") : _("%s (%s)"), name, count);
    }
  if (n_named > MAX_FIELDS)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static void
add_fields (GtkBox           *box,
            EngramComparison *comparison,
            EngramRecordKind  kind,
            const char       *title)
{
  g_autofree char *fields = dup_fields (comparison, kind);

  if (*fields == '\0')
    return;
  gtk_box_append (box, create_label (title, "heading", 0));
  gtk_box_append (box, create_label (fields, NULL, 0));
}

/* Histograms */

static char *
format_number (double number)
{
  return engram_format_rounded (number);
}

static char *
dup_range (const EngramHistogram *histogram)
{
  g_autofree char *low = engram_format_rounded (histogram->minimum);
  g_autofree char *high = engram_format_rounded (histogram->maximum);
  g_autofree char *mean = engram_format_rounded (histogram->mean);
  g_autofree char *count = engram_format_count (histogram->n_values);

  /* Translators: how many there are, the least and the greatest number, and their mean. */
  return g_strdup_printf (_("%s, from %s to %s, on average %s"), count, low, high, mean);
}

static void
add_histogram (GtkBox                *box,
               const char            *title,
               const EngramHistogram *histogram)
{
  g_autofree char *range = NULL;
  GtkWidget *view;

  if (histogram->n_values == 0)
    return;
  range = dup_range (histogram);
  view = engram_histogram_view_new (title);
  engram_histogram_view_set_histogram (ENGRAM_HISTOGRAM_VIEW (view), histogram, format_number);
  gtk_box_append (box, create_label (title, "heading", 0));
  gtk_box_append (box, view);
  gtk_box_append (box, create_label (range, "caption", 0));
}

GtkWidget *
engram_comparison_overview_new (EngramCompared *compared)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkBox *box = GTK_BOX (content);

  gtk_widget_add_css_class (content, "engram-comparison");
  gtk_box_append (box, create_label (compared->differences->summary, NULL, 0));
  gtk_box_append (box, create_counts (compared->comparison));
  add_fields (box, compared->comparison, ENGRAM_RECORD_NEURON, _("Changed Fields of Neurons"));
  add_fields (box, compared->comparison, ENGRAM_RECORD_SYNAPSE, _("Changed Fields of Synapses"));
  add_histogram (box, _("Weight Changes"), &compared->weight_changes);
  add_histogram (box, _("Vector Drift"), &compared->drifts);
  add_histogram (box, _("Moves in Space"), &compared->moves);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Overview"), -1);
  return scroller;
}
