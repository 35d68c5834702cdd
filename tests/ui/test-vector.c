/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "details/engram-vector-picture.h"

static void
test_figures (void)
{
  static const float vector[] = { 3, -4, NAN, 0 };
  EngramVectorFigures figures;

  engram_vector_get_figures (vector, 4, &figures);
  g_assert_cmpfloat (figures.norm, ==, 5);
  g_assert_cmpfloat (figures.minimum, ==, -4);
  g_assert_cmpfloat (figures.maximum, ==, 3);
  g_assert_cmpfloat_with_epsilon (figures.mean, -1 / 3.0, 1e-12);
  g_assert_cmpuint (figures.n_broken, ==, 1);
  engram_vector_get_figures (vector, 0, &figures);
  g_assert_cmpfloat (figures.norm, ==, 0);
}

/* Every cell lies in the grid, no two on each other, and is found where it is. */
static void
test_grid (void)
{
  static const guint lengths[] = { 1, 7, 384, 1536, 65536 };
  static const int widths[] = { 96, 320, 333 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (widths); j++)
      {
        EngramVectorGrid grid;

        engram_vector_grid_fit (&grid, lengths[i], widths[j]);
        g_assert_cmpint (grid.width, <=, widths[j]);
        g_assert_cmpuint (grid.columns * grid.rows, >=, lengths[i]);
        g_assert_cmpuint (grid.columns * (grid.rows - 1), <, lengths[i]);
        for (guint index = 0; index < lengths[i]; index += 1 + lengths[i] / 500)
          {
            GdkRectangle cell;

            engram_vector_grid_get (&grid, index, &cell);
            g_assert_cmpint (cell.width, >, 0);
            g_assert_cmpint (cell.height, >, 0);
            g_assert_cmpint (engram_vector_grid_find (&grid, lengths[i], cell.x + cell.width / 2.0,
                                                      cell.y + cell.height / 2.0), ==, index);
          }
        g_assert_cmpint (engram_vector_grid_find (&grid, lengths[i], -1, 0), ==, -1);
        g_assert_cmpint (engram_vector_grid_find (&grid, lengths[i], 0, grid.height), ==, -1);
      }
}

static void
test_colors (void)
{
  guint8 zero[3], negative[3], positive[3], weak[3], broken[3];

  engram_vector_get_color (0, 2, zero);
  engram_vector_get_color (-2, 2, negative);
  engram_vector_get_color (2, 2, positive);
  engram_vector_get_color (0.5, 2, weak);
  engram_vector_get_color (NAN, 2, broken);
  g_assert_cmpmem (zero, 3, ((guint8[]) { 255, 255, 255 }), 3);
  g_assert_cmpuint (negative[2], >, negative[0]);
  g_assert_cmpuint (positive[0], >, positive[2]);
  g_assert_cmpuint (weak[2], >, positive[2]);
  g_assert_cmpmem (broken, 3, ((guint8[]) { 128, 128, 128 }), 3);
  /* All zeros: white, not a division by zero. */
  engram_vector_get_color (0, 0, zero);
  g_assert_cmpuint (zero[1], ==, 255);
}

static void
test_paint (void)
{
  static const float vector[] = { -1, 0, 1 };
  EngramVectorGrid grid;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  int width, height;

  engram_vector_grid_fit (&grid, 3, 300);
  texture = engram_vector_paint (vector, 3, &grid, 2);
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  g_assert_cmpint (width, ==, grid.width * 2);
  g_assert_cmpint (height, ==, grid.height * 2);
  pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (texture, (guchar *) pixels, width * sizeof (guint32));
  for (guint i = 0; i < 3; i++)
    {
      GdkRectangle cell;
      guint8 rgb[3];
      guint32 expected;

      engram_vector_grid_get (&grid, i, &cell);
      engram_vector_get_color (vector[i], 1, rgb);
      expected = 0xff000000u | (guint32) rgb[0] << 16 | (guint32) rgb[1] << 8 | rgb[2];
      g_assert_cmphex (pixels[(cell.y * 2 + 2) * width + cell.x * 2 + 2], ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vector/figures", test_figures);
  g_test_add_func ("/vector/grid", test_grid);
  g_test_add_func ("/vector/colors", test_colors);
  g_test_add_func ("/vector/paint", test_paint);

  return g_test_run ();
}
