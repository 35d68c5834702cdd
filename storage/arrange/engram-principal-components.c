/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-principal-components.h"

#include <math.h>
#include <string.h>

#include "arrange/engram-covariance-private.h"
#include "arrange/engram-principal-axes-private.h"
#include "samples/engram-random-private.h"

/* The eigenvectors of the covariance with the greatest eigenvalues, by subspace iteration with a
 * Rayleigh-Ritz step (Golub and Van Loan, "Matrix Computations", 8.2): the space is some directions wider
 * than asked for, as it converges with the ratio of the first eigenvalue outside of it to the last one
 * wanted. */

#define EXTRA_DIRECTIONS 16
#define MOST_ITERATIONS 1000
#define TOLERANCE 1e-10

/* An eigenvalue below this part of the greatest is rounding error: nothing differs in that direction. */
#define SMALLEST_PART 1e-12

/* A symmetric matrix and a subspace; directions are rows, each of dimension numbers. */
typedef struct {
  const double *matrix;
  guint         dimension;
  guint         n_directions;
  double       *directions;
  double       *images;
  double       *values;
  double        tolerance;
} Subspace;

static double
dot (const double *first,
     const double *second,
     guint         length)
{
  double sum = 0.0;

  for (guint i = 0; i < length; i++)
    sum += first[i] * second[i];
  return sum;
}

static void
fill_random (EngramRandom *random,
             double       *direction,
             guint         length)
{
  for (guint i = 0; i < length; i++)
    direction[i] = engram_random_normal (random);
}

/* Gram-Schmidt, twice, as once is not enough in floating point. A direction that the ones before it span
 * already is replaced by another. */
static void
make_orthonormal (Subspace     *self,
                  EngramRandom *random)
{
  for (guint i = 0; i < self->n_directions; i++)
    {
      double *direction = self->directions + (gsize) i * self->dimension;
      double length_before, length;

      do
        {
          length_before = sqrt (dot (direction, direction, self->dimension));
          for (guint pass = 0; pass < 2; pass++)
            for (guint j = 0; j < i; j++)
              {
                const double *other = self->directions + (gsize) j * self->dimension;
                double part = dot (direction, other, self->dimension);

                for (guint k = 0; k < self->dimension; k++)
                  direction[k] -= part * other[k];
              }
          length = sqrt (dot (direction, direction, self->dimension));
          if (length <= length_before * 1e-10)
            {
              fill_random (random, direction, self->dimension);
              length = 0.0;
            }
        }
      while (length <= 0.0);

      for (guint k = 0; k < self->dimension; k++)
        direction[k] /= length;
    }
}

/* images = matrix * directions; the matrix is symmetric, so rows do for columns. */
static void
apply_matrix (Subspace *self)
{
  guint dimension = self->dimension;

  memset (self->images, 0, (gsize) self->n_directions * dimension * sizeof (double));
  for (guint row = 0; row < dimension; row++)
    for (guint i = 0; i < self->n_directions; i++)
      {
        double factor = self->directions[(gsize) i * dimension + row];
        const double *source = self->matrix + (gsize) row * dimension;
        double *image = self->images + (gsize) i * dimension;

        for (guint k = 0; k < dimension; k++)
          image[k] += factor * source[k];
      }
}

/* One Jacobi rotation of a symmetric matrix, which makes its number at (p, q) zero; rotations collects them,
 * as rows. */
static void
rotate (double *matrix,
        double *rotations,
        guint   size,
        guint   p,
        guint   q)
{
  double apart = matrix[p * size + q];
  double angle = (matrix[q * size + q] - matrix[p * size + p]) / (2.0 * apart);
  double tangent = copysign (1.0, angle) / (fabs (angle) + sqrt (angle * angle + 1.0));
  double cosine = 1.0 / sqrt (tangent * tangent + 1.0);
  double sine = tangent * cosine;

  for (guint k = 0; k < size; k++)
    {
      double first = matrix[k * size + p];
      double second = matrix[k * size + q];

      matrix[k * size + p] = cosine * first - sine * second;
      matrix[k * size + q] = sine * first + cosine * second;
    }
  for (guint k = 0; k < size; k++)
    {
      double first = matrix[p * size + k];
      double second = matrix[q * size + k];

      matrix[p * size + k] = cosine * first - sine * second;
      matrix[q * size + k] = sine * first + cosine * second;

      first = rotations[p * size + k];
      second = rotations[q * size + k];
      rotations[p * size + k] = cosine * first - sine * second;
      rotations[q * size + k] = sine * first + cosine * second;
    }
}

