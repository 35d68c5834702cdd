/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-order.h"

#include <math.h>
#include <string.h>

#define AXIS_BITS 10
#define RADIX_BITS 10
#define N_RADIX (1 << RADIX_BITS)

typedef struct {
  guint32 code;
  guint32 point;
} Place;

/* Puts two bits between any two of the lowest ten. */
static guint32
spread_bits (guint32 number)
{
  number = (number | number << 16) & 0x030000ff;
  number = (number | number << 8) & 0x0300f00f;
  number = (number | number << 4) & 0x030c30c3;
  return (number | number << 2) & 0x09249249;
}

/* Morton's: neighbours along the curve are neighbours in space. */
static guint32
get_code (const EngramScenePoint *point,
          const float             low[3],
          const float             high[3])
{
  const float place[3] = { point->x, point->y, point->z };
  guint32 code = 0;

  for (guint axis = 0; axis < 3; axis++)
    {
      float extent = high[axis] - low[axis];
      float part = extent > 0 ? CLAMP ((place[axis] - low[axis]) / extent, 0, 1) : 0;

      code |= spread_bits ((guint32) (part * ((1 << AXIS_BITS) - 1))) << axis;
    }
  return code;
}

static void
sort_places (Place  *places,
             guint32 n)
{
  g_autofree Place *other = g_new (Place, n);

  for (guint shift = 0; shift < 3 * AXIS_BITS && n > 0; shift += RADIX_BITS)
    {
      guint32 starts[N_RADIX + 1] = { 0 };

      for (guint32 i = 0; i < n; i++)
        starts[(places[i].code >> shift & (N_RADIX - 1)) + 1]++;
      for (guint32 i = 0; i < N_RADIX; i++)
        starts[i + 1] += starts[i];
      for (guint32 i = 0; i < n; i++)
        other[starts[places[i].code >> shift & (N_RADIX - 1)]++] = places[i];
      memcpy (places, other, n * sizeof *places);
    }
}

static guint32
reverse_bits (guint32 number,
              guint   n_bits)
{
  guint32 reversed = 0;

  for (guint bit = 0; bit < n_bits; bit++)
    reversed |= (number >> bit & 1) << (n_bits - 1 - bit);
  return reversed;
}

/* Along the curve by halves: the first, the one in the middle, those between them, and so on. */
guint32 *
engram_scene_order_points (EngramScene *scene)
{
  guint32 *order = g_new (guint32, scene->n_points);
  g_autofree Place *places = g_new (Place, scene->n_points);
  guint n_bits = g_bit_storage (scene->n_points);
  guint32 n_placed = 0, n_ordered = 0, n_last = scene->n_points;
  float low[3], high[3];

  engram_scene_get_bounds (scene, low, high);
  for (guint32 i = 0; i < scene->n_points; i++)
    {
      const EngramScenePoint *point = &scene->points[i];

      if (isfinite (point->x) && isfinite (point->y) && isfinite (point->z))
        places[n_placed++] = (Place) { get_code (point, low, high), i };
      else
        order[--n_last] = i;
    }
  sort_places (places, n_placed);
  for (guint64 i = 0; i < G_GUINT64_CONSTANT (1) << n_bits; i++)
    {
      guint32 along = reverse_bits (i, n_bits);

      if (along < n_placed)
        order[n_ordered++] = places[along].point;
    }
  return order;
}

guint32 *
engram_scene_order_edges (EngramScene *scene)
{
  guint32 *order = g_new (guint32, scene->n_edges);
  guint32 n_inhibiting = 0;

  for (guint32 n = 0; n < scene->n_edges; n++)
    {
      guint32 exciting_wanted, inhibiting_wanted;

      engram_scene_split_detail (scene, n + 1, &exciting_wanted, &inhibiting_wanted);
      if (inhibiting_wanted > n_inhibiting)
        order[n] = scene->inhibiting[n_inhibiting++];
      else
        order[n] = scene->exciting[n - n_inhibiting];
    }
  return order;
}
