/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "samples/engram-covariance-private.h"

#include <math.h>
#include <string.h>

/* The covariance of 100,000 vectors of 384 numbers is 7.4 thousand million products, so it is made the way a
 * matrix product is. Rows are taken a block at a time, made double and centred, and laid out in panels of
 * four columns; the sixteen sums of one panel by another stay in registers over the block. Each thread makes
 * every other row of panels from all the vectors: so the order of each addition, and with it the last bit,
 * depends on nothing else. */

#define PANEL 4
#define BLOCK_ROWS 128
#define N_THREADS 2

/* Below so many products starting a thread costs more than it saves. */
#define LEAST_WORK_FOR_THREADS 4e6

typedef double Pair __attribute__ ((vector_size (16)));

typedef struct {
  const float  *vectors;
  gsize         n_vectors;
  guint         dimension;
  const double *means;
  double       *covariance;
  guint         first_panel;
  guint         step;
} CovarianceWork;

/* One number that is not finite would spoil all of them: it counts as the mean, that is, as nothing. */
static void
compute_means (const float *vectors,
               gsize        n_vectors,
               guint        dimension,
               double      *means)
{
  g_autofree gsize *counts = g_new0 (gsize, dimension);

  memset (means, 0, dimension * sizeof (double));
  for (gsize row = 0; row < n_vectors; row++)
    for (guint i = 0; i < dimension; i++)
      if (isfinite (vectors[row * dimension + i]))
        {
          means[i] += (double) vectors[row * dimension + i];
          counts[i]++;
        }
  for (guint i = 0; i < dimension; i++)
    means[i] /= (double) MAX (counts[i], 1);
}

/* panels: for each four columns, BLOCK_ROWS rows of four numbers; what is over is 0. */
static void
pack_block (const CovarianceWork *work,
            gsize                 first_row,
            guint                 n_rows,
            double               *panels)
{
  for (guint row = 0; row < n_rows; row++)
    {
      const float *vector = work->vectors + (first_row + row) * work->dimension;

      for (guint i = 0; i < work->dimension; i++)
        panels[(gsize) (i / PANEL) * BLOCK_ROWS * PANEL + row * PANEL + i % PANEL] =
          isfinite (vector[i]) ? (double) vector[i] - work->means[i] : 0.0;
    }
}

/* sums[i][j] += the products of column i of one panel with column j of the other. */
static void
multiply_panels (const double *left,
                 const double *right,
                 guint         n_rows,
                 Pair          sums[PANEL][PANEL / 2])
{
  Pair s00 = sums[0][0], s01 = sums[0][1];
  Pair s10 = sums[1][0], s11 = sums[1][1];
  Pair s20 = sums[2][0], s21 = sums[2][1];
  Pair s30 = sums[3][0], s31 = sums[3][1];

  for (guint row = 0; row < n_rows; row++, left += PANEL, right += PANEL)
    {
      Pair low = { right[0], right[1] };
      Pair high = { right[2], right[3] };

      s00 += left[0] * low;
      s01 += left[0] * high;
      s10 += left[1] * low;
      s11 += left[1] * high;
      s20 += left[2] * low;
      s21 += left[2] * high;
      s30 += left[3] * low;
      s31 += left[3] * high;
    }

  sums[0][0] = s00, sums[0][1] = s01;
  sums[1][0] = s10, sums[1][1] = s11;
  sums[2][0] = s20, sums[2][1] = s21;
  sums[3][0] = s30, sums[3][1] = s31;
}

static void
add_products (const CovarianceWork *work,
              guint                 left_panel,
              guint                 right_panel,
              const double         *panels,
              guint                 n_rows)
{
  Pair sums[PANEL][PANEL / 2] = { 0 };

  multiply_panels (panels + (gsize) left_panel * BLOCK_ROWS * PANEL,
                   panels + (gsize) right_panel * BLOCK_ROWS * PANEL, n_rows, sums);
  for (guint i = 0; i < PANEL && left_panel * PANEL + i < work->dimension; i++)
    for (guint j = 0; j < PANEL && right_panel * PANEL + j < work->dimension; j++)
      work->covariance[(gsize) (left_panel * PANEL + i) * work->dimension + right_panel * PANEL + j] +=
        sums[i][j / 2][j % 2];
}

static gpointer
covariance_thread (gpointer data)
{
  const CovarianceWork *work = data;
  guint n_panels = (work->dimension + PANEL - 1) / PANEL;
  g_autofree double *panels = g_new0 (double, (gsize) n_panels * BLOCK_ROWS * PANEL);

  for (gsize row = 0; row < work->n_vectors; row += BLOCK_ROWS)
    {
      guint n_rows = (guint) MIN (BLOCK_ROWS, work->n_vectors - row);

      pack_block (work, row, n_rows, panels);
      for (guint left = work->first_panel; left < n_panels; left += work->step)
        for (guint right = left; right < n_panels; right++)
          add_products (work, left, right, panels, n_rows);
    }
  return NULL;
}

static void
mirror (double *covariance,
        guint   dimension,
        gsize   n_vectors)
{
  for (guint i = 0; i < dimension; i++)
    for (guint j = i; j < dimension; j++)
      {
        double value = covariance[(gsize) i * dimension + j] / (double) n_vectors;

        covariance[(gsize) i * dimension + j] = value;
        covariance[(gsize) j * dimension + i] = value;
      }
}

/* The means of the columns, and the covariance (divided by n) of n_vectors rows: dimension x dimension
 * numbers. There is at least one vector. */
void
engram_covariance (const float *vectors,
                   gsize        n_vectors,
                   guint        dimension,
                   double      *means,
                   double      *covariance)
{
  double work_size = (double) n_vectors * dimension * dimension;
  guint n_threads = work_size < LEAST_WORK_FOR_THREADS ? 1 : N_THREADS;
  CovarianceWork works[N_THREADS];
  GThread *threads[N_THREADS] = { NULL };

  compute_means (vectors, n_vectors, dimension, means);
  memset (covariance, 0, (gsize) dimension * dimension * sizeof (double));

  for (guint i = 0; i < n_threads; i++)
    {
      works[i] = (CovarianceWork) { vectors, n_vectors, dimension, means, covariance, i, n_threads };
      if (i > 0)
        threads[i] = g_thread_try_new ("engram-covariance", covariance_thread, &works[i], NULL);
    }
  /* The rest, and what no thread could be had for. */
  for (guint i = 0; i < n_threads; i++)
    if (threads[i] == NULL)
      covariance_thread (&works[i]);
  for (guint i = 0; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);

  mirror (covariance, dimension, n_vectors);
}
