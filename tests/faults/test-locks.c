/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <engram.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/cli-support.h"
#include "fault-state.h"
#include "test-support.h"

/* Other programs that use the same file, in Python: whoever wants to write gets an answer all the same, and what says
 * that it could not changes nothing. How long that may take is what the library's own patience says, so there is no
 * clock here: where it had none, the test would not end. */

#define NETWORK "network.db"
#define NEURON_1 "00000001-0000-4000-8000-000000000000"

typedef struct {
  const char *name;
  const char *kind;
  gboolean    is_stopped; /* while it holds what it has */
  gboolean    is_rollback; /* the file is as the Python program leaves it, not in WAL mode */
} Holder;

static const Holder blocking[] = {
  { "immediate", "immediate", FALSE, FALSE },
  { "immediate-stopped", "immediate", TRUE, FALSE },
  { "exclusive", "exclusive", FALSE, FALSE },
  { "exclusive-stopped", "exclusive", TRUE, FALSE },
  { "rollback-immediate", "immediate", FALSE, TRUE },
  { "rollback-read", "read", FALSE, TRUE },
  { "rollback-read-stopped", "read", TRUE, TRUE },
};

static const Holder harmless[] = {
  { "read", "read", FALSE, FALSE },
  { "read-stopped", "read", TRUE, FALSE },
};

static const Holder busy[] = {
  { "write", "write", FALSE, FALSE },
};

/* All that write, "*" for the file. */
static const char *const commands[][6] = {
  { "vacuum", "*", NULL },
  { "prune", "*", "--below", "0.9", NULL },
  { "import", "*", "other.json", "--on-conflict", "replace", NULL },
  { "check", "*", "--repair", NULL },
  { "restore", "*", "other.db", NULL },
};

typedef struct {
  const Holder *holder;
  char         *folder;
  char         *path;
  char         *before; /* the state of the network */
  GSubprocess  *process;
  GPtrArray    *runs;   /* GSubprocess, in the order of the commands */
} Scene;

/* The holder */

static char
get_state (const char *process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", process);
  g_autofree char *text = NULL;
  const char *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  end = strrchr (text, ')');
  return end[2];
}

static GSubprocess *
start_holder (const Holder *holder,
              const char   *path)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "faults", "lock-holder.py", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                           "python3", script, holder->kind, path, NULL);
  char ready[6];

  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), ready, sizeof ready, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ready, sizeof ready, "ready\n", 6);
  if (holder->is_stopped)
    {
      g_subprocess_send_signal (process, SIGSTOP);
      while (get_state (g_subprocess_get_identifier (process)) != 'T')
        g_thread_yield ();
    }
  return process;
}

static void
end_process (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
}

/* The network, with something to do for each command */

static void
make_network (const Holder *holder,
              const char   *folder)
{
  g_autofree char *path = cli_make_network (folder, NETWORK);
  g_autofree char *other = g_build_filename (folder, "other.db", NULL);
  g_autofree char *document = g_build_filename (folder, "other.json", NULL);
  g_autoptr (CliRun) exported = NULL;

  test_copy_file (path, other);
  exported = cli_run ("export", other, document, NULL);
  cli_assert_status (exported, 0);
  cli_execute_sql (path, "PRAGMA foreign_keys=OFF; DELETE FROM neurons WHERE rowid=7;");
  if (holder->is_rollback)
    cli_execute_sql (path, "PRAGMA journal_mode=DELETE");
}

static char *
read_network_state (const char *folder)
{
  g_autofree char *all = fault_state_read (folder);
  const char *line = strstr (all, NETWORK ":");

  g_assert_nonnull (line);
  return g_strndup (line, strcspn (line, "\n"));
}

/* All commands at once */

static GSubprocess *
start_command (const char *const *command,
               const char        *folder,
               GError           **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  const char *arguments[8] = { g_getenv ("ENGRAM_CLI") };

  for (guint i = 0; command[i] != NULL; i++)
    arguments[i + 1] = g_str_equal (command[i], "*") ? NETWORK : command[i];
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", folder, TRUE);
  return g_subprocess_launcher_spawnv (launcher, arguments, error);
}

static void
start_commands (Scene *scene)
{
  scene->runs = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (scene->runs, start_command (commands[i], scene->folder, &error));
      g_assert_no_error (error);
    }
}

static int
finish_command (GSubprocess  *run,
                char        **errors)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (run, NULL, NULL, NULL, errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (run));
  return g_subprocess_get_exit_status (run);
}

static gboolean
is_busy_message (const char *errors)
{
  return g_str_has_prefix (errors, "engram-cli: ")
         && (strstr (errors, "is locked") != NULL || strstr (errors, "is in use by") != NULL
             || strstr (errors, "all the time") != NULL);
}

static Scene *
scene_new (const Holder *holder)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->holder = holder;
  scene->folder = test_folder_new ();
  scene->path = g_build_filename (scene->folder, NETWORK, NULL);
  make_network (holder, scene->folder);
  scene->before = read_network_state (scene->folder);
  scene->process = start_holder (holder, scene->path);
  return scene;
}

static void
scene_free (Scene *scene)
{
  g_clear_object (&scene->process);
  g_clear_pointer (&scene->runs, g_ptr_array_unref);
  g_free (scene->path);
  g_free (scene->before);
  test_folder_free (scene->folder);
  g_free (scene);
}

