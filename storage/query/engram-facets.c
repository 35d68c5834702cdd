/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-facets.h"

#include <math.h>
#include <string.h>

#include "model/engram-id-table-private.h"
#include "query/engram-analysis-count-private.h"
#include "query/engram-filter-private.h"
#include "query/engram-histogram-private.h"
#include "query/engram-name-counts-private.h"

#define BIT(column) ENGRAM_ROW_BIT (ENGRAM_ROW_##column)
#define NEURON_COLUMNS (BIT (TYPE) | BIT (TAGS) | BIT (ACTIVATION) | BIT (FIELDS) | BIT (MODIFIED))
#define SYNAPSE_COLUMNS (BIT (TYPE) | BIT (WEIGHT) | BIT (USAGE))

/* What a neuron may fail and be all the same what is asked of the end of a synapse. */
#define COMMON_FIELDS \
  (1u << ENGRAM_QUERY_ID | 1u << ENGRAM_QUERY_CREATED | 1u << ENGRAM_QUERY_MODIFIED | 1u << ENGRAM_QUERY_CHANGE \
   | 1u << ENGRAM_ROW_OTHER_END)

/* Rows between two looks at the cancellable; SQLite has its own. */
#define ROWS_BETWEEN_LOOKS 256

typedef struct {
  EngramFacets    public;
  gatomicrefcount references;
} Facets;

/* What one thread has counted. */
typedef struct {
  EngramNameCounts   *types;
  EngramNameCounts   *tags;
  EngramNameCounts   *synapse_types;
  GArray             *times;   /* double: which bounds they have is known in the end only */
  guint64             n_timeless;
  double              first_time;
  double              last_time;
  EngramFacets        counted; /* its numbers and histograms */
  EngramAnalysisCount analyses[ENGRAM_N_ANALYSES];
} Counter;

typedef struct {
  EngramScan     scan;
  EngramFilter  *neurons;
  EngramFilter  *synapses;
  EngramNetwork *network;
  EngramDegrees *degrees;
  guint8        *marks; /* of each neuron in @network: whether a synapse may want it at its end */
  GCancellable  *cancellable;
  Counter        counters[G_N_ELEMENTS (((EngramScan *) NULL)->readers)];
} Count;

G_DEFINE_BOXED_TYPE (EngramFacets, engram_facets, engram_facets_ref, engram_facets_unref)

EngramFacets *
engram_facets_ref (EngramFacets *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Facets *) self)->references);
  return self;
}

void
engram_facets_unref (EngramFacets *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&((Facets *) self)->references))
    return;
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->synapse_types, g_ptr_array_unref);
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    g_clear_pointer (&self->analyses[i].groups, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

static void
begin_histograms (EngramFacets *facets)
{
  engram_histogram_begin (&facets->activation, 0, 1);
  engram_histogram_begin (&facets->importance, 0, 1);
  engram_histogram_begin_counts (&facets->degree);
  engram_histogram_begin (&facets->weight, -1, 1);
  engram_histogram_begin_counts (&facets->usage);
}

static void
counter_begin (Counter *self)
{
  self->types = engram_name_counts_new ();
  self->tags = engram_name_counts_new ();
  self->synapse_types = engram_name_counts_new ();
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
  self->first_time = INFINITY;
  self->last_time = -INFINITY;
  begin_histograms (&self->counted);
}

static void
counter_clear (Counter *self)
{
  g_clear_pointer (&self->types, engram_name_counts_free);
  g_clear_pointer (&self->tags, engram_name_counts_free);
  g_clear_pointer (&self->synapse_types, engram_name_counts_free);
  g_clear_pointer (&self->times, g_array_unref);
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    engram_analysis_count_clear (&self->analyses[i]);
}

static void
count_clear (Count *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->counters); i++)
    counter_clear (&self->counters[i]);
  g_clear_pointer (&self->neurons, engram_filter_free);
  g_clear_pointer (&self->synapses, engram_filter_free);
  g_clear_pointer (&self->network, engram_network_unref);
  g_clear_pointer (&self->degrees, engram_degrees_unref);
  g_clear_pointer (&self->marks, g_free);
  engram_scan_end (&self->scan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, count_clear)

/* Each thread has a reader of its own. */
static Counter *
find_counter (Count        *self,
              EngramReader *reader)
{
  for (guint i = 0; i < self->scan.n_readers; i++)
    if (self->scan.readers[i] == reader)
      return &self->counters[i];
  g_assert_not_reached ();
}

/* Whether a row passes all terms but those of a field. */
static gboolean
fails_only (guint            failed,
            EngramQueryField field)
{
  return (failed & ~(1u << field)) == 0;
}

