/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "scene/engram-camera.h"
#include "scene/engram-legend.h"
#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

/* Draws a scene by Cairo, as the renderer does: for SVG, PDF, PNG and the printer, and on screen where there is no
 * OpenGL. */

/**
 * EngramSceneCaption:
 * @labels: (nullable) (array): a text for each point, %NULL in it for none, drawn by importance
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

/* More edges, or more points, than these make an image of them when the surface is a vector one: no program would open
 * a file of so many paths. An image of edges lies under the points; of more points than this the whole scene becomes
 * one. */
#define ENGRAM_SCENE_PAINTER_VECTOR_EDGES 20000
#define ENGRAM_SCENE_PAINTER_VECTOR_POINTS 20000

/**
 * engram_scene_painter_paint:
 * @width: of the picture in the user space of @cairo, whose units are the pixels of @style
 * @height: likewise
 * @n_edges: how many of the strongest edges, as of engram_scene_split_detail(); and all marked ones
 * @raster_scale: pixels for one of the picture where it is drawn as an image: those of the surface, if that has any
 * @caption: (nullable): texts; without it not even the numbers of the axes are written
 *
 * Draws it into the rectangle from 0, 0 to @width, @height, over its background. The same scene gives the same
 * picture. In a PDF, PostScript or SVG surface it consists of paths, as far as there are few enough; an edge of a space
 * then has one depth for all of it. Anywhere else it is drawn pixel by pixel, as the renderer does it.
 *
 * Any thread, with a scene that nobody changes.
 *
 * Returns: whether all is drawn; %FALSE with %G_IO_ERROR_CANCELLED, or %ENGRAM_ERROR_FAILED where Cairo fails
 */
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

/**
 * engram_scene_painter_paint_part:
 * @points: (array length=n_points): the points that are drawn; those that are selected or marked are always
 * @n_points: how many
 *
 * The same without texts, for a screen: where not even all points can be drawn in time.
 *
 * Returns: whether it is drawn; %FALSE with %ENGRAM_ERROR_FAILED where Cairo fails
 */
gboolean engram_scene_painter_paint_part (cairo_t              *cairo,
                                     EngramScene               *scene,
                                     const EngramSceneStyle    *style,
                                     const EngramCamera        *camera,
                                     float                      width,
                                     float                      height,
                                     const guint32             *points,
                                     guint32                    n_points,
                                     guint32                    n_edges,
                                     float                      raster_scale,
                                     GError                   **error);

G_END_DECLS
