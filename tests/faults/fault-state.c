/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fault-state.h"

#include <engram.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "test-support.h"

static const char *const passing_columns[] = { "modified_at", "applied_at", NULL };
static const char *const passing_tables[] = { "engram_network", "schema_version", NULL };

/* Databases */

static void
update_checksum (GChecksum  *checksum,
                 const char *text)
{
  g_checksum_update (checksum, (const guchar *) text, strlen (text) + 1);
}

static void
digest_value (GChecksum    *checksum,
              sqlite3_stmt *row,
              int           column)
{
  g_autofree char *kind = g_strdup_printf ("%s:%d", sqlite3_column_name (row, column),
                                           sqlite3_column_type (row, column));

  update_checksum (checksum, kind);
  if (sqlite3_column_type (row, column) == SQLITE_BLOB)
    g_checksum_update (checksum, sqlite3_column_blob (row, column), sqlite3_column_bytes (row, column));
  else if (sqlite3_column_type (row, column) != SQLITE_NULL)
    update_checksum (checksum, (const char *) sqlite3_column_text (row, column));
}

static sqlite3_stmt *
prepare (sqlite3    *handle,
         const char *sql)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  return statement;
}

static void
digest_table (GChecksum  *checksum,
              sqlite3    *handle,
              const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid AS row, * FROM \"%s\" ORDER BY rowid", table);
  sqlite3_stmt *statement = prepare (handle, sql);
  int result;

  update_checksum (checksum, table);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      if (!g_strv_contains (passing_columns, sqlite3_column_name (statement, i)))
        digest_value (checksum, statement, i);
  g_assert_cmpint (result, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

static void
append_integrity (GString *state,
                  sqlite3 *handle)
{
  sqlite3_stmt *statement = prepare (handle, "PRAGMA integrity_check");

  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (state, " %s", (const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
}

static void
append_database (GString    *state,
                 const char *path)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3_stmt *tables;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  tables = prepare (handle, "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY name");
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (tables, 0);

      if (!g_strv_contains (passing_tables, table))
        digest_table (checksum, handle, table);
    }
  sqlite3_finalize (tables);
  g_string_append (state, g_checksum_get_string (checksum));
  append_integrity (state, handle);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

/* Documents */

static char *
get_text_member (const char *json,
                 const char *name)
{
  g_autofree char *value = engram_json_object_get (json, name);

  return value != NULL ? engram_json_get_string (value) : NULL;
}

/* A network's document has a checksum; the manifest of a backup says which bytes the backup has. */
static void
append_document (GString    *state,
                 const char *path)
{
  g_autofree char *text = NULL, *checksum = NULL, *sha256 = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  if (engram_json_check (text, -1, NULL, NULL) != ENGRAM_JSON_OBJECT)
    {
      g_string_append (state, "not JSON");
      return;
    }
  checksum = get_text_member (text, "checksum");
  sha256 = get_text_member (text, "sha256");
  if (checksum != NULL)
    g_string_append (state, checksum);
  if (sha256 != NULL)
    {
      g_autofree char *backup = g_strndup (path, strlen (path) - strlen (".json"));
      g_autofree char *backup_path = g_strconcat (backup, ".db", NULL);
      g_autofree char *real = test_hash_file (backup_path);

      g_string_append (state, g_str_equal (real, sha256) ? "manifest of the backup" : "manifest of other bytes");
    }
}

/* Folders */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* SQLite lets a journal lie that it could not remove, and knows by its first bytes that there is nothing in it: the
 * next who writes removes it. */
static gboolean
is_void_journal (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_str_has_suffix (path, ".db-journal"))
    return FALSE;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return length == 0 || text[0] == '\0';
}

/* Without the date and time in it. */
static char *
get_lasting_name (const char *name)
{
  g_autoptr (GRegex) digits = g_regex_new ("[0-9]{6,}", 0, 0, NULL);

  return g_regex_replace_literal (digits, name, -1, 0, "#", 0, NULL);
}

static void
append_folder (GString    *state,
               const char *folder,
               const char *prefix)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *lasting = get_lasting_name (name);
      g_autofree char *shown = g_strconcat (prefix, lasting, NULL);
      g_autofree char *below = g_strconcat (shown, "/", NULL);

      /* Side files go when the database is closed, which comes first. */
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (!g_str_equal (name, FAULT_STATE_HISTORY))
            append_folder (state, path, below);
          continue;
        }
      if (is_void_journal (path))
        continue;
      g_string_append_printf (state, "%s: ", shown);
      if (g_str_has_suffix (name, ".db"))
        append_database (state, path);
      else if (g_str_has_suffix (name, ".json"))
        append_document (state, path);
      g_string_append_c (state, '\n');
    }
}

char *
fault_state_read (const char *folder)
{
  GString *state = g_string_new (NULL);

  append_folder (state, folder, "");
  return g_string_free (state, FALSE);
}

void
fault_state_copy (const char *from,
                  const char *to)
{
  g_autoptr (GPtrArray) names = list_names (from);

  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        fault_state_copy (source, target);
      else
        test_copy_file (source, target);
    }
}
