/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "scene/engram-scene-picker.h"

#define WIDTH 600.0f
#define HEIGHT 400.0f
/* Pixels within which single precision may see it otherwise. */
#define NEAR 0.02

typedef struct {
  EngramScene       *scene;
  EngramSceneStyle   style;
  EngramCamera       camera;
  EngramProjection   projection;
  EngramScenePicker *picker;
} Picture;

/* Looks with @camera, after the scene or the camera has changed. */
static void
look (Picture *picture)
{
  float low[3], high[3];

  engram_scene_get_bounds (picture->scene, low, high);
  engram_camera_project (&picture->camera, low, high, WIDTH, HEIGHT, &picture->projection);
  engram_scene_picker_set_style (picture->picker, &picture->style);
  engram_scene_picker_set_camera (picture->picker, &picture->camera, WIDTH, HEIGHT);
}

static Picture *
picture_new (EngramScene *scene)
{
  Picture *picture = g_new0 (Picture, 1);
  float low[3], high[3];

  picture->scene = scene;
  picture->picker = engram_scene_picker_new ();
  engram_scene_picker_set_scene (picture->picker, scene);
  engram_scene_style_init (&picture->style, scene->flat, FALSE, FALSE);
  engram_camera_init (&picture->camera, scene->flat);
  engram_scene_get_bounds (scene, low, high);
  engram_camera_fit (&picture->camera, low, high, WIDTH, HEIGHT, 10);
  look (picture);
  return picture;
}

static void
picture_free (Picture *picture)
{
  g_object_unref (picture->picker);
  engram_scene_unref (picture->scene);
  g_free (picture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

/* Points of a flat scene at pixels: what the camera of flat_picture_new() makes of them. */
static Picture *
flat_picture_new (const graphene_point_t *pixels,
                  guint32                 n_points,
                  const EngramSceneEdge  *edges,
                  guint32                 n_edges)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, n_points);
  Picture *picture;

  for (guint32 i = 0; i < n_points; i++)
    points[i] = (EngramScenePoint) { .x = pixels[i].x, .y = -pixels[i].y, .size = 1 };
  picture = picture_new (engram_scene_new (points, n_points, g_memdup2 (edges, n_edges * sizeof *edges), n_edges, FALSE,
                                           TRUE));
  engram_camera_fit (&picture->camera, (float[]) { 0, -HEIGHT, 0 }, (float[]) { WIDTH, 0, 0 }, WIDTH, HEIGHT, 0);
  look (picture);
  return picture;
}

static EngramScene *
random_scene_new (GRand    *random,
                  guint32   n_points,
                  guint32   n_edges,
                  gboolean  flat)
{
  EngramScenePoint *points = g_new0 (EngramScenePoint, n_points);
  EngramSceneEdge *edges = g_new0 (EngramSceneEdge, n_edges);

  for (guint32 i = 0; i < n_points; i++)
    {
      points[i] = (EngramScenePoint) {
        .x = g_rand_double_range (random, -10, 20),
        .y = g_rand_double_range (random, -10, 10),
        .z = flat ? 0 : g_rand_double_range (random, 0, 20),
        .size = g_rand_double_range (random, 0.2, 2),
      };
      if (g_rand_int_range (random, 0, 20) == 0)
        points[i].flags |= ENGRAM_POINT_HIDDEN;
      if (g_rand_int_range (random, 0, 30) == 0)
        points[i].y = NAN;
      if (g_rand_int_range (random, 0, 60) == 0)
        points[i].x = INFINITY;
    }
  for (guint32 i = 0; i < n_edges; i++)
    {
      edges[i].source = g_rand_int_range (random, 0, n_points);
      edges[i].target = g_rand_int_range (random, 0, n_points);
      edges[i].weight = i % 50 == 0 ? NAN : g_rand_double_range (random, -0.5, 1);
    }
  return engram_scene_new (points, n_points, edges, n_edges, FALSE, flat);
}

