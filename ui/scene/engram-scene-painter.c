/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-scene-painter-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include <engram.h>

static gboolean
is_vector (cairo_t *cairo)
{
  switch (cairo_surface_get_type (cairo_get_group_target (cairo)))
    {
    case CAIRO_SURFACE_TYPE_PDF:
    case CAIRO_SURFACE_TYPE_PS:
    case CAIRO_SURFACE_TYPE_SVG:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
engram_painting_check (EngramPainting  *self,
                       GError         **error)
{
  cairo_status_t status = cairo_status (self->cairo);

  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The picture could not be drawn: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

static void
fill_background (EngramPainting *self)
{
  const float *colour = self->style->background;

  if (colour[3] <= 0)
    return;
  cairo_set_source_rgba (self->cairo, colour[0], colour[1], colour[2], colour[3]);
  cairo_paint (self->cairo);
}

static void
paint_surface (cairo_t         *cairo,
               cairo_surface_t *surface,
               float            scale)
{
  cairo_save (cairo);
  cairo_scale (cairo, 1 / scale, 1 / scale);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
}

gboolean
engram_painting_paint_raster (EngramPainting      *self,
                              float                scale,
                              guint32              n_edges,
                              EngramPaintingParts  parts,
                              GError             **error)
{
  int width = (int) ceilf (self->projection.width * scale), height = (int) ceilf (self->projection.height * scale);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gboolean painted = TRUE;

  /* Cairo takes over its fault, if it has one. */
  if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS)
    painted = engram_painting_paint_image (self, image, scale, n_edges, parts, error);
  if (painted)
    {
      paint_surface (self->cairo, image, scale);
      painted = engram_painting_check (self, error);
    }
  cairo_surface_destroy (image);
  return painted;
}

static gboolean
paint_scene (EngramPainting *self,
             guint32         n_edges,
             float           raster_scale,
             GError        **error)
{
  fill_background (self);
  if (is_vector (self->cairo))
    return engram_painting_paint_vector (self, n_edges, raster_scale, error);
  return engram_painting_paint_raster (self, raster_scale, n_edges, ENGRAM_PAINTING_ALL, error);
}

/* What stands on the picture, always by paths. */
static gboolean
paint_caption (EngramPainting            *self,
               const EngramSceneCaption  *caption,
               GError                   **error)
{
  g_autoptr (GArray) taken = engram_painting_paint_labels (self, caption);

  /* They give way to the labels, as on screen. */
  engram_painting_paint_ticks (self, taken);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (caption->legend != NULL)
    engram_painting_paint_legend (self, caption->legend);
  if (caption->unit != NULL)
    engram_painting_paint_scale_bar (self, caption->unit);
  return TRUE;
}

static gboolean
paint (EngramPainting           *self,
       const EngramCamera       *camera,
       float                     width,
       float                     height,
       guint32                   n_edges,
       float                     raster_scale,
       const EngramSceneCaption *caption,
       GError                  **error)
{
  gboolean painted;

  engram_scene_get_bounds (self->scene, self->low, self->high);
  engram_camera_project (camera, self->low, self->high, width, height, &self->projection);
  engram_painting_set_places (self);
  cairo_save (self->cairo);
  cairo_rectangle (self->cairo, 0, 0, width, height);
  cairo_clip (self->cairo);
  painted = paint_scene (self, n_edges, raster_scale, error) && (caption == NULL || paint_caption (self, caption, error));
  cairo_restore (self->cairo);
  g_free (self->places);
  return painted && engram_painting_check (self, error);
}

gboolean
engram_scene_painter_paint (cairo_t                  *cairo,
                            EngramScene              *scene,
                            const EngramSceneStyle   *style,
                            const EngramCamera       *camera,
                            float                     width,
                            float                     height,
                            guint32                   n_edges,
                            float                     raster_scale,
                            const EngramSceneCaption *caption,
                            GCancellable             *cancellable,
                            GError                  **error)
{
  EngramPainting self = { .cairo = cairo, .scene = scene, .style = style, .cancellable = cancellable };

  return paint (&self, camera, width, height, n_edges, raster_scale, caption, error);
}

gboolean
engram_scene_painter_paint_part (cairo_t                *cairo,
                                 EngramScene            *scene,
                                 const EngramSceneStyle *style,
                                 const EngramCamera     *camera,
                                 float                   width,
                                 float                   height,
                                 const guint32          *points,
                                 guint32                 n_points,
                                 guint32                 n_edges,
                                 float                   raster_scale,
                                 GError                **error)
{
  EngramPainting self = { .cairo = cairo, .scene = scene, .style = style, .points = points, .n_points = n_points };

  return paint (&self, camera, width, height, n_edges, raster_scale, NULL, error);
}
