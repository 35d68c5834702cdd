/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-scene-view-private.h"

#include <adwaita.h>

#include "engram-timing.h"

/* So long after the last movement the picture is at rest: longer than between two clicks of a wheel. */
#define REST_MILLISECONDS 200

enum { PROP_0, PROP_DRAWN_TEXT, PROP_PAINTING, PROP_TOOL, N_PROPERTIES };
enum { PICKED, ACTIVATED, HOVERED, CHOSEN, SPHERE, DRAGGED, FLY, WALK, MENU, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EngramSceneView, engram_scene_view, GTK_TYPE_WIDGET)

void
engram_scene_view_emit_picked (EngramSceneView *self,
                               EngramPicked     picked,
                               GdkModifierType  modifiers)
{
  g_signal_emit (self, signals[PICKED], 0, picked.kind, picked.index, modifiers);
}

void
engram_scene_view_emit_activated (EngramSceneView *self,
                                  EngramPicked     picked)
{
  g_signal_emit (self, signals[ACTIVATED], 0, picked.kind, picked.index);
}

void
engram_scene_view_emit_hovered (EngramSceneView *self,
                                EngramPicked     picked)
{
  g_signal_emit (self, signals[HOVERED], 0, picked.kind, picked.index);
}

void
engram_scene_view_emit_chosen (EngramSceneView *self,
                               GArray          *points,
                               GdkModifierType  modifiers)
{
  g_signal_emit (self, signals[CHOSEN], 0, points, modifiers);
}

void
engram_scene_view_emit_sphere (EngramSceneView *self)
{
  g_signal_emit (self, signals[SPHERE], 0);
}

void
engram_scene_view_emit_dragged (EngramSceneView *self,
                                guint32          point,
                                gboolean         finished)
{
  g_signal_emit (self, signals[DRAGGED], 0, point, finished);
}

void
engram_scene_view_emit_fly (EngramSceneView *self)
{
  g_signal_emit (self, signals[FLY], 0);
}

void
engram_scene_view_emit_walk (EngramSceneView *self,
                             guint32          point)
{
  g_signal_emit (self, signals[WALK], 0, point);
}

void
engram_scene_view_emit_menu (EngramSceneView *self,
                             guint32          point,
                             double           x,
                             double           y)
{
  g_signal_emit (self, signals[MENU], 0, point, x, y);
}

static void
rest_cb (gpointer user_data)
{
  EngramSceneView *self = user_data;

  self->rest_timer = 0;
  self->moving = FALSE;
  g_clear_pointer (&self->labels, g_array_unref);
  engram_scene_view_queue_scene (self);
}

/* The picture changes, and, where @moving, goes on changing for a while. */
static void
disturb (EngramSceneView *self,
         gboolean         moving)
{
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  self->moving = moving;
  if (moving)
    self->rest_timer = g_timeout_add_once (REST_MILLISECONDS, rest_cb, self);
  self->hover_stale = TRUE;
  g_clear_pointer (&self->labels, g_array_unref);
  engram_scene_view_queue_scene (self);
}

void
engram_scene_view_camera_moved (EngramSceneView *self,
                                gboolean         moving)
{
  engram_scene_picker_set_camera (self->picker, &self->camera, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                                  (float) gtk_widget_get_height (GTK_WIDGET (self)));
  disturb (self, moving);
}

/* Once for all that asks in a frame: it looks at every point. */
gboolean
engram_scene_view_get_bounds (EngramSceneView *self,
                              float            low[3],
                              float            high[3])
{
  guint places = engram_scene_get_places_serial (self->scene), looks = engram_scene_get_looks_serial (self->scene);

  if (!self->bounded || places != self->bounds_places || looks != self->bounds_looks)
    self->any_bounds = engram_scene_get_bounds (self->scene, self->bounds[0], self->bounds[1]);
  self->bounded = TRUE;
  self->bounds_places = places;
  self->bounds_looks = looks;
  for (int axis = 0; axis < 3; axis++)
    {
      low[axis] = self->bounds[0][axis];
      high[axis] = self->bounds[1][axis];
    }
  return self->any_bounds;
}

void
engram_scene_view_project (EngramSceneView  *self,
                           EngramProjection *projection)
{
  float low[3] = { 0 }, high[3] = { 0 };

  if (self->scene != NULL)
    engram_scene_view_get_bounds (self, low, high);
  engram_camera_project (&self->camera, low, high, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                         (float) gtk_widget_get_height (GTK_WIDGET (self)), projection);
}

static void
give_scene_to_renderer (EngramSceneView *self)
{
  if (self->renderer == NULL)
    return;
  gtk_gl_area_make_current (GTK_GL_AREA (self->area));
  engram_scene_renderer_set_scene (self->renderer, self->scene);
}

