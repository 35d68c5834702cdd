/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "search/engram-completion-popover.h"
#include "search/engram-filter-menu.h"
#include "search/engram-query-help.h"
#include "search/engram-search-bar.h"
#include "widget-support.h"

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramSearchBar *bar;
  GtkWidget *entry;
  GtkWindow *window;
  guint n_queries;
  guint n_stops;
  guint n_mistakes;
} Screen;

static void
note_query (Screen *screen)
{
  screen->n_queries++;
}

/* Half a term that is being completed is never told as a mistake. */
static void
note_mistake (Screen *screen)
{
  screen->n_mistakes += gtk_widget_has_css_class (screen->entry, "error");
}

static void
note_stop (Screen *screen)
{
  screen->n_stops++;
}

static void
screen_open (Screen *screen,
             int     width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  screen->fixture = ui_fixture_new (20);
  screen->session = engram_session_new (screen->fixture->database);
  screen->bar = ENGRAM_SEARCH_BAR (engram_search_bar_new ());
  engram_search_bar_set_session (screen->bar, screen->session);
  g_signal_connect_swapped (screen->session, "notify::query", G_CALLBACK (note_query), screen);
  g_signal_connect_swapped (screen->bar, "stop", G_CALLBACK (note_stop), screen);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (screen->bar));
  screen->window = widget_test_show (box, width, 640);
  screen->entry = widget_test_find (screen->bar, GTK_TYPE_SEARCH_ENTRY);
  engram_search_bar_focus (screen->bar);
}

static void
screen_close (Screen *screen)
{
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_clear_object (&screen->session);
  ui_fixture_free (screen->fixture);
}

/* Text at the cursor, as the keyboard puts it there. */
static void
type_text (Screen     *screen,
           const char *text)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (screen->entry));

  gtk_editable_insert_text (GTK_EDITABLE (screen->entry), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (screen->entry), position);
}

/* Another text in place of all, as if it were selected and typed over. */
static void
type_over (Screen     *screen,
           const char *text)
{
  int end = 0;

  gtk_editable_insert_text (GTK_EDITABLE (screen->entry), text, -1, &end);
  gtk_editable_delete_text (GTK_EDITABLE (screen->entry), end, -1);
}

/* A key that the entry's own controllers may take; Enter and Escape do there what they do if these do not. */
static void
press (Screen *screen,
       guint   key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (screen->entry);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    }
  if (!taken && key == GDK_KEY_Return)
    g_signal_emit_by_name (screen->entry, "activate");
  if (!taken && key == GDK_KEY_Escape)
    g_signal_emit_by_name (screen->entry, "stop-search");
}

static const char *
get_query_text (Screen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : NULL;
}

static const char *
get_text (Screen *screen)
{
  return gtk_editable_get_text (GTK_EDITABLE (screen->entry));
}

/* The part of the entry's text that is underlined as wrong. */
static char *
dup_underlined (Screen *screen)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (screen->entry)));
  PangoAttrList *attributes = gtk_text_get_attributes (text);
  GSList *all = attributes != NULL ? pango_attr_list_get_attributes (attributes) : NULL;
  PangoAttribute *attribute = all != NULL ? all->data : NULL;
  char *part = attribute != NULL ? g_strndup (get_text (screen) + attribute->start_index,
                                              attribute->end_index - attribute->start_index) : NULL;

  g_slist_free_full (all, (GDestroyNotify) pango_attribute_destroy);
  return part;
}

static EngramCompletionPopover *
get_completion (Screen *screen)
{
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (screen->entry)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ENGRAM_IS_COMPLETION_POPOVER (child))
      return ENGRAM_COMPLETION_POPOVER (child);
  return NULL;
}

static gboolean
is_completing (Screen *screen)
{
  return gtk_widget_get_mapped (GTK_WIDGET (get_completion (screen)));
}

static gboolean
is_entry_focused (Screen *screen)
{
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, screen->entry);
}

static void
test_typing (void)
{
  Screen screen = { NULL };

  screen_open (&screen, 900);
  type_text (&screen, "axon");
  type_text (&screen, " degree:>20 ");
  g_assert_null (get_query_text (&screen));
  wait_until (get_query_text (&screen) != NULL);
  /* What was typed in one go is one query, and the entry stays as it was typed. */
  g_assert_cmpstr (get_query_text (&screen), ==, "axon degree:>20");
  g_assert_cmpstr (get_text (&screen), ==, "axon degree:>20 ");
  g_assert_cmpuint (screen.n_queries, ==, 1);

  type_text (&screen, "x");
  press (&screen, GDK_KEY_Return);
  g_assert_cmpstr (get_query_text (&screen), ==, "axon degree:>20 x");

  press (&screen, GDK_KEY_Escape);
  g_assert_cmpuint (screen.n_stops, ==, 1);
  screen_close (&screen);
}

