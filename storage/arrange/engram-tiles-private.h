/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifndef ENGRAM_STORAGE_COMPILATION
#error "Private to storage/"
#endif

#include <glib.h>

G_BEGIN_DECLS

/* Comparing many vectors with many by their scalar product, and keeping the best for each. Vectors are laid out in
 * panels, number after number: those of the rows' side six side by side, those of the columns' side 32; what is over is
 * 0. The products of a panel by another, a tile, stay in registers while they are added up. */

#define ENGRAM_TILE_ROWS 6
#define ENGRAM_TILE_COLUMNS 32

/* (transfer full) (nullable): room for the panels of @n vectors, all zeros; NULL where there is no memory. */
float *engram_tiles_new_panels (gsize        n,
                                guint        depth,
                                guint        width);
void   engram_tiles_free_panels (float      *panels);
/* Lays a vector at place @i of panels that are @width wide. */
void   engram_tiles_put        (float       *panels,
                                gsize        i,
                                guint        depth,
                                guint        width,
                                const float *numbers);
/* Takes it out again. */
void   engram_tiles_get        (const float *panels,
                                gsize        i,
                                guint        depth,
                                guint        width,
                                float       *numbers);

/* The @k best of each of @n: scores descending, of equal ones that with the least name first; where there are fewer,
 * ENGRAM_BEST_NONE and -infinity. What is offered to one list comes by ascending names, unless lists are merged. */
#define ENGRAM_BEST_NONE G_MAXUINT32

typedef struct {
  guint    k;
  gsize    n;
  float   *scores;
  guint32 *names;
  float   *least;  /* what a score must be above to be kept; padded, so that nothing is offered beyond the end */
} EngramBest;

void   engram_best_init        (EngramBest       *self,
                                gsize             n,
                                guint             k);
void   engram_best_clear       (EngramBest       *self);
void   engram_best_reset       (EngramBest       *self);
/* Adds what another of as many lists has kept. */
void   engram_best_merge       (EngramBest       *self,
                                const EngramBest *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EngramBest, engram_best_clear)

/* One side of a comparison: vectors @first to @first + @n - 1 of all of that side; @first begins a panel. */
typedef struct {
  const float   *panels;    /* those of @first are where it begins */
  gsize          first;
  gsize          n;
  const guint32 *names;     /* (nullable): of all of the side, what they are called; NULL: 0, 1, 2... */
  EngramBest    *best;      /* (nullable): of all of the side */
} EngramTileSide;

/* Offers each column to each row, and each row to each column. @is_half: the two sides are of the same vectors, and
 * those are compared of which the row comes before the column. */
void   engram_tiles_compare    (const EngramTileSide *rows,
                                const EngramTileSide *columns,
                                guint                 depth,
                                gboolean              is_half);

G_END_DECLS
