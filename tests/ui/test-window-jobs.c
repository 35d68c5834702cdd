/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "dialogs/engram-failure-dialog.h"
#include "engram-window-private.h"
#include "job-support.h"
#include "test-support.h"
#include "window-support.h"

/* A window of a network for which something is done: closing it. */

typedef struct {
  TestFolder   *folder;
  EngramWindow *window; /* NULL once it is closed */
  JobGate      *gate;
  EngramJob    *job;
} Fixture;

static EngramSession *
get_session (Fixture *fixture)
{
  return engram_network_page_get_session (engram_window_get_page (fixture->window));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;

  fixture->folder = test_folder_new ();
  path = test_create_network (fixture->folder, "network.db", 5);
  fixture->window = test_open (path);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  fixture->gate = job_gate_new ();
  fixture->job = engram_session_write (get_session (fixture), "Pruning", job_gate_pass, job_gate_ref (fixture->gate),
                                       job_gate_unref, ENGRAM_WRITE_NONE);
}

static void
await_end (EngramJob      *job,
           EngramJobState  expected)
{
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, expected);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  job_gate_open (fixture->gate, NULL);
  wait_until (!engram_job_is_active (fixture->job));
  test_close_windows ();
  g_assert_null (fixture->window);
  g_object_unref (fixture->job);
  job_gate_unref (fixture->gate);
  test_folder_free (fixture->folder);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (gpointer    widget,
       const char *label)
{
  GtkWidget *button = find_button (widget, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* Asks for the window to be closed, which asks back. */
static void
ask_to_close (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_nonnull (fixture->window);
  g_assert_nonnull (fixture->window->jobs_dialog);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (fixture->window->jobs_dialog)), ==,
                   "Pruning: Working\n\nWhat is cancelled changes nothing and leaves no file behind.");
  wait_until (gtk_widget_get_mapped (fixture->window->jobs_dialog));
}

static void
answer (Fixture    *fixture,
        const char *label)
{
  click (fixture->window->jobs_dialog, label);
}

static void
test_keep_open (Fixture       *fixture,
                gconstpointer  data)
{
  ask_to_close (fixture);
  /* Not two questions. */
  gtk_window_close (GTK_WINDOW (fixture->window));
  answer (fixture, "_Keep Open");
  g_assert_null (fixture->window->jobs_dialog);
  g_assert_true (engram_job_is_active (fixture->job) && !engram_job_is_cancelling (fixture->job));
  job_gate_open (fixture->gate, NULL);
  await_end (fixture->job, ENGRAM_JOB_DONE);
  g_assert_nonnull (fixture->window);
}

static void
test_cancel_and_close (Fixture       *fixture,
                       gconstpointer  data)
{
  ask_to_close (fixture);
  answer (fixture, "_Cancel the Job and Close");
  wait_until (fixture->window == NULL);
  g_assert_cmpint (engram_job_get_state (fixture->job), ==, ENGRAM_JOB_CANCELLED);
}

static void
test_when_done (Fixture       *fixture,
                gconstpointer  data)
{
  ask_to_close (fixture);
  answer (fixture, "Close _When Done");
  g_assert_nonnull (fixture->window->waiting_toast);
  g_assert_true (engram_job_is_active (fixture->job));
  job_gate_open (fixture->gate, NULL);
  wait_until (fixture->window == NULL);
  g_assert_cmpint (engram_job_get_state (fixture->job), ==, ENGRAM_JOB_DONE);
}

static void
test_thought_better (Fixture       *fixture,
                     gconstpointer  data)
{
  ask_to_close (fixture);
  answer (fixture, "Close _When Done");
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "keep-open", NULL);
  g_assert_null (fixture->window->waiting_toast);
  job_gate_open (fixture->gate, NULL);
  await_end (fixture->job, ENGRAM_JOB_DONE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (fixture->window);
}

/* It has been asked for, and nothing is in its way any more. */
static void
test_ends_while_asked (Fixture       *fixture,
                       gconstpointer  data)
{
  ask_to_close (fixture);
  job_gate_open (fixture->gate, NULL);
  wait_until (fixture->window == NULL);
}

