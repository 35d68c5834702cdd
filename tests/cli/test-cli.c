/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-support.h"
#include "test-support.h"

#include <glib/gstdio.h>
#include <signal.h>

/* engram-cli as it is built, run as people run it. */

static void
test_help (void)
{
  const char *commands[] = {
    "create", "info", "neurons", "synapses", "check", "prune", "undo", "export", "import", "backup", "backups",
    "verify", "restore", "vacuum", "generate",
  };
  g_autoptr (CliRun) help = cli_run ("--help", NULL);
  g_autoptr (CliRun) version = cli_run ("--version", NULL);

  cli_assert_status (help, 0);
  cli_assert_status (version, 0);
  g_assert_cmpstr (version->output, ==, "engram-cli " ENGRAM_VERSION "\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) run = cli_run (commands[i], "--help", NULL);
      g_autofree char *line = g_strdup_printf ("\n  %s ", commands[i]);
      g_autofree char *usage = g_strdup_printf ("engram-cli %s [OPTION…] ", commands[i]);

      cli_assert_status (run, 0);
      g_assert_nonnull (strstr (help->output, line));
      g_assert_nonnull (strstr (run->output, usage));
      g_assert_nonnull (strstr (run->output, "--json"));
    }
}

static void
test_usage (void)
{
  const char *calls[][6] = {
    { NULL },
    { "frobnicate" },
    { "--json", "info" },
    { "info" },
    { "info", "" },
    { "info", "a", "b" },
    { "info", "a", "--frobnicate" },
    { "check", "a", "b" },
    { "check", "a", "--repair=no" },
    { "check", "a", "--json=" },
    { "prune", "a", "--below", "weak" },
    { "prune", "a", "--below", "-0.1" },
    { "prune", "a", "--below", "nan" },
    { "prune", "a", "--below", "inf" },
    { "prune", "a", "--below", "0,1" },
    { "undo" },
    { "export", "a" },
    { "export", "a", "b.json", "c.json" },
    { "export", "a", "b.json", "--indent" },
    { "import", "a" },
    { "import", "a", "b.json", "" },
    { "import", "a", "b.json", "--on-conflict", "merge" },
    { "backup", "a", "b" },
    { "backup", "a", "--keep", "0" },
    { "backup", "a", "--keep", "few" },
    { "backup", "a", "--to", "" },
    { "backup", "a", "--name", "" },
    { "backup", "a", "--note", "\xff" },
    { "backups", "a", "b" },
    { "backups", "a", "--in", "" },
    { "verify" },
    { "verify", "a", "b" },
    { "restore", "a" },
    { "restore", "a", "b", "c" },
    { "neurons", "a", "--limit", "many" },
    { "neurons", "a", "--limit", "-1" },
    { "neurons", "a", "--limit", "99999999999999999999" },
    { "neurons", "a", "--offset", "1.5" },
    { "neurons", "a", "--limit" },
    { "neurons", "a", "--modified-since", "yesterday" },
    { "synapses", "a", "--min-weight", "nan" },
    { "synapses", "a", "--max-weight", "heavy" },
    { "synapses", "a", "--max-weight", "" },
    { "synapses", "a", "--min-weight=0.5", "--max-weight=0.4" },
    { "generate", "a" },
    { "generate", "a", "--neurons", "10" },
    { "generate", "a", "--neurons=1", "--synapses=1" },
    { "generate", "a", "--neurons=2", "--synapses=x" },
    { "generate", "a", "--neurons=2", "--synapses=1", "--dimensions=-3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      const char **call = calls[i];
      g_autoptr (CliRun) run = cli_run (call[0], call[1], call[2], call[3], call[4], call[5], NULL);

      cli_assert_status (run, 2);
    }
}

static void
test_create (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "ein Netz für alle.db", NULL);
  g_autoptr (CliRun) created = cli_run ("create", path, "--json", NULL);
  g_autofree char *hash = test_hash_file (path);
  g_autoptr (CliRun) again = cli_run ("create", path, NULL);
  g_autofree char *hash_after = test_hash_file (path);
  g_autofree char *neurons = cli_member (created->output, "neurons");
  g_autofree char *synapses = cli_member (created->output, "synapses");
  g_autofree char *seconds = cli_member (created->output, "seconds");
  g_autofree char *path_json = cli_member (created->output, "path");
  g_autofree char *path_text = engram_json_get_string (path_json);

  cli_assert_status (created, 0);
  g_assert_cmpstr (neurons, ==, "0");
  g_assert_cmpstr (synapses, ==, "0");
  g_assert_nonnull (seconds);
  g_assert_cmpstr (path_text, ==, path);

  cli_assert_status (again, 1);
  g_assert_cmpstr (hash_after, ==, hash);
}

