/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-control.h"
#include "dialogs/engram-dialog.h"
#include "dialogs/engram-failure-dialog.h"
#include "job-support.h"
#include "widget-support.h"

/* A dialog of three pages over the window of a network. */
typedef struct {
  UiFixture     *fixture;
  EngramSession *session;
  GtkWindow     *parent;
  EngramDialog  *dialog;
  GtkWidget     *entry;  /* on its first page */
  GtkWidget     *button; /* of its first page */
  guint          n_clicked;
  guint          n_done;
  guint          n_again;
} Screen;

static void
clicked_cb (Screen *screen)
{
  screen->n_clicked++;
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  screen->fixture = ui_fixture_new (3);
  screen->session = engram_session_new (screen->fixture->database);
  screen->parent = widget_test_show (gtk_label_new ("Network"), 400, 300);
  screen->dialog = g_object_new (ENGRAM_TYPE_DIALOG, "default-width", 360, "default-height", 500, NULL);
  g_object_add_weak_pointer (G_OBJECT (screen->dialog), (gpointer *) &screen->dialog);
  screen->entry = gtk_entry_new ();
  engram_control_set_name (screen->entry, "Name");
  screen->button = gtk_button_new_with_mnemonic ("_Next");
  g_signal_connect_swapped (screen->button, "clicked", G_CALLBACK (clicked_cb), screen);
  engram_dialog_add_page (screen->dialog, "choice", "Choose", screen->entry, screen->button, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (screen->dialog, "result", "Look", gtk_label_new ("What was found"), NULL,
                          ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_add_page (screen->dialog, "end", "Done", gtk_label_new ("It is done"), NULL, ENGRAM_DIALOG_PAGE_END);
  engram_dialog_present (screen->dialog, screen->parent, screen->session);
  widget_test_draw (GTK_WIDGET (screen->dialog));
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  if (screen->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (screen->dialog));
  gtk_window_destroy (screen->parent);
  engram_session_close (screen->session);
  g_object_unref (screen->session);
  ui_fixture_free (screen->fixture);
}

static GtkWidget *
find_button (gpointer    widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (widget), label) == 0)
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
click (Screen     *screen,
       const char *label)
{
  GtkWidget *button = find_button (screen->dialog, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
shows (Screen     *screen,
       const char *text)
{
  g_autofree char *shown = widget_test_dup_text (screen->dialog);

  return strstr (shown, text) != NULL;
}

static void
done_cb (EngramDialog *dialog,
         EngramJob    *job,
         gpointer      user_data)
{
  ((Screen *) user_data)->n_done++;
  engram_dialog_show_page (dialog, "end");
}

static void
again_cb (EngramDialog *dialog,
          gpointer      user_data)
{
  ((Screen *) user_data)->n_again++;
}

static EngramJob *
follow (Screen              *screen,
        JobGate             *gate,
        EngramDialogClosing  closing)
{
  EngramJob *job = job_gate_start_job (gate, "Importing 3 documents");

  engram_dialog_follow (screen->dialog, job, closing, done_cb, again_cb, screen);
  return job;
}

static void
await_end (EngramJob      *job,
           EngramJobState  expected)
{
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, expected);
}

static void
test_pages (Screen        *screen,
            gconstpointer  data)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (screen->dialog)), ==, "Choose");
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (screen->dialog)) == screen->button);
  g_assert_null (find_button (screen->dialog, "_Back"));
  widget_test_assert_names (screen->dialog);

  engram_dialog_show_page (screen->dialog, "result");
  wait_until (shows (screen, "What was found"));
  g_assert_cmpstr (engram_dialog_get_page (screen->dialog), ==, "result");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (screen->dialog)), ==, "Look");
  g_assert_false (gtk_widget_get_visible (screen->button));
  click (screen, "_Back");
  g_assert_cmpstr (engram_dialog_get_page (screen->dialog), ==, "choice");
  g_assert_true (gtk_widget_get_visible (screen->button));

  /* From the end there is no way back. */
  engram_dialog_show_page (screen->dialog, "result");
  engram_dialog_show_page (screen->dialog, "end");
  g_assert_null (find_button (screen->dialog, "_Back"));
}

