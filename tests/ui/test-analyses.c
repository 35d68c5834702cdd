/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "session/engram-session.h"
#include "ui-fixture.h"

/* Two groups of five neurons that are all joined within, 0 to 4 (0.5) and 5 to 9 (-0.5), and one synapse between them;
 * neuron 10 stands alone. */
typedef struct {
  UiFixture      *fixture;
  EngramSession  *session;
  EngramSearcher *searcher;
  guint           n_changes;
  GString        *analysed; /* names of analyses */
  GString        *done;
  GError         *error;    /* of what has failed */
  EngramJob      *job;      /* the one that was started last */
} Scene;

static void
changed_cb (Scene *scene)
{
  scene->n_changes++;
}

static void
analysed_cb (Scene *scene,
             guint  analysis)
{
  g_string_append_printf (scene->analysed, "%s ", engram_analysis_get_name (analysis));
}

static void
done_cb (Scene      *scene,
         const char *label,
         gboolean    undoable)
{
  g_assert_false (undoable);
  g_string_append_printf (scene->done, "%s\n", label);
}

static void
failed_cb (Scene        *scene,
           const char   *title,
           const GError *error)
{
  g_clear_error (&scene->error);
  scene->error = g_error_copy (error);
}

static void
job_started_cb (Scene     *scene,
                EngramJob *job)
{
  g_set_object (&scene->job, job);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->fixture = ui_fixture_new (11);
  for (guint group = 0; group < 2; group++)
    for (guint i = 0; i < 5; i++)
      for (guint j = 0; j < i; j++)
        ui_fixture_join (scene->fixture, 5 * group + i, 5 * group + j, group == 0 ? 0.5 : -0.5);
  ui_fixture_join (scene->fixture, 0, 5, 0.5);
  scene->analysed = g_string_new (NULL);
  scene->done = g_string_new (NULL);
  scene->session = engram_session_new (scene->fixture->database);
  scene->searcher = g_object_ref (engram_session_get_searcher (scene->session));
  g_signal_connect_swapped (scene->session, "changed", G_CALLBACK (changed_cb), scene);
  g_signal_connect_swapped (scene->session, "analysed", G_CALLBACK (analysed_cb), scene);
  g_signal_connect_swapped (scene->session, "done", G_CALLBACK (done_cb), scene);
  g_signal_connect_swapped (scene->session, "failed", G_CALLBACK (failed_cb), scene);
  g_signal_connect_swapped (scene->session, "job-added", G_CALLBACK (job_started_cb), scene);
  wait_until (scene->n_changes == 1);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (scene->session, scene);
  engram_session_close (scene->session);
  g_clear_object (&scene->session);
  g_clear_object (&scene->searcher);
  g_clear_object (&scene->job);
  g_clear_error (&scene->error);
  ui_fixture_free (scene->fixture);
  g_string_free (scene->analysed, TRUE);
  g_string_free (scene->done, TRUE);
}

/* Analyses, and waits until it has been told. */
static void
analyse (Scene          *scene,
         EngramAnalysis  analysis)
{
  gsize length = scene->done->len;

  engram_session_analyse (scene->session, analysis);
  g_assert_true (engram_session_is_analysing (scene->session, analysis));
  wait_until (scene->done->len > length || scene->error != NULL);
  g_assert_no_error (scene->error);
  g_assert_false (engram_session_is_analysing (scene->session, analysis));
  g_assert_true (engram_session_is_analysed (scene->session, analysis));
}

static double
get_value (Scene          *scene,
           EngramAnalysis  analysis,
           guint           neuron)
{
  g_autoptr (EngramRecordNumbers) values = engram_searcher_get_analysis (scene->searcher, analysis);

  g_assert_nonnull (values);
  return engram_record_numbers_get (values, neuron + 1);
}

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” does not say “%s”", text, part);
}

