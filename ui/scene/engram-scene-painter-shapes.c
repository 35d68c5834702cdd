/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As in shaders/edge.glsl and shaders/points.vert. */
#define MARKED_WIDTH 1.5f
#define ARROW_LENGTH 5.0f
#define ARROW_GROWTH 2.2f
#define LEAST_ARROW 3.0f
#define ROOM_FOR_ARROW 2.5f
#define DIMMED_OPACITY 0.2f
#define FOG_STRENGTH 0.72f

/* They are drawn however few others are. */
#define HIGHLIGHTS (ENGRAM_POINT_SELECTED | ENGRAM_POINT_MARKED)

float
engram_painting_get_fog (const EngramPainting *self,
                         float                 depth)
{
  const EngramProjection *projection = &self->projection;
  float share = (depth - projection->near_depth) / (projection->far_depth - projection->near_depth);

  return self->style->fog && !self->scene->flat ? FOG_STRENGTH * CLAMP (share, 0, 1) : 0;
}

/* In single precision, as the GPU does it. */
void
engram_painting_set_places (EngramPainting *self)
{
  const float *eye = self->projection.eye, focal = self->projection.focal;

  self->places = g_new (EngramPaintingPlace, self->scene->n_points);
  for (guint32 i = 0; i < self->scene->n_points; i++)
    {
      const EngramScenePoint *point = &self->scene->points[i];
      EngramPaintingPlace *place = &self->places[i];

      place->x = focal * (eye[0] * point->x + eye[4] * point->y + eye[8] * point->z + eye[12]);
      place->y = -focal * (eye[1] * point->x + eye[5] * point->y + eye[9] * point->z + eye[13]);
      place->depth = -(eye[2] * point->x + eye[6] * point->y + eye[10] * point->z + eye[14]);
      place->radius = -1;
      /* Infinite or NaN wherever one of its coordinates is. */
      if ((point->flags & ENGRAM_POINT_HIDDEN) == 0 && isfinite (place->x + place->y + place->depth))
        {
          float scale = engram_projection_relative_scale (&self->projection, place->depth);

          place->radius = engram_scene_style_get_radius (self->style, point->size, scale);
        }
    }
}

static gboolean
is_before_eye (const EngramPainting *self,
               guint32               index)
{
  return self->places[index].depth >= self->projection.near_depth;
}

/* Of a point before the eye. */
static void
get_pixels (const EngramPainting *self,
            guint32               index,
            float                *x,
            float                *y)
{
  const EngramPaintingPlace *place = &self->places[index];
  float divisor = self->projection.perspective ? place->depth : 1;

  *x = self->projection.width / 2 + place->x / divisor;
  *y = self->projection.height / 2 + place->y / divisor;
}

/* Points */

typedef struct {
  float   depth;
  guint32 index;
} Place;

static int
compare_depth (gconstpointer a,
               gconstpointer b)
{
  const Place *first = a, *second = b;

  if (first->depth != second->depth)
    return first->depth > second->depth ? -1 : 1;
  return first->index < second->index ? -1 : first->index > second->index;
}

/* Whether some of it, or of the rings around it, is in the picture. */
static gboolean
is_in_picture (const EngramPainting *self,
               guint32               index)
{
  float room = self->places[index].radius + 10;
  float x, y;

  get_pixels (self, index, &x, &y);
  return x > -room && y > -room && x < self->projection.width + room && y < self->projection.height + room;
}

static void
add_place (const EngramPainting *self,
           guint32               index,
           Place                *places,
           guint32              *n)
{
  if (self->places[index].radius >= 0 && is_before_eye (self, index) && is_in_picture (self, index))
    places[(*n)++] = (Place) { self->places[index].depth, index };
}

/* All points that are drawn. */
static guint32
list_places (const EngramPainting *self,
             Place                *places)
{
  const EngramScene *scene = self->scene;
  guint32 n = 0;

  for (guint32 i = 0; self->points != NULL && i < self->n_points; i++)
    if ((scene->points[self->points[i]].flags & HIGHLIGHTS) == 0)
      add_place (self, self->points[i], places, &n);
  for (guint32 i = 0; i < scene->n_points; i++)
    if (self->points == NULL || (scene->points[i].flags & HIGHLIGHTS) != 0)
      add_place (self, i, places, &n);
  return n;
}

