/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph-tree.h"

#include <math.h>
#include <string.h>

#include "graph-fault.h"

/* Of so many points each is asked by itself. */
#define LEAF_SIZE 8

/* Points at the same place cannot be told apart by halving. */
#define MAX_DEPTH 28

/* A cell acts as one from where it is seen at most this wide, squared. */
#define MAX_WIDTH_SQUARED 1.0

#define MAX_DIMENSIONS 3

/* Cells lie in the order in which they are visited: those inside of one follow it. */
typedef struct {
  double  centre[MAX_DIMENSIONS]; /* of mass */
  double  mass;
  double  width_squared;
  guint32 next;                   /* the cell after this one and all that is inside */
  guint32 begin, end;             /* its points */
  gboolean is_leaf;
} Cell;

struct _GraphTree {
  guint32  n_points;
  guint    n_dimensions;
  double   inverse_scale_squared;
  guint32 *order;
  guint32 *sorted;   /* room to sort in */
  double  *places;   /* and masses, in this order: what is near lies near */
  double  *masses;
  GArray  *cells;
};

GraphTree *
graph_tree_new (guint32   n_points,
                guint     n_dimensions,
                double    inverse_scale_squared,
                GError  **error)
{
  g_autoptr (GraphTree) self = g_new0 (GraphTree, 1);

  self->n_points = n_points;
  self->n_dimensions = n_dimensions;
  self->inverse_scale_squared = inverse_scale_squared;
  self->order = g_try_new (guint32, n_points);
  self->sorted = g_try_new (guint32, n_points);
  self->places = g_try_new (double, (gsize) n_points * n_dimensions);
  self->masses = g_try_new (double, n_points);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  if (self->order == NULL || self->sorted == NULL || self->places == NULL || self->masses == NULL)
    {
      graph_fault_set_memory (error);
      return NULL;
    }
  for (guint32 i = 0; i < n_points; i++)
    self->order[i] = i;
  return g_steal_pointer (&self);
}

void
graph_tree_free (GraphTree *self)
{
  g_free (self->order);
  g_free (self->sorted);
  g_free (self->places);
  g_free (self->masses);
  g_array_unref (self->cells);
  g_free (self);
}

static guint
find_part (const double *place,
           const double *middle,
           guint         n_dimensions)
{
  guint part = 0;

  for (guint d = 0; d < n_dimensions; d++)
    part |= (guint) (place[d] >= middle[d]) << d;
  return part;
}

/* Sorts the points of a cell by which part of it they are in. @ends: of each part. */
static void
sort_into_parts (GraphTree    *self,
                 const double *places,
                 const double *middle,
                 guint32       begin,
                 guint32       end,
                 guint32      *ends)
{
  guint n_dimensions = self->n_dimensions;
  guint n_parts = 1u << n_dimensions;
  guint32 starts[1 << MAX_DIMENSIONS];
  guint32 counts[1 << MAX_DIMENSIONS] = { 0 };

  for (guint32 i = begin; i < end; i++)
    counts[find_part (places + (gsize) self->order[i] * n_dimensions, middle, n_dimensions)]++;
  for (guint part = 0, at = begin; part < n_parts; part++)
    {
      starts[part] = at;
      at += counts[part];
      ends[part] = at;
    }
  for (guint32 i = begin; i < end; i++)
    {
      guint32 point = self->order[i];

      self->sorted[starts[find_part (places + (gsize) point * n_dimensions, middle, n_dimensions)]++] = point;
    }
  memcpy (self->order + begin, self->sorted + begin, (end - begin) * sizeof (guint32));
}

static void
weigh (GraphTree    *self,
       const double *places,
       const double *masses,
       Cell         *cell)
{
  for (guint32 i = cell->begin; i < cell->end; i++)
    {
      const double *place = places + (gsize) self->order[i] * self->n_dimensions;
      double mass = masses[self->order[i]];

      cell->mass += mass;
      for (guint d = 0; d < self->n_dimensions; d++)
        cell->centre[d] += mass * place[d];
    }
  for (guint d = 0; d < self->n_dimensions; d++)
    cell->centre[d] /= cell->mass;
}

