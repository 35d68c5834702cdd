/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-synapse-group.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-group.h"
#include "details/engram-weight-bar.h"

/* Rows that are made at once; more would hold the window. */
#define ROWS_AT_FIRST 10

#define MAX_TEXT 300

struct _EngramSynapseGroup
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkListBox *rows;
  GPtrArray *items;
  EngramSynapseDirection direction;
  guint64 total;
};

G_DEFINE_FINAL_TYPE (EngramSynapseGroup, engram_synapse_group, GTK_TYPE_WIDGET)

enum { NEURON_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

#define OTHER_ID "engram-other-id"

/* One synapse */

static gboolean
is_end_missing (const EngramSynapseListItem *item)
{
  return item->other_summary == NULL && item->other_type == NULL;
}

static char *
describe_weight (const EngramSynapse *synapse)
{
  if ((synapse->odd & ENGRAM_SYNAPSE_WEIGHT) != 0)
    return engram_format_weight (NAN);
  return engram_format_weight (synapse->weight);
}

/* Returns: (transfer full): the second line: the type of the other end, and what is out of the ordinary */
static char *
describe_synapse (const EngramSynapseListItem *item)
{
  const EngramSynapse *synapse = item->synapse;
  GString *text = g_string_new (NULL);
  g_autofree char *type = is_end_missing (item) ? NULL : engram_type_style_dup_label (item->other_type);

  g_string_append (text, type != NULL ? type : item->other_id);
  if (synapse->type != NULL && !g_str_equal (synapse->type, "knowledge"))
    {
      g_autofree char *synapse_type = engram_format_line (synapse->type, 40);

      g_string_append_printf (text, " · %s", synapse_type);
    }
  if (synapse->usage_count > 0)
    {
      g_autofree char *count = engram_format_count (synapse->usage_count);
      g_autofree char *used =
        g_strdup_printf (ngettext ("used %s time", "used %s times", synapse->usage_count), count);

      g_string_append_printf (text, " · %s", used);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
weight_new (const EngramSynapse *synapse)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *weight = describe_weight (synapse);
  GtkWidget *number = gtk_label_new (weight);

  gtk_label_set_xalign (GTK_LABEL (number), 0.5);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "caption");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), engram_weight_bar_new (synapse->weight));
  return box;
}

static GtkWidget *
end_new (const EngramSynapseListItem *item,
         const char                  *text,
         const char                  *second_line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (text), *subtitle = gtk_label_new (second_line);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  if (!is_end_missing (item))
    {
      gtk_widget_add_css_class (subtitle, "engram-type");
      engram_type_style_apply (subtitle, item->other_type);
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  return box;
}

static GtkWidget *
row_new (EngramSynapseGroup          *self,
         const EngramSynapseListItem *item)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = is_end_missing (item) ? g_strdup (_("This neuron does not exist"))
                                                : engram_format_line (item->other_summary, MAX_TEXT);
  g_autofree char *second_line = describe_synapse (item);
  g_autofree char *weight = describe_weight (item->synapse);
  g_autofree char *label = NULL;
  g_autofree char *tooltip = NULL;

  if (self->direction == ENGRAM_SYNAPSE_OUTGOING)
    /* Translators: what a screen reader says of a synapse: the text of the neuron at its other end, that
     * neuron's type and more, and the weight. */
    label = g_strdup_printf (_("To %s, %s, weight %s"), text, second_line, weight);
  else
    /* Translators: as for “To %s, %s, weight %s”, for a synapse in the other direction. */
    label = g_strdup_printf (_("From %s, %s, weight %s"), text, second_line, weight);

  gtk_box_append (GTK_BOX (box), weight_new (item->synapse));
  gtk_box_append (GTK_BOX (box), end_new (item, text, second_line));
  if (is_end_missing (item))
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_box_append (GTK_BOX (box), icon);
    }
  /* Both lines may be cut. */
  tooltip = g_strconcat (text, "\n", second_line, NULL);
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_widget_add_css_class (box, "engram-property");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !is_end_missing (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), OTHER_ID, g_strdup (item->other_id), g_free);
  return row;
}

/* All of them */

