/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <scene/engram-scene-grid.h>
#include <scene/engram-scene-order.h>

#include "scene-stage.h"

static void
test_grid (void)
{
  const float low[] = { -1, 0, 100 }, high[] = { 9, 3, 104 }, nowhere[] = { 1, 1, 1 };
  g_autoptr (GArray) lines = engram_scene_grid_lines (low, high);
  g_autoptr (GArray) ticks = engram_scene_grid_ticks (low, high);
  g_autoptr (GArray) none = engram_scene_grid_lines (nowhere, nowhere);
  /* With four hundredths of room. */
  const double values[] = { 0, 5, 9.4, 0, 1, 2, 3, 3.4, 100, 104.4 };

  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (10), 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (12), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (5), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (26), 10, 1e-12);
  g_assert_cmpfloat_with_epsilon (engram_scene_grid_get_step (0.0010), 0.0002, 1e-15);
  /* Two lines one way and one the other, nine edges of the box and three axes. */
  g_assert_cmpuint (lines->len, ==, 2 + 1 + 9 + 3);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (ticks->len, ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < ticks->len; i++)
    {
      const EngramSceneGridTick *tick = &g_array_index (ticks, EngramSceneGridTick, i);

      g_assert_cmpfloat_with_epsilon (tick->value, values[i], 1e-6);
      g_assert_cmpint (tick->end, ==, i == 2 || i == 7 || i == 9);
      g_assert_cmpfloat_with_epsilon (tick->place[tick->axis], values[i], 1e-5);
      g_assert_cmpfloat_with_epsilon (tick->place[(tick->axis + 1) % 3], low[(tick->axis + 1) % 3] - 0.4, 1e-5);
    }
}

/* Any beginning of the points has of each half of the scene as many as the scene. */
static void
test_point_order (void)
{
  EngramScenePoint *points = g_new (EngramScenePoint, 3000);
  g_autoptr (EngramScene) scene = NULL;
  g_autofree guint32 *order = NULL;
  g_autofree guint8 *seen = g_new0 (guint8, 3000);
  guint n_left = 0;

  /* The first two thirds stand left, one in a hundred nowhere. */
  for (guint i = 0; i < 3000; i++)
    points[i] = stage_point (i % 100 == 0 ? NAN : (i < 2000 ? -50.0f : 50.0f) + i % 37, i % 41, i % 43, 1, 0);
  scene = engram_scene_new (points, 3000, NULL, 0, TRUE, FALSE);
  order = engram_scene_order_points (scene);
  for (guint i = 0; i < 3000; i++)
    {
      g_assert_cmpint (seen[order[i]]++, ==, 0);
      if (i >= 2970)
        g_assert_true (isnan (points[order[i]].x));
      else if (i < 300)
        n_left += points[order[i]].x < 10;
    }
  g_assert_cmpint (ABS ((int) n_left - 200), <, 10);
}

static void
test_edge_order (void)
{
  g_autoptr (EngramScene) scene = stage_random_scene (50, 1000);
  g_autofree guint32 *order = engram_scene_order_edges (scene);
  guint32 n_signs[2] = { 0 }, last[2] = { 0 };

  for (guint32 n = 1; n <= 1000; n++)
    {
      guint32 edge = order[n - 1], n_exciting, n_inhibiting;
      guint sign = scene->edges[edge].weight < 0;

      g_assert_true (n_signs[sign] == 0 || edge > last[sign]);
      last[sign] = edge;
      n_signs[sign]++;
      engram_scene_split_detail (scene, n, &n_exciting, &n_inhibiting);
      g_assert_cmpuint (n_signs[0], ==, n_exciting);
      g_assert_cmpuint (n_signs[1], ==, n_inhibiting);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scene-grid/lines-and-ticks", test_grid);
  g_test_add_func ("/scene-order/points", test_point_order);
  g_test_add_func ("/scene-order/edges", test_edge_order);
  return g_test_run ();
}
