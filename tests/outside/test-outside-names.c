/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-audit.h"
#include "test-support.h"

/* Whatever the window shows, each control has a name that says what it is for. */

#define TEXT "00000001-0000-4000-8000-000000000000"
#define TOOL "00000003-0000-4000-8000-000000000000"
#define MEMORY "00000004-0000-4000-8000-000000000000"

/* Where the first row is in a window at the corner of the screen. */
#define ROW_X 200
#define ROW_Y 95

static void
start (Outside    *program,
       const char *home,
       const char *path)
{
  outside_start (program, home, path);
  program->while_waiting = outside_audit_meanwhile;
}

static void
test_welcome (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  start (&program, home, NULL);
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Explore the Sample Network");
  outside_audit (&program, "on the welcome page");
  outside_close (&program);
}

static void
test_error_page (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  g_autofree char *path = g_build_filename (home, "text.db", NULL);
  Outside program;

  g_assert_true (g_file_set_contents (path, "This is no network.", -1, NULL));
  start (&program, home, path);
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Try Again");
  outside_audit (&program, "where a file cannot be opened");
  outside_close (&program);
}

/* A network, in all that can be done with it */

static void
open_network (Outside    *program,
              const char *home)
{
  g_autofree char *path = test_version_1 (home, "a.db");

  start (program, home, path);
  outside_wait_for (program, ATSPI_ROLE_TABLE_ROW, "The axon carries the spike");
}

static void
test_reading (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_audit (&program, "with the network's figures");
  outside_activate (&program, "win.select", TEXT);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "To Glia are not neurons");
  outside_audit (&program, "with a text");
  outside_activate (&program, "win.select", TOOL);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "Executions");
  outside_audit (&program, "with a tool");
  outside_activate (&program, "win.select", MEMORY);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "Kind of memory");
  outside_audit (&program, "with a memory");
  outside_activate (&program, "win.view", "synapses");
  outside_choose_row (&program, "Synapses", 0);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "Weight");
  outside_audit (&program, "with a synapse");
  outside_close (&program);
}

static void
test_searching (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_activate (&program, "win.filters", NULL);
  outside_wait_for (&program, ATSPI_ROLE_CHECK_BOX, "Knowledge");
  outside_audit (&program, "with the filters");
  outside_activate (&program, "win.search", NULL);
  outside_type (&program, "Search", "axon");
  outside_wait_for (&program, ATSPI_ROLE_STATUS_BAR, "Showing 1 of");
  outside_audit (&program, "with a search");
  outside_type (&program, "Search", "typ:tool");
  outside_wait_for (&program, ATSPI_ROLE_ALERT, "did you mean");
  outside_audit (&program, "with a mistake");
  outside_type (&program, "Search", "nowhere");
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Clear Filter");
  outside_audit (&program, "with nothing found");
  outside_close (&program);
}

static void
test_editing (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_activate (&program, "win.filters", NULL);
  outside_activate (&program, "win.select", TEXT);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "To Glia are not neurons");
  outside_click (&program, "Edit");
  outside_click (&program, "Add Synapse…");
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Cancel");
  outside_audit (&program, "with a text to be edited");
  outside_activate (&program, "win.view", "synapses");
  outside_choose_row (&program, "Synapses", 0);
  outside_wait_for (&program, ATSPI_ROLE_SLIDER, "Weight");
  outside_audit (&program, "with a synapse to be edited");
  outside_activate (&program, "win.view", "neurons");
  outside_choose_row (&program, "Neurons", 0);
  outside_choose_row (&program, "Neurons", 1);
  outside_choose_row (&program, "Neurons", 2);
  outside_wait_for (&program, ATSPI_ROLE_STATUS_BAR, "selected");
  outside_audit (&program, "with several to be edited");
  outside_close (&program);
}

static void
test_menus (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_activate (&program, "win.select", TEXT);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "To Glia are not neurons");
  outside_click (&program, "Sorting and columns");
  outside_wait_for (&program, ATSPI_ROLE_CHECK_BOX, "Descending");
  outside_audit (&program, "with sorting and columns");
  outside_click (&program, "Bookmarks");
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Add");
  outside_audit (&program, "with the bookmarks");
  outside_activate (&program, "win.search", NULL);
  outside_click (&program, "Saved filters");
  outside_click (&program, "What can be searched for");
  outside_audit (&program, "with what can be searched for");
  outside_close (&program);
}

static void
test_context_menu (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_open_menu (&program, ROW_X, ROW_Y);
  outside_wait_for (&program, ATSPI_ROLE_MENU_ITEM, "Select All");
  outside_audit (&program, "with the menu of a row");
  outside_close (&program);
}

static void
test_space (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_activate (&program, "win.view", "space");
  outside_click_within (&program, "EngramSpaceView", "Appearance");
  outside_wait_for (&program, ATSPI_ROLE_COMBO_BOX, "Colour");
  outside_audit (&program, "in space");
  outside_close (&program);
}

static void
test_windows (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  open_network (&program, home);
  outside_activate (&program, "app.preferences", NULL);
  outside_wait_for (&program, ATSPI_ROLE_CHECK_BOX, "Follow changes");
  outside_audit (&program, "with the preferences");
  outside_close (&program);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  outside_init ();
  g_test_add_func ("/outside-names/welcome", test_welcome);
  g_test_add_func ("/outside-names/error-page", test_error_page);
  g_test_add_func ("/outside-names/reading", test_reading);
  g_test_add_func ("/outside-names/searching", test_searching);
  g_test_add_func ("/outside-names/editing", test_editing);
  g_test_add_func ("/outside-names/menus", test_menus);
  g_test_add_func ("/outside-names/context-menu", test_context_menu);
  g_test_add_func ("/outside-names/space", test_space);
  g_test_add_func ("/outside-names/windows", test_windows);
  result = g_test_run ();
  atspi_exit ();
  return result;
}
