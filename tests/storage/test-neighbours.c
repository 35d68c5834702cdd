/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange-support.h"

#include <math.h>
#include <string.h>

#include "arrange/engram-tile-kernel-private.h"
#include "arrange/engram-vector-panels-private.h"

#define ADD(path, function) ADD_STORE_TEST ("/neighbours/" path, NULL, function)

/* A cosine in single precision, against double. */
#define TOLERANCE 2e-6

/* Each kernel that this machine can run gives the products, and says which rows are above a bound. */
static void
test_kernels (void)
{
  enum { DEPTH = 37 };
  g_autofree float *rows = arrange_make_numbers (1, DEPTH * ENGRAM_TILE_ROWS);
  g_autofree float *columns = arrange_make_numbers (2, DEPTH * ENGRAM_TILE_COLUMNS);
  EngramTileFunc multiply;

  for (guint number = 0; (multiply = engram_tile_kernel_get (number)) != NULL; number++)
    {
      float row_least[ENGRAM_TILE_ROWS], column_least[ENGRAM_TILE_COLUMNS];
      float scores[ENGRAM_TILE_ROWS * ENGRAM_TILE_COLUMNS];

      for (guint i = 0; i < ENGRAM_TILE_ROWS; i++)
        row_least[i] = INFINITY;
      for (guint i = 0; i < ENGRAM_TILE_COLUMNS; i++)
        column_least[i] = INFINITY;
      g_assert_cmpuint (multiply (rows, columns, DEPTH, row_least, column_least, scores), ==, 0);
      for (guint i = 0; i < ENGRAM_TILE_ROWS; i++)
        for (guint j = 0; j < ENGRAM_TILE_COLUMNS; j++)
          {
            double sum = 0;

            for (guint k = 0; k < DEPTH; k++)
              sum += (double) rows[k * ENGRAM_TILE_ROWS + i] * (double) columns[k * ENGRAM_TILE_COLUMNS + j];
            g_assert_cmpfloat_with_epsilon ((double) scores[i * ENGRAM_TILE_COLUMNS + j], sum, 1e-5);
          }

      row_least[2] = scores[2 * ENGRAM_TILE_COLUMNS + 31] - 1;
      g_assert_cmpuint (multiply (rows, columns, DEPTH, row_least, column_least, scores), ==, 1 << 2);
      row_least[2] = INFINITY;
      for (guint j = 0; j < ENGRAM_TILE_COLUMNS; j++)
        {
          guint expected = 0;

          column_least[j] = scores[4 * ENGRAM_TILE_COLUMNS + j];
          for (guint i = 0; i < ENGRAM_TILE_ROWS; i++)
            expected |= (guint) (scores[i * ENGRAM_TILE_COLUMNS + j] > column_least[j]) << i;
          g_assert_cmpuint (multiply (rows, columns, DEPTH, row_least, column_least, scores), ==, expected);
          column_least[j] = INFINITY;
        }
    }
}

