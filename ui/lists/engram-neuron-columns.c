/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-columns-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-text-format.h"
#include "common/engram-type-style.h"

/* More than the widest cell shows. */
#define MAX_TEXT 300

static char *
format_type (const EngramRecordValues *values)
{
  return engram_type_style_dup_label (values->neuron->type);
}

static char *
exact_type (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->neuron->type);
}

static const char *
get_type (const EngramRecordValues *values)
{
  return values->neuron->type != NULL ? values->neuron->type : "";
}

static char *
format_summary (const EngramRecordValues *values)
{
  return engram_format_line (engram_neuron_get_summary (values->neuron), MAX_TEXT);
}

static char *
exact_summary (const EngramRecordValues *values)
{
  return engram_columns_dup_text (engram_neuron_get_summary (values->neuron));
}

static void
add_tag (const char     *name,
         const char     *value,
         EngramJsonType  type,
         gpointer        user_data)
{
  GString *tags = user_data;
  g_autofree char *text = engram_json_get_string (value);

  if (tags->len > 0)
    g_string_append (tags, ", ");
  g_string_append (tags, text != NULL ? text : value);
}

static char *
exact_tags (const EngramRecordValues *values)
{
  const char *json = values->neuron->semantic_tags;
  GString *tags = g_string_new (NULL);

  /* Tags that are broken JSON are shown as they stand. */
  if (json != NULL && !engram_json_foreach (json, add_tag, tags))
    g_string_assign (tags, json);
  return g_string_free (tags, FALSE);
}

static char *
format_tags (const EngramRecordValues *values)
{
  g_autofree char *tags = exact_tags (values);

  return engram_format_line (tags, MAX_TEXT);
}

/* Numbers: what is NULL is empty, what is no number is NaN. */

static char *
format_axis (const EngramRecordValues *values,
             guint                     axis)
{
  return engram_format_decimals (values->neuron->position[axis], 1);
}

static char *
format_x (const EngramRecordValues *values)
{
  return format_axis (values, 0);
}

static char *
format_y (const EngramRecordValues *values)
{
  return format_axis (values, 1);
}

static char *
format_z (const EngramRecordValues *values)
{
  return format_axis (values, 2);
}

static char *
exact_x (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->neuron->position[0]);
}

static char *
exact_y (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->neuron->position[1]);
}

static char *
exact_z (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->neuron->position[2]);
}

static char *
format_activation (const EngramRecordValues *values)
{
  const EngramNeuron *neuron = values->neuron;

  if ((neuron->nulls & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0)
    return g_strdup ("");
  return engram_format_level (engram_neuron_get_number (neuron, ENGRAM_NEURON_ACTIVATION_LEVEL));
}

static char *
exact_activation (const EngramRecordValues *values)
{
  const EngramNeuron *neuron = values->neuron;

  if ((neuron->nulls & ENGRAM_NEURON_ACTIVATION_LEVEL) != 0)
    return g_strdup ("");
  return engram_columns_dup_number (engram_neuron_get_number (neuron, ENGRAM_NEURON_ACTIVATION_LEVEL));
}

/* As searching and sorting see it: what the neuron has of its own, not the default of its type; else NaN. */
static double
get_importance (const EngramNeuron *neuron)
{
  g_autofree char *json = NULL;
  double number;

  if (neuron->fields != NULL)
    json = engram_json_object_get (neuron->fields, "importance");
  return json != NULL && engram_number_parse (json, strlen (json), &number) ? number : NAN;
}

static char *
format_importance (const EngramRecordValues *values)
{
  double importance = get_importance (values->neuron);

  return isnan (importance) ? g_strdup ("") : engram_format_level (importance);
}

static char *
exact_importance (const EngramRecordValues *values)
{
  return engram_columns_dup_number (get_importance (values->neuron));
}

static char *
format_degree (const EngramRecordValues *values)
{
  return engram_format_count ((guint64) values->outgoing + values->incoming);
}

static char *
exact_degree (const EngramRecordValues *values)
{
  return engram_columns_dup_count ((gint64) values->outgoing + values->incoming);
}

static char *
explain_degree (const EngramRecordValues *values)
{
  /* Translators: how many synapses start from a neuron and how many lead to it. */
  return g_strdup_printf (_("%u outgoing, %u incoming"), values->outgoing, values->incoming);
}

static char *
format_incoming (const EngramRecordValues *values)
{
  return engram_format_count (values->incoming);
}

static char *
exact_incoming (const EngramRecordValues *values)
{
  return engram_columns_dup_count (values->incoming);
}

static char *
format_outgoing (const EngramRecordValues *values)
{
  return engram_format_count (values->outgoing);
}

static char *
exact_outgoing (const EngramRecordValues *values)
{
  return engram_columns_dup_count (values->outgoing);
}

static char *
exact_executions (const EngramRecordValues *values)
{
  const EngramNeuron *neuron = values->neuron;

  if (((neuron->nulls | neuron->odd) & ENGRAM_NEURON_EXECUTION_COUNT) != 0)
    return g_strdup ("");
  return engram_columns_dup_count (neuron->execution_count);
}

static char *
format_executions (const EngramRecordValues *values)
{
  const EngramNeuron *neuron = values->neuron;

  if ((neuron->nulls & ENGRAM_NEURON_EXECUTION_COUNT) != 0)
    return g_strdup ("");
  if ((neuron->odd & ENGRAM_NEURON_EXECUTION_COUNT) != 0 || neuron->execution_count < 0)
    return engram_format_real (engram_neuron_get_number (neuron, ENGRAM_NEURON_EXECUTION_COUNT));
  return engram_format_count (neuron->execution_count);
}

static char *
format_created (const EngramRecordValues *values)
{
  return engram_format_day (values->neuron->created_at);
}

static char *
exact_created (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->neuron->created_at);
}

