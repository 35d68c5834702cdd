/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-dialog.h"
#include "dialogs/import/engram-import-files-page.h"
#include "test-support.h"
#include "window-support.h"

#define DOCUMENT \
  "{\"neurons\": [{\"id\": \"a0000001-0000-4000-8000-000000000000\", \"type\": \"knowledge\", \"position\": {\"x\": 1.0," \
  " \"y\": 2.0, \"z\": 3.0}, \"created_at\": \"2025-11-01T09:00:00\", \"modified_at\": \"2025-11-01T09:00:00\"}]}"

static const char *folder;

static GFile *
write_document (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, DOCUMENT, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_IMPORT_DIALOG (window))
        return window;
    }
  return NULL;
}

/* Documents that are opened where no network is: they go into a new one, once the person says so. */
static void
test_open_documents (void)
{
  g_autoptr (GFile) first = write_document ("a.json"), second = write_document ("b.JSON");
  GFile *files[] = { first, second };
  GtkWindow *dialog, *window;

  g_application_open (G_APPLICATION (test_application ()), files, G_N_ELEMENTS (files), "");
  wait_until (find_dialog () != NULL);
  dialog = find_dialog ();
  window = gtk_window_get_transient_for (dialog);
  g_assert_true (ENGRAM_IS_WINDOW (window));
  g_assert_cmpint (engram_window_get_state (ENGRAM_WINDOW (window)), ==, ENGRAM_WINDOW_NETWORK);
  g_assert_null (engram_window_get_path (ENGRAM_WINDOW (window)));
  g_assert_cmpuint (test_count_windows (), ==, 1);
  g_assert_cmpuint (engram_import_files_page_get_n_paths (test_find_widget (dialog, ENGRAM_TYPE_IMPORT_FILES_PAGE)), ==,
                    2);
  test_close_windows ();
  wait_until (find_dialog () == NULL);
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

/* On the window of a network: into that one. */
static void
test_drop_document (void)
{
  g_autofree char *path = test_create_network (folder, "network.db", 2);
  EngramWindow *window = test_open (path);
  GtkWidget *stack = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (window), ENGRAM_TYPE_WINDOW, "stack"));
  g_autoptr (GFile) document = write_document ("c.json");
  GSList files = { document, NULL };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &files);
  g_signal_emit_by_name (find_drop_target (stack), "drop", &value, 0.0, 0.0, &is_taken);
  g_assert_true (is_taken);
  g_assert_true (gtk_window_get_transient_for (find_dialog ()) == GTK_WINDOW (window));
  g_assert_cmpuint (test_count_windows (), ==, 1);
  test_close_windows ();
  wait_until (find_dialog () == NULL);
}

static void
test_action (void)
{
  g_autofree char *path = test_create_network (folder, "action.db", 2);
  EngramWindow *window = test_open (path);

  g_action_group_activate_action (G_ACTION_GROUP (window), "import", NULL);
  g_assert_true (gtk_window_get_transient_for (find_dialog ()) == GTK_WINDOW (window));
  test_close_windows ();
  wait_until (find_dialog () == NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  folder = home;
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-import/open-documents", test_open_documents);
  g_test_add_func ("/window-import/drop-document", test_drop_document);
  g_test_add_func ("/window-import/action", test_action);
  return g_test_run ();
}
