/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-database-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sqlite/engram-file-private.h"
#include "sqlite/engram-private-copy-private.h"
#include "sqlite/engram-schema-private.h"
#include "stores/engram-network-writer.h"

/* Readers kept for the next who asks. */
#define MAX_IDLE_READERS 4

/* How often a snapshot for several readers is tried while another program writes. */
#define MAX_SNAPSHOT_TRIES 20

/* How often whoever waits for the writer looks whether it was cancelled. */
#define CANCEL_INTERVAL_US (20 * 1000)

struct _EngramDatabase {
  GObject               parent_instance;

  char                 *path;
  EngramDatabaseAccess  access;
  GStrv                 triggers;

  GMutex                mutex;         /* guards what follows, up to the next lock */
  int                   schema_version;
  EngramPrivateCopy    *copy;          /* what is read instead of the file, until the first write */
  EngramConnectionFlags read_flags;
  gboolean              keep_wal;
  guint                 epoch;         /* readers of an older one are not used again */
  GPtrArray            *idle;

  GMutex                watch_mutex;   /* held while somebody uses the watch */
  EngramConnection     *watch;         /* sees what others commit, for change stamps */

  GMutex                write_mutex;
  GCond                 write_done;
  gboolean              is_writing;
  EngramConnection     *writer;        /* for whoever has set is_writing */
};

G_DEFINE_FINAL_TYPE (EngramDatabase, engram_database, G_TYPE_OBJECT)

static void
engram_database_finalize (GObject *object)
{
  EngramDatabase *self = ENGRAM_DATABASE (object);

  /* The writer last: who closes last writes the WAL back into the file. */
  g_ptr_array_unref (self->idle);
  engram_connection_close (self->watch);
  engram_connection_close (self->writer);
  engram_private_copy_free (self->copy);
  g_strfreev (self->triggers);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->watch_mutex);
  g_mutex_clear (&self->write_mutex);
  g_cond_clear (&self->write_done);

  G_OBJECT_CLASS (engram_database_parent_class)->finalize (object);
}

static void
engram_database_class_init (EngramDatabaseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_database_finalize;
}

static void
engram_database_init (EngramDatabase *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->watch_mutex);
  g_mutex_init (&self->write_mutex);
  g_cond_init (&self->write_done);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_connection_close);
}

static EngramConnection *
open_connection (EngramDatabase  *self,
                 GCancellable    *cancellable,
                 GError         **error)
{
  EngramConnection *connection;
  EngramConnectionFlags flags;
  g_autofree char *path = NULL;
  gboolean keep_wal;
  guint epoch;

  g_mutex_lock (&self->mutex);
  path = g_strdup (self->copy != NULL ? engram_private_copy_get_path (self->copy) : self->path);
  flags = self->read_flags;
  keep_wal = self->keep_wal;
  epoch = self->epoch;
  g_mutex_unlock (&self->mutex);

  connection = engram_connection_open (path, flags, cancellable, error);
  if (connection == NULL)
    return NULL;
  if (keep_wal)
    engram_connection_keep_wal (connection);
  engram_connection_set_owner (connection, NULL, epoch);
  return connection;
}

/* Decides how the file can be read where it lies without changing anything; FALSE where only a copy of it can. */
static gboolean
plan_reading (EngramDatabase   *self,
              const EngramFile *file)
{
  self->read_flags = 0;
  self->keep_wal = FALSE;
  if (!file->is_wal)
    {
      /* Whoever cannot write cannot roll back what a crash left in a -journal either: see open_for_looking(). */
      self->read_flags = ENGRAM_CONNECTION_READ_FILE;
      return TRUE;
    }
  if (!file->is_writable)
    {
      /* Reading a WAL needs a -shm that can be written. Without a WAL, and nobody to write one, none is needed. */
      self->read_flags = ENGRAM_CONNECTION_IMMUTABLE;
      return !file->has_wal_frames;
    }
  /* Frames that wait are left waiting. Without the -shm, which every program that has the file open keeps beside it,
   * reading them would leave a new one behind. */
  self->keep_wal = file->has_wal_frames;
  return !file->has_wal_frames || file->has_shm;
}

