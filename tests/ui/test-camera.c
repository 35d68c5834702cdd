/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "scene/engram-camera.h"

#define WIDTH 1000.0f
#define HEIGHT 700.0f

static const float LOW[3] = { -1, -2, -3 };
static const float HIGH[3] = { 4, 2, 1 };

/* Any camera that looks at about the box, from any side. */
static void
make_camera (EngramCamera *camera,
             GRand        *random,
             guint         kind)
{
  engram_camera_init (camera, kind == 2);
  if (kind == 1)
    camera->projection = ENGRAM_CAMERA_PARALLEL;
  engram_camera_orbit (camera, g_rand_double_range (random, -900, 900), g_rand_double_range (random, -900, 900), WIDTH,
                       HEIGHT);
  engram_camera_roll (camera, g_rand_double_range (random, -180, 180));
  engram_camera_fit (camera, LOW, HIGH, WIDTH, HEIGHT, 20);
  engram_camera_zoom (camera, g_rand_double_range (random, 0.5, 2), 300, 200, WIDTH, HEIGHT);
}

static void
project (const EngramCamera *camera,
         EngramProjection   *projection)
{
  engram_camera_project (camera, LOW, HIGH, WIDTH, HEIGHT, projection);
}

static void
get_place (const EngramCamera *camera,
           GRand              *random,
           float               place[3])
{
  for (int i = 0; i < 3; i++)
    place[i] = g_rand_double_range (random, LOW[i], HIGH[i]);
  if (camera->flat)
    place[2] = 0;
}

/* The place at a pixel as deep as the target. */
static void
get_place_under (const EngramCamera *camera,
                 float               x,
                 float               y,
                 float               place[3])
{
  const float target[3] = { camera->target.x, camera->target.y, camera->target.z };
  EngramProjection projection;
  float across, down, depth;

  project (camera, &projection);
  g_assert_true (engram_projection_map (&projection, target, &across, &down, &depth));
  g_assert_cmpfloat_with_epsilon (depth, projection.target_depth, 1e-4 * depth);
  engram_projection_unmap (&projection, x, y, depth, place);
}

static void
assert_at (const EngramCamera *camera,
           const float         place[3],
           float               x,
           float               y)
{
  EngramProjection projection;
  float across, down, depth;

  project (camera, &projection);
  g_assert_true (engram_projection_map (&projection, place, &across, &down, &depth));
  g_assert_cmpfloat_with_epsilon (across, x, 0.02);
  g_assert_cmpfloat_with_epsilon (down, y, 0.02);
}

/* What OpenGL makes of a column-major matrix. */
static void
multiply (const float matrix[16],
          const float place[3],
          double      result[4])
{
  for (int row = 0; row < 4; row++)
    {
      result[row] = matrix[12 + row];
      for (int i = 0; i < 3; i++)
        result[row] += (double) matrix[i * 4 + row] * place[i];
    }
}

static void
test_matrix (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < 600; i++)
    {
      EngramCamera camera;
      EngramProjection projection;
      float place[3], x, y, depth;
      double clip[4], eye[4];

      make_camera (&camera, random, i % 3);
      get_place (&camera, random, place);
      project (&camera, &projection);
      if (!engram_projection_map (&projection, place, &x, &y, &depth))
        continue;

      multiply (projection.matrix, place, clip);
      multiply (projection.eye, place, eye);
      g_assert_cmpfloat_with_epsilon ((clip[0] / clip[3] + 1) / 2 * WIDTH, x, 0.02);
      g_assert_cmpfloat_with_epsilon ((1 - clip[1] / clip[3]) / 2 * HEIGHT, y, 0.02);
      g_assert_cmpfloat (fabs (clip[2] / clip[3]), <=, 1);
      g_assert_cmpfloat_with_epsilon (-eye[2], depth, 1e-4);
      g_assert_cmpfloat (depth, >=, projection.near_depth);
      g_assert_cmpfloat (depth, <=, projection.far_depth);
      g_assert_cmpfloat_with_epsilon (engram_projection_relative_scale (&projection, depth),
                                      engram_projection_scale (&projection, depth)
                                      / engram_projection_scale (&projection, projection.target_depth), 1e-4);
      /* A step to the right is as many pixels as the scale says. */
      for (int axis = 0; axis < 3; axis++)
        place[axis] += projection.eye[axis * 4] * 0.01f;
      {
        float beside, ignored;

        g_assert_true (engram_projection_map (&projection, place, &beside, &ignored, &depth));
        g_assert_cmpfloat_with_epsilon (beside - x, engram_projection_scale (&projection, depth) * 0.01, 0.02);
      }
    }
}

