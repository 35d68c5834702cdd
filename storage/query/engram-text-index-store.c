/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-text-index-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "sqlite/engram-file-private.h"

#define APPLICATION_ID 0x456e6778
#define VERSION 1

/* Documents in a transaction, which makes one segment of the index. 20,000 of 300 letters are 10 MB of memory. */
#define DEFAULT_BATCH 20000
#define MAX_BATCH_BYTES (32 * 1024 * 1024)

/* From so many documents of no row on, it is made anew where they are the larger part. */
#define MIN_DEAD 1000

struct _EngramTextIndexStore {
  EngramConnection *connection;
  guint64           token;
  gint64            next; /* document */
  gboolean          is_writing;
  guint             n_documents; /* in this transaction */
  gsize             n_bytes;
};

static guint batch = DEFAULT_BATCH; /* atomic */
static gboolean is_fts5_hidden = FALSE; /* atomic */

void
engram_text_index_store_set_batch (guint n_documents)
{
  g_atomic_int_set (&batch, n_documents > 0 ? n_documents : DEFAULT_BATCH);
}

void
engram_text_index_store_hide_fts5 (gboolean hidden)
{
  g_atomic_int_set (&is_fts5_hidden, hidden);
}

/* Nothing but which documents: no places in them, no lengths. Letters are folded already. Segments are merged when
 * there are 16 of a level, not while documents are added. */
#define CREATE_TEXTS(module) \
  "CREATE VIRTUAL TABLE texts USING " module \
  "(text, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')"

static const char create_others[] =
  "INSERT INTO texts(texts, rank) VALUES ('automerge', 0);"
  "INSERT INTO texts(texts, rank) VALUES ('hashsize', 33554432);"
  "CREATE TABLE documents (document INTEGER PRIMARY KEY, row INTEGER NOT NULL, hash INTEGER NOT NULL);"
  "CREATE TABLE state (token INTEGER NOT NULL, next INTEGER NOT NULL);"
  "INSERT INTO state VALUES (0, 1);"
  "PRAGMA application_id=" G_STRINGIFY (APPLICATION_ID);

/* Another GLib may know more letters, and fold them: what was folded by one is not looked up by another. */
static gint64
get_version (void)
{
  return VERSION * 1000000 + glib_major_version * 1000 + glib_minor_version;
}

static gboolean
create_texts (EngramConnection  *connection,
              GError           **error)
{
  g_autoptr (GError) local_error = NULL;

  if (engram_connection_execute (connection,
                                 g_atomic_int_get (&is_fts5_hidden) ? CREATE_TEXTS ("no_fts5") : CREATE_TEXTS ("fts5"),
                                 &local_error))
    return TRUE;
  if (sqlite3_errcode (engram_connection_get_handle (connection)) != SQLITE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               /* Translators: SQLite's version, then its words. */
               _("There can be no text index: SQLite %s was built without FTS5 or its trigrams (%s). "
                 "Searches work without it."),
               sqlite3_libversion (), sqlite3_errmsg (engram_connection_get_handle (connection)));
  return FALSE;
}

/* Nobody else may read what the texts of a network are. */
static gboolean
make_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      engram_file_set_error (error, errno, path);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
create (const char  *path,
        GError     **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version=%" G_GINT64_FORMAT, get_version ());
  g_autoptr (EngramConnection) connection = NULL;

  if (!make_file (path, error))
    return FALSE;
  connection = engram_connection_open (path, ENGRAM_CONNECTION_WRITE | ENGRAM_CONNECTION_CREATE, NULL, error);
  if (connection != NULL && engram_connection_execute (connection, "BEGIN IMMEDIATE", error) &&
      create_texts (connection, error) && engram_connection_execute (connection, create_others, error) &&
      engram_connection_execute (connection, set_version, error) &&
      engram_connection_execute (connection, "COMMIT", error))
    return TRUE;
  g_clear_pointer (&connection, engram_connection_close);
  engram_file_remove (path);
  return FALSE;
}