/* A failure is to be seen. */
static void
test_fails (Fixture       *fixture,
            gconstpointer  data)
{
  EngramDialog *dialog;
  g_autofree char *text = NULL;

  ask_to_close (fixture);
  answer (fixture, "Close _When Done");
  job_gate_fail (fixture->gate, "The disk is full.");
  await_end (fixture->job, ENGRAM_JOB_FAILED);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (fixture->window);
  g_assert_false (fixture->window->closes_when_done);
  dialog = engram_dialog_find (GTK_WINDOW (fixture->window), ENGRAM_TYPE_FAILURE_DIALOG);
  g_assert_nonnull (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_fails_while_asked (Fixture       *fixture,
                        gconstpointer  data)
{
  ask_to_close (fixture);
  job_gate_fail (fixture->gate, "The disk is full.");
  await_end (fixture->job, ENGRAM_JOB_FAILED);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (fixture->window);
  g_assert_null (fixture->window->jobs_dialog);
}

/* Of several windows, those close about which there is nothing to ask. */
static void
test_quit (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = test_create_network (fixture->folder, "other.db", 3);

  test_open (path);
  g_assert_cmpuint (test_count_windows (), ==, 2);
  g_action_group_activate_action (G_ACTION_GROUP (test_application ()), "quit", NULL);
  g_assert_nonnull (fixture->window->jobs_dialog);
  wait_until (gtk_widget_get_mapped (fixture->window->jobs_dialog));
  answer (fixture, "Close _When Done");
  job_gate_open (fixture->gate, NULL);
  wait_until (test_count_windows () == 0);
}

/* Several: all of them are named. */
static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (EngramJob) waiting =
    engram_session_write (get_session (fixture), "Importing", job_gate_pass, job_gate_ref (fixture->gate),
                          job_gate_unref, ENGRAM_WRITE_NONE);
  g_autoptr (EngramJob) beside =
    engram_session_read (get_session (fixture), "Backing up", job_gate_pass, job_gate_ref (fixture->gate),
                         job_gate_unref);

  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (fixture->window->jobs_dialog)), ==,
                   "Pruning: Working\nImporting: Waiting for “Pruning”\nBacking up: Working\n\n"
                   "What is cancelled changes nothing and leaves no file behind.");
  wait_until (gtk_widget_get_mapped (fixture->window->jobs_dialog));
  answer (fixture, "_Cancel the Jobs and Close");
  wait_until (fixture->window == NULL);
  g_assert_cmpint (engram_job_get_state (waiting), ==, ENGRAM_JOB_CANCELLED);
  g_assert_cmpint (engram_job_get_state (beside), ==, ENGRAM_JOB_CANCELLED);
}

/* What nobody else wants is not asked about. */
static void
test_disposable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = NULL;
  EngramDialog *dialog = g_object_new (ENGRAM_TYPE_DIALOG, NULL);

  job_gate_open (fixture->gate, NULL);
  await_end (fixture->job, ENGRAM_JOB_DONE);
  job = engram_session_read (get_session (fixture), "Looking", job_gate_pass, job_gate_ref (gate), job_gate_unref);
  engram_dialog_add_page (dialog, "page", "Page", gtk_label_new ("Page"), NULL, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_present (dialog, GTK_WINDOW (fixture->window), get_session (fixture));
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_CANCELS, NULL, NULL, NULL);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (test_count_windows (), ==, 0);
  await_end (job, ENGRAM_JOB_CANCELLED);
}

/* What is written is written to its end, whether a window shows it or not. */
static void
test_small_goes_on (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = NULL;

  job_gate_open (fixture->gate, NULL);
  await_end (fixture->job, ENGRAM_JOB_DONE);
  job = engram_session_write (get_session (fixture), "Saving the change", job_gate_pass, job_gate_ref (gate),
                              job_gate_unref, ENGRAM_WRITE_SMALL);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_cmpuint (test_count_windows (), ==, 0);
  g_assert_true (engram_job_is_active (job) && !engram_job_is_cancelling (job));
  job_gate_open (gate, NULL);
  await_end (job, ENGRAM_JOB_DONE);
}

