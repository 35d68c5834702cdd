/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include <math.h>
#include <stdlib.h>

/* A sphere as a gradient between two circles on the axis of the light, which leads from the lit rim at -1 to the dark
 * one at 1: from where it is brightest to one that touches the dark rim. */
#define AXIS_X 0.607f
#define AXIS_Y 0.795f
#define BRIGHTEST -0.4f
#define OUTER_MIDDLE -0.12f
#define OUTER_RADIUS 1.12f

/* Smaller spheres are plain discs. */
#define LEAST_GRADIENT_RADIUS 2

static void
set_colour (cairo_t     *cairo,
            const float  colour[3],
            float        opacity)
{
  cairo_set_source_rgba (cairo, colour[0], colour[1], colour[2], opacity);
}

/* Points */

static void
get_shade (const EngramPainting     *self,
           const EngramPaintedPoint *point,
           float                     factor,
           float                     gloss,
           float                     colour[3])
{
  for (int i = 0; i < 3; i++)
    {
      colour[i] = MIN (point->colour[i] * factor + gloss, 1);
      colour[i] += (self->style->background[i] - colour[i]) * point->fog;
    }
}

static void
set_sphere (EngramPainting           *self,
            const EngramPaintedPoint *point)
{
  static const float stops[] = { 0, 0.1f, 0.2f, 0.3f, 0.45f, 0.6f, 0.75f, 0.9f, 1 };
  float radius = point->radius;
  cairo_pattern_t *pattern =
    cairo_pattern_create_radial (point->x + AXIS_X * BRIGHTEST * radius, point->y + AXIS_Y * BRIGHTEST * radius, 0,
                                 point->x + AXIS_X * OUTER_MIDDLE * radius, point->y + AXIS_Y * OUTER_MIDDLE * radius,
                                 OUTER_RADIUS * radius);

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      float along = BRIGHTEST + stops[i] * (1 - BRIGHTEST);
      float factor, gloss, colour[3];

      engram_scene_canvas_shade (AXIS_X * along, -AXIS_Y * along, &factor, &gloss);
      get_shade (self, point, factor, gloss, colour);
      cairo_pattern_add_color_stop_rgb (pattern, stops[i], colour[0], colour[1], colour[2]);
    }
  cairo_set_source (self->cairo, pattern);
  cairo_pattern_destroy (pattern);
}

static void
paint_disc (EngramPainting           *self,
            const EngramPaintedPoint *point,
            gboolean                  outlined)
{
  float line = MIN (ENGRAM_CANVAS_OUTLINE_WIDTH, 0.3f * point->radius);
  float colour[3];

  get_shade (self, point, outlined ? 1 : ENGRAM_CANVAS_MEAN_SHADE, 0, colour);
  set_colour (self->cairo, colour, point->colour[3]);
  cairo_fill (self->cairo);
  if (!outlined)
    return;
  cairo_arc (self->cairo, point->x, point->y, point->radius - line / 2, 0, 2 * G_PI);
  cairo_set_line_width (self->cairo, line);
  get_shade (self, point, ENGRAM_CANVAS_OUTLINE_SHADE, 0, colour);
  set_colour (self->cairo, colour, point->colour[3]);
  cairo_stroke (self->cairo);
}

static void
paint_rings (EngramPainting           *self,
             const EngramPaintedPoint *point)
{
  float radius = point->radius + ENGRAM_CANVAS_RING_DISTANCE;

  cairo_set_line_width (self->cairo, ENGRAM_CANVAS_RING_WIDTH);
  if ((point->flags & ENGRAM_POINT_SELECTED) != 0)
    {
      set_colour (self->cairo, self->style->selection, self->style->selection[3]);
      cairo_arc (self->cairo, point->x, point->y, radius, 0, 2 * G_PI);
      cairo_stroke (self->cairo);
      radius += ENGRAM_CANVAS_RING_SPACING;
    }
  if ((point->flags & ENGRAM_POINT_MARKED) != 0)
    {
      double dash = 2 * G_PI * radius / (2 * ENGRAM_CANVAS_RING_DASHES);

      set_colour (self->cairo, self->style->foreground, self->style->foreground[3]);
      cairo_set_dash (self->cairo, &dash, 1, 0);
      cairo_arc (self->cairo, point->x, point->y, radius, 0, 2 * G_PI);
      cairo_stroke (self->cairo);
      cairo_set_dash (self->cairo, NULL, 0, 0);
    }
}

