/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "comparison-screen.h"

/* What differs */

static void
test_differences (void)
{
  DialogScreen screen;
  GListModel *list;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  list = G_LIST_MODEL (comparison_screen_get_list (&screen));
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  wait_until (dialog_screen_shows (&screen, "Newcomer"));
  wait_until (dialog_screen_shows (&screen, "Neuron two"));
  wait_until (dialog_screen_shows (&screen, "Neuron 5"));
  assert_shows (screen.dialog, "Added");
  assert_shows (screen.dialog, "Removed");
  assert_shows (screen.dialog, "Moved 5");
  assert_shows (screen.dialog, "Select a difference");
  widget_test_assert_names (screen.dialog);

  comparison_screen_choose (&screen, 0, 1);
  list = G_LIST_MODEL (comparison_screen_get_list (&screen));
  /* One weaker, two gone with their neuron. */
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 3);
  wait_until (dialog_screen_shows (&screen, "Weight"));
  comparison_screen_choose (&screen, 1, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (comparison_screen_get_list (&screen))), ==, 2);
  comparison_screen_choose (&screen, 1, 4);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (comparison_screen_get_list (&screen))), ==, 0);
  wait_until (dialog_screen_shows (&screen, "There are no differences of that kind."));
  dialog_screen_close (&screen);
}

static void
test_overview (void)
{
  DialogScreen screen;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_present (&screen, screen.other);
  wait_until (dialog_screen_shows (&screen, "Changed Fields of Neurons"));
  assert_shows (screen.dialog, "source_data (1)");
  assert_shows (screen.dialog, "weight (1)");
  assert_shows (screen.dialog, "Weight Changes");
  assert_shows (screen.dialog, "1, from −0.2 to −0.2, on average −0.2");
  widget_test_assert_names (screen.dialog);
  dialog_screen_close (&screen);
}

static void
test_values (void)
{
  DialogScreen screen;
  GtkSelectionModel *list;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  list = GTK_SELECTION_MODEL (comparison_screen_get_list (&screen));
  gtk_selection_model_select_item (list, comparison_screen_find_place (&screen, "Neuron two"), TRUE);
  wait_until (dialog_screen_shows (&screen, "Before"));
  assert_shows (screen.dialog, "Neuron 2");
  assert_shows (screen.dialog, "Neuron two");
  gtk_selection_model_select_all (list);
  wait_until (dialog_screen_shows (&screen, "3 differences are selected."));
  g_assert_false (dialog_screen_shows (&screen, "Before"));
  gtk_selection_model_unselect_range (list, 0, 2);
  g_assert_true (gtk_selection_model_is_selected (list, 2));
  g_assert_false (gtk_selection_model_is_selected (list, 0));
  dialog_screen_close (&screen);
}

static void
note_activated (GString    *log,
                guint       kind,
                const char *id)
{
  g_string_append_printf (log, "%u %s", kind, id);
}

/* What was removed is not there to be shown. */
static void
test_one_is_shown_in_the_window (void)
{
  DialogScreen screen;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *id = ui_fixture_dup_id (2), *expected = NULL;
  GtkSelectionModel *list;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  expected = g_strdup_printf ("%u %s", ENGRAM_RECORD_NEURON, id);
  g_signal_connect_swapped (screen.session, "activate", G_CALLBACK (note_activated), log);
  list = GTK_SELECTION_MODEL (comparison_screen_get_list (&screen));
  gtk_selection_model_select_item (list, comparison_screen_find_place (&screen, "Neuron 5"), TRUE);
  g_assert_false (gtk_widget_is_sensitive (dialog_find_button (screen.dialog, "S_how")));
  gtk_selection_model_select_item (list, comparison_screen_find_place (&screen, "Neuron two"), TRUE);
  wait_until (dialog_screen_shows (&screen, "Before"));
  dialog_screen_click (&screen, "S_how");
  g_assert_cmpstr (log->str, ==, expected);
  dialog_screen_close (&screen);
}

static void
test_nothing_differs (void)
{
  DialogScreen screen;

  comparison_screen_open (&screen);
  comparison_screen_present (&screen, screen.other);
  wait_until (dialog_screen_shows (&screen, "Nothing Differs"));
  assert_shows (screen.dialog, "Neurons: 12, synapses: 11");
  widget_test_assert_names (screen.dialog);
  dialog_screen_close (&screen);
}

