/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-camera-cloud.h"

#include <math.h>
#include <string.h>

#define N_AXES 3

/* Where the points reach this many times as far in one direction as in another it matters from where they are seen;
 * otherwise axes that stand upright are worth more. */
#define LONG_SHAPE 2.5

/* Cosine: directions so near those of the coordinates are taken for them, so that axes are horizontal and vertical. */
#define NEARLY_ALONG 0.97

/* Sweeps after which a matrix of three rows is diagonal as exactly as it can be. */
#define SWEEPS 12

/* Of very many points these are enough to see how they lie. */
#define SAMPLE 1000000

/* Pixels of a side of the squares in which it is counted how much of a picture has points, and how much of that they
 * may cover. */
#define SQUARE 24
#define COVERED_SHARE 0.45

/* After so many no more is won by moving the target. */
#define CENTRING_ROUNDS 2

/* The box may make the points smaller by this factor; where it would more, it is not looked at. */
#define BOX_FACTOR 1.6

static gboolean
get_place (const EngramScene *scene,
           guint32            index,
           double             place[N_AXES])
{
  const EngramScenePoint *point = &scene->points[index];

  if ((point->flags & ENGRAM_POINT_HIDDEN) != 0 || !isfinite (point->x) || !isfinite (point->y) || !isfinite (point->z))
    return FALSE;
  place[0] = point->x;
  place[1] = point->y;
  place[2] = point->z;
  return TRUE;
}

static guint32
get_stride (const EngramScene *scene)
{
  return scene->n_points / SAMPLE + 1;
}

/* Of as many points as can be had: FALSE for fewer than two. */
static gboolean
get_covariance (const EngramScene *scene,
                double             matrix[N_AXES][N_AXES])
{
  double middle[N_AXES] = { 0 }, place[N_AXES];
  guint64 n = 0;

  memset (matrix, 0, N_AXES * sizeof *matrix);
  for (guint32 i = 0; i < scene->n_points; i += get_stride (scene))
    if (get_place (scene, i, place))
      {
        n++;
        for (int axis = 0; axis < N_AXES; axis++)
          middle[axis] += (place[axis] - middle[axis]) / (double) n;
      }
  for (guint32 i = 0; i < scene->n_points; i += get_stride (scene))
    if (get_place (scene, i, place))
      for (int row = 0; row < N_AXES; row++)
        for (int column = 0; column < N_AXES; column++)
          matrix[row][column] += (place[row] - middle[row]) * (place[column] - middle[column]) / (double) n;
  return n >= 2;
}

/* Turns two axes so that the element where they cross vanishes (Jacobi). */
static void
turn_away (double matrix[N_AXES][N_AXES],
           double directions[N_AXES][N_AXES],
           int    first,
           int    second)
{
  double angle = atan2 (2 * matrix[first][second], matrix[first][first] - matrix[second][second]) / 2;
  double cosine = cos (angle), sine = sin (angle);

  for (int i = 0; i < N_AXES; i++)
    {
      double one = matrix[i][first], other = matrix[i][second];

      matrix[i][first] = cosine * one + sine * other;
      matrix[i][second] = cosine * other - sine * one;
    }
  for (int i = 0; i < N_AXES; i++)
    {
      double one = matrix[first][i], other = matrix[second][i];
      double direction = directions[first][i], other_direction = directions[second][i];

      matrix[first][i] = cosine * one + sine * other;
      matrix[second][i] = cosine * other - sine * one;
      directions[first][i] = cosine * direction + sine * other_direction;
      directions[second][i] = cosine * other_direction - sine * direction;
    }
}

static void
swap (double  directions[N_AXES][N_AXES],
      double *reaches,
      int     first,
      int     second)
{
  double reach = reaches[first], direction[N_AXES];

  reaches[first] = reaches[second];
  reaches[second] = reach;
  memcpy (direction, directions[first], sizeof direction);
  memcpy (directions[first], directions[second], sizeof direction);
  memcpy (directions[second], direction, sizeof direction);
}

