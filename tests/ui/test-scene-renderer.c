/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "scene-stage.h"

/* Pictures of known scenes, compared with what they must look like. */

static void
mix_colours (const float over[4],
             float       opacity,
             const float under[4],
             float       result[4])
{
  for (guint i = 0; i < 4; i++)
    result[i] = opacity * over[i] + (1 - opacity) * under[i];
}

static void
test_sphere (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  const EngramScenePoint point = stage_point (0, 0, 0, 8, 0xc00000);
  g_autoptr (EngramScene) scene = stage_scene (&point, 1, NULL, 0, FALSE);
  const guint8 *lit, *dark;

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[0], >, 120);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[1], <, scene_stage_get_pixel (self, 0, 0)[0] / 2);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[3], ==, 255);
  /* The light comes from the left and above. */
  lit = scene_stage_get_pixel (self, -20, 20);
  dark = scene_stage_get_pixel (self, 20, -20);
  g_assert_cmpint (lit[0], >, dark[0] + 30);
  /* A radius of 5 times 8 pixels, and a smooth rim. */
  g_assert_cmpint (scene_stage_get_pixel (self, 38, 0)[1], <, 100);
  assert_pixel (self, 43, 0, self->style.background);
  assert_pixel (self, -99, 70, self->style.background);
  g_assert_true (scene_stage_get_drawn (self).complete);
}

static void
test_disc (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = { stage_point (-10, 0, 0, 5, 0x00ff00), stage_point (10, 0, 0, 5, 0x0000ff) };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), NULL, 0, TRUE);
  const float green[] = { 0, 1, 0, 1 }, blue[] = { 0, 0, 1, 1 };

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  assert_pixel (self, -25, 0, green);
  /* The later one is on top. */
  assert_pixel (self, 0, 0, blue);
  /* Zooming in keeps the size of flat points. */
  self->camera.distance /= 2;
  scene_stage_draw (self);
  assert_pixel (self, -30, 0, green);
  assert_pixel (self, 20, 0, blue);
}

static void
test_depth (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  const EngramScenePoint points[] = {
    stage_point (0, 0, 0, 4, 0x0000ff), stage_point (0, 0, 40, 2, 0x00ff00), stage_point (0, 0, -40, 6, 0xff0000),
  };
  const EngramSceneEdge edge = { 0, 2, 1 };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), &edge, 1, FALSE);

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[1], >, 150);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 16)[2], >, 150);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, -16)[1], <, 120);
  g_assert_cmpint (scene_stage_get_pixel (self, 22, 0)[0], >, 120);
}

/* The pixel in the middle of an edge along y = 0.5, which has its full width there. */
static void
get_edge_colour (SceneStage *self,
                 float       weight,
                 float       colour[4])
{
  float opacity, width;

  engram_scene_style_get_edge (&self->style, weight, &opacity, &width);
  mix_colours (weight < 0 ? self->style.inhibiting : self->style.exciting, opacity, self->style.background, colour);
}

static void
test_edges (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = {
    stage_point (-60, 30.5f, 0, 1, 0), stage_point (60, 30.5f, 0, 1, 0),
    stage_point (-60, -30.5f, 0, 1, 0), stage_point (60, -30.5f, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 3, 2, -0.5f } };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  float colour[4];

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  scene_stage_show (self, scene);
  get_edge_colour (self, 1, colour);
  assert_pixel (self, 0, 30, colour);
  assert_pixel (self, 0, 24, self->style.background);
  get_edge_colour (self, -0.5f, colour);
  assert_pixel (self, 0, -31, colour);
  /* An arrow head is wider than its line, towards the end; a bar stands across it. */
  g_assert_cmpint (scene_stage_get_pixel (self, 40, 34)[2], <, 235);
  assert_pixel (self, -40, 35, self->style.background);
  g_assert_cmpint (scene_stage_get_pixel (self, -53, -25)[0], <, 235);
  assert_pixel (self, 53, -25, self->style.background);

  self->style.arrows = FALSE;
  scene_stage_draw (self);
  assert_pixel (self, 40, 35, self->style.background);
}

