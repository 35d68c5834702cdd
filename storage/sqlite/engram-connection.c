/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-connection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sqlite/engram-sqlite-options.h"

/* How long a lock of another program is waited for, in milliseconds. */
#define BUSY_TIMEOUT_MS 4000

/* How many steps of SQLite's virtual machine lie between two looks at the cancellable. */
#define STEPS_BETWEEN_LOOKS 2000

#define TICK_INTERVAL_US (100 * 1000)

/* Limits for files that someone else made. */
#define MAX_SQL_BYTES (1024 * 1024)
#define MAX_COLUMNS 1000
#define MAX_TRIGGER_DEPTH 10

struct _EngramConnection {
  sqlite3      *handle;
  char         *path;
  GCancellable *cancellable;
  GHashTable   *statements; /* SQL text -> EngramStatement */
  gint64        schema_cookie;
  gboolean      neurons_have_fields;
  gboolean      synapses_have_fields;
  EngramConnectionFlags flags;
  gboolean      is_impatient;
  gboolean      is_in_transaction; /* whoever uses it believes so */
  GError       *pending; /* what failed where nobody could be told, for the next who can be, or NULL */

  EngramTickFunc tick;
  gpointer      tick_data;
  gint64        last_tick;

  gpointer      owner;
  guint         epoch;
  guint64       stamp;
  gpointer      kept_alive;
  GDestroyNotify kept_destroy;
};

struct _EngramStatement {
  EngramConnection *connection;
  sqlite3_stmt     *handle;
  gboolean          cached;
  gboolean          in_use;
  int               bind_result; /* the first that failed */
};

static void
statement_free (EngramStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

static int
look_around (gpointer data)
{
  EngramConnection *self = data;

  if (self->tick != NULL && g_get_monotonic_time () - self->last_tick >= TICK_INTERVAL_US)
    {
      self->last_tick = g_get_monotonic_time ();
      self->tick (self->tick_data);
    }
  return g_cancellable_is_cancelled (self->cancellable);
}

/* Waits a moment for the lock of another program, unless cancelled meanwhile. */
static int
wait_for_lock (gpointer data,
               int      n_tries)
{
  static const int delays[] = { 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100 };
  EngramConnection *self = data;
  int waited = 0;
  GPollFD poll_fd;

  for (int i = 0; i < n_tries; i++)
    waited += delays[MIN (i, (int) G_N_ELEMENTS (delays) - 1)];
  if (self->is_impatient || waited >= BUSY_TIMEOUT_MS || g_cancellable_is_cancelled (self->cancellable))
    return 0;

  if (self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &poll_fd))
    {
      g_poll (&poll_fd, 1, delays[MIN (n_tries, (int) G_N_ELEMENTS (delays) - 1)]);
      g_cancellable_release_fd (self->cancellable);
    }
  else
    {
      g_poll (NULL, 0, delays[MIN (n_tries, (int) G_N_ELEMENTS (delays) - 1)]);
    }
  return 1;
}

void
engram_connection_initialize_sqlite (void)
{
  static gsize initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      /* A name that begins with "file:" is a name, not a URI, unless a single open asks for a URI. Where another
       * library has started SQLite before, this has no effect; paths are absolute all the same. */
      sqlite3_config (SQLITE_CONFIG_URI, 0);
      /* Nobody reads SQLite's figures on memory, for which every thread would take one lock at each allocation. */
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      sqlite3_initialize ();
      g_once_init_leave (&initialized, 1);
    }
}

static void
restrict_handle (sqlite3 *handle)
{
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_limit (handle, SQLITE_LIMIT_LENGTH, ENGRAM_MAX_VALUE_BYTES);
  sqlite3_limit (handle, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES);
  sqlite3_limit (handle, SQLITE_LIMIT_COLUMN, MAX_COLUMNS);
  sqlite3_limit (handle, SQLITE_LIMIT_TRIGGER_DEPTH, MAX_TRIGGER_DEPTH);
  /* VACUUM INTO attaches one database. */
  sqlite3_limit (handle, SQLITE_LIMIT_ATTACHED, 1);
}

static char *
get_sqlite_name (const char            *path,
                 EngramConnectionFlags  flags)
{
  g_autofree char *uri = NULL;

  if ((flags & ENGRAM_CONNECTION_IMMUTABLE) == 0)
    return g_strdup (path);

  uri = g_filename_to_uri (path, NULL, NULL);
  return g_strconcat (uri, "?immutable=1", NULL);
}

static int
get_open_flags (EngramConnectionFlags flags)
{
  int open_flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  if ((flags & ENGRAM_CONNECTION_IMMUTABLE) != 0)
    open_flags |= SQLITE_OPEN_URI;
  if ((flags & (ENGRAM_CONNECTION_IMMUTABLE | ENGRAM_CONNECTION_READ_FILE)) != 0)
    return open_flags | SQLITE_OPEN_READONLY;
  if ((flags & ENGRAM_CONNECTION_CREATE) != 0)
    open_flags |= SQLITE_OPEN_CREATE;
  return open_flags | SQLITE_OPEN_READWRITE;
}

