/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lists/engram-record-model-private.h"
#include "pointer-support.h"
#include "record-list-support.h"

/* Sorting */

/* The columns of the position, which are not shown at first. */
static void
show_places (ListScreen *screen)
{
  const char *names[] = { "x", "y", "z" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_activate_action (GTK_WIDGET (screen->list), "list.column", "(sb)", names[i], TRUE);
  widget_test_draw (GTK_WIDGET (screen->list));
}

static void
test_sort_by_title (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  show_places (&screen);
  list_click_title (&screen, "X");
  list_assert_first (&screen, 19);
  list_click_title (&screen, "X");
  list_assert_first (&screen, 0);
  list_click_title (&screen, "Activation");
  list_assert_first (&screen, 0);
  list_click_title (&screen, "Activation");
  list_assert_first (&screen, 17);
  g_assert_cmpint (engram_record_model_get_sort (list_model (&screen)).key, ==, ENGRAM_SORT_ACTIVATION);
  g_assert_true (engram_record_model_get_sort (list_model (&screen)).descending);
  wait_until (screen.n_view_changed > 0);
  list_close (&screen);
}

static void
count_press (guint *n_presses)
{
  ++*n_presses;
}

/* Clicks quickly, so often, and waits until the last but one has been answered. */
static void
click_quickly (GtkWidget *title,
               guint      n_clicks)
{
  GtkWidget *clicked = gtk_widget_get_ancestor (title, g_type_from_name ("GtkColumnViewTitle"));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (clicked);
  g_autoptr (GObject) gesture = NULL;
  guint n_presses = 0;

  for (guint i = 0; gesture == NULL; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      g_assert_nonnull (controller);
      if (GTK_IS_GESTURE_CLICK (controller))
        gesture = g_steal_pointer (&controller);
    }
  g_signal_connect_swapped (gesture, "pressed", G_CALLBACK (count_press), &n_presses);
  for (guint i = 0; i < n_clicks; i++)
    pointer_click (title, -1, GDK_BUTTON_PRIMARY);
  wait_until (n_presses == n_clicks);
  g_signal_handlers_disconnect_by_data (gesture, &n_presses);
}

/* Each of several quick clicks counts. */
static void
test_sort_by_quick_clicks (void)
{
  static const struct {
    const char   *title;
    EngramSortKey key;
    guint         n_clicks;
  } columns[] = {
    { "X", ENGRAM_SORT_X, 2 },
    { "Y", ENGRAM_SORT_Y, 3 },
    { "Z", ENGRAM_SORT_Z, 4 },
    { "Activation", ENGRAM_SORT_ACTIVATION, 5 },
  };
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  show_places (&screen);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      click_quickly (list_find_label (list_header (&screen), columns[i].title), columns[i].n_clicks);
      wait_until (screen.list->sort.key == columns[i].key &&
                  screen.list->sort.descending == (columns[i].n_clicks % 2 == 0));
      list_await (&screen);
      g_assert_cmpint (screen.list->sort.key, ==, columns[i].key);
      g_assert_cmpint (screen.list->sort.descending, ==, columns[i].n_clicks % 2 == 0);
    }
  list_close (&screen);
}

/* The menu, in a window of its own as in its popover. */
static GtkWindow *
show_menu (ListScreen *screen)
{
  return widget_test_show (engram_record_list_create_view_menu (screen->list), 300, 700);
}

static GtkWidget *
find_check (GtkWindow  *menu,
            const char *text)
{
  GtkWidget *label = list_find_label (GTK_WIDGET (menu), text);

  while (label != NULL && !GTK_IS_CHECK_BUTTON (label))
    label = gtk_widget_get_parent (label);
  g_assert_nonnull (label);
  return label;
}

/* Arrow keys go through the columns, and change none. */
static void
test_menu_arrows (void)
{
  ListScreen screen = { NULL };
  GtkWindow *menu;
  GtkWidget *check;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  menu = show_menu (&screen);
  check = find_check (menu, "Tags");
  gtk_widget_grab_focus (check);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (menu), GTK_DIR_DOWN));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_assert_false (gtk_widget_is_focus (check));
  gtk_window_destroy (menu);
  list_close (&screen);
}

