/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-differences.h"

#include <math.h>

#include "query/engram-analysis-count-private.h"
#include "sqlite/engram-scan-private.h"

/* Rows between two looks at the cancellable. */
#define ROWS_BETWEEN_LOOKS 4096

typedef struct {
  EngramDifferences public;
  gatomicrefcount   references;
} Differences;

G_DEFINE_BOXED_TYPE (EngramDifferences, engram_differences, engram_differences_ref, engram_differences_unref)

EngramDifferences *
engram_differences_ref (EngramDifferences *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Differences *) self)->references);
  return self;
}

void
engram_differences_unref (EngramDifferences *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((Differences *) self)->references))
    return;
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    g_clear_pointer (&self->values[i], engram_record_numbers_unref);
  g_clear_pointer (&self->synapses, engram_row_set_unref);
  g_free (self->other_path);
  g_free (self->summary);
  g_free (self);
}

/* What became of rows: three sets that have no row in common, each ascending, become one. */
static EngramRecordNumbers *
make_changes (EngramComparison *comparison,
              EngramRecordKind  kind)
{
  static const struct {
    EngramComparisonStatus status;
    EngramDifference           change;
  } parts[] = {
    { ENGRAM_COMPARISON_ADDED, ENGRAM_DIFFERENCE_ADDED },
    { ENGRAM_COMPARISON_CHANGED, ENGRAM_DIFFERENCE_CHANGED },
    { ENGRAM_COMPARISON_SAME, ENGRAM_DIFFERENCE_SAME },
  };
  EngramRowSet *sets[G_N_ELEMENTS (parts)];
  gsize next[G_N_ELEMENTS (parts)] = { 0 }, n_rows = 0;
  gint64 *rowids;
  double *numbers;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      sets[i] = engram_comparison_list_rows (comparison, kind, parts[i].status);
      n_rows += engram_row_set_get_size (sets[i]);
    }
  rowids = g_new (gint64, n_rows + 1);
  numbers = g_new (double, n_rows + 1);
  for (gsize n = 0; n < n_rows; n++)
    {
      guint least = G_N_ELEMENTS (parts);

      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        if (next[i] < engram_row_set_get_size (sets[i])
            && (least == G_N_ELEMENTS (parts) || engram_row_set_get (sets[i], next[i]) < rowids[n]))
          {
            least = i;
            rowids[n] = engram_row_set_get (sets[i], next[i]);
          }
      numbers[n] = parts[least].change;
      next[least]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    engram_row_set_unref (sets[i]);
  return engram_record_numbers_new_take (rowids, numbers, n_rows);
}

static double
get_number (const EngramComparisonRow *row,
            EngramAnalysis             analysis)
{
  switch ((int) analysis)
    {
    case ENGRAM_ANALYSIS_MOVED:
      return row->moved;
    case ENGRAM_ANALYSIS_DRIFT:
      return row->drift;
    case ENGRAM_ANALYSIS_WEIGHT_CHANGE:
    default:
      return row->weight_change;
    }
}

/* Of changed rows those in which that has changed. */
static EngramRecordNumbers *
make_numbers (EngramComparison *comparison,
              EngramAnalysis    analysis)
{
  EngramRecordKind kind = engram_analysis_get_kind (analysis);
  guint64 n_changed = engram_comparison_get_n_rows (comparison, kind, ENGRAM_COMPARISON_CHANGED);
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  gsize n_rows;

  for (guint64 i = 0; i < n_changed; i++)
    {
      EngramComparisonRow row;
      double number;

      engram_comparison_get_row (comparison, kind, ENGRAM_COMPARISON_CHANGED, i, &row);
      number = get_number (&row, analysis);
      if (!isfinite (number) || number == 0)
        continue;
      g_array_append_val (rowids, row.rowid);
      g_array_append_val (numbers, number);
    }
  n_rows = rowids->len;
  return engram_record_numbers_new_take (n_rows > 0 ? g_array_steal (rowids, NULL) : NULL,
                                         n_rows > 0 ? g_array_steal (numbers, NULL) : NULL, n_rows);
}

/* Neurons that are the same, but not their synapses */

static void
mark_neuron (EngramDifferences *self,
             EngramNetwork     *network,
             guint32            neuron)
{
  EngramRecordNumbers *changes = self->values[ENGRAM_ANALYSIS_CHANGE];
  gint64 rowid = network->neuron_rowids[neuron];
  gsize place = engram_record_numbers_find (changes, rowid);

  if (place == changes->n_records || changes->rowids[place] != rowid
      || changes->numbers[place] != ENGRAM_DIFFERENCE_SAME)
    return;
  changes->numbers[place] = ENGRAM_DIFFERENCE_REWIRED;
  self->n_shown++;
}

