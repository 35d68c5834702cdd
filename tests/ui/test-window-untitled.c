/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "engram-window-private.h"
#include "pages/engram-recent-files.h"
#include "test-support.h"
#include "window-support.h"

static EngramWindow *
open_empty (void)
{
  EngramWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (test_application ()), "new", NULL);
  window = test_get_window ();
  wait_until (engram_window_get_state (window) == ENGRAM_WINDOW_NETWORK &&
              engram_network_page_get_session (engram_window_get_page (window)) != NULL);
  return window;
}

static gboolean
can_undo (EngramWindow *window)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo");
}

/* By the menu's action, as a person does. */
static void
add_neuron (EngramWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "new-neuron", g_variant_new_string ("tool"));
  wait_until (can_undo (window));
}

static char *
dup_database_path (EngramWindow *window)
{
  return g_strdup (engram_database_get_path (engram_network_page_get_database (engram_window_get_page (window))));
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

/* As pressing one of its buttons does. */
static void
answer (const char *response)
{
  g_autoptr (AdwMessageDialog) dialog = NULL;

  wait_until (find_dialog () != NULL);
  dialog = g_object_ref (find_dialog ());
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The worker that closes the network removes the file last of all, and tells nobody. */
static void
await_removal (const char *path)
{
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

/* Where nothing was done there is nothing to ask. */
static void
test_untouched (void)
{
  EngramWindow *window = open_empty ();
  g_autofree char *path = dup_database_path (window);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  test_close_windows ();
  g_assert_null (find_dialog ());
  await_removal (path);
}

static void
test_discard (void)
{
  EngramWindow *window = open_empty ();
  g_autofree char *path = dup_database_path (window);

  add_neuron (window);
  gtk_window_close (GTK_WINDOW (window));
  answer ("cancel");
  g_assert_cmpuint (test_count_windows (), ==, 1);

  gtk_window_close (GTK_WINDOW (window));
  answer ("discard");
  wait_until (test_count_windows () == 0);
  await_removal (path);
}

/* Whoever ends the program without being able to ask loses nothing. */
static void
test_destroyed (void)
{
  EngramWindow *window = open_empty ();
  g_autofree char *path = dup_database_path (window);
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_neurons;

  add_neuron (window);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (test_count_windows () == 0);
  database = engram_database_open (path, NULL, &error);
  g_assert_no_error (error);
  store = engram_neuron_store_new (database);
  g_assert_true (engram_neuron_store_count (store, &n_neurons, NULL, NULL));
  g_assert_cmpuint (n_neurons, ==, 1);
}

static void
test_save (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = g_build_filename (real_folder, "Mein Netz.db", NULL);
  EngramWindow *window = open_empty ();
  g_autofree char *old = dup_database_path (window);

  add_neuron (window);
  engram_window_save_to (window, path);
  wait_until (g_strcmp0 (engram_window_get_path (window), path) == 0);
  test_await_window (path);
  g_assert_cmpuint (test_count_rows (window), ==, 1);
  await_removal (old);
  /* It has a name now. */
  test_close_windows ();
  g_assert_null (find_dialog ());
}

/* A file that is there is never written over. */
static void
test_save_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "mine.db", NULL);
  g_autofree char *content = NULL;
  EngramWindow *window = open_empty ();

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  add_neuron (window);
  engram_window_save_to (window, path);
  wait_until (find_dialog () != NULL);
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  g_assert_null (engram_window_get_path (window));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What was asked for before is in the file too. */
static void
test_save_waits (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = g_build_filename (real_folder, "new.db", NULL);
  EngramWindow *window = open_empty ();

  for (guint i = 0; i < 5; i++)
    g_action_group_activate_action (G_ACTION_GROUP (window), "new-neuron", g_variant_new_string ("tool"));
  engram_window_save_to (window, path);
  wait_until (g_strcmp0 (engram_window_get_path (window), path) == 0);
  test_await_window (path);
  g_assert_cmpuint (test_count_rows (window), ==, 5);
  test_close_windows ();
}

/* The size of the window, the view, the filter and the selection are as they were. */
static void
test_remembered (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *real_folder = realpath (folder, NULL);
  g_autofree char *path = g_build_filename (real_folder, "network.db", NULL);
  EngramWindow *window = open_empty ();
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autofree char *id = NULL;

  add_neuron (window);
  engram_window_save_to (window, path);
  wait_until (g_strcmp0 (engram_window_get_path (window), path) == 0);
  test_await_window (path);
  id = test_dup_row_id (window, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "select", g_variant_new_string (id));
  test_await_details (window, id);
  engram_session_set_query (engram_network_page_get_session (engram_window_get_page (window)), query);
  g_action_group_activate_action (G_ACTION_GROUP (window), "filters", NULL);
  test_close_windows ();

  window = test_open (path);
  test_await_details (window, id);
  g_assert_true (engram_query_equal (
    engram_session_get_query (engram_network_page_get_session (engram_window_get_page (window))), query));
  g_assert_true (adw_flap_get_reveal_flap (test_find_widget (window, ADW_TYPE_FLAP)));
  g_action_group_activate_action (G_ACTION_GROUP (window), "filters", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "view", g_variant_new_string ("synapses"));
  test_close_windows ();

  window = test_open (path);
  g_assert_cmpint (engram_network_page_get_kind (engram_window_get_page (window)), ==, ENGRAM_RECORD_SYNAPSE);
  test_close_windows ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/untitled/untouched", test_untouched);
  g_test_add_func ("/untitled/discard", test_discard);
  g_test_add_func ("/untitled/destroyed", test_destroyed);
  g_test_add_func ("/untitled/save", test_save);
  g_test_add_func ("/untitled/save-refused", test_save_refused);
  g_test_add_func ("/untitled/save-waits", test_save_waits);
  g_test_add_func ("/window/remembered", test_remembered);
  return g_test_run ();
}