static char *
format_modified (const EngramRecordValues *values)
{
  return engram_format_time_short (values->neuron->modified_at);
}

static char *
exact_modified (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->neuron->modified_at);
}

static char *
exact_id (const EngramRecordValues *values)
{
  return engram_columns_dup_text (values->neuron->id);
}

static char *
format_id (const EngramRecordValues *values)
{
  return engram_format_line (values->neuron->id != NULL ? values->neuron->id : "", MAX_TEXT);
}

static char *
format_score (const EngramRecordValues *values)
{
  return isnan (values->score) ? g_strdup ("") : engram_format_decimals (values->score, 3);
}

static char *
exact_score (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->score);
}

/* Results of analyses */

static char *
format_group (const EngramRecordValues *values,
              EngramAnalysis            analysis)
{
  double number = values->analyses[analysis];

  return isnan (number) ? g_strdup ("") : engram_format_count ((guint64) number);
}

static char *
format_number (const EngramRecordValues *values,
               EngramAnalysis            analysis)
{
  double number = values->analyses[analysis];

  return isnan (number) ? g_strdup ("") : engram_format_rounded (number);
}

static char *
format_community (const EngramRecordValues *values)
{
  return format_group (values, ENGRAM_ANALYSIS_COMMUNITY);
}

static char *
format_component (const EngramRecordValues *values)
{
  return format_group (values, ENGRAM_ANALYSIS_COMPONENT);
}

static char *
format_page_rank (const EngramRecordValues *values)
{
  return format_number (values, ENGRAM_ANALYSIS_PAGE_RANK);
}

static char *
format_betweenness (const EngramRecordValues *values)
{
  return format_number (values, ENGRAM_ANALYSIS_BETWEENNESS);
}

static char *
format_faithfulness (const EngramRecordValues *values)
{
  return format_number (values, ENGRAM_ANALYSIS_FAITHFULNESS);
}

static char *
exact_community (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_COMMUNITY]);
}

static char *
exact_component (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_COMPONENT]);
}

static char *
exact_page_rank (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_PAGE_RANK]);
}

static char *
exact_betweenness (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_BETWEENNESS]);
}

static char *
exact_faithfulness (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_FAITHFULNESS]);
}

/* Differences from another file */

static char *
format_change (const EngramRecordValues *values)
{
  return engram_columns_format_change (values, ENGRAM_ANALYSIS_CHANGE);
}

static char *
exact_change (const EngramRecordValues *values)
{
  return engram_columns_exact_change (values, ENGRAM_ANALYSIS_CHANGE);
}

static char *
format_moved (const EngramRecordValues *values)
{
  return format_number (values, ENGRAM_ANALYSIS_MOVED);
}

static char *
exact_moved (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_MOVED]);
}

static char *
format_drift (const EngramRecordValues *values)
{
  return format_number (values, ENGRAM_ANALYSIS_DRIFT);
}

static char *
exact_drift (const EngramRecordValues *values)
{
  return engram_columns_dup_number (values->analyses[ENGRAM_ANALYSIS_DRIFT]);
}

