/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search/engram-completion-popover.h"
#include "search-support.h"

/* Half a term that is being completed is never told as a mistake. */
static void
note_mistake (SearchScreen *screen)
{
  screen->n_mistakes += gtk_widget_has_css_class (screen->entry, "error");
}

static EngramCompletionPopover *
get_completion (SearchScreen *screen)
{
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (screen->entry)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ENGRAM_IS_COMPLETION_POPOVER (child))
      return ENGRAM_COMPLETION_POPOVER (child);
  return NULL;
}

static gboolean
is_completing (SearchScreen *screen)
{
  return gtk_widget_get_mapped (GTK_WIDGET (get_completion (screen)));
}

static void
set_facets (SearchScreen *screen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramFacets) facets = engram_facets_count (engram_session_get_searcher (screen->session), NULL, NULL,
                                                         &error);

  g_assert_no_error (error);
  engram_search_bar_set_facets (screen->bar, facets);
}

/* What a screen reader says of the entry. */
static void
assert_described (SearchScreen *screen,
                  const char   *description)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (screen->entry));
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (text),
                                                               GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_assert_null (wrong);
}

static void
test_completion (void)
{
  SearchScreen screen = { NULL };

  search_open (&screen, 900);
  set_facets (&screen);
  g_signal_connect_swapped (screen.entry, "notify::css-classes", G_CALLBACK (note_mistake), &screen);
  search_type_text (&screen, "ty");
  wait_until (is_completing (&screen));
  assert_shows (get_completion (&screen), "type:tool,memory\n");
  g_assert_true (search_is_entry_focused (&screen));

  /* Tab takes the first, and what may follow is offered at once. */
  search_press (&screen, GDK_KEY_Tab);
  g_assert_cmpstr (search_get_text (&screen), ==, "type:");
  wait_until (search_is_shown (get_completion (&screen), "knowledge\n17\n"));
  assert_shows (get_completion (&screen), "tool\n3\n");
  g_assert_true (search_is_entry_focused (&screen));

  /* What is chosen is told. */
  search_press (&screen, GDK_KEY_Down);
  search_press (&screen, GDK_KEY_Down);
  assert_described (&screen, "tool, 3");
  search_press (&screen, GDK_KEY_Return);
  g_assert_cmpstr (search_get_text (&screen), ==, "type:tool");
  wait_until (g_strcmp0 (search_get_query_text (&screen), "type:tool") == 0);
  wait_until (!is_completing (&screen));
  g_assert_cmpuint (screen.n_mistakes, ==, 0);
  widget_test_assert_names (screen.bar);
  search_close (&screen);
}

/* A value that is not whole yet does not empty the list; Enter says that it is meant so. */
static void
test_partial_value (void)
{
  SearchScreen screen = { NULL };

  search_open (&screen, 900);
  set_facets (&screen);
  search_type_text (&screen, "type:to");
  wait_until (is_completing (&screen));
  g_signal_emit_by_name (screen.entry, "search-changed");
  g_assert_null (engram_session_get_query (screen.session));
  search_type_text (&screen, "ol");
  wait_until (g_strcmp0 (search_get_query_text (&screen), "type:tool") == 0);
  search_type_text (&screen, " type:to");
  search_press (&screen, GDK_KEY_Return);
  wait_until (g_strcmp0 (search_get_query_text (&screen), "type:tool type:to") == 0);
  search_close (&screen);
}

/* No room is left below a single suggestion. */
static void
test_completion_height (void)
{
  SearchScreen screen = { NULL };
  GtkListBox *list;
  int height;

  search_open (&screen, 900);
  set_facets (&screen);
  search_type_text (&screen, "activ");
  wait_until (is_completing (&screen));
  list = widget_test_find (get_completion (&screen), GTK_TYPE_LIST_BOX);
  g_assert_null (gtk_list_box_get_row_at_index (list, 1));
  widget_test_draw (GTK_WIDGET (list));
  gtk_widget_measure (GTK_WIDGET (list), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_height (gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_SCROLLED_WINDOW)), ==,
                   height);
  search_close (&screen);
}

