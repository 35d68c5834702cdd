/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "common/engram-text-format.h"
#include "scene/engram-scene-labels.h"

#define WIDTH 600.0f
#define HEIGHT 400.0f

typedef struct {
  EngramScene      *scene;
  EngramSceneStyle  style;
  EngramCamera      camera;
  guint32          *candidates;
  guint             n_measured;
} Picture;

/* All points are candidates, in their order. */
static Picture *
picture_new (const EngramScenePoint *points,
             guint32                 n_points,
             gboolean                flat)
{
  Picture *picture = g_new0 (Picture, 1);
  float low[3], high[3];

  picture->scene = engram_scene_new (g_memdup2 (points, n_points * sizeof *points), n_points, NULL, 0, TRUE, flat);
  engram_scene_style_init (&picture->style, flat, FALSE, FALSE);
  engram_camera_init (&picture->camera, flat);
  engram_scene_get_bounds (picture->scene, low, high);
  engram_camera_fit (&picture->camera, low, high, WIDTH, HEIGHT, 10);
  picture->candidates = g_new (guint32, n_points);
  for (guint32 i = 0; i < n_points; i++)
    picture->candidates[i] = i;
  return picture;
}

static void
picture_free (Picture *picture)
{
  engram_scene_unref (picture->scene);
  g_free (picture->candidates);
  g_free (picture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

/* A flat scene with points at pixels. */
static Picture *
flat_picture_new (const graphene_point_t *pixels,
                  guint32                 n_points)
{
  g_autofree EngramScenePoint *points = g_new0 (EngramScenePoint, n_points);
  Picture *picture;

  for (guint32 i = 0; i < n_points; i++)
    points[i] = (EngramScenePoint) { .x = pixels[i].x, .y = -pixels[i].y, .size = 1 };
  picture = picture_new (points, n_points, TRUE);
  engram_camera_fit (&picture->camera, (float[]) { 0, -HEIGHT, 0 }, (float[]) { WIDTH, 0, 0 }, WIDTH, HEIGHT, 0);
  return picture;
}

static Picture *
random_picture_new (guint32  seed,
                    guint32  n_points,
                    gboolean flat)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);
  g_autofree EngramScenePoint *points = g_new0 (EngramScenePoint, n_points);

  for (guint32 i = 0; i < n_points; i++)
    points[i] = (EngramScenePoint) {
      .x = g_rand_double_range (random, -1, 1),
      .y = g_rand_double_range (random, -1, 1),
      .z = flat ? 0 : g_rand_double_range (random, -1, 1),
      .size = g_rand_double_range (random, 0.5, 2),
    };
  return picture_new (points, n_points, flat);
}

static void
project (const Picture    *picture,
         EngramProjection *projection)
{
  float low[3], high[3];

  engram_scene_get_bounds (picture->scene, low, high);
  engram_camera_project (&picture->camera, low, high, WIDTH, HEIGHT, projection);
}

/* Every eleventh point has no text, or one without extent. */
static gboolean
measure_cb (guint32   point,
            float    *width,
            float    *height,
            gpointer  user_data)
{
  Picture *picture = user_data;

  picture->n_measured++;
  *width = 20 + point * 7 % 60;
  *height = 14;
  if (point % 22 == 21)
    *width = NAN;
  return point % 22 != 10;
}

static GArray *
place (Picture *picture,
       guint    limit)
{
  EngramProjection projection;

  project (picture, &projection);
  picture->n_measured = 0;
  return engram_scene_labels_place (picture->scene, &picture->style, &projection, picture->candidates,
                                    picture->scene->n_points, limit, measure_cb, picture);
}

static const EngramSceneLabel *
find_label (GArray  *labels,
            guint32  point)
{
  for (guint i = 0; i < labels->len; i++)
    if (g_array_index (labels, EngramSceneLabel, i).point == point)
      return &g_array_index (labels, EngramSceneLabel, i);
  return NULL;
}

