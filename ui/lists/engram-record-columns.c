/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lists/engram-record-columns-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_KINDS 2

/* The columns of a kind with their titles translated, at the same index as their details. */
typedef struct {
  const EngramColumnDetails *details;
  EngramColumn *columns;
  gsize n_columns;
} ColumnTable;

static void
fill_table (ColumnTable               *table,
            const EngramColumnDetails *details,
            gsize                      n_columns)
{
  table->details = details;
  table->n_columns = n_columns;
  table->columns = g_new (EngramColumn, n_columns);
  for (gsize i = 0; i < n_columns; i++)
    {
      table->columns[i] = details[i].column;
      table->columns[i].title = _(details[i].column.title);
    }
}

static const ColumnTable *
get_tables (void)
{
  static ColumnTable tables[N_KINDS];
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      const EngramColumnDetails *details;
      gsize n_columns;

      details = engram_columns_list_neurons (&n_columns);
      fill_table (&tables[ENGRAM_RECORD_NEURON], details, n_columns);
      details = engram_columns_list_synapses (&n_columns);
      fill_table (&tables[ENGRAM_RECORD_SYNAPSE], details, n_columns);
      g_once_init_leave (&filled, 1);
    }
  return tables;
}

/**
 * engram_columns_list:
 * @kind: neurons or synapses
 * @n_columns: (out): how many
 *
 * Any thread.
 *
 * Returns: (transfer none) (array length=n_columns): all columns of a kind, in their first order
 */
const EngramColumn *
engram_columns_list (EngramRecordKind  kind,
                     gsize            *n_columns)
{
  const ColumnTable *table = &get_tables ()[kind];

  *n_columns = table->n_columns;
  return table->columns;
}

/**
 * engram_columns_find:
 * @kind: neurons or synapses
 * @name: the fixed name of a column
 *
 * Returns: (transfer none) (nullable): the column of that name
 */
const EngramColumn *
engram_columns_find (EngramRecordKind  kind,
                     const char       *name)
{
  const ColumnTable *table = &get_tables ()[kind];

  for (gsize i = 0; i < table->n_columns; i++)
    if (g_str_equal (table->columns[i].name, name))
      return &table->columns[i];
  return NULL;
}

static EngramRecordKind
get_kind (const EngramColumn *column)
{
  const ColumnTable *neurons = &get_tables ()[ENGRAM_RECORD_NEURON];

  return column >= neurons->columns && column < neurons->columns + neurons->n_columns ? ENGRAM_RECORD_NEURON
                                                                                       : ENGRAM_RECORD_SYNAPSE;
}

/**
 * engram_columns_get_analysis:
 * @column: a column
 * @analysis: (out): whose result it shows
 *
 * Returns: %FALSE where it shows what the table holds
 */
gboolean
engram_columns_get_analysis (const EngramColumn *column,
                             EngramAnalysis     *analysis)
{
  return engram_analysis_from_sort_key (column->key, get_kind (column), analysis);
}

static gboolean
is_there (const EngramColumn *column,
          EngramSearcher     *searcher)
{
  g_autoptr (EngramRecordNumbers) values = NULL;
  EngramAnalysis analysis;

  if (!engram_columns_get_analysis (column, &analysis))
    return TRUE;
  if (searcher != NULL)
    values = engram_searcher_get_analysis (searcher, analysis);
  return values != NULL;
}

/**
 * engram_columns_list_there:
 * @kind: neurons or synapses
 * @searcher: (nullable): who has the results of analyses
 *
 * Returns: (transfer full) (element-type EngramColumn): all columns of a kind, but for those of analyses that have not
 *   been made
 */
GPtrArray *
engram_columns_list_there (EngramRecordKind  kind,
                           EngramSearcher   *searcher)
{
  GPtrArray *there = g_ptr_array_new ();
  gsize n_columns;
  const EngramColumn *columns = engram_columns_list (kind, &n_columns);

  for (gsize i = 0; i < n_columns; i++)
    if (is_there (&columns[i], searcher))
      g_ptr_array_add (there, (gpointer) &columns[i]);
  return there;
}

const EngramColumnDetails *
engram_columns_get_details (const EngramColumn *column)
{
  const ColumnTable *table = &get_tables ()[get_kind (column)];

  return &table->details[column - table->columns];
}

