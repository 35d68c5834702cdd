/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

/* Pixels that a press of an arrow key turns or moves by, and the factor of + and -. */
#define ARROW_STEP 40.0f
#define KEY_FACTOR 1.3f

/* (dx, dy): what the key shows to: the world turns or moves against it. */
static gboolean
arrow_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  EngramCamera camera;
  int dx, dy;
  gboolean move;

  if (self->scene == NULL)
    return GDK_EVENT_PROPAGATE;
  g_variant_get (arguments, "(iib)", &dx, &dy, &move);
  engram_scene_view_get_camera (self, &camera);
  if (move || camera.flat)
    engram_camera_pan (&camera, -ARROW_STEP * (float) dx, -ARROW_STEP * (float) dy, width, height);
  else
    engram_camera_orbit (&camera, -ARROW_STEP * (float) dx, -ARROW_STEP * (float) dy, width, height);
  engram_scene_view_stop_flight (self);
  self->camera = camera;
  engram_scene_view_camera_moved (self, TRUE);
  return GDK_EVENT_STOP;
}

/* From the one that is selected, or hovered, or the first in the picture. */
static guint32
walking_point (EngramSceneView *self)
{
  for (guint32 i = 0; i < self->scene->n_points; i++)
    if ((self->scene->points[i].flags & ENGRAM_POINT_SELECTED) != 0)
      return i;
  if (self->hovered.kind == ENGRAM_PICKED_POINT)
    return self->hovered.index;

  g_autoptr (GArray) seen = engram_scene_picker_find_seen (self->picker);

  return seen->len > 0 ? g_array_index (seen, guint32, 0) : G_MAXUINT32;
}

static gboolean
walk_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);
  int dx, dy;
  guint32 point;

  if (self->scene == NULL || (point = walking_point (self)) == G_MAXUINT32)
    return GDK_EVENT_PROPAGATE;
  g_variant_get (arguments, "(ii)", &dx, &dy);
  engram_scene_view_emit_walk (self, engram_scene_picker_find_towards (self->picker, point, (float) dx, (float) dy));
  return GDK_EVENT_STOP;
}

static gboolean
zoom_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);
  float factor = g_variant_get_boolean (arguments) ? KEY_FACTOR : 1 / KEY_FACTOR;

  if (engram_scene_view_get_sphere (self, NULL))
    engram_scene_view_resize_sphere (self, factor);
  else
    engram_scene_view_zoom (self, factor);
  return GDK_EVENT_STOP;
}

static gboolean
fit_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  engram_scene_view_fit (ENGRAM_SCENE_VIEW (widget));
  return GDK_EVENT_STOP;
}

static gboolean
fly_cb (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  engram_scene_view_emit_fly (ENGRAM_SCENE_VIEW (widget));
  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);
  guint32 point;

  if (engram_scene_view_get_sphere (self, NULL))
    {
      engram_scene_view_choose_sphere (self, 0);
      return GDK_EVENT_STOP;
    }
  if (self->scene == NULL || (point = walking_point (self)) == G_MAXUINT32)
    return GDK_EVENT_PROPAGATE;
  engram_scene_view_emit_activated (self, (EngramPicked) { ENGRAM_PICKED_POINT, point });
  return GDK_EVENT_STOP;
}

/* Beside the point, or in the middle where that is out of sight. */
static gboolean
menu_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);
  EngramProjection projection;
  float x, y, depth;
  guint32 point;

  if (self->scene == NULL || (point = walking_point (self)) == G_MAXUINT32)
    return GDK_EVENT_PROPAGATE;

  const EngramScenePoint *place = &self->scene->points[point];

  engram_scene_view_project (self, &projection);
  if (!engram_projection_map (&projection, (const float[3]) { place->x, place->y, place->z }, &x, &y, &depth)
      || !gtk_widget_contains (widget, x, y))
    {
      x = (float) gtk_widget_get_width (widget) / 2;
      y = (float) gtk_widget_get_height (widget) / 2;
    }
  engram_scene_view_emit_menu (self, point, x, y);
  return GDK_EVENT_STOP;
}

static gboolean
sphere_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);

  if (self->scene == NULL || self->scene->flat)
    return GDK_EVENT_PROPAGATE;
  engram_scene_view_draw_sphere_at (self, walking_point (self));
  return GDK_EVENT_STOP;
}

/* One thing after the other: what is being drawn is given up, and a point that is dragged goes back; a sphere is taken
 * away; a tool is left. Nothing else is Escape's to take away here. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);

  if (self->drag == ENGRAM_DRAG_BAND || self->drag == ENGRAM_DRAG_POINT || self->drag == ENGRAM_DRAG_SPHERE)
    engram_scene_view_give_up_drag (self);
  else if (engram_scene_view_get_sphere (self, NULL))
    engram_scene_view_clear_sphere (self);
  else if (self->tool != ENGRAM_SCENE_TOOL_MOVE)
    engram_scene_view_set_tool (self, ENGRAM_SCENE_TOOL_MOVE);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
add_arrow (GtkWidgetClass *widget_class,
           guint           key,
           guint           keypad_key,
           int             dx,
           int             dy)
{
  const guint keys[] = { key, keypad_key };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i], 0, arrow_cb, "(iib)", dx, dy, FALSE);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_SHIFT_MASK, arrow_cb, "(iib)", dx, dy, TRUE);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_CONTROL_MASK, walk_cb, "(ii)", dx, dy);
    }
}

void
engram_scene_view_class_add_keys (GtkWidgetClass *widget_class)
{
  const guint nearer[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  const guint farther[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };

  add_arrow (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_arrow (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_arrow (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_arrow (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (nearer); i++)
    {
      gtk_widget_class_add_binding (widget_class, nearer[i], 0, zoom_cb, "b", TRUE);
      gtk_widget_class_add_binding (widget_class, nearer[i], GDK_SHIFT_MASK, zoom_cb, "b", TRUE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (farther); i++)
    gtk_widget_class_add_binding (widget_class, farther[i], 0, zoom_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, fit_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Home, 0, fit_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, 0, fly_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, 0, sphere_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
