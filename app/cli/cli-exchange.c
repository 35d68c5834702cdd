/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-output.h"
#include "cli-undo.h"

#include <glib/gi18n.h>

/* export and import: networks as JSON documents, and as graphs and tables for other programs. */

#define JSON_PROBLEMS 1000
#define TEXT_PROBLEMS 20

static char *
format_more_problems (guint64 count)
{
  g_autofree char *number = cli_format_count (count);

  /* Translators: follows a list of problems; so many are not in it. */
  return g_strdup_printf (ngettext ("and %s more problem", "and %s more problems", (gulong) count), number);
}

static void
append_export (CliCall                  *call,
               const EngramExportReport *report,
               GString                  *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (call->json)
    {
      cli_json_begin (text);
      cli_json_path (text, report->path);
      if (report->second_path != NULL)
        cli_json_filename (text, "second_path", report->second_path);
      cli_json_integer (text, "neurons", report->neurons);
      cli_json_integer (text, "synapses", report->synapses);
      if (report->checksum != NULL)
        cli_json_text (text, "checksum", report->checksum);
      cli_json_integer (text, "size_bytes", report->size_bytes);
      cli_json_real (text, "seconds", report->seconds);
      cli_json_end (text);
      return;
    }
  cli_rows_add (rows, report->checksum != NULL ? _("Document") : _("File"), cli_clean_text (report->path, G_MAXSIZE));
  if (report->second_path != NULL)
    cli_rows_add (rows, _("Second file"), cli_clean_text (report->second_path, G_MAXSIZE));
  cli_rows_add (rows, _("Neurons"), cli_format_count (report->neurons));
  cli_rows_add (rows, _("Synapses"), cli_format_count (report->synapses));
  if (report->checksum != NULL)
    cli_rows_add (rows, _("Checksum"), g_strdup (report->checksum));
  cli_rows_add (rows, _("Size"), g_format_size_full (report->size_bytes, G_FORMAT_SIZE_LONG_FORMAT));
  cli_rows_add (rows, _("Time"), cli_format_seconds (report->seconds));
  cli_rows_format (rows, text);
}

/* What was written, but not as it is in the network. */
static void
warn_of_problems (CliCall                  *call,
                  const EngramExportReport *report)
{
  guint shown = MIN (report->problems->len, TEXT_PROBLEMS);

  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *problem = engram_problem_describe (report->problems->pdata[i]);

      cli_call_warn (call, call->file, "%s", problem);
    }
  if (report->n_problems > shown)
    {
      g_autofree char *more = format_more_problems (report->n_problems - shown);

      cli_call_warn (call, call->file, "%s", more);
    }
}

/* Without an option the ending of OUT says it, and where that says nothing, it is a document. */
static gboolean
parse_format (CliCall              *call,
              const char           *text,
              EngramExchangeFormat *format)
{
  *format = ENGRAM_EXCHANGE_JSON;
  if (text == NULL)
    {
      engram_exchange_format_from_path (call->arguments[1], format);
      return TRUE;
    }
  if (engram_exchange_format_from_name (text, format))
    return TRUE;
  cli_usage (call->command->name, _("--format must be json, graphml, gexf or csv, not “%s”"), text);
  return FALSE;
}

static gboolean
parse_weights (CliCall               *call,
               const char            *text,
               EngramExchangeOptions *options)
{
  options->unsigned_weights = engram_exchange_format_prefers_unsigned (options->format);
  if (text == NULL)
    return TRUE;
  options->unsigned_weights = g_str_equal (text, "unsigned");
  if (options->unsigned_weights || g_str_equal (text, "signed"))
    return TRUE;
  cli_usage (call->command->name, _("--weights must be signed or unsigned, not “%s”"), text);
  return FALSE;
}

/* What a format does not have is a mistake of whoever asks for it. */
static gboolean
check_export_options (CliCall                     *call,
                      const EngramExchangeOptions *options,
                      const char                  *weights)
{
  gboolean is_document = options->format == ENGRAM_EXCHANGE_JSON;

  if (options->compact && !is_document)
    cli_usage (call->command->name, _("--compact is for JSON documents alone"));
  else if ((options->vectors || weights != NULL) && is_document)
    cli_usage (call->command->name, _("--vectors and --weights are not for JSON documents, which have all as it is"));
  else
    return TRUE;
  return FALSE;
}

