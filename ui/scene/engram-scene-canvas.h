/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* What a scene is made of, drawn into an image pixel by pixel: as the renderer's shaders do it, and many times faster
 * than by Cairo's paths. All lengths are pixels of the image; colours are red, green, blue and alpha, 0 to 1, not
 * premultiplied. */

/* Of a disc: the outline's colour as a share of its own. */
#define ENGRAM_CANVAS_OUTLINE_SHADE 0.62f
#define ENGRAM_CANVAS_OUTLINE_WIDTH 1.25f
/* What a small sphere has of its colour, all in all. */
#define ENGRAM_CANVAS_MEAN_SHADE 0.86f
/* From the rim of a point to the middle of its first ring, and from ring to ring. */
#define ENGRAM_CANVAS_RING_DISTANCE 2.75f
#define ENGRAM_CANVAS_RING_SPACING 3.25f
#define ENGRAM_CANVAS_RING_WIDTH 2
#define ENGRAM_CANVAS_RING_DASHES 9

/* Depths are keys that are linear in the picture: less is nearer. */
typedef struct {
  int      width, height;
  int      stride;       /* pixels */
  guint32 *pixels;       /* premultiplied, as CAIRO_FORMAT_ARGB32 */
  float   *keys;         /* of the nearest point in each pixel; NULL where all is flat */
} EngramSceneCanvas;

typedef struct {
  float x, y;
  float key;
  float opacity;
} EngramCanvasEnd;

/* @fog: how far the colour has gone to @background. @selected, @marked: (nullable): colours of rings around it, at
 * @pixel pixels for one of the style */
typedef struct {
  float        x, y;
  float        key;
  float        radius;
  float        pixel;
  float        colour[4];
  float        fog;
  gboolean     lit;
  const float *background;
  const float *selected;
  const float *marked;
} EngramCanvasPoint;

/* @image: of CAIRO_FORMAT_ARGB32, which must outlive it; tell Cairo before and after. @with_depth: what is drawn later
 * is hidden by nearer points. */
void engram_scene_canvas_init  (EngramSceneCanvas       *self,
                                cairo_surface_t         *image,
                                gboolean                 with_depth);
void engram_scene_canvas_clear (EngramSceneCanvas       *self);
/* Points are drawn from the back to the front. */
void engram_scene_canvas_point (EngramSceneCanvas       *self,
                                const EngramCanvasPoint *point);
/* What is thinner than a pixel is fainter instead. */
void engram_scene_canvas_line  (EngramSceneCanvas       *self,
                                const EngramCanvasEnd   *from,
                                const EngramCanvasEnd   *to,
                                float                    width,
                                const float              colour[4]);
/* An arrow head, or a bar across, that ends at @tip; (@way_x, @way_y): of length 1, to where it points */
void engram_scene_canvas_head  (EngramSceneCanvas       *self,
                                const EngramCanvasEnd   *tip,
                                float                    way_x,
                                float                    way_y,
                                float                    length,
                                float                    half_width,
                                gboolean                 bar,
                                const float              colour[4]);
/* How a sphere of the colour 1 looks where its normal has that @x to the right and @y upwards: what the colour is
 * multiplied by, and what is added to it. */
void engram_scene_canvas_shade (float                    x,
                                float                    y,
                                float                   *factor,
                                float                   *gloss);

G_END_DECLS
