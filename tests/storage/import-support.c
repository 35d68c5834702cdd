/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-support.h"

#include <sqlite3.h>
#include <string.h>

void
import_fixture_set_up (ImportFixture *self,
                       gconstpointer  data)
{
  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "network.db", NULL);
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
}

void
import_fixture_tear_down (ImportFixture *self,
                          gconstpointer  data)
{
  g_clear_pointer (&self->report, engram_import_report_free);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->folder, test_folder_free);
}

/* Documents */

void
import_fixture_add_path (ImportFixture *self,
                         const char    *path)
{
  g_ptr_array_add (self->files, g_strdup (path));
}

void
import_fixture_add_bytes (ImportFixture *self,
                          const char    *name,
                          const char    *bytes,
                          gsize          length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  import_fixture_add_path (self, path);
}

void
import_fixture_add (ImportFixture *self,
                    const char    *name,
                    const char    *text)
{
  import_fixture_add_bytes (self, name, text, strlen (text));
}

gboolean
import_fixture_add_shared (ImportFixture *self,
                           const char    *name)
{
  g_autofree char *path = test_shared_data (name);

  if (path == NULL)
    return FALSE;
  import_fixture_add_path (self, path);
  return TRUE;
}

void
import_fixture_forget (ImportFixture *self)
{
  g_ptr_array_set_size (self->files, 0);
}

/* Importing */

static gboolean
import (ImportFixture      *self,
        const char * const *files)
{
  g_autoptr (EngramDatabase) database = NULL;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return engram_import_new (self->path, files, &self->options, &self->report, self->progress, self, self->cancellable,
                              &self->error);
  database = engram_database_open (self->path, NULL, &self->error);
  g_assert_no_error (self->error);
  return engram_import (database, files, &self->options, &self->report, self->progress, self, self->cancellable,
                        &self->error);
}

gboolean
import_fixture_try (ImportFixture *self)
{
  gboolean done;

  g_clear_pointer (&self->report, engram_import_report_free);
  g_clear_error (&self->error);
  g_ptr_array_add (self->files, NULL);
  done = import (self, (const char * const *) self->files->pdata);
  g_ptr_array_set_size (self->files, self->files->len - 1);

  g_assert_cmpint (done, ==, self->error == NULL);
  g_assert_nonnull (self->report);
  g_assert_cmpuint (self->report->files->len, ==, self->files->len);
  g_assert_cmpuint (self->report->problems->len, <=, self->report->n_problems);
  g_assert_cmpint (self->report->dry_run, ==, self->options.dry_run);
  return done;
}

void
import_fixture_run (ImportFixture *self)
{
  import_fixture_try (self);
  g_assert_no_error (self->error);
  if (!self->options.dry_run)
    g_assert_cmpuint (self->report->n_problems, ==, 0);
}

void
import_fixture_run_in_vain (ImportFixture *self)
{
  const EngramProblem *first;

  g_assert_false (import_fixture_try (self));
  g_assert_error (self->error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_assert_cmpuint (self->report->n_problems, >, 0);
  first = g_ptr_array_index (self->report->problems, 0);
  g_assert_nonnull (strstr (self->error->message, first->message));
}

char *
import_fixture_list_problems (ImportFixture *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->report->problems->len; i++)
    {
      const EngramProblem *problem = g_ptr_array_index (self->report->problems, i);

      g_assert_nonnull (problem->file);
      g_string_append_printf (list, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s %s %s\n", problem->line, problem->byte,
                              problem->id != NULL ? problem->id : "-", problem->field != NULL ? problem->field : "-",
                              problem->message);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

void
import_fixture_assert_problems (ImportFixture *self,
                                const char    *expected)
{
  g_autofree char *list = import_fixture_list_problems (self);

  g_assert_cmpstr (list, ==, expected);
}

char *
import_fixture_list_counts (ImportFixture *self)
{
  const EngramImportCounts *neurons = &self->report->neurons;
  const EngramImportCounts *synapses = &self->report->synapses;

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                          " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, neurons->created, neurons->replaced,
                          neurons->skipped, synapses->created, synapses->replaced, synapses->skipped);
}

void
import_fixture_assert_counts (ImportFixture *self,
                              const char    *expected)
{
  g_autofree char *counts = import_fixture_list_counts (self);

  g_assert_cmpstr (counts, ==, expected);
}

/* The network */

void
import_fixture_create (ImportFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_create (self->path, NULL, &error);

  g_assert_no_error (error);
}

static int
append_row (gpointer   data,
            int        n_columns,
            char     **values,
            char     **names)
{
  GString *text = data;

  for (int i = 0; i < n_columns; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", values[i] != NULL ? values[i] : "NULL");
  g_string_append_c (text, '\n');
  return 0;
}

char *
import_fixture_sql (ImportFixture *self,
                    const char    *sql)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3 *handle;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, append_row, text, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
import_fixture_assert_sql (ImportFixture *self,
                           const char    *sql,
                           const char    *expected)
{
  g_autofree char *rows = import_fixture_sql (self, sql);

  g_assert_cmpstr (rows, ==, expected);
}

char *
import_fixture_dump (ImportFixture *self)
{
  g_autofree char *rows = import_fixture_sql (self, "SELECT rowid,*,hex(vector) FROM neurons ORDER BY rowid;"
                                                    "SELECT rowid,* FROM synapses ORDER BY rowid");
  g_autofree char *check = import_fixture_sql (self, "PRAGMA integrity_check; PRAGMA foreign_key_check");

  g_assert_cmpstr (check, ==, "ok\n");
  return g_steal_pointer (&rows);
}

char *
import_fixture_export (ImportFixture *self,
                       const char    *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (self->path, NULL, &error);
  g_autoptr (EngramExportReport) report = NULL;

  g_assert_no_error (error);
  report = engram_export (database, path, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_problems, ==, 0);
  return g_strdup (report->checksum);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

char *
import_fixture_list_folder (ImportFixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (!g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (char **) names->pdata);
}
