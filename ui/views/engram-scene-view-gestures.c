/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <math.h>

/* So near a thing, in pixels, counts as on it. */
#define TOLERANCE 6

/* A click of the wheel comes nearer by this factor. */
#define WHEEL_FACTOR 1.25

static EngramPicked
pick (EngramSceneView *self,
      double           x,
      double           y)
{
  EngramSceneDrawn drawn = { .n_edges = 0 };

  if (self->scene == NULL)
    return (EngramPicked) { ENGRAM_PICKED_NOTHING, 0 };
  if (self->renderer != NULL)
    engram_scene_renderer_get_drawn (self->renderer, &drawn);
  /* What is about to be seen is picked, too. */
  if (drawn.n_edges == 0)
    drawn.n_edges = self->scene->n_edges;
  return engram_scene_picker_pick (self->picker, (float) x, (float) y, TOLERANCE, drawn.n_edges);
}

static void
hover (EngramSceneView *self,
       EngramPicked     picked)
{
  if (picked.kind == self->hovered.kind && picked.index == self->hovered.index)
    return;
  self->hovered = picked;
  if (picked.kind == ENGRAM_PICKED_NOTHING)
    engram_scene_view_set_hint (self, NULL);
  if (self->tool == ENGRAM_SCENE_TOOL_MOVE)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), picked.kind == ENGRAM_PICKED_NOTHING ? NULL : "pointer");
  engram_scene_view_emit_hovered (self, picked);
}

/* What is under the pointer while the picture moves is nobody's choice. */
static void
motion_cb (EngramSceneView *self,
           double           x,
           double           y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  self->pointed = TRUE;
  if (self->drag == ENGRAM_DRAG_NONE && !self->moving)
    hover (self, pick (self, x, y));
}

static void
leave_cb (EngramSceneView *self)
{
  self->pointed = FALSE;
  hover (self, (EngramPicked) { ENGRAM_PICKED_NOTHING, 0 });
}

void
engram_scene_view_hover_again (EngramSceneView *self)
{
  if (!self->hover_stale || self->moving || self->drag != ENGRAM_DRAG_NONE)
    return;
  self->hover_stale = FALSE;
  if (self->pointed)
    hover (self, pick (self, self->pointer_x, self->pointer_y));
  /* Of another scene it may still be what the last one had here. */
  if (self->hovered.kind == ENGRAM_PICKED_NOTHING)
    engram_scene_view_set_hint (self, NULL);
}

static void
released_cb (EngramSceneView *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *click)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  EngramPicked picked = pick (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* Clicks with Ctrl are about one thing each, however fast they come. */
  if (n_press == 1 || (modifiers & GDK_CONTROL_MASK) != 0)
    engram_scene_view_emit_picked (self, picked, modifiers & gtk_accelerator_get_default_mod_mask ());
  else if (n_press == 2 && picked.kind != ENGRAM_PICKED_NOTHING)
    engram_scene_view_emit_activated (self, picked);
}

/* The right button moves the picture, where it is dragged. */
static void
menu_released_cb (EngramSceneView *self,
                  int              n_press,
                  double           x,
                  double           y)
{
  EngramPicked picked = pick (self, x, y);

  if (picked.kind == ENGRAM_PICKED_POINT && !self->drag_moved)
    engram_scene_view_emit_menu (self, picked.index, x, y);
}

/* Dragging */

static EngramDrag
choose_drag (EngramSceneView *self,
             GtkGestureDrag  *gesture,
             double           x,
             double           y)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  EngramPicked picked;

  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_PRIMARY)
    return ENGRAM_DRAG_MOVE;
  if (self->tool == ENGRAM_SCENE_TOOL_SPHERE && (modifiers & GDK_SHIFT_MASK) == 0)
    {
      engram_scene_view_begin_sphere (self, pick (self, x, y), x, y);
      return ENGRAM_DRAG_SPHERE;
    }
  if (self->tool != ENGRAM_SCENE_TOOL_MOVE || (modifiers & GDK_SHIFT_MASK) != 0)
    {
      self->lasso = self->tool == ENGRAM_SCENE_TOOL_LASSO || (modifiers & GDK_CONTROL_MASK) != 0;
      return ENGRAM_DRAG_BAND;
    }
  picked = pick (self, x, y);
  if (self->draggable && picked.kind == ENGRAM_PICKED_POINT)
    {
      const EngramScenePoint *point = &self->scene->points[picked.index];

      self->dragged = picked.index;
      self->dragged_from[0] = point->x;
      self->dragged_from[1] = point->y;
      self->dragged_from[2] = point->z;
      return ENGRAM_DRAG_POINT;
    }
  return self->camera.flat ? ENGRAM_DRAG_MOVE : ENGRAM_DRAG_TURN;
}

