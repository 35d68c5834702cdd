/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/restore/engram-restore-private.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "safety/backups/engram-backup-private.h"
#include "safety/engram-progress-part-private.h"
#include "safety/files/engram-file-users.h"
#include "safety/files/engram-snapshot-copy-private.h"

/* How often a safety backup is made anew because another program has written to the network meanwhile. */
#define MAX_TRIES 3

/* How much of the work is over when the backup is staged, the network backed up, and its pages are replaced. */
#define STAGED 0.35
#define BACKED_UP 0.65
#define REPLACED 0.85

typedef struct {
  EngramDatabase     *database;
  const char         *folder;   /* of the safety backup, or NULL */
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;

  EngramConnection   *writer;   /* held, so that no other thread of ours writes, but in no transaction */
  guint32             version;  /* of the network's content, as the writer last saw it */
  EngramNetworkId     live;
  EngramStaging       staging;
  EngramBackup       *safety;
  gboolean            is_unchecked;
} Restore;

static void
restore_clear (Restore *self)
{
  engram_network_id_clear (&self->live);
  engram_staging_clear (&self->staging);
  g_clear_pointer (&self->safety, engram_backup_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

G_DEFINE_BOXED_TYPE (EngramRestoreReport, engram_restore_report, engram_restore_report_copy, engram_restore_report_free)

EngramRestoreReport *
engram_restore_report_new (const char          *path,
                           const EngramStaging *staging)
{
  EngramRestoreReport *self = g_new0 (EngramRestoreReport, 1);

  self->path = g_strdup (path);
  self->from = g_strdup (staging->backup);
  self->neurons = staging->content.neurons;
  self->synapses = staging->content.synapses;
  return self;
}

EngramRestoreReport *
engram_restore_report_copy (const EngramRestoreReport *self)
{
  EngramRestoreReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EngramRestoreReport, 1);
  *copy = *self;
  copy->path = g_strdup (self->path);
  copy->from = g_strdup (self->from);
  copy->safety_backup = g_strdup (self->safety_backup);
  return copy;
}

void
engram_restore_report_free (EngramRestoreReport *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->from);
  g_free (self->safety_backup);
  g_free (self);
}

/* Differs from an earlier number where another connection has committed before the writer's last transaction began. */
static guint32
get_data_version (Restore *self)
{
  guint32 version = 0;

  sqlite3_file_control (engram_connection_get_handle (self->writer), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  return version;
}

/* Ends the writer's transaction without a change, and remembers what it saw of the file. */
static void
let_go (Restore *self)
{
  engram_connection_end_read (self->writer);
  engram_connection_set_in_transaction (self->writer, FALSE);
  /* The connection must not remember the schema that was taken back: the network will get the same number with
   * another. */
  engram_connection_neurons_have_fields (self->writer);
  self->version = get_data_version (self);
}

static gboolean
has_wal_frames (const char *path)
{
  g_autofree char *name = g_strconcat (path, "-wal", NULL);
  struct stat status;

  return stat (name, &status) == 0 && status.st_size > 0;
}

/* The network stays as it is, its schema too, until its pages are replaced: begin_write() would upgrade it first. */
static gboolean
take_writer (Restore  *self,
             GError  **error)
{
  gboolean keep_wal = has_wal_frames (engram_database_get_path (self->database));

  self->writer = engram_database_begin_write (self->database, self->cancellable, error);
  if (self->writer == NULL)
    return FALSE;
  let_go (self);
  /* A writer that has written nothing leaves the WAL as it is when it is closed; one that it has made itself must go.
   *  */
  if (!keep_wal)
    engram_connection_keep_wal (self->writer, FALSE);
  return TRUE;
}

static gboolean
stage (Restore     *self,
       const char  *backup,
       GError     **error)
{
  EngramProgressPart part = { self->progress, self->user_data, 0, STAGED };
  gint64 page_size;

  return engram_backup_identify (self->database, &self->live, self->cancellable, error) &&
         engram_connection_get_integer (self->writer, "PRAGMA page_size", &page_size, error) &&
         engram_restore_stage (&self->staging, backup, engram_database_get_path (self->database),
                               engram_progress_part_report, &part, self->cancellable, error) &&
         engram_staging_prepare (&self->staging, &self->live, page_size, self->cancellable, error);
}

static gboolean
back_up (Restore  *self,
         GError  **error)
{
  EngramProgressPart part = { self->progress, self->user_data, STAGED, BACKED_UP };
  const EngramBackupOptions options = { .folder = self->folder, .folder_must_exist = self->folder != NULL,
                                        .reason = ENGRAM_BACKUP_REASON_BEFORE_RESTORE };
  g_autofree char *name = g_filename_display_name (engram_database_get_path (self->database));
  g_autoptr (GError) local_error = NULL;

  self->safety = engram_backup_create (self->database, &options, engram_progress_part_report, &part,
                                       self->cancellable, &local_error);
  if (self->safety != NULL)
    return TRUE;
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED))
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
                 /* Translators: a file's name, then what is wrong with it, a sentence. */
                 _("Nothing was restored, because “%s” itself is damaged and cannot be backed up before. Move it "
                   "elsewhere together with its side files, then restore. %s"), name, local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static EngramPageCopy
