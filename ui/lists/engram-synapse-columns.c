/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-columns-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"

/* More than the widest cell shows. */
#define MAX_TEXT 300

/* The neurons at both ends */

static char *
format_end (const char *summary)
{
  return summary != NULL ? engram_format_line (summary, MAX_TEXT) : g_strdup (_("This neuron does not exist"));
}

static char *
format_source (const EngramRecordValues *values)
{
  return format_end (values->source_summary);
}

static char *
format_target (const EngramRecordValues *values)
{
  return format_end (values->target_summary);
}

static char *
exact_source (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->source_summary);
}

static char *
exact_target (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->target_summary);
}

static char *
explain_end (const char *summary,
             const char *id)
{
  g_autofree char *text = format_end (summary);
  g_autofree char *line = engram_format_line (id != NULL ? id : "", MAX_TEXT);

  return g_strdup_printf ("%s\n%s", text, line);
}

static char *
explain_source (const EngramRecordValues *values)
{
  return explain_end (values->source_summary, values->synapse->source_id);
}

static char *
explain_target (const EngramRecordValues *values)
{
  return explain_end (values->target_summary, values->synapse->target_id);
}

static const char *
get_source_type (const EngramRecordValues *values)
{
  return values->source_type;
}

static const char *
get_target_type (const EngramRecordValues *values)
{
  return values->target_type;
}

/* Numbers */

static double
get_weight (const EngramSynapse *synapse)
{
  return (synapse->odd & ENGRAM_SYNAPSE_WEIGHT) != 0 ? NAN : synapse->weight;
}

static char *
format_weight (const EngramRecordValues *values)
{
  return engram_format_weight (get_weight (values->synapse));
}

static char *
exact_weight (const EngramRecordValues *values)
{
  return engram_columns_dup_number (get_weight (values->synapse));
}

static char *
format_strength (const EngramRecordValues *values)
{
  return engram_format_level (fabs (get_weight (values->synapse)));
}

static char *
exact_strength (const EngramRecordValues *values)
{
  return engram_columns_dup_number (fabs (get_weight (values->synapse)));
}

static char *
exact_usage (const EngramRecordValues *values)
{
  const EngramSynapse *synapse = values->synapse;

  if (((synapse->nulls | synapse->odd) & ENGRAM_SYNAPSE_USAGE_COUNT) != 0)
    return g_strdup ("");
  return engram_columns_dup_count (synapse->usage_count);
}

static char *
format_usage (const EngramRecordValues *values)
{
  const EngramSynapse *synapse = values->synapse;

  if ((synapse->nulls & ENGRAM_SYNAPSE_USAGE_COUNT) != 0)
    return g_strdup ("");
  if ((synapse->odd & ENGRAM_SYNAPSE_USAGE_COUNT) != 0)
    return engram_format_real (NAN);
  return synapse->usage_count < 0 ? engram_format_real (synapse->usage_count)
                                  : engram_format_count (synapse->usage_count);
}

/* Texts */

static char *
format_type (const EngramRecordValues *values)
{
  return engram_format_line (values->synapse->type != NULL ? values->synapse->type : "", MAX_TEXT);
}

static char *
exact_type (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->synapse->type);
}

static char *
format_last_traversed (const EngramRecordValues *values)
{
  return engram_format_time_short (values->synapse->last_traversed);
}

static char *
exact_last_traversed (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->synapse->last_traversed);
}

static char *
format_created (const EngramRecordValues *values)
{
  return engram_format_day (values->synapse->created_at);
}

static char *
exact_created (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->synapse->created_at);
}

static char *
format_modified (const EngramRecordValues *values)
{
  return engram_format_time_short (values->synapse->modified_at);
}

static char *
exact_modified (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->synapse->modified_at);
}

static char *
format_id (const EngramRecordValues *values)
{
  return engram_format_line (values->synapse->id != NULL ? values->synapse->id : "", MAX_TEXT);
}

static char *
exact_id (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->synapse->id);
}

/* Differences from another file */

static char *
format_change (const EngramRecordValues *values)
{
  return engram_columns_format_change (values, ENGRAM_ANALYSIS_SYNAPSE_CHANGE);
}

static char *
exact_change (const EngramRecordValues *values)
{
  return engram_columns_exact_change (values, ENGRAM_ANALYSIS_SYNAPSE_CHANGE);
}

static char *
format_weight_change (const EngramRecordValues *values)
{
  double change = values->analyses[ENGRAM_ANALYSIS_WEIGHT_CHANGE];

  return isnan (change) ? g_strdup ("") : engram_format_weight (change);
}

static char *
exact_weight_change (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_WEIGHT_CHANGE]);
}

/* Both ends come first: a window of 360 pixels shows these. */
static const EngramColumnDetails columns[] = {
  { { "from", N_("From"), ENGRAM_SORT_SOURCE, TRUE }, 18, 30, ENGRAM_CELL_TYPE | ENGRAM_CELL_EXPAND,
    format_source, exact_source, explain_source, get_source_type },
  { { "to", N_("To"), ENGRAM_SORT_TARGET, TRUE }, 18, 30, ENGRAM_CELL_TYPE | ENGRAM_CELL_EXPAND,
    format_target, exact_target, explain_target, get_target_type },
  { { "weight", N_("Weight"), ENGRAM_SORT_WEIGHT, TRUE }, 6, 6, ENGRAM_CELL_NUMBER | ENGRAM_CELL_WEIGHT,
    format_weight, exact_weight, exact_weight, NULL },
  { { "strength", N_("Strength"), ENGRAM_SORT_STRENGTH, FALSE }, 5, 5, ENGRAM_CELL_NUMBER,
    format_strength, exact_strength, exact_strength, NULL },
  { { "change", N_("Change"), ENGRAM_SORT_CHANGE, TRUE }, 8, 10, ENGRAM_CELL_LATE,
    format_change, exact_change, NULL, NULL },
  { { "weight-change", N_("Weight Change"), ENGRAM_SORT_WEIGHT_CHANGE, TRUE }, 6, 8,
    ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE, format_weight_change, exact_weight_change, exact_weight_change, NULL },
  { { "type", N_("Type"), ENGRAM_SORT_TYPE, TRUE }, 10, 12, ENGRAM_CELL_PLAIN,
    format_type, exact_type, NULL, NULL },
  { { "usage", N_("Usage"), ENGRAM_SORT_USAGE, TRUE }, 5, 6, ENGRAM_CELL_NUMBER,
    format_usage, exact_usage, NULL, NULL },
  { { "last-traversed", N_("Last Traversed"), ENGRAM_SORT_LAST_TRAVERSED, TRUE }, 10, 16, ENGRAM_CELL_FIGURES,
    format_last_traversed, exact_last_traversed, exact_last_traversed, NULL },
  { { "created", N_("Created"), ENGRAM_SORT_CREATED, FALSE }, 10, 10, ENGRAM_CELL_FIGURES,
    format_created, exact_created, exact_created, NULL },
  { { "modified", N_("Modified"), ENGRAM_SORT_MODIFIED, FALSE }, 10, 16, ENGRAM_CELL_FIGURES,
    format_modified, exact_modified, exact_modified, NULL },
  { { "id", N_("Id"), ENGRAM_SORT_ID, FALSE }, 10, 36, ENGRAM_CELL_FIGURES,
    format_id, exact_id, exact_id, NULL },
};

const EngramColumnDetails *
engram_columns_list_synapses (gsize *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}