/* The first look at a scene, in the projection that the person has chosen. */
static void
start_camera (EngramSceneView *self)
{
  const EngramCamera before = self->camera;

  engram_camera_init (&self->camera, self->scene->flat);
  if (!self->scene->flat && !before.flat)
    self->camera.projection = before.projection;
}

void
engram_scene_view_set_scene (EngramSceneView *self,
                             EngramScene     *scene)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  gboolean other_kind = scene != NULL && (!self->fitted || scene->flat != self->camera.flat);

  if (scene != NULL)
    engram_scene_ref (scene);
  else
    engram_scene_view_set_hint (self, NULL);
  engram_scene_unref (self->scene);
  self->scene = scene;
  g_clear_pointer (&self->painted_order, g_free);
  self->bounded = FALSE;
  /* All have other numbers now. The hint stays until it is known what is under the pointer. */
  self->hovered.kind = ENGRAM_PICKED_NOTHING;
  self->n_candidates = 0;
  g_hash_table_remove_all (self->layouts);
  engram_scene_view_clear_sphere (self);
  if (self->drag == ENGRAM_DRAG_POINT || self->drag == ENGRAM_DRAG_SPHERE)
    self->drag = ENGRAM_DRAG_NONE;
  engram_scene_picker_set_scene (self->picker, scene);
  give_scene_to_renderer (self);
  if (other_kind)
    {
      self->shown_at = engram_timing_since_start ();
      self->fitted = FALSE;
      engram_scene_view_stop_flight (self);
      start_camera (self);
      /* Before it has a size, its first allocation fits it. */
      if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
        engram_scene_view_fit (self);
    }
  disturb (self, FALSE);
}

void
engram_scene_view_scene_changed (EngramSceneView *self,
                                 gboolean         moving)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  engram_scene_view_check_sphere (self);
  disturb (self, moving);
}

EngramSceneStyle *
engram_scene_view_get_style (EngramSceneView *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_VIEW (self), NULL);

  return &self->style;
}

void
engram_scene_view_style_changed (EngramSceneView *self)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  engram_scene_picker_set_style (self->picker, &self->style);
  if (self->renderer != NULL)
    {
      gtk_gl_area_make_current (GTK_GL_AREA (self->area));
      engram_scene_renderer_set_style (self->renderer, &self->style);
    }
  disturb (self, FALSE);
}

/* The window has become light, dark or of high contrast: its colours change and all that the person has set stays. */
static void
follow_colours (EngramSceneView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  EngramSceneStyle fresh, *style = &self->style;

  engram_scene_style_init (&fresh, self->scene != NULL && self->scene->flat, adw_style_manager_get_dark (manager),
                           adw_style_manager_get_high_contrast (manager));
  for (int i = 0; i < 4; i++)
    {
      style->background[i] = fresh.background[i];
      style->foreground[i] = fresh.foreground[i];
      style->exciting[i] = fresh.exciting[i];
      style->inhibiting[i] = fresh.inhibiting[i];
      style->selection[i] = fresh.selection[i];
    }
  engram_scene_view_forget_labels (self);
  engram_scene_view_style_changed (self);
}

void
engram_scene_view_get_camera (EngramSceneView *self,
                              EngramCamera    *camera)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  *camera = self->flight_tick != 0 ? self->flight_to : self->camera;
}

void
engram_scene_view_set_tool (EngramSceneView *self,
                            EngramSceneTool  tool)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (self->tool == tool)
    return;
  self->tool = tool;
  if (tool != ENGRAM_SCENE_TOOL_SPHERE)
    engram_scene_view_clear_sphere (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), tool == ENGRAM_SCENE_TOOL_MOVE ? NULL : "crosshair");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOOL]);
}

void
engram_scene_view_set_draggable (EngramSceneView *self,
                                 gboolean         draggable)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  self->draggable = draggable;
}

void
engram_scene_view_set_hint (EngramSceneView *self,
                            const char      *text)
{
  g_return_if_fail (ENGRAM_IS_SCENE_VIEW (self));

  if (g_strcmp0 (self->hint, text) == 0)
    return;
  g_free (self->hint);
  self->hint = g_strdup (text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

EngramScenePicker *
engram_scene_view_get_picker (EngramSceneView *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_VIEW (self), NULL);

  return self->picker;
}

const char *
engram_scene_view_get_drawn_text (EngramSceneView *self)
{
  g_return_val_if_fail (ENGRAM_IS_SCENE_VIEW (self), NULL);

  return self->drawn_text;
}

static void
engram_scene_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);

  gtk_widget_allocate (self->area, width, height, baseline, NULL);
  if ((!self->fitted || self->fit_awaited) && width > 0 && height > 0)
    engram_scene_view_fit (self);
  engram_scene_view_camera_moved (self, FALSE);
}

