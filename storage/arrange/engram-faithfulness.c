/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-faithfulness.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "arrange/engram-tiles-private.h"
#include "arrange/engram-units-private.h"
#include "arrange/engram-vector-rows-private.h"
#include "samples/engram-random-private.h"

#define NEAREST ENGRAM_FAITHFULNESS_NEAREST

/* How much of the work is over when the rows are known, and all vectors are compared. */
#define ROWS_KNOWN 0.1
#define COMPARED 0.8

typedef struct {
  EngramVectorRows  rows;
  GCancellable     *cancellable;
  guint32           n_possible;
  guint32          *possible; /* neurons with a place and, as far as is known, a vector */
  guint32           n_sample;
  guint32          *sample;   /* neurons, ascending */
  float            *panels;   /* their vectors, as panels of rows */
  EngramBest        chunks[ENGRAM_SCAN_CHUNKS];
  float            *shares;   /* of the sample */
} Sampling;

static void
sampling_clear (Sampling *self)
{
  engram_vector_rows_clear (&self->rows);
  g_free (self->possible);
  g_free (self->sample);
  engram_tiles_free_panels (self->panels);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    engram_best_clear (&self->chunks[i]);
  g_free (self->shares);
}

/* Who is judged */

static void
take_places (Sampling                *self,
             const EngramArrangement *arrangement)
{
  for (guint32 i = 0; arrangement != NULL && i < arrangement->n_neurons; i++)
    {
      guint32 neuron = engram_vector_rows_find (&self->rows, arrangement->rowids[i]);

      if (neuron < self->rows.n_neurons && self->rows.rowids[neuron] == arrangement->rowids[i])
        memcpy (self->rows.places + 3 * (gsize) neuron, arrangement->positions + 3 * (gsize) i, 3 * sizeof (float));
    }
}

static void
list_possible (Sampling *self)
{
  EngramVectorRows *rows = &self->rows;

  if (self->possible == NULL)
    self->possible = g_new (guint32, rows->n_usable);
  self->n_possible = 0;
  for (guint32 i = 0; i < rows->n_neurons; i++)
    {
      const float *place = rows->places + 3 * (gsize) i;

      rows->usable[i] = rows->usable[i] && isfinite (place[0]) && isfinite (place[1]) && isfinite (place[2]);
      if (rows->usable[i])
        self->possible[self->n_possible++] = i;
    }
}

