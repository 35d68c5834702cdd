/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-figures-group.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-group.h"
#include "filters/engram-histogram-view.h"

/* More names than these are no overview. */
#define MAX_NAMES 12

static void
add_count (GtkListBox *rows,
           const char *title,
           guint64     count)
{
  g_autofree char *text = engram_format_count (count);

  engram_group_add_beside (rows, title, engram_value_label_new (text));
}

static GtkListBox *
add_group (GtkBox     *box,
           const char *title)
{
  GtkListBox *rows;

  gtk_box_append (box, engram_group_new (title, &rows));
  return rows;
}

static char *
format_range (const EngramHistogram *histogram)
{
  g_autofree char *minimum = engram_format_rounded (histogram->minimum);
  g_autofree char *maximum = engram_format_rounded (histogram->maximum);
  g_autofree char *mean = engram_format_rounded (histogram->mean);
  g_autofree char *deviation = engram_format_rounded (histogram->deviation);

  if (histogram->n_values == 0)
    return g_strdup (_("No values"));
  /* Translators: the least and the greatest number, their mean and standard deviation. */
  return g_strdup_printf (_("%s to %s, mean %s ± %s"), minimum, maximum, mean, deviation);
}

static void
add_histogram (GtkBox                *box,
               const char            *title,
               const EngramHistogram *histogram)
{
  GtkListBox *rows = add_group (box, title);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = engram_histogram_view_new (title);
  g_autofree char *range = format_range (histogram);
  GtkWidget *label = gtk_label_new (range);

  engram_histogram_view_set_histogram (ENGRAM_HISTOGRAM_VIEW (view), histogram, NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (content), view);
  gtk_box_append (GTK_BOX (content), label);
  engram_group_add_row (rows, title, content);
}

static void
add_name (GtkListBox             *rows,
          const EngramFacetValue *value,
          gboolean                is_type)
{
  g_autofree char *label = is_type ? engram_type_style_dup_label (value->name) : engram_format_line (value->name, 60);

  add_count (rows, label, value->count);
}

static void
add_names (GtkBox     *box,
           const char *title,
           GPtrArray  *values,
           gboolean    are_types)
{
  GtkListBox *rows;

  if (values->len == 0)
    return;
  rows = add_group (box, title);
  for (guint i = 0; i < MIN (values->len, MAX_NAMES); i++)
    add_name (rows, g_ptr_array_index (values, i), are_types);
  if (values->len > MAX_NAMES)
    {
      guint n_more = values->len - MAX_NAMES;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      engram_group_add_row (rows, more, engram_value_label_new (more));
    }
}

void
engram_figures_add_network (GtkBox                     *box,
                            const EngramNetworkFigures *figures)
{
  GtkListBox *rows = add_group (box, _("Network"));

  add_count (rows, _("Neurons"), figures->n_neurons);
  add_count (rows, _("Synapses"), figures->n_synapses);
  add_count (rows, _("Inhibiting synapses"), figures->n_inhibiting);
  if (figures->n_dangling > 0)
    add_count (rows, _("Synapses without an end"), figures->n_dangling);
  add_count (rows, _("Numbers in a vector"), figures->dimension);
  add_count (rows, _("Connected parts"), figures->n_components);
  add_count (rows, _("Neurons in the largest part"), figures->largest_component);
  add_count (rows, _("Neurons without a synapse"), figures->n_isolated);
  add_names (box, _("Types"), figures->types, TRUE);
  add_histogram (box, _("Synapses of a Neuron"), &figures->degree);
  add_histogram (box, _("Weights"), &figures->weight);
  add_histogram (box, _("Activation"), &figures->activation);
}

/* What is selected */

static void
add_extent (GtkListBox                   *rows,
            const EngramSelectionFigures *figures)
{
  g_autofree char *low = engram_format_position (figures->position_low, 1);
  g_autofree char *high = engram_format_position (figures->position_high, 1);
  g_autofree char *mean = engram_format_position (figures->position_mean, 1);

  if (!isfinite (figures->position_mean[0]))
    return;
  engram_group_add_below (rows, _("Position, least x, y, z"), engram_value_label_new (low));
  engram_group_add_below (rows, _("Position, greatest"), engram_value_label_new (high));
  engram_group_add_below (rows, _("Position, mean"), engram_value_label_new (mean));
}

static void
add_neurons (GtkBox                       *box,
             const EngramSelectionFigures *figures)
{
  GtkListBox *rows = add_group (box, _("Selected Neurons"));

  add_count (rows, _("Neurons"), figures->n_neurons);
  add_count (rows, _("Synapses among them"), figures->n_inner);
  add_count (rows, _("Synapses to others"), figures->n_outer);
  if (figures->n_without_vector > 0)
    add_count (rows, _("Without a vector"), figures->n_without_vector);
  add_extent (rows, figures);
  add_names (box, _("Types"), figures->types, TRUE);
  add_names (box, _("Tags"), figures->tags, FALSE);
  add_histogram (box, _("Activation"), &figures->activation);
  if (figures->importance.n_values > 0)
    add_histogram (box, _("Importance"), &figures->importance);
  add_histogram (box, _("Synapses of a Neuron"), &figures->degree);
}

static void
add_synapses (GtkBox                       *box,
              const EngramSelectionFigures *figures)
{
  GtkListBox *rows = add_group (box, _("Selected Synapses"));
  g_autofree char *sum = engram_format_rounded (figures->weight_sum);

  add_count (rows, _("Synapses"), figures->n_synapses);
  engram_group_add_beside (rows, _("Sum of weights"), engram_value_label_new (sum));
  add_names (box, _("Types"), figures->synapse_types, FALSE);
  add_histogram (box, _("Weights"), &figures->weight);
  add_histogram (box, _("Usage"), &figures->usage);
}

void
engram_figures_add_selection (GtkBox                       *box,
                              const EngramSelectionFigures *figures,
                              EngramRecordKind              kind)
{
  if (kind == ENGRAM_RECORD_NEURON)
    add_neurons (box, figures);
  else
    add_synapses (box, figures);
}