static gboolean
map_point (Picture *picture,
           guint32  index,
           float   *x,
           float   *y,
           float   *depth)
{
  const EngramScenePoint *point = &picture->scene->points[index];
  const float place[3] = { point->x, point->y, point->z };

  return isfinite (point->x + point->y + point->z) && (point->flags & ENGRAM_POINT_HIDDEN) == 0
         && engram_projection_map (&picture->projection, place, x, y, depth);
}

/* Pixels from the point's rim, negative inside; infinite where it is not drawn. */
static double
get_rim_distance (Picture *picture,
                  guint32  index,
                  float    x,
                  float    y,
                  float   *depth)
{
  float across, down;

  if (!map_point (picture, index, &across, &down, depth))
    return INFINITY;
  return hypot (across - x, down - y)
         - engram_scene_style_get_radius (&picture->style, picture->scene->points[index].size,
                                          engram_projection_relative_scale (&picture->projection, *depth));
}

/* Where the line from a place that is seen to one that is not leaves the picture's depths. */
static void
find_crossing (Picture                *picture,
               const EngramScenePoint *seen,
               const EngramScenePoint *unseen,
               float                  *x,
               float                  *y)
{
  double from = 0, to = 1;
  float depth;

  for (guint i = 0; i < 40; i++)
    {
      double middle = (from + to) / 2;
      const float place[3] = { seen->x + (unseen->x - seen->x) * middle, seen->y + (unseen->y - seen->y) * middle,
                               seen->z + (unseen->z - seen->z) * middle };

      if (engram_projection_map (&picture->projection, place, x, y, &depth))
        from = middle;
      else
        to = middle;
    }
}

static gboolean
has_place (const EngramScenePoint *point)
{
  return isfinite (point->x + point->y + point->z) && (point->flags & ENGRAM_POINT_HIDDEN) == 0;
}

static double
get_edge_distance (Picture *picture,
                   guint32  index,
                   float    x,
                   float    y)
{
  const EngramSceneEdge *edge = &picture->scene->edges[index];
  const EngramScenePoint *source = &picture->scene->points[edge->source];
  const EngramScenePoint *target = &picture->scene->points[edge->target];
  float weight = isnan (edge->weight) ? 0 : edge->weight;
  float x1 = 0, y1 = 0, x2 = 0, y2 = 0, depth;
  gboolean source_seen, target_seen;
  double length, share;

  if (!has_place (source) || !has_place (target) || weight < picture->style.lowest_weight
      || weight > picture->style.highest_weight)
    return INFINITY;
  source_seen = map_point (picture, edge->source, &x1, &y1, &depth);
  target_seen = map_point (picture, edge->target, &x2, &y2, &depth);
  if (!source_seen && !target_seen)
    return INFINITY;
  if (!source_seen)
    find_crossing (picture, target, source, &x1, &y1);
  if (!target_seen)
    find_crossing (picture, source, target, &x2, &y2);
  length = ((double) x2 - x1) * (x2 - x1) + ((double) y2 - y1) * (y2 - y1);
  share = length > 0 ? (((double) x - x1) * (x2 - x1) + ((double) y - y1) * (y2 - y1)) / length : 0;
  share = CLAMP (share, 0, 1);
  return hypot (x1 + share * ((double) x2 - x1) - x, y1 + share * ((double) y2 - y1) - y);
}

/* The least distance of a point, and where some cover the pixel for certain the least depth of those. */
static void
measure_points (Picture *picture,
                float    x,
                float    y,
                double  *distance,
                float   *front)
{
  *distance = INFINITY;
  *front = INFINITY;
  for (guint32 i = 0; i < picture->scene->n_points; i++)
    {
      float depth;
      double rim = get_rim_distance (picture, i, x, y, &depth);

      *distance = MIN (*distance, MAX (rim, 0));
      if (rim < -NEAR)
        *front = MIN (*front, depth);
    }
}

