/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-preview-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "engram-log-private.h"
#include "model/engram-time.h"
#include "safety/backups/engram-backup.h"
#include "safety/engram-progress-part-private.h"

/* How much of the work is over when it is known what to repair, and when the backup is made. */
#define LOOKED 0.2
#define BACKED_UP 0.8

G_DEFINE_BOXED_TYPE (EngramRepairReport, engram_repair_report, engram_repair_report_copy, engram_repair_report_free)

static EngramRepairReport *
report_new (void)
{
  EngramRepairReport *self = g_new0 (EngramRepairReport, 1);

  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->changes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      data)
{
  return g_strdup (text);
}

EngramRepairReport *
engram_repair_report_copy (const EngramRepairReport *self)
{
  EngramRepairReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EngramRepairReport, 1);
  *copy = *self;
  copy->backup = g_strdup (self->backup);
  copy->kinds = g_ptr_array_copy (self->kinds, copy_text, NULL);
  copy->changes = g_ptr_array_copy (self->changes, copy_text, NULL);
  g_ptr_array_set_free_func (copy->kinds, g_free);
  g_ptr_array_set_free_func (copy->changes, g_free);
  return copy;
}

void
engram_repair_report_free (EngramRepairReport *self)
{
  if (self == NULL)
    return;

  g_free (self->backup);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/* Which kinds are meant: those named, or all that can be repaired. */
gboolean
engram_repair_read_kinds (const char *const   *names,
                          EngramFindingKinds  *kinds,
                          GError             **error)
{
  *kinds = 0;
  for (guint i = 0; names == NULL && i < ENGRAM_N_KINDS; i++)
    if (engram_finding_kind_get_repair (i) != NULL)
      *kinds |= ENGRAM_KIND_BIT (i);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      EngramFindingKind kind;

      if (!engram_finding_kind_find (names[i], &kind) || engram_finding_kind_get_repair (kind) == NULL)
        {
          g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                       _("There is no repair for findings of the kind “%s”."), names[i]);
          return FALSE;
        }
      *kinds |= ENGRAM_KIND_BIT (kind);
    }
  return TRUE;
}

/* Whether there is anything of @kinds in the network. */
static gboolean
look (EngramDatabase      *database,
      EngramFindingKinds   kinds,
      gboolean            *found,
      EngramProgressPart  *part,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autoptr (EngramIntegrityReport) report = NULL;
  GPtrArray *findings;

  *found = FALSE;
  report = engram_integrity_check (database, ENGRAM_INTEGRITY_SKIP_SQLITE, engram_progress_part_report, part,
                                   cancellable, error);
  if (report == NULL)
    return FALSE;
  findings = engram_integrity_report_get_findings (report);
  for (guint i = 0; i < findings->len; i++)
    {
      EngramFindingKind kind;

      if (engram_finding_kind_find (engram_finding_get_kind (g_ptr_array_index (findings, i)), &kind))
        *found |= (kinds & ENGRAM_KIND_BIT (kind)) != 0;
    }
  return TRUE;
}

/* Before a backup is made for nothing. */
static gboolean
check_access (EngramDatabase  *database,
              GCancellable    *cancellable,
              GError         **error)
{
  EngramConnection *writer;

  if (engram_database_get_access (database) == ENGRAM_DATABASE_ACCESS_WRITE)
    return TRUE;
  /* It says why, and touches nothing. */
  writer = engram_database_begin_write (database, cancellable, error);
  if (writer == NULL)
    return FALSE;
  engram_database_end_write (database, writer, FALSE, NULL);
  return TRUE;
}

static gboolean
make_index (EngramRepair  *self,
            const char    *statement,
            GError       **error)
{
  g_autofree char *name = NULL;

  if (self->preview == NULL)
    return engram_connection_execute (self->connection, statement, error);
  name = engram_integrity_get_index_name (statement);
  engram_repair_note_index (self, name);
  return TRUE;
}

static gboolean
make_indexes (EngramRepair  *self,
              GError       **error)
{
  g_autoptr (GPtrArray) missing = NULL;

  if ((self->kinds & ENGRAM_KIND_BIT (ENGRAM_KIND_INDEX_MISSING)) == 0)
    return TRUE;
  missing = engram_integrity_find_missing_indexes (self->connection, error);
  if (missing == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    if (!make_index (self, g_ptr_array_index (missing, i), error))
      return FALSE;
  self->indexes_made = missing->len;
  self->counts[ENGRAM_KIND_INDEX_MISSING] = missing->len;
  return TRUE;
}

static gboolean
is_anything_done (const EngramRepair *self)
{
  for (guint i = 0; i < ENGRAM_N_KINDS; i++)
    if (self->counts[i] > 0)
      return TRUE;
  return FALSE;
}

static gboolean
prepare (EngramRepair  *self,
         GError       **error)
{
  guint64 rows = self->neurons_changed + self->synapses_changed + self->synapses_deleted;
  g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, rows);
  g_autofree char *label = g_strdup_printf (ngettext ("Repair %s neuron or synapse", "Repair %s neurons and synapses",
                                                      (gulong) rows), count);

  return engram_history_prepare (self->recording, label, error);
}

