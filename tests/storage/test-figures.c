/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "store-fixture.h"

typedef struct {
  StoreFixture     store;
  EngramSearcher  *searcher;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (&fixture->store, NULL);
  fixture->searcher = engram_searcher_new (fixture->store.database);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->searcher);
  store_fixture_tear_down (&fixture->store, NULL);
}

static EngramNetworkFigures *
compute (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EngramNetworkFigures *figures = engram_network_figures_compute (fixture->searcher, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (figures);
  return figures;
}

static EngramSelectionFigures *
compute_selection (Fixture      *fixture,
                   EngramRowSet *neurons,
                   EngramRowSet *synapses)
{
  g_autoptr (GError) error = NULL;
  EngramSelectionFigures *figures = engram_selection_figures_compute (fixture->searcher, neurons, synapses, NULL,
                                                                      &error);

  g_assert_no_error (error);
  g_assert_nonnull (figures);
  return figures;
}

/* The rows that a query of another program gives. */
static EngramRowSet *
select_rows (Fixture    *fixture,
             const char *sql)
{
  g_autofree char *text = store_fixture_run_sql (&fixture->store, sql);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gint64 row = g_ascii_strtoll (lines[i], NULL, 10);

      if (*lines[i] != '\0')
        g_array_append_val (rows, row);
    }
  return engram_row_set_new ((const gint64 *) rows->data, rows->len);
}

/* What another program counts. */
static double
ask (Fixture    *fixture,
     const char *sql)
{
  g_autofree char *text = store_fixture_run_sql (&fixture->store, sql);

  return g_str_equal (text, "NULL\n") ? NAN : g_ascii_strtod (text, NULL);
}

/* "name count, name count, ..." */
static void
assert_values (GPtrArray  *values,
               const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < values->len; i++)
    {
      const EngramFacetValue *value = values->pdata[i];

      g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i > 0 ? ", " : "", value->name, value->count);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static guint64
add_bins (const EngramHistogram *histogram)
{
  guint64 sum = 0;

  for (guint i = 0; i < ENGRAM_HISTOGRAM_BINS; i++)
    sum += histogram->bins[i];
  return sum;
}

static void
assert_near (double number,
             double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (number));
  else
    g_assert_cmpfloat_with_epsilon (number, expected, 1e-9);
}

/* The whole of a histogram whose values all lie in its bins. */
static void
assert_histogram (const EngramHistogram *histogram,
                  guint64                n_values,
                  guint64                n_missing,
                  double                 minimum,
                  double                 mean,
                  double                 maximum)
{
  g_assert_cmpuint (histogram->n_values, ==, n_values);
  g_assert_cmpuint (histogram->n_missing, ==, n_missing);
  g_assert_cmpuint (add_bins (histogram), ==, n_values);
  assert_near (histogram->minimum, minimum);
  assert_near (histogram->mean, mean);
  assert_near (histogram->maximum, maximum);
}

#define NEURONS "INSERT INTO neurons (rowid, id, position_x, position_y, position_z, vector, neuron_type, metadata," \
                " activation_level, created_at, modified_at, semantic_tags, engram_fields) VALUES "
#define TIMES "'2025-11-01T09:00:00', '2025-11-01T09:00:00'"
#define SYNAPSES "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, usage_count," \
                 " synapse_type, created_at, modified_at) VALUES "