static void
test_done (Screen        *screen,
           gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON);

  g_assert_true (engram_job_is_attended (job));
  g_assert_true (engram_dialog_get_job (screen->dialog) == job);
  /* Not twice. */
  g_assert_false (gtk_widget_get_sensitive (screen->button));
  job_gate_report (gate, "Writing neurons", 0.5);
  wait_until (shows (screen, "Importing 3 documents\nWriting neurons"));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (widget_test_find (screen->dialog, GTK_TYPE_PROGRESS_BAR)), ==, 0.5);
  g_assert_null (find_button (screen->dialog, "_Next"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen->dialog)) == find_button (screen->dialog, "_Cancel"));
  widget_test_assert_names (screen->dialog);
  job_gate_open (gate, "12 neurons imported");
  await_end (job, ENGRAM_JOB_DONE);
  g_assert_cmpuint (screen->n_done, ==, 1);
  wait_until (shows (screen, "It is done"));
  g_assert_null (engram_dialog_get_job (screen->dialog));
  g_assert_true (engram_job_is_attended (job));
}

/* What is over in a moment shows no page of its own. */
static void
test_done_at_once (Screen        *screen,
                   gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = NULL;

  job_gate_open (gate, NULL);
  job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON);
  await_end (job, ENGRAM_JOB_DONE);
  g_assert_false (shows (screen, "Importing 3 documents"));
  g_assert_cmpstr (engram_dialog_get_page (screen->dialog), ==, "end");
}

static void
test_cancel (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON);

  wait_until (find_button (screen->dialog, "_Cancel") != NULL);
  click (screen, "_Cancel");
  g_assert_true (shows (screen, "Cancelling…"));
  await_end (job, ENGRAM_JOB_CANCELLED);
  g_assert_cmpuint (screen->n_done, ==, 0);
  wait_until (find_button (screen->dialog, "_Next") != NULL);
  g_assert_cmpstr (engram_dialog_get_page (screen->dialog), ==, "choice");
  g_assert_true (gtk_widget_get_sensitive (screen->button));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* What, why, what to do, and all of it to be copied. */
static void
test_failure (Screen        *screen,
              gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON);
  g_autofree char *copied = NULL;

  job_gate_report (gate, "Writing <neurons>", 0.5);
  job_gate_fail (gate, "There is no space left for “a & b”.");
  await_end (job, ENGRAM_JOB_FAILED);
  wait_until (shows (screen, "Importing 3 documents Did Not Work"));
  g_assert_true (shows (screen, "There is no space left for “a & b”."));
  g_assert_true (shows (screen, "Make space on the disk"));
  g_assert_true (engram_job_is_attended (job));
  widget_test_assert_names (screen->dialog);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (screen->dialog)) == find_button (screen->dialog, "_Try Again"));

  click (screen, "Copy _Details");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (screen->dialog)), NULL, copied_cb, &copied);
  wait_until (copied != NULL);
  g_assert_nonnull (strstr (copied, "Importing 3 documents\nWriting <neurons>\nThere is no space left for “a & b”."));
  g_assert_nonnull (strstr (copied, "Engram " ENGRAM_VERSION));
  wait_until (find_button (screen->dialog, "Copied") != NULL);

  click (screen, "_Back");
  g_assert_true (find_button (screen->dialog, "_Next") != NULL && gtk_widget_get_sensitive (screen->button));
  g_assert_cmpuint (screen->n_again, ==, 0);
}

static void
test_try_again (Screen        *screen,
                gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new (), second_gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON), second = NULL;

  job_gate_fail (gate, "No.");
  await_end (job, ENGRAM_JOB_FAILED);
  wait_until (find_button (screen->dialog, "_Try Again") != NULL);
  click (screen, "_Try Again");
  g_assert_cmpuint (screen->n_again, ==, 1);
  second = follow (screen, second_gate, ENGRAM_DIALOG_GOES_ON);
  job_gate_open (second_gate, NULL);
  await_end (second, ENGRAM_JOB_DONE);
  g_assert_cmpuint (screen->n_done, ==, 1);
}

/* A failure before there was anything to follow. */
static void
test_failure_of_no_job (Screen        *screen,
                        gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK, "It holds a picture.");

  engram_dialog_show_failure (screen->dialog, "The File Cannot Be Read", error, NULL, NULL);
  wait_until (shows (screen, "The File Cannot Be Read\nIt holds a picture.\nChoose another file."));
  g_assert_null (find_button (screen->dialog, "_Try Again"));
  click (screen, "_Back");
  wait_until (find_button (screen->dialog, "_Next") != NULL);
}

