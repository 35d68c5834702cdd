/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-output.h"
#include "cli-undo.h"

#include <glib/gi18n.h>

#define JSON_IDS 100
#define TEXT_IDS 3

static const struct {
  EngramSeverity  severity;
  const char     *title;
} severities[] = {
  { ENGRAM_SEVERITY_ERROR, N_("Errors") },
  { ENGRAM_SEVERITY_WARNING, N_("Warnings") },
  { ENGRAM_SEVERITY_NOTE, N_("Notes") },
};

static void
append_finding_json (const EngramFinding *finding,
                     GString             *json)
{
  g_auto (GStrv) ids = engram_finding_get_ids (finding, 0, JSON_IDS);

  cli_json_item (json);
  cli_json_begin (json);
  cli_json_text (json, "kind", engram_finding_get_kind (finding));
  cli_json_text (json, "severity", engram_severity_to_string (engram_finding_get_severity (finding)));
  cli_json_integer (json, "count", engram_finding_get_count (finding));
  cli_json_begin_list (json, "ids");
  for (gsize i = 0; ids[i] != NULL; i++)
    cli_json_item_text (json, ids[i]);
  cli_json_end_list (json);
  cli_json_text (json, "message", engram_finding_get_message (finding));
  cli_json_text (json, "repair", engram_finding_get_repair (finding));
  cli_json_end (json);
}

static void
append_texts_json (const char *name,
                   GPtrArray  *texts,
                   GString    *json)
{
  cli_json_begin_list (json, name);
  for (guint i = 0; i < texts->len; i++)
    cli_json_item_text (json, texts->pdata[i]);
  cli_json_end_list (json);
}

static void
append_report_json (EngramIntegrityReport    *report,
                    const EngramRepairReport *repaired,
                    GString                  *json)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);

  cli_json_begin (json);
  cli_json_integer (json, "neurons", engram_integrity_report_get_neurons (report));
  cli_json_integer (json, "synapses", engram_integrity_report_get_synapses (report));
  cli_json_real (json, "seconds", engram_integrity_report_get_seconds (report));
  cli_json_begin_list (json, "findings");
  for (guint i = 0; i < findings->len; i++)
    append_finding_json (findings->pdata[i], json);
  cli_json_end_list (json);
  if (repaired != NULL)
    {
      cli_json_name (json, "repaired");
      cli_json_begin (json);
      append_texts_json ("kinds", repaired->kinds, json);
      append_texts_json ("changes", repaired->changes, json);
      cli_json_filename (json, "backup", repaired->backup);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
append_repair_text (const EngramRepairReport *repaired,
                    GString                  *text)
{
  g_autofree char *backup = NULL;

  if (repaired->changes->len == 0)
    {
      g_string_append_printf (text, "%s\n\n", _("There was nothing to repair."));
      return;
    }
  g_string_append_printf (text, "%s\n", _("Repaired"));
  for (guint i = 0; i < repaired->changes->len; i++)
    {
      g_autofree char *change = cli_clean_text (repaired->changes->pdata[i], G_MAXSIZE);

      g_string_append_printf (text, "  %s  [%s]\n", change, (char *) repaired->kinds->pdata[i]);
    }
  backup = cli_clean_text (repaired->backup, G_MAXSIZE);
  /* Translators: the name of a file. */
  g_string_append_printf (text, _("  The network as it was before: %s"), backup);
  g_string_append (text, "\n\n");
}

static gboolean
is_damage (const EngramFinding *finding)
{
  return g_str_equal (engram_finding_get_kind (finding), "sqlite-corruption");
}

static void
append_ids_text (const EngramFinding *finding,
                 GString             *text)
{
  /* What SQLite says of a fault is a sentence. */
  const char *separator = is_damage (finding) ? "\n      " : ", ";
  g_auto (GStrv) ids = engram_finding_get_ids (finding, 0, TEXT_IDS);
  guint64 count = engram_finding_get_count (finding);
  guint shown = g_strv_length (ids);

  if (shown == 0)
    return;
  g_string_append (text, "      ");
  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *id = cli_clean_text (ids[i], G_MAXSIZE);

      g_string_append_printf (text, "%s%s", i > 0 ? separator : "", id);
    }
  if (count > shown)
    {
      g_autofree char *more = cli_format_count (count - shown);

      if (is_damage (finding))
        g_string_append (text, "\n     ");
      /* Translators: follows some ids; so many are not shown. */
      g_string_append_printf (text, ngettext (" and %s more", " and %s more", (gulong) (count - shown)), more);
    }
  g_string_append_c (text, '\n');
}

static void
append_finding_text (const EngramFinding *finding,
                     GString             *text)
{
  g_autofree char *message = cli_clean_text (engram_finding_get_message (finding), G_MAXSIZE);
  const char *repair = engram_finding_get_repair (finding);

  g_string_append_printf (text, "  %s  [%s]\n", message, engram_finding_get_kind (finding));
  append_ids_text (finding, text);
  if (repair != NULL)
    /* Translators: what a repair would do about it. */
    g_string_append_printf (text, _("      Repair: %s\n"), repair);
}

/* Whether there were any. */
static gboolean
append_severity_text (EngramIntegrityReport *report,
                      EngramSeverity         severity,
                      const char            *title,
                      GString               *text)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);
  gboolean any = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      const EngramFinding *finding = findings->pdata[i];

      if (engram_finding_get_severity (finding) != severity)
        continue;
      if (!any)
        g_string_append_printf (text, "%s\n", title);
      any = TRUE;
      append_finding_text (finding, text);
    }
  return any;
}