static gboolean
read_copy_instead (EngramDatabase  *self,
                   GCancellable    *cancellable,
                   GError         **error)
{
  self->copy = engram_private_copy_new (self->path, cancellable, error);
  self->read_flags = ENGRAM_CONNECTION_WRITE;
  self->keep_wal = FALSE;
  return self->copy != NULL;
}

static gboolean
inspect (EngramDatabase  *self,
         GCancellable    *cancellable,
         GError         **error)
{
  g_autoptr (EngramConnection) connection = NULL;
  EngramSchema schema = { 0 };

  connection = open_connection (self, cancellable, error);
  if (connection == NULL || !engram_schema_inspect (connection, &schema, error))
    {
      engram_schema_clear (&schema);
      return FALSE;
    }
  self->schema_version = schema.version;
  g_strfreev (self->triggers);
  self->triggers = g_steal_pointer (&schema.triggers);
  engram_connection_set_cancellable (connection, NULL);
  g_ptr_array_add (self->idle, g_steal_pointer (&connection));
  return TRUE;
}

static gboolean
open_for_looking (EngramDatabase    *self,
                  const EngramFile  *file,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!plan_reading (self, file))
    return read_copy_instead (self, cancellable, error) && inspect (self, cancellable, error);

  if (inspect (self, cancellable, &local_error))
    return TRUE;
  /* A journal that a crash left must be rolled back before anything can be read: in a copy. */
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY))
    return read_copy_instead (self, cancellable, error) && inspect (self, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static EngramDatabaseAccess
judge_access (EngramDatabase   *self,
              const EngramFile *file)
{
  if (self->schema_version > ENGRAM_SCHEMA_VERSION)
    return ENGRAM_DATABASE_ACCESS_NEWER;
  if (!file->is_writable)
    return self->copy != NULL ? ENGRAM_DATABASE_ACCESS_SNAPSHOT : ENGRAM_DATABASE_ACCESS_READ_ONLY;
  if (file->n_links > 1)
    return ENGRAM_DATABASE_ACCESS_LINKED;
  return ENGRAM_DATABASE_ACCESS_WRITE;
}

EngramDatabase *
engram_database_open (const char    *path,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (EngramDatabase) self = NULL;
  EngramFile file;
  gboolean opened;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !engram_file_examine (path, &file, error))
    return NULL;

  self = g_object_new (ENGRAM_TYPE_DATABASE, NULL);
  self->path = g_strdup (file.path);
  opened = open_for_looking (self, &file, cancellable, error);
  if (opened)
    self->access = judge_access (self, &file);
  engram_file_clear (&file);
  if (!opened)
    return NULL;

  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "open",
                    "ENGRAM_PATH", self->path,
                    "MESSAGE", "Opened “%s”, schema version %d", self->path, self->schema_version);
  return g_steal_pointer (&self);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      path,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  EngramDatabase *database = engram_database_open (path, cancellable, &error);

  if (database != NULL)
    g_task_return_pointer (task, database, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
engram_database_open_async (const char          *path,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);

  g_task_set_source_tag (task, engram_database_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

EngramDatabase *
engram_database_open_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

EngramDatabase *
engram_database_create (const char    *path,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (EngramNetworkWriter) writer = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  writer = engram_network_writer_new (path, cancellable, error);
  if (writer == NULL || !engram_network_writer_finish (writer, NULL, NULL, error))
    return NULL;
  return engram_database_open (path, cancellable, error);
}

const char *
engram_database_get_path (EngramDatabase *self)
{
  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), NULL);

  return self->path;
}

EngramDatabaseAccess
engram_database_get_access (EngramDatabase *self)
{
  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), ENGRAM_DATABASE_ACCESS_READ_ONLY);

  return self->access;
}

int
engram_database_get_schema_version (EngramDatabase *self)
{
  int version;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), 0);

  g_mutex_lock (&self->mutex);
  version = self->schema_version;
  g_mutex_unlock (&self->mutex);
  return version;
}

const char * const *
engram_database_get_foreign_triggers (EngramDatabase *self)
{
  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), NULL);

  return (const char *const *) self->triggers;
}

