/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scene/engram-picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include <engram.h>

#define POINTS_PER_INCH 72.0
/* Cairo's images have no more on a side. */
#define MAX_SIDE 32000

/* The beginning of a PNG file: its signature and the chunk IHDR. What is said about its resolution follows. */
#define PNG_HEAD_LENGTH 33

void
engram_picture_size_init_pixels (EngramPictureSize *self,
                                 double             width,
                                 double             height,
                                 double             scale)
{
  *self = (EngramPictureSize) { .width = width, .height = height, .scale = scale };
}

void
engram_picture_size_init_millimetres (EngramPictureSize *self,
                                      double             width,
                                      double             height,
                                      double             resolution)
{
  const double pixels = ENGRAM_PICTURE_PIXELS_PER_INCH / ENGRAM_PICTURE_MILLIMETRES_PER_INCH;

  self->width = width * pixels;
  self->height = height * pixels;
  self->scale = resolution / ENGRAM_PICTURE_PIXELS_PER_INCH;
  self->metric = TRUE;
}

gboolean
engram_picture_size_get_pixels (const EngramPictureSize  *self,
                                int                      *width,
                                int                      *height,
                                GError                  **error)
{
  double exact_width = fmax (round (self->width * self->scale), 1);
  double exact_height = fmax (round (self->height * self->scale), 1);

  if (exact_width > MAX_SIDE || exact_height > MAX_SIDE || exact_width * exact_height > ENGRAM_PICTURE_MAX_PIXELS)
    {
      /* Translators: width and height of a picture in pixels. */
      g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_INVALID,
                   _("A picture of %.0f × %.0f pixels is too large. Choose a smaller size or a lower resolution."),
                   exact_width, exact_height);
      return FALSE;
    }
  *width = (int) exact_width;
  *height = (int) exact_height;
  return TRUE;
}

/* What is drawn, as all of this file's functions need it. */
typedef struct {
  const EngramPictureSize  *size;
  EngramScene              *scene;
  const EngramSceneStyle   *style;
  const EngramCamera       *camera;
  const EngramSceneCaption *caption;
  GCancellable             *cancellable;
} Picture;

static gboolean
check_surface (cairo_surface_t  *surface,
               GError          **error)
{
  cairo_status_t status = cairo_surface_status (surface);

  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The picture could not be drawn: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

/* @scale: units of the surface for a pixel of the style */
static gboolean
draw (const Picture    *self,
      cairo_surface_t  *surface,
      double            scale,
      GError          **error)
{
  cairo_t *cairo = cairo_create (surface);
  gboolean drawn;

  cairo_scale (cairo, scale, scale);
  drawn = engram_scene_painter_paint (cairo, self->scene, self->style, self->camera, (float) self->size->width,
                                      (float) self->size->height, self->scene->n_edges, (float) self->size->scale,
                                      self->caption, self->cancellable, error);
  cairo_destroy (cairo);
  return drawn;
}

static cairo_surface_t *
make_image (const Picture   *self,
            cairo_format_t   format,
            GError         **error)
{
  cairo_surface_t *image;
  int width, height;

  if (!engram_picture_size_get_pixels (self->size, &width, &height, error))
    return NULL;
  image = cairo_image_surface_create (format, width, height);
  if (check_surface (image, error) && draw (self, image, self->size->scale, error))
    return image;
  cairo_surface_destroy (image);
  return NULL;
}

cairo_surface_t *
engram_picture_make_image (const EngramPictureSize   *size,
                           EngramScene               *scene,
                           const EngramSceneStyle    *style,
                           const EngramCamera        *camera,
                           const EngramSceneCaption  *caption,
                           GCancellable              *cancellable,
                           GError                   **error)
{
  const Picture picture = { size, scene, style, camera, caption, cancellable };

  return make_image (&picture, CAIRO_FORMAT_ARGB32, error);
}

/* Writing */

typedef struct {
  EngramOutputFile *file;
  GCancellable     *cancellable;
  double            pixels_per_inch;   /* 0: not said */
  gsize             length;
  GError           *error;
} Stream;

static gboolean
write_bytes (Stream     *self,
             const void *bytes,
             gsize       length)
{
  self->length += length;
  return length == 0 || engram_output_file_write (self->file, bytes, length, &self->error);
}

static void
put_number (guint8  *bytes,
            guint32  number)
{
  number = GUINT32_TO_BE (number);
  memcpy (bytes, &number, sizeof number);
}

/* As PNG has it. */
static guint32
get_crc (const guint8 *bytes,
         gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
    }
  return ~crc;
}

