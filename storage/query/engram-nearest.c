/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "query/engram-searcher-private.h"

#include "model/engram-neuron-private.h"
#include "query/engram-similarity-private.h"
#include "stores/engram-neuron-store-private.h"

typedef struct {
  gint64 rowid;
  float  score;
} Candidate;

/* The best of each chunk, the best first; of equal ones those that come first in the order of rows. */
typedef struct {
  EngramSimilarity  similarity;
  const char       *id;
  guint             n;
  GArray           *chunks[ENGRAM_SCAN_CHUNKS];
} Nearest;

static void
add_candidate (GArray    *best,
               guint      n,
               Candidate  candidate)
{
  guint place = best->len;

  while (place > 0 && g_array_index (best, Candidate, place - 1).score < candidate.score)
    place--;
  if (place == n)
    return;
  g_array_insert_val (best, place, candidate);
  if (best->len > n)
    g_array_set_size (best, n);
}

static gboolean
look_at_chunk (EngramReader  *reader,
               gint64         first,
               gint64         last,
               guint          number,
               gpointer       data,
               GError       **error)
{
  Nearest *self = data;
  g_autoptr (EngramStatement) statement = engram_scan_prepare (reader, "rowid, id, vector", "neurons", first, last,
                                                               error);
  GArray *best;
  int status;

  if (statement == NULL)
    return FALSE;
  best = self->chunks[number] = g_array_new (FALSE, FALSE, sizeof (Candidate));
  while ((status = engram_statement_step (statement, error)) > 0)
    {
      sqlite3_stmt *row = engram_statement_get_handle (statement);
      Candidate candidate = { .rowid = sqlite3_column_int64 (row, 0) };

      if (engram_similarity_score_row (&self->similarity, row, 2, &candidate.score) &&
          g_strcmp0 ((const char *) sqlite3_column_text (row, 1), self->id) != 0)
        add_candidate (best, self->n, candidate);
    }
  return status == 0;
}

static EngramNear *
read_near (EngramReader      *reader,
           const Candidate   *candidate,
           GError           **error)
{
  g_autoptr (GPtrArray) neurons = engram_neuron_store_fetch (reader, &candidate->rowid, 1, error);
  const EngramNeuron *neuron;
  EngramNear *near;

  if (neurons == NULL)
    return NULL;
  neuron = g_ptr_array_index (neurons, 0);
  near = g_new0 (EngramNear, 1);
  near->id = g_strdup (neuron->id != NULL ? neuron->id : "");
  near->summary = g_strdup (engram_neuron_get_summary (neuron));
  near->type = g_strdup (neuron->type != NULL ? neuron->type : "");
  near->score = candidate->score;
  return near;
}

static GPtrArray *
read_best (const Nearest  *self,
           EngramReader   *reader,
           GError        **error)
{
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GPtrArray) nears = g_ptr_array_new_with_free_func ((GDestroyNotify) engram_near_free);

  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    for (guint k = 0; self->chunks[i] != NULL && k < self->chunks[i]->len; k++)
      add_candidate (best, self->n, g_array_index (self->chunks[i], Candidate, k));
  for (guint i = 0; i < best->len; i++)
    {
      EngramNear *near = read_near (reader, &g_array_index (best, Candidate, i), error);

      if (near == NULL)
        return NULL;
      g_ptr_array_add (nears, near);
    }
  return g_steal_pointer (&nears);
}

static GPtrArray *
find_nearest (Nearest     *self,
              EngramScan  *scan,
              GError     **error)
{
  if (!engram_similarity_init (&self->similarity, scan->readers[0], self->id, error) ||
      !engram_scan_table (scan, "neurons", look_at_chunk, self, NULL, 0, 1, NULL, NULL, error))
    return NULL;
  return read_best (self, scan->readers[0], error);
}

GPtrArray *
engram_searcher_find_nearest (EngramSearcher  *self,
                              const char      *id,
                              guint            n,
                              GCancellable    *cancellable,
                              GError         **error)
{
  g_auto (EngramScan) scan = { { NULL }, 0 };
  Nearest nearest = { .id = id, .n = n };
  GPtrArray *nears;

  g_return_val_if_fail (ENGRAM_IS_SEARCHER (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!engram_scan_begin (&scan, engram_searcher_get_database (self), cancellable, error))
    return NULL;
  nears = find_nearest (&nearest, &scan, error);
  engram_similarity_clear (&nearest.similarity);
  for (guint i = 0; i < ENGRAM_SCAN_CHUNKS; i++)
    g_clear_pointer (&nearest.chunks[i], g_array_unref);
  return nears;
}
