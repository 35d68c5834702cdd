/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lists/engram-record-model-private.h"
#include "pointer-support.h"
#include "record-list-support.h"

/* What GTK holds for a list on screen, and rows that came and went. Far below all rows. */
#define MAX_ROWS_MADE 3000
#define N_NEURONS 50000

static void
test_cells (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  g_assert_cmpuint (screen.n_first_rows, ==, 1);
  assert_shows (screen.list, "Neuron 0\n");
  assert_shows (screen.list, "Knowledge\n");
  assert_shows (screen.list, "Tool\n");
  assert_shows (screen.list, "first tag, second\n");
  assert_shows (screen.list, "0.35\n");
  list_assert_status (&screen, "20 neurons");
  gtk_test_accessible_assert_property (engram_record_list_find_rows (screen.list),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "20 neurons");
  widget_test_assert_names (screen.list);
  list_close (&screen);
}

static void
test_synapses (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_SYNAPSE);
  assert_shows (screen.list, "From\n");
  assert_shows (screen.list, "Neuron 19\n");
  assert_shows (screen.list, "\342\210\2220.050\n");
  assert_shows (screen.list, "+0.10\n");
  list_assert_status (&screen, "19 synapses");
  list_select (&screen, 4, TRUE);
  list_assert_status (&screen, "Synapse 5 of 19");
  widget_test_assert_names (screen.list);
  list_close (&screen);
}

/* Selection */

