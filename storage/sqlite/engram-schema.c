/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sqlite/engram-schema-private.h"

#include <glib/gi18n-lib.h>

#include "sqlite/engram-database.h"

/* Version 1 is the Python program's; the formats are described in README.md. */

static const char version_1_tables[] =
  "CREATE TABLE schema_version ("
  " version INTEGER PRIMARY KEY,"
  " applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);"
  "CREATE TABLE neurons ("
  " id TEXT PRIMARY KEY,"
  " position_x REAL NOT NULL,"
  " position_y REAL NOT NULL,"
  " position_z REAL NOT NULL,"
  " vector BLOB,"
  " neuron_type TEXT NOT NULL,"
  " metadata TEXT,"
  " activation_level REAL DEFAULT 0.0,"
  " created_at TEXT NOT NULL,"
  " modified_at TEXT NOT NULL,"
  " source_data TEXT,"
  " compression_ratio REAL,"
  " semantic_tags TEXT,"
  " function_signature TEXT,"
  " executable_code TEXT,"
  " input_schema TEXT,"
  " output_schema TEXT,"
  " execution_count INTEGER DEFAULT 0,"
  " average_execution_time REAL DEFAULT 0.0,"
  " activation_threshold REAL DEFAULT 0.5);"
  "CREATE TABLE synapses ("
  " id TEXT PRIMARY KEY,"
  " source_neuron_id TEXT NOT NULL,"
  " target_neuron_id TEXT NOT NULL,"
  " weight REAL NOT NULL CHECK(weight >= -1.0 AND weight <= 1.0),"
  " usage_count INTEGER DEFAULT 0,"
  " last_traversed TEXT,"
  " synapse_type TEXT NOT NULL,"
  " metadata TEXT,"
  " created_at TEXT NOT NULL,"
  " modified_at TEXT NOT NULL,"
  " FOREIGN KEY (source_neuron_id) REFERENCES neurons(id) ON DELETE CASCADE,"
  " FOREIGN KEY (target_neuron_id) REFERENCES neurons(id) ON DELETE CASCADE);"
  "INSERT INTO schema_version (version) VALUES (1);";

static const char *const indexes[] = {
  "CREATE INDEX idx_neurons_position ON neurons(position_x, position_y, position_z)",
  "CREATE INDEX idx_neurons_type ON neurons(neuron_type)",
  "CREATE INDEX idx_neurons_modified ON neurons(modified_at)",
  "CREATE INDEX idx_synapses_source ON synapses(source_neuron_id)",
  "CREATE INDEX idx_synapses_target ON synapses(target_neuron_id)",
  "CREATE INDEX idx_synapses_weight ON synapses(weight)",
  "CREATE INDEX idx_synapses_modified ON synapses(modified_at)",
};

static const char *const neuron_columns[] = {
  "id", "position_x", "position_y", "position_z", "vector", "neuron_type", "metadata", "activation_level",
  "created_at", "modified_at", "source_data", "compression_ratio", "semantic_tags", "function_signature",
  "executable_code", "input_schema", "output_schema", "execution_count", "average_execution_time",
  "activation_threshold", NULL
};

static const char *const synapse_columns[] = {
  "id", "source_neuron_id", "target_neuron_id", "weight", "usage_count", "last_traversed", "synapse_type",
  "metadata", "created_at", "modified_at", NULL
};

static gboolean G_GNUC_PRINTF (3, 4)
refuse (EngramConnection  *connection,
        GError           **error,
        const char        *format,
        ...)
{
  g_autofree char *name = g_filename_display_name (engram_connection_get_path (connection));
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK,
               /* Translators: a file's name, then what it lacks. */
               _("“%s” is not a neuron network: %s."), name, reason);
  return FALSE;
}

/* (transfer full): the names of a table's columns -> "1" where the column is computed, or NULL with @error set. */
static GHashTable *
read_columns (EngramConnection  *connection,
              const char        *table,
              GError           **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (connection, "SELECT name, hidden FROM pragma_table_xinfo(?)", error);
  if (statement == NULL)
    return NULL;
  engram_statement_bind_text (statement, 1, table);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);

      g_hash_table_insert (columns, g_strdup ((const char *) sqlite3_column_text (row, 0)),
                           GINT_TO_POINTER (sqlite3_column_int (row, 1)));
    }
  return status == 0 ? g_steal_pointer (&columns) : NULL;
}

