/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desktop-support.h"
#include "dialogs/engram-failure-dialog.h"
#include "engram-window-private.h"
#include "job-support.h"
#include "test-support.h"
#include "window-support.h"

/* What the desktop is told, on the test's own session bus. */

typedef struct {
  TestFolder   *folder;
  EngramWindow *window;
  JobGate      *gate;
  EngramJob    *job;
  guint         n_before;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;

  fixture->folder = test_folder_new ();
  path = test_create_network (fixture->folder, "network.db", 5);
  fixture->window = test_open (path);
  fixture->gate = job_gate_new ();
  fixture->job = engram_session_read (engram_network_page_get_session (engram_window_get_page (fixture->window)),
                                      "Backing up", job_gate_pass, job_gate_ref (fixture->gate), job_gate_unref);
  fixture->n_before = test_desktop ()->n_shown;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  wait_until (!engram_job_is_active (fixture->job));
  test_close_windows ();
  g_object_unref (fixture->job);
  job_gate_unref (fixture->gate);
  test_folder_free (fixture->folder);
}

static void
await_end (Fixture        *fixture,
           EngramJobState  expected)
{
  wait_until (!engram_job_is_active (fixture->job));
  g_assert_cmpint (engram_job_get_state (fixture->job), ==, expected);
}

static gboolean
always (EngramWindow *window)
{
  return TRUE;
}

static gboolean
never (EngramWindow *window)
{
  return FALSE;
}

/* There is no window manager that would do it. */
static void
set_active (Fixture  *fixture,
            gboolean  active)
{
  fixture->window->is_seen = active ? always : never;
  g_object_notify (G_OBJECT (fixture->window), "is-active");
}

/* What was sent before has come: messages keep their order. */
static void
await_bus (void)
{
  g_autoptr (GNotification) last = g_notification_new ("Last");
  guint n_before = test_desktop ()->n_shown;

  g_application_send_notification (G_APPLICATION (test_application ()), NULL, last);
  wait_until (test_desktop ()->n_shown > n_before && g_strcmp0 (test_desktop ()->title, "Last") == 0);
}

static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  fixture->window->long_seconds = 0;
  set_active (fixture, FALSE);
  job_gate_open (fixture->gate, "Backed up 5 neurons");
  await_end (fixture, ENGRAM_JOB_DONE);
  wait_until (test_desktop ()->n_shown > fixture->n_before);
  g_assert_cmpstr (test_desktop ()->title, ==, "Backed up 5 neurons");
  g_assert_cmpstr (test_desktop ()->body, ==, "network.db");
  /* Who comes back knows. */
  await_bus ();
  g_assert_cmpuint (fixture->window->notifications->len, ==, 1);
  set_active (fixture, TRUE);
  g_assert_cmpuint (fixture->window->notifications->len, ==, 0);
  wait_until (test_desktop ()->n_closed > 0);
}

/* One that took a moment is not worth it. */
static void
test_short (Fixture       *fixture,
            gconstpointer  data)
{
  guint n_before = test_desktop ()->n_shown;

  g_assert_cmpfloat (fixture->window->long_seconds, ==, 10);
  set_active (fixture, FALSE);
  job_gate_open (fixture->gate, "Backed up 5 neurons");
  await_end (fixture, ENGRAM_JOB_DONE);
  await_bus ();
  g_assert_cmpuint (test_desktop ()->n_shown, ==, n_before + 1);
}

static void
test_seen (Fixture       *fixture,
           gconstpointer  data)
{
  guint n_before = test_desktop ()->n_shown;

  fixture->window->long_seconds = 0;
  set_active (fixture, TRUE);
  job_gate_open (fixture->gate, "Backed up 5 neurons");
  await_end (fixture, ENGRAM_JOB_DONE);
  await_bus ();
  g_assert_cmpuint (test_desktop ()->n_shown, ==, n_before + 1);
}

/* However short. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  set_active (fixture, FALSE);
  job_gate_fail (fixture->gate, "The folder is gone.");
  await_end (fixture, ENGRAM_JOB_FAILED);
  wait_until (test_desktop ()->n_shown > fixture->n_before);
  g_assert_cmpstr (test_desktop ()->title, ==, "Backing up Did Not Work");
  g_assert_cmpstr (test_desktop ()->body, ==, "network.db: The folder is gone.");
  g_assert_nonnull (engram_dialog_find (GTK_WINDOW (fixture->window), ENGRAM_TYPE_FAILURE_DIALOG));
}

/* A person who cancels knows. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_before = test_desktop ()->n_shown;

  fixture->window->long_seconds = 0;
  set_active (fixture, FALSE);
  engram_job_cancel (fixture->job);
  await_end (fixture, ENGRAM_JOB_CANCELLED);
  await_bus ();
  g_assert_cmpuint (test_desktop ()->n_shown, ==, n_before + 1);
}

static void
shown_cb (gboolean *was_asked)
{
  *was_asked = TRUE;
}

/* It leads to the window. */
static void
test_click (Fixture       *fixture,
            gconstpointer  data)
{
  gboolean was_shown = FALSE;

  set_active (fixture, FALSE);
  job_gate_fail (fixture->gate, "The folder is gone.");
  await_end (fixture, ENGRAM_JOB_FAILED);
  wait_until (test_desktop ()->n_shown > fixture->n_before);
  await_bus ();
  gtk_widget_set_visible (GTK_WIDGET (fixture->window), FALSE);
  g_signal_connect_swapped (fixture->window, "map", G_CALLBACK (shown_cb), &was_shown);
  test_desktop_click (fixture->n_before + 1);
  wait_until (was_shown);
  g_signal_handlers_disconnect_by_data (fixture->window, &was_shown);
}

/* A write that goes on when its window is closed, and fails: nobody else would tell. */
static void
test_window_is_gone (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job =
    engram_session_write (engram_network_page_get_session (engram_window_get_page (fixture->window)),
                          "Saving the change", job_gate_pass, job_gate_ref (gate), job_gate_unref,
                          ENGRAM_WRITE_SMALL);

  job_gate_open (fixture->gate, NULL);
  await_end (fixture, ENGRAM_JOB_DONE);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (test_count_windows (), ==, 0);
  job_gate_fail (gate, "The disk is full.");
  wait_until (!engram_job_is_active (job));
  wait_until (test_desktop ()->n_shown > fixture->n_before);
  g_assert_cmpstr (test_desktop ()->title, ==, "Saving the change Did Not Work");
  g_assert_cmpstr (test_desktop ()->body, ==, "network.db: The disk is full.");
}

#define ADD(name, test) g_test_add ("/window-notifications/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);
  ADD ("long", test_long);
  ADD ("short", test_short);
  ADD ("seen", test_seen);
  ADD ("failure", test_failure);
  ADD ("cancelled", test_cancelled);
  ADD ("click", test_click);
  ADD ("window-is-gone", test_window_is_gone);
  return g_test_run ();
}