GArray *
engram_painting_list_points (EngramPainting *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree Place *places = g_new (Place, self->scene->n_points);
  guint32 n = list_places (self, places);

  /* In a flat scene what is later lies over what is earlier; there are all in the right order, unless only some are
   * drawn. */
  if ((!self->scene->flat || self->points != NULL) && n > 0)
    qsort (places, n, sizeof *places, compare_depth);

  g_array_set_size (list, n);
  for (guint32 i = 0; i < n; i++)
    g_array_index (list, guint32, i) = places[i].index;
  return list;
}

void
engram_painting_get_point (const EngramPainting *self,
                           guint32               index,
                           EngramPaintedPoint   *point)
{
  const EngramScenePoint *source = &self->scene->points[index];

  get_pixels (self, index, &point->x, &point->y);
  point->depth = self->places[index].depth;
  point->radius = self->places[index].radius;
  point->fog = engram_painting_get_fog (self, point->depth);
  point->flags = source->flags;
  for (int i = 0; i < 4; i++)
    point->colour[i] = (float) source->colour[i] / 255;
  if ((source->flags & ENGRAM_POINT_DIMMED) != 0)
    point->colour[3] *= DIMMED_OPACITY;
}

/* Edges */

/* The first @most of @edges that are to be drawn. */
static GArray *
list_drawn (const EngramPainting *self,
            const guint32        *edges,
            guint32               n_edges,
            guint32               most)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < n_edges && list->len < most; i++)
    if (engram_scene_style_has_edge (self->style, self->scene, &self->scene->edges[edges[i]]))
      g_array_append_val (list, edges[i]);
  return list;
}

GArray *
engram_painting_list_edges (EngramPainting *self,
                            guint32         n_edges)
{
  EngramScene *scene = self->scene;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 most = MIN (n_edges, scene->n_edges);
  g_autoptr (GArray) all_exciting = list_drawn (self, scene->exciting, scene->n_exciting, most);
  g_autoptr (GArray) all_inhibiting = list_drawn (self, scene->inhibiting, scene->n_inhibiting, most);
  guint32 n_exciting, n_inhibiting;

  engram_scene_split_detail (scene, most, &n_exciting, &n_inhibiting);
  n_exciting = MIN (n_exciting, all_exciting->len);
  n_inhibiting = MIN (most - n_exciting, all_inhibiting->len);
  n_exciting = MIN (most - n_inhibiting, all_exciting->len);

  while (n_exciting + n_inhibiting > 0)
    {
      const guint32 *exciting = n_exciting > 0 ? &g_array_index (all_exciting, guint32, n_exciting - 1) : NULL;
      const guint32 *inhibiting = n_inhibiting > 0 ? &g_array_index (all_inhibiting, guint32, n_inhibiting - 1) : NULL;
      gboolean excites = inhibiting == NULL || (exciting != NULL && *exciting > *inhibiting);

      g_array_append_vals (list, excites ? exciting : inhibiting, 1);
      *(excites ? &n_exciting : &n_inhibiting) -= 1;
    }
  return list;
}

GArray *
engram_painting_list_marked (EngramPainting *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = self->scene->n_marked_edges; i > 0; i--)
    if (engram_scene_style_has_weight (self->style, &self->scene->edges[self->scene->marked_edges[i - 1]]))
      g_array_append_val (list, self->scene->marked_edges[i - 1]);
  return list;
}

static void
style_edge (const EngramPainting *self,
            float                 weight,
            EngramPaintedEdge    *edge)
{
  float opacity;

  engram_scene_style_get_edge (self->style, weight, &opacity, &edge->width);
  edge->inhibiting = weight < 0;
  memcpy (edge->colour, edge->inhibiting ? self->style->inhibiting : self->style->exciting, sizeof edge->colour);
  edge->colour[3] *= edge->marked ? 1 : opacity;
  edge->width += edge->marked ? MARKED_WIDTH : 0;
}

