/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-filter-menu.h"

#include <string.h>

#include <glib/gi18n.h>

struct _EngramFilterMenu {
  GtkPopover          parent_instance;

  /* template */
  GtkWidget          *prompt;
  GtkWidget          *name_entry;
  GtkWidget          *save_button;
  GtkWidget          *message;
  GtkWidget          *list;
  GtkWidget          *undo_box;
  GtkWidget          *undo_label;
  GtkWidget          *undo_button;

  EngramSavedFilters *filters;
  char               *query;         /* what may be saved, or NULL */
  char               *renamed;       /* name of the filter that gets another one, or NULL */
  char               *deleted_name;  /* what was deleted last, to bring it back */
  char               *deleted_query;
  gboolean            writing;       /* something was changed here, and is on its way to the file */
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramFilterMenu, engram_filter_menu, GTK_TYPE_POPOVER)

static char *
dup_name (EngramFilterMenu *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));
}

/* What the button says and whether it may be pressed. */
static void
update_button (EngramFilterMenu *self)
{
  g_autofree char *name = dup_name (self);
  gboolean exists = engram_saved_filters_find (self->filters, name) != NULL;
  const char *label = self->renamed != NULL ? _("_Rename") : exists ? _("_Replace") : _("_Save");

  gtk_button_set_label (GTK_BUTTON (self->save_button), label);
  gtk_widget_set_sensitive (self->save_button, *name != '\0' && (self->renamed != NULL || self->query != NULL));
}

static void
show_message (EngramFilterMenu *self,
              const char       *message)
{
  gtk_label_set_text (GTK_LABEL (self->message), message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
}

static void
set_renamed (EngramFilterMenu *self,
             const char       *name)
{
  g_autofree char *prompt = NULL;

  g_free (self->renamed);
  self->renamed = g_strdup (name);
  /* Translators: the name of a saved filter. */
  prompt = name != NULL ? g_strdup_printf (_("New name of “%s”"), name)
                        : g_strdup (self->query != NULL ? _("Save this filter as") : _("There is no filter to save"));
  gtk_label_set_text (GTK_LABEL (self->prompt), prompt);
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name != NULL ? name : "");
  update_button (self);
}

static void
save_cb (EngramFilterMenu *self)
{
  g_autofree char *name = dup_name (self);

  if (!gtk_widget_get_sensitive (self->save_button))
    return;
  show_message (self, NULL);
  self->writing = TRUE;
  if (self->renamed != NULL)
    engram_saved_filters_rename (self->filters, self->renamed, name);
  else
    engram_saved_filters_save (self->filters, name, self->query);
}

static EngramFilterMenu *
find_menu (GtkWidget *widget)
{
  return ENGRAM_FILTER_MENU (gtk_widget_get_ancestor (widget, ENGRAM_TYPE_FILTER_MENU));
}

static const char *
get_row_name (GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_ancestor (child, GTK_TYPE_LIST_BOX_ROW);

  return g_object_get_data (G_OBJECT (row), "name");
}

static void
rename_cb (GtkWidget *button)
{
  EngramFilterMenu *self = find_menu (button);

  show_message (self, NULL);
  set_renamed (self, get_row_name (button));
  gtk_widget_grab_focus (self->name_entry);
}

static void
delete_cb (GtkWidget *button)
{
  EngramFilterMenu *self = find_menu (button);
  const char *name = get_row_name (button);

  show_message (self, NULL);
  g_free (self->deleted_name);
  g_free (self->deleted_query);
  self->deleted_name = g_strdup (name);
  self->deleted_query = g_strdup (engram_saved_filters_find (self->filters, name));
  self->writing = TRUE;
  engram_saved_filters_delete (self->filters, name);
}

static void
undo_cb (EngramFilterMenu *self)
{
  self->writing = TRUE;
  engram_saved_filters_save (self->filters, self->deleted_name, self->deleted_query);
}

static GtkWidget *
create_label (const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}


static GtkWidget *
create_button (const char *icon,
               const char *label,
               GCallback   clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", clicked, NULL);
  return button;
}