/* Rows */

static void
count_time (Counter         *self,
            const EngramRow *row,
            gboolean         passes)
{
  const char *text = engram_row_get_exact_text (row, ENGRAM_ROW_MODIFIED);
  double time = text != NULL ? engram_row_parse_seconds (text) : NAN;

  if (isnan (time))
    {
      self->n_timeless += passes;
      return;
    }
  self->first_time = MIN (self->first_time, time);
  self->last_time = MAX (self->last_time, time);
  if (passes)
    g_array_append_val (self->times, time);
}

static void
count_importance (Counter         *self,
                  const EngramRow *row)
{
  gsize length;
  const char *fields = engram_row_get_text (row, ENGRAM_ROW_FIELDS, &length);

  engram_histogram_add (&self->counted.importance,
                        fields != NULL ? engram_row_parse_member (fields, length, "importance") : NAN);
}

static void
count_analyses (Counter          *self,
                EngramRecordKind  kind,
                const EngramRow  *row,
                guint             failed)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    if (engram_analysis_get_kind (i) == kind && fails_only (failed, engram_analysis_get_field (i)))
      engram_analysis_count_add (&self->analyses[i], row->rowid);
}

static void
count_neuron (Count     *count,
              Counter   *self,
              EngramRow *row)
{
  guint failed = engram_row_test_get_failed (engram_filter_get_test (count->neurons), row, COMMON_FIELDS);
  guint32 degree = engram_row_get_degree (row, count->degrees, ENGRAM_QUERY_DEGREE);
  guint32 neuron = engram_row_find_neuron (row, count->network);

  if (neuron != ENGRAM_ID_TABLE_NONE)
    count->marks[neuron] = (failed & ~COMMON_FIELDS) == 0;
  self->counted.n_all++;
  self->counted.n_found += failed == 0;
  engram_histogram_reach (&self->counted.degree, degree);
  engram_name_counts_add_type (self->types, row, fails_only (failed, ENGRAM_QUERY_TYPE));
  count_time (self, row, fails_only (failed, ENGRAM_QUERY_MODIFIED));
  if (fails_only (failed, ENGRAM_QUERY_TAG))
    engram_name_counts_add_tags (self->tags, row, self->counted.n_all);
  if (fails_only (failed, ENGRAM_QUERY_DEGREE))
    engram_histogram_add (&self->counted.degree, degree);
  if (fails_only (failed, ENGRAM_QUERY_ACTIVATION))
    engram_histogram_add (&self->counted.activation, engram_row_get_number (row, ENGRAM_ROW_ACTIVATION));
  if (fails_only (failed, ENGRAM_QUERY_IMPORTANCE))
    count_importance (self, row);
  count_analyses (self, ENGRAM_RECORD_NEURON, row, failed);
}

static void
count_synapse (Count     *count,
               Counter   *self,
               EngramRow *row)
{
  guint failed = engram_row_test_get_failed (engram_filter_get_test (count->synapses), row, 0);
  double usage = engram_row_get_number (row, ENGRAM_ROW_USAGE);

  self->counted.n_synapses++;
  self->counted.n_synapses_found += failed == 0;
  engram_histogram_reach (&self->counted.usage, usage);
  engram_name_counts_add_type (self->synapse_types, row, fails_only (failed, ENGRAM_QUERY_SYNAPSE));
  if (fails_only (failed, ENGRAM_QUERY_WEIGHT))
    engram_histogram_add (&self->counted.weight, engram_row_get_number (row, ENGRAM_ROW_WEIGHT));
  if (fails_only (failed, ENGRAM_QUERY_USAGE))
    engram_histogram_add (&self->counted.usage, usage);
  count_analyses (self, ENGRAM_RECORD_SYNAPSE, row, failed);
}

static gboolean
count_rows (Count         *count,
            EngramFilter  *filter,
            void         (*count_row) (Count *, Counter *, EngramRow *),
            EngramReader  *reader,
            gint64         first,
            gint64         last,
            GError       **error)
{
  const EngramRowLayout *layout = &engram_filter_get_test (filter)->layout;
  g_autofree char *columns = engram_row_layout_dup_columns (layout, NULL);
  const char *table = engram_row_get_table (layout->kind);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, columns, table, first, last, error);
  Counter *counter = find_counter (count, reader);
  EngramRow row = { .layout = layout };
  int status;

  if (statement == NULL)
    return FALSE;
  row.statement = engram_statement_get_handle (statement);
  for (guint64 i = 1; (status = engram_statement_step (statement, error)) > 0; i++)
    {
      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (count->cancellable, error))
        return FALSE;
      row.rowid = sqlite3_column_int64 (row.statement, 0);
      count_row (count, counter, &row);
    }
  return status == 0;
}