static void
test_range (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = {
    stage_point (-60, 0.5f, 0, 1, 0), stage_point (60, 0.5f, 0, 1, 0), stage_point (0, 60, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 0.2f }, { 0, 2, 0.9f }, { 1, 2, NAN } };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  scene_stage_show (self, scene);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 3);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[2], <, 240);
  self->style.lowest_weight = 0.5f;
  scene_stage_draw (self);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 1);
  g_assert_cmpint (scene_stage_get_drawn (self).n_edges, ==, 1);
  assert_pixel (self, 0, 0, self->style.background);
  self->style.lowest_weight = -0.1f;
  self->style.highest_weight = 0;
  scene_stage_draw (self);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 1);
  self->style.edges = ENGRAM_SCENE_EDGES_NONE;
  scene_stage_draw (self);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 0);
  g_assert_true (scene_stage_get_drawn (self).complete);
}

/* Those of what is selected follow the selection. */
static void
test_selected_edges (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = {
    stage_point (-60, 0.5f, 0, 1, 0), stage_point (60, 0.5f, 0, 1, 0), stage_point (0, 60, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 0.2f }, { 0, 2, 0.9f }, { 1, 2, -0.5f } };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  const guint32 first = 0, last = 2;

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  self->style.edges = ENGRAM_SCENE_EDGES_SELECTED;
  scene_stage_show (self, scene);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 0);
  assert_pixel (self, 0, 0, self->style.background);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &first, 1);
  scene_stage_draw (self);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 2);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[2], <, 240);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &last, 1);
  self->style.highest_weight = 0;
  scene_stage_draw (self);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 1);
  assert_pixel (self, 0, 0, self->style.background);
}

static void
test_hidden (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = {
    stage_point (-40, 0.5f, 0, 2, 0xff0000), stage_point (40, 0.5f, 0, 2, 0xff0000),
    stage_point (NAN, 0, 0, 2, 0xff0000),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 0, 2, 1 } };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  const guint32 hidden = 1;
  const float red[] = { 1, 0, 0, 1 };

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_points, ==, 2);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 1);
  assert_pixel (self, 40, 0, red);
  engram_scene_set_flag (scene, ENGRAM_POINT_HIDDEN, &hidden, 1);
  scene_stage_draw (self);
  assert_pixel (self, 40, 0, self->style.background);
  assert_pixel (self, 0, 0, self->style.background);
  assert_pixel (self, -40, 0, red);
  g_assert_cmpint (scene_stage_get_drawn (self).n_points, ==, 1);
  g_assert_cmpint (scene_stage_get_drawn (self).n_all_edges, ==, 0);
  engram_scene_set_flag (scene, ENGRAM_POINT_HIDDEN, NULL, 0);
  scene_stage_draw (self);
  assert_pixel (self, 40, 0, red);
}

static void
test_marked_edge (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = {
    stage_point (-60, 0.5f, 0, 1, 0), stage_point (60, 0.5f, 0, 1, 0),
    stage_point (0.5f, -60, 0, 1, 0), stage_point (0.5f, 60, 0, 1, 0),
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 2, 3, -0.5f } };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), edges, G_N_ELEMENTS (edges), TRUE);
  const guint32 marked = 1;

  if (self == NULL)
    return;
  self->style.edge_width = 6;
  engram_scene_set_marked_edges (scene, &marked, 1);
  scene_stage_show (self, scene);
  assert_pixel (self, 0, 0, self->style.inhibiting);
  assert_pixel (self, 0, 30, self->style.inhibiting);
  /* Also where it is the only one. */
  self->style.edges = ENGRAM_SCENE_EDGES_NONE;
  scene_stage_draw (self);
  assert_pixel (self, 0, 0, self->style.inhibiting);
  assert_pixel (self, 30, 0, self->style.background);
  engram_scene_set_marked_edges (scene, NULL, 0);
  scene_stage_draw (self);
  assert_pixel (self, 0, 30, self->style.background);
}

static void
test_transparent (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  g_autoptr (EngramScene) scene = stage_random_scene (60, 120);

  if (self == NULL)
    return;
  self->style.background[3] = 0;
  scene_stage_show (self, scene);
  g_assert_cmpint (scene_stage_get_pixel (self, -99, 74)[3], ==, 0);
  for (gsize i = 0; i < (gsize) STAGE_WIDTH * STAGE_HEIGHT; i++)
    for (guint channel = 0; channel < 3; channel++)
      g_assert_cmpint (self->pixels[4 * i + channel], <=, self->pixels[4 * i + 3] + 1);
}

