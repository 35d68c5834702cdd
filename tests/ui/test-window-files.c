/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "engram-screenshot.h"
#include "test-support.h"
#include "window-support.h"

/* What becomes of the file of a window: it goes, it comes back, it is closed. */

static void
await_state (EngramWindow      *window,
             EngramWindowState  state)
{
  wait_until (engram_window_get_state (window) != ENGRAM_WINDOW_OPENING);
  g_assert_cmpint (engram_window_get_state (window), ==, state);
}

static gboolean
is_gone (EngramWindow *window)
{
  return engram_network_page_is_gone (engram_window_get_page (window));
}

/* How many bars there are that say something, of all below a widget. */
/* The first bar that is shown, or NULL. */
static GtkInfoBar *
find_revealed_bar (GtkWidget *widget)
{
  GtkInfoBar *found = NULL;

  if (GTK_IS_INFO_BAR (widget) && gtk_info_bar_get_revealed (GTK_INFO_BAR (widget)))
    return GTK_INFO_BAR (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_revealed_bar (child);
  return found;
}

static guint
count_bars (GtkWidget *widget)
{
  guint n_bars = GTK_IS_INFO_BAR (widget) && gtk_info_bar_get_revealed (GTK_INFO_BAR (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_bars += count_bars (child);
  return n_bars;
}

static void
rename_file (const char *from,
             const char *to)
{
  g_assert_cmpint (g_rename (from, to), ==, 0);
}

/* One bar, however much there is that cannot be read; what was read stays. */
static void
test_replaced (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5000);
  g_autofree char *other = test_create_network (folder, "other.db", 3);
  EngramWindow *window = test_open (path);
  EngramNetworkPage *page = engram_window_get_page (window);
  GListModel *model = G_LIST_MODEL (engram_record_list_get_model (engram_network_page_get_list (page, ENGRAM_RECORD_NEURON)));
  g_autofree char *first = test_dup_row_id (window, 0);
  g_autoptr (EngramRecordRow) row = NULL;

  g_assert_cmpuint (count_bars (GTK_WIDGET (window)), ==, 0);
  rename_file (other, path);
  wait_until (is_gone (window));
  g_assert_cmpuint (count_bars (GTK_WIDGET (window)), ==, 1);

  row = g_list_model_get_item (model, 4000);
  wait_until (!engram_record_row_is_loading (row));
  g_assert_null (engram_record_row_get_neuron (row));
  engram_network_page_select (page, "not there");
  engram_record_model_refresh (ENGRAM_RECORD_MODEL (model), FALSE);
  wait_until (!engram_record_model_get_loading (ENGRAM_RECORD_MODEL (model)));
  g_assert_error (engram_record_model_get_error (ENGRAM_RECORD_MODEL (model)),
                  ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE);
  g_assert_cmpuint (test_count_rows (window), ==, 5000);
  g_assert_cmpuint (count_bars (GTK_WIDGET (window)), ==, 1);

  gtk_info_bar_response (find_revealed_bar (GTK_WIDGET (page)), GTK_RESPONSE_OK);
  await_state (window, ENGRAM_WINDOW_NETWORK);
  g_assert_true (test_await_window (path) == window);
  g_assert_cmpuint (test_count_rows (window), ==, 3);
  g_assert_cmpuint (count_bars (GTK_WIDGET (window)), ==, 0);
  test_close_windows ();
}

/* Whether something is remembered of the files that were looked at that holds this. */
static gboolean
is_remembered (const char *text)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "engram", "views", NULL);
  g_autoptr (GDir) views = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (views != NULL && !found && (name = g_dir_read_name (views)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;

      found = g_file_get_contents (path, &contents, NULL, NULL) && strstr (contents, text) != NULL;
    }
  return found;
}

/* What was chosen is chosen again in the file that has come in its place. */
static void
test_chosen_again (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  EngramWindow *window;
  g_autofree char *id = NULL;

  test_copy_file (path, other);
  window = test_open (path);
  id = test_dup_row_id (window, 3);
  g_action_group_activate_action (G_ACTION_GROUP (window), "select", g_variant_new_string (id));
  test_await_details (window, id);
  wait_until (is_remembered (id));
  rename_file (other, path);
  wait_until (is_gone (window));
  gtk_info_bar_response (find_revealed_bar (GTK_WIDGET (engram_window_get_page (window))), GTK_RESPONSE_OK);
  await_state (window, ENGRAM_WINDOW_NETWORK);
  test_await_window (path);
  test_await_details (window, id);
  g_assert_true (is_remembered (id));
  test_close_windows ();
}

static void
test_comes_back (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  g_autofree char *elsewhere = g_build_filename (folder, "elsewhere.db", NULL);
  EngramWindow *window = test_open (path);

  rename_file (path, elsewhere);
  wait_until (is_gone (window));
  rename_file (elsewhere, path);
  wait_until (!is_gone (window));
  g_assert_cmpuint (count_bars (GTK_WIDGET (window)), ==, 0);
  g_assert_cmpuint (test_count_rows (window), ==, 5);
  test_close_windows ();
}

static void
test_deleted (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  EngramWindow *window = test_open (path);

  g_assert_cmpint (g_remove (path), ==, 0);
  wait_until (is_gone (window));
  gtk_info_bar_response (find_revealed_bar (GTK_WIDGET (engram_window_get_page (window))), GTK_RESPONSE_OK);
  await_state (window, ENGRAM_WINDOW_REFUSED);
  g_assert_cmpstr (engram_window_get_path (window), ==, path);
  test_close_windows ();
}

/* Who opens the file by its name means what lies there now. */
static void
test_opened_by_name (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  g_autofree char *other = test_create_network (folder, "other.db", 3);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  EngramWindow *window = test_open (path);

  rename_file (other, path);
  wait_until (is_gone (window));
  g_application_open (G_APPLICATION (test_application ()), &file, 1, "");
  wait_until (!is_gone (window));
  await_state (window, ENGRAM_WINDOW_NETWORK);
  test_await_window (path);
  g_assert_cmpuint (test_count_rows (window), ==, 3);
  g_assert_cmpuint (test_count_windows (), ==, 1);
  test_close_windows ();
}

/* Closing */

typedef struct {
  GThread *thread;
  int      gone;
} Goodbye;

static void
note_goodbye (gpointer  data,
              GObject  *object)
{
  Goodbye *goodbye = data;

  goodbye->thread = g_thread_self ();
  g_atomic_int_set (&goodbye->gone, TRUE);
  g_main_context_wakeup (NULL);
}

/* Even where a late result is dropped in the main loop. */
static void
test_closed_by_worker (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  EngramWindow *window = test_open (path);
  EngramDatabase *late = g_object_ref (engram_network_page_get_database (engram_window_get_page (window)));
  Goodbye goodbye = { NULL, FALSE };

  g_object_weak_ref (G_OBJECT (late), note_goodbye, &goodbye);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_false (g_atomic_int_get (&goodbye.gone));
  g_object_unref (late);
  wait_until (g_atomic_int_get (&goodbye.gone));
  g_assert_true (goodbye.thread != g_thread_self ());
  while (g_main_context_iteration (NULL, FALSE));
}

static void
pictured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_assert_false (engram_screenshot_finish (result, user_data));
}