describe_copy (Restore            *self,
               EngramConnection   *source,
               EngramProgressPart *part)
{
  return (EngramPageCopy) { source, self->writer, _("Replacing the network"), engram_progress_part_report, part,
                            self->cancellable };
}

/* One transaction that replaces all pages, unless somebody has changed the network since it was backed up. */
static gboolean
replace (Restore   *self,
         gboolean  *overtaken,
         GError   **error)
{
  EngramProgressPart part = { self->progress, self->user_data, BACKED_UP, REPLACED };
  g_autoptr (EngramConnection) source = NULL;
  EngramPageCopy copy;
  sqlite3_backup *backup;
  gboolean done = FALSE;
  int result;

  source = engram_connection_open (self->staging.work->path, ENGRAM_CONNECTION_IMMUTABLE, self->cancellable, error);
  if (source == NULL)
    return FALSE;
  copy = describe_copy (self, source, &part);
  backup = sqlite3_backup_init (engram_connection_get_handle (self->writer), "main",
                                engram_connection_get_handle (source), "main");
  if (backup == NULL)
    {
      engram_page_copy_set_error (&copy, sqlite3_extended_errcode (engram_connection_get_handle (self->writer)), error);
      return FALSE;
    }
  /* The first step takes the write lock, and copies a page of what is longer than one; from then on nobody else can
   * change the network. */
  result = sqlite3_backup_step (backup, 1);
  if (result != SQLITE_OK)
    engram_page_copy_set_error (&copy, result, error);
  else
    {
      *overtaken = get_data_version (self) != self->version;
      done = !*overtaken && engram_page_copy_run (&copy, backup, error);
    }
  result = sqlite3_backup_finish (backup);
  if (done && result != SQLITE_OK)
    {
      engram_page_copy_set_error (&copy, result, error);
      done = FALSE;
    }
  if (!done)
    engram_database_bury_failed_commit (self->writer, result);
  return done;
}

/* A safety backup is of no use where the network is as it was; it is kept where that is not certain. */
static void
drop_safety (Restore      *self,
             const GError *error)
{
  if (self->safety != NULL && (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                               g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY) ||
                               g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_SPACE)))
    {
      g_autoptr (GError) local_error = NULL;

      if (!engram_backup_delete (self->safety->path, &local_error))
        g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "MESSAGE", "%s", local_error->message);
    }
  g_clear_pointer (&self->safety, engram_backup_free);
}

