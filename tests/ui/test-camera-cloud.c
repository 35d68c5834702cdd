/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "scene/engram-camera-cloud.h"

#define N_POINTS 500
#define WIDTH 1280.0f
#define HEIGHT 800.0f

/* Points in a box of these half sides, turned about z by an angle, away from the origin. */
static EngramScene *
make_cloud (const double sides[3],
            double       angle)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  EngramScenePoint *points = g_new0 (EngramScenePoint, N_POINTS);

  for (guint i = 0; i < N_POINTS; i++)
    {
      double place[3];

      for (int axis = 0; axis < 3; axis++)
        place[axis] = g_rand_double_range (random, -sides[axis], sides[axis]);
      points[i] = (EngramScenePoint) {
        .x = (float) (cos (angle) * place[0] - sin (angle) * place[1] + 50),
        .y = (float) (sin (angle) * place[0] + cos (angle) * place[1] - 20),
        .z = (float) (place[2] + 7),
        .size = 1,
      };
    }
  /* What has no place, or is hidden, plays no part. */
  points[3].x = NAN;
  points[4] = (EngramScenePoint) { .x = 9000, .size = 1, .flags = ENGRAM_POINT_HIDDEN };
  return engram_scene_new (points, N_POINTS, NULL, 0, TRUE, FALSE);
}

/* The box around all points as they are seen. */
static void
measure (EngramScene        *scene,
         const EngramCamera *camera,
         float               width,
         float               height,
         float               box[4])
{
  float low[3], high[3];
  EngramProjection projection;

  engram_scene_get_bounds (scene, low, high);
  engram_camera_project (camera, low, high, width, height, &projection);
  box[0] = box[1] = INFINITY;
  box[2] = box[3] = -INFINITY;
  for (guint i = 0; i < scene->n_points; i++)
    {
      const EngramScenePoint *point = &scene->points[i];
      const float place[3] = { point->x, point->y, point->z };
      float x, y, depth;

      if ((point->flags & ENGRAM_POINT_HIDDEN) != 0 || !engram_projection_map (&projection, place, &x, &y, &depth))
        continue;
      box[0] = MIN (box[0], x);
      box[1] = MIN (box[1], y);
      box[2] = MAX (box[2], x);
      box[3] = MAX (box[3], y);
    }
}

