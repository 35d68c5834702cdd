/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "history-fixture.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* Longer values are shown by their hash. */
#define MAX_SHOWN_BYTES 200

/* Neurons 1 to 9, synapses in rows with gaps between them. Among the odd things: a column and a table of others, text
 * that is not UTF-8, text with a NUL, a blob where text should be, whole numbers in columns of reals, a
 * synapse without an id, one that is loose at one end, and one with a weight that the table's rule forbids. */
#define ODD_ROWS                                                                                                     \
  "ALTER TABLE synapses ADD COLUMN \"lab \"\"note\"\"\";"                                                             \
  "CREATE UNIQUE INDEX lab ON synapses(\"lab \"\"note\"\"\");"                                                       \
  "ALTER TABLE neurons ADD COLUMN importance REAL;"                                                                  \
  "CREATE TABLE experiments (name TEXT, n INTEGER);"                                                                 \
  "INSERT INTO experiments VALUES ('first', 1), ('second', 2);"                                                      \
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)"                                      \
  " INSERT INTO neurons (rowid, id, position_x, position_y, position_z, neuron_type, metadata, created_at,"          \
  "  modified_at, source_data, importance, vector)"                                                                  \
  " SELECT i * 3, printf('0000000%d-0000-4000-8000-000000000000', i), i, i / 3.0, -0.0, 'knowledge', '{}',"           \
  "  '2025-11-01T09:00:00', '2025-11-01T09:00:00', 'text ' || i, i, zeroblob(16) FROM n;"                             \
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8)"                                      \
  " INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, synapse_type, metadata, created_at," \
  "  modified_at, \"lab \"\"note\"\"\")"                                                                             \
  " SELECT i * 5, printf('1000000%d-0000-4000-8000-000000000000', i),"                                               \
  "  printf('0000000%d-0000-4000-8000-000000000000', i), printf('0000000%d-0000-4000-8000-000000000000', i + 1),"    \
  "  i / 10.0, 'knowledge', '{}', '2025-11-01T09:00:00', '2025-11-01T09:00:00', i FROM n;"                           \
  "UPDATE neurons SET source_data=CAST(x'ff00fe61' AS TEXT), metadata=x'00ff', execution_count=9007199254740993,"    \
  " activation_level='none' WHERE rowid=9;"                                                                          \
  "UPDATE synapses SET metadata='a' || char(0) || 'b', usage_count=-9223372036854775808 WHERE rowid=10;"             \
  "UPDATE synapses SET id=NULL, metadata='' WHERE rowid=15;"                                                         \
  "UPDATE synapses SET target_neuron_id='nobody', metadata=x'' WHERE rowid=20;"                                      \
  "UPDATE synapses SET weight=7.5 WHERE rowid=25"

static void
execute (const char *path,
         const char *sql)
{
  char *message = NULL;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, "PRAGMA ignore_check_constraints=ON", NULL, NULL, NULL);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

void
history_fixture_run_sql (HistoryFixture *self,
                         const char     *sql)
{
  execute (self->path, sql);
}

gint64
history_fixture_get_number (HistoryFixture *self,
                            const char     *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  gint64 number;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return number;
}

void
history_fixture_open (HistoryFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->database = engram_database_open (self->path, NULL, &error);
  g_assert_no_error (error);
  self->history = engram_history_open (self->database, self->state, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->history);
}

void
history_fixture_close (HistoryFixture *self)
{
  g_clear_object (&self->history);
  g_clear_object (&self->database);
}

void
history_fixture_set_up (HistoryFixture *self,
                        gconstpointer   data)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "network.db", NULL);
  self->state = g_build_filename (self->folder, "state", "history", NULL);
  database = engram_database_create (self->path, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&database);
  execute (self->path, ODD_ROWS);
  history_fixture_open (self);
}

void
history_fixture_tear_down (HistoryFixture *self,
                           gconstpointer   data)
{
  history_fixture_close (self);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->folder, test_folder_free);
}

void
history_fixture_use (HistoryFixture *self,
                     const char     *from)
{
  history_fixture_close (self);
  g_free (self->path);
  self->path = g_build_filename (self->folder, "shared.db", NULL);
  test_copy_file (from, self->path);
  history_fixture_open (self);
}

static void
append_bytes (GString      *text,
              const guint8 *bytes,
              int           length)
{
  g_autofree char *hash = NULL;

  for (int i = 0; i < length && length <= MAX_SHOWN_BYTES; i++)
    if (g_ascii_isgraph (bytes[i]))
      g_string_append_c (text, (char) bytes[i]);
    else
      g_string_append_printf (text, "<%02x>", bytes[i]);
  if (length > MAX_SHOWN_BYTES)
    {
      hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);
      g_string_append (text, hash);
    }
}

static void
append_value (GString      *text,
              sqlite3_stmt *row,
              int           column)
{
  int type = sqlite3_column_type (row, column);
  const guint8 *bytes;
  char number[40];

  if (type == SQLITE_FLOAT)
    g_string_append_printf (text, "|r%s", g_ascii_formatd (number, sizeof number, "%a",
                                                            sqlite3_column_double (row, column)));
  else if (type == SQLITE_INTEGER)
    g_string_append_printf (text, "|i%" G_GINT64_FORMAT, (gint64) sqlite3_column_int64 (row, column));
  else if (type != SQLITE_NULL)
    {
      g_string_append_printf (text, "|%c", type == SQLITE_TEXT ? 't' : 'b');
      bytes = sqlite3_column_blob (row, column);
      append_bytes (text, bytes, sqlite3_column_bytes (row, column));
    }
  else
    g_string_append (text, "|NULL");
}

