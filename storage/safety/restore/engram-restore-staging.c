/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/restore/engram-restore-staging-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sys/stat.h>

#include "safety/backups/engram-backup-private.h"
#include "safety/engram-progress-part-private.h"
#include "safety/engram-side-work-private.h"
#include "safety/files/engram-snapshot-copy-private.h"
#include "safety/files/engram-sqlite-check-private.h"
#include "sqlite/engram-schema-private.h"

#define PURPOSE "restore"

/* How much of the work is over when the copy is there, and when its bytes are read. */
#define COPIED 0.2
#define BYTES_READ 0.5

typedef struct {
  EngramStaging      *staging;
  EngramBackup       *backup;
  guint64             size;
  EngramProgressFunc  progress;
  gpointer            user_data;
  GCancellable       *cancellable;
} Making;

static gboolean G_GNUC_PRINTF (3, 4)
refuse_damaged (const EngramStaging  *staging,
                GError              **error,
                const char           *format,
                ...)
{
  g_autofree char *name = g_filename_display_name (staging->backup);
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED,
               /* Translators: a file's name, then what is wrong with it, a sentence. */
               _("The backup “%s” is damaged, and nothing was restored. %s"), name, reason);
  return FALSE;
}

static gboolean
check_other_file (const char  *backup,
                  const char  *network,
                  GError     **error)
{
  g_autofree char *name = g_filename_display_name (backup);
  struct stat first, second;

  if (stat (backup, &first) != 0 || stat (network, &second) != 0 || first.st_dev != second.st_dev ||
      first.st_ino != second.st_ino)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID, _("“%s” is the network itself, not a backup of it."), name);
  return FALSE;
}

/* A backup with a hash is one file, whatever lies beside it. */
static gboolean
copy_file (Making  *self,
           GError **error)
{
  EngramProgressPart part = { self->progress, self->user_data, 0, COPIED };

  if (self->size != self->backup->size_bytes)
    return refuse_damaged (self->staging, error, _("It is %" PRIu64 " bytes long; its manifest says %"
                                                   PRIu64 "."), self->backup->size_bytes, self->size);
  return engram_file_copy (self->backup->path, self->staging->work, engram_progress_part_report, &part,
                           self->cancellable, error);
}

/* One without may be a network in use. */
static gboolean
copy_network (Making  *self,
              GError **error)
{
  EngramProgressPart part = { self->progress, self->user_data, 0, COPIED };
  g_autoptr (EngramDatabase) database = engram_database_open (self->backup->path, self->cancellable, error);
  g_autoptr (EngramReader) reader = NULL;

  if (database == NULL)
    return FALSE;
  reader = engram_database_acquire_reader (database, self->cancellable, error);
  return reader != NULL && engram_connection_begin_read (reader, error) &&
         engram_snapshot_copy (reader, self->staging->work->path, engram_progress_part_report, &part,
                               self->cancellable, error);
}

static gboolean
check_version (Making            *self,
               EngramConnection  *connection,
               GError           **error)
{
  g_autofree char *name = g_filename_display_name (self->backup->path);
  int version;

  if (!engram_schema_read_version (connection, &version, error))
    return FALSE;
  if (version <= ENGRAM_SCHEMA_VERSION)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NEWER,
               _("“%s” was written by a newer program (schema version %d, this program knows %d). Nothing was "
                 "restored. Update Engram to restore it."), name, version, ENGRAM_SCHEMA_VERSION);
  return FALSE;
}

static gboolean
read_bytes (Making        *self,
            GCancellable  *stop,
            GError       **error)
{
  EngramProgressPart part = { self->progress, self->user_data, COPIED, BYTES_READ };
  g_autofree char *hash = NULL;

  if (self->backup->sha256 == NULL)
    return TRUE;
  hash = engram_file_hash (self->staging->work->path, NULL, engram_progress_part_report, &part, stop, error);
  if (hash == NULL)
    return FALSE;
  if (g_str_equal (hash, self->backup->sha256))
    return TRUE;
  return refuse_damaged (self->staging, error, "%s", _("Its bytes are not those that were written: its SHA-256 is "
                                                       "another than its manifest says."));
}

static gboolean
read_content (Making            *self,
              EngramConnection  *connection,
              GError           **error)
{
  EngramProgressPart part = { self->progress, self->user_data, BYTES_READ, 1 };
  const EngramBackup *backup = self->backup;
  EngramContent *content = &self->staging->content;

  if (!check_version (self, connection, error) || !engram_network_id_read (connection, &self->staging->id, error) ||
      !engram_content_read (connection, content, 1, engram_progress_part_report, &part, error))
    return FALSE;
  if (backup->content != NULL &&
      (!g_str_equal (content->hash, backup->content) || content->neurons != (guint64) backup->neurons ||
       content->synapses != (guint64) backup->synapses))
    return refuse_damaged (self->staging, error, "%s", _("It does not hold what its manifest says."));
  return TRUE;
}

