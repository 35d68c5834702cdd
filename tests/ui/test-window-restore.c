/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-settings.h"
#include "dialogs/backups/engram-backups-dialog.h"
#include "engram-preferences.h"
#include "pages/engram-error-page.h"
#include "test-support.h"
#include "window-support.h"

/* A damaged file leads to its newest good backup, and the window shows the network again; and the preferences of
 * backups. */

static void
make_backup (const char *path)
{
  const EngramBackupOptions options = { .reason = ENGRAM_BACKUP_REASON_MANUAL };
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  g_autoptr (EngramBackup) backup = NULL;

  g_assert_no_error (error);
  backup = engram_backup_create (database, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static EngramBackupsDialog *
find_dialog (EngramWindow *window)
{
  EngramDialog *dialog = engram_dialog_find (GTK_WINDOW (window), ENGRAM_TYPE_BACKUPS_DIALOG);

  return dialog != NULL ? ENGRAM_BACKUPS_DIALOG (dialog) : NULL;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
click (gpointer    widget,
       const char *label)
{
  wait_until (find_button (widget, label) != NULL);
  g_signal_emit_by_name (find_button (widget, label), "clicked");
}

static void
restore_in_dialog (EngramWindow *window,
                   const char   *path,
                   guint         n_neurons)
{
  wait_until (find_dialog (window) != NULL);
  click (find_dialog (window), "_Restore");
  wait_until (engram_window_get_state (window) == ENGRAM_WINDOW_NETWORK);
  g_assert_true (test_await_window (path) == window);
  g_assert_cmpuint (test_count_rows (window), ==, n_neurons);
}

static void
test_damaged (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 30);
  g_autofree char *broken = test_shared_data ("damaged/truncated.db");
  EngramWindow *window;

  if (broken == NULL)
    return;
  make_backup (path);
  test_copy_file (broken, path);
  window = test_open (path);
  if (engram_window_get_state (window) == ENGRAM_WINDOW_REFUSED)
    click (test_find_widget (window, ENGRAM_TYPE_ERROR_PAGE), "_Restore a Backup…");
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.restore-damaged", NULL);
  restore_in_dialog (window, path, 30);
  test_close_windows ();
}

static void
test_gone (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 30);
  EngramWindow *window;

  make_backup (path);
  g_assert_cmpint (remove (path), ==, 0);
  window = test_open (path);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_REFUSED);
  click (test_find_widget (window, ENGRAM_TYPE_ERROR_PAGE), "_Restore a Backup…");
  restore_in_dialog (window, path, 30);
  test_close_windows ();
}

/* A network that is open is closed first. */
static void
test_set_aside (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 30);
  EngramWindow *window;

  make_backup (path);
  window = test_open (path);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.restore-damaged", NULL);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_REFUSED);
  restore_in_dialog (window, path, 30);
  test_close_windows ();
}

static void
test_actions (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 3);
  EngramWindow *window = test_open (path);

  wait_until (engram_network_page_get_session (engram_window_get_page (window)) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.backup", NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (find_dialog (window))), ==, "Create a Backup");
  gtk_window_destroy (GTK_WINDOW (find_dialog (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.restore", NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (find_dialog (window))), ==, "Backups");
  test_close_windows ();
}

static gpointer
get_control (GtkWidget  *preferences,
             const char *name)
{
  return gtk_widget_get_template_child (preferences, ENGRAM_TYPE_PREFERENCES, name);
}

static void
test_preferences (void)
{
  GSettings *settings = engram_settings_get ();
  GtkWidget *preferences;
  g_autofree char *automatic = NULL, *folder = NULL;

  test_application ();
  g_settings_set_string (settings, "backup-folder", "/somewhere/else");
  preferences = engram_preferences_new (NULL);
  g_assert_cmpstr (adw_action_row_get_subtitle (get_control (preferences, "backup_folder")), ==, "/somewhere/else");
  adw_combo_row_set_selected (get_control (preferences, "backup_automatic"), 2);
  gtk_switch_set_active (get_control (preferences, "backup_before_bulk_changes"), FALSE);
  gtk_spin_button_set_value (get_control (preferences, "backup_keep"), 7);
  g_signal_emit_by_name (get_control (preferences, "usual_folder_button"), "clicked");

  automatic = g_settings_get_string (settings, "backup-automatic");
  folder = g_settings_get_string (settings, "backup-folder");
  g_assert_cmpstr (automatic, ==, "daily");
  g_assert_cmpstr (folder, ==, "");
  g_assert_cmpuint (g_settings_get_uint (settings, "backup-keep"), ==, 7);
  g_assert_false (g_settings_get_boolean (settings, "backup-before-bulk-changes"));
  g_assert_false (gtk_widget_get_visible (get_control (preferences, "usual_folder_button")));
  gtk_window_destroy (GTK_WINDOW (preferences));
  g_settings_reset (settings, "backup-automatic");
  g_settings_reset (settings, "backup-keep");
  g_settings_reset (settings, "backup-before-bulk-changes");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-restore/damaged", test_damaged);
  g_test_add_func ("/window-restore/gone", test_gone);
  g_test_add_func ("/window-restore/set-aside", test_set_aside);
  g_test_add_func ("/window-restore/actions", test_actions);
  g_test_add_func ("/window-restore/preferences", test_preferences);
  return g_test_run ();
}
