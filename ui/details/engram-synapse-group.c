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
#define ROWS_A_STEP 50

#define MAX_TEXT 300

struct _EngramSynapseGroup
{
  GtkWidget parent_instance;

  EngramSynapseDirection direction;
  gboolean editing;
  GtkWidget *content;
  GtkLabel *heading;
  GtkListBox *rows;
  GtkWidget *more;      /* the row that asks for more, or NULL */
  GPtrArray *owner;     /* who owns the items, or NULL */
  GPtrArray *items;     /* what is shown or can be, or NULL */
  guint64 n_matching;   /* how many there are of these */
  guint64 total;
  guint n_wanted;       /* how many rows there are to be */
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (EngramSynapseGroup, engram_synapse_group, GTK_TYPE_WIDGET)

enum { NEURON_ACTIVATED, MORE_WANTED, REMOVE, N_SIGNALS };

static guint signals[N_SIGNALS];

#define OTHER_ID "engram-other-id"
#define SYNAPSE_ROWID "engram-synapse-rowid"

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
  const char *type = item->other_type != NULL ? item->other_type : "";

  return engram_value_neuron_new (text, second_line, is_end_missing (item) ? NULL : type);
}

static void
remove_cb (EngramSynapseGroup *self,
           GtkWidget          *button)
{
  const gint64 *rowid = g_object_get_data (G_OBJECT (button), SYNAPSE_ROWID);

  g_signal_emit (self, signals[REMOVE], 0, *rowid);
}

static GtkWidget *
remove_button_new (EngramSynapseGroup  *self,
                   const EngramSynapse *synapse,
                   const char          *text)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: what a button does; %s is the text of the neuron at the other end. */
  g_autofree char *name = g_strdup_printf (self->direction == ENGRAM_SYNAPSE_OUTGOING
                                             ? _("Delete the synapse to %s") : _("Delete the synapse from %s"), text);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Delete This Synapse"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), SYNAPSE_ROWID, g_memdup2 (&synapse->rowid, sizeof synapse->rowid), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
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
  if (self->editing)
    gtk_box_append (GTK_BOX (box), remove_button_new (self, item->synapse, text));
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

static guint
count_more (EngramSynapseGroup *self)
{
  return (guint) MIN (self->n_matching - self->n_rows, ROWS_A_STEP);
}

static GtkWidget *
more_row_new (EngramSynapseGroup *self)
{
  GtkWidget *row = gtk_list_box_row_new (), *label;
  guint n_more = count_more (self);
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", n_more), n_more);

  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "engram-property");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
add_note (EngramSynapseGroup *self)
{
  if (self->total > 0)
    engram_group_add_note (self->rows, NULL, _("None of them matches."));
  else
    engram_group_add_note (self->rows, NULL, self->direction == ENGRAM_SYNAPSE_OUTGOING
                                               ? _("No synapse starts from this neuron.")
                                               : _("No synapse leads to this neuron."));
}

/* Adds the rows that are wanted and not there yet. */
static void
add_rows (EngramSynapseGroup *self)
{
  guint n_rows = MIN (self->items->len, self->n_wanted);

  if (self->more != NULL)
    gtk_list_box_remove (self->rows, self->more);
  self->more = NULL;
  for (; self->n_rows < n_rows; self->n_rows++)
    gtk_list_box_append (self->rows, row_new (self, g_ptr_array_index (self->items, self->n_rows)));
  if (self->n_rows < self->n_matching)
    {
      self->more = more_row_new (self);
      gtk_list_box_append (self->rows, self->more);
    }
}

static char *
describe_count (EngramSynapseGroup *self)
{
  g_autofree char *total = engram_format_count (self->total);
  g_autofree char *matching = NULL;

  if (self->n_matching == self->total)
    return g_steal_pointer (&total);
  matching = engram_format_count (self->n_matching);
  /* Translators: how many synapses a filter leaves, and how many there are. */
  return g_strdup_printf (_("%s of %s"), matching, total);
}

static void
show_title (EngramSynapseGroup *self)
{
  g_autofree char *count = NULL;
  g_autofree char *title = NULL;

  if (self->items == NULL)
    {
      title = g_strdup (self->direction == ENGRAM_SYNAPSE_OUTGOING ? _("Outgoing Synapses") : _("Incoming Synapses"));
    }
  else
    {
      count = describe_count (self);
      title = self->direction == ENGRAM_SYNAPSE_OUTGOING
                /* Translators: a heading; then how many synapses start from a neuron. */
                ? g_strdup_printf (_("Outgoing Synapses (%s)"), count)
                /* Translators: a heading; then how many synapses lead to a neuron. */
                : g_strdup_printf (_("Incoming Synapses (%s)"), count);
    }
  gtk_label_set_text (self->heading, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* Returns: the place of the row that has the focus, or -1 */
static int
clear_rows (EngramSynapseGroup *self)
{
  GtkListBoxRow *row;
  int focused = -1;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL; i++)
    {
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->rows)) == GTK_WIDGET (row))
        focused = i;
      gtk_list_box_remove (self->rows, GTK_WIDGET (row));
    }
  self->more = NULL;
  self->n_rows = 0;
  return focused;
}

