/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-open-dialog.h"

#include <glib/gi18n.h>

/* Without suffixes: of all files. */
static void
add_filter (GtkFileChooser     *chooser,
            const char         *name,
            const char * const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes[0] == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  gtk_file_chooser_add_filter (chooser, filter);
}

/**
 * engram_open_dialog_new:
 * @parent: (nullable): the window that it is shown above
 *
 * A dialog that asks for one or more networks, or documents to be imported. Who shows it holds it until it has answered.
 *
 * Returns: (transfer full): the dialog
 */
GtkFileChooserNative *
engram_open_dialog_new (GtkWindow *parent)
{
  static const char * const networks[] = { "db", "engram", "sqlite", "sqlite3", NULL };
  static const char * const documents[] = { "json", NULL };
  static const char * const all[] = { NULL };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Open a Network"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _("Networks"), networks);
  add_filter (GTK_FILE_CHOOSER (dialog), _("JSON Documents"), documents);
  add_filter (GTK_FILE_CHOOSER (dialog), _("All files"), all);
  return dialog;
}
