/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-integrity-work.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "dialogs/integrity/engram-integrity-text.h"
#include "jobs/engram-job-amount.h"

/* So many changes are told one by one. */
#define MAX_CHANGES 1000

typedef struct {
  char                  **kinds;
  EngramBackupPlan       *plan;
  EngramIntegrityReport  *report;
  EngramRepairPreview    *preview;
  EngramRepairReport     *repair;
} Work;

static Work *
work_new (const char *const *kinds)
{
  Work *self = g_new0 (Work, 1);

  self->kinds = g_strdupv ((char **) kinds);
  return self;
}

static void
work_free (gpointer data)
{
  Work *self = data;

  g_strfreev (self->kinds);
  g_clear_pointer (&self->plan, engram_backup_plan_free);
  g_clear_pointer (&self->report, engram_integrity_report_unref);
  g_clear_pointer (&self->preview, engram_repair_preview_free);
  g_clear_pointer (&self->repair, engram_repair_report_free);
  g_free (self);
}

/* Checking */

static gboolean
check (EngramJob       *job,
       EngramDatabase  *database,
       EngramHistory   *history,
       gpointer         data,
       GCancellable    *cancellable,
       GError         **error)
{
  Work *self = data;
  g_autofree char *outcome = NULL;

  engram_job_set_amount (job, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES);
  self->report = engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, engram_job_progress, job, cancellable, error);
  if (self->report == NULL)
    return FALSE;
  outcome = engram_integrity_report_dup_problems (self->report);
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

EngramJob *
engram_integrity_work_check (EngramSession *session)
{
  return engram_session_read (session, _("Checking the Network"), check, work_new (NULL), work_free);
}

EngramIntegrityReport *
engram_integrity_work_get_report (EngramJob *job)
{
  const Work *self = engram_session_job_get_data (job);

  return self->report;
}

/* The preview */

static gboolean
preview (EngramJob       *job,
         EngramDatabase  *database,
         EngramHistory   *history,
         gpointer         data,
         GCancellable    *cancellable,
         GError         **error)
{
  Work *self = data;

  engram_job_set_amount (job, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES);
  self->preview = engram_integrity_preview_repair (database, (const char *const *) self->kinds, MAX_CHANGES,
                                                   engram_job_progress, job, cancellable, error);
  return self->preview != NULL;
}

EngramJob *
engram_integrity_work_preview (EngramSession     *session,
                               const char *const *kinds)
{
  return engram_session_read (session, _("Looking at What a Repair Changes"), preview, work_new (kinds), work_free);
}

EngramRepairPreview *
engram_integrity_work_steal_preview (EngramJob *job)
{
  Work *self = engram_session_job_get_data (job);

  return g_steal_pointer (&self->preview);
}

/* The repair */

/* The backup is there, and the repair is done: that older ones stay harms nothing. */
static void
thin_out (Work           *self,
          EngramDatabase *database)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (self->repair->backup == NULL || self->plan->keep == 0)
    return;
  folder = g_path_get_dirname (self->repair->backup);
  if (!engram_backup_apply_retention (folder, database, self->plan->keep, NULL, NULL, &error))
    g_message ("Older backups in “%s” could not be deleted: %s", folder, error->message);
}

/* As the history calls it. */
static void
tell_outcome (Work      *self,
              EngramJob *job)
{
  guint64 n = self->repair->neurons_changed + self->repair->synapses_changed + self->repair->synapses_deleted;
  g_autofree char *count = engram_format_count (n);
  g_autofree char *outcome = NULL;

  if (self->repair->changes->len == 0)
    {
      engram_job_set_outcome (job, _("Nothing was left to repair"), FALSE);
      return;
    }
  /* Indexes are no content: undoing leaves them. */
  if (n == 0)
    {
      engram_job_set_outcome (job, _("Made the missing indexes"), FALSE);
      return;
    }
  outcome = g_strdup_printf (ngettext ("Repair %s neuron or synapse", "Repair %s neurons and synapses", (gulong) n),
                             count);
  engram_job_set_outcome (job, outcome, TRUE);
}

static gboolean
repair (EngramJob       *job,
        EngramDatabase  *database,
        EngramHistory   *history,
        gpointer         data,
        GCancellable    *cancellable,
        GError         **error)
{
  Work *self = data;

  /* One that the person has chosen and that is gone must not be made anew. */
  if (self->plan->folder != NULL && !engram_backup_check_folder (self->plan->folder, error))
    return FALSE;
  engram_job_set_amount (job, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES);
  self->repair = engram_integrity_repair (database, (const char *const *) self->kinds, self->plan->folder, history,
                                          engram_job_progress, job, cancellable, error);
  if (self->repair == NULL)
    return FALSE;
  thin_out (self, database);
  tell_outcome (self, job);
  return TRUE;
}

EngramJob *
engram_integrity_work_repair (EngramSession     *session,
                              const char *const *kinds,
                              EngramBackupPlan  *plan)
{
  Work *self = work_new (kinds);

  self->plan = plan;
  return engram_session_write (session, _("Repairing the Network"), repair, self, work_free, ENGRAM_WRITE_NONE);
}

const EngramRepairReport *
engram_integrity_work_get_repair (EngramJob *job)
{
  const Work *self = engram_session_job_get_data (job);

  return self->repair;
}