static void
test_info (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) json = cli_run ("info", path, "--json", NULL);
  g_autoptr (CliRun) text = cli_run ("info", path, NULL);
  const struct {
    const char *name;
    const char *value; /* or NULL where anything will do */
  } expected[] = {
    { "path" }, { "neurons", "200" }, { "synapses", "500" }, { "types" }, { "dimension", "16" },
    { "size_bytes" }, { "schema_version", "3" }, { "journal_mode", "\"wal\"" },
    { "application_id", "1164863346" },
  };

  cli_assert_status (json, 0);
  cli_assert_status (text, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *value = cli_member (json->output, expected[i].name);

      g_assert_nonnull (value);
      if (expected[i].value != NULL)
        g_assert_cmpstr (value, ==, expected[i].value);
    }
  g_assert_nonnull (strstr (text->output, "200"));
}

static void
test_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  const char *commands[] = { "info", "neurons", "synapses", "vacuum", "check", "prune", "undo", "backup" };
  g_autofree char *missing = g_build_filename (folder, "missing.db", NULL);
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);

  g_assert_true (g_file_set_contents (text, "this is no network\n", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) run = cli_run (commands[i], missing, NULL);
      g_autoptr (CliRun) other = cli_run (commands[i], text, "--json", NULL);
      g_autofree char *names = cli_list_folder (folder);

      cli_assert_status (run, 1);
      cli_assert_status (other, 1);
      g_assert_nonnull (strstr (run->errors, missing));
      g_assert_cmpstr (names, ==, "text.db");
    }
}

static void
test_generate (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *first = cli_make_network (folder, "first.db");
  g_autofree char *second = cli_make_network (folder, "second.db");
  g_autoptr (CliRun) first_rows = cli_run ("neurons", first, "--json", "--vectors", NULL);
  g_autoptr (CliRun) second_rows = cli_run ("neurons", second, "--json", "--vectors", NULL);
  g_autofree char *hash = test_hash_file (first);
  g_autoptr (CliRun) again = cli_run ("generate", first, "--neurons", "3", "--synapses", "2", NULL);
  g_autofree char *hash_after = test_hash_file (first);
  g_autofree char *names = cli_list_folder (folder);

  cli_assert_status (first_rows, 0);
  g_assert_cmpstr (first_rows->output, ==, second_rows->output);
  cli_assert_status (again, 1);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_cmpstr (names, ==, "first.db|second.db");
}

static void
test_vacuum (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = cli_make_network (folder, "n.db");
  g_autoptr (CliRun) run = NULL;
  g_autoptr (CliRun) info = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *size = NULL;
  g_autofree char *seconds = NULL;

  cli_execute_sql (path, "DELETE FROM synapses; DELETE FROM neurons WHERE rowid > 10;");
  run = cli_run ("vacuum", path, "--json", NULL);
  cli_assert_status (run, 0);
  info = cli_run ("info", path, "--json", NULL);
  before = cli_member (run->output, "before_bytes");
  after = cli_member (run->output, "after_bytes");
  seconds = cli_member (run->output, "seconds");
  size = cli_member (info->output, "size_bytes");
  g_assert_cmpint (g_ascii_strtoll (after, NULL, 10), <, g_ascii_strtoll (before, NULL, 10));
  g_assert_cmpstr (after, ==, size);
  g_assert_nonnull (seconds);
}