/* Opens the file at @path, which must be absolute. Without ENGRAM_CONNECTION_WRITE nothing can be written to it. */
EngramConnection *
engram_connection_open (const char             *path,
                        EngramConnectionFlags   flags,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_autoptr (EngramConnection) self = g_new0 (EngramConnection, 1);
  g_autofree char *name = get_sqlite_name (path, flags);
  int result;

  g_return_val_if_fail (g_path_is_absolute (path), NULL);

  engram_connection_initialize_sqlite ();
  if (!engram_sqlite_check (error))
    return NULL;
  self->path = g_strdup (path);
  self->flags = flags;
  self->schema_cookie = -1;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) statement_free);
  engram_connection_set_cancellable (self, cancellable);

  result = sqlite3_open_v2 (name, &self->handle, get_open_flags (flags), NULL);
  if (result != SQLITE_OK)
    {
      engram_connection_set_error (self, result, error);
      return NULL;
    }
  restrict_handle (self->handle);
  sqlite3_progress_handler (self->handle, STEPS_BETWEEN_LOOKS, look_around, self);
  sqlite3_busy_handler (self->handle, wait_for_lock, self);
  if (!engram_connection_execute (self,
                                  "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;"
                                  "PRAGMA synchronous=FULL", error))
    return NULL;
  if ((flags & ENGRAM_CONNECTION_WRITE) == 0 && !engram_connection_execute (self, "PRAGMA query_only=ON", error))
    return NULL;
  return g_steal_pointer (&self);
}

void
engram_connection_close (EngramConnection *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->statements);
  /* A failed open leaves a handle too. */
  sqlite3_close (self->handle);
  if (self->kept_alive != NULL)
    self->kept_destroy (self->kept_alive);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->pending);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
engram_connection_get_handle (EngramConnection *self)
{
  return self->handle;
}

void
engram_connection_set_cancellable (EngramConnection *self,
                                   GCancellable     *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

GCancellable *
engram_connection_get_cancellable (EngramConnection *self)
{
  return self->cancellable;
}

const char *
engram_connection_get_path (EngramConnection *self)
{
  return self->path;
}

void
engram_connection_set_tick (EngramConnection *self,
                            EngramTickFunc    tick,
                            gpointer          user_data)
{
  self->tick = tick;
  self->tick_data = user_data;
  self->last_tick = g_get_monotonic_time ();
}

void
engram_connection_keep_wal (EngramConnection *self,
                            gboolean          keep)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, NULL);
}

void
engram_connection_set_patient (EngramConnection *self,
                               gboolean          patient)
{
  self->is_impatient = !patient;
}

void
engram_connection_keep_alive (EngramConnection *self,
                              gpointer          object,
                              GDestroyNotify    destroy)
{
  self->kept_alive = object;
  self->kept_destroy = destroy;
}

EngramConnectionFlags
engram_connection_get_flags (EngramConnection *self)
{
  return self->flags;
}

void
engram_connection_set_owner (EngramConnection *self,
                             gpointer          owner,
                             guint             epoch)
{
  self->owner = owner;
  self->epoch = epoch;
  self->stamp = 0;
  g_clear_error (&self->pending);
}

gpointer
engram_connection_get_owner (EngramConnection *self)
{
  return self->owner;
}

guint
engram_connection_get_epoch (EngramConnection *self)
{
  return self->epoch;
}

void
engram_connection_set_stamp (EngramConnection *self,
                             guint64           stamp)
{
  self->stamp = stamp;
}

guint64
engram_connection_get_stamp (EngramConnection *self)
{
  return self->stamp;
}

void
engram_connection_set_in_transaction (EngramConnection *self,
                                      gboolean          is_in_transaction)
{
  self->is_in_transaction = is_in_transaction;
}

/* Tells of what failed before and could not be told. And out of memory or space, SQLite takes a whole transaction back
 * by itself: whoever goes on all the same would write outside of any. */
static gboolean
check_usable (EngramConnection  *self,
              GError           **error)
{
  g_autofree char *name = NULL;

  if (self->pending != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->pending));
      return FALSE;
    }
  if (!self->is_in_transaction || !sqlite3_get_autocommit (self->handle))
    return TRUE;
  name = g_filename_display_name (self->path);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               _("The change of “%s” was given up after an error. Nothing was changed."), name);
  return FALSE;
}

gboolean
engram_connection_execute (EngramConnection  *self,
                           const char        *sql,
                           GError           **error)
{
  int result;

  if (!check_usable (self, error))
    return FALSE;
  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  engram_connection_set_error (self, result, error);
  return FALSE;
}

gboolean
engram_connection_get_integer (EngramConnection  *self,
                               const char        *sql,
                               gint64            *value,
                               GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self, sql, error);
  int status;

  if (statement == NULL)
    return FALSE;
  status = engram_statement_step (statement, error);
  if (status < 0)
    return FALSE;
  *value = status > 0 ? sqlite3_column_int64 (statement->handle, 0) : 0;
  return TRUE;
}

