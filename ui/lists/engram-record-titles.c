/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-titles.h"

#include <glib/gi18n.h>

#include "lists/engram-record-columns-private.h"

static GtkWidget *
find_label (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LABEL (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

static gboolean
is_right_aligned (GListModel *columns,
                  const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) shown = g_list_model_get_item (columns, i);
      const EngramColumn *column = engram_columns_get (shown);

      if (column != NULL && g_str_equal (column->title, title))
        return (engram_columns_get_details (column)->style & ENGRAM_CELL_RIGHT) != 0;
    }
  return FALSE;
}

/**
 * engram_record_titles_align:
 * @view: a column view whose columns engram_columns_create() made
 *
 * Sets the titles of figures above their ends, and names their row; GTK has no property for either.
 */
void
engram_record_titles_align (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));

  gtk_accessible_update_property (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Column titles"), -1);
  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL;
       title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *label = find_label (title);

      if (label == NULL ||
          !is_right_aligned (gtk_column_view_get_columns (view), gtk_label_get_text (GTK_LABEL (label))))
        continue;
      gtk_widget_set_hexpand (label, TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
    }
}
