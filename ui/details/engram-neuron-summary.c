/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-neuron-summary.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-group.h"
#include "details/engram-vector-picture.h"
#include "details/engram-vector-view.h"

/* A longer text is shown as a field, and its beginning as the heading. */
#define MAX_HEADING 240
/* A longer vector is drawn in part. */
#define MAX_DRAWN 65536

/* Heading */

static gboolean
is_short (const char *text)
{
  return text != NULL && g_utf8_strlen (text, -1) <= MAX_HEADING;
}

/* Returns: the column that the heading shows whole, or 0 */
static EngramNeuronColumns
find_heading_column (const EngramNeuron *neuron)
{
  const char *summary = engram_neuron_get_summary (neuron);

  if (!is_short (summary))
    return 0;
  if (summary == neuron->source_data)
    return ENGRAM_NEURON_SOURCE_DATA;
  return summary == neuron->function_signature ? ENGRAM_NEURON_FUNCTION_SIGNATURE : 0;
}

static GtkWidget *
make_view_button (const char *icon_name,
                  const char *action_name,
                  const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  engram_control_set_name (button, name);
  return button;
}

/* The type, and where else the neuron can be seen. */
static GtkWidget *
make_top_line (GtkWidget *type)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_hexpand (type, TRUE);
  gtk_box_append (GTK_BOX (line), type);
  gtk_box_append (GTK_BOX (line), make_view_button ("engram-graph-symbolic", "page.show-in-graph", _("Show in the Graph")));
  gtk_box_append (GTK_BOX (line), make_view_button ("engram-space-symbolic", "page.show-in-space", _("Show in the Space")));
  return line;
}

/**
 * engram_neuron_summary_add_heading:
 * @box: where it is added
 * @neuron: a neuron
 *
 * Adds the neuron's type and what stands for it in a list.
 *
 * Returns: the column whose whole content that is, or 0
 */
