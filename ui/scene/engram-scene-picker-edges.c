/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-picker-private.h"

#include <math.h>

/* So many edges are looked at roughly before the remaining ones of them are looked at closely. */
#define CHUNK 2048
/* Of more edges than this each of two threads looks at a half. */
#define THREADED_EDGES 2000000
/* Pixels by which the rough look is wider, for the rounding of single precision. */
#define SLACK 0.5f

typedef struct {
  const EngramScreenPoints *points;
  EngramScene              *scene;
  const EngramSceneStyle   *style;
  const guint8             *sides;           /* of each point: see sort_into_sides() */
  float                     x, y;            /* from the middle of the picture */
  guint32                   last_exciting;   /* index of the weakest edge that is drawn, of either sign */
  guint32                   last_inhibiting;
  gboolean                  found;
  double                    distance;        /* of the best, or the tolerance */
  guint32                   edge;
} Search;

/* For each point a bit for each of eight lines around the pixel, at the distance @tolerance, beyond which the point
 * lies. An edge whose ends are both beyond one line is nowhere near the pixel. This also holds for points behind
 * the eye, since their places are not divided by their depth. */
static void
sort_into_sides (const Search *self,
                 float         tolerance,
                 guint8       *sides)
{
  const EngramScreenPoints *points = self->points;
  const float near = tolerance + SLACK;

  for (guint32 i = 0; i < points->n; i++)
    {
      const EngramScreenPoint *point = &points->points[i];
      float divisor = points->perspective ? point->depth : 1;
      float x = point->x - self->x * divisor, y = point->y - self->y * divisor;
      float straight = near * divisor, slanted = near * divisor * (float) G_SQRT2;
      guint8 side = (x > straight) | (x < -straight) << 1 | (y > straight) << 2 | (y < -straight) << 3
                    | (x + y > slanted) << 4 | (x + y < -slanted) << 5
                    | (x - y > slanted) << 6 | (x - y < -slanted) << 7;

      sides[i] = point->radius < 0 ? 0xff : side;
    }
}

/* Whether the endless line through two points passes farther than @self's distance from the pixel: as well as the
 * sides can tell of long lines, and for a fraction of what the exact distance takes. */
static gboolean
passes_by (const Search *self,
           guint32       source,
           guint32       target)
{
  const EngramScreenPoint *point = &self->points->points[source], *other = &self->points->points[target];
  double divisor = self->points->perspective ? point->depth : 1;
  double other_divisor = self->points->perspective ? other->depth : 1;
  double x = point->x - self->x * divisor, y = point->y - self->y * divisor;
  double other_x = other->x - self->x * other_divisor, other_y = other->y - self->y * other_divisor;
  double across = y * other_divisor - other_y * divisor, down = other_x * divisor - x * other_divisor;
  double offset = x * other_y - other_x * y;
  double reach = self->distance + SLACK;

  return offset * offset > reach * reach * (across * across + down * down);
}

/* Cuts the part of a line that is nearer than the near depth away from its first end, (@x, @y, @depth). */
static void
cut_near (double *x,
          double *y,
          double *depth,
          double  other_x,
          double  other_y,
          double  other_depth,
          double  near_depth)
{
  double share;

  if (*depth >= near_depth)
    return;

  share = (near_depth - *depth) / (other_depth - *depth);
  *x += share * (other_x - *x);
  *y += share * (other_y - *y);
  *depth = near_depth;
}

/* Pixels from the place that is searched to the line between two points; infinite where nothing of it is in the
 * picture. */
