/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "pages/engram-error-page.h"
#include "pages/engram-opening-page.h"
#include "pages/engram-recent-files.h"
#include "pages/engram-welcome-page.h"
#include "search/engram-search-bar.h"
#include "test-support.h"
#include "window-support.h"

/* A copy of the network that the Python program wrote, in a folder of the test's own; NULL where it is not
 * there. */
static char *
copy_original (const char *folder,
               const char *name)
{
  g_autofree char *original = test_shared_data ("original/network.db");
  g_autofree char *real_folder = realpath (folder, NULL);
  char *copy;

  if (original == NULL)
    return NULL;
  copy = g_build_filename (real_folder, name, NULL);
  test_copy_file (original, copy);
  return copy;
}

static void
activate (EngramWindow *window,
          const char   *action,
          GVariant     *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, parameter);
}

static void
test_welcome (void)
{
  EngramWindow *window;

  g_application_activate (G_APPLICATION (test_application ()));
  g_assert_cmpuint (test_count_windows (), ==, 1);
  window = test_get_window ();
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_WELCOME);
  g_assert_true (gtk_widget_get_visible (test_find_widget (window, ENGRAM_TYPE_WELCOME_PAGE)));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "select"));

  g_application_activate (G_APPLICATION (test_application ()));
  g_assert_cmpuint (test_count_windows (), ==, 1);
  test_close_windows ();
}

static void
test_original (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = copy_original (folder, "ein Netz.db");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *first = NULL;
  g_autofree char *status = NULL;
  EngramWindow *window;

  if (path == NULL)
    return;

  before = test_hash_file (path);
  window = test_open (path);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_NETWORK);
  g_assert_cmpuint (test_count_rows (window), ==, 240);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "ein Netz.db");

  first = test_dup_row_id (window, 0);
  activate (window, "select", g_variant_new_string (first));
  test_await_details (window, first);
  g_object_get (engram_window_get_page (window), "status", &status, NULL);
  g_assert_nonnull (strstr (status, "240"));

  test_close_windows ();
  after = test_hash_file (path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_back (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = copy_original (folder, "network.db");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  EngramWindow *window;
  EngramDetailsPane *details;

  if (path == NULL)
    return;

  window = test_open (path);
  details = engram_network_page_get_details (engram_window_get_page (window));
  first = test_dup_row_id (window, 0);
  second = test_dup_row_id (window, 120);
  third = test_dup_row_id (window, 239);
  activate (window, "select", g_variant_new_string (first));
  test_await_details (window, first);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "back"));

  g_signal_emit_by_name (details, "neuron-activated", second);
  test_await_details (window, second);
  activate (window, "select", g_variant_new_string (third));
  test_await_details (window, third);

  activate (window, "back", NULL);
  test_await_details (window, second);
  activate (window, "back", NULL);
  test_await_details (window, first);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "back"));
  test_close_windows ();
}

static void
test_details_action (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 0);
  EngramWindow *window = test_open (path);
  AdwFlap *flap =
    ADW_FLAP (gtk_widget_get_ancestor (test_find_widget (window, ENGRAM_TYPE_DETAILS_PANE), ADW_TYPE_FLAP));

  g_assert_true (adw_flap_get_reveal_flap (flap));
  activate (window, "details", NULL);
  g_assert_false (adw_flap_get_reveal_flap (flap));
  activate (window, "details", NULL);
  g_assert_true (adw_flap_get_reveal_flap (flap));
  test_close_windows ();
}

/* Searching takes the focus, and gives it to the rows that it leaves. */
static void
test_search_focus (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = copy_original (folder, "network.db");
  EngramWindow *window;
  GtkWidget *bar;

  if (path == NULL)
    return;
  window = test_open (path);
  bar = test_find_widget (window, ENGRAM_TYPE_SEARCH_BAR);
  activate (window, "search", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), bar));
  g_signal_emit_by_name (bar, "stop");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                         test_find_widget (window, ENGRAM_TYPE_RECORD_LIST)));
  test_close_windows ();
}

