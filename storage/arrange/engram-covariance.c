/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-covariance-private.h"

#include <math.h>
#include <string.h>

/* The covariance of 100,000 vectors of 384 numbers is 7.4 thousand million products, so it is made the way a
 * matrix product is. Rows are taken a block at a time, made double and centred, and laid out in panels of
 * eight columns; the sums of one panel by another stay in registers over the block. Each thread makes
 * every other row of panels from all the vectors: so the order of each addition, and with it the last bit,
 * depends on nothing else. */

#define PANEL 8
#define BLOCK_ROWS 128
#define N_THREADS 2

/* Below so many products starting a thread costs more than it saves. */
#define LEAST_WORK_FOR_THREADS 4e6

struct _EngramCovariance {
  guint    dimension;
  gsize    n_vectors;
  double  *origin;
  double  *sums;     /* of what was added, measured from the origin */
  double  *products; /* the upper half of dimension x dimension */
};

typedef struct {
  EngramCovariance *covariance;
  const float      *vectors;
  gsize             n_vectors;
  guint             first_panel;
  guint             step;
} CovarianceWork;

void
engram_covariance_get_means (const float *vectors,
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

EngramCovariance *
engram_covariance_new (guint         dimension,
                       const double *origin)
{
  EngramCovariance *self = g_new0 (EngramCovariance, 1);

  self->dimension = dimension;
  self->origin = g_memdup2 (origin, dimension * sizeof (double));
  self->sums = g_new0 (double, dimension);
  self->products = g_new0 (double, (gsize) dimension * dimension);
  return self;
}

void
engram_covariance_free (EngramCovariance *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_free (self->sums);
  g_free (self->products);
  g_free (self);
}

/* panels: for each eight columns, BLOCK_ROWS rows of eight numbers; what is over is 0. One number that is not finite
 * would spoil all of them: it counts as that of the origin, that is, as nothing. */
static void
pack_block (const CovarianceWork *work,
            gsize                 first_row,
            guint                 n_rows,
            double               *panels)
{
  const EngramCovariance *self = work->covariance;

  for (guint row = 0; row < n_rows; row++)
    {
      const float *vector = work->vectors + (first_row + row) * self->dimension;

      for (guint i = 0; i < self->dimension; i++)
        panels[(gsize) (i / PANEL) * BLOCK_ROWS * PANEL + row * PANEL + i % PANEL] =
          isfinite (vector[i]) ? (double) vector[i] - self->origin[i] : 0.0;
    }
}

/* The first thread's part, which the others have no use for. */
static void
add_sums (EngramCovariance *self,
          const double     *panels,
          guint             n_rows)
{
  for (guint i = 0; i < self->dimension; i++)
    for (guint row = 0; row < n_rows; row++)
      self->sums[i] += panels[(gsize) (i / PANEL) * BLOCK_ROWS * PANEL + row * PANEL + i % PANEL];
}

/* sums[i][j] = the products of column i of one panel with column j of the other, in parts of four columns by two times
 * LANES: eight sums that stay in registers. However many lanes, each number is the same to the last bit: no product is
 * fused with an addition. */
#define DEFINE_MULTIPLY(NAME, TARGET, LANES) \
  typedef double NAME##_lanes __attribute__ ((vector_size (LANES * sizeof (double)))); \
  \
  TARGET static void \
  NAME##_part (const double *left, \
               const double *right, \
               guint         n_rows, \
               double       *sums) \
  { \
    NAME##_lanes s00 = { 0 }, s01 = { 0 }, s10 = { 0 }, s11 = { 0 }; \
    NAME##_lanes s20 = { 0 }, s21 = { 0 }, s30 = { 0 }, s31 = { 0 }; \
    \
    for (guint row = 0; row < n_rows; row++, left += PANEL, right += PANEL) \
      { \
        NAME##_lanes low, high; \
        \
        memcpy (&low, right, sizeof low); \
        memcpy (&high, right + LANES, sizeof high); \
        s00 += left[0] * low, s01 += left[0] * high; \
        s10 += left[1] * low, s11 += left[1] * high; \
        s20 += left[2] * low, s21 += left[2] * high; \
        s30 += left[3] * low, s31 += left[3] * high; \
      } \
    memcpy (sums, &s00, sizeof s00), memcpy (sums + LANES, &s01, sizeof s01), sums += PANEL; \
    memcpy (sums, &s10, sizeof s10), memcpy (sums + LANES, &s11, sizeof s11), sums += PANEL; \
    memcpy (sums, &s20, sizeof s20), memcpy (sums + LANES, &s21, sizeof s21), sums += PANEL; \
    memcpy (sums, &s30, sizeof s30), memcpy (sums + LANES, &s31, sizeof s31); \
  } \
  \
  TARGET static void \
  NAME (const double *left, \
        const double *right, \
        guint         n_rows, \
        double        sums[PANEL][PANEL]) \
  { \
    for (guint top = 0; top < PANEL; top += 4) \
      for (guint side = 0; side < PANEL; side += 2 * LANES) \
        NAME##_part (left + top, right + side, n_rows, &sums[top][side]); \
  }

