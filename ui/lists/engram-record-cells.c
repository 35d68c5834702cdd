/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-cells.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"
#include "details/engram-weight-bar.h"
#include "lists/engram-column-sort.h"
#include "lists/engram-record-columns-private.h"
#include "lists/engram-record-row-private.h"
#include "lists/engram-record-slots.h"

/* What stands for a row when it is read aloud. */
#define MAX_NAME 200

static const char *const mark_classes[] = {
  [ENGRAM_ROW_NEW] = "engram-row-new",
  [ENGRAM_ROW_CHANGED] = "engram-row-changed",
};

/* Cells:
 * @details: their column
 * @items: what they are the children of
 * @visible: whether the column is
 *
 * The cells of a column. GTK keeps those of hidden columns too: they have no widget until somebody looks, unless the
 * column comes and goes with what is searched for. */
typedef struct {
  const EngramColumnDetails *details;
  GHashTable *items;
  gboolean visible;
} Cells;

/* Cell:
 * @cells: those of its column
 * @item: what it is the child of
 * @text: what shows the text
 * @bar: (nullable): what shows a weight
 *
 * What belongs to the widget of one cell. */
typedef struct {
  const Cells *cells;
  GtkListItem *item;
  GtkInscription *text;
  EngramWeightBar *bar;
} Cell;

static GQuark
cell_quark (void)
{
  return g_quark_from_static_string ("engram-cell");
}

static GQuark
column_quark (void)
{
  return g_quark_from_static_string ("engram-column");
}

static GQuark
shown_row_quark (void)
{
  return g_quark_from_static_string ("engram-shown-row");
}

static GQuark
cells_quark (void)
{
  return g_quark_from_static_string ("engram-cells");
}

/* Returns: (nullable): NULL as long as the column has been hidden */
static Cell *
get_cell (GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  return child != NULL ? g_object_get_qdata (G_OBJECT (child), cell_quark ()) : NULL;
}

static EngramRecordRow *
get_row (GtkListItem *item)
{
  EngramRecordSlot *slot = gtk_list_item_get_item (item);

  return slot != NULL ? engram_record_slot_get_row (slot) : NULL;
}

/* Rows */

/* Returns: (nullable) (transfer none): the translated word for what another program did to a row */
static const char *
describe_mark (EngramRowMark mark)
{
  switch (mark)
    {
    case ENGRAM_ROW_NEW:
      /* Translators: of a row that another program has just added. */
      return C_("row", "New");
    case ENGRAM_ROW_CHANGED:
      /* Translators: of a row that another program has just changed. */
      return C_("row", "Changed");
    case ENGRAM_ROW_UNCHANGED:
    default:
      return NULL;
    }
}

/* Returns: (transfer full): what stands for a row */
static char *
describe_record (EngramRecordRow *row)
{
  EngramRecordValues values;
  g_autofree char *source = NULL;
  g_autofree char *target = NULL;
  g_autofree char *weight = NULL;

  if (!engram_columns_take_values (row, &values))
    return g_strdup (engram_record_row_is_loading (row) ? _("Loading…") : _("This row cannot be read"));
  if (values.neuron != NULL)
    return engram_format_line (engram_neuron_get_summary (values.neuron), MAX_NAME);
  source = engram_columns_format (engram_columns_find (ENGRAM_RECORD_SYNAPSE, "from"), row);
  target = engram_columns_format (engram_columns_find (ENGRAM_RECORD_SYNAPSE, "to"), row);
  weight = engram_columns_format (engram_columns_find (ENGRAM_RECORD_SYNAPSE, "weight"), row);
  /* Translators: what a screen reader says of a synapse: the texts of the neurons at its ends, and the weight. */
  return g_strdup_printf (_("From %s to %s, weight %s"), source, target, weight);
}

static char *
describe_row (EngramRecordRow *row)
{
  const char *mark = describe_mark (engram_record_row_get_mark (row));
  g_autofree char *record = describe_record (row);

  return mark != NULL ? g_strdup_printf ("%s: %s", mark, record) : g_steal_pointer (&record);
}

/* What the widget of a row has been told. */
typedef struct {
  gint64   rowid;
  guint    version; /* see engram_record_row_get_version() */
  gpointer row;     /* never looked into */
  char    *name;
} ShownRow;

