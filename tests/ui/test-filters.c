/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "details/engram-batch-editor.h"
#include "details/engram-figures-pane.h"
#include "filters/engram-filter-pane.h"
#include "filters/engram-histogram-view.h"
#include "widget-support.h"

/* A pane over a session of its own. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  GtkWidget     *pane;
  GtkWindow     *window;
} Screen;

static void
join (Screen     *screen,
      guint       source,
      guint       target,
      double      weight)
{
  g_autofree char *source_id = ui_fixture_dup_id (source);
  g_autofree char *target_id = ui_fixture_dup_id (target);
  g_autoptr (EngramSynapse) synapse = engram_synapse_new (source_id, target_id, weight, "knowledge");
  g_autoptr (GError) error = NULL;

  engram_synapse_store_create (screen->fixture->synapses, synapse, NULL, &error);
  g_assert_no_error (error);
}

static void
change (Screen     *screen,
        guint       number,
        double      activation,
        const char *tags)
{
  g_autofree char *id = ui_fixture_dup_id (number);
  g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, NULL);
  g_autoptr (GError) error = NULL;

  neuron->activation_level = activation;
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, tags);
  engram_neuron_store_update (screen->fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
}

/* Twenty neurons, numbers 3, 10 and 17 of them tools; ten with a tag; two synapses. */
static void
set_up (Screen    *screen,
        GtkWidget *pane)
{
  screen->fixture = ui_fixture_new (20);
  for (guint i = 0; i < 10; i++)
    change (screen, i, i / 10.0, i < 4 ? "[\"cortex\",\"old brain\"]" : "[\"cortex\"]");
  join (screen, 0, 1, 0.5);
  join (screen, 0, 2, -0.25);
  screen->session = engram_session_new (screen->fixture->database);
  screen->pane = pane;
  screen->window = widget_test_show (pane, 360, 1000);
}

static void
tear_down (Screen *screen)
{
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_clear_object (&screen->session);
  ui_fixture_free (screen->fixture);
}

static void
set_up_filters (Screen *screen)
{
  set_up (screen, engram_filter_pane_new ());
  engram_filter_pane_set_session (ENGRAM_FILTER_PANE (screen->pane), screen->session);
  wait_until (engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen->pane)) != NULL);
}

/* The counts of a query that was set before. */
static EngramFacets *
await_facets (Screen       *screen,
              EngramFacets *before)
{
  wait_until (engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen->pane)) != before);
  return engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen->pane));
}

static const char *
get_query (Screen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : "";
}

static void
set_query (Screen     *screen,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (screen->session, query);
}

/* The visible widget of a type with that tooltip or placeholder. */
static gpointer
find_named (gpointer    widget,
            GType       type,
            const char *name)
{
  gpointer found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    {
      const char *tooltip = gtk_widget_get_tooltip_text (widget);
      const char *hint = GTK_IS_ENTRY (widget) ? gtk_entry_get_placeholder_text (widget) : NULL;

      if (g_strcmp0 (tooltip, name) == 0 || g_strcmp0 (hint, name) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, type, name);
  return found;
}

/* The range filter of the n-th field of numbers. */
static GtkWidget *
find_range (GtkWidget *pane,
            guint      number)
{
  GtkWidget *histogram = widget_test_find (pane, ENGRAM_TYPE_HISTOGRAM_VIEW);
  GtkWidget *filter = gtk_widget_get_parent (gtk_widget_get_parent (histogram));

  for (guint i = 0; i < number; i++)
    filter = gtk_widget_get_next_sibling (filter);
  return filter;
}

static void
test_values (void)
{
  Screen screen;
  GtkCheckButton *tool, *tag;
  EngramFacets *facets;

  set_up_filters (&screen);
  facets = engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen.pane));
  g_assert_cmpuint (facets->n_all, ==, 20);
  widget_test_assert_names (screen.pane);
  assert_shows (screen.pane, "17");
  /* No neuron here has an importance. */
  g_assert_true (gtk_widget_get_visible (find_range (screen.pane, 0)));
  g_assert_false (gtk_widget_get_visible (find_range (screen.pane, 1)));

  tool = find_named (screen.pane, GTK_TYPE_CHECK_BUTTON, "tool");
  g_assert_nonnull (tool);
  gtk_check_button_set_active (tool, TRUE);
  g_assert_cmpstr (get_query (&screen), ==, "type:tool");
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 3);
  /* Tags follow the types. */
  tag = find_named (screen.pane, GTK_TYPE_CHECK_BUTTON, "old brain");
  g_assert_nonnull (tag);
  gtk_check_button_set_active (tag, TRUE);
  g_assert_cmpstr (get_query (&screen), ==, "type:tool tag:\"old brain\"");
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 1);

  /* What is typed elsewhere is shown here. */
  set_query (&screen, "tag:cortex");
  facets = await_facets (&screen, facets);
  tool = find_named (screen.pane, GTK_TYPE_CHECK_BUTTON, "tool");
  g_assert_false (gtk_check_button_get_active (tool));
  tag = find_named (screen.pane, GTK_TYPE_CHECK_BUTTON, "cortex");
  g_assert_true (gtk_check_button_get_active (tag));
  gtk_check_button_set_active (tag, FALSE);
  g_assert_cmpstr (get_query (&screen), ==, "");
  tear_down (&screen);
}

