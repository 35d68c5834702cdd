/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-figures-pane.h"
#include "lists/engram-record-list.h"
#include "test-support.h"
#include "window-support.h"

/* What the keyboard does in a window. */

static gboolean
is_focus_in (EngramWindow *window,
             GType         type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && gtk_widget_get_ancestor (focus, type) != NULL;
}

static void
activate (EngramWindow *window,
          const char   *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

/* From part to part, and round. */
static void
test_parts (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 5);
  EngramWindow *window = test_open (path);

  /* Who opens a network can go through it at once. */
  wait_until (is_focus_in (window, ENGRAM_TYPE_RECORD_LIST));
  wait_until (gtk_widget_get_mapped (test_find_widget (window, ENGRAM_TYPE_FIGURES_PANE)));
  activate (window, "next-part");
  g_assert_true (is_focus_in (window, ENGRAM_TYPE_FIGURES_PANE));
  activate (window, "next-part");
  g_assert_true (is_focus_in (window, ENGRAM_TYPE_NETWORK_PAGE));
  g_assert_false (is_focus_in (window, ENGRAM_TYPE_FIGURES_PANE) || is_focus_in (window, ENGRAM_TYPE_RECORD_LIST));
  activate (window, "next-part");
  g_assert_true (is_focus_in (window, ADW_TYPE_HEADER_BAR));
  activate (window, "next-part");
  g_assert_true (is_focus_in (window, ENGRAM_TYPE_RECORD_LIST));
  activate (window, "previous-part");
  g_assert_true (is_focus_in (window, ADW_TYPE_HEADER_BAR));
  test_close_windows ();
}

/* Where there is no network yet. */
static void
test_parts_of_welcome (void)
{
  EngramWindow *window;

  g_application_activate (G_APPLICATION (test_application ()));
  window = test_get_window ();
  activate (window, "next-part");
  g_assert_false (is_focus_in (window, ADW_TYPE_HEADER_BAR));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  activate (window, "previous-part");
  g_assert_true (is_focus_in (window, ADW_TYPE_HEADER_BAR));
  test_close_windows ();
}

/* Whether a key works wherever the focus is; the others belong to a list or a picture. */
static gboolean
is_for_window (GtkWidget *shortcut)
{
  GtkWidget *group = gtk_widget_get_ancestor (shortcut, GTK_TYPE_SHORTCUTS_GROUP);
  g_autofree char *title = NULL;

  g_object_get (group, "title", &title, NULL);
  return g_str_equal (title, "Network") || g_str_equal (title, "The Whole Network") || g_str_equal (title, "General");
}

static void
assert_works (const char *key)
{
  g_auto (GStrv) actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (test_application ()), key);

  /* GTK opens the menu by itself. */
  if (actions[0] == NULL && !g_str_equal (key, "F10"))
    g_error ("The shortcuts window names %s, which does nothing", key);
}

/* What the window of shortcuts promises. */
static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder = NULL;
  g_autoptr (GSList) objects = NULL;
  guint n_checked = 0;

  test_application ();
  builder = gtk_builder_new_from_resource ("/io/github/engram/Engram/app/shortcuts-window.ui");
  objects = gtk_builder_get_objects (builder);
  for (GSList *item = objects; item != NULL; item = item->next)
    {
      g_autofree char *accelerator = NULL;
      g_auto (GStrv) keys = NULL;

      if (!GTK_IS_SHORTCUTS_SHORTCUT (item->data) || !is_for_window (item->data))
        continue;
      g_object_get (item->data, "accelerator", &accelerator, NULL);
      keys = g_strsplit (accelerator, " ", -1);
      for (guint i = 0; keys[i] != NULL; i++, n_checked++)
        assert_works (keys[i]);
    }
  g_assert_cmpuint (n_checked, >, 15);
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts_window")));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-keys/parts", test_parts);
  g_test_add_func ("/window-keys/parts-of-welcome", test_parts_of_welcome);
  g_test_add_func ("/window-keys/shortcuts", test_shortcuts);
  return g_test_run ();
}
