/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "common/engram-pane-handle.h"

#include <glib/gi18n.h>

#define MIN_WIDTH 240
#define MAX_WIDTH 900
#define KEY_STEP 20

struct _EngramPaneHandle {
  GtkWidget  parent_instance;

  GtkWidget *separator;
  GtkWidget *pane;
  gboolean   at_end;
  int        width;
};

enum {
  PROP_0,
  PROP_PANE,
  PROP_AT_END,
  PROP_WIDTH,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramPaneHandle, engram_pane_handle, GTK_TYPE_WIDGET)

/* What makes the pane wider: away from it. */
static int
get_sign (EngramPaneHandle *self)
{
  gboolean is_left = self->at_end == (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);

  return is_left ? 1 : -1;
}

static void
drag_begin_cb (EngramPaneHandle *self,
               double            x,
               double            y,
               GtkGesture       *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* The offset is told from where the handle is now, which has moved with the pane. */
static void
drag_update_cb (EngramPaneHandle *self,
                double            offset_x,
                double            offset_y)
{
  engram_pane_handle_set_width (self, self->width + get_sign (self) * (int) offset_x);
}

static gboolean
key_cb (EngramPaneHandle *self,
        guint             key,
        guint             code,
        GdkModifierType   state)
{
  if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    engram_pane_handle_set_width (self, self->width + get_sign (self) * KEY_STEP);
  else if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    engram_pane_handle_set_width (self, self->width - get_sign (self) * KEY_STEP);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
engram_pane_handle_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EngramPaneHandle *self = ENGRAM_PANE_HANDLE (object);

  switch (property_id)
    {
    case PROP_PANE:
      g_value_set_object (value, self->pane);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_pane_handle_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EngramPaneHandle *self = ENGRAM_PANE_HANDLE (object);

  switch (property_id)
    {
    case PROP_PANE:
      g_set_object (&self->pane, g_value_get_object (value));
      if (self->pane != NULL)
        gtk_widget_set_size_request (self->pane, self->width, -1);
      break;
    case PROP_AT_END:
      self->at_end = g_value_get_boolean (value);
      break;
    case PROP_WIDTH:
      engram_pane_handle_set_width (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_pane_handle_dispose (GObject *object)
{
  EngramPaneHandle *self = ENGRAM_PANE_HANDLE (object);

  g_clear_object (&self->pane);
  g_clear_pointer (&self->separator, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_pane_handle_parent_class)->dispose (object);
}

static void
engram_pane_handle_class_init (EngramPaneHandleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = engram_pane_handle_dispose;
  object_class->get_property = engram_pane_handle_get_property;
  object_class->set_property = engram_pane_handle_set_property;

  properties[PROP_PANE] = g_param_spec_object ("pane", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, FALSE, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, MIN_WIDTH, MAX_WIDTH, 320,
                                             flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_SEPARATOR);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "panehandle");
}

static void
engram_pane_handle_init (EngramPaneHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->width = 320;
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (self->separator, "sidebar");
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Drag to change the width of the pane"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Width of the pane"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("Left and Right change it"), -1);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

int
engram_pane_handle_get_width (EngramPaneHandle *self)
{
  g_return_val_if_fail (ENGRAM_IS_PANE_HANDLE (self), 0);

  return self->width;
}

void
engram_pane_handle_set_width (EngramPaneHandle *self,
                              int               width)
{
  g_return_if_fail (ENGRAM_IS_PANE_HANDLE (self));

  width = CLAMP (width, MIN_WIDTH, MAX_WIDTH);
  if (self->width == width)
    return;
  self->width = width;
  if (self->pane != NULL)
    gtk_widget_set_size_request (self->pane, width, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}
