/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/prune/engram-prune-job.h"

#include <glib/gi18n.h>

#include "backups/engram-backup-before.h"
#include "common/engram-text-format.h"

/* How much of the work is over once the backup is made, which reads and writes all of the network. */
#define BACKED_UP 0.9

typedef struct {
  EngramPruneDone    done;
  EngramBackupBefore backup;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  engram_backup_before_clear (&self->backup);
  g_free (self);
}

static void
tell_outcome (Work      *self,
              EngramJob *job)
{
  guint64 pruned = self->done.result.pruned;
  g_autofree char *count = engram_format_count (pruned);
  g_autofree char *outcome = pruned > 0 ? g_strdup_printf (ngettext ("Prune %s synapse", "Prune %s synapses",
                                                                     (gulong) pruned), count)
                                        : g_strdup (_("Nothing was left to prune"));

  engram_job_set_outcome (job, outcome, pruned > 0);
}

static gboolean
prune (EngramJob       *job,
       EngramDatabase  *database,
       EngramHistory   *history,
       gpointer         data,
       GCancellable    *cancellable,
       GError         **error)
{
  Work *self = data;
  double backed_up = self->backup.plan != NULL ? BACKED_UP : 0;
  EngramJobPart backup_part = { job, 0, backed_up };
  EngramJobPart part = { job, backed_up, 1, self->done.expected, ENGRAM_JOB_UNIT_SYNAPSES };

  if (!engram_backup_before_make (&self->backup, database, ENGRAM_BACKUP_REASON_BEFORE_PRUNE, &backup_part, cancellable,
                                  error))
    return FALSE;
  if (!engram_prune (database, self->done.threshold, FALSE, history, &self->done.result, engram_job_part_progress,
                     &part, cancellable, error))
    {
      engram_backup_before_drop (&self->backup);
      return FALSE;
    }
  engram_backup_before_keep (&self->backup, database);
  self->done.backup = self->backup.path;
  tell_outcome (self, job);
  return TRUE;
}

EngramJob *
engram_prune_job_start (EngramSession    *session,
                        double            threshold,
                        guint64           expected,
                        EngramBackupPlan *plan)
{
  Work *self = g_new0 (Work, 1);
  g_autofree char *count = engram_format_count (expected);
  g_autofree char *title = g_strdup_printf (ngettext ("Pruning %s synapse", "Pruning %s synapses", (gulong) expected),
                                            count);

  self->done.threshold = threshold;
  self->done.expected = expected;
  self->backup.plan = plan;
  return engram_session_write (session, title, prune, self, work_free, ENGRAM_WRITE_NONE);
}

const EngramPruneDone *
engram_prune_job_get_done (EngramJob *job)
{
  const Work *self;

  g_return_val_if_fail (ENGRAM_IS_JOB (job), NULL);

  self = engram_session_job_get_data (job);
  return &self->done;
}
