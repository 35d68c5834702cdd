/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "pointer-support.h"
#include "prune-screen.h"

static void
type (PruneScreen *screen,
      guint        key,
      double       expected)
{
  pointer_type (GTK_WIDGET (screen->view), key);
  wait_until (fabs (engram_threshold_view_get_threshold (screen->view) - expected) < 1e-9);
  prune_screen_assert_figures (screen, expected);
}

static void
test_keys (void)
{
  PruneScreen screen;

  prune_screen_open (&screen);
  prune_screen_assert_figures (&screen, 0.01);
  gtk_widget_grab_focus (GTK_WIDGET (screen.view));
  type (&screen, GDK_KEY_Left, 0.009);
  type (&screen, GDK_KEY_Right, 0.01);
  type (&screen, GDK_KEY_Up, 0.015);
  type (&screen, GDK_KEY_Down, 0.01);
  type (&screen, GDK_KEY_Page_Up, 0.02);
  type (&screen, GDK_KEY_Page_Up, 0.05);
  type (&screen, GDK_KEY_Page_Down, 0.02);
  type (&screen, GDK_KEY_End, 1);
  type (&screen, GDK_KEY_Right, 1);
  type (&screen, GDK_KEY_Home, 0);
  type (&screen, GDK_KEY_Left, 0);
  type (&screen, GDK_KEY_Right, 0.0001);
  prune_screen_close (&screen);
}

/* From the middle to a weight on either side. */
static void
drag_to (PruneScreen *screen,
         double       weight)
{
  double width = gtk_widget_get_width (GTK_WIDGET (screen->view));

  pointer_drag (GTK_WIDGET (screen->view), width / 2, 40, (1 + weight) / 2 * width, 40, GDK_BUTTON_PRIMARY, 0);
  wait_until (fabs (engram_threshold_view_get_threshold (screen->view) - fabs (weight)) < 1e-9);
  prune_screen_assert_figures (screen, fabs (weight));
}

static void
test_pointer (void)
{
  PruneScreen screen;

  prune_screen_open (&screen);
  drag_to (&screen, 0.6);
  drag_to (&screen, -0.25);
  drag_to (&screen, 0.01);
  prune_screen_close (&screen);
}

static void
test_exact_number (void)
{
  PruneScreen screen;
  GtkSpinButton *spin;

  prune_screen_open (&screen);
  spin = widget_test_find (screen.dialog, GTK_TYPE_SPIN_BUTTON);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.01");
  gtk_editable_set_text (GTK_EDITABLE (spin), "0.009901");
  gtk_spin_button_update (spin);
  prune_screen_assert_figures (&screen, 0.009901);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.009901");
  /* The handle shows what was typed, and the other way round. */
  engram_threshold_view_set_threshold (screen.view, 0.5);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "0.5");
  prune_screen_assert_figures (&screen, 0.5);
  prune_screen_close (&screen);
}

/* What is strictly weaker goes, and stands in the list: 0.01 itself stays. */
static void
test_victims (void)
{
  PruneScreen screen;
  EngramPruneVictims *victims;

  prune_screen_open (&screen);
  victims = widget_test_find (screen.dialog, ENGRAM_TYPE_PRUNE_VICTIMS);
  wait_until (prune_screen_shows (&screen, "+0.0099"));
  assert_shows (victims, "Neuron 7\n→\nNeuron 8\n+0.0099");
  assert_shows (victims, "Neuron 3\n→\nNeuron 4\n\342\210\2220.008");
  g_assert_cmpuint (engram_row_order_get_size (engram_prune_victims_get_order (victims)), ==, 4);

  engram_threshold_view_set_threshold (screen.view, 0.001);
  g_assert_null (engram_prune_victims_get_order (victims));
  assert_shows (victims, "No synapse is weaker than 0.001. The weakest one has a weight of 0.004.");
  g_assert_false (prune_screen_can_prune (&screen));
  prune_screen_close (&screen);
}

static void
test_names (void)
{
  PruneScreen screen;

  prune_screen_open (&screen);
  wait_until (prune_screen_shows (&screen, "+0.0099"));
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), TRUE);
  widget_test_assert_names (screen.dialog);
  gtk_test_accessible_assert_role (screen.view, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (screen.view, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "0.01: synapses that go: 4, neurons left alone: 2, parts: 6");
  prune_screen_close (&screen);
}

/* A second call brings the same dialog to the front. */
static void
test_only_one (void)
{
  PruneScreen screen;

  prune_screen_open (&screen);
  engram_prune_dialog_present (screen.parent, screen.session);
  g_assert_true (prune_screen_find_dialog () == screen.dialog);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  g_assert_null (prune_screen_find_dialog ());
  prune_screen_close (&screen);
}