/* Two parts that hang together, a neuron that leads back to itself, one without a synapse, and a synapse to nowhere. */
static void
make_small (Fixture *fixture)
{
  static const char *const neurons[] = {
    "(1, 'a', 0, -1, 2, x'0000803f00000040', 'tool', NULL, 0.25, " TIMES ","
    " '[\"x\", \"y\", \"x\"]', '{\"importance\": 0.5}')",
    "(2, 'b', 1, 1, 4, x'0000803f00000040', 'tool', NULL, 0.75, " TIMES ","
    " '[\"\\u0078\"]', '{\"importance\": \"much\"}')",
    "(5, 'c', 5, 0, 6, x'0000803f00000040', 'memory', NULL, 1.0, " TIMES ", '[\"x\", ', '{}')",
    "(6, 'd', 'far', 0, 0, NULL, 'memory', NULL, 0.0, " TIMES ", NULL, NULL)",
    "(900, 'e', 7, 7, 7, x'', 'memory', NULL, 'none', " TIMES ", '[\"z\"]', '{\"importance\": 1}')",
    "(-7, 'f', 9, 9, 9, NULL, 'knowledge', NULL, 0.5, " TIMES ", '[]', NULL)",
  };
  static const char *const synapses[] = {
    "(1, 's1', 'a', 'b', -0.5, 1, 'knowledge', " TIMES ")",
    "(2, 's2', 'b', 'a', 0.25, 50, 'knowledge', " TIMES ")",
    "(3, 's3', 'c', 'd', -1.0, 0, 'tool_input', " TIMES ")",
    "(40, 's4', 'e', 'e', 1.0, 3, 'knowledge', " TIMES ")",
    "(41, 's5', 'a', 'nowhere', 0.5, 1000, 'knowledge', " TIMES ")",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (neurons); i++)
    {
      g_autofree char *sql = g_strconcat (NEURONS, neurons[i], NULL);

      g_free (store_fixture_run_sql (&fixture->store, sql));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (synapses); i++)
    {
      g_autofree char *sql = g_strconcat (SYNAPSES, synapses[i], NULL);

      g_free (store_fixture_run_sql (&fixture->store, sql));
    }
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (EngramNetworkFigures) figures = compute (fixture);
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();
  g_autoptr (EngramSelectionFigures) selection = compute_selection (fixture, none, none);

  g_assert_cmpuint (figures->n_neurons, ==, 0);
  g_assert_cmpuint (figures->n_synapses, ==, 0);
  g_assert_cmpuint (figures->n_dangling, ==, 0);
  g_assert_cmpuint (figures->dimension, ==, 0);
  g_assert_cmpuint (figures->n_components, ==, 0);
  g_assert_cmpuint (figures->largest_component, ==, 0);
  g_assert_cmpuint (figures->n_isolated, ==, 0);
  g_assert_cmpuint (figures->types->len, ==, 0);
  assert_histogram (&figures->degree, 0, 0, NAN, NAN, NAN);
  assert_histogram (&figures->weight, 0, 0, NAN, NAN, NAN);

  g_assert_cmpuint (selection->n_neurons, ==, 0);
  g_assert_cmpuint (selection->n_synapses, ==, 0);
  g_assert_true (isnan (selection->position_mean[0]));
  g_assert_cmpuint (selection->tags->len, ==, 0);
  g_assert_cmpuint (selection->synapse_types->len, ==, 0);
}

static void
test_small_network (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (EngramNetworkFigures) figures = NULL;

  make_small (fixture);
  figures = compute (fixture);
  g_assert_cmpuint (figures->n_neurons, ==, 6);
  g_assert_cmpuint (figures->n_synapses, ==, 5);
  g_assert_cmpuint (figures->n_dangling, ==, 1);
  g_assert_cmpuint (figures->dimension, ==, 2);
  g_assert_cmpuint (figures->n_components, ==, 4);
  g_assert_cmpuint (figures->largest_component, ==, 2);
  g_assert_cmpuint (figures->n_isolated, ==, 1);
  g_assert_cmpuint (figures->n_inhibiting, ==, 2);
  assert_values (figures->types, "memory 3, tool 2, knowledge 1");
  assert_histogram (&figures->degree, 6, 0, 0, 9 / 6.0, 3);
  assert_histogram (&figures->weight, 4, 0, -1, -0.0625, 1);
  assert_histogram (&figures->activation, 5, 1, 0, 0.5, 1);
  g_assert_cmpuint (figures->degree.bins[0], ==, 1);
  g_assert_cmpuint (figures->degree.bins[1], ==, 2);
  g_assert_cmpuint (figures->degree.bins[2], ==, 2);
  g_assert_cmpuint (figures->degree.bins[3], ==, 1);
  g_assert_cmpuint (figures->weight.bins[0], ==, 1);
  g_assert_cmpuint (figures->weight.bins[ENGRAM_HISTOGRAM_BINS - 1], ==, 1);
}