static void
test_error (void)
{
  Screen screen = { NULL };
  GtkWidget *message;
  g_autofree char *underlined = NULL;
  g_autofree char *none = NULL;

  screen_open (&screen, 900);
  type_text (&screen, "axon");
  press (&screen, GDK_KEY_Return);
  type_text (&screen, " typ:tool x");
  press (&screen, GDK_KEY_Return);
  widget_test_draw (GTK_WIDGET (screen.bar));

  g_assert_cmpstr (get_query_text (&screen), ==, "axon");
  g_assert_true (gtk_widget_has_css_class (screen.entry, "error"));
  underlined = dup_underlined (&screen);
  g_assert_cmpstr (underlined, ==, "typ:");
  assert_shows (screen.bar, "did you mean “type:”?");
  message = gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (screen.bar)));
  message = gtk_widget_get_prev_sibling (message);
  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (message), GTK_ACCESSIBLE_ROLE_ALERT));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (screen.bar)), <=, 900);
  widget_test_assert_names (screen.bar);

  type_over (&screen, "axon type:tool");
  wait_until (!gtk_widget_has_css_class (screen.entry, "error"));
  g_assert_cmpstr (get_query_text (&screen), ==, "axon type:tool");
  none = dup_underlined (&screen);
  g_assert_null (none);
  g_assert_false (gtk_widget_get_visible (message));
  screen_close (&screen);
}

/* What the filter pane sets is what the entry shows. */
static void
test_set_by_others (void)
{
  Screen screen = { NULL };
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);
  g_autoptr (EngramQuery) more = engram_query_with_value (query, ENGRAM_QUERY_TYPE, "memory", TRUE);

  screen_open (&screen, 900);
  type_text (&screen, "typ:x");
  press (&screen, GDK_KEY_Return);
  g_assert_true (gtk_widget_has_css_class (screen.entry, "error"));
  engram_session_set_query (screen.session, query);
  g_assert_cmpstr (get_text (&screen), ==, "type:tool");
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  engram_session_set_query (screen.session, more);
  g_assert_cmpstr (get_text (&screen), ==, "type:tool,memory");
  g_assert_cmpuint (screen.n_queries, ==, 2);
  engram_session_set_query (screen.session, NULL);
  g_assert_cmpstr (get_text (&screen), ==, "");

  /* Without a session it is an entry that does nothing. */
  engram_search_bar_set_session (screen.bar, NULL);
  type_text (&screen, "axon");
  press (&screen, GDK_KEY_Return);
  g_assert_null (get_query_text (&screen));
  screen_close (&screen);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_counts (void)
{
  Screen screen = { NULL };
  GtkWidget *clear;

  screen_open (&screen, 900);
  clear = find_button (screen.bar, "Show _All");
  engram_search_bar_set_counts (screen.bar, 20, 20, ENGRAM_RECORD_NEURON);
  g_assert_false (gtk_widget_get_mapped (clear));

  type_text (&screen, "axon");
  press (&screen, GDK_KEY_Return);
  engram_search_bar_set_counts (screen.bar, 3, 20, ENGRAM_RECORD_NEURON);
  widget_test_draw (GTK_WIDGET (screen.bar));
  assert_shows (screen.bar, "Showing 3 of 20 neurons\n");
  engram_search_bar_set_counts (screen.bar, 0, 1, ENGRAM_RECORD_SYNAPSE);
  assert_shows (screen.bar, "Showing 0 of 1 synapse\n");

  g_signal_emit_by_name (clear, "clicked");
  g_assert_null (get_query_text (&screen));
  g_assert_cmpstr (get_text (&screen), ==, "");
  g_assert_false (gtk_widget_get_mapped (clear));
  g_assert_true (is_entry_focused (&screen));
  screen_close (&screen);
}

/* Completion */

static gboolean
is_shown (gpointer    widget,
          const char *part)
{
  g_autofree char *text = widget_test_dup_text (widget);

  return strstr (text, part) != NULL;
}