/* A column of that name stands before the row id, and what is meant for one row would be done to others. */
static gboolean
hides_row_ids (GHashTable *columns)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, columns);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_ascii_strcasecmp (name, "rowid") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_table (EngramConnection   *connection,
             const char         *table,
             const char *const  *required,
             GError            **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autoptr (GHashTable) columns = NULL;
  g_autofree char *sql = NULL;
  sqlite3_stmt *row;
  int status;

  statement = engram_connection_prepare (connection, "SELECT type, rootpage FROM sqlite_schema WHERE name=?", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, table);
  status = engram_statement_step (statement, error);
  if (status < 0)
    return FALSE;
  if (status == 0)
    return refuse (connection, error, _("it has no table “%s”"), table);
  row = engram_statement_get_handle (statement);
  if (g_strcmp0 ((const char *) sqlite3_column_text (row, 0), "table") != 0)
    return refuse (connection, error, _("“%s” is a view, not a table"), table);
  if (sqlite3_column_int (row, 1) == 0)
    return refuse (connection, error, _("“%s” is a virtual table"), table);

  columns = read_columns (connection, table, error);
  if (columns == NULL)
    return FALSE;
  for (gsize i = 0; required[i] != NULL; i++)
    {
      gpointer hidden;

      if (!g_hash_table_lookup_extended (columns, required[i], NULL, &hidden))
        return refuse (connection, error, _("its table “%s” lacks the column “%s”"), table, required[i]);
      if (GPOINTER_TO_INT (hidden) != 0)
        return refuse (connection, error, _("the column “%s” of its table “%s” is computed"), required[i], table);
    }

  if (hides_row_ids (columns))
    return refuse (connection, error, _("its table “%s” has a column “rowid”, which hides the ids of its rows"), table);
  sql = g_strdup_printf ("SELECT rowid FROM %s LIMIT 0", table);
  if (sqlite3_exec (engram_connection_get_handle (connection), sql, NULL, NULL, NULL) == SQLITE_ERROR)
    return refuse (connection, error, _("its table “%s” has no row ids"), table);
  return TRUE;
}

static gboolean
has_table (EngramConnection  *connection,
           const char        *table,
           gboolean          *found,
           GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (connection,
                                         "SELECT 1 FROM sqlite_schema WHERE type='table' AND rootpage>0 AND name=?",
                                         error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, table);
  status = engram_statement_step (statement, error);
  *found = status > 0;
  return status >= 0;
}

/* A file without the row, or the table, is of version 1 in all else. */
gboolean
engram_schema_read_version (EngramConnection  *connection,
                            int               *version,
                            GError           **error)
{
  gboolean found;
  gint64 newest;

  *version = 1;
  if (!has_table (connection, "schema_version", &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!engram_connection_get_integer (connection, "SELECT max(version) FROM schema_version", &newest, error))
    return FALSE;
  *version = (int) CLAMP (newest, 1, G_MAXINT);
  return TRUE;
}

static GStrv
read_triggers (EngramConnection  *connection,
               GError           **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  statement = engram_connection_prepare (connection, "SELECT name FROM sqlite_schema WHERE type='trigger'", error);
  if (statement == NULL)
    return NULL;
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      const char *name = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), 0);
      g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);

      g_strv_builder_add (names, valid);
    }
  return status == 0 ? g_strv_builder_end (names) : NULL;
}

