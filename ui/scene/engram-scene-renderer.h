/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-camera.h"
#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SCENE_RENDERER (engram_scene_renderer_get_type ())

/* Draws a scene by OpenGL 3.2 or OpenGL ES 3.0 and newer, in whatever context is current: one renderer for one context,
 * made, used and freed while it is current, in its thread.
 *
 * A picture is drawn into a framebuffer of its own in slices and then put into the one that is bound:
 * engram_scene_renderer_draw() with the time that it may take, as often as it answers FALSE; a complete picture costs
 * nothing more until something changes. While the camera moves one call is one frame, of what can be drawn in the time:
 * fewer edges (the strongest), points of a choice that is fair over the picture, at half the resolution where that is
 * needed. */
G_DECLARE_FINAL_TYPE (EngramSceneRenderer, engram_scene_renderer, ENGRAM, SCENE_RENDERER, GObject)

/* What is in the picture now, for "the strongest 40,000 of 1,000,000". */
typedef struct {
  guint32  n_points;   /* drawn */
  guint32  n_edges;    /* drawn */
  guint32  n_all_points; /* that there are to be drawn: not hidden, with a place */
  guint32  n_all_edges;  /* within the range of weights, with both ends to be drawn */
  gboolean complete;   /* nothing is missing, at full resolution, at rest */
  float    resolution; /* 1 or 0.5 */
} EngramSceneDrawn;

/* NULL with an error where the current context is too old or broken: use the painter, and say so. */
EngramSceneRenderer *engram_scene_renderer_new       (GError                 **error);
/* Does a little of what the driver does before something is drawn for the first time, in the context, which must be
 * current, and the bound framebuffer, some pixels of which are changed; TRUE where nothing is left of it. Who does not
 * wait for it waits while drawing. */
gboolean             engram_scene_renderer_prepare   (EngramSceneRenderer     *self);
/* Frees what it has in the context, which must be current. */
void                 engram_scene_renderer_release   (EngramSceneRenderer     *self);
/* @scene: (nullable) */
void                 engram_scene_renderer_set_scene (EngramSceneRenderer     *self,
                                                      EngramScene             *scene);
void                 engram_scene_renderer_set_style (EngramSceneRenderer     *self,
                                                      const EngramSceneStyle  *style);
void                 engram_scene_renderer_set_camera (EngramSceneRenderer    *self,
                                                      const EngramCamera      *camera);
/* Draws for @budget seconds at most, as well as that can be foreseen, and puts what there is into the bound framebuffer.
 * @width, @height: of it, device pixels; @scale: device pixels a pixel (for sizes and widths).
 * @moving: whether this is one frame of many. TRUE where the picture is complete (or @moving): no further call is
 *   needed. */
gboolean             engram_scene_renderer_draw      (EngramSceneRenderer     *self,
                                                      int                      width,
                                                      int                      height,
                                                      float                    scale,
                                                      gboolean                 moving,
                                                      double                   budget);
/* Goes on with a picture at rest that is not complete, for @budget seconds, without showing it. TRUE where it is
 * complete, or something has changed since: it is engram_scene_renderer_draw() that goes on then. */
gboolean             engram_scene_renderer_fill      (EngramSceneRenderer     *self,
                                                      double                   budget);
void                 engram_scene_renderer_get_drawn (EngramSceneRenderer     *self,
                                                      EngramSceneDrawn        *drawn);
/* Bytes in the GPU's memory, for buffers of points and edges. */
gsize                engram_scene_renderer_get_size  (EngramSceneRenderer     *self);
/* "OpenGL 4.5, llvmpipe (...)": (transfer none) */
const char          *engram_scene_renderer_get_description (EngramSceneRenderer *self);

G_END_DECLS
