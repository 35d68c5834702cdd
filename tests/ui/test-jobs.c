/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-status-label.h"
#include "job-support.h"
#include "jobs/engram-job-bar.h"
#include "jobs/engram-job-row.h"
#include "jobs/engram-jobs-button.h"
#include "jobs/engram-jobs-popover.h"
#include "widget-support.h"

/* The button and the bar of the jobs, over one list. */
typedef struct {
  EngramJobList    *jobs;
  EngramJobsButton *button;
  EngramJobBar     *bar;
  GtkWindow        *window;
  guint             n_jobs_shown; /* how many times all were asked for */
  EngramJob        *explained;    /* what was asked for more about, or NULL */
} Screen;

static void
show_jobs_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       screen)
{
  ((Screen *) screen)->n_jobs_shown++;
}

static void
failure_activated_cb (Screen    *screen,
                      EngramJob *job)
{
  g_set_object (&screen->explained, job);
}

static void
set_up (Screen        *screen,
        gconstpointer  data)
{
  static const GActionEntry entries[] = { { "jobs", show_jobs_cb } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  screen->jobs = engram_job_list_new ();
  screen->button = ENGRAM_JOBS_BUTTON (engram_jobs_button_new ());
  screen->bar = ENGRAM_JOB_BAR (engram_job_bar_new ());
  engram_jobs_button_set_jobs (screen->button, screen->jobs);
  g_signal_connect_swapped (screen->button, "failure-activated", G_CALLBACK (failure_activated_cb), screen);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), screen);
  gtk_widget_insert_action_group (box, "win", G_ACTION_GROUP (actions));
  gtk_widget_set_halign (GTK_WIDGET (screen->button), GTK_ALIGN_END);
  gtk_widget_set_vexpand (GTK_WIDGET (screen->button), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (screen->button));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (screen->bar));
  screen->window = widget_test_show (box, GPOINTER_TO_INT (data), 600);
}

static void
tear_down (Screen        *screen,
           gconstpointer  data)
{
  gtk_window_destroy (screen->window);
  g_clear_object (&screen->explained);
  g_object_unref (screen->jobs);
}

static EngramJob *
start (Screen     *screen,
       JobGate    *gate,
       const char *title)
{
  EngramJob *job = job_gate_start_job (gate, title);

  engram_job_list_add (screen->jobs, job);
  engram_job_bar_add (screen->bar, job);
  return job;
}

static void
await_end (EngramJob      *job,
           EngramJobState  expected)
{
  wait_until (!engram_job_is_active (job));
  g_assert_cmpint (engram_job_get_state (job), ==, expected);
}

static GtkWidget *
open_popover (Screen *screen)
{
  GtkWidget *popover = engram_jobs_button_get_popover (screen->button);

  engram_jobs_button_popup (screen->button);
  wait_until (gtk_widget_get_mapped (popover));
  widget_test_draw (popover);
  return popover;
}

static void
assert_button_says (Screen     *screen,
                    const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (screen->button));
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (button),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  g_assert_cmpstr (wrong, ==, NULL);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, name);
}

static EngramJobRow *
get_row (GtkWidget *popover,
         int        position)
{
  GtkListBox *list = widget_test_find (popover, GTK_TYPE_LIST_BOX);

  return ENGRAM_JOB_ROW (gtk_list_box_get_row_at_index (list, position));
}

/* The button under a widget whose accessible name is that. */
static GtkWidget *
find_button (gpointer    widget,
             const char *tooltip_or_label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      (g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip_or_label) == 0 ||
       g_strcmp0 (gtk_button_get_label (widget), tooltip_or_label) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, tooltip_or_label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (gpointer    widget,
       const char *tooltip_or_label)
{
  GtkWidget *button = find_button (widget, tooltip_or_label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_bar_shown (Screen *screen)
{
  return gtk_revealer_get_reveal_child (widget_test_find (screen->bar, GTK_TYPE_REVEALER));
}

/* There while there is something to tell. */
static void
test_button (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (JobGate) first_gate = job_gate_new (), second_gate = job_gate_new ();
  g_autoptr (EngramJob) first = NULL, second = NULL;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (screen->button)));
  first = start (screen, first_gate, "Importing");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (screen->button)));
  assert_button_says (screen, "1 job running");
  second = start (screen, second_gate, "Exporting");
  assert_button_says (screen, "2 jobs running");
  assert_shows (screen->button, "2");
  job_gate_open (first_gate, NULL);
  await_end (first, ENGRAM_JOB_DONE);
  assert_button_says (screen, "1 job running");
  engram_job_cancel (second);
  await_end (second, ENGRAM_JOB_CANCELLED);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (screen->button)));
  engram_jobs_button_set_has_room (screen->button, TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (screen->button)));
  assert_button_says (screen, "Jobs");
}

