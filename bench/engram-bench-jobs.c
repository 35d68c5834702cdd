/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "main-loop-watch.h"
#include "page-bench.h"
#include "processor-time.h"

#include <backups/engram-backup-plan.h>
#include <common/engram-settings.h>
#include <dialogs/backups/engram-backup-work.h>
#include <dialogs/backups/engram-backups-dialog.h>
#include <dialogs/comparison/engram-comparison-dialog.h>
#include <dialogs/export/engram-export-dialog.h>
#include <dialogs/import/engram-import-dialog.h>
#include <dialogs/integrity/engram-integrity-dialog.h>
#include <dialogs/prune/engram-prune-dialog.h>
#include <engram-timing.h>

/* engram-bench-jobs JOB FILE [OTHER [FRACTION]]: opens a network in the page that the program shows it in, and has
 * one long job done by its dialog, as a person would: prints how long the job took ("seconds", and "processor" of all
 * threads), and how long the main loop was held at longest meanwhile ("held", and "busy" in processor time) and
 * before that, by the dialog ("held-opening", "busy-opening"), in milliseconds.
 *
 * JOB: prune, check, backup, verify, restore, compare, export, import-check or import. OTHER: the backup, the other
 * network, the document. FILE is written to by prune, restore and import. Where a FRACTION is given, the job is
 * cancelled when so much of it is done, and how long that took is printed ("cancel", in seconds). */

/* What a page does in the background has begun, and mostly ended. */
#define SETTLING_SECONDS 3
/* Frames that are drawn after a job has ended belong to it. */
#define LAST_FRAMES 30

typedef struct _JobBench JobBench;

/* Task:
 * @name: of the job
 * @present: shows the dialog
 * @buttons: labels of what is to be pressed in it, one after the other, as soon as that is possible
 * @n_jobs: how many jobs are started by that; the last one is measured */
typedef struct {
  const char *name;
  void      (*present) (JobBench *bench);
  const char *buttons[3];
  guint       n_jobs;
} Task;

struct _JobBench {
  PageBench    bench;
  const Task  *task;
  const char  *other;
  gboolean     opened;
  gboolean     presented;
  gboolean     is_new;    /* a job has been added since the last frame */
  gint64       settled;   /* when it has, or 0 */
  guint        n_pressed;
  guint        n_ended;
  EngramJob   *job;       /* the last one of the dialog's */
  double       cancel_at; /* a fraction; above 1: never */
  double       processor; /* seconds of all threads, when the job began */
  gint64       cancelled; /* when it was, or 0 */
  double       cancel_seconds;
};

static EngramSession *
get_session (JobBench *self)
{
  return engram_network_page_get_session (self->bench.page);
}

static GtkWindow *
get_window (JobBench *self)
{
  return GTK_WINDOW (self->bench.window);
}

/* Dialogs */

static void
present_prune (JobBench *self)
{
  engram_prune_dialog_present (get_window (self), get_session (self));
}

static void
present_check (JobBench *self)
{
  engram_integrity_dialog_present (get_window (self), get_session (self));
}

static void
present_backup (JobBench *self)
{
  engram_backups_dialog_present_creating (get_window (self), get_session (self));
}

static void
present_compare (JobBench *self)
{
  engram_comparison_dialog_present (get_window (self), get_session (self), self->other);
}

static void
present_export (JobBench *self)
{
  EngramExportDialog *dialog = engram_export_dialog_present (get_window (self), get_session (self), NULL,
                                                             ENGRAM_EXPORT_ALL);
  g_autoptr (GFile) file = g_file_new_for_path (self->other);

  engram_export_dialog_export (dialog, file);
}

static void
present_import (JobBench *self)
{
  const char *const paths[] = { self->other, NULL };

  engram_import_dialog_present (get_window (self), get_session (self), paths);
}

/* What a row of the list of backups leads to: the job alone, followed by a dialog. */
static void
follow (JobBench          *self,
        const char        *title,
        EngramSessionFunc  func,
        gboolean           writes)
{
  EngramDialog *dialog = g_object_new (ENGRAM_TYPE_DIALOG, NULL);
  EngramBackupWork *work =
    engram_backup_work_new (engram_database_get_path (engram_session_get_database (get_session (self))), self->other);
  g_autoptr (EngramJob) job = NULL;

  engram_dialog_add_page (dialog, "page", title, gtk_label_new (title), NULL, ENGRAM_DIALOG_PAGE_STEP);
  engram_dialog_present (dialog, get_window (self), get_session (self));
  job = writes ? engram_session_write (get_session (self), title, func, work,
                                       (GDestroyNotify) engram_backup_work_unref, ENGRAM_WRITE_REPLACES)
               : engram_session_read (get_session (self), title, func, work,
                                      (GDestroyNotify) engram_backup_work_unref);
  engram_dialog_follow (dialog, job, ENGRAM_DIALOG_GOES_ON, NULL, NULL, NULL);
}

static void
present_verify (JobBench *self)
{
  follow (self, "Verifying", engram_backup_work_verify, FALSE);
}

static void
present_restore (JobBench *self)
{
  follow (self, "Restoring", engram_backup_work_restore, TRUE);
}

