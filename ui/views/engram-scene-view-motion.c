/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <adwaita.h>
#include <math.h>

#include "scene/engram-camera-cloud.h"
#include "scene/engram-scene-grid.h"

#define FLIGHT_SECONDS 0.4

/* What is flown to is not looked at from nearer than this share of the whole. */
#define NEAREST_SHARE 0.08f

#define FIT_MARGIN 32

/* How the first look at a space is turned that reaches equally far everywhere, as pixels of 1000 that a pointer would
 * have dragged it. */
#define FIRST_TURN -110
#define FIRST_TILT 70

void
engram_scene_view_stop_flight (EngramSceneView *self)
{
  if (self->flight_tick == 0)
    return;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->flight_tick);
  self->flight_tick = 0;
}

void
engram_scene_view_end_flight (EngramSceneView *self)
{
  if (self->flight_tick == 0)
    return;
  engram_scene_view_stop_flight (self);
  self->camera = self->flight_to;
  engram_scene_view_camera_moved (self, FALSE);
}

static gboolean
flight_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->flight_start == 0)
    self->flight_start = now;

  double way = (double) (now - self->flight_start) / G_USEC_PER_SEC / FLIGHT_SECONDS;
  gboolean arrived = way >= 1;

  engram_camera_mix (&self->flight_from, &self->flight_to,
                     arrived ? 1 : (float) adw_easing_ease (ADW_EASE_IN_OUT_CUBIC, way), &self->camera);
  if (arrived)
    self->flight_tick = 0;
  engram_scene_view_camera_moved (self, !arrived);
  return arrived ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

void
engram_scene_view_set_camera (EngramSceneView    *self,
                              const EngramCamera *camera,
                              gboolean            animated)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  engram_scene_view_stop_flight (self);
  self->fitted = TRUE;
  if (!animated || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !adw_get_enable_animations (GTK_WIDGET (self)))
    {
      self->camera = *camera;
      engram_scene_view_camera_moved (self, FALSE);
      return;
    }
  self->flight_from = self->camera;
  self->flight_to = *camera;
  self->flight_start = 0;
  self->flight_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), flight_cb, NULL, NULL);
}

/* What is flown to already, or looked at: one key after the other adds up. */
static EngramCamera
wanted_camera (EngramSceneView *self)
{
  return self->flight_tick != 0 ? self->flight_to : self->camera;
}

void
engram_scene_view_fit (EngramSceneView *self)
{
  float low[3], high[3], width, height;
  EngramCamera camera;

  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  /* What has nothing to be seen is not fitted: the first that has is. */
  if (self->scene == NULL || !engram_scene_view_get_bounds (self, low, high))
    return;
  self->fit_awaited = !gtk_widget_get_visible (GTK_WIDGET (self));
  camera = wanted_camera (self);
  width = (float) MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  height = (float) MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
  /* From a corner depth is seen at once. */
  if (!self->fitted && !engram_camera_face_points (&camera, self->scene, width, height))
    engram_camera_orbit (&camera, FIRST_TURN, FIRST_TILT, 1000, 1000);
  if (self->style.grid && !camera.flat)
    engram_scene_grid_get_box (low, high, low, high);
  if (camera.flat)
    engram_camera_fit (&camera, low, high, width, height, FIT_MARGIN);
  else
    engram_camera_fit_points (&camera, self->scene, low, high, width, height, FIT_MARGIN);
  engram_scene_view_set_camera (self, &camera, self->fitted);
}

static gboolean
bound_points (EngramScene   *scene,
              const guint32 *points,
              guint32        n_points,
              float          low[3],
              float          high[3])
{
  gboolean any = FALSE;

  for (guint32 i = 0; i < n_points; i++)
    {
      const EngramScenePoint *point = &scene->points[points[i]];
      const float place[3] = { point->x, point->y, point->z };

      if (!isfinite (place[0]) || !isfinite (place[1]) || !isfinite (place[2]))
        continue;
      for (int axis = 0; axis < 3; axis++)
        {
          low[axis] = any ? MIN (low[axis], place[axis]) : place[axis];
          high[axis] = any ? MAX (high[axis], place[axis]) : place[axis];
        }
      any = TRUE;
    }
  return any;
}

/* One neuron alone has no extent: it is shown with what is around it. */
static void
widen (EngramScene *scene,
       float        low[3],
       float        high[3])
{
  float all_low[3], all_high[3], extent = 0;

  engram_scene_get_bounds (scene, all_low, all_high);
  for (int axis = 0; axis < 3; axis++)
    extent = MAX (extent, all_high[axis] - all_low[axis]);
  for (int axis = 0; axis < 3; axis++)
    {
      low[axis] -= NEAREST_SHARE * extent;
      high[axis] += NEAREST_SHARE * extent;
    }
}

void
engram_scene_view_fly_to (EngramSceneView *self,
                          const guint32   *points,
                          guint32          n_points)
{
  float low[3], high[3];
  EngramCamera camera;

  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (self->scene == NULL || !bound_points (self->scene, points, n_points, low, high))
    return;
  widen (self->scene, low, high);
  camera = wanted_camera (self);
  engram_camera_fit (&camera, low, high, (float) MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1),
                     (float) MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1), FIT_MARGIN);
  engram_scene_view_set_camera (self, &camera, TRUE);
}

void
engram_scene_view_look_along (EngramSceneView *self,
                              EngramAxis       axis,
                              gboolean         negative)
{
  EngramCamera camera;

  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (!self->fitted)
    return;
  camera = wanted_camera (self);
  engram_camera_look_along (&camera, axis, negative);
  engram_scene_view_set_camera (self, &camera, TRUE);
}

void
engram_scene_view_zoom (EngramSceneView *self,
                        float            factor)
{
  EngramCamera camera;
  float width, height;

  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (!self->fitted)
    return;
  camera = wanted_camera (self);
  width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  engram_camera_zoom (&camera, factor, width / 2, height / 2, width, height);
  engram_scene_view_set_camera (self, &camera, TRUE);
}

void
engram_scene_view_set_projection (EngramSceneView        *self,
                                  EngramCameraProjection  projection)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  self->camera.projection = projection;
  self->flight_to.projection = projection;
  engram_scene_view_camera_moved (self, FALSE);
}
