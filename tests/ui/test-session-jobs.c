/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs/engram-job-list.h"
#include "jobs/engram-job-pace.h"
#include "jobs/engram-job-part.h"
#include "jobs/engram-job-text.h"
#include "session/engram-session.h"
#include "ui-fixture.h"

/* A session, and work that lasts until the test lets it go on. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  EngramJobList *jobs;
  GString       *done;
  guint          n_failed;
} Scene;

typedef struct {
  GMutex    mutex;
  GCond     changed;
  gboolean  has_begun;
  gboolean  may_end;
  gboolean  fails;
  gboolean  has_history;
  guint     n_freed;
} Gate;

static void
job_added_cb (Scene     *scene,
              EngramJob *job)
{
  engram_job_list_add (scene->jobs, job);
}

static void
done_cb (Scene      *scene,
         const char *label,
         gboolean    undoable)
{
  g_string_append_printf (scene->done, "%s%s\n", label, undoable ? " *" : "");
}

static void
failed_cb (Scene        *scene,
           const char   *title,
           const GError *error)
{
  scene->n_failed++;
}

static gboolean
look (EngramJob      *job,
      EngramDatabase *database,
      EngramHistory  *history,
      gpointer        data,
      GCancellable   *cancellable,
      GError        **error)
{
  return history != NULL;
}

/* How many are kept of those that have ended; what the session does by itself may still run. */
static guint
count_ended (Scene *scene)
{
  guint n_ended = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scene->jobs)); i++)
    {
      g_autoptr (EngramJob) job = g_list_model_get_item (G_LIST_MODEL (scene->jobs), i);

      n_ended += !engram_job_is_active (job);
    }
  return n_ended;
}

static gboolean
is_busy (Scene *scene)
{
  gboolean busy;

  g_object_get (scene->session, "busy", &busy, NULL);
  return busy;
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->fixture = ui_fixture_new (5);
  scene->session = engram_session_new (scene->fixture->database);
  scene->jobs = engram_job_list_new ();
  scene->done = g_string_new (NULL);
  g_signal_connect_swapped (scene->session, "job-added", G_CALLBACK (job_added_cb), scene);
  g_signal_connect_swapped (scene->session, "done", G_CALLBACK (done_cb), scene);
  g_signal_connect_swapped (scene->session, "failed", G_CALLBACK (failed_cb), scene);
}

/* Without the reading of the history, which a session begins with. */
static void
wait_for_history (Scene *scene)
{
  EngramJob *job = engram_session_write (scene->session, "Look", look, NULL, NULL, ENGRAM_WRITE_SMALL);

  wait_until (!engram_job_is_active (job));
  g_object_unref (job);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  wait_until (!is_busy (scene));
  g_signal_handlers_disconnect_by_data (scene->session, scene);
  engram_session_close (scene->session);
  g_clear_object (&scene->session);
  g_clear_object (&scene->jobs);
  g_string_free (scene->done, TRUE);
  ui_fixture_free (scene->fixture);
}

static void
gate_init (Gate *gate)
{
  *gate = (Gate) { 0 };
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->changed);
}

static gboolean
has_begun (Gate *gate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  return gate->has_begun;
}

static void
open_gate (Gate *gate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  gate->may_end = TRUE;
  g_cond_broadcast (&gate->changed);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      gate)
{
  open_gate (gate);
}

static void
gate_freed (gpointer data)
{
  Gate *gate = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  gate->n_freed++;
}

static guint
count_freed (Gate *gate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  return gate->n_freed;
}

static gboolean
pass (EngramJob      *job,
      EngramDatabase *database,
      EngramHistory  *history,
      gpointer        data,
      GCancellable   *cancellable,
      GError        **error)
{
  Gate *gate = data;
  gulong handler;

  handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), gate, NULL);
  g_mutex_lock (&gate->mutex);
  gate->has_begun = TRUE;
  gate->has_history = history != NULL;
  while (!gate->may_end)
    g_cond_wait (&gate->changed, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  g_cancellable_disconnect (cancellable, handler);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (gate->fails)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE, "No space on the disk of <this> & that.");
      return FALSE;
    }
  engram_job_set_outcome (job, "Pass a gate", FALSE);
  return TRUE;
}

