/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <math.h>

/* Digits that a radius has, so that what is shown, chosen and filtered is one and the same; and a free place's, as a
 * share of the whole. */
#define RADIUS_DIGITS 3
#define PLACE_SHARE 1e-4

/* A sphere that is drawn by the keyboard has this share of the whole at first. */
#define FIRST_SHARE 0.1

/* A circle has so many corners on screen. */
#define CORNERS 72
#define N_AXES 3

gboolean
engram_scene_view_get_sphere (EngramSceneView   *self,
                              EngramSceneSphere *sphere)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_VIEW (self), FALSE);

  if (sphere != NULL)
    *sphere = self->sphere;
  return self->scene != NULL && self->sphere.radius > 0;
}

static void
get_place (const EngramScenePoint *point,
           double                  place[N_AXES])
{
  place[0] = point->x;
  place[1] = point->y;
  place[2] = point->z;
}

/* Those that have no place are nowhere. */
static gboolean
is_inside (const EngramSceneSphere *sphere,
           const EngramScenePoint  *point)
{
  double square = 0, place[N_AXES];

  get_place (point, place);
  for (int axis = 0; axis < N_AXES; axis++)
    square += (place[axis] - sphere->centre[axis]) * (place[axis] - sphere->centre[axis]);
  return (point->flags & ENGRAM_POINT_HIDDEN) == 0 && sqrt (square) <= sphere->radius;
}

static double
get_extent (EngramSceneView *self)
{
  float low[N_AXES], high[N_AXES];
  double extent = 0;

  if (!engram_scene_view_get_bounds (self, low, high))
    return 0;
  for (int axis = 0; axis < N_AXES; axis++)
    extent = MAX (extent, (double) high[axis] - low[axis]);
  return extent;
}

/* To so many digits, which are what people read. */
static double
round_to (double number,
          int    digits)
{
  double unit = pow (10, floor (log10 (number)) + 1 - digits);

  return number > 0 && isnormal (unit) ? round (number / unit) * unit : number;
}

static void
set_radius (EngramSceneView *self,
            double           radius)
{
  EngramSceneSphere *sphere = &self->sphere;

  sphere->radius = round_to (radius, RADIUS_DIGITS);
  sphere->dragged = self->drag == ENGRAM_DRAG_SPHERE;
  sphere->n_inside = 0;
  for (guint32 i = 0; i < self->scene->n_points; i++)
    sphere->n_inside += is_inside (sphere, &self->scene->points[i]);
  self->sphere_places = engram_scene_get_places_serial (self->scene);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  engram_scene_view_emit_sphere (self);
}

void
engram_scene_view_clear_sphere (EngramSceneView *self)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (self->sphere.radius <= 0)
    return;
  self->sphere.radius = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  engram_scene_view_emit_sphere (self);
}

/* Around the point there, or a place in the plane through the camera's target. */
void
engram_scene_view_begin_sphere (EngramSceneView *self,
                                EngramPicked     picked,
                                double           x,
                                double           y)
{
  double extent = get_extent (self);
  double unit = pow (10, floor (log10 (extent * PLACE_SHARE)));
  EngramProjection projection;
  float place[N_AXES];

  engram_scene_view_clear_sphere (self);
  self->sphere.point = picked.kind == ENGRAM_PICKED_POINT ? picked.index : G_MAXUINT32;
  if (picked.kind == ENGRAM_PICKED_POINT)
    {
      get_place (&self->scene->points[picked.index], self->sphere.centre);
      return;
    }
  engram_scene_view_project (self, &projection);
  engram_projection_unmap (&projection, (float) x, (float) y, projection.target_depth, place);
  for (int axis = 0; axis < N_AXES; axis++)
    self->sphere.centre[axis] = isnormal (unit) ? round (place[axis] / unit) * unit : place[axis];
}

/* Its radius leads from its middle to the pointer, across the line of sight. */
void
engram_scene_view_extend_sphere (EngramSceneView *self,
                                 double           x,
                                 double           y)
{
  const double *centre = self->sphere.centre;
  const float middle[N_AXES] = { (float) centre[0], (float) centre[1], (float) centre[2] };
  EngramProjection projection;
  float at_x, at_y, depth;

  engram_scene_view_project (self, &projection);
  if (engram_projection_map (&projection, middle, &at_x, &at_y, &depth))
    set_radius (self, hypot (x - at_x, y - at_y) / engram_projection_scale (&projection, depth));
}

gboolean
engram_scene_view_draw_sphere_at (EngramSceneView *self,
                                  guint32          point)
{
  double extent;

  g_return_val_if_fail (ENGRAM_IS_SCENE_VIEW (self), FALSE);

  if (self->scene == NULL || self->scene->flat || point >= self->scene->n_points
      || !isfinite (self->scene->points[point].x + self->scene->points[point].y + self->scene->points[point].z))
    return FALSE;
  extent = get_extent (self);
  engram_scene_view_set_tool (self, ENGRAM_SCENE_TOOL_SPHERE);
  engram_scene_view_begin_sphere (self, (EngramPicked) { ENGRAM_PICKED_POINT, point }, 0, 0);
  set_radius (self, extent > 0 ? FIRST_SHARE * extent : 1);
  return TRUE;
}

void
engram_scene_view_resize_sphere (EngramSceneView *self,
                                 double           factor)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (engram_scene_view_get_sphere (self, NULL))
    set_radius (self, self->sphere.radius * factor);
}

