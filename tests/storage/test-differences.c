/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store-fixture.h"

#include <math.h>

/* Differences from another file as results of analyses: of five neurons the first was changed, the second has a synapse
 * that is weaker, the third lost one, the fourth is the same, and the fifth came. */
typedef struct {
  char           *path;   /* the file as it was */
  EngramDatabase *other;
  EngramSearcher *searcher;
} Setting;

static void
run_sql (StoreFixture *fixture,
         const char   *sql)
{
  g_autofree char *output = store_fixture_run_sql (fixture, sql);

  g_assert_cmpstr (output, ==, "");
}

static void
add_neuron (StoreFixture *fixture,
            const char   *text)
{
  EngramNeuron *neuron = engram_neuron_new ("tool");

  engram_neuron_set_text (neuron, ENGRAM_NEURON_SOURCE_DATA, text);
  store_fixture_create (fixture, neuron);
  engram_neuron_free (neuron);
}

#define ADD_SYNAPSE(number, source, target, weight) \
  "INSERT INTO synapses (id, source_neuron_id, target_neuron_id, weight, synapse_type, created_at, modified_at)" \
  " SELECT '" number "', source.id, target.id, " weight ", 'knowledge', '2025-01-01T00:00:00'," \
  " '2025-01-01T00:00:00' FROM neurons source, neurons target WHERE source.rowid = " source " AND target.rowid = " target

static void
setting_init (Setting      *self,
              StoreFixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (engram_database_get_path (fixture->database));
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= 4; i++)
    add_neuron (fixture, "Text");
  run_sql (fixture, ADD_SYNAPSE ("one", "1", "2", "0.5"));
  run_sql (fixture, ADD_SYNAPSE ("two", "1", "3", "0.25"));
  run_sql (fixture, ADD_SYNAPSE ("three", "1", "4", "0.75"));
  self->path = g_build_filename (folder, "before.db", NULL);
  engram_database_save_as (fixture->database, self->path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  run_sql (fixture, "UPDATE neurons SET position_x = position_x + 6, position_y = position_y + 8 WHERE rowid = 1");
  run_sql (fixture, "UPDATE synapses SET weight = 0.125 WHERE id = 'one'");
  run_sql (fixture, "DELETE FROM synapses WHERE id = 'two'");
  add_neuron (fixture, "Newcomer");
  self->other = engram_database_open (self->path, NULL, &error);
  g_assert_no_error (error);
  self->searcher = engram_searcher_new (fixture->database);
}

static void
setting_clear (Setting *self)
{
  g_clear_object (&self->searcher);
  g_clear_object (&self->other);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Setting, setting_clear)

static EngramDifferences *
compare (Setting      *self,
         StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramComparison) comparison =
    engram_comparison_new (fixture->database, self->other, NULL, NULL, NULL, &error);
  EngramDifferences *differences;

  g_assert_no_error (error);
  differences = engram_differences_new (comparison, self->searcher, self->other, NULL, &error);
  g_assert_no_error (error);
  for (EngramAnalysis analysis = 0; analysis < ENGRAM_N_ANALYSES; analysis++)
    if (engram_analysis_is_difference (analysis))
      engram_searcher_set_analysis (self->searcher, analysis, differences->values[analysis]);
  return differences;
}

/* Numbers and what cannot be said (NaN) are the same as themselves. */
static void
assert_numbers (EngramDifferences *differences,
                EngramAnalysis     analysis,
                const double      *expected,
                guint              n_expected)
{
  for (guint i = 0; i < n_expected; i++)
    {
      double number = engram_record_numbers_get (differences->values[analysis], i + 1);

      g_assert_true (number == expected[i] || (isnan (number) && isnan (expected[i])));
    }
}

