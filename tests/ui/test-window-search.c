/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-search-bar.h"
#include "test-support.h"
#include "window-support.h"

/* The search of a window is opened, closed and opened again. */

static gboolean
get_boolean (gpointer    object,
             const char *property)
{
  gboolean value;

  g_object_get (object, property, &value, NULL);
  return value;
}

static GtkEditable *
get_entry (EngramWindow *window)
{
  return test_find_widget (test_find_widget (window, ENGRAM_TYPE_SEARCH_BAR), GTK_TYPE_SEARCH_ENTRY);
}

static const char *
get_query_text (EngramWindow *window)
{
  EngramQuery *query = engram_session_get_query (engram_network_page_get_session (engram_window_get_page (window)));

  return query != NULL ? engram_query_get_text (query) : NULL;
}

static void
ask_for (EngramWindow *window,
         const char   *text)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "search", NULL);
  gtk_editable_set_text (get_entry (window), text);
  g_signal_emit_by_name (get_entry (window), "activate");
  g_assert_cmpstr (get_query_text (window), ==, text);
}

/* Nothing that was typed is lost, and what is not seen filters nothing. */
static void
test_closed (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 1);
  EngramWindow *window = test_open (path);
  EngramNetworkPage *page = engram_window_get_page (window);

  ask_for (window, "type:tool");
  g_action_group_activate_action (G_ACTION_GROUP (window), "searching", NULL);
  g_assert_false (get_boolean (page, "searching"));
  g_assert_null (get_query_text (window));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                         test_find_widget (window, ENGRAM_TYPE_RECORD_LIST)));
  g_action_group_activate_action (G_ACTION_GROUP (window), "search", NULL);
  g_assert_cmpstr (get_query_text (window), ==, "type:tool");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (window)), ==, "type:tool");
  test_close_windows ();
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *icon_name)
{
  GtkWidget *found = NULL;

  if (GTK_IS_TOGGLE_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon_name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, icon_name);
  return found;
}

static void
note_click (gboolean *clicked)
{
  *clicked = TRUE;
}

/* A button that a key presses acts a quarter of a second later; whoever has begun to search by then goes on. */
static void
test_late_button (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 1);
  EngramWindow *window = test_open (path);
  EngramNetworkPage *page = engram_window_get_page (window);
  GtkWidget *button = find_button (GTK_WIDGET (window), "edit-find-symbolic");
  gboolean clicked = FALSE;

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (note_click), &clicked);
  gtk_widget_activate (button);
  ask_for (window, "type:tool");
  g_assert_false (clicked);
  wait_until (clicked);
  g_assert_true (get_boolean (page, "searching"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_assert_cmpstr (get_query_text (window), ==, "type:tool");

  g_signal_emit_by_name (button, "clicked");
  g_assert_false (get_boolean (page, "searching"));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (get_boolean (page, "searching"));
  test_close_windows ();
}

static gboolean
has_status (EngramNetworkPage *page,
            const char        *expected)
{
  g_autofree char *status = NULL;

  g_object_get (page, "status", &status, NULL);
  return g_strcmp0 (status, expected) == 0;
}

/* How many are shown of how many is said at one place. */
static void
test_said_once (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 1);
  EngramWindow *window = test_open (path);
  EngramNetworkPage *page = engram_window_get_page (window);
  EngramSearchBar *bar = test_find_widget (window, ENGRAM_TYPE_SEARCH_BAR);

  wait_until (has_status (page, "1 neuron"));
  g_assert_cmpstr (engram_search_bar_get_counts (bar), ==, "");
  ask_for (window, "type:tool");
  wait_until (g_strcmp0 (engram_search_bar_get_counts (bar), "Showing 0 of 1 neuron") == 0);
  wait_until (has_status (page, ""));
  g_action_group_activate_action (G_ACTION_GROUP (window), "searching", NULL);
  wait_until (has_status (page, "1 neuron"));
  test_close_windows ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-search/closed", test_closed);
  g_test_add_func ("/window-search/late-button", test_late_button);
  g_test_add_func ("/window-search/said-once", test_said_once);
  return g_test_run ();
}