static void
drag_begin_cb (EngramSceneView *self,
               double           x,
               double           y,
               GtkGestureDrag  *gesture)
{
  engram_scene_view_stop_flight (self);
  /* Whoever drags may press Escape. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag = self->scene != NULL ? choose_drag (self, gesture, x, y) : ENGRAM_DRAG_NONE;
  self->drag_moved = FALSE;
  self->last_x = x;
  self->last_y = y;
  g_array_set_size (self->band, 0);
}

/* The point stays at its depth and comes to where the pointer is. */
static void
drag_point (EngramSceneView *self,
            double           x,
            double           y)
{
  const EngramScenePoint *point = &self->scene->points[self->dragged];
  float place[3] = { point->x, point->y, point->z }, at_x, at_y, depth;
  EngramProjection projection;

  engram_scene_view_project (self, &projection);
  if (!engram_projection_map (&projection, place, &at_x, &at_y, &depth))
    return;
  engram_projection_unmap (&projection, at_x + (float) (x - self->last_x), at_y + (float) (y - self->last_y), depth, place);
  if (self->scene->flat)
    place[2] = 0;
  engram_scene_set_place (self->scene, self->dragged, place);
  engram_scene_view_scene_changed (self, TRUE);
  engram_scene_view_emit_dragged (self, self->dragged, FALSE);
}

static void
extend_band (EngramSceneView *self,
             double           start_x,
             double           start_y,
             double           x,
             double           y)
{
  graphene_point_t corners[] = {
    { (float) start_x, (float) start_y }, { (float) x, (float) start_y },
    { (float) x, (float) y }, { (float) start_x, (float) y },
  };

  if (!self->lasso)
    g_array_set_size (self->band, 0);
  else if (self->band->len == 0)
    g_array_append_val (self->band, corners[0]);
  if (self->lasso)
    g_array_append_val (self->band, corners[2]);
  else
    g_array_append_vals (self->band, corners, G_N_ELEMENTS (corners));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_update_cb (EngramSceneView *self,
                double           offset_x,
                double           offset_y,
                GtkGestureDrag  *gesture)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)), height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  double start_x, start_y;

  gtk_gesture_drag_get_start_point (gesture, &start_x, &start_y);

  double x = start_x + offset_x, y = start_y + offset_y;
  float dx = (float) (x - self->last_x), dy = (float) (y - self->last_y);

  self->drag_moved = self->drag_moved
                     || gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) offset_x, (int) offset_y);
  if (self->drag == ENGRAM_DRAG_NONE || !self->drag_moved)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->drag == ENGRAM_DRAG_TURN)
    engram_camera_orbit (&self->camera, dx, dy, width, height);
  else if (self->drag == ENGRAM_DRAG_MOVE)
    engram_camera_pan (&self->camera, dx, dy, width, height);
  else if (self->drag == ENGRAM_DRAG_POINT)
    drag_point (self, x, y);
  else if (self->drag == ENGRAM_DRAG_SPHERE)
    engram_scene_view_extend_sphere (self, x, y);
  else
    extend_band (self, start_x, start_y, x, y);
  if (self->drag == ENGRAM_DRAG_TURN || self->drag == ENGRAM_DRAG_MOVE)
    engram_scene_view_camera_moved (self, TRUE);
  self->last_x = x;
  self->last_y = y;
}

static void
drag_end_cb (EngramSceneView *self,
             double           offset_x,
             double           offset_y,
             GtkGestureDrag  *gesture)
{
  EngramDrag drag = self->drag;
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->drag = ENGRAM_DRAG_NONE;
  if (drag == ENGRAM_DRAG_BAND && self->band->len > 2)
    {
      g_autoptr (GArray) points = engram_scene_picker_find_in_polygon (
        self->picker, (const graphene_point_t *) self->band->data, self->band->len);

      g_array_set_size (self->band, 0);
      engram_scene_view_emit_chosen (self, points, modifiers & gtk_accelerator_get_default_mod_mask ());
    }
  else if (drag == ENGRAM_DRAG_POINT && self->drag_moved)
    engram_scene_view_emit_dragged (self, self->dragged, TRUE);
  else if (drag == ENGRAM_DRAG_SPHERE)
    {
      engram_scene_view_set_hint (self, NULL);
      engram_scene_view_choose_sphere (self, modifiers & gtk_accelerator_get_default_mod_mask ());
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
engram_scene_view_give_up_drag (EngramSceneView *self)
{
  EngramDrag drag = self->drag;

  self->drag = ENGRAM_DRAG_NONE;
  g_array_set_size (self->band, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (drag == ENGRAM_DRAG_SPHERE)
    engram_scene_view_clear_sphere (self);
  if (drag != ENGRAM_DRAG_POINT || !self->drag_moved)
    return;
  engram_scene_set_place (self->scene, self->dragged, self->dragged_from);
  engram_scene_view_scene_changed (self, FALSE);
  engram_scene_view_emit_dragged (self, self->dragged, FALSE);
}

/* The wheel and the touchpad */

static gboolean
scroll_cb (EngramSceneView          *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (scroll));
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)), height = (float) gtk_widget_get_height (GTK_WIDGET (self));

  if (self->scene == NULL)
    return GDK_EVENT_PROPAGATE;
  engram_scene_view_stop_flight (self);
  /* Two fingers on a touchpad move a graph, and turn a space; a wheel has only one way to go. */
  if (gdk_scroll_event_get_unit (event) == GDK_SCROLL_UNIT_SURFACE
      && (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll)) & GDK_CONTROL_MASK) == 0)
    {
      if (self->camera.flat)
        engram_camera_pan (&self->camera, (float) -dx, (float) -dy, width, height);
      else
        engram_camera_orbit (&self->camera, (float) -dx, (float) -dy, width, height);
    }
  else
    engram_camera_zoom (&self->camera, (float) pow (WHEEL_FACTOR, -dy), (float) self->pointer_x, (float) self->pointer_y, width,
                        height);
  engram_scene_view_camera_moved (self, TRUE);
  return GDK_EVENT_STOP;
}

