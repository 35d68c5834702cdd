/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "outside-support.h"
#include "test-support.h"

/* Whatever the window shows, each control has a name that says what it is for. */

#define TEXT "00000001-0000-4000-8000-000000000000"
#define TOOL "00000003-0000-4000-8000-000000000000"
#define MEMORY "00000004-0000-4000-8000-000000000000"

/* Where the first row is in a window at the corner of the screen. */
#define ROW_X 200
#define ROW_Y 95

#define LOOKS_BETWEEN_CHECKS 5

/* Whether one of those around it is of that role and, unless @name is NULL, has that name. */
static gboolean
is_within (AtspiAccessible *accessible,
           AtspiRole        role,
           const char      *name)
{
  AtspiAccessible *around = atspi_accessible_get_parent (accessible, NULL);
  gboolean found = FALSE;

  while (around != NULL && !found)
    {
      AtspiAccessible *next = atspi_accessible_get_parent (around, NULL);
      g_autofree char *its_name = atspi_accessible_get_name (around, NULL);

      found = atspi_accessible_get_role (around, NULL) == role && (name == NULL || g_strcmp0 (its_name, name) == 0);
      g_object_unref (around);
      around = next;
    }
  g_clear_object (&around);
  return found;
}

/* The pictures beside a text that says the same: of a tab, and of a field that they stand in; and what a row to choose
 * in shows of what is chosen. */
static gboolean
is_decoration (AtspiAccessible *accessible)
{
  AtspiRole role = atspi_accessible_get_role (accessible, NULL);

  if (role == ATSPI_ROLE_IMAGE &&
      (is_within (accessible, ATSPI_ROLE_PAGE_TAB, NULL) || is_within (accessible, ATSPI_ROLE_ENTRY, NULL) ||
       is_within (accessible, ATSPI_ROLE_TEXT, NULL)))
    return TRUE;
  return (role == ATSPI_ROLE_IMAGE || role == ATSPI_ROLE_LIST || role == ATSPI_ROLE_LIST_ITEM) &&
         is_within (accessible, ATSPI_ROLE_COMBO_BOX, NULL);
}

/* libadwaita has a search and a choice of pages in each window of preferences, which are hidden where there is one
 * page, and GTK 4.8 does not tell that they are. */
static gboolean
is_hidden (AtspiAccessible *accessible,
           const char      *name)
{
  return is_within (accessible, ATSPI_ROLE_FRAME, "Preferences") &&
         (g_strcmp0 (name, "GtkLabel") == 0 || g_strcmp0 (name, "GtkSearchEntry") == 0 ||
          g_strcmp0 (name, "GtkListBox") == 0);
}

static gboolean
note_nameless (AtspiAccessible *accessible,
               gconstpointer    data)
{
  GString *nameless = (GString *) data;
  g_autofree char *name = atspi_accessible_get_name (accessible, NULL);

  switch (atspi_accessible_get_role (accessible, NULL))
    {
    case ATSPI_ROLE_PUSH_BUTTON:
    case ATSPI_ROLE_PUSH_BUTTON_MENU:
    case ATSPI_ROLE_MENU_ITEM:
    case ATSPI_ROLE_CHECK_MENU_ITEM:
    case ATSPI_ROLE_RADIO_MENU_ITEM:
    case ATSPI_ROLE_LINK:
    case ATSPI_ROLE_PASSWORD_TEXT:
    case ATSPI_ROLE_TABLE:
    case ATSPI_ROLE_TREE:
    case ATSPI_ROLE_LEVEL_BAR:
    case ATSPI_ROLE_TOGGLE_BUTTON:
    case ATSPI_ROLE_CHECK_BOX:
    case ATSPI_ROLE_RADIO_BUTTON:
    case ATSPI_ROLE_ENTRY:
    case ATSPI_ROLE_TEXT:
    case ATSPI_ROLE_COMBO_BOX:
    case ATSPI_ROLE_SPIN_BUTTON:
    case ATSPI_ROLE_SLIDER:
    case ATSPI_ROLE_PAGE_TAB:
    case ATSPI_ROLE_PROGRESS_BAR:
    case ATSPI_ROLE_LIST:
    case ATSPI_ROLE_LIST_ITEM:
    case ATSPI_ROLE_TABLE_ROW:
    case ATSPI_ROLE_IMAGE:
      break;
    default:
      return FALSE;
    }
  /* GTK 4.8 names what has no name after its type. */
  if (name == NULL || *name == '\0' || g_str_has_prefix (name, "Gtk") || g_str_has_prefix (name, "Adw") ||
      g_str_has_prefix (name, "Engram"))
    {
      g_autofree char *role = atspi_accessible_get_role_name (accessible, NULL);

      if (!is_decoration (accessible) && !is_hidden (accessible, name))
        g_string_append_printf (nameless, "%s “%s”\n", role, name);
    }
  return FALSE;
}