/* Arrow keys go through the values, and choose none. */
static void
test_arrows (void)
{
  Screen screen;
  GtkWidget *knowledge;

  set_up_filters (&screen);
  knowledge = find_named (screen.pane, GTK_TYPE_CHECK_BUTTON, "knowledge");
  gtk_widget_grab_focus (knowledge);
  g_assert_true (gtk_widget_child_focus (screen.pane, GTK_DIR_DOWN));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (knowledge)));
  g_assert_true (engram_query_is_empty (engram_session_get_query (screen.session)));
  g_assert_false (gtk_widget_is_focus (knowledge));
  tear_down (&screen);
}

static void
test_ranges (void)
{
  Screen screen;
  GtkWidget *activation;
  GtkEntry *from, *to;
  EngramFacets *facets;

  set_up_filters (&screen);
  facets = engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen.pane));
  activation = find_range (screen.pane, 0);
  from = find_named (activation, GTK_TYPE_ENTRY, "from");
  to = find_named (activation, GTK_TYPE_ENTRY, "to");

  gtk_editable_set_text (GTK_EDITABLE (from), "0.5");
  g_signal_emit_by_name (from, "activate");
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 5);

  /* What makes no sense is said, and changes nothing. */
  gtk_editable_set_text (GTK_EDITABLE (to), "much");
  g_signal_emit_by_name (to, "activate");
  assert_shows (activation, "This is no number.");
  gtk_editable_set_text (GTK_EDITABLE (to), "0.1");
  g_signal_emit_by_name (to, "activate");
  assert_shows (activation, "must not be above");
  gtk_editable_set_text (GTK_EDITABLE (to), "<0.7");
  g_signal_emit_by_name (to, "activate");
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 2);

  set_query (&screen, "activation:>0.8");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (from)), ==, ">0.8");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (to)), ==, "");

  /* As dragging in the histogram does. */
  g_signal_emit_by_name (widget_test_find (activation, ENGRAM_TYPE_HISTOGRAM_VIEW), "range-chosen", 0.25, 0.5);
  g_assert_cmpstr (get_query (&screen), ==, "activation:0.25..0.5");
  g_signal_emit_by_name (find_named (activation, GTK_TYPE_BUTTON, "Any Activation"), "clicked");
  g_assert_cmpstr (get_query (&screen), ==, "");
  tear_down (&screen);
}

static void
count_up (guint *count)
{
  (*count)++;
}

