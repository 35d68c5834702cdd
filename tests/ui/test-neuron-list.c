/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lists/engram-neuron-list.h"
#include "lists/engram-neuron-model-private.h"
#include "widget-support.h"

/* What GTK holds for a list on screen, and rows that came and went. Far below all rows. */
#define MAX_ROWS_MADE 3000
#define N_NEURONS 50000

typedef struct {
  UiFixture *fixture;
  EngramNeuronModel *model;
  EngramNeuronList *list;
  GtkWindow *window;
  char *selected;
  guint n_selected;
} Screen;

static void
note_selected (EngramNeuronList *list,
               const char       *id,
               Screen           *screen)
{
  g_free (screen->selected);
  screen->selected = g_strdup (id);
  screen->n_selected++;
}

static void
screen_open (Screen *screen,
             guint   n_neurons)
{
  screen->fixture = ui_fixture_new (n_neurons);
  screen->model = ui_fixture_open_model (screen->fixture);
  screen->list = ENGRAM_NEURON_LIST (engram_neuron_list_new ());
  g_signal_connect (screen->list, "neuron-selected", G_CALLBACK (note_selected), screen);
  engram_neuron_list_set_model (screen->list, screen->model);
  screen->window = widget_test_show (GTK_WIDGET (screen->list), 1000, 600);
}

static void
screen_close (Screen *screen)
{
  gtk_window_destroy (screen->window);
  g_clear_object (&screen->model);
  g_clear_pointer (&screen->selected, g_free);
  ui_fixture_free (screen->fixture);
}

static void
refresh (Screen *screen)
{
  engram_neuron_model_refresh (screen->model);
  wait_until (!engram_neuron_model_get_loading (screen->model));
  widget_test_draw (GTK_WIDGET (screen->list));
}

static void
select_number (Screen *screen,
               guint   number)
{
  g_autofree char *id = ui_fixture_dup_id (number);

  engram_neuron_list_select (screen->list, id);
  wait_until (g_strcmp0 (screen->selected, id) == 0);
  widget_test_draw (GTK_WIDGET (screen->list));
}

static GtkAdjustment *
get_adjustment (Screen *screen)
{
  GtkScrollable *view = widget_test_find (screen->list, GTK_TYPE_COLUMN_VIEW);

  return gtk_scrollable_get_vadjustment (view);
}

/* The text of the row in the middle of the view, in its second column. */
static char *
dup_middle_text (Screen *screen)
{
  GtkWidget *view = widget_test_find (screen->list, GTK_TYPE_LIST_VIEW);
  GtkWidget *cell = gtk_widget_pick (view, 200, gtk_widget_get_height (view) / 2.0, GTK_PICK_DEFAULT);

  if (!GTK_IS_INSCRIPTION (cell))
    cell = widget_test_find (cell, GTK_TYPE_INSCRIPTION);
  return g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (cell)));
}

static void
test_cells (void)
{
  Screen screen = { NULL };
  g_autofree char *id = NULL;

  screen_open (&screen, 20);
  id = ui_fixture_add (screen.fixture, "  Two\nlines\tand a tab ");
  refresh (&screen);
  assert_shows (screen.list, "Neuron 0\n");
  assert_shows (screen.list, "Knowledge\n");
  assert_shows (screen.list, "Tool\n");
  assert_shows (screen.list, "0.0, 0.0, 0.0\n");
  assert_shows (screen.list, "Two lines and a tab\n");
  g_assert_cmpstr (engram_neuron_list_get_status (screen.list), ==, "21 neurons");
  widget_test_assert_names (screen.list);
  screen_close (&screen);
}

/* Rows whose neurons are there before their widgets have their names too. */
static void
test_two_lists (void)
{
  Screen screen = { NULL };
  GtkWidget *second = engram_neuron_list_new ();
  GtkWindow *window;

  screen_open (&screen, 300);
  wait_until (engram_neuron_model_get_rows_made (screen.model) > 200);
  widget_test_draw (GTK_WIDGET (screen.list));
  engram_neuron_list_set_model (ENGRAM_NEURON_LIST (second), screen.model);
  window = widget_test_show (second, 800, 500);
  assert_shows (second, "Neuron 0\n");
  widget_test_assert_names (second);
  gtk_adjustment_set_value (get_adjustment (&screen), 2000);
  widget_test_draw (GTK_WIDGET (screen.list));
  widget_test_assert_names (screen.list);
  gtk_window_destroy (window);
  screen_close (&screen);
}

static void
test_select (void)
{
  Screen screen = { NULL };
  GtkAdjustment *adjustment;
  double middle;

  screen_open (&screen, N_NEURONS);
  select_number (&screen, 40000);
  g_assert_cmpstr (engram_neuron_list_get_selected (screen.list), ==, screen.selected);
  g_assert_cmpstr (engram_neuron_list_get_status (screen.list), ==, "Neuron 40001 of 50000");
  g_assert_cmpuint (screen.n_selected, ==, 1);
  adjustment = get_adjustment (&screen);
  middle = gtk_adjustment_get_value (adjustment) / gtk_adjustment_get_upper (adjustment);
  g_assert_cmpfloat (middle, >, 0.79);
  g_assert_cmpfloat (middle, <, 0.81);

  engram_neuron_list_select (screen.list, NULL);
  g_assert_null (screen.selected);
  g_assert_cmpuint (screen.n_selected, ==, 2);
  screen_close (&screen);
}