/* Bulk changes wait for each other, and say for what; what only reads runs beside them. */
static void
test_queue (Scene         *scene,
            gconstpointer  data)
{
  Gate first, second, reading;
  g_autoptr (EngramJob) first_job = NULL;
  g_autoptr (EngramJob) second_job = NULL;
  g_autoptr (EngramJob) reading_job = NULL;
  g_autofree char *status = NULL;

  gate_init (&first);
  gate_init (&second);
  gate_init (&reading);
  first_job = engram_session_write (scene->session, "First", pass, &first, gate_freed, ENGRAM_WRITE_NONE);
  second_job = engram_session_write (scene->session, "Second", pass, &second, gate_freed, ENGRAM_WRITE_NONE);
  reading_job = engram_session_read (scene->session, "Reading", pass, &reading, gate_freed);
  wait_until (has_begun (&first) && has_begun (&reading));
  g_assert_true (engram_session_job_get_data (second_job) == &second);
  g_assert_cmpint (engram_job_get_state (second_job), ==, ENGRAM_JOB_WAITING);
  status = engram_job_dup_status (second_job);
  g_assert_cmpstr (status, ==, "Waiting for “First”");
  g_assert_cmpuint (engram_job_list_get_n_active (scene->jobs), ==, 3);
  g_assert_true (first.has_history);
  g_assert_false (reading.has_history);
  g_assert_false (has_begun (&second));

  open_gate (&first);
  wait_until (has_begun (&second));
  g_assert_cmpint (engram_job_get_state (first_job), ==, ENGRAM_JOB_DONE);
  g_assert_cmpstr (engram_job_get_outcome (first_job), ==, "Pass a gate");
  g_assert_null (engram_job_get_phase (second_job));
  open_gate (&second);
  open_gate (&reading);
  wait_until (engram_job_list_get_n_active (scene->jobs) == 0);
  g_assert_cmpstr (scene->done->str, ==, "Pass a gate\nPass a gate\n");
  /* The list keeps them, the latest first; what a history is read for is not worth a line. */
  g_assert_cmpuint (count_ended (scene), ==, 3);
  engram_job_list_clear (scene->jobs);
  g_assert_cmpuint (count_ended (scene), ==, 0);
  /* Whoever keeps a job keeps nothing else. */
  wait_until (count_freed (&first) + count_freed (&second) + count_freed (&reading) == 3);
  g_assert_null (engram_session_job_get_data (first_job));
}

/* One that waits ends at once, without ever having begun; those behind it move up. */
static void
test_cancel_waiting (Scene         *scene,
                     gconstpointer  data)
{
  Gate first, second, third;
  g_autoptr (EngramJob) first_job = NULL;
  g_autoptr (EngramJob) second_job = NULL;
  g_autoptr (EngramJob) third_job = NULL;

  gate_init (&first);
  gate_init (&second);
  gate_init (&third);
  first_job = engram_session_write (scene->session, "First", pass, &first, NULL, ENGRAM_WRITE_NONE);
  second_job = engram_session_write (scene->session, "Second", pass, &second, NULL, ENGRAM_WRITE_NONE);
  third_job = engram_session_write (scene->session, "Third", pass, &third, NULL, ENGRAM_WRITE_NONE);
  g_assert_cmpstr (engram_job_get_phase (third_job), ==, "Waiting for “Second”");
  engram_job_cancel (second_job);
  g_assert_cmpint (engram_job_get_state (second_job), ==, ENGRAM_JOB_CANCELLED);
  g_assert_false (engram_job_is_cancelling (second_job));
  g_assert_cmpstr (engram_job_get_phase (third_job), ==, "Waiting for “First”");
  open_gate (&first);
  open_gate (&third);
  wait_until (!engram_job_is_active (third_job));
  g_assert_false (has_begun (&second));
  g_assert_cmpuint (scene->n_failed, ==, 0);
}

static void
test_cancel_running (Scene         *scene,
                     gconstpointer  data)
{
  Gate gate;
  g_autoptr (EngramJob) job = NULL;
  g_autofree char *status = NULL;

  gate_init (&gate);
  job = engram_session_write (scene->session, "First", pass, &gate, NULL, ENGRAM_WRITE_NONE);
  wait_until (has_begun (&gate));
  engram_job_cancel (job);
  g_assert_true (engram_job_is_cancelling (job));
  status = engram_job_dup_status (job);
  g_assert_cmpstr (status, ==, "Cancelling…");
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_CANCELLED);
  g_assert_nonnull (engram_job_get_end (job));
  g_assert_cmpstr (scene->done->str, ==, "");
  g_assert_cmpuint (scene->n_failed, ==, 0);
}

