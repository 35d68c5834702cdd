/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-pair-ranking-private.h"

void
engram_pair_ranking_init (EngramPairRanking *self,
                          guint              limit,
                          GCompareFunc       compare)
{
  self->pairs = g_array_new (FALSE, FALSE, sizeof (EngramPair));
  self->limit = limit;
  self->compare = compare;
}

void
engram_pair_ranking_clear (EngramPairRanking *self)
{
  g_clear_pointer (&self->pairs, g_array_unref);
}

static void
swap (EngramPair *pairs,
      guint       a,
      guint       b)
{
  EngramPair kept = pairs[a];

  pairs[a] = pairs[b];
  pairs[b] = kept;
}

static void
sift_up (EngramPairRanking *self,
         guint              place)
{
  EngramPair *pairs = (EngramPair *) self->pairs->data;

  for (; place > 0 && self->compare (&pairs[(place - 1) / 2], &pairs[place]) < 0; place = (place - 1) / 2)
    swap (pairs, (place - 1) / 2, place);
}

static void
sift_down (EngramPairRanking *self)
{
  EngramPair *pairs = (EngramPair *) self->pairs->data;
  guint n = self->pairs->len;

  for (guint place = 0, child = 1; child < n; child = 2 * place + 1)
    {
      if (child + 1 < n && self->compare (&pairs[child], &pairs[child + 1]) < 0)
        child++;
      if (self->compare (&pairs[place], &pairs[child]) >= 0)
        return;
      swap (pairs, place, child);
      place = child;
    }
}

void
engram_pair_ranking_offer (EngramPairRanking *self,
                           const EngramPair  *pair)
{
  EngramPair *top = (EngramPair *) self->pairs->data;

  if (self->pairs->len < self->limit)
    {
      g_array_append_vals (self->pairs, pair, 1);
      sift_up (self, self->pairs->len - 1);
    }
  else if (self->limit > 0 && self->compare (pair, top) < 0)
    {
      *top = *pair;
      sift_down (self);
    }
}

GArray *
engram_pair_ranking_end (EngramPairRanking *self)
{
  g_array_sort (self->pairs, self->compare);
  return g_steal_pointer (&self->pairs);
}
