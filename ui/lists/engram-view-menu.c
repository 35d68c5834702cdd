/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-view-menu.h"

#include <glib/gi18n.h>

#include "common/engram-check-button.h"
#include "lists/engram-record-list-private.h"

/* More columns than this many pixels hold are scrolled. */
#define MAX_COLUMNS_HEIGHT 330

struct _EngramViewMenu
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkDropDown *keys;
  GtkBox *columns;

  EngramRecordList *list;    /* weak */
  GArray *sort_keys;         /* EngramSortKey, as the drop-down has them */
  gboolean updating;
};

/* ColumnRow:
 * @column: which
 * @row: its widget
 * @check: whether it is shown
 * @up: moves it towards the start
 * @down: moves it towards the end
 *
 * A row of the menu; belongs to its widget. */
typedef struct {
  EngramViewMenu *menu;
  const EngramColumn *column;
  GtkWidget *row;
  GtkWidget *check;
  GtkWidget *up;
  GtkWidget *down;
} ColumnRow;

#define COLUMN_ROW "engram-column-row"

G_DEFINE_FINAL_TYPE (EngramViewMenu, engram_view_menu, GTK_TYPE_WIDGET)

/* Sorting */

/* What has the focus in a GtkDropDown is a button that has no name of its own in GTK 4.8. */
static void
name_keys (EngramViewMenu *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->keys);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->keys));
  g_autofree char *name = NULL;

  if (item == NULL || button == NULL)
    return;
  /* Translators: %s is what a list is sorted by: the title of a column. */
  name = g_strdup_printf (_("Sort By: %s"), gtk_string_object_get_string (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
key_selected_cb (EngramViewMenu *self)
{
  guint selected = gtk_drop_down_get_selected (self->keys);

  name_keys (self);
  if (self->updating || self->list == NULL || selected >= self->sort_keys->len)
    return;
  engram_record_list_set_sort (self->list, (EngramSort) { g_array_index (self->sort_keys, EngramSortKey, selected),
                                                          self->list->sort.descending });
}

static void
update_key (EngramViewMenu *self)
{
  for (guint i = 0; self->list != NULL && i < self->sort_keys->len; i++)
    if (g_array_index (self->sort_keys, EngramSortKey, i) == self->list->sort.key)
      {
        self->updating = TRUE;
        gtk_drop_down_set_selected (self->keys, i);
        self->updating = FALSE;
      }
}

static void
add_key (EngramViewMenu *self,
         GtkStringList  *titles,
         EngramSortKey   key,
         const char     *title)
{
  g_array_append_val (self->sort_keys, key);
  gtk_string_list_append (titles, title);
}

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
add_sorting (EngramViewMenu *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *heading = heading_new (_("Sort By"));
  GtkWidget *descending = engram_check_button_new ();
  gsize n_columns;
  const EngramColumn *columns = engram_columns_list (self->list->kind, &n_columns);

  gtk_check_button_set_use_underline (GTK_CHECK_BUTTON (descending), TRUE);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (descending), _("_Descending"));
  /* Translators: a way to sort: as the rows of the file come, or by likeness where that is asked for. */
  add_key (self, titles, ENGRAM_SORT_ROWS, _("Order in the File"));
  for (gsize i = 0; i < n_columns; i++)
    if (columns[i].key != ENGRAM_SORT_ROWS)
      add_key (self, titles, columns[i].key, columns[i].title);
  self->keys = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->keys), GTK_ACCESSIBLE_RELATION_LABELLED_BY, heading, NULL, -1);
  g_signal_connect_swapped (self->keys, "notify::selected", G_CALLBACK (key_selected_cb), self);
  name_keys (self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (descending), "list.descending");
  gtk_box_append (GTK_BOX (self->content), heading);
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->keys));
  gtk_box_append (GTK_BOX (self->content), descending);
}

/* Columns */

static ColumnRow *
get_column_row (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), COLUMN_ROW);
}

static GtkWidget *
find_row (EngramViewMenu     *self,
          const EngramColumn *column)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->columns));

  while (row != NULL && get_column_row (row)->column != column)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* A button that has the focus and can do no more hands it to its neighbour. */
static void
set_usable (GtkWidget *button,
            gboolean   usable,
            GtkWidget *neighbour)
{
  gboolean focused = gtk_widget_has_focus (button);

  gtk_widget_set_sensitive (button, usable);
  if (focused && !usable)
    gtk_widget_grab_focus (neighbour);
}

static void
update_row (ColumnRow           *row,
            GtkColumnViewColumn *column)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row->check), engram_record_layout_get_shown (column));
  gtk_widget_set_visible (row->row, engram_record_layout_get_there (column));
}

static void
update_buttons (EngramViewMenu *self)
{
  GtkWidget *first = NULL, *last = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->columns)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_visible (row))
      {
        first = first != NULL ? first : row;
        last = row;
      }
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->columns)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      ColumnRow *column_row = get_column_row (row);

      gtk_widget_set_sensitive (row == first ? column_row->down : column_row->up, TRUE);
      gtk_widget_set_sensitive (row == last ? column_row->up : column_row->down, TRUE);
      set_usable (column_row->up, row != first, column_row->down);
      set_usable (column_row->down, row != last, column_row->up);
    }
}

