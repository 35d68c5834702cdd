/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-picker-private.h"

#include <math.h>
#include <string.h>

/* From one point to the next in a direction, a step sideways counts as so many forwards. */
#define SIDEWAYS_COST 2.0

struct _EngramScenePicker {
  GObject             parent_instance;

  EngramScene        *scene;
  EngramSceneStyle    style;
  EngramCamera        camera;
  float               width, height;

  /* What the points below were made from. */
  gboolean            is_current;
  guint               places_serial;
  guint               looks_serial;
  EngramScreenPoints  points;
  EngramDrawnEdges    drawn;
  guint8             *scratch;
};

G_DEFINE_FINAL_TYPE (EngramScenePicker, engram_scene_picker, G_TYPE_OBJECT)

static void
engram_scene_picker_finalize (GObject *object)
{
  EngramScenePicker *self = ENGRAM_SCENE_PICKER (object);

  g_clear_pointer (&self->scene, engram_scene_unref);
  engram_screen_points_clear (&self->points);
  g_free (self->scratch);

  G_OBJECT_CLASS (engram_scene_picker_parent_class)->finalize (object);
}

static void
engram_scene_picker_class_init (EngramScenePickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = engram_scene_picker_finalize;
}

static void
engram_scene_picker_init (EngramScenePicker *self)
{
  engram_scene_style_init (&self->style, FALSE, FALSE, FALSE);
  engram_camera_init (&self->camera, FALSE);
}

EngramScenePicker *
engram_scene_picker_new (void)
{
  return g_object_new (ENGRAM_TYPE_SCENE_PICKER, NULL);
}

void
engram_scene_picker_set_scene (EngramScenePicker *self,
                               EngramScene       *scene)
{
  g_return_if_fail (ENGRAM_IS_SCENE_PICKER (self));

  if (scene == self->scene)
    return;

  g_clear_pointer (&self->scene, engram_scene_unref);
  if (scene != NULL)
    self->scene = engram_scene_ref (scene);
  self->is_current = FALSE;
  self->drawn.is_known = FALSE;
}

void
engram_scene_picker_set_style (EngramScenePicker      *self,
                               const EngramSceneStyle *style)
{
  g_return_if_fail (ENGRAM_IS_SCENE_PICKER (self));

  self->is_current = self->is_current && style->point_size == self->style.point_size;
  self->style = *style;
}

void
engram_scene_picker_set_camera (EngramScenePicker  *self,
                                const EngramCamera *camera,
                                float               width,
                                float               height)
{
  g_return_if_fail (ENGRAM_IS_SCENE_PICKER (self));

  self->is_current = self->is_current && memcmp (camera, &self->camera, sizeof *camera) == 0
                     && width == self->width && height == self->height;
  self->camera = *camera;
  self->width = width;
  self->height = height;
}

static void
project_points (EngramScenePicker *self)
{
  EngramProjection projection;
  float low[3], high[3];

  if (self->points.n != self->scene->n_points)
    self->scratch = g_renew (guint8, self->scratch, self->scene->n_points);
  self->drawn.is_known = self->drawn.is_known
                         && self->places_serial == engram_scene_get_places_serial (self->scene)
                         && self->looks_serial == engram_scene_get_looks_serial (self->scene);
  engram_scene_get_bounds (self->scene, low, high);
  engram_camera_project (&self->camera, low, high, self->width, self->height, &projection);
  engram_screen_points_project (&self->points, self->scene, &self->style, &projection);
  self->places_serial = engram_scene_get_places_serial (self->scene);
  self->looks_serial = engram_scene_get_looks_serial (self->scene);
  self->is_current = TRUE;
}

/* Brings the points up to date; FALSE where there is no picture. */
static gboolean
prepare (EngramScenePicker *self)
{
  if (self->scene == NULL || self->width <= 0 || self->height <= 0)
    return FALSE;

  if (!self->is_current || self->places_serial != engram_scene_get_places_serial (self->scene)
      || self->looks_serial != engram_scene_get_looks_serial (self->scene))
    project_points (self);
  return TRUE;
}

/* The point in front that covers the pixel (of equally deep ones the last, which is drawn over the others), else
 * the one whose rim is nearest. */