static void
build_cell (GraphTree    *self,
            const double *places,
            const double *masses,
            const double *middle,
            double        width,
            guint         depth,
            guint32       begin,
            guint32       end)
{
  Cell cell = { .width_squared = width * width, .begin = begin, .end = end };
  guint32 index = self->cells->len;
  guint32 ends[1 << MAX_DIMENSIONS];

  weigh (self, places, masses, &cell);
  cell.is_leaf = end - begin <= LEAF_SIZE || depth == MAX_DEPTH;
  g_array_append_val (self->cells, cell);
  if (!cell.is_leaf)
    {
      sort_into_parts (self, places, middle, begin, end, ends);
      for (guint part = 0; part < 1u << self->n_dimensions; part++)
        {
          double inner_middle[MAX_DIMENSIONS];

          for (guint d = 0; d < self->n_dimensions; d++)
            inner_middle[d] = middle[d] + (part >> d & 1 ? width / 4 : -width / 4);
          if (ends[part] > begin)
            build_cell (self, places, masses, inner_middle, width / 2, depth + 1, begin, ends[part]);
          begin = ends[part];
        }
    }
  g_array_index (self->cells, Cell, index).next = self->cells->len;
}

void
graph_tree_build (GraphTree    *self,
                  const double *places,
                  const double *masses)
{
  double middle[MAX_DIMENSIONS];
  double width = 0;

  for (guint d = 0; d < self->n_dimensions; d++)
    {
      double low = places[d];
      double high = low;

      for (gsize i = 0; i < self->n_points; i++)
        {
          low = MIN (low, places[i * self->n_dimensions + d]);
          high = MAX (high, places[i * self->n_dimensions + d]);
        }
      middle[d] = (low + high) / 2;
      width = MAX (width, high - low);
    }
  g_array_set_size (self->cells, 0);
  build_cell (self, places, masses, middle, width, 0, 0, self->n_points);
  for (guint32 i = 0; i < self->n_points; i++)
    {
      memcpy (self->places + (gsize) i * self->n_dimensions,
              places + (gsize) self->order[i] * self->n_dimensions, self->n_dimensions * sizeof (double));
      self->masses[i] = masses[self->order[i]];
    }
}

/* Adds what a mass does from @offset away. Returns: how much of it for each length of the offset. */
static inline double
push_away (const double *offset,
           double        distance_squared,
           double        mass,
           double        inverse_scale_squared,
           guint         n_dimensions,
           double       *force)
{
  double strength = mass / (distance_squared * sqrt (1 + distance_squared * inverse_scale_squared));

  for (guint d = 0; d < n_dimensions; d++)
    force[d] += strength * offset[d];
  return strength;
}

static inline double
get_offset (const double *from,
            const double *to,
            guint         n_dimensions,
            double       *offset)
{
  double squared = 0;

  for (guint d = 0; d < n_dimensions; d++)
    {
      offset[d] = to[d] - from[d];
      squared += offset[d] * offset[d];
    }
  return squared;
}

static inline void
push_from_cells (GraphTree    *self,
                 const double *place,
                 guint         n_dimensions,
                 double       *force,
                 double       *stiffness)
{
  const Cell *cells = (const Cell *) self->cells->data;
  guint32 n_cells = self->cells->len;
  double weakening = self->inverse_scale_squared;

  for (guint32 index = 0; index < n_cells;)
    {
      const Cell *cell = &cells[index];
      double offset[MAX_DIMENSIONS];
      double squared = get_offset (cell->centre, place, n_dimensions, offset);

      if (cell->width_squared < MAX_WIDTH_SQUARED * squared)
        push_away (offset, squared, cell->mass, weakening, n_dimensions, force);
      else if (!cell->is_leaf)
        {
          index++;
          continue;
        }
      else
        for (guint32 i = cell->begin; i < cell->end; i++)
          {
            squared = get_offset (self->places + (gsize) i * n_dimensions, place, n_dimensions, offset);
            /* Itself, and what is at the very same place: it has no direction to be pushed in. */
            if (squared > 0)
              *stiffness += push_away (offset, squared, self->masses[i], weakening, n_dimensions, force);
          }
      index = cell->next;
    }
}

void
graph_tree_push (GraphTree    *self,
                 guint32       point,
                 const double *places,
                 double       *force,
                 double       *stiffness)
{
  const double *place = places + (gsize) point * self->n_dimensions;

  /* Twice the same, so that the compiler knows how many dimensions there are. */
  if (self->n_dimensions == 2)
    push_from_cells (self, place, 2, force, stiffness);
  else
    push_from_cells (self, place, 3, force, stiffness);
}

const guint32 *
graph_tree_get_order (GraphTree *self)
{
  return self->order;
}