/* Groups count from 1, and the toast tells how many there are and what was done with the signs. */
static void
test_communities (Scene         *scene,
                  gconstpointer  data)
{
  double first, second;

  g_assert_false (engram_session_is_analysed (scene->session, ENGRAM_ANALYSIS_COMMUNITY));
  g_assert_null (engram_session_get_analysis_note (scene->session, ENGRAM_ANALYSIS_COMMUNITY));
  analyse (scene, ENGRAM_ANALYSIS_COMMUNITY);
  first = get_value (scene, ENGRAM_ANALYSIS_COMMUNITY, 0);
  second = get_value (scene, ENGRAM_ANALYSIS_COMMUNITY, 5);
  g_assert_cmpfloat (first + second, ==, 3);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_COMMUNITY, i), ==, i < 5 ? first : second);
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_COMMUNITY, 10), ==, 3);
  g_assert_cmpstr (scene->analysed->str, ==, "community ");
  assert_contains (scene->done->str, "3 communities");
  assert_contains (scene->done->str, "modularity 0.45");
  assert_contains (scene->done->str, "the strength alone counts");
  g_assert_true (g_str_has_prefix (scene->done->str,
                                   engram_session_get_analysis_note (scene->session, ENGRAM_ANALYSIS_COMMUNITY)));
}

static void
test_components (Scene         *scene,
                 gconstpointer  data)
{
  analyse (scene, ENGRAM_ANALYSIS_COMPONENT);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_COMPONENT, i), ==, 1);
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_COMPONENT, 10), ==, 2);
  g_assert_cmpstr (scene->done->str, ==, "2 components\n");
}

static void
test_page_rank (Scene         *scene,
                gconstpointer  data)
{
  double sum = 0;

  analyse (scene, ENGRAM_ANALYSIS_PAGE_RANK);
  for (guint i = 0; i < 11; i++)
    sum += get_value (scene, ENGRAM_ANALYSIS_PAGE_RANK, i);
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  /* All of its group lead to it. */
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_PAGE_RANK, 0), >,
                     get_value (scene, ENGRAM_ANALYSIS_PAGE_RANK, 4));
  assert_contains (scene->done->str, "11 neurons");
  assert_contains (scene->done->str, "inhibiting synapses are left out");
}

static void
test_betweenness (Scene         *scene,
                  gconstpointer  data)
{
  analyse (scene, ENGRAM_ANALYSIS_BETWEENNESS);
  /* 1 to 4 come to 5 by way of 0 alone. */
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_BETWEENNESS, 0), ==, 4);
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_BETWEENNESS, 10), ==, 0);
  assert_contains (scene->done->str, "Betweenness of 11 neurons");
}

/* Without vectors nothing can be judged, and that is said. */
static void
test_faithfulness (Scene         *scene,
                   gconstpointer  data)
{
  analyse (scene, ENGRAM_ANALYSIS_FAITHFULNESS);
  g_assert_true (isnan (get_value (scene, ENGRAM_ANALYSIS_FAITHFULNESS, 0)));
  assert_contains (scene->done->str, "too few neurons");
}

static void
set_vector (Scene *scene,
            guint  neuron)
{
  g_autofree char *id = ui_fixture_dup_id (neuron);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuron) record = engram_neuron_store_get (scene->fixture->neurons, id, NULL, &error);
  const float vector[] = { 1, (float) neuron };

  g_assert_no_error (error);
  engram_neuron_set_vector (record, vector, G_N_ELEMENTS (vector));
  record->position[0] = neuron;
  engram_neuron_store_update (scene->fixture->neurons, record, NULL, &error);
  g_assert_no_error (error);
}

static void
test_faithful (Scene         *scene,
               gconstpointer  data)
{
  for (guint i = 0; i < 11; i++)
    set_vector (scene, i);
  analyse (scene, ENGRAM_ANALYSIS_FAITHFULNESS);
  /* All ten others are the ten nearest, either way. */
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_FAITHFULNESS, 3), ==, 1);
  assert_contains (scene->done->str, "100 %");
}

/* A result of before a change says so, stays, and says so no more when it has been made again. */
static void
test_stale (Scene         *scene,
            gconstpointer  data)
{
  guint n_changes = scene->n_changes;
  g_autofree char *fresh = NULL, *stale = NULL, *label = NULL, *again = NULL, *id = NULL;

  analyse (scene, ENGRAM_ANALYSIS_COMPONENT);
  fresh = engram_session_dup_analysis_title (scene->session, ENGRAM_ANALYSIS_COMPONENT);
  g_assert_cmpstr (fresh, ==, "Components");

  id = ui_fixture_add (scene->fixture, "New");
  engram_session_set_active (scene->session, TRUE);
  wait_until (scene->n_changes > n_changes);
  stale = engram_session_dup_analysis_title (scene->session, ENGRAM_ANALYSIS_COMPONENT);
  g_assert_cmpstr (stale, ==, "Components (before the last change)");
  label = engram_session_dup_analysis_label (scene->session, ENGRAM_ANALYSIS_COMPONENT);
  g_assert_cmpstr (label, ==, "Component (before the last change)");
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_COMPONENT, 10), ==, 2);
  g_assert_true (isnan (get_value (scene, ENGRAM_ANALYSIS_COMPONENT, 11)));

  analyse (scene, ENGRAM_ANALYSIS_COMPONENT);
  again = engram_session_dup_analysis_title (scene->session, ENGRAM_ANALYSIS_COMPONENT);
  g_assert_cmpstr (again, ==, "Components");
  g_assert_cmpfloat (get_value (scene, ENGRAM_ANALYSIS_COMPONENT, 11), ==, 3);
}

