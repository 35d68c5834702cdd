/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-drop-target.h"

#include "engram-window.h"

/* Documents are imported into the window that they are dropped on; everything else is opened. */
static gboolean
is_document (GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;

  return lower != NULL && g_str_has_suffix (lower, ".json");
}

static gboolean
import (GtkDropTarget *target,
        GSList        *files)
{
  GtkRoot *root = gtk_widget_get_root (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  if (!ENGRAM_IS_WINDOW (root))
    return FALSE;
  for (GSList *item = files; item != NULL; item = item->next)
    {
      if (!is_document (item->data))
        return FALSE;
      g_ptr_array_add (paths, (gpointer) g_file_peek_path (item->data));
    }
  if (paths->len == 0)
    return FALSE;
  g_ptr_array_add (paths, NULL);
  engram_window_import (ENGRAM_WINDOW (root), (const char * const *) paths->pdata);
  return TRUE;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value)
{
  g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (GSList *item = list; item != NULL; item = item->next)
    g_ptr_array_add (files, item->data);
  if (files->len == 0)
    return FALSE;
  if (import (target, list))
    return TRUE;

  g_application_open (g_application_get_default (), (GFile **) files->pdata, files->len, "");
  return TRUE;
}

/**
 * engram_drop_target_new:
 *
 * Returns: (transfer full): what has the application open the files that are dropped on a widget
 */
GtkEventController *
engram_drop_target_new (void)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), NULL);
  return GTK_EVENT_CONTROLLER (target);
}
