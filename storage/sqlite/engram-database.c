/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-database-internal-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "stores/engram-network-writer.h"

/* Readers kept for the next who asks. */
#define MAX_IDLE_READERS 4

/* How often another way to read the file is looked for while another program keeps changing what it is like. */
#define MAX_PLANS 5

/* How often a snapshot for several readers is tried while another program writes. */
#define MAX_SNAPSHOT_TRIES 20

G_DEFINE_FINAL_TYPE (EngramDatabase, engram_database, G_TYPE_OBJECT)

/* Frames that were found waiting, and that nobody has touched since, were left by a crash: they go on waiting. Where
 * another program has written meanwhile and is gone, closing does what its own closing would have done. */
static void
decide_about_wal (EngramDatabase *self)
{
  gboolean keep = self->found_frames && engram_file_get_wal_time (self->path) == self->found_wal_time;

  if (self->plan.copy != NULL || self->has_written)
    return;
  for (guint i = 0; i < self->idle->len; i++)
    engram_connection_keep_wal (g_ptr_array_index (self->idle, i), keep);
  if (self->watch != NULL)
    engram_connection_keep_wal (self->watch, keep);
}

static void
engram_database_finalize (GObject *object)
{
  EngramDatabase *self = ENGRAM_DATABASE (object);

  if (self->path != NULL)
    decide_about_wal (self);

  /* The writer last: who closes last writes the WAL back into the file. */
  g_ptr_array_unref (self->idle);
  engram_connection_close (self->watch);
  engram_connection_close (self->writer);
  engram_reading_plan_clear (&self->plan);
  g_strfreev (self->triggers);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->plan_mutex);
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
  g_mutex_init (&self->plan_mutex);
  g_mutex_init (&self->watch_mutex);
  g_mutex_init (&self->write_mutex);
  g_cond_init (&self->write_done);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_connection_close);
}

gboolean
engram_database_check_identity (EngramDatabase  *self,
                                GError         **error)
{
  g_autofree char *name = NULL;

  if (engram_file_is_same (self->path, self->device, self->inode))
    return TRUE;
  name = g_filename_display_name (self->path);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE,
               _("“%s” was moved, deleted or replaced since it was opened. Open it again."), name);
  return FALSE;
}

void
engram_database_set_schema_version (EngramDatabase *self,
                                    int             version)
{
  g_mutex_lock (&self->mutex);
  self->schema_version = version;
  if (version > ENGRAM_SCHEMA_VERSION)
    self->access = ENGRAM_DATABASE_ACCESS_NEWER;
  g_mutex_unlock (&self->mutex);
}

void
engram_database_set_plan (EngramDatabase    *self,
                          EngramReadingPlan *plan,
                          EngramConnection  *first)
{
  g_autoptr (GPtrArray) idle = NULL;
  EngramReadingPlan old;

  g_mutex_lock (&self->mutex);
  old = self->plan;
  self->plan = *plan;
  self->epoch++;
  idle = g_steal_pointer (&self->idle);
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_connection_close);
  if (first != NULL)
    {
      engram_connection_set_cancellable (first, NULL);
      engram_connection_set_owner (first, NULL, self->epoch);
      g_ptr_array_add (self->idle, first);
    }
  g_mutex_unlock (&self->mutex);
  engram_reading_plan_clear (&old);
}

static EngramDatabaseAccess
judge_access (const EngramFindings    *findings,
              const EngramReadingPlan *plan)
{
  if (findings->schema.version > ENGRAM_SCHEMA_VERSION)
    return ENGRAM_DATABASE_ACCESS_NEWER;
  if (plan->is_fixed)
    return ENGRAM_DATABASE_ACCESS_PORTAL;
  if (!findings->file.is_writable)
    return plan->copy != NULL ? ENGRAM_DATABASE_ACCESS_SNAPSHOT : ENGRAM_DATABASE_ACCESS_READ_ONLY;
  if (findings->file.n_links > 1)
    return ENGRAM_DATABASE_ACCESS_LINKED;
  return ENGRAM_DATABASE_ACCESS_WRITE;
}

