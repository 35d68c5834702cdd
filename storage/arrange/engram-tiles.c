/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-tiles-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "arrange/engram-tile-kernel-private.h"

#define ALIGNMENT 64

/* Where nobody wants to be told: no score is above it. */
static const float no_least[ENGRAM_TILE_COLUMNS] = {
  [0 ... ENGRAM_TILE_COLUMNS - 1] = INFINITY,
};

/* Panels */

static gsize
round_up (gsize n,
          gsize width)
{
  return (n + width - 1) / width * width;
}

float *
engram_tiles_new_panels (gsize n,
                         guint depth,
                         guint width)
{
  gsize n_numbers, n_bytes;
  float *panels;

  if (!g_size_checked_mul (&n_numbers, round_up (MAX (n, 1), width), MAX (depth, 1)) ||
      !g_size_checked_mul (&n_bytes, n_numbers, sizeof (float)) || !g_size_checked_add (&n_bytes, n_bytes, ALIGNMENT))
    return NULL;
  n_bytes = round_up (n_bytes, ALIGNMENT);
  panels = aligned_alloc (ALIGNMENT, n_bytes);
  if (panels != NULL)
    memset (panels, 0, n_bytes);
  return panels;
}

void
engram_tiles_free_panels (float *panels)
{
  free (panels);
}

void
engram_tiles_put (float       *panels,
                  gsize        i,
                  guint        depth,
                  guint        width,
                  const float *numbers)
{
  float *place = panels + i / width * width * depth + i % width;

  for (guint k = 0; k < depth; k++)
    place[(gsize) k * width] = numbers[k];
}

void
engram_tiles_get (const float *panels,
                  gsize        i,
                  guint        depth,
                  guint        width,
                  float       *numbers)
{
  const float *place = panels + i / width * width * depth + i % width;

  for (guint k = 0; k < depth; k++)
    numbers[k] = place[(gsize) k * width];
}

/* The best */

void
engram_best_init (EngramBest *self,
                  gsize       n,
                  guint       k)
{
  self->n = n;
  self->k = k;
  self->scores = g_new (float, n * k);
  self->names = g_new (guint32, n * k);
  self->least = g_new (float, n + ENGRAM_TILE_COLUMNS);
  engram_best_reset (self);
}

void
engram_best_clear (EngramBest *self)
{
  g_clear_pointer (&self->scores, g_free);
  g_clear_pointer (&self->names, g_free);
  g_clear_pointer (&self->least, g_free);
}

void
engram_best_reset (EngramBest *self)
{
  for (gsize i = 0; i < self->n * self->k; i++)
    {
      self->scores[i] = -INFINITY;
      self->names[i] = ENGRAM_BEST_NONE;
    }
  for (gsize i = 0; i < self->n + ENGRAM_TILE_COLUMNS; i++)
    self->least[i] = i < self->n ? -INFINITY : INFINITY;
}

static void
insert (EngramBest *self,
        gsize       list,
        guint32     name,
        float       score)
{
  float *scores = self->scores + list * self->k;
  guint32 *names = self->names + list * self->k;
  guint place = self->k - 1;

  for (; place > 0 && scores[place - 1] < score; place--)
    {
      scores[place] = scores[place - 1];
      names[place] = names[place - 1];
    }
  scores[place] = score;
  names[place] = name;
  self->least[list] = scores[self->k - 1];
}

static void
merge_list (guint          k,
            float         *scores,
            guint32       *names,
            const float   *other_scores,
            const guint32 *other_names)
{
  g_autofree float *merged_scores = g_memdup2 (scores, k * sizeof (float));
  g_autofree guint32 *merged_names = g_memdup2 (names, k * sizeof (guint32));

  for (guint i = 0, own = 0, other = 0; i < k; i++)
    {
      gboolean is_other = other_scores[other] > merged_scores[own] ||
                          (other_scores[other] == merged_scores[own] && other_names[other] < merged_names[own]);

      scores[i] = is_other ? other_scores[other] : merged_scores[own];
      names[i] = is_other ? other_names[other++] : merged_names[own++];
    }
}

void
engram_best_merge (EngramBest       *self,
                   const EngramBest *other)
{
  for (gsize list = 0; list < self->n; list++)
    {
      gsize start = list * self->k;

      if (other->names[start] == ENGRAM_BEST_NONE)
        continue;
      merge_list (self->k, self->scores + start, self->names + start, other->scores + start, other->names + start);
      self->least[list] = self->scores[start + self->k - 1];
    }
}

/* Comparing */

static guint32
get_name (const EngramTileSide *side,
          gsize                 i)
{
  return side->names != NULL ? side->names[i] : (guint32) i;
}

static const float *
get_least (const EngramTileSide *side,
           gsize                 i)
{
  return side->best != NULL ? side->best->least + i : no_least;
}

static inline void
offer_if_above (EngramBest *self,
                gsize       list,
                guint32     name,
                float       score)
{
  if (self != NULL && score > self->least[list])
    insert (self, list, name, score);
}

/* Where one of a tile is good enough, each is looked at. */
static void
offer_row (const EngramTileSide *rows,
           const EngramTileSide *columns,
           gsize                 row,
           gsize                 first_column,
           const float          *scores,
           gboolean              is_half)
{
  gsize end = MIN (first_column + ENGRAM_TILE_COLUMNS, columns->first + columns->n);
  gsize start = is_half ? MAX (first_column, row + 1) : first_column;

  for (gsize column = start; column < end; column++)
    {
      float score = scores[column - first_column];

      offer_if_above (rows->best, row, get_name (columns, column), score);
      offer_if_above (columns->best, column, get_name (rows, row), score);
    }
}

void
engram_tiles_compare (const EngramTileSide *rows,
                      const EngramTileSide *columns,
                      guint                 depth,
                      gboolean              is_half)
{
  EngramTileFunc multiply = engram_tile_kernel_get (0);
  float scores[ENGRAM_TILE_ROWS * ENGRAM_TILE_COLUMNS] __attribute__ ((aligned (ALIGNMENT)));

  for (gsize j = 0; j < columns->n; j += ENGRAM_TILE_COLUMNS)
    for (gsize i = 0; i < rows->n; i += ENGRAM_TILE_ROWS)
      {
        gsize row = rows->first + i, column = columns->first + j;
        guint found;

        if (is_half && row >= column + ENGRAM_TILE_COLUMNS)
          break;
        found = multiply (rows->panels + i * depth, columns->panels + j * depth, depth, get_least (rows, row),
                          get_least (columns, column), scores);
        for (guint k = 0; found != 0; k++, found >>= 1)
          if ((found & 1) != 0 && i + k < rows->n)
            offer_row (rows, columns, row + k, column, scores + k * ENGRAM_TILE_COLUMNS, is_half);
      }
}
