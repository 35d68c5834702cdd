/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-output.h"
#include "cli-undo.h"

#include <float.h>
#include <glib/gi18n.h>
#include <stdlib.h>

#define USUAL_THRESHOLD 0.01

/* With as many digits as it needs, and the locale's point. */
static char *
format_threshold (double threshold)
{
  for (int n_digits = 6;; n_digits++)
    {
      g_autofree char *text = g_strdup_printf ("%.*g", n_digits, threshold);

      if (n_digits == DBL_DIG + 2 || strtod (text, NULL) == threshold)
        return g_steal_pointer (&text);
    }
}

static void
append_result (CliCall                 *call,
               const EngramPruneResult *result,
               double                   threshold,
               gboolean                 dry_run,
               GString                 *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (call->json)
    {
      cli_json_begin (text);
      cli_json_real (text, "threshold", threshold);
      cli_json_integer (text, "pruned", result->pruned);
      cli_json_integer (text, "remaining", result->remaining);
      cli_json_integer (text, "isolated", result->isolated);
      cli_json_boolean (text, "dry_run", dry_run);
      cli_json_end (text);
      return;
    }
  cli_rows_add (rows, _("File"), cli_clean_text (call->file, G_MAXSIZE));
  cli_rows_add (rows, _("Threshold"), format_threshold (threshold));
  cli_rows_add (rows, dry_run ? _("Synapses that would go") : _("Synapses gone"), cli_format_count (result->pruned));
  cli_rows_add (rows, dry_run ? _("Synapses that would stay") : _("Synapses left"),
                cli_format_count (result->remaining));
  cli_rows_add (rows, dry_run ? _("Neurons that would have no synapse") : _("Neurons without a synapse"),
                cli_format_count (result->isolated));
  cli_rows_add (rows, _("Time"), cli_format_seconds (result->seconds));
  cli_rows_format (rows, text);
}

static gboolean
prune (CliCall            *call,
       double              threshold,
       gboolean            dry_run,
       EngramPruneResult  *result,
       GError            **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, error);
  g_auto (CliUndo) undo = { NULL };

  if (database == NULL)
    return FALSE;
  cli_warn_of_triggers (call, database);
  if (!dry_run && !cli_undo_prepare (&undo, call, database, ENGRAM_BACKUP_REASON_BEFORE_PRUNE, error))
    return FALSE;
  if (engram_prune (database, threshold, dry_run, undo.history, result, cli_progress, NULL, call->cancellable, error))
    return TRUE;
  cli_undo_abandon (&undo, call);
  return FALSE;
}

static int
run_prune (CliCall  *call,
           int       argc,
           char    **argv)
{
  g_autofree char *below = NULL;
  gboolean dry_run = FALSE;
  double threshold = USUAL_THRESHOLD;
  const GOptionEntry entries[] = {
    { "below", 0, 0, G_OPTION_ARG_STRING, &below, N_("The weight below which synapses go, sign ignored (0.01)"),
      N_("T") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("Only tell what would go"), NULL },
    G_OPTION_ENTRY_NULL
  };
  EngramPruneResult result = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!cli_call_parse (call, entries,
                       _("Deletes synapses whose weight is weaker than T, whatever its sign. “engram-cli undo FILE”\n"
                         "brings them back."), argc, argv)
      || !cli_parse_weight (call, "--below", below, &threshold))
    return CLI_USAGE;
  if (threshold < 0)
    return cli_usage (call->command->name, _("--below must be 0 or more, not “%s”"), below);

  if (!prune (call, threshold, dry_run, &result, &error))
    return cli_call_fail (call, error);
  if (!dry_run)
    call->done = g_strdup (_("the pruning is done"));
  append_result (call, &result, threshold, dry_run, text);
  return cli_call_finish (call, text, CLI_DONE);
}

const CliCommand cli_command_prune = {
  "prune", N_("FILE"), N_("Delete weak synapses"), run_prune,
};
