/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-canvas.h"

#include <math.h>

/* The light of shaders/points.frag, to the left above and before the picture, and what is half way between it and the
 * eye. */
static const float light[3] = { -0.42f, 0.55f, 0.72f };
static const float half_way[3] = { -0.226f, 0.296f, 0.928f };

/* Beyond the radius, for rings and their smooth rims. */
#define RING_ROOM 7.5f

/* A span of pixels between two numbers that may be anything. */
typedef struct {
  int first, end;
} Span;

static Span
get_span (float from,
          float to,
          int   n)
{
  return (Span) { (int) CLAMP (floorf (from), 0, (float) n), (int) CLAMP (ceilf (to), 0, (float) n) };
}

void
engram_scene_canvas_init (EngramSceneCanvas *self,
                          cairo_surface_t   *image,
                          gboolean           with_depth)
{
  self->width = cairo_image_surface_get_width (image);
  self->height = cairo_image_surface_get_height (image);
  self->stride = cairo_image_surface_get_stride (image) / (int) sizeof *self->pixels;
  self->pixels = (guint32 *) (void *) cairo_image_surface_get_data (image);
  self->keys = NULL;
  if (!with_depth)
    return;

  gsize n = (gsize) self->width * (gsize) self->height;

  self->keys = g_new (float, n);
  for (gsize i = 0; i < n; i++)
    self->keys[i] = INFINITY;
}

void
engram_scene_canvas_clear (EngramSceneCanvas *self)
{
  g_clear_pointer (&self->keys, g_free);
}

static inline guint32
pack_colour (const float colour[3])
{
  return 0xff000000 | (guint32) (colour[0] * 255 + 0.5f) << 16 | (guint32) (colour[1] * 255 + 0.5f) << 8
         | (guint32) (colour[2] * 255 + 0.5f);
}

