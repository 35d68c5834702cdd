/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-camera.h"

#include <math.h>

/* Nearer than this many times the target's size of coordinates, single precision is seen to tremble. */
#define PRECISION_LIMIT 2e-5
#define SMALLEST_DISTANCE 1e-30
#define GREATEST_DISTANCE 1e30
/* Of the far depth, which the depth buffer can tell apart; but never more than this of the distance. */
#define NEAREST_SHARE 1e-4
#define NEAREST_DISTANCE_SHARE 0.1
/* A drag over this many times the smaller side of the picture is a full turn. */
#define SIDES_A_TURN 2.0

/* What turns a vector of the world into one of the eye, row by row; in double precision, since the places that it
 * is applied to may be large and near each other. */
static void
get_rotation (const EngramCamera *self,
              double              rows[3][3])
{
  graphene_vec4_t vector;
  double x, y, z, w, scale;

  graphene_quaternion_to_vec4 (&self->rotation, &vector);
  x = graphene_vec4_get_x (&vector);
  y = graphene_vec4_get_y (&vector);
  z = graphene_vec4_get_z (&vector);
  w = graphene_vec4_get_w (&vector);
  scale = 2 / (x * x + y * y + z * z + w * w);
  rows[0][0] = 1 - scale * (y * y + z * z);
  rows[0][1] = scale * (x * y - z * w);
  rows[0][2] = scale * (x * z + y * w);
  rows[1][0] = scale * (x * y + z * w);
  rows[1][1] = 1 - scale * (x * x + z * z);
  rows[1][2] = scale * (y * z - x * w);
  rows[2][0] = scale * (x * z - y * w);
  rows[2][1] = scale * (y * z + x * w);
  rows[2][2] = 1 - scale * (x * x + y * y);
}

/* Pixels that one unit of length takes at distance 1. */
static double
get_focal (float width,
           float height)
{
  double side = MAX (MIN (width, height), 1);

  return side / 2 / tan (ENGRAM_CAMERA_FIELD_OF_VIEW / 2 * G_PI / 180);
}

/* The centre of a box and half its sides; of one that is empty or broken the origin. */
static void
get_box (const float low[3],
         const float high[3],
         double      centre[3],
         double      half[3])
{
  for (int i = 0; i < 3; i++)
    {
      centre[i] = ((double) low[i] + high[i]) / 2;
      half[i] = ((double) high[i] - low[i]) / 2;
      if (!isfinite (centre[i]) || half[i] < 0)
        centre[i] = half[i] = 0;
    }
}

static double
get_smallest_distance (const EngramCamera *self)
{
  double size = MAX (MAX (fabs (self->target.x), fabs (self->target.y)), fabs (self->target.z));

  return MAX (size * PRECISION_LIMIT, SMALLEST_DISTANCE);
}

static void
set_target (EngramCamera *self,
            const double  target[3])
{
  graphene_point3d_init (&self->target, target[0], target[1], self->flat ? 0 : target[2]);
}

/* Moves the target by so much to the right and up as they are in the picture. */
static void
move_target (EngramCamera *self,
             double        right,
             double        up)
{
  double target[3] = { self->target.x, self->target.y, self->target.z };
  double rows[3][3];

  get_rotation (self, rows);
  for (int i = 0; i < 3; i++)
    target[i] += rows[0][i] * right + rows[1][i] * up;
  set_target (self, target);
}

/**
 * engram_camera_init:
 * @flat: whether the scene is
 *
 * Looks at the origin from the distance 1 along -z, with x to the right and y up.
 */
void
engram_camera_init (EngramCamera *self,
                    gboolean      flat)
{
  graphene_point3d_init (&self->target, 0, 0, 0);
  graphene_quaternion_init_identity (&self->rotation);
  self->distance = 1;
  self->projection = flat ? ENGRAM_CAMERA_PARALLEL : ENGRAM_CAMERA_PERSPECTIVE;
  self->flat = flat;
}

void
engram_camera_set_distance (EngramCamera *self,
                            double        distance)
{
  self->distance = CLAMP (distance, get_smallest_distance (self), GREATEST_DISTANCE);
}

/* From how far all corners of a box around the target are within these shares of the focal length. */
static double
get_fitting_distance (const EngramCamera *self,
                      const double        half[3],
                      double              share_x,
                      double              share_y)
{
  double rows[3][3];
  double distance = 0;

  get_rotation (self, rows);
  for (guint corner = 0; corner < 8; corner++)
    {
      double eye[3] = { 0 };
      double needed;

      for (guint i = 0; i < 3; i++)
        for (guint j = 0; j < 3; j++)
          eye[i] += rows[i][j] * (corner >> j & 1 ? half[j] : -half[j]);
      needed = MAX (fabs (eye[0]) / share_x, fabs (eye[1]) / share_y);
      if (self->projection == ENGRAM_CAMERA_PERSPECTIVE)
        needed += eye[2];
      distance = MAX (distance, needed);
    }
  return distance;
}

/**
 * engram_camera_fit:
 * @margin: of a small picture it is a part at most
 *
 * The centre of the box becomes the target. A box without extent, or an empty one, does not change the distance.
 */
