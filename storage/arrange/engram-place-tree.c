/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "arrange/engram-place-tree-private.h"

#include <math.h>

/* So few points are looked at one by one. */
#define LEAF 8

/* As many as are asked for. */
#define MAX_NEAREST 32

struct _EngramPlaceTree {
  const float *places;
  guint32     *points;
  guint8      *axes; /* along which the part is halved of which a point is the middle */
  gsize        n;
};

typedef struct {
  const EngramPlaceTree *tree;
  guint32                point;
  guint                  k;
  guint                  n_found;
  double                 distances[MAX_NEAREST]; /* squared */
  guint32               *nearest;
} Search;

static guint
find_widest_axis (const float   *places,
                  const guint32 *points,
                  gsize          n)
{
  double low[3] = { INFINITY, INFINITY, INFINITY };
  double high[3] = { -INFINITY, -INFINITY, -INFINITY };
  guint widest = 0;

  for (gsize i = 0; i < n; i++)
    for (guint axis = 0; axis < 3; axis++)
      {
        double number = (double) places[3 * (gsize) points[i] + axis];

        low[axis] = MIN (low[axis], number);
        high[axis] = MAX (high[axis], number);
      }
  for (guint axis = 1; axis < 3; axis++)
    if (high[axis] - low[axis] > high[widest] - low[widest])
      widest = axis;
  return widest;
}

static inline void
swap (guint32 *a,
      guint32 *b)
{
  guint32 kept = *a;

  *a = *b;
  *b = kept;
}

/* Hoare's selection; the middle of three as pivot, so that what is in order already takes no longer. */
static void
select_middle (const float *places,
               guint32     *points,
               gssize       n,
               gssize       middle,
               guint        axis)
{
  gssize low = 0, high = n - 1;

#define NUMBER(I) (places[3 * (gsize) points[I] + axis])
  while (low < high)
    {
      gssize i = low, j = high, centre = low + (high - low) / 2;
      float pivot;

      if (NUMBER (centre) < NUMBER (low))
        swap (&points[centre], &points[low]);
      if (NUMBER (high) < NUMBER (low))
        swap (&points[high], &points[low]);
      if (NUMBER (high) < NUMBER (centre))
        swap (&points[high], &points[centre]);
      pivot = NUMBER (centre);
      while (i <= j)
        {
          while (NUMBER (i) < pivot)
            i++;
          while (NUMBER (j) > pivot)
            j--;
          if (i <= j)
            swap (&points[i++], &points[j--]);
        }
      if (middle <= j)
        high = j;
      else if (middle >= i)
        low = i;
      else
        return;
    }
#undef NUMBER
}

guint
engram_places_split (const float *places,
                     guint32     *points,
                     gsize        n,
                     gsize        middle)
{
  guint axis = find_widest_axis (places, points, n);

  select_middle (places, points, (gssize) n, (gssize) middle, axis);
  return axis;
}

static void
build (EngramPlaceTree *self,
       gsize            start,
       gsize            n)
{
  while (n > LEAF)
    {
      gsize middle = n / 2;

      self->axes[start + middle] = (guint8) engram_places_split (self->places, self->points + start, n, middle);
      build (self, start, middle);
      start += middle + 1;
      n -= middle + 1;
    }
}

EngramPlaceTree *
engram_place_tree_new (const float *places,
                       guint32     *points,
                       gsize        n)
{
  EngramPlaceTree *self = g_new0 (EngramPlaceTree, 1);

  self->places = places;
  self->points = points;
  self->n = n;
  self->axes = g_new0 (guint8, n);
  build (self, 0, n);
  return self;
}

void
engram_place_tree_free (EngramPlaceTree *self)
{
  if (self == NULL)
    return;
  g_free (self->points);
  g_free (self->axes);
  g_free (self);
}

static double
get_reach (const Search *self)
{
  return self->n_found < self->k ? INFINITY : self->distances[self->k - 1];
}

static void
look_at (Search  *self,
         guint32  point)
{
  const float *a = self->tree->places + 3 * (gsize) point;
  const float *b = self->tree->places + 3 * (gsize) self->point;
  double distance = 0;
  guint place;

  for (guint axis = 0; axis < 3; axis++)
    distance += ((double) a[axis] - (double) b[axis]) * ((double) a[axis] - (double) b[axis]);
  if (point == self->point || !(distance < get_reach (self)))
    return;
  self->n_found = MIN (self->n_found + 1, self->k);
  for (place = self->n_found - 1; place > 0 && self->distances[place - 1] > distance; place--)
    {
      self->distances[place] = self->distances[place - 1];
      self->nearest[place] = self->nearest[place - 1];
    }
  self->distances[place] = distance;
  self->nearest[place] = point;
}

static void
search (Search *self,
        gsize   start,
        gsize   n)
{
  const EngramPlaceTree *tree = self->tree;
  gsize middle = start + n / 2;
  guint axis;
  double apart;

  if (n <= LEAF)
    {
      for (gsize i = start; i < start + n; i++)
        look_at (self, tree->points[i]);
      return;
    }
  axis = tree->axes[middle];
  apart = (double) tree->places[3 * (gsize) self->point + axis] -
          (double) tree->places[3 * (gsize) tree->points[middle] + axis];
  if (apart < 0)
    search (self, start, middle - start);
  else
    search (self, middle + 1, start + n - middle - 1);
  look_at (self, tree->points[middle]);
  if (!(apart * apart < get_reach (self)))
    return;
  if (apart < 0)
    search (self, middle + 1, start + n - middle - 1);
  else
    search (self, start, middle - start);
}

guint
engram_place_tree_find_nearest (const EngramPlaceTree *self,
                                guint32                point,
                                guint                  k,
                                guint32               *nearest)
{
  Search find = { .tree = self, .point = point, .k = k, .nearest = nearest };

  g_return_val_if_fail (k >= 1 && k <= MAX_NEAREST, 0);

  search (&find, 0, self->n);
  return find.n_found;
}