static void
open_again (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_application_open (G_APPLICATION (test_application ()), &file, 1, "");
}

static void
test_one_window_per_file (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *first = test_create_network (folder, "first.db", 0);
  g_autofree char *second = test_create_network (folder, "second.db", 0);
  g_autofree char *link = g_build_filename (folder, "link.db", NULL);
  EngramWindow *first_window, *second_window;

  g_assert_cmpint (symlink ("first.db", link), ==, 0);

  /* The welcome page gives way to the first file. */
  g_application_activate (G_APPLICATION (test_application ()));
  first_window = test_open (first);
  g_assert_cmpuint (test_count_windows (), ==, 1);

  second_window = test_open (second);
  g_assert_cmpuint (test_count_windows (), ==, 2);
  g_assert_true (first_window != second_window);

  /* By another name it is the same file, and its window comes to the front. */
  open_again (link);
  wait_until (test_get_window () == first_window);
  open_again (second);
  wait_until (test_get_window () == second_window);
  g_assert_cmpuint (test_count_windows (), ==, 2);
  test_close_windows ();
}

static void
test_several_files (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *first = test_create_network (folder, "first.db", 0);
  g_autofree char *second = test_create_network (folder, "second.db", 0);
  GFile *files[] = { g_file_new_for_path (first), g_file_new_for_path (second), g_file_new_for_path (first) };

  g_application_open (G_APPLICATION (test_application ()), files, G_N_ELEMENTS (files), "");
  test_await_window (first);
  test_await_window (second);
  g_assert_cmpuint (test_count_windows (), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
  test_close_windows ();
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  GtkDropTarget *target = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && target == NULL; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        target = GTK_DROP_TARGET (controller);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && target == NULL; child = gtk_widget_get_next_sibling (child))
    target = find_drop_target (child);
  return target;
}

static void
test_drop (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "dropped.db", 0);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList item = { .data = file };
  gboolean taken = FALSE;
  EngramWindow *window;

  g_application_activate (G_APPLICATION (test_application ()));
  window = test_get_window ();
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&item));
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (window)), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
  wait_until (engram_window_get_state (window) == ENGRAM_WINDOW_NETWORK);
  g_assert_cmpstr (engram_window_get_path (window), ==, path);
  test_close_windows ();
}

/* What is in the folder, so that a side file left behind is found. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

static void
open_damaged (const char *original,
              const char *name,
              const char *status)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = g_build_filename (real_folder, name, NULL);
  g_autofree char *before = test_hash_file (original);
  g_autofree char *after = NULL;
  EngramWindow *window;

  g_test_message ("%s: %s", name, status);
  test_copy_file (original, path);
  window = test_open (path);
  if (engram_window_get_state (window) == ENGRAM_WINDOW_REFUSED)
    {
      EngramErrorPage *page = test_find_widget (window, ENGRAM_TYPE_ERROR_PAGE);

      g_assert_true (g_str_has_prefix (status, "1"));
      g_assert_cmpstr (engram_window_get_problem (window), !=, "");
      g_assert_cmpstr (engram_error_page_get_title (page), !=, "");
    }
  else
    {
      g_assert_cmpstr (status, !=, "1");
    }
  test_close_windows ();

  after = test_hash_file (path);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static void
test_damaged (void)
{
  g_autofree char *table = test_shared_data ("damaged/EXPECTED.tsv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_opened = 0;

  if (table == NULL)
    return;

  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", 3);
      g_autofree char *name = g_strconcat ("damaged/", columns[0], NULL);
      g_autofree char *original = NULL;

      if (!g_str_has_suffix (columns[0], ".db"))
        continue;
      original = test_shared_data (name);
      g_assert_nonnull (original);
      open_damaged (original, columns[0], columns[1]);
      n_opened++;
    }
  g_assert_cmpuint (n_opened, >, 20);
}

static void
test_notices (void)
{
  static const struct { const char *name, *says; } files[] = {
    { "damaged/newer-schema.db", "99" },
    { "damaged/hostile-trigger.db", "trigger" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *original = test_shared_data (files[i].name);
      g_autoptr (TestFolder) folder = NULL;
      g_autofree char *path = NULL;
      EngramWindow *window;
      GtkWidget *bar;

      if (original == NULL)
        return;
      /* The test data may lie on a read-only medium, of which there would be a notice of its own. */
      folder = test_folder_new ();
      path = g_build_filename (folder, "network.db", NULL);
      test_copy_file (original, path);
      window = test_open (path);
      bar = test_find_widget (window, GTK_TYPE_INFO_BAR);
      g_assert_nonnull (strstr (gtk_label_get_label (test_find_widget (bar, GTK_TYPE_LABEL)), files[i].says));
      test_close_windows ();
    }
}