/* A damaged file is not repaired: no good backup of it can be made before. */
static gboolean
is_repairable (EngramIntegrityReport *report)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);
  gboolean any = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      if (is_damage (findings->pdata[i]))
        return FALSE;
      any |= engram_finding_get_repair (findings->pdata[i]) != NULL;
    }
  return any;
}

static void
append_verdict_text (EngramIntegrityReport *report,
                     GString               *text)
{
  g_autofree char *path = cli_clean_text (engram_integrity_report_get_path (report), G_MAXSIZE);
  guint64 neurons = engram_integrity_report_get_neurons (report);
  guint64 synapses = engram_integrity_report_get_synapses (report);
  g_autofree char *n_neurons = cli_format_count (neurons);
  g_autofree char *n_synapses = cli_format_count (synapses);
  g_autofree char *seconds = cli_format_seconds (engram_integrity_report_get_seconds (report));
  EngramSeverity worst = ENGRAM_SEVERITY_NOTE;
  gboolean any = engram_integrity_report_get_worst (report, &worst);

  if (!any)
    /* Translators: the name of a file. */
    g_string_append_printf (text, _("Nothing is wrong in %s."), path);
  else if (worst == ENGRAM_SEVERITY_NOTE)
    g_string_append_printf (text, _("Nothing is wrong in %s; see the notes above."), path);
  else if (worst == ENGRAM_SEVERITY_WARNING)
    g_string_append_printf (text, _("Nothing is broken in %s, but see the warnings above."), path);
  else
    g_string_append_printf (text, _("Something is wrong in %s; see above."), path);
  g_string_append_printf (text, "\n%s ", _("Checked:"));
  g_string_append_printf (text, ngettext ("%s neuron", "%s neurons", (gulong) neurons), n_neurons);
  g_string_append (text, ", ");
  g_string_append_printf (text, ngettext ("%s synapse", "%s synapses", (gulong) synapses), n_synapses);
  /* Translators: follows how many neurons and synapses were checked; ends with how many seconds it took. */
  g_string_append_printf (text, _(", their fields, and the tables and indexes of the file, in %s."), seconds);
}

static void
append_report_text (EngramIntegrityReport    *report,
                    const EngramRepairReport *repaired,
                    GString                  *text)
{
  gboolean any = FALSE;

  if (repaired != NULL)
    append_repair_text (repaired, text);
  for (gsize i = 0; i < G_N_ELEMENTS (severities); i++)
    any |= append_severity_text (report, severities[i].severity, _(severities[i].title), text);
  if (any)
    g_string_append_c (text, '\n');
  append_verdict_text (report, text);
  if (repaired == NULL && is_repairable (report))
    g_string_append_printf (text, "\n%s", _("“engram-cli check --repair FILE” does the repairs, after a backup."));
}

static EngramRepairReport *
repair (CliCall         *call,
        EngramDatabase  *database,
        GError         **error)
{
  g_auto (CliUndo) undo = { NULL };
  g_autoptr (EngramRepairReport) repaired = NULL;

  /* A repair makes a backup anyway. */
  if (!cli_undo_prepare (&undo, call, database, ENGRAM_BACKUP_REASON_UNKNOWN, error))
    return NULL;
  repaired = engram_integrity_repair (database, NULL, NULL, undo.history, cli_progress, NULL, call->cancellable,
                                      error);
  if (repaired == NULL)
    return NULL;
  if (repaired->backup != NULL)
    /* Translators: ends with the name of a file. */
    call->done = g_strdup_printf (_("the repair is done; the network as it was before: %s"), repaired->backup);
  return g_steal_pointer (&repaired);
}

static EngramIntegrityReport *
check (CliCall             *call,
       gboolean             with_repair,
       EngramRepairReport **repaired,
       GError             **error)
{
  g_autoptr (EngramDatabase) database = engram_database_open (call->file, call->cancellable, error);

  if (database == NULL)
    return NULL;
  if (with_repair)
    {
      cli_warn_of_triggers (call, database);
      *repaired = repair (call, database, error);
      if (*repaired == NULL)
        return NULL;
    }
  return engram_integrity_check (database, ENGRAM_INTEGRITY_ALL, cli_progress, NULL, call->cancellable, error);
}

static int
run_check (CliCall  *call,
           int       argc,
           char    **argv)
{
  gboolean with_repair = FALSE;
  const GOptionEntry entries[] = {
    { "repair", 0, 0, G_OPTION_ARG_NONE, &with_repair, N_("Repair what can be, after a backup"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (EngramIntegrityReport) report = NULL;
  g_autoptr (EngramRepairReport) repaired = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  EngramSeverity worst = ENGRAM_SEVERITY_NOTE;

  if (!cli_call_parse (call, entries,
                       _("Exit status: 0 where nothing is worse than a note, 3 where there are warnings or errors\n"
                         "(with --repair: where some are left)."), argc, argv))
    return CLI_USAGE;

  report = check (call, with_repair, &repaired, &error);
  if (report == NULL)
    return cli_call_fail (call, error);
  if (call->json)
    append_report_json (report, repaired, text);
  else
    append_report_text (report, repaired, text);
  engram_integrity_report_get_worst (report, &worst);
  return cli_call_finish (call, text, worst > ENGRAM_SEVERITY_NOTE ? CLI_FOUND : CLI_DONE);
}

const CliCommand cli_command_check = {
  "check", N_("FILE"), N_("Look for everything that is wrong in a network"), run_check,
};