static void
test_select_before_model (void)
{
  Screen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (150);

  screen.fixture = ui_fixture_new (300);
  screen.list = ENGRAM_NEURON_LIST (engram_neuron_list_new ());
  g_signal_connect (screen.list, "neuron-selected", G_CALLBACK (note_selected), &screen);
  engram_neuron_list_select (screen.list, id);
  screen.window = widget_test_show (GTK_WIDGET (screen.list), 800, 400);
  screen.model = engram_neuron_model_new (screen.fixture->database);
  engram_neuron_list_set_model (screen.list, screen.model);
  wait_until (screen.n_selected == 1);
  g_assert_cmpstr (screen.selected, ==, id);
  screen_close (&screen);
}

static void
test_select_unknown (void)
{
  Screen screen = { NULL };
  GtkInfoBar *bar;

  screen_open (&screen, 100);
  select_number (&screen, 7);
  bar = widget_test_find (screen.list, GTK_TYPE_INFO_BAR);
  g_assert_false (gtk_info_bar_get_revealed (bar));
  engram_neuron_list_select (screen.list, "ffffffff-0000-4000-8000-000000000000");
  wait_until (gtk_info_bar_get_revealed (bar));
  widget_test_draw (GTK_WIDGET (screen.list));
  assert_shows (bar, "ffffffff-0000-4000-8000-000000000000");
  g_assert_cmpuint (screen.n_selected, ==, 1);

  /* What is chosen next is found. */
  select_number (&screen, 8);
  g_assert_false (gtk_info_bar_get_revealed (bar));
  screen_close (&screen);
}

/* Neither scrolling, nor selecting, nor refreshing walks over all rows. */
static void
test_many_rows (void)
{
  Screen screen = { NULL };
  GtkAdjustment *adjustment;
  g_autofree char *id = NULL;

  screen_open (&screen, N_NEURONS);
  adjustment = get_adjustment (&screen);
  for (guint i = 1; i < 10; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * i / 10);
      widget_test_draw (GTK_WIDGET (screen.list));
    }
  select_number (&screen, 100);
  select_number (&screen, N_NEURONS - 1);
  id = ui_fixture_add (screen.fixture, "One more");
  refresh (&screen);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (screen.model)), ==, N_NEURONS + 1);
  g_assert_cmpuint (engram_neuron_model_get_rows_made (screen.model), <, MAX_ROWS_MADE);
  screen_close (&screen);
}

static void
delete_number (Screen *screen,
               guint   number)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (GError) error = NULL;

  engram_neuron_store_delete (screen->fixture->neurons, id, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Rows that go and come elsewhere leave the view and the selection where they are. */
static void
test_refresh (void)
{
  Screen screen = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;

  screen_open (&screen, 10000);
  select_number (&screen, 5000);
  before = dup_middle_text (&screen);
  g_assert_true (g_str_has_prefix (before, "Neuron 4") || g_str_has_prefix (before, "Neuron 5"));

  for (guint number = 0; number < 900; number += 9)
    delete_number (&screen, number);
  delete_number (&screen, 9000);
  id = ui_fixture_add (screen.fixture, "Another");
  refresh (&screen);
  after = dup_middle_text (&screen);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (screen.n_selected, ==, 1);
  g_assert_cmpstr (engram_neuron_list_get_status (screen.list), ==, "Neuron 4901 of 9900");

  delete_number (&screen, 5000);
  refresh (&screen);
  g_assert_null (screen.selected);
  g_assert_cmpuint (screen.n_selected, ==, 2);
  screen_close (&screen);
}

/* A vacuum may give rows new numbers: the chosen neuron stays chosen. */
static void
test_vacuum (void)
{
  Screen screen = { NULL };
  g_autofree char *id = ui_fixture_dup_id (500);
  g_autoptr (GError) error = NULL;

  screen_open (&screen, 1000);
  select_number (&screen, 500);
  for (guint number = 0; number < 300; number++)
    delete_number (&screen, number);
  engram_database_vacuum (screen.fixture->database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  refresh (&screen);
  wait_until (g_str_equal (engram_neuron_list_get_status (screen.list), "Neuron 201 of 700"));
  g_assert_cmpstr (screen.selected, ==, id);
  g_assert_cmpuint (screen.n_selected, ==, 1);
  screen_close (&screen);
}

static void
test_empty (void)
{
  Screen screen = { NULL };
  g_autofree char *id = NULL;

  screen_open (&screen, 0);
  g_assert_nonnull (widget_test_find (screen.list, ADW_TYPE_STATUS_PAGE));
  g_assert_cmpstr (engram_neuron_list_get_status (screen.list), ==, "0 neurons");
  id = ui_fixture_add (screen.fixture, "The first one");
  refresh (&screen);
  g_assert_null (widget_test_find (screen.list, ADW_TYPE_STATUS_PAGE));
  assert_shows (screen.list, "The first one");
  screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/neuron-list/cells", test_cells);
  g_test_add_func ("/neuron-list/two-lists", test_two_lists);
  g_test_add_func ("/neuron-list/select", test_select);
  g_test_add_func ("/neuron-list/select-before-model", test_select_before_model);
  g_test_add_func ("/neuron-list/select-unknown", test_select_unknown);
  g_test_add_func ("/neuron-list/many-rows", test_many_rows);
  g_test_add_func ("/neuron-list/refresh", test_refresh);
  g_test_add_func ("/neuron-list/vacuum", test_vacuum);
  g_test_add_func ("/neuron-list/empty", test_empty);

  return g_test_run ();
}
