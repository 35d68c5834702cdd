/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-scene-painter.h"

G_BEGIN_DECLS

/* Pictures of scenes as files and images. Any thread, with a scene that nobody changes. */

typedef enum {
  ENGRAM_PICTURE_PNG,
  ENGRAM_PICTURE_SVG,
  ENGRAM_PICTURE_PDF,
} EngramPictureFormat;

/* The style's pixels and those of texts are as large as in CSS. */
#define ENGRAM_PICTURE_PIXELS_PER_INCH 96.0
#define ENGRAM_PICTURE_MILLIMETRES_PER_INCH 25.4
/* No image has more pixels: it would not fit into memory. */
#define ENGRAM_PICTURE_MAX_PIXELS 80000000

/**
 * EngramPictureSize:
 * @width: pixels of the style: how much room points, lines and texts have
 * @height: likewise
 * @scale: pixels of an image for one of them; in SVG and PDF of what is an image there
 * @metric: whether the file gives its size in millimetres
 */
typedef struct {
  double   width, height;
  double   scale;
  gboolean metric;
} EngramPictureSize;

/* @scale: 1, 2, 4 */
void             engram_picture_size_init_pixels      (EngramPictureSize        *self,
                                                       double                    width,
                                                       double                    height,
                                                       double                    scale);
/* @resolution: pixels of an image per inch */
void             engram_picture_size_init_millimetres (EngramPictureSize        *self,
                                                       double                    width,
                                                       double                    height,
                                                       double                    resolution);
/* Of the image; FALSE with an error where they are too many. */
gboolean         engram_picture_size_get_pixels       (const EngramPictureSize  *self,
                                                       int                      *width,
                                                       int                      *height,
                                                       GError                  **error);

/* All edges of the scene, on the background of @style, or none where its alpha is 0. (transfer full):
 * CAIRO_FORMAT_ARGB32 */
cairo_surface_t *engram_picture_make_image            (const EngramPictureSize  *size,
                                                       EngramScene              *scene,
                                                       const EngramSceneStyle   *style,
                                                       const EngramCamera       *camera,
                                                       const EngramSceneCaption *caption,
                                                       GCancellable             *cancellable,
                                                       GError                  **error);

/**
 * engram_picture_write:
 * @path: (type filename): the file, which is replaced once all of the picture is written
 * @network: (type filename) (nullable): the file of the network that is open, which must not be touched
 * @caption: (nullable): texts
 *
 * All edges of the scene, on the background of @style, or none where its alpha is 0.
 *
 * Returns: whether the whole picture is there; %FALSE with an error, and the old file if there was one
 */
gboolean         engram_picture_write                 (const char               *path,
                                                       const char               *network,
                                                       EngramPictureFormat       format,
                                                       const EngramPictureSize  *size,
                                                       EngramScene              *scene,
                                                       const EngramSceneStyle   *style,
                                                       const EngramCamera       *camera,
                                                       const EngramSceneCaption *caption,
                                                       GCancellable             *cancellable,
                                                       GError                  **error);

G_END_DECLS