static void
mark_ends (EngramDifferences *self,
           EngramNetwork     *network)
{
  EngramRecordNumbers *changes = self->values[ENGRAM_ANALYSIS_SYNAPSE_CHANGE];

  for (guint32 i = 0; engram_row_set_get_size (self->synapses) > 0 && i < network->n_synapses; i++)
    {
      double change = engram_record_numbers_get (changes, network->synapse_rowids[i]);

      if (change != ENGRAM_DIFFERENCE_ADDED && change != ENGRAM_DIFFERENCE_CHANGED)
        continue;
      mark_neuron (self, network, network->sources[i]);
      mark_neuron (self, network, network->targets[i]);
    }
}

static void
mark_id (EngramDifferences *self,
         EngramNetwork     *network,
         EngramStatement   *statement,
         int                column)
{
  const char *id = (const char *) sqlite3_column_text (engram_statement_get_handle (statement), column);
  guint32 neuron;

  if (id != NULL && engram_network_find_neuron (network, id, &neuron))
    mark_neuron (self, network, neuron);
}

static gboolean
mark_ends_of_removed (EngramDifferences  *self,
                      EngramNetwork      *network,
                      EngramRowSet       *removed,
                      EngramDatabase     *other,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autoptr (EngramReader) reader = engram_database_acquire_reader (other, cancellable, error);
  g_autoptr (EngramStatement) statement = NULL;
  int status;

  if (reader != NULL)
    statement = engram_connection_prepare (reader, "SELECT rowid, source_neuron_id, target_neuron_id FROM synapses",
                                           error);
  if (statement == NULL)
    return FALSE;
  for (guint64 i = 1; (status = engram_statement_step (statement, error)) > 0; i++)
    {
      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!engram_row_set_contains (removed, sqlite3_column_int64 (engram_statement_get_handle (statement), 0)))
        continue;
      mark_id (self, network, statement, 1);
      mark_id (self, network, statement, 2);
    }
  return status == 0;
}

static gboolean
mark_rewired (EngramDifferences  *self,
              EngramComparison   *comparison,
              EngramSearcher     *searcher,
              EngramDatabase     *other,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (EngramRowSet) removed = engram_comparison_list_rows (comparison, ENGRAM_RECORD_SYNAPSE,
                                                                  ENGRAM_COMPARISON_REMOVED);
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (searcher, NULL, NULL, cancellable, error);

  if (network == NULL)
    return FALSE;
  mark_ends (self, network);
  return engram_row_set_get_size (removed) == 0
         || mark_ends_of_removed (self, network, removed, other, cancellable, error);
}

void
engram_differences_count (EngramDifferences *self,
                          EngramAnalysis     analysis,
                          EngramHistogram   *histogram)
{
  EngramAnalysisCount count;
  EngramRecordNumbers *values;

  g_return_if_fail (self != NULL && histogram != NULL);
  g_return_if_fail (engram_analysis_is_difference (analysis) && !engram_analysis_is_category (analysis));

  values = self->values[analysis];
  engram_analysis_count_begin (&count, analysis, values);
  for (gsize i = 0; i < values->n_records; i++)
    engram_analysis_count_add (&count, values->rowids[i]);
  *histogram = count.histogram;
  engram_analysis_count_clear (&count);
}

/* Rewired neurons are counted where they are found. */
static guint64
count_differing (EngramComparison *comparison)
{
  const EngramComparisonCounts *neurons = engram_comparison_get_counts (comparison, ENGRAM_RECORD_NEURON);
  const EngramComparisonCounts *synapses = engram_comparison_get_counts (comparison, ENGRAM_RECORD_SYNAPSE);

  return neurons->added + neurons->changed + synapses->added + synapses->changed;
}

static EngramRowSet *
list_differing (EngramComparison *comparison,
                EngramRecordKind  kind)
{
  g_autoptr (EngramRowSet) added = engram_comparison_list_rows (comparison, kind, ENGRAM_COMPARISON_ADDED);
  g_autoptr (EngramRowSet) changed = engram_comparison_list_rows (comparison, kind, ENGRAM_COMPARISON_CHANGED);

  return engram_row_set_union (added, changed);
}

EngramDifferences *
engram_differences_new (EngramComparison  *comparison,
                        EngramSearcher    *searcher,
                        EngramDatabase    *other,
                        GCancellable      *cancellable,
                        GError           **error)
{
  g_autoptr (EngramDifferences) self = NULL;

  g_return_val_if_fail (comparison != NULL && other != NULL, NULL);
  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), NULL);

  self = (EngramDifferences *) g_new0 (Differences, 1);
  g_atomic_ref_count_init (&((Differences *) self)->references);
  self->other_path = g_strdup (engram_comparison_get_other_path (comparison));
  self->summary = engram_comparison_dup_summary (comparison);
  self->stamp = engram_comparison_get_stamp (comparison);
  self->n_shown = count_differing (comparison);
  self->synapses = list_differing (comparison, ENGRAM_RECORD_SYNAPSE);
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (engram_analysis_is_difference (i))
      self->values[i] = engram_analysis_is_category (i) ? make_changes (comparison, engram_analysis_get_kind (i))
                                                        : make_numbers (comparison, i);
  if (!mark_rewired (self, comparison, searcher, other, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
