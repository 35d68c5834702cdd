/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-filter-menu.h"
#include "search-support.h"

static EngramFilterMenu *
open_menu (SearchScreen *screen)
{
  GtkMenuButton *button = widget_test_find (screen->bar, GTK_TYPE_MENU_BUTTON);
  GtkWidget *menu = GTK_WIDGET (gtk_menu_button_get_popover (button));

  gtk_menu_button_popup (button);
  wait_until (gtk_widget_get_mapped (menu));
  widget_test_draw (menu);
  return ENGRAM_FILTER_MENU (menu);
}

/* With what waits to be told of it: GTK 4.8 would show a tooltip of a menu that has no surface any more. */
static void
close_menu (SearchScreen     *screen,
            EngramFilterMenu *menu)
{
  gtk_popover_popdown (GTK_POPOVER (menu));
  wait_until (!gtk_widget_get_mapped (GTK_WIDGET (menu)));
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (menu)));
  widget_test_draw (GTK_WIDGET (screen->bar));
}

static GtkListBoxRow *
get_row (EngramFilterMenu *menu,
         int               place)
{
  GtkListBox *list = widget_test_find (menu, GTK_TYPE_LIST_BOX);

  return list != NULL ? gtk_list_box_get_row_at_index (list, place) : NULL;
}

/* Of a row: 0 renames, 1 deletes. */
static GtkWidget *
get_row_button (EngramFilterMenu *menu,
                int               place)
{
  GtkWidget *last = gtk_widget_get_last_child (gtk_list_box_row_get_child (get_row (menu, 0)));

  return place == 1 ? last : gtk_widget_get_prev_sibling (last);
}

static const char *
find_saved (const char *name)
{
  return engram_saved_filters_find (engram_saved_filters_get_default (), name);
}

static void
enter_name (EngramFilterMenu *menu,
            const char       *name)
{
  GtkWidget *entry = widget_test_find (menu, GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "activate");
}

static void
test_saved_filters (void)
{
  SearchScreen screen = { NULL };
  EngramFilterMenu *menu;

  search_open (&screen, 900);
  menu = open_menu (&screen);
  assert_shows (menu, "There is no filter to save\n");
  enter_name (menu, "Nothing");
  gtk_popover_popdown (GTK_POPOVER (menu));

  search_type_text (&screen, "type:tool");
  search_press (&screen, GDK_KEY_Return);
  menu = open_menu (&screen);
  assert_shows (menu, "Save this filter as\n");
  widget_test_assert_names (menu);
  enter_name (menu, "  My tools ");
  wait_until (find_saved ("My tools") != NULL && get_row (menu, 0) != NULL);
  g_assert_null (find_saved ("Nothing"));
  widget_test_draw (GTK_WIDGET (menu));
  assert_shows (menu, "My tools\ntype:tool\n");
  widget_test_assert_names (menu);

  g_signal_emit_by_name (get_row_button (menu, 0), "clicked");
  assert_shows (menu, "New name of “My tools”\n");
  enter_name (menu, "Tools");
  wait_until (find_saved ("Tools") != NULL);
  g_assert_null (find_saved ("My tools"));
  gtk_popover_popdown (GTK_POPOVER (menu));

  engram_session_set_query (screen.session, NULL);
  menu = open_menu (&screen);
  g_signal_emit_by_name (widget_test_find (menu, GTK_TYPE_LIST_BOX), "row-activated", get_row (menu, 0));
  g_assert_cmpstr (search_get_query_text (&screen), ==, "type:tool");
  g_assert_cmpstr (search_get_text (&screen), ==, "type:tool");
  g_assert_true (search_is_entry_focused (&screen));

  menu = open_menu (&screen);
  g_signal_emit_by_name (get_row_button (menu, 1), "clicked");
  wait_until (find_saved ("Tools") == NULL);
  assert_shows (menu, "“Tools” was deleted\n");
  g_signal_emit_by_name (search_find_button (menu, "_Undo"), "clicked");
  wait_until (find_saved ("Tools") != NULL);
  g_assert_cmpstr (find_saved ("Tools"), ==, "type:tool");
  close_menu (&screen, menu);
  search_close (&screen);
}

/* A name that is taken is said where it was typed. */
static void
test_taken_name (void)
{
  SearchScreen screen = { NULL };
  EngramSavedFilters *filters = engram_saved_filters_get_default ();
  EngramFilterMenu *menu;

  engram_saved_filters_save (filters, "A", "axon");
  engram_saved_filters_save (filters, "B", "brain");
  wait_until (find_saved ("B") != NULL);
  search_open (&screen, 900);
  menu = open_menu (&screen);
  g_signal_emit_by_name (get_row_button (menu, 0), "clicked");
  enter_name (menu, "B");
  widget_test_draw (GTK_WIDGET (menu));
  wait_until (gtk_widget_get_mapped (search_find_button (menu, "_Rename")));
  wait_until (search_is_shown (menu, "“B” already"));
  g_assert_cmpstr (find_saved ("A"), ==, "axon");
  close_menu (&screen, menu);
  search_close (&screen);
}

static void
add_tests (void)
{
  g_test_add_func ("/search-filters/saved", test_saved_filters);
  g_test_add_func ("/search-filters/taken-name", test_taken_name);
}

int
main (int    argc,
      char **argv)
{
  return search_test_run (&argc, &argv, add_tests);
}