static double
measure_edges (Picture       *picture,
               const guint32 *edges,
               guint32        n_edges,
               float          x,
               float          y)
{
  double least = INFINITY;

  for (guint32 i = 0; i < n_edges; i++)
    least = MIN (least, get_edge_distance (picture, edges[i], x, y));
  return least;
}

/* What the renderer draws: of the levels of detail, one after the other, the first @n_edges that are not left out. */
static double
measure_drawn_edges (Picture *picture,
                     guint32  n_edges,
                     float    x,
                     float    y)
{
  EngramScene *scene = picture->scene;
  guint32 before = 0, n_exciting, n_inhibiting, n_drawn = 0;
  double least = INFINITY;

  for (guint32 n = 1; n <= scene->n_edges && n_drawn < n_edges; n++)
    {
      const EngramSceneEdge *edge;
      guint32 index;
      float weight;

      engram_scene_split_detail (scene, n, &n_exciting, &n_inhibiting);
      index = n_exciting > before ? scene->exciting[n_exciting - 1] : scene->inhibiting[n_inhibiting - 1];
      before = n_exciting;
      edge = &scene->edges[index];
      weight = isnan (edge->weight) ? 0 : edge->weight;
      if (weight < picture->style.lowest_weight || weight > picture->style.highest_weight
          || !has_place (&scene->points[edge->source]) || !has_place (&scene->points[edge->target]))
        continue;
      n_drawn++;
      least = MIN (least, get_edge_distance (picture, index, x, y));
    }
  return least;
}

/* Checks a pick against a look at everything. Returns what was picked. */
static EngramPickedKind
assert_pick (Picture *picture,
             float    x,
             float    y,
             float    tolerance,
             guint32  n_edges)
{
  EngramScene *scene = picture->scene;
  EngramPicked picked = engram_scene_picker_pick (picture->picker, x, y, tolerance, n_edges);
  double point_distance, marked_distance, edge_distance;
  float front, depth;

  measure_points (picture, x, y, &point_distance, &front);
  marked_distance = measure_edges (picture, scene->marked_edges, scene->n_marked_edges, x, y);
  edge_distance = measure_drawn_edges (picture, n_edges, x, y);
  /* So near the limit it may be either. */
  if (fabs (point_distance - tolerance) < NEAR || fabs (marked_distance - tolerance) < NEAR
      || fabs (edge_distance - tolerance) < NEAR)
    return picked.kind;

  if (point_distance < tolerance)
    {
      g_assert_cmpint (picked.kind, ==, ENGRAM_PICKED_POINT);
      g_assert_cmpfloat (get_rim_distance (picture, picked.index, x, y, &depth), <=, point_distance + NEAR);
      g_assert_cmpfloat (depth, <=, front * 1.0001f);
    }
  else if (MIN (marked_distance, edge_distance) < tolerance)
    {
      double best = marked_distance < tolerance ? marked_distance : edge_distance;

      g_assert_cmpint (picked.kind, ==, ENGRAM_PICKED_EDGE);
      g_assert_cmpfloat (get_edge_distance (picture, picked.index, x, y), <=, best + NEAR);
    }
  else
    g_assert_cmpint (picked.kind, ==, ENGRAM_PICKED_NOTHING);
  return picked.kind;
}

/* Any way to look at it, also from within. */
static void
look_somehow (Picture *picture,
              GRand   *random)
{
  EngramCamera *camera = &picture->camera;
  float low[3], high[3];

  camera->projection = g_rand_boolean (random) || camera->flat ? ENGRAM_CAMERA_PARALLEL : ENGRAM_CAMERA_PERSPECTIVE;
  engram_scene_get_bounds (picture->scene, low, high);
  engram_camera_orbit (camera, g_rand_double_range (random, -900, 900), g_rand_double_range (random, -900, 900), WIDTH,
                       HEIGHT);
  engram_camera_fit (camera, low, high, WIDTH, HEIGHT, 10);
  if (g_rand_boolean (random))
    engram_camera_zoom (camera, g_rand_double_range (random, 1, 12), 200, 150, WIDTH, HEIGHT);
  look (picture);
}