static gboolean
count_neurons (EngramReader  *reader,
               gint64         first,
               gint64         last,
               guint          chunk,
               gpointer       data,
               GError       **error)
{
  Count *count = data;

  return count_rows (count, count->neurons, count_neuron, reader, first, last, error);
}

static gboolean
count_synapses (EngramReader  *reader,
                gint64         first,
                gint64         last,
                guint          chunk,
                gpointer       data,
                GError       **error)
{
  Count *count = data;

  return count_rows (count, count->synapses, count_synapse, reader, first, last, error);
}

/* Putting together what the threads have counted */

static void
merge_counter (EngramFacets *facets,
               Counter      *sum,
               Counter      *counter)
{
  facets->n_all += counter->counted.n_all;
  facets->n_found += counter->counted.n_found;
  facets->n_synapses += counter->counted.n_synapses;
  facets->n_synapses_found += counter->counted.n_synapses_found;
  engram_histogram_merge (&facets->activation, &counter->counted.activation);
  engram_histogram_merge (&facets->importance, &counter->counted.importance);
  engram_histogram_merge (&facets->weight, &counter->counted.weight);
  engram_histogram_merge_reached (&facets->degree, &counter->counted.degree);
  engram_histogram_merge_reached (&facets->usage, &counter->counted.usage);
  sum->first_time = MIN (sum->first_time, counter->first_time);
  sum->last_time = MAX (sum->last_time, counter->last_time);
  if (sum == counter)
    return;
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    engram_analysis_count_merge (&sum->analyses[i], &counter->analyses[i]);
  engram_name_counts_merge (sum->types, counter->types);
  engram_name_counts_merge (sum->tags, counter->tags);
  engram_name_counts_merge (sum->synapse_types, counter->synapse_types);
}

static void
fill_times (EngramFacets *facets,
            Count        *count)
{
  const Counter *sum = &count->counters[0];
  gboolean has_times = sum->first_time <= sum->last_time;

  engram_histogram_begin (&facets->modified, has_times ? sum->first_time : 0,
                          has_times ? MAX (sum->last_time, sum->first_time + 1) : 1);
  for (guint i = 0; i < count->scan.n_readers; i++)
    {
      const Counter *counter = &count->counters[i];

      facets->modified.n_missing += counter->n_timeless;
      for (guint j = 0; j < counter->times->len; j++)
        engram_histogram_add (&facets->modified, g_array_index (counter->times, double, j));
    }
}

/* The values of a field in the query, which the lists hold in any case; they are there with a count of 0 too. */
static GHashTable *
keep_values (EngramQuery      *query,
             EngramQueryField  field,
             EngramNameCounts *counts)
{
  GHashTable *keep = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_terms = 0;
  const EngramQueryTerm *terms = query != NULL ? engram_query_get_terms (query, &n_terms) : NULL;

  for (gsize i = 0; i < n_terms; i++)
    for (char **value = terms[i].values; terms[i].field == field && *value != NULL; value++)
      {
        g_hash_table_add (keep, *value);
        engram_name_counts_add (counts, *value, strlen (*value), 0);
      }
  return keep;
}

static GPtrArray *
list_names (EngramQuery      *query,
            EngramQueryField  field,
            EngramNameCounts *counts)
{
  g_autoptr (GHashTable) keep = keep_values (query, field, counts);

  return engram_name_counts_list (counts, ENGRAM_FACETS_MAX_TAGS, keep);
}

static void
add_changes (GPtrArray           *sum,
             EngramAnalysisFacet *facet)
{
  for (guint i = 0; facet->groups != NULL && i < facet->groups->len; i++)
    {
      const EngramFacetValue *value = facet->groups->pdata[i];
      double group = engram_analysis_find_group (ENGRAM_ANALYSIS_CHANGE, value->name);

      ((EngramFacetValue *) sum->pdata[(guint) group - 1])->count += value->count;
    }
}

static void
value_free (gpointer data)
{
  EngramFacetValue *value = data;

  g_free (value->name);
  g_free (value);
}