/* What only some kinds need is read for them alone. */
gboolean
engram_repair_run (EngramRepair  *self,
                   GError       **error)
{
  gboolean done;

  if ((self->kinds & (ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_SOURCE) | ENGRAM_KIND_BIT (ENGRAM_KIND_ORPHAN_TARGET))) != 0)
    self->ids = engram_neuron_ids_new ();
  done = (self->ids == NULL || engram_neuron_ids_read (self->ids, self->connection, error)) &&
         ((self->kinds & ENGRAM_KIND_BIT (ENGRAM_KIND_VECTOR_DIMENSION)) == 0 ||
          engram_integrity_find_dimension (self->connection, &self->dimension, error)) &&
         engram_repair_neurons (self, error) && engram_repair_synapses (self, error) && make_indexes (self, error);
  g_clear_pointer (&self->ids, engram_neuron_ids_free);
  return done;
}

/* What is wrong is found anew: another program may have written since. */
static gboolean
repair_within (EngramRepair   *self,
               EngramHistory  *history,
               GError        **error)
{
  self->recording = engram_history_begin (history, self->connection, "repair", error);
  return self->recording != NULL && engram_repair_run (self, error) && prepare (self, error);
}

static gboolean
repair_in_transaction (EngramRepair    *self,
                       EngramDatabase  *database,
                       EngramHistory   *history,
                       GCancellable    *cancellable,
                       GError         **error)
{
  gboolean done, committed;

  self->connection = engram_database_begin_write (database, cancellable, error);
  if (self->connection == NULL)
    return FALSE;
  done = repair_within (self, history, error);
  committed = engram_database_end_write (database, self->connection, done && is_anything_done (self), done ? error : NULL);
  if (self->recording != NULL)
    engram_history_end (self->recording, committed);
  return committed || (done && !is_anything_done (self));
}

static EngramRepairReport *
make_report (const EngramRepair *self)
{
  EngramRepairReport *report = report_new ();

  report->neurons_changed = self->neurons_changed;
  report->synapses_changed = self->synapses_changed;
  report->synapses_deleted = self->synapses_deleted;
  report->indexes_made = self->indexes_made;
  for (guint i = 0; i < ENGRAM_N_KINDS; i++)
    if (self->counts[i] > 0)
      {
        g_ptr_array_add (report->kinds, g_strdup (engram_finding_kind_get_name (i)));
        g_ptr_array_add (report->changes, engram_repair_describe (i, self->counts[i]));
      }
  return report;
}

/* A backup that was made for nothing, with its folder where that is new too, and empty then. */
static void
abandon_backup (const EngramBackup *backup,
                gboolean            folder_is_new)
{
  g_autofree char *folder = g_path_get_dirname (backup->path);
  g_autoptr (GError) error = NULL;

  if (engram_backup_delete (backup->path, &error))
    {
      if (folder_is_new)
        g_rmdir (folder);
    }
  else
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                      "ENGRAM_ACTION", "backup-left",
                      "ENGRAM_PATH", backup->path,
                      "MESSAGE", "The backup “%s”, which nobody needs, is left: %s", backup->path, error->message);
}

static EngramRepairReport *
repair_after_backup (EngramRepair    *self,
                     EngramDatabase  *database,
                     const char      *backup_folder,
                     EngramHistory   *history,
                     GCancellable    *cancellable,
                     GError         **error)
{
  const EngramBackupOptions options = { .folder = backup_folder, .reason = ENGRAM_BACKUP_REASON_BEFORE_REPAIR };
  EngramProgressPart backup_part = { self->progress, self->user_data, LOOKED, BACKED_UP };
  EngramProgressPart repair_part = { self->progress, self->user_data, BACKED_UP, 1 };
  g_autofree char *default_folder = engram_backup_get_default_folder (engram_database_get_path (database));
  gboolean folder_is_new = !g_file_test (backup_folder != NULL ? backup_folder : default_folder, G_FILE_TEST_EXISTS);
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GError) local_error = NULL;
  EngramRepairReport *report;

  backup = engram_backup_create (database, &options, engram_progress_part_report, &backup_part, cancellable, error);
  if (backup == NULL)
    return NULL;
  self->progress = engram_progress_part_report;
  self->user_data = &repair_part;
  if (!repair_in_transaction (self, database, history, cancellable, &local_error))
    {
      /* Where the disk failed, it is not certain what it holds. */
      if (!g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED))
        abandon_backup (backup, folder_is_new);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  report = make_report (self);
  if (!is_anything_done (self))
    abandon_backup (backup, folder_is_new);
  else
    {
      report->backup = g_strdup (backup->path);
      engram_log_action ("repair", NULL,
                         self->neurons_changed + self->synapses_changed + self->synapses_deleted + self->indexes_made);
    }
  return report;
}

EngramRepairReport *
engram_integrity_repair (EngramDatabase      *database,
                         const char *const   *kinds,
                         const char          *backup_folder,
                         EngramHistory       *history,
                         EngramProgressFunc   progress,
                         gpointer             user_data,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_autofree char *now = engram_time_now ();
  EngramRepair repair = { .now = now, .progress = progress, .user_data = user_data };
  EngramProgressPart looking = { progress, user_data, 0, LOOKED };
  gint64 start = g_get_monotonic_time ();
  EngramRepairReport *report;
  gboolean found;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  if (!engram_repair_read_kinds (kinds, &repair.kinds, error) ||
      !look (database, repair.kinds, &found, &looking, cancellable, error))
    return NULL;
  if (!found)
    report = report_new ();
  else if (check_access (database, cancellable, error))
    report = repair_after_backup (&repair, database, backup_folder, history, cancellable, error);
  else
    report = NULL;
  if (report != NULL)
    report->seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  return report;
}
