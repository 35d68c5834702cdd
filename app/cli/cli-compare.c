/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-command.h"
#include "cli-output.h"

#include <engram.h>
#include <glib/gi18n.h>

#define USUAL_LIMIT 10

/* Two files and what differs between them. */
typedef struct {
  EngramDatabase   *database;
  EngramDatabase   *other;
  EngramComparison *comparison;
  guint             limit;      /* so many records of a kind and status are listed */
  double            seconds;
} Compared;

static const struct {
  EngramComparisonStatus  status;
  const char             *name;  /* in JSON */
  const char             *sign;  /* in text */
} listed[] = {
  { ENGRAM_COMPARISON_ADDED, "added", "+" },
  { ENGRAM_COMPARISON_REMOVED, "removed", "-" },
  { ENGRAM_COMPARISON_CHANGED, "changed", "~" },
  { ENGRAM_COMPARISON_UNCLEAR, "unclear", "?" },
};

static void
compared_clear (Compared *self)
{
  g_clear_pointer (&self->comparison, engram_comparison_unref);
  g_clear_object (&self->database);
  g_clear_object (&self->other);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Compared, compared_clear)

/* A backup may be named by its manifest. */
static EngramDatabase *
open_other (CliCall     *call,
            const char  *path,
            GError     **error)
{
  g_autoptr (EngramBackup) backup = NULL;

  if (g_str_has_suffix (path, ".json"))
    {
      backup = engram_backup_read (path, error);
      if (backup == NULL)
        return NULL;
      path = backup->path;
    }
  return engram_database_open (path, call->cancellable, error);
}

static gboolean
compare (CliCall   *call,
         Compared  *compared,
         GError   **error)
{
  gint64 start = g_get_monotonic_time ();

  compared->database = engram_database_open (call->file, call->cancellable, error);
  if (compared->database == NULL)
    return FALSE;
  compared->other = open_other (call, call->arguments[1], error);
  if (compared->other == NULL)
    return FALSE;
  compared->comparison = engram_comparison_new (compared->database, compared->other, cli_progress, NULL,
                                                call->cancellable, error);
  compared->seconds = cli_seconds_since (start);
  return compared->comparison != NULL;
}

/* (transfer full): the first records of a status, or NULL with @error set */
static GPtrArray *
list_items (CliCall                 *call,
            const Compared          *compared,
            EngramRecordKind         kind,
            EngramComparisonStatus   status,
            GError                 **error)
{
  return engram_comparison_list_items (compared->comparison, compared->database, compared->other, kind, status, 0,
                                       compared->limit, call->cancellable, error);
}

/* JSON */

static void
append_item_json (const EngramComparisonItem *item,
                  const char                 *status,
                  GString                    *json)
{
  const EngramComparisonRow *row = &item->row;

  cli_json_item (json);
  cli_json_begin (json);
  cli_json_text (json, "status", status);
  cli_json_text (json, "id", item->id);
  cli_json_text (json, "name", item->name);
  cli_json_begin_list (json, "fields");
  for (gsize i = 0; item->fields[i] != NULL; i++)
    cli_json_item_text (json, item->fields[i]);
  cli_json_end_list (json);
  if (row->kind == ENGRAM_RECORD_NEURON)
    {
      cli_json_real (json, "moved", row->moved);
      cli_json_real (json, "drift", row->drift);
      cli_json_real (json, "drift_length", row->drift_length);
      cli_json_real (json, "activation_change", row->activation_change);
    }
  else
    {
      cli_json_real (json, "weight_change", row->weight_change);
    }
  cli_json_end (json);
}

static void
append_counts_json (const EngramComparisonCounts *counts,
                    GString                      *json)
{
  cli_json_integer (json, "rows", counts->today);
  cli_json_integer (json, "other_rows", counts->other);
  cli_json_integer (json, "same", counts->same);
  cli_json_integer (json, "touched", counts->touched);
  cli_json_integer (json, "added", counts->added);
  cli_json_integer (json, "removed", counts->removed);
  cli_json_integer (json, "changed", counts->changed);
  cli_json_integer (json, "unclear", counts->unclear);
  cli_json_integer (json, "other_unclear", counts->unclear_other);
}

static void
append_fields_json (EngramComparison *comparison,
                    EngramRecordKind  kind,
                    GString          *json)
{
  cli_json_begin_list (json, "fields");
  for (guint i = 0; i < engram_comparison_get_n_fields (comparison, kind); i++)
    {
      guint64 n_rows;
      const char *name = engram_comparison_get_field_name (comparison, kind, i, &n_rows);

      if (n_rows == 0)
        continue;
      cli_json_item (json);
      cli_json_begin (json);
      cli_json_text (json, "name", name);
      cli_json_integer (json, "changed", n_rows);
      cli_json_end (json);
    }
  cli_json_end_list (json);
}

static gboolean
append_kind_json (CliCall           *call,
                  const Compared    *compared,
                  EngramRecordKind   kind,
                  GString           *json,
                  GError           **error)
{
  cli_json_name (json, kind == ENGRAM_RECORD_NEURON ? "neurons" : "synapses");
  cli_json_begin (json);
  append_counts_json (engram_comparison_get_counts (compared->comparison, kind), json);
  append_fields_json (compared->comparison, kind, json);
  cli_json_begin_list (json, "records");
  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      g_autoptr (GPtrArray) items = list_items (call, compared, kind, listed[i].status, error);

      if (items == NULL)
        return FALSE;
      for (guint j = 0; j < items->len; j++)
        append_item_json (items->pdata[j], listed[i].name, json);
    }
  cli_json_end_list (json);
  cli_json_end (json);
  return TRUE;
}

