/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange-support.h"

#include <math.h>
#include <string.h>

#include "arrange/engram-place-tree-private.h"

#define ADD(path, function) ADD_STORE_TEST ("/faithfulness/" path, NULL, function)

static EngramFaithfulness
judge (StoreFixture      *fixture,
       EngramArrangement *arrangement,
       guint              n_sample,
       guint64            seed)
{
  g_autoptr (GError) error = NULL;
  EngramFaithfulness faithfulness;
  double reached = 0;

  engram_faithfulness_sample (fixture->database, arrangement, n_sample, seed, &faithfulness, arrange_check_progress,
                              &reached, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (reached, >, 0.5);
  return faithfulness;
}

static EngramNetwork *
load (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_network_load (fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return network;
}

static float *
judge_all (StoreFixture       *fixture,
           EngramNetwork      *network,
           EngramFaithfulness *faithfulness)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EngramNeighbours) neighbours = engram_neighbours_find (fixture->database, 10, NULL, NULL, NULL, &error);
  double reached = 0;
  float *shares;

  g_assert_no_error (error);
  shares = engram_faithfulness_of_all (neighbours, network, faithfulness, arrange_check_progress, &reached, NULL,
                                       &error);
  g_assert_no_error (error);
  return shares;
}

/* On a sphere, who is near is who lies in nearly the same direction. */
static float *
make_sphere (guint n)
{
  float *places = arrange_make_numbers (5, 3 * (gsize) n);

  for (guint i = 0; i < n; i++)
    {
      float *place = places + 3 * (gsize) i;
      double length = sqrt ((double) (place[0] * place[0] + place[1] * place[1] + place[2] * place[2]));

      for (guint axis = 0; axis < 3; axis++)
        place[axis] = (float) (place[axis] / length);
    }
  return places;
}

static void
test_sphere (StoreFixture  *fixture,
             gconstpointer  data)
{
  enum { N = 3000 };
  g_autofree float *places = make_sphere (N);
  g_autofree float *shares = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  EngramFaithfulness sampled, all;

  arrange_add_neurons (fixture, N, 3, places, places);
  sampled = judge (fixture, NULL, 200, 1);
  g_assert_cmpfloat (sampled.share, >, 0.99);
  g_assert_cmpuint (sampled.n_neurons, ==, 200);
  g_assert_cmpuint (sampled.n_possible, ==, N);
  network = load (fixture);
  shares = judge_all (fixture, network, &all);
  g_assert_cmpfloat (all.share, >, 0.99);
  g_assert_cmpuint (all.n_neurons, ==, N);
  g_assert_cmpfloat (all.standard_error, ==, 0);
}