void
engram_camera_fit (EngramCamera *self,
                   const float   low[3],
                   const float   high[3],
                   float         width,
                   float         height,
                   float         margin)
{
  double focal = get_focal (width, height);
  double half_width = MAX (width, 1) / 2.0, half_height = MAX (height, 1) / 2.0;
  double centre[3], half[3];
  double distance;

  get_box (low, high, centre, half);
  if (self->flat)
    half[2] = 0;
  set_target (self, centre);
  distance = get_fitting_distance (self, half, MAX (half_width - margin, half_width / 4) / focal,
                                   MAX (half_height - margin, half_height / 4) / focal);
  if (distance == 0)
    distance = self->distance;
  engram_camera_set_distance (self, distance);
}

/* Turns the picture about an axis of the eye, by degrees counterclockwise for who looks at its tip. */
static void
turn (EngramCamera *self,
      float         x,
      float         y,
      float         z,
      float         angle)
{
  graphene_quaternion_t step, result;
  graphene_vec3_t axis;

  if (self->flat)
    return;

  graphene_quaternion_init_from_angle_vec3 (&step, angle, graphene_vec3_init (&axis, x, y, z));
  graphene_quaternion_multiply (&step, &self->rotation, &result);
  graphene_quaternion_normalize (&result, &self->rotation);
}

void
engram_camera_orbit (EngramCamera *self,
                     float         dx,
                     float         dy,
                     float         width,
                     float         height)
{
  float length = hypotf (dx, dy);
  float side = MAX (MIN (width, height), 1);

  if (length > 0)
    turn (self, dy / length, dx / length, 0, 360 * fmod (length / (SIDES_A_TURN * side), 1));
}

void
engram_camera_roll (EngramCamera *self,
                    float         angle)
{
  turn (self, 0, 0, 1, -angle);
}

void
engram_camera_pan (EngramCamera *self,
                   float         dx,
                   float         dy,
                   float         width,
                   float         height)
{
  double scale = get_focal (width, height) / self->distance;

  move_target (self, -dx / scale, dy / scale);
}

/* The eye moves along the ray through the pixel, so that all that is on it stays there. */
void
engram_camera_zoom (EngramCamera *self,
                    float         factor,
                    float         x,
                    float         y,
                    float         width,
                    float         height)
{
  double focal = get_focal (width, height);
  double before = self->distance;
  double nearest = MIN (get_smallest_distance (self), before);
  double nearer;

  if (!(factor > 0))
    return;

  self->distance = CLAMP (before / factor, nearest, GREATEST_DISTANCE);
  nearer = before - self->distance;
  move_target (self, (x - width / 2) * nearer / focal, (height / 2 - y) * nearer / focal);
}

/**
 * engram_camera_look_along:
 *
 * From the positive end of x, y is to the right and z up; and so on round. From the negative end the next axis is
 * up and the one after it to the right.
 */
void
engram_camera_look_along (EngramCamera *self,
                          EngramAxis    axis,
                          gboolean      negative)
{
  static const float turns[3][2][4] = {
    { { -0.5f, -0.5f, -0.5f, 0.5f }, { 0, G_SQRT2 / 2, 0, G_SQRT2 / 2 } },
    { { 0.5f, 0.5f, 0.5f, 0.5f }, { -G_SQRT2 / 2, 0, 0, G_SQRT2 / 2 } },
    { { 0, 0, 0, 1 }, { G_SQRT2 / 2, G_SQRT2 / 2, 0, 0 } },
  };
  const float *values = turns[axis][negative ? 1 : 0];

  if (!self->flat)
    graphene_quaternion_init (&self->rotation, values[0], values[1], values[2], values[3]);
}

/**
 * engram_camera_mix:
 *
 * Where the distance changes, the target moves along with it, so that a place of the picture stands still while it
 * comes nearer. The kind of projection changes at the end.
 */
void
engram_camera_mix (const EngramCamera *from,
                   const EngramCamera *to,
                   float               mix,
                   EngramCamera       *result)
{
  EngramCamera camera = *from;
  graphene_quaternion_t rotation;
  double growth = log ((double) to->distance / from->distance);
  double way = fabs (growth) < 1e-6 ? mix : expm1 (growth * mix) / expm1 (growth);

  if (mix <= 0 || mix >= 1)
    {
      *result = mix <= 0 ? *from : *to;
      return;
    }

  camera.distance = from->distance * exp (growth * mix);
  graphene_point3d_interpolate (&from->target, &to->target, way, &camera.target);
  graphene_quaternion_slerp (&from->rotation, &to->rotation, mix, &rotation);
  graphene_quaternion_normalize (&rotation, &camera.rotation);
  *result = camera;
}

/* Of the box, along the line of sight: how far behind the target its middle is, and half of how deep it is, with
 * some room for the size of what stands at its sides. */
