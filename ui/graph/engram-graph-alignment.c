/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-alignment.h"

#include <math.h>

/* A reflected picture has to fit better by so much: two points fit alike either way. */
#define REFLECTION_GAIN 1.001

typedef struct {
  guint32 n;
  double from[2], to[2];          /* the centres */
  double from_square, to_square;  /* sums of squared distances from these */
  double dot, cross;              /* sums of the products of both */
  double mirrored_dot, mirrored_cross;
} Sums;

static gboolean
is_placed (const float *place)
{
  return isfinite (place[0]) && isfinite (place[1]);
}

static void
find_centres (Sums        *sums,
              const float *from,
              const float *to,
              guint32      n)
{
  for (guint32 i = 0; i < n; i++)
    {
      const float *a = &from[3 * (gsize) i], *b = &to[3 * (gsize) i];

      if (!is_placed (a) || !is_placed (b))
        continue;
      sums->n++;
      for (int axis = 0; axis < 2; axis++)
        {
          sums->from[axis] += a[axis];
          sums->to[axis] += b[axis];
        }
    }
  for (int axis = 0; axis < 2 && sums->n > 0; axis++)
    {
      sums->from[axis] /= sums->n;
      sums->to[axis] /= sums->n;
    }
}

static void
add_up (Sums        *sums,
        const float *from,
        const float *to,
        guint32      n)
{
  for (guint32 i = 0; i < n; i++)
    {
      const float *a = &from[3 * (gsize) i], *b = &to[3 * (gsize) i];

      if (!is_placed (a) || !is_placed (b))
        continue;

      double ax = a[0] - sums->from[0], ay = a[1] - sums->from[1], bx = b[0] - sums->to[0], by = b[1] - sums->to[1];

      sums->from_square += ax * ax + ay * ay;
      sums->to_square += bx * bx + by * by;
      sums->dot += ax * bx + ay * by;
      sums->cross += ax * by - ay * bx;
      sums->mirrored_dot += ax * bx - ay * by;
      sums->mirrored_cross += ax * by + ay * bx;
    }
}

/* The rotation that fits best, after a reflection at the x axis where that fits better. */
static void
choose_matrix (EngramGraphAlignment *self,
               const Sums           *sums,
               double                scale,
               gboolean              turn)
{
  double plain = hypot (sums->dot, sums->cross), mirrored = hypot (sums->mirrored_dot, sums->mirrored_cross);
  gboolean reflect = turn && mirrored > REFLECTION_GAIN * plain;
  double fit = reflect ? mirrored : plain;
  double cosine = turn && fit > 0 ? (reflect ? sums->mirrored_dot : sums->dot) / fit : 1;
  double sine = turn && fit > 0 ? (reflect ? sums->mirrored_cross : sums->cross) / fit : 0;

  self->matrix[0][0] = scale * cosine;
  self->matrix[0][1] = scale * sine;
  self->matrix[1][0] = (reflect ? 1 : -1) * scale * sine;
  self->matrix[1][1] = (reflect ? -1 : 1) * scale * cosine;
}

void
engram_graph_alignment_find (EngramGraphAlignment *self,
                             const float          *from,
                             const float          *to,
                             guint32               n,
                             gboolean              turn)
{
  Sums sums = { 0 };
  double scale = 1;

  find_centres (&sums, from, to, n);
  add_up (&sums, from, to, n);
  if (sums.from_square > 0 && sums.to_square > 0)
    scale = sqrt (sums.to_square / sums.from_square);
  choose_matrix (self, &sums, scale, turn);
  for (int axis = 0; axis < 2; axis++)
    self->shift[axis] = sums.to[axis] - self->matrix[0][axis] * sums.from[0] - self->matrix[1][axis] * sums.from[1];
}

void
engram_graph_alignment_apply (const EngramGraphAlignment *self,
                              float                      *places,
                              guint32                     n)
{
  for (guint32 i = 0; i < n; i++)
    {
      float *place = &places[3 * (gsize) i];
      double x = place[0], y = place[1];

      for (int axis = 0; axis < 2; axis++)
        place[axis] = (float) (self->matrix[0][axis] * x + self->matrix[1][axis] * y + self->shift[axis]);
    }
}