static gboolean
intersect (const EngramSceneLabel *one,
           const EngramSceneLabel *other)
{
  return one->x < other->x + other->width && other->x < one->x + one->width && one->y < other->y + other->height
         && other->y < one->y + one->height;
}

/* Whole in the picture, none on another, each with its own size, beside its point. */
static void
assert_labels (Picture *picture,
               GArray  *labels)
{
  EngramProjection projection;

  project (picture, &projection);
  for (guint i = 0; i < labels->len; i++)
    {
      const EngramSceneLabel *label = &g_array_index (labels, EngramSceneLabel, i);
      const EngramScenePoint *point = &picture->scene->points[label->point];
      float x, y, depth, width, height;

      g_assert_cmpfloat (label->x, >=, 0);
      g_assert_cmpfloat (label->y, >=, 0);
      g_assert_cmpfloat (label->x + label->width, <=, WIDTH);
      g_assert_cmpfloat (label->y + label->height, <=, HEIGHT);
      g_assert_true (measure_cb (label->point, &width, &height, picture));
      g_assert_cmpfloat (label->width, ==, width);
      g_assert_cmpfloat (label->height, ==, height);
      g_assert_true (engram_projection_map (&projection, (float[]) { point->x, point->y, point->z }, &x, &y, &depth));
      g_assert_cmpfloat (fabsf (label->x + width / 2 - x), <=, width / 2 + 30);
      g_assert_cmpfloat (fabsf (label->y + height / 2 - y), <=, height / 2 + 30);
      for (guint j = 0; j < i; j++)
        g_assert_false (intersect (label, &g_array_index (labels, EngramSceneLabel, j)));
    }
}

static void
test_random (void)
{
  for (guint32 seed = 0; seed < 20; seed++)
    {
      g_autoptr(Picture) picture = random_picture_new (seed, seed % 2 == 0 ? 3000 : 200, seed % 3 == 0);
      g_autoptr(GArray) few = NULL, many = NULL, again = NULL;

      if (seed % 4 == 1)
        engram_camera_zoom (&picture->camera, 3, 100, 100, WIDTH, HEIGHT);
      few = place (picture, 12);
      assert_labels (picture, few);
      g_assert_cmpuint (few->len, ==, 12);
      many = place (picture, 1000);
      assert_labels (picture, many);
      g_assert_cmpuint (many->len, >, 12);
      /* More of them does not change those of more importance, and the same picture has the same. */
      g_assert_cmpmem (many->data, few->len * sizeof (EngramSceneLabel), few->data,
                       few->len * sizeof (EngramSceneLabel));
      again = place (picture, 1000);
      g_assert_cmpmem (many->data, many->len * sizeof (EngramSceneLabel), again->data,
                       again->len * sizeof (EngramSceneLabel));
    }
}

/* The first of all is in every picture that shows its point. */
static void
test_most_important (void)
{
  const graphene_point_t pixels[] = { { 300, 200 }, { 310, 200 }, { 290, 200 }, { 300, 210 } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 4);
  g_autoptr(GArray) labels = NULL;

  picture->candidates[0] = 2;
  picture->candidates[2] = 0;
  labels = place (picture, 1);
  g_assert_cmpuint (labels->len, ==, 1);
  g_assert_cmpuint (g_array_index (labels, EngramSceneLabel, 0).point, ==, 2);
}

/* To the right, where there is room; else to the left, above, below. */
static void
test_sides (void)
{
  const graphene_point_t pixels[] = {
    { 300, 200 }, { 590, 100 }, { 300, 202 }, { 300, 198 }, { 300, 205 }, { 300, 199 },
  };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 6);
  g_autoptr(GArray) labels = place (picture, 10);
  const EngramSceneLabel *label;

  assert_labels (picture, labels);
  g_assert_cmpuint (labels->len, ==, 5);
  label = find_label (labels, 0);
  g_assert_cmpfloat (label->x, >, 300);
  g_assert_cmpfloat_with_epsilon (label->y + 7, 200, 0.1);
  label = find_label (labels, 1);
  g_assert_cmpfloat (label->x + label->width, <, 590);
  label = find_label (labels, 2);
  g_assert_cmpfloat (label->x + label->width, <, 300);
  label = find_label (labels, 3);
  g_assert_cmpfloat (label->y + label->height, <, 198);
  label = find_label (labels, 4);
  g_assert_cmpfloat (label->y, >, 205);
  g_assert_null (find_label (labels, 5));
}

