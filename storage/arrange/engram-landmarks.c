/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-landmarks-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "arrange/engram-component-places-private.h"
#include "arrange/engram-neighbour-graph-private.h"
#include "arrange/engram-neighbours.h"
#include "arrange/engram-place-tree-private.h"
#include "samples/engram-random-private.h"

/* How much of the work is over when the rows are known, the neurons are placed, and the landmarks are read. */
#define ROWS_KNOWN 0.05
#define PLACED 0.6
#define READ 0.7

G_DEFINE_BOXED_TYPE (EngramLandmarks, engram_landmarks, engram_landmarks_ref, engram_landmarks_unref)

EngramLandmarks *
engram_landmarks_ref (EngramLandmarks *self)
{
  g_atomic_ref_count_inc (&((EngramLandmarksData *) self)->references);
  return self;
}

void
engram_landmarks_unref (EngramLandmarks *self)
{
  EngramLandmarksData *data = (EngramLandmarksData *) self;

  if (self == NULL || !g_atomic_ref_count_dec (&data->references))
    return;
  g_free (self->rowids);
  g_free (self->sources);
  g_free (self->targets);
  g_free (self->distances);
  engram_tiles_free_panels (data->panels);
  g_free (data);
}

/* Choosing */

typedef struct {
  const float  *places;
  EngramRandom  random;
} Lot;

static void
draw_cells (Lot     *lot,
            guint32 *points,
            gsize    n,
            gsize    n_cells,
            guint32 *chosen)
{
  gsize n_left_cells = n_cells / 2;
  gsize middle = n * n_left_cells / MAX (n_cells, 1);

  if (n_cells == 1)
    *chosen = points[engram_random_below (&lot->random, (guint32) n)];
  if (n_cells <= 1)
    return;
  engram_places_split (lot->places, points, n, middle);
  draw_cells (lot, points, middle, n_left_cells, chosen);
  draw_cells (lot, points + middle, n - middle, n_cells - n_left_cells, chosen + n_left_cells);
}

void
engram_landmarks_draw (const float *places,
                       guint32     *points,
                       gsize        n,
                       gsize        n_cells,
                       guint64      seed,
                       guint32     *chosen)
{
  Lot lot = { .places = places };

  engram_random_init (&lot.random, seed, 0);
  draw_cells (&lot, points, n, n_cells, chosen);
}

