/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/comparison/engram-difference-row.h"

#include <glib/gi18n.h>

#include "dialogs/comparison/engram-difference-item.h"

#define TYPE_DIFFERENCE_ROW (difference_row_get_type ())

G_DECLARE_FINAL_TYPE (DifferenceRow, difference_row, DIFFERENCE, ROW, GtkBox)

struct _DifferenceRow {
  GtkBox                parent_instance;

  GtkLabel             *status;
  GtkLabel             *name;
  GtkLabel             *detail;
  EngramDifferenceItem *item; /* or NULL */
};

G_DEFINE_FINAL_TYPE (DifferenceRow, difference_row, GTK_TYPE_BOX)

/* "weight, metadata · Weight +0.2" */
static char *
dup_detail (const EngramComparisonItem *item)
{
  g_autofree char *fields = g_strjoinv (", ", item->fields);
  g_autofree char *amount = engram_difference_format_amount (&item->row);

  if (*fields != '\0' && *amount != '\0')
    return g_strconcat (fields, " · ", amount, NULL);
  return *fields != '\0' ? g_steal_pointer (&fields) : g_steal_pointer (&amount);
}

static void
update (DifferenceRow *self)
{
  const EngramComparisonItem *read = self->item != NULL ? engram_difference_item_get (self->item) : NULL;
  const char *status =
    self->item != NULL
    ? engram_difference_get_status_label (engram_difference_item_get_row (self->item)->status) : "";
  g_autofree char *detail = read != NULL ? dup_detail (read) : NULL;
  GtkWidget *focused = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = NULL;

  gtk_label_set_text (self->status, status);
  gtk_label_set_text (self->name, read == NULL ? "…" : read->name != NULL ? read->name : _("It is no longer there"));
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), read != NULL ? read->name : NULL);
  name = g_strjoin (", ", status, gtk_label_get_text (self->name), gtk_label_get_text (self->detail), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* The list's own widget has the focus. */
  if (focused != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (focused), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_item (DifferenceRow        *self,
          EngramDifferenceItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
difference_row_dispose (GObject *object)
{
  DifferenceRow *self = DIFFERENCE_ROW (object);

  g_clear_object (&self->item);

  G_OBJECT_CLASS (difference_row_parent_class)->dispose (object);
}

static void
difference_row_class_init (DifferenceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = difference_row_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
create_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
difference_row_init (DifferenceRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->status = create_label ("caption-heading");
  self->name = create_label (NULL);
  self->detail = create_label ("caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_label_set_width_chars (self->status, 9);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (self), texts);
  gtk_widget_add_css_class (GTK_WIDGET (self), "engram-difference-row");
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (TYPE_DIFFERENCE_ROW, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  set_item (DIFFERENCE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item)
{
  set_item (DIFFERENCE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

GtkListItemFactory *
engram_difference_row_create_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
