/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "search/engram-query-help.h"
#include "search-support.h"

/* The part of the entry's text that is underlined as wrong. */
static char *
dup_underlined (SearchScreen *screen)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (screen->entry)));
  PangoAttrList *attributes = gtk_text_get_attributes (text);
  GSList *all = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;
  PangoAttribute *attribute = all != NULL ? all->data : NULL;
  char *part = attribute != NULL ? g_strndup (search_get_text (screen) + attribute->start_index,
                                              attribute->end_index - attribute->start_index) : NULL;

  g_slist_free_full (all, (GDestroyNotify) pango_attribute_destroy);
  return part;
}

static void
test_typing (void)
{
  SearchScreen screen = { NULL };

  search_open (&screen, 900);
  search_type_text (&screen, "axon");
  search_type_text (&screen, " degree:>20 ");
  g_assert_null (search_get_query_text (&screen));
  wait_until (search_get_query_text (&screen) != NULL);
  /* What was typed in one go is one query, and the entry stays as it was typed. */
  g_assert_cmpstr (search_get_query_text (&screen), ==, "axon degree:>20");
  g_assert_cmpstr (search_get_text (&screen), ==, "axon degree:>20 ");
  g_assert_cmpuint (screen.n_queries, ==, 1);

  search_type_text (&screen, "x");
  search_press (&screen, GDK_KEY_Return);
  g_assert_cmpstr (search_get_query_text (&screen), ==, "axon degree:>20 x");

  search_press (&screen, GDK_KEY_Escape);
  g_assert_cmpuint (screen.n_stops, ==, 1);
  search_close (&screen);
}

static void
test_error (void)
{
  SearchScreen screen = { NULL };
  GtkWidget *message;
  g_autofree char *underlined = NULL;
  g_autofree char *none = NULL;

  search_open (&screen, 900);
  search_type_text (&screen, "axon");
  search_press (&screen, GDK_KEY_Return);
  search_type_text (&screen, " typ:tool x");
  search_press (&screen, GDK_KEY_Return);
  widget_test_draw (GTK_WIDGET (screen.bar));

  g_assert_cmpstr (search_get_query_text (&screen), ==, "axon");
  g_assert_true (gtk_widget_has_css_class (screen.entry, "error"));
  underlined = dup_underlined (&screen);
  g_assert_cmpstr (underlined, ==, "typ:");
  assert_shows (screen.bar, "did you mean “type:”?");
  message = gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (screen.bar)));
  message = gtk_widget_get_prev_sibling (message);
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (message), GTK_ACCESSIBLE_ROLE_ALERT));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (screen.bar)), <=, 900);
  widget_test_assert_names (screen.bar);

  search_type_over (&screen, "axon type:tool");
  wait_until (!gtk_widget_has_css_class (screen.entry, "error"));
  g_assert_cmpstr (search_get_query_text (&screen), ==, "axon type:tool");
  none = dup_underlined (&screen);
  g_assert_null (none);
  g_assert_false (gtk_widget_get_visible (message));
  search_close (&screen);
}

/* What the filter pane sets is what the entry shows. */
static void
test_set_by_others (void)
{
  SearchScreen screen = { NULL };
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autoptr (EngramQuery) more = engram_query_with_value (query, ENGRAM_QUERY_TYPE, "memory", TRUE);

  search_open (&screen, 900);
  search_type_text (&screen, "typ:x");
  search_press (&screen, GDK_KEY_Return);
  g_assert_true (gtk_widget_has_css_class (screen.entry, "error"));
  engram_session_set_query (screen.session, query);
  g_assert_cmpstr (search_get_text (&screen), ==, "type:tool");
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  engram_session_set_query (screen.session, more);
  g_assert_cmpstr (search_get_text (&screen), ==, "type:tool,memory");
  g_assert_cmpuint (screen.n_queries, ==, 2);
  engram_session_set_query (screen.session, NULL);
  g_assert_cmpstr (search_get_text (&screen), ==, "");

  /* Without a session it is an entry that does nothing. */
  engram_search_bar_set_session (screen.bar, NULL);
  search_type_text (&screen, "axon");
  search_press (&screen, GDK_KEY_Return);
  g_assert_null (search_get_query_text (&screen));
  search_close (&screen);
}

