/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/files/engram-sqlite-check-private.h"

#include <string.h>

#define HEADING "*** in database main ***\n"

/* What integrity_check says of values, not of the file. */
static const char *const about_values[] = {
  "NULL value in ", "TEXT value in ", "NUMERIC value in ", "CHECK constraint failed in ",
  "non-ANY value in ", "non-BLOB value in ", "non-INT value in ", "non-INTEGER value in ", "non-REAL value in ",
  "non-TEXT value in ",
};

static gboolean
is_damage (const char *message)
{
  if (g_str_equal (message, "ok"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (about_values); i++)
    if (g_str_has_prefix (message, about_values[i]))
      return FALSE;
  return TRUE;
}

/* The first of the lines of which a message about pages consists, without its heading. */
static char *
get_first_line (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  const char *line = valid;

  if (g_str_has_prefix (line, HEADING))
    line += strlen (HEADING);
  return g_strndup (line, strcspn (line, "\n"));
}

/* SQLite cannot make this check here, whatever the file holds: a table of another program wants a collation or a
 * function that only that program has. */
static gboolean
cannot_tell (EngramConnection *connection)
{
  return (sqlite3_errcode (engram_connection_get_handle (connection)) & 0xff) == SQLITE_ERROR;
}

gboolean
engram_sqlite_check_run (gpointer   data,
                         GError   **error)
{
  EngramSqliteCheck *self = data;
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!engram_connection_execute (self->connection, "PRAGMA ignore_check_constraints=ON", error))
    return FALSE;
  /* There may be any number of rows about values before one about damage. */
  statement = engram_connection_prepare (self->connection, "PRAGMA integrity_check(2147483647)", &local_error);
  while (statement != NULL && local_error == NULL && engram_statement_step (statement, &local_error) > 0)
    {
      const char *message = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);

      if (message == NULL)
        engram_connection_set_error (self->connection, SQLITE_NOMEM, &local_error);
      else if (is_damage (message))
        {
          self->damage = get_first_line (message);
          return TRUE;
        }
    }
  if (local_error == NULL || cannot_tell (self->connection))
    return TRUE;
  if (g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED))
    {
      self->damage = g_strdup (local_error->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
engram_sqlite_check_clear (EngramSqliteCheck *self)
{
  g_clear_pointer (&self->damage, g_free);
}

gboolean
engram_sqlite_count_foreign_keys (EngramConnection  *connection,
                                  gint64            *count,
                                  GError           **error)
{
  g_autoptr (GError) local_error = NULL;

  if (engram_connection_get_integer (connection, "SELECT count(*) FROM pragma_foreign_key_check", count, &local_error))
    return TRUE;
  *count = -1;
  if (cannot_tell (connection))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