static EngramNeighbours *
find (StoreFixture *fixture,
      guint         k)
{
  g_autoptr (GError) error = NULL;
  double reached = 0;
  EngramNeighbours *neighbours = engram_neighbours_find (fixture->database, k, arrange_check_progress, &reached, NULL,
                                                         &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (reached, >, 0);
  return neighbours;
}

static int
compare_scores (const void *a,
                const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first > second ? -1 : first < second;
}

/* The scores are the greatest there are, and belong to those that they are said to be of. */
static void
assert_exact (const EngramNeighbours *neighbours,
              const float            *vectors,
              guint                   dimension)
{
  g_autofree double *scores = g_new (double, neighbours->n_neurons);

  for (guint32 i = 0; i < neighbours->n_neurons; i++)
    {
      const float *own = vectors + (gsize) i * dimension;
      guint n = 0;

      for (guint32 j = 0; j < neighbours->n_neurons; j++)
        if (j != i)
          scores[n++] = arrange_get_cosine (own, vectors + (gsize) j * dimension, dimension);
      qsort (scores, n, sizeof (double), compare_scores);
      for (guint place = 0; place < neighbours->k; place++)
        {
          guint32 index = neighbours->indices[i * neighbours->k + place];
          double score = (double) neighbours->scores[i * neighbours->k + place];

          g_assert_cmpuint (index, <, neighbours->n_neurons);
          g_assert_cmpuint (index, !=, i);
          g_assert_cmpfloat_with_epsilon (score, scores[place], TOLERANCE);
          g_assert_cmpfloat_with_epsilon (score, arrange_get_cosine (own, vectors + (gsize) index * dimension,
                                                                     dimension), TOLERANCE);
          for (guint before = 0; before < place; before++)
            g_assert_cmpuint (neighbours->indices[i * neighbours->k + before], !=, index);
        }
    }
}

/* Many short vectors, which lie in one stretch, and long ones, which lie in several. */
static void
test_exact (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const guint dimensions[] = { 37, 3700 };

  for (guint round = 0; round < G_N_ELEMENTS (dimensions); round++)
    {
      const guint n = 613;
      g_autofree float *vectors = arrange_make_numbers (round, (gsize) n * dimensions[round]);
      g_autofree float *places = arrange_make_numbers (9, 3 * n);
      g_autoptr (EngramNeighbours) neighbours = NULL;

      arrange_run_sql (fixture, "DELETE FROM neurons");
      arrange_add_neurons (fixture, n, dimensions[round], vectors, places);
      neighbours = find (fixture, 10);
      g_assert_cmpuint (neighbours->n_neurons, ==, n);
      g_assert_cmpuint (neighbours->n_without, ==, 0);
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (neighbours->rowids[i], ==, ARRANGE_ROWID (i));
      assert_exact (neighbours, vectors, dimensions[round]);
    }
}

/* Of equal ones the first, however the work was shared out. */
static void
test_equal (StoreFixture  *fixture,
            gconstpointer  data)
{
  enum { N = 1000, DIMENSION = 2000, K = 7 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (EngramNeighbours) neighbours = NULL;

  for (guint i = 1; i < N; i++)
    memcpy (vectors + i * DIMENSION, vectors, DIMENSION * sizeof (float));
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  neighbours = find (fixture, K);
  for (guint i = 0; i < N; i++)
    for (guint place = 0; place < K; place++)
      g_assert_cmpuint (neighbours->indices[i * K + place], ==, place < i ? place : place + 1);
}

/* Those without a direction have no neighbours and are nobody's. */
static void
test_without (StoreFixture  *fixture,
              gconstpointer  data)
{
  enum { N = 100, DIMENSION = 8, K = 5 };
  static const guint without[] = { 0, 31, 32, 50, 99 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (EngramNeighbours) neighbours = NULL;

  memset (vectors, 0, DIMENSION * sizeof (float));
  vectors[31 * DIMENSION + 3] = NAN;
  vectors[32 * DIMENSION] = INFINITY;
  /* Lengths do not matter, however odd. */
  for (guint i = 0; i < DIMENSION; i++)
    {
      vectors[1 * DIMENSION + i] *= 1e-38f;
      vectors[2 * DIMENSION + i] *= 1e37f;
    }
  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  arrange_run_sql (fixture, "UPDATE neurons SET vector=NULL WHERE rowid=103;"
                            "UPDATE neurons SET vector=zeroblob(28) WHERE rowid=201");
  neighbours = find (fixture, K);
  g_assert_cmpuint (neighbours->n_without, ==, G_N_ELEMENTS (without));
  for (guint i = 0; i < N; i++)
    {
      gboolean is_without = FALSE;

      for (guint w = 0; w < G_N_ELEMENTS (without); w++)
        is_without |= without[w] == i;
      for (guint place = 0; place < K; place++)
        {
          guint32 index = neighbours->indices[i * K + place];

          g_assert_cmpint (index == ENGRAM_NEIGHBOURS_NONE, ==, is_without);
          for (guint w = 0; w < G_N_ELEMENTS (without); w++)
            g_assert_cmpuint (index, !=, without[w]);
          if (!is_without)
            g_assert_cmpfloat_with_epsilon ((double) neighbours->scores[i * K + place],
                                            arrange_get_cosine (vectors + i * DIMENSION, vectors + index * DIMENSION,
                                                                DIMENSION), TOLERANCE);
        }
    }
}

static void
test_few (StoreFixture  *fixture,
          gconstpointer  data)
{
  static const float vectors[] = { 1, 0, 1, 1, 0, 2 };
  static const float places[9] = { 0 };
  static const guint32 expected[] = { 1, 2, 0, 2, 1, 0 };
  g_autoptr (EngramNeighbours) none = find (fixture, 4);
  g_autoptr (EngramNeighbours) neighbours = NULL;

  g_assert_cmpuint (none->n_neurons, ==, 0);
  arrange_add_neurons (fixture, 3, 2, vectors, places);
  neighbours = find (fixture, 4);
  for (guint i = 0; i < 3; i++)
    {
      for (guint place = 0; place < 2; place++)
        g_assert_cmpuint (neighbours->indices[4 * i + place], ==, expected[2 * i + place]);
      g_assert_cmpuint (neighbours->indices[4 * i + 2], ==, ENGRAM_NEIGHBOURS_NONE);
      g_assert_cmpuint (neighbours->indices[4 * i + 3], ==, ENGRAM_NEIGHBOURS_NONE);
    }
  g_assert_cmpfloat_with_epsilon ((double) neighbours->scores[0], sqrt (0.5), 1e-6);
}

/* At once: a fast machine is soon done. */
static void
cancel_comparing (const char *phase,
                  double      fraction,
                  gpointer    cancellable)
{
  if (g_str_equal (phase, "Comparing vectors"))
    g_cancellable_cancel (cancellable);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  enum { N = 3000, DIMENSION = 3000 };
  g_autofree float *vectors = arrange_make_numbers (1, N * DIMENSION);
  g_autofree float *places = arrange_make_numbers (2, 3 * N);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  arrange_add_neurons (fixture, N, DIMENSION, vectors, places);
  g_assert_null (engram_neighbours_find (fixture->database, 10, cancel_comparing, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Vectors that are too many are refused before memory is asked for. */
static void
test_too_many (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree float *vectors = arrange_make_numbers (1, 100 * 8);
  g_autofree float *places = arrange_make_numbers (2, 3 * 100);
  g_auto (EngramVectorRows) rows = { { { NULL }, 0 } };
  g_auto (EngramVectorPanels) panels = { NULL };
  g_autoptr (GError) error = NULL;

  arrange_add_neurons (fixture, 100, 8, vectors, places);
  g_assert_true (engram_vector_rows_begin (&rows, fixture->database, "", 0, NULL, NULL, NULL, &error));
  g_assert_false (engram_vector_panels_read (&panels, &rows, 3199, "", 0, 1, NULL, NULL, &error));
  g_assert_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "3.2"));
  engram_vector_panels_clear (&panels);
  g_clear_error (&error);
  g_assert_true (engram_vector_panels_read (&panels, &rows, 3200, "", 0, 1, NULL, NULL, &error));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/neighbours/kernels", test_kernels);
  ADD ("exact", test_exact);
  ADD ("equal", test_equal);
  ADD ("without", test_without);
  ADD ("few", test_few);
  ADD ("cancelled", test_cancelled);
  ADD ("too-many", test_too_many);

  return g_test_run ();
}
