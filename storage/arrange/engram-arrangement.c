/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-arrangement-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  EngramArrangement public;
  gatomicrefcount   references;
} Arrangement;

/* Where a cloud of places is and how large. */
typedef struct {
  gsize  n;
  double centre[3];
  double spread;
} Cloud;

G_DEFINE_BOXED_TYPE (EngramArrangement, engram_arrangement, engram_arrangement_ref, engram_arrangement_unref)

static EngramArrangement *
arrangement_new (void)
{
  Arrangement *self = g_new0 (Arrangement, 1);

  g_atomic_ref_count_init (&self->references);
  return &self->public;
}

EngramArrangement *
engram_arrangement_ref (EngramArrangement *self)
{
  g_atomic_ref_count_inc (&((Arrangement *) self)->references);
  return self;
}

void
engram_arrangement_unref (EngramArrangement *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&((Arrangement *) self)->references))
    return;
  g_free (self->rowids);
  g_free (self->origins);
  g_free (self->positions);
  g_free (self);
}

static gboolean
is_finite_place (const float *place)
{
  return isfinite (place[0]) && isfinite (place[1]) && isfinite (place[2]);
}

/* Of the neurons that have both an old place and a new one. */
static Cloud
measure_cloud (const EngramArrangement *self,
               const float             *places)
{
  Cloud cloud = { 0 };
  double squares = 0;

  for (gsize i = 0; i < self->n_neurons; i++)
    if (is_finite_place (self->origins + 3 * i) && is_finite_place (self->positions + 3 * i))
      {
        cloud.n++;
        for (int axis = 0; axis < 3; axis++)
          cloud.centre[axis] += (double) places[3 * i + axis];
      }
  for (int axis = 0; axis < 3; axis++)
    cloud.centre[axis] /= (double) MAX (cloud.n, 1);

  for (gsize i = 0; i < self->n_neurons; i++)
    if (is_finite_place (self->origins + 3 * i) && is_finite_place (self->positions + 3 * i))
      for (int axis = 0; axis < 3; axis++)
        {
          double difference = (double) places[3 * i + axis] - cloud.centre[axis];

          squares += difference * difference;
        }
  cloud.spread = sqrt (squares / (double) MAX (cloud.n, 1));
  return cloud;
}

static void
fit (EngramArrangement *self)
{
  Cloud old = measure_cloud (self, self->origins);
  Cloud new = measure_cloud (self, self->positions);
  double scale = old.spread / new.spread;

  /* Where one of the two is a point, or too large to be measured. */
  if (!isnormal (scale))
    scale = 1;
  if (new.n == 0)
    return;
  for (gsize i = 0; i < self->n_neurons; i++)
    for (int axis = 0; axis < 3; axis++)
      {
        float *number = &self->positions[3 * i + axis];

        *number = (float) (((double) *number - new.centre[axis]) * scale + old.centre[axis]);
      }
}

void
engram_arrangement_finish (EngramArrangement *self,
                           gboolean           fits)
{
  if (fits)
    fit (self);
  for (gsize i = 0; i < self->n_neurons; i++)
    if (!is_finite_place (self->positions + 3 * i))
      {
        memcpy (self->positions + 3 * i, self->origins + 3 * i, 3 * sizeof (float));
        self->n_kept++;
      }
}

EngramArrangement *
engram_arrangement_new_for_rows (EngramVectorRows *rows)
{
  EngramArrangement *self = arrangement_new ();

  self->n_neurons = rows->n_neurons;
  self->rowids = g_memdup2 (rows->rowids, self->n_neurons * sizeof (gint64));
  self->origins = g_steal_pointer (&rows->places);
  self->positions = g_new (float, 3 * (gsize) self->n_neurons);
  for (gsize i = 0; i < 3 * (gsize) self->n_neurons; i++)
    self->positions[i] = NAN;
  return self;
}

/* Of a network's neurons */

typedef struct {
  guint32 neuron;
  guint32 place;
} Choice;

static int
compare_choices (const void *a,
                 const void *b)
{
  const Choice *first = a;
  const Choice *second = b;

  if (first->neuron != second->neuron)
    return first->neuron < second->neuron ? -1 : 1;
  return first->place < second->place ? -1 : first->place > second->place;
}

/* Rows of a network ascend with the indices of its neurons. */
static EngramArrangement *
take_from_network (EngramNetwork *network,
                   const guint32 *neurons,
                   guint32        n_neurons,
                   const float   *places)
{
  EngramArrangement *self = arrangement_new ();
  g_autofree Choice *choices = g_new (Choice, n_neurons);

  for (guint32 i = 0; i < n_neurons; i++)
    choices[i] = (Choice) { neurons != NULL ? neurons[i] : i, i };
  if (neurons != NULL && n_neurons > 0)
    qsort (choices, n_neurons, sizeof (Choice), compare_choices);

  self->rowids = g_new (gint64, n_neurons);
  self->origins = g_new (float, 3 * (gsize) n_neurons);
  self->positions = g_new (float, 3 * (gsize) n_neurons);
  for (guint32 i = 0; i < n_neurons; i++)
    {
      gsize neuron = choices[i].neuron;
      gsize place = choices[i].place;

      if (i + 1 < n_neurons && choices[i + 1].neuron == neuron)
        continue;
      self->rowids[self->n_neurons] = network->neuron_rowids[neuron];
      memcpy (self->origins + 3 * (gsize) self->n_neurons, network->positions + 3 * neuron, 3 * sizeof (float));
      memcpy (self->positions + 3 * (gsize) self->n_neurons, places + 3 * place, 3 * sizeof (float));
      self->n_neurons++;
    }
  return self;
}

EngramArrangement *
engram_arrangement_new_for_layout (EngramNetwork *network,
                                   const guint32 *neurons,
                                   guint32        n_neurons,
                                   const float   *places)
{
  EngramArrangement *self;

  g_return_val_if_fail (network != NULL && n_neurons <= network->n_neurons, NULL);
  g_return_val_if_fail (places != NULL || n_neurons == 0, NULL);

  self = take_from_network (network, neurons, n_neurons, places);
  engram_arrangement_finish (self, TRUE);
  return self;
}

EngramArrangement *
engram_arrangement_new_for_move (EngramNetwork *network,
                                 const guint32 *neurons,
                                 guint32        n_neurons,
                                 const float   *places)
{
  EngramArrangement *self;

  g_return_val_if_fail (network != NULL && n_neurons <= network->n_neurons, NULL);
  g_return_val_if_fail (places != NULL || n_neurons == 0, NULL);

  self = take_from_network (network, neurons, n_neurons, places);
  engram_arrangement_finish (self, FALSE);
  return self;
}

gboolean
engram_arrangement_find (const EngramArrangement *self,
                         gint64                   rowid,
                         guint32                 *index)
{
  guint32 low = 0, high = self->n_neurons;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (self->rowids[middle] < rowid)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == self->n_neurons || self->rowids[low] != rowid)
    return FALSE;
  *index = low;
  return TRUE;
}
