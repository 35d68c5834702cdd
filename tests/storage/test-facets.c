/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "query/engram-facets.h"
#include "query/engram-name-counts-private.h"

#include "filter-support.h"

static EngramFacets *
count (Model       *model,
       EngramQuery *query)
{
  g_autoptr (GError) error = NULL;
  EngramFacets *facets = engram_facets_count (model->searcher, query, NULL, &error);

  g_assert_no_error (error);
  return facets;
}

static guint64
find_count (GPtrArray  *values,
            const char *name,
            gboolean   *found)
{
  *found = FALSE;
  for (guint i = 0; i < values->len; i++)
    {
      const EngramFacetValue *value = g_ptr_array_index (values, i);

      if (strcmp (value->name, name) != 0)
        continue;
      g_assert_false (*found);
      *found = TRUE;
      return value->count;
    }
  return 0;
}

static void
assert_sorted (GPtrArray *values)
{
  for (guint i = 1; i < values->len; i++)
    {
      const EngramFacetValue *before = g_ptr_array_index (values, i - 1);
      const EngramFacetValue *value = g_ptr_array_index (values, i);

      g_assert_cmpuint (before->count, >=, value->count);
      if (before->count == value->count)
        g_assert_cmpstr (before->name, <, value->name);
    }
}

/* A histogram of these numbers, made in the plainest way, within bounds that are given. */
static void
assert_histogram (const EngramHistogram *histogram,
                  GArray                *numbers,
                  guint64                n_missing)
{
  guint64 bins[ENGRAM_HISTOGRAM_BINS] = { 0 };
  double span = histogram->high - histogram->low;
  double sum = 0, squares = 0;

  g_assert_cmpuint (histogram->n_values, ==, numbers->len);
  g_assert_cmpuint (histogram->n_missing, ==, n_missing);
  g_assert_cmpfloat (histogram->low, <, histogram->high);
  for (guint i = 0; i < numbers->len; i++)
    {
      double number = g_array_index (numbers, double, i);

      sum += number;
      g_assert_cmpfloat (histogram->minimum, <=, number);
      g_assert_cmpfloat (histogram->maximum, >=, number);
      if (number >= histogram->low && number <= histogram->high)
        bins[MIN ((int) ((number - histogram->low) / span * ENGRAM_HISTOGRAM_BINS), ENGRAM_HISTOGRAM_BINS - 1)]++;
    }
  g_assert_cmpmem (histogram->bins, sizeof histogram->bins, bins, sizeof bins);
  if (numbers->len == 0)
    {
      g_assert_true (isnan (histogram->mean) && isnan (histogram->deviation));
      return;
    }
  for (guint i = 0; i < numbers->len; i++)
    squares += pow (g_array_index (numbers, double, i) - sum / numbers->len, 2);
  g_assert_cmpfloat_with_epsilon (histogram->mean, sum / numbers->len, 1e-9 * (1 + fabs (histogram->mean)));
  g_assert_cmpfloat_with_epsilon (histogram->deviation, sqrt (squares / numbers->len),
                                  1e-6 * (1 + histogram->deviation));
}

static double
get_neuron_number (const ModelNeuron *neuron,
                   EngramQueryField   field)
{
  switch (field)
    {
    case ENGRAM_QUERY_ACTIVATION:
      return neuron->activation;
    case ENGRAM_QUERY_IMPORTANCE:
      return neuron->importance;
    case ENGRAM_QUERY_DEGREE:
      return model_get_degree (neuron, field);
    default:
      {
        g_autoptr (GDateTime) time = engram_time_parse (neuron->modified);

        /* Tests run in the time zone UTC. */
        return time != NULL ? (double) g_date_time_to_unix (time) + g_date_time_get_microsecond (time) / 1e6 : NAN;
      }
    }
}

static double
get_number (const ModelNeuron *neuron,
            EngramQueryField   field)
{
  EngramAnalysis analysis;

  return engram_analysis_from_field (field, ENGRAM_RECORD_NEURON, &analysis)
         ? model_get_analysis (neuron->rowid, analysis) : get_neuron_number (neuron, field);
}

static void
check_neuron_numbers (Model                 *model,
                      EngramQuery           *query,
                      const EngramHistogram *histogram,
                      EngramQueryField       field)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  guint64 n_missing = 0;

  for (guint i = 0; i < model->neurons->len; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);
      double number = get_number (neuron, field);

      if (!model_neuron_passes (model, neuron, query, field))
        continue;
      if (isnan (number))
        n_missing++;
      else
        g_array_append_val (numbers, number);
    }
  assert_histogram (histogram, numbers, n_missing);
}