static int
compare_neurons (const void *a,
                 const void *b)
{
  guint32 first = *(const guint32 *) a, second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

/* (transfer full): the chosen neurons, ascending */
static guint32 *
choose (const EngramVectorRows *rows,
        const float            *places,
        guint32                *n_landmarks,
        guint64                 seed)
{
  g_autofree guint32 *points = g_new (guint32, rows->n_neurons);
  guint32 *chosen;
  guint32 n = 0;

  for (guint32 i = 0; i < rows->n_neurons; i++)
    if (rows->usable[i] && isfinite (places[3 * (gsize) i]) && isfinite (places[3 * (gsize) i + 1]) &&
        isfinite (places[3 * (gsize) i + 2]))
      points[n++] = i;
  *n_landmarks = MIN (*n_landmarks, n);
  chosen = g_new (guint32, MAX (*n_landmarks, 1));
  engram_landmarks_draw (places, points, n, *n_landmarks, seed, chosen);
  qsort (chosen, *n_landmarks, sizeof (guint32), compare_neurons);
  return chosen;
}

/* Their vectors */

static gboolean
read_landmarks (EngramLandmarksData  *self,
                EngramVectorRows     *rows,
                const guint32        *chosen,
                guint32               n_chosen,
                GCancellable         *cancellable,
                GError              **error)
{
  g_autofree float *vector = g_new (float, rows->dimension);

  self->depth = rows->dimension;
  self->panels = engram_tiles_new_panels (n_chosen, self->depth, ENGRAM_TILE_COLUMNS);
  if (self->panels == NULL)
    {
      g_set_error_literal (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED,
                           _("There is not enough memory for so many landmarks. Choose fewer."));
      return FALSE;
    }
  self->public.rowids = g_new (gint64, MAX (n_chosen, 1));
  for (guint32 i = 0; i < n_chosen; i++)
    {
      int status = engram_vector_rows_read_one (rows, chosen[i], vector, error);

      if (status < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (status == 0)
        continue;
      engram_tiles_put (self->panels, self->public.n_landmarks, self->depth, ENGRAM_TILE_COLUMNS, vector);
      self->public.rowids[self->public.n_landmarks++] = rows->rowids[chosen[i]];
    }
  return TRUE;
}

/* Their graph */

static gboolean
has_chosen (const EngramBest *best,
            guint32           landmark,
            guint32           other)
{
  for (guint i = 0; i < best->k; i++)
    if (best->names[(gsize) landmark * best->k + i] == other)
      return TRUE;
  return FALSE;
}

static void
take_edges (EngramLandmarks  *self,
            const EngramBest *best)
{
  gsize n_most = (gsize) self->n_landmarks * best->k;

  self->sources = g_new (guint32, MAX (n_most, 1));
  self->targets = g_new (guint32, MAX (n_most, 1));
  self->distances = g_new (float, MAX (n_most, 1));
  for (guint32 i = 0; i < self->n_landmarks; i++)
    for (guint place = 0; place < best->k; place++)
      {
        guint32 other = best->names[(gsize) i * best->k + place];

        if (other == ENGRAM_BEST_NONE)
          break;
        if (other < i && has_chosen (best, other, i))
          continue;
        self->sources[self->n_edges] = i;
        self->targets[self->n_edges] = other;
        self->distances[self->n_edges] = CLAMP (1 - best->scores[(gsize) i * best->k + place], 0, 2);
        self->n_edges++;
      }
}

static gboolean
prepare (EngramLandmarksData       *self,
         EngramVectorRows          *rows,
         guint32                    n_landmarks,
         guint                      k,
         guint64                    seed,
         const EngramUnitsReport   *whole,
         GCancellable              *cancellable,
         GError                   **error)
{
  g_autofree float *places = g_new (float, 3 * (gsize) rows->n_neurons);
  g_autofree guint32 *chosen = NULL;
  g_auto (EngramBest) best = { 0 };
  EngramUnitsReport placing = *whole, comparing = *whole;
  double explained;

  placing.from = ROWS_KNOWN;
  placing.to = PLACED;
  comparing.from = READ;
  if (!engram_component_places (rows, places, &explained, &placing, cancellable, error))
    return FALSE;
  chosen = choose (rows, places, &n_landmarks, seed);
  if (!read_landmarks (self, rows, chosen, n_landmarks, cancellable, error))
    return FALSE;
  engram_vector_rows_end_reading (rows);
  if (!engram_neighbour_graph_find (self->panels, self->public.n_landmarks, self->depth, k, &best, &comparing,
                                    cancellable, error))
    return FALSE;
  take_edges (&self->public, &best);
  return TRUE;
}

EngramLandmarks *
engram_landmarks_choose (EngramDatabase      *database,
                         guint32              n_landmarks,
                         guint                k,
                         guint64              seed,
                         EngramProgressFunc   progress,
                         gpointer             user_data,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_auto (EngramVectorRows) rows = { { { NULL }, 0 } };
  g_autoptr (EngramLandmarks) landmarks = NULL;
  EngramUnitsReport report = { _("Comparing landmarks"), 0, 1, progress, user_data };
  EngramLandmarksData *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (n_landmarks >= 2, NULL);
  g_return_val_if_fail (k >= 1 && k <= ENGRAM_NEIGHBOURS_MOST, NULL);

  if (!engram_vector_rows_begin (&rows, database, _("Looking for vectors"), ROWS_KNOWN, progress, user_data,
                                 cancellable, error))
    return NULL;
  self = g_new0 (EngramLandmarksData, 1);
  g_atomic_ref_count_init (&self->references);
  landmarks = &self->public;
  if (!prepare (self, &rows, n_landmarks, k, seed, &report, cancellable, error))
    return NULL;
  return g_steal_pointer (&landmarks);
}
