/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"

/* Of what is chosen, and of what it is called: a narrow window has no room for more. */
#define CHOSEN_CHARACTERS 16
#define LABEL_CHARACTERS 8

static void
scope_chosen_cb (EngramGraphView *self)
{
  if (self->updating)
    return;
  /* Around nothing there is nothing to be seen but the most important. */
  if (gtk_drop_down_get_selected (self->scope_control) == ENGRAM_GRAPH_SCOPE_AROUND && self->options->focus == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "graph.around", NULL);
  engram_graph_view_set_scope (self, gtk_drop_down_get_selected (self->scope_control));
}

static void
neighbourhood_changed_cb (EngramGraphView *self)
{
  double strongest = gtk_spin_button_get_value (self->strongest_control);
  const EngramNeighbourhoodOptions neighbourhood = {
    .n_steps = (guint) gtk_spin_button_get_value_as_int (self->steps_control),
    .direction = gtk_drop_down_get_selected (self->direction_control),
    .weakest = gtk_spin_button_get_value (self->weakest_control),
    .limit = (guint) gtk_spin_button_get_value_as_int (self->limit_control),
    /* The highest is no bound: damaged networks have stronger ones still. */
    .strongest = strongest < 1 ? MAX (strongest, gtk_spin_button_get_value (self->weakest_control)) : 0,
  };

  if (!self->updating)
    engram_graph_view_set_neighbourhood (self, &neighbourhood);
}

static void
layout_chosen_cb (EngramGraphView *self)
{
  if (!self->updating)
    engram_graph_view_set_layout (self, gtk_drop_down_get_selected (self->layout_control));
}

void
engram_graph_view_update_sign (EngramGraphView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->sign_label), self->sign != ENGRAM_GRAPH_SIGN_KEPT);
  if (self->sign == ENGRAM_GRAPH_SIGN_DROPPED)
    gtk_label_set_text (self->sign_label, _("This layout goes by the strength of synapses alone, not by their sign."));
  else if (self->sign == ENGRAM_GRAPH_SIGN_LEFT_OUT)
    gtk_label_set_text (self->sign_label, _("This layout leaves out inhibiting synapses."));
}

void
engram_graph_view_update_controls (EngramGraphView *self)
{
  const EngramNeighbourhoodOptions *neighbourhood = &self->options->neighbourhood;
  gboolean limited = self->options->scope != ENGRAM_GRAPH_SCOPE_FILTER;
  gboolean around = self->options->scope == ENGRAM_GRAPH_SCOPE_AROUND;

  self->updating = TRUE;
  gtk_drop_down_set_selected (self->scope_control, self->options->scope);
  gtk_spin_button_set_value (self->steps_control, neighbourhood->n_steps);
  gtk_drop_down_set_selected (self->direction_control, neighbourhood->direction);
  gtk_spin_button_set_value (self->weakest_control, neighbourhood->weakest);
  gtk_spin_button_set_value (self->strongest_control, neighbourhood->strongest > 0 ? neighbourhood->strongest : 1);
  gtk_spin_button_set_value (self->limit_control, neighbourhood->limit);
  gtk_drop_down_set_selected (self->layout_control, self->layout);
  /* What does not matter for what is shown cannot be set. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps_control), around && self->options->focus != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->direction_control), limited);
  gtk_widget_set_sensitive (GTK_WIDGET (self->limit_control), limited);
  self->updating = FALSE;
}

static GtkWidget *
make_drop_down (EngramGraphView    *self,
                const char * const *labels,
                GCallback           callback)
{
  GtkWidget *control = gtk_drop_down_new_from_strings (labels);

  engram_control_narrow (GTK_DROP_DOWN (control), CHOSEN_CHARACTERS);
  g_signal_connect_object (control, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
make_spin (EngramGraphView *self,
           double           lowest,
           double           highest,
           double           step,
           guint            n_digits)
{
  GtkWidget *control = gtk_spin_button_new_with_range (lowest, highest, step);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (control), n_digits);
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (control), 5);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (control), TRUE);
  g_signal_connect_object (control, "value-changed", G_CALLBACK (neighbourhood_changed_cb), self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
make_layouts (EngramGraphView *self)
{
  g_auto (GStrv) labels = g_new0 (char *, ENGRAM_GRAPH_VIEW_N_LAYOUTS + 1);

  for (int i = 0; i < ENGRAM_GRAPH_VIEW_N_LAYOUTS; i++)
    labels[i] = engram_graph_view_layout_dup_label (i);
  return make_drop_down (self, (const char * const *) labels, G_CALLBACK (layout_chosen_cb));
}

static void
make_own_controls (EngramGraphView *self)
{
  const char * const scopes[] = {
    _("Around Selection"), _("Around the Best Joined Neuron"), _("All That the Filter Leaves"), NULL,
  };
  const char * const directions[] = { _("Both Directions"), _("Outgoing"), _("Incoming"), NULL };
  GCallback changed = G_CALLBACK (neighbourhood_changed_cb);

  self->scope_control = GTK_DROP_DOWN (make_drop_down (self, scopes, G_CALLBACK (scope_chosen_cb)));
  self->steps_control = GTK_SPIN_BUTTON (make_spin (self, 1, ENGRAM_NEIGHBOURHOOD_MOST_STEPS, 1, 0));
  self->direction_control = GTK_DROP_DOWN (make_drop_down (self, directions, changed));
  self->weakest_control = GTK_SPIN_BUTTON (make_spin (self, 0, 1, 0.05, 2));
  self->strongest_control = GTK_SPIN_BUTTON (make_spin (self, 0, 1, 0.05, 2));
  self->limit_control = GTK_SPIN_BUTTON (make_spin (self, 10, ENGRAM_GRAPH_GREATEST_LIMIT, 50, 0));
  self->layout_control = GTK_DROP_DOWN (make_layouts (self));
  self->sign_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->sign_label, TRUE);
  gtk_label_set_max_width_chars (self->sign_label, 30);
  gtk_label_set_xalign (self->sign_label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->sign_label), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->sign_label), FALSE);
}

static GtkWidget *
make_action_button (const char *label,
                    const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* The longest ones, in two lines. */
static void
wrap_label (GtkGrid *grid,
            int      row)
{
  GtkLabel *label = GTK_LABEL (gtk_grid_get_child_at (grid, 0, row));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, LABEL_CHARACTERS);
}

