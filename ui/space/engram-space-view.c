/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view.h"

#include <glib/gi18n.h>

struct _EngramSpaceView {
  GtkWidget  parent_instance;

  GtkWidget *network_view;
};

G_DEFINE_FINAL_TYPE (EngramSpaceView, engram_space_view, GTK_TYPE_WIDGET)

static EngramSceneView *
get_scene_view (EngramSpaceView *self)
{
  return engram_network_view_get_scene_view (ENGRAM_NETWORK_VIEW (self->network_view));
}

/* Where nobody has a place there is nothing to be seen, and it says why. */
static void
scene_changed_cb (EngramSpaceView *self)
{
  EngramNetworkView *view = ENGRAM_NETWORK_VIEW (self->network_view);
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

static void
name_control (GtkWidget  *control,
              const char *name)
{
  gtk_widget_set_tooltip_text (control, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
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
  name_control (button, name);
  g_signal_connect (button, "notify::active", callback, self);
  return button;
}

static GtkWidget *
make_look_along (void)
{
  static const char *const names[] = {
    N_("Along _X"), N_("Along _Y"), N_("Along _Z"), N_("Along −X"), N_("Along −Y"), N_("Along −Z"),
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
  name_control (button, _("Look Along an Axis"));
  return button;
}

void
engram_space_view_set_session (EngramSpaceView *self,
                               EngramSession   *session)
{
  g_return_if_fail (ENGRAM_IS_SPACE_VIEW (self));

  engram_network_view_set_session (ENGRAM_NETWORK_VIEW (self->network_view), session);
}

EngramNetworkView *
engram_space_view_get_network_view (EngramSpaceView *self)
{
  g_return_val_if_fail (ENGRAM_IS_SPACE_VIEW (self), NULL);

  return ENGRAM_NETWORK_VIEW (self->network_view);
}

static void
engram_space_view_dispose (GObject *object)
{
  EngramSpaceView *self = ENGRAM_SPACE_VIEW (object);

  g_clear_pointer (&self->network_view, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_space_view_parent_class)->dispose (object);
}

static void
engram_space_view_class_init (EngramSpaceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = engram_space_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "space.look-along", "(ib)", look_along_cb);
}

static void
engram_space_view_init (EngramSpaceView *self)
{
  EngramNetworkView *view;

  self->network_view = engram_network_view_new (_("Space"), engram_scene_source_make_space);
  gtk_widget_set_parent (self->network_view, GTK_WIDGET (self));
  view = ENGRAM_NETWORK_VIEW (self->network_view);
  engram_network_view_add_control (view, make_look_along ());
  engram_network_view_add_control (view, make_toggle (self, "engram-perspective-symbolic", _("Perspective"),
                                                      G_CALLBACK (perspective_cb)));
  engram_network_view_add_control (view, make_toggle (self, "engram-grid-symbolic", _("Grid and Axes"),
                                                      G_CALLBACK (grid_cb)));
  g_signal_connect_object (view, "scene-changed", G_CALLBACK (scene_changed_cb), self, G_CONNECT_SWAPPED);
}
