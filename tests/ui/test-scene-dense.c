/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <epoxy/gl.h>
#include <math.h>
#include <string.h>

#include "scene-stage.h"

/* Pictures of many edges. */

#define WIDTH 90
#define HEIGHT 70
#define PIXEL_BYTES ((gsize) 4 * WIDTH * HEIGHT)

/* More edges than are put into the GPU in one go. */
#define MANY_EDGES (ENGRAM_SCENE_FILLED_EDGES + 5000)
#define DENSE_EDGES 60000
#define MANY_POINTS 45000
/* So many steps of preparing are enough. */
#define MOST_STEPS 100

static SceneStage *
make_stage (gconstpointer kind)
{
  return scene_stage_new (kind, WIDTH, HEIGHT, FALSE);
}

/* By the thinnest slices. Returns: (transfer full) */
static guint8 *
draw (SceneStage *self)
{
  while (!scene_stage_draw_slice (self, FALSE, 1e-6))
    ;
  return engram_offscreen_read_pixels (self->offscreen);
}

static EngramScenePoint
make_point (float x,
            float y,
            float z)
{
  return stage_point (x, y, z, 0.5f, 0x008000);
}

/* All edges but the last hundreds lead from a point to itself, which is not seen. */
static EngramScene *
make_long_scene (void)
{
  EngramScenePoint *points = g_new (EngramScenePoint, 2);
  EngramSceneEdge *edges = g_new (EngramSceneEdge, MANY_EDGES);

  points[0] = make_point (-30, 0.5f, 0);
  points[1] = make_point (30, 0.5f, 0);
  for (guint32 i = 0; i < MANY_EDGES; i++)
    edges[i] = (EngramSceneEdge) { 0, i < MANY_EDGES - 500 ? 0 : 1, 0.5f };
  return engram_scene_new (points, 2, edges, MANY_EDGES, TRUE, FALSE);
}

/* However many they are, all of them are drawn, and none is said to be before it is. */
static void
test_long (gconstpointer kind)
{
  g_autoptr (SceneStage) self = make_stage (kind);
  g_autoptr (EngramScene) scene = make_long_scene ();
  EngramSceneDrawn drawn;
  gboolean complete = FALSE;

  if (self == NULL)
    return;
  engram_scene_renderer_set_scene (self->renderer, scene);
  while (!complete)
    {
      complete = scene_stage_draw_slice (self, FALSE, 1e-6);
      engram_scene_renderer_get_drawn (self->renderer, &drawn);
      g_assert_true (drawn.complete == complete);
      g_assert_cmpuint (drawn.n_all_edges, ==, MANY_EDGES);
    }
  g_assert_cmpuint (drawn.n_edges, ==, MANY_EDGES);
  scene_stage_read (self);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 0)[2], <, 100);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 20)[2], >, 240);
}

/* Most edges are behind others that leave nothing to be seen of them. */
static EngramScene *
make_dense_scene (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  EngramScenePoint *points = g_new (EngramScenePoint, 400);
  EngramSceneEdge *edges = g_new (EngramSceneEdge, DENSE_EDGES);

  for (guint32 i = 0; i < 400; i++)
    points[i] = make_point ((float) g_rand_double_range (random, -40, 40),
                            (float) g_rand_double_range (random, -30, 30),
                            (float) g_rand_double_range (random, -20, 20));
  for (guint32 i = 0; i < DENSE_EDGES; i++)
    edges[i] = (EngramSceneEdge) { g_rand_int_range (random, 0, 400), g_rand_int_range (random, 0, 400),
                                   (i % 10 == 0 ? -1 : 1) * (1 - (float) i / DENSE_EDGES) };
  return engram_scene_new (points, 400, edges, DENSE_EDGES, TRUE, FALSE);
}

/* What is left out of a dense picture would not have been seen in it. */
static void
test_covered (gconstpointer kind)
{
  g_autoptr (SceneStage) self = make_stage (kind);
  g_autoptr (EngramScene) scene = make_dense_scene ();
  g_autofree guint8 *covered = NULL, *whole = NULL;

  if (self == NULL)
    return;
  engram_scene_renderer_set_scene (self->renderer, scene);
  covered = draw (self);
  g_assert_cmpuint (self->renderer->n_covering, >, DENSE_EDGES / 2);

  engram_scene_renderer_set_scene (self->renderer, NULL);
  g_free (draw (self));
  engram_scene_renderer_set_scene (self->renderer, scene);
  g_assert_false (scene_stage_draw_slice (self, FALSE, 1e-6));
  /* As if all had been looked at. */
  self->renderer->n_covering = DENSE_EDGES;
  whole = draw (self);
  g_assert_cmpmem (covered, PIXEL_BYTES, whole, PIXEL_BYTES);
}