/* The eigenvalues of a small symmetric matrix, on its diagonal afterwards, and its eigenvectors, as rows. */
static void
diagonalise (double *matrix,
             double *vectors,
             guint   size)
{
  double scale = 0.0;
  gboolean changed = TRUE;

  memset (vectors, 0, (gsize) size * size * sizeof (double));
  for (guint i = 0; i < size; i++)
    {
      vectors[i * size + i] = 1.0;
      for (guint j = 0; j < size; j++)
        scale = MAX (scale, fabs (matrix[i * size + j]));
    }

  for (guint sweep = 0; sweep < 60 && changed; sweep++)
    {
      changed = FALSE;
      for (guint p = 0; p < size; p++)
        for (guint q = p + 1; q < size; q++)
          if (fabs (matrix[p * size + q]) > scale * 1e-16)
            {
              rotate (matrix, vectors, size, p, q);
              changed = TRUE;
            }
    }
}

/* target = combinations * rows of source, in the order given. */
static void
combine_rows (const Subspace *self,
              const double   *combinations,
              const guint    *order,
              const double   *source,
              double         *target)
{
  for (guint i = 0; i < self->n_directions; i++)
    {
      double *row = target + (gsize) i * self->dimension;

      memset (row, 0, self->dimension * sizeof (double));
      for (guint j = 0; j < self->n_directions; j++)
        {
          double factor = combinations[order[i] * self->n_directions + j];

          for (guint k = 0; k < self->dimension; k++)
            row[k] += factor * source[(gsize) j * self->dimension + k];
        }
    }
}

/* Turns the directions, within the space that they span, so that each is as near to an eigenvector as it can
 * be, the one with the greatest value first. Directions and images are turned alike. */
static void
turn_to_axes (Subspace *self)
{
  guint size = self->n_directions;
  gsize length = (gsize) size * self->dimension;
  g_autofree double *small = g_new (double, size * size);
  g_autofree double *vectors = g_new (double, size * size);
  g_autofree double *turned = g_new (double, length);
  g_autofree guint *order = g_new (guint, size);

  for (guint i = 0; i < size; i++)
    for (guint j = i; j < size; j++)
      {
        double product = dot (self->directions + (gsize) i * self->dimension,
                              self->images + (gsize) j * self->dimension, self->dimension);

        small[i * size + j] = small[j * size + i] = product;
      }
  diagonalise (small, vectors, size);

  for (guint i = 0; i < size; i++)
    {
      guint place = i;

      for (; place > 0 && small[order[place - 1] * size + order[place - 1]] < small[i * size + i]; place--)
        order[place] = order[place - 1];
      order[place] = i;
    }
  for (guint i = 0; i < size; i++)
    self->values[i] = small[order[i] * size + order[i]];

  combine_rows (self, vectors, order, self->directions, turned);
  memcpy (self->directions, turned, length * sizeof (double));
  combine_rows (self, vectors, order, self->images, turned);
  memcpy (self->images, turned, length * sizeof (double));
}

static gboolean
is_converged (const Subspace *self,
              guint           n_wanted)
{
  for (guint i = 0; i < n_wanted; i++)
    {
      const double *direction = self->directions + (gsize) i * self->dimension;
      const double *image = self->images + (gsize) i * self->dimension;
      double squares = 0.0;

      for (guint k = 0; k < self->dimension; k++)
        {
          double rest = image[k] - self->values[i] * direction[k];

          squares += rest * rest;
        }
      if (sqrt (squares) > self->tolerance * fabs (self->values[0]))
        return FALSE;
    }
  return TRUE;
}