static void
test_random (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (11);
  guint n_picked[3] = { 0 };

  for (guint i = 0; i < 60; i++)
    {
      guint32 n_edges = i % 4 == 0 ? 60 : 500;
      g_autoptr(Picture) picture = picture_new (random_scene_new (random, i % 3 == 0 ? 400 : 60, n_edges, i % 5 == 0));

      if (i % 2 == 0)
        engram_scene_set_marked_edges (picture->scene, (guint32[]) { 3, 20, 41 }, 3);
      if (i % 3 == 1)
        {
          picture->style.lowest_weight = -0.3;
          picture->style.highest_weight = 0.6;
        }
      for (guint j = 0; j < 12; j++)
        {
          look_somehow (picture, random);
          for (guint k = 0; k < 12; k++)
            n_picked[assert_pick (picture, g_rand_double_range (random, 0, WIDTH),
                                  g_rand_double_range (random, 0, HEIGHT), k % 3 * 3,
                                  k % 2 == 0 ? n_edges : n_edges / 7)]++;
        }
    }
  for (guint kind = 0; kind < 3; kind++)
    g_assert_cmpuint (n_picked[kind], >, 100);
}

static void
assert_picked (Picture          *picture,
               float             x,
               float             y,
               float             tolerance,
               guint32           n_edges,
               EngramPickedKind  kind,
               guint32           index)
{
  EngramPicked picked = engram_scene_picker_pick (picture->picker, x, y, tolerance, n_edges);

  g_assert_cmpint (picked.kind, ==, kind);
  if (kind != ENGRAM_PICKED_NOTHING)
    g_assert_cmpuint (picked.index, ==, index);
}

/* Two points, one behind the other: from either side the one in front. */
static void
test_front (void)
{
  const EngramScenePoint points[] = { { 0, 0, 1, 1 }, { 0, 0, -1, 1 }, { 1, 1, 1, 1 }, { -1, -1, -1, 1 } };
  g_autoptr(Picture) picture = picture_new (engram_scene_new (g_memdup2 (points, sizeof points), 4, NULL, 0, TRUE,
                                                              FALSE));

  assert_picked (picture, WIDTH / 2, HEIGHT / 2, 0, 0, ENGRAM_PICKED_POINT, 0);
  engram_camera_look_along (&picture->camera, ENGRAM_AXIS_Z, TRUE);
  look (picture);
  assert_picked (picture, WIDTH / 2, HEIGHT / 2, 0, 0, ENGRAM_PICKED_POINT, 1);
  picture->camera.projection = ENGRAM_CAMERA_PARALLEL;
  look (picture);
  assert_picked (picture, WIDTH / 2, HEIGHT / 2, 0, 0, ENGRAM_PICKED_POINT, 1);
}

/* In a flat scene the last of two at the same place lies over the other. */
static void
test_flat (void)
{
  const graphene_point_t pixels[] = { { 100, 100 }, { 102, 100 }, { 300, 200 } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 3, NULL, 0);
  float radius = picture->style.point_size;

  assert_picked (picture, 101, 100, 0, 0, ENGRAM_PICKED_POINT, 1);
  assert_picked (picture, 100 - radius + 0.5f, 100, 0, 0, ENGRAM_PICKED_POINT, 0);
  assert_picked (picture, 100 - radius - 0.5f, 100, 0, 0, ENGRAM_PICKED_NOTHING, 0);
  assert_picked (picture, 100 - radius - 0.5f, 100, 1, 0, ENGRAM_PICKED_POINT, 0);
  assert_picked (picture, 300, 200 + radius + 2.5f, 2, 0, ENGRAM_PICKED_NOTHING, 0);
  assert_picked (picture, 300, 200 + radius + 2.5f, 3, 0, ENGRAM_PICKED_POINT, 2);
}