static int
compare_neurons (const void *a,
                 const void *b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

/* Nobody twice; and none where there is nobody to compare with. */
static void
draw (Sampling *self,
      guint     n_sample,
      guint64   seed)
{
  g_autofree guint32 *urn = g_memdup2 (self->possible, self->n_possible * sizeof (guint32));
  EngramRandom random;

  if (self->n_possible < 2)
    return;
  engram_random_init (&random, seed, 0);
  self->n_sample = MIN (n_sample, self->n_possible);
  self->sample = g_new (guint32, self->n_sample);
  for (guint32 i = 0; i < self->n_sample; i++)
    {
      guint32 drawn = i + engram_random_below (&random, self->n_possible - i);

      self->sample[i] = urn[drawn];
      urn[drawn] = urn[i];
    }
  qsort (self->sample, self->n_sample, sizeof (guint32), compare_neurons);
}

/* Those that turn out to have no direction are dropped. */
static gboolean
read_sample (Sampling  *self,
             GError   **error)
{
  guint depth = self->rows.dimension;
  g_autofree float *vector = g_new (float, depth);
  guint32 n_drawn = self->n_sample;

  self->panels = engram_tiles_new_panels (n_drawn, depth, ENGRAM_TILE_ROWS);
  if (self->panels == NULL)
    g_error ("No memory for a sample of vectors");
  self->n_sample = 0;
  for (guint32 i = 0; i < n_drawn; i++)
    {
      int status = engram_vector_rows_read_one (&self->rows, self->sample[i], vector, error);

      if (status < 0)
        return FALSE;
      if (status == 0)
        continue;
      engram_tiles_put (self->panels, self->n_sample, depth, ENGRAM_TILE_ROWS, vector);
      self->sample[self->n_sample++] = self->sample[i];
    }
  return TRUE;
}

/* Their nearest by vector: all others pass by */

static void
compare_panel (Sampling      *self,
               EngramBest    *best,
               const float   *panel,
               const guint32 *names,
               gsize          n)
{
  EngramTileSide rows = { self->panels, 0, self->n_sample, NULL, best };
  EngramTileSide columns = { panel, 0, n, names, NULL };

  if (n > 0)
    engram_tiles_compare (&rows, &columns, self->rows.dimension, FALSE);
}

static gboolean
pass_chunk (EngramReader  *reader,
            gint64         first,
            gint64         last,
            guint          number,
            gpointer       data,
            GError       **error)
{
  Sampling *self = data;
  guint depth = self->rows.dimension;
  guint32 neuron = engram_vector_rows_find (&self->rows, first);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, "vector", "neurons", first, last, error);
  g_autofree float *vector = g_new (float, depth);
  float *panel = engram_tiles_new_panels (ENGRAM_TILE_COLUMNS, depth, ENGRAM_TILE_COLUMNS);
  guint32 names[ENGRAM_TILE_COLUMNS];
  gsize n = 0;
  int status = -1;

  if (panel == NULL)
    g_error ("No memory for a panel of vectors");
  /* One more, because each is nearest to itself. */
  engram_best_init (&self->chunks[number], self->n_sample, NEAREST + 1);
  while (statement != NULL && (status = engram_statement_step (statement, error)) > 0)
    {
      guint32 i = neuron++;

      if (!self->rows.usable[i])
        continue;
      self->rows.usable[i] = engram_vector_read (engram_statement_get_handle (statement), 0, depth, vector) &&
                             engram_vector_normalise (vector, depth);
      if (!self->rows.usable[i])
        continue;
      engram_tiles_put (panel, n, depth, ENGRAM_TILE_COLUMNS, vector);
      names[n++] = i;
      if (n < ENGRAM_TILE_COLUMNS)
        continue;
      compare_panel (self, &self->chunks[number], panel, names, n);
      n = 0;
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        break;
    }
  compare_panel (self, &self->chunks[number], panel, names, n);
  engram_tiles_free_panels (panel);
  return status == 0;
}

/* The first of the chunks that were read gets it all. */
static EngramBest *
merge_chunks (Sampling *self)
{
  EngramBest *best = NULL;

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    {
      if (self->chunks[i].scores == NULL)
        continue;
      if (best == NULL)
        best = &self->chunks[i];
      else
        engram_best_merge (best, &self->chunks[i]);
    }
  return best;
}

/* Their nearest by place */

typedef struct {
  double  distance; /* squared */
  guint32 neuron;
} Near;

static guint
find_nearest_places (const Sampling *self,
                     guint32         neuron,
                     Near            nearest[NEAREST])
{
  const float *own = self->rows.places + 3 * (gsize) neuron;
  guint n = 0;

  for (guint32 i = 0; i < self->n_possible; i++)
    {
      const float *place = self->rows.places + 3 * (gsize) self->possible[i];
      Near near = { 0, self->possible[i] };
      guint at;

      for (guint axis = 0; axis < 3; axis++)
        near.distance += ((double) place[axis] - (double) own[axis]) * ((double) place[axis] - (double) own[axis]);
      if (near.neuron == neuron || (n == NEAREST && near.distance >= nearest[n - 1].distance))
        continue;
      n = MIN (n + 1, NEAREST);
      for (at = n - 1; at > 0 && nearest[at - 1].distance > near.distance; at--)
        nearest[at] = nearest[at - 1];
      nearest[at] = near;
    }
  return n;
}

typedef struct {
  Sampling         *sampling;
  const EngramBest *best;
} Judging;

