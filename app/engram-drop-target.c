/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-drop-target.h"

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