static void
test_closed_before_its_picture (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *picture = g_build_filename (folder, "picture.png", NULL);
  EngramWindow *window = engram_window_new (test_application ());
  g_autoptr (GError) error = NULL;

  gtk_window_present (GTK_WINDOW (window));
  engram_screenshot_async (window, picture, pictured_cb, &error);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (error != NULL);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
}

/* What lies in the folder of networks without a name, or NULL. */
static char *
find_untitled (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL ? g_strdup (g_dir_read_name (dir)) : NULL;
}

/* The program ends while it builds the sample, and leaves nothing of it. */
static void
test_ends_while_opening (void)
{
  g_autofree char *untitled = g_build_filename (g_get_user_state_dir (), "engram", "untitled", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (untitled);
  g_autoptr (GFileMonitor) monitor = NULL;
  g_autoptr (GSubprocess) program = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (untitled, 0700), ==, 0);
  monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, &error);
  g_assert_no_error (error);
  program = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("ENGRAM_PROGRAM"), "--sample", NULL);
  g_assert_no_error (error);
  while (left == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      left = find_untitled (untitled);
    }
  g_clear_pointer (&left, g_free);
  g_subprocess_send_signal (program, SIGTERM);
  g_subprocess_wait_check (program, NULL, &error);
  g_assert_no_error (error);
  left = find_untitled (untitled);
  g_assert_cmpstr (left, ==, NULL);
}

/* Room */

