/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "details/engram-details-pane.h"
#include "details/engram-synapse-browser.h"
#include "details/engram-synapse-group.h"
#include "details/engram-vector-view.h"
#include "widget-support.h"

typedef struct {
  UiFixture *fixture;
  EngramSession *session;
  EngramDetailsPane *pane;
  GtkWindow *window;
  char *activated;
} Screen;

static void
note_activated (EngramDetailsPane *pane,
                const char        *id,
                Screen            *screen)
{
  g_free (screen->activated);
  screen->activated = g_strdup (id);
}

static void
screen_open (Screen    *screen,
             UiFixture *fixture)
{
  screen->fixture = fixture;
  screen->pane = ENGRAM_DETAILS_PANE (engram_details_pane_new ());
  g_signal_connect (screen->pane, "neuron-activated", G_CALLBACK (note_activated), screen);
  screen->session = engram_session_new (fixture->database);
  engram_details_pane_set_session (screen->pane, screen->session);
  /* High enough for all that is in it. */
  screen->window = widget_test_show (GTK_WIDGET (screen->pane), 400, 900);
}

static void
screen_close (Screen *screen)
{
  engram_details_pane_set_session (screen->pane, NULL);
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  g_clear_pointer (&screen->activated, g_free);
  ui_fixture_free (screen->fixture);
}

static void
await (Screen *screen)
{
  wait_until (!engram_details_pane_get_loading (screen->pane));
  widget_test_draw (GTK_WIDGET (screen->pane));
}

static void
show (Screen     *screen,
      const char *id)
{
  engram_details_pane_show (screen->pane, ENGRAM_RECORD_NEURON, id);
  await (screen);
}

static void
show_number (Screen *screen,
             guint   number)
{
  g_autofree char *id = ui_fixture_dup_id (number);

  show (screen, id);
}

static void
add_synapse (Screen *screen,
             guint   source,
             guint   target,
             double  weight)
{
  g_autofree char *source_id = ui_fixture_dup_id (source);
  g_autofree char *target_id = ui_fixture_dup_id (target);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source_id, target_id, weight, "knowledge");
  g_autoptr (GError) error = NULL;

  engram_synapse_store_create (screen->fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
}

/* Stores a neuron that has all there is. */
static char *
add_full_neuron (Screen     *screen,
                 const char *type)
{
  static const float vector[] = { 0.5f, -0.25f, 0, 0.125f };
  g_autoptr (EngramNeuron) neuron = engram_neuron_new (type);
  g_autoptr (GError) error = NULL;

  neuron->position[0] = 1.5;
  neuron->position[1] = -2.25;
  neuron->activation_level = 0.75;
  engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "A text of its own");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, "[\"first tag\", \"second tag\"]");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_EXECUTABLE_CODE, "return 42\n");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA,
                          "{\"topic\": \"memory\", \"big\": 12345678901234567890,"
                          " \"nested\": {\"deep\": [1, true]}}");
  engram_neuron_set_text (neuron, ENGRAM_NEURON_CREATED_AT, "2025-11-01T09:00:00.123456");
  /* A member that nobody knows, and what a document once said of something that has a column. */
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, "{\"habitat\": \"pond\", \"execution_count\": 7.125}");
  engram_neuron_store_create (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (neuron->id);
}

/* As Enter does. */
static void
activate (GtkListBoxRow *row)
{
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_activate (GTK_WIDGET (row));
}

static void
test_none (void)
{
  Screen screen = { NULL };

  screen_open (&screen, ui_fixture_new (1));
  g_assert_nonnull (widget_test_find (screen.pane, ADW_TYPE_STATUS_PAGE));
  show_number (&screen, 0);
  g_assert_null (widget_test_find (screen.pane, ADW_TYPE_STATUS_PAGE));
  assert_shows (screen.pane, "Neuron 0");
  show (&screen, NULL);
  g_assert_nonnull (widget_test_find (screen.pane, ADW_TYPE_STATUS_PAGE));
  screen_close (&screen);
}