/* Who goes through the entries changes nothing, and has nothing counted anew. */
static void
test_untouched (void)
{
  const char *exact = "activation:>0.123456789012";
  Screen screen;
  GtkWidget *activation;
  GtkEntry *from, *to;
  guint n_changes = 0;
  g_autofree char *shown = NULL;

  set_up_filters (&screen);
  activation = find_range (screen.pane, 0);
  from = find_named (activation, GTK_TYPE_ENTRY, "from");
  to = find_named (activation, GTK_TYPE_ENTRY, "to");
  g_signal_connect_swapped (screen.session, "notify::query", G_CALLBACK (count_up), &n_changes);
  gtk_widget_grab_focus (GTK_WIDGET (from));
  gtk_widget_grab_focus (GTK_WIDGET (to));
  g_signal_emit_by_name (to, "activate");
  g_assert_cmpuint (n_changes, ==, 0);

  set_query (&screen, exact);
  gtk_widget_grab_focus (GTK_WIDGET (from));
  gtk_widget_grab_focus (GTK_WIDGET (to));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (get_query (&screen), ==, exact);

  /* What is wrong is not said any more once it is taken back. */
  gtk_editable_set_text (GTK_EDITABLE (to), "much");
  gtk_widget_grab_focus (GTK_WIDGET (from));
  assert_shows (activation, "This is no number.");
  gtk_widget_grab_focus (GTK_WIDGET (to));
  gtk_editable_set_text (GTK_EDITABLE (to), "");
  gtk_widget_grab_focus (GTK_WIDGET (from));
  shown = widget_test_dup_text (activation);
  g_assert_null (strstr (shown, "no number"));
  g_assert_cmpuint (n_changes, ==, 1);
  g_signal_handlers_disconnect_by_data (screen.session, &n_changes);
  tear_down (&screen);
}

static void
test_times (void)
{
  Screen screen;
  GtkWidget *modified;
  GtkEntry *from, *to;
  const EngramQueryTerm *term;

  set_up_filters (&screen);
  modified = find_range (screen.pane, 6);
  from = find_named (modified, GTK_TYPE_ENTRY, "from");
  to = find_named (modified, GTK_TYPE_ENTRY, "to");
  gtk_editable_set_text (GTK_EDITABLE (from), "2025-11-01");
  gtk_editable_set_text (GTK_EDITABLE (to), "2025-11-08");
  g_signal_emit_by_name (to, "activate");
  term = engram_query_find_term (engram_session_get_query (screen.session), ENGRAM_QUERY_MODIFIED);
  g_assert_nonnull (term);
  g_assert_cmpstr (term->since, ==, "2025-11-01T00:00:00");
  /* That whole day. */
  g_assert_cmpstr (term->until, ==, "2025-11-09T00:00:00");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (to)), ==, "2025-11-08");
  gtk_editable_set_text (GTK_EDITABLE (to), "soon or later");
  g_signal_emit_by_name (to, "activate");
  g_assert_nonnull (engram_query_find_term (engram_session_get_query (screen.session), ENGRAM_QUERY_MODIFIED));
  tear_down (&screen);
}

/* The completion of the search entry wants the counts, whether the pane is seen or not. */
static void
test_wanted (void)
{
  Screen screen;

  set_up (&screen, engram_filter_pane_new ());
  gtk_widget_set_visible (screen.pane, FALSE);
  engram_filter_pane_set_session (ENGRAM_FILTER_PANE (screen.pane), screen.session);
  widget_test_draw (GTK_WIDGET (screen.window));
  g_assert_null (engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen.pane)));
  engram_filter_pane_set_wanted (ENGRAM_FILTER_PANE (screen.pane), TRUE);
  wait_until (engram_filter_pane_get_facets (ENGRAM_FILTER_PANE (screen.pane)) != NULL);
  tear_down (&screen);
}

/* The network as a whole, and all of what is selected. */
static void
test_figures (void)
{
  Screen screen;
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 1, 2, 3 }, 3);
  GtkAdjustment *adjustment;

  set_up (&screen, engram_figures_pane_new ());
  gtk_window_set_default_size (screen.window, 360, 300);
  engram_figures_pane_set_session (ENGRAM_FIGURES_PANE (screen.pane), screen.session);
  engram_figures_pane_show_network (ENGRAM_FIGURES_PANE (screen.pane));
  wait_until (widget_test_find (screen.pane, ENGRAM_TYPE_HISTOGRAM_VIEW) != NULL);
  assert_shows (screen.pane, "Connected parts\n18");
  assert_shows (screen.pane, "Inhibiting synapses\n1");

  /* Another subject is read from its beginning. */
  adjustment = gtk_scrolled_window_get_vadjustment (widget_test_find (screen.pane, GTK_TYPE_SCROLLED_WINDOW));
  wait_until (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 100);
  gtk_adjustment_set_value (adjustment, 100);
  engram_selection_set (engram_session_get_selection (screen.session), ENGRAM_RECORD_NEURON, rows);
  engram_figures_pane_show_several (ENGRAM_FIGURES_PANE (screen.pane), ENGRAM_RECORD_NEURON);
  wait_until (widget_test_find (screen.pane, ENGRAM_TYPE_HISTOGRAM_VIEW) != NULL);
  assert_shows (screen.pane, "Synapses among them\n2");
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  /* Nothing to be changed before editing is turned on. */
  g_assert_null (widget_test_find (screen.pane, ENGRAM_TYPE_BATCH_EDITOR));
  tear_down (&screen);
}