static void
test_try_again (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = g_build_filename (real_folder, "late.db", NULL);
  g_autofree char *created = NULL;
  EngramWindow *window = test_open (path);

  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  created = test_create_network (folder, "late.db", 0);
  g_signal_emit_by_name (test_find_widget (window, ENGRAM_TYPE_ERROR_PAGE), "try-again");
  wait_until (engram_window_get_state (window) != ENGRAM_WINDOW_OPENING);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_NETWORK);
  g_assert_null (engram_window_get_problem (window));
  test_close_windows ();
}

/* What has no path in the file system cannot be opened by SQLite. */
static void
test_not_a_local_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("nowhere://example.org/network.db");
  EngramWindow *window;

  g_application_activate (G_APPLICATION (test_application ()));
  window = test_get_window ();
  g_application_open (G_APPLICATION (test_application ()), &file, 1, "");
  wait_until (engram_window_get_state (window) == ENGRAM_WINDOW_REFUSED);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "nowhere://example.org/network.db");
  g_assert_cmpuint (test_count_windows (), ==, 1);
  test_close_windows ();
}

static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 0);
  EngramWindow *window;

  g_application_activate (G_APPLICATION (test_application ()));
  window = test_get_window ();
  engram_window_open (window, path, 0);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_OPENING);
  g_signal_emit_by_name (test_find_widget (window, ENGRAM_TYPE_OPENING_PAGE), "cancelled");
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_WELCOME);
  g_assert_null (engram_window_get_path (window));

  /* What comes late from the cancelled opening is dropped. */
  engram_window_open_untitled (window, ENGRAM_UNTITLED_SAMPLE, 0);
  wait_until (engram_window_get_state (window) != ENGRAM_WINDOW_OPENING);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_NETWORK);
  g_assert_null (engram_window_get_path (window));
  test_close_windows ();
}

static void
test_empty_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "empty.db", 0);
  EngramWindow *window = test_open (path);
  AdwStatusPage *status = test_find_widget (engram_window_get_page (window), ADW_TYPE_STATUS_PAGE);

  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_NETWORK);
  g_assert_cmpuint (test_count_rows (window), ==, 0);
  g_assert_nonnull (status);
  test_close_windows ();
}

static void
test_sample (void)
{
  EngramWindow *window;
  EngramDatabase *database;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (test_application ()), "sample", NULL);
  window = test_get_window ();
  wait_until (engram_window_get_state (window) != ENGRAM_WINDOW_OPENING);
  g_assert_cmpint (engram_window_get_state (window), ==, ENGRAM_WINDOW_NETWORK);
  g_assert_null (engram_window_get_path (window));
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (window)), "untitled"));

  database = engram_network_page_get_database (engram_window_get_page (window));
  path = g_strdup (engram_database_get_path (database));
  folder = g_path_get_dirname (path);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_str_has_prefix (folder, g_get_user_cache_dir ()));

  test_close_windows ();
  /* Gone, too, when the worker that closes the network has ended, which the main loop hears of. */
  wait_until (!g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
add_neuron (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");

  g_assert_no_error (error);
  store = engram_neuron_store_new (database);
  engram_neuron_store_create (store, neuron, NULL, &error);
  g_assert_no_error (error);
}

static void
test_follows_changes (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 0);
  g_autofree char *first = NULL;
  EngramWindow *window;

  add_neuron (path);
  window = test_open (path);
  g_assert_cmpuint (test_count_rows (window), ==, 1);
  first = test_dup_row_id (window, 0);
  activate (window, "select", g_variant_new_string (first));
  test_await_details (window, first);

  add_neuron (path);
  wait_until (test_count_rows (window) == 2);
  test_await_details (window, first);
  test_close_windows ();
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) user_data = engram_recent_files_list_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_recent (const char *path)
{
  g_autoptr (GPtrArray) paths = NULL;

  engram_recent_files_list_async (100, NULL, listed_cb, &paths);
  wait_until (paths != NULL);
  return g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL);
}

