/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backups/engram-automatic-backup.h"

#include <glib/gi18n.h>
#include <string.h>

#include "backups/engram-backup-plan.h"
#include "common/engram-settings.h"
#include "jobs/engram-job-amount.h"
#include "jobs/engram-job-part.h"

/* As in the schema. */
typedef enum {
  NEVER,
  AT_OPENING,
  DAILY,
} When;

/* How much of the work is over when it is known that there is something to back up. */
#define COMPARED 0.3

typedef struct {
  EngramBackupPlan *plan;
  When              when;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  engram_backup_plan_free (self->plan);
  g_free (self);
}

/* "2025-11-01" */
static gboolean
is_of_today (const EngramBackup *backup)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  return g_str_has_prefix (backup->time, today);
}

/* Whether one was made by itself today. */
static gboolean
look_for_today (const char      *folder,
                EngramDatabase  *database,
                gboolean        *found,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GPtrArray) backups = engram_backup_list (folder, cancellable, error);

  *found = FALSE;
  for (guint i = 0; backups != NULL && !*found && i < backups->len; i++)
    {
      const EngramBackup *backup = g_ptr_array_index (backups, i);
      gboolean is_own;

      if (backup->reason != ENGRAM_BACKUP_REASON_AUTOMATIC || !is_of_today (backup))
        continue;
      if (!engram_backup_matches (backup, database, &is_own, cancellable, error))
        return FALSE;
      *found = is_own;
    }
  return backups != NULL;
}

static gboolean
is_needed (const Work      *self,
           EngramDatabase  *database,
           gboolean        *needed,
           EngramJob       *job,
           GCancellable    *cancellable,
           GError         **error)
{
  EngramJobPart part = { job, 0, COMPARED, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES };
  g_autofree char *folder = engram_backup_plan_dup_folder (self->plan, engram_database_get_path (database));
  gboolean done_today = FALSE, is_current = TRUE;

  if (self->plan->folder != NULL && !engram_backup_check_folder (folder, error))
    return FALSE;
  if (self->when == DAILY && !look_for_today (folder, database, &done_today, cancellable, error))
    return FALSE;
  if (!done_today &&
      !engram_backup_is_current (folder, database, &is_current, engram_job_part_progress, &part, cancellable, error))
    return FALSE;
  *needed = !done_today && !is_current;
  return TRUE;
}

static gboolean
back_up (EngramJob      *job,
         EngramDatabase *database,
         EngramHistory  *history,
         gpointer        data,
         GCancellable   *cancellable,
         GError        **error)
{
  const Work *self = data;
  EngramJobPart part = { job, COMPARED, 1, engram_measure_network (database), ENGRAM_JOB_UNIT_BYTES };
  g_autoptr (EngramBackup) backup = NULL;
  g_autofree char *outcome = NULL;
  gboolean needed;

  if (!is_needed (self, database, &needed, job, cancellable, error))
    return FALSE;
  if (!needed)
    return TRUE;
  backup = engram_backup_plan_make (self->plan, database, ENGRAM_BACKUP_REASON_AUTOMATIC, NULL,
                                    engram_job_part_progress, &part, cancellable, error);
  if (backup == NULL)
    return FALSE;
  /* Translators: the name of a backup. */
  outcome = g_strdup_printf (_("Backup “%s” was made and verified"), backup->name);
  engram_job_set_outcome (job, outcome, FALSE);
  return TRUE;
}

/* Returns: whether nobody has been told of it yet. */
static gboolean
note_failure (const char   *path,
              const GError *error)
{
  static GHashTable *told;
  char *key = g_strdup_printf ("%s\n%s", path, error->message);

  if (told == NULL)
    told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return g_hash_table_add (told, key);
}

static void
ended_cb (EngramSession *session,
          EngramJob     *job)
{
  EngramDatabase *database = engram_session_get_database (session);
  const GError *error = engram_job_get_error (job);

  if (engram_job_get_state (job) != ENGRAM_JOB_FAILED || database == NULL)
    return;
  if (note_failure (engram_database_get_path (database), error))
    g_signal_emit_by_name (session, "failed", engram_job_get_title (job), error);
}

EngramJob *
engram_automatic_backup_start (EngramSession *session)
{
  When when = g_settings_get_enum (engram_settings_get (), "backup-automatic");
  EngramJob *job;
  Work *work;

  g_return_val_if_fail (ENGRAM_IS_SESSION (session), NULL);

  if (when == NEVER || !engram_session_get_editable (session))
    return NULL;
  work = g_new0 (Work, 1);
  work->plan = engram_backup_plan_new ();
  work->when = when;
  job = engram_session_read (session, _("Making the Automatic Backup"), back_up, work, work_free);
  engram_job_set_background (job, TRUE);
  g_signal_connect_object (job, "ended", G_CALLBACK (ended_cb), session, G_CONNECT_SWAPPED);
  return job;
}