void
engram_scene_view_choose_sphere (EngramSceneView *self,
                                 GdkModifierType  modifiers)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (!engram_scene_view_get_sphere (self, NULL))
    return;
  for (guint32 i = 0; i < self->scene->n_points; i++)
    if (is_inside (&self->sphere, &self->scene->points[i]))
      g_array_append_val (points, i);
  engram_scene_view_emit_chosen (self, points, modifiers);
}

/* The points have moved, and the sphere is not around what it was. */
void
engram_scene_view_check_sphere (EngramSceneView *self)
{
  if (self->scene == NULL || self->sphere_places != engram_scene_get_places_serial (self->scene))
    engram_scene_view_clear_sphere (self);
}

/* Drawing */

/* Draws a circle around a place of the world; what of it is behind the eye is left out. */
static void
add_circle (cairo_t                *cairo,
            const EngramProjection *projection,
            const double            middle[N_AXES],
            const double            one[N_AXES],
            const double            other[N_AXES],
            double                  radius)
{
  gboolean drawing = FALSE;

  for (int corner = 0; corner <= CORNERS; corner++)
    {
      double angle = 2 * G_PI * corner / CORNERS;
      float place[N_AXES], x, y, depth;
      gboolean seen;

      for (int axis = 0; axis < N_AXES; axis++)
        place[axis] = (float) (middle[axis] + radius * (cos (angle) * one[axis] + sin (angle) * other[axis]));
      seen = engram_projection_map (projection, place, &x, &y, &depth);
      if (seen && drawing)
        cairo_line_to (cairo, x, y);
      else if (seen)
        cairo_move_to (cairo, x, y);
      drawing = seen;
    }
}

/* From a place towards the eye, and how far it is. */
static double
look_back (const EngramProjection *projection,
           const double            place[N_AXES],
           double                  towards[N_AXES])
{
  const float *eye = projection->eye;
  double distance = 0;

  for (int axis = 0; axis < N_AXES; axis++)
    {
      towards[axis] = eye[4 * axis + 2];
      if (projection->perspective)
        towards[axis] = -place[axis] - eye[4 * axis] * eye[12] - eye[4 * axis + 1] * eye[13] - eye[4 * axis + 2] * eye[14];
      distance += towards[axis] * towards[axis];
    }
  distance = sqrt (distance);
  for (int axis = 0; axis < N_AXES; axis++)
    towards[axis] /= distance;
  return distance;
}

static void
cross (const double one[N_AXES],
       const double other[N_AXES],
       double       result[N_AXES])
{
  double length;

  for (int i = 0; i < N_AXES; i++)
    result[i] = one[(i + 1) % N_AXES] * other[(i + 2) % N_AXES] - one[(i + 2) % N_AXES] * other[(i + 1) % N_AXES];
  length = hypot (hypot (result[0], result[1]), result[2]);
  for (int i = 0; i < N_AXES; i++)
    result[i] /= length;
}

/* What is seen as its rim: in a perspective a circle that is smaller, and nearer than the middle. Nothing from within
 * it. */
static void
add_outline (EngramSceneView        *self,
             cairo_t                *cairo,
             const EngramProjection *projection)
{
  const double *centre = self->sphere.centre;
  double towards[N_AXES], one[N_AXES], other[N_AXES], middle[N_AXES], radius = self->sphere.radius, nearer = 0;
  double distance = look_back (projection, centre, towards);
  double some[N_AXES] = { 0 };

  if (projection->perspective && distance <= radius)
    return;
  if (projection->perspective)
    {
      nearer = radius * radius / distance;
      radius *= sqrt (1 - radius * radius / (distance * distance));
    }
  some[fabs (towards[0]) < 0.7 ? 0 : 1] = 1;
  cross (towards, some, one);
  cross (towards, one, other);
  for (int axis = 0; axis < N_AXES; axis++)
    middle[axis] = centre[axis] + nearer * towards[axis];
  add_circle (cairo, projection, middle, one, other, radius);
}

static void
set_ink (cairo_t     *cairo,
         const float  colour[4],
         double       opacity)
{
  cairo_set_source_rgba (cairo, colour[0], colour[1], colour[2], colour[3] * opacity);
}

void
engram_scene_view_snapshot_sphere (EngramSceneView *self,
                                   GtkSnapshot     *snapshot)
{
  static const double axes[N_AXES][N_AXES] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                            (float) gtk_widget_get_height (GTK_WIDGET (self)));
  EngramProjection projection;
  cairo_t *cairo;

  if (!engram_scene_view_get_sphere (self, NULL))
    return;
  engram_scene_view_project (self, &projection);
  cairo = gtk_snapshot_append_cairo (snapshot, &all);
  cairo_set_line_width (cairo, 1);
  set_ink (cairo, self->style.selection, 0.35);
  for (int axis = 0; axis < N_AXES; axis++)
    add_circle (cairo, &projection, self->sphere.centre, axes[axis], axes[(axis + 1) % N_AXES], self->sphere.radius);
  cairo_stroke (cairo);
  add_outline (self, cairo, &projection);
  set_ink (cairo, self->style.selection, 0.08);
  cairo_fill_preserve (cairo);
  set_ink (cairo, self->style.selection, 0.9);
  cairo_stroke (cairo);
  cairo_destroy (cairo);
}
