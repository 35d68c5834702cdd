/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engram-open-dialog.h"
#include "test-support.h"
#include "window-support.h"

/* A document leads to an import: it can be chosen like a network. */
static void
test_kinds_of_files (void)
{
  g_autoptr (GtkFileChooserNative) dialog = NULL;
  g_autoptr (GListModel) filters = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_nonnull (test_application ());
  dialog = engram_open_dialog_new (NULL);
  filters = gtk_file_chooser_get_filters (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      g_string_append_printf (names, "%s\n", gtk_file_filter_get_name (filter));
    }
  g_assert_cmpstr (names->str, ==, "Networks\nJSON Documents\nAll files\n");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/open-dialog/kinds-of-files", test_kinds_of_files);
  return g_test_run ();
}
