/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-synapse-adder.h"
#include "details-support.h"

static void
test_synapse (void)
{
  DetailsScreen screen;
  g_autofree char *source = ui_fixture_dup_id (0);
  g_autofree char *target = ui_fixture_dup_id (1);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source, target, 0.1, "knowledge");
  g_autoptr (EngramSynapse) stored = NULL;
  g_autoptr (GError) error = NULL;

  details_open (&screen, ui_fixture_new (2));
  engram_synapse_store_create (screen.fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
  engram_session_set_editing (screen.session, TRUE);
  engram_details_pane_show (screen.pane, ENGRAM_RECORD_SYNAPSE, synapse->id);
  details_await (&screen);
  widget_test_assert_names (screen.pane);
  details_type (&screen, "weight", "-1.5");
  assert_shows (screen.pane, "Type a number from −1 to 1.");
  details_type_and_save (&screen, "weight", "-0.3");
  details_type_and_save (&screen, "usage_count", "7");
  details_type_and_save (&screen, "last_traversed", "2025-11-01");
  details_type_and_save (&screen, "metadata", "{\"a\":1}");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (details_get_input (&screen, "synapse_type")), 1);
  wait_until (screen.n_done == 5);
  stored = engram_synapse_store_get (screen.fixture->synapses, synapse->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (stored->weight, ==, -0.3);
  g_assert_cmpint (stored->usage_count, ==, 7);
  g_assert_cmpstr (stored->last_traversed, ==, "2025-11-01");
  g_assert_cmpstr (stored->type, ==, "tool_input");
  g_assert_cmpstr (stored->metadata, ==, "{\"a\":1}");
  details_close (&screen);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *name)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      (g_strcmp0 (gtk_button_get_label (widget), name) == 0 ||
       g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (DetailsScreen *screen,
       const char    *name)
{
  GtkWidget *button = find_button (screen->pane, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static guint64
count_synapses (DetailsScreen *screen)
{
  g_autoptr (GError) error = NULL;
  guint64 count;

  g_assert_true (engram_synapse_store_count (screen->fixture->synapses, &count, NULL, &error));
  g_assert_no_error (error);
  return count;
}

static void
test_add_synapse (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autofree char *other = ui_fixture_dup_id (1);
  EngramSynapseAdder *adder;
  GtkEditable *entry;

  details_open (&screen, ui_fixture_new (2));
  details_show (&screen, id);
  g_assert_null (find_button (screen.pane, "Add _Synapse…"));
  engram_session_set_editing (screen.session, TRUE);
  details_await (&screen);
  click (&screen, "Add _Synapse…");
  widget_test_draw (GTK_WIDGET (screen.pane));
  widget_test_assert_names (screen.pane);
  adder = widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_ADDER);
  entry = widget_test_find (adder, GTK_TYPE_ENTRY);
  g_assert_false (gtk_widget_is_sensitive (find_button (adder, "_Add")));
  gtk_editable_set_text (entry, "not an id");
  assert_shows (adder, "Type the id of a neuron");
  gtk_editable_set_text (entry, "ffffffff-0000-4000-8000-000000000000");
  wait_until (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  assert_shows (adder, "There is no neuron of that id.");
  gtk_editable_set_text (entry, other);
  wait_until (gtk_widget_is_sensitive (find_button (adder, "_Add")));
  assert_shows (adder, "Neuron 1");
  click (&screen, "_Add");
  wait_until (screen.n_done == 1);
  details_await (&screen);
  wait_until (widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_ADDER) == NULL);
  engram_details_pane_refresh (screen.pane);
  details_await (&screen);
  assert_shows (screen.pane, "Outgoing Synapses (1)\n+0.50\nNeuron 1\n");
  g_assert_cmpuint (count_synapses (&screen), ==, 1);

  click (&screen, "Delete This Synapse");
  wait_until (screen.n_done == 2);
  engram_details_pane_refresh (screen.pane);
  details_await (&screen);
  assert_shows (screen.pane, "Outgoing Synapses (0)\n");
  g_assert_cmpuint (count_synapses (&screen), ==, 0);
  details_close (&screen);
}

int
main (int    argc,
      char **argv)
{
  /* Before anything asks for it: the history's folder is the test's own. */
  g_autoptr (TestFolder) home = test_folder_new ();

  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  widget_test_init (&argc, &argv);

  g_test_add_func ("/details-editing/synapse", test_synapse);
  g_test_add_func ("/details-editing/add-synapse", test_add_synapse);

  return g_test_run ();
}
