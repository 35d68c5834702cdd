/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>

static void
add_neuron (StoreFixture *fixture,
            const char   *metadata,
            const char   *tags,
            const char   *fields)
{
  EngramNeuron *neuron = engram_neuron_new ("tool");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_METADATA, metadata);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_SEMANTIC_TAGS, tags);
  engram_neuron_set_text (neuron, ENGRAM_NEURON_FIELDS, fields);
  store_fixture_create (fixture, neuron);
  engram_neuron_free (neuron);
}

static void
run_sql (StoreFixture *fixture,
         const char   *sql)
{
  g_autofree char *output = store_fixture_run_sql (fixture, sql);

  g_assert_cmpstr (output, ==, "");
}

static void
fill (StoreFixture *fixture)
{
  add_neuron (fixture, "{\"size\": 1.5, \"depth\": 3, \"name\": \"x\"}", "[\"rare\", \"common\"]",
              "{\"importance\": 0.25}");
  add_neuron (fixture, "{\"size\": -2e3, \"inner\": {\"size\": 7}, \"flag\": true}", "[\"common\"]", NULL);
  add_neuron (fixture, "{\"size\": \"12\", \"\\u0061ge\": 4, \"age\": 5}", "[]", "{\"importance\": \"0.5\"}");
  add_neuron (fixture, "{}", "[\"rare\", \"single\"]", NULL);
  add_neuron (fixture, "{\"depth\": 8, \"size\": 9}", "[\"common\", \"common\"]", "{\"importance\": 1}");
  /* As another program may have left them. */
  run_sql (fixture, "UPDATE neurons SET metadata = '{\"size\": 3, ', semantic_tags = '[\"common\", ' WHERE rowid = 4");
  run_sql (fixture, "UPDATE neurons SET rowid = 1000 WHERE rowid = 5");
}

static void
assert_values (EngramRecordNumbers *values,
               const double        *expected)
{
  static const gint64 rowids[] = { 1, 2, 3, 4, 1000 };

  g_assert_nonnull (values);
  g_assert_cmpuint (values->n_records, ==, G_N_ELEMENTS (rowids));
  for (guint i = 0; i < G_N_ELEMENTS (rowids); i++)
    {
      double number = engram_record_numbers_get (values, rowids[i]);

      g_assert_cmpint (values->rowids[i], ==, rowids[i]);
      g_assert_true (number == expected[i] || (isnan (number) && isnan (expected[i])));
    }
  g_assert_true (isnan (engram_record_numbers_get (values, 0)));
  g_assert_true (isnan (engram_record_numbers_get (values, 500)));
  g_assert_true (isnan (engram_record_numbers_get (values, 1001)));
}

/* Numbers at the top of an object alone count. */
static void
test_metadata (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramRecordNumbers) sizes = NULL, ages = NULL, none = NULL, importance = NULL;

  fill (fixture);
  sizes = engram_record_numbers_load_metadata (fixture->database, "size", NULL, &error);
  g_assert_no_error (error);
  assert_values (sizes, (const double[]) { 1.5, -2000, NAN, NAN, 9 });
  ages = engram_record_numbers_load_metadata (fixture->database, "age", NULL, &error);
  assert_values (ages, (const double[]) { NAN, NAN, 5, NAN, NAN });
  none = engram_record_numbers_load_metadata (fixture->database, "absent", NULL, &error);
  assert_values (none, (const double[]) { NAN, NAN, NAN, NAN, NAN });
  importance = engram_record_numbers_load_importance (fixture->database, NULL, &error);
  assert_values (importance, (const double[]) { 0.25, NAN, NAN, NAN, 1 });
  g_assert_no_error (error);
}

static void
assert_name (GPtrArray  *names,
             guint       index,
             const char *name,
             guint64     count)
{
  const EngramFacetValue *value;

  g_assert_cmpuint (index, <, names->len);
  value = names->pdata[index];
  g_assert_cmpstr (value->name, ==, name);
  g_assert_cmpuint (value->count, ==, count);
}