/* The jobs first, then the work in a network without a name. */
static void
test_untitled (Fixture       *fixture,
               gconstpointer  data)
{
  EngramWindow *window;
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = NULL;
  GtkWindow *question = NULL;

  job_gate_open (fixture->gate, NULL);
  await_end (fixture->job, ENGRAM_JOB_DONE);
  g_action_group_activate_action (G_ACTION_GROUP (test_application ()), "new", NULL);
  wait_until (test_count_windows () == 2 && test_get_window () != fixture->window &&
              engram_window_get_state (test_get_window ()) == ENGRAM_WINDOW_NETWORK);
  window = test_get_window ();
  wait_until (engram_network_page_get_session (engram_window_get_page (window)) != NULL);
  job = engram_session_write (engram_network_page_get_session (engram_window_get_page (window)), "Importing",
                              job_gate_pass, job_gate_ref (gate), job_gate_unref, ENGRAM_WRITE_NONE);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (gtk_widget_get_mapped (window->jobs_dialog));
  click (window->jobs_dialog, "Close _When Done");
  job_gate_open (gate, "Import 3 neurons");
  for (GListModel *windows = gtk_window_get_toplevels (); question == NULL;)
    {
      g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

          if (ADW_IS_MESSAGE_DIALOG (other) &&
              g_strcmp0 (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (other)), "Save the Network?") == 0)
            question = other;
        }
    }
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (question)));
  click (question, "_Discard");
  wait_until (test_count_windows () == 1);
}

/* The header's button, and its popover by the action, whether there is room for it or not. */
static void
test_popover (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *popover = engram_jobs_button_get_popover (fixture->window->jobs_button);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window->jobs_button)));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "jobs", NULL);
  wait_until (gtk_widget_get_mapped (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  job_gate_fail (fixture->gate, "The disk is full.");
  await_end (fixture->job, ENGRAM_JOB_FAILED);
  g_assert_nonnull (engram_dialog_find (GTK_WINDOW (fixture->window), ENGRAM_TYPE_FAILURE_DIALOG));
}

/* How a job of a dialog that was closed has ended is told by a toast. */
static void
test_toast (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (EngramJob) job =
    engram_session_read (get_session (fixture), "Backing up", job_gate_pass, job_gate_ref (fixture->gate),
                         job_gate_unref);
  GtkWidget *toast;
  AdwToast *shown = NULL;

  job_gate_open (fixture->gate, "Backed up 5 neurons");
  await_end (job, ENGRAM_JOB_DONE);
  await_end (fixture->job, ENGRAM_JOB_DONE);
  wait_until ((toast = test_find_widget (fixture->window, g_type_from_name ("AdwToastWidget"))) != NULL);
  g_object_get (toast, "toast", &shown, NULL);
  g_assert_cmpstr (adw_toast_get_title (shown), ==, "Backed up 5 neurons");
  g_object_unref (shown);
}

#define ADD(name, test) g_test_add ("/window-jobs/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) home = test_create_home ();

  g_test_init (&argc, &argv, NULL);
  ADD ("keep-open", test_keep_open);
  ADD ("cancel-and-close", test_cancel_and_close);
  ADD ("when-done", test_when_done);
  ADD ("thought-better", test_thought_better);
  ADD ("ends-while-asked", test_ends_while_asked);
  ADD ("fails", test_fails);
  ADD ("fails-while-asked", test_fails_while_asked);
  ADD ("quit", test_quit);
  ADD ("several", test_several);
  ADD ("disposable", test_disposable);
  ADD ("small-goes-on", test_small_goes_on);
  ADD ("untitled", test_untitled);
  ADD ("popover", test_popover);
  ADD ("toast", test_toast);
  return g_test_run ();
}
