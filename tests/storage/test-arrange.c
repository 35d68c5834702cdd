/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange-support.h"

#include <math.h>
#include <string.h>

#define ADD(path, function) ADD_STORE_TEST ("/arrange/" path, NULL, function)

typedef struct {
  double centre[3];
  double spread;
} Cloud;

static Cloud
measure (const float *places,
         gsize        n)
{
  Cloud cloud = { 0 };
  double squares = 0;

  for (gsize i = 0; i < 3 * n; i++)
    cloud.centre[i % 3] += (double) places[i] / (double) n;
  for (gsize i = 0; i < 3 * n; i++)
    squares += ((double) places[i] - cloud.centre[i % 3]) * ((double) places[i] - cloud.centre[i % 3]);
  cloud.spread = sqrt (squares / (double) n);
  return cloud;
}

static void
assert_same_cloud (const float *a,
                   const float *b,
                   gsize        n)
{
  Cloud first = measure (a, n), second = measure (b, n);

  g_assert_cmpfloat_with_epsilon (first.spread, second.spread, 1e-4 * (1 + first.spread));
  for (int axis = 0; axis < 3; axis++)
    g_assert_cmpfloat_with_epsilon (first.centre[axis], second.centre[axis], 1e-4 * (1 + first.spread));
}

/* The one is the other, moved and scaled alike along all axes. */
static void
assert_similar (const float *places,
                const float *expected,
                gsize        n)
{
  Cloud cloud = measure (places, n), wanted = measure (expected, n);

  for (gsize i = 0; i < 3 * n; i++)
    g_assert_cmpfloat_with_epsilon (((double) places[i] - cloud.centre[i % 3]) / cloud.spread,
                                    ((double) expected[i] - wanted.centre[i % 3]) / wanted.spread, 1e-4);
}