static double
get_text_width (EngramWindow *window)
{
  /* The second cell of the first row. */
  GtkWidget *view = test_find_widget (window, GTK_TYPE_LIST_VIEW);
  GtkWidget *row = gtk_widget_get_first_child (view);
  GtkWidget *cell = gtk_widget_get_next_sibling (gtk_widget_get_first_child (row));

  return (double) gtk_widget_get_width (cell) / gtk_widget_get_width (view);
}

static EngramWindow *
open_in_size (const char *path,
              int         width,
              int         height,
              gboolean    shown_before)
{
  EngramWindow *window = engram_window_new (test_application ());

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (shown_before)
    {
      gtk_window_present (GTK_WINDOW (window));
      wait_until (gtk_widget_get_width (GTK_WIDGET (window)) > 0);
    }
  engram_window_open (window, path, 0);
  gtk_window_present (GTK_WINDOW (window));
  test_await_window (path);
  wait_until (gtk_widget_get_first_child (test_find_widget (window, GTK_TYPE_LIST_VIEW)) != NULL
              && gtk_widget_get_width (test_find_widget (window, GTK_TYPE_LIST_VIEW)) > 0);
  return window;
}

static GtkAdjustment *
get_list_adjustment (EngramWindow *window)
{
  return gtk_scrollable_get_hadjustment (test_find_widget (window, GTK_TYPE_COLUMN_VIEW));
}

static void
test_room_for_text (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 50);
  EngramWindow *window = open_in_size (path, 1280, 760, TRUE);
  GtkAdjustment *adjustment = get_list_adjustment (window);

  wait_until (gtk_adjustment_get_upper (adjustment) > 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
  wait_until (get_text_width (window) > 0);
  g_assert_cmpfloat (get_text_width (window), >, 0.28);
  test_close_windows ();
}

/* Opening a network does not widen a window of a telephone's size, be it on screen before or not. */
static void
test_narrow (gconstpointer data)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 50);
  EngramWindow *window = open_in_size (path, 360, 640, GPOINTER_TO_INT (data));
  gboolean narrow = FALSE;

  while (!narrow)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (engram_window_get_page (window), "narrow", &narrow, NULL);
    }
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 360);
  test_close_windows ();
}

/* What the user's folder held when the program started. */
#define USER_TYPE                                                                              \
  "{\"format\": \"engram-type\", \"version\": 1, \"name\": \"sensor_array\", \"label\": \"Sensor array\"," \
  " \"fields\": [{\"name\": \"gain\", \"kind\": \"real\", \"default\": 1.5}]}"

static void
write_user_types (const char *home)
{
  g_autofree char *folder = g_build_filename (home, "engram", "types", NULL);
  g_autofree char *good = g_build_filename (folder, "sensor-array.json", NULL);
  g_autofree char *bad = g_build_filename (folder, "bad.json", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (good, USER_TYPE, -1, NULL));
  g_assert_true (g_file_set_contents (bad, "{", -1, NULL));
}

static void
test_user_types (void)
{
  EngramNeuronType *type;

  /* Starts it, if no test before has. */
  g_assert_nonnull (test_application ());
  type = engram_type_registry_lookup (engram_type_registry_get_default (), "sensor_array");
  g_assert_nonnull (type);
  g_assert_cmpstr (engram_neuron_type_find_field (type, "gain")->default_json, ==, "1.5");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);
  write_user_types (home);

  g_test_add_func ("/window-files/user-types", test_user_types);
  g_test_add_func ("/window-files/replaced", test_replaced);
  g_test_add_func ("/window-files/chosen-again", test_chosen_again);
  g_test_add_func ("/window-files/comes-back", test_comes_back);
  g_test_add_func ("/window-files/deleted", test_deleted);
  g_test_add_func ("/window-files/opened-by-name", test_opened_by_name);
  g_test_add_func ("/window-files/closed-by-worker", test_closed_by_worker);
  g_test_add_func ("/window-files/closed-before-its-picture", test_closed_before_its_picture);
  g_test_add_func ("/window-files/ends-while-opening", test_ends_while_opening);
  g_test_add_func ("/window-files/room-for-text", test_room_for_text);
  g_test_add_data_func ("/window-files/narrow", GINT_TO_POINTER (TRUE), test_narrow);
  g_test_add_data_func ("/window-files/narrow-from-the-start", GINT_TO_POINTER (FALSE), test_narrow);
  return g_test_run ();
}
