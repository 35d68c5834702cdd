/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "scene/engram-camera.h"
#include "scene/engram-legend.h"
#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

/* Draws a scene by Cairo, as the renderer does: for SVG, PDF, PNG and the printer, and on screen where there is no OpenGL. */

/**
 * EngramSceneCaption:
 * @labels: (nullable) (element-type utf8): a text for each point that has one (NULL in it for none), drawn by importance
 * @importance: (nullable) (array): points, the most important first
 * @n_importance: how many
 * @n_labels: how many labels at most
 * @legend: (nullable): drawn bottom left
 * @unit: (nullable): text after the number of the scale bar; %NULL for no scale bar
 */
typedef struct {
  const char * const *labels;
  const guint32      *importance;
  guint32             n_importance;
  guint               n_labels;
  const EngramLegend *legend;
  const char         *unit;
} EngramSceneCaption;

/* Draws it into the rectangle from 0, 0 to @width, @height of the user space, in its units as pixels. @n_edges: the strongest so
 * many; more than ENGRAM_SCENE_PAINTER_VECTOR_EDGES of them become a raster image (@raster_scale device pixels a pixel) when the
 * surface is a vector one. FALSE with G_IO_ERROR_CANCELLED, or where Cairo fails. Any thread, with a scene that nobody changes. */
#define ENGRAM_SCENE_PAINTER_VECTOR_EDGES 20000
/* More points than this make an image of the whole scene. */
#define ENGRAM_SCENE_PAINTER_VECTOR_POINTS 20000

gboolean engram_scene_painter_paint (cairo_t                   *cairo,
                                     EngramScene               *scene,
                                     const EngramSceneStyle    *style,
                                     const EngramCamera        *camera,
                                     float                      width,
                                     float                      height,
                                     guint32                    n_edges,
                                     float                      raster_scale,
                                     const EngramSceneCaption  *caption, /* (nullable) */
                                     GCancellable              *cancellable,
                                     GError                   **error);

G_END_DECLS
