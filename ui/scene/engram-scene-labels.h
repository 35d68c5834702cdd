/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/engram-camera.h"
#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

/* Which points are labelled, and where: the most important ones first, none over another, within a number. */

typedef struct {
  guint32 point;
  float   x, y;         /* top left of the text, pixels */
  float   width, height;
} EngramSceneLabel;

/* Measures the text of a point's label in pixels; FALSE where it has none (yet). */
typedef gboolean (*EngramMeasureLabelFunc) (guint32   point,
                                            float    *width,
                                            float    *height,
                                            gpointer  user_data);

/**
 * engram_scene_labels_place:
 * @candidates: (array length=n_candidates): points, the most important first
 * @limit: how many labels at most
 *
 * Of the candidates that are in the picture and not covered by nearer points, which is told to some pixels; of many
 * candidates the few most important ones are named even then, since they are what is looked for. What is selected or
 * marked always comes first; what is dimmed has no label unless it is. A text stands to the right of its point, else to
 * the left, above or below, where few points are under it, whole in the picture. The same picture has the same labels;
 * small movements keep them where they are.
 *
 * Of points with a text, @measure is asked for some times @limit at most.
 *
 * Returns: (transfer full) (element-type EngramSceneLabel): they
 */
GArray *engram_scene_labels_place (EngramScene             *scene,
                                   const EngramSceneStyle  *style,
                                   const EngramProjection  *projection,
                                   const guint32           *candidates,
                                   guint32                  n_candidates,
                                   guint                    limit,
                                   EngramMeasureLabelFunc   measure,
                                   gpointer                 user_data);

G_END_DECLS