/* A failure stays to be seen until somebody has looked. */
static void
test_button_of_failure (Screen        *screen,
                        gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = start (screen, gate, "Importing");
  GtkWidget *popover;

  job_gate_fail (gate, "The disk is full.");
  await_end (job, ENGRAM_JOB_FAILED);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (screen->button)));
  assert_button_says (screen, "A job has failed");
  popover = open_popover (screen);
  gtk_popover_popdown (GTK_POPOVER (popover));
  wait_until (!gtk_widget_get_visible (GTK_WIDGET (screen->button)));
}

static void
test_popover (Screen        *screen,
              gconstpointer  data)
{
  g_autoptr (JobGate) first_gate = job_gate_new (), second_gate = job_gate_new ();
  g_autoptr (EngramJob) first = start (screen, first_gate, "Importing 3 documents");
  g_autoptr (EngramJob) second = job_gate_new_job (second_gate, "Pruning");
  GtkWidget *popover;

  engram_job_set_waiting_for (second, first);
  engram_job_list_add (screen->jobs, second);
  job_gate_report (first_gate, "Writing neurons", 0.25);
  wait_until (engram_job_get_fraction (first) == 0.25);
  popover = open_popover (screen);
  assert_shows (popover, "Importing 3 documents\nWriting neurons\n");
  assert_shows (popover, "Pruning\nWaiting for “Importing 3 documents”\n");
  widget_test_assert_names (popover);
  g_assert_null (find_button (popover, "C_lear History"));

  /* One that waits is gone at once. */
  click (popover, "Cancel “Pruning”");
  g_assert_cmpint (engram_job_get_state (second), ==, ENGRAM_JOB_CANCELLED);
  assert_shows (popover, "Pruning\nCancelled\n");
  g_assert_true (engram_job_row_get_job (get_row (popover, 0)) == first);
  g_assert_true (engram_job_row_get_job (get_row (popover, 1)) == second);
  job_gate_open (first_gate, "12 neurons imported");
  await_end (first, ENGRAM_JOB_DONE);
  assert_shows (popover, "Importing 3 documents\n12 neurons imported\n");
  assert_shows (popover, "took less than a second");
  g_assert_true (engram_job_row_get_job (get_row (popover, 0)) == first);

  /* There is nothing to be said but what stands there. */
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (get_row (popover, 0))));
  click (popover, "C_lear History");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (screen->jobs)), ==, 0);
  assert_shows (popover, "Nothing has been done yet");
}

/* Within a second, as one waits for it. */
static void
test_cancel (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = start (screen, gate, "Importing");
  GtkWidget *popover = open_popover (screen);

  click (popover, "Cancel “Importing”");
  assert_shows (popover, "Cancelling…");
  g_assert_false (gtk_widget_get_sensitive (find_button (popover, "Cancel “Importing”")));
  await_end (job, ENGRAM_JOB_CANCELLED);
  assert_shows (popover, "Cancelled");
}

static void
test_failure (Screen        *screen,
              gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = start (screen, gate, "Importing");
  GtkWidget *popover = open_popover (screen);

  job_gate_fail (gate, "There is no space left on the disk.");
  await_end (job, ENGRAM_JOB_FAILED);
  assert_shows (popover, "There is no space left on the disk.");
  g_signal_emit_by_name (get_row (popover, 0), "activate");
  g_assert_true (screen->explained == job);
  wait_until (!gtk_widget_get_visible (popover));
}

/* Of the program's own making: seen while it runs, and no more. */
static void
test_background (Screen        *screen,
                 gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new (), failing_gate = job_gate_new ();
  g_autoptr (EngramJob) job = job_gate_start_job (gate, "Indexing");
  g_autoptr (EngramJob) failing = job_gate_start_job (failing_gate, "Indexing");

  engram_job_set_background (job, TRUE);
  engram_job_set_background (failing, TRUE);
  engram_job_list_add (screen->jobs, job);
  engram_job_list_add (screen->jobs, failing);
  g_assert_cmpuint (engram_job_list_get_n_active (screen->jobs), ==, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (screen->button)));
  job_gate_open (gate, NULL);
  await_end (job, ENGRAM_JOB_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (screen->jobs)), ==, 1);
  job_gate_fail (failing_gate, "No.");
  await_end (failing, ENGRAM_JOB_FAILED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (screen->jobs)), ==, 1);
}

/* A hundred stay. */
static void
test_history_ends (Screen        *screen,
                   gconstpointer  data)
{
  g_autoptr (EngramJob) newest = NULL;

  for (guint i = 0; i < 101; i++)
    {
      g_autoptr (JobGate) gate = job_gate_new ();
      g_autofree char *title = g_strdup_printf ("Job %u", i);
      g_autoptr (EngramJob) job = job_gate_new_job (gate, title);

      engram_job_list_add (screen->jobs, job);
      engram_job_cancel (job);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (screen->jobs)), ==, 100);
  newest = g_list_model_get_item (G_LIST_MODEL (screen->jobs), 0);
  g_assert_cmpstr (engram_job_get_title (newest), ==, "Job 100");
}