static void
test_selection_status (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  list_select (&screen, 2, TRUE);
  list_assert_status (&screen, "Neuron 3 of 20");
  list_select (&screen, 5, FALSE);
  list_assert_status (&screen, "2 of 20 neurons selected");
  list_press_key (&screen, GDK_KEY_a, GDK_CONTROL_MASK);
  list_assert_status (&screen, "20 of 20 neurons selected");
  list_press_key (&screen, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  list_assert_status (&screen, "20 neurons");
  list_set_query (&screen, "type:tool");
  list_assert_status (&screen, "Showing 3 of 20 neurons");
  list_close (&screen);
}

/* GTK 4.8 would make widgets anew for other rows. */
static void
test_widgets_stay (void)
{
  ListScreen screen = { NULL };
  GtkWidget *row;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  row = list_row_widget (&screen, 0);
  list_click_title (&screen, "Activation");
  g_assert_true (list_row_widget (&screen, 0) == row);
  list_set_query (&screen, "type:tool");
  g_assert_true (list_row_widget (&screen, 0) == row);
  assert_shows (row, "Tool\n");
  list_close (&screen);
}

/* Neither scrolling, nor selecting, nor sorting walks over all rows. */
static void
test_many_rows (void)
{
  ListScreen screen = { NULL };
  GtkAdjustment *adjustment;

  list_show (&screen, ui_fixture_new (N_NEURONS), ENGRAM_RECORD_NEURON);
  list_activate (&screen, "list.select-all");
  list_assert_status (&screen, "50000 of 50000 neurons selected");
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (screen.list->view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  widget_test_draw (GTK_WIDGET (screen.list));
  list_click_title (&screen, "Text");
  list_assert_status (&screen, "50000 of 50000 neurons selected");
  /* Another order begins at its top. */
  wait_until (gtk_adjustment_get_value (adjustment) == 0);
  g_assert_cmpuint (engram_record_model_get_rows_made (list_model (&screen)), <, MAX_ROWS_MADE);
  list_close (&screen);
}

static void
test_select_by_id (void)
{
  ListScreen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (40000);
  GtkAdjustment *adjustment;
  double place;

  list_show (&screen, ui_fixture_new (N_NEURONS), ENGRAM_RECORD_NEURON);
  engram_record_list_select (screen.list, id);
  wait_until (g_str_equal (engram_record_list_get_status (screen.list), "Neuron 40001 of 50000"));
  widget_test_draw (GTK_WIDGET (screen.list));
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (screen.list->view));
  place = gtk_adjustment_get_value (adjustment) / gtk_adjustment_get_upper (adjustment);
  g_assert_cmpfloat (place, >, 0.79);
  g_assert_cmpfloat (place, <, 0.81);

  engram_record_list_select (screen.list, "ffffffff-0000-4000-8000-000000000000");
  wait_until (gtk_info_bar_get_revealed (screen.list->message_bar));
  widget_test_draw (GTK_WIDGET (screen.list));
  assert_shows (screen.list->message_bar, "ffffffff-0000-4000-8000-000000000000");
  widget_test_assert_names (screen.list);
  list_assert_status (&screen, "Neuron 40001 of 50000");
  list_select (&screen, 3, TRUE);
  g_assert_false (gtk_info_bar_get_revealed (screen.list->message_bar));
  list_close (&screen);
}

static void
test_select_before_session (void)
{
  ListScreen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (150);

  screen.fixture = ui_fixture_new (300);
  list_new (&screen, ENGRAM_RECORD_NEURON);
  engram_record_list_select (screen.list, id);
  screen.window = widget_test_show (GTK_WIDGET (screen.list), 800, 400);
  screen.session = engram_session_new (screen.fixture->database);
  engram_record_list_set_session (screen.list, screen.session);
  wait_until (g_str_equal (engram_record_list_get_status (screen.list), "Neuron 151 of 300"));
  list_close (&screen);
}

/* What nobody sees is not read. */
static void
test_unseen (void)
{
  ListScreen screen = { NULL };
  g_autoptr (EngramQuery) query = NULL;

  screen.fixture = ui_fixture_new (10);
  screen.session = engram_session_new (screen.fixture->database);
  list_new (&screen, ENGRAM_RECORD_SYNAPSE);
  engram_record_list_set_session (screen.list, screen.session);
  g_assert_null (screen.list->model);
  screen.window = widget_test_show (GTK_WIDGET (screen.list), 800, 400);
  g_assert_nonnull (screen.list->model);
  list_await (&screen);
  gtk_widget_set_visible (GTK_WIDGET (screen.list), FALSE);
  query = engram_query_parse ("weight:>0", NULL, NULL, NULL);
  engram_session_set_query (screen.session, query);
  g_assert_null (engram_record_model_get_query (screen.list->model));
  gtk_widget_set_visible (GTK_WIDGET (screen.list), TRUE);
  g_assert_nonnull (engram_record_model_get_query (screen.list->model));
  list_await (&screen);
  list_close (&screen);
}

/* Pages in the place of rows, and marks */

static void
test_nothing_found (void)
{
  ListScreen screen = { NULL };
  GtkWidget *clear;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  list_set_query (&screen, "unheard");
  assert_shows (screen.list, "Nothing Found");
  list_assert_status (&screen, "Showing 0 of 20 neurons");
  widget_test_assert_names (screen.list);
  clear = list_find_label (GTK_WIDGET (screen.list), "Clear Filter");
  while (!GTK_IS_BUTTON (clear))
    clear = gtk_widget_get_parent (clear);
  gtk_widget_activate (clear);
  wait_until (engram_session_get_query (screen.session) == NULL);
  list_await (&screen);
  list_assert_status (&screen, "20 neurons");
  assert_shows (screen.list, "Neuron 0\n");
  list_close (&screen);
}

static void
test_empty (void)
{
  ListScreen screen = { NULL };
  g_autofree char *id = NULL;

  list_show (&screen, ui_fixture_new (0), ENGRAM_RECORD_NEURON);
  assert_shows (screen.list, "No Neurons Yet");
  list_assert_status (&screen, "0 neurons");
  id = ui_fixture_add (screen.fixture, "The first one");
  engram_record_model_refresh (list_model (&screen), FALSE);
  list_await (&screen);
  assert_shows (screen.list, "The first one");
  list_close (&screen);
}

/* Said by a bar and by name, and the rows stay where they are. */
static void
test_marks (void)
{
  ListScreen screen = { NULL };
  g_autoptr (EngramNeuron) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ui_fixture_dup_id (1);
  g_autofree char *new_id = NULL;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  changed = engram_neuron_store_get (screen.fixture->neurons, id, NULL, &error);
  g_assert_no_error (error);
  engram_neuron_set_text (changed, ENGRAM_NEURON_SOURCE_DATA, "Something else");
  engram_neuron_store_update (screen.fixture->neurons, changed, NULL, &error);
  g_assert_no_error (error);
  new_id = ui_fixture_add (screen.fixture, "One more");
  engram_record_model_refresh (list_model (&screen), TRUE);
  list_await (&screen);
  wait_until (gtk_widget_has_css_class (list_row_widget (&screen, 1), "engram-row-changed"));
  wait_until (gtk_widget_has_css_class (list_row_widget (&screen, 20), "engram-row-new"));
  gtk_test_accessible_assert_property (list_row_widget (&screen, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Changed: Something else");
  gtk_test_accessible_assert_property (list_row_widget (&screen, 20), GTK_ACCESSIBLE_PROPERTY_LABEL, "New: One more");
  gtk_test_accessible_assert_property (list_row_widget (&screen, 2), GTK_ACCESSIBLE_PROPERTY_LABEL, "Neuron 2");
  g_assert_false (gtk_widget_has_css_class (list_row_widget (&screen, 2), "engram-row-changed"));
  list_close (&screen);
}

static gboolean
is_focus_in_rows (ListScreen *screen)
{
  GtkWidget *focus = gtk_window_get_focus (screen->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, engram_record_list_find_rows (screen->list));
}

/* An arrow selects the first row where none is selected, and the next one after that. */
static void
test_first_arrow (void)
{
  ListScreen screen = { NULL };
  GtkSelectionModel *selection;

  list_open (&screen, ENGRAM_RECORD_NEURON);
  selection = GTK_SELECTION_MODEL (screen.list->selection);
  gtk_window_set_focus (screen.window, NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (screen.list), GTK_DIR_TAB_FORWARD));
  g_assert_true (is_focus_in_rows (&screen));
  g_assert_cmpuint (engram_record_selection_get_size (screen.list->selection), ==, 0);
  pointer_move (GTK_WIDGET (screen.list), 60, 300);
  pointer_type (GTK_WIDGET (screen.list), GDK_KEY_Down);
  wait_until (engram_record_selection_get_size (screen.list->selection) == 1);
  g_assert_true (gtk_selection_model_is_selected (selection, 0));
  pointer_type (GTK_WIDGET (screen.list), GDK_KEY_Down);
  wait_until (gtk_selection_model_is_selected (selection, 1));
  g_assert_cmpuint (engram_record_selection_get_size (screen.list->selection), ==, 1);
  list_close (&screen);
}

/* From what stands above the list, too. */
static void
test_arrow_into (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  gtk_window_set_focus (screen.window, NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (screen.list), GTK_DIR_DOWN));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (screen.list->selection), 0));
  list_close (&screen);
}

