/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-command.h"
#include "engram-locale.h"

#include <engram.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

static const CliCommand * const commands[] = {
  &cli_command_create,
  &cli_command_info,
  &cli_command_neurons,
  &cli_command_synapses,
  &cli_command_check,
  &cli_command_compare,
  &cli_command_prune,
  &cli_command_undo,
  &cli_command_export,
  &cli_command_import,
  &cli_command_backup,
  &cli_command_backups,
  &cli_command_verify,
  &cli_command_restore,
  &cli_command_vacuum,
  &cli_command_generate,
};

static void
print_help (void)
{
  g_print ("%s\n  engram-cli %s\n\n%s\n\n%s\n", _("Usage:"), _("COMMAND [OPTION…] FILE…"),
           _("Looks into and works on networks of neurons and synapses."), _("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s  %s\n", commands[i]->name, _(commands[i]->summary));
  g_print ("\n%s\n  -h, --help  %s\n  --version   %s\n\n%s\n", _("Options:"), _("Show this help"),
           _("Show the version"), _("“engram-cli COMMAND --help” tells the options of a command."));
}

static const CliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];
  return NULL;
}

/* The types that the user described. */
static void
load_types (CliCall *call)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "engram", "types", NULL);
  g_autoptr (GPtrArray) problems = NULL;

  engram_type_registry_load_folder (engram_type_registry_get_default (), folder, &problems);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    cli_call_warn (call, _("type description"), "%s", (char *) problems->pdata[i]);
}

static int
run_command (const CliCommand  *command,
             int                argc,
             char             **argv)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (CliCall) call = { .command = command, .cancellable = cancellable };

  int status;

  cli_watch_signals (cancellable);
  load_types (&call);
  status = command->run (&call, argc, argv);
  if (status == CLI_DONE || status == CLI_FOUND)
    cli_call_print_warnings (&call);
  return status;
}

/* A file that is opened while one of them is closed would take its place, and what is printed would end in the file.
 * What stands in its place instead gives nothing to read, and cannot be written. */
static void
open_standard_streams (void)
{
  int descriptor;

  do
    descriptor = open ("/dev/null", O_RDONLY);
  while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor >= 0)
    close (descriptor);
}

int
main (int    argc,
      char **argv)
{
  const CliCommand *command;

  open_standard_streams ();
  engram_locale_set_up ();
  /* What G_MESSAGES_DEBUG asks for must not end up among the output. */
  g_log_writer_default_set_use_stderr (TRUE);

  if (argc < 2)
    return cli_usage (_("no command"), _("“engram-cli --help” lists them"));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return CLI_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("engram-cli %s\n", ENGRAM_VERSION);
      return CLI_DONE;
    }
  command = find_command (argv[1]);
  if (command == NULL)
    return cli_usage (argv[1], _("no such command; “engram-cli --help” lists them"));
  return run_command (command, argc - 1, argv + 1);
}
