/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/backups/engram-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/engram-time.h"
#include "safety/backups/engram-backup-manifest-private.h"
#include "safety/engram-progress-part-private.h"
#include "safety/engram-side-work-private.h"
#include "safety/files/engram-content-hash-private.h"
#include "safety/files/engram-file-users.h"
#include "safety/files/engram-snapshot-copy-private.h"
#include "safety/files/engram-sqlite-check-private.h"
#include "safety/files/engram-work-file-private.h"
#include "sqlite/engram-file-private.h"
#include "sqlite/engram-schema-private.h"

/* How much of the work is over when the pages are copied, when the copy's content is read, and when its bytes are. */
#define COPIED 0.3
#define CONTENT_READ 0.6
#define BYTES_READ 0.9

/* Room for the manifest, and for what the file system needs besides. */
#define SPARE_BYTES (128 * 1024)

#define MAX_NAMES 1000

#define MAX_NOTE_BYTES (64 * 1024)

#define SNAPSHOT_TRIES_US (3 * G_USEC_PER_SEC)

/* What one file, or one snapshot, was found to be. */
typedef struct {
  EngramContent content;
  gint64        n_foreign; /* rows that break a foreign key: the copy may have as many as the network */
} Inspection;

typedef struct {
  EngramDatabase            *database;
  const EngramBackupOptions *options;
  GCancellable              *cancellable;
  EngramProgressFunc         progress;
  gpointer                   user_data;

  char                      *folder;
  gboolean                   folder_is_new;
  char                      *name;          /* of the backup, without number and suffix */
  EngramWorkFile            *work;
  Inspection                 source;
  Inspection                 copy;
  EngramBackup              *backup;
} Creation;

static void
creation_clear (Creation *self)
{
  g_clear_pointer (&self->work, engram_work_file_free);
  /* Only while nothing is in it. */
  if (self->backup == NULL && self->folder_is_new)
    g_rmdir (self->folder);
  engram_content_clear (&self->source.content);
  engram_content_clear (&self->copy.content);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Creation, creation_clear)

/* What cannot be written is better known before all of the network is read. */
static gboolean
check_writable (const char  *folder,
                GError     **error)
{
  g_autofree char *name = NULL;

  if (g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  name = g_filename_display_name (folder);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
               /* Translators: a folder's name, then the system's words. */
               _("No backup can be written to “%s”: %s. Choose another folder for backups."), name,
               g_strerror (errno));
  return FALSE;
}

static gboolean
make_folder (Creation  *self,
             GError   **error)
{
  const char *path = engram_database_get_path (self->database);
  g_autofree char *parent = NULL;

  self->folder = self->options->folder != NULL ? g_canonicalize_filename (self->options->folder, NULL)
                                               : engram_backup_get_default_folder (path);
  if (self->options->folder_must_exist && !engram_backup_check_folder (self->folder, error))
    return FALSE;
  if (g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    {
      if (!check_writable (self->folder, error))
        return FALSE;
      engram_work_file_sweep (self->folder, ENGRAM_BACKUP_PURPOSE);
      return TRUE;
    }
  if (g_mkdir_with_parents (self->folder, 0777) != 0)
    {
      engram_file_set_error (error, errno, self->folder);
      return FALSE;
    }
  self->folder_is_new = TRUE;
  parent = g_path_get_dirname (self->folder);
  return engram_sync_folder (parent, error);
}

static gboolean
choose_name (Creation  *self,
             GError   **error)
{
  const char *given = self->options->name;
  g_autofree char *network = g_path_get_basename (engram_database_get_path (self->database));
  g_autofree char *time = NULL;
  g_autoptr (GDateTime) now = NULL;
  char *dot = strrchr (network, '.');

  if (given != NULL)
    {
      self->name = g_str_has_suffix (given, ".db") ? g_strndup (given, strlen (given) - strlen (".db"))
                                                   : g_strdup (given);
      if (*self->name != '\0' && *self->name != '.' && strchr (self->name, '/') == NULL)
        return TRUE;
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   _("A backup’s name must not be empty, begin with a dot or have a slash in it."));
      return FALSE;
    }
  if (dot != NULL && dot != network)
    *dot = '\0';
  now = g_date_time_new_now_local ();
  time = g_date_time_format (now, "%Y%m%d_%H%M%S");
  self->name = g_strdup_printf ("%s_backup_%s", g_str_has_prefix (network, ".") ? network + 1 : network, time);
  return TRUE;
}

/* The path of the n-th name; FALSE where that is taken. */
static gboolean
find_path (Creation  *self,
           guint      n,
           char     **path,
           GError   **error)
{
  g_autofree char *name = n == 1 ? g_strconcat (self->name, ".db", NULL)
                                 : g_strdup_printf ("%s-%u.db", self->name, n);
  g_autofree char *database = g_build_filename (self->folder, name, NULL);
  g_autofree char *manifest = engram_manifest_get_path (database);

  if (!engram_file_check_free (database, error) || !engram_file_check_free (manifest, error))
    return FALSE;
  *path = g_steal_pointer (&database);
  return TRUE;
}

