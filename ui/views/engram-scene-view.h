/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/engram-camera.h"
#include "scene/engram-scene-picker.h"
#include "scene/engram-scene-style.h"
#include "scene/engram-scene.h"

G_BEGIN_DECLS

#define ENGRAM_TYPE_SCENE_VIEW (engram_scene_view_get_type ())

/* Shows a scene, and lets people move about in it and point at things: by OpenGL, or where that cannot be had by Cairo. It knows of
 * points and edges only; what they stand for is the business of whoever put it somewhere.
 *
 * While the camera moves a frame shows what can be drawn in time; at rest the picture fills up, and then nothing is
 * drawn any more.
 *
 * Dragging turns a space and moves a graph; with Shift it draws a rectangle, with Ctrl and Shift a lasso; with the
 * middle or right button it moves either. The wheel and pinching zoom, two turning fingers roll. Keys: arrows turn (a
 * graph: move), with Shift they move, with Ctrl they walk from point to point; + and - zoom; Home fits all; F flies to
 * what is selected. S draws a sphere around the current point of a space: + and - change its radius then, Enter chooses
 * what is in it, Escape takes it away; with the mouse it is drawn by its tool, from its middle. Escape also leaves a
 * tool.
 *
 * Properties: "drawn-text" (text or NULL, read only): "The strongest 40,000 of 1,000,000 synapses", where not all is
 * drawn, and that it is drawn without OpenGL, where it is. "painting" (boolean, read only): whether Cairo draws. "tool"
 * (EngramSceneTool).
 *
 * Signals:
 * - "picked" (EngramPickedKind kind guint, index guint, GdkModifierType modifiers): clicked; kind is NOTHING for empty
 *   space.
 * - "activated" (guint kind, guint index): double click, or Enter.
 * - "hovered" (guint kind, guint index).
 * - "chosen" (GArray of guint32 points, GdkModifierType): within a rectangle, lasso or sphere.
 * - "dragged" (guint point, gboolean finished): that point has been moved in the scene by hand, where "draggable" is
 *   set. It moves back, not finished, where Escape or another gesture ends the drag; another scene ends it without a
 *   word.
 * - "sphere" (): the sphere is another, or none.
 * - "fly" (): F was pressed.
 * - "walk" (guint point): Ctrl and an arrow key lead to that point.
 * - "menu" (guint point, double x, double y): a click with the right button on a point, or the menu key for what is
 *   selected, and where that is in this widget. */
G_DECLARE_FINAL_TYPE (EngramSceneView, engram_scene_view, ENGRAM, SCENE_VIEW, GtkWidget)

typedef enum {
  ENGRAM_SCENE_TOOL_MOVE,
  ENGRAM_SCENE_TOOL_RECTANGLE,
  ENGRAM_SCENE_TOOL_LASSO,
  ENGRAM_SCENE_TOOL_SPHERE, /* of a space only */
} EngramSceneTool;

/* What has been drawn to choose what is in it.
 *
 * @centre: in the lengths of the scene
 * @radius: likewise, rounded to what people read
 * @point: that in the middle; %G_MAXUINT32 for a free place
 * @n_inside: how many points are in it
 * @dragged: whether the pointer is drawing it */
typedef struct {
  double   centre[3];
  double   radius;
  guint32  point;
  guint32  n_inside;
  gboolean dragged;
} EngramSceneSphere;

/* What is written beside a point; (transfer full) (nullable): NULL where it is not known (yet). */
typedef char *(*EngramPointLabelFunc)    (guint32                  point,
                                          gpointer                 user_data);

/* @scene: (nullable). The camera stays; the first scene after none, or of another flatness, is fitted. */
void           engram_scene_view_set_scene      (EngramSceneView         *self,
                                                 EngramScene             *scene);
/* The scene was changed (places, looks, marks): draw it again. @moving: more changes follow at once. */
void           engram_scene_view_scene_changed  (EngramSceneView         *self,
                                                 gboolean                 moving);
/* Colours and sizes follow the window's light and dark by themselves; this changes what the person sets. The view owns
 * the style: change the fields that are wanted and call engram_scene_view_style_changed(). (transfer none) */
EngramSceneStyle *engram_scene_view_get_style   (EngramSceneView         *self);
void           engram_scene_view_style_changed  (EngramSceneView         *self);
void           engram_scene_view_get_camera     (EngramSceneView         *self,
                                                 EngramCamera            *camera);
/* @animated: fly there, unless the person wants no animations. */
void           engram_scene_view_set_camera     (EngramSceneView         *self,
                                                 const EngramCamera      *camera,
                                                 gboolean                 animated);
void           engram_scene_view_fit            (EngramSceneView         *self);
/* Looks at these points from near, in the middle of the picture. */
void           engram_scene_view_fly_to         (EngramSceneView         *self,
                                                 const guint32           *points,
                                                 guint32                  n_points);
void           engram_scene_view_look_along     (EngramSceneView         *self,
                                                 EngramAxis               axis,
                                                 gboolean                 negative);
void           engram_scene_view_zoom           (EngramSceneView         *self,
                                                 float                    factor);
void           engram_scene_view_set_projection (EngramSceneView         *self,
                                                 EngramCameraProjection   projection);
void           engram_scene_view_set_tool       (EngramSceneView         *self,
                                                 EngramSceneTool          tool);
/* FALSE where there is none. It goes where another scene comes or points move. @sphere: (out) (optional) */
gboolean       engram_scene_view_get_sphere     (EngramSceneView         *self,
                                                 EngramSceneSphere       *sphere);
/* Draws one around a point of a space, and takes its tool. FALSE where that has no place. */
gboolean       engram_scene_view_draw_sphere_at (EngramSceneView         *self,
                                                 guint32                  point);
void           engram_scene_view_resize_sphere  (EngramSceneView         *self,
                                                 double                   factor);
/* Emits "chosen" for what is in it. */
void           engram_scene_view_choose_sphere  (EngramSceneView         *self,
                                                 GdkModifierType          modifiers);
void           engram_scene_view_clear_sphere   (EngramSceneView         *self);
/* Whether points follow the pointer that drags them. */
void           engram_scene_view_set_draggable  (EngramSceneView         *self,
                                                 gboolean                 draggable);
/* @candidates: points that may have a label, the most important first; copied */
void           engram_scene_view_set_labels     (EngramSceneView         *self,
                                                 const guint32           *candidates,
                                                 guint32                  n_candidates,
                                                 EngramPointLabelFunc     func,
                                                 gpointer                 user_data,
                                                 GDestroyNotify           free_user_data);
/* The texts have changed. */
void           engram_scene_view_labels_changed (EngramSceneView         *self);
/* What stands beside the pointer; @text: (nullable) */
void           engram_scene_view_set_hint       (EngramSceneView         *self,
                                                 const char              *text);
EngramScenePicker *engram_scene_view_get_picker (EngramSceneView         *self);
const char    *engram_scene_view_get_drawn_text (EngramSceneView         *self);

G_END_DECLS
