/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "help/engram-help-window.h"

#include "help/engram-help-topic.h"

struct _EngramHelpWindow {
  AdwWindow           parent_instance;

  AdwLeaflet         *leaflet;
  GtkWidget          *topics;
  GtkWidget          *page;
  GtkSearchEntry     *entry;
  GtkListBox         *list;
  AdwWindowTitle     *page_title;
  GtkWidget          *back;
  GtkScrolledWindow  *scroller;
  AdwClamp           *clamp;

  GListStore         *store;   /* of EngramHelpTopic */
  GtkFilterListModel *found;
  GtkCustomFilter    *filter;
  EngramHelpTopic    *current; /* or NULL */
  GPtrArray          *trail;   /* of EngramHelpTopic: what was read before it, the last one last */
};

G_DEFINE_FINAL_TYPE (EngramHelpWindow, engram_help_window, ADW_TYPE_WINDOW)

static void
update_back (EngramHelpWindow *self)
{
  gtk_widget_set_visible (self->back, self->trail->len > 0 || adw_leaflet_get_folded (self->leaflet));
}

/* Selects the row of what is read, where it is listed. */
static void
update_row (EngramHelpWindow *self)
{
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  gtk_list_box_unselect_all (self->list);
  for (guint i = 0; i < n_found; i++)
    {
      g_autoptr (EngramHelpTopic) topic = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      if (topic == self->current)
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
    }
}

static void
show (EngramHelpWindow *self,
      EngramHelpTopic  *topic)
{
  const char *title = engram_help_topic_get_title (topic);

  self->current = topic;
  adw_clamp_set_child (self->clamp, GTK_WIDGET (topic));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  adw_window_title_set_title (self->page_title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_leaflet_set_visible_child (self->leaflet, self->page);
  update_row (self);
  update_back (self);
}

static EngramHelpTopic *
find_topic (EngramHelpWindow *self,
            const char       *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (EngramHelpTopic) topic = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_str_equal (gtk_widget_get_name (GTK_WIDGET (topic)), name))
        return topic;
    }
  return NULL;
}

void
engram_help_window_show_topic (EngramHelpWindow *self,
                               const char       *name)
{
  EngramHelpTopic *topic;

  g_return_if_fail (ENGRAM_IS_HELP_WINDOW (self));
  g_return_if_fail (name != NULL);

  topic = find_topic (self, name);
  g_return_if_fail (topic != NULL);
  if (self->current != NULL && self->current != topic)
    g_ptr_array_add (self->trail, self->current);
  show (self, topic);
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
}

const char *
engram_help_window_get_topic (EngramHelpWindow *self)
{
  g_return_val_if_fail (ENGRAM_IS_HELP_WINDOW (self), NULL);

  return self->current != NULL ? gtk_widget_get_name (GTK_WIDGET (self->current)) : NULL;
}

static void
go_back (EngramHelpWindow *self)
{
  if (self->trail->len > 0)
    {
      show (self, g_ptr_array_steal_index (self->trail, self->trail->len - 1));
      gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
    }
  else if (adw_leaflet_get_folded (self->leaflet))
    {
      adw_leaflet_set_visible_child (self->leaflet, self->topics);
      gtk_widget_grab_focus (GTK_WIDGET (self->list));
    }
}

/* The list */

/* Who chooses from the list has left what was read before. */
static void
row_activated_cb (EngramHelpWindow *self,
                  GtkListBoxRow    *row)
{
  g_autoptr (EngramHelpTopic) topic =
    g_list_model_get_item (G_LIST_MODEL (self->found), (guint) gtk_list_box_row_get_index (row));

  g_ptr_array_set_size (self->trail, 0);
  show (self, topic);
}

static gboolean
is_found (gpointer item,
          gpointer user_data)
{
  EngramHelpWindow *self = user_data;

  return engram_help_topic_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
search_changed_cb (EngramHelpWindow *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_row (self);
}

static void
search_activated_cb (EngramHelpWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL)
    row_activated_cb (self, row);
}

static void
search_stopped_cb (EngramHelpWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *label = gtk_label_new (engram_help_topic_get_title (item));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  engram_help_topic_get_title (item), -1);
  return row;
}

static void
fill (EngramHelpWindow *self)
{
  const char * const *names = engram_help_topic_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (EngramHelpTopic) topic = engram_help_topic_load (names[i]);

      g_signal_connect_object (topic, "link", G_CALLBACK (engram_help_window_show_topic), self, G_CONNECT_SWAPPED);
      g_list_store_append (self->store, topic);
    }
}

/* The window */

/* The one that all dialogs are over, but not beyond one that lets nothing else be used. */
static GtkWindow *
find_owner (GtkWindow *parent)
{
  while (parent != NULL && !gtk_window_get_modal (parent) && gtk_window_get_transient_for (parent) != NULL)
    parent = gtk_window_get_transient_for (parent);
  return parent;
}

static EngramHelpWindow *
find_window (GtkWindow *owner)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_HELP_WINDOW (window) && gtk_window_get_transient_for (window) == owner &&
          !gtk_widget_in_destruction (GTK_WIDGET (window)))
        return ENGRAM_HELP_WINDOW (window);
    }
  return NULL;
}

EngramHelpWindow *
engram_help_window_present (GtkWindow *parent)
{
  const char *topic = engram_help_find_topic (parent);
  GtkWindow *owner;
  EngramHelpWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  /* Help on help is what is read already. */
  if (parent != NULL && ENGRAM_IS_HELP_WINDOW (parent))
    return ENGRAM_HELP_WINDOW (parent);
  owner = find_owner (parent);
  self = find_window (owner);
  if (self == NULL)
    {
      self = g_object_new (ENGRAM_TYPE_HELP_WINDOW, NULL);
      gtk_window_set_transient_for (GTK_WINDOW (self), owner);
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
      gtk_window_set_modal (GTK_WINDOW (self), owner != NULL && gtk_window_get_modal (owner));
    }
  engram_help_window_show_topic (self, topic);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

static gboolean
help_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  engram_help_window_present (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

void
engram_help_add_key (GtkWidgetClass *window_class)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (window_class));

  gtk_widget_class_add_binding (window_class, GDK_KEY_F1, 0, help_key_cb, NULL);
}

static void
engram_help_window_dispose (GObject *object)
{
  EngramHelpWindow *self = ENGRAM_HELP_WINDOW (object);

  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (engram_help_window_parent_class)->dispose (object);
}

static void
engram_help_window_finalize (GObject *object)
{
  g_ptr_array_unref (ENGRAM_HELP_WINDOW (object)->trail);

  G_OBJECT_CLASS (engram_help_window_parent_class)->finalize (object);
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EngramHelpWindow *self = ENGRAM_HELP_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->topics);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  go_back (ENGRAM_HELP_WINDOW (widget));
}

static void
engram_help_window_class_init (EngramHelpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_help_window_dispose;
  object_class->finalize = engram_help_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/engram/Engram/ui/help/engram-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, topics);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, page);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, EngramHelpWindow, clamp);
  gtk_widget_class_bind_template_callback (widget_class, update_back);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);

  gtk_widget_class_install_action (widget_class, "help.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);
}

static void
engram_help_window_init (EngramHelpWindow *self)
{
  self->trail = g_ptr_array_new ();
  self->store = g_list_store_new (ENGRAM_TYPE_HELP_TOPIC);
  self->filter = gtk_custom_filter_new (is_found, self, NULL);
  self->found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)),
                                           g_object_ref (GTK_FILTER (self->filter)));
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->found), create_row, self, NULL);
}