static void
find_axes (Subspace     *self,
           guint         n_wanted,
           GCancellable *cancellable)
{
  EngramRandom random;

  engram_random_init (&random, 0, 0);
  for (guint i = 0; i < self->n_directions; i++)
    fill_random (&random, self->directions + (gsize) i * self->dimension, self->dimension);

  for (guint iteration = 0;; iteration++)
    {
      make_orthonormal (self, &random);
      apply_matrix (self);
      turn_to_axes (self);
      if (iteration == MOST_ITERATIONS || is_converged (self, n_wanted) || g_cancellable_is_cancelled (cancellable))
        return;
      memcpy (self->directions, self->images,
              (gsize) self->n_directions * self->dimension * sizeof (double));
    }
}

/* An eigenvector may point either way: its greatest number is made positive. */
static void
fix_sign (double *direction,
          guint   dimension)
{
  guint greatest = 0;

  for (guint i = 1; i < dimension; i++)
    if (fabs (direction[i]) > fabs (direction[greatest]))
      greatest = i;
  if (direction[greatest] < 0.0)
    for (guint i = 0; i < dimension; i++)
      direction[i] = -direction[i];
}

static double
project (const float  *vector,
         const double *means,
         const double *direction,
         guint         dimension)
{
  double sum = 0.0;

  for (guint i = 0; i < dimension; i++)
    if (isfinite (vector[i]))
      sum += ((double) vector[i] - means[i]) * direction[i];
  return sum;
}

guint
engram_principal_axes (const double *covariance,
                       guint         dimension,
                       guint         n_wanted,
                       double        tolerance,
                       GCancellable *cancellable,
                       double       *axes,
                       double       *variances)
{
  Subspace subspace = { .matrix = covariance, .dimension = dimension, .tolerance = tolerance,
                        .n_directions = MIN (dimension, n_wanted + EXTRA_DIRECTIONS) };
  g_autofree double *directions = g_new (double, (gsize) subspace.n_directions * dimension);
  g_autofree double *images = g_new (double, (gsize) subspace.n_directions * dimension);
  g_autofree double *values = g_new (double, subspace.n_directions);

  n_wanted = MIN (n_wanted, dimension);
  subspace.directions = directions;
  subspace.images = images;
  subspace.values = values;
  find_axes (&subspace, n_wanted, cancellable);

  while (n_wanted > 0 && !(values[n_wanted - 1] > values[0] * SMALLEST_PART))
    n_wanted--;
  for (guint i = 0; i < n_wanted; i++)
    fix_sign (directions + (gsize) i * dimension, dimension);
  memcpy (axes, directions, (gsize) n_wanted * dimension * sizeof (double));
  if (variances != NULL)
    memcpy (variances, values, n_wanted * sizeof (double));
  return n_wanted;
}

void
engram_principal_components (const float *vectors,
                             gsize        n_vectors,
                             guint        dimension,
                             guint        n_components,
                             float       *coordinates)
{
  g_autoptr (EngramCovariance) sum = NULL;
  g_autofree double *means = NULL;
  g_autofree double *covariance = NULL;
  g_autofree double *axes = NULL;
  guint n_axes;

  g_return_if_fail (vectors != NULL || n_vectors == 0 || dimension == 0);
  g_return_if_fail (coordinates != NULL || n_vectors == 0 || n_components == 0);

  if (n_vectors == 0 || n_components == 0)
    return;
  memset (coordinates, 0, n_vectors * n_components * sizeof (float));
  if (dimension == 0)
    return;

  means = g_new (double, dimension);
  covariance = g_new (double, (gsize) dimension * dimension);
  engram_covariance_get_means (vectors, n_vectors, dimension, means);
  sum = engram_covariance_new (dimension, means);
  engram_covariance_add (sum, vectors, n_vectors);
  engram_covariance_finish (sum, means, covariance);

  axes = g_new (double, (gsize) MIN (n_components, dimension) * dimension);
  n_axes = engram_principal_axes (covariance, dimension, n_components, TOLERANCE, NULL, axes, NULL);
  for (gsize row = 0; row < n_vectors; row++)
    for (guint i = 0; i < n_axes; i++)
      coordinates[row * n_components + i] =
        (float) project (vectors + row * dimension, means, axes + (gsize) i * dimension, dimension);
}
