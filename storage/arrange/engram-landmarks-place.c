/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-landmarks-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "arrange/engram-arrangement-private.h"
#include "arrange/engram-vector-rows-private.h"

/* How much of the work is over when the rows are known. */
#define ROWS_KNOWN 0.05

/* The landmarks that a neuron stands between. */
#define NEAREST 5

/* How much less the last of them counts than the first, as a power of e. */
#define DECAY 3.0

#define BLOCK_ROWS 192

typedef struct {
  EngramLandmarksData *landmarks;
  const float         *places;    /* of the landmarks */
  EngramVectorRows     rows;
  guint8              *is_placed; /* of each neuron: it is a landmark */
  float               *positions;
  GCancellable        *cancellable;
} Placing;

/* Some neurons between being read and being placed, in one thread. */
typedef struct {
  float      *panels; /* of rows */
  float      *vector;
  guint32     neurons[BLOCK_ROWS];
  gsize       n;
  EngramBest  best;
} Block;

static void
block_init (Block         *self,
            const Placing *placing)
{
  self->panels = engram_tiles_new_panels (BLOCK_ROWS, placing->landmarks->depth, ENGRAM_TILE_ROWS);
  if (self->panels == NULL)
    g_error ("No memory for a block of vectors");
  self->vector = g_new (float, placing->landmarks->depth);
  self->n = 0;
  engram_best_init (&self->best, BLOCK_ROWS, NEAREST);
}

static void
block_clear (Block *self)
{
  engram_tiles_free_panels (self->panels);
  g_free (self->vector);
  engram_best_clear (&self->best);
}

/* The mean of the nearest landmarks, as far as these have a place. */
static void
place_between (const Placing *self,
               const guint32 *nearest,
               const float   *scores,
               float         *position)
{
  double sums[3] = { 0 }, weights = 0;
  guint n = 0;

  while (n < NEAREST && nearest[n] != ENGRAM_BEST_NONE)
    n++;
  for (guint i = 0; i < n; i++)
    {
      const float *place = self->places + 3 * (gsize) nearest[i];
      double range = (double) scores[0] - (double) scores[n - 1];
      double weight = range > 0 ? exp (-DECAY * ((double) scores[0] - (double) scores[i]) / range) : 1;

      if (!isfinite (place[0]) || !isfinite (place[1]) || !isfinite (place[2]))
        continue;
      weights += weight;
      for (guint axis = 0; axis < 3; axis++)
        sums[axis] += weight * (double) place[axis];
    }
  for (guint axis = 0; axis < 3 && weights > 0; axis++)
    position[axis] = (float) (sums[axis] / weights);
}

static void
place_block (const Placing *self,
             Block         *block)
{
  EngramTileSide rows = { block->panels, 0, block->n, NULL, &block->best };
  EngramTileSide columns = { self->landmarks->panels, 0, self->landmarks->public.n_landmarks, NULL, NULL };

  if (block->n == 0)
    return;
  engram_best_reset (&block->best);
  engram_tiles_compare (&rows, &columns, self->landmarks->depth, FALSE);
  for (gsize i = 0; i < block->n; i++)
    place_between (self, block->best.names + i * NEAREST, block->best.scores + i * NEAREST,
                   self->positions + 3 * (gsize) block->neurons[i]);
  block->n = 0;
}

static void
take_neuron (const Placing *self,
             Block         *block,
             guint32        neuron,
             sqlite3_stmt  *row)
{
  guint depth = self->landmarks->depth;

  if (!self->rows.usable[neuron] || self->is_placed[neuron] ||
      !engram_vector_read (row, 0, depth, block->vector) || !engram_vector_normalise (block->vector, depth))
    return;
  engram_tiles_put (block->panels, block->n, depth, ENGRAM_TILE_ROWS, block->vector);
  block->neurons[block->n++] = neuron;
}

static gboolean
place_chunk (EngramReader  *reader,
             gint64         first,
             gint64         last,
             guint          number,
             gpointer       data,
             GError       **error)
{
  const Placing *self = data;
  guint32 neuron = engram_vector_rows_find (&self->rows, first);
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, "vector", "neurons", first, last, error);
  Block block;
  int status;

  if (statement == NULL)
    return FALSE;
  block_init (&block, self);
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      take_neuron (self, &block, neuron++, engram_statement_get_handle (statement));
      if (block.n < BLOCK_ROWS)
        continue;
      place_block (self, &block);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        break;
    }
  if (status == 0)
    place_block (self, &block);
  block_clear (&block);
  return status == 0;
}

/* Landmarks stand where the layout has put them. */
static void
place_landmarks (Placing *self)
{
  const EngramLandmarks *landmarks = &self->landmarks->public;

  for (guint32 i = 0; i < landmarks->n_landmarks; i++)
    {
      guint32 neuron = engram_vector_rows_find (&self->rows, landmarks->rowids[i]);

      if (neuron == self->rows.n_neurons || self->rows.rowids[neuron] != landmarks->rowids[i] ||
          !self->rows.usable[neuron])
        continue;
      memcpy (self->positions + 3 * (gsize) neuron, self->places + 3 * (gsize) i, 3 * sizeof (float));
      self->is_placed[neuron] = TRUE;
    }
}

static gboolean
check_dimension (const Placing  *self,
                 GError        **error)
{
  if (self->rows.dimension == self->landmarks->depth)
    return TRUE;
  g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_CHANGED,
                       _("The vectors of the network have another length than when the landmarks were chosen. Begin "
                         "again."));
  return FALSE;
}

EngramArrangement *
engram_landmarks_place_all (EngramLandmarks     *self,
                            EngramDatabase      *database,
                            const float         *places,
                            EngramProgressFunc   progress,
                            gpointer             user_data,
                            GCancellable        *cancellable,
                            GError             **error)
{
  Placing placing = { .landmarks = (EngramLandmarksData *) self, .places = places, .cancellable = cancellable };
  g_autoptr (EngramArrangement) arrangement = NULL;
  gboolean done = FALSE;

  g_return_val_if_fail (self != NULL && places != NULL, NULL);
  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);

  if (engram_vector_rows_begin (&placing.rows, database, _("Looking for vectors"), ROWS_KNOWN, progress, user_data,
                                cancellable, error) &&
      check_dimension (&placing, error))
    {
      arrangement = engram_arrangement_new_for_rows (&placing.rows);
      placing.positions = arrangement->positions;
      placing.is_placed = g_new0 (guint8, MAX (placing.rows.n_neurons, 1));
      place_landmarks (&placing);
      done = engram_scan_table (&placing.rows.scan, "neurons", place_chunk, &placing, _("Placing neurons"), ROWS_KNOWN,
                                1, progress, user_data, error);
    }
  g_free (placing.is_placed);
  engram_vector_rows_clear (&placing.rows);
  if (!done)
    return NULL;
  engram_arrangement_finish (arrangement, TRUE);
  return g_steal_pointer (&arrangement);
}
