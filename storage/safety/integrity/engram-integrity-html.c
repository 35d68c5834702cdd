/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "safety/integrity/engram-integrity-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many ids of a finding stand in the page; the JSON report has all. */
#define MAX_IDS 1000

static const char style[] =
  ":root{color-scheme:light dark;--text:#241f31;--dim:#5e5c64;--back:#fff;--card:#f6f5f4;--line:#c0bfbc;"
  "--error:#a51d2d;--warning:#8a4500;--note:#1a5fb4}\n"
  "@media(prefers-color-scheme:dark){:root{--text:#f6f5f4;--dim:#c0bfbc;--back:#1e1e1e;--card:#2b2b2b;--line:#5e5c64;"
  "--error:#ff8a8a;--warning:#ffbe6f;--note:#99c1f1}}\n"
  "body{font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:60rem;margin:0 auto;"
  "padding:2rem 1rem}\n"
  "h1{font-size:1.8rem;line-height:1.2}h2{font-size:1.3rem;margin-top:2.5rem}h3{font-size:1.1rem;margin:0}\n"
  "dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem}dt{color:var(--dim)}dd{margin:0;"
  "overflow-wrap:anywhere}\n"
  "table{border-collapse:collapse;width:100%}caption{text-align:start;color:var(--dim);padding-bottom:.5rem}\n"
  "th,td{text-align:start;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}"
  "td.count{text-align:end;font-variant-numeric:tabular-nums}\n"
  "section.finding{background:var(--card);border-inline-start:.4rem solid var(--note);padding:1rem;margin:1rem 0;"
  "overflow-wrap:anywhere}section.warning{border-color:var(--warning)}section.error{border-color:var(--error)}\n"
  ".severity{font-weight:bold;color:var(--note)}.warning .severity{color:var(--warning)}"
  ".error .severity{color:var(--error)}\n"
  "ul.ids{columns:20rem;font-family:monospace;font-size:.85rem;padding-inline-start:1.2rem}\n"
  "a{color:inherit}footer{color:var(--dim);margin-top:3rem}\n"
  "@media print{:root{color-scheme:light;--text:#000;--dim:#444;--back:#fff;--card:#fff;--line:#888;--error:#a51d2d;"
  "--warning:#8a4500;--note:#1a5fb4}body{max-width:none;padding:0;font-size:10pt}h3{break-after:avoid}"
  "tr,ul.ids li{break-inside:avoid}thead{display:table-header-group}}\n";

static void G_GNUC_PRINTF (2, 3)
append_escaped (GString    *html,
                const char *format,
                ...)
{
  va_list arguments;
  g_autofree char *escaped = NULL;

  va_start (arguments, format);
  escaped = g_markup_vprintf_escaped (format, arguments);
  va_end (arguments);
  g_string_append (html, escaped);
}

/* The language of the messages as HTML names it: "de_AT.UTF-8" is "de-AT". */
static char *
get_language (void)
{
  /* Where there is no translation, the messages are English. */
  gboolean is_translated = !g_str_equal (_("Integrity report"), "Integrity report");
  const char *name = is_translated ? g_get_language_names_with_category ("LC_MESSAGES")[0] : "en";
  char *language = g_strndup (name, strcspn (name, ".@"));

  return g_strdelimit (language, "_", '-');
}

static const char *
get_severity_label (EngramSeverity severity)
{
  switch (severity)
    {
    case ENGRAM_SEVERITY_ERROR:
      return C_("severity", "Error");
    case ENGRAM_SEVERITY_WARNING:
      return C_("severity", "Warning");
    default:
      return C_("severity", "Note");
    }
}

static void
append_head (GString    *html,
             const char *name)
{
  g_autofree char *language = get_language ();

  /* Also well-formed as XML, for programs that read pages so. */
  append_escaped (html,
                  "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                  "<meta http-equiv=\"Content-Security-Policy\""
                  " content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
                  "<title>%s: %s</title>\n<style>\n", language, _("Integrity report"), name);
  g_string_append (html, style);
  g_string_append (html, "</style>\n</head>\n<body>\n");
}

static void
append_fact (GString    *html,
             const char *name,
             const char *value)
{
  append_escaped (html, "<dt>%s</dt><dd><bdi>%s</bdi></dd>\n", name, value);
}

static void
append_facts (EngramIntegrityReport *self,
              GString               *html,
              const char            *path)
{
  g_autofree char *neurons = g_strdup_printf ("%'" G_GUINT64_FORMAT, self->neurons);
  g_autofree char *synapses = g_strdup_printf ("%'" G_GUINT64_FORMAT, self->synapses);
  /* Translators: a duration in seconds. */
  g_autofree char *seconds = g_strdup_printf (_("%.1f s"), self->seconds);

  g_string_append (html, "<dl>\n");
  append_fact (html, _("File"), path);
  append_fact (html, _("Checked"), self->time);
  append_fact (html, _("Duration"), seconds);
  append_fact (html, _("Neurons"), neurons);
  append_fact (html, _("Synapses"), synapses);
  g_string_append (html, "</dl>\n");
}