/* What a number is to other programs: empty where there is none, and where it is none. */
char *
engram_columns_dup_number (double number)
{
  char text[ENGRAM_NUMBER_LENGTH];

  engram_number_format (number, text);
  return g_strdup (text);
}

char *
engram_columns_dup_count (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

char *
engram_columns_dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

char *
engram_columns_exact_change (const EngramRecordValues *values,
                             EngramAnalysis            analysis)
{
  double group = values->analyses[analysis];

  return isnan (group) ? g_strdup ("") : engram_analysis_dup_group_name (analysis, group);
}

char *
engram_columns_format_change (const EngramRecordValues *values,
                              EngramAnalysis            analysis)
{
  g_autofree char *name = engram_columns_exact_change (values, analysis);

  return *name != '\0' ? engram_analysis_dup_group_label (analysis, name) : g_strdup ("");
}

void
engram_record_values_init (EngramRecordValues     *values,
                           const EngramRecordItem *item,
                           float                   score)
{
  *values = (EngramRecordValues) {
    .neuron = item->neuron.neuron,
    .outgoing = item->neuron.outgoing,
    .incoming = item->neuron.incoming,
    .score = score,
    .synapse = item->synapse.synapse,
    .source_summary = item->synapse.source_summary,
    .source_type = item->synapse.source_type,
    .target_summary = item->synapse.target_summary,
    .target_type = item->synapse.target_type,
  };
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    values->analyses[i] = NAN;
}

/* NaN for an analysis of the other kind, or one that has not been made. */
double
engram_columns_look_up (EngramSearcher   *searcher,
                        EngramAnalysis    analysis,
                        EngramRecordKind  kind,
                        gint64            rowid)
{
  g_autoptr (EngramRecordNumbers) numbers = NULL;

  if (engram_analysis_get_kind (analysis) == kind)
    numbers = engram_searcher_get_analysis (searcher, analysis);
  return numbers != NULL ? engram_record_numbers_get (numbers, rowid) : NAN;
}

void
engram_record_values_look_up (EngramRecordValues *values,
                              EngramSearcher     *searcher)
{
  EngramRecordKind kind = values->neuron != NULL ? ENGRAM_RECORD_NEURON : ENGRAM_RECORD_SYNAPSE;
  gint64 rowid;

  if (values->neuron == NULL && values->synapse == NULL)
    return;
  rowid = values->neuron != NULL ? values->neuron->rowid : values->synapse->rowid;
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    values->analyses[i] = engram_columns_look_up (searcher, i, kind, rowid);
}

/**
 * engram_columns_take_values:
 * @row: a row of a list
 * @values: (out caller-allocates): what it holds, valid until the main loop runs again
 *
 * Returns: %FALSE where its record has not been read, or cannot be
 */
gboolean
engram_columns_take_values (EngramRecordRow    *row,
                            EngramRecordValues *values)
{
  *values = (EngramRecordValues) {
    .neuron = engram_record_row_get_neuron (row),
    .outgoing = engram_record_row_get_outgoing (row),
    .incoming = engram_record_row_get_incoming (row),
    .score = engram_record_row_get_score (row),
    .synapse = engram_record_row_get_synapse (row),
    .source_summary = engram_record_row_get_source_summary (row),
    .source_type = engram_record_row_get_source_type (row),
    .target_summary = engram_record_row_get_target_summary (row),
    .target_type = engram_record_row_get_target_type (row),
  };
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    values->analyses[i] = engram_record_row_get_analysis (row, i);
  return values->neuron != NULL || values->synapse != NULL;
}

/**
 * engram_columns_format:
 * @column: a column
 * @row: a row of its kind
 *
 * Returns: (transfer full): what the cell shows, empty where the record has not been read
 */
char *
engram_columns_format (const EngramColumn *column,
                       EngramRecordRow    *row)
{
  EngramRecordValues values;

  if (!engram_columns_take_values (row, &values))
    return g_strdup ("");
  return engram_columns_get_details (column)->format (&values);
}

/**
 * engram_columns_format_exact:
 * @column: a column
 * @values: a record of its kind
 *
 * The value itself, for other programs: numbers with all their digits and as JSON has them, times and texts as they
 * are; empty where there is none. Any thread.
 *
 * Returns: (transfer full): text
 */
char *
engram_columns_format_exact (const EngramColumn       *column,
                             const EngramRecordValues *values)
{
  return engram_columns_get_details (column)->exact (values);
}
