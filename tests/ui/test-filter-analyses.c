/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common/engram-check-button.h"
#include "filters/engram-analysis-note.h"
#include "filters/engram-filter-pane.h"
#include "filters/engram-range-filter.h"
#include "widget-support.h"

#define N_NEURONS 20

/* A pane over twenty neurons, three of them tools; nothing has been analysed. */
typedef struct {
  UiFixture        *fixture;
  EngramSession    *session;
  EngramFilterPane *pane;
  GtkWindow        *window;
} Screen;

static EngramFacets *
await_facets (Screen       *screen,
              EngramFacets *before)
{
  wait_until (engram_filter_pane_get_facets (screen->pane) != before);
  widget_test_draw (GTK_WIDGET (screen->window));
  return engram_filter_pane_get_facets (screen->pane);
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  GtkWidget *pane = engram_filter_pane_new ();

  screen->fixture = ui_fixture_new (N_NEURONS);
  screen->session = engram_session_new (screen->fixture->database);
  screen->pane = ENGRAM_FILTER_PANE (pane);
  screen->window = widget_test_show (pane, 360, 1000);
  engram_filter_pane_set_session (screen->pane, screen->session);
  await_facets (screen, NULL);
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  gtk_window_destroy (screen->window);
  engram_session_close (screen->session);
  g_clear_object (&screen->session);
  ui_fixture_free (screen->fixture);
}

