/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* EngramVectorGrid:
 * @columns: how many cells beside each other
 * @rows: how many below each other
 * @width: how wide all cells are together
 * @height: how high all cells are together
 *
 * The cells of a vector's picture, in pixels of one size or another. */
typedef struct {
  guint columns;
  guint rows;
  int   width;
  int   height;
} EngramVectorGrid;

/* EngramVectorFigures:
 * @norm: its length in space
 * @minimum: its smallest number
 * @maximum: its greatest number
 * @mean: the mean of its numbers
 * @n_broken: how many numbers are not finite; the other figures leave them out
 *
 * A vector in a few numbers. */
typedef struct {
  double norm;
  double minimum;
  double maximum;
  double mean;
  guint  n_broken;
} EngramVectorFigures;

void         engram_vector_get_figures (const float            *vector,
                                        guint                   length,
                                        EngramVectorFigures    *figures);
void         engram_vector_grid_fit    (EngramVectorGrid       *grid,
                                        guint                   length,
                                        int                     width);
void         engram_vector_grid_get    (const EngramVectorGrid *grid,
                                        guint                   index,
                                        GdkRectangle           *cell);
int          engram_vector_grid_find   (const EngramVectorGrid *grid,
                                        guint                   length,
                                        double                  x,
                                        double                  y);
void         engram_vector_get_color   (double                  value,
                                        double                  limit,
                                        guint8                  rgb[3]);
GdkTexture  *engram_vector_paint       (const float            *vector,
                                        guint                   length,
                                        const EngramVectorGrid *grid,
                                        int                     scale);

G_END_DECLS