/* The depths of OpenGL: the near one is -1, the far one 1. */
static void
test_depth (void)
{
  for (guint kind = 0; kind < 2; kind++)
    {
      EngramCamera camera;
      EngramProjection projection;
      float place[3];
      double clip[4];

      engram_camera_init (&camera, FALSE);
      camera.projection = kind == 0 ? ENGRAM_CAMERA_PERSPECTIVE : ENGRAM_CAMERA_PARALLEL;
      engram_camera_fit (&camera, LOW, HIGH, WIDTH, HEIGHT, 0);
      project (&camera, &projection);
      g_assert_cmpfloat (projection.near_depth, >, 0);
      engram_projection_unmap (&projection, 10, 10, projection.near_depth, place);
      multiply (projection.matrix, place, clip);
      g_assert_cmpfloat_with_epsilon (clip[2] / clip[3], -1, 1e-3);
      engram_projection_unmap (&projection, 10, 10, projection.far_depth, place);
      multiply (projection.matrix, place, clip);
      g_assert_cmpfloat_with_epsilon (clip[2] / clip[3], 1, 1e-3);
    }
}

static void
test_unmap (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (2);

  for (guint i = 0; i < 600; i++)
    {
      EngramCamera camera;
      EngramProjection projection;
      float place[3], back[3], x, y, depth;

      make_camera (&camera, random, i % 3);
      get_place (&camera, random, place);
      project (&camera, &projection);
      if (!engram_projection_map (&projection, place, &x, &y, &depth))
        continue;
      engram_projection_unmap (&projection, x, y, depth, back);
      for (int axis = 0; axis < 3; axis++)
        g_assert_cmpfloat_with_epsilon (back[axis], place[axis], 1e-4);
    }
}

static void
test_behind (void)
{
  const float behind[3] = { 0, 0, 100 }, nowhere[3] = { NAN, 0, 0 };
  EngramCamera camera;
  EngramProjection projection;
  float x, y, depth;

  engram_camera_init (&camera, FALSE);
  engram_camera_fit (&camera, LOW, HIGH, WIDTH, HEIGHT, 0);
  project (&camera, &projection);
  g_assert_false (engram_projection_map (&projection, behind, &x, &y, &depth));
  g_assert_false (engram_projection_map (&projection, nowhere, &x, &y, &depth));
  /* From within the box, parallel, all of it stays before the eye. */
  camera.projection = ENGRAM_CAMERA_PARALLEL;
  camera.distance = 0.1;
  project (&camera, &projection);
  g_assert_true (engram_projection_map (&projection, HIGH, &x, &y, &depth));
  g_assert_true (engram_projection_map (&projection, LOW, &x, &y, &depth));
}

static void
test_pan (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 300; i++)
    {
      EngramCamera camera;
      float place[3];

      make_camera (&camera, random, i % 3);
      get_place_under (&camera, 300, 600, place);
      engram_camera_pan (&camera, 123, -45, WIDTH, HEIGHT);
      assert_at (&camera, place, 423, 555);
    }
}

static void
test_zoom (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (4);

  for (guint i = 0; i < 300; i++)
    {
      EngramCamera camera;
      float place[3];
      float before;

      make_camera (&camera, random, i % 3);
      before = camera.distance;
      get_place_under (&camera, 810, 90, place);
      engram_camera_zoom (&camera, 1.7, 810, 90, WIDTH, HEIGHT);
      g_assert_cmpfloat_with_epsilon (camera.distance, before / 1.7, 1e-4 * before);
      assert_at (&camera, place, 810, 90);
      engram_camera_zoom (&camera, 0.2, 810, 90, WIDTH, HEIGHT);
      assert_at (&camera, place, 810, 90);
    }
}