/* The directions in which the points reach, the farthest first, and how far. */
static void
find_directions (double matrix[N_AXES][N_AXES],
                 double directions[N_AXES][N_AXES],
                 double reaches[N_AXES])
{
  for (int row = 0; row < N_AXES; row++)
    for (int column = 0; column < N_AXES; column++)
      directions[row][column] = row == column;
  for (int sweep = 0; sweep < SWEEPS; sweep++)
    for (int first = 0; first < N_AXES; first++)
      for (int second = first + 1; second < N_AXES; second++)
        turn_away (matrix, directions, first, second);
  for (int i = 0; i < N_AXES; i++)
    reaches[i] = sqrt (MAX (matrix[i][i], 0));
  for (int i = 0; i < N_AXES; i++)
    for (int other = i + 1; other < N_AXES; other++)
      if (reaches[other] > reaches[i])
        swap (directions, reaches, i, other);
}

static int
get_main_axis (const double direction[N_AXES])
{
  int axis = 0;

  for (int i = 1; i < N_AXES; i++)
    if (fabs (direction[i]) > fabs (direction[axis]))
      axis = i;
  return axis;
}

/* Towards larger coordinates, and along an axis where it nearly does. */
static void
straighten (double direction[N_AXES])
{
  int axis = get_main_axis (direction);
  gboolean along = fabs (direction[axis]) > NEARLY_ALONG;
  double sign = direction[axis] < 0 ? -1 : 1;

  for (int i = 0; i < N_AXES; i++)
    direction[i] = along ? i == axis : direction[i] * sign;
}

static void
cross (const double one[N_AXES],
       const double other[N_AXES],
       double       result[N_AXES])
{
  for (int i = 0; i < N_AXES; i++)
    result[i] = one[(i + 1) % N_AXES] * other[(i + 2) % N_AXES] - one[(i + 2) % N_AXES] * other[(i + 1) % N_AXES];
}

static void
normalize (double vector[N_AXES])
{
  double length = hypot (hypot (vector[0], vector[1]), vector[2]);

  for (int i = 0; i < N_AXES; i++)
    vector[i] /= length;
}

/* What turns these directions of the world into those of the eye: to the right, up, towards it. */
static void
set_rotation (EngramCamera *self,
              double        rows[N_AXES][N_AXES])
{
  double x = 1 + rows[0][0] - rows[1][1] - rows[2][2], y = 1 - rows[0][0] + rows[1][1] - rows[2][2];
  double z = 1 - rows[0][0] - rows[1][1] + rows[2][2], w = 1 + rows[0][0] + rows[1][1] + rows[2][2];
  double most = MAX (MAX (x, y), MAX (z, w));
  double scale = 0.5 / sqrt (most);
  double yz = rows[2][1] - rows[1][2], zx = rows[0][2] - rows[2][0], xy = rows[1][0] - rows[0][1];
  double xy_sum = rows[0][1] + rows[1][0], zx_sum = rows[0][2] + rows[2][0], yz_sum = rows[1][2] + rows[2][1];
  graphene_quaternion_t rotation;

  /* By the greatest of the four, so that none is divided by nearly nothing. */
  if (most == w)
    graphene_quaternion_init (&rotation, yz * scale, zx * scale, xy * scale, w * scale);
  else if (most == x)
    graphene_quaternion_init (&rotation, x * scale, xy_sum * scale, zx_sum * scale, yz * scale);
  else if (most == y)
    graphene_quaternion_init (&rotation, xy_sum * scale, y * scale, yz_sum * scale, zx * scale);
  else
    graphene_quaternion_init (&rotation, zx_sum * scale, yz_sum * scale, z * scale, xy * scale);
  graphene_quaternion_normalize (&rotation, &self->rotation);
}