static void
set_facets (Screen *screen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramFacets) facets = engram_facets_count (engram_session_get_searcher (screen->session), NULL, NULL,
                                                         &error);

  g_assert_no_error (error);
  engram_search_bar_set_facets (screen->bar, facets);
}

/* What a screen reader says of the entry. */
static void
assert_described (Screen     *screen,
                  const char *description)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (screen->entry));
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (text),
                                                               GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_assert_null (wrong);
}

static void
test_completion (void)
{
  Screen screen = { NULL };

  screen_open (&screen, 900);
  set_facets (&screen);
  g_signal_connect_swapped (screen.entry, "notify::css-classes", G_CALLBACK (note_mistake), &screen);
  type_text (&screen, "ty");
  wait_until (is_completing (&screen));
  assert_shows (get_completion (&screen), "type:tool,memory\n");
  g_assert_true (is_entry_focused (&screen));

  /* Tab takes the first, and what may follow is offered at once. */
  press (&screen, GDK_KEY_Tab);
  g_assert_cmpstr (get_text (&screen), ==, "type:");
  wait_until (is_shown (get_completion (&screen), "knowledge\n17\n"));
  assert_shows (get_completion (&screen), "tool\n3\n");
  g_assert_true (is_entry_focused (&screen));

  /* What is chosen is told. */
  press (&screen, GDK_KEY_Down);
  press (&screen, GDK_KEY_Down);
  assert_described (&screen, "tool, 3");
  press (&screen, GDK_KEY_Return);
  g_assert_cmpstr (get_text (&screen), ==, "type:tool");
  wait_until (g_strcmp0 (get_query_text (&screen), "type:tool") == 0);
  wait_until (!is_completing (&screen));
  g_assert_cmpuint (screen.n_mistakes, ==, 0);
  widget_test_assert_names (screen.bar);
  screen_close (&screen);
}

/* A value that is not whole yet does not empty the list; Enter says that it is meant so. */
static void
test_partial_value (void)
{
  Screen screen = { NULL };

  screen_open (&screen, 900);
  set_facets (&screen);
  type_text (&screen, "type:to");
  wait_until (is_completing (&screen));
  g_signal_emit_by_name (screen.entry, "search-changed");
  g_assert_null (engram_session_get_query (screen.session));
  type_text (&screen, "ol");
  wait_until (g_strcmp0 (get_query_text (&screen), "type:tool") == 0);
  type_text (&screen, " type:to");
  press (&screen, GDK_KEY_Return);
  wait_until (g_strcmp0 (get_query_text (&screen), "type:tool type:to") == 0);
  screen_close (&screen);
}

/* No room is left below a single suggestion. */
static void
test_completion_height (void)
{
  Screen screen = { NULL };
  GtkListBox *list;
  int height;

  screen_open (&screen, 900);
  set_facets (&screen);
  type_text (&screen, "activ");
  wait_until (is_completing (&screen));
  list = widget_test_find (get_completion (&screen), GTK_TYPE_LIST_BOX);
  g_assert_null (gtk_list_box_get_row_at_index (list, 1));
  widget_test_draw (GTK_WIDGET (list));
  gtk_widget_measure (GTK_WIDGET (list), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_height (gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_SCROLLED_WINDOW)), ==,
                   height);
  screen_close (&screen);
}

static void
test_completion_keys (void)
{
  Screen screen = { NULL };
  GtkListBox *list;

  screen_open (&screen, 900);
  /* Down in an empty entry lists all fields. */
  press (&screen, GDK_KEY_Down);
  wait_until (is_completing (&screen));
  list = widget_test_find (get_completion (&screen), GTK_TYPE_LIST_BOX);
  g_assert_null (gtk_list_box_get_selected_row (list));
  press (&screen, GDK_KEY_Up);
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), ==, ENGRAM_QUERY_N_FIELDS - 2);
  press (&screen, GDK_KEY_Escape);
  wait_until (!is_completing (&screen));
  g_assert_cmpuint (screen.n_stops, ==, 0);

  /* Enter with none chosen searches for what was typed. */
  type_text (&screen, "in");
  wait_until (is_completing (&screen));
  press (&screen, GDK_KEY_Return);
  g_assert_cmpstr (get_query_text (&screen), ==, "in");
  wait_until (!is_completing (&screen));
  screen_close (&screen);
}