static void
test_moved_on (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (EngramNetworkFigures) before = NULL;
  g_autoptr (EngramNetworkFigures) after = NULL;

  make_small (fixture);
  before = compute (fixture);
  g_free (store_fixture_run_sql (&fixture->store, SYNAPSES "(50, 's6', 'c', 'b', 0.5, 0, 'knowledge', " TIMES ")"));
  after = compute (fixture);
  g_assert_cmpuint (after->n_components, ==, before->n_components - 1);
  g_assert_cmpuint (after->largest_component, ==, 4);
}

static void
test_small_selection (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = NULL;
  g_autoptr (EngramRowSet) synapses = NULL;
  g_autoptr (EngramSelectionFigures) figures = NULL;

  make_small (fixture);
  /* All but a: with a row that is not there. */
  neurons = engram_row_set_new ((const gint64[]) { -7, 2, 3, 5, 6, 900 }, 6);
  synapses = engram_row_set_new ((const gint64[]) { 1, 2, 3, 41, 42 }, 5);
  figures = compute_selection (fixture, neurons, synapses);

  g_assert_cmpuint (figures->n_neurons, ==, 5);
  assert_values (figures->types, "memory 3, knowledge 1, tool 1");
  assert_values (figures->tags, "x 1, z 1");
  assert_histogram (&figures->activation, 4, 1, 0, 0.5625, 1);
  assert_histogram (&figures->importance, 1, 4, 1, 1, 1);
  assert_histogram (&figures->degree, 5, 0, 0, 6 / 5.0, 2);
  g_assert_cmpfloat (figures->position_low[0], ==, 1);
  g_assert_cmpfloat (figures->position_low[1], ==, 0);
  g_assert_cmpfloat (figures->position_low[2], ==, 4);
  for (int axis = 0; axis < 3; axis++)
    g_assert_cmpfloat (figures->position_high[axis], ==, 9);
  assert_near (figures->position_mean[0], (1 + 5 + 7 + 9) / 4.0);
  assert_near (figures->position_mean[2], (4 + 6 + 7 + 9) / 4.0);
  g_assert_cmpuint (figures->n_without_vector, ==, 3);
  /* c to d and e to itself; a to b and b to a. */
  g_assert_cmpuint (figures->n_inner, ==, 2);
  g_assert_cmpuint (figures->n_outer, ==, 2);

  g_assert_cmpuint (figures->n_synapses, ==, 4);
  assert_values (figures->synapse_types, "knowledge 3, tool_input 1");
  assert_histogram (&figures->weight, 4, 0, -1, -0.1875, 0.5);
  g_assert_cmpfloat (figures->weight_sum, ==, -0.75);
  assert_histogram (&figures->usage, 4, 0, 0, 262.75, 1000);
  g_assert_cmpfloat (figures->usage.high, >, 1000);
}

/* A tag that stands twice in a neuron is one tag of it. */
static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();
  g_autoptr (EngramRowSet) neurons = NULL;
  g_autoptr (EngramSelectionFigures) figures = NULL;
  g_autoptr (GString) many = g_string_new ("UPDATE neurons SET semantic_tags='[\"often\"");

  make_small (fixture);
  neurons = engram_row_set_new ((const gint64[]) { 1, 2, 5 }, 3);
  figures = compute_selection (fixture, neurons, none);
  assert_values (figures->tags, "x 2, y 1");
  g_clear_pointer (&figures, engram_selection_figures_free);

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (many, ", \"tag %02u\"", i);
  g_string_append (many, "]' WHERE id='a'");
  g_free (store_fixture_run_sql (&fixture->store, many->str));
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET semantic_tags='[\"often\"]' WHERE id='b'"));
  figures = compute_selection (fixture, neurons, none);
  g_assert_cmpuint (figures->tags->len, ==, 50);
  g_assert_cmpstr (((EngramFacetValue *) figures->tags->pdata[0])->name, ==, "often");
}