static int
run_export (CliCall  *call,
            int       argc,
            char    **argv)
{
  EngramExchangeOptions options = { 0 };
  g_autofree char *format = NULL, *weights = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format,
      N_("json, graphml, gexf or csv; by the ending of OUT unless given"), N_("FORMAT") },
    { "compact", 0, 0, G_OPTION_ARG_NONE, &options.compact, N_("JSON: on one line, without spaces"), NULL },
    { "vectors", 0, 0, G_OPTION_ARG_NONE, &options.vectors, N_("Not JSON: with vectors, as text"), NULL },
    { "weights", 0, 0, G_OPTION_ARG_STRING, &weights,
      N_("Not JSON: signed, or unsigned with the sign beside it (usual for gexf)"), N_("HOW") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EngramDatabase) database = NULL;
  g_autoptr (EngramExportReport) report = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries,
                       _("Files that are there already are replaced once the new ones are whole. CSV makes two,\n"
                         "OUT-nodes.csv and OUT-edges.csv."), argc, argv)
      || !parse_format (call, format, &options.format) || !parse_weights (call, weights, &options)
      || !check_export_options (call, &options, weights))
    return CLI_USAGE;

  database = engram_database_open (call->file, call->cancellable, &error);
  if (database != NULL)
    report = engram_exchange_export (database, call->arguments[1], &options, cli_progress, NULL, call->cancellable,
                                     &error);
  if (report == NULL)
    return cli_call_fail (call, error);

  call->done = g_strdup (report->second_path != NULL ? _("the files are written") : _("the document is written"));
  warn_of_problems (call, report);
  append_export (call, report, text);
  return cli_call_finish (call, text, CLI_DONE);
}

static const char *
get_checksum_name (EngramImportChecksum checksum)
{
  switch (checksum)
    {
    case ENGRAM_IMPORT_CHECKSUM_OK:
      return "ok";
    case ENGRAM_IMPORT_CHECKSUM_ABSENT:
      return "absent";
    case ENGRAM_IMPORT_CHECKSUM_IGNORED:
      return "ignored";
    case ENGRAM_IMPORT_CHECKSUM_WRONG:
    default:
      return "wrong";
    }
}

static void
append_files_json (GPtrArray *files,
                   GString   *json)
{
  cli_json_begin_list (json, "files");
  for (guint i = 0; i < files->len; i++)
    {
      const EngramImportFile *file = files->pdata[i];

      cli_json_item (json);
      cli_json_begin (json);
      cli_json_path (json, file->path);
      cli_json_integer (json, "neurons", file->neurons);
      cli_json_integer (json, "synapses", file->synapses);
      cli_json_text (json, "checksum", get_checksum_name (file->checksum));
      cli_json_end (json);
    }
  cli_json_end_list (json);
}

static void
append_counts_json (const char               *name,
                    const EngramImportCounts *counts,
                    GString                  *json)
{
  cli_json_name (json, name);
  cli_json_begin (json);
  cli_json_integer (json, "created", counts->created);
  cli_json_integer (json, "replaced", counts->replaced);
  cli_json_integer (json, "skipped", counts->skipped);
  cli_json_end (json);
}

/* A problem of the whole document has no place: null. */
static void
append_problem_json (const EngramProblem *problem,
                     GString             *json)
{
  cli_json_item (json);
  cli_json_begin (json);
  cli_json_filename (json, "file", problem->file);
  if (problem->line > 0)
    {
      cli_json_integer (json, "line", problem->line);
      cli_json_integer (json, "byte", problem->byte);
    }
  else
    {
      cli_json_value (json, "line", NULL);
      cli_json_value (json, "byte", NULL);
    }
  cli_json_text (json, "id", problem->id);
  cli_json_text (json, "field", problem->field);
  cli_json_text (json, "message", problem->message);
  cli_json_end (json);
}