DEFINE_MULTIPLY (multiply_usual, , 2)
#ifdef __x86_64__
DEFINE_MULTIPLY (multiply_avx2, __attribute__ ((target ("avx2"))), 4)
#endif

static void
multiply_panels (const double *left,
                 const double *right,
                 guint         n_rows,
                 double        sums[PANEL][PANEL])
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    {
      multiply_avx2 (left, right, n_rows, sums);
      return;
    }
#endif
  multiply_usual (left, right, n_rows, sums);
}

static void
add_products (const CovarianceWork *work,
              guint                 left_panel,
              guint                 right_panel,
              const double         *panels,
              guint                 n_rows)
{
  EngramCovariance *self = work->covariance;
  guint top = left_panel * PANEL, side = right_panel * PANEL;
  double sums[PANEL][PANEL];

  multiply_panels (panels + (gsize) top * BLOCK_ROWS, panels + (gsize) side * BLOCK_ROWS, n_rows, sums);
  for (guint i = 0; i < PANEL && top + i < self->dimension; i++)
    for (guint j = 0; j < PANEL && side + j < self->dimension; j++)
      self->products[(gsize) (top + i) * self->dimension + side + j] += sums[i][j];
}

static gpointer
covariance_thread (gpointer data)
{
  const CovarianceWork *work = data;
  guint n_panels = (work->covariance->dimension + PANEL - 1) / PANEL;
  g_autofree double *panels = g_new0 (double, (gsize) n_panels * BLOCK_ROWS * PANEL);

  for (gsize row = 0; row < work->n_vectors; row += BLOCK_ROWS)
    {
      guint n_rows = (guint) MIN (BLOCK_ROWS, work->n_vectors - row);

      pack_block (work, row, n_rows, panels);
      if (work->first_panel == 0)
        add_sums (work->covariance, panels, n_rows);
      for (guint left = work->first_panel; left < n_panels; left += work->step)
        for (guint right = left; right < n_panels; right++)
          add_products (work, left, right, panels, n_rows);
    }
  return NULL;
}

void
engram_covariance_add (EngramCovariance *self,
                       const float      *vectors,
                       gsize             n_vectors)
{
  double work_size = (double) n_vectors * self->dimension * self->dimension;
  guint n_threads = work_size < LEAST_WORK_FOR_THREADS ? 1 : N_THREADS;
  CovarianceWork works[N_THREADS];
  GThread *threads[N_THREADS] = { NULL };

  self->n_vectors += n_vectors;
  for (guint i = 0; i < n_threads; i++)
    {
      works[i] = (CovarianceWork) { self, vectors, n_vectors, i, n_threads };
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
}

void
engram_covariance_finish (EngramCovariance *self,
                          double           *means,
                          double           *covariance)
{
  guint dimension = self->dimension;
  double n = (double) self->n_vectors;

  for (guint i = 0; i < dimension; i++)
    for (guint j = i; j < dimension; j++)
      {
        double rest = self->sums[i] / n * (self->sums[j] / n);
        double value = self->products[(gsize) i * dimension + j] / n - rest;

        covariance[(gsize) i * dimension + j] = value;
        covariance[(gsize) j * dimension + i] = value;
      }
  for (guint i = 0; i < dimension; i++)
    means[i] = self->origin[i] + self->sums[i] / n;
}