static double
measure_distance (const Search *self,
                  guint32       source,
                  guint32       target)
{
  const EngramScreenPoint *point = &self->points->points[source], *other = &self->points->points[target];
  const double near_depth = self->points->near_depth;
  double x = point->x, y = point->y, depth = point->depth;
  double other_x = other->x, other_y = other->y, other_depth = other->depth;
  double length, share;

  if (self->points->perspective)
    {
      if (depth < near_depth && other_depth < near_depth)
        return INFINITY;
      cut_near (&x, &y, &depth, other_x, other_y, other_depth, near_depth);
      cut_near (&other_x, &other_y, &other_depth, x, y, depth, near_depth);
      x /= depth;
      y /= depth;
      other_x /= other_depth;
      other_y /= other_depth;
    }
  length = (other_x - x) * (other_x - x) + (other_y - y) * (other_y - y);
  share = length > 0 ? ((self->x - x) * (other_x - x) + (self->y - y) * (other_y - y)) / length : 0;
  share = CLAMP (share, 0, 1);
  return hypot (x + share * (other_x - x) - self->x, y + share * (other_y - y) - self->y);
}

/* Of two that are as near the first is the stronger one. */
static void
consider_distance (Search  *self,
                   double   distance,
                   guint32  index)
{
  if (self->found ? distance < self->distance : distance <= self->distance)
    {
      self->found = TRUE;
      self->distance = distance;
      self->edge = index;
    }
}

static gboolean
has_ends (const Search *self,
          guint32       index)
{
  const EngramSceneEdge *edge = &self->scene->edges[index];

  return self->points->points[edge->source].radius >= 0 && self->points->points[edge->target].radius >= 0;
}

/* At any level of detail. */
static gboolean
is_drawn (const Search *self,
          guint32       index)
{
  return engram_scene_style_has_edge (self->style, self->scene, &self->scene->edges[index]) && has_ends (self, index);
}

static gboolean
is_marked (const Search *self,
           guint32       index)
{
  return engram_scene_style_has_weight (self->style, &self->scene->edges[index]) && has_ends (self, index);
}

static void
consider_edge (Search  *self,
               guint32  index,
               gboolean marked)
{
  const EngramSceneEdge *edge = &self->scene->edges[index];

  if (!passes_by (self, edge->source, edge->target) && (marked ? is_marked (self, index) : is_drawn (self, index)))
    consider_distance (self, measure_distance (self, edge->source, edge->target), index);
}

static void
search_marked (Search *self)
{
  for (guint32 i = 0; i < self->scene->n_marked_edges; i++)
    {
      guint32 index = self->scene->marked_edges[i];
      const EngramSceneEdge *edge = &self->scene->edges[index];

      if ((self->sides[edge->source] & self->sides[edge->target]) == 0)
        consider_edge (self, index, TRUE);
    }
}

/* Walks from the strongest edge on until @n_edges that are drawn have been met. */
static void
walk_detail (const Search     *self,
             EngramDrawnEdges *drawn,
             guint32           n_edges)
{
  guint32 n_met = 0, n_exciting = 0, n_inhibiting = 0;

  for (guint32 n = 1; n_met < n_edges && n <= self->scene->n_edges; n++)
    {
      guint32 more_exciting;

      engram_scene_split_detail (self->scene, n, &more_exciting, &n_inhibiting);
      n_met += is_drawn (self, more_exciting > n_exciting ? self->scene->exciting[more_exciting - 1]
                                                          : self->scene->inhibiting[n_inhibiting - 1]);
      n_exciting = more_exciting;
    }
  drawn->n_exciting = n_exciting;
  drawn->n_inhibiting = n_inhibiting;
}

static void
find_drawn (const Search     *self,
            EngramDrawnEdges *drawn,
            guint32           n_edges)
{
  guint32 n_all = 0;

  for (guint32 i = 0; i < self->scene->n_edges; i++)
    n_all += is_drawn (self, i);
  if (n_edges >= n_all || n_all == self->scene->n_edges)
    engram_scene_split_detail (self->scene, n_edges >= n_all ? self->scene->n_edges : n_edges,
                               &drawn->n_exciting, &drawn->n_inhibiting);
  else
    walk_detail (self, drawn, n_edges);
  drawn->is_known = TRUE;
  drawn->n_edges = n_edges;
  drawn->lowest_weight = self->style->lowest_weight;
  drawn->highest_weight = self->style->highest_weight;
  drawn->edges = self->style->edges;
}