/* Beside points rather than over them, where there is a side for it. */
static void
test_beside_others (void)
{
  const graphene_point_t pixels[] = { { 300, 200 }, { 320, 200 }, { 330, 200 }, { 280, 200 }, { 270, 200 } };
  g_autoptr (Picture) picture = flat_picture_new (pixels, G_N_ELEMENTS (pixels));
  g_autoptr (GArray) labels = place (picture, 1);
  const EngramSceneLabel *label = find_label (labels, 0);

  assert_labels (picture, labels);
  g_assert_cmpfloat (label->y + label->height, <, 200);
}

static void
test_left_out (void)
{
  const graphene_point_t pixels[] = {
    { -5, 100 }, { 300, NAN }, { 100, 300 }, { 200, 300 }, { 300, 300 }, { 601, 300 }, { INFINITY, 3 }, { 400, 300 },
  };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 8);
  g_autoptr(GArray) labels = NULL, none = NULL;

  engram_scene_set_flag (picture->scene, ENGRAM_POINT_HIDDEN, (guint32[]) { 2 }, 1);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_DIMMED, (guint32[]) { 3, 4 }, 2);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_SELECTED, (guint32[]) { 2, 4 }, 2);
  labels = place (picture, 10);
  assert_labels (picture, labels);
  g_assert_cmpuint (labels->len, ==, 2);
  g_assert_nonnull (find_label (labels, 4));
  g_assert_nonnull (find_label (labels, 7));
  none = place (picture, 0);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_highlights_first (void)
{
  g_autoptr(Picture) picture = random_picture_new (3, 2000, TRUE);
  g_autoptr(GArray) labels = NULL;

  engram_scene_set_flag (picture->scene, ENGRAM_POINT_SELECTED, (guint32[]) { 1500 }, 1);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_MARKED, (guint32[]) { 1400, 1402 }, 2);
  labels = place (picture, 4);
  g_assert_cmpuint (labels->len, ==, 4);
  g_assert_cmpuint (g_array_index (labels, EngramSceneLabel, 0).point, ==, 1400);
  g_assert_cmpuint (g_array_index (labels, EngramSceneLabel, 1).point, ==, 1402);
  g_assert_cmpuint (g_array_index (labels, EngramSceneLabel, 2).point, ==, 1500);
  g_assert_cmpuint (g_array_index (labels, EngramSceneLabel, 3).point, <, 20);
}

/* What stands behind another has no label, until it is looked at from the other side. */
static void
test_covered (void)
{
  const EngramScenePoint points[] = {
    { 0, 0, -1, 2 }, { 0, 0, 1, 2 }, { 1, 1, 0, 1 }, { -1, -1, 0, 1 }, { 0.5, 0, -1, 2 },
  };
  g_autoptr(Picture) picture = picture_new (points, G_N_ELEMENTS (points), FALSE);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GArray) labels = NULL;

      picture->camera.projection = i % 2 == 0 ? ENGRAM_CAMERA_PERSPECTIVE : ENGRAM_CAMERA_PARALLEL;
      engram_camera_look_along (&picture->camera, ENGRAM_AXIS_Z, i >= 2);
      labels = place (picture, 10);
      assert_labels (picture, labels);
      g_assert_cmpuint (labels->len, ==, 4);
      g_assert_null (find_label (labels, i >= 2 ? 1 : 0));
    }
}

/* What looks out from behind another is seen, and named. */
static void
test_partly_covered (void)
{
  const EngramScenePoint points[] = { { 0.05f, 0, -1, 3 }, { 0, 0, 1, 2 }, { 1, 1, 0, 1 }, { -1, -1, 0, 1 } };
  g_autoptr (Picture) picture = picture_new (points, G_N_ELEMENTS (points), FALSE);
  g_autoptr (GArray) labels = NULL;

  picture->style.point_size = 15;
  picture->camera.projection = ENGRAM_CAMERA_PARALLEL;
  labels = place (picture, 10);
  g_assert_nonnull (find_label (labels, 0));
}

