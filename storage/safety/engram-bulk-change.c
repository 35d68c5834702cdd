/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/engram-bulk-change-private.h"

#include <glib/gi18n-lib.h>

#include "sqlite/engram-schema-private.h"

/* Below this, nothing of it is worth the while. */
#define MIN_ROWS 5000

/* Keeping the four indexes of synapses takes 10 to 15 us a row, making them anew 3: from a third of the table on the
 * latter is quicker. */
#define LARGE_PART 3

#define CACHE_KIB "131072"
#define USUAL_CACHE_KIB "2000"

static gboolean
is_same_but_for_spaces (const char *a,
                        const char *b)
{
  for (;; a++, b++)
    {
      while (g_ascii_isspace (*a))
        a++;
      while (g_ascii_isspace (*b))
        b++;
      if (*a != *b || *a == '\0')
        return *a == *b;
    }
}

/* Whether a statement makes one of Engram's indexes; the Python program writes them with other spaces. What another
 * program has made in another way is not to be made anew. */
static gboolean
is_own_index (const char *sql)
{
  const char *statement;

  for (guint i = 0; (statement = engram_schema_get_index (i)) != NULL; i++)
    if (is_same_but_for_spaces (sql, statement))
      return TRUE;
  return FALSE;
}

/* (transfer full) (element-type utf8): statements that drop the indexes, in SQLite's memory, which quotes the names as
 * a file has them; those that make them go to @indexes. */
static GPtrArray *
find_indexes (EngramConnection  *writer,
              const char        *table,
              GPtrArray         *indexes,
              GError           **error)
{
  g_autoptr (GPtrArray) drops = g_ptr_array_new_with_free_func (sqlite3_free);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (writer,
                "SELECT name, sql FROM sqlite_schema WHERE type='index' AND tbl_name=? AND sql IS NOT NULL", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, table);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      const char *name = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);
      const char *sql = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 1);

      if (name == NULL || sql == NULL || !is_own_index (sql))
        continue;
      g_ptr_array_add (indexes, g_strdup (sql));
      g_ptr_array_add (drops, sqlite3_mprintf ("DROP INDEX \"%w\"", name));
    }
  return status == 0 ? g_steal_pointer (&drops) : NULL;
}

static gboolean
drop_indexes (EngramBulkChange  *self,
              const char        *table,
              GError           **error)
{
  g_autoptr (GPtrArray) drops = find_indexes (self->writer, table, self->indexes, error);

  if (drops == NULL)
    return FALSE;
  for (guint i = 0; i < drops->len; i++)
    if (!engram_connection_execute (self->writer, g_ptr_array_index (drops, i), error))
      return FALSE;
  return TRUE;
}

gboolean
engram_bulk_change_begin (EngramBulkChange  *self,
                          EngramConnection  *writer,
                          const char        *table,
                          guint64            n_rows,
                          GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  gint64 count;

  *self = (EngramBulkChange) { NULL, NULL };
  if (n_rows < MIN_ROWS)
    return TRUE;
  self->writer = writer;
  self->indexes = g_ptr_array_new_with_free_func (g_free);
  if (!engram_connection_execute (writer, "PRAGMA cache_size=-" CACHE_KIB, error) ||
      !engram_connection_get_integer (writer, sql, &count, error))
    return FALSE;
  return n_rows < (guint64) count / LARGE_PART || drop_indexes (self, table, error);
}

gboolean
engram_bulk_change_end (EngramBulkChange  *self,
                        gboolean           succeeded,
                        GError           **error)
{
  if (self->writer == NULL)
    return succeeded;
  for (guint i = 0; succeeded && i < self->indexes->len; i++)
    succeeded = engram_connection_execute (self->writer, g_ptr_array_index (self->indexes, i), error);
  /* Also where SQLite has given up the transaction, and the connection takes no statements. */
  sqlite3_exec (engram_connection_get_handle (self->writer), "PRAGMA cache_size=-" USUAL_CACHE_KIB, NULL, NULL, NULL);
  sqlite3_db_release_memory (engram_connection_get_handle (self->writer));
  g_clear_pointer (&self->indexes, g_ptr_array_unref);
  self->writer = NULL;
  return succeeded;
}

gboolean
engram_bulk_change_check_others (EngramConnection  *writer,
                                 gint64             before,
                                 GError           **error)
{
  sqlite3 *handle = engram_connection_get_handle (writer);
  g_autofree char *name = g_filename_display_name (engram_connection_get_path (writer));

  if (sqlite3_total_changes64 (handle) - before == sqlite3_changes64 (handle))
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
               _("“%s” has a table of another program of which rows would go or change together with these neurons or "
                 "synapses, and could not be brought back. Nothing was changed. Do it with that program, or in a copy "
                 "without its table."), name);
  return FALSE;
}
