/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-synapse-summary.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-group.h"
#include "details/engram-weight-bar.h"

#define MAX_TEXT 300
#define END_ID "engram-end-id"

/* Ends */

static GtkWidget *
end_new (const char         *caption,
         const EngramNeuron *neuron,
         const char         *id)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (caption);
  g_autofree char *text = NULL;
  g_autofree char *type = NULL;

  if (neuron != NULL)
    {
      text = engram_format_line (engram_neuron_get_summary (neuron), MAX_TEXT);
      type = engram_type_style_dup_label (neuron->type);
    }
  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  if (neuron != NULL)
    gtk_box_append (GTK_BOX (box), engram_value_neuron_new (text, type, neuron->type != NULL ? neuron->type : ""));
  else
    gtk_box_append (GTK_BOX (box), engram_value_neuron_new (_("This neuron does not exist"), id, NULL));
  gtk_widget_add_css_class (box, "engram-property");
  return box;
}

static void
add_end (GtkListBox         *rows,
         const char         *caption,
         const EngramNeuron *neuron,
         const char         *id)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  text = neuron != NULL ? engram_format_line (engram_neuron_get_summary (neuron), MAX_TEXT)
                        : g_strdup (_("This neuron does not exist"));
  label = g_strconcat (caption, " ", text, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), end_new (caption, neuron, id != NULL ? id : ""));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), neuron != NULL);
  gtk_widget_set_tooltip_text (row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (neuron != NULL)
    g_object_set_data_full (G_OBJECT (row), END_ID, g_strdup (id), g_free);
  gtk_list_box_append (rows, row);
}

GtkListBox *
engram_synapse_summary_add_ends (GtkBox              *box,
                                 const EngramDetails *details)
{
  GtkListBox *rows;
  GtkWidget *group = engram_group_new (_("Synapse"), &rows);

  /* Translators: before the neuron that a synapse starts from. */
  add_end (rows, _("From"), details->ends[0], details->synapse->source_id);
  /* Translators: before the neuron that a synapse leads to. */
  add_end (rows, _("To"), details->ends[1], details->synapse->target_id);
  gtk_box_append (box, group);
  return rows;
}

const char *
engram_synapse_summary_get_id (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), END_ID);
}

/* What cannot be read */

static const struct {
  EngramSynapseColumns column;
  const char *message;
} problems[] = {
  { ENGRAM_SYNAPSE_ID, N_("The id cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_SOURCE, N_("The id of the neuron at the start cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_TARGET, N_("The id of the neuron at the end cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_WEIGHT, N_("The weight cannot be read: it is not a number.") },
  { ENGRAM_SYNAPSE_USAGE_COUNT, N_("The number of uses cannot be read: it is not a whole number.") },
  { ENGRAM_SYNAPSE_LAST_TRAVERSED, N_("The time of the last use cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_TYPE, N_("The type cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_METADATA, N_("The metadata cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_CREATED_AT, N_("The time of creation cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_MODIFIED_AT, N_("The time of change cannot be read: it is not text in UTF-8.") },
  { ENGRAM_SYNAPSE_FIELDS, N_("The fields without a column cannot be read: they are not text in UTF-8.") },
};

/**
 * engram_synapse_summary_add_problems:
 * @box: where it is added
 * @synapse: a synapse
 *
 * Says what of the synapse cannot be read; adds nothing where all can.
 */
void
engram_synapse_summary_add_problems (GtkBox              *box,
                                     const EngramSynapse *synapse)
{
  GtkWidget *group;
  GtkListBox *rows;

  if (synapse->odd == 0)
    return;
  group = engram_group_new (_("Problems"), &rows);
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if ((synapse->odd & problems[i].column) != 0)
      engram_group_add_note (rows, "dialog-warning-symbolic", _(problems[i].message));
  gtk_box_append (box, group);
}

/* Common */

static GtkWidget *
weight_new (double weight)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = engram_weight_bar_new (weight);
  g_autofree char *number = engram_format_weight (weight);
  GtkWidget *label = engram_value_label_new (number);
  char exact[ENGRAM_NUMBER_LENGTH];

  engram_number_format (weight, exact);
  gtk_widget_set_tooltip_text (label, exact);
  gtk_widget_set_size_request (bar, 96, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_used (GtkListBox          *rows,
          const EngramSynapse *synapse)
{
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, synapse->usage_count);

  if (((synapse->nulls | synapse->odd) & ENGRAM_SYNAPSE_USAGE_COUNT) != 0)
    engram_group_add_beside (rows, _("Times used"), engram_value_none_new ());
  else
    engram_group_add_text (rows, _("Times used"), count);
}

/**
 * engram_synapse_summary_add_common:
 * @box: where it is added
 * @synapse: a synapse
 *
 * Adds weight, type, use, times and id.
 */
void
engram_synapse_summary_add_common (GtkBox              *box,
                                   const EngramSynapse *synapse)
{
  GtkListBox *rows;
  GtkWidget *group = engram_group_new (_("Connection"), &rows);
  EngramSynapseColumns missing = synapse->nulls | synapse->odd;

  if ((missing & ENGRAM_SYNAPSE_WEIGHT) != 0)
    engram_group_add_beside (rows, _("Weight"), engram_value_none_new ());
  else
    engram_group_add_beside (rows, _("Weight"), weight_new (synapse->weight));
  if (synapse->type != NULL && *synapse->type != '\0')
    engram_group_add_text (rows, _("Type"), synapse->type);
  else
    engram_group_add_beside (rows, _("Type"), engram_value_none_new ());
  add_used (rows, synapse);
  engram_group_add_time (rows, _("Last traversed"), synapse->last_traversed);
  engram_group_add_identity (rows, synapse->created_at, synapse->modified_at, synapse->id);
  gtk_box_append (box, group);
}