static void
paint_point (EngramPainting *self,
             guint32         index)
{
  EngramPaintedPoint point;

  engram_painting_get_point (self, index, &point);
  cairo_arc (self->cairo, point.x, point.y, point.radius, 0, 2 * G_PI);
  /* A gradient that is seen through is a matter of masks in many formats. */
  if (self->style->lit && point.radius >= LEAST_GRADIENT_RADIUS && point.colour[3] >= 1)
    {
      set_sphere (self, &point);
      cairo_fill (self->cairo);
    }
  else
    paint_disc (self, &point, !self->style->lit);
  paint_rings (self, &point);
}

/* Edges */

static void
paint_head (EngramPainting          *self,
            const EngramPaintedEdge *edge,
            float                    way_x,
            float                    way_y)
{
  float x = edge->x[1], y = edge->y[1];
  float length, half_width;

  engram_painted_edge_get_head (edge, &length, &half_width);

  float back_x = x - way_x * length, back_y = y - way_y * length;
  float aside_x = -way_y * half_width, aside_y = way_x * half_width;

  if (edge->inhibiting)
    {
      cairo_move_to (self->cairo, x + aside_x, y + aside_y);
      cairo_line_to (self->cairo, x - aside_x, y - aside_y);
    }
  else
    cairo_move_to (self->cairo, x, y);
  cairo_line_to (self->cairo, back_x - aside_x, back_y - aside_y);
  cairo_line_to (self->cairo, back_x + aside_x, back_y + aside_y);
  cairo_close_path (self->cairo);
  set_colour (self->cairo, edge->colour,
              MIN (edge->colour[3] * ENGRAM_PAINTED_HEAD_STRENGTH, 1) * (1 - edge->fog[1]));
  cairo_fill (self->cairo);
}

void
engram_painting_paint_edge (EngramPainting          *self,
                            const EngramPaintedEdge *edge)
{
  float fog = (edge->fog[0] + edge->fog[1]) / 2;
  float whole = hypotf (edge->x[1] - edge->x[0], edge->y[1] - edge->y[0]);
  float way_x = (edge->x[1] - edge->x[0]) / whole, way_y = (edge->y[1] - edge->y[0]) / whole;
  float within = edge->inhibiting ? 0 : edge->arrow * ENGRAM_PAINTED_HEAD_OVERLAP;

  if (!(whole > 0))
    return;
  cairo_move_to (self->cairo, edge->x[0], edge->y[0]);
  cairo_line_to (self->cairo, edge->x[1] - way_x * within, edge->y[1] - way_y * within);
  if (edge->marked)
    {
      cairo_set_line_width (self->cairo, edge->width + 2 * ENGRAM_PAINTED_HALO_WIDTH);
      set_colour (self->cairo, self->style->selection, edge->colour[3] * ENGRAM_PAINTED_HALO_OPACITY * (1 - fog));
      cairo_stroke_preserve (self->cairo);
    }
  cairo_set_line_width (self->cairo, edge->width);
  set_colour (self->cairo, edge->colour, edge->colour[3] * (1 - fog));
  cairo_stroke (self->cairo);
  if (edge->arrow > 0)
    paint_head (self, edge, way_x, way_y);
}

static gboolean
paint_edges (EngramPainting *self,
             GArray         *list,
             gboolean        marked,
             GError        **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      EngramPaintedEdge edge;

      if (i % ENGRAM_PAINTER_CHUNK == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (engram_painting_get_edge (self, g_array_index (list, guint32, i), marked, list->len - i, &edge))
        engram_painting_paint_edge (self, &edge);
    }
  return TRUE;
}

