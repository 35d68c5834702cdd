/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"

G_DEFINE_FINAL_TYPE (EngramSpaceView, engram_space_view, GTK_TYPE_WIDGET)

static EngramSceneView *
get_scene_view (EngramSpaceView *self)
{
  return engram_network_view_get_scene_view (self->network_view);
}

EngramNetworkScene *
engram_space_view_get_scene (EngramSpaceView *self)
{
  return engram_network_view_get_scene (self->network_view);
}

void
engram_space_view_update (EngramSpaceView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean previews = self->arrangement != NULL;
  gboolean editable = self->session != NULL && engram_session_get_editable (self->session);

  gtk_widget_action_set_enabled (widget, "space.arrange", self->session != NULL);
  gtk_widget_action_set_enabled (widget, "space.discard", previews);
  gtk_widget_action_set_enabled (widget, "space.keep", previews && editable);
  gtk_widget_set_tooltip_text (self->keep_button, editable ? NULL : _("This file cannot be changed."));
  engram_space_view_update_dragging (self);
  engram_space_view_update_filter (self);
  engram_space_view_update_sphere (self);
}

/* Where nobody has a place there is nothing to be seen, and it says why. */
static void
say_what_is_missing (EngramSpaceView *self)
{
  EngramNetworkView *view = self->network_view;
  EngramNetworkScene *scene = engram_network_view_get_scene (view);

  if (scene == NULL || scene->scene->n_points > scene->n_left_out)
    engram_network_view_set_empty_text (view, NULL, NULL);
  else if (scene->network->n_neurons == 0)
    engram_network_view_set_empty_text (view, _("No Neurons Yet"), _("What is added to this network appears here."));
  else if (scene->scene->n_points == 0)
    engram_network_view_set_empty_text (view, _("Nothing Found"), _("The filter leaves no neuron. Clear it to see all."));
  else
    engram_network_view_set_empty_text (view, _("No Neuron Has a Place"),
                                        _("The positions of these neurons are no numbers."));
}

static void
scene_changed_cb (EngramSpaceView *self)
{
  engram_place_motion_stop (self->motion);
  self->writing = FALSE;
  say_what_is_missing (self);
  engram_space_view_repeat_preview (self);
  engram_space_view_update (self);
}

/* What was found for another state of the file is not shown over this one. */
static void
network_changed_cb (EngramSpaceView *self)
{
  if (self->arrangement == NULL)
    return;
  engram_space_view_drop_preview (self);
  g_signal_emit_by_name (self->session, "done", _("The network has changed, and the new places were discarded."), FALSE);
}

static void
filter_box_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  engram_space_view_filter_by_box (ENGRAM_SPACE_VIEW (widget));
}

static void
filter_near_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  engram_space_view_filter_near (ENGRAM_SPACE_VIEW (widget));
}

static void
arrange_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  engram_space_view_arrange (ENGRAM_SPACE_VIEW (widget), g_variant_get_uint32 (parameter));
}

static void
keep_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  engram_space_view_keep_preview (ENGRAM_SPACE_VIEW (widget));
}

static void
discard_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  engram_space_view_discard_preview (ENGRAM_SPACE_VIEW (widget));
}

static void
look_along_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  int axis;
  gboolean negative;

  g_variant_get (parameter, "(ib)", &axis, &negative);
  engram_scene_view_look_along (get_scene_view (ENGRAM_SPACE_VIEW (widget)), axis, negative);
}

static void
perspective_cb (GtkToggleButton *button,
                GParamSpec      *pspec,
                EngramSpaceView *self)
{
  engram_scene_view_set_projection (get_scene_view (self), gtk_toggle_button_get_active (button)
                                    ? ENGRAM_CAMERA_PERSPECTIVE : ENGRAM_CAMERA_PARALLEL);
}

static void
grid_cb (GtkToggleButton *button,
         GParamSpec      *pspec,
         EngramSpaceView *self)
{
  engram_scene_view_get_style (get_scene_view (self))->grid = gtk_toggle_button_get_active (button);
  engram_scene_view_style_changed (get_scene_view (self));
}

