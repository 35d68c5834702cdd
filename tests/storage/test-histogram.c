/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "query/engram-analysis-count-private.h"
#include "query/engram-histogram-private.h"

#include "filter-support.h"

static void
test_histogram (void)
{
  EngramHistogram histogram, other;
  const double numbers[] = { 0, 1, 0.5, 0.0249, 0.025, -3, 2, NAN, INFINITY, 0.9999 };

  engram_histogram_begin (&histogram, 0, 1);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    engram_histogram_add (&histogram, numbers[i]);
  g_assert_cmpuint (histogram.n_values, ==, 8);
  g_assert_cmpuint (histogram.n_missing, ==, 2);
  g_assert_cmpuint (histogram.bins[0], ==, 2);
  g_assert_cmpuint (histogram.bins[1], ==, 1);
  g_assert_cmpuint (histogram.bins[20], ==, 1);
  g_assert_cmpuint (histogram.bins[39], ==, 2);
  g_assert_cmpfloat (histogram.minimum, ==, -3);
  g_assert_cmpfloat (histogram.maximum, ==, 2);

  engram_histogram_begin (&other, 0, 1);
  engram_histogram_merge (&histogram, &other);
  g_assert_cmpuint (histogram.n_values, ==, 8);
  engram_histogram_merge (&other, &histogram);
  g_assert_cmpfloat (other.mean, ==, histogram.mean);
  g_assert_cmpfloat (other.deviation, ==, histogram.deviation);
  engram_histogram_begin (&other, 0, 1);
  engram_histogram_add (&other, 10);
  engram_histogram_add (&other, 14);
  engram_histogram_begin (&histogram, 0, 1);
  engram_histogram_add (&histogram, 0);
  engram_histogram_add (&histogram, 0);
  engram_histogram_merge (&histogram, &other);
  g_assert_cmpuint (histogram.n_values, ==, 4);
  g_assert_cmpfloat_with_epsilon (histogram.mean, 6, 1e-12);
  g_assert_cmpfloat_with_epsilon (histogram.deviation, sqrt (38), 1e-12);
  g_assert_cmpfloat (histogram.maximum, ==, 14);
}

/* Bounds that grow with the numbers leave each number in the bin where it would be had they been there before. */
static void
test_growing (void)
{
  EngramHistogram growing, fixed;

  engram_histogram_begin_counts (&growing);
  g_assert_true (growing.whole);
  for (guint i = 0; i < 700; i++)
    {
      engram_histogram_reach (&growing, i);
      engram_histogram_add (&growing, i);
    }
  engram_histogram_reach (&growing, NAN);
  engram_histogram_reach (&growing, INFINITY);
  g_assert_cmpfloat (growing.high, ==, 1280);
  engram_histogram_begin (&fixed, 0, 1280);
  for (guint i = 0; i < 700; i++)
    engram_histogram_add (&fixed, i);
  g_assert_cmpmem (growing.bins, sizeof growing.bins, fixed.bins, sizeof fixed.bins);
}

/* Numbers of any size, alike or not, lie within the bounds. */
static void
test_bounds (void)
{
  static const double numbers[][2] = {
    { 0, 0 }, { 1, 1 }, { -3, -3 }, { 1e-12, 2e-12 }, { 5e9, 5e9 }, { 0, 123456.7 }, { -1e300, 1e300 }, { NAN, NAN },
    { 0.1, 0.7 }, { 1e-300, 1e-290 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 rowids[2];
      double both[] = { numbers[i][0], numbers[i][1] };
      EngramAnalysisCount analysis = { NULL };
      guint64 sum = 0;
      Model *model = model_new (52, 2, 0, FALSE);
      g_autoptr (EngramNetwork) network = engram_searcher_get_network (model->searcher, NULL, NULL, NULL, NULL);
      g_autoptr (EngramRecordNumbers) values = engram_record_numbers_new (network, both);

      memcpy (rowids, values->rowids, sizeof rowids);
      engram_analysis_count_begin (&analysis, ENGRAM_ANALYSIS_BETWEENNESS, values);
      /* In any order. */
      engram_analysis_count_add (&analysis, rowids[1]);
      engram_analysis_count_add (&analysis, rowids[0]);
      for (guint bin = 0; bin < ENGRAM_HISTOGRAM_BINS; bin++)
        sum += analysis.histogram.bins[bin];
      g_assert_cmpuint (sum, ==, isnan (both[0]) ? 0 : 2);
      g_assert_cmpuint (analysis.histogram.n_missing, ==, isnan (both[0]) ? 2 : 0);
      g_assert_cmpfloat (analysis.histogram.low, <, analysis.histogram.high);
      engram_analysis_count_clear (&analysis);
      model_free (model);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/histogram/bins", test_histogram);
  g_test_add_func ("/histogram/growing", test_growing);
  g_test_add_func ("/histogram/bounds", test_bounds);

  return g_test_run ();
}