static gboolean
back_up_and_replace (Restore  *self,
                     GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean done = FALSE, overtaken = TRUE;

  for (int try = 0; try < MAX_TRIES && overtaken && !done && local_error == NULL; try++)
    {
      if (try > 0)
        {
          drop_safety (self, NULL);
          if (!engram_connection_execute (self->writer, "BEGIN IMMEDIATE", &local_error))
            break;
          let_go (self);
        }
      overtaken = FALSE;
      done = back_up (self, &local_error) && replace (self, &overtaken, &local_error);
    }
  if (done)
    return TRUE;
  if (local_error == NULL)
    g_set_error (&local_error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
                 _("Another program is writing “%s” all the time. Wait until it is done, then try again."),
                 engram_database_get_path (self->database));
  drop_safety (self, local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Reads all of the network as it is now, which is what was restored unless another program has written meanwhile. */
static gboolean
check_content (Restore             *self,
               EngramProgressPart  *part,
               GError             **error)
{
  g_auto (EngramContent) content = { NULL };

  if (!engram_content_read (self->writer, &content, 0, engram_progress_part_report, part, error))
    return FALSE;
  if (get_data_version (self) != self->version || engram_content_equal (&content, &self->staging.content))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("It does not hold what was backed up."));
  return FALSE;
}

static gboolean
check_once (Restore             *self,
            EngramProgressPart  *part,
            GError             **error)
{
  gboolean done = engram_connection_begin_read (self->writer, error) && check_content (self, part, error);

  if (!sqlite3_get_autocommit (engram_connection_get_handle (self->writer)))
    engram_connection_end_read (self->writer);
  return done;
}

static gboolean
check (Restore  *self,
       GError  **error)
{
  EngramProgressPart part = { self->progress, self->user_data, REPLACED, 1 };
  g_autoptr (GError) local_error = NULL;

  self->version = get_data_version (self);
  /* A want of memory may be over when it is looked at again. */
  if (!g_cancellable_set_error_if_cancelled (self->cancellable, &local_error) &&
      (check_once (self, &part, NULL) || check_once (self, &part, &local_error)))
    return TRUE;
  /* What is committed is done, whoever cancels now: that ends the looking only. */
  self->is_unchecked = g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (self->is_unchecked)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
               /* Translators: a file's name, what is wrong with it (a sentence), and a file's name. */
               _("“%s” was replaced, but could not be checked afterwards: %s What it was before is in “%s”."),
               engram_database_get_path (self->database), local_error->message, self->safety->path);
  return FALSE;
}

/* Ends the hold on the writer; where pages were replaced, the database learns of the new schema with an empty
 * transaction. */
static void
release_writer (Restore  *self,
                gboolean  replaced)
{
  if (replaced)
    {
      engram_connection_set_cancellable (self->writer, NULL);
      /* A reader may be in the way; then the next checkpoint makes the journal small. */
      engram_connection_set_patient (self->writer, FALSE);
      engram_connection_execute (self->writer, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
      replaced = engram_connection_execute (self->writer, "BEGIN IMMEDIATE", NULL);
      engram_connection_set_patient (self->writer, TRUE);
    }
  engram_database_end_write (self->database, self->writer, replaced, NULL);
}

/* Steps of before would be refused one by one, because their rows have changed: no more than a nuisance. */
static void
clear_history (EngramHistory *history)
{
  g_autoptr (GError) error = NULL;

  if (history != NULL && !engram_history_clear (history, &error))
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE,
                      "MESSAGE", "The history of before the restore could not be cleared: %s", error->message);
}

static gboolean
restore (Restore     *self,
         const char  *backup,
         GError     **error)
{
  gboolean replaced, checked;

  if (!take_writer (self, error))
    return FALSE;
  replaced = stage (self, backup, error) && back_up_and_replace (self, error);
  checked = replaced && check (self, error);
  release_writer (self, replaced);
  return checked;
}

/* A network without neurons that was never written by Engram may be any. */
static gboolean
is_other (const EngramNetworkId *restored,
          const EngramNetworkId *live)
{
  return engram_network_id_get_name (restored) != NULL && engram_network_id_get_name (live) != NULL &&
         !engram_network_id_is_same (restored, live);
}

EngramRestoreReport *
engram_restore (EngramDatabase      *database,
                const char          *backup,
                const char          *folder,
                EngramHistory       *history,
                EngramProgressFunc   progress,
                gpointer             user_data,
                GCancellable        *cancellable,
                GError             **error)
{
  g_auto (Restore) self = { database, folder, progress, user_data, cancellable };
  EngramRestoreReport *report;
  gint64 start = g_get_monotonic_time ();

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (backup != NULL, NULL);

  if (!restore (&self, backup, error))
    {
      engram_error_name_users (error, engram_database_get_path (database));
      return NULL;
    }
  clear_history (history);
  report = engram_restore_report_new (engram_database_get_path (database), &self.staging);
  report->safety_backup = g_strdup (self.safety->path);
  report->is_other_network = is_other (&self.staging.id, &self.live);
  report->is_unchecked = self.is_unchecked;
  report->seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "restore",
                    "ENGRAM_PATH", report->path,
                    "MESSAGE", "Restored “%s” from “%s”", report->path, report->from);
  return report;
}