/* Places that have nothing to do with the vectors agree by chance: ten of all. */
static void
test_chance (StoreFixture  *fixture,
             gconstpointer  data)
{
  enum { N = 2000, DIMENSION = 20 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autofree float *shares = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  EngramFaithfulness all, sampled;

  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  network = load (fixture);
  shares = judge_all (fixture, network, &all);
  g_assert_cmpfloat_with_epsilon (all.share, 10.0 / N, 0.0015);
  sampled = judge (fixture, NULL, 1000, 1);
  g_assert_cmpfloat_with_epsilon (sampled.share, 10.0 / N, 5 * sampled.standard_error);
}

/* Vectors of which the places know a part: samples lie about the value of all as their error says, and a sample of all
 * is that value. */
static void
test_error (StoreFixture  *fixture,
            gconstpointer  data)
{
  enum { N = 1500, DIMENSION = 6, N_SAMPLES = 40 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = g_new (float, 3 * N);
  g_autofree float *shares = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  EngramFaithfulness all, sampled;
  double sum = 0;

  for (guint i = 0; i < N; i++)
    memcpy (places + 3 * i, vectors + DIMENSION * i, 3 * sizeof (float));
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  network = load (fixture);
  shares = judge_all (fixture, network, &all);
  g_assert_cmpfloat (all.share, >, 0.02);
  g_assert_cmpfloat (all.share, <, 0.5);

  for (guint seed = 0; seed < N_SAMPLES; seed++)
    {
      double deviation;

      sampled = judge (fixture, NULL, 150, seed);
      g_assert_cmpfloat (sampled.standard_error, >, 0);
      deviation = (sampled.share - all.share) / sampled.standard_error;
      g_assert_cmpfloat (fabs (deviation), <, 5);
      sum += deviation * deviation / N_SAMPLES;
    }
  g_assert_cmpfloat_with_epsilon (sqrt (sum), 1, 0.5);

  sampled = judge (fixture, NULL, 2 * N, 1);
  g_assert_cmpfloat_with_epsilon (sampled.share, all.share, 1e-6);
  g_assert_cmpuint (sampled.n_neurons, ==, N);
  g_assert_cmpfloat (sampled.standard_error, ==, 0);
  sampled = judge (fixture, NULL, 100, 7);
  g_assert_cmpfloat (judge (fixture, NULL, 100, 7).share, ==, sampled.share);
}

/* An arrangement is judged before it is kept. */
static void
test_arrangement (StoreFixture  *fixture,
                  gconstpointer  data)
{
  enum { N = 800 };
  g_autofree float *vectors = make_sphere (N);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramArrangement) arrangement = NULL;

  arrange_add_neurons (fixture, N, 3, vectors, places);
  network = load (fixture);
  arrangement = engram_arrangement_new_for_layout (network, NULL, N, vectors);
  g_assert_cmpfloat (judge (fixture, NULL, 100, 1).share, <, 0.1);
  g_assert_cmpfloat (judge (fixture, arrangement, 100, 1).share, >, 0.99);
}

/* Who has no vector or no place cannot be judged, and is nobody's neighbour. */
static void
test_without (StoreFixture  *fixture,
              gconstpointer  data)
{
  enum { N = 300 };
  static const guint without[] = { 0, 10, 20, 30 };
  g_autofree float *vectors = make_sphere (N);
  g_autofree float *shares = NULL;
  g_autoptr (EngramNetwork) network = NULL;
  EngramFaithfulness all, sampled;

  memset (vectors + 3 * 30, 0, 3 * sizeof (float));
  arrange_add_neurons (fixture, N, 3, vectors, vectors);
  arrange_run_sql (fixture, "UPDATE neurons SET vector=NULL WHERE rowid=3;"
                            "UPDATE neurons SET position_z='nowhere' WHERE rowid=23;"
                            "UPDATE neurons SET vector=zeroblob(4) WHERE rowid=43");
  network = load (fixture);
  shares = judge_all (fixture, network, &all);
  for (guint i = 0; i < N; i++)
    {
      gboolean is_without = FALSE;

      for (guint w = 0; w < G_N_ELEMENTS (without); w++)
        is_without |= without[w] == i;
      g_assert_cmpint (isnan (shares[i]), ==, is_without);
    }
  g_assert_cmpuint (all.n_neurons, ==, N - 4);
  g_assert_cmpfloat (all.share, >, 0.98);
  sampled = judge (fixture, NULL, N, 1);
  g_assert_cmpuint (sampled.n_possible, ==, N - 4);
  g_assert_cmpuint (sampled.n_neurons, ==, N - 4);
  g_assert_cmpfloat (sampled.share, >, 0.98);
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  enum { N = 6000, DIMENSION = 200 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  EngramFaithfulness faithfulness;

  g_assert_false (engram_faithfulness_sample (fixture->database, NULL, 10, 1, &faithfulness, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  arrange_add_neurons (fixture, 1, 3, vectors, places);
  g_assert_false (engram_faithfulness_sample (fixture->database, NULL, 10, 1, &faithfulness, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  arrange_run_sql (fixture, "DELETE FROM neurons");
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  g_assert_false (engram_faithfulness_sample (fixture->database, NULL, 500, 1, &faithfulness, arrange_cancel,
                                              cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Halving space finds whom looking at everybody finds. */
static void
test_tree (void)
{
  enum { N = 2000, K = 10 };
  g_autofree float *places = arrange_make_numbers (1, 3 * N);
  guint32 *points = g_new (guint32, N / 2);
  g_autoptr (EngramPlaceTree) tree = NULL;

  /* Some lie on a plane, and some at one place. */
  for (guint i = 0; i < N; i++)
    {
      if (i % 4 == 0)
        places[3 * i + 1] = 0.25f;
      if (i % 100 == 1)
        memcpy (places + 3 * i, places, 3 * sizeof (float));
    }
  for (guint i = 0; i < N / 2; i++)
    points[i] = N - 1 - 2 * i;
  tree = engram_place_tree_new (places, points, N / 2);
  for (guint i = 0; i < N; i++)
    {
      double nearest[K + 1] = { 0 };
      guint32 found[K];
      guint n = 0;

      for (guint j = 1; j < N; j += 2)
        {
          double distance = 0;
          guint at;

          for (guint axis = 0; axis < 3; axis++)
            distance += pow ((double) places[3 * i + axis] - (double) places[3 * j + axis], 2);
          if (j == i)
            continue;
          n = MIN (n + 1, K + 1);
          for (at = n - 1; at > 0 && nearest[at - 1] > distance; at--)
            nearest[at] = nearest[at - 1];
          if (at < K)
            nearest[at] = distance;
        }
      g_assert_cmpuint (engram_place_tree_find_nearest (tree, i, K, found), ==, K);
      for (guint k = 0; k < K; k++)
        {
          double distance = 0;

          for (guint axis = 0; axis < 3; axis++)
            distance += pow ((double) places[3 * i + axis] - (double) places[3 * found[k] + axis], 2);
          g_assert_cmpuint (found[k], !=, i);
          g_assert_cmpuint (found[k] % 2, ==, 1);
          g_assert_cmpfloat (distance, ==, nearest[k]);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sphere", test_sphere);
  ADD ("chance", test_chance);
  ADD ("error", test_error);
  ADD ("arrangement", test_arrangement);
  ADD ("without", test_without);
  ADD ("refused", test_refused);
  g_test_add_func ("/faithfulness/tree", test_tree);

  return g_test_run ();
}