static void
shown_row_free (gpointer data)
{
  ShownRow *self = data;

  g_free (self->name);
  g_free (self);
}

static ShownRow *
get_shown_row (GtkWidget *row_widget)
{
  ShownRow *shown = g_object_get_qdata (G_OBJECT (row_widget), shown_row_quark ());

  if (shown == NULL)
    {
      shown = g_new0 (ShownRow, 1);
      g_object_set_qdata_full (G_OBJECT (row_widget), shown_row_quark (), shown, shown_row_free);
    }
  return shown;
}

/* Notes what is shown; FALSE where the widget has been told that already. */
static gboolean
note_shown (ShownRow        *shown,
            EngramRecordRow *row)
{
  gint64 rowid = engram_record_row_get_rowid (row);
  guint version = engram_record_row_get_version (row);

  if (shown->row == row && shown->rowid == rowid && shown->version == version && shown->name != NULL)
    return FALSE;
  shown->row = row;
  shown->rowid = rowid;
  shown->version = version;
  return TRUE;
}

static void
name_row (GtkWidget       *row_widget,
          ShownRow        *shown,
          EngramRecordRow *row)
{
  g_autofree char *name = describe_row (row);

  if (g_strcmp0 (name, shown->name) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (row_widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_free (shown->name);
  shown->name = g_steal_pointer (&name);
}

static void
mark_row (GtkWidget     *row_widget,
          EngramRowMark  mark)
{
  for (guint i = 0; i < G_N_ELEMENTS (mark_classes); i++)
    {
      if (mark_classes[i] == NULL)
        continue;
      if (i == mark)
        gtk_widget_add_css_class (row_widget, mark_classes[i]);
      else
        gtk_widget_remove_css_class (row_widget, mark_classes[i]);
    }
}

/* GTK 4.8 has no name of its own for the row that cells stand in, which is what has the focus. Any column may be the
 * only one that is shown, so each would name the row: the first one does. */
static void
show_in_row (GtkWidget       *cell,
             EngramRecordRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *row_widget = parent != NULL ? gtk_widget_get_parent (parent) : NULL;
  ShownRow *shown = row_widget != NULL ? get_shown_row (row_widget) : NULL;

  if (shown == NULL || !note_shown (shown, row))
    return;
  name_row (row_widget, shown, row);
  mark_row (row_widget, engram_record_row_get_mark (row));
}

/* Cells */

static char *
explain_cell (const Cell *cell)
{
  EngramRecordRow *row = get_row (cell->item);
  EngramRecordValues values;
  const char *mark;
  g_autofree char *text = NULL;

  if (row == NULL || !engram_columns_take_values (row, &values))
    return NULL;
  mark = describe_mark (engram_record_row_get_mark (row));
  if (cell->cells->details->explain != NULL)
    text = cell->cells->details->explain (&values);
  if (mark == NULL)
    return g_steal_pointer (&text);
  return text != NULL && *text != '\0' ? g_strdup_printf ("%s\n%s", mark, text) : g_strdup (mark);
}

static gboolean
cell_query_tooltip (GtkWidget  *widget,
                    int         x,
                    int         y,
                    gboolean    keyboard,
                    GtkTooltip *tooltip,
                    const Cell *cell)
{
  g_autofree char *text = explain_cell (cell);
  g_autofree char *line = text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 1000)) : NULL;

  if (line == NULL || *line == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, line);
  return TRUE;
}