static void
check_synapse_numbers (Model                 *model,
                       EngramQuery           *query,
                       const EngramHistogram *histogram,
                       EngramQueryField       field)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  guint64 n_missing = 0;

  for (guint i = 0; i < model->synapses->len; i++)
    {
      const ModelSynapse *synapse = g_ptr_array_index (model->synapses, i);
      double number = field == ENGRAM_QUERY_WEIGHT_CHANGE
                      ? model_get_analysis (synapse->rowid, ENGRAM_ANALYSIS_WEIGHT_CHANGE)
                      : field == ENGRAM_QUERY_WEIGHT ? synapse->weight : synapse->usage;

      if (!model_synapse_passes (model, synapse, query, field))
        continue;
      if (isnan (number))
        n_missing++;
      else
        g_array_append_val (numbers, number);
    }
  assert_histogram (histogram, numbers, n_missing);
}

static void
add_to_count (GHashTable *counts,
              const char *name,
              guint       count)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));

  g_hash_table_insert (counts, (gpointer) name, GUINT_TO_POINTER (before + count));
}

static void
assert_counts (GPtrArray  *values,
               GHashTable *counts)
{
  GHashTableIter iter;
  gpointer name, number;
  guint64 sum = 0, expected = 0;

  assert_sorted (values);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &number))
    {
      gboolean found;

      g_assert_cmpuint (find_count (values, name, &found), ==, GPOINTER_TO_UINT (number));
      g_assert_true (found);
      expected += GPOINTER_TO_UINT (number);
    }
  for (guint i = 0; i < values->len; i++)
    sum += ((EngramFacetValue *) g_ptr_array_index (values, i))->count;
  g_assert_cmpuint (sum, ==, expected);
}

/* All groups of the network are listed, the greatest first, with how many a choice of each would leave. */
static void
check_groups (Model                     *model,
              EngramQuery               *query,
              const EngramAnalysisFacet *facet,
              EngramAnalysis             analysis)
{
  guint64 counts[13] = { 0 };
  guint n_groups = 0;

  for (guint i = 0; i < model->neurons->len; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);
      double group = model_get_analysis (neuron->rowid, analysis);

      if (!isnan (group) && group >= 1)
        {
          n_groups = MAX (n_groups, (guint) group);
          counts[(guint) group] += model_neuron_passes (model, neuron, query, engram_analysis_get_field (analysis));
        }
    }
  g_assert_cmpuint (facet->n_groups, ==, n_groups);
  for (guint i = 1; i <= n_groups; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      gboolean found;

      g_assert_cmpuint (find_count (facet->groups, name, &found), ==, counts[i]);
      g_assert_true (found);
    }
  for (guint i = 1; i < n_groups; i++)
    g_assert_cmpuint (((EngramFacetValue *) g_ptr_array_index (facet->groups, i - 1))->count, >=,
                      ((EngramFacetValue *) g_ptr_array_index (facet->groups, i))->count);
}

/* All that there may be, in their order; of both kinds together in one list. */
static void
check_changes (Model        *model,
               EngramQuery  *query,
               EngramFacets *facets)
{
  static const char *const names[] = { "added", "changed", "rewired", "same" };
  guint64 counts[2][G_N_ELEMENTS (names)] = { 0 };

  for (guint i = 0; i < model->neurons->len; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);
      double group = model_get_analysis (neuron->rowid, ENGRAM_ANALYSIS_CHANGE);

      if (!isnan (group))
        counts[0][(guint) group - 1] += model_neuron_passes (model, neuron, query, ENGRAM_QUERY_CHANGE);
    }
  for (guint i = 0; i < model->synapses->len; i++)
    {
      const ModelSynapse *synapse = g_ptr_array_index (model->synapses, i);
      double group = model_get_analysis (synapse->rowid, ENGRAM_ANALYSIS_SYNAPSE_CHANGE);

      if (!isnan (group))
        counts[1][(guint) group - 1] += model_synapse_passes (model, synapse, query, ENGRAM_QUERY_CHANGE);
    }
  g_assert_cmpuint (facets->changes->len, ==, G_N_ELEMENTS (names));
  g_assert_cmpuint (facets->analyses[ENGRAM_ANALYSIS_CHANGE].groups->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const EngramFacetValue *neurons = facets->analyses[ENGRAM_ANALYSIS_CHANGE].groups->pdata[i];
      const EngramFacetValue *both = facets->changes->pdata[i];
      gboolean is_found;
      guint64 n_synapses = find_count (facets->analyses[ENGRAM_ANALYSIS_SYNAPSE_CHANGE].groups, names[i], &is_found);

      g_assert_cmpstr (neurons->name, ==, names[i]);
      g_assert_cmpstr (both->name, ==, names[i]);
      g_assert_cmpuint (neurons->count, ==, counts[0][i]);
      /* No synapse is rewired, whatever the model says. */
      g_assert_true (is_found == !g_str_equal (names[i], "rewired"));
      g_assert_cmpuint (n_synapses, ==, is_found ? counts[1][i] : 0);
      g_assert_cmpuint (both->count, ==, counts[0][i] + n_synapses);
    }
}