/* A name that a person gave is that or none; others are numbered. */
static gboolean
find_free_path (Creation  *self,
                char     **path,
                GError   **error)
{
  for (guint n = 1; self->options->name == NULL && n < MAX_NAMES; n++)
    if (find_path (self, n, path, NULL))
      return TRUE;
  return find_path (self, 1, path, error);
}

typedef struct {
  EngramReader  *reader;
  EngramContent *content;
} SourceReading;

/* Copying waits for the disk more than for a processor. */
static gboolean
read_source (gpointer   data,
             GError   **error)
{
  SourceReading *self = data;

  return engram_content_read (self->reader, self->content, 0, NULL, NULL, error);
}

static gboolean
check_space (Creation      *self,
             EngramReader  *reader,
             GError       **error)
{
  gint64 n_pages, page_size;

  return engram_connection_get_integer (reader, "PRAGMA page_count", &n_pages, error) &&
         engram_connection_get_integer (reader, "PRAGMA page_size", &page_size, error) &&
         engram_check_space (self->folder, (guint64) n_pages * page_size + SPARE_BYTES, error);
}

/* Where others commit thousands of times a second, two readers seldom get hold of the same snapshot. Who waits for a
 * lock waits longer than this. */
static gboolean
acquire_readers (Creation       *self,
                 EngramReader  **readers,
                 guint           n_readers,
                 GCancellable   *stop,
                 GError        **error)
{
  gint64 end = g_get_monotonic_time () + SNAPSHOT_TRIES_US;
  g_autoptr (GError) local_error = NULL;

  do
    {
      g_clear_error (&local_error);
      if (engram_database_acquire_snapshot (self->database, readers, n_readers, stop, &local_error))
        return TRUE;
    }
  while (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY) && g_get_monotonic_time () < end);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* One snapshot, seen by two readers: one gives its pages, the other its content. */
static gboolean
copy_snapshot (Creation  *self,
               GError   **error)
{
  g_auto (EngramSideWork) side = { NULL };
  g_autoptr (EngramReader) first = NULL;
  g_autoptr (EngramReader) second = NULL;
  EngramProgressPart part = { self->progress, self->user_data, 0, COPIED };
  SourceReading reading;
  EngramReader *readers[2];
  GError *own_error = NULL;
  gboolean copied;

  engram_side_work_init (&side, self->cancellable);
  if (!acquire_readers (self, readers, G_N_ELEMENTS (readers), side.stop, error))
    return FALSE;
  first = readers[0];
  second = readers[1];
  if (!check_space (self, first, error))
    return FALSE;

  reading = (SourceReading) { second, &self->source.content };
  engram_side_work_start (&side, read_source, &reading);
  copied = engram_snapshot_copy (first, self->work->path, engram_progress_part_report, &part, side.stop, &own_error) &&
           engram_sqlite_count_foreign_keys (first, &self->source.n_foreign, &own_error);
  /* Its pages go to disk while they are verified, so that syncing them takes no long time afterwards. */
  sync_file_range (self->work->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  return engram_side_work_finish (&side, copied, own_error, error);
}

/* What the manifest says of the file. */
static gboolean
describe (Creation          *self,
          EngramConnection  *connection,
          GError           **error)
{
  g_auto (EngramNetworkId) id = { NULL };

  if (!engram_schema_read_version (connection, &self->backup->schema_version, error) ||
      !engram_network_id_read (connection, &id, error))
    return FALSE;
  self->backup->network = g_strdup (engram_network_id_get_name (&id));
  self->backup->content = g_strdup (self->copy.content.hash);
  self->backup->neurons = self->copy.content.neurons;
  self->backup->synapses = self->copy.content.synapses;
  return TRUE;
}

static gboolean
hash_copy (Creation      *self,
           GCancellable  *stop,
           GError       **error)
{
  EngramProgressPart part = { self->progress, self->user_data, CONTENT_READ, BYTES_READ };

  if (fsync (self->work->fd) != 0)
    {
      engram_file_set_error (error, errno, self->folder);
      return FALSE;
    }
  self->backup->sha256 = engram_file_hash (self->work->path, &self->backup->size_bytes,
                                           engram_progress_part_report, &part, stop, error);
  return self->backup->sha256 != NULL;
}

/* The calling thread's half of the verification. */
static gboolean
read_copy (Creation          *self,
           EngramConnection  *connection,
           GCancellable      *stop,
           GError           **error)
{
  EngramProgressPart part = { self->progress, self->user_data, COPIED, CONTENT_READ };

  if (!engram_content_read (connection, &self->copy.content, 1, engram_progress_part_report, &part, error) ||
      !engram_sqlite_count_foreign_keys (connection, &self->copy.n_foreign, error))
    return FALSE;
  if (!engram_content_equal (&self->copy.content, &self->source.content) ||
      self->copy.n_foreign != self->source.n_foreign)
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                   _("The copy in “%s” is not what was copied: the disk may be broken. Choose another folder."),
                   self->folder);
      return FALSE;
    }
  if (!describe (self, connection, error) || !hash_copy (self, stop, error))
    return FALSE;
  if (self->progress != NULL)
    self->progress (_("Waiting for SQLite’s checks"), BYTES_READ, self->user_data);
  return TRUE;
}