static void
test_completion_keys (void)
{
  SearchScreen screen = { NULL };
  GtkListBox *list;

  search_open (&screen, 900);
  /* Down in an empty entry lists all fields. */
  search_press (&screen, GDK_KEY_Down);
  wait_until (is_completing (&screen));
  list = widget_test_find (get_completion (&screen), GTK_TYPE_LIST_BOX);
  g_assert_null (gtk_list_box_get_selected_row (list));
  search_press (&screen, GDK_KEY_Up);
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), ==, ENGRAM_QUERY_N_FIELDS - 2);
  search_press (&screen, GDK_KEY_Escape);
  wait_until (!is_completing (&screen));
  g_assert_cmpuint (screen.n_stops, ==, 0);

  /* Enter with none chosen searches for what was typed. */
  search_type_text (&screen, "in");
  wait_until (is_completing (&screen));
  search_press (&screen, GDK_KEY_Return);
  g_assert_cmpstr (search_get_query_text (&screen), ==, "in");
  wait_until (!is_completing (&screen));
  search_close (&screen);
}

/* What is set by others opens nothing, though the focus is in the entry. */
static void
test_completion_others (void)
{
  SearchScreen screen = { NULL };
  g_autoptr (EngramQuery) query = engram_query_parse ("sy", NULL, NULL, NULL);

  search_open (&screen, 900);
  search_press (&screen, GDK_KEY_Down);
  engram_session_set_query (screen.session, query);
  widget_test_draw (GTK_WIDGET (screen.bar));
  g_assert_true (search_is_entry_focused (&screen));
  g_assert_false (is_completing (&screen));
  search_close (&screen);
}

/* Half a term is a mistake once it is left alone, and none while it is being completed. */
static void
test_completion_error (void)
{
  SearchScreen screen = { NULL };

  search_open (&screen, 900);
  search_type_text (&screen, "in modified:");
  wait_until (is_completing (&screen));
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  search_press (&screen, GDK_KEY_Escape);
  wait_until (gtk_widget_has_css_class (screen.entry, "error"));

  search_type_over (&screen, "sy:");
  search_press (&screen, GDK_KEY_Return);
  assert_shows (screen.bar, "no field “sy”");
  search_type_over (&screen, "in modified:");
  gtk_editable_set_position (GTK_EDITABLE (screen.entry), -1);
  wait_until (is_completing (&screen) && !gtk_widget_has_css_class (screen.entry, "error"));
  search_close (&screen);
}

/* Where much is going on, the text has rested before the suggestions have come: they come first, then. */
static void
test_completion_late (void)
{
  SearchScreen screen = { NULL };

  search_open (&screen, 900);
  search_type_text (&screen, "in modified:");
  g_signal_emit_by_name (screen.entry, "search-changed");
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  wait_until (is_completing (&screen));
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  search_close (&screen);
}

static void
test_completion_click (void)
{
  SearchScreen screen = { NULL };
  GtkListBox *list;

  search_open (&screen, 900);
  search_type_text (&screen, "in modified:");
  wait_until (is_completing (&screen));
  search_type_text (&screen, "y");
  list = widget_test_find (get_completion (&screen), GTK_TYPE_LIST_BOX);
  wait_until (gtk_list_box_get_row_at_index (list, 1) == NULL);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  g_assert_cmpstr (search_get_text (&screen), ==, "in modified:yesterday");

  /* A key right after another one is for what has been typed by then. */
  search_type_over (&screen, "in modified:");
  gtk_editable_set_position (GTK_EDITABLE (screen.entry), -1);
  wait_until (is_completing (&screen));
  search_type_text (&screen, "y");
  search_press (&screen, GDK_KEY_Tab);
  g_assert_cmpstr (search_get_text (&screen), ==, "in modified:yesterday");
  wait_until (g_strcmp0 (search_get_query_text (&screen), "in modified:yesterday") == 0);
  search_close (&screen);
}

static void
add_tests (void)
{
  g_test_add_func ("/search-completion/values", test_completion);
  g_test_add_func ("/search-completion/partial-value", test_partial_value);
  g_test_add_func ("/search-completion/height", test_completion_height);
  g_test_add_func ("/search-completion/keys", test_completion_keys);
  g_test_add_func ("/search-completion/others", test_completion_others);
  g_test_add_func ("/search-completion/error", test_completion_error);
  g_test_add_func ("/search-completion/late", test_completion_late);
  g_test_add_func ("/search-completion/click", test_completion_click);
}

int
main (int    argc,
      char **argv)
{
  return search_test_run (&argc, &argv, add_tests);
}