/* One does not have to go through all rows to what follows them. */
static void
test_tab_leaves (void)
{
  ListScreen screen = { NULL };

  list_open (&screen, ENGRAM_RECORD_NEURON);
  gtk_window_set_focus (screen.window, NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (screen.list), GTK_DIR_TAB_FORWARD));
  g_assert_true (is_focus_in_rows (&screen));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (screen.list), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (screen.list), GTK_DIR_TAB_BACKWARD));
  list_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  list_test_init (&argc, &argv);

  g_test_add_func ("/record-list/cells", test_cells);
  g_test_add_func ("/record-list/synapses", test_synapses);
  g_test_add_func ("/record-list/selection-status", test_selection_status);
  g_test_add_func ("/record-list/widgets-stay", test_widgets_stay);
  g_test_add_func ("/record-list/many-rows", test_many_rows);
  g_test_add_func ("/record-list/select-by-id", test_select_by_id);
  g_test_add_func ("/record-list/select-before-session", test_select_before_session);
  g_test_add_func ("/record-list/unseen", test_unseen);
  g_test_add_func ("/record-list/nothing-found", test_nothing_found);
  g_test_add_func ("/record-list/empty", test_empty);
  g_test_add_func ("/record-list/marks", test_marks);
  g_test_add_func ("/record-list/first-arrow", test_first_arrow);
  g_test_add_func ("/record-list/arrow-into", test_arrow_into);
  g_test_add_func ("/record-list/tab-leaves", test_tab_leaves);

  return list_test_run ();
}