static GtkInscription *
text_new (const EngramColumnDetails *details)
{
  GtkInscription *text = GTK_INSCRIPTION (gtk_inscription_new (NULL));

  gtk_inscription_set_min_chars (text, details->min_characters);
  gtk_inscription_set_nat_chars (text, details->characters);
  gtk_inscription_set_text_overflow (text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (text, (details->style & ENGRAM_CELL_RIGHT) != 0 ? 1 : 0);
  if ((details->style & ENGRAM_CELL_FIGURES) != 0)
    gtk_widget_add_css_class (GTK_WIDGET (text), "numeric");
  return text;
}

/* Returns: (transfer floating): the widget of a cell */
static GtkWidget *
cell_new (const Cells *cells,
          GtkListItem *item)
{
  const EngramColumnDetails *details = cells->details;
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *widget;

  cell->cells = cells;
  cell->item = item;
  cell->text = text_new (details);
  widget = GTK_WIDGET (cell->text);
  if ((details->style & ENGRAM_CELL_WEIGHT) != 0)
    {
      cell->bar = ENGRAM_WEIGHT_BAR (engram_weight_bar_new (0));
      gtk_widget_set_valign (GTK_WIDGET (cell->bar), GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (GTK_WIDGET (cell->text), TRUE);
      widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_box_append (GTK_BOX (widget), GTK_WIDGET (cell->bar));
      gtk_box_append (GTK_BOX (widget), GTK_WIDGET (cell->text));
    }
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (cell_query_tooltip), cell);
  g_object_set_qdata_full (G_OBJECT (widget), cell_quark (), cell, g_free);
  return widget;
}

static void
cell_setup (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            Cells                    *cells)
{
  g_hash_table_add (cells->items, item);
  if (cells->visible || (cells->details->column.shown && (cells->details->style & ENGRAM_CELL_LATE) == 0))
    gtk_list_item_set_child (item, cell_new (cells, item));
}

static void
cell_teardown (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               Cells                    *cells)
{
  g_hash_table_remove (cells->items, item);
}

static void
show_type (const Cell *cell,
           const char *type)
{
  GtkWidget *text = GTK_WIDGET (cell->text);

  /* Without a type there is no room for its dot either: a synapse's end that is missing. */
  if (type != NULL && !gtk_widget_has_css_class (text, "engram-type"))
    gtk_widget_add_css_class (text, "engram-type");
  else if (type == NULL && gtk_widget_has_css_class (text, "engram-type"))
    gtk_widget_remove_css_class (text, "engram-type");
  engram_type_style_apply (text, type);
}

static void
set_dim (const Cell *cell,
         gboolean    dim)
{
  GtkWidget *text = GTK_WIDGET (cell->text);

  if (gtk_widget_has_css_class (text, "dim-label") == !!dim)
    return;
  if (dim)
    gtk_widget_add_css_class (text, "dim-label");
  else
    gtk_widget_remove_css_class (text, "dim-label");
}

static void
show_values (const Cell               *cell,
             const EngramRecordValues *values)
{
  g_autofree char *text = cell->cells->details->format (values);
  const char *type = cell->cells->details->get_type != NULL ? cell->cells->details->get_type (values) : NULL;

  gtk_inscription_set_text (cell->text, text);
  if (cell->cells->details->get_type != NULL)
    show_type (cell, type);
  set_dim (cell, cell->cells->details->get_type != NULL && type == NULL);
  if (cell->bar != NULL)
    engram_weight_bar_set_weight (cell->bar, values->synapse->weight);
}

/* What takes the room that is left says that a row is being read. */
static void
show_placeholder (const Cell      *cell,
                  EngramRecordRow *row)
{
  g_autofree char *text = (cell->cells->details->style & ENGRAM_CELL_EXPAND) != 0 ? describe_record (row) : NULL;

  gtk_inscription_set_text (cell->text, text != NULL ? text : "");
  /* A cell without text needs no other colour, which would have it styled twice. */
  if (text != NULL)
    set_dim (cell, TRUE);
  if (cell->cells->details->get_type != NULL)
    show_type (cell, NULL);
  if (cell->bar != NULL)
    engram_weight_bar_set_weight (cell->bar, NAN);
}

static void
show (GtkListItem *item)
{
  Cell *cell = get_cell (item);
  EngramRecordRow *row = get_row (item);
  EngramRecordValues values;

  /* Far from what is seen until it is known, or of a column that is hidden. */
  if (row == NULL || cell == NULL || !cell->cells->visible)
    return;
  if (engram_columns_take_values (row, &values))
    show_values (cell, &values);
  else
    show_placeholder (cell, row);
  show_in_row (gtk_list_item_get_child (item), row);
}

static void
cell_bind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  g_signal_connect_swapped (gtk_list_item_get_item (item), "changed", G_CALLBACK (show), item);
  show (item);
}

