/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "space/engram-space-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "common/engram-control.h"
#include "scene/engram-scene-grid.h"
#include "space/engram-place-terms.h"

/* The distance that is offered first, as a share of the whole. */
#define FIRST_SHARE 0.1

/* One click of the distance's buttons, as a share of the whole, rounded to 1, 2 or 5. */
#define STEP_SHARE 0.02

void
engram_space_view_set_term (EngramSpaceView  *self,
                            EngramQueryField  field,
                            const char       *term)
{
  g_autoptr (EngramQuery) query = engram_query_with_term (engram_session_get_query (self->session), field, term);

  engram_session_set_query (self->session, query);
}

/* The selected neurons that are shown, by their index. */
static GArray *
list_selected_neurons (EngramSpaceView *self)
{
  const EngramNetworkScene *scene = engram_space_view_get_scene (self);
  GArray *selected = engram_network_view_list_selected (self->network_view);

  for (guint i = 0; i < selected->len; i++)
    g_array_index (selected, guint32, i) = scene->neurons[g_array_index (selected, guint32, i)];
  return selected;
}

void
engram_space_view_filter_by_box (EngramSpaceView *self)
{
  g_autoptr (GArray) neurons = NULL;
  g_autofree char *term = NULL;

  if (self->session == NULL || engram_space_view_get_scene (self) == NULL)
    return;
  neurons = list_selected_neurons (self);
  term = engram_place_terms_make_box (engram_space_view_get_scene (self)->network, neurons);
  if (term != NULL)
    engram_space_view_set_term (self, ENGRAM_QUERY_BOX, term);
}

/* The one neuron that is selected. */
static gboolean
find_middle (EngramSpaceView *self,
             guint32         *neuron)
{
  g_autoptr (GArray) neurons = NULL;

  if (self->session == NULL || engram_space_view_get_scene (self) == NULL)
    return FALSE;
  neurons = list_selected_neurons (self);
  if (neurons->len == 1)
    *neuron = g_array_index (neurons, guint32, 0);
  return neurons->len == 1;
}

void
engram_space_view_filter_near (EngramSpaceView *self)
{
  g_autofree char *term = NULL;
  guint32 neuron;

  if (!find_middle (self, &neuron))
    return;
  gtk_spin_button_update (self->distance_control);
  term = engram_place_terms_make_near (engram_space_view_get_scene (self)->network, neuron,
                                       gtk_spin_button_get_value (self->distance_control));
  engram_space_view_set_term (self, ENGRAM_QUERY_NEAR, term);
}

/* How many the distance would leave. */
static void
count_cb (EngramSpaceView *self)
{
  g_autofree char *text = NULL;
  guint32 neuron, n;

  if (!find_middle (self, &neuron))
    {
      gtk_label_set_text (self->near_label, _("Select one neuron first."));
      return;
    }
  n = engram_place_terms_count_near (engram_space_view_get_scene (self)->network, neuron,
                                     gtk_spin_button_get_value (self->distance_control));
  text = g_strdup_printf (ngettext ("%'u neuron", "%'u neurons", n), n);
  gtk_label_set_text (self->near_label, text);
}

/* A network's own lengths: from thousandths of it to all of it. */
static void
set_range (EngramSpaceView *self)
{
  double reach = engram_place_terms_get_reach (engram_space_view_get_scene (self)->network);
  double step = reach > 0 ? engram_scene_grid_get_step (5 * STEP_SHARE * reach) : 1;

  if (self->distance_step == step)
    return;
  self->distance_step = step;
  gtk_spin_button_set_digits (self->distance_control, (guint) CLAMP (1 - floor (log10 (step)), 0, 6));
  gtk_spin_button_set_increments (self->distance_control, step, 10 * step);
  gtk_spin_button_set_range (self->distance_control, 0, 4 * MAX (reach, 1));
  gtk_spin_button_set_value (self->distance_control, MAX (step, round (2 * FIRST_SHARE * reach / step) * step));
}

/* What is selected, or shown, is another thing. */
void
engram_space_view_update_filter (EngramSpaceView *self)
{
  g_autoptr (GArray) selected = engram_network_view_list_selected (self->network_view);
  gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self->near_label));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "space.filter-box", selected->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "space.filter-near", selected->len == 1);
  if (shown)
    count_cb (self);
}

static void
opened_cb (EngramSpaceView *self)
{
  if (engram_space_view_get_scene (self) != NULL)
    set_range (self);
  count_cb (self);
}

static GtkWidget *
make_action_button (const char *label,
                    const char *action,
                    GtkWidget  *popover)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_distance (EngramSpaceView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Distance"));
  GtkWidget *control = gtk_spin_button_new_with_range (0, 1, 0.1);

  self->distance_control = GTK_SPIN_BUTTON (control);
  gtk_spin_button_set_numeric (self->distance_control, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  /* Its text is what takes the focus. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (control))),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), control);
  g_signal_connect_object (control, "value-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  return box;
}

GtkWidget *
engram_space_view_make_filter (EngramSpaceView *self)
{
  GtkWidget *button = gtk_menu_button_new (), *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Within a Distance of the Selected Neuron"));

  gtk_widget_add_css_class (box, "engram-popover-content");
  gtk_box_append (GTK_BOX (box), make_action_button (_("Filter by the Selection’s _Box"), "space.filter-box", popover));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 28);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), make_distance (self));
  self->near_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->near_label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->near_label), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->near_label));
  gtk_box_append (GTK_BOX (box), make_action_button (_("Filter by the Di_stance"), "space.filter-near", popover));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "map", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "engram-place-filter-symbolic");
  engram_control_set_tooltip (button, _("Filter by Place"));
  return button;
}
