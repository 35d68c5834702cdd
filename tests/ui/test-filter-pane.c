/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/engram-filter-pane.h"
#include "widget-support.h"

/* A pane that is not seen at first, over twenty neurons, three of them tools. */
typedef struct {
  UiFixture        *fixture;
  EngramSession    *session;
  EngramFilterPane *pane;
  GtkWindow        *window;
} Screen;

static void
set_up (Screen *screen)
{
  GtkWidget *pane = engram_filter_pane_new ();

  screen->fixture = ui_fixture_new (20);
  screen->session = engram_session_new (screen->fixture->database);
  screen->pane = ENGRAM_FILTER_PANE (pane);
  screen->window = widget_test_show (pane, 360, 1000);
  gtk_widget_set_visible (pane, FALSE);
  /* The focus leaves it in a while. */
  widget_test_draw (GTK_WIDGET (screen->window));
  engram_filter_pane_set_session (screen->pane, screen->session);
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
set_query (Screen     *screen,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  engram_session_set_query (screen->session, query);
}

/* What the pane waits for before it counts, or NULL where it does not wait. */
static GSource *
find_wait (Screen *screen)
{
  return g_main_context_find_source_by_funcs_user_data (NULL, &g_timeout_funcs, screen->pane);
}

static EngramFacets *
await_facets (Screen       *screen,
              EngramFacets *before)
{
  wait_until (engram_filter_pane_get_facets (screen->pane) != before);
  return engram_filter_pane_get_facets (screen->pane);
}

/* It waits, for as long as one likes, and does not count meanwhile: others have done so by then. */
static void
assert_waits (Screen *screen)
{
  EngramFacets *before = engram_filter_pane_get_facets (screen->pane);
  GSource *wait = find_wait (screen);

  g_assert_nonnull (wait);
  g_assert_cmpint (g_source_get_ready_time (wait), >, g_source_get_time (wait));
  g_source_set_ready_time (wait, -1);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EngramFacets) facets = engram_facets_count (engram_session_get_searcher (screen->session),
                                                             engram_session_get_query (screen->session), NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (facets);
      widget_test_draw (GTK_WIDGET (screen->window));
    }
  g_assert_true (engram_filter_pane_get_facets (screen->pane) == before);
  g_assert_true (find_wait (screen) == wait);
}

static void
end_wait (Screen *screen)
{
  g_source_set_ready_time (find_wait (screen), 0);
}

/* What is only suggested waits, so that the search itself has both processors. */
static void
test_suggested (void)
{
  Screen screen;
  EngramFacets *facets;

  set_up (&screen);
  engram_filter_pane_set_wanted (screen.pane, TRUE);
  assert_waits (&screen);
  end_wait (&screen);
  facets = await_facets (&screen, NULL);
  g_assert_cmpuint (facets->n_found, ==, 20);

  set_query (&screen, "type:tool");
  assert_waits (&screen);
  end_wait (&screen);
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 3);
  g_assert_null (find_wait (&screen));
  tear_down (&screen);
}

/* While somebody types, each query starts the wait anew, and the last one alone is counted. */
static void
test_typing (void)
{
  Screen screen;
  EngramFacets *facets;

  set_up (&screen);
  engram_filter_pane_set_wanted (screen.pane, TRUE);
  end_wait (&screen);
  facets = await_facets (&screen, NULL);

  set_query (&screen, "type:t");
  assert_waits (&screen);
  /* The wait for the first one would never end. */
  set_query (&screen, "type:tool");
  g_assert_cmpint (g_source_get_ready_time (find_wait (&screen)), >, 0);
  end_wait (&screen);
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 3);
  tear_down (&screen);
}

/* Who looks at the counts does not wait for them. */
static void
test_seen (void)
{
  Screen screen;
  EngramFacets *facets;

  set_up (&screen);
  engram_filter_pane_set_wanted (screen.pane, TRUE);
  assert_waits (&screen);
  gtk_widget_set_visible (GTK_WIDGET (screen.pane), TRUE);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (screen.pane)));
  g_assert_null (find_wait (&screen));
  facets = await_facets (&screen, NULL);

  set_query (&screen, "type:tool");
  g_assert_null (find_wait (&screen));
  facets = await_facets (&screen, facets);
  g_assert_cmpuint (facets->n_found, ==, 3);
  tear_down (&screen);
}

/* What nobody wants is not counted when the wait is over either. */
static void
test_unwanted (void)
{
  Screen screen;

  set_up (&screen);
  assert_waits (&screen);
  end_wait (&screen);
  wait_until (find_wait (&screen) == NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EngramFacets) facets = engram_facets_count (engram_session_get_searcher (screen.session), NULL, NULL,
                                                             NULL);

      g_assert_nonnull (facets);
      widget_test_draw (GTK_WIDGET (screen.window));
    }
  g_assert_null (engram_filter_pane_get_facets (screen.pane));
  tear_down (&screen);
}

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add_func ("/filter-pane/suggested", test_suggested);
  g_test_add_func ("/filter-pane/typing", test_typing);
  g_test_add_func ("/filter-pane/seen", test_seen);
  g_test_add_func ("/filter-pane/unwanted", test_unwanted);
  return g_test_run ();
}