static EngramArrangement *
arrange_by_components (StoreFixture *fixture,
                       double       *explained)
{
  g_autoptr (GError) error = NULL;
  double reached = 0;
  EngramArrangement *arrangement = engram_arrange_by_components (fixture->database, explained, arrange_check_progress,
                                                                 &reached, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (reached, >, 0.8);
  return arrangement;
}

/* Numbers that differ in some directions more than in others. */
static float *
make_vectors (guint32 seed,
              gsize   n,
              guint   dimension)
{
  float *vectors = arrange_make_numbers (seed, n * dimension);

  for (gsize i = 0; i < n * dimension; i++)
    vectors[i] = vectors[i] * 5 / (float) (1 + i % dimension) + 3;
  return vectors;
}

/* All vectors count, over several blocks: as if they had been taken together. */
static void
test_components (StoreFixture  *fixture,
                 gconstpointer  data)
{
  enum { N = 4500, DIMENSION = 601 };
  g_autofree float *vectors = make_vectors (1, N, DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autofree float *expected = g_new (float, 3 * N);
  g_autoptr (EngramArrangement) arrangement = NULL;
  g_autoptr (EngramArrangement) again = NULL;
  double explained;

  for (guint i = 0; i < 3 * N; i++)
    places[i] = places[i] * 50 + 7;
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  arrangement = arrange_by_components (fixture, &explained);
  g_assert_cmpuint (arrangement->n_neurons, ==, N);
  g_assert_cmpuint (arrangement->n_kept, ==, 0);
  for (guint i = 0; i < N; i++)
    g_assert_cmpint (arrangement->rowids[i], ==, ARRANGE_ROWID (i));
  g_assert_cmpmem (arrangement->origins, 3 * N * sizeof (float), places, 3 * N * sizeof (float));
  assert_same_cloud (arrangement->positions, places, N);
  engram_principal_components (vectors, N, DIMENSION, 3, expected);
  assert_similar (arrangement->positions, expected, N);
  /* The variances go as 1, 1/4, 1/9 and so on. */
  g_assert_cmpfloat_with_epsilon (explained, (1 + 1 / 4.0 + 1 / 9.0) / (G_PI * G_PI / 6), 0.02);

  again = arrange_by_components (fixture, NULL);
  g_assert_cmpmem (arrangement->positions, 3 * N * sizeof (float), again->positions, 3 * N * sizeof (float));
}

static void
test_kept (StoreFixture  *fixture,
           gconstpointer  data)
{
  enum { N = 50, DIMENSION = 5 };
  static const guint kept[] = { 0, 7, 20, 49 };
  g_autofree float *vectors = make_vectors (1, N, DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (EngramArrangement) arrangement = NULL;
  guint n_same = 0;

  vectors[7 * DIMENSION] = NAN;
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  arrange_run_sql (fixture, "UPDATE neurons SET vector=NULL WHERE rowid=3;"
                            "UPDATE neurons SET vector=zeroblob(24) WHERE rowid=43;"
                            "UPDATE neurons SET vector='a text of twenty b..' WHERE rowid=101;"
                            /* A place that is none can be told by nobody, and takes no part in the scale. */
                            "UPDATE neurons SET position_x='nowhere' WHERE rowid=13");
  arrangement = arrange_by_components (fixture, NULL);
  g_assert_cmpuint (arrangement->n_kept, ==, G_N_ELEMENTS (kept));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_cmpmem (arrangement->positions + 3 * kept[i], 3 * sizeof (float), places + 3 * kept[i],
                     3 * sizeof (float));
  for (guint i = 0; i < N; i++)
    n_same += memcmp (arrangement->positions + 3 * i, arrangement->origins + 3 * i, 3 * sizeof (float)) == 0;
  g_assert_cmpuint (n_same, ==, G_N_ELEMENTS (kept));
  g_assert_true (isnan (arrangement->origins[3 * 5]));
  g_assert_true (isfinite (arrangement->positions[3 * 5]));
}

/* Where all stand at one place there is no scale but the vectors' own. */
static void
test_point (StoreFixture  *fixture,
            gconstpointer  data)
{
  enum { N = 60, DIMENSION = 4 };
  g_autofree float *vectors = make_vectors (1, N, DIMENSION);
  g_autofree float *places = g_new (float, 3 * N);
  g_autofree float *expected = g_new (float, 3 * N);
  g_autoptr (EngramArrangement) arrangement = NULL;

  for (guint i = 0; i < 3 * N; i++)
    places[i] = (float) (i % 3);
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  arrangement = arrange_by_components (fixture, NULL);
  engram_principal_components (vectors, N, DIMENSION, 3, expected);
  for (guint i = 0; i < 3 * N; i++)
    g_assert_cmpfloat_with_epsilon ((double) arrangement->positions[i], (double) expected[i] + i % 3, 1e-4);
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree float *vectors = arrange_make_numbers (1, 3000 * 300);
  g_autofree float *places = arrange_make_numbers (2, 3 * 3000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (engram_arrange_by_components (fixture->database, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);
  arrange_add_neurons (fixture, 1, 4, vectors, places);
  g_assert_null (engram_arrange_by_components (fixture->database, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID);
  g_clear_error (&error);

  arrange_run_sql (fixture, "DELETE FROM neurons");
  arrange_add_neurons (fixture, 3000, 300, vectors, places);
  g_assert_null (engram_arrange_by_components (fixture->database, NULL, arrange_cancel, cancellable, cancellable,
                                               &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Of a layout and of what is dragged */

static EngramNetwork *
load (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EngramNetwork *network = engram_network_load (fixture->database, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return network;
}

static void
test_layout (StoreFixture  *fixture,
             gconstpointer  data)
{
  enum { N = 40 };
  g_autofree float *vectors = arrange_make_numbers (1, N);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autofree float *layout = arrange_make_numbers (3, 3 * N);
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramArrangement) all = NULL;
  g_autoptr (EngramArrangement) part = NULL;
  g_autoptr (EngramArrangement) none = NULL;
  static const guint32 neurons[] = { 30, 4, 17, 4 };
  guint32 index;

  for (guint i = 0; i < 3 * N; i++)
    places[i] = places[i] * 30 - 11;
  arrange_add_neurons (fixture, N, 1, vectors, places);
  network = load (fixture);
  all = engram_arrangement_new_for_layout (network, NULL, N, layout);
  g_assert_cmpuint (all->n_neurons, ==, N);
  assert_same_cloud (all->positions, places, N);
  assert_similar (all->positions, layout, N);

  part = engram_arrangement_new_for_move (network, neurons, G_N_ELEMENTS (neurons), layout);
  g_assert_cmpuint (part->n_neurons, ==, 3);
  g_assert_cmpint (part->rowids[0], ==, ARRANGE_ROWID (4));
  g_assert_cmpint (part->rowids[2], ==, ARRANGE_ROWID (30));
  /* The last of its two places. */
  g_assert_cmpmem (part->positions, 3 * sizeof (float), layout + 3 * 3, 3 * sizeof (float));
  g_assert_cmpmem (part->positions + 6, 3 * sizeof (float), layout, 3 * sizeof (float));
  g_assert_cmpmem (part->origins + 3, 3 * sizeof (float), places + 3 * 17, 3 * sizeof (float));
  g_assert_true (engram_arrangement_find (part, ARRANGE_ROWID (17), &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (engram_arrangement_find (part, ARRANGE_ROWID (18), &index));
  g_assert_false (engram_arrangement_find (part, ARRANGE_ROWID (31), &index));

  none = engram_arrangement_new_for_layout (network, neurons, 0, layout);
  g_assert_cmpuint (none->n_neurons, ==, 0);
  g_assert_false (engram_arrangement_find (none, ARRANGE_ROWID (17), &index));
}

static void
test_layout_not_finite (StoreFixture  *fixture,
                        gconstpointer  data)
{
  static const float vectors[4] = { 0 };
  static const float places[] = { 0, 0, 0, 2, 0, 0, 50, 50, 50, 0, 2, 0 };
  const float layout[] = { 0, 0, 0, 10, 0, 0, NAN, 0, 0, 0, 10, 0 };
  g_autoptr (EngramNetwork) network = NULL;
  g_autoptr (EngramArrangement) arrangement = NULL;

  arrange_add_neurons (fixture, 4, 1, vectors, places);
  network = load (fixture);
  arrangement = engram_arrangement_new_for_layout (network, NULL, 4, layout);
  g_assert_cmpuint (arrangement->n_kept, ==, 1);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat_with_epsilon ((double) arrangement->positions[i], (double) places[i], 1e-5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("components", test_components);
  ADD ("kept", test_kept);
  ADD ("point", test_point);
  ADD ("refused", test_refused);
  ADD ("layout", test_layout);
  ADD ("layout-not-finite", test_layout_not_finite);

  return g_test_run ();
}