/* Looks anew at how the file can be read, unless somebody else has done so since @epoch. */
static gboolean
plan_again (EngramDatabase  *self,
            guint            epoch,
            GCancellable    *cancellable,
            GError         **error)
{
  EngramReadingPlan plan;
  EngramFindings findings;
  gboolean done = TRUE;
  guint now;

  g_mutex_lock (&self->plan_mutex);
  g_mutex_lock (&self->mutex);
  now = self->epoch;
  g_mutex_unlock (&self->mutex);
  if (now == epoch)
    {
      done = engram_reading_plan_make (&plan, self->path, &findings, cancellable, error);
      if (done)
        {
          engram_database_set_schema_version (self, findings.schema.version);
          engram_database_set_plan (self, &plan, g_steal_pointer (&findings.connection));
          engram_findings_clear (&findings);
        }
    }
  g_mutex_unlock (&self->plan_mutex);
  return done;
}

static EngramConnection *
open_connection (EngramDatabase  *self,
                 GCancellable    *cancellable,
                 GError         **error)
{
  EngramReadingPlan plan;
  EngramConnection *connection;
  guint epoch;

  g_mutex_lock (&self->mutex);
  plan = self->plan;
  if (plan.copy != NULL)
    engram_private_copy_ref (plan.copy);
  epoch = self->epoch;
  g_mutex_unlock (&self->mutex);

  connection = engram_reading_plan_connect (&plan, self->path, cancellable, error);
  engram_reading_plan_clear (&plan);
  if (connection != NULL)
    engram_connection_set_owner (connection, NULL, epoch);
  return connection;
}

/* Makes sure that the file is still the one that was opened, and that a copy which is read instead of it is not out of
 * date. */
static gboolean
refresh (EngramDatabase  *self,
         GCancellable    *cancellable,
         GError         **error)
{
  EngramReadingPlan plan;
  gboolean is_same, is_outdated;
  guint epoch;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_mutex_lock (&self->mutex);
  plan = self->plan;
  if (plan.copy != NULL)
    engram_private_copy_ref (plan.copy);
  epoch = self->epoch;
  g_mutex_unlock (&self->mutex);
  /* The portal's numbers of files change while they are the same. */
  is_same = plan.is_fixed || engram_database_check_identity (self, error);
  is_outdated = is_same && engram_reading_plan_is_outdated (&plan);
  engram_reading_plan_clear (&plan);
  return is_same && (!is_outdated || plan_again (self, epoch, cancellable, error));
}

EngramDatabase *
engram_database_open (const char    *path,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (EngramDatabase) self = NULL;
  EngramReadingPlan plan;
  EngramFindings findings;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !engram_reading_plan_make (&plan, path, &findings, cancellable, error))
    return NULL;

  self = g_object_new (ENGRAM_TYPE_DATABASE, NULL);
  self->path = g_strdup (findings.file.path);
  self->device = findings.file.device;
  self->inode = findings.file.inode;
  self->found_frames = findings.file.has_wal_frames;
  self->found_wal_time = findings.file.wal_time;
  self->triggers = g_steal_pointer (&findings.schema.triggers);
  self->schema_version = findings.schema.version;
  self->access = judge_access (&findings, &plan);
  engram_database_set_plan (self, &plan, g_steal_pointer (&findings.connection));
  engram_findings_clear (&findings);

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
  /* What comes too late is not for the task to drop, which would close it in the caller's main loop. */
  g_task_set_check_cancellable (task, FALSE);
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
  EngramDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);

  writer = engram_network_writer_new (path, cancellable, error);
  if (writer == NULL || !engram_network_writer_finish (writer, NULL, NULL, error))
    return NULL;
  self = engram_database_open (path, cancellable, error);
  /* What is said not to be created is not there. */
  if (self == NULL)
    engram_file_remove (path);
  return self;
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
  EngramDatabaseAccess access;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (self), ENGRAM_DATABASE_ACCESS_READ_ONLY);

  g_mutex_lock (&self->mutex);
  access = self->access;
  g_mutex_unlock (&self->mutex);
  return access;
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

/* An idle connection, or a new one. */
static EngramConnection *
take_connection (EngramDatabase  *self,
                 GCancellable    *cancellable,
                 GError         **error)
{
  EngramConnection *connection = NULL;

  g_mutex_lock (&self->mutex);
  if (self->idle->len > 0)
    connection = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->mutex);

  if (connection == NULL)
    connection = open_connection (self, cancellable, error);
  if (connection != NULL)
    engram_connection_set_cancellable (connection, cancellable);
  return connection;
}