/* All four channels times @share of 255, rounded. */
static inline guint32
scale_pixel (guint32 pixel,
             guint32 share)
{
  guint32 even = (pixel & 0xff00ff) * share + 0x800080, odd = (pixel >> 8 & 0xff00ff) * share + 0x800080;

  even = (even + (even >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
  odd = (odd + (odd >> 8 & 0xff00ff)) & 0xff00ff00;
  return even | odd;
}

/* Puts a packed colour, @opacity times, over a pixel. */
static inline void
blend (guint32 *pixel,
       guint32  packed,
       float    opacity)
{
  guint32 alpha = (guint32) (opacity * 255 + 0.5f);

  *pixel = scale_pixel (packed, alpha) + scale_pixel (*pixel, 255 - alpha);
}

/* Points */

void
engram_scene_canvas_shade (float  x,
                           float  y,
                           float *factor,
                           float *gloss)
{
  float z = sqrtf (MAX (1 - x * x - y * y, 0));
  float lit = MAX (x * light[0] + y * light[1] + z * light[2], 0);
  float shine = MAX (x * half_way[0] + y * half_way[1] + z * half_way[2], 0);

  *factor = 0.5f + 0.24f * z + 0.36f * lit;
  *gloss = 0;
  /* Less than this to the power of 32 is nothing, and slow. */
  if (shine < 0.75f)
    return;
  for (int i = 0; i < 5; i++)
    shine *= shine;
  *gloss = 0.3f * shine;
}

/* The colour of a point so far from its middle. */
static inline void
shade_point (const EngramCanvasPoint *point,
             float                    x,
             float                    y,
             float                    distance,
             float                    colour[3])
{
  float factor, gloss = 0;

  if (point->lit)
    {
      float scale = 1 / MAX (point->radius, 1);

      engram_scene_canvas_shade (x * scale, -y * scale, &factor, &gloss);
    }
  else
    {
      /* A thin outline of the same hue, so that discs over each other stay apart. */
      float line = MIN (ENGRAM_CANVAS_OUTLINE_WIDTH * point->pixel, 0.3f * point->radius);
      float outline = CLAMP (distance - (point->radius - line) + 0.5f, 0, 1);

      factor = 1 + outline * (ENGRAM_CANVAS_OUTLINE_SHADE - 1);
    }
  for (int i = 0; i < 3; i++)
    {
      colour[i] = MIN (point->colour[i] * factor + gloss, 1);
      colour[i] += (point->background[i] - colour[i]) * point->fog;
    }
}

/* Selected: a ring; marked: one of dashes, outside of it where there are both. */
static void
draw_rings (guint32                 *pixel,
            const EngramCanvasPoint *point,
            float                    x,
            float                    y,
            float                    distance)
{
  float middle = point->radius + ENGRAM_CANVAS_RING_DISTANCE * point->pixel;

  if (point->selected != NULL)
    {
      blend (pixel, pack_colour (point->selected),
             point->selected[3] * CLAMP (point->pixel + 0.5f - fabsf (distance - middle), 0, 1));
      middle += ENGRAM_CANVAS_RING_SPACING * point->pixel;
    }
  if (point->marked != NULL)
    {
      float cover = CLAMP (point->pixel + 0.5f - fabsf (distance - middle), 0, 1);

      if (cover > 0)
        blend (pixel, pack_colour (point->marked),
               point->marked[3] * cover * CLAMP (2 * sinf (atan2f (-y, x) * ENGRAM_CANVAS_RING_DASHES) + 0.7f, 0, 1));
    }
}

static inline void
draw_point_pixel (EngramSceneCanvas       *self,
                  const EngramCanvasPoint *point,
                  int                      column,
                  int                      row,
                  float                    distance)
{
  guint32 *pixel = &self->pixels[(gsize) row * (gsize) self->stride + (gsize) column];
  float x = (float) column + 0.5f - point->x, y = (float) row + 0.5f - point->y;
  float opacity = MIN (point->radius + 0.5f - distance, 1) * point->colour[3];

  if (opacity > 0)
    {
      float colour[3];

      shade_point (point, x, y, distance, colour);
      blend (pixel, pack_colour (colour), opacity);
      if (self->keys != NULL && opacity >= 0.5f)
        self->keys[(gsize) row * (gsize) self->width + (gsize) column] = point->key;
    }
  if (point->selected != NULL || point->marked != NULL)
    draw_rings (pixel, point, x, y, distance);
}

void
engram_scene_canvas_point (EngramSceneCanvas       *self,
                           const EngramCanvasPoint *point)
{
  gboolean ringed = point->selected != NULL || point->marked != NULL;
  float outer = point->radius + 0.5f + (ringed ? RING_ROOM * point->pixel : 0);
  Span rows = get_span (point->y - outer, point->y + outer, self->height);

  for (int row = rows.first; row < rows.end; row++)
    {
      float y = (float) row + 0.5f - point->y;
      float half = sqrtf (MAX (outer * outer - y * y, 0));
      Span columns = get_span (point->x - half - 0.5f, point->x + half + 0.5f, self->width);

      for (int column = columns.first; column < columns.end; column++)
        {
          float x = (float) column + 0.5f - point->x;

          draw_point_pixel (self, point, column, row, sqrtf (x * x + y * y));
        }
    }
}

/* Lines */

typedef struct {
  const EngramCanvasEnd *from;
  float                  way_x, way_y;   /* of length 1 */
  float                  length;
  float                  half_width;
  float                  key_growth;     /* a pixel */
  float                  opacity_growth;
  float                  opacity_factor;
  guint32                colour;
} Line;

static inline void
draw_line_pixel (EngramSceneCanvas *self,
                 const Line        *line,
                 int                column,
                 int                row)
{
  float x = (float) column + 0.5f - line->from->x, y = (float) row + 0.5f - line->from->y;
  float along = x * line->way_x + y * line->way_y, across = fabsf (y * line->way_x - x * line->way_y);
  float cover = MIN (line->half_width + 0.5f - across, 1) * MIN (MIN (along, line->length - along) + 0.5f, 1);
  float within = CLAMP (along, 0, line->length);

  if (across >= line->half_width + 0.5f || along <= -0.5f || along >= line->length + 0.5f)
    return;
  if (self->keys != NULL
      && line->from->key + line->key_growth * within > self->keys[(gsize) row * (gsize) self->width + (gsize) column])
    return;
  blend (&self->pixels[(gsize) row * (gsize) self->stride + (gsize) column], line->colour,
         cover * (line->from->opacity + line->opacity_growth * within) * line->opacity_factor);
}

/* Column by column where it is rather flat, with the few pixels of each; else row by row. */
static void
draw_line_pixels (EngramSceneCanvas     *self,
                  const Line            *line,
                  const EngramCanvasEnd *to)
{
  const EngramCanvasEnd *from = line->from;
  gboolean flat = fabsf (line->way_x) >= fabsf (line->way_y);
  float from_major = flat ? from->x : from->y, to_major = flat ? to->x : to->y;
  float minor = flat ? from->y : from->x;
  float slope = flat ? line->way_y / line->way_x : line->way_x / line->way_y;
  float room = (line->half_width + 0.5f) / fabsf (flat ? line->way_x : line->way_y);
  float ends = line->half_width + 1;
  Span major = get_span (MIN (from_major, to_major) - ends, MAX (from_major, to_major) + ends,
                         flat ? self->width : self->height);

  for (int i = major.first; i < major.end; i++)
    {
      float middle = minor + ((float) i + 0.5f - from_major) * slope;
      /* Pixels whose middle is within. */
      Span across = get_span (ceilf (middle - room - 0.5f), middle + room - 0.5f, flat ? self->height : self->width);

      for (int j = across.first; j < across.end; j++)
        draw_line_pixel (self, line, flat ? i : j, flat ? j : i);
    }
}

void
engram_scene_canvas_line (EngramSceneCanvas     *self,
                          const EngramCanvasEnd *from,
                          const EngramCanvasEnd *to,
                          float                  width,
                          const float            colour[4])
{
  float length = hypotf (to->x - from->x, to->y - from->y);

  if (!(length > 0) || !isfinite (length))
    return;

  Line line = {
    .from = from,
    .way_x = (to->x - from->x) / length,
    .way_y = (to->y - from->y) / length,
    .length = length,
    .half_width = MAX (width, 1) / 2,
    .key_growth = (to->key - from->key) / length,
    .opacity_growth = (to->opacity - from->opacity) / length,
    .opacity_factor = MIN (width, 1),
    .colour = pack_colour (colour),
  };

  draw_line_pixels (self, &line, to);
}

void
engram_scene_canvas_head (EngramSceneCanvas     *self,
                          const EngramCanvasEnd *tip,
                          float                  way_x,
                          float                  way_y,
                          float                  length,
                          float                  half_width,
                          gboolean               bar,
                          const float            colour[4])
{
  float reach = length + half_width + 1;
  float side = hypotf (length, half_width);
  guint32 packed = pack_colour (colour);
  Span rows = get_span (tip->y - reach, tip->y + reach, self->height);
  Span columns = get_span (tip->x - reach, tip->x + reach, self->width);

  for (int row = rows.first; row < rows.end; row++)
    for (int column = columns.first; column < columns.end; column++)
      {
        float x = tip->x - (float) column - 0.5f, y = tip->y - (float) row - 0.5f;
        float back = x * way_x + y * way_y, across = fabsf (y * way_x - x * way_y);
        float inside = bar ? MIN (MIN (length - back, back), half_width - across)
                           : MIN (length - back, (back * half_width - across * length) / side);

        if (inside <= -0.5f
            || (self->keys != NULL && tip->key > self->keys[(gsize) row * (gsize) self->width + (gsize) column]))
          continue;
        blend (&self->pixels[(gsize) row * (gsize) self->stride + (gsize) column], packed,
               MIN (inside + 0.5f, 1) * tip->opacity);
      }
}
