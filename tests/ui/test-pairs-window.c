/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "pairs/engram-pair-search.h"
#include "pairs/engram-pairs-window.h"
#include "widget-support.h"

/* Four neurons with vectors of two numbers: 0 and 1 nearly alike, 2 at a right angle to them, 3 opposite to 0; synapses
 * 0→2 (0.5) and 3→0 (-0.8). */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
} Setting;

static void
add_neuron (UiFixture   *fixture,
            guint        number,
            const float *vector)
{
  g_autoptr (EngramNeuron) neuron = engram_neuron_new ("knowledge");
  g_autofree char *id = ui_fixture_dup_id (number), *text = g_strdup_printf ("Neuron %u", number);
  g_autoptr (GError) error = NULL;

  engram_neuron_set_text (neuron, ENGRAM_NEURON_ID, id);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  engram_neuron_set_vector (neuron, vector, 2);
  engram_neuron_store_create (fixture->neurons, neuron, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Setting       *setting,
        gconstpointer  data)
{
  const float vectors[][2] = { { 1, 0 }, { 1, 0.1f }, { 0, 1 }, { -1, 0 } };

  setting->fixture = ui_fixture_new (0);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    add_neuron (setting->fixture, i, vectors[i]);
  ui_fixture_join (setting->fixture, 0, 2, 0.5);
  ui_fixture_join (setting->fixture, 3, 0, -0.8);
  setting->session = engram_session_new (setting->fixture->database);
}

static void
tear_down (Setting       *setting,
           gconstpointer  data)
{
  engram_session_close (setting->session);
  g_object_unref (setting->session);
  ui_fixture_free (setting->fixture);
}

static GListStore *
find (Setting         *setting,
      EngramPairsKind  kind,
      guint            limit)
{
  g_autoptr (EngramJob) job = engram_pair_search_new (engram_session_get_searcher (setting->session), kind, limit);

  engram_job_start (job);
  wait_until (engram_job_get_state (job) == ENGRAM_JOB_DONE);
  return engram_pair_search_get_rows (job);
}

static void
test_similar (Setting       *setting,
              gconstpointer  data)
{
  g_autoptr (GListStore) rows = find (setting, ENGRAM_PAIRS_SIMILAR, 1);
  g_autoptr (EngramPairRow) row = g_list_model_get_item (G_LIST_MODEL (rows), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 1);
  g_assert_cmpstr (engram_pair_row_get_text (row, FALSE), ==, "Neuron 0");
  g_assert_cmpstr (engram_pair_row_get_text (row, TRUE), ==, "Neuron 1");
  g_assert_cmpfloat_with_epsilon (engram_pair_row_get_cosine (row), 1 / sqrt (1.01), 1e-5);
  g_assert_true (isnan (engram_pair_row_get_weight (row)));
}

static void
test_dissimilar (Setting       *setting,
                 gconstpointer  data)
{
  g_autoptr (GListStore) rows = find (setting, ENGRAM_PAIRS_DISSIMILAR, 10);
  g_autoptr (EngramPairRow) row = g_list_model_get_item (G_LIST_MODEL (rows), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 2);
  g_assert_cmpfloat_with_epsilon (engram_pair_row_get_cosine (row), -1, 1e-5);
  g_assert_cmpfloat (engram_pair_row_get_weight (row), ==, -0.8);
  /* As the synapse leads. */
  g_assert_cmpstr (engram_pair_row_get_text (row, FALSE), ==, "Neuron 3");
  g_assert_cmpstr (engram_pair_row_get_text (row, TRUE), ==, "Neuron 0");
}

static gboolean
shows (GtkWidget  *window,
       const char *part)
{
  g_autofree char *text = widget_test_dup_text (window);

  return strstr (text, part) != NULL;
}

static void
test_window (Setting       *setting,
             gconstpointer  data)
{
  GtkWidget *window = engram_pairs_window_new (NULL, setting->session);
  EngramSelection *selection = engram_session_get_selection (setting->session);
  GtkListView *list;
  GtkDropDown *kind;

  gtk_window_present (GTK_WINDOW (window));
  wait_until (shows (window, "cosine 0.995, no synapse"));
  widget_test_assert_names (window);

  list = widget_test_find (window, GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 2);

  kind = widget_test_find (window, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (kind, ENGRAM_PAIRS_DISSIMILAR);
  wait_until (shows (window, "cosine −1.000") || shows (window, "cosine -1.000"));
  assert_shows (window, "Neuron 3\n→ Neuron 0");
  assert_shows (window, "2 pairs, the least similar first");
  widget_test_assert_names (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A button by what stands on it. */
static GtkButton *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkButton *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return GTK_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* All pairs at once are highlighted, a neuron of two of them once. */
static void
test_select (Setting       *setting,
             gconstpointer  data)
{
  GtkWidget *window = engram_pairs_window_new (NULL, setting->session);
  EngramSelection *selection = engram_session_get_selection (setting->session);
  GtkButton *button = find_button (window, "_Select All");

  gtk_window_present (GTK_WINDOW (window));
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (button)));
  gtk_drop_down_set_selected (widget_test_find (window, GTK_TYPE_DROP_DOWN), ENGRAM_PAIRS_DISSIMILAR);
  wait_until (shows (window, "weight"));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (button)));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_filter (Setting       *setting,
             gconstpointer  data)
{
  GtkWidget *window = engram_pairs_window_new (NULL, setting->session);
  g_autofree char *id = ui_fixture_dup_id (3);
  GtkButton *button;

  gtk_window_present (GTK_WINDOW (window));
  gtk_drop_down_set_selected (widget_test_find (window, GTK_TYPE_DROP_DOWN), ENGRAM_PAIRS_DISSIMILAR);
  wait_until (shows (window, "weight"));
  button = find_button (window, "Show as _Filter");
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (engram_session_get_query (setting->session));
  g_assert_nonnull (strstr (engram_query_get_text (engram_session_get_query (setting->session)), id));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A window that is closed while it still looks gives that up. */
static void
test_closed_early (Setting       *setting,
                   gconstpointer  data)
{
  GtkWidget *window = engram_pairs_window_new (NULL, setting->session);

  gtk_window_present (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);
#define add(PATH, FUNC) g_test_add (PATH, Setting, NULL, set_up, FUNC, tear_down)
  add ("/pairs/similar", test_similar);
  add ("/pairs/dissimilar", test_dissimilar);
  add ("/pairs/window", test_window);
  add ("/pairs/select", test_select);
  add ("/pairs/filter", test_filter);
  add ("/pairs/closed-early", test_closed_early);
#undef add
  return g_test_run ();
}
