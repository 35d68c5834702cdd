/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-neuron-cells.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "lists/engram-neuron-row.h"

/* More than the widest cell shows. */
#define MAX_TEXT 300

typedef char *(*FormatFunc) (EngramNeuronRow    *row,
                             const EngramNeuron *neuron);

/* Column:
 * @title: its title
 * @min_characters: how narrow it may be
 * @characters: how wide it is at first
 * @numeric: whether it holds figures, which are all of one width
 * @right: whether these end below each other
 * @expand: whether it takes the room that is left
 * @typed: whether it has the dot of the neuron's type
 * @format: (transfer full): what it shows
 * @explain: (nullable) (transfer full): what its tooltip says */
typedef struct {
  const char *title;
  guint       min_characters;
  guint       characters;
  gboolean    numeric;
  gboolean    right;
  gboolean    expand;
  gboolean    typed;
  FormatFunc  format;
  FormatFunc  explain;
} Column;

static char *
format_type (EngramNeuronRow    *row,
             const EngramNeuron *neuron)
{
  return engram_type_style_dup_label (neuron->type);
}

static char *
format_summary (EngramNeuronRow    *row,
                const EngramNeuron *neuron)
{
  return engram_format_line (engram_neuron_get_summary (neuron), MAX_TEXT);
}

static char *
format_position (EngramNeuronRow    *row,
                 const EngramNeuron *neuron)
{
  return engram_format_position (neuron->position, 1);
}

static char *
explain_position (EngramNeuronRow    *row,
                  const EngramNeuron *neuron)
{
  g_autofree char *x = engram_format_real (neuron->position[0]);
  g_autofree char *y = engram_format_real (neuron->position[1]);
  g_autofree char *z = engram_format_real (neuron->position[2]);

  return g_strdup_printf ("x %s\ny %s\nz %s", x, y, z);
}

static char *
format_activation (EngramNeuronRow    *row,
                   const EngramNeuron *neuron)
{
  if ((neuron->nulls & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0)
    return g_strdup ("");
  if ((neuron->odd & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0)
    return g_strdup (_("not a number"));
  return g_strdup_printf ("%.2f", neuron->activation_level);
}

static char *
format_connections (EngramNeuronRow    *row,
                    const EngramNeuron *neuron)
{
  return engram_format_count ((guint64) engram_neuron_row_get_outgoing (row) +
                              engram_neuron_row_get_incoming (row));
}

static char *
explain_connections (EngramNeuronRow    *row,
                     const EngramNeuron *neuron)
{
  guint outgoing = engram_neuron_row_get_outgoing (row), incoming = engram_neuron_row_get_incoming (row);

  /* Translators: how many synapses start from a neuron and how many lead to it. */
  return g_strdup_printf (_("%u outgoing, %u incoming"), outgoing, incoming);
}

static char *
format_created (EngramNeuronRow    *row,
                const EngramNeuron *neuron)
{
  return engram_format_day (neuron->created_at);
}

static char *
explain_created (EngramNeuronRow    *row,
                 const EngramNeuron *neuron)
{
  return g_strdup (neuron->created_at);
}

static char *
format_modified (EngramNeuronRow    *row,
                 const EngramNeuron *neuron)
{
  return engram_format_time_short (neuron->modified_at);
}

static char *
explain_modified (EngramNeuronRow    *row,
                  const EngramNeuron *neuron)
{
  return g_strdup (neuron->modified_at);
}

/* The text matters most: nothing else is wider than what it usually holds. */
static const Column columns[] = {
  { N_("Type"), 10, 10, FALSE, FALSE, FALSE, TRUE, format_type, format_type },
  { N_("Text"), 26, 40, FALSE, FALSE, TRUE, FALSE, format_summary, format_summary },
  { N_("Position"), 18, 18, TRUE, TRUE, FALSE, FALSE, format_position, explain_position },
  { N_("Activation"), 5, 5, TRUE, TRUE, FALSE, FALSE, format_activation, NULL },
  { N_("Connections"), 5, 5, TRUE, TRUE, FALSE, FALSE, format_connections, explain_connections },
  { N_("Created"), 10, 10, TRUE, FALSE, FALSE, FALSE, format_created, explain_created },
  { N_("Modified"), 16, 16, TRUE, FALSE, FALSE, FALSE, format_modified, explain_modified },
};

static GQuark
item_quark (void)
{
  return g_quark_from_static_string ("engram-list-item");
}

static gboolean
cell_query_tooltip (GtkWidget    *cell,
                    int           x,
                    int           y,
                    gboolean      keyboard,
                    GtkTooltip   *tooltip,
                    const Column *column)
{
  GtkListItem *item = g_object_get_qdata (G_OBJECT (cell), item_quark ());
  EngramNeuronRow *row = gtk_list_item_get_item (item);
  const EngramNeuron *neuron = row != NULL ? engram_neuron_row_get_neuron (row) : NULL;
  g_autofree char *text = neuron != NULL ? column->explain (row, neuron) : NULL;

  if (text == NULL || *text == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
cell_setup (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            const Column             *column)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), column->min_characters);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), column->characters);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), column->right ? 1 : 0);
  if (column->numeric)
    gtk_widget_add_css_class (cell, "numeric");
  if (column->typed)
    gtk_widget_add_css_class (cell, "engram-type");
  if (column->explain != NULL)
    {
      gtk_widget_set_has_tooltip (cell, TRUE);
      g_signal_connect (cell, "query-tooltip", G_CALLBACK (cell_query_tooltip), (gpointer) column);
    }
  g_object_set_qdata (G_OBJECT (cell), item_quark (), item);
  gtk_list_item_set_child (item, cell);
}

