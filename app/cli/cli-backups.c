/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-command.h"
#include "cli-output.h"

#include <engram.h>
#include <glib/gi18n.h>

static void
append_number_or_null (GString    *json,
                       const char *name,
                       gint64      number)
{
  if (number >= 0)
    cli_json_integer (json, name, number);
  else
    cli_json_value (json, name, NULL);
}

static void
append_json (const EngramBackup *backup,
             GString            *json)
{
  cli_json_begin (json);
  cli_json_path (json, backup->path);
  cli_json_text (json, "name", backup->name);
  cli_json_text (json, "time", backup->time);
  cli_json_integer (json, "size_bytes", backup->size_bytes);
  append_number_or_null (json, "neurons", backup->neurons);
  append_number_or_null (json, "synapses", backup->synapses);
  cli_json_text (json, "reason", engram_backup_reason_to_string (backup->reason));
  cli_json_text (json, "note", backup->note);
  cli_json_boolean (json, "complete", backup->complete);
  cli_json_end (json);
}

static const char *
describe_reason (const EngramBackup *backup)
{
  if (!backup->complete)
    return _("incomplete");
  switch (backup->reason)
    {
    case ENGRAM_BACKUP_REASON_MANUAL:
      return _("by hand");
    case ENGRAM_BACKUP_REASON_BEFORE_IMPORT:
      return _("before an import");
    case ENGRAM_BACKUP_REASON_BEFORE_PRUNE:
      return _("before pruning");
    case ENGRAM_BACKUP_REASON_BEFORE_REPAIR:
      return _("before a repair");
    case ENGRAM_BACKUP_REASON_BEFORE_RESTORE:
      return _("before a restore");
    case ENGRAM_BACKUP_REASON_AUTOMATIC:
      return _("automatic");
    case ENGRAM_BACKUP_REASON_UNKNOWN:
    default:
      return "-";
    }
}

enum {
  NAME,
  TIME,
  SIZE,
  NEURONS,
  SYNAPSES,
  REASON,
  NOTE,
  N_COLUMNS
};

static gboolean
is_number_column (guint column)
{
  return column == SIZE || column == NEURONS || column == SYNAPSES;
}

static char *
format_number_or_none (gint64 number)
{
  return number >= 0 ? cli_format_count (number) : g_strdup ("-");
}

static char **
make_cells (const EngramBackup *backup)
{
  char **cells = g_new0 (char *, N_COLUMNS + 1);

  cells[NAME] = cli_clean_text (backup->name, G_MAXSIZE);
  cells[TIME] = cli_format_time (backup->time);
  cells[SIZE] = g_format_size (backup->size_bytes);
  cells[NEURONS] = format_number_or_none (backup->neurons);
  cells[SYNAPSES] = format_number_or_none (backup->synapses);
  cells[REASON] = g_strdup (describe_reason (backup));
  cells[NOTE] = cli_clean_text (backup->note != NULL ? backup->note : "", G_MAXSIZE);
  return cells;
}

static char **
make_title_cells (void)
{
  char **cells = g_new0 (char *, N_COLUMNS + 1);

  cells[NAME] = g_strdup (_("Name"));
  cells[TIME] = g_strdup (_("Made"));
  cells[SIZE] = g_strdup (_("Size"));
  cells[NEURONS] = g_strdup (_("Neurons"));
  cells[SYNAPSES] = g_strdup (_("Synapses"));
  cells[REASON] = g_strdup (_("Why"));
  cells[NOTE] = g_strdup (_("Note"));
  return cells;
}

/* In columns of a terminal. */
static int
measure_cell (const char *cell)
{
  int width = 0;

  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }
  return width;
}

static void
append_cells (char      **cells,
              const int   widths[N_COLUMNS],
              GString    *text)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      int space = widths[i] - measure_cell (cells[i]);

      if (i > 0)
        g_string_append (text, "  ");
      if (is_number_column (i))
        g_string_append_printf (text, "%*s%s", space, "", cells[i]);
      else if (i + 1 < N_COLUMNS)
        g_string_append_printf (text, "%s%*s", cells[i], space, "");
      else
        g_string_append (text, cells[i]);
    }
  while (text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
}

static void
append_table (GPtrArray *backups,
              GString   *text)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  int widths[N_COLUMNS] = { 0 };

  g_ptr_array_add (lines, make_title_cells ());
  for (guint i = 0; i < backups->len; i++)
    g_ptr_array_add (lines, make_cells (backups->pdata[i]));
  for (guint i = 0; i < lines->len; i++)
    for (guint column = 0; column < N_COLUMNS; column++)
      widths[column] = MAX (widths[column], measure_cell (((char **) lines->pdata[i])[column]));
  for (guint i = 0; i < lines->len; i++)
    append_cells (lines->pdata[i], widths, text);
}

static int
print_json (CliCall   *call,
            GPtrArray *backups)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < backups->len; i++)
    {
      g_string_truncate (line, 0);
      append_json (backups->pdata[i], line);
      if (!cli_print_line (line, &error))
        return cli_call_fail (call, error);
    }
  return cli_print_flush (&error) ? CLI_DONE : cli_call_fail (call, error);
}

static int
print_text (CliCall    *call,
            const char *folder,
            GPtrArray  *backups)
{
  g_autofree char *shown = cli_clean_text (folder, G_MAXSIZE);
  g_autoptr (GString) text = g_string_new (NULL);

  if (backups->len == 0)
    g_string_append_printf (text, _("There are no backups in %s."), shown);
  else
    {
      g_string_append_printf (text, _("Backups in %s:"), shown);
      append_table (backups, text);
    }
  return cli_call_finish (call, text, CLI_DONE);
}

/* A network that is lost is no reason to keep its backups to ourselves; a misspelt name has neither. */
static gboolean
check_places (CliCall    *call,
              const char *folder,
              gboolean    is_default,
              GError    **error)
{
  if (g_file_test (call->file, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_A_NETWORK,
                   _("“%s” is a folder; --in says in which folder to look."), call->file);
      return FALSE;
    }
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) || (is_default && g_file_test (call->file, G_FILE_TEST_EXISTS)))
    return TRUE;

  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NO_FILE,
               is_default ? _("There is neither this file nor a folder “%s”.") : _("There is no folder “%s”."), folder);
  return FALSE;
}

static int
run_backups (CliCall  *call,
             int       argc,
             char    **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *absolute = NULL;
  gboolean is_default;
  const GOptionEntry entries[] = {
    { "in", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("Where to look (the folder “backups” beside FILE)"), N_("DIR") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries,
                       _("Newest first: all backups in the folder, whatever network they are of, and those of the\n"
                         "Python program. With --json, one JSON object a line."), argc, argv))
    return CLI_USAGE;
  if (folder != NULL && *folder == '\0')
    return cli_usage (call->command->name, _("--in must not be empty"));

  is_default = folder == NULL;
  if (is_default)
    folder = engram_backup_get_default_folder (call->file);
  absolute = g_canonicalize_filename (folder, NULL);
  if (check_places (call, absolute, is_default, &error))
    backups = engram_backup_list (absolute, call->cancellable, &error);
  if (backups == NULL)
    return cli_call_fail (call, error);
  return call->json ? print_json (call, backups) : print_text (call, absolute, backups);
}

const CliCommand cli_command_backups = {
  "backups", N_("FILE"), N_("List the backups of a network"), run_backups,
};
