/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-output.h"
#include "cli-undo.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* undo, and what prune, import and check --repair leave for it. */

static gboolean
make_backup (CliUndo             *self,
             CliCall             *call,
             EngramDatabase      *database,
             EngramBackupReason   reason,
             GError             **error)
{
  const EngramBackupOptions options = { .reason = reason };
  g_autofree char *folder = engram_backup_get_default_folder (engram_database_get_path (database));
  g_autoptr (EngramBackup) backup = NULL;

  self->folder_is_new = !g_file_test (folder, G_FILE_TEST_EXISTS);
  backup = engram_backup_create (database, &options, cli_progress, NULL, call->cancellable, error);
  if (backup == NULL)
    return FALSE;
  self->backup = g_strdup (backup->path);
  return TRUE;
}

/* A history is begun only when there is something to note, and then it would be too late to find that it cannot be. */
static gboolean
check_history_folder (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "engram", "history", NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("the folder “%s” cannot be written: %s"), folder,
               g_strerror (errno));
  return FALSE;
}

gboolean
cli_undo_prepare (CliUndo             *self,
                  CliCall             *call,
                  EngramDatabase      *database,
                  EngramBackupReason   reason,
                  GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  /* Writing refuses by itself, and says why. */
  if (engram_database_get_access (database) != ENGRAM_DATABASE_ACCESS_WRITE)
    return TRUE;

  if (check_history_folder (&local_error))
    self->history = engram_history_open (database, NULL, call->cancellable, &local_error);
  if (self->history != NULL)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (local_error, ENGRAM_ERROR, ENGRAM_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (reason == ENGRAM_BACKUP_REASON_UNKNOWN)
    {
      cli_call_warn (call, call->file, _("this cannot be undone, because the undo history cannot be used: %s"),
                     local_error->message);
      return TRUE;
    }
  if (!make_backup (self, call, database, reason, error))
    {
      g_prefix_error (error, _("The undo history cannot be used (%s), and no backup can be made in its stead: "),
                      local_error->message);
      return FALSE;
    }
  cli_call_warn (call, call->file,
                 /* Translators: the name of a file, and the reason. */
                 _("the backup “%s” was made, because the undo history cannot be used: %s"), self->backup,
                 local_error->message);
  return TRUE;
}

void
cli_undo_abandon (CliUndo *self,
                  CliCall *call)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (self->backup == NULL)
    return;
  folder = g_path_get_dirname (self->backup);
  if (engram_backup_delete (self->backup, &error))
    {
      /* Stays where somebody put something else into it meanwhile. */
      if (self->folder_is_new)
        g_rmdir (folder);
      return;
    }
  call->done = g_strdup_printf (_("the backup “%s” was made before, and stays"), self->backup);
}

void
cli_undo_clear (CliUndo *self)
{
  g_clear_object (&self->history);
  g_clear_pointer (&self->backup, g_free);
}

void
cli_warn_of_triggers (CliCall        *call,
                      EngramDatabase *database)
{
  const char * const *triggers = engram_database_get_foreign_triggers (database);

  for (gsize i = 0; triggers != NULL && triggers[i] != NULL; i++)
    /* Translators: a trigger is a program inside a database. */
    cli_call_warn (call, call->file, _("the trigger “%s” is of another program, and does not fire"), triggers[i]);
}

static void
append_undone (CliCall                 *call,
               const EngramHistoryStep *step,
               double                   seconds,
               GString                 *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (call->json)
    {
      cli_json_begin (text);
      cli_json_path (text, call->file);
      cli_json_text (text, "undone", step->name);
      cli_json_integer (text, "rows", step->rows);
      cli_json_real (text, "seconds", seconds);
      cli_json_end (text);
      return;
    }
  cli_rows_add (rows, _("File"), cli_clean_text (call->file, G_MAXSIZE));
  cli_rows_add (rows, _("Undone"), cli_clean_text (step->label, G_MAXSIZE));
  cli_rows_add (rows, _("Of"), cli_format_time (step->time));
  cli_rows_add (rows, _("Rows"), cli_format_count (step->rows));
  cli_rows_add (rows, _("Time"), cli_format_seconds (seconds));
  cli_rows_format (rows, text);
}

static gboolean
undo (CliCall            *call,
      EngramHistoryStep **step,
      GError            **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, error);
  g_autoptr (EngramHistory) history = NULL;

  if (database == NULL)
    return FALSE;
  history = engram_history_open (database, NULL, call->cancellable, error);
  return history != NULL && engram_history_undo (history, step, cli_progress, NULL, call->cancellable, error);
}

static int
run_undo (CliCall  *call,
          int       argc,
          char    **argv)
{
  g_autoptr (EngramHistoryStep) step = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  if (!cli_call_parse (call, NULL,
                       _("Undoes the newest prune, import, repair or edit that the history of this network holds,\n"
                         "whether engram-cli or the window made it. Called again, it undoes the one before.\n"
                         "Rows that somebody has changed since are never overwritten: then nothing is undone."),
                       argc, argv))
    return CLI_USAGE;
  if (!undo (call, &step, &error))
    return cli_call_fail (call, error);

  call->done = g_strdup (_("the step is undone"));
  append_undone (call, step, cli_seconds_since (start), text);
  return cli_call_finish (call, text, CLI_DONE);
}

const CliCommand cli_command_undo = {
  "undo", N_("FILE"), N_("Undo what was done last to a network"), run_undo,
};