static void
append_import_json (const EngramImportReport *report,
                    GString                  *json)
{
  cli_json_begin (json);
  append_files_json (report->files, json);
  append_counts_json ("neurons", &report->neurons, json);
  append_counts_json ("synapses", &report->synapses, json);
  cli_json_begin_list (json, "problems");
  for (guint i = 0; i < MIN (report->problems->len, JSON_PROBLEMS); i++)
    append_problem_json (report->problems->pdata[i], json);
  cli_json_end_list (json);
  cli_json_real (json, "seconds", report->seconds);
  cli_json_boolean (json, "dry_run", report->dry_run);
  cli_json_end (json);
}

static void
append_problems_text (const EngramImportReport *report,
                      GString                  *text)
{
  guint shown = MIN (report->problems->len, TEXT_PROBLEMS);

  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *problem = engram_problem_describe (report->problems->pdata[i]);
      g_autofree char *line = cli_clean_text (problem, G_MAXSIZE);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (report->n_problems > shown)
    {
      g_autofree char *more = format_more_problems (report->n_problems - shown);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", more);
    }
}

static const char *
describe_checksum (EngramImportChecksum checksum)
{
  switch (checksum)
    {
    case ENGRAM_IMPORT_CHECKSUM_OK:
      return _("the checksum is right");
    case ENGRAM_IMPORT_CHECKSUM_ABSENT:
      return _("there is no checksum");
    case ENGRAM_IMPORT_CHECKSUM_IGNORED:
      return _("the checksum was not looked at");
    case ENGRAM_IMPORT_CHECKSUM_WRONG:
    default:
      return _("the checksum is wrong");
    }
}

static void
append_file_text (const EngramImportFile *file,
                  GString                *text)
{
  g_autofree char *path = cli_clean_text (file->path, G_MAXSIZE);
  g_autofree char *neurons = cli_format_count (file->neurons);
  g_autofree char *synapses = cli_format_count (file->synapses);

  g_string_append_printf (text, "%s: ", path);
  g_string_append_printf (text, ngettext ("%s neuron", "%s neurons", (gulong) file->neurons), neurons);
  g_string_append (text, ", ");
  g_string_append_printf (text, ngettext ("%s synapse", "%s synapses", (gulong) file->synapses), synapses);
  g_string_append_printf (text, "; %s\n", describe_checksum (file->checksum));
}

static char *
format_counts (const EngramImportCounts *counts)
{
  g_autofree char *created = cli_format_count (counts->created);
  g_autofree char *replaced = cli_format_count (counts->replaced);
  g_autofree char *skipped = cli_format_count (counts->skipped);

  /* Translators: how many neurons, or synapses, were new, took the place of old ones, and were passed over. */
  return g_strdup_printf (_("%s created, %s replaced, %s skipped"), created, replaced, skipped);
}

static void
append_import_text (const EngramImportReport *report,
                    GString                  *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < report->files->len; i++)
    append_file_text (report->files->pdata[i], text);
  cli_rows_add (rows, _("Neurons"), format_counts (&report->neurons));
  cli_rows_add (rows, _("Synapses"), format_counts (&report->synapses));
  cli_rows_add (rows, _("Time"), cli_format_seconds (report->seconds));
  cli_rows_format (rows, text);
  append_problems_text (report, text);
  if (report->dry_run)
    g_string_append_printf (text, "\n%s", report->n_problems > 0
                                          ? _("This was a dry run; the import would be refused.")
                                          : _("This was a dry run: nothing was written."));
}

/* What stood in the way. The line on stderr says the first of it, whatever becomes of this. */
static void
print_refusal (CliCall                  *call,
               const EngramImportReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (call->json)
    append_import_json (report, text);
  else if (report->n_problems > 1)
    append_problems_text (report, text);
  else
    return;
  cli_progress_clear ();
  if (cli_print_line (text, NULL))
    cli_print_flush (NULL);
}

