/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/import/engram-import-work.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"
#include "jobs/engram-job-amount.h"

/* How long a byte of the network takes to be backed up, and a byte of a document to be imported. */
#define BACKUP_COST 23.0
#define IMPORT_COST 13.0

/* Disks */

static void
disk_free (gpointer data)
{
  EngramImportDisk *self = data;

  g_free (self->folder);
  g_free (self->disk);
  g_free (self);
}

/* The nearest folder above a path that is there. */
static GFile *
find_folder (const char *path)
{
  GFile *folder = g_file_new_for_path (path);

  while (!g_file_query_exists (folder, NULL))
    {
      GFile *parent = g_file_get_parent (folder);

      if (parent == NULL)
        break;
      g_object_unref (folder);
      folder = parent;
    }
  return folder;
}

static guint64
get_available (GFile *folder)
{
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return G_MAXUINT64;
  return g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
}

static EngramImportDisk *
get_disk (GPtrArray  *disks,
          const char *path)
{
  g_autoptr (GFile) folder = find_folder (path);
  g_autoptr (GFileInfo) info = g_file_query_info (folder, G_FILE_ATTRIBUTE_ID_FILESYSTEM, G_FILE_QUERY_INFO_NONE, NULL,
                                                  NULL);
  const char *disk = info != NULL ? g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILESYSTEM) : NULL;
  EngramImportDisk *self;

  for (guint i = 0; i < disks->len; i++)
    {
      self = g_ptr_array_index (disks, i);
      if (g_strcmp0 (self->disk, disk) == 0)
        return self;
    }
  self = g_new0 (EngramImportDisk, 1);
  self->folder = g_file_get_path (folder);
  self->disk = g_strdup (disk);
  self->available = get_available (folder);
  g_ptr_array_add (disks, self);
  return self;
}

/* Checking */

static void
check_clear (gpointer data)
{
  EngramImportCheck *self = data;

  g_strfreev (self->paths);
  g_clear_pointer (&self->report, engram_import_report_free);
  g_ptr_array_unref (self->disks);
  engram_backup_plan_free (self->plan);
}

EngramImportCheck *
engram_import_check_ref (EngramImportCheck *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
engram_import_check_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, check_clear);
}

static void
look_at_disks (EngramImportCheck *self,
               EngramDatabase    *database)
{
  const EngramImportSpace *space = &self->report->space;
  const char *path = engram_database_get_path (database);
  g_autofree char *network = g_path_get_dirname (path);
  g_autofree char *history = g_build_filename (g_get_user_state_dir (), "engram", "history", NULL);
  g_autofree char *backups = engram_backup_plan_dup_folder (self->plan, path);

  get_disk (self->disks, network)->needed += space->growth + space->journal;
  get_disk (self->disks, history)->needed += space->history;
  get_disk (self->disks, backups)->backup += engram_measure_network (database);
}

static gboolean
check (EngramJob       *job,
       EngramDatabase  *database,
       EngramHistory   *history,
       gpointer         data,
       GCancellable    *cancellable,
       GError         **error)
{
  EngramImportCheck *self = data;

  engram_job_set_amount (job, engram_measure_files ((const char * const *) self->paths), ENGRAM_JOB_UNIT_BYTES);
  if (!engram_import (database, (const char * const *) self->paths, &self->options, &self->report,
                      engram_job_progress, job, cancellable, error))
    return FALSE;
  look_at_disks (self, database);
  return TRUE;
}

EngramJob *
engram_import_check_start (EngramSession      *session,
                           const char * const *paths,
                           gboolean            make_ids)
{
  EngramImportCheck *self = g_atomic_rc_box_new0 (EngramImportCheck);
  guint n_paths = g_strv_length ((char **) paths);
  g_autofree char *title = g_strdup_printf (ngettext ("Checking %u document", "Checking %u documents", n_paths),
                                            n_paths);

  self->paths = g_strdupv ((char **) paths);
  self->options = (EngramImportOptions) {
    .conflict = ENGRAM_IMPORT_CONFLICT_FAIL, .dry_run = TRUE, .make_ids = make_ids, .compare = TRUE
  };
  self->disks = g_ptr_array_new_with_free_func (disk_free);
  self->plan = engram_backup_plan_new ();
  return engram_session_read (session, title, check, self, engram_import_check_unref);
}