static void
check_analyses (Model        *model,
                EngramQuery  *query,
                EngramFacets *facets)
{
  for (EngramAnalysis analysis = 0; analysis < ENGRAM_N_ANALYSES; analysis++)
    {
      const EngramAnalysisFacet *facet = &facets->analyses[analysis];

      g_assert_true (facet->is_made);
      if (engram_analysis_get_kind (analysis) == ENGRAM_RECORD_SYNAPSE || analysis == ENGRAM_ANALYSIS_CHANGE)
        continue;
      if (engram_analysis_is_category (analysis))
        check_groups (model, query, facet, analysis);
      else
        check_neuron_numbers (model, query, &facet->histogram, engram_analysis_get_field (analysis));
    }
}

static void
check_neurons (Model        *model,
               EngramQuery  *query,
               EngramFacets *facets)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 n_found = 0;

  for (guint i = 0; i < model->neurons->len; i++)
    {
      const ModelNeuron *neuron = g_ptr_array_index (model->neurons, i);
      gboolean has_tags = model_neuron_passes (model, neuron, query, ENGRAM_QUERY_TAG);

      n_found += model_neuron_passes (model, neuron, query, ENGRAM_QUERY_N_FIELDS);
      add_to_count (types, neuron->type, model_neuron_passes (model, neuron, query, ENGRAM_QUERY_TYPE));
      for (guint j = 0; has_tags && j < neuron->tags->len; j++)
        {
          guint before;

          /* A tag that a neuron has twice counts once. */
          g_ptr_array_find_with_equal_func (neuron->tags, g_ptr_array_index (neuron->tags, j), g_str_equal, &before);
          add_to_count (tags, g_ptr_array_index (neuron->tags, j), before == j);
        }
    }
  g_assert_cmpuint (facets->n_all, ==, model->neurons->len);
  g_assert_cmpuint (facets->n_found, ==, n_found);
  g_assert_cmpuint (facets->n_tags, ==, g_hash_table_size (tags));
  assert_counts (facets->types, types);
  assert_counts (facets->tags, tags);
  check_neuron_numbers (model, query, &facets->activation, ENGRAM_QUERY_ACTIVATION);
  check_neuron_numbers (model, query, &facets->importance, ENGRAM_QUERY_IMPORTANCE);
  check_neuron_numbers (model, query, &facets->degree, ENGRAM_QUERY_DEGREE);
  check_neuron_numbers (model, query, &facets->modified, ENGRAM_QUERY_MODIFIED);
  check_analyses (model, query, facets);
  check_changes (model, query, facets);
}

static void
check_synapses (Model        *model,
                EngramQuery  *query,
                EngramFacets *facets)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 n_found = 0;

  for (guint i = 0; i < model->synapses->len; i++)
    {
      const ModelSynapse *synapse = g_ptr_array_index (model->synapses, i);

      n_found += model_synapse_passes (model, synapse, query, ENGRAM_QUERY_N_FIELDS);
      add_to_count (types, synapse->type, model_synapse_passes (model, synapse, query, ENGRAM_QUERY_SYNAPSE));
    }
  g_assert_cmpuint (facets->n_synapses, ==, model->synapses->len);
  g_assert_cmpuint (facets->n_synapses_found, ==, n_found);
  assert_counts (facets->synapse_types, types);
  check_synapse_numbers (model, query, &facets->weight, ENGRAM_QUERY_WEIGHT);
  check_synapse_numbers (model, query, &facets->usage, ENGRAM_QUERY_USAGE);
  check_synapse_numbers (model, query, &facets->analyses[ENGRAM_ANALYSIS_WEIGHT_CHANGE].histogram,
                         ENGRAM_QUERY_WEIGHT_CHANGE);
}