/* Without an end in both directions, and undisturbed by factors that are none. */
static void
test_zoom_limits (void)
{
  EngramCamera camera;
  EngramProjection projection;
  float x, y, depth;
  float target[3];

  engram_camera_init (&camera, FALSE);
  engram_camera_fit (&camera, LOW, HIGH, WIDTH, HEIGHT, 20);
  for (guint i = 0; i < 1000; i++)
    engram_camera_zoom (&camera, 10, 400, 300, WIDTH, HEIGHT);
  g_assert_cmpfloat (camera.distance, >, 0);
  project (&camera, &projection);
  target[0] = camera.target.x;
  target[1] = camera.target.y;
  target[2] = camera.target.z;
  g_assert_true (engram_projection_map (&projection, target, &x, &y, &depth));
  g_assert_cmpfloat_with_epsilon (x, WIDTH / 2, 10);
  engram_camera_zoom (&camera, 0, 400, 300, WIDTH, HEIGHT);
  engram_camera_zoom (&camera, NAN, 400, 300, WIDTH, HEIGHT);
  engram_camera_zoom (&camera, -1, 400, 300, WIDTH, HEIGHT);
  g_assert_cmpfloat (camera.distance, >, 0);
  for (guint i = 0; i < 1000; i++)
    engram_camera_zoom (&camera, 0.1, 500, 350, WIDTH, HEIGHT);
  g_assert_true (isfinite (camera.distance));
  project (&camera, &projection);
  for (guint i = 0; i < 16; i++)
    g_assert_true (isfinite (projection.matrix[i]));
}

/* How far the corners reach towards the sides of the picture: 0 exactly at the margin, negative inside. */
static float
get_overhang (const EngramCamera *camera,
              const float         low[3],
              const float         high[3],
              float               margin)
{
  EngramProjection projection;
  float overhang = -INFINITY;

  engram_camera_project (camera, low, high, WIDTH, HEIGHT, &projection);
  for (guint corner = 0; corner < 8; corner++)
    {
      const float place[3] = { corner & 1 ? high[0] : low[0], corner & 2 ? high[1] : low[1],
                               corner & 4 ? high[2] : low[2] };
      float x, y, depth;

      g_assert_true (engram_projection_map (&projection, place, &x, &y, &depth));
      overhang = MAX (overhang, MAX (margin - x, x - (WIDTH - margin)));
      overhang = MAX (overhang, MAX (margin - y, y - (HEIGHT - margin)));
    }
  return overhang;
}

static void
test_fit (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 300; i++)
    {
      EngramCamera camera;
      float low[3] = { LOW[0], LOW[1], i % 3 == 2 ? 0 : LOW[2] };
      float high[3] = { HIGH[0], HIGH[1], i % 3 == 2 ? 0 : HIGH[2] };

      make_camera (&camera, random, i % 3);
      engram_camera_fit (&camera, low, high, WIDTH, HEIGHT, 40);
      g_assert_cmpfloat_with_epsilon (get_overhang (&camera, low, high, 40), 0, 0.1);
    }
}

/* However large, small or far from the origin a scene is. */
static void
test_sizes (void)
{
  static const float sizes[] = { 1e-9, 1e-3, 1e6, 1e9, 1e20 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint kind = 0; kind < 3; kind++)
      {
        const float size = sizes[i];
        const float low[3] = { 3 * size, -size, kind == 2 ? 0 : -size }, high[3] = { 4 * size, size, 0 };
        EngramCamera camera;
        EngramProjection projection;
        double clip[4];

        engram_camera_init (&camera, kind == 2);
        if (kind == 1)
          camera.projection = ENGRAM_CAMERA_PARALLEL;
        engram_camera_orbit (&camera, 100, 40, WIDTH, HEIGHT);
        engram_camera_fit (&camera, low, high, WIDTH, HEIGHT, 30);
        g_assert_cmpfloat_with_epsilon (get_overhang (&camera, low, high, 30), 0, 0.1);
        engram_camera_project (&camera, low, high, WIDTH, HEIGHT, &projection);
        multiply (projection.matrix, low, clip);
        for (guint j = 0; j < 3; j++)
          g_assert_cmpfloat (fabs (clip[j] / clip[3]), <=, 1);
      }
}

