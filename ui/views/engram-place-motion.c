/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-place-motion.h"

#include <adwaita.h>

struct _EngramPlaceMotion {
  GObject          parent_instance;

  EngramSceneView *scene_view; /* not owned; NULL after its end */
  double           seconds;

  EngramScene     *scene;      /* whose points move, or NULL */
  float           *from, *to;  /* places of all points */
  gint64           start;      /* microseconds of the frame clock; 0 before the first frame */
  guint            tick;
};

enum { PROP_0, PROP_MOVING, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramPlaceMotion, engram_place_motion, G_TYPE_OBJECT)

/* Before anybody hears of it: who does may begin another. */
static void
end (EngramPlaceMotion *self)
{
  if (self->scene == NULL)
    return;
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->scene_view), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->scene, engram_scene_unref);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOVING]);
}

static void
jump (EngramPlaceMotion *self,
      EngramScene       *scene,
      const float       *places)
{
  engram_scene_set_places (scene, places);
  engram_scene_view_scene_changed (self->scene_view, FALSE);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  EngramPlaceMotion *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->start == 0)
    self->start = now;

  double way = (double) (now - self->start) / G_USEC_PER_SEC / self->seconds;

  if (way < 1)
    {
      engram_scene_mix_places (self->scene, self->from, self->to, (float) adw_easing_ease (ADW_EASE_IN_OUT_CUBIC, way));
      engram_scene_view_scene_changed (self->scene_view, TRUE);
      return G_SOURCE_CONTINUE;
    }
  self->tick = 0;
  engram_place_motion_finish (self);
  return G_SOURCE_REMOVE;
}

void
engram_place_motion_start (EngramPlaceMotion *self,
                           EngramScene       *scene,
                           float             *places)
{
  g_autofree float *to = places;
  GtkWidget *widget;

  g_return_if_fail (ENGRAM_IS_PLACE_MOTION (self));
  g_return_if_fail (scene != NULL && places != NULL && self->scene_view != NULL);

  widget = GTK_WIDGET (self->scene_view);
  end (self);
  if (!gtk_widget_get_mapped (widget) || !adw_get_enable_animations (widget))
    {
      jump (self, scene, to);
      return;
    }
  self->scene = engram_scene_ref (scene);
  self->from = engram_scene_copy_places (scene);
  self->to = g_steal_pointer (&to);
  self->start = 0;
  self->tick = gtk_widget_add_tick_callback (widget, tick_cb, self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOVING]);
}

void
engram_place_motion_stop (EngramPlaceMotion *self)
{
  g_return_if_fail (ENGRAM_IS_PLACE_MOTION (self));

  end (self);
}

void
engram_place_motion_finish (EngramPlaceMotion *self)
{
  g_return_if_fail (ENGRAM_IS_PLACE_MOTION (self));

  if (self->scene != NULL)
    jump (self, self->scene, self->to);
  end (self);
}

void
engram_place_motion_set_place (EngramPlaceMotion *self,
                               guint32            point,
                               const float        place[3])
{
  g_return_if_fail (ENGRAM_IS_PLACE_MOTION (self));

  if (self->scene == NULL)
    return;
  g_return_if_fail (point < self->scene->n_points);
  for (int axis = 0; axis < 3; axis++)
    self->from[3 * (gsize) point + axis] = self->to[3 * (gsize) point + axis] = place[axis];
}

gboolean
engram_place_motion_get_moving (EngramPlaceMotion *self)
{
  g_return_val_if_fail (ENGRAM_IS_PLACE_MOTION (self), FALSE);

  return self->scene != NULL;
}

/* Nobody sees the rest of the way. */
static void
unmapped_cb (EngramPlaceMotion *self)
{
  engram_place_motion_finish (self);
}

/* The scene view is going, and its tick callbacks with it. */
static void
view_disposed_cb (gpointer  data,
                  GObject  *where_the_view_was)
{
  EngramPlaceMotion *self = data;

  self->scene_view = NULL;
  self->tick = 0;
  end (self);
}

static void
engram_place_motion_dispose (GObject *object)
{
  EngramPlaceMotion *self = ENGRAM_PLACE_MOTION (object);

  end (self);
  if (self->scene_view != NULL)
    g_object_weak_unref (G_OBJECT (self->scene_view), view_disposed_cb, self);
  self->scene_view = NULL;

  G_OBJECT_CLASS (engram_place_motion_parent_class)->dispose (object);
}

static void
engram_place_motion_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EngramPlaceMotion *self = ENGRAM_PLACE_MOTION (object);

  switch (property_id)
    {
    case PROP_MOVING:
      g_value_set_boolean (value, self->scene != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_place_motion_class_init (EngramPlaceMotionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = engram_place_motion_dispose;
  object_class->get_property = engram_place_motion_get_property;

  properties[PROP_MOVING] = g_param_spec_boolean ("moving", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
engram_place_motion_init (EngramPlaceMotion *self)
{
}

EngramPlaceMotion *
engram_place_motion_new (EngramSceneView *scene_view,
                         double           seconds)
{
  EngramPlaceMotion *self = g_object_new (ENGRAM_TYPE_PLACE_MOTION, NULL);

  self->scene_view = scene_view;
  self->seconds = seconds;
  g_object_weak_ref (G_OBJECT (scene_view), view_disposed_cb, self);
  g_signal_connect_object (scene_view, "unmap", G_CALLBACK (unmapped_cb), self, G_CONNECT_SWAPPED);
  return self;
}
