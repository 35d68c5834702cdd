/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-wrap-layout.h"

static GtkWidget *
make_button (const char *icon_name,
             const char *name,
             GCallback   callback,
             gpointer    user_data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  engram_control_set_tooltip (button, name);
  g_signal_connect_swapped (button, "clicked", callback, user_data);
  return button;
}

/* Tools */

static void
tool_toggled_cb (GtkToggleButton *button,
                 EngramSceneView *scene_view)
{
  if (gtk_toggle_button_get_active (button))
    engram_scene_view_set_tool (scene_view, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "engram-tool")));
}

static GtkWidget *
make_tool (EngramNetworkView *self,
           EngramSceneTool    tool,
           const char        *icon_name,
           const char        *name,
           GtkWidget         *group)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon_name);
  engram_control_set_tooltip (button, name);
  g_object_set_data (G_OBJECT (button), "engram-tool", GINT_TO_POINTER (tool));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), (GtkToggleButton *) group);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), group == NULL);
  g_signal_connect (button, "toggled", G_CALLBACK (tool_toggled_cb), self->scene_view);
  return button;
}

/* A key may have changed it. */
static void
tool_changed_cb (EngramSceneView *scene_view,
                 GParamSpec      *pspec,
                 GtkWidget       *tools)
{
  int tool;

  g_object_get (scene_view, "tool", &tool, NULL);
  for (GtkWidget *button = gtk_widget_get_first_child (tools); button != NULL; button = gtk_widget_get_next_sibling (button))
    if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "engram-tool")) == tool)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static GtkWidget *
make_tools (EngramNetworkView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *move = make_tool (self, ENGRAM_SCENE_TOOL_MOVE, "engram-move-symbolic", _("Move About"), NULL);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), move);
  gtk_box_append (GTK_BOX (box), make_tool (self, ENGRAM_SCENE_TOOL_RECTANGLE, "engram-rectangle-symbolic",
                                            _("Select by a Rectangle (Shift)"), move));
  gtk_box_append (GTK_BOX (box), make_tool (self, ENGRAM_SCENE_TOOL_LASSO, "engram-lasso-symbolic",
                                            _("Select by a Lasso (Ctrl+Shift)"), move));
  g_signal_connect_object (self->scene_view, "notify::tool", G_CALLBACK (tool_changed_cb), box, 0);
  return box;
}

void
engram_network_view_add_tool (EngramNetworkView *self,
                              EngramSceneTool    tool,
                              const char        *icon_name,
                              const char        *name)
{
  GtkWidget *tools;

  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  tools = gtk_widget_get_first_child (self->bar);
  gtk_box_append (GTK_BOX (tools), make_tool (self, tool, icon_name, name, gtk_widget_get_first_child (tools)));
}

void
engram_network_view_add_control (EngramNetworkView *self,
                                 GtkWidget         *control)
{
  g_return_if_fail (ENGRAM_IS_NETWORK_VIEW (self));

  gtk_widget_insert_before (control, self->bar, self->common_controls);
}

static void
nearer_cb (EngramSceneView *scene_view)
{
  engram_scene_view_zoom (scene_view, 1.5f);
}

static void
farther_cb (EngramSceneView *scene_view)
{
  engram_scene_view_zoom (scene_view, 1 / 1.5f);
}

void
engram_network_view_make_bar (EngramNetworkView *self)
{
  GtkBox *bar;

  /* In two lines where the window is narrow. */
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_layout_manager (self->bar, engram_wrap_layout_new (6));
  bar = GTK_BOX (self->bar);
  gtk_widget_add_css_class (self->bar, "toolbar");
  gtk_box_append (bar, make_tools (self));
  self->common_controls = make_button ("zoom-out-symbolic", _("Farther (−)"), G_CALLBACK (farther_cb), self->scene_view);
  gtk_box_append (bar, self->common_controls);
  gtk_box_append (bar, make_button ("zoom-in-symbolic", _("Nearer (+)"), G_CALLBACK (nearer_cb), self->scene_view));
  gtk_box_append (bar, make_button ("zoom-fit-best-symbolic", _("Fit All (Home)"), G_CALLBACK (engram_scene_view_fit),
                                    self->scene_view));
  gtk_box_append (bar, make_button ("find-location-symbolic", _("Fly to What Is Selected (F)"),
                                    G_CALLBACK (engram_network_view_fly_to_selection), self));
  gtk_box_append (bar, engram_network_view_make_analyse (self));
  gtk_box_append (bar, engram_network_view_make_appearance (self));
}