/* Where the ends of an edge are, a part before the eye cut away; FALSE where there is none. */
static gboolean
project_ends (const EngramPainting *self,
              const guint32         ends[2],
              EngramPaintedEdge    *edge)
{
  const EngramProjection *projection = &self->projection;
  const float near_depth = projection->near_depth;

  if ((!is_before_eye (self, ends[0]) && !is_before_eye (self, ends[1]))
      || self->places[ends[0]].radius < 0 || self->places[ends[1]].radius < 0)
    return FALSE;
  for (int i = 0; i < 2; i++)
    {
      const EngramPaintingPlace *place = &self->places[ends[i]], *other = &self->places[ends[1 - i]];
      gboolean before = is_before_eye (self, ends[i]);
      float share = before ? 0 : (near_depth - place->depth) / (other->depth - place->depth);
      float depth = before ? place->depth : near_depth;
      float divisor = projection->perspective ? depth : 1;

      edge->x[i] = projection->width / 2 + (place->x + share * (other->x - place->x)) / divisor;
      edge->y[i] = projection->height / 2 + (place->y + share * (other->y - place->y)) / divisor;
      edge->depth[i] = depth;
      edge->fog[i] = engram_painting_get_fog (self, depth);
    }
  return TRUE;
}

/* What is straight in space, and seen in perspective, is straight in the reciprocal of its depth. */
static float
mix_depths (const EngramPainting *self,
            const float           depth[2],
            float                 mix)
{
  if (self->projection.perspective)
    return 1 / ((1 - mix) / depth[0] + mix / depth[1]);
  return (1 - mix) * depth[0] + mix * depth[1];
}

static gboolean
is_beside_picture (const EngramPainting    *self,
                   const EngramPaintedEdge *edge)
{
  const float room = 20;

  return MAX (edge->x[0], edge->x[1]) < -room || MIN (edge->x[0], edge->x[1]) > self->projection.width + room
         || MAX (edge->y[0], edge->y[1]) < -room || MIN (edge->y[0], edge->y[1]) > self->projection.height + room;
}

static void
set_arrow (const EngramPainting *self,
           EngramPaintedEdge    *edge,
           float                 target_depth,
           float                 room)
{
  float ratio = self->scene->flat ? 1 : engram_projection_relative_scale (&self->projection, target_depth);
  float size = (ARROW_LENGTH + ARROW_GROWTH * edge->width) * CLAMP (ratio, 0.3f, 1.5f);

  edge->arrow = self->style->arrows && room > ROOM_FOR_ARROW * size && size > LEAST_ARROW ? size : 0;
}

gboolean
engram_painting_get_edge (const EngramPainting *self,
                          guint32               index,
                          gboolean              marked,
                          guint32               rank,
                          EngramPaintedEdge    *edge)
{
  const EngramSceneEdge *source = &self->scene->edges[index];
  const guint32 ends[2] = { source->source, source->target };
  float way_x, way_y, whole, room;
  float share[2], depth[2];

  edge->marked = marked;
  edge->arrow = 0;
  if (!project_ends (self, ends, edge) || is_beside_picture (self, edge))
    return FALSE;

  way_x = edge->x[1] - edge->x[0];
  way_y = edge->y[1] - edge->y[0];
  whole = hypotf (way_x, way_y);
  room = whole;
  for (int i = 0; i < 2; i++)
    {
      float radius = is_before_eye (self, ends[i]) ? self->places[ends[i]].radius : 0;

      share[i] = radius / whole;
      room -= radius;
      depth[i] = mix_depths (self, edge->depth, i == 0 ? share[0] : 1 - share[1]);
    }
  if (!(room > 0))
    return FALSE;

  style_edge (self, source->weight, edge);
  if (rank <= ENGRAM_PAINTED_HEADS && is_before_eye (self, ends[1]))
    set_arrow (self, edge, edge->depth[1], room);
  edge->x[0] += way_x * share[0];
  edge->y[0] += way_y * share[0];
  edge->x[1] -= way_x * share[1];
  edge->y[1] -= way_y * share[1];
  memcpy (edge->depth, depth, sizeof depth);
  return TRUE;
}

void
engram_painted_edge_get_head (const EngramPaintedEdge *self,
                              float                   *length,
                              float                   *half_width)
{
  *length = self->inhibiting ? MAX (self->arrow * 0.22f, 1.5f) : self->arrow;
  *half_width = self->arrow * (self->inhibiting ? 0.5f : 0.38f);
}
