/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-control.h"

/* What of a control has the focus: the text in an entry, the button of a drop-down. */
static GtkWidget *
find_inner (GtkWidget *control)
{
  if (GTK_IS_EDITABLE (control))
    return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (control)));
  return GTK_IS_DROP_DOWN (control) ? gtk_widget_get_first_child (control) : NULL;
}

void
engram_control_set_name (GtkWidget  *control,
                         const char *name)
{
  GtkWidget *inner = find_inner (control);

  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (inner != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
engram_control_set_tooltip (GtkWidget  *control,
                            const char *name)
{
  gtk_widget_set_tooltip_text (control, name);
  engram_control_set_name (control, name);
}

static void
say_wrong (GtkWidget *control,
           GtkLabel  *reason)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (control);

  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               reason != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (reason != NULL)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, reason, NULL, -1);
  else
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

void
engram_control_set_wrong (GtkWidget *control,
                          GtkLabel  *reason)
{
  GtkWidget *inner = find_inner (control);

  say_wrong (control, reason);
  if (inner != NULL)
    say_wrong (inner, reason);
  if (reason != NULL)
    gtk_widget_add_css_class (control, "error");
  else
    gtk_widget_remove_css_class (control, "error");
}

static void
set_up_chosen_cb (GtkListItemFactory *factory,
                  GtkListItem        *item,
                  gpointer            n_characters)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (n_characters));
  gtk_list_item_set_child (item, label);
}

static void
bind_chosen_cb (GtkListItemFactory *factory,
                GtkListItem        *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (string));
}

void
engram_control_narrow (GtkDropDown *control,
                       int          n_characters)
{
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();

  g_signal_connect (chosen, "setup", G_CALLBACK (set_up_chosen_cb), GINT_TO_POINTER (n_characters));
  g_signal_connect (chosen, "bind", G_CALLBACK (bind_chosen_cb), NULL);
  gtk_drop_down_set_list_factory (control, gtk_drop_down_get_factory (control));
  gtk_drop_down_set_factory (control, chosen);
}

static void
set_label (GtkWidget *control,
           GtkWidget *label)
{
  GtkWidget *inner = find_inner (control);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  if (inner != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

void
engram_control_attach (GtkWidget  *control,
                       GtkGrid    *grid,
                       int         row,
                       const char *title)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  set_label (control, label);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, control, 1, row, 1, 1);
}
