/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs/integrity/engram-integrity-text.h"

#include <glib/gi18n.h>

#include "common/engram-text-format.h"

static const struct {
  const char *title;
  const char *label;
  const char *icon;
} severities[] = {
  [ENGRAM_SEVERITY_NOTE] = { N_("Notes"), N_("Note"), "dialog-information-symbolic" },
  [ENGRAM_SEVERITY_WARNING] = { N_("Warnings"), N_("Warning"), "dialog-warning-symbolic" },
  [ENGRAM_SEVERITY_ERROR] = { N_("Errors"), N_("Error"), "dialog-error-symbolic" },
};

const char *
engram_severity_get_title (EngramSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return _(severities[severity].title);
}

const char *
engram_severity_get_label (EngramSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return _(severities[severity].label);
}

const char *
engram_severity_get_icon (EngramSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return severities[severity].icon;
}

guint64
engram_integrity_report_count (EngramIntegrityReport *report,
                               EngramSeverity         severity)
{
  GPtrArray *findings = engram_integrity_report_get_findings (report);
  guint64 count = 0;

  for (guint i = 0; i < findings->len; i++)
    {
      const EngramFinding *finding = g_ptr_array_index (findings, i);

      if (engram_finding_get_severity (finding) == severity)
        count += engram_finding_get_count (finding);
    }
  return count;
}

static char *
format_count (guint64        count,
              EngramSeverity severity)
{
  g_autofree char *number = engram_format_count (count);
  gulong n = (gulong) count;

  switch (severity)
    {
    case ENGRAM_SEVERITY_ERROR:
      return g_strdup_printf (ngettext ("%s Error", "%s Errors", n), number);
    case ENGRAM_SEVERITY_WARNING:
      return g_strdup_printf (ngettext ("%s Warning", "%s Warnings", n), number);
    default:
      return g_strdup_printf (ngettext ("%s Note", "%s Notes", n), number);
    }
}

char *
engram_integrity_report_dup_title (EngramIntegrityReport *report)
{
  guint64 n_errors = engram_integrity_report_count (report, ENGRAM_SEVERITY_ERROR);
  guint64 n_warnings = engram_integrity_report_count (report, ENGRAM_SEVERITY_WARNING);
  g_autofree char *errors = format_count (n_errors, ENGRAM_SEVERITY_ERROR);
  g_autofree char *warnings = format_count (n_warnings, ENGRAM_SEVERITY_WARNING);

  if (engram_integrity_report_get_findings (report)->len == 0)
    return g_strdup (_("Nothing Was Found"));
  if (n_errors == 0 && n_warnings == 0)
    return g_strdup (_("No Errors and No Warnings"));
  if (n_errors == 0 || n_warnings == 0)
    return g_strdup (n_errors > 0 ? errors : warnings);
  /* Translators: "8 Errors" and "1 Warning". */
  return g_strdup_printf (_("%s and %s"), errors, warnings);
}

static const char *
get_meaning (EngramIntegrityReport *report)
{
  EngramSeverity worst;

  if (!engram_integrity_report_get_worst (report, &worst))
    return _("The network is sound.");
  switch (worst)
    {
    case ENGRAM_SEVERITY_ERROR:
      return _("Some of what is stored cannot be what was meant.");
    case ENGRAM_SEVERITY_WARNING:
      return _("Some programs may stumble over what is unusual here.");
    default:
      return _("There are notes only: nothing is wrong.");
    }
}

char *
engram_integrity_report_dup_summary (EngramIntegrityReport *report)
{
  guint64 n_neurons = engram_integrity_report_get_neurons (report);
  guint64 n_synapses = engram_integrity_report_get_synapses (report);
  g_autofree char *neuron_count = engram_format_count (n_neurons);
  g_autofree char *synapse_count = engram_format_count (n_synapses);
  g_autofree char *neurons = g_strdup_printf (ngettext ("%s neuron", "%s neurons", (gulong) n_neurons), neuron_count);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%s synapse", "%s synapses", (gulong) n_synapses),
                                               synapse_count);
  double taken = MAX (engram_integrity_report_get_seconds (report), 0.01);
  g_autofree char *seconds = engram_format_decimals (taken, taken < 1 ? 2 : 1);
  /* Translators: "12 neurons", "3 synapses", how many seconds. */
  g_autofree char *checked = g_strdup_printf (_("Checked %s and %s in %s seconds."), neurons, synapses, seconds);
  const char *quick = _("This was a quick look: SQLite’s own check of the file was left out.");

  if (engram_integrity_report_get_with_sqlite (report))
    return g_strdup_printf ("%s %s", get_meaning (report), checked);
  return g_strdup_printf ("%s %s %s", get_meaning (report), checked, quick);
}

char *
engram_integrity_report_dup_problems (EngramIntegrityReport *report)
{
  guint64 n = engram_integrity_report_count (report, ENGRAM_SEVERITY_ERROR) +
              engram_integrity_report_count (report, ENGRAM_SEVERITY_WARNING);
  g_autofree char *number = engram_format_count (n);

  return g_strdup_printf (ngettext ("%s problem found", "%s problems found", (gulong) n), number);
}