/* Random networks against what is counted in the plainest way. */

#define MAX_NEURONS 80

/* Fills a network, in rows with gaps, and gives which neurons are joined to which. */
static guint
make_random (Fixture *fixture,
             GRand   *random,
             gboolean joined[MAX_NEURONS][MAX_NEURONS])
{
  guint n_neurons = g_rand_int_range (random, 1, MAX_NEURONS);
  guint n_synapses = g_rand_int_range (random, 0, n_neurons * 3 / 2);
  g_autoptr (GString) sql = g_string_new (NULL);

  memset (joined, 0, sizeof (gboolean) * MAX_NEURONS * MAX_NEURONS);
  for (guint i = 0; i < n_neurons; i++)
    g_string_append_printf (sql, "%s(%u, 'n%u', %u, %u, 0, NULL, 'type %u', NULL, %u/100.0, " TIMES ", NULL, NULL)",
                            i > 0 ? ", " : NEURONS, i * 7 + g_rand_int_range (random, 0, 7), i, i, i % 5, i % 4, i);
  g_free (store_fixture_run_sql (&fixture->store, sql->str));
  g_string_truncate (sql, 0);
  for (guint i = 0; i < n_synapses; i++)
    {
      guint source = g_rand_int_range (random, 0, n_neurons);
      guint target = g_rand_int_range (random, 0, n_neurons);

      joined[source][target] = joined[target][source] = TRUE;
      g_string_append_printf (sql, "%s(%u, 's%u', 'n%u', 'n%u', %d/10.0, %u, 'knowledge', " TIMES ")",
                              i > 0 ? ", " : SYNAPSES, i * 3 + 1, i, source, target, g_rand_int_range (random, -10, 11),
                              i * i);
    }
  if (n_synapses > 0)
    g_free (store_fixture_run_sql (&fixture->store, sql->str));
  return n_neurons;
}

/* Everything that can be reached, by Warshall's method. */
static void
count_naively (gboolean  joined[MAX_NEURONS][MAX_NEURONS],
               guint     n_neurons,
               guint    *n_components,
               guint    *largest)
{
  *n_components = *largest = 0;
  for (guint k = 0; k < n_neurons; k++)
    for (guint i = 0; i < n_neurons; i++)
      for (guint j = 0; j < n_neurons; j++)
        joined[i][j] |= joined[i][k] && joined[k][j];
  for (guint i = 0; i < n_neurons; i++)
    {
      gboolean is_first = TRUE;
      guint size = 1;

      for (guint j = 0; j < n_neurons; j++)
        {
          is_first &= j >= i || !joined[i][j];
          size += j != i && joined[i][j];
        }
      *n_components += is_first;
      *largest = MAX (*largest, size);
    }
}

#define DEGREE "(SELECT count(*) FROM synapses WHERE source_neuron_id = n.id)" \
               " + (SELECT count(*) FROM synapses WHERE target_neuron_id = n.id)"