EngramNeuronColumns
engram_neuron_summary_add_heading (GtkBox             *box,
                                   const EngramNeuron *neuron)
{
  EngramNeuronColumns column = find_heading_column (neuron);
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *type_label = engram_type_style_dup_label (neuron->type);
  g_autofree char *line = engram_format_line (engram_neuron_get_summary (neuron), MAX_HEADING);
  GtkWidget *type = gtk_label_new (type_label);
  GtkWidget *text = engram_value_text_new (column != 0 ? engram_neuron_get_summary (neuron) : line);

  gtk_widget_set_halign (type, GTK_ALIGN_START);
  gtk_label_set_ellipsize (GTK_LABEL (type), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (type, "engram-type");
  gtk_widget_add_css_class (type, "caption-heading");
  engram_type_style_apply (type, neuron->type != NULL ? neuron->type : "");
  gtk_widget_add_css_class (text, "title-4");
  gtk_box_append (GTK_BOX (heading), make_top_line (type));
  gtk_box_append (GTK_BOX (heading), text);
  gtk_box_append (box, heading);
  return column;
}

/* What cannot be read. The vector says it in its own place. */

static const struct {
  EngramNeuronColumns column;
  const char *message;
} problems[] = {
  { ENGRAM_NEURON_ID, N_("The id cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_POSITION, N_("The position cannot be read: it is not three numbers.") },
  { ENGRAM_NEURON_TYPE, N_("The type cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_METADATA, N_("The metadata cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_ACTIVATION_LEVEL, N_("The activation cannot be read: it is not a number.") },
  { ENGRAM_NEURON_CREATED_AT, N_("The time of creation cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_MODIFIED_AT, N_("The time of change cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_SOURCE_DATA, N_("The source data cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_COMPRESSION_RATIO, N_("The compression ratio cannot be read: it is not a number.") },
  { ENGRAM_NEURON_SEMANTIC_TAGS, N_("The tags cannot be read: they are not text in UTF-8.") },
  { ENGRAM_NEURON_FUNCTION_SIGNATURE, N_("The signature cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_EXECUTABLE_CODE, N_("The code cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_INPUT_SCHEMA, N_("The input schema cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_OUTPUT_SCHEMA, N_("The output schema cannot be read: it is not text in UTF-8.") },
  { ENGRAM_NEURON_EXECUTION_COUNT, N_("The execution count cannot be read: it is not a whole number.") },
  { ENGRAM_NEURON_AVERAGE_EXECUTION_TIME,
    N_("The average execution time cannot be read: it is not a number.") },
  { ENGRAM_NEURON_ACTIVATION_THRESHOLD, N_("The activation threshold cannot be read: it is not a number.") },
  { ENGRAM_NEURON_FIELDS, N_("The fields without a column cannot be read: they are not text in UTF-8.") },
};

/**
 * engram_neuron_summary_add_problems:
 * @box: where it is added
 * @neuron: a neuron
 *
 * Says what of the neuron cannot be read; adds nothing where all can.
 */
void
engram_neuron_summary_add_problems (GtkBox             *box,
                                    const EngramNeuron *neuron)
{
  GtkWidget *group;
  GtkListBox *rows;

  if ((neuron->odd & ~ENGRAM_NEURON_VECTOR) == 0)
    return;
  group = engram_group_new (_("Problems"), &rows);
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if ((neuron->odd & problems[i].column) != 0)
      engram_group_add_note (rows, "dialog-warning-symbolic", _(problems[i].message));
  gtk_box_append (box, group);
}

/* Common fields */

static GtkWidget *
activation_new (double level)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 1);
  g_autofree char *number = engram_format_real (level);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), CLAMP (level, 0, 1));
  gtk_widget_set_size_request (bar, 96, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "engram-activation");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Activation"), -1);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), engram_value_label_new (number));
  return box;
}

/**
 * engram_neuron_summary_add_common:
 * @box: where it is added
 * @neuron: a neuron
 *
 * Adds activation, position, times and id.
 */
void
engram_neuron_summary_add_common (GtkBox             *box,
                                  const EngramNeuron *neuron)
{
  GtkListBox *rows;
  GtkWidget *group = engram_group_new (_("Neuron"), &rows);
  g_autofree char *position = engram_format_position (neuron->position, 3);
  EngramNeuronColumns missing = neuron->odd | neuron->nulls;

  if ((missing & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0)
    engram_group_add_beside (rows, _("Activation"), engram_value_none_new ());
  else
    engram_group_add_beside (rows, _("Activation"), activation_new (neuron->activation_level));
  engram_group_add_text (rows, _("Position"), position);
  engram_group_add_identity (rows, neuron->created_at, neuron->modified_at, neuron->id);
  gtk_box_append (box, group);
}

/* Vector */

static GtkWidget *
caption_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* The colours' meaning: a strip between the two ends of the scale. */
static GtkWidget *
scale_new (const EngramVectorFigures *figures)
{
  double limit = MAX (fabs (figures->minimum), fabs (figures->maximum));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *low = engram_format_rounded (-limit);
  g_autofree char *high = engram_format_rounded (limit);

  gtk_widget_add_css_class (strip, "engram-vector-scale");
  gtk_widget_set_hexpand (strip, TRUE);
  gtk_widget_set_valign (strip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), caption_new (low));
  gtk_box_append (GTK_BOX (box), strip);
  gtk_box_append (GTK_BOX (box), caption_new (high));
  return box;
}

static char *
describe_vector (const EngramNeuron        *neuron,
                 const EngramVectorFigures *figures)
{
  g_autofree char *count = engram_format_count (neuron->vector_length);
  g_autofree char *norm = engram_format_rounded (figures->norm);
  g_autofree char *minimum = engram_format_rounded (figures->minimum);
  g_autofree char *maximum = engram_format_rounded (figures->maximum);
  g_autofree char *mean = engram_format_rounded (figures->mean);

  /* Translators: how many numbers a vector has, its norm, its smallest and greatest number, their mean. */
  return g_strdup_printf (ngettext ("%s number · norm %s · from %s to %s · mean %s",
                                    "%s numbers · norm %s · from %s to %s · mean %s",
                                    neuron->vector_length),
                          count, norm, minimum, maximum, mean);
}

static void
pointed_changed_cb (EngramVectorView *view,
                    GParamSpec       *pspec,
                    GtkLabel         *label)
{
  g_autofree char *text = engram_vector_view_dup_pointed (view);

  gtk_label_set_text (label, text != NULL ? text : _("Point at a cell to read its number."));
}

static GtkWidget *
vector_new (const EngramNeuron *neuron)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *view = engram_vector_view_new (), *pointed = caption_new (NULL);
  EngramVectorFigures figures;
  g_autofree char *description = NULL;

  engram_vector_get_figures (neuron->vector, neuron->vector_length, &figures);
  description = describe_vector (neuron, &figures);
  engram_vector_view_set_vector (ENGRAM_VECTOR_VIEW (view), neuron->vector,
                                 MIN (neuron->vector_length, MAX_DRAWN));
  g_signal_connect_object (view, "notify::pointed", G_CALLBACK (pointed_changed_cb), pointed, 0);
  pointed_changed_cb (ENGRAM_VECTOR_VIEW (view), NULL, GTK_LABEL (pointed));

  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), scale_new (&figures));
  gtk_box_append (GTK_BOX (box), pointed);
  gtk_box_append (GTK_BOX (box), caption_new (description));
  return box;
}

static void
add_vector_notes (GtkListBox         *rows,
                  const EngramNeuron *neuron)
{
  EngramVectorFigures figures;

  engram_vector_get_figures (neuron->vector, neuron->vector_length, &figures);
  if (figures.n_broken > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u number is not finite (grey).", "%u numbers are not finite (grey).",
                                   figures.n_broken), figures.n_broken);

      engram_group_add_note (rows, "dialog-warning-symbolic", text);
    }
  if (neuron->vector_length > MAX_DRAWN)
    {
      g_autofree char *count = engram_format_count (MAX_DRAWN);
      g_autofree char *text = g_strdup_printf (_("The picture shows the first %s numbers."), count);

      engram_group_add_note (rows, NULL, text);
    }
}

/**
 * engram_neuron_summary_add_vector:
 * @box: where it is added
 * @neuron: a neuron with its vector
 *
 * Adds the vector as a picture, or says that there is none.
 */
void
engram_neuron_summary_add_vector (GtkBox             *box,
                                  const EngramNeuron *neuron)
{
  GtkListBox *rows;
  GtkWidget *group = engram_group_new (_("Vector"), &rows);

  if ((neuron->odd & ENGRAM_NEURON_VECTOR) != 0)
    engram_group_add_note (rows, "dialog-warning-symbolic",
                           _("The vector cannot be read: it is not made of 4-byte numbers."));
  else if (neuron->vector_length == 0)
    engram_group_add_note (rows, NULL, _("This neuron has no vector."));
  else
    {
      engram_group_add_row (rows, _("Vector"), vector_new (neuron));
      add_vector_notes (rows, neuron);
    }
  gtk_box_append (box, group);
}
