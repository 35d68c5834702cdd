/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lists/engram-record-list.h"
#include "test-support.h"
#include "window-support.h"

/* Every item of a menu has a key of its own: the letter that is underlined. */

/* A menu with more items than this has more than there are letters in them: there a section has each letter once. */
#define MOST_ITEMS 20

/* (transfer full): the letter, as it is typed */
static char *
dup_key (const char *label)
{
  const char *mark = strchr (label, '_');

  g_assert_nonnull (mark);
  return g_utf8_strdown (mark + 1, g_utf8_next_char (mark + 1) - (mark + 1));
}

static guint
count_items (GMenuModel *menu)
{
  guint n_items = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      n_items += section != NULL ? count_items (section) : 1;
    }
  return n_items;
}

static void assert_menu (GMenuModel *menu);

/* @keys: those that are taken; adds to them */
static void
assert_item (GMenuModel *menu,
             int         item,
             GHashTable *keys)
{
  g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, item, G_MENU_LINK_SUBMENU);
  g_autofree char *label = NULL;
  g_autofree char *action = NULL;
  char *key;

  /* The types of neurons are called as their descriptions say. */
  if (g_menu_model_get_item_attribute (menu, item, G_MENU_ATTRIBUTE_ACTION, "s", &action) &&
      g_str_equal (action, "win.new-neuron"))
    return;
  if (!g_menu_model_get_item_attribute (menu, item, G_MENU_ATTRIBUTE_LABEL, "s", &label))
    g_error ("An item has no label");
  if (strchr (label, '_') == NULL)
    g_error ("“%s” has no key", label);
  key = dup_key (label);
  if (g_hash_table_contains (keys, key))
    g_error ("“%s” and “%s” have the same key", label, (const char *) g_hash_table_lookup (keys, key));
  g_hash_table_insert (keys, key, g_strdup (label));
  if (submenu != NULL)
    assert_menu (submenu);
}

static void
assert_items (GMenuModel *menu,
              GHashTable *keys,
              gboolean    keys_of_sections)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      if (section != NULL && keys_of_sections)
        g_hash_table_remove_all (keys);
      if (section != NULL)
        assert_items (section, keys, keys_of_sections);
      else
        assert_item (menu, i, keys);
    }
}

static void
assert_menu (GMenuModel *menu)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  assert_items (menu, keys, count_items (menu) > MOST_ITEMS);
}

static guint
assert_menus_below (GtkWidget *widget)
{
  guint n_menus = 0;

  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    {
      assert_menu (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
      n_menus++;
    }
  if (GTK_IS_POPOVER_MENU (widget) && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
    {
      assert_menu (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (widget)));
      n_menus++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_menus += assert_menus_below (child);
  return n_menus;
}

/* As Shift+F10 does. */
static void
open_menu (GtkWidget *list)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; G_IS_LIST_MODEL (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted) &&
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, list, NULL))
            return;
        }
    }
  g_error ("The list has no menu");
}

static void
test_keys (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, "network.db");
  EngramWindow *window = test_open (path);
  guint n_menus = assert_menus_below (GTK_WIDGET (window));

  /* The main menu, and those of the pictures. */
  g_assert_cmpuint (n_menus, >=, 3);
  g_action_group_activate_action (G_ACTION_GROUP (window), "edit", NULL);
  open_menu (test_find_widget (window, ENGRAM_TYPE_RECORD_LIST));
  g_assert_cmpuint (assert_menus_below (GTK_WIDGET (window)), >, n_menus);
  test_close_windows ();
}

/* The model of the main menu. */
static GMenuModel *
find_main_menu (GtkWidget *widget)
{
  GMenuModel *found = NULL;

  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget)))
    return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_main_menu (child);
  return found;
}

/* What is done to the network as a whole stands together. */
static void
test_network_section (void)
{
  static const char * const actions[] = { "win.backup", "win.restore", "win.compare", "win.check", "win.prune",
                                          "win.import", "win.export", NULL };
  EngramWindow *window;
  GMenuModel *menu;
  guint n_found = 0;

  g_application_activate (G_APPLICATION (test_application ()));
  window = test_get_window ();
  menu = find_main_menu (GTK_WIDGET (window));
  g_assert_nonnull (menu);
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *label = NULL;

      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label) ||
          !g_str_equal (label, "Network"))
        continue;
      for (int j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *action = NULL;

          g_assert_true (g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_ACTION, "s", &action));
          n_found += g_strv_contains (actions, action);
        }
    }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (actions) - 1);
  test_close_windows ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-menus/keys", test_keys);
  g_test_add_func ("/window-menus/network-section", test_network_section);
  return g_test_run ();
}