static void
test_keys (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = NULL, most = NULL;
  g_autoptr (GString) many = g_string_new ("{");

  fill (fixture);
  keys = engram_metadata_list_number_keys (fixture->database, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 3);
  assert_name (keys, 0, "size", 3);
  assert_name (keys, 1, "depth", 2);
  assert_name (keys, 2, "age", 1);

  for (guint i = 0; i < ENGRAM_METADATA_MAX_KEYS + 20; i++)
    g_string_append_printf (many, "%s\"key %u\": %u", i > 0 ? ", " : "", i, i);
  g_string_append_c (many, '}');
  add_neuron (fixture, many->str, "[]", NULL);
  most = engram_metadata_list_number_keys (fixture->database, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (most->len, ==, ENGRAM_METADATA_MAX_KEYS);
  assert_name (most, 0, "size", 3);
}

/* Each neuron as the most frequent of its tags, which need not be its first. */
static void
test_tags (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeuronTags) tags = NULL;

  fill (fixture);
  run_sql (fixture, "UPDATE neurons SET semantic_tags = '[\"single\", \"rare\"]' WHERE rowid = 3");
  tags = engram_neuron_tags_load (fixture->database, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tags->names->len, ==, 3);
  assert_name (tags->names, 0, "common", 3);
  assert_name (tags->names, 1, "rare", 2);
  assert_name (tags->names, 2, "single", 1);
  assert_values (tags->values, (const double[]) { 0, 0, 1, NAN, 0 });
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_cancellable_cancel (cancellable);
  g_assert_null (engram_record_numbers_load_metadata (fixture->database, "size", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_metadata_list_number_keys (fixture->database, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_neuron_tags_load (fixture->database, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_empty (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = engram_metadata_list_number_keys (fixture->database, NULL, &error);
  g_autoptr (EngramNeuronTags) tags = engram_neuron_tags_load (fixture->database, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 0);
  g_assert_cmpuint (tags->names->len, ==, 0);
  g_assert_cmpuint (tags->values->n_records, ==, 0);
}

/* Analyses */

static EngramRecordNumbers *
set_communities (StoreFixture   *fixture,
                 EngramSearcher *searcher)
{
  static const double communities[] = { 2, 1, NAN, 1, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNetwork) network = engram_searcher_get_network (searcher, NULL, NULL, NULL, &error);
  EngramRecordNumbers *values;

  g_assert_no_error (error);
  g_assert_cmpuint (network->n_neurons, ==, G_N_ELEMENTS (communities));
  values = engram_record_numbers_new (network, communities);
  engram_searcher_set_analysis (searcher, ENGRAM_ANALYSIS_COMMUNITY, values);
  return values;
}

static void
assert_found (EngramSearcher   *searcher,
              EngramRecordKind  kind,
              const char       *text,
              EngramSort        sort,
              const gint64     *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);
  g_autoptr (EngramFound) found = NULL;
  gsize n_rows = 0;

  g_assert_no_error (error);
  found = engram_searcher_find (searcher, kind, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (; expected[n_rows] != 0; n_rows++)
    {
      g_assert_cmpuint (n_rows, <, engram_row_order_get_size (found->order));
      g_assert_cmpint (engram_row_order_get (found->order, n_rows), ==, expected[n_rows]);
    }
  g_assert_cmpuint (engram_row_order_get_size (found->order), ==, n_rows);
}

/* What has not been made says how it is made, and does so no more once it is there. */
static void
test_filter (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramQuery) query = engram_query_parse ("community:1", NULL, NULL, NULL);
  g_autoptr (EngramRecordNumbers) values = NULL, kept = NULL;
  g_autoptr (GError) error = NULL;
  const EngramSort by_rows = { ENGRAM_SORT_ROWS, FALSE };

  fill (fixture);
  for (EngramRecordKind kind = ENGRAM_RECORD_NEURON; kind <= ENGRAM_RECORD_SYNAPSE; kind++)
    {
      g_assert_null (engram_searcher_find (searcher, kind, query, &by_rows, NULL, NULL, NULL, &error));
      g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, "Communities"));
      g_clear_error (&error);
    }

  values = set_communities (fixture, searcher);
  kept = engram_searcher_get_analysis (searcher, ENGRAM_ANALYSIS_COMMUNITY);
  g_assert_true (kept == values);
  g_assert_null (engram_searcher_get_analysis (searcher, ENGRAM_ANALYSIS_COMPONENT));
  assert_found (searcher, ENGRAM_RECORD_NEURON, "community:1", by_rows, (const gint64[]) { 2, 4, 0 });
  assert_found (searcher, ENGRAM_RECORD_NEURON, "community:>=2", by_rows, (const gint64[]) { 1, 1000, 0 });
  assert_found (searcher, ENGRAM_RECORD_NEURON, "community:3,2,7", by_rows, (const gint64[]) { 1, 1000, 0 });
  assert_found (searcher, ENGRAM_RECORD_NEURON, "-community:3,2", by_rows, (const gint64[]) { 2, 3, 4, 0 });
  /* A neuron without one is in no community. */
  assert_found (searcher, ENGRAM_RECORD_NEURON, "-community:1", by_rows, (const gint64[]) { 1, 3, 1000, 0 });
  engram_searcher_set_analysis (searcher, ENGRAM_ANALYSIS_COMMUNITY, NULL);
  g_assert_null (engram_searcher_get_analysis (searcher, ENGRAM_ANALYSIS_COMMUNITY));
}

/* Where there is no result, sorting by it sorts by nothing. */
static void
test_sort (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramRecordNumbers) values = NULL;
  const EngramSort rising = { ENGRAM_SORT_COMMUNITY, FALSE };
  const EngramSort falling = { ENGRAM_SORT_COMMUNITY, TRUE };

  fill (fixture);
  assert_found (searcher, ENGRAM_RECORD_NEURON, "", falling, (const gint64[]) { 1, 2, 3, 4, 1000, 0 });
  values = set_communities (fixture, searcher);
  assert_found (searcher, ENGRAM_RECORD_NEURON, "", rising, (const gint64[]) { 2, 4, 1, 1000, 3, 0 });
  assert_found (searcher, ENGRAM_RECORD_NEURON, "", falling, (const gint64[]) { 1000, 1, 2, 4, 3, 0 });
}

/* A synapse by the neurons at its ends; what came later has no community. */
static void
test_ends (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramRecordNumbers) values = NULL;
  const EngramSort by_rows = { ENGRAM_SORT_ROWS, FALSE };

  fill (fixture);
  run_sql (fixture, "UPDATE neurons SET id = 'n' || rowid");
  engram_synapse_free (store_fixture_join (fixture, "n1", "n2", 0.5));
  engram_synapse_free (store_fixture_join (fixture, "n1", "n3", 0.5));
  engram_synapse_free (store_fixture_join (fixture, "n1000", "n4", 0.5));
  values = set_communities (fixture, searcher);
  add_neuron (fixture, "{}", "[]", NULL);
  assert_found (searcher, ENGRAM_RECORD_SYNAPSE, "community:1", by_rows, (const gint64[]) { 1, 3, 0 });
  assert_found (searcher, ENGRAM_RECORD_NEURON, "community:>=0", by_rows, (const gint64[]) { 1, 2, 4, 1000, 0 });
}