EngramReader *
engram_database_acquire_reader (EngramDatabase  *self,
                                GCancellable    *cancellable,
                                GError         **error)
{
  EngramConnection *reader = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  g_mutex_lock (&self->mutex);
  if (self->idle->len > 0)
    reader = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->mutex);

  if (reader == NULL)
    reader = open_connection (self, cancellable, error);
  if (reader == NULL)
    return NULL;
  engram_connection_set_cancellable (reader, cancellable);
  engram_connection_set_owner (reader, g_object_ref (self), engram_connection_get_epoch (reader));
  return reader;
}

void
engram_reader_release (EngramReader *reader)
{
  g_autoptr (EngramDatabase) self = NULL;

  if (reader == NULL)
    return;

  self = engram_connection_get_owner (reader);
  if (!sqlite3_get_autocommit (engram_connection_get_handle (reader)))
    engram_connection_end_read (reader);
  engram_connection_set_cancellable (reader, NULL);
  engram_connection_set_owner (reader, NULL, engram_connection_get_epoch (reader));

  g_mutex_lock (&self->mutex);
  if (self->idle->len < MAX_IDLE_READERS && engram_connection_get_epoch (reader) == self->epoch)
    g_ptr_array_add (self->idle, g_steal_pointer (&reader));
  g_mutex_unlock (&self->mutex);
  engram_connection_close (reader);
}

gboolean
engram_database_get_change_stamp (EngramDatabase  *self,
                                  guint64         *stamp,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  gboolean done = FALSE;
  gint64 version = 0;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (stamp != NULL, FALSE);

  /* Numbers of two connections cannot be compared, so there is one, for one caller at a time. */
  g_mutex_lock (&self->watch_mutex);
  g_mutex_lock (&self->mutex);
  if (self->watch != NULL && engram_connection_get_epoch (self->watch) != self->epoch)
    g_clear_pointer (&self->watch, engram_connection_close);
  g_mutex_unlock (&self->mutex);

  if (self->watch == NULL)
    self->watch = open_connection (self, cancellable, error);
  if (self->watch != NULL)
    {
      engram_connection_set_cancellable (self->watch, cancellable);
      done = engram_connection_get_integer (self->watch, "PRAGMA data_version", &version, error);
      engram_connection_set_cancellable (self->watch, NULL);
      *stamp = (guint64) engram_connection_get_epoch (self->watch) << 32 | (guint32) version;
    }
  g_mutex_unlock (&self->watch_mutex);
  return done;
}

static void
release_readers (EngramReader **readers,
                 guint          n_readers)
{
  for (guint i = 0; i < n_readers; i++)
    g_clear_pointer (&readers[i], engram_reader_release);
}

static gboolean
begin_readers (EngramReader **readers,
               guint          n_readers,
               GError       **error)
{
  for (guint i = 0; i < n_readers; i++)
    if (!engram_connection_begin_read (readers[i], error))
      {
        while (i-- > 0)
          engram_connection_end_read (readers[i]);
        return FALSE;
      }
  return TRUE;
}

/* Where nobody commits between the first snapshot and the last, all are the same. */
static gboolean
begin_same_snapshot (EngramDatabase  *self,
                     EngramReader   **readers,
                     guint            n_readers,
                     GCancellable    *cancellable,
                     GError         **error)
{
  for (int try = 0; try < MAX_SNAPSHOT_TRIES; try++)
    {
      guint64 before, after;

      if (!engram_database_get_change_stamp (self, &before, cancellable, error) ||
          !begin_readers (readers, n_readers, error))
        return FALSE;
      if (engram_database_get_change_stamp (self, &after, cancellable, error) && before == after)
        return TRUE;
      for (guint i = 0; i < n_readers; i++)
        engram_connection_end_read (readers[i]);
      if (error != NULL && *error != NULL)
        return FALSE;
    }
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
               _("Another program is writing “%s” all the time. Wait until it is done, then try again."), self->path);
  return FALSE;
}

