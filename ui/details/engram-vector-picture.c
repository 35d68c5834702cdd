/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "details/engram-vector-picture.h"

#include <math.h>

#define MAX_CELL 12
/* Cells get smaller where they would be higher than this together. */
#define MAX_HEIGHT 200
/* From this size on, cells are set apart. */
#define GAP_FROM 5
/* Rows of eight and multiples of it let people count. */
#define COLUMN_STEP 8

#define BYTES_PER_PIXEL 4

/**
 * engram_vector_get_figures:
 * @vector: (array length=length): numbers
 * @length: how many
 * @figures: (out): where to put the figures, all 0 where there is no finite number
 */
void
engram_vector_get_figures (const float         *vector,
                           guint                length,
                           EngramVectorFigures *figures)
{
  double sum = 0, squares = 0;
  guint n_finite = 0;

  *figures = (EngramVectorFigures) { 0 };
  for (guint i = 0; i < length; i++)
    {
      double value = vector[i];

      if (!isfinite (value))
        {
          figures->n_broken++;
          continue;
        }
      figures->minimum = n_finite > 0 ? MIN (figures->minimum, value) : value;
      figures->maximum = n_finite > 0 ? MAX (figures->maximum, value) : value;
      sum += value;
      squares += value * value;
      n_finite++;
    }
  figures->norm = sqrt (squares);
  figures->mean = n_finite > 0 ? sum / n_finite : 0;
}

/**
 * engram_vector_grid_fit:
 * @grid: (out): where to put the grid
 * @length: how many cells
 * @width: how many pixels there are beside each other
 *
 * Arranges cells in rows that fill the width: as large as they may be, and smaller where there are many.
 */
void
engram_vector_grid_fit (EngramVectorGrid *grid,
                        guint             length,
                        int               width)
{
  int cell = MAX_CELL;

  width = MAX (width, 1);
  for (;; cell--)
    {
      guint columns = MAX (width / cell, 1);

      if (columns > COLUMN_STEP)
        columns -= columns % COLUMN_STEP;
      grid->columns = columns;
      grid->rows = (length + columns - 1) / columns;
      if (cell == 1 || grid->rows * cell <= MAX_HEIGHT)
        break;
    }
  /* A short vector's cells do not grow with the room. */
  grid->width = length < grid->columns ? MIN (width, (int) (grid->columns * cell)) : width;
  grid->height = grid->rows * cell;
}

static int
get_edge (int   size,
          guint count,
          guint index)
{
  return (int) ((gint64) size * index / MAX (count, 1));
}

/**
 * engram_vector_grid_get:
 * @grid: a grid
 * @index: which cell
 * @cell: (out): where it is
 */
void
engram_vector_grid_get (const EngramVectorGrid *grid,
                        guint                   index,
                        GdkRectangle           *cell)
{
  guint column = index % grid->columns, row = index / grid->columns;

  cell->x = get_edge (grid->width, grid->columns, column);
  cell->y = get_edge (grid->height, grid->rows, row);
  cell->width = get_edge (grid->width, grid->columns, column + 1) - cell->x;
  cell->height = get_edge (grid->height, grid->rows, row + 1) - cell->y;
}

/* The inverse of get_edge(), which rounds: the division is one off at most. */
static guint
find_interval (int    size,
               guint  count,
               double place)
{
  guint index = MIN ((guint) (place * count / size), count - 1);

  if (place < get_edge (size, count, index))
    return index - 1;
  return place >= get_edge (size, count, index + 1) ? index + 1 : index;
}

/**
 * engram_vector_grid_find:
 * @grid: a grid
 * @length: how many cells it has
 * @x: a place
 * @y: a place
 *
 * Returns: the cell that is there, or -1
 */
int
engram_vector_grid_find (const EngramVectorGrid *grid,
                         guint                   length,
                         double                  x,
                         double                  y)
{
  guint column, row;

  if (x < 0 || y < 0 || x >= grid->width || y >= grid->height)
    return -1;
  column = find_interval (grid->width, grid->columns, x);
  row = find_interval (grid->height, grid->rows, y);
  return row * grid->columns + column < length ? (int) (row * grid->columns + column) : -1;
}

/**
 * engram_vector_get_color:
 * @value: a number
 * @limit: the greatest absolute value there is
 * @rgb: (out): its colour: from blue by white (0) to orange, which all people can tell apart; grey where it
 *   is no number
 */
void
engram_vector_get_color (double value,
                         double limit,
                         guint8 rgb[3])
{
  static const double negative[3] = { 0, 90, 168 }, positive[3] = { 214, 88, 0 };
  const double *end = value < 0 ? negative : positive;
  double strength = limit > 0 ? MIN (fabs (value) / limit, 1) : 0;

  for (guint i = 0; i < 3; i++)
    rgb[i] = isfinite (value) ? (guint8) lround (255 + (end[i] - 255) * strength) : 128;
}

static void
fill_cell (guint8             *pixels,
           gsize               stride,
           const GdkRectangle *cell,
           const guint8        rgb[3])
{
  for (int y = cell->y; y < cell->y + cell->height; y++)
    {
      guint8 *pixel = pixels + y * stride + (gsize) cell->x * BYTES_PER_PIXEL;

      for (int x = 0; x < cell->width; x++, pixel += BYTES_PER_PIXEL)
        {
          pixel[0] = rgb[0];
          pixel[1] = rgb[1];
          pixel[2] = rgb[2];
          pixel[3] = 255;
        }
    }
}

/**
 * engram_vector_paint:
 * @vector: (array length=length): numbers
 * @length: how many, at least one
 * @grid: where their cells are
 * @scale: how many pixels of the picture make one of @grid
 *
 * Returns: (transfer full): the picture, transparent between the cells
 */
GdkTexture *
engram_vector_paint (const float            *vector,
                     guint                   length,
                     const EngramVectorGrid *grid,
                     int                     scale)
{
  EngramVectorGrid scaled = { grid->columns, grid->rows, grid->width * scale, grid->height * scale };
  gsize stride = (gsize) scaled.width * BYTES_PER_PIXEL;
  guint8 *pixels = g_malloc0 (stride * scaled.height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * scaled.height);
  int gap = grid->height >= (int) grid->rows * GAP_FROM ? 1 : 0;
  EngramVectorFigures figures;
  double limit;

  engram_vector_get_figures (vector, length, &figures);
  limit = MAX (fabs (figures.minimum), fabs (figures.maximum));
  for (guint i = 0; i < length; i++)
    {
      GdkRectangle cell;
      guint8 rgb[3];

      engram_vector_grid_get (&scaled, i, &cell);
      engram_vector_get_color (vector[i], limit, rgb);
      cell.width -= gap * scale;
      cell.height -= gap * scale;
      fill_cell (pixels, stride, &cell, rgb);
    }
  return gdk_memory_texture_new (scaled.width, scaled.height, GDK_MEMORY_R8G8B8A8, bytes, stride);
}
