/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/history/engram-history-internal-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sqlite/engram-file-private.h"

#define DEFAULT_MAX_STEPS 200
#define DEFAULT_MAX_BYTES (G_GUINT64_CONSTANT (2) << 30)

/* How often a list is read anew because the network was changed meanwhile. */
#define MAX_TRIES 5

struct _EngramHistory {
  GObject           parent_instance;

  EngramDatabase   *database;
  char             *folder;

  GMutex            mutex;    /* held by whoever uses what follows */
  EngramConnection *log;      /* the one connection that writes it, or NULL */
  char             *log_path;
  char             *network_id; /* whose it is */

  GMutex            limits_mutex;
  guint             max_steps;
  guint64           max_bytes;
};

G_DEFINE_FINAL_TYPE (EngramHistory, engram_history, G_TYPE_OBJECT)

G_DEFINE_BOXED_TYPE (EngramHistoryStep, engram_history_step, engram_history_step_copy, engram_history_step_free)

EngramHistoryStep *
engram_history_step_copy (const EngramHistoryStep *self)
{
  EngramHistoryStep *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EngramHistoryStep, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->label = g_strdup (self->label);
  copy->time = g_strdup (self->time);
  return copy;
}

void
engram_history_step_free (EngramHistoryStep *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->label);
  g_free (self->time);
  g_free (self);
}

static void
engram_history_finalize (GObject *object)
{
  EngramHistory *self = ENGRAM_HISTORY (object);

  g_clear_pointer (&self->log, engram_connection_close);
  g_free (self->log_path);
  g_free (self->network_id);
  g_clear_object (&self->database);
  g_free (self->folder);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->limits_mutex);
  G_OBJECT_CLASS (engram_history_parent_class)->finalize (object);
}

static void
engram_history_class_init (EngramHistoryClass *class)
{
  G_OBJECT_CLASS (class)->finalize = engram_history_finalize;
}

static void
engram_history_init (EngramHistory *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->limits_mutex);
  self->max_steps = DEFAULT_MAX_STEPS;
  self->max_bytes = DEFAULT_MAX_BYTES;
}

EngramDatabase *
engram_history_get_database (EngramHistory *self)
{
  return self->database;
}

static char *
read_value (EngramConnection  *network,
            const char        *key,
            GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  const char *value;
  int status;

  statement = engram_connection_prepare (network, "SELECT value FROM engram_network WHERE key=?", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, key);
  status = engram_statement_step (statement, error);
  if (status < 0)
    return NULL;
  value = status > 0 ? (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0) : NULL;
  return g_strdup (value != NULL ? value : "");
}

gboolean
engram_network_mark_read (EngramNetworkMark  *mark,
                          EngramConnection   *network,
                          GError            **error)
{
  gint64 has_table;

  *mark = (EngramNetworkMark) { NULL, NULL };
  if (!engram_connection_get_integer (network,
         "SELECT count(*) FROM sqlite_schema WHERE type='table' AND name='engram_network'", &has_table, error))
    return FALSE;
  mark->id = has_table ? read_value (network, "id", error) : g_strdup ("");
  if (mark->id != NULL)
    mark->token = has_table ? read_value (network, "history", error) : g_strdup ("");
  if (mark->token != NULL)
    return TRUE;
  engram_network_mark_clear (mark);
  return FALSE;
}

void
engram_network_mark_clear (EngramNetworkMark *mark)
{
  g_clear_pointer (&mark->id, g_free);
  g_clear_pointer (&mark->token, g_free);
}

/* Two copies of a network have the same id, and two networks may have had the same path: the two together name one. */
static char *
make_log_path (EngramHistory *self,
               const char    *network_id)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *name = NULL;

  g_checksum_update (checksum, (const guchar *) network_id, strlen (network_id) + 1);
  g_checksum_update (checksum, (const guchar *) engram_database_get_path (self->database), -1);
  name = g_strdup_printf ("%.32s.db", g_checksum_get_string (checksum));
  return g_build_filename (self->folder, name, NULL);
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  g_autofree char *shown = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  shown = g_filename_display_name (folder);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               _("The folder “%s”, where the undo history is kept, cannot be made: %s"), shown, g_strerror (errno));
  return FALSE;
}

static gboolean
fill_log (const char    *path,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (EngramConnection) log = NULL;

  log = engram_connection_open (path, ENGRAM_CONNECTION_WRITE | ENGRAM_CONNECTION_CREATE, cancellable, error);
  return log != NULL && engram_steps_create (log, error);
}

