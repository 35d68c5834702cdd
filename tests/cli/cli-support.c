/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"

#include <engram.h>
#include <signal.h>
#include <sqlite3.h>

#include "test-support.h"

static char *home;
/* Of the programs that are started, where it is not ours. */
static char **environment;

void
cli_test_init (int    *argc,
               char ***argv)
{
  const char *names[] = { "HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" };

  home = test_folder_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], home, TRUE);
  g_test_init (argc, argv, NULL);
}

int
cli_test_run (void)
{
  int status = g_test_run ();

  g_clear_pointer (&home, test_folder_free);
  return status;
}

void
cli_set_environment (const char *name,
                     const char *value)
{
  if (environment == NULL)
    environment = g_get_environ ();
  if (value != NULL)
    environment = g_environ_setenv (environment, name, value, TRUE);
  else
    environment = g_environ_unsetenv (environment, name);
}

void
cli_reset_environment (void)
{
  g_clear_pointer (&environment, g_strfreev);
}

static GSubprocess *
spawn (const char * const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  if (environment != NULL)
    g_subprocess_launcher_set_environ (launcher, environment);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

static GSubprocess *
start (const char *argument,
       va_list     arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (char *) g_getenv ("ENGRAM_CLI"));
  for (; argument != NULL; argument = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (char *) argument);
  g_ptr_array_add (argv, NULL);
  return spawn ((const char * const *) argv->pdata);
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

static CliRun *
finish (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  CliRun *run = g_new0 (CliRun, 1);

  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->output, &run->errors, &error);
  g_assert_no_error (error);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return run;
}

CliRun *
cli_run (const char *argument,
         ...)
{
  g_autoptr (GSubprocess) process = NULL;
  va_list arguments;

  va_start (arguments, argument);
  process = start (argument, arguments);
  va_end (arguments);
  return finish (process);
}

CliRun *
cli_run_shell (const char *script,
               const char *first,
               const char *second)
{
  const char * const argv[] = { "sh", "-c", script, "sh", first, second, NULL };
  g_autoptr (GSubprocess) process = spawn (argv);

  return finish (process);
}

/* A program that is to be interrupted once something happens to a file. */
typedef struct {
  GSubprocess *process;
  const char  *suffix;
  gboolean     finished;
} Interruption;

static void
on_folder_changed (GFileMonitor      *monitor,
                   GFile             *file,
                   GFile             *other,
                   GFileMonitorEvent  event,
                   gpointer           user_data)
{
  Interruption *interruption = user_data;
  g_autofree char *name = g_file_get_basename (file);

  if (!g_str_has_suffix (name, interruption->suffix))
    return;
  g_subprocess_send_signal (interruption->process, SIGINT);
  g_signal_handlers_disconnect_by_data (monitor, user_data);
}

static void
on_finished (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Interruption *interruption = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  interruption->finished = TRUE;
}

CliRun *
cli_run_interrupted (const char *folder,
                     const char *suffix,
                     const char *argument,
                     ...)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileMonitor) monitor = g_file_monitor_directory (file, G_FILE_MONITOR_NONE, NULL, NULL);
  g_autoptr (GSubprocess) process = NULL;
  Interruption interruption = { .suffix = suffix };
  va_list arguments;

  va_start (arguments, argument);
  process = start (argument, arguments);
  va_end (arguments);
  interruption.process = process;
  g_signal_connect (monitor, "changed", G_CALLBACK (on_folder_changed), &interruption);
  g_subprocess_wait_async (process, NULL, on_finished, &interruption);
  while (!interruption.finished)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (monitor, &interruption);
  g_file_monitor_cancel (monitor);
  return finish (process);
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

static void
append_name (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  GString *names = user_data;

  g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
}

char *
cli_keys (const char *object)
{
  GString *names = g_string_new (NULL);

  if (!engram_json_foreach (object, append_name, names))
    g_error ("no JSON object: %s", object);
  return g_string_free (names, FALSE);
}

static void
append_item (const char     *name,
             const char     *value,
             EngramJsonType  type,
             gpointer        user_data)
{
  g_ptr_array_add (user_data, g_strdup (value));
}

GPtrArray *
cli_items (const char *list)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);

  if (!engram_json_foreach (list, append_item, items))
    g_error ("no JSON list: %s", list);
  return items;
}

char *
cli_text_member (const char *object,
                 const char *name)
{
  g_autofree char *value = cli_member (object, name);

  return value != NULL ? engram_json_get_string (value) : NULL;
}

guint64
cli_number_member (const char *object,
                   const char *name)
{
  g_autofree char *value = cli_member (object, name);
  guint64 number;

  g_assert_nonnull (value);
  g_assert_true (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &number, NULL));
  return number;
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

char *
cli_hash_content (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (path, NULL, &error);
  char *hash;

  g_assert_no_error (error);
  hash = engram_content_hash (database, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return hash;
}

/* The statuses stand as "1" or "1 or 3". */
static gboolean
is_expected (const char *statuses,
             int         status)
{
  g_auto (GStrv) each = g_strsplit (statuses, " or ", -1);
  g_autofree char *number = g_strdup_printf ("%d", status);

  return g_strv_contains ((const char * const *) each, number);
}

void
cli_foreach_damaged (const char     *suffix,
                     CliDamagedFunc  func)
{
  g_autofree char *table = test_shared_data ("damaged/EXPECTED.tsv");
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_files = 0;

  if (table == NULL)
    return;
  g_assert_true (g_file_get_contents (table, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);
      g_autofree char *name = g_build_filename ("damaged", fields[0], NULL);
      g_autofree char *path = NULL;
      int status;

      if (!g_str_has_suffix (name, suffix))
        continue;
      path = test_shared_data (name);
      g_assert_nonnull (path);
      status = func (path);
      g_test_message ("%s: %d, expected %s", name, status, fields[1]);
      if (!is_expected (fields[1], status))
        g_error ("%s: %d, expected %s", name, status, fields[1]);
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 10);
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
