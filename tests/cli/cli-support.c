/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"

#include <engram.h>
#include <sqlite3.h>

static GSubprocess *
start (const char *argument,
       va_list     arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (char *) g_getenv ("ENGRAM_CLI"));
  for (; argument != NULL; argument = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (char *) argument);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char * const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

GSubprocess *
cli_start (const char *argument,
           ...)
{
  GSubprocess *process;
  va_list arguments;

  va_start (arguments, argument);
  process = start (argument, arguments);
  va_end (arguments);
  return process;
}

CliRun *
cli_run (const char *argument,
         ...)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  CliRun *run = g_new0 (CliRun, 1);
  va_list arguments;

  va_start (arguments, argument);
  process = start (argument, arguments);
  va_end (arguments);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->output, &run->errors, &error);
  g_assert_no_error (error);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return run;
}

void
cli_run_free (CliRun *run)
{
  g_free (run->output);
  g_free (run->errors);
  g_free (run);
}

GStrv
cli_run_lines (CliRun *run)
{
  gsize length = strlen (run->output);

  if (length > 0)
    {
      g_assert_cmpint (run->output[length - 1], ==, '\n');
      run->output[length - 1] = '\0';
    }
  return g_strsplit (run->output, "\n", -1);
}

char *
cli_member (const char *object,
            const char *name)
{
  const char *reason = NULL;

  if (engram_json_check (object, -1, NULL, &reason) != ENGRAM_JSON_OBJECT)
    g_error ("%s: %s", reason, object);
  return engram_json_object_get (object, name);
}

char *
cli_make_network (const char *folder,
                  const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (CliRun) run = cli_run ("generate", path, "--neurons", "200", "--synapses", "500", "--dimensions",
                                    "16", "--seed", "7", "--json", NULL);

  cli_assert_status (run, 0);
  return path;
}

void
cli_execute_sql (const char *path,
                 const char *sql)
{
  sqlite3 *database;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

char *
cli_list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("|", (char **) names->pdata);
}
