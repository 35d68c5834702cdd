/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-labels.h"

#include <math.h>

#include "scene/engram-scene-picker-private.h"

/* Pixels from a point's rim to its text, and at least between two texts. */
#define GAP 3.0f
#define SPACING 2.0f
/* A text stands no farther than this from the middle of a large point, over it then. */
#define MAX_OFFSET 24.0f
/* Where not even a text of this size has room there is no need to measure. */
#define LEAST_TEXT 4.0f
/* Pixels of a side of the squares in which what is covered is told. */
#define DEPTH_CELL 4.0f
/* One of so many candidates is named also where it is covered, and no more than so many. */
#define LEADING_SHARE 20
#define MOST_LEADING 10
/* So far from its middle towards its rim it is looked at whether something of a point is seen. */
#define SEEN_SHARE 0.7f
/* A place of a text is good where no more of it than this has points. */
#define FEW_POINTS 0.1f
/* Pixels of a side of the squares in which texts are looked up. */
#define TEXT_CELL 64.0f
/* So many texts are measured for each label that there may be: in a dense picture most find no room. */
#define MEASURED_A_LABEL 16

#define HIGHLIGHTS (ENGRAM_POINT_SELECTED | ENGRAM_POINT_MARKED)

/* A text in a cell, and the next one in the same cell; -1 ends it. */
typedef struct {
  guint label;
  int   next;
} CellEntry;

typedef struct {
  EngramScene            *scene;
  const EngramSceneStyle *style;
  const EngramProjection *projection;
  guint                   limit;
  EngramMeasureLabelFunc  measure;
  gpointer                user_data;

  /* The least depth that covers the middle of each square. */
  guint                   depth_columns, depth_rows;
  float                  *depths;

  GArray                 *labels;
  guint                   n_measured;
  guint                   cell_columns, cell_rows;
  int                    *cells;    /* the first entry of each */
  GArray                 *entries;
} Placing;

/* The first and the last square whose middle lies between two pixels; none where the last is less. */
static void
get_span (float  from,
          float  to,
          float  side,
          guint  n,
          int   *first,
          int   *last)
{
  *first = (int) ceilf (CLAMP (from / side - 0.5f, 0, (float) n));
  *last = (int) floorf (CLAMP (to / side - 0.5f, -1, (float) n - 1));
}

static void
cover_disc (Placing *self,
            float    x,
            float    y,
            float    radius,
            float    depth)
{
  int first_row, last_row, first, last;

  get_span (y - radius, y + radius, DEPTH_CELL, self->depth_rows, &first_row, &last_row);
  for (int row = first_row; row <= last_row; row++)
    {
      float down = (row + 0.5f) * DEPTH_CELL - y;
      float half = sqrtf (MAX (radius * radius - down * down, 0));
      float *depths = self->depths + (gsize) row * self->depth_columns;

      get_span (x - half, x + half, DEPTH_CELL, self->depth_columns, &first, &last);
      for (int column = first; column <= last; column++)
        depths[column] = MIN (depths[column], depth);
    }
}

/* Coarse: to some pixels. */
static void
find_covered (Placing *self)
{
  EngramScreenPoints points = { 0 };

  self->depth_columns = (guint) ceilf (self->projection->width / DEPTH_CELL);
  self->depth_rows = (guint) ceilf (self->projection->height / DEPTH_CELL);
  self->depths = g_new (float, (gsize) self->depth_columns * self->depth_rows);
  for (gsize i = 0; i < (gsize) self->depth_columns * self->depth_rows; i++)
    self->depths[i] = INFINITY;

  engram_screen_points_project (&points, self->scene, self->style, self->projection);
  for (guint32 i = 0; i < points.n; i++)
    if (engram_screen_points_is_drawn (&points, i))
      {
        float x, y;

        engram_screen_points_get (&points, i, &x, &y);
        cover_disc (self, x, y, points.points[i].radius, points.points[i].depth);
      }
  engram_screen_points_clear (&points);
}

