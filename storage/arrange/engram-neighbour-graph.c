/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-neighbour-graph-private.h"

/* A unit of work is a block of rows against a stretch of columns. A block stays in the second cache, and one thread
 * works on a stretch for some milliseconds: so soon it is cancelled. */
#define BLOCK_ROWS 192
#define PRODUCTS_PER_UNIT (G_GUINT64_CONSTANT (1) << 27)

G_STATIC_ASSERT (BLOCK_ROWS % ENGRAM_TILE_ROWS == 0 && BLOCK_ROWS % ENGRAM_TILE_COLUMNS == 0);

typedef struct {
  float      *rows;  /* the block as panels of rows */
  gsize       block; /* which one that is */
  float      *vector;
  EngramBest  best; /* what this thread has found */
} Worker;

typedef struct {
  const float *panels;
  gsize        n;
  guint        depth;
  gsize        stretch;     /* columns, a multiple of BLOCK_ROWS */
  guint64     *first_units; /* of each block, and the number of all */
  gsize        n_blocks;
  Worker       workers[ENGRAM_UNITS_MAX_THREADS];
} Graph;

/* Units of a block, which are one for each stretch from that in which it lies itself, follow each other. */
static void
plan_units (Graph *self)
{
  guint64 n_stretches;

  self->stretch = MAX (PRODUCTS_PER_UNIT / BLOCK_ROWS / MAX (self->depth, 1) / BLOCK_ROWS, 1) * BLOCK_ROWS;
  n_stretches = (self->n + self->stretch - 1) / self->stretch;
  self->n_blocks = (self->n + BLOCK_ROWS - 1) / BLOCK_ROWS;
  self->first_units = g_new0 (guint64, self->n_blocks + 1);
  for (gsize block = 0; block < self->n_blocks; block++)
    self->first_units[block + 1] = self->first_units[block] + n_stretches - block * BLOCK_ROWS / self->stretch;
}

static gsize
find_block (const Graph *self,
            guint64      unit)
{
  gsize low = 0, high = self->n_blocks;

  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      if (self->first_units[middle] <= unit)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* A thread's lists are made when it first has something to do. */
static void
prepare_worker (const Graph *self,
                Worker      *worker,
                guint        k)
{
  worker->rows = engram_tiles_new_panels (MIN (BLOCK_ROWS, self->n), self->depth, ENGRAM_TILE_ROWS);
  if (worker->rows == NULL)
    g_error ("No memory for a block of vectors");
  worker->block = G_MAXSIZE;
  worker->vector = g_new (float, self->depth);
  engram_best_init (&worker->best, self->n, k);
}

/* Units of one block follow each other. */
static void
pack_rows (const Graph *self,
           Worker      *worker,
           gsize        block,
           gsize        n)
{
  if (worker->block == block)
    return;
  worker->block = block;
  for (gsize i = 0; i < n; i++)
    {
      engram_tiles_get (self->panels, block * BLOCK_ROWS + i, self->depth, ENGRAM_TILE_COLUMNS, worker->vector);
      engram_tiles_put (worker->rows, i, self->depth, ENGRAM_TILE_ROWS, worker->vector);
    }
}

static void
compare_unit (guint64  unit,
              guint    thread,
              gpointer data)
{
  Graph *self = data;
  Worker *worker = &self->workers[thread];
  gsize block = find_block (self, unit);
  gsize first_row = block * BLOCK_ROWS;
  gsize first_stretch = first_row / self->stretch;
  gsize first_column = (first_stretch + (gsize) (unit - self->first_units[block])) * self->stretch;
  gsize end = MIN (first_column + self->stretch, self->n);
  EngramTileSide rows = { worker->rows, first_row, MIN (BLOCK_ROWS, self->n - first_row), NULL, &worker->best };
  EngramTileSide columns = { NULL, MAX (first_column, first_row), 0, NULL, &worker->best };

  columns.panels = self->panels + columns.first * self->depth;
  columns.n = end - columns.first;
  pack_rows (self, worker, block, rows.n);
  engram_tiles_compare (&rows, &columns, self->depth, TRUE);
}

static void
worker_clear (Worker *worker)
{
  engram_tiles_free_panels (worker->rows);
  g_free (worker->vector);
  engram_best_clear (&worker->best);
}

gboolean
engram_neighbour_graph_find (const float              *panels,
                             gsize                     n,
                             guint                     depth,
                             guint                     k,
                             EngramBest               *best,
                             const EngramUnitsReport  *report,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  Graph self = { .panels = panels, .n = n, .depth = depth };
  guint n_threads;
  gboolean done;

  plan_units (&self);
  n_threads = engram_units_count_threads (self.first_units[self.n_blocks]);
  for (guint i = 0; i < n_threads; i++)
    prepare_worker (&self, &self.workers[i], k);
  done = engram_units_run (self.first_units[self.n_blocks], compare_unit, &self, report, cancellable, error);
  for (guint i = 1; done && i < n_threads; i++)
    engram_best_merge (&self.workers[0].best, &self.workers[i].best);
  *best = self.workers[0].best;
  self.workers[0].best = (EngramBest) { 0 };
  for (guint i = 0; i < n_threads; i++)
    worker_clear (&self.workers[i]);
  g_free (self.first_units);
  return done;
}
