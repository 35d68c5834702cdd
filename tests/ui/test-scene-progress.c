/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <epoxy/gl.h>
#include <scene/engram-scene-order.h>

#include "scene-stage.h"

/* How a picture comes about: slice by slice, while it is turned, beside others that draw with the same context. */

#define PIXEL_BYTES ((gsize) 4 * STAGE_WIDTH * STAGE_HEIGHT)

/* But for a few rims, which are blended in another order where the slices are others. */
static void
assert_same (SceneStage   *self,
             const guint8 *pixels)
{
  guint n_others = 0;

  for (gsize i = 0; i < PIXEL_BYTES; i++)
    n_others += ABS (pixels[i] - self->pixels[i]) > STAGE_TOLERANCE;
  g_assert_cmpuint (n_others, <, PIXEL_BYTES / 500);
}

/* Slices of no time: each adds something, and the last one is the picture that is drawn at once. */
static void
test_slices (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  g_autoptr (EngramScene) scene = stage_random_scene (3000, 4000);
  g_autofree guint8 *pixels = NULL;
  guint32 n_edges = 0;
  guint n_slices = 0;

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  pixels = g_memdup2 (self->pixels, PIXEL_BYTES);
  engram_scene_renderer_set_scene (self->renderer, NULL);
  scene_stage_draw (self);
  assert_pixel (self, 0, 0, self->style.background);
  engram_scene_renderer_set_scene (self->renderer, scene);
  for (gboolean complete = FALSE; !complete; n_slices++)
    {
      complete = scene_stage_draw_slice (self, FALSE, 1e-6);
      g_assert_cmpint (scene_stage_get_drawn (self).n_edges, >=, n_edges);
      n_edges = scene_stage_get_drawn (self).n_edges;
      g_assert_true (complete == scene_stage_get_drawn (self).complete);
    }
  g_assert_cmpint (n_slices, >, 4);
  g_assert_cmpint (n_edges, ==, 4000);
  /* Complete: no more is needed, and it stays. */
  scene_stage_draw (self);
  g_assert_true (scene_stage_draw_slice (self, FALSE, 1e-6));
  assert_same (self, pixels);
}

static void
test_moving (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  g_autoptr (EngramScene) scene = stage_random_scene (40000, 8000);
  g_autofree guint32 *order = engram_scene_order_points (scene);
  g_autofree guint8 *pixels = NULL;
  const guint32 selected = order[39999];
  const float above[] = { 0, 110, 0 };

  if (self == NULL)
    return;
  engram_scene_set_flag (scene, ENGRAM_POINT_SELECTED, &selected, 1);
  scene_stage_show (self, scene);
  /* By itself, where turning about the middle leaves it. */
  engram_scene_set_place (scene, selected, above);
  self->camera.distance *= 2;
  scene_stage_draw (self);
  pixels = g_memdup2 (self->pixels, PIXEL_BYTES);
  /* However little time there is: this many of each, and what is selected. */
  engram_camera_orbit (&self->camera, 30, 0, STAGE_WIDTH, STAGE_HEIGHT);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (scene_stage_draw_slice (self, TRUE, 1e-6));
      g_assert_cmpint (scene_stage_get_drawn (self).n_points, ==, 25001);
      g_assert_cmpint (scene_stage_get_drawn (self).n_edges, ==, 5000);
      g_assert_false (scene_stage_get_drawn (self).complete);
    }
  g_assert_cmpfloat (scene_stage_get_drawn (self).resolution, ==, 0.5f);
  scene_stage_read (self);
  g_assert_cmpint (scene_stage_get_pixel (self, 0, 60)[1], <, 160);
  /* It stays until what follows is no worse. */
  while (!scene_stage_draw_slice (self, FALSE, 1e-6))
    g_assert_cmpint (scene_stage_get_drawn (self).n_edges, >=, 5000);
  engram_camera_orbit (&self->camera, -30, 0, STAGE_WIDTH, STAGE_HEIGHT);
  scene_stage_draw (self);
  assert_same (self, pixels);
}