static void
test_edges (void)
{
  const graphene_point_t pixels[] = {
    { 100, 100 }, { 500, 100 }, { 100, 104 }, { 500, 104 }, { 100, 300 }, { 500, 300 },
  };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 2, 3, 0.5 }, { 4, 5, -0.25 }, { 5, 4, 0.1 } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 6, edges, 4);

  assert_picked (picture, 300, 101, 5, 4, ENGRAM_PICKED_EDGE, 0);
  assert_picked (picture, 300, 103, 5, 4, ENGRAM_PICKED_EDGE, 1);
  /* Of two on each other the stronger one. */
  assert_picked (picture, 300, 302, 5, 4, ENGRAM_PICKED_EDGE, 2);
  assert_picked (picture, 300, 200, 5, 4, ENGRAM_PICKED_NOTHING, 0);
  /* Points first. */
  assert_picked (picture, 100 + picture->style.point_size + 1, 101, 5, 4, ENGRAM_PICKED_POINT, 0);
  /* Beyond its end there is no edge. */
  assert_picked (picture, 520, 101, 5, 4, ENGRAM_PICKED_NOTHING, 0);
  /* Only what is drawn: of the strongest two, one is inhibiting. */
  assert_picked (picture, 300, 103, 5, 2, ENGRAM_PICKED_EDGE, 0);
  assert_picked (picture, 300, 302, 5, 2, ENGRAM_PICKED_EDGE, 2);
  assert_picked (picture, 300, 302, 5, 0, ENGRAM_PICKED_NOTHING, 0);
}

/* So many that they are searched in parts: the nearest is found in any, and the first of those that are as near. */
static void
test_many_edges (void)
{
  const graphene_point_t pixels[] = {
    { 100, 100 }, { 500, 100 }, { 100, 104 }, { 500, 104 }, { 100, 300 }, { 500, 300 },
  };
  const guint32 n_edges = 2100000;
  g_autofree EngramSceneEdge *edges = g_new (EngramSceneEdge, n_edges);
  g_autoptr(Picture) picture = NULL;

  for (guint32 i = 0; i < n_edges; i++)
    edges[i] = (EngramSceneEdge) { 4, 5, 1 };
  edges[900] = edges[2000900] = (EngramSceneEdge) { 0, 1, 1 };
  edges[2000000] = (EngramSceneEdge) { 2, 3, 1 };
  picture = flat_picture_new (pixels, 6, edges, n_edges);
  assert_picked (picture, 300, 99, 9, n_edges, ENGRAM_PICKED_EDGE, 900);
  assert_picked (picture, 300, 104, 9, n_edges, ENGRAM_PICKED_EDGE, 2000000);
  assert_picked (picture, 300, 104, 1, n_edges, ENGRAM_PICKED_EDGE, 2000000);
  assert_picked (picture, 300, 301, 9, n_edges, ENGRAM_PICKED_EDGE, 0);
  assert_picked (picture, 300, 200, 9, n_edges, ENGRAM_PICKED_NOTHING, 0);
  assert_picked (picture, 300, 104, 1, 2000000, ENGRAM_PICKED_NOTHING, 0);
}