static gboolean
is_of_this_version (EngramConnection  *connection,
                    gboolean          *is_ours,
                    GError           **error)
{
  gint64 application_id, version;

  if (!engram_connection_get_integer (connection, "PRAGMA application_id", &application_id, error) ||
      !engram_connection_get_integer (connection, "PRAGMA user_version", &version, error))
    return FALSE;
  *is_ours = application_id == APPLICATION_ID && version == get_version ();
  return TRUE;
}

static gboolean
read_state (EngramTextIndexStore  *self,
            GError               **error)
{
  gint64 token;

  if (!engram_connection_get_integer (self->connection, "SELECT token FROM state", &token, error) ||
      !engram_connection_get_integer (self->connection, "SELECT next FROM state", &self->next, error))
    return FALSE;
  self->token = (guint64) token;
  return TRUE;
}

static EngramTextIndexStore *
open_existing (const char             *path,
               EngramConnectionFlags   flags,
               GCancellable           *cancellable,
               GError                **error)
{
  g_autoptr (EngramTextIndexStore) self = g_new0 (EngramTextIndexStore, 1);
  gboolean is_ours;

  self->connection = engram_connection_open (path, flags, cancellable, error);
  if (self->connection == NULL || !is_of_this_version (self->connection, &is_ours, error) || !is_ours ||
      !read_state (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

EngramTextIndexStore *
engram_text_index_store_open_read (const char    *path,
                                   GCancellable  *cancellable,
                                   GError       **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return open_existing (path, 0, cancellable, error);
}

static gboolean
is_mostly_dead (EngramTextIndexStore  *self,
                gboolean              *mostly_dead,
                GError               **error)
{
  gint64 n_alive;

  if (!engram_connection_get_integer (self->connection, "SELECT count(*) FROM documents", &n_alive, error))
    return FALSE;
  *mostly_dead = self->next - 1 - n_alive > MAX (n_alive, MIN_DEAD);
  return TRUE;
}

/* The index that is there, where it is worth going on with. */
static EngramTextIndexStore *
open_useful (const char  *path,
             GError     **error)
{
  g_autoptr (EngramTextIndexStore) self = open_existing (path, ENGRAM_CONNECTION_WRITE, NULL, error);
  gboolean mostly_dead;

  if (self == NULL || !is_mostly_dead (self, &mostly_dead, error) || mostly_dead)
    return NULL;
  return g_steal_pointer (&self);
}

EngramTextIndexStore *
engram_text_index_store_open_write (const char  *path,
                                    GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  EngramTextIndexStore *self = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    self = open_useful (path, &local_error);
  if (self != NULL)
    return self;
  if (local_error != NULL)
    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO,
                      "ENGRAM_ACTION", "text-index-thrown-away",
                      "MESSAGE", "A text index cannot be used and is made anew: %s", local_error->message);
  engram_file_remove (path);
  return create (path, error) ? open_existing (path, ENGRAM_CONNECTION_WRITE, NULL, error) : NULL;
}

void
engram_text_index_store_close (EngramTextIndexStore *self)
{
  if (self == NULL)
    return;

  engram_connection_close (self->connection);
  g_free (self);
}

guint64
engram_text_index_store_get_token (EngramTextIndexStore *self)
{
  return self->token;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const EngramTextIndexEntry *first = a;
  const EngramTextIndexEntry *second = b;

  return (first->row > second->row) - (first->row < second->row);
}

GArray *
engram_text_index_store_list (EngramTextIndexStore  *self,
                              GError               **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (EngramTextIndexEntry));
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (self->connection, "SELECT row, document, hash FROM documents", error);
  if (statement == NULL)
    return NULL;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      EngramTextIndexEntry entry = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1),
                                     (guint64) sqlite3_column_int64 (row, 2) };

      g_array_append_val (entries, entry);
    }
  if (status < 0)
    return NULL;
  g_array_sort (entries, compare_entries);
  return g_steal_pointer (&entries);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

