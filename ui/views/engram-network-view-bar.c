/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-wrap-layout.h"

static void
name_control (GtkWidget  *control,
              const char *name)
{
  gtk_widget_set_tooltip_text (control, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_button (const char *icon_name,
             const char *name,
             GCallback   callback,
             gpointer    user_data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  name_control (button, name);
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
  name_control (button, name);
  g_object_set_data (G_OBJECT (button), "engram-tool", GINT_TO_POINTER (tool));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), (GtkToggleButton *) group);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), group == NULL);
  g_signal_connect (button, "toggled", G_CALLBACK (tool_toggled_cb), self->scene_view);
  return button;
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
  return box;
}

/* Appearance */

static void
colour_chosen_cb (GtkDropDown       *drop_down,
                  GParamSpec        *pspec,
                  EngramNetworkView *self)
{
  engram_network_view_set_colours (self, gtk_drop_down_get_selected (drop_down), self->size_by);
}

static void
size_chosen_cb (GtkDropDown       *drop_down,
                GParamSpec        *pspec,
                EngramNetworkView *self)
{
  engram_network_view_set_colours (self, self->colour_by, gtk_drop_down_get_selected (drop_down));
}

static void
key_chosen_cb (GtkDropDown       *drop_down,
               GParamSpec        *pspec,
               EngramNetworkView *self)
{
  engram_network_view_key_chosen (self);
}

static void
labels_switched_cb (GtkSwitch         *control,
                    GParamSpec        *pspec,
                    EngramNetworkView *self)
{
  self->labelled = gtk_switch_get_active (control);
  engram_network_view_show_labels (self);
}

static void
edges_switched_cb (GtkSwitch         *control,
                   GParamSpec        *pspec,
                   EngramNetworkView *self)
{
  engram_scene_view_get_style (self->scene_view)->all_edges = gtk_switch_get_active (control);
  engram_scene_view_style_changed (self->scene_view);
}

static void
add_row (GtkGrid    *grid,
         int         row,
         const char *title,
         GtkWidget  *control)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  /* The focus is on the button in a drop-down. */
  if (GTK_IS_DROP_DOWN (control))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_widget_get_first_child (control)),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_widget_set_halign (control, GTK_ALIGN_END);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, control, 1, row, 1, 1);
}

static GtkWidget *
make_switch (EngramNetworkView *self,
             GCallback          callback)
{
  GtkWidget *control = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (control), TRUE);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  g_signal_connect (control, "notify::active", callback, self);
  return control;
}

static GtkWidget *
make_colours (EngramNetworkView *self)
{
  const char *labels[ENGRAM_COLOUR_BY_NOTHING + 2] = { NULL };

  for (int i = 0; i <= ENGRAM_COLOUR_BY_NOTHING; i++)
    labels[i] = engram_colour_by_get_label (i);

  GtkWidget *drop_down = gtk_drop_down_new_from_strings (labels);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), self->colour_by);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (colour_chosen_cb), self);
  self->colour_drop_down = drop_down;
  return drop_down;
}

/* Which number in metadata, where it is one; they are not known before somebody wants one. */
static GtkWidget *
make_keys (EngramNetworkView *self)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_visible (drop_down, FALSE);
  gtk_widget_set_halign (drop_down, GTK_ALIGN_END);
  name_control (drop_down, _("Number in Metadata"));
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (key_chosen_cb), self);
  self->key_drop_down = drop_down;
  return drop_down;
}

static GtkWidget *
make_sizes (EngramNetworkView *self)
{
  const char *labels[ENGRAM_SIZE_BY_NOTHING + 2] = { NULL };

  for (int i = 0; i <= ENGRAM_SIZE_BY_NOTHING; i++)
    labels[i] = engram_size_by_get_label (i);

  GtkWidget *drop_down = gtk_drop_down_new_from_strings (labels);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), self->size_by);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (size_chosen_cb), self);
  self->size_drop_down = drop_down;
  return drop_down;
}

static GtkWidget *
make_appearance (EngramNetworkView *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_widget_add_css_class (grid, "engram-popover-content");
  add_row (GTK_GRID (grid), 0, _("_Colour by"), make_colours (self));
  gtk_grid_attach (GTK_GRID (grid), make_keys (self), 1, 1, 1, 1);
  add_row (GTK_GRID (grid), 2, _("_Size by"), make_sizes (self));
  add_row (GTK_GRID (grid), 3, _("_Labels"), make_switch (self, G_CALLBACK (labels_switched_cb)));
  add_row (GTK_GRID (grid), 4, _("S_ynapses of Unselected Neurons"), make_switch (self, G_CALLBACK (edges_switched_cb)));
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "engram-palette-symbolic");
  name_control (button, _("Appearance"));
  return button;
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
  gtk_box_append (bar, make_appearance (self));
}