/* It goes on, and others tell of it. */
static void
test_closing_goes_on (Screen        *screen,
                      gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON);

  wait_until (find_button (screen->dialog, "_Cancel") != NULL);
  gtk_widget_activate_action (GTK_WIDGET (screen->dialog), "window.close", NULL);
  g_assert_null (screen->dialog);
  g_assert_true (engram_job_is_active (job) && !engram_job_is_cancelling (job));
  g_assert_false (engram_job_is_attended (job));
  g_assert_false (engram_job_is_disposable (job));
  job_gate_open (gate, NULL);
  await_end (job, ENGRAM_JOB_DONE);
  g_assert_cmpuint (screen->n_done, ==, 0);
}

static void
test_closing_cancels (Screen        *screen,
                      gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_CANCELS);

  g_assert_true (engram_job_is_disposable (job));
  gtk_widget_activate_action (GTK_WIDGET (screen->dialog), "window.close", NULL);
  g_assert_null (screen->dialog);
  await_end (job, ENGRAM_JOB_CANCELLED);
  g_assert_cmpuint (screen->n_done, ==, 0);
}

/* With its network, and with its window. */
static void
test_closing_with_session (Screen        *screen,
                           gconstpointer  data)
{
  g_assert_true (engram_dialog_get_session (screen->dialog) == screen->session);
  g_assert_true (engram_dialog_find (screen->parent, ENGRAM_TYPE_DIALOG) == screen->dialog);
  engram_session_close (screen->session);
  g_assert_null (screen->dialog);
  g_assert_null (engram_dialog_find (screen->parent, ENGRAM_TYPE_DIALOG));
}

/* Where no other dialog tells of it. The latest is shown. */
static void
test_failure_dialog (Screen        *screen,
                     gconstpointer  data)
{
  g_autoptr (GError) error = g_error_new_literal (ENGRAM_ERROR, ENGRAM_ERROR_BUSY, "It is locked.");
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = job_gate_start_job (gate, "Backing up");
  EngramDialog *dialog;

  job_gate_fail (gate, "The folder is gone.");
  await_end (job, ENGRAM_JOB_FAILED);
  engram_failure_dialog_present_job (screen->parent, job);
  dialog = engram_dialog_find (screen->parent, ENGRAM_TYPE_FAILURE_DIALOG);
  widget_test_draw (GTK_WIDGET (dialog));
  assert_shows (dialog, "Backing up Did Not Work\nThe folder is gone.");
  g_assert_null (find_button (dialog, "_Back"));
  g_assert_null (find_button (dialog, "_Try Again"));
  g_assert_nonnull (find_button (dialog, "Copy _Details"));
  widget_test_assert_names (dialog);
  engram_failure_dialog_present (screen->parent, "Undoing Did Not Work", error);
  g_assert_true (engram_dialog_find (screen->parent, ENGRAM_TYPE_FAILURE_DIALOG) == dialog);
  assert_shows (dialog, "It is locked.");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The pages of a job and of a failure have room in a narrow window. */
static void
test_narrow (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = follow (screen, gate, ENGRAM_DIALOG_GOES_ON);
  int minimum;

  job_gate_report (gate, "Doing something that has a very long name, with names of files and of folders in it", -1);
  wait_until (find_button (screen->dialog, "_Cancel") != NULL);
  gtk_widget_measure (GTK_WIDGET (screen->dialog), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  job_gate_fail (gate, "/a/path/that/is/so/long/that/no/window/of/360/pixels/has/room/for/it/in/one/line is gone.");
  await_end (job, ENGRAM_JOB_FAILED);
  wait_until (find_button (screen->dialog, "_Try Again") != NULL);
  gtk_widget_measure (GTK_WIDGET (screen->dialog), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

#define ADD(name, test) g_test_add ("/dialog/" name, Screen, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  ADD ("pages", test_pages);
  ADD ("done", test_done);
  ADD ("done-at-once", test_done_at_once);
  ADD ("cancel", test_cancel);
  ADD ("failure", test_failure);
  ADD ("try-again", test_try_again);
  ADD ("failure-of-no-job", test_failure_of_no_job);
  ADD ("closing-goes-on", test_closing_goes_on);
  ADD ("closing-cancels", test_closing_cancels);
  ADD ("closing-with-session", test_closing_with_session);
  ADD ("failure-dialog", test_failure_dialog);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