/* GTK 4.8 has no name of its own for the row that cells stand in, which is what has the focus. */
static void
name_row (GtkWidget  *cell,
          const char *name)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *row = parent != NULL ? gtk_widget_get_parent (parent) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_placeholder (GtkWidget       *cell,
                  const Column    *column,
                  EngramNeuronRow *row)
{
  const char *text = "";

  if (column->format == format_summary)
    /* Translators: in the place of a neuron's text, while it is being read, and where it cannot be. */
    text = engram_neuron_row_is_loading (row) ? _("Loading…") : _("This neuron cannot be read");
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (column->format == format_summary)
    name_row (cell, text);
  gtk_widget_add_css_class (cell, "dim-label");
  if (column->typed)
    engram_type_style_apply (cell, NULL);
}

static void
show_row (GtkListItem     *item,
          EngramNeuronRow *row,
          const Column    *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  const EngramNeuron *neuron = engram_neuron_row_get_neuron (row);
  g_autofree char *text = NULL;

  if (neuron == NULL)
    {
      show_placeholder (cell, column, row);
      return;
    }
  text = column->format (row, neuron);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (column->format == format_summary)
    name_row (cell, text);
  gtk_widget_remove_css_class (cell, "dim-label");
  if (column->typed)
    engram_type_style_apply (cell, neuron->type != NULL ? neuron->type : "");
}

static void
row_changed (EngramNeuronRow *row,
             GtkListItem     *item)
{
  show_row (item, row, g_object_get_qdata (G_OBJECT (item), item_quark ()));
}

static void
cell_bind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           const Column             *column)
{
  EngramNeuronRow *row = gtk_list_item_get_item (item);

  g_object_set_qdata (G_OBJECT (item), item_quark (), (gpointer) column);
  g_signal_connect (row, "changed", G_CALLBACK (row_changed), item);
  show_row (item, row, column);
}

static void
cell_unbind (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             const Column             *column)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), row_changed, item);
}

static GtkWidget *
find_label (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LABEL (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

/* A title stands over the end of its figures; GTK has no property for that. */
static void
align_titles (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = gtk_widget_get_first_child (header);

  for (gsize i = 0; i < G_N_ELEMENTS (columns) && title != NULL; i++)
    {
      GtkWidget *label = find_label (title);

      if (label != NULL && columns[i].right)
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 1);
        }
      title = gtk_widget_get_next_sibling (title);
    }
}

/**
 * engram_neuron_cells_add_columns:
 * @view: a column view over #EngramNeuronRow
 *
 * Adds type, text, position, activation, connections, created and modified.
 */
void
engram_neuron_cells_add_columns (GtkColumnView *view)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (cell_setup), (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), (gpointer) &columns[i]);
      g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (_(columns[i].title), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_append_column (view, column);
    }
  align_titles (view);
}