static gboolean
parse_conflict (CliCall              *call,
                const char           *text,
                EngramImportConflict *conflict)
{
  if (text == NULL || g_str_equal (text, "fail"))
    *conflict = ENGRAM_IMPORT_CONFLICT_FAIL;
  else if (g_str_equal (text, "skip"))
    *conflict = ENGRAM_IMPORT_CONFLICT_SKIP;
  else if (g_str_equal (text, "replace"))
    *conflict = ENGRAM_IMPORT_CONFLICT_REPLACE;
  else
    {
      cli_usage (call->command->name, _("--on-conflict must be fail, skip or replace, not “%s”"), text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
import_into (CliCall              *call,
             EngramImportOptions  *options,
             EngramImportReport  **report,
             GError              **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, error);
  const char * const *files = (const char * const *) call->arguments + 1;
  /* The others take nothing away. */
  EngramBackupReason reason = options->conflict == ENGRAM_IMPORT_CONFLICT_REPLACE
                              ? ENGRAM_BACKUP_REASON_BEFORE_IMPORT : ENGRAM_BACKUP_REASON_UNKNOWN;
  g_auto (CliUndo) undo = { NULL };
  gboolean imported;

  if (database == NULL)
    return FALSE;
  cli_warn_of_triggers (call, database);
  if (!options->dry_run && !cli_undo_prepare (&undo, call, database, reason, error))
    return FALSE;
  options->history = undo.history;
  imported = engram_import (database, files, options, report, cli_progress, NULL, call->cancellable, error);
  options->history = NULL;
  if (!imported)
    cli_undo_abandon (&undo, call);
  return imported;
}

static gboolean
import (CliCall              *call,
        EngramImportOptions  *options,
        EngramImportReport  **report,
        GError              **error)
{
  if (g_file_test (call->file, G_FILE_TEST_EXISTS))
    return import_into (call, options, report, error);
  return engram_import_new (call->file, (const char * const *) call->arguments + 1, options, report, cli_progress,
                            NULL, call->cancellable, error);
}

static int
finish_import (CliCall                  *call,
               const EngramImportReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (call->json)
    append_import_json (report, text);
  else
    append_import_text (report, text);
  if (call->json && report->n_problems > JSON_PROBLEMS)
    {
      g_autofree char *more = format_more_problems (report->n_problems - JSON_PROBLEMS);

      cli_call_warn (call, call->file, "%s", more);
    }
  return cli_call_finish (call, text, report->dry_run && report->n_problems > 0 ? CLI_FOUND : CLI_DONE);
}

static int
run_import (CliCall  *call,
            int       argc,
            char    **argv)
{
  g_autofree char *conflict = NULL;
  EngramImportOptions options = { .max_problems = JSON_PROBLEMS };
  const GOptionEntry entries[] = {
    { "on-conflict", 0, 0, G_OPTION_ARG_STRING, &conflict,
      N_("What becomes of ids that are there already: fail (usual), skip, replace"), N_("HOW") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Only tell what would happen"), NULL },
    { "ignore-checksum", 0, 0, G_OPTION_ARG_NONE, &options.ignore_checksum,
      N_("Import also what fails its checksum"), NULL },
    { "make-ids", 0, 0, G_OPTION_ARG_NONE, &options.make_ids,
      N_("Give new ids where there are none, or none that are UUIDs"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EngramImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries,
                       _("Makes FILE where it is not there. All documents are imported, or, with a problem in any of\n"
                         "them, none. “engram-cli undo FILE” undoes an import into a network that was there.\n"
                         "Exit status of a dry run: 3 where there are problems."), argc, argv)
      || !parse_conflict (call, conflict, &options.conflict))
    return CLI_USAGE;

  if (!import (call, &options, &report, &error))
    {
      if (report != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        print_refusal (call, report);
      return cli_call_fail (call, error);
    }
  if (!options.dry_run)
    call->done = g_strdup (_("the import is done"));
  return finish_import (call, report);
}

const CliCommand cli_command_export = {
  "export", N_("FILE OUT"), N_("Write a network as a JSON document, or for other programs"), run_export,
};

const CliCommand cli_command_import = {
  "import", N_("FILE IN.json…"), N_("Take JSON documents into a network"), run_import,
};