static gboolean
is_covered_at (const Placing *self,
               float          x,
               float          y,
               float          depth)
{
  guint column = MIN ((guint) (MAX (x, 0) / DEPTH_CELL), self->depth_columns - 1);
  guint row = MIN ((guint) (MAX (y, 0) / DEPTH_CELL), self->depth_rows - 1);

  /* Its own depth is there too, as another computation has rounded it. */
  return self->depths[(gsize) row * self->depth_columns + column] < depth * (1 - 1e-5f);
}

/* Nothing of it is seen: neither its middle nor what is towards its sides. */
static gboolean
is_covered (const Placing *self,
            float          x,
            float          y,
            float          depth,
            float          radius)
{
  float aside = SEEN_SHARE * radius;

  return !self->scene->flat && is_covered_at (self, x, y, depth)
         && is_covered_at (self, x - aside, y, depth) && is_covered_at (self, x + aside, y, depth)
         && is_covered_at (self, x, y - aside, depth) && is_covered_at (self, x, y + aside, depth);
}

static void
get_cells (const Placing          *self,
           const EngramSceneLabel *label,
           guint                  *left,
           guint                  *top,
           guint                  *right,
           guint                  *bottom)
{
  *left = (guint) (MAX (label->x - SPACING, 0) / TEXT_CELL);
  *top = (guint) (MAX (label->y - SPACING, 0) / TEXT_CELL);
  *right = MIN ((guint) ((label->x + label->width + SPACING) / TEXT_CELL), self->cell_columns - 1);
  *bottom = MIN ((guint) ((label->y + label->height + SPACING) / TEXT_CELL), self->cell_rows - 1);
}

static gboolean
overlap (const EngramSceneLabel *one,
         const EngramSceneLabel *other)
{
  return one->x < other->x + other->width + SPACING && other->x < one->x + one->width + SPACING
         && one->y < other->y + other->height + SPACING && other->y < one->y + one->height + SPACING;
}

static gboolean
has_room (const Placing          *self,
          const EngramSceneLabel *label)
{
  guint left, top, right, bottom;

  if (!(label->x >= 0 && label->y >= 0 && label->x + label->width <= self->projection->width
        && label->y + label->height <= self->projection->height))
    return FALSE;

  get_cells (self, label, &left, &top, &right, &bottom);
  for (guint row = top; row <= bottom; row++)
    for (guint column = left; column <= right; column++)
      for (int i = self->cells[row * self->cell_columns + column]; i >= 0; )
        {
          const CellEntry *entry = &g_array_index (self->entries, CellEntry, i);

          if (overlap (label, &g_array_index (self->labels, EngramSceneLabel, entry->label)))
            return FALSE;
          i = entry->next;
        }
  return TRUE;
}

static void
add_label (Placing                *self,
           const EngramSceneLabel *label)
{
  guint left, top, right, bottom;

  get_cells (self, label, &left, &top, &right, &bottom);
  for (guint row = top; row <= bottom; row++)
    for (guint column = left; column <= right; column++)
      {
        int *first = &self->cells[row * self->cell_columns + column];
        CellEntry entry = { self->labels->len, *first };

        *first = self->entries->len;
        g_array_append_val (self->entries, entry);
      }
  g_array_append_val (self->labels, *label);
}

/* Which share of a text's place has points in it, told to some pixels. */
static float
get_crowding (const Placing          *self,
              const EngramSceneLabel *label)
{
  int first_row, last_row, first, last;
  guint n = 0, n_taken = 0;

  get_span (label->y, label->y + label->height, DEPTH_CELL, self->depth_rows, &first_row, &last_row);
  get_span (label->x, label->x + label->width, DEPTH_CELL, self->depth_columns, &first, &last);
  for (int row = first_row; row <= last_row; row++)
    for (int column = first; column <= last; column++)
      {
        n++;
        n_taken += !isinf (self->depths[(gsize) row * self->depth_columns + column]);
      }
  return n > 0 ? (float) n_taken / (float) n : 0;
}

/* Puts it beside the point: to the right, or else to the left, above, below, where few points are under it; where that
 * is nowhere so, where fewest are. */