static gboolean
append_json (CliCall         *call,
             const Compared  *compared,
             GString         *json,
             GError         **error)
{
  g_autofree char *summary = engram_comparison_dup_summary (compared->comparison);

  cli_json_begin (json);
  cli_json_path (json, call->file);
  cli_json_filename (json, "other", engram_database_get_path (compared->other));
  cli_json_boolean (json, "same", engram_comparison_is_same (compared->comparison));
  cli_json_text (json, "summary", summary);
  if (!append_kind_json (call, compared, ENGRAM_RECORD_NEURON, json, error) ||
      !append_kind_json (call, compared, ENGRAM_RECORD_SYNAPSE, json, error))
    return FALSE;
  cli_json_real (json, "seconds", compared->seconds);
  cli_json_end (json);
  return TRUE;
}

/* Text */

static void
append_fields_text (EngramComparison *comparison,
                    EngramRecordKind  kind,
                    GString          *text)
{
  gboolean any = FALSE;

  for (guint i = 0; i < engram_comparison_get_n_fields (comparison, kind); i++)
    {
      guint64 n_rows;
      g_autofree char *name = cli_clean_text (engram_comparison_get_field_name (comparison, kind, i, &n_rows),
                                              G_MAXSIZE);
      g_autofree char *count = cli_format_count (n_rows);

      if (n_rows == 0)
        continue;
      if (!any)
        g_string_append_printf (text, "  %s", _("Fields that differ:"));
      g_string_append_printf (text, "%s %s %s", any ? "," : "", name, count);
      any = TRUE;
    }
  if (any)
    g_string_append_c (text, '\n');
}

static void
append_item_text (const EngramComparisonItem *item,
                  const char                 *sign,
                  GString                    *text)
{
  g_autofree char *fields = g_strjoinv (", ", item->fields);
  g_autofree char *id = cli_clean_text (item->id != NULL ? item->id : "-", G_MAXSIZE);
  g_autofree char *name = cli_clean_text (item->name, G_MAXSIZE);
  g_autofree char *shown_fields = cli_clean_text (fields, G_MAXSIZE);

  g_string_append_printf (text, "  %s %s  %s", sign, id, name);
  if (*fields != '\0')
    g_string_append_printf (text, "  [%s]", shown_fields);
  g_string_append_c (text, '\n');
}

static gboolean
append_items_text (CliCall           *call,
                   const Compared    *compared,
                   EngramRecordKind   kind,
                   gsize              which,
                   GString           *text,
                   GError           **error)
{
  guint64 n_rows = engram_comparison_get_n_rows (compared->comparison, kind, listed[which].status);
  g_autoptr (GPtrArray) items = list_items (call, compared, kind, listed[which].status, error);
  g_autofree char *more = NULL;

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    append_item_text (items->pdata[i], listed[which].sign, text);
  if (n_rows == items->len)
    return TRUE;
  more = cli_format_count (n_rows - items->len);
  g_string_append_printf (text, "  %s ", listed[which].sign);
  /* Translators: follows some neurons or synapses; so many are not shown. */
  g_string_append_printf (text, ngettext ("… and %s more", "… and %s more", (gulong) (n_rows - items->len)), more);
  g_string_append_c (text, '\n');
  return TRUE;
}

static gboolean
has_differences (EngramComparison *comparison,
                 EngramRecordKind  kind)
{
  guint64 n_rows = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    n_rows += engram_comparison_get_n_rows (comparison, kind, listed[i].status);
  return n_rows > 0;
}

static gboolean
append_kind_text (CliCall           *call,
                  const Compared    *compared,
                  EngramRecordKind   kind,
                  GString           *text,
                  GError           **error)
{
  if (!has_differences (compared->comparison, kind))
    return TRUE;
  g_string_append_printf (text, "%s\n", kind == ENGRAM_RECORD_NEURON ? _("Neurons") : _("Synapses"));
  append_fields_text (compared->comparison, kind, text);
  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    if (!append_items_text (call, compared, kind, i, text, error))
      return FALSE;
  g_string_append_c (text, '\n');
  return TRUE;
}

static gboolean
append_text (CliCall         *call,
             const Compared  *compared,
             GString         *text,
             GError         **error)
{
  g_autofree char *summary = engram_comparison_dup_summary (compared->comparison);
  g_autofree char *shown = cli_clean_text (summary, G_MAXSIZE);

  if (!append_kind_text (call, compared, ENGRAM_RECORD_NEURON, text, error) ||
      !append_kind_text (call, compared, ENGRAM_RECORD_SYNAPSE, text, error))
    return FALSE;
  g_string_append (text, shown);
  return TRUE;
}

static int
run_compare (CliCall  *call,
             int       argc,
             char    **argv)
{
  g_autofree char *limit_text = NULL;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_STRING, &limit_text, N_("List at most so many of each kind (10)"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  g_auto (Compared) compared = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint64 limit = USUAL_LIMIT;

  if (!cli_call_parse (call, entries,
                       _("Tells what differs in FILE: neurons and synapses that OTHER, a backup or any other network,\n"
                         "has not (+), that only OTHER has (-), and that both have with other values (~).\n"
                         "Exit status: 0 where nothing differs, 3 where something does."), argc, argv)
      || !cli_parse_count (call, "--limit", limit_text, 0, G_MAXUINT, &limit))
    return CLI_USAGE;

  compared.limit = (guint) limit;
  if (!compare (call, &compared, &error) ||
      !(call->json ? append_json (call, &compared, text, &error) : append_text (call, &compared, text, &error)))
    return cli_call_fail (call, error);
  return cli_call_finish (call, text, engram_comparison_is_same (compared.comparison) ? CLI_DONE : CLI_FOUND);
}

const CliCommand cli_command_compare = {
  "compare", N_("FILE OTHER"), N_("Tell what differs between two networks"), run_compare,
};
