/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-content-hash-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "safety/files/engram-run-hasher-private.h"

/* The form of what is hashed is described in engram-content-hash.h. Whoever changes it changes the hashes in the
 * manifests of all backups: it must get another version. */
#define FORM "engram-content 1\n"

/* Columns of this name are Engram's own: a file from before its first write has none. */
#define OWN_PREFIX "engram_"

typedef struct {
  char      *name;
  GPtrArray *columns;   /* names, those that are listed first */
  guint      n_listed;  /* the others count only where they are not NULL */
  guint64    n_rows;
} Table;

typedef struct {
  EngramConnection   *connection;
  EngramRunHasher    *hasher;
  GChecksum          *checksum;
  guint64             expected_bytes; /* of the whole file, which is more than what its rows come to */
  guint64             done_bytes;
  EngramProgressFunc  progress;
  gpointer            user_data;
} Reading;

static void
table_clear (Table *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
put_number (guint8  *place,
            guint64  number)
{
  number = GUINT64_TO_BE (number);
  memcpy (place, &number, sizeof number);
}

static void
hash_number (GChecksum *checksum,
             guint64    number)
{
  guint8 bytes[8];

  put_number (bytes, number);
  g_checksum_update (checksum, bytes, sizeof bytes);
}

static void
hash_text (GChecksum  *checksum,
           const char *text)
{
  gsize length = strlen (text);

  hash_number (checksum, length);
  g_checksum_update (checksum, (const guchar *) text, length);
}

static void
append_bytes (EngramRun     *run,
              char           tag,
              gconstpointer  bytes,
              gsize          length)
{
  guint8 *place = engram_run_append (run, 9 + length);

  place[0] = tag;
  put_number (place + 1, length);
  if (length > 0)
    memcpy (place + 9, bytes, length);
}

static void
append_number (EngramRun *run,
               char       tag,
               guint64    number)
{
  guint8 *place = engram_run_append (run, 9);

  place[0] = tag;
  put_number (place + 1, number);
}

static void
append_value (EngramRun    *run,
              sqlite3_stmt *row,
              int           column)
{
  double real;
  guint64 bits;
  gconstpointer bytes;

  switch (sqlite3_column_type (row, column))
    {
    case SQLITE_INTEGER:
      append_number (run, 'i', (guint64) sqlite3_column_int64 (row, column));
      break;
    case SQLITE_FLOAT:
      real = sqlite3_column_double (row, column);
      memcpy (&bits, &real, sizeof bits);
      append_number (run, 'f', bits);
      break;
    case SQLITE_TEXT:
      bytes = sqlite3_column_text (row, column);
      append_bytes (run, 't', bytes, sqlite3_column_bytes (row, column));
      break;
    case SQLITE_BLOB:
      bytes = sqlite3_column_blob (row, column);
      append_bytes (run, 'b', bytes, sqlite3_column_bytes (row, column));
      break;
    case SQLITE_NULL:
    default:
      *engram_run_append (run, 1) = 'n';
      break;
    }
}

static void
append_row (EngramRun    *run,
            const Table  *table,
            sqlite3_stmt *row)
{
  *engram_run_append (run, 1) = 'r';
  for (guint i = 0; i < table->n_listed; i++)
    append_value (run, row, i);
  for (guint i = table->n_listed; i < table->columns->len; i++)
    if (sqlite3_column_type (row, i) != SQLITE_NULL)
      {
        const char *name = g_ptr_array_index (table->columns, i);

        append_bytes (run, 'c', name, strlen (name));
        append_value (run, row, i);
      }
}

static GStrv
read_names (EngramConnection  *connection,
            const char        *sql,
            const char        *argument,
            GError           **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (EngramStatement) statement = engram_connection_prepare (connection, sql, error);
  int status;

  if (statement == NULL)
    return NULL;
  if (argument != NULL)
    engram_statement_bind_text (statement, 1, argument);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      const char *name = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);

      if (name == NULL)
        {
          engram_connection_set_error (connection, SQLITE_NOMEM, error);
          return NULL;
        }
      g_strv_builder_add (names, name);
    }
  return status == 0 ? g_strv_builder_end (names) : NULL;
}

static gboolean
table_init (Table             *self,
            const char        *name,
            EngramConnection  *connection,
            GError           **error)
{
  g_auto (GStrv) columns = NULL;

  columns = read_names (connection, "SELECT name FROM pragma_table_xinfo(?) WHERE hidden=0 ORDER BY cid", name, error);
  if (columns == NULL)
    return FALSE;
  *self = (Table) { .name = g_strdup (name), .columns = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; columns[i] != NULL; i++)
    if (!g_str_has_prefix (columns[i], OWN_PREFIX))
      g_ptr_array_add (self->columns, g_strdup (columns[i]));
  self->n_listed = self->columns->len;
  for (guint i = 0; columns[i] != NULL; i++)
    if (g_str_has_prefix (columns[i], OWN_PREFIX))
      g_ptr_array_add (self->columns, g_strdup (columns[i]));
  return TRUE;
}

static void
append_quoted (GString    *sql,
               const char *name)
{
  g_string_append_c (sql, '"');
  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (sql, '"');
      g_string_append_c (sql, *name);
    }
  g_string_append_c (sql, '"');
}