static gboolean
find_point (EngramScenePicker *self,
            float              x,
            float              y,
            float              tolerance,
            guint32           *found)
{
  const EngramScreenPoints *points = &self->points;
  const float from_middle_x = x - points->middle_x, from_middle_y = y - points->middle_y;
  double best_distance = INFINITY;
  float best_depth = INFINITY;

  for (guint32 i = 0; i < points->n; i++)
    {
      const EngramScreenPoint *point = &points->points[i];
      float divisor = points->perspective ? point->depth : 1;
      float across = point->x - from_middle_x * divisor, down = point->y - from_middle_y * divisor;
      float reach = (point->radius + tolerance) * divisor;
      double distance;

      if (!(fabsf (across) <= reach && fabsf (down) <= reach) || !engram_screen_points_is_drawn (points, i))
        continue;

      distance = MAX (hypot (across, down) / divisor - point->radius, 0);
      if (distance > tolerance || distance > best_distance
          || (distance == best_distance && point->depth > best_depth))
        continue;
      best_distance = distance;
      best_depth = point->depth;
      *found = i;
    }
  return isfinite (best_distance);
}

EngramPicked
engram_scene_picker_pick (EngramScenePicker *self,
                          float              x,
                          float              y,
                          float              tolerance,
                          guint32            n_edges)
{
  EngramPicked picked = { ENGRAM_PICKED_NOTHING, 0 };

  g_return_val_if_fail (ENGRAM_IS_SCENE_PICKER (self), picked);

  if (!prepare (self))
    return picked;

  if (find_point (self, x, y, tolerance, &picked.index))
    picked.kind = ENGRAM_PICKED_POINT;
  else if (engram_screen_points_find_edge (&self->points, self->scene, &self->style, x, y, tolerance, n_edges,
                                           &self->drawn, self->scratch, &picked.index))
    picked.kind = ENGRAM_PICKED_EDGE;
  return picked;
}

GArray *
engram_scene_picker_find_in_polygon (EngramScenePicker      *self,
                                     const graphene_point_t *corners,
                                     guint                   n_corners)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_PICKER (self), NULL);

  if (!prepare (self))
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  return engram_screen_points_find_in_polygon (&self->points, corners, n_corners);
}

GArray *
engram_scene_picker_find_seen (EngramScenePicker *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_return_val_if_fail (ENGRAM_IS_SCENE_PICKER (self), found);

  if (!prepare (self))
    return found;

  for (guint32 i = 0; i < self->points.n; i++)
    {
      float x, y;

      if (!engram_screen_points_is_drawn (&self->points, i))
        continue;
      engram_screen_points_get (&self->points, i, &x, &y);
      if (x >= 0 && x <= self->width && y >= 0 && y <= self->height)
        g_array_append_val (found, i);
    }
  return found;
}

/* Of all that lie less than 45° off the direction. */
static guint32
find_forwards (const EngramScreenPoints *points,
               guint32                   point,
               double                    right,
               double                    down)
{
  double best_cost = INFINITY;
  guint32 best = point;
  float start_x, start_y;

  engram_screen_points_get (points, point, &start_x, &start_y);
  for (guint32 i = 0; i < points->n; i++)
    {
      float x, y;
      double forwards, sideways, cost;

      if (i == point || !engram_screen_points_is_drawn (points, i))
        continue;
      engram_screen_points_get (points, i, &x, &y);
      forwards = (x - start_x) * right + (y - start_y) * down;
      sideways = fabs ((y - start_y) * right - (x - start_x) * down);
      cost = forwards + SIDEWAYS_COST * sideways;
      if (forwards > 0 && sideways <= forwards && cost < best_cost)
        {
          best_cost = cost;
          best = i;
        }
    }
  return best;
}

/**
 * engram_scene_picker_find_towards:
 *
 * The nearest one no more than 45° off the direction, where what lies aside counts as farther; also outside of the
 * picture.
 */
guint32
engram_scene_picker_find_towards (EngramScenePicker *self,
                                  guint32            point,
                                  float              dx,
                                  float              dy)
{
  double length = hypot (dx, dy);

  g_return_val_if_fail (ENGRAM_IS_SCENE_PICKER (self), point);

  if (!prepare (self) || !(length > 0) || point >= self->points.n
      || !engram_screen_points_is_drawn (&self->points, point))
    return point;
  return find_forwards (&self->points, point, dx / length, dy / length);
}
