/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "details/engram-synapse-adder.h"
#include "details-support.h"

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (ADW_IS_MESSAGE_DIALOG (item->data))
      return item->data;
  return NULL;
}

/* As a click on its button does. */
static void
answer (const char *response)
{
  GtkWidget *dialog = find_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
begin_synapse (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "Add _Synapse…") == 0)
    g_signal_emit_by_name (widget, "clicked");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    begin_synapse (child);
}

static void
test_leave (void)
{
  DetailsScreen screen;
  g_autofree char *first = ui_fixture_dup_id (0);
  g_autofree char *second = ui_fixture_dup_id (1);
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (2));
  details_edit (&screen, first);
  details_type (&screen, "source_data", "Typed");
  details_type (&screen, "activation_level", "0.5");
  details_show (&screen, second);
  assert_shows (screen.pane, "Neuron 1");
  g_assert_null (find_dialog ());
  neuron = details_read_neuron (&screen, first);
  g_assert_cmpstr (neuron->source_data, ==, "Typed");
  g_assert_cmpfloat (neuron->activation_level, ==, 0.5);
  details_close (&screen);
}

static void
test_leave_invalid (void)
{
  DetailsScreen screen;
  g_autofree char *first = ui_fixture_dup_id (0);
  g_autofree char *second = ui_fixture_dup_id (1);

  details_open (&screen, ui_fixture_new (2));
  details_edit (&screen, first);
  details_type (&screen, "metadata", "{");
  engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
  wait_until (find_dialog () != NULL);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (find_dialog ())), "“Metadata”"));
  answer ("keep");
  /* Who stays is brought back. */
  g_assert_cmpstr (screen.activated, ==, first);
  g_assert_cmpstr (engram_details_pane_get_neuron (screen.pane), ==, first);
  g_assert_true (engram_details_pane_has_unsaved (screen.pane));
  assert_shows (screen.pane, "{\n");

  engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
  wait_until (find_dialog () != NULL);
  answer ("discard");
  details_await (&screen);
  assert_shows (screen.pane, "Neuron 1");
  details_close (&screen);
}

/* A synapse that was begun is not lost by a click on another row. */
static void
test_leave_synapse (void)
{
  DetailsScreen screen;
  g_autofree char *first = ui_fixture_dup_id (0);
  g_autofree char *second = ui_fixture_dup_id (1);
  GtkWidget *adder;

  details_open (&screen, ui_fixture_new (2));
  details_edit (&screen, first);
  begin_synapse (GTK_WIDGET (screen.pane));
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  adder = widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_ADDER);
  gtk_editable_set_text (widget_test_find (adder, GTK_TYPE_ENTRY), second);
  g_assert_true (engram_details_pane_has_unsaved (screen.pane));
  engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
  wait_until (find_dialog () != NULL);
  assert_shows (find_dialog (), "was not added");
  answer ("keep");
  g_assert_cmpstr (engram_details_pane_get_neuron (screen.pane), ==, first);
  g_assert_cmpstr (gtk_editable_get_text (widget_test_find (adder, GTK_TYPE_ENTRY)), ==, second);

  engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
  wait_until (find_dialog () != NULL);
  answer ("discard");
  details_await (&screen);
  assert_shows (screen.pane, "Neuron 1");
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  details_close (&screen);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  int *left = user_data;

  *left = engram_details_pane_leave_finish (ENGRAM_DETAILS_PANE (source), result);
}

/* Before the window closes. */
static void
test_leave_window (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;
  int left = -1;

  details_open (&screen, ui_fixture_new (1));
  details_edit (&screen, id);
  details_type (&screen, "source_data", "Typed");
  details_type (&screen, "metadata", "{");
  g_assert_true (engram_details_pane_has_unsaved (screen.pane));
  engram_details_pane_leave_async (screen.pane, left_cb, &left);
  wait_until (find_dialog () != NULL);
  answer ("keep");
  wait_until (left == FALSE);
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Typed");
  details_type (&screen, "metadata", "{}");
  left = -1;
  engram_details_pane_leave_async (screen.pane, left_cb, &left);
  wait_until (left == TRUE);
  g_assert_false (engram_details_pane_has_unsaved (screen.pane));
  details_close (&screen);
}

/* Editing is switched off: what is typed is written first. */
static void
test_editing_off (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (EngramNeuron) neuron = NULL;

  details_open (&screen, ui_fixture_new (1));
  details_edit (&screen, id);
  details_type (&screen, "source_data", "Typed");
  engram_session_set_editing (screen.session, FALSE);
  details_await (&screen);
  g_assert_null (widget_test_find (screen.pane, ENGRAM_TYPE_RECORD_EDITOR));
  neuron = details_read_neuron (&screen, id);
  g_assert_cmpstr (neuron->source_data, ==, "Typed");
  wait_until (!engram_details_pane_get_loading (screen.pane));
  assert_shows (screen.pane, "Typed\n");
  details_close (&screen);
}

static void
note_failed (GError       **failure,
             const char    *title,
             const GError  *error)
{
  g_assert_null (*failure);
  *failure = g_error_copy (error);
}

/* Where the field that it was typed in is gone when it is refused, the session says so. */
static void
test_refused_behind (void)
{
  DetailsScreen screen;
  g_autofree char *id = ui_fixture_dup_id (0);
  g_autoptr (GError) failure = NULL;

  details_open (&screen, ui_fixture_new (1));
  g_signal_connect_swapped (screen.session, "failed", G_CALLBACK (note_failed), &failure);
  details_edit (&screen, id);
  details_change_outside (&screen, id, ENGRAM_NEURON_SOURCE_DATA, "Theirs");
  details_type (&screen, "source_data", "Mine");
  engram_field_editor_commit (details_get_editor (&screen, "source_data"));
  engram_details_pane_set_session (screen.pane, NULL);
  wait_until (failure != NULL);
  g_assert_error (failure, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED);
  g_assert_cmpuint (screen.n_done, ==, 0);
  g_signal_handlers_disconnect_by_data (screen.session, &failure);
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

  g_test_add_func ("/details-editing/leave", test_leave);
  g_test_add_func ("/details-editing/leave-invalid", test_leave_invalid);
  g_test_add_func ("/details-editing/leave-synapse", test_leave_synapse);
  g_test_add_func ("/details-editing/leave-window", test_leave_window);
  g_test_add_func ("/details-editing/editing-off", test_editing_off);
  g_test_add_func ("/details-editing/refused-behind", test_refused_behind);

  return g_test_run ();
}