static void
test_edge_choices (void)
{
  const graphene_point_t pixels[] = { { 100, 100 }, { 500, 100 }, { 100, 104 }, { 500, 104 } };
  const EngramSceneEdge edges[] = { { 0, 1, 1 }, { 2, 3, NAN } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 4, edges, 2);

  /* Marked ones first, drawn or not. */
  engram_scene_set_marked_edges (picture->scene, (guint32[]) { 1 }, 1);
  assert_picked (picture, 300, 101, 5, 2, ENGRAM_PICKED_EDGE, 1);
  assert_picked (picture, 300, 101, 5, 0, ENGRAM_PICKED_EDGE, 1);
  assert_picked (picture, 300, 97, 5, 2, ENGRAM_PICKED_EDGE, 0);
  picture->style.edges = ENGRAM_SCENE_EDGES_NONE;
  look (picture);
  assert_picked (picture, 300, 97, 5, 2, ENGRAM_PICKED_NOTHING, 0);
  assert_picked (picture, 300, 101, 5, 2, ENGRAM_PICKED_EDGE, 1);
  engram_scene_set_marked_edges (picture->scene, NULL, 0);
  /* The range of weights; NaN counts as 0. */
  picture->style.edges = ENGRAM_SCENE_EDGES_ALL;
  picture->style.lowest_weight = -0.5;
  picture->style.highest_weight = 0.5;
  look (picture);
  assert_picked (picture, 300, 101, 5, 2, ENGRAM_PICKED_EDGE, 1);
  picture->style.lowest_weight = 0.5;
  picture->style.highest_weight = 1;
  look (picture);
  assert_picked (picture, 300, 103, 5, 2, ENGRAM_PICKED_EDGE, 0);
  /* Those of what is selected, which may change meanwhile. */
  picture->style.edges = ENGRAM_SCENE_EDGES_SELECTED;
  look (picture);
  assert_picked (picture, 300, 103, 5, 2, ENGRAM_PICKED_NOTHING, 0);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_SELECTED, (guint32[]) { 1 }, 1);
  assert_picked (picture, 300, 103, 5, 2, ENGRAM_PICKED_EDGE, 0);
  picture->style.edges = ENGRAM_SCENE_EDGES_ALL;
  look (picture);
  /* An end that is hidden hides the edge. */
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_HIDDEN, (guint32[]) { 1 }, 1);
  assert_picked (picture, 300, 101, 5, 2, ENGRAM_PICKED_NOTHING, 0);
}

/* An edge from before the eye to behind it is picked where it is seen. */
static void
test_behind (void)
{
  const EngramScenePoint points[] = { { -1, 0, 0, 0.1 }, { -1, 0, 10, 0.1 } };
  const EngramSceneEdge edges[] = { { 0, 1, 1 } };
  g_autoptr(Picture) picture = picture_new (engram_scene_new (g_memdup2 (points, sizeof points), 2,
                                                              g_memdup2 (edges, sizeof edges), 1, TRUE, FALSE));
  float x, y, depth;

  engram_camera_init (&picture->camera, FALSE);
  picture->camera.distance = 4;
  look (picture);
  g_assert_true (engram_projection_map (&picture->projection, (float[]) { -1, 0, 2 }, &x, &y, &depth));
  assert_picked (picture, x, y + 1, 3, 1, ENGRAM_PICKED_EDGE, 0);
  assert_picked (picture, WIDTH - x, y + 1, 3, 1, ENGRAM_PICKED_NOTHING, 0);
  engram_camera_look_along (&picture->camera, ENGRAM_AXIS_Z, TRUE);
  picture->camera.target = GRAPHENE_POINT3D_INIT (0, 0, 20);
  look (picture);
  assert_picked (picture, x, y + 1, 3, 1, ENGRAM_PICKED_NOTHING, 0);
}