static void
test_sort_by_menu (void)
{
  ListScreen screen = { NULL };
  GtkWindow *menu;
  GtkDropDown *keys;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  show_places (&screen);
  menu = show_menu (&screen);
  keys = widget_test_find (menu, GTK_TYPE_DROP_DOWN);
  g_assert_cmpuint (gtk_drop_down_get_selected (keys), ==, 0);
  widget_test_assert_names (menu);
  gtk_drop_down_set_selected (keys, 5);
  list_await (&screen);
  g_assert_cmpint (engram_record_model_get_sort (list_model (&screen)).key, ==, ENGRAM_SORT_X);
  list_assert_first (&screen, 19);
  gtk_widget_activate (find_check (menu, "Descending"));
  list_await (&screen);
  list_assert_first (&screen, 0);

  /* The titles and the menu say the same. */
  list_click_title (&screen, "X");
  list_assert_first (&screen, 19);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_check (menu, "Descending"))));
  list_click_title (&screen, "Y");
  g_assert_cmpuint (gtk_drop_down_get_selected (keys), ==, 6);
  gtk_drop_down_set_selected (keys, 0);
  list_await (&screen);
  g_assert_cmpint (engram_record_model_get_sort (list_model (&screen)).key, ==, ENGRAM_SORT_ROWS);
  gtk_window_destroy (menu);
  list_close (&screen);
}

/* Columns */

static char *
dup_titles (ListScreen *screen)
{
  g_autofree char *text = widget_test_dup_text (list_header (screen));

  return g_strdelimit (g_strdup (g_strstrip (text)), "\n", ' ');
}

static void
assert_titles (ListScreen *screen,
               const char *expected)
{
  g_autofree char *titles = NULL;

  widget_test_draw (GTK_WIDGET (screen->list));
  titles = dup_titles (screen);
  g_assert_cmpstr (titles, ==, expected);
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *name)
{
  g_autofree char *difference =
    gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  if (difference == NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* At once, without the moment for which a button looks pressed when a key presses it. */
static void
press_button (GtkWindow  *menu,
              const char *name)
{
  g_signal_emit_by_name (find_named (GTK_WIDGET (menu), name), "clicked");
}

static void
test_columns_by_menu (void)
{
  ListScreen screen = { NULL };
  GtkWindow *menu;
  GtkWidget *up;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  assert_titles (&screen, "Type Text Tags Activation Synapses Modified");
  menu = show_menu (&screen);
  gtk_widget_activate (find_check (menu, "Tags"));
  gtk_widget_activate (find_check (menu, "Created"));
  assert_titles (&screen, "Type Text Activation Synapses Created Modified");

  /* Over the score, which is not there. */
  up = find_named (GTK_WIDGET (menu), "Move “Text” Towards the Start");
  gtk_widget_grab_focus (up);
  press_button (menu, "Move “Text” Towards the Start");
  assert_titles (&screen, "Text Type Activation Synapses Created Modified");
  g_assert_false (gtk_widget_get_sensitive (up));
  g_assert_true (gtk_window_get_focus (menu) == find_named (GTK_WIDGET (menu), "Move “Text” Towards the End"));
  press_button (menu, "Move “Modified” Towards the Start");
  assert_titles (&screen, "Text Type Activation Synapses Modified Created");

  press_button (menu, "Move “Modified” Towards the Start");
  assert_shows (screen.list, "Neuron 0\n");
  wait_until (screen.n_view_changed > 0);
  list_activate (&screen, "list.reset-columns");
  assert_titles (&screen, "Type Text Tags Activation Synapses Modified");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_check (menu, "Tags"))));
  gtk_window_destroy (menu);
  list_close (&screen);
}

/* The last column stays, and the menu says so. */
static void
test_last_column (void)
{
  ListScreen screen = { NULL };
  GtkWindow *menu;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  engram_record_list_set_layout (screen.list, "text -type -tags -x -y -z -activation -synapses -modified");
  assert_titles (&screen, "Text");
  menu = show_menu (&screen);
  gtk_widget_activate (find_check (menu, "Text"));
  assert_titles (&screen, "Text");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_check (menu, "Text"))));
  widget_test_assert_names (screen.list);
  gtk_window_destroy (menu);
  list_close (&screen);
}

static GtkColumnViewColumn *
get_column (ListScreen *screen,
            const char *name)
{
  return engram_record_layout_find (screen->list->view, engram_columns_find (screen->list->kind, name), NULL);
}

