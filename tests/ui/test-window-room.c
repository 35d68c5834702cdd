/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-support.h"
#include "window-support.h"

/* What there is room for, in windows from a wide screen's to a telephone's. */

static gboolean
get_boolean (gpointer    object,
             const char *property)
{
  gboolean value;

  g_object_get (object, property, &value, NULL);
  return value;
}

/* What the frame takes of a window where the screen has no compositor. */
#define FRAME 16

static gboolean
is_so_wide (EngramWindow *window,
            int           width)
{
  int is = gtk_widget_get_width (GTK_WIDGET (window));

  return is <= width && is >= width - FRAME;
}

static gboolean
may_be_so_wide (EngramWindow *window,
                int           width)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum <= width;
}

/* The header makes room after it has become narrower, so a window shrinks by steps, as it does when it is dragged. */
static void
resize (EngramWindow *window,
        int           width)
{
  wait_until (may_be_so_wide (window, width));
  gtk_window_set_default_size (GTK_WINDOW (window), width, 640);
  wait_until (is_so_wide (window, width));
}

/* A window of any width becomes as narrow as a telephone, also while it has all buttons; the views can be chosen in it
 * at one place, and its title stands there once. */
static void
test_every_width (void)
{
  static const int widths[] = { 1280, 1200, 1150, 900, 700, 660, 500, 470, 360 + FRAME, 470, 700, 900, 1200 };
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 1);
  EngramWindow *window = test_open (path);
  gpointer title = test_find_widget (window, ADW_TYPE_WINDOW_TITLE);
  gpointer switcher = test_find_widget (window, ADW_TYPE_VIEW_SWITCHER_TITLE);
  gpointer bar = test_find_widget (window, ADW_TYPE_VIEW_SWITCHER_BAR);

  g_action_group_activate_action (G_ACTION_GROUP (window), "edit", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      resize (window, widths[i]);
      wait_until (get_boolean (bar, "reveal") == get_boolean (switcher, "title-visible"));
      wait_until (!gtk_widget_get_visible (title) || !get_boolean (switcher, "title-visible"));
      g_assert_true (get_boolean (switcher, "view-switcher-enabled"));
    }
  wait_until (gtk_widget_get_visible (title));
  test_close_windows ();
}

/* As the key does, where nothing within the page takes it. */
static gboolean
press_escape (GtkWidget *page)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, 0, &handled);
    }
  return handled;
}

static void
test_escape (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_create_network (folder, "network.db", 1);
  EngramWindow *window = test_open (path);
  EngramNetworkPage *page = engram_window_get_page (window);

  resize (window, 1200);
  g_assert_false (press_escape (GTK_WIDGET (page)));
  g_assert_true (get_boolean (page, "details-visible"));
  resize (window, 660);
  resize (window, 470);
  resize (window, 360 + FRAME);
  wait_until (get_boolean (page, "narrow"));
  g_object_set (page, "details-visible", TRUE, NULL);
  g_assert_true (press_escape (GTK_WIDGET (page)));
  g_assert_false (get_boolean (page, "details-visible"));
  g_object_set (page, "filters-visible", TRUE, NULL);
  g_assert_true (press_escape (GTK_WIDGET (page)));
  g_assert_false (get_boolean (page, "filters-visible"));
  g_assert_false (press_escape (GTK_WIDGET (page)));
  test_close_windows ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-room/every-width", test_every_width);
  g_test_add_func ("/window-room/escape", test_escape);
  return g_test_run ();
}
