/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/backups/engram-backup-work.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "jobs/engram-job-amount.h"
#include "jobs/engram-job-part.h"

/* How long a damaged file may take to be closed. */
#define MAX_TRIES 30
#define MILLISECONDS_BETWEEN_TRIES 100

EngramBackupWork *
engram_backup_work_new (const char *path,
                        const char *backup)
{
  EngramBackupWork *self = g_atomic_rc_box_new0 (EngramBackupWork);

  self->plan = engram_backup_plan_new ();
  self->path = g_strdup (path);
  self->backups = g_ptr_array_new_with_free_func (g_free);
  if (backup != NULL)
    g_ptr_array_add (self->backups, g_strdup (backup));
  return self;
}

EngramBackupWork *
engram_backup_work_ref (EngramBackupWork *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
work_clear (gpointer data)
{
  EngramBackupWork *self = data;

  g_clear_pointer (&self->plan, engram_backup_plan_free);
  g_free (self->path);
  g_free (self->note);
  g_ptr_array_unref (self->backups);
  g_clear_pointer (&self->backup, engram_backup_free);
  g_clear_object (&self->found);
  g_clear_pointer (&self->comparison, engram_comparison_unref);
  g_free (self->problem);
  g_clear_pointer (&self->report, engram_restore_report_free);
}

void
engram_backup_work_unref (EngramBackupWork *self)
{
  g_atomic_rc_box_release_full (self, work_clear);
}

gboolean
engram_backup_work_create (EngramJob      *job,
                           EngramDatabase *database,
                           EngramHistory  *history,
                           gpointer        work,
                           GCancellable   *cancellable,
                           GError        **error)
{
  EngramBackupWork *self = work;
  g_autofree char *outcome = NULL;

  engram_job_set_amount (job, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES);
  self->backup = engram_backup_plan_make (self->plan, database, ENGRAM_BACKUP_REASON_MANUAL, self->note,
                                          engram_job_progress, job, cancellable, error);
  if (self->backup == NULL)
    return FALSE;
  /* Translators: the name of a backup. */
  outcome = g_strdup_printf (_("Backup “%s” was made and verified"), self->backup->name);
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

static double
measure_backups (EngramBackupWork *self)
{
  double bytes = 0;

  for (guint i = 0; i < self->backups->len; i++)
    bytes += engram_measure_file (g_ptr_array_index (self->backups, i));
  return bytes;
}

/* FALSE only where it was cancelled. */
static gboolean
verify_one (EngramBackupWork *self,
            const char       *path,
            EngramJobPart    *part,
            GCancellable     *cancellable,
            GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  EngramBackupStatus status;

  if (!engram_backup_verify (path, &status, NULL, engram_job_part_progress, part, cancellable, &local_error))
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_free (self->problem);
      self->problem = g_strdup (local_error->message);
      self->n_bad++;
    }
  else if (status == ENGRAM_BACKUP_GOOD)
    self->n_good++;
  else if (status == ENGRAM_BACKUP_UNKNOWN)
    self->n_unknown++;
  else
    self->n_bad++;
  return TRUE;
}

gboolean
engram_backup_work_verify (EngramJob      *job,
                           EngramDatabase *database,
                           EngramHistory  *history,
                           gpointer        work,
                           GCancellable   *cancellable,
                           GError        **error)
{
  EngramBackupWork *self = work;
  double bytes = measure_backups (self), done = 0;

  engram_job_set_amount (job, bytes, ENGRAM_JOB_UNIT_BYTES);
  for (guint i = 0; i < self->backups->len; i++)
    {
      const char *path = g_ptr_array_index (self->backups, i);
      double there = done + engram_measure_file (path);
      EngramJobPart part = { job, done / MAX (bytes, 1), MIN (there / MAX (bytes, 1), 1) };

      if (!verify_one (self, path, &part, cancellable, error))
        return FALSE;
      done = there;
    }
  return TRUE;
}

gboolean
engram_backup_work_delete (EngramJob      *job,
                           EngramDatabase *database,
                           EngramHistory  *history,
                           gpointer        work,
                           GCancellable   *cancellable,
                           GError        **error)
{
  EngramBackupWork *self = work;
  g_autofree char *outcome = NULL;

  for (; self->n_good < self->backups->len; self->n_good++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !engram_backup_delete (g_ptr_array_index (self->backups, self->n_good), error))
      return FALSE;
  outcome = g_strdup_printf (ngettext ("%u backup was deleted", "%u backups were deleted", self->n_good),
                             self->n_good);
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

static const char *
get_only_backup (EngramBackupWork *self)
{
  return g_ptr_array_index (self->backups, 0);
}

/* Whether it is the backup that is at fault where something is damaged. */
static gboolean
is_backup_bad (EngramBackupWork *self,
               GCancellable     *cancellable)
{
  EngramBackupStatus status;

  return !engram_backup_verify (get_only_backup (self), &status, NULL, NULL, NULL, cancellable, NULL) ||
         status == ENGRAM_BACKUP_DAMAGED;
}

/* Takes an error that says that the network itself is damaged. */
static gboolean
take_damage (EngramBackupWork *self,
             GCancellable     *cancellable,
             GError          **error)
{
  if (!g_error_matches (*error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED) || is_backup_bad (self, cancellable))
    return FALSE;
  self->is_damaged = TRUE;
  self->problem = g_strdup ((*error)->message);
  g_clear_error (error);
  return TRUE;
}

static gboolean
compare (EngramBackupWork *self,
         EngramJob        *job,
         EngramDatabase   *database,
         GCancellable     *cancellable,
         GError          **error)
{
  g_autoptr (EngramDatabase) other = engram_database_open (get_only_backup (self), cancellable, error);
  g_autoptr (EngramBackup) backup = NULL;
  gboolean is_own;

  if (other == NULL)
    return FALSE;
  backup = engram_backup_read (get_only_backup (self), error);
  if (backup == NULL || !engram_backup_matches (backup, database, &is_own, cancellable, error))
    return FALSE;
  self->is_other = !is_own;
  engram_job_set_amount (job, engram_measure_network (database) + measure_backups (self), ENGRAM_JOB_UNIT_BYTES);
  self->comparison = engram_comparison_new (database, other, engram_job_progress, job, cancellable, error);
  return self->comparison != NULL;
}

gboolean
engram_backup_work_compare (EngramJob      *job,
                            EngramDatabase *database,
                            EngramHistory  *history,
                            gpointer        work,
                            GCancellable   *cancellable,
                            GError        **error)
{
  EngramBackupWork *self = work;
  g_autoptr (GError) local_error = NULL;

  if (compare (self, job, database, cancellable, &local_error) || take_damage (self, cancellable, &local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
tell_restored (EngramJob                 *job,
               const EngramRestoreReport *report)
{
  g_autofree char *outcome =
    g_strdup_printf (ngettext ("Restore a network of %" PRIu64 " neuron",
                               "Restore a network of %" PRIu64 " neurons", report->neurons), report->neurons);

  engram_job_set_outcome (job, outcome, FALSE);
}

gboolean
engram_backup_work_restore (EngramJob      *job,
                            EngramDatabase *database,
                            EngramHistory  *history,
                            gpointer        work,
                            GCancellable   *cancellable,
                            GError        **error)
{
  EngramBackupWork *self = work;
  g_autoptr (GError) local_error = NULL;

  engram_job_set_amount (job, measure_backups (self), ENGRAM_JOB_UNIT_BYTES);
  self->report = engram_restore (database, get_only_backup (self), self->plan->folder, history, engram_job_progress,
                                 job, cancellable, &local_error);
  if (self->report != NULL)
    tell_restored (job, self->report);
  else if (!take_damage (self, cancellable, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* In the preferred folder, then beside the network: it may have been preferred only lately. */
static EngramBackup *
find_good (EngramBackupWork *self,
           EngramJob        *job,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  EngramBackup *backup = engram_restore_find_good (self->path, self->plan->folder, NULL, engram_job_progress, job,
                                                   cancellable, &local_error);

  if (backup == NULL && local_error == NULL && self->plan->folder != NULL)
    backup = engram_restore_find_good (self->path, NULL, NULL, engram_job_progress, job, cancellable, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return backup;
}

gboolean
engram_backup_work_find (EngramJob      *job,
                         EngramDatabase *database,
                         EngramHistory  *history,
                         gpointer        work,
                         GCancellable   *cancellable,
                         GError        **error)
{
  EngramBackupWork *self = work;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) local_error = NULL;

  if (self->plan->folder != NULL && !engram_backup_check_folder (self->plan->folder, error))
    return FALSE;
  backup = find_good (self, job, cancellable, &local_error);
  if (backup != NULL)
    self->found = engram_backup_item_new (backup, TRUE);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* FALSE where it is cancelled, or there is no use in waiting any longer. */
static gboolean
wait_for_file (EngramJob    *job,
               guint         try,
               GCancellable *cancellable)
{
  GPollFD descriptor;

  if (try >= MAX_TRIES || !g_cancellable_make_pollfd (cancellable, &descriptor))
    return FALSE;
  engram_job_progress (_("Waiting until the damaged file is closed"), 0, job);
  g_poll (&descriptor, 1, MILLISECONDS_BETWEEN_TRIES);
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

/* The window that has shown the file closes it in a worker of its own. */
static EngramRestoreReport *
restore_unreadable (EngramBackupWork *self,
                    EngramJob        *job,
                    GCancellable     *cancellable,
                    GError          **error)
{
  for (guint try = 0;; try++)
    {
      g_autoptr (GError) local_error = NULL;
      EngramRestoreReport *report = engram_restore_unreadable (self->path, get_only_backup (self), engram_job_progress,
                                                               job, cancellable, &local_error);

      if (report != NULL || !g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY) ||
          !wait_for_file (job, try, cancellable))
        {
          if (local_error != NULL)
            g_propagate_error (error, g_steal_pointer (&local_error));
          return report;
        }
    }
}

gboolean
engram_backup_work_restore_unreadable (EngramJob      *job,
                                       EngramDatabase *database,
                                       EngramHistory  *history,
                                       gpointer        work,
                                       GCancellable   *cancellable,
                                       GError        **error)
{
  EngramBackupWork *self = work;

  engram_job_set_amount (job, measure_backups (self), ENGRAM_JOB_UNIT_BYTES);
  self->report = restore_unreadable (self, job, cancellable, error);
  if (self->report != NULL)
    tell_restored (job, self->report);
  return self->report != NULL;
}