/* Whoever attends a job tells of its failure; else all are told. */
static void
test_failure (Scene         *scene,
              gconstpointer  data)
{
  for (guint attended = 0; attended < 2; attended++)
    {
      Gate gate;
      g_autoptr (EngramJob) job = NULL;
      g_autofree char *details = NULL;

      gate_init (&gate);
      gate.fails = TRUE;
      open_gate (&gate);
      job = engram_session_write (scene->session, "First", pass, &gate, NULL, ENGRAM_WRITE_NONE);
      engram_job_set_attended (job, attended == 1);
      wait_until (!engram_job_is_active (job));
      g_assert_cmpint (engram_job_get_state (job), ==, ENGRAM_JOB_FAILED);
      g_assert_cmpuint (scene->n_failed, ==, 1);
      details = engram_job_dup_details (job);
      g_assert_nonnull (strstr (details, "No space on the disk of <this> & that."));
      g_assert_nonnull (strstr (engram_error_get_advice (engram_job_get_error (job)), "Make space"));
    }
}

/* Rows and steps of another network mean nothing after it has been replaced. */
static void
test_replacing (Scene         *scene,
                gconstpointer  data)
{
  EngramSelection *selection = engram_session_get_selection (scene->session);
  Gate gate;
  g_autoptr (EngramJob) job = NULL;

  gate_init (&gate);
  open_gate (&gate);
  engram_selection_set_one (selection, ENGRAM_RECORD_NEURON, 2);
  job = engram_session_write (scene->session, "Restoring", pass, &gate, NULL, ENGRAM_WRITE_REPLACES);
  wait_until (!engram_job_is_active (job));
  g_assert_cmpuint (engram_row_set_get_size (engram_selection_get (selection, ENGRAM_RECORD_NEURON)), ==, 0);
}

/* What the program does by itself is kept only where it failed. */
static void
test_background (Scene         *scene,
                 gconstpointer  data)
{
  for (guint fails = 0; fails < 2; fails++)
    {
      Gate gate;
      g_autoptr (EngramJob) job = NULL;

      gate_init (&gate);
      gate.fails = fails == 1;
      wait_for_history (scene);
      job = engram_session_read (scene->session, "Index", pass, &gate, NULL);
      engram_job_set_background (job, TRUE);
      g_assert_cmpuint (engram_job_list_get_n_active (scene->jobs), ==, 0);
      open_gate (&gate);
      wait_until (!engram_job_is_active (job));
      g_assert_cmpuint (count_ended (scene), ==, fails);
    }
}

static void
test_pace (void)
{
  EngramJobPace pace = { 0 };

  for (guint i = 0; i <= 10; i++)
    {
      engram_job_pace_add (&pace, i * G_USEC_PER_SEC / 10, 0.01 * i);
      g_assert_cmpfloat (engram_job_pace_get_speed (&pace), ==, 0);
    }
  engram_job_pace_add (&pace, 2 * G_USEC_PER_SEC, 0.2);
  g_assert_cmpfloat_with_epsilon (engram_job_pace_get_speed (&pace), 0.1, 1e-9);
  /* Only the last seconds count. */
  for (guint i = 1; i <= 200; i++)
    engram_job_pace_add (&pace, (2 + i * 0.1) * G_USEC_PER_SEC, 0.2 + 0.001 * i);
  g_assert_cmpfloat_with_epsilon (engram_job_pace_get_speed (&pace), 0.01, 1e-6);
  /* What begins anew, or does not know how far it is, has no speed. */
  engram_job_pace_add (&pace, 30 * (gint64) G_USEC_PER_SEC, 0.1);
  g_assert_cmpfloat (engram_job_pace_get_speed (&pace), ==, 0);
  engram_job_pace_add (&pace, 40 * (gint64) G_USEC_PER_SEC, 0.2);
  g_assert_cmpfloat_with_epsilon (engram_job_pace_get_speed (&pace), 0.01, 1e-9);
  engram_job_pace_add (&pace, 41 * (gint64) G_USEC_PER_SEC, -1);
  g_assert_cmpfloat (engram_job_pace_get_speed (&pace), ==, 0);
}

/* A worker that gets on, as far as the test wants. */
typedef struct {
  Gate          gate;
  double        amount;
  EngramJobUnit unit;
} Pacing;

