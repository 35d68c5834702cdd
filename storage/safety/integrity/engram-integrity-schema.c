/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-check-private.h"

#include <string.h>

#include "sqlite/engram-schema-private.h"

static const char *const own_tables[] = { "neurons", "synapses", "schema_version", "engram_network", NULL };

static gboolean
is_own_table (const char *name)
{
  if (g_ascii_strncasecmp (name, "sqlite_", strlen ("sqlite_")) == 0)
    return TRUE;
  for (guint i = 0; own_tables[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, own_tables[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
note_object (EngramFindingLists *findings,
             const char         *type,
             const char         *name)
{
  EngramFindingKind kind;

  if (g_str_equal (type, "trigger"))
    kind = ENGRAM_KIND_FOREIGN_TRIGGER;
  else if (g_str_equal (type, "view"))
    kind = ENGRAM_KIND_FOREIGN_VIEW;
  else if (g_str_equal (type, "table") && !is_own_table (name))
    kind = ENGRAM_KIND_FOREIGN_TABLE;
  else
    return;
  engram_id_list_add_text (engram_finding_lists_get (findings, kind), name, strlen (name));
}

static gboolean
check_objects (EngramIntegrityRun  *run,
               GError             **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (run->scan.readers[0], "SELECT type, name FROM sqlite_schema ORDER BY rowid",
                                         error);
  if (statement == NULL)
    return FALSE;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      const char *type = (const char *) sqlite3_column_text (row, 0);
      const char *name = (const char *) sqlite3_column_text (row, 1);

      note_object (&run->others, type != NULL ? type : "", name != NULL ? name : "");
    }
  return status == 0;
}

char *
engram_integrity_get_index_name (const char *statement)
{
  const char *name = statement + strlen ("CREATE INDEX ");

  return g_strndup (name, strcspn (name, " "));
}

GPtrArray *
engram_integrity_find_missing_indexes (EngramConnection  *connection,
                                       GError           **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  const char *sql;

  for (guint i = 0; (sql = engram_schema_get_index (i)) != NULL; i++)
    {
      g_autofree char *name = engram_integrity_get_index_name (sql);
      g_autoptr (EngramStatement) statement = NULL;
      int status;

      statement = engram_connection_prepare (connection, "SELECT 1 FROM sqlite_schema"
                                             " WHERE type='index' AND name=? COLLATE NOCASE", error);
      if (statement == NULL)
        return NULL;
      engram_statement_bind_text (statement, 1, name);
      status = engram_statement_step (statement, error);
      if (status < 0)
        return NULL;
      if (status == 0)
        g_ptr_array_add (missing, g_strdup (sql));
    }
  return g_steal_pointer (&missing);
}

static gboolean
check_indexes (EngramIntegrityRun  *run,
               GError             **error)
{
  g_autoptr (GPtrArray) missing = engram_integrity_find_missing_indexes (run->scan.readers[0], error);

  if (missing == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    {
      g_autofree char *name = engram_integrity_get_index_name (g_ptr_array_index (missing, i));
      EngramIdList *names = engram_finding_lists_get (&run->others, ENGRAM_KIND_INDEX_MISSING);

      engram_id_list_add_text (names, name, strlen (name));
    }
  return TRUE;
}

gboolean
engram_integrity_check_schema (EngramIntegrityRun  *run,
                               GError             **error)
{
  return check_objects (run, error) && check_indexes (run, error);
}
