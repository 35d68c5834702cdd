/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene-stage.h"

#include <math.h>

void
scene_stage_free (SceneStage *self)
{
  if (self == NULL)
    return;
  if (self->renderer != NULL)
    engram_scene_renderer_release (self->renderer);
  g_clear_object (&self->renderer);
  engram_offscreen_free (self->offscreen);
  g_free (self->pixels);
  g_free (self);
}

EngramSceneRenderer *
scene_stage_make_renderer (gconstpointer   kind,
                           GError        **error)
{
  if (kind == GUINT_TO_POINTER (STAGE_CARD))
    return engram_scene_renderer_new_as_card (error);
  return engram_scene_renderer_new (error);
}

SceneStage *
scene_stage_new (gconstpointer kind,
                 int           width,
                 int           height,
                 gboolean      flat)
{
  g_autoptr (SceneStage) self = g_new0 (SceneStage, 1);
  g_autoptr (GError) error = NULL;

  self->width = width;
  self->height = height;
  self->offscreen = engram_offscreen_new (width, height, kind == GUINT_TO_POINTER (STAGE_ES), &error);
  if (self->offscreen == NULL)
    {
      g_test_skip (error->message);
      return NULL;
    }
  self->renderer = scene_stage_make_renderer (kind, &error);
  g_assert_no_error (error);
  engram_scene_style_init (&self->style, flat, FALSE, FALSE);
  self->style.grid = FALSE;
  self->style.fog = FALSE;
  engram_camera_init (&self->camera, flat);
  self->camera.distance = (float) height / 2.0f / tanf (ENGRAM_CAMERA_FIELD_OF_VIEW / 2 * (float) G_PI / 180);
  return g_steal_pointer (&self);
}

gboolean
scene_stage_draw_slice (SceneStage *self,
                        gboolean    moving,
                        double      budget)
{
  engram_scene_renderer_set_style (self->renderer, &self->style);
  engram_scene_renderer_set_camera (self->renderer, &self->camera);
  engram_offscreen_bind (self->offscreen);
  return engram_scene_renderer_draw (self->renderer, self->width, self->height, 1, moving, budget);
}

void
scene_stage_read (SceneStage *self)
{
  g_free (self->pixels);
  self->pixels = engram_offscreen_read_pixels (self->offscreen);
}

void
scene_stage_draw (SceneStage *self)
{
  while (!scene_stage_draw_slice (self, FALSE, 1))
    ;
  scene_stage_read (self);
}

void
scene_stage_show (SceneStage  *self,
                  EngramScene *scene)
{
  engram_scene_renderer_set_scene (self->renderer, scene);
  scene_stage_draw (self);
}

EngramSceneDrawn
scene_stage_get_drawn (SceneStage *self)
{
  EngramSceneDrawn drawn;

  engram_scene_renderer_get_drawn (self->renderer, &drawn);
  return drawn;
}

const guint8 *
scene_stage_get_pixel (SceneStage *self,
                       int         x,
                       int         y)
{
  return &self->pixels[4 * ((self->height / 2 - 1 - y) * self->width + self->width / 2 + x)];
}

EngramScenePoint
stage_point (float   x,
             float   y,
             float   z,
             float   size,
             guint32 rgb)
{
  return (EngramScenePoint) {
    x, y, z, size, { (guint8) (rgb >> 16), (guint8) (rgb >> 8), (guint8) rgb, 255 }, 0
  };
}

EngramScene *
stage_scene (const EngramScenePoint *points,
             guint32                 n_points,
             const EngramSceneEdge  *edges,
             guint32                 n_edges,
             gboolean                flat)
{
  return engram_scene_new (g_memdup2 (points, n_points * sizeof *points), n_points,
                           g_memdup2 (edges, n_edges * sizeof *edges), n_edges, FALSE, flat);
}

EngramScene *
stage_random_scene (guint32 n_points,
                    guint32 n_edges)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  EngramScenePoint *points = g_new (EngramScenePoint, n_points);
  EngramSceneEdge *edges = g_new (EngramSceneEdge, n_edges);

  for (guint32 i = 0; i < n_points; i++)
    points[i] = stage_point (g_rand_double_range (random, -90, 90), g_rand_double_range (random, -60, 60),
                             g_rand_double_range (random, -50, 50), 0.5f, g_rand_int (random) & 0xffffff);
  for (guint32 i = 0; i < n_edges; i++)
    edges[i] = (EngramSceneEdge) { g_rand_int_range (random, 0, n_points), g_rand_int_range (random, 0, n_points),
                                   g_rand_double_range (random, -0.3, 1) };
  return engram_scene_new (points, n_points, edges, n_edges, FALSE, FALSE);
}

void
scene_stage_add_test (const char    *suite,
                      const char    *name,
                      GTestDataFunc  function)
{
  static const char *const kinds[STAGE_N_KINDS] = { "desktop", "es", "card" };

  for (guint kind = 0; kind < STAGE_N_KINDS; kind++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/%s", suite, kinds[kind], name);

      g_test_add_data_func (path, GUINT_TO_POINTER (kind), function);
    }
}