static char *
dup_nameless (Outside *program)
{
  GString *nameless = g_string_new (NULL);

  outside_visit (program, note_nameless, nameless);
  return g_string_free (nameless, FALSE);
}

static void
check_names (Outside    *program,
             const char *state)
{
  g_autofree char *nameless = dup_nameless (program);

  if (*nameless != '\0')
    g_error ("Without a name, %s:\n%s", state, nameless);
}

/* What is waited for by its name may have none. What comes and goes meanwhile has, once it is all there. */
static void
check_while_waiting (Outside *program)
{
  static guint n_looks;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  if (++n_looks % LOOKS_BETWEEN_CHECKS != 0)
    return;
  before = dup_nameless (program);
  now = dup_nameless (program);
  if (*now != '\0' && g_str_equal (before, now))
    g_error ("Without a name, while something is waited for:\n%s", now);
}

static void
start (Outside    *program,
       const char *home,
       const char *path)
{
  outside_start (program, home, path);
  program->while_waiting = check_while_waiting;
}

static void
test_welcome (void)
{
  g_autoptr (TestFolder) home = test_folder_new ();
  Outside program;

  start (&program, home, NULL);
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Explore the Sample Network");
  check_names (&program, "on the welcome page");
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
  check_names (&program, "where a file cannot be opened");
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
  check_names (&program, "with the network's figures");
  outside_activate (&program, "win.select", TEXT);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "To Glia are not neurons");
  check_names (&program, "with a text");
  outside_activate (&program, "win.select", TOOL);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "Executions");
  check_names (&program, "with a tool");
  outside_activate (&program, "win.select", MEMORY);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "Kind of memory");
  check_names (&program, "with a memory");
  outside_activate (&program, "win.view", "synapses");
  outside_choose_row (&program, "Synapses", 0);
  outside_wait_for (&program, ATSPI_ROLE_LIST_ITEM, "Weight");
  check_names (&program, "with a synapse");
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
  check_names (&program, "with the filters");
  outside_activate (&program, "win.search", NULL);
  outside_type (&program, "Search", "axon");
  outside_wait_for (&program, ATSPI_ROLE_STATUS_BAR, "Showing 1 of");
  check_names (&program, "with a search");
  outside_type (&program, "Search", "typ:tool");
  outside_wait_for (&program, ATSPI_ROLE_ALERT, "did you mean");
  check_names (&program, "with a mistake");
  outside_type (&program, "Search", "nowhere");
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Clear Filter");
  check_names (&program, "with nothing found");
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
  check_names (&program, "with a text to be edited");
  outside_activate (&program, "win.view", "synapses");
  outside_choose_row (&program, "Synapses", 0);
  outside_wait_for (&program, ATSPI_ROLE_SLIDER, "Weight");
  check_names (&program, "with a synapse to be edited");
  outside_activate (&program, "win.view", "neurons");
  outside_choose_row (&program, "Neurons", 0);
  outside_choose_row (&program, "Neurons", 1);
  outside_choose_row (&program, "Neurons", 2);
  outside_wait_for (&program, ATSPI_ROLE_STATUS_BAR, "selected");
  check_names (&program, "with several to be edited");
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
  check_names (&program, "with sorting and columns");
  outside_click (&program, "Bookmarks");
  outside_wait_for (&program, ATSPI_ROLE_PUSH_BUTTON, "Add");
  check_names (&program, "with the bookmarks");
  outside_activate (&program, "win.search", NULL);
  outside_click (&program, "Saved filters");
  outside_click (&program, "What can be searched for");
  check_names (&program, "with what can be searched for");
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
  check_names (&program, "with the menu of a row");
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
  check_names (&program, "in space");
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
  check_names (&program, "with the preferences");
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
