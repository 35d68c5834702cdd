/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include <math.h>

typedef struct {
  EngramPainting    *painting;
  EngramSceneCanvas  canvas;
  float              scale;
} ImagePainting;

/* Less is nearer, and linear in the picture. */
static float
get_key (const ImagePainting *self,
         float                depth)
{
  return self->painting->projection.perspective ? -1 / depth : depth;
}

static gboolean
paint_points (ImagePainting *self,
              GError       **error)
{
  EngramPainting *painting = self->painting;
  const EngramSceneStyle *style = painting->style;
  g_autoptr (GArray) list = engram_painting_list_points (painting);

  for (guint i = 0; i < list->len; i++)
    {
      EngramPaintedPoint point;

      if (i % ENGRAM_PAINTER_CHUNK == 0 && g_cancellable_set_error_if_cancelled (painting->cancellable, error))
        return FALSE;
      engram_painting_get_point (painting, g_array_index (list, guint32, i), &point);
      engram_scene_canvas_point (&self->canvas, &(EngramCanvasPoint) {
        .x = point.x * self->scale,
        .y = point.y * self->scale,
        .key = get_key (self, point.depth),
        .radius = point.radius * self->scale,
        .pixel = self->scale,
        .colour = { point.colour[0], point.colour[1], point.colour[2], point.colour[3] },
        .fog = point.fog,
        .lit = style->lit,
        .background = style->background,
        .selected = (point.flags & ENGRAM_POINT_SELECTED) != 0 ? style->selection : NULL,
        .marked = (point.flags & ENGRAM_POINT_MARKED) != 0 ? style->foreground : NULL,
      });
    }
  return TRUE;
}

static EngramCanvasEnd
get_end (const ImagePainting     *self,
         const EngramPaintedEdge *edge,
         int                      which)
{
  return (EngramCanvasEnd) {
    .x = edge->x[which] * self->scale,
    .y = edge->y[which] * self->scale,
    .key = get_key (self, edge->depth[which]),
    .opacity = edge->colour[3] * (1 - edge->fog[which]),
  };
}

static void
paint_edge (ImagePainting           *self,
            const EngramPaintedEdge *edge)
{
  EngramCanvasEnd from = get_end (self, edge, 0), to = get_end (self, edge, 1), tip = to;
  float whole = hypotf (to.x - from.x, to.y - from.y);
  float way_x = (to.x - from.x) / whole, way_y = (to.y - from.y) / whole;
  float length, half_width;

  if (!(whole > 0))
    return;
  if (edge->arrow > 0 && !edge->inhibiting)
    {
      to.x -= way_x * edge->arrow * ENGRAM_PAINTED_HEAD_OVERLAP * self->scale;
      to.y -= way_y * edge->arrow * ENGRAM_PAINTED_HEAD_OVERLAP * self->scale;
    }
  if (edge->marked)
    {
      EngramCanvasEnd halo_from = from, halo_to = to;

      halo_from.opacity *= ENGRAM_PAINTED_HALO_OPACITY;
      halo_to.opacity *= ENGRAM_PAINTED_HALO_OPACITY;
      engram_scene_canvas_line (&self->canvas, &halo_from, &halo_to,
                                (edge->width + 2 * ENGRAM_PAINTED_HALO_WIDTH) * self->scale,
                                self->painting->style->selection);
    }
  engram_scene_canvas_line (&self->canvas, &from, &to, edge->width * self->scale, edge->colour);
  if (edge->arrow <= 0)
    return;
  engram_painted_edge_get_head (edge, &length, &half_width);
  tip.opacity = MIN (edge->colour[3] * ENGRAM_PAINTED_HEAD_STRENGTH, 1) * (1 - edge->fog[1]);
  engram_scene_canvas_head (&self->canvas, &tip, way_x, way_y, length * self->scale, half_width * self->scale,
                            edge->inhibiting, edge->colour);
}

static gboolean
paint_edges (ImagePainting *self,
             GArray        *list,
             gboolean       marked,
             GError       **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      EngramPaintedEdge edge;

      if (i % ENGRAM_PAINTER_CHUNK == 0 && g_cancellable_set_error_if_cancelled (self->painting->cancellable, error))
        return FALSE;
      if (engram_painting_get_edge (self->painting, g_array_index (list, guint32, i), marked, list->len - i, &edge))
        paint_edge (self, &edge);
    }
  return TRUE;
}

static gboolean
paint_all_edges (ImagePainting       *self,
                 guint32              n_edges,
                 EngramPaintingParts  parts,
                 GError             **error)
{
  g_autoptr (GArray) edges = NULL, marked = NULL;

  if ((parts & ENGRAM_PAINTING_EDGES) != 0)
    {
      edges = engram_painting_list_edges (self->painting, n_edges);
      if (!paint_edges (self, edges, FALSE, error))
        return FALSE;
    }
  if ((parts & ENGRAM_PAINTING_MARKED) != 0)
    {
      marked = engram_painting_list_marked (self->painting);
      return paint_edges (self, marked, TRUE, error);
    }
  return TRUE;
}

static void
paint_strokes (ImagePainting *self)
{
  g_autoptr (GArray) strokes = engram_painting_list_strokes (self->painting);

  for (guint i = 0; i < strokes->len; i++)
    {
      const EngramPaintedStroke *stroke = &g_array_index (strokes, EngramPaintedStroke, i);
      EngramCanvasEnd ends[2];

      for (int end = 0; end < 2; end++)
        ends[end] = (EngramCanvasEnd) {
          .x = stroke->x[end] * self->scale,
          .y = stroke->y[end] * self->scale,
          .key = get_key (self, stroke->depth[end]),
          .opacity = stroke->colour[3],
        };
      engram_scene_canvas_line (&self->canvas, &ends[0], &ends[1], stroke->width * self->scale, stroke->colour);
    }
}

/* In a flat scene edges lie under the points; in a space it is told by depth what is before or behind a point. */
gboolean
engram_painting_paint_image (EngramPainting       *self,
                             cairo_surface_t      *image,
                             float                 scale,
                             guint32               n_edges,
                             EngramPaintingParts   parts,
                             GError              **error)
{
  ImagePainting painting = { .painting = self, .scale = scale };
  gboolean flat = self->scene->flat;
  gboolean painted;

  cairo_surface_flush (image);
  engram_scene_canvas_init (&painting.canvas, image, !flat);
  painted = !flat || paint_all_edges (&painting, n_edges, parts, error);
  if (painted && (parts & ENGRAM_PAINTING_POINTS) != 0)
    painted = paint_points (&painting, error);
  if (painted && (parts & ENGRAM_PAINTING_STROKES) != 0)
    paint_strokes (&painting);
  if (painted && !flat)
    painted = paint_all_edges (&painting, n_edges, parts, error);
  engram_scene_canvas_clear (&painting.canvas);
  cairo_surface_mark_dirty (image);
  return painted;
}