/* What a job would tell. */
static EngramFacets *
set_analysis (Screen         *screen,
              EngramAnalysis  analysis,
              const double   *numbers)
{
  EngramSearcher *searcher = engram_session_get_searcher (screen->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (searcher, NULL, NULL, NULL, &error);
  g_autoptr (EngramRecordNumbers) values = NULL;
  EngramFacets *before = engram_filter_pane_get_facets (screen->pane);

  g_assert_no_error (error);
  values = engram_record_numbers_new (network, numbers);
  engram_searcher_set_analysis (searcher, analysis, values);
  g_signal_emit_by_name (screen->session, "analysed", (guint) analysis);
  return await_facets (screen, before);
}

static EngramFacets *
set_query (Screen     *screen,
           const char *text)
{
  EngramFacets *before = engram_filter_pane_get_facets (screen->pane);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (screen->session, query);
  return await_facets (screen, before);
}

static const char *
get_text (Screen *screen)
{
  EngramQuery *query = engram_session_get_query (screen->session);

  return query != NULL ? engram_query_get_text (query) : "";
}

/* The row of a group, or NULL. */
static GtkCheckButton *
find_row (GtkWidget  *widget,
          const char *name)
{
  GtkCheckButton *found = NULL;

  if (ENGRAM_IS_CHECK_BUTTON (widget) && g_strcmp0 (g_object_get_data (G_OBJECT (widget), "name"), name) == 0)
    return gtk_widget_is_visible (widget) ? GTK_CHECK_BUTTON (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, name);
  return found;
}

static GtkCheckButton *
get_row (Screen     *screen,
         const char *name)
{
  GtkCheckButton *row = find_row (GTK_WIDGET (screen->pane), name);

  g_assert_nonnull (row);
  return row;
}

static gboolean
shows (Screen     *screen,
       const char *part)
{
  g_autofree char *text = widget_test_dup_text (screen->pane);

  return strstr (text, part) != NULL;
}

/* Three communities of 10, 6 and 3 neurons, and one neuron in none. */
static void
set_communities (Screen *screen)
{
  double numbers[N_NEURONS];

  for (guint i = 0; i < N_NEURONS; i++)
    numbers[i] = i < 10 ? 1 : i < 16 ? 2 : i < 19 ? 3 : (double) NAN;
  set_analysis (screen, ENGRAM_ANALYSIS_COMMUNITY, numbers);
}

/* Nothing can be chosen before there is a result; then groups are, each with how many it would leave. */
static void
test_groups (Screen        *screen,
             gconstpointer  data)
{
  EngramFacets *facets;

  g_assert_false (shows (screen, "Community"));
  g_assert_false (shows (screen, "PageRank"));
  set_communities (screen);
  assert_shows (screen->pane, "Community 1\n10");
  assert_shows (screen->pane, "Community 3\n3");
  widget_test_assert_names (screen->pane);

  facets = engram_filter_pane_get_facets (screen->pane);
  gtk_check_button_set_active (get_row (screen, "2"), TRUE);
  facets = await_facets (screen, facets);
  g_assert_cmpstr (get_text (screen), ==, "community:2");
  gtk_check_button_set_active (get_row (screen, "3"), TRUE);
  facets = await_facets (screen, facets);
  g_assert_cmpstr (get_text (screen), ==, "community:2,3");
  g_assert_cmpuint (facets->n_found, ==, 9);
  /* The counts are those of another choice. */
  assert_shows (screen->pane, "Community 1\n10");
  gtk_check_button_set_active (get_row (screen, "2"), FALSE);
  facets = await_facets (screen, facets);
  g_assert_cmpstr (get_text (screen), ==, "community:3");
}

/* A range chooses none of them; who then chooses one has that alone. */
static void
test_range_of_groups (Screen        *screen,
                      gconstpointer  data)
{
  EngramFacets *facets;

  set_communities (screen);
  facets = set_query (screen, "community:>=2");
  g_assert_cmpuint (facets->n_found, ==, 9);
  g_assert_false (gtk_check_button_get_active (get_row (screen, "2")));
  gtk_check_button_set_active (get_row (screen, "1"), TRUE);
  facets = await_facets (screen, facets);
  g_assert_cmpstr (get_text (screen), ==, "community:1");
  g_assert_true (gtk_check_button_get_active (get_row (screen, "1")));
  g_assert_cmpuint (facets->n_found, ==, 10);
}

/* Numbers are a histogram, which follows the other filters. */
static void
test_numbers (Screen        *screen,
              gconstpointer  data)
{
  double numbers[N_NEURONS];
  EngramFacets *facets;

  for (guint i = 0; i < N_NEURONS; i++)
    numbers[i] = 0.001 * (i + 1);
  facets = set_analysis (screen, ENGRAM_ANALYSIS_PAGE_RANK, numbers);
  assert_shows (screen->pane, "PageRank");
  g_assert_false (shows (screen, "Betweenness"));
  g_assert_cmpuint (facets->analyses[ENGRAM_ANALYSIS_PAGE_RANK].histogram.n_values, ==, N_NEURONS);
  widget_test_assert_names (screen->pane);
  facets = set_query (screen, "pagerank:>0.0105 type:tool");
  g_assert_cmpuint (facets->analyses[ENGRAM_ANALYSIS_PAGE_RANK].histogram.n_values, ==, 3);
  assert_shows (screen->pane, "PageRank");
}

/* What is filtered by is there in any case, so that it can be taken away. */
static void
test_not_made (Screen        *screen,
               gconstpointer  data)
{
  g_autoptr (EngramQuery) query = engram_query_parse ("component:1 pagerank:>0.5", NULL, NULL, NULL);

  engram_session_set_query (screen->session, query);
  wait_until (shows (screen, "has not been made yet"));
  engram_session_set_query (screen->session, NULL);
  wait_until (!shows (screen, "has not been made yet"));
}

/* Vectors and places that agree. */
static void
place_neurons (Screen *screen)
{
  for (guint i = 0; i < N_NEURONS; i++)
    {
      g_autofree char *id = ui_fixture_dup_id (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (EngramNeuron) neuron = engram_neuron_store_get (screen->fixture->neurons, id, NULL, &error);
      const float vector[] = { 1, (float) i };

      g_assert_no_error (error);
      engram_neuron_set_vector (neuron, vector, G_N_ELEMENTS (vector));
      neuron->position[0] = i;
      engram_neuron_store_update (screen->fixture->neurons, neuron, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The note of an analysis, which is there unseen too. */
static GtkWidget *
find_note (GtkWidget *widget)
{
  GtkWidget *found = ENGRAM_IS_ANALYSIS_NOTE (widget) && gtk_widget_is_visible (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_note (child);
  return found;
}

/* A result of before the last change says so, beside a button that makes it anew. */
static void
test_stale (Screen        *screen,
            gconstpointer  data)
{
  g_autofree char *id = NULL;
  GtkWidget *again;

  place_neurons (screen);
  engram_session_set_active (screen->session, TRUE);
  engram_session_analyse (screen->session, ENGRAM_ANALYSIS_FAITHFULNESS);
  wait_until (shows (screen, "Faithfulness"));

  id = ui_fixture_add (screen->fixture, "New");
  wait_until (find_note (GTK_WIDGET (screen->pane)) != NULL);
  assert_shows (screen->pane, "Before the last change");
  widget_test_assert_names (screen->pane);
  again = widget_test_find (find_note (GTK_WIDGET (screen->pane)), GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_is_sensitive (again));

  g_signal_emit_by_name (again, "clicked");
  g_assert_true (engram_session_is_analysing (screen->session, ENGRAM_ANALYSIS_FAITHFULNESS));
  g_assert_false (gtk_widget_is_sensitive (again));
  wait_until (find_note (GTK_WIDGET (screen->pane)) == NULL);
  g_assert_false (engram_session_is_analysis_stale (screen->session, ENGRAM_ANALYSIS_FAITHFULNESS));
  g_assert_true (gtk_widget_get_sensitive (again));
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add ("/filter-analyses/groups", Screen, NULL, set_up, test_groups, tear_down);
  g_test_add ("/filter-analyses/range-of-groups", Screen, NULL, set_up, test_range_of_groups, tear_down);
  g_test_add ("/filter-analyses/numbers", Screen, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/filter-analyses/not-made", Screen, NULL, set_up, test_not_made, tear_down);
  g_test_add ("/filter-analyses/stale", Screen, NULL, set_up, test_stale, tear_down);
  return g_test_run ();
}