/* Type and text come first: a window of 360 pixels shows these. */
static const EngramColumnDetails columns[] = {
  { { "type", N_("Type"), ENGRAM_SORT_TYPE, TRUE }, 10, 11, ENGRAM_CELL_TYPE,
    format_type, exact_type, NULL, get_type },
  { { "text", N_("Text"), ENGRAM_SORT_SUMMARY, TRUE }, 22, 44, ENGRAM_CELL_EXPAND,
    format_summary, exact_summary, format_summary, NULL },
  { { "score", N_("Score"), ENGRAM_SORT_SCORE, TRUE }, 6, 6, ENGRAM_CELL_NUMBER,
    format_score, exact_score, exact_score, NULL },
  { { "tags", N_("Tags"), ENGRAM_SORT_TAGS, TRUE }, 12, 18, ENGRAM_CELL_PLAIN,
    format_tags, exact_tags, exact_tags, NULL },
  { { "x", N_("X"), ENGRAM_SORT_X, FALSE }, 6, 7, ENGRAM_CELL_NUMBER, format_x, exact_x, exact_x, NULL },
  { { "y", N_("Y"), ENGRAM_SORT_Y, FALSE }, 6, 7, ENGRAM_CELL_NUMBER, format_y, exact_y, exact_y, NULL },
  { { "z", N_("Z"), ENGRAM_SORT_Z, FALSE }, 6, 7, ENGRAM_CELL_NUMBER, format_z, exact_z, exact_z, NULL },
  { { "activation", N_("Activation"), ENGRAM_SORT_ACTIVATION, TRUE }, 5, 5, ENGRAM_CELL_NUMBER,
    format_activation, exact_activation, exact_activation, NULL },
  { { "importance", N_("Importance"), ENGRAM_SORT_IMPORTANCE, FALSE }, 5, 5, ENGRAM_CELL_NUMBER,
    format_importance, exact_importance, exact_importance, NULL },
  { { "synapses", N_("Synapses"), ENGRAM_SORT_DEGREE, TRUE }, 5, 6, ENGRAM_CELL_NUMBER,
    format_degree, exact_degree, explain_degree, NULL },
  { { "incoming", N_("Incoming"), ENGRAM_SORT_IN, FALSE }, 5, 6, ENGRAM_CELL_NUMBER,
    format_incoming, exact_incoming, NULL, NULL },
  { { "outgoing", N_("Outgoing"), ENGRAM_SORT_OUT, FALSE }, 5, 6, ENGRAM_CELL_NUMBER,
    format_outgoing, exact_outgoing, NULL, NULL },
  { { "community", N_("Community"), ENGRAM_SORT_COMMUNITY, TRUE }, 5, 6, ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE,
    format_community, exact_community, NULL, NULL },
  { { "component", N_("Component"), ENGRAM_SORT_COMPONENT, TRUE }, 5, 6, ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE,
    format_component, exact_component, NULL, NULL },
  { { "pagerank", N_("PageRank"), ENGRAM_SORT_PAGE_RANK, TRUE }, 6, 8, ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE,
    format_page_rank, exact_page_rank, exact_page_rank, NULL },
  { { "betweenness", N_("Betweenness"), ENGRAM_SORT_BETWEENNESS, TRUE }, 6, 8, ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE,
    format_betweenness, exact_betweenness, exact_betweenness, NULL },
  { { "faithfulness", N_("Faithfulness"), ENGRAM_SORT_FAITHFULNESS, TRUE }, 5, 6,
    ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE, format_faithfulness, exact_faithfulness, exact_faithfulness, NULL },
  { { "change", N_("Change"), ENGRAM_SORT_CHANGE, TRUE }, 8, 10, ENGRAM_CELL_LATE,
    format_change, exact_change, NULL, NULL },
  { { "moved", N_("Moved"), ENGRAM_SORT_MOVED, TRUE }, 6, 8, ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE,
    format_moved, exact_moved, exact_moved, NULL },
  { { "drift", N_("Vector Drift"), ENGRAM_SORT_DRIFT, TRUE }, 6, 8, ENGRAM_CELL_NUMBER | ENGRAM_CELL_LATE,
    format_drift, exact_drift, exact_drift, NULL },
  { { "executions", N_("Executions"), ENGRAM_SORT_EXECUTIONS, FALSE }, 5, 6, ENGRAM_CELL_NUMBER,
    format_executions, exact_executions, NULL, NULL },
  { { "created", N_("Created"), ENGRAM_SORT_CREATED, FALSE }, 10, 10, ENGRAM_CELL_FIGURES,
    format_created, exact_created, exact_created, NULL },
  { { "modified", N_("Modified"), ENGRAM_SORT_MODIFIED, TRUE }, 16, 16, ENGRAM_CELL_FIGURES,
    format_modified, exact_modified, exact_modified, NULL },
  { { "id", N_("Id"), ENGRAM_SORT_ID, FALSE }, 10, 36, ENGRAM_CELL_FIGURES,
    format_id, exact_id, exact_id, NULL },
};

const EngramColumnDetails *
engram_columns_list_neurons (gsize *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}