static void
judge_one (guint64  unit,
           guint    thread,
           gpointer data)
{
  const Judging *judging = data;
  Sampling *self = judging->sampling;
  guint32 neuron = self->sample[unit];
  const guint32 *by_vector = judging->best->names + unit * judging->best->k;
  Near by_place[NEAREST];
  guint n_by_place = find_nearest_places (self, neuron, by_place);
  guint n_by_vector = 0, n_agree = 0;

  for (guint i = 0; i < judging->best->k && n_by_vector < NEAREST && by_vector[i] != ENGRAM_BEST_NONE; i++)
    {
      if (by_vector[i] == neuron)
        continue;
      n_by_vector++;
      for (guint k = 0; k < n_by_place; k++)
        n_agree += by_place[k].neuron == by_vector[i];
    }
  self->shares[unit] = n_by_vector > 0 ? (float) n_agree / (float) n_by_vector : 0;
}

/* Of a sample without repetition: what is not drawn is all that can err. */
static EngramFaithfulness
add_up (const Sampling *self)
{
  EngramFaithfulness sum = { .n_neurons = self->n_sample, .n_possible = self->n_possible };
  double squares = 0, n = self->n_sample;

  for (guint32 i = 0; i < self->n_sample; i++)
    sum.share += (double) self->shares[i] / n;
  for (guint32 i = 0; i < self->n_sample; i++)
    squares += ((double) self->shares[i] - sum.share) * ((double) self->shares[i] - sum.share);
  if (self->n_sample > 1 && self->n_sample < self->n_possible)
    sum.standard_error = sqrt (squares / (n - 1) / n * (self->n_possible - n) / (self->n_possible - 1.0));
  return sum;
}

static gboolean
check_sample (const Sampling  *self,
              GError         **error)
{
  if (self->n_sample >= 1 && self->n_possible >= 2)
    return TRUE;
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                       _("The network has no two neurons with both vectors and places, so there is nothing to "
                         "compare."));
  return FALSE;
}

static gboolean
judge_sample (Sampling                 *self,
              const EngramUnitsReport  *report,
              EngramFaithfulness       *faithfulness,
              GError                  **error)
{
  Judging judging = { .sampling = self };
  EngramUnitsReport last = *report;

  if (!engram_scan_table (&self->rows.scan, "neurons", pass_chunk, self, report->phase, ROWS_KNOWN, COMPARED,
                          report->progress, report->user_data, error))
    return FALSE;
  engram_vector_rows_end_reading (&self->rows);
  list_possible (self);
  if (!check_sample (self, error))
    return FALSE;
  judging.best = merge_chunks (self);
  self->shares = g_new (float, self->n_sample);
  last.from = COMPARED;
  if (!engram_units_run (self->n_sample, judge_one, &judging, &last, self->cancellable, error))
    return FALSE;
  *faithfulness = add_up (self);
  return TRUE;
}

gboolean
engram_faithfulness_sample (EngramDatabase      *database,
                            EngramArrangement   *arrangement,
                            guint                n_sample,
                            guint64              seed,
                            EngramFaithfulness  *faithfulness,
                            EngramProgressFunc   progress,
                            gpointer             user_data,
                            GCancellable        *cancellable,
                            GError             **error)
{
  Sampling self = { .cancellable = cancellable };
  EngramUnitsReport report = { _("Comparing places with vectors"), 0, 1, progress, user_data };
  gboolean done;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (n_sample > 0 && faithfulness != NULL, FALSE);

  done = engram_vector_rows_begin (&self.rows, database, report.phase, ROWS_KNOWN, progress, user_data, cancellable,
                                   error);
  if (done)
    {
      take_places (&self, arrangement);
      list_possible (&self);
      draw (&self, n_sample, seed);
      done = check_sample (&self, error) && read_sample (&self, error) && check_sample (&self, error) &&
             judge_sample (&self, &report, faithfulness, error);
    }
  sampling_clear (&self);
  return done;
}