static void
test_looks (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = { stage_point (0, 0, 0, 2, 0xff0000), stage_point (60, 0, 0, 2, 0xff0000) };
  const EngramSceneEdge edge = { 0, 1, 1 };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), &edge, 1, TRUE);
  const guint8 colours[] = { 0, 255, 0, 255, 0, 255, 0, 255 };
  const guint32 first = 0, second = 1;
  const float green[] = { 0, 1, 0, 1 };
  const float sizes[] = { 4, 4 };
  const float place[] = { 0, 40, 0 };
  float faint[4];

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  engram_scene_set_colours (scene, colours);
  scene_stage_draw (self);
  assert_pixel (self, 0, 0, green);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &first, 1);
  scene_stage_draw (self);
  assert_pixel (self, 0, 14, self->style.selection);
  assert_pixel (self, 60, 14, self->style.background);
  engram_scene_set_flag (scene, ENGRAM_POINT_DIMMED, &second, 1);
  scene_stage_draw (self);
  mix_colours (green, 0.2f, self->style.background, faint);
  assert_pixel (self, 60, 0, faint);
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, NULL, 0);
  engram_scene_set_sizes (scene, sizes);
  scene_stage_draw (self);
  assert_pixel (self, 0, 18, green);
  engram_scene_set_place (scene, 0, place);
  scene_stage_draw (self);
  assert_pixel (self, 0, 40, green);
  assert_pixel (self, 0, 0, self->style.background);
}

/* Larger than any sprite, and with its centre outside of the picture. */
static void
test_large (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, TRUE);
  const EngramScenePoint points[] = { stage_point (0, 0, 0, 11, 0x00ff00), stage_point (120, 0, 0, 6, 0x0000ff) };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), NULL, 0, TRUE);
  const float green[] = { 0, 1, 0, 1 }, blue[] = { 0, 0, 1, 1 };

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  assert_pixel (self, 60, 0, green);
  assert_pixel (self, 0, 62, green);
  assert_pixel (self, 0, 69, self->style.background);
  assert_pixel (self, 95, 0, blue);
  scene_stage_draw_slice (self, TRUE, 1);
  scene_stage_read (self);
  assert_pixel (self, 50, 0, green);
  assert_pixel (self, 95, 0, blue);
}

static void
test_grid_drawn (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  const EngramScenePoint points[] = { stage_point (-50, -50, 0, 1, 0), stage_point (50, 50, 0, 1, 0) };
  g_autoptr (EngramScene) scene = stage_scene (points, G_N_ELEMENTS (points), NULL, 0, FALSE);
  const guint8 *pixel;

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  assert_pixel (self, -54, 10, self->style.background);
  self->style.grid = TRUE;
  /* At the left end of x, y runs upwards: green-ish. */
  scene_stage_draw (self);
  pixel = scene_stage_get_pixel (self, -54, 10);
  g_assert_cmpint (pixel[1], >, pixel[0] + 10);
  assert_pixel (self, 10, 10, self->style.background);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scene_stage_add_test ("/scene-renderer", "sphere", test_sphere);
  scene_stage_add_test ("/scene-renderer", "disc", test_disc);
  scene_stage_add_test ("/scene-renderer", "depth", test_depth);
  scene_stage_add_test ("/scene-renderer", "edges", test_edges);
  scene_stage_add_test ("/scene-renderer", "range", test_range);
  scene_stage_add_test ("/scene-renderer", "selected-edges", test_selected_edges);
  scene_stage_add_test ("/scene-renderer", "hidden", test_hidden);
  scene_stage_add_test ("/scene-renderer", "marked-edge", test_marked_edge);
  scene_stage_add_test ("/scene-renderer", "transparent", test_transparent);
  scene_stage_add_test ("/scene-renderer", "looks", test_looks);
  scene_stage_add_test ("/scene-renderer", "large", test_large);
  scene_stage_add_test ("/scene-renderer", "grid", test_grid_drawn);
  return g_test_run ();
}