gboolean
engram_camera_face_points (EngramCamera      *self,
                           const EngramScene *scene,
                           float              width,
                           float              height)
{
  double matrix[N_AXES][N_AXES], directions[N_AXES][N_AXES], rows[N_AXES][N_AXES], reaches[N_AXES];
  int longest = width >= height ? 0 : 1;

  if (self->flat || !get_covariance (scene, matrix))
    return FALSE;
  find_directions (matrix, directions, reaches);
  if (!(reaches[0] > LONG_SHAPE * reaches[2]))
    return FALSE;
  /* Where all stand in a row nothing tells how they are turned about it. */
  if (!(reaches[1] > 1e-6 * reaches[0]))
    {
      memset (directions[1], 0, sizeof directions[1]);
      directions[1][get_main_axis (directions[0]) == 1 ? 2 : 1] = 1;
    }
  straighten (directions[0]);
  straighten (directions[1]);
  memcpy (rows[longest], directions[0], sizeof rows[0]);
  memcpy (rows[1 - longest], directions[1], sizeof rows[0]);
  cross (rows[0], rows[1], rows[2]);
  normalize (rows[2]);
  /* One of the two may have been straightened without the other. */
  cross (rows[2], directions[0], rows[1 - longest]);
  if (longest == 1)
    for (int i = 0; i < N_AXES; i++)
      rows[0][i] = -rows[0][i];
  set_rotation (self, rows);
  return TRUE;
}

/* The middle of all points, as it is seen, becomes the target; FALSE where there are none. */
static gboolean
aim (EngramCamera      *self,
     const EngramScene *scene,
     const float        eye[16])
{
  double low[N_AXES], high[N_AXES], place[N_AXES], target[N_AXES] = { 0 };
  gboolean any = FALSE;

  for (guint32 i = 0; i < scene->n_points; i++)
    {
      if (!get_place (scene, i, place))
        continue;
      for (int row = 0; row < N_AXES; row++)
        {
          double at = eye[row] * place[0] + eye[4 + row] * place[1] + eye[8 + row] * place[2];

          low[row] = any ? MIN (low[row], at) : at;
          high[row] = any ? MAX (high[row], at) : at;
        }
      any = TRUE;
    }
  for (int row = 0; row < N_AXES && any; row++)
    for (int axis = 0; axis < N_AXES; axis++)
      target[axis] += eye[4 * axis + row] * (low[row] + high[row]) / 2;
  if (any)
    graphene_point3d_init (&self->target, target[0], target[1], target[2]);
  return any;
}

/* A picture of some size: what turns the world, and how much of the distance is seen to either side of the middle. */
typedef struct {
  float  eye[16];
  double share_x, share_y;
} View;

static void
init_view (View               *view,
           const EngramCamera *self,
           float               width,
           float               height,
           float               margin)
{
  const float nothing[N_AXES] = { 0 };
  float half_width = MAX (width, 1) / 2, half_height = MAX (height, 1) / 2;
  EngramCamera camera = *self;
  EngramProjection projection;

  /* The focal length of a perspective, whose distance from the target plays no part in it. */
  camera.projection = ENGRAM_CAMERA_PERSPECTIVE;
  engram_camera_project (&camera, nothing, nothing, width, height, &projection);
  memcpy (view->eye, projection.eye, sizeof view->eye);
  view->share_x = MAX (half_width - margin, half_width / 4) / projection.focal;
  view->share_y = MAX (half_height - margin, half_height / 4) / projection.focal;
}

/* From the target: to the right, up, towards the eye. */
static gboolean
look_at (const EngramCamera *self,
         const View         *view,
         const EngramScene  *scene,
         guint32             index,
         double              at[N_AXES])
{
  double place[N_AXES];

  if (!get_place (scene, index, place))
    return FALSE;
  for (int row = 0; row < N_AXES; row++)
    at[row] = view->eye[row] * (place[0] - self->target.x) + view->eye[4 + row] * (place[1] - self->target.y)
              + view->eye[8 + row] * (place[2] - self->target.z);
  /* All is as far away as the target. */
  if (self->projection == ENGRAM_CAMERA_PARALLEL)
    at[2] = 0;
  return TRUE;
}

/* From how far all points are within the picture. */
static double
get_needed_distance (const EngramCamera *self,
                     const View         *view,
                     const EngramScene  *scene)
{
  double distance = 0, at[N_AXES];

  for (guint32 i = 0; i < scene->n_points; i++)
    if (look_at (self, view, scene, i, at))
      distance = MAX (distance, MAX (fabs (at[0]) / view->share_x, fabs (at[1]) / view->share_y) + at[2]);
  return distance;
}