gboolean
engram_database_acquire_snapshot (EngramDatabase  *self,
                                  EngramReader   **readers,
                                  guint            n_readers,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  memset (readers, 0, n_readers * sizeof *readers);
  for (guint i = 0; i < n_readers; i++)
    {
      readers[i] = engram_database_acquire_reader (self, cancellable, error);
      if (readers[i] == NULL)
        {
          release_readers (readers, i);
          return FALSE;
        }
    }
  if (begin_same_snapshot (self, readers, n_readers, cancellable, &local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  release_readers (readers, n_readers);
  return FALSE;
}

static gboolean
refuse_writing (EngramDatabase  *self,
                GError         **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  switch (self->access)
    {
    case ENGRAM_DATABASE_ACCESS_WRITE:
      return FALSE;
    case ENGRAM_DATABASE_ACCESS_NEWER:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NEWER,
                   _("“%s” was written by a newer program (schema version %d, this program knows %d). It can be looked "
                     "at, not changed. Update Engram to change it."),
                   name, engram_database_get_schema_version (self), ENGRAM_SCHEMA_VERSION);
      return TRUE;
    case ENGRAM_DATABASE_ACCESS_LINKED:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                   _("“%s” has several names (hard links); writing under one of them can damage it. Make a copy and "
                     "change that."), name);
      return TRUE;
    case ENGRAM_DATABASE_ACCESS_READ_ONLY:
    case ENGRAM_DATABASE_ACCESS_SNAPSHOT:
    default:
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_READ_ONLY,
                   _("“%s” or its folder cannot be written. Make a copy elsewhere and change that."), name);
      return TRUE;
    }
}

/* From the first write on, readers read the file itself, as a database that is written. */
static void
leave_looking (EngramDatabase *self)
{
  g_autoptr (GPtrArray) idle = NULL;

  g_mutex_lock (&self->mutex);
  if (self->read_flags != 0 || self->copy != NULL)
    {
      self->read_flags = 0;
      self->epoch++;
      idle = g_steal_pointer (&self->idle);
      self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_connection_close);
      /* Readers that are out may still read the copy: its files stay readable to them after they are removed. */
      g_clear_pointer (&self->copy, engram_private_copy_free);
    }
  self->keep_wal = FALSE;
  g_mutex_unlock (&self->mutex);
}

static gboolean
open_writer (EngramDatabase  *self,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (EngramConnection) writer = NULL;
  g_autofree char *journal_mode = NULL;

  if (refuse_writing (self, error))
    return FALSE;
  writer = engram_connection_open (self->path, ENGRAM_CONNECTION_WRITE, cancellable, error);
  if (writer == NULL)
    return FALSE;
  leave_looking (self);
  /* Where another program keeps the file from changing its mode, the old one is as safe. */
  journal_mode = engram_connection_get_text (writer, "PRAGMA journal_mode=WAL", NULL);
  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                    "ENGRAM_ACTION", "first-write",
                    "ENGRAM_PATH", self->path,
                    "MESSAGE", "Writing “%s” from now on, journal mode %s", self->path,
                    journal_mode != NULL ? journal_mode : "unchanged");
  self->writer = g_steal_pointer (&writer);
  return TRUE;
}

static void
set_schema_version (EngramDatabase *self,
                    int             version)
{
  g_mutex_lock (&self->mutex);
  self->schema_version = version;
  g_mutex_unlock (&self->mutex);
}

static gboolean
bring_schema_up_to_date (EngramDatabase  *self,
                         GError         **error)
{
  int version;

  if (!engram_schema_read_version (self->writer, &version, error))
    return FALSE;
  if (version > ENGRAM_SCHEMA_VERSION)
    {
      set_schema_version (self, version);
      self->access = ENGRAM_DATABASE_ACCESS_NEWER;
      refuse_writing (self, error);
      return FALSE;
    }
  return version == ENGRAM_SCHEMA_VERSION || engram_schema_upgrade (self->writer, version, error);
}