static void
test_fields (void)
{
  Screen screen = { NULL };
  g_autofree char *id = NULL, *text = NULL;

  screen_open (&screen, ui_fixture_new (0));
  id = add_full_neuron (&screen, "knowledge");
  show (&screen, id);
  assert_shows (screen.pane, "Knowledge\nA text of its own\n");
  assert_shows (screen.pane, "first tag\nsecond tag\n");
  /* A column of another type, where something stands in it. */
  assert_shows (screen.pane, "return 42\n");
  assert_shows (screen.pane, "0.75\n");
  assert_shows (screen.pane, "1.500, −2.250, 0.000\n");
  assert_shows (screen.pane, " ago\n2025-11-01T09:00:00.123456\n");
  assert_shows (screen.pane, id);
  assert_shows (screen.pane, "topic\nmemory\n");
  assert_shows (screen.pane, "12345678901234567890\n");
  assert_shows (screen.pane, "\"deep\": [\n");
  assert_shows (screen.pane, "4 numbers");
  assert_shows (screen.pane, "from −0.25 to 0.5");
  assert_shows (screen.pane, "habitat\npond\n");
  text = widget_test_dup_text (screen.pane);
  g_assert_null (strstr (text, "7.125"));
  g_assert_nonnull (widget_test_find (screen.pane, ENGRAM_TYPE_VECTOR_VIEW));
  widget_test_assert_names (screen.pane);
  screen_close (&screen);
}

static void
test_unregistered_type (void)
{
  Screen screen = { NULL };
  g_autofree char *id = NULL;

  screen_open (&screen, ui_fixture_new (0));
  id = add_full_neuron (&screen, "quantum");
  show (&screen, id);
  assert_shows (screen.pane, "quantum\nA text of its own\n");
  assert_shows (screen.pane, "first tag\nsecond tag\n");
  assert_shows (screen.pane, "return 42\n");
  screen_close (&screen);
}

static void
test_synapses (void)
{
  Screen screen = { NULL };
  g_autofree char *expected = ui_fixture_dup_id (2);
  GtkListBoxRow *row;
  EngramSynapseGroup *group;

  screen_open (&screen, ui_fixture_new (4));
  add_synapse (&screen, 0, 1, 0.25);
  add_synapse (&screen, 0, 2, -0.75);
  add_synapse (&screen, 3, 0, 0.015);
  show_number (&screen, 0);
  assert_shows (screen.pane, "Outgoing Synapses (2)\n−0.75\nNeuron 2\nKnowledge\n+0.25\nNeuron 1\n");
  assert_shows (screen.pane, "Incoming Synapses (1)\n+0.015\nNeuron 3\nTool\n");
  widget_test_assert_names (screen.pane);

  group = widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_GROUP);
  row = widget_test_find (group, GTK_TYPE_LIST_BOX_ROW);
  /* The lines may be cut. */
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (row)), ==, "Neuron 2\nKnowledge");
  activate (row);
  g_assert_cmpstr (screen.activated, ==, expected);
  /* It does not go there by itself. */
  assert_shows (screen.pane, "Neuron 0");

  show_number (&screen, 1);
  assert_shows (screen.pane, "No synapse starts from this neuron.");
  /* The row is gone, the focus is still in the pane. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (screen.window), GTK_WIDGET (screen.pane)));
  screen_close (&screen);
}

/* The row of the first group that says this. */
static GtkListBoxRow *
find_row (Screen     *screen,
          const char *text)
{
  EngramSynapseGroup *group = widget_test_find (screen->pane, ENGRAM_TYPE_SYNAPSE_GROUP);
  GtkListBox *rows = widget_test_find (group, GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (rows, i)) != NULL; i++)
    {
      g_autofree char *shown = widget_test_dup_text (row);

      if (strstr (shown, text) != NULL)
        return row;
    }
  return NULL;
}

static EngramSynapseBrowser *
find_browser (Screen *screen)
{
  return widget_test_find (screen->pane, ENGRAM_TYPE_SYNAPSE_BROWSER);
}

static void
show_more (Screen     *screen,
           const char *text)
{
  GtkListBoxRow *more = find_row (screen, text);

  g_assert_nonnull (more);
  activate (more);
  wait_until (!engram_synapse_browser_get_loading (find_browser (screen)));
  widget_test_draw (GTK_WIDGET (screen->pane));
}

static gboolean
says (Screen     *screen,
      const char *part)
{
  g_autofree char *text = widget_test_dup_text (screen->pane);

  return strstr (text, part) != NULL;
}