/* Looking at a file leaves every byte of it, and no file beside it. */
static void
test_untouched (void)
{
  g_autofree char *original = test_shared_data ("original/network.db");
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "network.db", NULL);
  const char *commands[] = { "info", "neurons", "synapses" };
  g_autofree char *hash = NULL;

  if (original == NULL)
    return;

  test_copy_file (original, path);
  hash = test_hash_file (path);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliRun) run = cli_run (commands[i], path, "--json", NULL);
      g_autofree char *hash_after = test_hash_file (path);
      g_autofree char *names = cli_list_folder (folder);

      cli_assert_status (run, 0);
      g_assert_cmpstr (hash_after, ==, hash);
      g_assert_cmpstr (names, ==, "network.db");
    }
}

static char *
read_errors (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_autoptr (GError) error = NULL;
  gsize length;
  char *text = g_data_input_stream_read_upto (stream, "", 1, &length, NULL, &error);

  g_assert_no_error (error);
  return text != NULL ? text : g_strdup ("");
}

static void
read_something (GSubprocess *process)
{
  GInputStream *output = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_cmpint (g_input_stream_read (output, &byte, 1, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

/* A network whose list is far longer than what fits in a pipe. */
static char *
make_long_network (const char *folder)
{
  char *path = g_build_filename (folder, "long.db", NULL);
  g_autoptr (CliRun) run = cli_run ("generate", path, "--neurons", "2000", "--synapses", "0", NULL);

  cli_assert_status (run, 0);
  return path;
}

static void
test_broken_pipe (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_long_network (folder);
  g_autoptr (GSubprocess) process = cli_start ("neurons", path, "--json", "--vectors", NULL);
  g_autofree char *errors = NULL;
  g_autofree char *names = NULL;

  read_something (process);
  g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL);
  errors = read_errors (process);
  g_assert_cmpstr (errors, ==, "");
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_successful (process));
  names = cli_list_folder (folder);
  g_assert_cmpstr (names, ==, "long.db");
}

static void
test_full_device (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *errors = NULL;
  int status;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("/dev/full is not there");
      return;
    }
  path = cli_make_network (folder, "n.db");
  quoted = g_shell_quote (path);
  command = g_strdup_printf ("sh -c '\"$ENGRAM_CLI\" info \"$0\" >/dev/full' %s", quoted);
  g_assert_true (g_spawn_command_line_sync (command, NULL, &errors, &status, NULL));
  g_assert_false (g_spawn_check_wait_status (status, NULL));
  g_assert_true (g_str_has_prefix (errors, "engram-cli: "));
}

static void
test_interrupt_list (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = make_long_network (folder);
  g_autoptr (GSubprocess) process = cli_start ("neurons", path, "--json", "--vectors", NULL);
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GError) error = NULL;

  /* It runs, and waits for us to read on. */
  read_something (process);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate (process, NULL, NULL, &rest, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
}

/* Interrupted while it writes, generate leaves nothing. */
static void
test_interrupt_generate (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "big.db", NULL);
  g_autoptr (CliRun) run = NULL;
  g_autofree char *names = NULL;

  run = cli_run_interrupted (folder, "", "generate", path, "--neurons", "500000", "--synapses", "1000000", NULL);
  cli_assert_status (run, 130);
  names = cli_list_folder (folder);
  g_assert_cmpstr (names, ==, "");
}

int
main (int    argc,
      char **argv)
{
  cli_test_init (&argc, &argv);
  g_test_add_func ("/cli/help", test_help);
  g_test_add_func ("/cli/usage", test_usage);
  g_test_add_func ("/cli/create", test_create);
  g_test_add_func ("/cli/info", test_info);
  g_test_add_func ("/cli/refused", test_refused);
  g_test_add_func ("/cli/generate", test_generate);
  g_test_add_func ("/cli/vacuum", test_vacuum);
  g_test_add_func ("/cli/untouched", test_untouched);
  g_test_add_func ("/cli/broken-pipe", test_broken_pipe);
  g_test_add_func ("/cli/full-device", test_full_device);
  g_test_add_func ("/cli/interrupt/list", test_interrupt_list);
  g_test_add_func ("/cli/interrupt/generate", test_interrupt_generate);
  cli_lists_add_tests ();
  return cli_test_run ();
}