/* Of all holders at once, with all commands, when the first is asked for: they do nothing but wait. */
static Scene *blocked_scenes[G_N_ELEMENTS (blocking)];

static Scene *
take_blocked_scene (const Holder *holder)
{
  static gboolean are_made = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (blocking) && !are_made; i++)
    {
      blocked_scenes[i] = scene_new (&blocking[i]);
      start_commands (blocked_scenes[i]);
    }
  are_made = TRUE;
  return g_steal_pointer (&blocked_scenes[holder - blocking]);
}

/* Where a test was not run. */
static void
drop_blocked_scenes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (blocking); i++)
    if (blocked_scenes[i] != NULL)
      {
        for (guint j = 0; j < blocked_scenes[i]->runs->len; j++)
          end_process (g_ptr_array_index (blocked_scenes[i]->runs, j));
        end_process (blocked_scenes[i]->process);
        scene_free (blocked_scenes[i]);
      }
}

static void
test_blocked (gconstpointer data)
{
  Scene *scene = take_blocked_scene (data);
  g_autofree char *after = NULL;

  for (guint i = 0; i < scene->runs->len; i++)
    {
      g_autofree char *errors = NULL;
      int status = finish_command (g_ptr_array_index (scene->runs, i), &errors);

      if (status != 1 || !is_busy_message (errors))
        g_test_fail_printf ("%s ended with %d: %s", commands[i][0], status, errors);
    }
  end_process (scene->process);
  after = read_network_state (scene->folder);
  g_assert_cmpstr (after, ==, scene->before);
  scene_free (scene);
}

/* One command after the other, for they are in each other's way. @may_be_busy: the answer may be that it could not. */
static void
run_in_turn (const Holder *holder,
             gboolean      may_be_busy)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      Scene *scene = scene_new (holder);
      g_autofree char *after = NULL, *errors = NULL;
      g_autoptr (GSubprocess) run = NULL;
      g_autoptr (GError) error = NULL;
      gboolean is_busy;
      int status;

      run = start_command (commands[i], scene->folder, &error);
      g_assert_no_error (error);
      status = finish_command (run, &errors);
      is_busy = may_be_busy && status == 1 && is_busy_message (errors);
      if (status != 0 && !is_busy)
        g_test_fail_printf ("%s ended with %d: %s", commands[i][0], status, errors);
      end_process (scene->process);
      after = read_network_state (scene->folder);
      g_assert_true (g_str_has_suffix (after, " ok"));
      if (is_busy)
        g_assert_cmpstr (after, ==, scene->before);
      scene_free (scene);
    }
}

static void
test_harmless (gconstpointer data)
{
  run_in_turn (data, FALSE);
}

static void
test_busy (gconstpointer data)
{
  run_in_turn (data, TRUE);
}

/* Cancelling while another program holds the lock */

typedef struct {
  char         *path;
  GCancellable *cancellable;
  gint          thread; /* atomic */
  GError       *error;
} Waiter;

static gpointer
wait_for_lock (gpointer data)
{
  Waiter *self = data;
  g_autoptr (EngramDatabase) database = engram_database_open (self->path, NULL, &self->error);
  g_autoptr (EngramNeuronStore) store = NULL;
  g_autoptr (EngramNeuron) neuron = NULL;

  g_assert_no_error (self->error);
  store = engram_neuron_store_new (database);
  neuron = engram_neuron_store_get (store, NEURON_1, NULL, &self->error);
  g_assert_no_error (self->error);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, "changed");
  g_atomic_int_set (&self->thread, (gint) syscall (SYS_gettid));
  g_assert_false (engram_neuron_store_update (store, neuron, self->cancellable, &self->error));
  return NULL;
}

/* Not cancelled, it would have said that the file is locked. */
static void
test_cancel (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_version_1 (folder, NETWORK);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiter waiter = { path, cancellable, 0, NULL };
  g_autofree char *before = fault_state_read (folder), *after = NULL, *name = NULL;
  g_autoptr (GSubprocess) process = start_holder (&blocking[0], path);
  GThread *thread = g_thread_new ("waiter", wait_for_lock, &waiter);

  while (g_atomic_int_get (&waiter.thread) == 0)
    g_thread_yield ();
  name = g_strdup_printf ("self/task/%d", g_atomic_int_get (&waiter.thread));
  while (get_state (name) != 'S')
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiter.error);
  end_process (process);
  after = fault_state_read (folder);
  g_assert_cmpstr (after, ==, before);
}

static void
add_tests (const Holder      *holders,
           gsize              n_holders,
           GTestDataFunc      func)
{
  for (gsize i = 0; i < n_holders; i++)
    {
      g_autofree char *path = g_strdup_printf ("/locks/%s", holders[i].name);

      g_test_add_data_func (path, &holders[i], func);
    }
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  add_tests (blocking, G_N_ELEMENTS (blocking), test_blocked);
  add_tests (harmless, G_N_ELEMENTS (harmless), test_harmless);
  add_tests (busy, G_N_ELEMENTS (busy), test_busy);
  g_test_add_func ("/locks/cancel", test_cancel);
  result = g_test_run ();
  drop_blocked_scenes ();
  return result;
}