static const Task tasks[] = {
  { "prune", present_prune, { "_Prune" }, 1 },
  { "check", present_check, { NULL }, 1 },
  { "backup", present_backup, { "_Create" }, 1 },
  { "verify", present_verify, { NULL }, 1 },
  { "restore", present_restore, { NULL }, 1 },
  { "compare", present_compare, { NULL }, 1 },
  { "export", present_export, { NULL }, 1 },
  { "import-check", present_import, { "C_heck" }, 1 },
  { "import", present_import, { "C_heck", "_Import" }, 2 },
};

/* Presses a button of a label that can be pressed. */
static gboolean
press (GtkWidget  *widget,
       const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    {
      g_signal_emit_by_name (widget, "clicked");
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (press (child, label))
      return TRUE;
  return FALSE;
}

static gboolean
press_in_dialog (const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ENGRAM_IS_DIALOG (window) && press (window, label))
        return TRUE;
    }
  return FALSE;
}

/* The job */

static void
ended_cb (JobBench  *self,
          EngramJob *job)
{
  if (self->cancelled > 0)
    self->cancel_seconds = (g_get_monotonic_time () - self->cancelled) / (double) G_USEC_PER_SEC;
  self->processor = processor_time_get () - self->processor;
  self->n_ended++;
  self->bench.n_frames = 0;
}

static void
fraction_cb (JobBench   *self,
             GParamSpec *pspec,
             EngramJob  *job)
{
  /* The job before it, as an import's check, goes to its end. */
  if (self->n_ended + 1 < self->task->n_jobs || self->cancelled > 0 ||
      engram_job_get_fraction (job) < self->cancel_at || !engram_job_is_active (job))
    return;
  self->cancelled = g_get_monotonic_time ();
  engram_job_cancel (job);
}

/* Jobs of the program's own making go on beside it. */
static void
job_added_cb (JobBench  *self,
              EngramJob *job)
{
  if (!self->presented || engram_job_is_background (job))
    return;
  g_set_object (&self->job, job);
  self->is_new = TRUE;
  self->processor = processor_time_get ();
  g_signal_connect_swapped (job, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect_swapped (job, "notify::fraction", G_CALLBACK (fraction_cb), self);
}

static void
finish (JobBench *self)
{
  MainLoopHolds holds = main_loop_watch_take ();

  if (engram_job_get_state (self->job) == ENGRAM_JOB_FAILED)
    {
      page_bench_fail (&self->bench, engram_job_get_error (self->job));
      return;
    }
  page_bench_print ("seconds", NULL, engram_job_get_seconds (self->job));
  page_bench_print ("processor", NULL, self->processor);
  if (self->cancelled > 0)
    page_bench_print ("cancel", NULL, self->cancel_seconds);
  page_bench_print ("held", NULL, holds.longest);
  page_bench_print ("busy", NULL, holds.busy);
  page_bench_print_memory ("resident", NULL, "VmHWM");
  page_bench_finish (&self->bench);
}

/* What is measured from now on belongs to the last job. */
static void
begin_job (JobBench *self)
{
  MainLoopHolds holds = main_loop_watch_take ();

  self->is_new = FALSE;
  page_bench_print ("held", "opening", holds.longest);
  page_bench_print ("busy", "opening", holds.busy);
}

static void
first_rows (PageBench *bench)
{
  JobBench *self = (JobBench *) bench;

  self->settled = g_get_monotonic_time () + SETTLING_SECONDS * G_USEC_PER_SEC;
  g_signal_connect_swapped (get_session (self), "job-added", G_CALLBACK (job_added_cb), self);
}

static void
begin (JobBench *self)
{
  main_loop_watch_take ();
  self->presented = TRUE;
  self->task->present (self);
}

static void
frame (PageBench *bench)
{
  JobBench *self = (JobBench *) bench;
  const char *button = self->task->buttons[self->n_pressed];

  if (self->is_new)
    begin_job (self);
  if (!self->opened)
    {
      self->opened = TRUE;
      g_settings_set_boolean (engram_settings_get (), "text-index", FALSE);
      page_bench_open (bench);
    }
  else if (!self->presented && self->settled > 0 && g_get_monotonic_time () > self->settled)
    begin (self);
  else if (self->presented && button != NULL && press_in_dialog (button))
    self->n_pressed++;
  else if (self->n_ended == self->task->n_jobs && bench->n_frames >= LAST_FRAMES)
    finish (self);
}

int
main (int    argc,
      char **argv)
{
  JobBench self = { .bench = { "engram-bench-jobs", frame, first_rows } };
  char *arguments[3] = { argv[0], NULL, NULL };
  int result;

  for (gsize i = 0; argc > 2 && i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (tasks[i].name, argv[1]))
      self.task = &tasks[i];
  if (self.task == NULL)
    {
      g_printerr ("engram-bench-jobs JOB FILE [OTHER [FRACTION]]\n");
      return 2;
    }
  arguments[1] = argv[2];
  self.other = argc > 3 && *argv[3] != '\0' ? argv[3] : NULL;
  self.cancel_at = argc > 4 ? g_ascii_strtod (argv[4], NULL) : 2;
  result = page_bench_run (&self.bench, 2, arguments);
  g_clear_object (&self.job);
  return result;
}