/* Each has a field, a key and a name of its own. */
static void
test_analyses (void)
{
  for (EngramAnalysis analysis = 0; analysis < ENGRAM_N_ANALYSES; analysis++)
    {
      const char *name = engram_analysis_get_name (analysis);
      EngramAnalysis found;

      g_assert_true (engram_analysis_from_name (name, &found));
      g_assert_cmpstr (engram_analysis_get_name (found), ==, name);
      g_assert_true (engram_analysis_from_field (engram_analysis_get_field (analysis),
                                                 engram_analysis_get_kind (analysis), &found));
      g_assert_cmpint (found, ==, analysis);
      g_assert_true (engram_analysis_from_sort_key (engram_sort_key_from_name (name),
                                                    engram_analysis_get_kind (analysis), &found));
      g_assert_cmpint (found, ==, analysis);
      g_assert_cmpstr (engram_query_field_get_name (engram_analysis_get_field (analysis)), ==, name);
      g_assert_cmpstr (engram_analysis_get_label (analysis), !=, "");
      g_assert_cmpstr (engram_analysis_get_title (analysis), !=, "");
    }
  g_assert_true (engram_analysis_is_category (ENGRAM_ANALYSIS_COMMUNITY));
  g_assert_false (engram_analysis_is_category (ENGRAM_ANALYSIS_PAGE_RANK));
  g_assert_false (engram_analysis_from_name ("degree", &(EngramAnalysis) { 0 }));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) cache = test_folder_new ();

  /* The text index of a test is no business of the user's. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/record-numbers/metadata", NULL, test_metadata);
  ADD_STORE_TEST ("/record-numbers/keys", NULL, test_keys);
  ADD_STORE_TEST ("/record-numbers/tags", NULL, test_tags);
  ADD_STORE_TEST ("/record-numbers/cancelled", NULL, test_cancelled);
  ADD_STORE_TEST ("/record-numbers/empty", NULL, test_empty);
  ADD_STORE_TEST ("/record-numbers/analyses/filter", NULL, test_filter);
  ADD_STORE_TEST ("/record-numbers/analyses/sort", NULL, test_sort);
  ADD_STORE_TEST ("/record-numbers/analyses/ends", NULL, test_ends);
  g_test_add_func ("/record-numbers/analyses/names", test_analyses);

  return g_test_run ();
}