static gboolean
fit_label (const Placing    *self,
           EngramSceneLabel *label,
           float             x,
           float             y,
           float             radius)
{
  const float offset = MIN (radius, MAX_OFFSET) + GAP;
  const float middle_x = x - label->width / 2, middle_y = y - label->height / 2;
  const float places[][2] = {
    { x + offset, middle_y },
    { x - offset - label->width, middle_y },
    { middle_x, y - offset - label->height },
    { middle_x, y + offset },
  };

  float least = INFINITY;
  guint best = 0;

  for (guint i = 0; i < G_N_ELEMENTS (places) && least > FEW_POINTS; i++)
    {
      float crowding;

      label->x = places[i][0];
      label->y = places[i][1];
      if (!has_room (self, label))
        continue;
      crowding = get_crowding (self, label);
      if (crowding < least)
        best = i;
      least = MIN (least, crowding);
    }
  label->x = places[best][0];
  label->y = places[best][1];
  return !isinf (least);
}

/* @leading: it is looked for in the picture, whatever stands before it */
static void
place_label (Placing *self,
             guint32  index,
             gboolean leading)
{
  const EngramScenePoint *point = &self->scene->points[index];
  const float place[3] = { point->x, point->y, point->z };
  EngramSceneLabel label = { .point = index, .width = LEAST_TEXT, .height = LEAST_TEXT };
  float x, y, depth, radius;

  if (!isfinite (point->x + point->y + point->z)
      || !engram_projection_map (self->projection, place, &x, &y, &depth)
      || !(x >= 0 && x <= self->projection->width && y >= 0 && y <= self->projection->height))
    return;

  radius = engram_scene_style_get_radius (self->style, point->size,
                                          engram_projection_relative_scale (self->projection, depth));
  if ((!leading && is_covered (self, x, y, depth, radius)) || !fit_label (self, &label, x, y, radius))
    return;

  if (!self->measure (index, &label.width, &label.height, self->user_data) || !(label.width > 0 && label.height > 0))
    return;

  self->n_measured++;
  if (fit_label (self, &label, x, y, radius))
    add_label (self, &label);
}

/* Of the candidates, those that are highlighted or those that are not. */
static void
place_labels (Placing       *self,
              const guint32 *candidates,
              guint32        n_candidates,
              gboolean       highlighted)
{
  for (guint32 i = 0; i < n_candidates && self->labels->len < self->limit
                      && self->n_measured / MEASURED_A_LABEL < self->limit; i++)
    {
      guint32 flags = self->scene->points[candidates[i]].flags;

      if ((flags & ENGRAM_POINT_HIDDEN) != 0 || ((flags & HIGHLIGHTS) != 0) != highlighted)
        continue;
      if (highlighted || (flags & ENGRAM_POINT_DIMMED) == 0)
        place_label (self, candidates[i], i < MIN (n_candidates / LEADING_SHARE, MOST_LEADING));
    }
}

GArray *
engram_scene_labels_place (EngramScene            *scene,
                           const EngramSceneStyle *style,
                           const EngramProjection *projection,
                           const guint32          *candidates,
                           guint32                 n_candidates,
                           guint                   limit,
                           EngramMeasureLabelFunc  measure,
                           gpointer                user_data)
{
  Placing self = { .scene = scene, .style = style, .projection = projection, .limit = limit, .measure = measure,
                   .user_data = user_data };
  guint n_cells;

  self.labels = g_array_new (FALSE, FALSE, sizeof (EngramSceneLabel));
  if (n_candidates == 0 || limit == 0)
    return self.labels;

  self.entries = g_array_new (FALSE, FALSE, sizeof (CellEntry));
  self.cell_columns = (guint) ceilf (projection->width / TEXT_CELL);
  self.cell_rows = (guint) ceilf (projection->height / TEXT_CELL);
  n_cells = self.cell_columns * self.cell_rows;
  self.cells = g_new (int, n_cells);
  for (guint i = 0; i < n_cells; i++)
    self.cells[i] = -1;
  find_covered (&self);

  place_labels (&self, candidates, n_candidates, TRUE);
  place_labels (&self, candidates, n_candidates, FALSE);
  g_array_unref (self.entries);
  g_free (self.cells);
  g_free (self.depths);
  return self.labels;
}