static void
check_query (Model      *model,
             const char *text)
{
  g_autoptr (EngramQuery) query = parse_query (text);
  g_autoptr (EngramFacets) facets = count (model, query);

  g_test_message ("%s", text);
  check_neurons (model, query, facets);
  check_synapses (model, query, facets);
}

/* Each part follows all terms but those of its own field. */
static void
test_queries (void)
{
  static const char *const queries[] = {
    "", "axon", "type:tool", "type:tool tag:cortex", "activation:>0.5 type:tool,memory", "importance:>0.5 -axon",
    "degree:>4 activation:<0.5", "modified:>2025-03-05 type:tool", "weight:>0", "weight:>0 usage:>20",
    "synapse:tool_input weight:<0 activation:>0.2", "type:tool type:memory", "-tag:cortex degree:2..9",
    "community:1,3", "community:2 component:>4 type:tool", "pagerank:3..7 community:5,1", "-community:3 weight:>0.2",
    "change:added,rewired", "change:changed type:tool", "moved:>2 -change:same", "weight-change:>3 change:changed",
    "drift:2..7 weight:<0.5",
    "faithfulness:>0.5 betweenness:<9",
  };
  g_autoptr (Model) whole = model_new (21, 150, 400, FALSE);
  g_autoptr (Model) dangling = model_new (22, 150, 400, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      check_query (whole, queries[i]);
      check_query (dangling, queries[i]);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint round = 0; round < 4; round++)
    {
      g_autoptr (Model) model = model_new (100 + round, 120, 300, round % 3 == 0);

      for (guint i = 0; i < 25; i++)
        {
          g_autofree char *text = model_make_query (model, random);
          g_autoptr (EngramQuery) query = parse_query (text);
          g_autoptr (EngramFacets) facets = count (model, query);

          g_test_message ("%s", text);
          /* What the query names is listed, also where no record has it: that is looked at below. */
          if (engram_query_find_term (query, ENGRAM_QUERY_TAG) == NULL && strstr (text, "tag:") == NULL)
            check_neurons (model, query, facets);
          check_synapses (model, query, facets);
        }
    }
}

static void
test_none (void)
{
  g_autoptr (Model) model = model_new (1, 0, 0, FALSE);
  g_autoptr (EngramFacets) facets = count (model, NULL);

  g_assert_cmpuint (facets->n_all, ==, 0);
  g_assert_cmpuint (facets->types->len, ==, 0);
  g_assert_cmpuint (facets->tags->len, ==, 0);
  g_assert_cmpuint (facets->weight.n_values, ==, 0);
  g_assert_cmpuint (facets->modified.n_values, ==, 0);
  g_assert_cmpfloat (facets->modified.low, <, facets->modified.high);
}

/* What the query names is there even where no neuron has it. */
static void
test_named (void)
{
  g_autoptr (Model) model = model_new (31, 50, 50, FALSE);
  g_autoptr (EngramQuery) query = parse_query ("type:tool,nowhere -tag:absent tag:cortex synapse:none");
  g_autoptr (EngramFacets) facets = count (model, query);
  gboolean found;

  g_assert_cmpuint (find_count (facets->types, "nowhere", &found), ==, 0);
  g_assert_true (found);
  find_count (facets->types, "knowledge", &found);
  g_assert_true (found);
  g_assert_cmpuint (find_count (facets->tags, "absent", &found), ==, 0);
  g_assert_true (found);
  g_assert_cmpuint (find_count (facets->synapse_types, "none", &found), ==, 0);
  g_assert_true (found);
}

/* What has not been made has nothing to count; what it gave is within round bounds; and what the query names of it is
 * there. */