static gboolean
get_boolean (gpointer    object,
             const char *property)
{
  gboolean value;

  g_object_get (object, property, &value, NULL);
  return value;
}

static void
test_batch_edit (void)
{
  Screen screen;
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((gint64[]) { 11, 12 }, 2);
  g_autoptr (EngramNeuron) neuron = NULL;
  g_autofree char *id = ui_fixture_dup_id (10);
  GtkWidget *editor, *apply;
  GtkEntry *tags, *number;

  set_up (&screen, engram_figures_pane_new ());
  engram_figures_pane_set_session (ENGRAM_FIGURES_PANE (screen.pane), screen.session);
  engram_selection_set (engram_session_get_selection (screen.session), ENGRAM_RECORD_NEURON, rows);
  engram_figures_pane_show_several (ENGRAM_FIGURES_PANE (screen.pane), ENGRAM_RECORD_NEURON);
  engram_session_set_editing (screen.session, TRUE);
  editor = widget_test_find (screen.pane, ENGRAM_TYPE_BATCH_EDITOR);
  g_assert_nonnull (editor);
  widget_test_assert_names (editor);
  apply = gtk_widget_get_last_child (gtk_widget_get_first_child (editor));
  g_assert_true (GTK_IS_BUTTON (apply));
  g_assert_false (gtk_widget_get_sensitive (apply));

  tags = find_named (editor, GTK_TYPE_ENTRY, "cortex, vision");
  gtk_editable_set_text (GTK_EDITABLE (tags), "seen, old brain");
  g_assert_true (gtk_widget_get_sensitive (apply));
  gtk_drop_down_set_selected (widget_test_find (editor, GTK_TYPE_DROP_DOWN), ENGRAM_BATCH_SET);
  number = find_named (editor, GTK_TYPE_ENTRY, "0");
  gtk_editable_set_text (GTK_EDITABLE (number), "much");
  assert_shows (editor, "is no number");
  g_assert_false (gtk_widget_get_sensitive (apply));
  gtk_editable_set_text (GTK_EDITABLE (number), "1,25");
  assert_shows (editor, "Activation: it must be from 0 to 1");
  g_assert_false (gtk_widget_get_sensitive (apply));
  gtk_editable_set_text (GTK_EDITABLE (number), "0.75");
  g_assert_true (gtk_widget_get_sensitive (apply));

  g_signal_emit_by_name (apply, "clicked");
  wait_until (get_boolean (screen.session, "can-undo"));
  neuron = engram_neuron_store_get (screen.fixture->neurons, id, NULL, NULL);
  g_assert_cmpfloat (neuron->activation_level, ==, 0.75);
  g_assert_cmpstr (neuron->semantic_tags, ==, "[\"seen\", \"old brain\"]");
  tear_down (&screen);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (TestFolder) home = test_folder_new ();

  g_setenv ("XDG_STATE_HOME", home, TRUE);
  widget_test_init (&argc, &argv);
  g_test_add_func ("/filters/values", test_values);
  g_test_add_func ("/filters/arrows", test_arrows);
  g_test_add_func ("/filters/ranges", test_ranges);
  g_test_add_func ("/filters/untouched", test_untouched);
  g_test_add_func ("/filters/times", test_times);
  g_test_add_func ("/filters/wanted", test_wanted);
  g_test_add_func ("/filters/figures", test_figures);
  g_test_add_func ("/filters/batch-edit", test_batch_edit);
  return g_test_run ();
}