static const char *
get_conclusion (EngramIntegrityReport *self)
{
  EngramSeverity worst;

  if (!engram_integrity_report_get_worst (self, &worst))
    return _("Nothing was found: the network is sound.");
  switch (worst)
    {
    case ENGRAM_SEVERITY_ERROR:
      return _("There are errors: some of what is stored cannot be what was meant.");
    case ENGRAM_SEVERITY_WARNING:
      return _("There are warnings: some programs may stumble over what is unusual here.");
    default:
      return _("There are notes only: nothing is wrong.");
    }
}

static void
append_table (EngramIntegrityReport *self,
              GString               *html)
{
  append_escaped (html,
                  "<h2>%s</h2>\n<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th>"
                  "<th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
                  _("Overview"), _("What was found, the worst first"), _("Severity"), _("Kind"), _("How many"));
  for (guint i = 0; i < self->findings->len; i++)
    {
      const EngramFinding *finding = g_ptr_array_index (self->findings, i);
      EngramSeverity severity = engram_finding_get_severity (finding);
      const char *kind = engram_finding_get_kind (finding);

      append_escaped (html,
                      "<tr class=\"%s\"><td class=\"severity\">%s</td><th scope=\"row\"><a href=\"#%s\">%s</a></th>"
                      "<td class=\"count\">%'" G_GUINT64_FORMAT "</td></tr>\n",
                      engram_severity_to_string (severity), get_severity_label (severity), kind, kind,
                      engram_finding_get_count (finding));
    }
  g_string_append (html, "</tbody>\n</table>\n");
}

static void
append_ids (const EngramFinding *finding,
            GString             *html)
{
  guint64 count = engram_finding_get_count (finding);
  g_auto (GStrv) ids = engram_finding_get_ids (finding, 0, MAX_IDS);

  g_string_append (html, "<ul class=\"ids\">\n");
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = engram_integrity_make_printable (ids[i], G_MAXSIZE);

      append_escaped (html, "<li><bdi>%s</bdi></li>\n", id);
    }
  g_string_append (html, "</ul>\n");
  if (count > MAX_IDS)
    {
      g_autofree char *more = g_strdup_printf ("%'" G_GUINT64_FORMAT, count - MAX_IDS);

      g_string_append (html, "<p>");
      /* Translators: below a list of ids, %s is a number. */
      append_escaped (html, ngettext ("… and %s more, which the JSON report lists.",
                                      "… and %s more, which the JSON report lists.", count - MAX_IDS), more);
      g_string_append (html, "</p>\n");
    }
}

static void
append_finding (const EngramFinding *finding,
                GString             *html)
{
  EngramSeverity severity = engram_finding_get_severity (finding);
  const char *name = engram_severity_to_string (severity);
  const char *kind = engram_finding_get_kind (finding);
  const char *repair = engram_finding_get_repair (finding);

  append_escaped (html, "<section class=\"finding %s\" id=\"%s\" aria-labelledby=\"%s-title\">\n", name, kind, kind);
  append_escaped (html, "<h3 id=\"%s-title\">%s</h3>\n<p><span class=\"severity\">%s</span> · <code>%s</code></p>\n",
                  kind, finding->message, get_severity_label (severity), kind);
  if (repair != NULL)
    append_escaped (html, "<p>%s %s</p>\n", _("Repair:"), repair);
  append_ids (finding, html);
  g_string_append (html, "</section>\n");
}

static void
append_checks (EngramIntegrityReport *self,
               GString               *html)
{
  g_auto (GStrv) checks = engram_integrity_report_list_checks (self);

  append_escaped (html, "<h2>%s</h2>\n<ul>\n", _("What was checked"));
  for (guint i = 0; checks[i] != NULL; i++)
    append_escaped (html, "<li>%s</li>\n", checks[i]);
  g_string_append (html, "</ul>\n");
}

char *
engram_integrity_report_to_html (EngramIntegrityReport *self)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  GString *html;

  g_return_val_if_fail (self != NULL, NULL);

  html = g_string_new (NULL);
  path = engram_integrity_make_printable (self->path, G_MAXSIZE);
  name = g_path_get_basename (path);
  append_head (html, name);
  append_escaped (html, "<header>\n<h1>%s: <bdi>%s</bdi></h1>\n", _("Integrity report"), name);
  append_facts (self, html, path);
  append_escaped (html, "</header>\n<main>\n<p>%s</p>\n", get_conclusion (self));
  if (self->findings->len > 0)
    {
      append_table (self, html);
      append_escaped (html, "<h2>%s</h2>\n", _("Findings"));
    }
  for (guint i = 0; i < self->findings->len; i++)
    append_finding (g_ptr_array_index (self->findings, i), html);
  append_checks (self, html);
  g_string_append (html, "</main>\n<footer>");
  /* Translators: a program and its version. */
  append_escaped (html, _("Made by %s"), engram_integrity_get_maker ());
  g_string_append (html, "</footer>\n</body>\n</html>\n");
  return g_string_free (html, FALSE);
}
