/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "scene/engram-scene-canvas.h"
#include "scene/engram-scene-painter.h"

G_BEGIN_DECLS

/* Between two looks at whether it is cancelled. */
#define ENGRAM_PAINTER_CHUNK 1024

/* Where a point is seen: right and down from the middle of the picture, in perspective times the depth, so that edges
 * can be cut before they are divided by it. @radius: negative where neither the point nor its edges are drawn */
typedef struct {
  float x, y, depth, radius;
} EngramPaintingPlace;

/* A scene that is being painted. */
typedef struct {
  cairo_t                *cairo;
  EngramScene            *scene;
  const EngramSceneStyle *style;
  EngramProjection        projection;
  EngramPaintingPlace    *places;  /* of each point */
  const guint32          *points;  /* the only ones that are drawn, but for those that stand out; or NULL: all */
  guint32                 n_points;
  float                   low[3], high[3];
  GCancellable           *cancellable;
} EngramPainting;

/* A point as it is seen, in the units of the picture. */
typedef struct {
  float x, y, depth, radius;
  float colour[4];
  float fog;
  guint flags;
} EngramPaintedPoint;

/* An edge as it is seen: from the rim of one point to the rim of the other. */
typedef struct {
  float    x[2], y[2], depth[2];
  float    fog[2];
  float    colour[4];
  float    width;
  float    arrow;        /* length of its head, or 0 */
  gboolean inhibiting;
  gboolean marked;
} EngramPaintedEdge;

/* A straight line of the grid. */
typedef struct {
  float x[2], y[2], depth[2];
  float colour[4];
  float width;
} EngramPaintedStroke;

/* engram-scene-painter-shapes.c: what is to be painted */

/* How far a colour at that depth has gone to the background. */
float    engram_painting_get_fog     (const EngramPainting *self,
                                      float                 depth);
void     engram_painting_set_places  (EngramPainting       *self);
/* (transfer full) (element-type guint32): from the back to the front */
GArray  *engram_painting_list_points (EngramPainting       *self);
/* The strongest @n_edges in the range of weights. (transfer full) (element-type guint32): the weakest first */
GArray  *engram_painting_list_edges  (EngramPainting       *self,
                                      guint32               n_edges);
/* (transfer full) (element-type guint32): the weakest first */
GArray  *engram_painting_list_marked (EngramPainting       *self);
void     engram_painting_get_point   (const EngramPainting *self,
                                      guint32               index,
                                      EngramPaintedPoint   *point);
/* FALSE where nothing of it is seen. @rank: how many in the list are as strong */
gboolean engram_painting_get_edge    (const EngramPainting *self,
                                      guint32               index,
                                      gboolean              marked,
                                      guint32               rank,
                                      EngramPaintedEdge    *edge);
/* engram-scene-painter-grid.c: (transfer full) (element-type EngramPaintedStroke): ground grid, box and axes */
GArray  *engram_painting_list_strokes (EngramPainting      *self);

/* What is around a marked edge, in the colour of the selection. */
#define ENGRAM_PAINTED_HALO_WIDTH 1.0f
#define ENGRAM_PAINTED_HALO_OPACITY 0.75f
/* A head is stronger than its line. */
#define ENGRAM_PAINTED_HEAD_STRENGTH 1.25f
/* The line of an exciting edge ends within its head. */
#define ENGRAM_PAINTED_HEAD_OVERLAP 0.8f
void     engram_painted_edge_get_head (const EngramPaintedEdge *self,
                                      float                *length,
                                      float                *half_width);

/* How many of the strongest edges have heads; those of further ones would only be noise. */
#define ENGRAM_PAINTED_HEADS 20000

typedef enum {
  ENGRAM_PAINTING_POINTS  = 1 << 0,
  ENGRAM_PAINTING_EDGES   = 1 << 1,
  ENGRAM_PAINTING_MARKED  = 1 << 2, /* edges */
  ENGRAM_PAINTING_STROKES = 1 << 3,
  ENGRAM_PAINTING_ALL     = (1 << 4) - 1,
} EngramPaintingParts;

/* engram-scene-painter.c: FALSE where Cairo has failed */
gboolean engram_painting_check       (EngramPainting       *self,
                                      GError              **error);
/* Paints parts into an image of its own, @scale pixels for one of the picture, and lays that over what there is. */
gboolean engram_painting_paint_raster (EngramPainting      *self,
                                      float                 scale,
                                      guint32               n_edges,
                                      EngramPaintingParts   parts,
                                      GError              **error);

/* engram-scene-painter-image.c: pixel by pixel. @image: as large as the picture is then */
gboolean engram_painting_paint_image (EngramPainting       *self,
                                      cairo_surface_t      *image,
                                      float                 scale,
                                      guint32               n_edges,
                                      EngramPaintingParts   parts,
                                      GError              **error);

/* engram-scene-painter-vector.c: by paths */
gboolean engram_painting_paint_vector (EngramPainting      *self,
                                      guint32               n_edges,
                                      float                 raster_scale,
                                      GError              **error);

/* One edge, drawn by paths. */
void     engram_painting_paint_edge  (EngramPainting       *self,
                                      const EngramPaintedEdge *edge);

/* engram-scene-painter-text.c. @size: pixels. (transfer full) */
PangoLayout *
         engram_painting_make_layout (EngramPainting       *self,
                                      const char           *text,
                                      double                size,
                                      gboolean              bold);
void     engram_painting_measure_layout (PangoLayout       *layout,
                                      float                *width,
                                      float                *height);
/* @x, @y: top left */
void     engram_painting_paint_layout (EngramPainting      *self,
                                      PangoLayout          *layout,
                                      double                x,
                                      double                y,
                                      const float           colour[4]);
/* What text is read on; nothing where there is no background. */
void     engram_painting_paint_plate (EngramPainting       *self,
                                      double                x,
                                      double                y,
                                      double                width,
                                      double                height);
/* (transfer full) (element-type graphene_rect_t): where they stand */
GArray  *engram_painting_paint_labels (EngramPainting      *self,
                                      const EngramSceneCaption *caption);
/* @taken: (element-type graphene_rect_t): where other text stands */
void     engram_painting_paint_ticks (EngramPainting       *self,
                                      const GArray         *taken);

/* engram-scene-painter-legend.c */
void     engram_painting_paint_legend (EngramPainting      *self,
                                      const EngramLegend   *legend);
void     engram_painting_paint_scale_bar (EngramPainting   *self,
                                      const char           *unit);

G_END_DECLS