static void
fill (EngramSynapseGroup *self)
{
  int focused = clear_rows (self);
  GtkListBoxRow *row;

  show_title (self);
  if (self->items == NULL)
    return;
  if (self->items->len == 0)
    add_note (self);
  else
    add_rows (self);
  if (focused < 0)
    return;
  row = gtk_list_box_get_row_at_index (self->rows, focused);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->rows, 0);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_more (EngramSynapseGroup *self)
{
  guint first = self->n_rows;
  GtkListBoxRow *row;

  self->n_wanted = self->n_rows + ROWS_A_STEP;
  if (self->n_wanted > self->items->len && self->items->len < self->n_matching)
    {
      /* What there is stays until there are more. */
      g_signal_emit (self, signals[MORE_WANTED], 0);
      return;
    }
  add_rows (self);
  row = gtk_list_box_get_row_at_index (self->rows, first);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
row_activated_cb (EngramSynapseGroup *self,
                  GtkListBoxRow      *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), OTHER_ID));

  if (GTK_WIDGET (row) == self->more)
    show_more (self);
  else if (id != NULL)
    g_signal_emit (self, signals[NEURON_ACTIVATED], 0, id);
}

/* GObject */

static void
engram_synapse_group_dispose (GObject *object)
{
  EngramSynapseGroup *self = ENGRAM_SYNAPSE_GROUP (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->owner, g_ptr_array_unref);

  G_OBJECT_CLASS (engram_synapse_group_parent_class)->dispose (object);
}

static void
engram_synapse_group_class_init (EngramSynapseGroupClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_synapse_group_dispose;

  signals[NEURON_ACTIVATED] =
    g_signal_new ("neuron-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MORE_WANTED] =
    g_signal_new ("more-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] =
    g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_synapse_group_init (EngramSynapseGroup *self)
{
  self->n_wanted = ROWS_AT_FIRST;
  self->content = engram_group_new ("", &self->rows);
  self->heading = GTK_LABEL (gtk_widget_get_first_child (self->content));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  g_signal_connect_swapped (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self);
}

/**
 * engram_synapse_group_new:
 * @direction: which synapses
 *
 * Returns: (transfer floating): a widget that shows none yet
 */
GtkWidget *
engram_synapse_group_new (EngramSynapseDirection direction)
{
  EngramSynapseGroup *self = g_object_new (ENGRAM_TYPE_SYNAPSE_GROUP, NULL);

  self->direction = direction;
  show_title (self);
  return GTK_WIDGET (self);
}

/**
 * engram_synapse_group_show:
 * @self: a group
 * @owner: what owns the items of @items, perhaps the same
 * @items: (element-type EngramSynapseListItem): the synapses in their order, or only the first of them
 * @n_matching: how many there are of these
 * @total: how many synapses the neuron has in this direction
 *
 * Shows synapses, as many rows as before.
 */
void
engram_synapse_group_show (EngramSynapseGroup *self,
                           GPtrArray          *owner,
                           GPtrArray          *items,
                           guint64             n_matching,
                           guint64             total)
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_GROUP (self));

  g_ptr_array_ref (owner);
  g_ptr_array_ref (items);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->owner, g_ptr_array_unref);
  self->owner = owner;
  self->items = items;
  self->n_matching = n_matching;
  self->total = total;
  fill (self);
}

/**
 * engram_synapse_group_show_error:
 * @self: a group
 * @error: why there are no synapses to be shown
 */
void
engram_synapse_group_show_error (EngramSynapseGroup *self,
                                 const GError       *error)
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_GROUP (self));

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->owner, g_ptr_array_unref);
  fill (self);
  engram_group_add_note (self->rows, "dialog-error-symbolic", error->message);
}

/**
 * engram_synapse_group_set_editing:
 * @self: a group
 * @editing: whether synapses can be deleted
 */
void
engram_synapse_group_set_editing (EngramSynapseGroup *self,
                                  gboolean            editing)
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_GROUP (self));

  if (self->editing == editing)
    return;
  self->editing = editing;
  if (self->items != NULL)
    fill (self);
}

/**
 * engram_synapse_group_restart:
 * @self: a group
 *
 * What is shown next begins with few rows again.
 */
void
engram_synapse_group_restart (EngramSynapseGroup *self)
{
  g_return_if_fail (ENGRAM_IS_SYNAPSE_GROUP (self));

  self->n_wanted = ROWS_AT_FIRST;
}