/* One list for both kinds: the field is one. */
static GPtrArray *
sum_changes (EngramFacets *self)
{
  EngramAnalysisFacet *neurons = &self->analyses[ENGRAM_ANALYSIS_CHANGE];
  EngramAnalysisFacet *synapses = &self->analyses[ENGRAM_ANALYSIS_SYNAPSE_CHANGE];
  GPtrArray *sum;

  if (!neurons->is_made && !synapses->is_made)
    return NULL;
  sum = g_ptr_array_new_with_free_func (value_free);
  for (guint i = 1; i <= ENGRAM_N_DIFFERENCES; i++)
    {
      EngramFacetValue *value = g_new0 (EngramFacetValue, 1);

      value->name = engram_analysis_dup_group_name (ENGRAM_ANALYSIS_CHANGE, i);
      g_ptr_array_add (sum, value);
    }
  add_changes (sum, neurons);
  add_changes (sum, synapses);
  return sum;
}

static EngramFacets *
make_facets (Count       *count,
             EngramQuery *query)
{
  Facets *facets = g_new0 (Facets, 1);
  EngramFacets *self = &facets->public;
  Counter *sum = &count->counters[0];

  g_atomic_ref_count_init (&facets->references);
  begin_histograms (self);
  for (guint i = 0; i < count->scan.n_readers; i++)
    merge_counter (self, sum, &count->counters[i]);
  fill_times (self, count);
  self->n_tags = engram_name_counts_get_used (sum->tags);
  self->types = list_names (query, ENGRAM_QUERY_TYPE, sum->types);
  self->tags = list_names (query, ENGRAM_QUERY_TAG, sum->tags);
  self->synapse_types = list_names (query, ENGRAM_QUERY_SYNAPSE, sum->synapse_types);
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    engram_analysis_count_fill (&sum->analyses[i], i, query, &self->analyses[i]);
  self->changes = sum_changes (self);
  return self;
}

/* All threads count the same result, whatever comes meanwhile. */
static void
begin_analyses (Count          *self,
                EngramSearcher *searcher)
{
  for (guint i = 0; i < ENGRAM_N_ANALYSES; i++)
    {
      g_autoptr (EngramRecordNumbers) values = engram_searcher_get_analysis (searcher, i);

      for (guint j = 0; j < self->scan.n_readers; j++)
        engram_analysis_count_begin (&self->counters[j].analyses[i], i, values);
    }
}

static gboolean
prepare (Count           *self,
         EngramSearcher  *searcher,
         GError         **error)
{
  if (!engram_scan_begin (&self->scan, engram_searcher_get_database (searcher), self->cancellable, error))
    return FALSE;
  for (guint i = 0; i < self->scan.n_readers; i++)
    counter_begin (&self->counters[i]);
  begin_analyses (self, searcher);
  self->network = engram_searcher_get_network_for (searcher, self->scan.readers[0], self->cancellable, error);
  if (self->network == NULL)
    return FALSE;
  self->degrees = engram_searcher_get_degrees_for (searcher, &self->scan, self->cancellable, error);
  if (self->degrees == NULL)
    return FALSE;
  self->marks = g_new0 (guint8, (gsize) self->network->n_neurons + 1);
  return TRUE;
}

/* Finds out by the way which neurons the synapses may have at their ends. */
static gboolean
scan_neurons (Count           *self,
              EngramSearcher  *searcher,
              EngramQuery     *query,
              GError         **error)
{
  self->neurons = engram_filter_new (searcher, ENGRAM_RECORD_NEURON, query, &self->scan, self->cancellable, error);
  if (self->neurons == NULL)
    return FALSE;
  engram_row_test_finish (engram_filter_get_test (self->neurons), NEURON_COLUMNS);
  return engram_scan_table (&self->scan, "neurons", count_neurons, self, NULL, 0, 1, NULL, NULL, error);
}

static gboolean
scan_synapses (Count           *self,
               EngramSearcher  *searcher,
               EngramQuery     *query,
               GError         **error)
{
  self->synapses = engram_filter_new_marked (searcher, ENGRAM_RECORD_SYNAPSE, query, &self->scan, self->network,
                                             g_steal_pointer (&self->marks), self->cancellable, error);
  if (self->synapses == NULL)
    return FALSE;
  engram_row_test_finish (engram_filter_get_test (self->synapses), SYNAPSE_COLUMNS);
  return engram_scan_table (&self->scan, "synapses", count_synapses, self, NULL, 0, 1, NULL, NULL, error);
}

EngramFacets *
engram_facets_count (EngramSearcher  *searcher,
                     EngramQuery     *query,
                     GCancellable    *cancellable,
                     GError         **error)
{
  g_auto (Count) count = { .cancellable = cancellable };

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (searcher), NULL);

  if (!prepare (&count, searcher, error) || !scan_neurons (&count, searcher, query, error) ||
      !scan_synapses (&count, searcher, query, error))
    return NULL;
  return make_facets (&count, query);
}