/* (transfer full): the first column of the first row as text, or "" where there is no row. */
char *
engram_connection_get_text (EngramConnection  *self,
                            const char        *sql,
                            GError           **error)
{
  g_autoptr (EngramStatement) statement = engram_connection_prepare (self, sql, error);
  const char *text;
  int status;

  if (statement == NULL)
    return NULL;
  status = engram_statement_step (statement, error);
  if (status < 0)
    return NULL;
  if (status == 0 || sqlite3_column_type (statement->handle, 0) == SQLITE_NULL)
    return g_strdup ("");
  text = (const char *) sqlite3_column_text (statement->handle, 0);
  if (text == NULL)
    engram_connection_set_error (self, SQLITE_NOMEM, error);
  return g_strdup (text);
}

gboolean
engram_connection_begin_read (EngramConnection  *self,
                              GError           **error)
{
  gint64 ignored;

  if (!engram_connection_execute (self, "BEGIN", error))
    return FALSE;
  /* BEGIN alone takes no snapshot; the first read does. */
  if (engram_connection_get_integer (self, "SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)", &ignored, error))
    return TRUE;
  engram_connection_end_read (self);
  return FALSE;
}

void
engram_connection_end_read (EngramConnection *self)
{
  /* Nothing was written, so there is nothing that ending could lose. */
  sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

#define COUNT_FIELDS(table) "SELECT count(*) FROM pragma_table_info('" table "') WHERE name='engram_fields'"

/* Who asks cannot be told of an error: what is done next fails with it. */
static void
look_for_fields (EngramConnection *self)
{
  g_autoptr (GError) error = NULL;
  gint64 cookie, in_neurons, in_synapses;

  if (!engram_connection_get_integer (self, "PRAGMA schema_version", &cookie, &error) ||
      (cookie != self->schema_cookie &&
       (!engram_connection_get_integer (self, COUNT_FIELDS ("neurons"), &in_neurons, &error) ||
        !engram_connection_get_integer (self, COUNT_FIELDS ("synapses"), &in_synapses, &error))))
    {
      g_clear_error (&self->pending);
      self->pending = g_steal_pointer (&error);
      return;
    }
  if (cookie == self->schema_cookie)
    return;

  self->schema_cookie = cookie;
  self->neurons_have_fields = in_neurons > 0;
  self->synapses_have_fields = in_synapses > 0;
}

gboolean
engram_connection_neurons_have_fields (EngramConnection *self)
{
  look_for_fields (self);
  return self->neurons_have_fields;
}

gboolean
engram_connection_synapses_have_fields (EngramConnection *self)
{
  look_for_fields (self);
  return self->synapses_have_fields;
}

EngramStatement *
engram_connection_prepare (EngramConnection  *self,
                           const char        *sql,
                           GError           **error)
{
  EngramStatement *statement = g_hash_table_lookup (self->statements, sql);
  gboolean is_cached = statement != NULL;
  sqlite3_stmt *handle;
  int result;

  if (!check_usable (self, error))
    return NULL;
  if (statement != NULL && !statement->in_use)
    {
      statement->in_use = TRUE;
      return statement;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (result != SQLITE_OK)
    {
      engram_connection_set_error (self, result, error);
      return NULL;
    }
  statement = g_new0 (EngramStatement, 1);
  statement->connection = self;
  statement->handle = handle;
  statement->in_use = TRUE;
  /* The same text is in use already: this one lives until it is released. */
  statement->cached = !is_cached;
  if (statement->cached)
    g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

sqlite3_stmt *
engram_statement_get_handle (EngramStatement *self)
{
  return self->handle;
}

void
engram_statement_bind_text (EngramStatement *self,
                            int              parameter,
                            const char      *text)
{
  engram_statement_note_bind (self, sqlite3_bind_text (self->handle, parameter, text, -1, SQLITE_TRANSIENT));
}

void
engram_statement_bind_int64 (EngramStatement *self,
                             int              parameter,
                             gint64           value)
{
  engram_statement_note_bind (self, sqlite3_bind_int64 (self->handle, parameter, value));
}

void
engram_statement_bind_double (EngramStatement *self,
                              int              parameter,
                              double           value)
{
  engram_statement_note_bind (self, sqlite3_bind_double (self->handle, parameter, value));
}

void
engram_statement_note_bind (EngramStatement *self,
                            int              result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

int
engram_statement_step (EngramStatement  *self,
                       GError          **error)
{
  int result;

  if (!check_usable (self->connection, error))
    return -1;
  result = self->bind_result != SQLITE_OK ? self->bind_result : sqlite3_step (self->handle);
  if (result == SQLITE_ROW)
    return 1;
  if (result == SQLITE_DONE)
    return 0;
  engram_connection_set_error (self->connection, result, error);
  return -1;
}

gboolean
engram_statement_run (EngramStatement  *self,
                      GError          **error)
{
  int status = engram_statement_step (self, error);

  sqlite3_reset (self->handle);
  return status >= 0;
}

void
engram_statement_release (EngramStatement *self)
{
  if (self == NULL)
    return;

  if (!self->cached)
    {
      statement_free (self);
      return;
    }
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_result = SQLITE_OK;
  self->in_use = FALSE;
}