/* Once at a time; and who cancels is told nothing. */
static void
test_cancel (Scene         *scene,
             gconstpointer  data)
{
  EngramJob *job;

  engram_session_analyse (scene->session, ENGRAM_ANALYSIS_PAGE_RANK);
  job = scene->job;
  g_assert_nonnull (job);
  engram_session_analyse (scene->session, ENGRAM_ANALYSIS_PAGE_RANK);
  g_assert_true (scene->job == job);
  engram_job_cancel (job);
  wait_until (!engram_session_is_analysing (scene->session, ENGRAM_ANALYSIS_PAGE_RANK));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_CANCELLED);
  g_assert_cmpstr (scene->analysed->str, ==, "");
  g_assert_cmpstr (scene->done->str, ==, "");
  g_assert_no_error (scene->error);
  g_assert_false (engram_session_is_analysed (scene->session, ENGRAM_ANALYSIS_PAGE_RANK));
}

/* What runs while the session closes is given up, and tells nobody. */
static void
test_close (Scene         *scene,
            gconstpointer  data)
{
  engram_session_analyse (scene->session, ENGRAM_ANALYSIS_PAGE_RANK);
  engram_session_close (scene->session);
  g_assert_false (engram_session_is_analysing (scene->session, ENGRAM_ANALYSIS_PAGE_RANK));
  wait_until (engram_job_get_state (scene->job) == ENGRAM_JOB_CANCELLED);
  engram_session_analyse (scene->session, ENGRAM_ANALYSIS_PAGE_RANK);
  g_assert_false (engram_session_is_analysing (scene->session, ENGRAM_ANALYSIS_PAGE_RANK));
  g_assert_cmpstr (scene->analysed->str, ==, "");
}

/* Without the helper program it is told what is missing. */
static void
test_failure (Scene         *scene,
              gconstpointer  data)
{
  g_autofree char *program = g_strdup (g_getenv ("ENGRAM_GRAPH_PROGRAM"));

  g_setenv ("ENGRAM_GRAPH_PROGRAM", "/nonexistent/engram-graph", TRUE);
  engram_session_analyse (scene->session, ENGRAM_ANALYSIS_COMMUNITY);
  wait_until (scene->error != NULL);
  g_assert_error (scene->error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_false (engram_session_is_analysed (scene->session, ENGRAM_ANALYSIS_COMMUNITY));
  g_setenv ("ENGRAM_GRAPH_PROGRAM", program, TRUE);
}

#define ADD_TEST(path, function) g_test_add (path, Scene, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) state = test_folder_new ();
  g_autofree char *program = NULL;

  /* History and index of a test are no business of the user's. */
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_setenv ("XDG_CACHE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  program = g_test_build_filename (G_TEST_BUILT, "..", "app", "graph", "engram-graph", NULL);
  g_setenv ("ENGRAM_GRAPH_PROGRAM", program, TRUE);

  ADD_TEST ("/analyses/communities", test_communities);
  ADD_TEST ("/analyses/components", test_components);
  ADD_TEST ("/analyses/page-rank", test_page_rank);
  ADD_TEST ("/analyses/betweenness", test_betweenness);
  ADD_TEST ("/analyses/faithfulness/none", test_faithfulness);
  ADD_TEST ("/analyses/faithfulness/all", test_faithful);
  ADD_TEST ("/analyses/stale", test_stale);
  ADD_TEST ("/analyses/cancel", test_cancel);
  ADD_TEST ("/analyses/close", test_close);
  ADD_TEST ("/analyses/failure", test_failure);

  return g_test_run ();
}
