/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>
#include <scene/engram-offscreen.h>
#include <scene/engram-scene-renderer-private.h>

G_BEGIN_DECLS

#define STAGE_WIDTH 200
#define STAGE_HEIGHT 150
/* Of a channel of 255: rounding, and one sample of a smooth rim. */
#define STAGE_TOLERANCE 6

/* What is drawn with: OpenGL, OpenGL ES, and OpenGL as on a graphics card, where edges are quads instead of lines. */
typedef enum {
  STAGE_DESKTOP,
  STAGE_ES,
  STAGE_CARD,
  STAGE_N_KINDS,
} StageKind;

/* Scenes are drawn on it, offscreen. The camera stands so that at the target one unit is one pixel, with the origin in
 * the middle of the picture. */
typedef struct {
  EngramOffscreen     *offscreen;
  EngramSceneRenderer *renderer;
  EngramSceneStyle     style;
  EngramCamera         camera;
  int                  width, height;
  guint8              *pixels; /* of what was drawn last, or NULL */
} SceneStage;

/* @kind: a StageKind, as a test has it as its data. NULL (and the test skipped) where there is no OpenGL without a
 * window. */
SceneStage          *scene_stage_new           (gconstpointer        kind,
                                                int                  width,
                                                int                  height,
                                                gboolean             flat);
void                 scene_stage_free          (SceneStage          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneStage, scene_stage_free)

EngramSceneRenderer *scene_stage_make_renderer (gconstpointer        kind,
                                                GError             **error);
gboolean             scene_stage_draw_slice    (SceneStage          *self,
                                                gboolean             moving,
                                                double               budget);
/* What is there by now. */
void                 scene_stage_read          (SceneStage          *self);
/* All of it. */
void                 scene_stage_draw          (SceneStage          *self);
void                 scene_stage_show          (SceneStage          *self,
                                                EngramScene         *scene);
EngramSceneDrawn     scene_stage_get_drawn     (SceneStage          *self);
/* At a place of the target's plane. */
const guint8        *scene_stage_get_pixel     (SceneStage          *self,
                                                int                  x,
                                                int                  y);

#define assert_pixel(self, x, y, colour) \
  G_STMT_START { \
    for (guint i = 0; i < 3; i++) \
      g_assert_cmpint (ABS (scene_stage_get_pixel (self, x, y)[i] - (int) lroundf ((colour)[i] * 255)), <=, \
                       STAGE_TOLERANCE); \
  } G_STMT_END

EngramScenePoint     stage_point               (float                   x,
                                                float                   y,
                                                float                   z,
                                                float                   size,
                                                guint32                 rgb);
EngramScene         *stage_scene               (const EngramScenePoint *points,
                                                guint32                 n_points,
                                                const EngramSceneEdge  *edges,
                                                guint32                 n_edges,
                                                gboolean                flat);
EngramScene         *stage_random_scene        (guint32                 n_points,
                                                guint32                 n_edges);

/* A test for each kind. */
void                 scene_stage_add_test      (const char             *suite,
                                                const char             *name,
                                                GTestDataFunc           function);

G_END_DECLS