/* Of many the most important are named wherever they are; not those after them. */
static void
test_leading (void)
{
  g_autofree EngramScenePoint *points = g_new0 (EngramScenePoint, 60);
  g_autoptr (Picture) picture = NULL;
  g_autoptr (GArray) labels = NULL;

  for (guint i = 0; i < 60; i++)
    points[i] = (EngramScenePoint) { .x = (float) (i % 8), .y = (float) (i / 8), .size = 1 };
  for (guint i = 2; i < 4; i++)
    {
      points[i].z = -1;
      points[i + 50] = points[i];
      points[i + 50].z = 1;
      points[i + 50].size = 3;
    }
  picture = picture_new (points, 60, FALSE);
  picture->camera.projection = ENGRAM_CAMERA_PARALLEL;
  labels = place (picture, 60);
  assert_labels (picture, labels);
  g_assert_nonnull (find_label (labels, 2));
  g_assert_null (find_label (labels, 3));
}

/* Dragging the picture by a few pixels takes the texts along. */
static void
test_stable (void)
{
  g_autoptr(Picture) picture = random_picture_new (8, 400, TRUE);
  g_autoptr(GArray) before = NULL, after = NULL;
  guint n_kept = 0;

  before = place (picture, 30);
  engram_camera_pan (&picture->camera, 2, 1, WIDTH, HEIGHT);
  after = place (picture, 30);
  for (guint i = 0; i < before->len; i++)
    {
      const EngramSceneLabel *label = &g_array_index (before, EngramSceneLabel, i);
      const EngramSceneLabel *moved = find_label (after, label->point);

      n_kept += moved != NULL && fabsf (moved->x - label->x - 2) < 0.1f && fabsf (moved->y - label->y - 1) < 0.1f;
    }
  g_assert_cmpuint (n_kept, >=, before->len - 2);
}

/* All in one place: no more is measured than can be afforded. */
static void
test_dense (void)
{
  g_autoptr(Picture) picture = random_picture_new (9, 50000, TRUE);
  g_autoptr(GArray) labels = place (picture, 500);

  g_assert_cmpuint (picture->n_measured, <, 20 * 500);
  assert_labels (picture, labels);
  g_assert_cmpuint (labels->len, >, 50);
}

/* What stands for a text in a picture: the name with which it begins. */
static void
test_texts (void)
{
  static const struct { const char *text, *label; } texts[] = {
    { "AVAL: interneuron, head", "AVAL" },
    { "hippocampus (part of the brain)", "hippocampus" },
    { "read (path: str) -> str", "read" },
    { "read(path: str)", "read(path: str)" },
    { "An axon carries spikes away from the cell", "An axon carries spikes a…" },
    { "One\ntwo", "One two" },
    { ": odd", ": odd" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *label = engram_format_label (texts[i].text, 24);

      g_assert_cmpstr (label, ==, texts[i].label);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene-labels/random", test_random);
  g_test_add_func ("/scene-labels/most-important", test_most_important);
  g_test_add_func ("/scene-labels/sides", test_sides);
  g_test_add_func ("/scene-labels/beside-others", test_beside_others);
  g_test_add_func ("/scene-labels/partly-covered", test_partly_covered);
  g_test_add_func ("/scene-labels/leading", test_leading);
  g_test_add_func ("/scene-labels/left-out", test_left_out);
  g_test_add_func ("/scene-labels/highlights-first", test_highlights_first);
  g_test_add_func ("/scene-labels/covered", test_covered);
  g_test_add_func ("/scene-labels/stable", test_stable);
  g_test_add_func ("/scene-labels/dense", test_dense);
  g_test_add_func ("/scene-labels/texts", test_texts);
  return g_test_run ();
}
