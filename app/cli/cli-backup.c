/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-output.h"
#include "cli-undo.h"

#include <glib/gi18n.h>

/* backup, verify and restore */

static void
append_backup (CliCall            *call,
               const EngramBackup *backup,
               double              seconds,
               guint               n_deleted,
               GString            *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (call->json)
    {
      cli_json_begin (text);
      cli_json_path (text, backup->path);
      cli_json_integer (text, "size_bytes", backup->size_bytes);
      cli_json_text (text, "sha256", backup->sha256);
      cli_json_integer (text, "neurons", backup->neurons);
      cli_json_integer (text, "synapses", backup->synapses);
      cli_json_real (text, "seconds", seconds);
      cli_json_end (text);
      return;
    }
  cli_rows_add (rows, _("Backup"), cli_clean_text (backup->path, G_MAXSIZE));
  cli_rows_add (rows, _("Neurons"), cli_format_count (backup->neurons));
  cli_rows_add (rows, _("Synapses"), cli_format_count (backup->synapses));
  cli_rows_add (rows, _("Size"), g_format_size_full (backup->size_bytes, G_FORMAT_SIZE_LONG_FORMAT));
  cli_rows_add (rows, "SHA-256", g_strdup (backup->sha256));
  cli_rows_add (rows, _("Time"), cli_format_seconds (seconds));
  if (n_deleted > 0)
    cli_rows_add (rows, _("Older backups deleted"), cli_format_count (n_deleted));
  cli_rows_format (rows, text);
}

/* The backup is made and good: that older ones cannot be deleted is worth a warning. Deleting is not interrupted: it is
 * quick, and half of it helps nobody. */
static guint
delete_older (CliCall        *call,
              EngramDatabase *database,
              const char     *backup,
              guint           keep)
{
  g_autofree char *folder = g_path_get_dirname (backup);
  g_autoptr (GPtrArray) deleted = NULL;
  g_autoptr (GError) error = NULL;

  if (!engram_backup_apply_retention (folder, database, keep, &deleted, NULL, &error))
    cli_call_warn (call, folder, _("older backups were not deleted: %s"), error->message);
  return deleted != NULL ? deleted->len : 0;
}

static int
make_backup (CliCall                   *call,
             const EngramBackupOptions *options,
             guint                      keep)
{
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramBackup) backup = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double seconds;
  guint n_deleted = 0;

  database = engram_database_open (call->file, call->cancellable, &error);
  if (database != NULL)
    backup = engram_backup_create (database, options, cli_progress, NULL, call->cancellable, &error);
  if (backup == NULL)
    return cli_call_fail (call, error);

  call->done = g_strdup (_("the backup is made"));
  seconds = cli_seconds_since (start);
  if (keep > 0)
    n_deleted = delete_older (call, database, backup->path, keep);
  append_backup (call, backup, seconds, n_deleted, text);
  return cli_call_finish (call, text, CLI_DONE);
}

static int
run_backup (CliCall  *call,
            int       argc,
            char    **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *note_text = NULL;
  g_autofree char *note = NULL;
  g_autofree char *keep_text = NULL;
  guint64 keep = 0;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Where to (the folder “backups” beside FILE)"), N_("DIR") },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, N_("What to call it (the name of FILE with date and time)"),
      N_("NAME") },
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &note_text, N_("What to remember about it"), N_("TEXT") },
    { "keep", 0, 0, G_OPTION_ARG_STRING, &keep_text,
      N_("Delete older backups but for the newest N and one of each month"), N_("N") },
    G_OPTION_ENTRY_NULL
  };

  if (!cli_call_parse (call, entries,
                       _("The backup is verified before it gets its name. --keep counts and deletes only complete\n"
                         "backups of this network that Engram made and that have no note."), argc, argv)
      || !cli_parse_text (call, "--note", note_text, &note)
      || !cli_parse_count (call, "--keep", keep_text, 1, G_MAXUINT, &keep))
    return CLI_USAGE;
  if ((folder != NULL && *folder == '\0') || (name != NULL && *name == '\0'))
    return cli_usage (call->command->name, _("--to and --name must not be empty"));

  return make_backup (call,
                      &(EngramBackupOptions) {
                        .folder = folder,
                        .name = name,
                        .note = note,
                        .reason = ENGRAM_BACKUP_REASON_MANUAL,
                      },
                      keep);
}

static const struct {
  EngramBackupStatus  status;
  const char         *name;
  const char         *word;
} statuses[] = {
  { ENGRAM_BACKUP_GOOD, "good", N_("Good") },
  { ENGRAM_BACKUP_DAMAGED, "damaged", N_("Damaged") },
  { ENGRAM_BACKUP_INCOMPLETE, "incomplete", N_("Incomplete") },
  { ENGRAM_BACKUP_UNKNOWN, "unknown", N_("Unknown") },
};