/* Whoever deletes a log by hand may leave what lies beside it. Another window may still be writing there. */
static gboolean
check_leftovers (const char  *path,
                 GError     **error)
{
  static const char *const suffixes[] = { "-journal", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *shown = g_filename_display_name (name);

      if (!g_file_test (name, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                   _("“%s” is what is left of an undo history that was deleted. Close all windows that show this "
                     "network and delete that file too; then a new history can begin."), shown);
      return FALSE;
    }
  return TRUE;
}

/* The log appears whole or not at all, and nobody else may read it. */
static gboolean
create_log (EngramHistory  *self,
            const char     *path,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *temporary = NULL;

  if (!make_folder (self->folder, error) || !check_leftovers (path, error))
    return FALSE;
  temporary = engram_file_new_temporary (path, "new", error);
  if (temporary == NULL)
    return FALSE;
  if (g_chmod (temporary, 0600) == 0 && fill_log (temporary, cancellable, &local_error) &&
      engram_file_publish (temporary, path, &local_error))
    return TRUE;
  engram_file_remove (temporary);
  /* Another window was quicker. */
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_EXISTS) && g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (local_error == NULL)
    g_set_error (&local_error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("Writing “%s” failed: %s"), temporary,
                 g_strerror (errno));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A log that this program can read. */
static EngramConnection *
open_log (const char             *path,
          EngramConnectionFlags   flags,
          GCancellable           *cancellable,
          GError                **error)
{
  g_autoptr (EngramConnection) log = engram_connection_open (path, flags, cancellable, error);
  g_autofree char *shown = g_filename_display_name (path);
  gint64 version;

  if (log == NULL || !engram_connection_get_integer (log, "PRAGMA user_version", &version, error))
    return NULL;
  if (version == ENGRAM_LOG_VERSION)
    return g_steal_pointer (&log);
  g_set_error (error, ENGRAM_ERROR, version > ENGRAM_LOG_VERSION ? ENGRAM_ERROR_NEWER : ENGRAM_ERROR_DAMAGED,
               version > ENGRAM_LOG_VERSION
                 ? _("The undo history “%s” was written by a newer program. Update Engram, or delete that file.")
                 : _("“%s” is no undo history. Delete that file to begin a new one."), shown);
  return NULL;
}

static gboolean
ensure_log (EngramHistory  *self,
            const char     *network_id,
            gboolean        create,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autofree char *path = make_log_path (self, network_id);

  /* Where a restore has put another network in the place of the first, its history is another. */
  if (g_strcmp0 (path, self->log_path) != 0)
    {
      g_clear_pointer (&self->log, engram_connection_close);
      g_free (self->log_path);
      g_free (self->network_id);
      self->log_path = g_steal_pointer (&path);
      self->network_id = g_strdup (network_id);
    }
  if (self->log == NULL && !g_file_test (self->log_path, G_FILE_TEST_EXISTS) &&
      (!create || !create_log (self, self->log_path, cancellable, error)))
    return FALSE;
  if (self->log == NULL)
    self->log = open_log (self->log_path, ENGRAM_CONNECTION_WRITE, cancellable, error);
  if (self->log != NULL)
    engram_connection_set_cancellable (self->log, cancellable);
  return self->log != NULL;
}

EngramConnection *
engram_history_lock (EngramHistory  *self,
                     const char     *network_id,
                     gboolean        create,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_mutex_lock (&self->mutex);
  if (ensure_log (self, network_id, create, cancellable, error))
    return self->log;
  g_mutex_unlock (&self->mutex);
  return NULL;
}

void
engram_history_unlock (EngramHistory *self)
{
  engram_connection_set_cancellable (self->log, NULL);
  g_mutex_unlock (&self->mutex);
}

gboolean
engram_history_settle (EngramHistory     *self,
                       EngramConnection  *log,
                       const char        *token,
                       GError           **error)
{
  guint max_steps;
  guint64 max_bytes;

  g_mutex_lock (&self->limits_mutex);
  max_steps = self->max_steps;
  max_bytes = self->max_bytes;
  g_mutex_unlock (&self->limits_mutex);
  return engram_steps_settle (log, token, max_steps, max_bytes, error);
}

static gboolean
read_mark (EngramHistory      *self,
           EngramNetworkMark  *mark,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (self->database, cancellable, error);

  return reader != NULL && engram_network_mark_read (mark, reader, error);
}

/* A step whose token the network carries did happen: whoever made it was interrupted before the log could say so. */
static gboolean
settle_locked (EngramHistory     *self,
               EngramConnection  *log,
               const char        *token,
               GError           **error)
{
  gboolean found;

  if (!engram_steps_has_prepared (log, token, &found, error))
    return FALSE;
  return !found || engram_history_settle (self, log, token, error);
}

/* A good moment to give space back; where somebody is writing just now, there will be others. */
static void
shrink (EngramConnection *log)
{
  g_autoptr (GError) error = NULL;

  engram_connection_set_patient (log, FALSE);
  if (!engram_steps_shrink (log, &error))
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                      "ENGRAM_ACTION", "history-not-shrunk",
                      "MESSAGE", "The undo history keeps space that it does not need: %s", error->message);
  engram_connection_set_patient (log, TRUE);
}