/* Views */

static double
get_change (DialogScreen   *screen,
            EngramAnalysis  analysis,
            gint64          rowid)
{
  g_autoptr (EngramRecordNumbers) values =
    engram_searcher_get_analysis (engram_session_get_searcher (screen->session), analysis);

  return values != NULL ? engram_record_numbers_get (values, rowid) : -1;
}

static void
test_views_show_the_differences (void)
{
  DialogScreen screen;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  g_assert_false (engram_session_is_analysed (screen.session, ENGRAM_ANALYSIS_CHANGE));
  dialog_screen_click (&screen, "_Show in Views");
  g_assert_cmpstr (engram_query_get_text (engram_session_get_query (screen.session)), ==,
                   "change:added,changed,rewired");
  g_assert_true (engram_session_is_analysed (screen.session, ENGRAM_ANALYSIS_CHANGE));
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 3), ==, ENGRAM_DIFFERENCE_CHANGED);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_MOVED, 3), ==, 5);
  /* Its neighbours lost a synapse, or have a weaker one. */
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 1), ==, ENGRAM_DIFFERENCE_REWIRED);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 5), ==, ENGRAM_DIFFERENCE_REWIRED);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_CHANGE, 10), ==, ENGRAM_DIFFERENCE_SAME);
  g_assert_cmpfloat (get_change (&screen, ENGRAM_ANALYSIS_SYNAPSE_CHANGE, 1), ==, ENGRAM_DIFFERENCE_CHANGED);
  g_assert_cmpfloat_with_epsilon (get_change (&screen, ENGRAM_ANALYSIS_WEIGHT_CHANGE, 1), -0.2, 1e-9);

  dialog_screen_click (&screen, "_Hide in Views");
  g_assert_false (engram_session_is_analysed (screen.session, ENGRAM_ANALYSIS_CHANGE));
  g_assert_true (engram_query_is_empty (engram_session_get_query (screen.session)));
  dialog_screen_close (&screen);
}

/* As analyses do. */
static void
test_they_grow_old (void)
{
  DialogScreen screen;
  g_autofree char *title = NULL, *id = NULL;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  dialog_screen_click (&screen, "_Show in Views");
  g_assert_false (engram_session_is_analysis_stale (screen.session, ENGRAM_ANALYSIS_CHANGE));
  id = ui_fixture_add (screen.fixture, "Another");
  wait_until (engram_session_is_analysis_stale (screen.session, ENGRAM_ANALYSIS_CHANGE));
  title = engram_session_dup_analysis_title (screen.session, ENGRAM_ANALYSIS_CHANGE);
  g_assert_cmpstr (title, ==, "Changes (before the last change)");
  dialog_screen_close (&screen);
}

/* The list is that of before, and says so. */
static void
test_it_says_that_the_network_has_changed (void)
{
  DialogScreen screen;
  g_autofree char *id = NULL;

  comparison_screen_open (&screen);
  comparison_screen_change (&screen);
  comparison_screen_compare (&screen);
  g_assert_false (dialog_screen_shows (&screen, "has changed since"));
  id = ui_fixture_add (screen.fixture, "Another");
  wait_until (dialog_screen_shows (&screen, "The network has changed since it was compared."));
  dialog_screen_click (&screen, "Compare _Again");
  wait_until (engram_difference_browser_get_list (comparison_screen_get_browser (&screen)) != NULL
              && g_list_model_get_n_items (G_LIST_MODEL (comparison_screen_get_list (&screen))) == 4);
  g_assert_false (dialog_screen_shows (&screen, "has changed since"));
  dialog_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
  g_test_add_func ("/comparison-dialog/differences", test_differences);
  g_test_add_func ("/comparison-dialog/overview", test_overview);
  g_test_add_func ("/comparison-dialog/values", test_values);
  g_test_add_func ("/comparison-dialog/one-is-shown-in-the-window", test_one_is_shown_in_the_window);
  g_test_add_func ("/comparison-dialog/nothing-differs", test_nothing_differs);
  g_test_add_func ("/comparison-dialog/views-show-the-differences", test_views_show_the_differences);
  g_test_add_func ("/comparison-dialog/they-grow-old", test_they_grow_old);
  g_test_add_func ("/comparison-dialog/it-says-that-the-network-has-changed",
                   test_it_says_that_the_network_has_changed);
  return g_test_run ();
}