/* The rows as the columns are now; those that are there already stay, and with them the focus. */
static void
update_columns (EngramViewMenu *self)
{
  GListModel *columns;
  GtkWidget *before = NULL;

  if (self->list == NULL)
    return;
  columns = gtk_column_view_get_columns (self->list->view);
  self->updating = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkWidget *row = find_row (self, engram_columns_get (column));

      gtk_box_reorder_child_after (self->columns, row, before);
      update_row (get_column_row (row), column);
      before = row;
    }
  update_buttons (self);
  self->updating = FALSE;
}

static void
check_toggled_cb (ColumnRow *row)
{
  EngramViewMenu *self = row->menu;

  if (self->updating || self->list == NULL)
    return;
  engram_record_list_set_column_shown (self->list, row->column,
                                       gtk_check_button_get_active (GTK_CHECK_BUTTON (row->check)));
  /* The last one cannot be hidden. */
  update_columns (self);
}

static void
up_clicked_cb (ColumnRow *row)
{
  if (row->menu->list != NULL)
    engram_record_layout_move (row->menu->list->view, row->column, -1);
}

static void
down_clicked_cb (ColumnRow *row)
{
  if (row->menu->list != NULL)
    engram_record_layout_move (row->menu->list->view, row->column, 1);
}

static GtkWidget *
move_button_new (const char *icon_name,
                 const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
add_column (EngramViewMenu      *self,
            GtkColumnViewColumn *column)
{
  ColumnRow *row = g_new0 (ColumnRow, 1);
  g_autofree char *up_name = NULL;
  g_autofree char *down_name = NULL;

  row->menu = self;
  row->column = engram_columns_get (column);
  row->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  row->check = engram_check_button_new ();
  gtk_check_button_set_label (GTK_CHECK_BUTTON (row->check), row->column->title);
  gtk_widget_set_hexpand (row->check, TRUE);
  /* Translators: %s is the title of a column. */
  up_name = g_strdup_printf (_("Move “%s” Towards the Start"), row->column->title);
  /* Translators: %s is the title of a column. */
  down_name = g_strdup_printf (_("Move “%s” Towards the End"), row->column->title);
  row->up = move_button_new ("go-up-symbolic", up_name);
  row->down = move_button_new ("go-down-symbolic", down_name);
  g_signal_connect_swapped (row->check, "toggled", G_CALLBACK (check_toggled_cb), row);
  g_signal_connect_swapped (row->up, "clicked", G_CALLBACK (up_clicked_cb), row);
  g_signal_connect_swapped (row->down, "clicked", G_CALLBACK (down_clicked_cb), row);
  gtk_box_append (GTK_BOX (row->row), row->check);
  gtk_box_append (GTK_BOX (row->row), row->up);
  gtk_box_append (GTK_BOX (row->row), row->down);
  g_object_set_data_full (G_OBJECT (row->row), COLUMN_ROW, row, g_free);
  gtk_box_append (self->columns, row->row);
  g_signal_connect_object (column, "notify::visible", G_CALLBACK (update_columns), self, G_CONNECT_SWAPPED);
}

static void
add_columns (EngramViewMenu *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->list->view);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *reset = gtk_button_new_with_mnemonic (_("_Reset Columns"));

  self->columns = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      add_column (self, column);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_COLUMNS_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->columns));
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (reset), "list.reset-columns");
  gtk_box_append (GTK_BOX (self->content), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self->content), heading_new (_("Columns")));
  gtk_box_append (GTK_BOX (self->content), scroller);
  gtk_box_append (GTK_BOX (self->content), reset);
}

/* GObject */

static void
engram_view_menu_dispose (GObject *object)
{
  EngramViewMenu *self = ENGRAM_VIEW_MENU (object);

  g_clear_weak_pointer (&self->list);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_view_menu_parent_class)->dispose (object);
}

static void
engram_view_menu_finalize (GObject *object)
{
  g_array_unref (ENGRAM_VIEW_MENU (object)->sort_keys);

  G_OBJECT_CLASS (engram_view_menu_parent_class)->finalize (object);
}

static void
engram_view_menu_class_init (EngramViewMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = engram_view_menu_dispose;
  G_OBJECT_CLASS (klass)->finalize = engram_view_menu_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
engram_view_menu_init (EngramViewMenu *self)
{
  self->sort_keys = g_array_new (FALSE, FALSE, sizeof (EngramSortKey));
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->content, "engram-view-menu");
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

/**
 * engram_view_menu_new:
 * @list: a list
 *
 * Returns: (transfer floating): what a popover shows to sort and lay out @list
 */
GtkWidget *
engram_view_menu_new (EngramRecordList *list)
{
  EngramViewMenu *self = g_object_new (ENGRAM_TYPE_VIEW_MENU, NULL);

  g_set_weak_pointer (&self->list, list);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (list->actions));
  add_sorting (self);
  add_columns (self);
  g_signal_connect_object (list->actions, "action-state-changed::sort", G_CALLBACK (update_key), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (list->view), "items-changed", G_CALLBACK (update_columns),
                           self, G_CONNECT_SWAPPED);
  update_key (self);
  update_columns (self);
  return GTK_WIDGET (self);
}