GArray *
engram_text_index_store_find (EngramTextIndexStore  *self,
                              const char            *match,
                              gsize                  limit,
                              GError               **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  /* The table of texts is the outer one: its documents are few. */
  statement = engram_connection_prepare (self->connection,
                                         "SELECT documents.row FROM texts CROSS JOIN documents"
                                         " ON documents.document = texts.rowid WHERE texts MATCH ?", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, match);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      gint64 row = sqlite3_column_int64 (engram_statement_get_handle (statement), 0);

      if (rows->len >= limit)
        return NULL;
      g_array_append_val (rows, row);
    }
  if (status < 0)
    return NULL;
  g_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}

static gboolean
begin_if_needed (EngramTextIndexStore  *self,
                 GError               **error)
{
  if (!self->is_writing)
    self->is_writing = engram_connection_execute (self->connection, "BEGIN IMMEDIATE", error);
  return self->is_writing;
}

static gboolean
add_text (EngramTextIndexStore  *self,
          const char            *text,
          gsize                  length,
          GError               **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (self->connection, "INSERT INTO texts (rowid, text) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, self->next);
  engram_statement_note_bind (statement, sqlite3_bind_text64 (engram_statement_get_handle (statement), 2, text, length,
                                                              SQLITE_STATIC, SQLITE_UTF8));
  return engram_statement_run (statement, error);
}

static gboolean
add_document (EngramTextIndexStore  *self,
              gint64                 row,
              guint64                hash,
              GError               **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (self->connection, "INSERT INTO documents (document, row, hash) VALUES (?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, self->next);
  engram_statement_bind_int64 (statement, 2, row);
  engram_statement_bind_int64 (statement, 3, (gint64) hash);
  return engram_statement_run (statement, error);
}

gboolean
engram_text_index_store_add (EngramTextIndexStore  *self,
                             gint64                 row,
                             guint64                hash,
                             const char            *text,
                             gsize                  length,
                             GError               **error)
{
  if (!begin_if_needed (self, error) || !add_text (self, text, length, error) ||
      !add_document (self, row, hash, error))
    return FALSE;
  self->next++;
  self->n_documents++;
  self->n_bytes += length;
  return TRUE;
}

gboolean
engram_text_index_store_remove (EngramTextIndexStore  *self,
                                gint64                 document,
                                GError               **error)
{
  g_autoptr (EngramStatement) statement = NULL;

  if (!begin_if_needed (self, error))
    return FALSE;
  statement = engram_connection_prepare (self->connection, "DELETE FROM documents WHERE document = ?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, document);
  return engram_statement_run (statement, error);
}

gboolean
engram_text_index_store_is_full (EngramTextIndexStore *self)
{
  return self->n_documents >= (guint) g_atomic_int_get (&batch) || self->n_bytes >= MAX_BATCH_BYTES;
}

static gboolean
write_state (EngramTextIndexStore  *self,
             guint64                token,
             GError               **error)
{
  g_autoptr (EngramStatement) statement =
    engram_connection_prepare (self->connection, "UPDATE state SET token = ?, next = ?", error);

  if (statement == NULL)
    return FALSE;
  engram_statement_bind_int64 (statement, 1, (gint64) token);
  engram_statement_bind_int64 (statement, 2, self->next);
  return engram_statement_run (statement, error);
}

gboolean
engram_text_index_store_commit (EngramTextIndexStore  *self,
                                GError               **error)
{
  guint64 token = (guint64) g_random_int () << 32 | g_random_int ();

  if (!self->is_writing)
    return TRUE;
  if (!write_state (self, token, error) || !engram_connection_execute (self->connection, "COMMIT", error))
    return FALSE;
  self->token = token;
  self->is_writing = FALSE;
  self->n_documents = 0;
  self->n_bytes = 0;
  return TRUE;
}
