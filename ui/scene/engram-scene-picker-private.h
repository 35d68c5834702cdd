/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-scene-picker.h"

G_BEGIN_DECLS

/**
 * EngramScreenPoint:
 * @x: pixels to the right of the middle, in perspective times the depth, so that edges can be cut before dividing
 * @y: pixels downwards from the middle, likewise
 * @depth: from the eye
 * @radius: pixels; negative where neither the point nor its edges are drawn
 */
typedef struct {
  float x, y;
  float depth;
  float radius;
} EngramScreenPoint;

/**
 * EngramScreenPoints:
 * @n: how many points, all of the scene
 * @perspective: whether their x and y are to be divided by their depth
 * @middle_x: the middle of the picture, pixels
 * @middle_y: the middle of the picture, pixels
 * @near_depth: what is nearer is not drawn, though the farther part of its edges is
 * @points: (array length=n): they
 *
 * All points of a scene as a picture shows them.
 */
typedef struct {
  guint32            n;
  gboolean           perspective;
  float              middle_x, middle_y;
  float              near_depth;
  EngramScreenPoint *points;
} EngramScreenPoints;

/* @self: cleared or projected before */
void   engram_screen_points_project       (EngramScreenPoints       *self,
                                           EngramScene              *scene,
                                           const EngramSceneStyle   *style,
                                           const EngramProjection   *projection);
void   engram_screen_points_clear         (EngramScreenPoints       *self);

static inline gboolean
engram_screen_points_is_drawn (const EngramScreenPoints *self,
                               guint32                   point)
{
  return self->points[point].radius >= 0 && self->points[point].depth >= self->near_depth;
}

/* Pixels of a point that is drawn. */
static inline void
engram_screen_points_get (const EngramScreenPoints *self,
                          guint32                   point,
                          float                    *x,
                          float                    *y)
{
  float divisor = self->perspective ? self->points[point].depth : 1;

  *x = self->middle_x + self->points[point].x / divisor;
  *y = self->middle_y + self->points[point].y / divisor;
}

/**
 * EngramDrawnEdges:
 * @is_known: whether what follows holds; to be unset where the scene has changed
 * @n_edges: how many edges are drawn at most, of those in the range of weights whose ends are drawn
 * @lowest_weight: of that range
 * @highest_weight: of that range
 * @edges: which these are
 * @n_exciting: those are among so many of the strongest exciting edges
 * @n_inhibiting: and so many of the strongest inhibiting ones
 */
typedef struct {
  gboolean is_known;
  guint32  n_edges;
  float    lowest_weight, highest_weight;
  EngramSceneEdges edges;
  guint32  n_exciting, n_inhibiting;
} EngramDrawnEdges;

/* The edge nearest within @tolerance, marked ones first; FALSE where there is none.
 * @drawn: kept from one call to the next
 * @scratch: a byte for each point */
gboolean engram_screen_points_find_edge   (const EngramScreenPoints *self,
                                           EngramScene              *scene,
                                           const EngramSceneStyle   *style,
                                           float                     x,
                                           float                     y,
                                           float                     tolerance,
                                           guint32                   n_edges,
                                           EngramDrawnEdges         *drawn,
                                           guint8                   *scratch,
                                           guint32                  *edge);
/* Of those that are drawn. (transfer full) (element-type guint32): ascending */
GArray  *engram_screen_points_find_in_polygon (const EngramScreenPoints *self,
                                           const graphene_point_t   *corners,
                                           guint                     n_corners);

G_END_DECLS
