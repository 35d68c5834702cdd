/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/engram-recent-list.h"

#include "pages/engram-path.h"
#include "pages/engram-recent-files.h"

#include <glib/gi18n.h>

#define SHOWN_FILES 6

struct _EngramRecentList {
  AdwBin        parent_instance;

  GtkWidget    *rows;        /* borrowed: our child */
  GCancellable *cancellable; /* of the search under way, or NULL */
  gboolean      empty;
};

enum {
  PROP_0,
  PROP_EMPTY,
  N_PROPERTIES,
};

enum {
  FILE_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramRecentList, engram_recent_list, ADW_TYPE_BIN)

static void
row_activated_cb (AdwActionRow     *row,
                  EngramRecentList *self)
{
  g_signal_emit (self, signals[FILE_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "path"));
}

static GtkWidget *
create_row (EngramRecentList *self,
            const char       *path)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = engram_path_dup_folder_label (path);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (path), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), self);
  return row;
}

static void
set_paths (EngramRecentList *self,
           GPtrArray        *paths)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), row);
  for (guint i = 0; i < paths->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->rows), create_row (self, paths->pdata[i]));

  gtk_widget_set_visible (self->rows, paths->len > 0);
  if (self->empty != (paths->len == 0))
    {
      self->empty = paths->len == 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EngramRecentList) self = user_data;
  g_autoptr (GPtrArray) paths = engram_recent_files_list_finish (result, NULL);

  if (paths == NULL)
    return;

  g_clear_object (&self->cancellable);
  set_paths (self, paths);
}

static void
cancel (EngramRecentList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
refresh (EngramRecentList *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  engram_recent_files_list_async (SHOWN_FILES, self->cancellable, listed_cb, g_object_ref (self));
}

static void
engram_recent_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (engram_recent_list_parent_class)->map (widget);

  refresh (ENGRAM_RECENT_LIST (widget));
}

static void
engram_recent_list_unmap (GtkWidget *widget)
{
  cancel (ENGRAM_RECENT_LIST (widget));

  GTK_WIDGET_CLASS (engram_recent_list_parent_class)->unmap (widget);
}

static void
engram_recent_list_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EngramRecentList *self = ENGRAM_RECENT_LIST (object);

  switch (property_id)
    {
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_recent_list_dispose (GObject *object)
{
  cancel (ENGRAM_RECENT_LIST (object));

  G_OBJECT_CLASS (engram_recent_list_parent_class)->dispose (object);
}

static void
engram_recent_list_class_init (EngramRecentListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = engram_recent_list_dispose;
  object_class->get_property = engram_recent_list_get_property;
  widget_class->map = engram_recent_list_map;
  widget_class->unmap = engram_recent_list_unmap;

  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[FILE_ACTIVATED] = g_signal_new ("file-activated", ENGRAM_TYPE_RECENT_LIST, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
engram_recent_list_init (EngramRecentList *self)
{
  self->empty = TRUE;
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Recent files"), -1);
  adw_bin_set_child (ADW_BIN (self), self->rows);
}

/**
 * engram_recent_list_new:
 *
 * Returns: a list that fills itself when it is shown
 */
GtkWidget *
engram_recent_list_new (void)
{
  return g_object_new (ENGRAM_TYPE_RECENT_LIST, NULL);
}