static gboolean
get_on (EngramJob     *job,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Pacing *self = data;

  engram_job_set_amount (job, self->amount, self->unit);
  return pass (job, NULL, NULL, &self->gate, cancellable, error);
}

/* As it reads once it has gone on for a while. */
static char *
await_pace (EngramJob *job)
{
  const gint64 start = g_get_monotonic_time ();
  char *pace;

  while ((pace = engram_job_dup_pace (job)) == NULL)
    {
      /* A thousandth of it in a second. */
      engram_job_progress ("Working", 0.001 * (g_get_monotonic_time () - start) / G_USEC_PER_SEC, job);
      g_main_context_iteration (NULL, TRUE);
    }
  return pace;
}

static void
assert_rate (double         amount,
             EngramJobUnit  unit,
             const char    *expected)
{
  Pacing pacing = { .amount = amount, .unit = unit };
  g_autoptr (EngramJob) job = engram_job_new ("Working", get_on, &pacing, NULL);
  g_autofree char *pace = NULL;

  gate_init (&pacing.gate);
  engram_job_start (job);
  wait_until (has_begun (&pacing.gate));
  pace = await_pace (job);
  if (!g_regex_match_simple (expected, pace, 0, 0))
    g_error ("The rate reads “%s”, not like “%s”", pace, expected);
  open_gate (&pacing.gate);
  wait_until (!engram_job_is_active (job));
}

/* In what is done, not in parts of the whole, where it is known how much there is. */
static void
test_rates (void)
{
  assert_rate (0, ENGRAM_JOB_UNIT_NONE, "^0\\.1\302\240% a second, about 1[67] minutes left$");
  assert_rate (50e9, ENGRAM_JOB_UNIT_BYTES, "^\\d\\d\\.\\d.MB/s, about");
  assert_rate (50e6, ENGRAM_JOB_UNIT_NEURONS, "^\\d+[,.]?\\d+ neurons a second, about");
  assert_rate (50e6, ENGRAM_JOB_UNIT_SYNAPSES, "^\\d+[,.]?\\d+ synapses a second, about");
  assert_rate (50e6, ENGRAM_JOB_UNIT_RECORDS, "^\\d+[,.]?\\d+ neurons and synapses a second, about");
}

static void
assert_duration (double      seconds,
                 const char *expected)
{
  g_autofree char *text = engram_job_dup_duration (seconds);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_durations (void)
{
  assert_duration (0.2, "less than a second");
  assert_duration (1.2, "1 second");
  assert_duration (59, "59 seconds");
  assert_duration (61, "1 minute");
  assert_duration (3600, "1 hour");
  assert_duration (2 * 3600 + 5 * 60, "2 hours 5 minutes");
}

static gboolean
work_in_parts (EngramJob     *job,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  EngramJobPart part = { job, 0.5, 1, 100, ENGRAM_JOB_UNIT_SYNAPSES };

  engram_job_part_progress ("Second half", 0.5, &part);
  return TRUE;
}

static void
test_part (void)
{
  g_autoptr (EngramJob) job = engram_job_new ("Parts", work_in_parts, NULL, NULL);
  EngramJobUnit unit;

  engram_job_start (job);
  wait_until (!engram_job_is_active (job));
  g_assert_cmpfloat (engram_job_get_fraction (job), ==, 0.75);
  g_assert_cmpstr (engram_job_get_phase (job), ==, "Second half");
  /* At the pace of this half, the whole of it would be twice as much. */
  g_assert_cmpfloat (engram_job_get_amount (job, &unit), ==, 200);
  g_assert_cmpint (unit, ==, ENGRAM_JOB_UNIT_SYNAPSES);
  g_assert_cmpfloat (engram_job_get_seconds (job), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(PATH, FUNC) g_test_add (PATH, Scene, NULL, set_up, FUNC, tear_down)
  ADD ("/session-jobs/queue", test_queue);
  ADD ("/session-jobs/cancel-waiting", test_cancel_waiting);
  ADD ("/session-jobs/cancel-running", test_cancel_running);
  ADD ("/session-jobs/failure", test_failure);
  ADD ("/session-jobs/replacing", test_replacing);
  ADD ("/session-jobs/background", test_background);
  g_test_add_func ("/session-jobs/pace", test_pace);
  g_test_add_func ("/session-jobs/rates", test_rates);
  g_test_add_func ("/session-jobs/durations", test_durations);
  g_test_add_func ("/session-jobs/part", test_part);

  return g_test_run ();
}
