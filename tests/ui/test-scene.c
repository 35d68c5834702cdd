/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

/* Points in a row along x, one apart. */
static EngramScenePoint *
points_in_a_row (guint32 n)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, n);

  for (guint32 i = 0; i < n; i++)
    points[i] = (EngramScenePoint) { .x = (float) i, .size = 1, .colour = { 10, 20, 30, 255 } };
  return points;
}

static EngramScene *
scene_with_weights (const float *weights,
                    guint32      n)
{
  EngramSceneEdge *edges = g_new (EngramSceneEdge, n);

  for (guint32 i = 0; i < n; i++)
    edges[i] = (EngramSceneEdge) { i, i + 1, weights[i] };
  return engram_scene_new (points_in_a_row (n + 1), n + 1, edges, n, FALSE, FALSE);
}

static void
test_edges_are_sorted_by_strength (void)
{
  const float weights[] = { 0.1f, -0.9f, NAN, 0.5f, -0.5f };
  g_autoptr (EngramScene) scene = scene_with_weights (weights, 5);

  g_assert_cmpfloat (scene->edges[0].weight, ==, -0.9f);
  /* Equally strong ones as they came. */
  g_assert_cmpuint (scene->edges[1].source, ==, 3);
  g_assert_cmpuint (scene->edges[2].source, ==, 4);
  g_assert_cmpuint (scene->edges[3].source, ==, 0);
  g_assert_true (isnan (scene->edges[4].weight));
  g_assert_cmpuint (scene->n_inhibiting, ==, 2);
  g_assert_cmpuint (scene->inhibiting[0], ==, 0);
  g_assert_cmpuint (scene->inhibiting[1], ==, 2);
  g_assert_cmpuint (scene->n_exciting, ==, 3);
  g_assert_cmpuint (scene->exciting[0], ==, 1);
}

static void
test_detail_keeps_inhibiting_edges (void)
{
  float weights[100];
  guint32 exciting, inhibiting;

  /* The 20 weakest are inhibiting. */
  for (int i = 0; i < 100; i++)
    weights[i] = i < 80 ? 1 - 0.001f * (float) i : -0.1f;

  g_autoptr (EngramScene) scene = scene_with_weights (weights, 100);

  engram_scene_split_detail (scene, 50, &exciting, &inhibiting);
  g_assert_cmpuint (exciting, ==, 40);
  g_assert_cmpuint (inhibiting, ==, 10);
  engram_scene_split_detail (scene, 99, &exciting, &inhibiting);
  g_assert_cmpuint (exciting + inhibiting, ==, 99);
  engram_scene_split_detail (scene, 1000, &exciting, &inhibiting);
  g_assert_cmpuint (exciting, ==, 80);
  g_assert_cmpuint (inhibiting, ==, 20);
  engram_scene_split_detail (scene, 0, &exciting, &inhibiting);
  g_assert_cmpuint (exciting + inhibiting, ==, 0);
}

/* Where a few inhibit among many, a tenth of what is drawn is theirs. */
static void
test_detail_of_few_inhibiting_edges (void)
{
  float weights[200];
  guint32 exciting, inhibiting;

  for (int i = 0; i < 200; i++)
    weights[i] = i < 196 ? 0.9f : -0.01f;

  g_autoptr (EngramScene) scene = scene_with_weights (weights, 200);

  engram_scene_split_detail (scene, 20, &exciting, &inhibiting);
  g_assert_cmpuint (inhibiting, ==, 2);
  engram_scene_split_detail (scene, 100, &exciting, &inhibiting);
  g_assert_cmpuint (inhibiting, ==, 4);
  g_assert_cmpuint (exciting, ==, 96);
}

static void
test_places_move (void)
{
  g_autoptr (EngramScene) scene = engram_scene_new (points_in_a_row (2), 2, NULL, 0, TRUE, FALSE);
  const float from[] = { 0, 0, 0, NAN, 0, 0 }, to[] = { 4, 8, -4, 1, 2, 3 };
  guint before = engram_scene_get_places_serial (scene);
  guint looks = engram_scene_get_looks_serial (scene);

  engram_scene_mix_places (scene, from, to, 0.25f);
  g_assert_cmpfloat (scene->points[0].x, ==, 1);
  g_assert_cmpfloat (scene->points[0].y, ==, 2);
  g_assert_cmpfloat (scene->points[0].z, ==, -1);
  /* It had no place. */
  g_assert_cmpfloat (scene->points[1].z, ==, 3);
  g_assert_cmpuint (engram_scene_get_places_serial (scene), !=, before);
  g_assert_cmpuint (engram_scene_get_looks_serial (scene), ==, looks);

  engram_scene_mix_places (scene, from, to, 1);

  g_autofree float *places = engram_scene_copy_places (scene);

  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat (places[i], ==, to[i]);
}

