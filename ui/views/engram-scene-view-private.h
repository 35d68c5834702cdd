/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/engram-scene-view.h"

#include "scene/engram-scene-renderer.h"

G_BEGIN_DECLS

/* What the pointer does while a button is down. */
typedef enum {
  ENGRAM_DRAG_NONE,
  ENGRAM_DRAG_TURN,
  ENGRAM_DRAG_MOVE,
  ENGRAM_DRAG_BAND, /* a rectangle or a lasso */
  ENGRAM_DRAG_POINT,
  ENGRAM_DRAG_SPHERE,
} EngramDrag;

struct _EngramSceneView {
  GtkWidget             parent_instance;

  GtkWidget            *area;       /* GtkGLArea, or GtkDrawingArea where Cairo paints */
  EngramSceneRenderer  *renderer;   /* NULL before it is realized, and where Cairo paints */
  EngramScenePicker    *picker;
  EngramScene          *scene;      /* or NULL */
  EngramSceneStyle      style;
  EngramCamera          camera;
  gboolean              fitted;     /* the camera has seen a scene */
  gboolean              fit_awaited; /* it was hidden: once it has its size, it is fitted */
  float                 bounds[2][3];   /* the box around the scene, as of these serials */
  guint                 bounds_places, bounds_looks;
  gboolean              bounded;        /* the box above is that of the scene */
  gboolean              any_bounds;     /* and there is something in it */
  char                 *drawn_text; /* or NULL */
  guint                 told_edges, told_all_edges; /* of which it is to be told */
  guint                 told_points; /* where Cairo paints */
  guint32              *painted_order; /* of points, where Cairo paints; or NULL */
  gboolean              told_whole;
  guint                 tell_idle;
  double                shown_at;   /* when it got its first scene, until that is drawn; else 0 */

  /* Moving */
  gboolean              moving;
  guint                 rest_timer; /* until what has moved is at rest */
  guint                 slice_idle; /* until the next slice of a picture at rest */
  gint64                rendered_at; /* when it was shown, microseconds */
  guint                 prepare_idle; /* while the renderer is prepared */
  gboolean              prepared;   /* before that, it draws nothing */
  EngramCamera          flight_from, flight_to;
  gint64                flight_start; /* microseconds of the frame clock; 0 before the first frame */
  guint                 flight_tick;

  /* The pointer */
  EngramSceneTool       tool;
  gboolean              draggable;
  EngramDrag            drag;
  gboolean              lasso;
  GArray               *band;       /* graphene_point_t */
  EngramSceneSphere     sphere;     /* its radius is 0 where there is none */
  guint                 sphere_places; /* where the points were then */
  guint32               dragged;    /* point */
  float                 dragged_from[3];
  gboolean              drag_moved; /* it is more than a click */
  float                 drag_depth;
  double                last_x, last_y;
  double                zoomed;     /* by the gesture so far */
  double                pinched_x, pinched_y; /* the middle of the fingers */
  double                rolled;     /* degrees, by the gesture so far */
  double                pointer_x, pointer_y;
  gboolean              pointed;    /* the pointer is there */
  gboolean              hover_stale; /* something else may be under it since */
  EngramPicked          hovered;
  char                 *hint;       /* or NULL */

  /* Labels */
  guint32              *candidates;
  guint32               n_candidates;
  EngramPointLabelFunc  label_func;
  gpointer              label_data;
  GDestroyNotify        free_label_data;
  GHashTable           *layouts;    /* guint32 -> PangoLayout */
  GArray               *labels;     /* EngramSceneLabel, or NULL while they are not placed */
  GHashTable           *axis_layouts; /* text -> PangoLayout */
  GArray               *axis_labels; /* EngramAxisLabel, placed with the labels, or NULL */
};

/* engram-scene-view.c */
gboolean engram_scene_view_get_bounds     (EngramSceneView  *self,
                                           float             low[3],
                                           float             high[3]);
void     engram_scene_view_camera_moved   (EngramSceneView  *self,
                                           gboolean          moving);
void     engram_scene_view_project        (EngramSceneView  *self,
                                           EngramProjection *projection);
void     engram_scene_view_emit_picked    (EngramSceneView  *self,
                                           EngramPicked      picked,
                                           GdkModifierType   modifiers);
void     engram_scene_view_emit_activated (EngramSceneView  *self,
                                           EngramPicked      picked);
void     engram_scene_view_emit_hovered   (EngramSceneView  *self,
                                           EngramPicked      picked);
void     engram_scene_view_emit_chosen    (EngramSceneView  *self,
                                           GArray           *points,
                                           GdkModifierType   modifiers);
void     engram_scene_view_emit_sphere    (EngramSceneView  *self);
void     engram_scene_view_emit_dragged   (EngramSceneView  *self,
                                           guint32           point,
                                           gboolean          finished);
void     engram_scene_view_emit_fly       (EngramSceneView  *self);
void     engram_scene_view_emit_walk      (EngramSceneView  *self,
                                           guint32           point);
void     engram_scene_view_emit_menu      (EngramSceneView  *self,
                                           guint32           point,
                                           double            x,
                                           double            y);

/* engram-scene-view-area.c: drawing the scene, by OpenGL or Cairo */
void     engram_scene_view_make_area      (EngramSceneView  *self);
void     engram_scene_view_queue_scene    (EngramSceneView  *self);
void     engram_scene_view_stop_drawing   (EngramSceneView  *self);

/* engram-scene-view-motion.c: flights */
void     engram_scene_view_stop_flight    (EngramSceneView  *self);
/* The same, where it leads to. */
void     engram_scene_view_end_flight     (EngramSceneView  *self);

/* engram-scene-view-gestures.c, engram-scene-view-keys.c */
void     engram_scene_view_add_gestures   (EngramSceneView  *self);
/* Nothing is chosen, and a point that was dragged goes back. */
void     engram_scene_view_give_up_drag   (EngramSceneView  *self);
/* The picture is whole again: what is under the pointer, though that has not moved? */
void     engram_scene_view_hover_again    (EngramSceneView  *self);
void     engram_scene_view_class_add_keys (GtkWidgetClass   *widget_class);

/* engram-scene-view-sphere.c */
/* Around what is under the pointer, or a free place. It has no radius yet. */
void     engram_scene_view_begin_sphere   (EngramSceneView  *self,
                                           EngramPicked      picked,
                                           double            x,
                                           double            y);
void     engram_scene_view_extend_sphere  (EngramSceneView  *self,
                                           double            x,
                                           double            y);
void     engram_scene_view_check_sphere   (EngramSceneView  *self);
void     engram_scene_view_snapshot_sphere (EngramSceneView *self,
                                           GtkSnapshot      *snapshot);

/* engram-scene-view-labels.c: what is written over the scene */
void     engram_scene_view_snapshot_labels (EngramSceneView *self,
                                           GtkSnapshot      *snapshot);
void     engram_scene_view_forget_labels  (EngramSceneView  *self);

G_END_DECLS