static void
test_recent (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "öfter.db", 0);

  g_assert_false (is_recent (path));
  test_open (path);
  wait_until (is_recent (path));
  test_close_windows ();

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_false (is_recent (path));
}

static void
test_large_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = g_build_filename (real_folder, "large.db", NULL);
  EngramGeneratorOptions options = { .neurons = 100000, .synapses = 100000, .dimension = 0, .seed = 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *last = NULL;
  EngramWindow *window;

  engram_generate (path, &options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  window = test_open (path);
  g_assert_cmpuint (test_count_rows (window), ==, 100000);
  last = test_dup_row_id (window, 99999);
  activate (window, "select", g_variant_new_string (last));
  test_await_details (window, last);
  test_close_windows ();
}

/* The program itself */

static int
run_program (const char  *option,
             const char  *argument,
             char       **output)
{
  const char *argv[] = { g_getenv ("ENGRAM_PROGRAM"), option, argument, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                                       | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_version (void)
{
  g_autofree char *output = NULL;

  g_assert_cmpint (run_program ("--version", NULL, &output), ==, 0);
  g_assert_cmpstr (output, ==, "engram " ENGRAM_VERSION "\n");
}

static void
test_screenshot (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *picture = g_build_filename (folder, "Bild.png", NULL);
  g_autofree char *option = g_strconcat ("--screenshot=", picture, NULL);
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  g_assert_cmpint (run_program (option, NULL, &output), ==, 0);
  texture = gdk_texture_new_from_filename (picture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), >, 600);
}

static void
test_screenshot_of_no_network (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *picture = g_build_filename (folder, "Bild.png", NULL);
  g_autofree char *option = g_strconcat ("--screenshot=", picture, NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.db", NULL);
  g_autofree char *output = NULL;

  g_assert_cmpint (run_program (option, missing, &output), ==, 1);
  g_assert_nonnull (strstr (output, "missing.db"));
  g_assert_false (g_file_test (picture, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/window/welcome", test_welcome);
  g_test_add_func ("/window/original", test_original);
  g_test_add_func ("/window/back", test_back);
  g_test_add_func ("/window/details-action", test_details_action);
  g_test_add_func ("/window/search-focus", test_search_focus);
  g_test_add_func ("/window/one-window-per-file", test_one_window_per_file);
  g_test_add_func ("/window/several-files", test_several_files);
  g_test_add_func ("/window/drop", test_drop);
  g_test_add_func ("/window/damaged", test_damaged);
  g_test_add_func ("/window/notices", test_notices);
  g_test_add_func ("/window/try-again", test_try_again);
  g_test_add_func ("/window/not-a-local-file", test_not_a_local_file);
  g_test_add_func ("/window/cancel", test_cancel);
  g_test_add_func ("/window/empty-network", test_empty_network);
  g_test_add_func ("/window/sample", test_sample);
  g_test_add_func ("/window/follows-changes", test_follows_changes);
  g_test_add_func ("/window/recent", test_recent);
  g_test_add_func ("/window/large-network", test_large_network);
  g_test_add_func ("/program/version", test_version);
  g_test_add_func ("/program/screenshot", test_screenshot);
  g_test_add_func ("/program/screenshot-of-no-network", test_screenshot_of_no_network);
  return g_test_run ();
}