static void
measure_depth (const EngramCamera *self,
               double              rows[3][3],
               const float         low[3],
               const float         high[3],
               double             *middle,
               double             *half_depth)
{
  const double target[3] = { self->target.x, self->target.y, self->target.z };
  double centre[3], half[3];
  double greatest = 0;

  get_box (low, high, centre, half);
  *middle = *half_depth = 0;
  for (int i = 0; i < 3; i++)
    {
      *middle -= rows[2][i] * (centre[i] - target[i]);
      *half_depth += fabs (rows[2][i]) * half[i];
      greatest = MAX (greatest, MAX (half[i], fabs (centre[i]) * 1e-6));
    }
  *half_depth += 0.1 * (greatest + self->distance);
}

static void
set_eye (EngramProjection *projection,
         double            rows[3][3],
         const double      target[3],
         double            distance)
{
  for (int i = 0; i < 3; i++)
    {
      double offset = i == 2 ? -distance : 0;

      for (int j = 0; j < 3; j++)
        {
          projection->eye[j * 4 + i] = rows[i][j];
          offset -= rows[i][j] * target[j];
        }
      projection->eye[12 + i] = offset;
      projection->eye[i * 4 + 3] = 0;
    }
  projection->eye[15] = 1;
}

/* graphene multiplies the two depths in single precision, which large scenes overflow. */
static void
set_matrix (EngramProjection *projection)
{
  double across = 2.0 * projection->focal / projection->width;
  double up = 2.0 * projection->focal / projection->height;
  double near_depth = projection->near_depth, far_depth = projection->far_depth;
  double depth = far_depth - near_depth;

  for (int column = 0; column < 4; column++)
    {
      const float *eye = projection->eye + column * 4;
      float *clip = projection->matrix + column * 4;

      clip[0] = across * eye[0];
      clip[1] = up * eye[1];
      if (projection->perspective)
        {
          clip[2] = -(far_depth + near_depth) / depth * eye[2] - 2 * far_depth * near_depth / depth * eye[3];
          clip[3] = -eye[2];
        }
      else
        {
          clip[2] = -2 / depth * eye[2] - (far_depth + near_depth) / depth * eye[3];
          clip[3] = eye[3];
        }
    }
}

void
engram_camera_project (const EngramCamera *self,
                       const float         low[3],
                       const float         high[3],
                       float               width,
                       float               height,
                       EngramProjection   *projection)
{
  const double target[3] = { self->target.x, self->target.y, self->target.z };
  double distance = self->distance;
  double rows[3][3];
  double middle, half_depth, near_depth, far_depth;

  get_rotation (self, rows);
  measure_depth (self, rows, low, high, &middle, &half_depth);
  projection->width = MAX (width, 1);
  projection->height = MAX (height, 1);
  projection->perspective = self->projection == ENGRAM_CAMERA_PERSPECTIVE;
  projection->focal = get_focal (width, height);
  if (!projection->perspective)
    {
      projection->focal = get_focal (width, height) / self->distance;
      distance = MAX (distance, half_depth * 1.01 - middle);
    }
  far_depth = MAX (distance + middle + half_depth, distance * 1.1);
  near_depth = MAX (MIN (distance + middle - half_depth, distance * 0.9),
                    MIN (far_depth * NEAREST_SHARE, distance * NEAREST_DISTANCE_SHARE));
  projection->near_depth = near_depth;
  projection->far_depth = far_depth;
  projection->target_depth = distance;
  set_eye (projection, rows, target, distance);
  set_matrix (projection);
}

gboolean
engram_projection_map (const EngramProjection *self,
                       const float             place[3],
                       float                  *x,
                       float                  *y,
                       float                  *depth)
{
  const float *eye = self->eye;
  double at[3];
  double scale;

  for (int i = 0; i < 3; i++)
    at[i] = (double) eye[i] * place[0] + (double) eye[4 + i] * place[1] + (double) eye[8 + i] * place[2] + eye[12 + i];
  /* Also FALSE for a place that is none. */
  if (!(-at[2] >= self->near_depth))
    return FALSE;

  scale = self->perspective ? self->focal / -at[2] : self->focal;
  *x = self->width / 2 + at[0] * scale;
  *y = self->height / 2 - at[1] * scale;
  *depth = -at[2];
  return TRUE;
}

void
engram_projection_unmap (const EngramProjection *self,
                         float                   x,
                         float                   y,
                         float                   depth,
                         float                   place[3])
{
  const float *eye = self->eye;
  double scale = self->perspective ? self->focal / depth : self->focal;
  double at[3] = { (x - self->width / 2) / scale, (self->height / 2 - y) / scale, -depth };

  for (int i = 0; i < 3; i++)
    at[i] -= eye[12 + i];
  for (int i = 0; i < 3; i++)
    place[i] = eye[i * 4] * at[0] + eye[i * 4 + 1] * at[1] + eye[i * 4 + 2] * at[2];
}

float
engram_projection_scale (const EngramProjection *self,
                         float                   depth)
{
  return self->perspective ? self->focal / depth : self->focal;
}

float
engram_projection_relative_scale (const EngramProjection *self,
                                  float                   depth)
{
  return self->perspective ? self->target_depth / depth : 1;
}