/* Whatever way a long cloud lies, its longest side is along the picture's, its second longest across. */
static void
test_faces_the_longest (void)
{
  static const double sides[][3] = { { 100, 20, 4 }, { 4, 100, 20 }, { 20, 4, 100 }, { 100, 4, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (int turned = 0; turned < 6; turned++)
      for (int upright = 0; upright < 2; upright++)
        {
          g_autoptr (EngramScene) scene = make_cloud (sides[i], turned * 0.5);
          float width = upright ? HEIGHT : WIDTH, height = upright ? WIDTH : HEIGHT;
          float low[3], high[3], box[4], along, across;
          EngramCamera camera;

          engram_camera_init (&camera, FALSE);
          camera.projection = ENGRAM_CAMERA_PARALLEL;
          g_assert_true (engram_camera_face_points (&camera, scene, width, height));
          engram_scene_get_bounds (scene, low, high);
          engram_camera_fit_points (&camera, scene, low, high, width, height, 30);
          measure (scene, &camera, width, height, box);
          along = upright ? box[3] - box[1] : box[2] - box[0];
          across = upright ? box[2] - box[0] : box[3] - box[1];
          g_assert_cmpfloat (along, >, (MAX (width, height) - 60) / 1.5);
          /* Up to some degrees it is straightened. */
          g_assert_cmpfloat (across, >, 0.15 * along);
          g_assert_cmpfloat (across, <, 0.45 * along);
          g_assert_cmpfloat (graphene_point3d_distance (&camera.target, &GRAPHENE_POINT3D_INIT (50, -20, 7), NULL), <, 5);
        }
}

/* Nothing is mirrored: a rotation keeps the hand. */
static void
test_straight_along_axes (void)
{
  const double sides[] = { 4, 100, 20 };
  g_autoptr (EngramScene) scene = make_cloud (sides, 0.05);
  EngramCamera camera;
  EngramProjection projection;

  engram_camera_init (&camera, FALSE);
  g_assert_true (engram_camera_face_points (&camera, scene, WIDTH, HEIGHT));
  engram_camera_project (&camera, (float[]) { 0, 0, 0 }, (float[]) { 1, 1, 1 }, WIDTH, HEIGHT, &projection);
  /* y to the right, z up, x to who looks. */
  for (int row = 0; row < 3; row++)
    for (int column = 0; column < 3; column++)
      g_assert_cmpfloat_with_epsilon (projection.eye[4 * column + row], column == (row + 1) % 3, 1e-6);
}

/* A thread across its box: all points are in the picture, and reach its margin. */
static void
test_fits_points (void)
{
  const double sides[] = { 100, 3, 1 };
  g_autoptr (EngramScene) scene = make_cloud (sides, G_PI / 4);
  float low[3], high[3], box[4];
  EngramCamera camera;

  engram_camera_init (&camera, FALSE);
  engram_camera_orbit (&camera, 0, 250, 1000, 1000);
  engram_scene_get_bounds (scene, low, high);
  engram_camera_face_points (&camera, scene, HEIGHT, HEIGHT);
  engram_camera_fit_points (&camera, scene, low, high, WIDTH, HEIGHT, 30);
  measure (scene, &camera, WIDTH, HEIGHT, box);
  g_assert_cmpfloat (box[0], >=, 29.9);
  g_assert_cmpfloat (box[1], >=, 29.9);
  g_assert_cmpfloat (box[2], <=, WIDTH - 29.9);
  g_assert_cmpfloat (box[3], <=, HEIGHT - 29.9);
  g_assert_cmpfloat (box[2] - box[0], >, 0.95 * (WIDTH - 60));
}

/* A ball fills its box, which is seen whole. */
static void
test_fits_box (void)
{
  const double sides[] = { 50, 50, 50 };
  g_autoptr (EngramScene) scene = make_cloud (sides, 0.3);
  float low[3], high[3];
  EngramCamera camera;
  EngramProjection projection;

  engram_camera_init (&camera, FALSE);
  /* From no side it looks better. */
  g_assert_false (engram_camera_face_points (&camera, scene, WIDTH, HEIGHT));
  engram_camera_orbit (&camera, -110, 70, 1000, 1000);
  engram_scene_get_bounds (scene, low, high);
  engram_camera_fit_points (&camera, scene, low, high, WIDTH, HEIGHT, 30);
  engram_camera_project (&camera, low, high, WIDTH, HEIGHT, &projection);
  for (guint corner = 0; corner < 8; corner++)
    {
      float place[3], x, y, depth;

      for (int axis = 0; axis < 3; axis++)
        place[axis] = corner >> axis & 1 ? high[axis] : low[axis];
      g_assert_true (engram_projection_map (&projection, place, &x, &y, &depth));
      g_assert_true (x >= 29.9 && y >= 29.9 && x <= WIDTH - 29.9 && y <= HEIGHT - 29.9);
    }
}

static EngramScene *
make_few (guint n_points)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, MAX (n_points, 1));

  for (guint i = 0; i < n_points; i++)
    points[i] = (EngramScenePoint) { .x = (float) i, .size = 1 };
  return engram_scene_new (points, n_points, NULL, 0, TRUE, FALSE);
}

/* None, one, two, and all at one place: no camera is broken. */
static void
test_few (void)
{
  for (guint n = 0; n < 4; n++)
    {
      g_autoptr (EngramScene) scene = make_few (n);
      float low[3] = { 0 }, high[3] = { 0 };
      EngramCamera camera;

      engram_camera_init (&camera, FALSE);
      g_assert_cmpint (engram_camera_face_points (&camera, scene, WIDTH, HEIGHT), ==, n >= 2);
      engram_scene_get_bounds (scene, low, high);
      engram_camera_fit_points (&camera, scene, low, high, WIDTH, HEIGHT, 30);
      g_assert_true (isfinite (camera.distance) && camera.distance > 0);
      g_assert_cmpfloat_with_epsilon (camera.target.x, n > 0 ? (n - 1) / 2.0 : 0, 1e-6);
      g_assert_cmpint (engram_camera_choose_radius (scene, WIDTH, HEIGHT) > 0, ==, n > 0);
    }
}

/* Points are smaller where they crowd. */
static void
test_radius (void)
{
  const double ball[] = { 50, 50, 50 }, thread[] = { 100, 1, 1 };
  g_autoptr (EngramScene) wide = make_cloud (ball, 0), narrow = make_cloud (thread, 0);

  g_assert_cmpfloat (engram_camera_choose_radius (narrow, WIDTH, HEIGHT), <,
                     engram_camera_choose_radius (wide, WIDTH, HEIGHT) / 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera-cloud/faces", test_faces_the_longest);
  g_test_add_func ("/camera-cloud/straight", test_straight_along_axes);
  g_test_add_func ("/camera-cloud/fits-points", test_fits_points);
  g_test_add_func ("/camera-cloud/fits-box", test_fits_box);
  g_test_add_func ("/camera-cloud/few", test_few);
  g_test_add_func ("/camera-cloud/radius", test_radius);
  return g_test_run ();
}