/* Whether @connection can go on reading as it does; else it is closed, and another plan is made. */
static gboolean
keep_or_plan_again (EngramDatabase    *self,
                    EngramConnection **connection,
                    GCancellable      *cancellable,
                    GError           **error)
{
  guint epoch = engram_connection_get_epoch (*connection);
  gboolean holds;

  if (!engram_reading_plan_check (*connection, &holds, error))
    {
      g_clear_pointer (connection, engram_connection_close);
      return FALSE;
    }
  if (holds)
    return TRUE;
  g_clear_pointer (connection, engram_connection_close);
  return plan_again (self, epoch, cancellable, error);
}

static gboolean
set_busy (EngramDatabase  *self,
          GError         **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY,
               _("Another program is writing “%s” all the time. Wait until it is done, then try again."), name);
  return FALSE;
}

EngramReader *
engram_database_acquire_reader (EngramDatabase  *self,
                                GCancellable    *cancellable,
                                GError         **error)
{
  for (int try = 0; try < MAX_PLANS; try++)
    {
      EngramConnection *reader;

      if (!refresh (self, cancellable, error))
        return NULL;
      reader = take_connection (self, cancellable, error);
      if (reader == NULL || !keep_or_plan_again (self, &reader, cancellable, error))
        return NULL;
      if (reader != NULL)
        {
          engram_connection_set_owner (reader, g_object_ref (self), engram_connection_get_epoch (reader));
          return reader;
        }
    }
  set_busy (self, error);
  return NULL;
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

/* Sees to it that there is a watch which reads by today's plan. */
static gboolean
prepare_watch (EngramDatabase  *self,
               GCancellable    *cancellable,
               GError         **error)
{
  for (int try = 0; try < MAX_PLANS; try++)
    {
      guint epoch;

      if (!refresh (self, cancellable, error))
        return FALSE;
      g_mutex_lock (&self->mutex);
      epoch = self->epoch;
      g_mutex_unlock (&self->mutex);
      if (self->watch != NULL && engram_connection_get_epoch (self->watch) != epoch)
        g_clear_pointer (&self->watch, engram_connection_close);
      if (self->watch == NULL)
        self->watch = open_connection (self, cancellable, error);
      if (self->watch == NULL || !keep_or_plan_again (self, &self->watch, cancellable, error))
        return FALSE;
      if (self->watch != NULL)
        return TRUE;
    }
  return set_busy (self, error);
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
  done = prepare_watch (self, cancellable, error);
  if (done)
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

/* Several readers of one plan. */
static gboolean
acquire_readers (EngramDatabase  *self,
                 EngramReader   **readers,
                 guint            n_readers,
                 GCancellable    *cancellable,
                 GError         **error)
{
  for (guint i = 0; i < n_readers; i++)
    {
      readers[i] = engram_database_acquire_reader (self, cancellable, error);
      if (readers[i] == NULL)
        {
          release_readers (readers, i);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
have_epoch (EngramReader **readers,
            guint          n_readers,
            guint          epoch)
{
  for (guint i = 0; i < n_readers; i++)
    if (engram_connection_get_epoch (readers[i]) != epoch)
      return FALSE;
  return TRUE;
}

/* Where nobody commits between the first snapshot and the last, and all read by the plan that the watch reads by, all
 * are the same. */
static gboolean
try_snapshot (EngramDatabase  *self,
              EngramReader   **readers,
              guint            n_readers,
              gboolean        *is_same,
              GCancellable    *cancellable,
              GError         **error)
{
  guint64 before, after;

  *is_same = FALSE;
  if (!acquire_readers (self, readers, n_readers, cancellable, error))
    return FALSE;
  if (!engram_database_get_change_stamp (self, &before, cancellable, error) ||
      !begin_readers (readers, n_readers, error) ||
      !engram_database_get_change_stamp (self, &after, cancellable, error))
    {
      release_readers (readers, n_readers);
      return FALSE;
    }
  *is_same = before == after && have_epoch (readers, n_readers, (guint) (before >> 32));
  for (guint i = 0; i < n_readers && *is_same; i++)
    engram_connection_set_stamp (readers[i], before);
  if (!*is_same)
    release_readers (readers, n_readers);
  return TRUE;
}

gboolean
engram_database_acquire_snapshot (EngramDatabase  *self,
                                  EngramReader   **readers,
                                  guint            n_readers,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  gboolean is_same = FALSE;

  memset (readers, 0, n_readers * sizeof *readers);
  for (int try = 0; try < MAX_SNAPSHOT_TRIES && !is_same; try++)
    if (!try_snapshot (self, readers, n_readers, &is_same, cancellable, error))
      return FALSE;
  return is_same || set_busy (self, error);
}