static void
test_counts (void)
{
  SearchScreen screen = { NULL };
  GtkWidget *clear;

  search_open (&screen, 900);
  clear = search_find_button (screen.bar, "Show _All");
  engram_search_bar_set_counts (screen.bar, 20, 20, ENGRAM_RECORD_NEURON);
  g_assert_false (gtk_widget_get_mapped (clear));

  search_type_text (&screen, "axon");
  search_press (&screen, GDK_KEY_Return);
  engram_search_bar_set_counts (screen.bar, 3, 20, ENGRAM_RECORD_NEURON);
  widget_test_draw (GTK_WIDGET (screen.bar));
  assert_shows (screen.bar, "Showing 3 of 20 neurons\n");
  engram_search_bar_set_counts (screen.bar, 0, 1, ENGRAM_RECORD_SYNAPSE);
  assert_shows (screen.bar, "Showing 0 of 1 synapse\n");

  g_signal_emit_by_name (clear, "clicked");
  g_assert_null (search_get_query_text (&screen));
  g_assert_cmpstr (search_get_text (&screen), ==, "");
  g_assert_false (gtk_widget_get_mapped (clear));
  g_assert_true (search_is_entry_focused (&screen));
  search_close (&screen);
}

static void
test_help (void)
{
  SearchScreen screen = { NULL };
  GtkMenuButton *button;
  GtkWidget *help;
  GtkListBox *list;

  search_open (&screen, 900);
  search_type_text (&screen, "axon");
  button = GTK_MENU_BUTTON (gtk_widget_get_next_sibling (widget_test_find (screen.bar, GTK_TYPE_MENU_BUTTON)));
  help = GTK_WIDGET (gtk_menu_button_get_popover (button));
  gtk_menu_button_popup (button);
  wait_until (gtk_widget_get_mapped (help));
  widget_test_draw (help);
  assert_shows (help, "activation:>0.5\nActivation\n");
  widget_test_assert_names (help);
  list = widget_test_find (help, GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, ENGRAM_QUERY_TYPE));
  g_assert_cmpstr (search_get_text (&screen), ==, "axon type:");
  search_close (&screen);
}

/* What was typed comes back with the bar, right or wrong. */
static void
test_closed (void)
{
  SearchScreen screen = { NULL };
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);

  search_open (&screen, 360);
  search_type_text (&screen, "axon");
  search_press (&screen, GDK_KEY_Return);
  engram_search_bar_set_open (screen.bar, FALSE);
  g_assert_null (search_get_query_text (&screen));
  engram_search_bar_set_open (screen.bar, FALSE);
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (search_get_text (&screen), ==, "axon");
  g_assert_cmpstr (search_get_query_text (&screen), ==, "axon");

  search_type_over (&screen, "axon typ:tool");
  engram_search_bar_set_open (screen.bar, FALSE);
  g_assert_null (search_get_query_text (&screen));
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (search_get_text (&screen), ==, "axon typ:tool");

  /* What somebody else has asked for meanwhile is newer. */
  engram_search_bar_set_open (screen.bar, FALSE);
  engram_session_set_query (screen.session, query);
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (search_get_text (&screen), ==, "type:tool");
  engram_session_set_query (screen.session, NULL);
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (search_get_text (&screen), ==, "");
  search_close (&screen);
}

static void
test_narrow (void)
{
  SearchScreen screen = { NULL };
  int minimum;

  search_open (&screen, 360);
  search_type_text (&screen, "a \"long text that goes on and on\" typ:tool with much behind it");
  search_press (&screen, GDK_KEY_Return);
  engram_search_bar_set_counts (screen.bar, 123456, 1000000, ENGRAM_RECORD_SYNAPSE);
  gtk_widget_measure (GTK_WIDGET (screen.bar), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  search_close (&screen);
}

static void
add_tests (void)
{
  g_test_add_func ("/search-bar/typing", test_typing);
  g_test_add_func ("/search-bar/error", test_error);
  g_test_add_func ("/search-bar/set-by-others", test_set_by_others);
  g_test_add_func ("/search-bar/counts", test_counts);
  g_test_add_func ("/search-bar/help", test_help);
  g_test_add_func ("/search-bar/narrow", test_narrow);
  g_test_add_func ("/search-bar/closed", test_closed);
}

int
main (int    argc,
      char **argv)
{
  return search_test_run (&argc, &argv, add_tests);
}
