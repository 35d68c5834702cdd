/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange-support.h"

#include <math.h>
#include <string.h>

#include "arrange/engram-landmarks-private.h"

#define ADD(path, function) ADD_STORE_TEST ("/landmarks/" path, NULL, function)

/* Clusters of vectors about directions of their own. */
#define N_CLUSTERS 20
#define PER_CLUSTER 60
#define N (N_CLUSTERS * PER_CLUSTER)
#define DIMENSION 30

static float *
make_clusters (void)
{
  g_autofree float *centres = arrange_make_numbers (1, N_CLUSTERS * DIMENSION);
  float *vectors = arrange_make_numbers (2, N * DIMENSION);

  /* Neighbours in the table belong to different clusters. */
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < DIMENSION; k++)
      vectors[i * DIMENSION + k] = centres[i % N_CLUSTERS * DIMENSION + k] + 0.02f * vectors[i * DIMENSION + k];
  return vectors;
}

static EngramLandmarks *
choose (StoreFixture *fixture,
        guint32       n_landmarks,
        guint         k,
        guint64       seed)
{
  g_autoptr (GError) error = NULL;
  double reached = 0;
  EngramLandmarks *landmarks = engram_landmarks_choose (fixture->database, n_landmarks, k, seed,
                                                        arrange_check_progress, &reached, NULL, &error);

  g_assert_no_error (error);
  return landmarks;
}

static guint
get_number (const EngramLandmarks *landmarks,
            guint32                landmark)
{
  return (guint) (landmarks->rowids[landmark] - ARRANGE_ROWID (0)) / 2;
}

/* How unevenly points stand for a square full of points: the mean of the squares of how far each point is from the
 * nearest of them. */
static double
measure_gaps (const float   *places,
              guint          n,
              const guint32 *chosen,
              guint          n_chosen)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double nearest = INFINITY;

      for (guint k = 0; k < n_chosen; k++)
        {
          double x = (double) places[3 * i] - (double) places[3 * chosen[k]];
          double y = (double) places[3 * i + 1] - (double) places[3 * chosen[k] + 1];

          nearest = MIN (nearest, x * x + y * y);
        }
      sum += nearest / n;
    }
  return sum;
}

/* Drawn from cells, they leave smaller gaps than drawn from all. */
static void
test_spread (void)
{
  enum { N_POINTS = 4000, N_CHOSEN = 200 };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree float *places = g_new0 (float, 3 * N_POINTS);
  g_autofree guint32 *points = g_new (guint32, N_POINTS);
  guint32 chosen[N_CHOSEN];
  double evenly, anyhow;

  for (guint i = 0; i < N_POINTS; i++)
    {
      places[3 * i] = (float) g_rand_double (random);
      places[3 * i + 1] = (float) g_rand_double (random);
      points[i] = i;
    }
  engram_landmarks_draw (places, points, N_POINTS, N_CHOSEN, 1, chosen);
  evenly = measure_gaps (places, N_POINTS, chosen, N_CHOSEN);
  for (guint i = 0; i < N_CHOSEN; i++)
    for (guint k = 0; k < i; k++)
      g_assert_cmpuint (chosen[i], !=, chosen[k]);
  for (guint i = 0; i < N_CHOSEN; i++)
    chosen[i] = (guint32) g_rand_int_range (random, 0, N_POINTS);
  anyhow = measure_gaps (places, N_POINTS, chosen, N_CHOSEN);
  g_assert_cmpfloat (evenly, <, 0.8 * anyhow);
}