/* A filter and another order, over all of them. */
static void
test_filter_synapses (void)
{
  Screen screen = { NULL };
  GtkEditable *filter;
  GtkDropDown *order;

  screen_open (&screen, ui_fixture_new (131));
  for (guint target = 1; target <= 130; target++)
    add_synapse (&screen, 0, target, target / 200.0);
  add_synapse (&screen, 17, 0, 1);
  show_number (&screen, 0);
  filter = widget_test_find (find_browser (&screen), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (filter, "NEURON 17");
  /* The weakest of all is among them. */
  wait_until (says (&screen, "Outgoing Synapses (1 of 130)\n+0.085\nNeuron 17\n"));
  assert_shows (screen.pane, "Incoming Synapses (1)\n+1.00\nNeuron 17\n");
  gtk_editable_set_text (filter, "nowhere");
  wait_until (says (&screen, "Outgoing Synapses (0 of 130)\nNone of them matches.\n"));
  gtk_editable_set_text (filter, "");
  wait_until (says (&screen, "Outgoing Synapses (130)\n+0.65\nNeuron 130\n"));

  order = widget_test_find (find_browser (&screen), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (order, 1);
  wait_until (says (&screen, "Outgoing Synapses (130)\n+0.005\nNeuron 1\nKnowledge\n+0.050\nNeuron 10\n"));
  widget_test_assert_names (screen.pane);

  /* A refresh keeps filter and order. */
  add_synapse (&screen, 0, 1, 0.5);
  engram_details_pane_refresh (screen.pane);
  wait_until (says (&screen, "Outgoing Synapses (131)\n+0.50\nNeuron 1\nKnowledge\n+0.005\nNeuron 1\n"));
  screen_close (&screen);
}

static void
test_many_synapses (void)
{
  Screen screen = { NULL };

  screen_open (&screen, ui_fixture_new (131));
  for (guint target = 1; target <= 130; target++)
    add_synapse (&screen, 0, target, target / 200.0);
  show_number (&screen, 0);
  assert_shows (screen.pane, "Outgoing Synapses (130)\n");
  g_assert_null (find_row (&screen, "Neuron 31"));
  show_more (&screen, "Show 50 More");
  g_assert_nonnull (find_row (&screen, "Neuron 71\n"));
  g_assert_null (find_row (&screen, "Neuron 70\n"));
  /* The hundred that were read at first are not all. */
  show_more (&screen, "Show 50 More");
  show_more (&screen, "Show 20 More");
  g_assert_nonnull (find_row (&screen, "Neuron 1\n"));
  g_assert_null (find_row (&screen, " More"));
  screen_close (&screen);
}

static void
test_synapse (void)
{
  Screen screen = { NULL };
  g_autofree char *source_id = ui_fixture_dup_id (0);
  g_autofree char *target_id = ui_fixture_dup_id (1);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source_id, target_id, -0.25, "tool_input");
  g_autoptr (GError) error = NULL;
  GtkListBox *ends;

  screen_open (&screen, ui_fixture_new (2));
  synapse->usage_count = 12345;
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_LAST_TRAVERSED, "2025-11-02T10:00:00");
  engram_synapse_set_text (synapse, ENGRAM_SYNAPSE_METADATA, "{\"note\": \"by hand\"}");
  engram_synapse_store_create (screen.fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
  engram_details_pane_show (screen.pane, ENGRAM_RECORD_SYNAPSE, synapse->id);
  await (&screen);
  assert_shows (screen.pane, "From\nNeuron 0\nKnowledge\nTo\nNeuron 1\nKnowledge\n");
  assert_shows (screen.pane, "Weight\n\342\210\2220.25\nType\ntool_input\nTimes used\n12345\n");
  assert_shows (screen.pane, "2025-11-02T10:00:00\n");
  assert_shows (screen.pane, "note\nby hand\n");
  assert_shows (screen.pane, synapse->id);
  widget_test_assert_names (screen.pane);
  g_assert_null (engram_details_pane_get_neuron (screen.pane));

  ends = widget_test_find (screen.pane, GTK_TYPE_LIST_BOX);
  activate (gtk_list_box_get_row_at_index (ends, 1));
  g_assert_cmpstr (screen.activated, ==, target_id);
  screen_close (&screen);
}

static void
test_missing_end (void)
{
  Screen screen = { NULL };
  UiFixture *fixture = ui_fixture_new_shared ("damaged/orphan-synapses.db");
  g_autoptr (GPtrArray) synapses = NULL;
  g_autoptr (GError) error = NULL;
  guint n_missing = 0;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  synapses = engram_synapse_store_list_after (fixture->synapses, G_MININT64, 1000, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < synapses->len; i++)
    {
      const EngramSynapse *synapse = g_ptr_array_index (synapses, i);
      g_autoptr (EngramNeuron) source = NULL;
      g_autoptr (EngramNeuron) target = NULL;

      source = engram_neuron_store_get (fixture->neurons, synapse->source_id, NULL, NULL);
      target = engram_neuron_store_get (fixture->neurons, synapse->target_id, NULL, NULL);
      if (source == NULL || target != NULL)
        continue;
      show (&screen, source->id);
      assert_shows (screen.pane, "This neuron does not exist");
      assert_shows (screen.pane, synapse->target_id);
      activate (find_row (&screen, "This neuron does not exist"));
      g_assert_null (screen.activated);
      n_missing++;
    }
  g_assert_cmpuint (n_missing, >, 0);
  screen_close (&screen);
}

static void
test_unreadable_vector (void)
{
  Screen screen = { NULL };
  UiFixture *fixture = ui_fixture_new_shared ("damaged/bad-vectors.db");
  g_autoptr (GPtrArray) neurons = NULL;
  g_autoptr (GError) error = NULL;
  guint n_odd = 0;

  if (fixture == NULL)
    return;
  screen_open (&screen, fixture);
  neurons = engram_neuron_store_list_after (fixture->neurons, G_MININT64, 1000, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < neurons->len; i++)
    {
      const EngramNeuron *listed = g_ptr_array_index (neurons, i);
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (fixture->neurons, listed->id, NULL, &error);

      g_assert_no_error (error);
      if ((neuron->odd & ENGRAM_NEURON_VECTOR) == 0)
        continue;
      show (&screen, neuron->id);
      assert_shows (screen.pane, "The vector cannot be read: it is not made of 4-byte numbers.");
      g_assert_null (widget_test_find (screen.pane, ENGRAM_TYPE_VECTOR_VIEW));
      n_odd++;
    }
  g_assert_cmpuint (n_odd, >, 0);
  screen_close (&screen);
}

static void
test_error (void)
{
  Screen screen = { NULL };
  AdwStatusPage *page;

  screen_open (&screen, ui_fixture_new (1));
  show (&screen, "ffffffff-0000-4000-8000-000000000000");
  page = widget_test_find (screen.pane, ADW_TYPE_STATUS_PAGE);
  g_assert_nonnull (page);
  g_assert_nonnull (strstr (adw_status_page_get_description (page), "ffffffff-0000-4000-8000-000000000000"));
  widget_test_assert_names (screen.pane);
  show_number (&screen, 0);
  assert_shows (screen.pane, "Neuron 0");
  screen_close (&screen);
}

/* Only what was asked for last is shown. */
static void
test_last_asked_for (void)
{
  Screen screen = { NULL };
  g_autofree char *first = ui_fixture_dup_id (1);
  g_autofree char *second = ui_fixture_dup_id (2);
  g_autofree char *text = NULL;

  screen_open (&screen, ui_fixture_new (3));
  for (guint i = 0; i < 20; i++)
    {
      engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, first);
      engram_details_pane_show (screen.pane, ENGRAM_RECORD_NEURON, second);
    }
  await (&screen);
  text = widget_test_dup_text (screen.pane);
  g_assert_nonnull (strstr (text, "Neuron 2"));
  g_assert_null (strstr (text, "Neuron 1"));
  g_assert_cmpstr (engram_details_pane_get_neuron (screen.pane), ==, second);
  screen_close (&screen);
}