/* What is near takes more room: moves the target until as much is free on either side. */
static void
centre (EngramCamera      *self,
        const View        *view,
        const EngramScene *scene,
        double             distance)
{
  double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY }, at[N_AXES];
  double target[N_AXES] = { self->target.x, self->target.y, self->target.z };

  for (guint32 i = 0; i < scene->n_points; i++)
    if (look_at (self, view, scene, i, at))
      for (int row = 0; row < 2; row++)
        {
          low[row] = MIN (low[row], at[row] / (distance - at[2]));
          high[row] = MAX (high[row], at[row] / (distance - at[2]));
        }
  for (int row = 0; row < 2; row++)
    for (int axis = 0; axis < N_AXES; axis++)
      target[axis] += view->eye[4 * axis + row] * (low[row] + high[row]) / 2 * distance;
  graphene_point3d_init (&self->target, target[0], target[1], target[2]);
}

static void
fit (EngramCamera      *self,
     const View        *view,
     const EngramScene *scene)
{
  double distance;

  if (!aim (self, scene, view->eye))
    return;
  for (int round = 0; round < CENTRING_ROUNDS && (distance = get_needed_distance (self, view, scene)) > 0; round++)
    centre (self, view, scene, distance);
  distance = get_needed_distance (self, view, scene);
  /* One place alone can be seen from anywhere. */
  if (distance > 0)
    engram_camera_set_distance (self, distance);
}

static EngramScene *
make_corners (const float low[N_AXES],
              const float high[N_AXES])
{
  EngramScenePoint *corners = g_new0 (EngramScenePoint, 8);

  for (guint i = 0; i < 8; i++)
    corners[i] = (EngramScenePoint) { i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1], i & 4 ? high[2] : low[2] };
  return engram_scene_new (corners, 8, NULL, 0, TRUE, FALSE);
}

void
engram_camera_fit_points (EngramCamera      *self,
                          const EngramScene *scene,
                          const float        low[3],
                          const float        high[3],
                          float              width,
                          float              height,
                          float              margin)
{
  g_autoptr (EngramScene) corners = make_corners (low, high);
  EngramCamera of_box = *self;
  View view;

  init_view (&view, self, width, height, margin);
  fit (self, &view, scene);
  fit (&of_box, &view, corners);
  if (of_box.distance <= BOX_FACTOR * self->distance)
    *self = of_box;
}

/* The squares in which points are, and the sum of their sizes' squares. */
static guint
count_squares (const EngramScene      *scene,
               const EngramProjection *projection,
               double                 *sizes)
{
  guint columns = (guint) projection->width / SQUARE + 1, rows = (guint) projection->height / SQUARE + 1;
  g_autofree guint8 *taken = g_new0 (guint8, (gsize) columns * rows);
  guint n = 0;

  *sizes = 0;
  for (guint32 i = 0; i < scene->n_points; i += get_stride (scene))
    {
      const EngramScenePoint *point = &scene->points[i];
      const float place[N_AXES] = { point->x, point->y, point->z };
      float x, y, depth;
      guint8 *square;

      if ((point->flags & ENGRAM_POINT_HIDDEN) != 0 || !engram_projection_map (projection, place, &x, &y, &depth))
        continue;
      square = &taken[(guint) CLAMP (y, 0, projection->height) / SQUARE * columns
                      + (guint) CLAMP (x, 0, projection->width) / SQUARE];
      n += *square == 0;
      *square = 1;
      *sizes += get_stride (scene) * (double) point->size * point->size;
    }
  return n;
}

float
engram_camera_choose_radius (EngramScene *scene,
                             float        width,
                             float        height)
{
  float low[N_AXES], high[N_AXES];
  EngramCamera camera;
  EngramProjection projection;
  double sizes;
  guint n;

  if (!engram_scene_get_bounds (scene, low, high))
    return 0;
  engram_camera_init (&camera, scene->flat);
  engram_camera_face_points (&camera, scene, width, height);
  engram_camera_fit_points (&camera, scene, low, high, width, height, 0);
  engram_camera_project (&camera, low, high, width, height, &projection);
  n = count_squares (scene, &projection, &sizes);
  return sizes > 0 ? (float) sqrt (COVERED_SHARE * n * SQUARE * SQUARE / (G_PI * sizes)) : 0;
}