/* Between the fingers, or in the middle of the picture where it is not known. */
static void
get_pinched (EngramSceneView *self,
             GtkGesture      *gesture,
             double          *x,
             double          *y)
{
  if (gtk_gesture_is_recognized (gesture) && gtk_gesture_get_bounding_box_center (gesture, x, y))
    return;
  *x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  *y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

static void
pinch_begin_cb (EngramSceneView  *self,
                GdkEventSequence *sequence,
                GtkGesture       *gesture)
{
  engram_scene_view_stop_flight (self);
  engram_scene_view_give_up_drag (self);
  self->zoomed = 1;
  get_pinched (self, gesture, &self->pinched_x, &self->pinched_y);
}

static void
pinch_cb (EngramSceneView *self,
          double           scale,
          GtkGesture      *gesture)
{
  double x, y;

  if (self->scene == NULL)
    return;
  get_pinched (self, gesture, &x, &y);
  engram_camera_zoom (&self->camera, (float) (scale / self->zoomed), (float) x, (float) y,
                      (float) gtk_widget_get_width (GTK_WIDGET (self)), (float) gtk_widget_get_height (GTK_WIDGET (self)));
  self->zoomed = scale;
  engram_scene_view_camera_moved (self, TRUE);
}

/* Two fingers that go the same way take the picture along. */
static void
pinch_update_cb (EngramSceneView  *self,
                 GdkEventSequence *sequence,
                 GtkGesture       *gesture)
{
  double x, y;

  if (self->scene == NULL)
    return;
  get_pinched (self, gesture, &x, &y);
  engram_camera_pan (&self->camera, (float) (x - self->pinched_x), (float) (y - self->pinched_y),
                     (float) gtk_widget_get_width (GTK_WIDGET (self)), (float) gtk_widget_get_height (GTK_WIDGET (self)));
  self->pinched_x = x;
  self->pinched_y = y;
  engram_scene_view_camera_moved (self, TRUE);
}

static void
turn_begin_cb (EngramSceneView *self)
{
  self->rolled = 0;
}

static void
turn_cb (EngramSceneView *self,
         double           angle,
         double           difference)
{
  double degrees = difference * 180 / G_PI;

  if (self->scene == NULL || self->camera.flat)
    return;
  engram_camera_roll (&self->camera, (float) (degrees - self->rolled));
  self->rolled = degrees;
  engram_scene_view_camera_moved (self, TRUE);
}

static GtkEventController *
add (EngramSceneView *self,
     gpointer         controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  return controller;
}

static void
add_dragging (EngramSceneView *self)
{
  GtkEventController *drag = add (self, gtk_gesture_drag_new ());

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  /* Before its end, where something else takes the pointer away. */
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (engram_scene_view_give_up_drag), self);
}

void
engram_scene_view_add_gestures (EngramSceneView *self)
{
  GtkEventController *motion = add (self, gtk_event_controller_motion_new ());
  GtkEventController *click = add (self, gtk_gesture_click_new ());
  GtkEventController *menu_click = add (self, gtk_gesture_click_new ());
  GtkEventController *scroll = add (self, gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES));
  GtkEventController *pinch = add (self, gtk_gesture_zoom_new ());
  GtkEventController *turn = add (self, gtk_gesture_rotate_new ());

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu_click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu_click, "released", G_CALLBACK (menu_released_cb), self);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect_swapped (pinch, "update", G_CALLBACK (pinch_update_cb), self);
  g_signal_connect_swapped (turn, "begin", G_CALLBACK (turn_begin_cb), self);
  g_signal_connect_swapped (turn, "angle-changed", G_CALLBACK (turn_cb), self);
  gtk_gesture_group (GTK_GESTURE (pinch), GTK_GESTURE (turn));
  add_dragging (self);
}