static GtkWidget *
make_toggle (EngramSpaceView *self,
             const char      *icon_name,
             const char      *name,
             GCallback        callback)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon_name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  engram_control_set_tooltip (button, name);
  g_signal_connect (button, "notify::active", callback, self);
  return button;
}

static GtkWidget *
make_look_along (void)
{
  static const char *const names[] = {
    N_("Along _X"), N_("Along _Y"), N_("Along _Z"), N_("_Along −X"), N_("A_long −Y"), N_("Al_ong −Z"),
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (int i = 0; i < 6; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(names[i]), NULL);

      g_menu_item_set_action_and_target (item, "space.look-along", "(ib)", i % 3, i >= 3);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "engram-axes-symbolic");
  engram_control_set_tooltip (button, _("Look Along an Axis"));
  return button;
}

static void
forget_session (EngramSpaceView *self)
{
  engram_space_view_stop_arranging (self);
  engram_space_view_drop_preview (self);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->writing = FALSE;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (engram_session_get_selection (self->session), self);
  g_clear_object (&self->session);
}

void
engram_space_view_set_session (EngramSpaceView *self,
                               EngramSession   *session)
{
  g_return_if_fail (ENGRAM_IS_SPACE_VIEW (self));

  if (self->session != NULL)
    forget_session (self);
  if (session != NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (session, "changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::editable", G_CALLBACK (engram_space_view_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::editing", G_CALLBACK (engram_space_view_update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (engram_session_get_selection (session), "changed",
                               G_CALLBACK (engram_space_view_update_filter), self, G_CONNECT_SWAPPED);
      engram_space_view_connect_writing (self);
    }
  engram_network_view_set_session (self->network_view, session);
  engram_space_view_update (self);
}

EngramNetworkView *
engram_space_view_get_network_view (EngramSpaceView *self)
{
  g_return_val_if_fail (ENGRAM_IS_SPACE_VIEW (self), NULL);

  return self->network_view;
}

static void
engram_space_view_dispose (GObject *object)
{
  EngramSpaceView *self = ENGRAM_SPACE_VIEW (object);

  if (self->session != NULL)
    engram_space_view_set_session (self, NULL);
  g_clear_object (&self->motion);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_space_view_parent_class)->dispose (object);
}

static void
engram_space_view_class_init (EngramSpaceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_space_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "space.look-along", "(ib)", look_along_cb);
  gtk_widget_class_install_action (widget_class, "space.filter-box", NULL, filter_box_cb);
  gtk_widget_class_install_action (widget_class, "space.filter-near", NULL, filter_near_cb);
  gtk_widget_class_install_action (widget_class, "space.arrange", "u", arrange_cb);
  engram_space_view_install_sphere (widget_class);
  gtk_widget_class_install_action (widget_class, "space.keep", NULL, keep_cb);
  gtk_widget_class_install_action (widget_class, "space.discard", NULL, discard_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "space.discard", NULL);
}

static void
engram_space_view_init (EngramSpaceView *self)
{
  GtkWidget *picture = engram_network_view_new (_("Space"), engram_scene_source_make_space);
  EngramNetworkView *view = ENGRAM_NETWORK_VIEW (picture);

  self->network_view = view;
  self->content = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->content), picture);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->content), engram_space_view_make_sphere (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->content), engram_space_view_make_preview (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  engram_network_view_add_tool (view, ENGRAM_SCENE_TOOL_SPHERE, "engram-sphere-symbolic", _("Select by a Sphere (S)"));
  engram_network_view_add_control (view, make_look_along ());
  engram_network_view_add_control (view, make_toggle (self, "engram-perspective-symbolic", _("Perspective"),
                                                      G_CALLBACK (perspective_cb)));
  engram_network_view_add_control (view, make_toggle (self, "engram-grid-symbolic", _("Grid and Axes"),
                                                      G_CALLBACK (grid_cb)));
  engram_network_view_add_control (view, engram_space_view_make_filter (self));
  engram_network_view_add_control (view, engram_space_view_make_arrange (self));
  engram_space_view_make_motion (self);
  engram_space_view_connect_dragging (self);
  g_signal_connect_object (view, "scene-changed", G_CALLBACK (scene_changed_cb), self, G_CONNECT_SWAPPED);
  engram_space_view_update (self);
}
