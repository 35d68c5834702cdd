/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-picker-private.h"

#include <math.h>

/* In single precision, as the GPU does it. */
static EngramScreenPoint
project_point (const EngramScenePoint *point,
               const EngramSceneStyle *style,
               const EngramProjection *projection)
{
  const float *eye = projection->eye;
  const float x = point->x, y = point->y, z = point->z;
  EngramScreenPoint result;

  result.x = projection->focal * (eye[0] * x + eye[4] * y + eye[8] * z + eye[12]);
  result.y = -projection->focal * (eye[1] * x + eye[5] * y + eye[9] * z + eye[13]);
  result.depth = -(eye[2] * x + eye[6] * y + eye[10] * z + eye[14]);
  result.radius = -1;
  /* Infinite or NaN wherever one of its coordinates is. */
  if (isfinite (result.x + result.y + result.depth) && (point->flags & ENGRAM_POINT_HIDDEN) == 0)
    result.radius = engram_scene_style_get_radius (style, point->size,
                                                   engram_projection_relative_scale (projection, result.depth));
  return result;
}

void
engram_screen_points_project (EngramScreenPoints     *self,
                              EngramScene            *scene,
                              const EngramSceneStyle *style,
                              const EngramProjection *projection)
{
  if (self->n != scene->n_points)
    self->points = g_renew (EngramScreenPoint, self->points, scene->n_points);
  self->n = scene->n_points;
  self->perspective = projection->perspective;
  self->middle_x = projection->width / 2;
  self->middle_y = projection->height / 2;
  self->near_depth = projection->near_depth;
  for (guint32 i = 0; i < self->n; i++)
    self->points[i] = project_point (&scene->points[i], style, projection);
}

void
engram_screen_points_clear (EngramScreenPoints *self)
{
  g_clear_pointer (&self->points, g_free);
  self->n = 0;
}