/* What is set by others opens nothing, though the focus is in the entry. */
static void
test_completion_others (void)
{
  Screen screen = { NULL };
  g_autoptr (EngramQuery) query = engram_query_parse ("sy", NULL, NULL, NULL);

  screen_open (&screen, 900);
  press (&screen, GDK_KEY_Down);
  engram_session_set_query (screen.session, query);
  widget_test_draw (GTK_WIDGET (screen.bar));
  g_assert_true (is_entry_focused (&screen));
  g_assert_false (is_completing (&screen));
  screen_close (&screen);
}

/* Half a term is a mistake once it is left alone, and none while it is being completed. */
static void
test_completion_error (void)
{
  Screen screen = { NULL };

  screen_open (&screen, 900);
  type_text (&screen, "in modified:");
  wait_until (is_completing (&screen));
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  press (&screen, GDK_KEY_Escape);
  wait_until (gtk_widget_has_css_class (screen.entry, "error"));

  type_over (&screen, "sy:");
  press (&screen, GDK_KEY_Return);
  assert_shows (screen.bar, "no field “sy”");
  type_over (&screen, "in modified:");
  gtk_editable_set_position (GTK_EDITABLE (screen.entry), -1);
  wait_until (is_completing (&screen) && !gtk_widget_has_css_class (screen.entry, "error"));
  screen_close (&screen);
}

/* Where much is going on, the text has rested before the suggestions have come: they come first, then. */
static void
test_completion_late (void)
{
  Screen screen = { NULL };

  screen_open (&screen, 900);
  type_text (&screen, "in modified:");
  g_signal_emit_by_name (screen.entry, "search-changed");
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  wait_until (is_completing (&screen));
  g_assert_false (gtk_widget_has_css_class (screen.entry, "error"));
  screen_close (&screen);
}

static void
test_completion_click (void)
{
  Screen screen = { NULL };
  GtkListBox *list;

  screen_open (&screen, 900);
  type_text (&screen, "in modified:");
  wait_until (is_completing (&screen));
  type_text (&screen, "y");
  list = widget_test_find (get_completion (&screen), GTK_TYPE_LIST_BOX);
  wait_until (gtk_list_box_get_row_at_index (list, 1) == NULL);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  g_assert_cmpstr (get_text (&screen), ==, "in modified:yesterday");

  /* A key right after another one is for what has been typed by then. */
  type_over (&screen, "in modified:");
  gtk_editable_set_position (GTK_EDITABLE (screen.entry), -1);
  wait_until (is_completing (&screen));
  type_text (&screen, "y");
  press (&screen, GDK_KEY_Tab);
  g_assert_cmpstr (get_text (&screen), ==, "in modified:yesterday");
  wait_until (g_strcmp0 (get_query_text (&screen), "in modified:yesterday") == 0);
  screen_close (&screen);
}

/* Saved filters */

static EngramFilterMenu *
open_menu (Screen *screen)
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
close_menu (Screen           *screen,
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
  Screen screen = { NULL };
  EngramFilterMenu *menu;

  screen_open (&screen, 900);
  menu = open_menu (&screen);
  assert_shows (menu, "There is no filter to save\n");
  enter_name (menu, "Nothing");
  gtk_popover_popdown (GTK_POPOVER (menu));

  type_text (&screen, "type:tool");
  press (&screen, GDK_KEY_Return);
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
  g_assert_cmpstr (get_query_text (&screen), ==, "type:tool");
  g_assert_cmpstr (get_text (&screen), ==, "type:tool");
  g_assert_true (is_entry_focused (&screen));

  menu = open_menu (&screen);
  g_signal_emit_by_name (get_row_button (menu, 1), "clicked");
  wait_until (find_saved ("Tools") == NULL);
  assert_shows (menu, "“Tools” was deleted\n");
  g_signal_emit_by_name (find_button (menu, "_Undo"), "clicked");
  wait_until (find_saved ("Tools") != NULL);
  g_assert_cmpstr (find_saved ("Tools"), ==, "type:tool");
  close_menu (&screen, menu);
  screen_close (&screen);
}