/* Another program writes: the figures and the list are those of the file as it is. */
static void
test_changed_meanwhile (void)
{
  PruneScreen screen;
  g_autoptr (EngramDatabase) other = NULL;
  g_autoptr (EngramSynapseStore) synapses = NULL;
  g_autoptr (EngramSynapse) synapse = NULL;
  g_autofree char *source = ui_fixture_dup_id (0);
  g_autofree char *target = ui_fixture_dup_id (5);
  g_autoptr (GError) error = NULL;

  prune_screen_open (&screen);
  wait_until (prune_screen_shows (&screen, "+0.0099"));
  other = engram_database_open (screen.fixture->path, NULL, &error);
  g_assert_no_error (error);
  synapses = engram_synapse_store_new (other);
  synapse = engram_synapse_new (source, target, 0.0077, "knowledge");
  engram_synapse_store_create (synapses, synapse, NULL, &error);
  g_assert_no_error (error);
  wait_until (prune_screen_shows (&screen, "+0.0077"));
  wait_until (prune_screen_shows (&screen, "of 11 synapses"));
  prune_screen_assert_figures (&screen, 0.01);
  prune_screen_close (&screen);
}

/* In the views */

static const char *
get_query (PruneScreen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : "";
}

static void
test_shown_in_views (void)
{
  PruneScreen screen;
  g_autoptr (EngramQuery) query = engram_query_parse ("type:knowledge", NULL, NULL, NULL);
  EngramSelection *selection;

  prune_screen_open (&screen);
  selection = engram_session_get_selection (screen.session);
  engram_selection_set_one (selection, ENGRAM_RECORD_SYNAPSE, 3);
  engram_session_set_query (screen.session, query);

  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), TRUE);
  wait_until (prune_screen_count_selected (&screen) == 4);
  g_assert_true (engram_row_set_contains (prune_screen_get_selected (&screen), 8));
  g_assert_cmpstr (get_query (&screen), ==, "type:knowledge");
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show only them"), TRUE);
  wait_until (g_str_equal (get_query (&screen), "type:knowledge weight:>-0.01..<0.01"));

  /* They follow the handle. */
  engram_threshold_view_set_threshold (screen.view, 0.3);
  wait_until (prune_screen_count_selected (&screen) == 7);
  wait_until (g_str_equal (get_query (&screen), "type:knowledge weight:>-0.3..<0.3"));
  engram_threshold_view_set_threshold (screen.view, 0.001);
  wait_until (prune_screen_count_selected (&screen) == 0);
  engram_threshold_view_set_threshold (screen.view, 0.3);
  wait_until (prune_screen_count_selected (&screen) == 7);

  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), FALSE);
  g_assert_cmpuint (prune_screen_count_selected (&screen), ==, 1);
  g_assert_true (engram_row_set_contains (prune_screen_get_selected (&screen), 3));
  g_assert_cmpstr (get_query (&screen), ==, "type:knowledge");
  g_assert_false (engram_selection_can_go_back (selection));

  /* Closing puts all back too. */
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), TRUE);
  wait_until (prune_screen_count_selected (&screen) == 7);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  g_assert_cmpuint (prune_screen_count_selected (&screen), ==, 1);
  g_assert_cmpstr (get_query (&screen), ==, "type:knowledge");
  prune_screen_close (&screen);
}

/* What the person has chosen meanwhile stays. */
static void
test_own_choice_stays (void)
{
  PruneScreen screen;

  prune_screen_open (&screen);
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), TRUE);
  wait_until (prune_screen_count_selected (&screen) == 4);
  engram_selection_set_one (engram_session_get_selection (screen.session), ENGRAM_RECORD_SYNAPSE, 2);
  gtk_window_destroy (GTK_WINDOW (screen.dialog));
  g_assert_cmpuint (prune_screen_count_selected (&screen), ==, 1);
  g_assert_true (engram_row_set_contains (prune_screen_get_selected (&screen), 2));
  prune_screen_close (&screen);
}

/* What has been pruned is not selected again: 3 and 5 were, and 3 is gone. */
static void
test_gone_not_selected (void)
{
  const gint64 rowids[] = { 3, 5 };
  g_autoptr (EngramRowSet) rows = engram_row_set_new (rowids, G_N_ELEMENTS (rowids));
  PruneScreen screen;

  prune_screen_open (&screen);
  engram_selection_set (engram_session_get_selection (screen.session), ENGRAM_RECORD_SYNAPSE, rows);
  gtk_switch_set_active (prune_screen_find_switch (screen.dialog, "Show in the views"), TRUE);
  wait_until (prune_screen_count_selected (&screen) == 4);
  prune_screen_click (&screen, "_Prune");
  wait_until (prune_screen_shows (&screen, "4 Synapses Pruned"));
  g_assert_cmpuint (prune_screen_count_selected (&screen), ==, 1);
  g_assert_true (engram_row_set_contains (prune_screen_get_selected (&screen), 5));
  prune_screen_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/prune-dialog/keys", test_keys);
  g_test_add_func ("/prune-dialog/pointer", test_pointer);
  g_test_add_func ("/prune-dialog/exact-number", test_exact_number);
  g_test_add_func ("/prune-dialog/victims", test_victims);
  g_test_add_func ("/prune-dialog/names", test_names);
  g_test_add_func ("/prune-dialog/only-one", test_only_one);
  g_test_add_func ("/prune-dialog/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/prune-dialog/shown-in-views", test_shown_in_views);
  g_test_add_func ("/prune-dialog/own-choice-stays", test_own_choice_stays);
  g_test_add_func ("/prune-dialog/gone-not-selected", test_gone_not_selected);
  return g_test_run ();
}