static gboolean
settle_interrupted (EngramHistory            *self,
                    const EngramNetworkMark  *mark,
                    GCancellable             *cancellable,
                    GError                  **error)
{
  g_autoptr (GError) local_error = NULL;
  EngramConnection *log = engram_history_lock (self, mark->id, FALSE, cancellable, &local_error);
  gboolean done;

  if (log == NULL && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (log == NULL)
    return TRUE;
  done = settle_locked (self, log, mark->token, error);
  if (done)
    shrink (log);
  engram_history_unlock (self);
  return done;
}

EngramHistory *
engram_history_open (EngramDatabase  *database,
                     const char      *folder,
                     GCancellable    *cancellable,
                     GError         **error)
{
  g_autoptr (EngramHistory) self = NULL;
  g_auto (EngramNetworkMark) mark = { NULL, NULL };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  self = g_object_new (ENGRAM_TYPE_HISTORY, NULL);
  self->database = g_object_ref (database);
  self->folder = folder != NULL ? g_canonicalize_filename (folder, NULL)
                                : g_build_filename (g_get_user_state_dir (), "engram", "history", NULL);
  if (!read_mark (self, &mark, cancellable, error) || !settle_interrupted (self, &mark, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct {
  GPtrArray *undo;
  GPtrArray *redo;
} Lists;

static void
lists_clear (Lists *self)
{
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lists, lists_clear)

static gboolean
read_lists_from (EngramConnection  *log,
                 const char        *token,
                 Lists             *lists,
                 gboolean          *interrupted,
                 GError           **error)
{
  if (!engram_connection_begin_read (log, error))
    return FALSE;
  if (engram_steps_has_prepared (log, token, interrupted, error) &&
      (lists->undo = engram_steps_list (log, ENGRAM_STEP_DONE, token, error)) != NULL)
    lists->redo = engram_steps_list (log, ENGRAM_STEP_UNDONE, token, error);
  engram_connection_end_read (log);
  return lists->redo != NULL;
}

/* By a connection of its own, for the one that writes may be at it for long. */
static gboolean
read_lists (EngramHistory            *self,
            const EngramNetworkMark  *mark,
            Lists                    *lists,
            gboolean                 *interrupted,
            GError                  **error)
{
  g_autofree char *path = make_log_path (self, mark->id);
  g_autoptr (EngramConnection) log = NULL;

  lists_clear (lists);
  *interrupted = FALSE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      lists->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_history_step_free);
      lists->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_history_step_free);
      return TRUE;
    }
  log = open_log (path, 0, NULL, error);
  if (log == NULL)
    return FALSE;
  engram_connection_keep_wal (log, TRUE);
  return read_lists_from (log, mark->token, lists, interrupted, error);
}

/* The lists and the mark that they go with: @stable where nobody changed the network between the two. */
static gboolean
try_lists (EngramHistory  *self,
           Lists          *lists,
           gboolean       *stable,
           GError        **error)
{
  g_auto (EngramNetworkMark) before = { NULL, NULL };
  g_auto (EngramNetworkMark) after = { NULL, NULL };
  gboolean interrupted;

  if (!read_mark (self, &before, NULL, error) || !read_lists (self, &before, lists, &interrupted, error) ||
      (interrupted && !settle_interrupted (self, &before, NULL, error)) || !read_mark (self, &after, NULL, error))
    return FALSE;
  *stable = !interrupted && g_str_equal (before.token, after.token) && g_str_equal (before.id, after.id);
  return TRUE;
}

gboolean
engram_history_get_steps (EngramHistory  *self,
                          GPtrArray     **undo,
                          GPtrArray     **redo,
                          GError        **error)
{
  g_auto (Lists) lists = { NULL, NULL };
  gboolean stable = FALSE;

  g_return_val_if_fail (ENGRAM_IS_HISTORY (self), FALSE);

  for (int try = 0; try < MAX_TRIES && !stable; try++)
    if (!try_lists (self, &lists, &stable, error))
      return FALSE;
  if (undo != NULL)
    *undo = g_steal_pointer (&lists.undo);
  if (redo != NULL)
    *redo = g_steal_pointer (&lists.redo);
  return TRUE;
}

static gboolean
clear_log (EngramHistory  *self,
           const char     *network_id,
           GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  EngramConnection *log = engram_history_lock (self, network_id, FALSE, NULL, &local_error);
  gboolean done;

  if (log == NULL && local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (log == NULL)
    return TRUE;
  done = engram_steps_clear (log, error);
  if (done)
    shrink (log);
  engram_history_unlock (self);
  return done;
}

/* Also what was noted of the network that this one has replaced, if it has. */
gboolean
engram_history_clear (EngramHistory  *self,
                      GError        **error)
{
  g_auto (EngramNetworkMark) mark = { NULL, NULL };
  g_autofree char *last_id = NULL;

  g_return_val_if_fail (ENGRAM_IS_HISTORY (self), FALSE);

  g_mutex_lock (&self->mutex);
  last_id = g_strdup (self->network_id);
  g_mutex_unlock (&self->mutex);
  return clear_log (self, last_id, error) && read_mark (self, &mark, NULL, error) &&
         (g_str_equal (mark.id, last_id) || clear_log (self, mark.id, error));
}

void
engram_history_set_limits (EngramHistory *self,
                           guint          max_steps,
                           guint64        max_bytes)
{
  g_return_if_fail (ENGRAM_IS_HISTORY (self));

  g_mutex_lock (&self->limits_mutex);
  self->max_steps = max_steps;
  self->max_bytes = max_bytes;
  g_mutex_unlock (&self->limits_mutex);
}