static void
test_bounds (void)
{
  g_autoptr (EngramScene) scene = engram_scene_new (points_in_a_row (4), 4, NULL, 0, TRUE, FALSE);
  const float nowhere[3] = { NAN, 0, 0 }, high_up[3] = { 1, 9, 0 };
  const guint32 last = 3;
  float low[3], high[3];

  engram_scene_set_place (scene, 0, nowhere);
  engram_scene_set_place (scene, 1, high_up);
  engram_scene_set_flag (scene, ENGRAM_POINT_HIDDEN, &last, 1);
  g_assert_true (engram_scene_get_bounds (scene, low, high));
  g_assert_cmpfloat (low[0], ==, 1);
  g_assert_cmpfloat (high[0], ==, 2);
  g_assert_cmpfloat (high[1], ==, 9);

  const guint32 all[] = { 0, 1, 2, 3 };

  engram_scene_set_flag (scene, ENGRAM_POINT_HIDDEN, all, 4);
  g_assert_false (engram_scene_get_bounds (scene, low, high));
}

static void
test_flags_are_set_and_taken (void)
{
  g_autoptr (EngramScene) scene = engram_scene_new (points_in_a_row (3), 3, NULL, 0, TRUE, FALSE);
  const guint32 first[] = { 0, 2 }, second[] = { 1 };

  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, first, 2);
  engram_scene_set_flag (scene, ENGRAM_POINT_DIMMED, first, 1);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, second, 1);
  g_assert_cmpuint (scene->points[0].flags, ==, ENGRAM_POINT_DIMMED);
  g_assert_cmpuint (scene->points[1].flags, ==, ENGRAM_POINT_SELECTED);
  g_assert_cmpuint (scene->points[2].flags, ==, 0);
}

static void
test_a_wrong_edge_is_a_programmers_error (void)
{
  if (g_test_subprocess ())
    {
      EngramSceneEdge *edge = g_new0 (EngramSceneEdge, 1);

      edge->target = 5;
      engram_scene_new (points_in_a_row (5), 5, edge, 1, FALSE, FALSE);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*leads from point 0 to 5 of 5*");
}

static void
test_style_of_edges (void)
{
  EngramSceneStyle style;
  float strong[2], weak[2], unknown[2];

  engram_scene_style_init (&style, FALSE, TRUE, FALSE);
  engram_scene_style_get_edge (&style, -1, &strong[0], &strong[1]);
  engram_scene_style_get_edge (&style, 0.1f, &weak[0], &weak[1]);
  engram_scene_style_get_edge (&style, NAN, &unknown[0], &unknown[1]);
  g_assert_cmpfloat (strong[0], ==, style.edge_opacity);
  g_assert_cmpfloat (strong[1], ==, style.edge_width);
  g_assert_cmpfloat (weak[0], <, strong[0]);
  g_assert_cmpfloat (weak[0], >, unknown[0]);
  g_assert_cmpfloat (unknown[0], >, 0);
  /* Never too small to be seen. */
  g_assert_cmpfloat (engram_scene_style_get_radius (&style, 1, 0.001f), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/edges-sorted", test_edges_are_sorted_by_strength);
  g_test_add_func ("/scene/detail", test_detail_keeps_inhibiting_edges);
  g_test_add_func ("/scene/detail-of-few", test_detail_of_few_inhibiting_edges);
  g_test_add_func ("/scene/places-move", test_places_move);
  g_test_add_func ("/scene/bounds", test_bounds);
  g_test_add_func ("/scene/flags", test_flags_are_set_and_taken);
  g_test_add_func ("/scene/wrong-edge", test_a_wrong_edge_is_a_programmers_error);
  g_test_add_func ("/scene/style", test_style_of_edges);
  return g_test_run ();
}