static void
test_refresh (void)
{
  Screen screen = { NULL };
  gpointer group;

  screen_open (&screen, ui_fixture_new (2));
  show_number (&screen, 0);
  group = widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_GROUP);
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  /* Nothing has changed: nothing is made anew. */
  g_assert_true (widget_test_find (screen.pane, ENGRAM_TYPE_SYNAPSE_GROUP) == group);

  add_synapse (&screen, 0, 1, 1);
  engram_details_pane_refresh (screen.pane);
  await (&screen);
  assert_shows (screen.pane, "Outgoing Synapses (1)\n+1.00\nNeuron 1\n");
  screen_close (&screen);
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

  g_test_add_func ("/details/none", test_none);
  g_test_add_func ("/details/fields", test_fields);
  g_test_add_func ("/details/unregistered-type", test_unregistered_type);
  g_test_add_func ("/details/synapses", test_synapses);
  g_test_add_func ("/details/many-synapses", test_many_synapses);
  g_test_add_func ("/details/filter-synapses", test_filter_synapses);
  g_test_add_func ("/details/synapse", test_synapse);
  g_test_add_func ("/details/missing-end", test_missing_end);
  g_test_add_func ("/details/unreadable-vector", test_unreadable_vector);
  g_test_add_func ("/details/error", test_error);
  g_test_add_func ("/details/last-asked-for", test_last_asked_for);
  g_test_add_func ("/details/refresh", test_refresh);

  return g_test_run ();
}