static void
append_rows (GString    *text,
             sqlite3    *handle,
             const char *sql)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        append_value (text, statement, i);
      g_string_append_c (text, '\n');
    }
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

/* In the order in which a program that asks for none gets them. */
char *
dump_network (const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *tables;
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  append_rows (text, handle, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name");
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT name FROM sqlite_schema WHERE type='table' AND"
                                       " name<>'engram_network' AND name NOT LIKE 'sqlite_%' ORDER BY name", -1,
                                       &tables, NULL), ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW)
    {
      const char *table = (const char *) sqlite3_column_text (tables, 0);
      g_autofree char *sql = g_strdup_printf ("SELECT rowid, * FROM \"%s\" NOT INDEXED", table);

      append_rows (text, handle, sql);
    }
  sqlite3_finalize (tables);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
history_fixture_dump (HistoryFixture *self)
{
  return dump_network (self->path);
}

/* Line by line only to say where they differ: under the address sanitizer, splitting takes the square of the length. */
void
assert_same_dump (const char *expected,
                  const char *dump)
{
  g_auto (GStrv) expected_lines = NULL;
  g_auto (GStrv) lines = NULL;

  if (g_str_equal (expected, dump))
    return;
  expected_lines = g_strsplit (expected, "\n", -1);
  lines = g_strsplit (dump, "\n", -1);
  for (gsize i = 0; expected_lines[i] != NULL && lines[i] != NULL; i++)
    g_assert_cmpstr (expected_lines[i], ==, lines[i]);
  g_assert_cmpuint (g_strv_length (expected_lines), ==, g_strv_length (lines));
}

static gboolean
run_step (EngramConnection  *writer,
          EngramRecording   *recording,
          const char        *step,
          GError           **error)
{
  g_auto (GStrv) words = g_strsplit (step, " ", 3);

  if (g_str_equal (words[0], "note"))
    return engram_history_note_before (recording, words[1], words[2], error);
  if (g_str_equal (words[0], "row"))
    return engram_history_note_row (recording, words[1], atoi (words[2]), error);
  if (g_str_equal (words[0], "inserted"))
    return engram_history_note_inserted (recording, words[1], atoi (words[2]), atoi (strchr (words[2], ' ')), error);
  g_assert_cmpstr (words[0], ==, "sql");
  return engram_connection_execute (writer, step + strlen ("sql "), error);
}

static gboolean
run_steps (EngramConnection    *writer,
           EngramRecording     *recording,
           const char *const   *steps,
           GError             **error)
{
  for (gsize i = 0; steps[i] != NULL; i++)
    if (!run_step (writer, recording, steps[i], error))
      return FALSE;
  return TRUE;
}

gboolean
history_fixture_try_change (HistoryFixture     *self,
                            const char         *name,
                            const char *const  *steps,
                            GCancellable       *cancellable,
                            GError            **error)
{
  EngramConnection *writer = engram_database_begin_write (self->database, cancellable, error);
  g_autofree char *label = g_strdup_printf ("To %s", name);
  EngramRecording *recording;
  gboolean done;

  if (writer == NULL)
    return FALSE;
  recording = engram_history_begin (self->history, writer, name, error);
  done = recording != NULL && run_steps (writer, recording, steps, error) &&
         engram_history_prepare (recording, label, error);
  done = engram_database_end_write (self->database, writer, done, done ? error : NULL);
  if (recording != NULL)
    engram_history_end (recording, done);
  return done;
}

void
history_fixture_change (HistoryFixture     *self,
                        const char         *name,
                        const char *const  *steps)
{
  g_autoptr (GError) error = NULL;

  history_fixture_try_change (self, name, steps, NULL, &error);
  g_assert_no_error (error);
}

void
history_fixture_undo (HistoryFixture *self)
{
  g_autoptr (GError) error = NULL;

  engram_history_undo (self->history, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
history_fixture_redo (HistoryFixture *self)
{
  g_autoptr (GError) error = NULL;

  engram_history_redo (self->history, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

char *
history_fixture_list (HistoryFixture *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) undo = NULL;
  g_autoptr (GPtrArray) redo = NULL;
  g_autoptr (GError) error = NULL;

  engram_history_get_steps (self->history, &undo, &redo, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < undo->len; i++)
    g_string_append_printf (text, "%s ", ((EngramHistoryStep *) g_ptr_array_index (undo, i))->name);
  g_string_append_c (text, '|');
  for (guint i = 0; i < redo->len; i++)
    g_string_append_printf (text, " %s", ((EngramHistoryStep *) g_ptr_array_index (redo, i))->name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
history_fixture_assert_list (HistoryFixture *self,
                             const char     *expected)
{
  g_autofree char *list = history_fixture_list (self);

  g_assert_cmpstr (list, ==, expected);
}