static gboolean
check_sides (Making  *self,
             GError **error)
{
  const char *path = self->staging->work->path;
  g_auto (EngramSideWork) side = { NULL };
  g_autoptr (EngramConnection) checked = NULL;
  g_autoptr (EngramConnection) hashed = NULL;
  g_auto (EngramSqliteCheck) check = { NULL };
  GError *own_error = NULL;
  gboolean done;

  engram_side_work_init (&side, self->cancellable);
  checked = engram_connection_open (path, ENGRAM_CONNECTION_IMMUTABLE, side.stop, error);
  if (checked == NULL)
    return FALSE;
  hashed = engram_connection_open (path, ENGRAM_CONNECTION_IMMUTABLE, side.stop, error);
  if (hashed == NULL)
    return FALSE;
  check.connection = checked;
  engram_side_work_start (&side, engram_sqlite_check_run, &check);
  done = read_bytes (self, side.stop, &own_error) && read_content (self, hashed, &own_error);
  done = engram_side_work_finish (&side, done, own_error, error);
  return done &&
         (check.damage == NULL || refuse_damaged (self->staging, error, _("SQLite finds: %s."), check.damage));
}

static gboolean
check_copy (Making  *self,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (check_sides (self, &local_error))
    return TRUE;
  /* What stops SQLite may be the damage: the bytes tell. */
  if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED) &&
      !read_bytes (self, self->cancellable, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What SQLite says of the hidden copy is said of the backup. */
static void
name_backup (const EngramStaging  *self,
             GError              **error)
{
  g_autoptr (GError) cause = NULL;

  if (error == NULL || self->work == NULL || !g_error_matches (*error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED) ||
      strstr ((*error)->message, self->work->path) == NULL)
    return;
  cause = g_steal_pointer (error);
  refuse_damaged (self, error, "%s", cause->message);
}

static gboolean
make (Making      *self,
      const char  *network,
      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (network);

  /* The copy, and what the network's own journal will hold while its pages are replaced. */
  if (!check_other_file (self->backup->path, network, error) ||
      !engram_check_space (folder, self->backup->size_bytes * 2, error))
    return FALSE;
  engram_work_file_sweep (folder, PURPOSE);
  self->staging->work = engram_work_file_new (network, PURPOSE, error);
  if (self->staging->work == NULL)
    return FALSE;
  return (self->backup->sha256 != NULL ? copy_file (self, error) : copy_network (self, error)) &&
         check_copy (self, error);
}

gboolean
engram_staging_make (EngramStaging       *self,
                     const char          *backup,
                     const char          *network,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  Making making = { self, NULL, 0, progress, user_data, cancellable };
  g_autoptr (EngramBackup) description = NULL;
  g_autofree char *reason = NULL;

  *self = (EngramStaging) { NULL };
  description = making.backup = engram_backup_read_full (backup, &making.size, &reason, error);
  if (description == NULL)
    return FALSE;
  self->backup = g_strdup (description->path);
  if (make (&making, network, error))
    return TRUE;
  name_backup (self, error);
  return FALSE;
}

/* The network's backups go on being its own. */
static gboolean
set_id (EngramConnection  *writer,
        const char        *id,
        GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  statement = engram_connection_prepare (writer, "INSERT OR REPLACE INTO engram_network (key, value) VALUES ('id', ?)",
                                         error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, id);
  return engram_statement_run (statement, error);
}

static gboolean
upgrade (EngramStaging          *self,
         const EngramNetworkId  *live,
         GCancellable           *cancellable,
         GError                **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (self->work->path, cancellable, error);
  EngramConnection *writer;
  gboolean done = TRUE;

  if (database == NULL)
    return FALSE;
  /* The schema becomes the newest with any write. */
  writer = engram_database_begin_write (database, cancellable, error);
  if (writer == NULL)
    return FALSE;
  if (live != NULL && live->id != NULL && self->id.id == NULL && engram_network_id_is_same (&self->id, live))
    done = set_id (writer, live->id, error);
  return engram_database_end_write (database, writer, done, error) && done;
}

gboolean
engram_staging_prepare (EngramStaging          *self,
                        const EngramNetworkId  *live,
                        gint64                  page_size,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr (EngramConnection) connection = NULL;
  g_autofree char *sql = g_strdup_printf ("PRAGMA page_size=%" G_GINT64_FORMAT "; VACUUM", page_size);
  gint64 present;

  if (!upgrade (self, live, cancellable, error))
    return FALSE;
  connection = engram_connection_open (self->work->path, ENGRAM_CONNECTION_WRITE, cancellable, error);
  return connection != NULL && engram_make_one_file (connection, error) &&
         engram_connection_get_integer (connection, "PRAGMA page_size", &present, error) &&
         (page_size == 0 || present == page_size || engram_connection_execute (connection, sql, error));
}

void
engram_staging_clear (EngramStaging *self)
{
  g_clear_pointer (&self->backup, g_free);
  g_clear_pointer (&self->work, engram_work_file_free);
  engram_content_clear (&self->content);
  engram_network_id_clear (&self->id);
}
