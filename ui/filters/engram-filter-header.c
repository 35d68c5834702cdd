/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filters/engram-filter-header.h"

#include <glib/gi18n.h>

/* As high with the button as without. */
#define HEIGHT 34

GtkWidget *
engram_filter_header_new (EngramQueryField   field,
                          GtkWidget        **clear,
                          GCallback          cleared,
                          gpointer           user_data)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *label = engram_query_field_get_label (field);
  GtkWidget *title = gtk_label_new (label);
  /* Translators: the name of a field, "Activation". */
  g_autofree char *tooltip = g_strdup_printf (_("Any %s"), label);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_add_css_class (*clear, "flat");
  gtk_widget_set_visible (*clear, FALSE);
  gtk_widget_set_tooltip_text (*clear, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*clear), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_signal_connect_swapped (*clear, "clicked", cleared, user_data);
  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (header), *clear);
  gtk_widget_set_size_request (header, -1, HEIGHT);
  return header;
}