static void
cell_unbind (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             gpointer                  user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show, item);
}

static void
visible_changed_cb (Cells               *cells,
                    GParamSpec          *pspec,
                    GtkColumnViewColumn *column)
{
  GHashTableIter iter;
  gpointer item;

  cells->visible = gtk_column_view_column_get_visible (column);
  g_hash_table_iter_init (&iter, cells->items);
  while (cells->visible && g_hash_table_iter_next (&iter, &item, NULL))
    {
      if (get_cell (item) == NULL)
        gtk_list_item_set_child (item, cell_new (cells, item));
      show (item);
    }
}

static void
cells_free (gpointer data)
{
  Cells *self = data;

  g_hash_table_unref (self->items);
  g_free (self);
}

/* The factory outlives the items that it has set up. */
static GtkListItemFactory *
create_factory (Cells *cells)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_qdata_full (G_OBJECT (factory), cells_quark (), cells, cells_free);
  g_signal_connect (factory, "setup", G_CALLBACK (cell_setup), cells);
  g_signal_connect (factory, "teardown", G_CALLBACK (cell_teardown), cells);
  g_signal_connect (factory, "bind", G_CALLBACK (cell_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (cell_unbind), NULL);
  return factory;
}

/**
 * engram_columns_create:
 * @column: a column
 * @kind: whose it is
 *
 * Returns: (transfer full): what shows it in a #GtkColumnView over #EngramRecordSlots
 */
GtkColumnViewColumn *
engram_columns_create (const EngramColumn *column,
                       EngramRecordKind    kind)
{
  const EngramColumnDetails *details = engram_columns_get_details (column);
  Cells *cells = NULL;
  GtkColumnViewColumn *shown = NULL;

  g_return_val_if_fail (engram_columns_find (kind, column->name) == column, NULL);

  cells = g_new0 (Cells, 1);
  cells->details = details;
  cells->items = g_hash_table_new (NULL, NULL);
  cells->visible = column->shown && (cells->details->style & ENGRAM_CELL_LATE) == 0;
  shown = gtk_column_view_column_new (column->title, create_factory (cells));
  g_object_set_qdata (G_OBJECT (shown), column_quark (), (gpointer) column);
  gtk_column_view_column_set_resizable (shown, TRUE);
  gtk_column_view_column_set_expand (shown, (details->style & ENGRAM_CELL_EXPAND) != 0);
  gtk_column_view_column_set_visible (shown, column->shown);
  g_signal_connect_swapped (shown, "notify::visible", G_CALLBACK (visible_changed_cb), cells);
  if (column->key != ENGRAM_SORT_ROWS)
    {
      g_autoptr (GtkSorter) sorter = engram_column_sort_new (column->key);

      gtk_column_view_column_set_sorter (shown, sorter);
    }
  return shown;
}

/**
 * engram_columns_get:
 * @column: what engram_columns_create() made
 *
 * Returns: (transfer none) (nullable): the column that it shows
 */
const EngramColumn *
engram_columns_get (GtkColumnViewColumn *column)
{
  return g_object_get_qdata (G_OBJECT (column), column_quark ());
}

/* Returns: (nullable): the first cell that has a widget in another widget */
static const Cell *
find_cell (GtkWidget *widget)
{
  const Cell *found = g_object_get_qdata (G_OBJECT (widget), cell_quark ());

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cell (child);
  return found;
}

/**
 * engram_record_cells_find_position:
 * @widget: a widget of a list: a row, a cell or something in it
 * @position: (out): the place of its row
 *
 * Returns: %FALSE where it stands in no row
 */
gboolean
engram_record_cells_find_position (GtkWidget *widget,
                                   guint     *position)
{
  for (GtkWidget *parent = widget;
       parent != NULL && !GTK_IS_LIST_VIEW (parent) && !GTK_IS_COLUMN_VIEW (parent);
       parent = gtk_widget_get_parent (parent))
    {
      const Cell *cell = find_cell (parent);

      if (cell == NULL)
        continue;
      *position = gtk_list_item_get_position (cell->item);
      return *position != GTK_INVALID_LIST_POSITION;
    }
  return FALSE;
}