/* Every kind of change is noticed. */
static void
test_changes (void)
{
  const graphene_point_t pixels[] = { { 100, 100 }, { 300, 200 } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 2, NULL, 0);
  EngramScene *other;

  assert_picked (picture, 300, 200, 0, 0, ENGRAM_PICKED_POINT, 1);
  engram_scene_set_place (picture->scene, 1, (float[]) { 200, -300, 0 });
  assert_picked (picture, 300, 200, 0, 0, ENGRAM_PICKED_NOTHING, 0);
  assert_picked (picture, 200, 300, 0, 0, ENGRAM_PICKED_POINT, 1);
  assert_picked (picture, 220, 300, 0, 0, ENGRAM_PICKED_NOTHING, 0);
  engram_scene_set_sizes (picture->scene, (float[]) { 1, 5 });
  assert_picked (picture, 220, 300, 0, 0, ENGRAM_PICKED_POINT, 1);
  picture->style.point_size = 2;
  look (picture);
  assert_picked (picture, 220, 300, 0, 0, ENGRAM_PICKED_NOTHING, 0);
  engram_camera_pan (&picture->camera, 20, 0, WIDTH, HEIGHT);
  look (picture);
  assert_picked (picture, 220, 300, 0, 0, ENGRAM_PICKED_POINT, 1);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_HIDDEN, (guint32[]) { 1 }, 1);
  assert_picked (picture, 220, 300, 0, 0, ENGRAM_PICKED_NOTHING, 0);
  other = engram_scene_new (NULL, 0, NULL, 0, TRUE, TRUE);
  engram_scene_picker_set_scene (picture->picker, other);
  engram_scene_unref (other);
  assert_picked (picture, 120, 100, 100, 0, ENGRAM_PICKED_NOTHING, 0);
  engram_scene_picker_set_scene (picture->picker, picture->scene);
  assert_picked (picture, 120, 100, 0, 0, ENGRAM_PICKED_POINT, 0);
}

static void
assert_points (GArray        *found,
               const guint32 *expected,
               guint          n_expected)
{
  g_assert_cmpmem (found->data, found->len * sizeof (guint32), expected, n_expected * sizeof (guint32));
  g_array_unref (found);
}

static void
test_nothing (void)
{
  g_autoptr(EngramScenePicker) picker = engram_scene_picker_new ();
  const graphene_point_t corners[] = { { 0, 0 }, { 9, 0 }, { 9, 9 } };

  g_assert_cmpint (engram_scene_picker_pick (picker, 0, 0, 9, 9).kind, ==, ENGRAM_PICKED_NOTHING);
  assert_points (engram_scene_picker_find_seen (picker), NULL, 0);
  assert_points (engram_scene_picker_find_in_polygon (picker, corners, 3), NULL, 0);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 7, 1, 0), ==, 7);
}

static void
test_polygon (void)
{
  const graphene_point_t pixels[] = { { 100, 100 }, { 300, 200 }, { 200, 100 }, { 500, 350 }, { 101, 101 } };
  const graphene_point_t rectangle[] = { { 90, 90 }, { 90, 120 }, { 250, 120 }, { 250, 90 } };
  /* Crosses itself: what is twice inside is outside. */
  const graphene_point_t star[] = { { 300, 50 }, { 388, 321 }, { 157, 154 }, { 443, 154 }, { 212, 321 } };
  const graphene_point_t star_pixels[] = { { 300, 200 }, { 300, 100 }, { 200, 165 }, { 300, 300 }, { 230, 300 } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 5, NULL, 0);
  g_autoptr(Picture) other = flat_picture_new (star_pixels, 5, NULL, 0);

  assert_points (engram_scene_picker_find_in_polygon (picture->picker, rectangle, 4), (guint32[]) { 0, 2, 4 }, 3);
  assert_points (engram_scene_picker_find_in_polygon (picture->picker, rectangle, 2), NULL, 0);
  assert_points (engram_scene_picker_find_in_polygon (picture->picker, NULL, 0), NULL, 0);
  assert_points (engram_scene_picker_find_in_polygon (other->picker, star, 5), (guint32[]) { 1, 2, 4 }, 3);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_HIDDEN, (guint32[]) { 2 }, 1);
  assert_points (engram_scene_picker_find_in_polygon (picture->picker, rectangle, 4), (guint32[]) { 0, 4 }, 2);
}