static GtkWidget *
make_grid (EngramGraphView *self)
{
  GtkWidget *widget = gtk_grid_new ();
  GtkGrid *grid = GTK_GRID (widget);

  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_set_column_spacing (grid, 12);
  gtk_widget_add_css_class (widget, "engram-popover-content");
  engram_control_attach (GTK_WIDGET (self->scope_control), grid, 0, _("S_how"));
  gtk_grid_attach (grid, make_action_button (_("_Around What Is Selected Now"), "graph.around"), 0, 1, 2, 1);
  engram_control_attach (GTK_WIDGET (self->steps_control), grid, 2, _("_Steps"));
  engram_control_attach (GTK_WIDGET (self->direction_control), grid, 3, _("_Direction"));
  engram_control_attach (GTK_WIDGET (self->weakest_control), grid, 4, _("_Weakest Synapse"));
  engram_control_attach (GTK_WIDGET (self->strongest_control), grid, 5, _("Stron_gest Synapse"));
  wrap_label (grid, 4);
  wrap_label (grid, 5);
  engram_control_attach (GTK_WIDGET (self->limit_control), grid, 6, _("_Most Neurons"));
  wrap_label (grid, 6);
  gtk_grid_attach (grid, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, 7, 2, 1);
  engram_control_attach (GTK_WIDGET (self->layout_control), grid, 8, _("La_yout"));
  gtk_grid_attach (grid, GTK_WIDGET (self->sign_label), 0, 9, 2, 1);
  gtk_grid_attach (grid, make_action_button (_("_Lay Out Again"), "graph.lay-out"), 0, 10, 2, 1);
  return widget;
}

static GtkWidget *
make_menu_button (const char *icon_name,
                  const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon_name);
  engram_control_set_tooltip (button, name);
  return button;
}

void
engram_graph_view_make_controls (EngramGraphView *self)
{
  GtkWidget *graph_button = make_menu_button ("engram-graph-symbolic", _("What the Graph Shows"));
  GtkWidget *actions_button = make_menu_button ("view-more-symbolic", _("Neurons of the Graph"));
  GtkWidget *popover = gtk_popover_new (), *path_popover;
  g_autoptr (GMenuModel) menu = engram_graph_view_make_menu ();

  make_own_controls (self);
  gtk_popover_set_child (GTK_POPOVER (popover), make_grid (self));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (graph_button), popover);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (actions_button), menu);
  self->path_button = make_menu_button ("engram-path-symbolic", _("Path Between Two Neurons (T)"));
  path_popover = engram_graph_view_make_path (self);
  /* Wide as it is, it would begin left of the screen beneath a button at the edge, where GTK misses its clicks. */
  gtk_widget_set_halign (path_popover, GTK_ALIGN_START);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->path_button), path_popover);
  engram_network_view_add_control (self->network_view, graph_button);
  engram_network_view_add_control (self->network_view, self->path_button);
  engram_network_view_add_control (self->network_view, actions_button);
  engram_graph_view_update_controls (self);
}