/* The bar */

static void
test_bar (Screen        *screen,
          gconstpointer  data)
{
  g_autoptr (JobGate) first_gate = job_gate_new (), second_gate = job_gate_new ();
  g_autoptr (EngramJob) first = start (screen, first_gate, "Importing"), second = NULL;

  g_assert_false (is_bar_shown (screen));
  wait_until (is_bar_shown (screen));
  job_gate_report (first_gate, "Reading", 0.5);
  wait_until (engram_job_get_fraction (first) == 0.5);
  widget_test_draw (GTK_WIDGET (screen->bar));
  assert_shows (screen->bar, "Importing: Reading");
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (widget_test_find (screen->bar, GTK_TYPE_PROGRESS_BAR)), ==, 0.5);
  widget_test_assert_names (screen->bar);

  /* Of several: which, and the way to all of them. */
  second = start (screen, second_gate, "Exporting");
  assert_shows (screen->bar, "2 jobs: Importing, Exporting");
  g_assert_null (find_button (screen->bar, "_Cancel"));
  click (screen->bar, "S_how All");
  g_assert_cmpuint (screen->n_jobs_shown, ==, 1);
  engram_job_cancel (second);
  await_end (second, ENGRAM_JOB_CANCELLED);
  click (screen->bar, "_Cancel");
  await_end (first, ENGRAM_JOB_CANCELLED);
  g_assert_false (is_bar_shown (screen));
}

/* A dialog shows it; when that is closed, the bar does. */
static void
test_bar_of_attended (Screen        *screen,
                      gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new (), other_gate = job_gate_new ();
  g_autoptr (EngramJob) job = start (screen, gate, "Importing"), other = NULL;

  wait_until (is_bar_shown (screen));
  engram_job_set_attended (job, TRUE);
  g_assert_false (is_bar_shown (screen));
  engram_job_set_attended (job, FALSE);
  wait_until (is_bar_shown (screen));
  widget_test_draw (GTK_WIDGET (screen->bar));

  /* Beside it, nothing is said of what the program does for itself. */
  other = job_gate_start_job (other_gate, "Indexing");
  engram_job_set_background (other, TRUE);
  engram_job_bar_add (screen->bar, other);
  assert_shows (screen->bar, "Importing");
  engram_job_cancel (job);
  await_end (job, ENGRAM_JOB_CANCELLED);
  assert_shows (screen->bar, "Indexing");
  engram_job_cancel (other);
  await_end (other, ENGRAM_JOB_CANCELLED);
}

/* All of it fits into a narrow window. */
static void
test_narrow (Screen        *screen,
             gconstpointer  data)
{
  g_autoptr (JobGate) gate = job_gate_new ();
  g_autoptr (EngramJob) job = start (screen, gate, "Importing documents with names that are long and go on and on");
  GtkWidget *popover = open_popover (screen);
  int minimum;

  gtk_widget_measure (popover, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  wait_until (is_bar_shown (screen));
  gtk_widget_measure (GTK_WIDGET (screen->bar), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  engram_job_cancel (job);
  await_end (job, ENGRAM_JOB_CANCELLED);
}

/* What changes by itself is called by its text. */
static void
test_status_label (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (g_object_new (GTK_TYPE_LABEL, "accessible-role",
                                                                 GTK_ACCESSIBLE_ROLE_STATUS, "label", "Reading", NULL));

  engram_status_label_set_up (GTK_LABEL (label));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, "Reading");
  gtk_label_set_text (GTK_LABEL (label), "Writing");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, "Writing");
}

#define WIDE GINT_TO_POINTER (800)
#define NARROW GINT_TO_POINTER (360)

int
main (int    argc,
      char **argv)
{
  widget_test_init (&argc, &argv);

  g_test_add ("/jobs/button", Screen, WIDE, set_up, test_button, tear_down);
  g_test_add ("/jobs/button-of-failure", Screen, WIDE, set_up, test_button_of_failure, tear_down);
  g_test_add ("/jobs/popover", Screen, WIDE, set_up, test_popover, tear_down);
  g_test_add ("/jobs/cancel", Screen, WIDE, set_up, test_cancel, tear_down);
  g_test_add ("/jobs/failure", Screen, WIDE, set_up, test_failure, tear_down);
  g_test_add ("/jobs/background", Screen, WIDE, set_up, test_background, tear_down);
  g_test_add ("/jobs/history-ends", Screen, WIDE, set_up, test_history_ends, tear_down);
  g_test_add ("/jobs/bar", Screen, WIDE, set_up, test_bar, tear_down);
  g_test_add ("/jobs/bar-of-attended", Screen, WIDE, set_up, test_bar_of_attended, tear_down);
  g_test_add_func ("/jobs/status-label", test_status_label);
  g_test_add ("/jobs/narrow", Screen, NARROW, set_up, test_narrow, tear_down);
  return g_test_run ();
}
