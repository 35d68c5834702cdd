/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-faithfulness.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "arrange/engram-place-tree-private.h"
#include "arrange/engram-units-private.h"

#define NEURONS_PER_UNIT 256

#define NOBODY G_MAXUINT32

typedef struct {
  EngramNeighbours *neighbours;
  EngramNetwork    *network;
  guint32          *in_network;    /* of each of the neighbours' neurons; NOBODY where it cannot be judged */
  guint32          *in_neighbours; /* of each of the network's neurons */
  EngramPlaceTree  *tree;
  float            *shares;
} Judging;

static gboolean
can_be_judged (const Judging *self,
               guint32        in_neighbours,
               guint32        in_network)
{
  const float *place = self->network->positions + 3 * (gsize) in_network;

  return self->neighbours->indices[(gsize) in_neighbours * self->neighbours->k] != ENGRAM_NEIGHBOURS_NONE &&
         isfinite (place[0]) && isfinite (place[1]) && isfinite (place[2]);
}

/* Both are in the order of rows. */
static guint32 *
match (Judging *self,
       guint32 *n_points)
{
  EngramNeighbours *neighbours = self->neighbours;
  EngramNetwork *network = self->network;
  guint32 *points = g_new (guint32, network->n_neurons);

  *n_points = 0;
  for (guint32 i = 0; i < neighbours->n_neurons; i++)
    self->in_network[i] = NOBODY;
  for (guint32 i = 0, j = 0; j < network->n_neurons; j++)
    {
      self->in_neighbours[j] = NOBODY;
      while (i < neighbours->n_neurons && neighbours->rowids[i] < network->neuron_rowids[j])
        i++;
      if (i == neighbours->n_neurons || neighbours->rowids[i] != network->neuron_rowids[j] ||
          !can_be_judged (self, i, j))
        continue;
      self->in_network[i] = j;
      self->in_neighbours[j] = i;
      points[(*n_points)++] = j;
    }
  return points;
}

static float
judge (const Judging *self,
       guint32        neuron)
{
  const guint32 *by_vector = self->neighbours->indices + (gsize) self->in_neighbours[neuron] * self->neighbours->k;
  guint32 by_place[ENGRAM_FAITHFULNESS_NEAREST];
  guint n_by_place = engram_place_tree_find_nearest (self->tree, neuron, G_N_ELEMENTS (by_place), by_place);
  guint n_by_vector = 0, n_agree = 0;

  for (guint i = 0; i < ENGRAM_FAITHFULNESS_NEAREST && by_vector[i] != ENGRAM_NEIGHBOURS_NONE; i++)
    {
      guint32 other = self->in_network[by_vector[i]];

      if (other == NOBODY)
        continue;
      n_by_vector++;
      for (guint k = 0; k < n_by_place; k++)
        n_agree += by_place[k] == other;
    }
  return n_by_vector > 0 ? (float) n_agree / (float) n_by_vector : NAN;
}

static void
judge_unit (guint64  unit,
            guint    thread,
            gpointer data)
{
  Judging *self = data;
  guint32 first = (guint32) unit * NEURONS_PER_UNIT;

  for (guint32 i = first; i < self->network->n_neurons && i - first < NEURONS_PER_UNIT; i++)
    self->shares[i] = self->in_neighbours[i] != NOBODY ? judge (self, i) : NAN;
}

static EngramFaithfulness
add_up (const Judging *self,
        guint32        n_points)
{
  EngramFaithfulness all = { .n_possible = n_points };

  for (guint32 i = 0; i < self->network->n_neurons; i++)
    if (!isnan (self->shares[i]))
      {
        all.share += (double) self->shares[i];
        all.n_neurons++;
      }
  all.share /= MAX (all.n_neurons, 1);
  return all;
}

float *
engram_faithfulness_of_all (EngramNeighbours    *neighbours,
                            EngramNetwork       *network,
                            EngramFaithfulness  *faithfulness,
                            EngramProgressFunc   progress,
                            gpointer             user_data,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_autofree guint32 *in_network = NULL;
  g_autofree guint32 *in_neighbours = NULL;
  g_autofree float *shares = NULL;
  g_autoptr (EngramPlaceTree) tree = NULL;
  EngramUnitsReport report = { _("Comparing places with vectors"), 0, 1, progress, user_data };
  Judging judging = { .neighbours = neighbours, .network = network };
  guint32 *points;
  guint32 n_points;

  g_return_val_if_fail (neighbours != NULL && neighbours->k >= ENGRAM_FAITHFULNESS_NEAREST, NULL);
  g_return_val_if_fail (network != NULL, NULL);

  judging.in_network = in_network = g_new (guint32, neighbours->n_neurons);
  judging.in_neighbours = in_neighbours = g_new (guint32, network->n_neurons);
  judging.shares = shares = g_new (float, MAX (network->n_neurons, 1));
  points = match (&judging, &n_points);
  judging.tree = tree = engram_place_tree_new (network->positions, points, n_points);
  if (!engram_units_run ((network->n_neurons + NEURONS_PER_UNIT - 1) / NEURONS_PER_UNIT, judge_unit, &judging, &report,
                         cancellable, error))
    return NULL;
  if (faithfulness != NULL)
    *faithfulness = add_up (&judging, n_points);
  return g_steal_pointer (&shares);
}
