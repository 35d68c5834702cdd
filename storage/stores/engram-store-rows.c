/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stores/engram-store-private.h"

#include "safety/engram-bulk-change-private.h"

static const char *
get_text (const EngramStoreTable *table,
          gconstpointer           record,
          guint                   column)
{
  gsize offset = engram_record_find_column (table->class, column)->offset;

  return *(const char *const *) ((const char *) record + offset);
}

static void
set_text (const EngramStoreTable *table,
          gpointer                record,
          guint                   column,
          const char             *text)
{
  engram_record_set_text (record, engram_record_find_column (table->class, column), text);
}

static guint
get_all_columns (const EngramStoreTable *table)
{
  guint columns = 0;

  for (guint i = 0; i < table->class->n_columns; i++)
    columns |= table->class->columns[i].bit;
  return columns;
}

guint
engram_store_get_given (const EngramStoreTable *table,
                        gconstpointer           record)
{
  guint columns = get_all_columns (table);

  if (get_text (table, record, table->created_at) == NULL)
    columns &= ~table->created_at;
  if (get_text (table, record, table->modified_at) == NULL)
    columns &= ~table->modified_at;
  return columns;
}

/* The two times come first, because they may be another's than the record's. */
static char *
make_insert_sql (const EngramStoreTable *table,
                 guint                   columns)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s (created_at,modified_at,", table->name);
  engram_record_append_columns (table->class, sql, columns, "");
  g_string_append (sql, ") VALUES (?,?");
  for (guint i = engram_record_count_columns (table->class, columns); i > 0; i--)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

gboolean
engram_store_insert (EngramStoreWrite        *write,
                     const EngramStoreTable  *table,
                     gconstpointer            record,
                     EngramStoreResult       *result,
                     GError                 **error)
{
  guint columns = get_all_columns (table) & ~(table->created_at | table->modified_at);
  const char *created_at = get_text (table, record, table->created_at);
  const char *modified_at = get_text (table, record, table->modified_at);
  g_autoptr (EngramStatement) statement = NULL;
  int parameter = 3;

  if (write->insert_sql == NULL)
    write->insert_sql = make_insert_sql (table, columns);
  statement = engram_connection_prepare (write->writer, write->insert_sql, error);
  if (statement == NULL)
    return FALSE;

  result->changed = TRUE;
  result->created_now = created_at == NULL;
  result->modified_now = modified_at == NULL;
  engram_statement_bind_text (statement, 1, result->created_now ? write->now : created_at);
  engram_statement_bind_text (statement, 2, result->modified_now ? write->now : modified_at);
  engram_record_bind (table->class, statement, record, columns, &parameter);
  if (!engram_statement_run (statement, error))
    return FALSE;

  result->rowid = sqlite3_last_insert_rowid (engram_connection_get_handle (write->writer));
  return TRUE;
}

guint
engram_store_compare (const EngramStoreTable *table,
                      gconstpointer           record,
                      gconstpointer           stored,
                      EngramStoreResult      *result)
{
  guint columns = engram_record_compare (table->class, record, stored) & ~table->id;

  if (get_text (table, record, table->modified_at) == NULL)
    columns &= ~table->modified_at;
  result->rowid = ((const EngramRecord *) stored)->rowid;
  result->changed = columns != 0;
  result->modified_now = columns != 0 && (columns & table->modified_at) == 0;
  return columns;
}

gboolean
engram_store_update (EngramStoreWrite         *write,
                     const EngramStoreTable   *table,
                     gconstpointer             record,
                     guint                     columns,
                     const EngramStoreResult  *result,
                     GError                  **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (EngramStatement) statement = NULL;
  const char *modified_at;
  int parameter = 2;

  columns &= ~table->modified_at;
  g_string_printf (sql, "UPDATE %s SET modified_at=?%s", table->name, columns != 0 ? "," : "");
  engram_record_append_columns (table->class, sql, columns, "=?");
  g_string_append (sql, " WHERE rowid=?");

  statement = engram_connection_prepare (write->writer, sql->str, error);
  if (statement == NULL)
    return FALSE;

  modified_at = result->modified_now ? write->now : get_text (table, record, table->modified_at);
  engram_statement_bind_text (statement, 1, modified_at);
  engram_record_bind (table->class, statement, record, columns, &parameter);
  engram_statement_bind_int64 (statement, parameter, result->rowid);
  return engram_statement_run (statement, error);
}

gboolean
engram_store_delete (EngramStoreWrite         *write,
                     const EngramStoreTable   *table,
                     const EngramStoreResult  *result,
                     GError                  **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE rowid=?", table->name);
  g_autoptr (EngramStatement) statement = engram_connection_prepare (write->writer, sql, error);
  gint64 before = sqlite3_total_changes64 (engram_connection_get_handle (write->writer));

  if (statement == NULL)
    return FALSE;

  engram_statement_bind_int64 (statement, 1, result->rowid);
  return engram_statement_run (statement, error) &&
         engram_bulk_change_check_others (write->writer, before, error);
}

void
engram_store_finish (const EngramStoreTable  *table,
                     gpointer                 record,
                     const EngramStoreResult *result,
                     const char              *now)
{
  ((EngramRecord *) record)->rowid = result->rowid;
  if (result->created_now)
    set_text (table, record, table->created_at, now);
  if (result->modified_now)
    set_text (table, record, table->modified_at, now);
}