static GtkWidget *
create_row (const char *name,
            const char *query)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, query);
  /* Translators: the name of a saved filter. */
  g_autofree char *rename_label = g_strdup_printf (_("Rename “%s”"), name);
  /* Translators: the name of a saved filter. */
  g_autofree char *delete_label = g_strdup_printf (_("Delete “%s”"), name);

  gtk_box_append (GTK_BOX (texts), create_label (name, NULL));
  gtk_box_append (GTK_BOX (texts), create_label (query, "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), create_button ("document-edit-symbolic", rename_label, G_CALLBACK (rename_cb)));
  gtk_box_append (GTK_BOX (box), create_button ("user-trash-symbolic", delete_label, G_CALLBACK (delete_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  return row;
}

static void
update_undo (EngramFilterMenu *self)
{
  gboolean gone = self->deleted_name != NULL && self->deleted_query != NULL
                  && engram_saved_filters_find (self->filters, self->deleted_name) == NULL;
  /* Translators: the name of a saved filter. */
  g_autofree char *text = gone ? g_strdup_printf (_("“%s” was deleted"), self->deleted_name) : NULL;

  gtk_label_set_text (GTK_LABEL (self->undo_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->undo_box, gone);
  /* The button that was pressed is gone, and the focus with it. */
  if (self->writing)
    gtk_widget_grab_focus (gone ? self->undo_button : self->name_entry);
}

static void
fill (EngramFilterMenu *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < engram_saved_filters_get_n (self->filters); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         create_row (engram_saved_filters_get_name (self->filters, i),
                                     engram_saved_filters_get_query (self->filters, i)));
  gtk_widget_set_visible (self->list, engram_saved_filters_get_n (self->filters) > 0);
}

/* What is being typed stays where somebody else changed the filters. */
static void
filters_changed_cb (EngramFilterMenu *self)
{
  fill (self);
  update_undo (self);
  if (self->writing)
    set_renamed (self, NULL);
  else
    update_button (self);
  self->writing = FALSE;
}

static void
filters_failed_cb (EngramFilterMenu *self,
                   const GError     *error)
{
  self->writing = FALSE;
  show_message (self, error->message);
}

static void
row_activated_cb (EngramFilterMenu *self,
                  GtkListBoxRow    *row)
{
  g_autofree char *query = g_strdup (engram_saved_filters_find (self->filters,
                                                                g_object_get_data (G_OBJECT (row), "name")));

  if (query == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, query);
}

/* Shown anew, it starts anew, with what other programs have saved. */
static void
engram_filter_menu_show (GtkWidget *widget)
{
  EngramFilterMenu *self = ENGRAM_FILTER_MENU (widget);

  show_message (self, NULL);
  g_clear_pointer (&self->deleted_name, g_free);
  g_clear_pointer (&self->deleted_query, g_free);
  filters_changed_cb (self);
  set_renamed (self, NULL);
  engram_saved_filters_load (self->filters);

  GTK_WIDGET_CLASS (engram_filter_menu_parent_class)->show (widget);
}

static void
engram_filter_menu_finalize (GObject *object)
{
  EngramFilterMenu *self = ENGRAM_FILTER_MENU (object);

  g_clear_object (&self->filters);
  g_free (self->query);
  g_free (self->renamed);
  g_free (self->deleted_name);
  g_free (self->deleted_query);

  G_OBJECT_CLASS (engram_filter_menu_parent_class)->finalize (object);
}

static void
engram_filter_menu_class_init (EngramFilterMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = engram_filter_menu_finalize;
  widget_class->show = engram_filter_menu_show;

  signals[CHOSEN] = g_signal_new ("chosen", ENGRAM_TYPE_FILTER_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/search/engram-filter-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, prompt);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, name_entry);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, save_button);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, message);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, list);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, undo_box);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, undo_label);
  gtk_widget_class_bind_template_child (widget_class, EngramFilterMenu, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
engram_filter_menu_init (EngramFilterMenu *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* The widget that gets the focus needs the name too. */
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->name_entry));
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the filter"), -1);
}

GtkWidget *
engram_filter_menu_new (EngramSavedFilters *filters)
{
  EngramFilterMenu *self = g_object_new (ENGRAM_TYPE_FILTER_MENU, NULL);

  self->filters = g_object_ref (filters);
  g_signal_connect_object (filters, "changed", G_CALLBACK (filters_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filters, "failed", G_CALLBACK (filters_failed_cb), self, G_CONNECT_SWAPPED);
  filters_changed_cb (self);
  set_renamed (self, NULL);
  return GTK_WIDGET (self);
}

void
engram_filter_menu_set_query (EngramFilterMenu *self,
                              const char       *query)
{
  g_return_if_fail (ENGRAM_IS_FILTER_MENU (self));

  if (g_strcmp0 (query, self->query) == 0)
    return;
  g_free (self->query);
  self->query = g_strdup (query);
  set_renamed (self, NULL);
}