static void
test_analyses (void)
{
  g_autoptr (Model) model = model_new (51, 60, 60, FALSE);
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (model->searcher, NULL, NULL, NULL, NULL);
  g_autofree double *numbers = g_new (double, network->n_neurons);
  g_autoptr (EngramRecordNumbers) values = NULL;
  g_autoptr (EngramQuery) query = parse_query ("component:77");
  g_autoptr (EngramFacets) facets = NULL;
  const EngramHistogram *histogram;
  gboolean found;

  for (guint i = 0; i < network->n_neurons; i++)
    numbers[i] = 0.0113 + 0.0001 * i;
  values = engram_record_numbers_new (network, numbers);
  engram_searcher_set_analysis (model->searcher, ENGRAM_ANALYSIS_PAGE_RANK, values);
  engram_searcher_set_analysis (model->searcher, ENGRAM_ANALYSIS_COMMUNITY, NULL);
  facets = count (model, query);

  g_assert_false (facets->analyses[ENGRAM_ANALYSIS_COMMUNITY].is_made);
  g_assert_null (facets->analyses[ENGRAM_ANALYSIS_COMMUNITY].groups);
  histogram = &facets->analyses[ENGRAM_ANALYSIS_PAGE_RANK].histogram;
  g_assert_cmpfloat_with_epsilon (histogram->low, 0.01125, 1e-12);
  g_assert_cmpfloat_with_epsilon (histogram->high, 0.01125 + 40 * 0.00015, 1e-12);
  g_assert_cmpuint (find_count (facets->analyses[ENGRAM_ANALYSIS_COMPONENT].groups, "77", &found), ==, 0);
  g_assert_true (found);
}

/* Of many names, the most frequent are listed, and those that are kept. */
static void
test_names (void)
{
  g_autoptr (EngramNameCounts) counts = engram_name_counts_new ();
  g_autoptr (EngramNameCounts) more = engram_name_counts_new ();
  g_autoptr (GHashTable) keep = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) values = NULL;
  gboolean found;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("name %03u", i);

      engram_name_counts_add (i % 2 == 0 ? counts : more, name, strlen (name), 1 + i / 10);
    }
  engram_name_counts_add (counts, "name 999 and more", 8, 7);
  engram_name_counts_add_once (counts, "name 000", 8, 1);
  engram_name_counts_add_once (counts, "name 000", 8, 1);
  engram_name_counts_add_once (counts, "name 000", 8, 2);
  engram_name_counts_add (counts, "unused", 6, 0);
  engram_name_counts_merge (counts, more);
  g_hash_table_add (keep, (gpointer) "name 000");
  g_hash_table_add (keep, (gpointer) "unused");
  values = engram_name_counts_list (counts, 10, keep);

  g_assert_cmpuint (engram_name_counts_get_used (counts), ==, 1000);
  g_assert_cmpuint (values->len, ==, 12);
  g_assert_cmpuint (find_count (values, "name 999", &found), ==, 107);
  g_assert_cmpuint (find_count (values, "name 000", &found), ==, 3);
  g_assert_cmpuint (find_count (values, "unused", &found), ==, 0);
  g_assert_true (found);
  assert_sorted (values);
}

static void
test_seconds (void)
{
  static const struct {
    const char *text;
    double      seconds;
  } times[] = {
    { "1970-01-01T00:00:00", 0 },
    { "1969-12-31T23:59:59", -1 },
    { "2000-02-29T12:00:00.250000", 951825600.25 },
    { "2000-03-01T00:00:00", 951868800 },
    { "2025-11-01T09:00:00", 1761987600 },
    { "2025-11-01 09:00:00", 1761987600 },
    { "2025-11-01", 1761955200 },
    { "0001-01-01T00:00:00", -62135596800.0 },
    { "9999-12-31T23:59:59", 253402300799.0 },
    /* Tests run in the time zone UTC. */
    { "2025-11-01T09:00:00Z", 1761987600 },
    { "2025-11-01T09:00:00+02:00", 1761980400 },
    { "2025-02-29T00:00:00", NAN },
    { "2025-11-01T09:00", NAN },
    { "yesterday", NAN },
    { "", NAN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      double seconds = engram_row_parse_seconds (times[i].text);

      g_test_message ("%s", times[i].text);
      g_assert_true (isnan (times[i].seconds) ? isnan (seconds) : fabs (seconds - times[i].seconds) < 1e-6);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (Model) model = model_new (41, 50, 50, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (engram_facets_count (model->searcher, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refused (void)
{
  g_autoptr (Model) model = model_new (43, 50, 50, FALSE);
  g_autoptr (EngramQuery) query = parse_query ("near:00000000-0000-4000-8000-000000000bad<3");
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_facets_count (model->searcher, query, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/facets/queries", test_queries);
  g_test_add_func ("/facets/random", test_random);
  g_test_add_func ("/facets/none", test_none);
  g_test_add_func ("/facets/named", test_named);
  g_test_add_func ("/facets/names", test_names);
  g_test_add_func ("/facets/analyses", test_analyses);
  g_test_add_func ("/facets/seconds", test_seconds);
  g_test_add_func ("/facets/cancelled", test_cancelled);
  g_test_add_func ("/facets/refused", test_refused);

  return g_test_run ();
}