/* A scan of the table itself gives the rows by rowid, or by primary key; to ask for the rowid by a name would not do
 * where columns of the table have all names that it could have. */
static EngramStatement *
prepare_rows (const Table       *table,
              EngramConnection  *connection,
              GError           **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; i < table->columns->len; i++)
    {
      if (i > 0)
        g_string_append_c (sql, ',');
      append_quoted (sql, g_ptr_array_index (table->columns, i));
    }
  if (table->columns->len == 0)
    g_string_append (sql, "NULL");
  g_string_append (sql, " FROM ");
  append_quoted (sql, table->name);
  g_string_append (sql, " NOT INDEXED");
  return engram_connection_prepare (connection, sql->str, error);
}

static void
end_run (Reading *self)
{
  self->done_bytes += engram_run_hasher_get_run (self->hasher)->length;
  engram_run_hasher_end_run (self->hasher);
  if (self->progress != NULL)
    self->progress (_("Reading the network"), MIN ((double) self->done_bytes / MAX (self->expected_bytes, 1), 1),
                    self->user_data);
}

static gboolean
read_rows (Reading  *self,
           Table    *table,
           GError  **error)
{
  g_autoptr (EngramStatement) statement = prepare_rows (table, self->connection, error);
  sqlite3 *handle = engram_connection_get_handle (self->connection);
  int status;

  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      EngramRun *run = engram_run_hasher_get_run (self->hasher);

      append_row (run, table, engram_statement_get_handle (statement));
      /* A value for which there was no memory looks like an empty one. */
      if (sqlite3_errcode (handle) == SQLITE_NOMEM)
        {
          engram_connection_set_error (self->connection, SQLITE_NOMEM, error);
          return FALSE;
        }
      table->n_rows++;
      if (run->length >= ENGRAM_RUN_BYTES)
        end_run (self);
    }
  return status == 0;
}

static gboolean
read_table (Reading  *self,
            Table    *table,
            GError  **error)
{
  g_autoptr (GByteArray) digests = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[ENGRAM_SHA256_BYTES];
  gsize length = sizeof digest;

  if (!read_rows (self, table, error))
    return FALSE;
  digests = engram_run_hasher_finish (self->hasher);
  hash_text (checksum, table->name);
  hash_number (checksum, table->n_listed);
  for (guint i = 0; i < table->n_listed; i++)
    hash_text (checksum, g_ptr_array_index (table->columns, i));
  hash_number (checksum, table->n_rows);
  if (digests->len > 0)
    g_checksum_update (checksum, digests->data, digests->len);
  g_checksum_get_digest (checksum, digest, &length);
  g_checksum_update (self->checksum, digest, sizeof digest);
  return TRUE;
}

static gboolean
read_tables (Reading        *self,
             EngramContent  *content,
             GError        **error)
{
  g_auto (GStrv) names = read_names (self->connection,
                                     "SELECT name FROM sqlite_schema WHERE type='table' AND rootpage>0"
                                     " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                                     " AND name NOT IN ('schema_version', 'engram_network')"
                                     " ORDER BY CAST(name AS BLOB)", NULL, error);

  if (names == NULL)
    return FALSE;
  g_checksum_update (self->checksum, (const guchar *) FORM, strlen (FORM));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (Table) table = { NULL };

      if (!table_init (&table, names[i], self->connection, error) || !read_table (self, &table, error))
        return FALSE;
      if (g_str_equal (table.name, "neurons"))
        content->neurons = table.n_rows;
      else if (g_str_equal (table.name, "synapses"))
        content->synapses = table.n_rows;
    }
  return TRUE;
}

gboolean
engram_content_read (EngramConnection    *connection,
                     EngramContent       *content,
                     guint                n_beside,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GError             **error)
{
  g_autoptr (EngramRunHasher) hasher = engram_run_hasher_new (n_beside);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Reading reading = { connection, hasher, checksum, 0, 0, progress, user_data };
  gint64 n_pages, page_size;

  *content = (EngramContent) { NULL };
  if (!engram_connection_get_integer (connection, "PRAGMA page_count", &n_pages, error) ||
      !engram_connection_get_integer (connection, "PRAGMA page_size", &page_size, error))
    return FALSE;
  reading.expected_bytes = (guint64) n_pages * page_size;
  if (!read_tables (&reading, content, error))
    return FALSE;
  content->hash = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

gboolean
engram_content_equal (const EngramContent *content,
                      const EngramContent *other)
{
  return g_str_equal (content->hash, other->hash) && content->neurons == other->neurons &&
         content->synapses == other->synapses;
}

void
engram_content_clear (EngramContent *content)
{
  g_clear_pointer (&content->hash, g_free);
}

char *
engram_content_hash (EngramDatabase      *database,
                     EngramProgressFunc   progress,
                     gpointer             user_data,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autoptr (EngramReader) reader = NULL;
  g_auto (EngramContent) content = { NULL };

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  reader = engram_database_acquire_reader (database, cancellable, error);
  if (reader == NULL || !engram_connection_begin_read (reader, error) ||
      !engram_content_read (reader, &content, 0, progress, user_data, error))
    return NULL;
  return g_steal_pointer (&content.hash);
}