static void
assert_usable (const float low[3],
               const float high[3],
               const float place[3])
{
  for (guint kind = 0; kind < 3; kind++)
    {
      EngramCamera camera;
      EngramProjection projection;
      float x, y, depth;

      engram_camera_init (&camera, kind == 2);
      if (kind == 1)
        camera.projection = ENGRAM_CAMERA_PARALLEL;
      engram_camera_fit (&camera, low, high, WIDTH, HEIGHT, 30);
      g_assert_cmpfloat (camera.distance, >, 0);
      engram_camera_project (&camera, low, high, WIDTH, HEIGHT, &projection);
      for (guint i = 0; i < 16; i++)
        g_assert_true (isfinite (projection.matrix[i]));
      g_assert_cmpfloat (projection.near_depth, <, projection.far_depth);
      g_assert_true (engram_projection_map (&projection, place, &x, &y, &depth));
      g_assert_cmpfloat (x, >=, 0);
      g_assert_cmpfloat (x, <=, WIDTH);
      g_assert_cmpfloat (y, >=, 0);
      g_assert_cmpfloat (y, <=, HEIGHT);
    }
}

static void
test_degenerate (void)
{
  static const float origin[3] = { 0, 0, 0 }, point[3] = { 5, -7, 0 }, far[3] = { 1e9, 1e9, 0 }, end[3] = { 5, 9, 0 };
  static const float most[3] = { INFINITY, INFINITY, INFINITY }, least[3] = { -INFINITY, -INFINITY, -INFINITY };
  static const float broken[3] = { NAN, NAN, NAN };
  EngramCamera camera;
  EngramProjection projection;

  assert_usable (point, point, point);
  assert_usable (far, far, far);
  assert_usable (point, end, end);
  assert_usable (origin, origin, origin);
  assert_usable (most, least, origin);
  assert_usable (broken, broken, origin);
  /* One point is looked at from as far as before. */
  engram_camera_init (&camera, FALSE);
  engram_camera_fit (&camera, LOW, HIGH, WIDTH, HEIGHT, 0);
  engram_camera_zoom (&camera, 3, 500, 350, WIDTH, HEIGHT);
  {
    float distance = camera.distance;

    engram_camera_fit (&camera, point, point, WIDTH, HEIGHT, 0);
    g_assert_cmpfloat (camera.distance, ==, distance);
  }
  /* A picture without extent, and a margin greater than it. */
  engram_camera_fit (&camera, LOW, HIGH, 0, 0, 100);
  engram_camera_project (&camera, LOW, HIGH, 0, 0, &projection);
  for (guint i = 0; i < 16; i++)
    g_assert_true (isfinite (projection.matrix[i]));
}

static float
get_turn_between (const EngramCamera *one,
                  const EngramCamera *other)
{
  return fabsf (graphene_quaternion_dot (&one->rotation, &other->rotation));
}