static gboolean
verify_copy (Creation  *self,
             GError   **error)
{
  g_auto (EngramSideWork) side = { NULL };
  g_autoptr (EngramConnection) checked = NULL;
  g_autoptr (EngramConnection) hashed = NULL;
  g_auto (EngramSqliteCheck) check = { NULL };
  GError *own_error = NULL;
  gboolean done;

  engram_side_work_init (&side, self->cancellable);
  checked = engram_connection_open (self->work->path, ENGRAM_CONNECTION_IMMUTABLE, side.stop, error);
  if (checked == NULL)
    return FALSE;
  hashed = engram_connection_open (self->work->path, ENGRAM_CONNECTION_IMMUTABLE, side.stop, error);
  if (hashed == NULL)
    return FALSE;

  check.connection = checked;
  engram_side_work_start (&side, engram_sqlite_check_run, &check);
  done = read_copy (self, hashed, side.stop, &own_error);
  done = engram_side_work_finish (&side, done, own_error, error);
  if (!done || check.damage == NULL)
    return done;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
               /* Translators: a file's name, then SQLite's words. */
               _("“%s” is damaged, so no backup of it can be verified: %s"),
               engram_database_get_path (self->database), check.damage);
  return FALSE;
}

static gboolean
publish_manifest (Creation    *self,
                  const char  *database,
                  mode_t       mode,
                  GError     **error)
{
  g_autofree char *path = engram_manifest_get_path (database);
  g_autofree char *text = engram_manifest_write (self->backup);
  g_autoptr (EngramWorkFile) work = engram_work_file_new (path, ENGRAM_BACKUP_PURPOSE, error);

  return work != NULL && engram_work_file_write (work, text, strlen (text), error) &&
         engram_work_file_publish (work, path, mode, error);
}

/* A backup is as readable as the network, and nobody but its owner needs to write it. */
static mode_t
get_mode (Creation *self)
{
  struct stat status;

  return stat (engram_database_get_path (self->database), &status) == 0 ? (status.st_mode & 0644) | 0600 : 0600;
}

static gboolean
publish (Creation  *self,
         GError   **error)
{
  g_autofree char *path = NULL;
  mode_t mode = get_mode (self);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !find_free_path (self, &path, error) ||
      !engram_work_file_publish (self->work, path, mode, error))
    return FALSE;
  engram_backup_set_path (self->backup, path);
  if (publish_manifest (self, path, mode, error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

/* A manifest that is too large is none. */
static gboolean
check_note (Creation  *self,
            GError   **error)
{
  if (self->options->note == NULL || strlen (self->options->note) <= MAX_NOTE_BYTES)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID, _("The note is too long: at most %d bytes."), MAX_NOTE_BYTES);
  return FALSE;
}

static gboolean
create (Creation  *self,
        GError   **error)
{
  g_autofree char *path = NULL;

  if (!check_note (self, error) || !make_folder (self, error) || !choose_name (self, error) ||
      !find_free_path (self, &path, error))
    return FALSE;
  self->work = engram_work_file_new (path, ENGRAM_BACKUP_PURPOSE, error);
  if (self->work == NULL)
    return FALSE;
  self->backup = engram_backup_new (path);
  self->backup->time = engram_time_now ();
  self->backup->original = g_strdup (engram_database_get_path (self->database));
  self->backup->note = g_strdup (self->options->note);
  self->backup->made_by = g_strdup ("engram " ENGRAM_VERSION);
  self->backup->reason = self->options->reason;
  self->backup->complete = TRUE;
  return copy_snapshot (self, error) && verify_copy (self, error) && publish (self, error);
}

EngramBackup *
engram_backup_create (EngramDatabase             *database,
                      const EngramBackupOptions  *options,
                      EngramProgressFunc          progress,
                      gpointer                    user_data,
                      GCancellable               *cancellable,
                      GError                    **error)
{
  g_auto (Creation) creation = { database, options, cancellable, progress, user_data };
  g_autofree char *message = NULL;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (!create (&creation, error))
    {
      engram_error_name_users (error, engram_database_get_path (database));
      g_clear_pointer (&creation.backup, engram_backup_free);
      return NULL;
    }
  message = engram_backup_describe_good ();
  engram_backup_remember (creation.backup->path, ENGRAM_BACKUP_GOOD, message);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "backup",
                    "ENGRAM_PATH", creation.backup->path,
                    "MESSAGE", "Backed “%s” up as “%s”", engram_database_get_path (database), creation.backup->path);
  return creation.backup;
}