static void
add_rows (EngramSynapseGroup *self,
          guint               first,
          guint               last)
{
  for (guint i = first; i < last; i++)
    gtk_list_box_append (self->rows, row_new (self, g_ptr_array_index (self->items, i)));
}

static void
add_cut_note (EngramSynapseGroup *self)
{
  g_autofree char *shown = NULL;
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;

  if (self->total <= self->items->len)
    return;
  shown = engram_format_count (self->items->len);
  total = engram_format_count (self->total);
  /* Translators: how many synapses are listed, and how many there are. */
  text = g_strdup_printf (_("Showing the strongest %s of %s."), shown, total);
  engram_group_add_note (self->rows, NULL, text);
}

static void
add_more_row (EngramSynapseGroup *self)
{
  GtkWidget *row = gtk_list_box_row_new (), *label;
  guint n_more = self->items->len - ROWS_AT_FIRST;
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", n_more), n_more);

  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "engram-property");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (self->rows, row);
}

static void
show_more (EngramSynapseGroup *self,
           GtkListBoxRow      *more_row)
{
  int index = gtk_list_box_row_get_index (more_row);

  gtk_list_box_remove (self->rows, GTK_WIDGET (more_row));
  add_rows (self, ROWS_AT_FIRST, self->items->len);
  add_cut_note (self);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->rows, index)));
}

static void
row_activated_cb (EngramSynapseGroup *self,
                  GtkListBoxRow      *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), OTHER_ID));

  if (id != NULL)
    g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
  else
    show_more (self, row);
}

static char *
describe_title (EngramSynapseGroup *self)
{
  g_autofree char *total = NULL;

  if (self->items == NULL)
    return g_strdup (self->direction == ENGRAM_SYNAPSE_OUTGOING ? _("Outgoing Synapses")
                                                                : _("Incoming Synapses"));
  total = engram_format_count (self->total);
  if (self->direction == ENGRAM_SYNAPSE_OUTGOING)
    /* Translators: a heading; then how many synapses start from a neuron. */
    return g_strdup_printf (_("Outgoing Synapses (%s)"), total);
  /* Translators: a heading; then how many synapses lead to a neuron. */
  return g_strdup_printf (_("Incoming Synapses (%s)"), total);
}

static void
fill (EngramSynapseGroup      *self,
      const EngramSynapseSide *side)
{
  g_autofree char *title = describe_title (self);

  self->content = engram_group_new (title, &self->rows);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  g_signal_connect_swapped (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self);
  if (side->error != NULL)
    {
      engram_group_add_note (self->rows, "dialog-error-symbolic", side->error->message);
      return;
    }
  if (self->items->len == 0)
    {
      engram_group_add_note (self->rows, NULL, self->direction == ENGRAM_SYNAPSE_OUTGOING
                                                 ? _("No synapse starts from this neuron.")
                                                 : _("No synapse leads to this neuron."));
      return;
    }
  add_rows (self, 0, MIN (self->items->len, ROWS_AT_FIRST));
  if (self->items->len > ROWS_AT_FIRST)
    add_more_row (self);
  else
    add_cut_note (self);
}

static void
engram_synapse_group_dispose (GObject *object)
{
  EngramSynapseGroup *self = ENGRAM_SYNAPSE_GROUP (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (engram_synapse_group_parent_class)->dispose (object);
}

static void
engram_synapse_group_class_init (EngramSynapseGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_synapse_group_dispose;

  /**
   * EngramSynapseGroup::neuron-activated:
   * @self: the group
   * @id: the id of a neuron
   *
   * The other end of a synapse was chosen.
   */
  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_synapse_group_init (EngramSynapseGroup *self)
{
}

/**
 * engram_synapse_group_new:
 * @direction: which synapses
 * @side: these synapses
 *
 * Returns: (transfer floating): a widget that shows them
 */
GtkWidget *
engram_synapse_group_new (EngramSynapseDirection   direction,
                          const EngramSynapseSide *side)
{
  EngramSynapseGroup *self = g_object_new (ENGRAM_TYPE_SYNAPSE_GROUP, NULL);

  self->direction = direction;
  self->total = side->total;
  self->items = side->items != NULL ? g_ptr_array_ref (side->items) : NULL;
  fill (self, side);
  return GTK_WIDGET (self);
}