static void
compare_network (Fixture *fixture,
                 gboolean joined[MAX_NEURONS][MAX_NEURONS],
                 guint    n_neurons)
{
  g_autoptr (EngramNetworkFigures) figures = compute (fixture);
  guint n_components, largest;

  count_naively (joined, n_neurons, &n_components, &largest);
  g_assert_cmpuint (figures->n_neurons, ==, n_neurons);
  g_assert_cmpuint (figures->n_components, ==, n_components);
  g_assert_cmpuint (figures->largest_component, ==, largest);
  g_assert_cmpfloat (figures->n_synapses, ==, ask (fixture, "SELECT count(*) FROM synapses"));
  g_assert_cmpfloat (figures->n_inhibiting, ==, ask (fixture, "SELECT count(*) FROM synapses WHERE weight < 0"));
  g_assert_cmpfloat (figures->n_isolated, ==, ask (fixture, "SELECT count(*) FROM neurons AS n WHERE " DEGREE " = 0"));
  assert_near (figures->degree.mean, ask (fixture, "SELECT avg(" DEGREE ") FROM neurons AS n"));
  assert_near (figures->degree.maximum, ask (fixture, "SELECT max(" DEGREE ") FROM neurons AS n"));
  assert_near (figures->weight.mean, ask (fixture, "SELECT avg(weight) FROM synapses"));
}

#define PART "(rowid * 31 / 7) % 3 <> 0"
#define IS_IN(end) "(SELECT count(*) FROM neurons WHERE id = " end " AND " PART ")"

static void
compare_selection (Fixture *fixture)
{
  g_autoptr (EngramRowSet) neurons = select_rows (fixture, "SELECT rowid FROM neurons WHERE " PART);
  g_autoptr (EngramRowSet) synapses = select_rows (fixture, "SELECT rowid FROM synapses WHERE " PART);
  g_autoptr (EngramSelectionFigures) figures = compute_selection (fixture, neurons, synapses);

  g_assert_cmpuint (figures->n_neurons, ==, engram_row_set_get_size (neurons));
  g_assert_cmpuint (figures->n_synapses, ==, engram_row_set_get_size (synapses));
  g_assert_cmpfloat (figures->n_inner, ==,
                     ask (fixture, "SELECT count(*) FROM synapses AS s WHERE " IS_IN ("s.source_neuron_id") " + "
                                   IS_IN ("s.target_neuron_id") " = 2"));
  g_assert_cmpfloat (figures->n_outer, ==,
                     ask (fixture, "SELECT count(*) FROM synapses AS s WHERE " IS_IN ("s.source_neuron_id") " + "
                                   IS_IN ("s.target_neuron_id") " = 1"));
  assert_near (figures->activation.mean, ask (fixture, "SELECT avg(activation_level) FROM neurons WHERE " PART));
  assert_near (figures->position_mean[1], ask (fixture, "SELECT avg(position_y) FROM neurons WHERE " PART));
  assert_near (figures->position_low[0], ask (fixture, "SELECT min(position_x) FROM neurons WHERE " PART));
  assert_near (figures->degree.mean, ask (fixture, "SELECT avg(" DEGREE ") FROM neurons AS n WHERE " PART));
  assert_near (figures->weight.mean, ask (fixture, "SELECT avg(weight) FROM synapses WHERE " PART));
  assert_near (figures->weight_sum, ask (fixture, "SELECT ifnull(sum(weight), 0) FROM synapses WHERE " PART));
  assert_near (figures->usage.maximum, ask (fixture, "SELECT max(usage_count) FROM synapses WHERE " PART));
  g_assert_cmpuint (add_bins (&figures->usage), ==, figures->n_synapses);
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20251123);
  static gboolean joined[MAX_NEURONS][MAX_NEURONS];

  for (guint i = 0; i < 30; i++)
    {
      guint n_neurons = make_random (fixture, random, joined);

      compare_network (fixture, joined, n_neurons);
      compare_selection (fixture);
      g_free (store_fixture_run_sql (&fixture->store, "DELETE FROM synapses"));
      g_free (store_fixture_run_sql (&fixture->store, "DELETE FROM neurons"));
    }
}