static gboolean
is_in_polygon (const graphene_point_t *corners,
               guint                   n_corners,
               float                   x,
               float                   y)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = n_corners - 1; i < n_corners; j = i++)
    if ((corners[i].y > y) != (corners[j].y > y)
        && x < ((double) corners[j].x - corners[i].x) * (y - corners[i].y) / ((double) corners[j].y - corners[i].y)
                + corners[i].x)
      inside = !inside;
  return inside;
}

/* Lassos of many corners, which cross themselves, over points in perspective. */
static void
test_lasso (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (12);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(Picture) picture = picture_new (random_scene_new (random, 500, 0, FALSE));
      g_autoptr(GArray) found = NULL;
      graphene_point_t corners[50];
      guint next = 0, n_corners = 3 + i;

      for (guint j = 0; j < n_corners; j++)
        corners[j] = GRAPHENE_POINT_INIT (g_rand_double_range (random, -100, WIDTH + 100),
                                          g_rand_double_range (random, -100, HEIGHT + 100));
      look_somehow (picture, random);
      found = engram_scene_picker_find_in_polygon (picture->picker, corners, n_corners);
      for (guint32 j = 0; j < picture->scene->n_points; j++)
        {
          gboolean is_found = next < found->len && g_array_index (found, guint32, next) == j;
          float x = 0, y = 0, depth;
          gboolean expected = map_point (picture, j, &x, &y, &depth) && is_in_polygon (corners, n_corners, x, y);
          gboolean is_clear = expected == is_in_polygon (corners, n_corners, x + 0.02f, y)
                              && expected == is_in_polygon (corners, n_corners, x - 0.02f, y);

          if (is_clear)
            g_assert_cmpint (is_found, ==, expected);
          next += is_found;
        }
      g_assert_cmpuint (next, ==, found->len);
    }
}

static void
test_seen (void)
{
  const graphene_point_t pixels[] = { { -5, 100 }, { 300, 200 }, { 590, 399 }, { 601, 200 }, { 10, NAN } };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 5, NULL, 0);

  assert_points (engram_scene_picker_find_seen (picture->picker), (guint32[]) { 1, 2 }, 2);
}

static void
test_towards (void)
{
  const graphene_point_t pixels[] = {
    { 300, 200 }, { 350, 200 }, { 320, 215 }, { 300, 150 }, { 200, 280 }, { 330, 240 }, { 300, 200 },
  };
  g_autoptr(Picture) picture = flat_picture_new (pixels, 7, NULL, 0);
  EngramScenePicker *picker = picture->picker;

  /* One straight ahead rather than one that is nearer, but aside. */
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 0, 1, 0), ==, 1);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 0, 0, -10), ==, 3);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 0, -1, 0), ==, 4);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 0, 0, 1), ==, 5);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 1, 1, 0), ==, 1);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 0, 0, 0), ==, 0);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 70, 0, 1), ==, 70);
  engram_scene_set_flag (picture->scene, ENGRAM_POINT_HIDDEN, (guint32[]) { 1 }, 1);
  g_assert_cmpuint (engram_scene_picker_find_towards (picker, 0, 1, 0), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene-picker/random", test_random);
  g_test_add_func ("/scene-picker/front", test_front);
  g_test_add_func ("/scene-picker/flat", test_flat);
  g_test_add_func ("/scene-picker/edges", test_edges);
  g_test_add_func ("/scene-picker/many-edges", test_many_edges);
  g_test_add_func ("/scene-picker/edge-choices", test_edge_choices);
  g_test_add_func ("/scene-picker/behind", test_behind);
  g_test_add_func ("/scene-picker/changes", test_changes);
  g_test_add_func ("/scene-picker/nothing", test_nothing);
  g_test_add_func ("/scene-picker/polygon", test_polygon);
  g_test_add_func ("/scene-picker/lasso", test_lasso);
  g_test_add_func ("/scene-picker/seen", test_seen);
  g_test_add_func ("/scene-picker/towards", test_towards);
  return g_test_run ();
}
