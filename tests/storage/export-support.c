/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "export-support.h"

#include <gio/gio.h>
#include <sqlite3.h>

EngramExportReport *
test_export (EngramDatabase *database,
             const char     *path)
{
  g_autoptr (GError) error = NULL;
  EngramExportReport *report = engram_export (database, path, FALSE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

void
test_check_document (const char *path,
                     const char *option,
                     const char *original)
{
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "storage", "check-document.py", NULL);
  g_autoptr (GSubprocess) subprocess = NULL;
  g_autoptr (GError) error = NULL;

  if (python == NULL)
    {
      g_test_message ("python3 is not there to read the document");
      return;
    }
  subprocess = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, python, script, path, option, original, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (subprocess, NULL, &error);
  g_assert_no_error (error);
}

void
test_execute (const char *path,
              const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  sqlite3_close (handle);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char **) a, *(char **) b);
}

char *
test_list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (char **) names->pdata);
}

char *
test_list_problems (const EngramExportReport *report)
{
  GString *list = g_string_new (NULL);

  g_assert_cmpuint (report->problems->len, ==, report->n_problems);
  for (guint i = 0; i < report->problems->len; i++)
    {
      const EngramProblem *problem = g_ptr_array_index (report->problems, i);
      g_autofree char *description = engram_problem_describe (problem);

      g_test_message ("%s", description);
      g_assert_cmpuint (problem->line, ==, 0);
      g_string_append_printf (list, "%s of %s\n", problem->field, problem->id);
    }
  return g_string_free (list, FALSE);
}