/* A name that is taken is said where it was typed. */
static void
test_taken_name (void)
{
  Screen screen = { NULL };
  EngramSavedFilters *filters = engram_saved_filters_get_default ();
  EngramFilterMenu *menu;

  engram_saved_filters_save (filters, "A", "axon");
  engram_saved_filters_save (filters, "B", "brain");
  wait_until (find_saved ("B") != NULL);
  screen_open (&screen, 900);
  menu = open_menu (&screen);
  g_signal_emit_by_name (get_row_button (menu, 0), "clicked");
  enter_name (menu, "B");
  widget_test_draw (GTK_WIDGET (menu));
  wait_until (gtk_widget_get_mapped (find_button (menu, "_Rename")));
  wait_until (is_shown (menu, "“B” already"));
  g_assert_cmpstr (find_saved ("A"), ==, "axon");
  close_menu (&screen, menu);
  screen_close (&screen);
}

static void
test_help (void)
{
  Screen screen = { NULL };
  GtkMenuButton *button;
  GtkWidget *help;
  GtkListBox *list;

  screen_open (&screen, 900);
  type_text (&screen, "axon");
  button = GTK_MENU_BUTTON (gtk_widget_get_next_sibling (widget_test_find (screen.bar, GTK_TYPE_MENU_BUTTON)));
  help = GTK_WIDGET (gtk_menu_button_get_popover (button));
  gtk_menu_button_popup (button);
  wait_until (gtk_widget_get_mapped (help));
  widget_test_draw (help);
  assert_shows (help, "activation:>0.5\nActivation\n");
  widget_test_assert_names (help);
  list = widget_test_find (help, GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, ENGRAM_QUERY_TYPE));
  g_assert_cmpstr (get_text (&screen), ==, "axon type:");
  screen_close (&screen);
}

/* What was typed comes back with the bar, right or wrong. */
static void
test_closed (void)
{
  Screen screen = { NULL };
  g_autoptr (EngramQuery) query = engram_query_parse ("type:tool", NULL, NULL, NULL);

  screen_open (&screen, 360);
  type_text (&screen, "axon");
  press (&screen, GDK_KEY_Return);
  engram_search_bar_set_open (screen.bar, FALSE);
  g_assert_null (get_query_text (&screen));
  engram_search_bar_set_open (screen.bar, FALSE);
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (get_text (&screen), ==, "axon");
  g_assert_cmpstr (get_query_text (&screen), ==, "axon");

  type_over (&screen, "axon typ:tool");
  engram_search_bar_set_open (screen.bar, FALSE);
  g_assert_null (get_query_text (&screen));
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (get_text (&screen), ==, "axon typ:tool");

  /* What somebody else has asked for meanwhile is newer. */
  engram_search_bar_set_open (screen.bar, FALSE);
  engram_session_set_query (screen.session, query);
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (get_text (&screen), ==, "type:tool");
  engram_session_set_query (screen.session, NULL);
  engram_search_bar_set_open (screen.bar, TRUE);
  g_assert_cmpstr (get_text (&screen), ==, "");
  screen_close (&screen);
}

static void
test_narrow (void)
{
  Screen screen = { NULL };
  int minimum;

  screen_open (&screen, 360);
  type_text (&screen, "a \"long text that goes on and on\" typ:tool with much behind it");
  press (&screen, GDK_KEY_Return);
  engram_search_bar_set_counts (screen.bar, 123456, 1000000, ENGRAM_RECORD_SYNAPSE);
  gtk_widget_measure (GTK_WIDGET (screen.bar), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  widget_test_init (&argc, &argv);

  g_test_add_func ("/search-bar/typing", test_typing);
  g_test_add_func ("/search-bar/error", test_error);
  g_test_add_func ("/search-bar/set-by-others", test_set_by_others);
  g_test_add_func ("/search-bar/counts", test_counts);
  g_test_add_func ("/search-bar/completion", test_completion);
  g_test_add_func ("/search-bar/partial-value", test_partial_value);
  g_test_add_func ("/search-bar/completion-height", test_completion_height);
  g_test_add_func ("/search-bar/completion-keys", test_completion_keys);
  g_test_add_func ("/search-bar/completion-others", test_completion_others);
  g_test_add_func ("/search-bar/completion-error", test_completion_error);
  g_test_add_func ("/search-bar/completion-late", test_completion_late);
  g_test_add_func ("/search-bar/completion-click", test_completion_click);
  g_test_add_func ("/search-bar/saved-filters", test_saved_filters);
  g_test_add_func ("/search-bar/taken-name", test_taken_name);
  g_test_add_func ("/search-bar/help", test_help);
  g_test_add_func ("/search-bar/narrow", test_narrow);
  g_test_add_func ("/search-bar/closed", test_closed);

  return g_test_run ();
}