EngramImportCheck *
engram_import_check_get (EngramJob *job)
{
  return engram_session_job_get_data (job);
}

/* Importing */

static void
work_free (gpointer data)
{
  EngramImportWork *self = data;

  g_strfreev (self->paths);
  engram_backup_before_clear (&self->backup);
  g_clear_pointer (&self->report, engram_import_report_free);
  g_free (self);
}

/* "123 neurons imported", or of synapses where there are no neurons. */
char *
engram_import_work_dup_title (const EngramImportWork *self)
{
  const EngramImportCounts *neurons = &self->report->neurons, *synapses = &self->report->synapses;
  guint64 n_neurons = neurons->created + neurons->replaced, n_synapses = synapses->created + synapses->replaced;
  g_autofree char *count = engram_format_count (n_neurons > 0 ? n_neurons : n_synapses);

  if (n_neurons > 0)
    return g_strdup_printf (ngettext ("%s neuron imported", "%s neurons imported", (gulong) n_neurons), count);
  if (n_synapses > 0)
    return g_strdup_printf (ngettext ("%s synapse imported", "%s synapses imported", (gulong) n_synapses), count);
  return g_strdup (_("Nothing imported: all of it is in the network already"));
}

static gboolean
has_changed (const EngramImportWork *self)
{
  const EngramImportCounts *neurons = &self->report->neurons, *synapses = &self->report->synapses;

  return neurons->created + neurons->replaced + synapses->created + synapses->replaced > 0;
}

/* Which part of the work the backup is, which reads and writes all of the network; by what the system knows of the
 * files. */
static double
weigh_backup (const EngramImportWork *self,
              EngramDatabase         *database,
              double                  bytes)
{
  double backup = engram_measure_network (database) * BACKUP_COST;

  if (self->backup.plan == NULL)
    return 0;
  return backup / (backup + bytes * IMPORT_COST + 1);
}

static gboolean
import (EngramJob       *job,
        EngramDatabase  *database,
        EngramHistory   *history,
        gpointer         data,
        GCancellable    *cancellable,
        GError         **error)
{
  EngramImportWork *self = data;
  double bytes = engram_measure_files ((const char * const *) self->paths);
  double backed_up = weigh_backup (self, database, bytes);
  EngramJobPart first = { job, 0, backed_up };
  EngramJobPart second = { job, backed_up, 1, bytes, ENGRAM_JOB_UNIT_BYTES };
  g_autofree char *outcome = NULL;

  if (!engram_backup_before_make (&self->backup, database, ENGRAM_BACKUP_REASON_BEFORE_IMPORT, &first, cancellable,
                                  error))
    return FALSE;
  self->options.history = history;
  if (!engram_import (database, (const char * const *) self->paths, &self->options, &self->report,
                      engram_job_part_progress, &second, cancellable, error))
    {
      engram_backup_before_drop (&self->backup);
      return FALSE;
    }
  if (has_changed (self))
    engram_backup_before_keep (&self->backup, database);
  else
    engram_backup_before_drop (&self->backup);
  outcome = engram_import_work_dup_title (self);
  engram_job_set_outcome (job, outcome, has_changed (self));
  return TRUE;
}

EngramJob *
engram_import_work_start (EngramSession             *session,
                          const char * const        *paths,
                          const EngramImportOptions *options,
                          EngramBackupPlan          *plan)
{
  EngramImportWork *self = g_new0 (EngramImportWork, 1);
  guint n_paths = g_strv_length ((char **) paths);
  g_autofree char *title = g_strdup_printf (ngettext ("Importing %u document", "Importing %u documents", n_paths),
                                            n_paths);

  self->paths = g_strdupv ((char **) paths);
  self->options = *options;
  self->backup.plan = plan;
  return engram_session_write (session, title, import, self, work_free, ENGRAM_WRITE_NONE);
}

const EngramImportWork *
engram_import_work_get (EngramJob *job)
{
  return engram_session_job_get_data (job);
}
