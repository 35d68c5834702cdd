/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-text-format.h"
#include "common/engram-wrap-layout.h"
#include "space/engram-place-terms.h"

/* By one press of a button. */
#define RADIUS_FACTOR 1.3

static EngramSceneView *
get_scene_view (EngramSpaceView *self)
{
  return engram_network_view_get_scene_view (self->network_view);
}

/* Places that are only previewed, or move, are not those of the file. */
static gboolean
shows_file_places (EngramSpaceView *self)
{
  return self->session != NULL && self->arrangement == NULL && !self->writing;
}

static void
filter_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  EngramSpaceView *self = ENGRAM_SPACE_VIEW (widget);
  EngramNetworkScene *scene = engram_space_view_get_scene (self);
  EngramSceneSphere sphere;
  g_autofree char *term = NULL;

  if (scene == NULL || !shows_file_places (self) || !engram_scene_view_get_sphere (get_scene_view (self), &sphere))
    return;
  if (sphere.point < scene->scene->n_points)
    term = engram_place_terms_make_near (scene->network, scene->neurons[sphere.point], sphere.radius);
  else
    term = engram_place_terms_make_near_place (sphere.centre, sphere.radius);
  gtk_widget_activate_action (widget, "space.sphere-leave", NULL);
  engram_space_view_set_term (self, ENGRAM_QUERY_NEAR, term);
}

static void
choose_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  engram_scene_view_choose_sphere (get_scene_view (ENGRAM_SPACE_VIEW (widget)), 0);
}

static void
resize_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  engram_scene_view_resize_sphere (get_scene_view (ENGRAM_SPACE_VIEW (widget)),
                                   g_variant_get_boolean (parameter) ? RADIUS_FACTOR : 1 / RADIUS_FACTOR);
}

static void
leave_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  EngramSceneView *scene_view = get_scene_view (ENGRAM_SPACE_VIEW (widget));

  engram_scene_view_set_tool (scene_view, ENGRAM_SCENE_TOOL_MOVE);
  gtk_widget_grab_focus (GTK_WIDGET (scene_view));
}

void
engram_space_view_install_sphere (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "space.sphere-filter", NULL, filter_cb);
  gtk_widget_class_install_action (widget_class, "space.sphere-select", NULL, choose_cb);
  gtk_widget_class_install_action (widget_class, "space.sphere-resize", "b", resize_cb);
  gtk_widget_class_install_action (widget_class, "space.sphere-leave", NULL, leave_cb);
}

static char *
describe (const EngramSceneSphere *sphere)
{
  g_autofree char *radius = engram_format_real (sphere->radius);

  /* Translators: of a sphere: its radius, as a number without a unit, and how many neurons are in it. */
  return g_strdup_printf (ngettext ("Radius %s: %'u neuron", "Radius %s: %'u neurons", sphere->n_inside), radius,
                          sphere->n_inside);
}

void
engram_space_view_update_sphere (EngramSpaceView *self)
{
  EngramSceneSphere sphere;
  gboolean any = engram_scene_view_get_sphere (get_scene_view (self), &sphere);
  g_autofree char *text = any ? describe (&sphere) : NULL;

  gtk_widget_set_visible (self->sphere_bar, any);
  gtk_label_set_text (self->sphere_label, any ? text : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "space.sphere-filter", any && shows_file_places (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "space.sphere-select", any && sphere.n_inside > 0);
}

/* Beside the pointer that draws it. */
static void
sphere_cb (EngramSpaceView *self)
{
  EngramSceneSphere sphere;
  gboolean dragged = engram_scene_view_get_sphere (get_scene_view (self), &sphere) && sphere.dragged;
  g_autofree char *text = dragged ? describe (&sphere) : NULL;

  engram_scene_view_set_hint (get_scene_view (self), text);
  engram_space_view_update_sphere (self);
}

static GtkWidget *
make_button (const char *label,
             const char *tooltip,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_icon_button (const char *icon_name,
                  const char *name,
                  const char *action,
                  GVariant   *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  engram_control_set_tooltip (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  return button;
}

static GtkWidget *
make_buttons (void)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *sizes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkBox *box = GTK_BOX (buttons);

  gtk_widget_set_layout_manager (buttons, engram_wrap_layout_new (6));
  gtk_widget_add_css_class (sizes, "linked");
  gtk_box_append (GTK_BOX (sizes), make_icon_button ("list-remove-symbolic", _("Smaller (−)"), "space.sphere-resize",
                                                     g_variant_new_boolean (FALSE)));
  gtk_box_append (GTK_BOX (sizes), make_icon_button ("list-add-symbolic", _("Larger (+)"), "space.sphere-resize",
                                                     g_variant_new_boolean (TRUE)));
  gtk_box_append (box, sizes);
  gtk_box_append (box, make_button (_("_Select"), _("Select What Is Inside (Enter)"), "space.sphere-select"));
  gtk_box_append (box, make_button (_("_Filter to This"), _("Show Only What Is Inside"), "space.sphere-filter"));
  return buttons;
}

static GtkWidget *
make_heading (EngramSpaceView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (NULL);
  GtkWidget *close = make_icon_button ("window-close-symbolic", _("Close (Esc)"), "space.sphere-leave", NULL);

  self->sphere_label = GTK_LABEL (label);
  gtk_label_set_wrap (self->sphere_label, TRUE);
  gtk_label_set_xalign (self->sphere_label, 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (close, "flat");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), close);
  return box;
}

static void
add_escape (GtkWidget *bar)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("space.sphere-leave")));
  gtk_widget_add_controller (bar, controller);
}

GtkWidget *
engram_space_view_make_sphere (EngramSpaceView *self)
{
  self->sphere_bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->sphere_bar, "engram-preview");
  gtk_widget_set_halign (self->sphere_bar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->sphere_bar, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->sphere_bar), make_heading (self));
  gtk_box_append (GTK_BOX (self->sphere_bar), make_buttons ());
  gtk_widget_set_visible (self->sphere_bar, FALSE);
  add_escape (self->sphere_bar);
  g_signal_connect_object (get_scene_view (self), "sphere", G_CALLBACK (sphere_cb), self, G_CONNECT_SWAPPED);
  return self->sphere_bar;
}