static void
append_verified (CliCall            *call,
                 EngramBackupStatus  status,
                 const char         *message,
                 GString            *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gsize i = 0;

  while (statuses[i].status != status && i + 1 < G_N_ELEMENTS (statuses))
    i++;
  if (call->json)
    {
      cli_json_begin (text);
      cli_json_path (text, call->file);
      cli_json_text (text, "status", statuses[i].name);
      cli_json_text (text, "message", message);
      cli_json_end (text);
      return;
    }
  cli_rows_add (rows, _("Backup"), cli_clean_text (call->file, G_MAXSIZE));
  cli_rows_add (rows, _("Status"), g_strdup (_(statuses[i].word)));
  cli_rows_add (rows, _("Found"), cli_clean_text (message, G_MAXSIZE));
  cli_rows_format (rows, text);
}

static int
run_verify (CliCall  *call,
            int       argc,
            char    **argv)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  EngramBackupStatus status = ENGRAM_BACKUP_UNKNOWN;

  if (!cli_call_parse (call, NULL,
                       _("BACKUP is a backup’s database or its manifest. All of it is read and compared with its\n"
                         "manifest. Exit status: 0 where it is good, 3 where it is damaged or incomplete, or where\n"
                         "that cannot be known, because it has no hash (the Python program’s)."), argc, argv))
    return CLI_USAGE;
  if (!engram_backup_verify (call->file, &status, &message, cli_progress, NULL, call->cancellable, &error))
    return cli_call_fail (call, error);

  append_verified (call, status, message, text);
  return cli_call_finish (call, text, status == ENGRAM_BACKUP_GOOD ? CLI_DONE : CLI_FOUND);
}

static void
append_restored (CliCall                   *call,
                 const EngramRestoreReport *report,
                 GString                   *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (call->json)
    {
      cli_json_begin (text);
      cli_json_path (text, report->path);
      cli_json_filename (text, "from", report->from);
      cli_json_filename (text, "safety_backup", report->safety_backup);
      cli_json_integer (text, "neurons", report->neurons);
      cli_json_integer (text, "synapses", report->synapses);
      cli_json_real (text, "seconds", report->seconds);
      cli_json_end (text);
      return;
    }
  cli_rows_add (rows, _("File"), cli_clean_text (report->path, G_MAXSIZE));
  cli_rows_add (rows, _("Restored from"), cli_clean_text (report->from, G_MAXSIZE));
  if (report->safety_backup != NULL)
    cli_rows_add (rows, _("What was there before"), cli_clean_text (report->safety_backup, G_MAXSIZE));
  cli_rows_add (rows, _("Neurons"), cli_format_count (report->neurons));
  cli_rows_add (rows, _("Synapses"), cli_format_count (report->synapses));
  cli_rows_add (rows, _("Time"), cli_format_seconds (report->seconds));
  if (report->is_unchecked)
    cli_rows_add (rows, _("Afterwards"), g_strdup (_("not read once more, because that was interrupted")));
  cli_rows_format (rows, text);
}

/* What lies there is no network any more, or nothing lies there. */
static gboolean
is_unreadable (const char   *path,
               const GError *error)
{
  return g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_DAMAGED)
         || g_error_matches (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK)
         || !g_file_test (path, G_FILE_TEST_EXISTS);
}

static EngramRestoreReport *
restore_into (CliCall         *call,
              EngramDatabase  *database,
              const char      *backup,
              GError         **error)
{
  g_autoptr (EngramHistory) history = NULL;
  g_autoptr (GError) local_error = NULL;

  history = engram_history_open (database, NULL, call->cancellable, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (history == NULL)
    cli_call_warn (call, call->file, _("the undo history still holds what was done before: %s"), local_error->message);
  return engram_restore (database, backup, NULL, history, cli_progress, NULL, call->cancellable, error);
}

static EngramRestoreReport *
restore (CliCall     *call,
         const char  *backup,
         GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, &local_error);

  if (database != NULL)
    return restore_into (call, database, backup, error);
  if (is_unreadable (call->file, local_error))
    return engram_restore_unreadable (call->file, backup, cli_progress, NULL, call->cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* The two arguments may have changed places: what would be lost is a backup. */
static gboolean
is_backup (const char *path)
{
  g_autoptr (EngramBackup) backup = engram_backup_read (path, NULL);

  return backup != NULL && backup->complete;
}

static int
run_restore (CliCall  *call,
             int       argc,
             char    **argv)
{
  g_autoptr (EngramRestoreReport) report = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, NULL,
                       _("BACKUP is a backup’s database or its manifest, or any network. It is verified first, and\n"
                         "FILE is backed up before it is changed. A FILE that cannot be read is moved aside; one that\n"
                         "is gone is made again."), argc, argv))
    return CLI_USAGE;
  if (is_backup (call->file))
    return cli_usage (call->command->name,
                      _("FILE “%s” is a backup itself; the network to restore stands first, the backup second"),
                      call->file);

  report = restore (call, call->arguments[1], &error);
  if (report == NULL)
    return cli_call_fail (call, error);
  call->done = g_strdup (_("the network is restored"));
  append_restored (call, report, text);
  return cli_call_finish (call, text, CLI_DONE);
}

const CliCommand cli_command_backup = {
  "backup", N_("FILE"), N_("Make a backup of a network"), run_backup,
};

const CliCommand cli_command_verify = {
  "verify", N_("BACKUP"), N_("Tell whether a backup is good"), run_verify,
};

const CliCommand cli_command_restore = {
  "restore", N_("FILE BACKUP"), N_("Make a network what a backup holds"), run_restore,
};