static void
test_layout (void)
{
  ListScreen screen = { NULL };
  g_autofree char *layout = NULL;
  g_autofree char *restored = NULL;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  /* As dragging its edge does. */
  gtk_column_view_column_set_fixed_width (get_column (&screen, "tags"), 333);
  list_activate (&screen, "list.column(('activation', false))");
  list_activate (&screen, "list.column(('id', true))");
  list_click_title (&screen, "Text");
  list_click_title (&screen, "Text");
  wait_until (screen.n_view_changed == 1);
  layout = engram_record_list_dup_layout (screen.list);
  g_assert_nonnull (strstr (layout, " tags:333 -x -y -z -activation "));
  g_assert_true (g_str_has_suffix (layout, " id sort=-summary"));
  list_close (&screen);

  memset (&screen, 0, sizeof screen);
  screen.fixture = ui_fixture_new (30);
  screen.session = engram_session_new (screen.fixture->database);
  list_new (&screen, ENGRAM_RECORD_NEURON);
  engram_record_list_set_layout (screen.list, layout);
  engram_record_list_set_session (screen.list, screen.session);
  screen.window = widget_test_show (GTK_WIDGET (screen.list), 1000, 500);
  list_await (&screen);
  list_assert_first (&screen, 9);
  assert_titles (&screen, "Type Text Tags Synapses Modified Id");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (get_column (&screen, "tags")), ==, 333);
  restored = engram_record_list_dup_layout (screen.list);
  g_assert_cmpstr (restored, ==, layout);
  g_assert_cmpuint (screen.n_view_changed, ==, 0);
  list_close (&screen);
}

#define WITH_SCORE "Type Text Score Tags Activation Synapses Modified"

/* The score comes and goes with the rows that have it. */
static void
test_score (void)
{
  ListScreen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (5);
  g_autofree char *text = g_strconcat ("like:", id, NULL);
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, NULL);

  list_open (&screen, ENGRAM_RECORD_NEURON);
  engram_session_set_query (screen.session, query);
  g_assert_false (gtk_column_view_column_get_visible (get_column (&screen, "score")));
  list_await (&screen);
  assert_titles (&screen, WITH_SCORE);
  list_assert_first (&screen, 5);
  assert_shows (screen.list, "1.000\n");
  engram_session_set_query (screen.session, NULL);
  g_assert_true (gtk_column_view_column_get_visible (get_column (&screen, "score")));
  list_await (&screen);
  assert_titles (&screen, "Type Text Tags Activation Synapses Modified");
  list_close (&screen);
}

/* A list that was not looked at when it was asked for, with a model and before it had one. */
static void
test_score_unseen (void)
{
  ListScreen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (5);
  g_autofree char *text = g_strconcat ("like:", id, NULL);
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, NULL);

  list_open (&screen, ENGRAM_RECORD_NEURON);
  gtk_widget_set_visible (GTK_WIDGET (screen.list), FALSE);
  engram_session_set_query (screen.session, query);
  gtk_widget_set_visible (GTK_WIDGET (screen.list), TRUE);
  list_await (&screen);
  assert_titles (&screen, WITH_SCORE);

  gtk_widget_set_visible (GTK_WIDGET (screen.list), FALSE);
  engram_record_list_set_session (screen.list, NULL);
  engram_session_set_query (screen.session, NULL);
  engram_record_list_set_session (screen.list, screen.session);
  engram_session_set_query (screen.session, query);
  gtk_widget_set_visible (GTK_WIDGET (screen.list), TRUE);
  list_await (&screen);
  assert_titles (&screen, WITH_SCORE);
  list_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  list_test_init (&argc, &argv);

  g_test_add_func ("/record-list-columns/sort-by-title", test_sort_by_title);
  g_test_add_func ("/record-list-columns/sort-by-quick-clicks", test_sort_by_quick_clicks);
  g_test_add_func ("/record-list-columns/sort-by-menu", test_sort_by_menu);
  g_test_add_func ("/record-list-columns/menu-arrows", test_menu_arrows);
  g_test_add_func ("/record-list-columns/columns-by-menu", test_columns_by_menu);
  g_test_add_func ("/record-list-columns/last-column", test_last_column);
  g_test_add_func ("/record-list-columns/layout", test_layout);
  g_test_add_func ("/record-list-columns/score", test_score);
  g_test_add_func ("/record-list-columns/score-unseen", test_score_unseen);

  return list_test_run ();
}
