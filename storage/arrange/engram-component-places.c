/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-component-places-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "arrange/engram-covariance-private.h"
#include "arrange/engram-principal-axes-private.h"

/* How much of the work is over when the vectors are added up, and the axes are found. */
#define ADDED_UP 0.75
#define AXES_FOUND 0.8

/* Vectors are added up in blocks of about so many numbers; a multiple of 128 vectors each. */
#define NUMBERS_PER_BLOCK (1024 * 1024)
#define ROWS_PER_BLOCK 128

#define N_AXES 3

/* Places are in single precision. */
#define TOLERANCE 1e-7

/* Two matrices of that size take 1 GB. */
#define MAX_DIMENSION 8192

typedef struct {
  EngramVectorRows        *rows;
  const EngramUnitsReport *report;
  GCancellable            *cancellable;

  EngramCovariance        *covariance;
  float                   *block;
  gsize                    n_block;         /* vectors in it */
  gsize                    max_block;

  double                  *axes;            /* the three numbers of each dimension side by side */
  double                   offsets[N_AXES]; /* of the mean along each */
  double                   explained;
  float                   *places;
} Components;

static void
components_clear (Components *self)
{
  engram_covariance_free (self->covariance);
  g_free (self->block);
  g_free (self->axes);
}

static double
get_fraction (const Components *self,
              double            part)
{
  return self->report->from + (self->report->to - self->report->from) * part;
}

static void
report (Components *self,
        const char *phase,
        double      part)
{
  if (self->report->progress != NULL)
    self->report->progress (phase, get_fraction (self, part), self->report->user_data);
}

/* The mean of the first block is near enough to that of all. */
static void
add_block (Components *self)
{
  guint dimension = self->rows->dimension;

  if (self->n_block == 0)
    return;
  if (self->covariance == NULL)
    {
      g_autofree double *means = g_new (double, dimension);

      engram_covariance_get_means (self->block, self->n_block, dimension, means);
      self->covariance = engram_covariance_new (dimension, means);
    }
  engram_covariance_add (self->covariance, self->block, self->n_block);
  self->n_block = 0;
}

/* One thread reads, so that the order is always the same; adding up takes two. */
static gboolean
add_up (Components  *self,
        GError     **error)
{
  EngramVectorRows *rows = self->rows;
  g_autoptr (EngramStatement) statement = engram_scan_prepare (rows->scan.readers[0], "vector", "neurons", G_MININT64,
                                                               G_MAXINT64, error);
  sqlite3_stmt *stmt;
  guint32 i = 0;
  int status = 0;

  if (statement == NULL)
    return FALSE;
  stmt = engram_statement_get_handle (statement);
  for (; i < rows->n_neurons && (status = engram_statement_step (statement, error)) > 0; i++)
    {
      rows->usable[i] = rows->usable[i] &&
                        engram_vector_read (stmt, 0, rows->dimension, self->block + self->n_block * rows->dimension);
      self->n_block += rows->usable[i];
      if (self->n_block < self->max_block)
        continue;
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      add_block (self);
      report (self, _("Comparing vectors"), ADDED_UP * i / rows->n_neurons);
    }
  add_block (self);
  return status >= 0;
}

static guint32
count_usable (const EngramVectorRows *rows)
{
  guint32 n = 0;

  for (guint32 i = 0; i < rows->n_neurons; i++)
    n += rows->usable[i] != 0;
  return n;
}

/* Lays the axes side by side, and notes where the mean is along them. */
static void
take_axes (Components   *self,
           const double *axes,
           const double *means)
{
  guint dimension = self->rows->dimension;

  self->axes = g_new (double, (gsize) N_AXES * dimension);
  for (guint axis = 0; axis < N_AXES; axis++)
    for (guint i = 0; i < dimension; i++)
      {
        double number = axes[(gsize) axis * dimension + i];

        self->axes[(gsize) i * N_AXES + axis] = number;
        self->offsets[axis] += means[i] * number;
      }
}