/* Another thread of ours may be writing for long: whoever waits can give up. */
static gboolean
lock_writer (EngramDatabase  *self,
             GCancellable    *cancellable,
             GError         **error)
{
  gboolean cancelled = FALSE;

  g_mutex_lock (&self->write_mutex);
  while (self->is_writing && !cancelled)
    {
      g_cond_wait_until (&self->write_done, &self->write_mutex, g_get_monotonic_time () + CANCEL_INTERVAL_US);
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (!cancelled)
    self->is_writing = TRUE;
  g_mutex_unlock (&self->write_mutex);
  return !cancelled;
}

static void
unlock_writer (EngramDatabase *self)
{
  if (self->writer != NULL)
    engram_connection_set_cancellable (self->writer, NULL);
  g_mutex_lock (&self->write_mutex);
  self->is_writing = FALSE;
  g_cond_signal (&self->write_done);
  g_mutex_unlock (&self->write_mutex);
}

EngramConnection *
engram_database_begin_write (EngramDatabase  *self,
                             GCancellable    *cancellable,
                             GError         **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !lock_writer (self, cancellable, error))
    return NULL;

  if (self->writer != NULL || open_writer (self, cancellable, error))
    {
      engram_connection_set_cancellable (self->writer, cancellable);
      if (engram_connection_execute (self->writer, "BEGIN IMMEDIATE", error))
        {
          if (bring_schema_up_to_date (self, error))
            return self->writer;
          engram_connection_end_read (self->writer);
        }
    }
  unlock_writer (self);
  return NULL;
}

gboolean
engram_database_end_write (EngramDatabase    *self,
                           EngramConnection  *writer,
                           gboolean           success,
                           GError           **error)
{
  g_return_val_if_fail (writer == self->writer, FALSE);

  /* What is complete is committed, whoever cancels now. */
  engram_connection_set_cancellable (writer, NULL);
  if (success)
    success = engram_connection_execute (writer, "COMMIT", error);
  if (success)
    set_schema_version (self, ENGRAM_SCHEMA_VERSION);
  if (!sqlite3_get_autocommit (engram_connection_get_handle (writer)))
    sqlite3_exec (engram_connection_get_handle (writer), "ROLLBACK", NULL, NULL, NULL);
  unlock_writer (self);
  return success;
}

EngramConnection *
engram_database_begin_exclusive (EngramDatabase  *self,
                                 GCancellable    *cancellable,
                                 GError         **error)
{
  EngramConnection *writer = engram_database_begin_write (self, cancellable, error);

  if (writer == NULL)
    return NULL;
  if (engram_connection_execute (writer, "COMMIT", error))
    {
      set_schema_version (self, ENGRAM_SCHEMA_VERSION);
      return writer;
    }
  engram_database_end_write (self, writer, FALSE, NULL);
  return NULL;
}

void
engram_database_end_exclusive (EngramDatabase   *self,
                               EngramConnection *writer)
{
  g_return_if_fail (writer == self->writer);

  unlock_writer (self);
}

/* How many rows at either end of the table are asked first. */
#define DIMENSION_SAMPLE "200"

#define IS_VECTOR "typeof(vector)='blob' AND length(vector)>0 AND length(vector)%4=0"

/* The most frequent length. Where the first and the last rows agree on one, it is that; a network of which the middle
 * outvotes both ends is one that the integrity report speaks of. */
gboolean
engram_database_get_dimension (EngramDatabase    *self,
                               EngramConnection  *writer,
                               guint             *dimension,
                               GError           **error)
{
  gint64 n_lengths, length;

  if (!engram_connection_get_integer (writer,
        "SELECT count(DISTINCT n) FROM ("
        " SELECT * FROM (SELECT length(vector) AS n FROM neurons WHERE " IS_VECTOR
        "  ORDER BY rowid LIMIT " DIMENSION_SAMPLE ")"
        " UNION ALL"
        " SELECT * FROM (SELECT length(vector) AS n FROM neurons WHERE " IS_VECTOR
        "  ORDER BY rowid DESC LIMIT " DIMENSION_SAMPLE "))", &n_lengths, error))
    return FALSE;

  if (!engram_connection_get_integer (writer,
        n_lengths == 1 ? "SELECT length(vector) FROM neurons WHERE " IS_VECTOR " ORDER BY rowid LIMIT 1"
                       : "SELECT length(vector) FROM neurons WHERE " IS_VECTOR
                         " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", &length, error))
    return FALSE;
  *dimension = length / sizeof (float);
  return TRUE;
}