/* Each cluster gets its share, whatever the lot. */
static void
test_clusters (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree float *vectors = make_clusters ();
  g_autofree float *places = arrange_make_numbers (3, 3 * N);
  g_autoptr (EngramLandmarks) first = NULL;
  g_autoptr (EngramLandmarks) again = NULL;

  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  for (guint seed = 0; seed < 5; seed++)
    {
      g_autoptr (EngramLandmarks) landmarks = choose (fixture, 5 * N_CLUSTERS, 3, seed);
      guint counts[N_CLUSTERS] = { 0 };

      g_assert_cmpuint (landmarks->n_landmarks, ==, 5 * N_CLUSTERS);
      for (guint i = 0; i < landmarks->n_landmarks; i++)
        counts[get_number (landmarks, i) % N_CLUSTERS]++;
      for (guint i = 0; i < N_CLUSTERS; i++)
        g_assert_cmpuint (counts[i], >=, 2);
      for (guint i = 0; i < N_CLUSTERS; i++)
        g_assert_cmpuint (counts[i], <=, 9);
    }
  first = choose (fixture, 50, 3, 1);
  again = choose (fixture, 50, 3, 1);
  g_assert_cmpmem (first->rowids, 50 * sizeof (gint64), again->rowids, 50 * sizeof (gint64));
}

static int
compare_cosines (const void *a,
                 const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first > second ? -1 : first < second;
}

/* Whoever is as near as the nearest k is joined to it. */
static void
assert_has_nearest (const EngramLandmarks *landmarks,
                    const float           *vectors,
                    guint32                landmark,
                    guint                  k,
                    const gboolean        *is_edge)
{
  g_autofree double *cosines = g_new0 (double, landmarks->n_landmarks);
  g_autofree double *sorted = NULL;

  for (guint32 i = 0; i < landmarks->n_landmarks; i++)
    cosines[i] = i == landmark ? -2 : arrange_get_cosine (vectors + get_number (landmarks, i) * DIMENSION,
                                                          vectors + get_number (landmarks, landmark) * DIMENSION,
                                                          DIMENSION);
  sorted = g_memdup2 (cosines, landmarks->n_landmarks * sizeof (double));
  qsort (sorted, landmarks->n_landmarks, sizeof (double), compare_cosines);
  for (guint32 i = 0; i < landmarks->n_landmarks; i++)
    if (cosines[i] > sorted[k - 1] + 2e-6)
      g_assert_true (is_edge[i]);
}