static void
find_axes (Components *self)
{
  guint dimension = self->rows->dimension;
  g_autofree double *means = g_new (double, dimension);
  g_autofree double *covariance = g_new (double, (gsize) dimension * dimension);
  g_autofree double *axes = g_new0 (double, (gsize) N_AXES * dimension);
  double variances[N_AXES] = { 0 };
  double all = 0;

  engram_covariance_finish (self->covariance, means, covariance);
  g_clear_pointer (&self->covariance, engram_covariance_free);
  engram_principal_axes (covariance, dimension, N_AXES, TOLERANCE, self->cancellable, axes, variances);
  for (guint i = 0; i < dimension; i++)
    all += covariance[(gsize) i * dimension + i];
  self->explained = all > 0 ? CLAMP ((variances[0] + variances[1] + variances[2]) / all, 0, 1) : 0;
  take_axes (self, axes, means);
}

static void
project (const Components *self,
         const float      *vector,
         float            *place)
{
  double sums[N_AXES] = { -self->offsets[0], -self->offsets[1], -self->offsets[2] };

  for (guint i = 0; i < self->rows->dimension; i++)
    for (guint axis = 0; axis < N_AXES; axis++)
      sums[axis] += (double) vector[i] * self->axes[(gsize) i * N_AXES + axis];
  for (guint axis = 0; axis < N_AXES; axis++)
    place[axis] = (float) sums[axis];
}

static gboolean
place_chunk (EngramReader  *reader,
             gint64         first,
             gint64         last,
             guint          number,
             gpointer       data,
             GError       **error)
{
  Components *self = data;
  guint32 i = engram_vector_rows_find (self->rows, first);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, "vector", "neurons", first, last, error);
  g_autofree float *vector = g_new (float, self->rows->dimension);
  int status;

  if (statement == NULL)
    return FALSE;
  for (; (status = engram_statement_step (statement, error)) > 0; i++)
    if (self->rows->usable[i] &&
        engram_vector_read (engram_statement_get_handle (statement), 0, self->rows->dimension, vector))
      project (self, vector, self->places + (gsize) i * N_AXES);
  return status == 0;
}

static gboolean
check_dimension (guint    dimension,
                 GError **error)
{
  if (dimension <= MAX_DIMENSION)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
               _("The vectors have %u numbers each: principal components can be found of %u at most."), dimension,
               MAX_DIMENSION);
  return FALSE;
}

static gboolean
work_out (Components  *self,
          GError     **error)
{
  EngramVectorRows *rows = self->rows;

  self->max_block = MAX (NUMBERS_PER_BLOCK / rows->dimension / ROWS_PER_BLOCK, 1) * ROWS_PER_BLOCK;
  self->block = g_new (float, self->max_block * rows->dimension);
  if (!add_up (self, error))
    return FALSE;
  rows->n_usable = count_usable (rows);
  if (!engram_vector_rows_check (rows, error))
    return FALSE;
  report (self, _("Finding the principal components"), ADDED_UP);
  find_axes (self);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  return engram_scan_table (&rows->scan, "neurons", place_chunk, self, _("Placing neurons"),
                            get_fraction (self, AXES_FOUND), self->report->to, self->report->progress,
                            self->report->user_data, error);
}

gboolean
engram_component_places (EngramVectorRows         *rows,
                         float                    *places,
                         double                   *explained,
                         const EngramUnitsReport  *report_to,
                         GCancellable             *cancellable,
                         GError                  **error)
{
  Components self = { .rows = rows, .report = report_to, .cancellable = cancellable, .places = places };
  gboolean done;

  for (gsize i = 0; i < (gsize) rows->n_neurons * N_AXES; i++)
    places[i] = NAN;
  done = engram_vector_rows_check (rows, error) && check_dimension (rows->dimension, error) && work_out (&self, error);
  *explained = self.explained;
  components_clear (&self);
  return done;
}