/* What is drawn without being shown is in the next picture; what has changed is begun by the picture. */
static void
test_filled (gconstpointer kind)
{
  g_autoptr (SceneStage) self = make_stage (kind);
  g_autoptr (EngramScene) scene = make_dense_scene ();
  g_autofree guint8 *wanted = NULL, *pixels = NULL, *filled = NULL;
  EngramSceneDrawn drawn;

  if (self == NULL)
    return;
  engram_scene_renderer_set_scene (self->renderer, scene);
  g_assert_true (engram_scene_renderer_fill (self->renderer, 1e-6));
  wanted = draw (self);
  engram_scene_renderer_set_scene (self->renderer, NULL);
  g_free (draw (self));
  engram_scene_renderer_set_scene (self->renderer, scene);
  g_assert_false (scene_stage_draw_slice (self, FALSE, 1e-6));
  pixels = engram_offscreen_read_pixels (self->offscreen);
  while (!engram_scene_renderer_fill (self->renderer, 1e-6))
    ;
  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  g_assert_true (drawn.complete);
  filled = engram_offscreen_read_pixels (self->offscreen);
  g_assert_cmpmem (filled, PIXEL_BYTES, pixels, PIXEL_BYTES);
  g_assert_true (scene_stage_draw_slice (self, FALSE, 1e-6));
  g_free (filled);
  filled = engram_offscreen_read_pixels (self->offscreen);
  g_assert_cmpmem (filled, PIXEL_BYTES, wanted, PIXEL_BYTES);
}

/* Nor is anything lost of what is drawn over it later. */
static void
test_marked (gconstpointer kind)
{
  g_autoptr (SceneStage) self = make_stage (kind);
  g_autoptr (EngramScene) scene = make_dense_scene (), fresh = make_dense_scene ();
  g_autofree guint32 *marked = g_new (guint32, 20);
  g_autofree guint8 *before = NULL, *after = NULL, *wanted = NULL;

  if (self == NULL)
    return;
  for (guint32 i = 0; i < 20; i++)
    marked[i] = i;
  engram_scene_renderer_set_scene (self->renderer, scene);
  before = draw (self);
  engram_scene_set_marked_edges (scene, marked, 20);
  after = draw (self);
  engram_scene_set_marked_edges (fresh, marked, 20);
  engram_scene_renderer_set_scene (self->renderer, fresh);
  wanted = draw (self);
  g_assert_cmpmem (after, PIXEL_BYTES, wanted, PIXEL_BYTES);
  g_assert_true (memcmp (before, after, PIXEL_BYTES) != 0);
}

/* However much is selected: what moves has a limit. */
static void
test_selected (gconstpointer kind)
{
  g_autoptr (SceneStage) self = make_stage (kind);
  EngramScenePoint *points = g_new (EngramScenePoint, MANY_POINTS);
  g_autofree guint32 *all = g_new (guint32, MANY_POINTS);
  g_autoptr (EngramScene) scene = NULL;
  EngramSceneDrawn drawn;

  for (guint32 i = 0; i < MANY_POINTS; i++)
    {
      points[i] = make_point ((float) (i % 30), (float) (i / 30 % 30), (float) (i / 900));
      all[i] = i;
    }
  scene = engram_scene_new (points, MANY_POINTS, NULL, 0, TRUE, FALSE);
  if (self == NULL)
    return;
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, all, MANY_POINTS);
  engram_scene_renderer_set_scene (self->renderer, scene);
  scene_stage_draw_slice (self, TRUE, 1e-6);
  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  g_assert_cmpuint (drawn.n_points, ==, ENGRAM_SCENE_LEAST_POINTS + ENGRAM_SCENE_MOST_SPECIAL);
}

/* What is drawn once in advance leaves no trace, wherever it is broken off. */
static void
test_preparing (gconstpointer kind)
{
  g_autoptr (SceneStage) self = make_stage (kind);
  g_autoptr (EngramScene) scene = make_dense_scene ();
  g_autofree guint8 *pixels = NULL, *wanted = NULL;
  guint n_steps = 0;

  if (self == NULL)
    return;
  g_assert_false (engram_scene_renderer_prepare (self->renderer));
  g_clear_pointer (&self, scene_stage_free);

  self = make_stage (kind);
  while (!engram_scene_renderer_prepare (self->renderer))
    g_assert_cmpuint (n_steps++, <, MOST_STEPS);
  g_assert_cmpuint (n_steps, >, 5);
  g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
  g_assert_cmpuint (engram_scene_renderer_get_size (self->renderer), ==, 0);
  engram_scene_renderer_set_scene (self->renderer, scene);
  pixels = draw (self);
  g_clear_pointer (&self, scene_stage_free);

  self = make_stage (kind);
  engram_scene_renderer_set_scene (self->renderer, scene);
  wanted = draw (self);
  g_assert_cmpmem (pixels, PIXEL_BYTES, wanted, PIXEL_BYTES);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scene_stage_add_test ("/scene-dense", "long", test_long);
  scene_stage_add_test ("/scene-dense", "covered", test_covered);
  scene_stage_add_test ("/scene-dense", "filled", test_filled);
  scene_stage_add_test ("/scene-dense", "marked", test_marked);
  scene_stage_add_test ("/scene-dense", "selected", test_selected);
  scene_stage_add_test ("/scene-dense", "preparing", test_preparing);
  return g_test_run ();
}
