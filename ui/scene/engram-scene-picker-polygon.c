/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-picker-private.h"

#include <math.h>

#define MAX_ROWS 1024

/* The sides of a polygon by the rows of the picture that they touch, so that a lasso of thousands of corners costs
 * a point no more than a rectangle. */
typedef struct {
  const graphene_point_t *corners;
  guint                   n_corners;
  float                   left, top, right, bottom;
  guint                   n_rows;
  guint                  *starts;  /* of each row in sides, and where the last one ends */
  guint                  *sides;   /* indices of corners where they start */
} Polygon;

static gboolean
measure_polygon (Polygon *self)
{
  self->left = self->top = INFINITY;
  self->right = self->bottom = -INFINITY;
  for (guint i = 0; i < self->n_corners; i++)
    {
      const graphene_point_t *corner = &self->corners[i];

      if (!isfinite (corner->x) || !isfinite (corner->y))
        return FALSE;
      self->left = MIN (self->left, corner->x);
      self->right = MAX (self->right, corner->x);
      self->top = MIN (self->top, corner->y);
      self->bottom = MAX (self->bottom, corner->y);
    }
  return self->n_corners >= 3 && self->bottom > self->top;
}

static guint
get_row (const Polygon *self,
         float          y)
{
  double share = ((double) y - self->top) / ((double) self->bottom - self->top);

  return MIN ((guint) (share * self->n_rows), self->n_rows - 1);
}

static void
get_rows (const Polygon *self,
          guint          side,
          guint         *first,
          guint         *last)
{
  float y = self->corners[side].y, next_y = self->corners[(side + 1) % self->n_corners].y;

  *first = get_row (self, MIN (y, next_y));
  *last = get_row (self, MAX (y, next_y));
}

static void
sort_sides (Polygon *self)
{
  guint first, last;

  self->n_rows = CLAMP (self->bottom - self->top, 1, MAX_ROWS);
  self->starts = g_new0 (guint, self->n_rows + 1);
  for (guint i = 0; i < self->n_corners; i++)
    {
      get_rows (self, i, &first, &last);
      for (guint row = first; row <= last; row++)
        self->starts[row]++;
    }
  for (guint row = 1; row <= self->n_rows; row++)
    self->starts[row] += self->starts[row - 1];
  self->sides = g_new (guint, self->starts[self->n_rows]);
  /* From the back, which leaves the starts at the starts. */
  for (guint i = self->n_corners; i-- > 0; )
    {
      get_rows (self, i, &first, &last);
      for (guint row = first; row <= last; row++)
        self->sides[--self->starts[row]] = i;
    }
}

static gboolean
contains (const Polygon *self,
          float          x,
          float          y)
{
  gboolean inside = FALSE;
  guint row;

  if (x < self->left || x > self->right || y < self->top || y > self->bottom)
    return FALSE;

  row = get_row (self, y);
  for (guint i = self->starts[row]; i < self->starts[row + 1]; i++)
    {
      const graphene_point_t *one = &self->corners[self->sides[i]];
      const graphene_point_t *other = &self->corners[(self->sides[i] + 1) % self->n_corners];

      if ((one->y > y) != (other->y > y)
          && x < one->x + ((double) other->x - one->x) * ((double) y - one->y) / ((double) other->y - one->y))
        inside = !inside;
    }
  return inside;
}

GArray *
engram_screen_points_find_in_polygon (const EngramScreenPoints *self,
                                      const graphene_point_t   *corners,
                                      guint                     n_corners)
{
  Polygon polygon = { .corners = corners, .n_corners = n_corners };
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!measure_polygon (&polygon))
    return found;

  sort_sides (&polygon);
  for (guint32 i = 0; i < self->n; i++)
    {
      float x, y;

      if (!engram_screen_points_is_drawn (self, i))
        continue;
      engram_screen_points_get (self, i, &x, &y);
      if (contains (&polygon, x, y))
        g_array_append_val (found, i);
    }
  g_free (polygon.starts);
  g_free (polygon.sides);
  return found;
}