static void
engram_scene_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                         (float) gtk_widget_get_height (widget)));
  gtk_widget_snapshot_child (widget, self->area, snapshot);
  if (self->scene != NULL)
    engram_scene_view_snapshot_labels (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* It stopped filling up when it was hidden. */
static void
engram_scene_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (engram_scene_view_parent_class)->map (widget);
  engram_scene_view_queue_scene (ENGRAM_SCENE_VIEW (widget));
}

static void
engram_scene_view_unmap (GtkWidget *widget)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (widget);

  engram_scene_view_end_flight (self);
  engram_scene_view_stop_drawing (self);
  GTK_WIDGET_CLASS (engram_scene_view_parent_class)->unmap (widget);
}

static void
engram_scene_view_dispose (GObject *object)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (object);

  engram_scene_view_stop_flight (self);
  engram_scene_view_stop_drawing (self);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  g_clear_pointer (&self->area, gtk_widget_unparent);
  g_clear_object (&self->picker);

  G_OBJECT_CLASS (engram_scene_view_parent_class)->dispose (object);
}

static void
engram_scene_view_finalize (GObject *object)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (object);

  engram_scene_unref (self->scene);
  g_free (self->drawn_text);
  g_free (self->painted_order);
  g_free (self->hint);
  g_free (self->candidates);
  if (self->free_label_data != NULL)
    self->free_label_data (self->label_data);
  g_hash_table_unref (self->layouts);
  g_hash_table_unref (self->axis_layouts);
  g_clear_pointer (&self->labels, g_array_unref);
  g_clear_pointer (&self->axis_labels, g_array_unref);
  g_array_unref (self->band);

  G_OBJECT_CLASS (engram_scene_view_parent_class)->finalize (object);
}

static void
engram_scene_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (object);

  switch (property_id)
    {
    case PROP_DRAWN_TEXT:
      g_value_set_string (value, self->drawn_text);
      break;
    case PROP_PAINTING:
      g_value_set_boolean (value, !GTK_IS_GL_AREA (self->area));
      break;
    case PROP_TOOL:
      g_value_set_int (value, self->tool);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_scene_view_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EngramSceneView *self = ENGRAM_SCENE_VIEW (object);

  switch (property_id)
    {
    case PROP_TOOL:
      engram_scene_view_set_tool (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_signals (GType type)
{
  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                  G_TYPE_UINT, GDK_TYPE_MODIFIER_TYPE);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                     G_TYPE_UINT, G_TYPE_UINT);
  signals[HOVERED] = g_signal_new ("hovered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                   G_TYPE_UINT);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY,
                                  GDK_TYPE_MODIFIER_TYPE);
  signals[SPHERE] = g_signal_new ("sphere", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DRAGGED] = g_signal_new ("dragged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                   G_TYPE_BOOLEAN);
  signals[FLY] = g_signal_new ("fly", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WALK] = g_signal_new ("walk", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
engram_scene_view_class_init (EngramSceneViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = engram_scene_view_dispose;
  object_class->finalize = engram_scene_view_finalize;
  object_class->get_property = engram_scene_view_get_property;
  object_class->set_property = engram_scene_view_set_property;
  widget_class->size_allocate = engram_scene_view_size_allocate;
  widget_class->snapshot = engram_scene_view_snapshot;
  widget_class->map = engram_scene_view_map;
  widget_class->unmap = engram_scene_view_unmap;

  properties[PROP_DRAWN_TEXT] = g_param_spec_string ("drawn-text", NULL, NULL, NULL, readable);
  properties[PROP_PAINTING] = g_param_spec_boolean ("painting", NULL, NULL, FALSE, readable);
  properties[PROP_TOOL] = g_param_spec_int ("tool", NULL, NULL, ENGRAM_SCENE_TOOL_MOVE, ENGRAM_SCENE_TOOL_SPHERE,
                                            ENGRAM_SCENE_TOOL_MOVE, readable | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));

  engram_scene_view_class_add_keys (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "sceneview");
}

static void
engram_scene_view_init (EngramSceneView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->picker = engram_scene_picker_new ();
  self->band = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  self->layouts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->axis_layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  engram_camera_init (&self->camera, FALSE);
  engram_scene_style_init (&self->style, FALSE, adw_style_manager_get_dark (manager),
                           adw_style_manager_get_high_contrast (manager));
  engram_scene_picker_set_style (self->picker, &self->style);
  engram_scene_view_make_area (self);
  engram_scene_view_add_gestures (self);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (follow_colours), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (follow_colours), self, G_CONNECT_SWAPPED);
}