static void
paint_strokes (EngramPainting *self)
{
  g_autoptr (GArray) strokes = engram_painting_list_strokes (self);

  for (guint i = 0; i < strokes->len; i++)
    {
      const EngramPaintedStroke *stroke = &g_array_index (strokes, EngramPaintedStroke, i);

      cairo_move_to (self->cairo, stroke->x[0], stroke->y[0]);
      cairo_line_to (self->cairo, stroke->x[1], stroke->y[1]);
      cairo_set_line_width (self->cairo, stroke->width);
      set_colour (self->cairo, stroke->colour, stroke->colour[3]);
      cairo_stroke (self->cairo);
    }
}

/* Both */

typedef struct {
  float    depth;
  guint32  place;      /* in its list */
  gboolean is_edge;
} Item;

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *first = a, *second = b;

  if (first->depth != second->depth)
    return first->depth > second->depth ? -1 : 1;
  if (first->is_edge != second->is_edge)
    return first->is_edge ? -1 : 1;
  return first->place < second->place ? -1 : first->place > second->place;
}

/* As deep as its middle is: a path has one place among the others, so that where it crosses many of them some may be
 * wrong. */
static float
get_edge_depth (const EngramPainting *self,
                guint32               index)
{
  const EngramSceneEdge *edge = &self->scene->edges[index];

  return (self->places[edge->source].depth + self->places[edge->target].depth) / 2;
}

static Item *
list_items (EngramPainting *self,
            GArray         *points,
            GArray         *edges)
{
  Item *items = g_new (Item, (gsize) points->len + edges->len);

  for (guint i = 0; i < points->len; i++)
    items[i] = (Item) { self->places[g_array_index (points, guint32, i)].depth, i, FALSE };
  for (guint i = 0; i < edges->len; i++)
    items[points->len + i] = (Item) { get_edge_depth (self, g_array_index (edges, guint32, i)), i, TRUE };
  if (points->len + edges->len > 0)
    qsort (items, (gsize) points->len + edges->len, sizeof *items, compare_items);
  return items;
}

/* Of a space: points and edges by their depth. */
static gboolean
paint_by_depth (EngramPainting *self,
                GArray         *points,
                GArray         *edges,
                GError        **error)
{
  g_autofree Item *items = list_items (self, points, edges);
  EngramPaintedEdge edge;

  for (guint i = 0; i < points->len + edges->len; i++)
    {
      guint32 place = items[i].place;

      if (i % ENGRAM_PAINTER_CHUNK == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!items[i].is_edge)
        paint_point (self, g_array_index (points, guint32, place));
      else if (engram_painting_get_edge (self, g_array_index (edges, guint32, place), FALSE, edges->len - place, &edge))
        engram_painting_paint_edge (self, &edge);
    }
  return TRUE;
}

static gboolean
paint_points (EngramPainting *self,
              GArray         *points,
              GError        **error)
{
  for (guint i = 0; i < points->len; i++)
    {
      if (i % ENGRAM_PAINTER_CHUNK == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      paint_point (self, g_array_index (points, guint32, i));
    }
  return TRUE;
}

gboolean
engram_painting_paint_vector (EngramPainting  *self,
                              guint32          n_edges,
                              float            raster_scale,
                              GError         **error)
{
  g_autoptr (GArray) points = engram_painting_list_points (self);
  g_autoptr (GArray) edges = engram_painting_list_edges (self, n_edges);
  g_autoptr (GArray) marked = engram_painting_list_marked (self);

  if (points->len > ENGRAM_SCENE_PAINTER_VECTOR_POINTS || marked->len > ENGRAM_SCENE_PAINTER_VECTOR_EDGES)
    return engram_painting_paint_raster (self, raster_scale, n_edges, ENGRAM_PAINTING_ALL, error);

  paint_strokes (self);
  if (edges->len > ENGRAM_SCENE_PAINTER_VECTOR_EDGES)
    {
      if (!engram_painting_paint_raster (self, raster_scale, n_edges, ENGRAM_PAINTING_EDGES, error))
        return FALSE;
      g_array_set_size (edges, 0);
    }
  if (!self->scene->flat)
    return paint_by_depth (self, points, edges, error) && paint_edges (self, marked, TRUE, error);
  return paint_edges (self, edges, FALSE, error) && paint_edges (self, marked, TRUE, error)
         && paint_points (self, points, error);
}
