/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-neighbours.h"

#include <glib/gi18n-lib.h>

#include "arrange/engram-neighbour-graph-private.h"
#include "arrange/engram-vector-panels-private.h"

G_STATIC_ASSERT (ENGRAM_NEIGHBOURS_NONE == ENGRAM_BEST_NONE);

/* How much of the work is over when the rows are known, and the vectors are read. */
#define ROWS_KNOWN 0.01
#define VECTORS_READ 0.05

typedef struct {
  EngramNeighbours public;
  gatomicrefcount  references;
} Neighbours;

G_DEFINE_BOXED_TYPE (EngramNeighbours, engram_neighbours, engram_neighbours_ref, engram_neighbours_unref)

EngramNeighbours *
engram_neighbours_ref (EngramNeighbours *self)
{
  g_atomic_ref_count_inc (&((Neighbours *) self)->references);
  return self;
}

void
engram_neighbours_unref (EngramNeighbours *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((Neighbours *) self)->references))
    return;
  g_free (self->rowids);
  g_free (self->indices);
  g_free (self->scores);
  g_free (self);
}

/* Takes the rowids of the rows; nobody has neighbours yet. */
static EngramNeighbours *
neighbours_new (EngramVectorRows *rows,
                guint             k)
{
  Neighbours *self = g_new0 (Neighbours, 1);
  EngramNeighbours *neighbours = &self->public;
  gsize n = (gsize) rows->n_neurons * k;

  g_atomic_ref_count_init (&self->references);
  neighbours->n_neurons = rows->n_neurons;
  neighbours->n_without = rows->n_neurons - rows->n_usable;
  neighbours->k = k;
  neighbours->rowids = g_steal_pointer (&rows->rowids);
  neighbours->indices = g_new (guint32, n);
  neighbours->scores = g_new0 (float, n);
  for (gsize i = 0; i < n; i++)
    neighbours->indices[i] = ENGRAM_NEIGHBOURS_NONE;
  return neighbours;
}

/* Rounding may make a cosine a little more than 1. */
static void
take_best (EngramNeighbours         *self,
           const EngramVectorPanels *vectors,
           const EngramBest         *best)
{
  for (guint32 i = 0; i < vectors->n; i++)
    for (guint place = 0; place < self->k; place++)
      {
        gsize from = (gsize) i * self->k + place;
        gsize to = (gsize) vectors->neurons[i] * self->k + place;

        if (best->names[from] == ENGRAM_BEST_NONE)
          break;
        self->indices[to] = vectors->neurons[best->names[from]];
        self->scores[to] = CLAMP (best->scores[from], -1, 1);
      }
}

EngramNeighbours *
engram_neighbours_find (EngramDatabase      *database,
                        guint                k,
                        EngramProgressFunc   progress,
                        gpointer             user_data,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_auto (EngramVectorRows) rows = { { { NULL }, 0 } };
  g_auto (EngramVectorPanels) vectors = { NULL };
  g_auto (EngramBest) best = { 0 };
  EngramUnitsReport report = { _("Comparing vectors"), VECTORS_READ, 1, progress, user_data };
  EngramNeighbours *self;

  g_return_val_if_fail (ENGRAM_IS_DATABASE (database), NULL);
  g_return_val_if_fail (k >= 1 && k <= ENGRAM_NEIGHBOURS_MOST, NULL);

  if (!engram_vector_rows_begin (&rows, database, _("Looking for vectors"), ROWS_KNOWN, progress, user_data,
                                 cancellable, error) ||
      !engram_vector_panels_read (&vectors, &rows, ENGRAM_NEIGHBOURS_MAX_BYTES, _("Reading vectors"), ROWS_KNOWN,
                                  VECTORS_READ, progress, user_data, error))
    return NULL;
  /* The file is not held for what may take long. */
  engram_vector_rows_end_reading (&rows);
  if (!engram_neighbour_graph_find (vectors.panels, vectors.n, rows.dimension, k, &best, &report, cancellable, error))
    return NULL;
  self = neighbours_new (&rows, k);
  take_best (self, &vectors, &best);
  return self;
}