/* The chunk pHYs: pixels per metre, so that other programs know how large it shall be on paper. */
static gboolean
write_resolution (Stream *self)
{
  guint8 chunk[] = { 0, 0, 0, 9, 'p', 'H', 'Y', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 };
  guint32 per_metre = (guint32) lround (self->pixels_per_inch * 1000 / ENGRAM_PICTURE_MILLIMETRES_PER_INCH);

  put_number (chunk + 8, per_metre);
  put_number (chunk + 12, per_metre);
  put_number (chunk + 17, get_crc (chunk + 4, 13));
  return write_bytes (self, chunk, sizeof chunk);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  Stream *self = closure;
  gsize head = 0;
  gboolean written;

  if (self->error != NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return CAIRO_STATUS_WRITE_ERROR;
  if (self->pixels_per_inch > 0 && self->length <= PNG_HEAD_LENGTH && self->length + length > PNG_HEAD_LENGTH)
    {
      head = PNG_HEAD_LENGTH - self->length;
      if (!write_bytes (self, data, head) || !write_resolution (self))
        return CAIRO_STATUS_WRITE_ERROR;
    }
  written = write_bytes (self, data + head, length - head);
  return written ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
check_written (Stream          *self,
               cairo_status_t   status,
               GError         **error)
{
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, ENGRAM_ERROR, ENGRAM_ERROR_FAILED, _("The picture could not be written: %s"),
                 cairo_status_to_string (status));
  else
    return TRUE;
  return FALSE;
}

static gboolean
write_png (const Picture  *self,
           Stream         *stream,
           GError        **error)
{
  gboolean opaque = self->style->background[3] >= 1;
  cairo_surface_t *image = make_image (self, opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, error);
  gboolean written;

  if (image == NULL)
    return FALSE;
  stream->pixels_per_inch = self->size->scale * ENGRAM_PICTURE_PIXELS_PER_INCH;
  written = check_written (stream, cairo_surface_write_to_png_stream (image, write_cb, stream), error);
  cairo_surface_destroy (image);
  return written;
}

/* In points for PDF, in pixels or millimetres for SVG. */
static double
get_unit (const EngramPictureSize *size,
          EngramPictureFormat      format)
{
  if (format == ENGRAM_PICTURE_PDF)
    return POINTS_PER_INCH / ENGRAM_PICTURE_PIXELS_PER_INCH;
  return size->metric ? ENGRAM_PICTURE_MILLIMETRES_PER_INCH / ENGRAM_PICTURE_PIXELS_PER_INCH : 1;
}

static cairo_surface_t *
make_document (const EngramPictureSize *size,
               EngramPictureFormat      format,
               Stream                  *stream)
{
  double unit = get_unit (size, format);
  double width = size->width * unit, height = size->height * unit;
  cairo_surface_t *surface;

  if (format == ENGRAM_PICTURE_PDF)
    {
      surface = cairo_pdf_surface_create_for_stream (write_cb, stream, width, height);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Engram " ENGRAM_VERSION);
      return surface;
    }
  surface = cairo_svg_surface_create_for_stream (write_cb, stream, width, height);
  cairo_svg_surface_set_document_unit (surface, size->metric ? CAIRO_SVG_UNIT_MM : CAIRO_SVG_UNIT_PX);
  return surface;
}

static gboolean
write_document (const Picture        *self,
                EngramPictureFormat   format,
                Stream               *stream,
                GError              **error)
{
  cairo_surface_t *surface;
  gboolean written;
  int width, height;

  if (!engram_picture_size_get_pixels (self->size, &width, &height, error))
    return FALSE;
  surface = make_document (self->size, format, stream);
  written = draw (self, surface, get_unit (self->size, format), error);
  /* What was not drawn to the end is written nowhere. */
  if (!written)
    stream->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  cairo_surface_finish (surface);
  written = written && check_written (stream, cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return written;
}

gboolean
engram_picture_write (const char                *path,
                      const char                *network,
                      EngramPictureFormat        format,
                      const EngramPictureSize   *size,
                      EngramScene               *scene,
                      const EngramSceneStyle    *style,
                      const EngramCamera        *camera,
                      const EngramSceneCaption  *caption,
                      GCancellable              *cancellable,
                      GError                   **error)
{
  const Picture picture = { size, scene, style, camera, caption, cancellable };
  g_autoptr (EngramOutputFile) file = engram_output_file_new (path, network != NULL ? network : "", error);
  Stream stream = { .file = file, .cancellable = cancellable };
  gboolean written;

  if (file == NULL)
    return FALSE;
  if (format == ENGRAM_PICTURE_PNG)
    written = write_png (&picture, &stream, error);
  else
    written = write_document (&picture, format, &stream, error);
  g_clear_error (&stream.error);
  return written && engram_output_file_finish (file, error);
}