static void
test_agreement (void)
{
  g_autoptr (EngramScene) scene = stage_random_scene (300, 600);
  g_autofree guint8 *pixels = NULL;
  guint64 difference = 0;

  for (guint kind = 0; kind < STAGE_N_KINDS; kind++)
    {
      g_autoptr (SceneStage) self = scene_stage_new (GUINT_TO_POINTER (kind), STAGE_WIDTH, STAGE_HEIGHT, FALSE);

      if (self == NULL)
        return;
      self->style.grid = TRUE;
      self->style.fog = TRUE;
      scene_stage_show (self, scene);
      if (kind == 0)
        pixels = g_steal_pointer (&self->pixels);
      else
        for (gsize i = 0; i < PIXEL_BYTES; i++)
          difference += ABS (pixels[i] - self->pixels[i]);
    }
  g_assert_cmpint (difference, <, PIXEL_BYTES);
}

static void
test_memory (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  g_autoptr (EngramScene) scene = stage_random_scene (20000, 50000);
  g_autofree guint32 *all = g_new (guint32, 50000);

  if (self == NULL)
    return;
  for (guint32 i = 0; i < 50000; i++)
    all[i] = i;
  engram_scene_set_marked_edges (scene, all, 50000);
  engram_scene_renderer_set_scene (self->renderer, scene);
  scene_stage_draw_slice (self, TRUE, 1e-6);
  g_assert_cmpuint (engram_scene_renderer_get_size (self->renderer), >, 20000 * 20 + 50000 * 20);
  g_assert_cmpuint (engram_scene_renderer_get_size (self->renderer), <=, 20000 * 40 + 50000 * 24);
}

/* GTK draws with the same context. */
static void
test_state (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  g_autoptr (EngramScene) scene = stage_random_scene (30, 30);
  GLint before, after, viewport[4];

  if (self == NULL)
    return;
  engram_scene_renderer_set_scene (self->renderer, scene);
  for (guint moving = 0; moving < 2; moving++)
    {
      engram_offscreen_bind (self->offscreen);
      glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &before);
      glViewport (1, 2, 30, 40);
      engram_scene_renderer_draw (self->renderer, STAGE_WIDTH, STAGE_HEIGHT, 1, moving != 0, 1);
      glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &after);
      g_assert_cmpint (before, ==, after);
      glGetIntegerv (GL_VIEWPORT, viewport);
      g_assert_cmpint (viewport[0], ==, 1);
      g_assert_cmpint (viewport[3], ==, 40);
      glGetIntegerv (GL_CURRENT_PROGRAM, &after);
      g_assert_cmpint (after, ==, 0);
      glGetIntegerv (GL_VERTEX_ARRAY_BINDING, &after);
      g_assert_cmpint (after, ==, 0);
      g_assert_false (glIsEnabled (GL_DEPTH_TEST));
      g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
    }
}

/* Where a context is lost, another renderer takes over. */
static void
test_remade (gconstpointer kind)
{
  g_autoptr (SceneStage) self = scene_stage_new (kind, STAGE_WIDTH, STAGE_HEIGHT, FALSE);
  g_autoptr (EngramScene) scene = stage_random_scene (50, 50);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *pixels = NULL;
  const char *description;

  if (self == NULL)
    return;
  scene_stage_show (self, scene);
  pixels = g_steal_pointer (&self->pixels);
  engram_scene_renderer_release (self->renderer);
  g_clear_object (&self->renderer);
  self->renderer = scene_stage_make_renderer (kind, &error);
  g_assert_no_error (error);
  description = engram_scene_renderer_get_description (self->renderer);
  g_assert_true (g_str_has_prefix (description, kind == GUINT_TO_POINTER (STAGE_ES) ? "OpenGL ES 3" : "OpenGL "));
  scene_stage_show (self, scene);
  assert_same (self, pixels);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  scene_stage_add_test ("/scene-progress", "slices", test_slices);
  scene_stage_add_test ("/scene-progress", "moving", test_moving);
  scene_stage_add_test ("/scene-progress", "memory", test_memory);
  scene_stage_add_test ("/scene-progress", "state", test_state);
  scene_stage_add_test ("/scene-progress", "remade", test_remade);
  g_test_add_func ("/scene-progress/agreement", test_agreement);
  return g_test_run ();
}