gboolean
engram_schema_inspect (EngramConnection  *connection,
                       EngramSchema      *schema,
                       GError           **error)
{
  gboolean has_neurons, has_synapses;
  gint64 application_id, n_objects, n_views;

  if (!has_table (connection, "neurons", &has_neurons, error) ||
      !has_table (connection, "synapses", &has_synapses, error) ||
      !engram_connection_get_integer (connection, "PRAGMA application_id", &application_id, error) ||
      !engram_connection_get_integer (connection, "SELECT count(*) FROM sqlite_schema", &n_objects, error) ||
      !engram_connection_get_integer (connection,
                                      "SELECT count(*) FROM sqlite_schema WHERE name IN ('neurons', 'synapses')",
                                      &n_views, error))
    return FALSE;
  if (!has_neurons && !has_synapses && n_views == 0)
    return refuse (connection, error, "%s",
                   n_objects > 0 ? _("it is a database of another program") : _("it is an empty database"));
  if (!check_table (connection, "neurons", neuron_columns, error) ||
      !check_table (connection, "synapses", synapse_columns, error) ||
      !engram_schema_read_version (connection, &schema->version, error))
    return FALSE;

  schema->application_id = (guint32) application_id;
  schema->triggers = read_triggers (connection, error);
  return schema->triggers != NULL;
}

void
engram_schema_clear (EngramSchema *schema)
{
  g_clear_pointer (&schema->triggers, g_strfreev);
}

/* Version 2 adds what version 1 has no place for: a column for the fields of a neuron's type that have no column, and
 * the network's own id. Both are invisible to a program that reads and writes columns by name. */
static gboolean
upgrade_to_2 (EngramConnection  *connection,
              GError           **error)
{
  g_autoptr (EngramStatement) statement = NULL;
  g_autofree char *id = g_uuid_string_random ();
  gint64 application_id;

  if (!engram_connection_neurons_have_fields (connection) &&
      !engram_connection_execute (connection, "ALTER TABLE neurons ADD COLUMN engram_fields TEXT", error))
    return FALSE;
  if (!engram_connection_execute (connection,
                                  "CREATE TABLE IF NOT EXISTS engram_network (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
                                  error))
    return FALSE;
  statement = engram_connection_prepare (connection,
                                         "INSERT OR IGNORE INTO engram_network (key, value) VALUES ('id', ?)", error);
  if (statement == NULL)
    return FALSE;
  engram_statement_bind_text (statement, 1, id);
  if (!engram_statement_run (statement, error))
    return FALSE;
  if (!engram_connection_get_integer (connection, "PRAGMA application_id", &application_id, error))
    return FALSE;
  /* Another program's mark stays. */
  return application_id != 0 ||
         engram_connection_execute (connection, "PRAGMA application_id=" G_STRINGIFY (ENGRAM_APPLICATION_ID), error);
}

/* Version 3 adds to synapses what version 2 added to neurons: a document's members that no column can hold. */
static gboolean
upgrade_to_3 (EngramConnection  *connection,
              GError           **error)
{
  return engram_connection_synapses_have_fields (connection) ||
         engram_connection_execute (connection, "ALTER TABLE synapses ADD COLUMN engram_fields TEXT", error);
}

typedef gboolean (*UpgradeFunc) (EngramConnection  *connection,
                                 GError           **error);

/* The step at place n leads from version n + 1 to n + 2. */
static const UpgradeFunc upgrades[] = { upgrade_to_2, upgrade_to_3 };

G_STATIC_ASSERT (G_N_ELEMENTS (upgrades) == ENGRAM_SCHEMA_VERSION - 1);

gboolean
engram_schema_upgrade (EngramConnection  *connection,
                       int                version,
                       GError           **error)
{
  if (!engram_connection_execute (connection,
                                  "CREATE TABLE IF NOT EXISTS schema_version"
                                  " (version INTEGER PRIMARY KEY, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);"
                                  "INSERT OR IGNORE INTO schema_version (version) VALUES (1)", error))
    return FALSE;

  for (int next = version + 1; next <= ENGRAM_SCHEMA_VERSION; next++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO schema_version (version) VALUES (%d)", next);

      if (!upgrades[next - 2] (connection, error) || !engram_connection_execute (connection, sql, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
engram_schema_create_tables (EngramConnection  *connection,
                             GError           **error)
{
  return engram_connection_execute (connection, version_1_tables, error) &&
         engram_schema_upgrade (connection, 1, error);
}

const char *
engram_schema_get_index (guint n)
{
  return n < G_N_ELEMENTS (indexes) ? indexes[n] : NULL;
}
