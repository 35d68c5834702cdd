/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene.h"

#include <math.h>
#include <string.h>

/* Inhibiting edges are a tenth of a level of detail at least: they are few in most networks and matter. */
#define LEAST_INHIBITING_SHARE 0.1

G_DEFINE_BOXED_TYPE (EngramScene, engram_scene, engram_scene_ref, engram_scene_unref)

static float
edge_strength (const EngramSceneEdge *edge)
{
  return isnan (edge->weight) ? 0 : fabsf (edge->weight);
}

static int
compare_strength (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  float first = edge_strength (a), second = edge_strength (b);

  return (first < second) - (first > second);
}

/* The indices of the edges of either sign. */
static void
list_signs (EngramScene *self)
{
  for (guint32 i = 0; i < self->n_edges; i++)
    self->n_inhibiting += self->edges[i].weight < 0;
  self->n_exciting = self->n_edges - self->n_inhibiting;
  self->inhibiting = g_new (guint32, self->n_inhibiting);
  self->exciting = g_new (guint32, self->n_exciting);

  guint32 *inhibiting = self->inhibiting, *exciting = self->exciting;

  for (guint32 i = 0; i < self->n_edges; i++)
    if (self->edges[i].weight < 0)
      *inhibiting++ = i;
    else
      *exciting++ = i;
}

EngramScene *
engram_scene_new (EngramScenePoint *points,
                  guint32           n_points,
                  EngramSceneEdge  *edges,
                  guint32           n_edges,
                  gboolean          sorted,
                  gboolean          flat)
{
  EngramScene *self = g_new0 (EngramScene, 1);

  self->n_points = n_points;
  self->points = points;
  self->n_edges = n_edges;
  self->edges = edges;
  self->flat = flat;
  g_atomic_ref_count_init (&self->references);

  for (guint32 i = 0; i < n_edges; i++)
    if (edges[i].source >= n_points || edges[i].target >= n_points)
      g_error ("Edge %u of the scene leads from point %u to %u of %u", i, edges[i].source, edges[i].target, n_points);
  if (!sorted && n_edges > 0)
    g_qsort_with_data (edges, n_edges, sizeof *edges, compare_strength, NULL);
  list_signs (self);
  return self;
}

EngramScene *
engram_scene_copy (EngramScene *self)
{
  EngramScene *copy = engram_scene_new (g_memdup2 (self->points, self->n_points * sizeof *self->points), self->n_points,
                                        g_memdup2 (self->edges, self->n_edges * sizeof *self->edges), self->n_edges,
                                        TRUE, self->flat);

  engram_scene_set_marked_edges (copy, self->marked_edges, self->n_marked_edges);
  return copy;
}

EngramScene *
engram_scene_ref (EngramScene *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
engram_scene_unref (EngramScene *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->points);
  g_free (self->edges);
  g_free (self->inhibiting);
  g_free (self->exciting);
  g_free (self->marked_edges);
  g_free (self);
}

static void
put_place (EngramScenePoint *point,
           const float      *place)
{
  point->x = place[0];
  point->y = place[1];
  point->z = place[2];
}

void
engram_scene_set_places (EngramScene *self,
                         const float *places)
{
  for (guint32 i = 0; i < self->n_points; i++)
    put_place (&self->points[i], &places[3 * (gsize) i]);
  self->places_serial++;
}

void
engram_scene_set_place (EngramScene *self,
                        guint32      point,
                        const float *place)
{
  g_return_if_fail (point < self->n_points);

  put_place (&self->points[point], place);
  self->places_serial++;
}

void
engram_scene_mix_places (EngramScene *self,
                         const float *from,
                         const float *to,
                         float        mix)
{
  for (guint32 i = 0; i < self->n_points; i++)
    {
      const float *a = &from[3 * (gsize) i], *b = &to[3 * (gsize) i];
      /* What has no place to come from is where it goes to at once. */
      gboolean placed = isfinite (a[0]) && isfinite (a[1]) && isfinite (a[2]);
      float rest = placed ? 1 - mix : 0, share = placed ? mix : 1;
      float place[3];

      for (int axis = 0; axis < 3; axis++)
        place[axis] = rest > 0 ? rest * a[axis] + share * b[axis] : b[axis];
      put_place (&self->points[i], place);
    }
  self->places_serial++;
}