/* Many rows, which several threads read. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (EngramRowSet) neurons = NULL;
  g_autoptr (EngramRowSet) synapses = NULL;
  g_autoptr (EngramNetworkFigures) figures = NULL;

  g_free (store_fixture_run_sql (&fixture->store,
            "INSERT INTO neurons (rowid, id, position_x, position_y, position_z, neuron_type, activation_level,"
            " created_at, modified_at, semantic_tags)"
            " WITH RECURSIVE count (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count WHERE n < 11999)"
            " SELECT n - 500, 'n' || n, n, n % 5, 0, 'type ' || (n % 4), n / 12000.0, " TIMES ","
            " '[\"tag ' || (n % 60) || '\"]' FROM count"));
  g_free (store_fixture_run_sql (&fixture->store,
            "INSERT INTO synapses (rowid, id, source_neuron_id, target_neuron_id, weight, usage_count, synapse_type,"
            " created_at, modified_at)"
            " WITH RECURSIVE count (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count WHERE n < 11997)"
            " SELECT n, 's' || n, 'n' || n, 'n' || (n + 2), (n % 21 - 10) / 10.0, n, 'knowledge', " TIMES
            " FROM count"));
  figures = compute (fixture);
  g_assert_cmpuint (figures->n_components, ==, 2);
  g_assert_cmpuint (figures->largest_component, ==, 6000);
  assert_values (figures->types, "type 0 3000, type 1 3000, type 2 3000, type 3 3000");
  compare_selection (fixture);

  neurons = select_rows (fixture, "SELECT rowid FROM neurons");
  synapses = select_rows (fixture, "SELECT rowid FROM synapses WHERE rowid BETWEEN 100 AND 9000");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (EngramSelectionFigures) selection = compute_selection (fixture, neurons, synapses);

      g_assert_cmpuint (selection->n_neurons, ==, 12000);
      g_assert_cmpuint (selection->n_inner, ==, 11998);
      g_assert_cmpuint (selection->n_outer, ==, 0);
      g_assert_cmpuint (selection->n_synapses, ==, 8901);
      g_assert_cmpuint (selection->tags->len, ==, 50);
      g_assert_cmpuint (((EngramFacetValue *) selection->tags->pdata[49])->count, ==, 200);
      assert_near (selection->position_mean[0], 11999 / 2.0);
      assert_near (selection->usage.mean, 4550);
    }
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((const gint64[]) { 1, 2, 3 }, 3);
  g_autoptr (EngramNetworkFigures) network = NULL;
  g_autoptr (EngramSelectionFigures) selection = NULL;
  g_autoptr (GError) error = NULL;

  make_small (fixture);
  network = compute (fixture);
  g_clear_pointer (&network, engram_network_figures_free);
  /* Also where the columns are loaded already. */
  g_cancellable_cancel (cancellable);
  network = engram_network_figures_compute (fixture->searcher, cancellable, &error);
  g_assert_null (network);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  selection = engram_selection_figures_compute (fixture->searcher, rows, rows, cancellable, &error);
  g_assert_null (selection);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Bytes that are no text must not reach what people see. */
static void
test_odd_names (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (EngramRowSet) none = engram_row_set_new_empty ();
  g_autoptr (EngramRowSet) rows = engram_row_set_new ((const gint64[]) { 1 }, 1);
  g_autoptr (EngramNetworkFigures) network = NULL;
  g_autoptr (EngramSelectionFigures) selection = NULL;

  make_small (fixture);
  g_free (store_fixture_run_sql (&fixture->store, "UPDATE neurons SET neuron_type=CAST (x'74ff' AS TEXT)"
                                                  " WHERE id='a'"));
  network = compute (fixture);
  assert_values (network->types, "memory 3, knowledge 1, tool 1, t\357\277\275 1");
  selection = compute_selection (fixture, rows, none);
  assert_values (selection->types, "t\357\277\275 1");
}

#define ADD(path, function) g_test_add ("/figures/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("empty", test_empty);
  ADD ("small-network", test_small_network);
  ADD ("moved-on", test_moved_on);
  ADD ("small-selection", test_small_selection);
  ADD ("tags", test_tags);
  ADD ("random", test_random);
  ADD ("large", test_large);
  ADD ("cancelled", test_cancelled);
  ADD ("odd-names", test_odd_names);

  return g_test_run ();
}