/* Each of the nearest is an edge, once, and there are no others. */
static void
test_graph (StoreFixture  *fixture,
            gconstpointer  data)
{
  enum { K = 6, N_LANDMARKS = 150 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = arrange_make_numbers (3, 3 * N);
  g_autofree gboolean *is_edge = g_new0 (gboolean, N_LANDMARKS * N_LANDMARKS);
  g_autoptr (EngramLandmarks) landmarks = NULL;

  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  landmarks = choose (fixture, N_LANDMARKS, K, 1);
  g_assert_cmpuint (landmarks->n_edges, >=, N_LANDMARKS * K / 2);
  g_assert_cmpuint (landmarks->n_edges, <=, N_LANDMARKS * K);
  for (guint i = 0; i < landmarks->n_edges; i++)
    {
      guint32 a = landmarks->sources[i], b = landmarks->targets[i];
      double cosine = arrange_get_cosine (vectors + get_number (landmarks, a) * DIMENSION,
                                          vectors + get_number (landmarks, b) * DIMENSION, DIMENSION);

      g_assert_cmpuint (a, !=, b);
      g_assert_false (is_edge[a * N_LANDMARKS + b]);
      is_edge[a * N_LANDMARKS + b] = is_edge[b * N_LANDMARKS + a] = TRUE;
      g_assert_cmpfloat_with_epsilon ((double) landmarks->distances[i], 1 - cosine, 2e-6);
    }
  for (guint a = 0; a < N_LANDMARKS; a++)
    assert_has_nearest (landmarks, vectors, a, K, is_edge + a * N_LANDMARKS);
}

/* Everybody goes where his cluster's landmarks are. */
static void
test_place (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree float *vectors = make_clusters ();
  g_autofree float *places = arrange_make_numbers (3, 3 * N);
  g_autofree float *layout = NULL;
  g_autoptr (EngramLandmarks) landmarks = NULL;
  g_autoptr (EngramArrangement) arrangement = NULL;
  g_autoptr (GError) error = NULL;
  double reached = 0;

  vectors[17 * DIMENSION] = NAN;
  memset (vectors + 18 * DIMENSION, 0, DIMENSION * sizeof (float));
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  landmarks = choose (fixture, N / 3, 5, 1);
  layout = g_new (float, 3 * landmarks->n_landmarks);
  for (guint i = 0; i < landmarks->n_landmarks; i++)
    for (guint axis = 0; axis < 3; axis++)
      layout[3 * i + axis] = (float) (get_number (landmarks, i) % N_CLUSTERS * (axis + 1));
  arrangement = engram_landmarks_place_all (landmarks, fixture->database, layout, arrange_check_progress, &reached,
                                            NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (arrangement->n_neurons, ==, N);
  g_assert_cmpuint (arrangement->n_kept, ==, 2);
  g_assert_cmpmem (arrangement->positions + 3 * 17, 2 * 3 * sizeof (float), places + 3 * 17, 2 * 3 * sizeof (float));
  for (guint i = 0; i < N; i++)
    for (guint axis = 0; axis < 3 && i != 17 && i != 18; axis++)
      {
        const float *first = arrangement->positions + 3 * (2 * N_CLUSTERS);
        double unit = (double) arrangement->positions[3 * (2 * N_CLUSTERS + 1)] - (double) first[0];

        g_assert_cmpfloat_with_epsilon (((double) arrangement->positions[3 * i + axis] - (double) first[axis]) / unit,
                                        i % N_CLUSTERS * (axis + 1.0), 1e-3);
      }
}

/* The nearer of two counts more; one that is alike to a landmark stands nearest to it. */
static void
test_between (StoreFixture  *fixture,
              gconstpointer  data)
{
  /* The first four can be chosen alone; then the others come between them. */
  static const float vectors[] = { 1, 0, 0, 1, -1, 0, 0, -1, 0.9f, 0.3f, 0.3f, 0.9f };
  static const float places[] = { 0, 0, 0, 1, 1, 1, 2, 0, 2, 4, 1, 0, 2, 2, 2, 5, 5, 5 };
  g_autoptr (EngramLandmarks) landmarks = NULL;
  g_autoptr (EngramArrangement) arrangement = NULL;
  g_autoptr (GError) error = NULL;
  static const float layout[] = { 0, 0, 0, 10, 0, 0, 20, 0, 0, 30, 0, 0 };
  const float *positions;

  arrange_add_neurons (fixture, 6, 2, vectors, places);
  arrange_run_sql (fixture, "UPDATE neurons SET vector=NULL WHERE rowid>=11");
  landmarks = choose (fixture, 100, 3, 1);
  g_assert_cmpuint (landmarks->n_landmarks, ==, 4);
  arrange_run_sql (fixture, "DELETE FROM neurons");
  arrange_add_neurons (fixture, 6, 2, vectors, places);
  arrangement = engram_landmarks_place_all (landmarks, fixture->database, layout, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  positions = arrangement->positions;
  /* 4 is between 0 and 1, nearer to 0; 5 nearer to 1. */
  g_assert_cmpfloat (positions[3 * 4], >, positions[0]);
  g_assert_cmpfloat (positions[3 * 4], <, positions[3 * 5]);
  g_assert_cmpfloat (positions[3 * 5], <, positions[3 * 2]);
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree float *vectors = make_clusters ();
  g_autofree float *places = arrange_make_numbers (3, 3 * N);
  g_autofree float *layout = NULL;
  g_autoptr (EngramLandmarks) landmarks = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_landmarks_choose (fixture->database, 10, 5, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  landmarks = choose (fixture, 10, 5, 1);
  layout = arrange_make_numbers (4, 3 * 10);
  g_cancellable_cancel (cancellable);
  g_assert_null (engram_landmarks_choose (fixture->database, 10, 5, 1, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (engram_landmarks_place_all (landmarks, fixture->database, layout, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* The vectors are others now. */
  arrange_run_sql (fixture, "UPDATE neurons SET vector=zeroblob(12)");
  g_assert_null (engram_landmarks_place_all (landmarks, fixture->database, layout, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/landmarks/spread", test_spread);
  ADD ("clusters", test_clusters);
  ADD ("graph", test_graph);
  ADD ("place", test_place);
  ADD ("between", test_between);
  ADD ("refused", test_refused);

  return g_test_run ();
}