float *
engram_scene_copy_places (EngramScene *self)
{
  float *places = g_new (float, 3 * (gsize) self->n_points);

  for (guint32 i = 0; i < self->n_points; i++)
    {
      places[3 * (gsize) i] = self->points[i].x;
      places[3 * (gsize) i + 1] = self->points[i].y;
      places[3 * (gsize) i + 2] = self->points[i].z;
    }
  return places;
}

void
engram_scene_set_colours (EngramScene  *self,
                          const guint8 *colours)
{
  for (guint32 i = 0; i < self->n_points; i++)
    memcpy (self->points[i].colour, &colours[4 * (gsize) i], 4);
  self->looks_serial++;
}

void
engram_scene_set_sizes (EngramScene *self,
                        const float *sizes)
{
  for (guint32 i = 0; i < self->n_points; i++)
    self->points[i].size = sizes[i];
  self->looks_serial++;
}

void
engram_scene_set_flag (EngramScene      *self,
                       EngramPointFlags  flag,
                       const guint32    *points,
                       guint32           n_points)
{
  for (guint32 i = 0; i < self->n_points; i++)
    self->points[i].flags &= ~flag;
  for (guint32 i = 0; i < n_points; i++)
    {
      g_return_if_fail (points[i] < self->n_points);
      self->points[points[i]].flags |= flag;
    }
  self->looks_serial++;
}

void
engram_scene_set_marked_edges (EngramScene   *self,
                               const guint32 *edges,
                               guint32        n_edges)
{
  guint32 *marked = g_memdup2 (edges, n_edges * sizeof *edges);

  g_free (self->marked_edges);
  self->marked_edges = marked;
  self->n_marked_edges = n_edges;
  self->marks_serial++;
}

guint
engram_scene_get_places_serial (EngramScene *self)
{
  return self->places_serial;
}

guint
engram_scene_get_looks_serial (EngramScene *self)
{
  return self->looks_serial;
}

guint
engram_scene_get_marks_serial (EngramScene *self)
{
  return self->marks_serial;
}

gboolean
engram_scene_get_bounds (EngramScene *self,
                         float        low[3],
                         float        high[3])
{
  gboolean any = FALSE;

  for (int axis = 0; axis < 3; axis++)
    {
      low[axis] = INFINITY;
      high[axis] = -INFINITY;
    }
  for (guint32 i = 0; i < self->n_points; i++)
    {
      const EngramScenePoint *point = &self->points[i];
      const float place[3] = { point->x, point->y, point->z };

      if ((point->flags & ENGRAM_POINT_HIDDEN) != 0
          || !isfinite (point->x) || !isfinite (point->y) || !isfinite (point->z))
        continue;
      any = TRUE;
      for (int axis = 0; axis < 3; axis++)
        {
          low[axis] = MIN (low[axis], place[axis]);
          high[axis] = MAX (high[axis], place[axis]);
        }
    }
  if (!any)
    for (int axis = 0; axis < 3; axis++)
      low[axis] = high[axis] = 0;
  return any;
}

void
engram_scene_split_detail (EngramScene *self,
                           guint32      n,
                           guint32     *n_exciting,
                           guint32     *n_inhibiting)
{
  if (n >= self->n_edges)
    {
      *n_exciting = self->n_exciting;
      *n_inhibiting = self->n_inhibiting;
      return;
    }

  double share = MAX ((double) self->n_inhibiting / self->n_edges, LEAST_INHIBITING_SHARE);
  guint32 wanted = (guint32) ceil (share * n);

  *n_inhibiting = MIN (wanted, self->n_inhibiting);
  *n_exciting = MIN (n - *n_inhibiting, self->n_exciting);
  *n_inhibiting = n - *n_exciting;
}