/* How many edges from the strongest on contain all that are drawn. */
static guint32
limit_detail (Search           *self,
              EngramDrawnEdges *drawn,
              guint32           n_edges)
{
  EngramScene *scene = self->scene;
  guint32 end = 0;

  if (!drawn->is_known || drawn->n_edges != n_edges || drawn->lowest_weight != self->style->lowest_weight
      || drawn->highest_weight != self->style->highest_weight || drawn->edges != self->style->edges)
    find_drawn (self, drawn, n_edges);
  self->last_exciting = self->last_inhibiting = 0;
  if (drawn->n_exciting > 0)
    {
      self->last_exciting = scene->exciting[drawn->n_exciting - 1];
      end = self->last_exciting + 1;
    }
  if (drawn->n_inhibiting > 0)
    {
      self->last_inhibiting = scene->inhibiting[drawn->n_inhibiting - 1];
      end = MAX (end, self->last_inhibiting + 1);
    }
  return end;
}

static gboolean
is_in_detail (const Search *self,
              guint32       index)
{
  return index <= (self->scene->edges[index].weight < 0 ? self->last_inhibiting : self->last_exciting);
}

/* Every edge is looked at, but only as two bytes, without a jump that the processor could guess wrong: 1,000,000
 * take 2 to 4 ms, which an index of the picture's edges would take several times over to be made. */
static void
search_range (Search  *self,
              guint32  start,
              guint32  end)
{
  const EngramSceneEdge *edges = self->scene->edges;
  const guint8 *sides = self->sides;
  guint32 near[CHUNK];

  for (guint32 first = start; first < end; first += CHUNK)
    {
      guint32 n_near = 0, last = MIN (end - first, CHUNK) + first;

      for (guint32 i = first; i < last; i++)
        {
          near[n_near] = i;
          n_near += (sides[edges[i].source] & sides[edges[i].target]) == 0;
        }
      for (guint32 i = 0; i < n_near; i++)
        if (is_in_detail (self, near[i]))
          consider_edge (self, near[i], FALSE);
    }
}

typedef struct {
  Search  search;
  guint32 start, end;
} Part;

static gpointer
search_part (gpointer data)
{
  Part *part = data;

  search_range (&part->search, part->start, part->end);
  return NULL;
}

static void
search_detail (Search           *self,
               EngramDrawnEdges *drawn,
               guint32           n_edges)
{
  guint32 end = limit_detail (self, drawn, n_edges);
  guint32 middle = end > THREADED_EDGES ? end / 2 : end;
  Part part = { *self, middle, end };
  GThread *thread = NULL;

  if (middle < end)
    thread = g_thread_new ("engram-picker", search_part, &part);
  search_range (self, 0, middle);
  if (thread != NULL)
    g_thread_join (thread);
  if (part.search.found)
    consider_distance (self, part.search.distance, part.search.edge);
}

gboolean
engram_screen_points_find_edge (const EngramScreenPoints *self,
                                EngramScene              *scene,
                                const EngramSceneStyle   *style,
                                float                     x,
                                float                     y,
                                float                     tolerance,
                                guint32                   n_edges,
                                EngramDrawnEdges         *drawn,
                                guint8                   *scratch,
                                guint32                  *edge)
{
  Search search = {
    .points = self, .scene = scene, .style = style, .sides = scratch,
    .x = x - self->middle_x, .y = y - self->middle_y, .distance = tolerance,
  };

  sort_into_sides (&search, tolerance, scratch);
  search_marked (&search);
  if (!search.found && style->edges != ENGRAM_SCENE_EDGES_NONE && n_edges > 0)
    search_detail (&search, drawn, n_edges);
  *edge = search.edge;
  return search.found;
}