/* Small steps always turn by the same small angle, also over the poles, and a full turn comes back. */
static void
test_orbit (void)
{
  static const float ways[][2] = { { 1, 0 }, { 0, 1 }, { 3, -4 }, { -1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      EngramCamera camera, start, before;
      float length = hypotf (ways[i][0], ways[i][1]);
      float step = 2 * HEIGHT / 200 / length;

      engram_camera_init (&camera, FALSE);
      engram_camera_roll (&camera, 30);
      start = camera;
      for (guint j = 0; j < 200; j++)
        {
          before = camera;
          engram_camera_orbit (&camera, ways[i][0] * step, ways[i][1] * step, WIDTH, HEIGHT);
          g_assert_cmpfloat_with_epsilon (get_turn_between (&before, &camera), cosf (G_PI / 200), 1e-5);
        }
      g_assert_cmpfloat_with_epsilon (get_turn_between (&start, &camera), 1, 1e-5);
      engram_camera_orbit (&camera, ways[i][0] * step * 200, ways[i][1] * step * 200, WIDTH, HEIGHT);
      g_assert_cmpfloat_with_epsilon (get_turn_between (&start, &camera), 1, 1e-5);
    }
}

/* What is in front goes where the pointer goes. */
static void
test_orbit_direction (void)
{
  const float front[3] = { 0, 0, 0.2f };
  const float low[3] = { -1, -1, -1 }, high[3] = { 1, 1, 1 };
  EngramCamera camera;
  EngramProjection projection;
  float x, y, depth;

  engram_camera_init (&camera, FALSE);
  engram_camera_orbit (&camera, 20, 0, WIDTH, HEIGHT);
  engram_camera_project (&camera, low, high, WIDTH, HEIGHT, &projection);
  g_assert_true (engram_projection_map (&projection, front, &x, &y, &depth));
  g_assert_cmpfloat (x, >, WIDTH / 2 + 5);
  g_assert_cmpfloat_with_epsilon (y, HEIGHT / 2, 0.01);
  engram_camera_init (&camera, FALSE);
  engram_camera_orbit (&camera, 0, 20, WIDTH, HEIGHT);
  engram_camera_project (&camera, low, high, WIDTH, HEIGHT, &projection);
  g_assert_true (engram_projection_map (&projection, front, &x, &y, &depth));
  g_assert_cmpfloat (y, >, HEIGHT / 2 + 5);
  /* Clockwise: what is right goes down. */
  engram_camera_init (&camera, FALSE);
  engram_camera_roll (&camera, 90);
  engram_camera_project (&camera, low, high, WIDTH, HEIGHT, &projection);
  g_assert_true (engram_projection_map (&projection, ((float[]) { 0.1f, 0, 0 }), &x, &y, &depth));
  g_assert_cmpfloat_with_epsilon (x, WIDTH / 2, 0.01);
  g_assert_cmpfloat (y, >, HEIGHT / 2 + 5);
}

/* From either end of an axis its tip is in front, and the axes named point to the right and up. */
static void
test_look_along (void)
{
  static const struct { EngramAxis axis; gboolean negative; int right, up; } cases[] = {
    { ENGRAM_AXIS_X, FALSE, 1, 2 }, { ENGRAM_AXIS_Y, FALSE, 2, 0 }, { ENGRAM_AXIS_Z, FALSE, 0, 1 },
    { ENGRAM_AXIS_X, TRUE, 2, 1 }, { ENGRAM_AXIS_Y, TRUE, 0, 2 }, { ENGRAM_AXIS_Z, TRUE, 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EngramCamera camera;
      EngramProjection projection;

      engram_camera_init (&camera, FALSE);
      engram_camera_orbit (&camera, 77, 33, WIDTH, HEIGHT);
      engram_camera_look_along (&camera, cases[i].axis, cases[i].negative);
      project (&camera, &projection);
      for (int axis = 0; axis < 3; axis++)
        {
          float front = axis != (int) cases[i].axis ? 0 : cases[i].negative ? -1 : 1;

          g_assert_cmpfloat_with_epsilon (projection.eye[axis * 4], axis == cases[i].right ? 1 : 0, 1e-6);
          g_assert_cmpfloat_with_epsilon (projection.eye[axis * 4 + 1], axis == cases[i].up ? 1 : 0, 1e-6);
          g_assert_cmpfloat_with_epsilon (projection.eye[axis * 4 + 2], front, 1e-6);
        }
    }
}

static void
test_flat (void)
{
  EngramCamera camera;
  EngramProjection projection;

  engram_camera_init (&camera, TRUE);
  engram_camera_orbit (&camera, 77, 33, WIDTH, HEIGHT);
  engram_camera_roll (&camera, 20);
  engram_camera_look_along (&camera, ENGRAM_AXIS_X, TRUE);
  engram_camera_pan (&camera, 10, 10, WIDTH, HEIGHT);
  engram_camera_fit (&camera, LOW, HIGH, WIDTH, HEIGHT, 0);
  g_assert_cmpfloat (camera.target.z, ==, 0);
  project (&camera, &projection);
  g_assert_false (projection.perspective);
  g_assert_cmpfloat_with_epsilon (projection.eye[0], 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (projection.eye[5], 1, 1e-6);
}

/* Steps of the way are small and even, the ends exact, and the turn no longer than between them. */
static void
test_mix (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (6);

  for (guint i = 0; i < 200; i++)
    {
      EngramCamera from, to, before, now;
      float shortest, turned = 0;

      make_camera (&from, random, i % 2);
      make_camera (&to, random, i % 2);
      if (i % 4 == 0)
        to.distance = from.distance;
      shortest = 2 * acosf (MIN (get_turn_between (&from, &to), 1));
      engram_camera_mix (&from, &to, 0, &before);
      g_assert_cmpmem (&before, sizeof before, &from, sizeof from);
      for (guint step = 1; step <= 100; step++)
        {
          engram_camera_mix (&from, &to, step / 100.0f, &now);
          g_assert_cmpfloat_with_epsilon (logf (now.distance / before.distance),
                                          logf (to.distance / from.distance) / 100, 1e-4);
          g_assert_cmpfloat (graphene_point3d_distance (&now.target, &before.target, NULL), <,
                             graphene_point3d_distance (&from.target, &to.target, NULL) * 0.08f + 1e-5f);
          turned += 2 * acosf (MIN (get_turn_between (&before, &now), 1));
          before = now;
        }
      g_assert_cmpmem (&now, sizeof now, &to, sizeof to);
      g_assert_cmpfloat_with_epsilon (turned, shortest, 0.1);
      engram_camera_mix (&from, &to, 2, &now);
      g_assert_cmpmem (&now, sizeof now, &to, sizeof to);
      /* The result may be either of them. */
      engram_camera_mix (&from, &to, 0.5, &now);
      engram_camera_mix (&from, &to, 0.5, &from);
      g_assert_cmpmem (&now, sizeof now, &from, sizeof from);
    }
}

/* On the way of a zoom what was at the pointer does not move. */
static void
test_mix_zoom (void)
{
  EngramCamera from, to;
  float place[3];

  engram_camera_init (&from, FALSE);
  engram_camera_fit (&from, LOW, HIGH, WIDTH, HEIGHT, 0);
  to = from;
  get_place_under (&from, 150, 600, place);
  engram_camera_zoom (&to, 6, 150, 600, WIDTH, HEIGHT);
  for (float mix = 0; mix <= 1; mix += 0.125f)
    {
      EngramCamera now;

      engram_camera_mix (&from, &to, mix, &now);
      assert_at (&now, place, 150, 600);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/matrix", test_matrix);
  g_test_add_func ("/camera/depth", test_depth);
  g_test_add_func ("/camera/unmap", test_unmap);
  g_test_add_func ("/camera/behind", test_behind);
  g_test_add_func ("/camera/pan", test_pan);
  g_test_add_func ("/camera/zoom", test_zoom);
  g_test_add_func ("/camera/zoom-limits", test_zoom_limits);
  g_test_add_func ("/camera/fit", test_fit);
  g_test_add_func ("/camera/sizes", test_sizes);
  g_test_add_func ("/camera/degenerate", test_degenerate);
  g_test_add_func ("/camera/orbit", test_orbit);
  g_test_add_func ("/camera/orbit-direction", test_orbit_direction);
  g_test_add_func ("/camera/look-along", test_look_along);
  g_test_add_func ("/camera/flat", test_flat);
  g_test_add_func ("/camera/mix", test_mix);
  g_test_add_func ("/camera/mix-zoom", test_mix_zoom);
  return g_test_run ();
}