static void
test_values (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_auto (Setting) setting = { NULL };
  g_autoptr (EngramDifferences) differences = NULL;
  EngramHistogram histogram;

  setting_init (&setting, fixture);
  differences = compare (&setting, fixture);
  assert_numbers (differences, ENGRAM_ANALYSIS_CHANGE,
                  (const double[]) { ENGRAM_DIFFERENCE_CHANGED, ENGRAM_DIFFERENCE_REWIRED, ENGRAM_DIFFERENCE_REWIRED,
                                     ENGRAM_DIFFERENCE_SAME, ENGRAM_DIFFERENCE_ADDED, NAN }, 6);
  assert_numbers (differences, ENGRAM_ANALYSIS_MOVED, (const double[]) { 10, NAN, NAN, NAN, NAN }, 5);
  assert_numbers (differences, ENGRAM_ANALYSIS_SYNAPSE_CHANGE,
                  (const double[]) { ENGRAM_DIFFERENCE_CHANGED, NAN, ENGRAM_DIFFERENCE_SAME }, 3);
  assert_numbers (differences, ENGRAM_ANALYSIS_WEIGHT_CHANGE, (const double[]) { -0.375, NAN, NAN }, 3);
  g_assert_cmpuint (differences->n_shown, ==, 5);
  g_assert_cmpuint (engram_row_set_get_size (differences->synapses), ==, 1);
  engram_differences_count (differences, ENGRAM_ANALYSIS_WEIGHT_CHANGE, &histogram);
  g_assert_cmpuint (histogram.n_values, ==, 1);
  g_assert_cmpfloat (histogram.minimum, ==, -0.375);
}

static void
assert_found (Setting          *setting,
              EngramRecordKind  kind,
              const char       *text,
              EngramSortKey     key,
              const char       *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramQuery) query = engram_query_parse (text, NULL, NULL, &error);
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (GString) rows = g_string_new (NULL);
  EngramSort sort = { key, FALSE };

  g_assert_no_error (error);
  found = engram_searcher_find (setting->searcher, kind, query, &sort, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < engram_row_order_get_size (found->order); i++)
    g_string_append_printf (rows, "%s%d", i > 0 ? " " : "", (int) engram_row_order_get (found->order, i));
  g_assert_cmpstr (rows->str, ==, expected);
}

static void
test_queries (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_auto (Setting) setting = { NULL };
  g_autoptr (EngramDifferences) differences = NULL;

  setting_init (&setting, fixture);
  differences = compare (&setting, fixture);
  assert_found (&setting, ENGRAM_RECORD_NEURON, "change:added,changed", ENGRAM_SORT_ROWS, "1 5");
  assert_found (&setting, ENGRAM_RECORD_NEURON, "change:rewired", ENGRAM_SORT_ROWS, "2 3");
  assert_found (&setting, ENGRAM_RECORD_NEURON, "-change:same", ENGRAM_SORT_ROWS, "1 2 3 5");
  assert_found (&setting, ENGRAM_RECORD_NEURON, "moved:>9", ENGRAM_SORT_ROWS, "1");
  assert_found (&setting, ENGRAM_RECORD_SYNAPSE, "change:changed", ENGRAM_SORT_ROWS, "1");
  /* Of a synapse, asked of the neurons at its ends. */
  assert_found (&setting, ENGRAM_RECORD_NEURON, "weight-change:<0", ENGRAM_SORT_ROWS, "1 2");
  assert_found (&setting, ENGRAM_RECORD_NEURON, "", ENGRAM_SORT_CHANGE, "5 1 2 3 4");
  assert_found (&setting, ENGRAM_RECORD_SYNAPSE, "", ENGRAM_SORT_WEIGHT_CHANGE, "1 3");
}

/* Before any file has been compared. */
static void
test_not_compared (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (EngramSearcher) searcher = engram_searcher_new (fixture->database);
  g_autoptr (EngramQuery) query = engram_query_parse ("change:added", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramFound) found = NULL;
  g_autoptr (EngramFacets) facets = engram_facets_count (searcher, NULL, NULL, &error);
  EngramSort sort = { ENGRAM_SORT_ROWS, FALSE };

  g_assert_no_error (error);
  g_assert_null (facets->changes);
  found = engram_searcher_find (searcher, ENGRAM_RECORD_SYNAPSE, query, &sort, NULL, NULL, NULL, &error);
  g_assert_null (found);
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Compare With"));
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_auto (Setting) setting = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;

  setting_init (&setting, fixture);
  comparison = engram_comparison_new (fixture->database, setting.other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_null (engram_differences_new (comparison, setting.searcher, setting.other, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (TestFolder) cache = test_folder_new ();

  /* The text index of a test is no business of the user's. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD_STORE_TEST ("/differences/values", NULL, test_values);
  ADD_STORE_TEST ("/differences/queries", NULL, test_queries);
  ADD_STORE_TEST ("/differences/not-compared", NULL, test_not_compared);
  ADD_STORE_TEST ("/differences/cancelled", NULL, test_cancelled);

  return g_test_run ();
}
