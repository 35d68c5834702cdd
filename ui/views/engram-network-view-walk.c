/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "views/engram-network-view-private.h"

#include <glib/gi18n.h>

#include "common/engram-control.h"
#include "common/engram-status-label.h"
#include "common/engram-text-format.h"
#include "common/engram-view-actions.h"
#include "common/engram-wrap-layout.h"

/* Walking from neuron to neuron along their synapses, the strongest first, by keys or by the line of controls under the
 * picture, which says as text what is selected and which synapse is looked at. */

#define TEXT_LENGTH 40

/* Where the person is */

/* The neuron that is selected alone; FALSE where there is none in the picture. */
static gboolean
find_current (EngramNetworkView *self,
              guint32           *point)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);
  EngramRowSet *rows;

  if (scene == NULL || self->session == NULL)
    return FALSE;
  rows = engram_selection_get (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON);
  return engram_row_set_get_size (rows) == 1
         && engram_network_scene_find_rowid (scene, engram_row_set_get (rows, 0), point);
}

static guint32
get_other_end (const EngramNetworkScene *scene,
               guint32                   edge,
               guint32                   point)
{
  const EngramSceneEdge *ends = &scene->scene->edges[edge];

  return ends->source == point ? ends->target : ends->source;
}

/* The synapses of a neuron that can be followed, the strongest first: those within the range of weights whose other end
 * is to be seen. */
static GArray *
list_synapses (EngramNetworkView *self,
               guint32            point)
{
  const EngramNetworkScene *scene = engram_network_view_get_scene (self);
  const EngramSceneStyle *style = engram_scene_view_get_style (self->scene_view);
  GArray *edges = engram_network_scene_list_edges (scene, point);
  guint kept = 0;

  for (guint i = 0; i < edges->len; i++)
    {
      guint32 edge = g_array_index (edges, guint32, i);

      if (engram_scene_style_has_weight (style, &scene->scene->edges[edge])
          && (scene->scene->points[get_other_end (scene, edge, point)].flags & ENGRAM_POINT_HIDDEN) == 0)
        g_array_index (edges, guint32, kept++) = edge;
    }
  g_array_set_size (edges, kept);
  return edges;
}

/* Which of @edges is looked at; their number where none is. */
static guint
find_looked_at (EngramNetworkView *self,
                const GArray      *edges)
{
  const EngramNetworkScene *scene = engram_network_view_get_scene (self);
  guint i = self->at_synapse ? 0 : edges->len;

  while (i < edges->len
         && engram_network_scene_get_synapse_rowid (scene, g_array_index (edges, guint32, i)) != self->walk_synapse)
    i++;
  return i;
}

gboolean
engram_network_view_find_walk (EngramNetworkView *self,
                               guint32           *edge,
                               guint32           *other_end)
{
  g_autoptr (GArray) edges = NULL;
  guint32 point;
  guint i;

  if (!self->at_synapse || !find_current (self, &point)
      || engram_network_scene_get_rowid (engram_network_view_get_scene (self), point) != self->walk_neuron)
    return FALSE;
  edges = list_synapses (self, point);
  i = find_looked_at (self, edges);
  if (i == edges->len)
    return FALSE;
  *edge = g_array_index (edges, guint32, i);
  *other_end = get_other_end (engram_network_view_get_scene (self), *edge, point);
  return TRUE;
}

/* What is said */

/* (transfer full): what stands for a neuron, or NULL while that is being read */
static char *
dup_text (EngramNetworkView *self,
          guint32            point)
{
  gint64 rowid = engram_network_scene_get_rowid (engram_network_view_get_scene (self), point);
  const char *text = engram_point_texts_get_name (self->texts, rowid);

  return text != NULL ? engram_format_line (text, TEXT_LENGTH) : NULL;
}

static char *
describe_synapse (EngramNetworkView *self,
                  guint32            point,
                  const GArray      *edges,
                  guint              i)
{
  const EngramNetworkScene *scene = engram_network_view_get_scene (self);
  guint32 edge = g_array_index (edges, guint32, i);
  g_autofree char *text = dup_text (self, point), *other = dup_text (self, get_other_end (scene, edge, point));
  g_autofree char *weight = engram_format_weight (scene->scene->edges[edge].weight);

  if (text == NULL || other == NULL)
    return NULL;
  if (scene->scene->edges[edge].source == point)
    /* Translators: a synapse that is walked along: the neuron where it starts, that to which it leads, its weight, and
     * which of how many synapses of the first neuron it is, by their strength. */
    return g_strdup_printf (_("%s → %s, weight %s, %'u of %'u"), text, other, weight, i + 1, edges->len);
  /* Translators: as before, for a synapse that leads to the first neuron. */
  return g_strdup_printf (_("%s ← %s, weight %s, %'u of %'u"), text, other, weight, i + 1, edges->len);
}

/* (nullable): NULL while it is being read */
static char *
describe_current (EngramNetworkView *self,
                  guint32            point)
{
  g_autoptr (GArray) edges = list_synapses (self, point);
  g_autofree char *text = NULL, *synapses = NULL;
  guint i = find_looked_at (self, edges);

  if (i < edges->len)
    return describe_synapse (self, point, edges, i);
  text = dup_text (self, point);
  synapses = g_strdup_printf (ngettext ("%'u synapse", "%'u synapses", edges->len), edges->len);
  /* Translators: a neuron that is selected, and "12 synapses". */
  return text != NULL ? g_strdup_printf (_("%s, %s"), text, synapses) : NULL;
}

static gsize
count_selected (EngramNetworkView *self,
                EngramRecordKind   kind)
{
  return engram_row_set_get_size (engram_selection_get (engram_session_get_selection (self->session), kind));
}

static char *
describe_picture (EngramNetworkView *self)
{
  const EngramNetworkScene *scene = engram_network_view_get_scene (self);
  guint32 n_neurons = scene != NULL ? scene->scene->n_points : 0;
  guint32 n_synapses = scene != NULL ? scene->scene->n_edges : 0;
  g_autofree char *neurons = g_strdup_printf (ngettext ("%'u neuron", "%'u neurons", n_neurons), n_neurons);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%'u synapse", "%'u synapses", n_synapses), n_synapses);

  /* Translators: what a picture shows: "300 neurons", "1,200 synapses". */
  return g_strdup_printf (_("%s, %s; nothing is selected"), neurons, synapses);
}

static char *
describe_counts (EngramNetworkView *self)
{
  gsize n_neurons = count_selected (self, ENGRAM_RECORD_NEURON);
  gsize n_synapses = count_selected (self, ENGRAM_RECORD_SYNAPSE);
  g_autofree char *neurons = g_strdup_printf (ngettext ("%'zu neuron", "%'zu neurons", n_neurons), n_neurons);
  g_autofree char *synapses = g_strdup_printf (ngettext ("%'zu synapse", "%'zu synapses", n_synapses), n_synapses);

  if (n_neurons == 0 && n_synapses == 0)
    return describe_picture (self);
  if (n_synapses == 0)
    /* Translators: "12 neurons" or "12 synapses". */
    return g_strdup_printf (_("%s selected"), neurons);
  if (n_neurons == 0)
    return g_strdup_printf (_("%s selected"), synapses);
  /* Translators: "12 neurons" and "3 synapses". */
  return g_strdup_printf (_("%s and %s selected"), neurons, synapses);
}

/* (nullable): NULL while it is being read */
static char *
describe_selection (EngramNetworkView *self)
{
  guint32 point;

  return find_current (self, &point) ? describe_current (self, point) : describe_counts (self);
}

/* Says it at once, wherever the focus is. */
static void
announce (EngramNetworkView *self,
          const char        *text)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  /* It is newer than the oldest GTK that will do. */
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (self->scene_view), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

static void
say_selection (EngramNetworkView *self)
{
  g_autofree char *text = describe_selection (self);

  if (text == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->walk_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scene_view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (self->announcing)
    announce (self, text);
  self->announcing = FALSE;
}

static gboolean
is_marked (EngramNetworkView *self)
{
  guint32 point;

  return self->walk != NULL && find_current (self, &point)
         && engram_row_set_contains (engram_walk_get_marks (self->walk),
                                     engram_network_scene_get_rowid (engram_network_view_get_scene (self), point));
}

static void
show_marks (EngramNetworkView *self)
{
  gsize n_marks = self->walk != NULL ? engram_row_set_get_size (engram_walk_get_marks (self->walk)) : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%'zu Marked", "%'zu Marked", n_marks), n_marks);

  gtk_button_set_icon_name (GTK_BUTTON (self->mark_button),
                            is_marked (self) ? "starred-symbolic" : "non-starred-symbolic");
  engram_control_set_tooltip (self->mark_button, is_marked (self) ? _("No Longer Mark This Neuron (M)")
                                                                  : _("Mark This Neuron (M)"));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->marks_button), text);
  gtk_widget_set_visible (self->marks_button, n_marks > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.select-marked", n_marks > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.clear-marks", n_marks > 0);
}

void
engram_network_view_show_walk (EngramNetworkView *self)
{
  g_autoptr (GArray) edges = NULL;
  guint32 point, edge, other_end;
  gboolean current = find_current (self, &point);
  gboolean looked_at = engram_network_view_find_walk (self, &edge, &other_end);

  /* Another neuron has been selected, or the synapse has gone. */
  self->at_synapse = looked_at;
  if (current)
    edges = list_synapses (self, point);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.next", current && edges->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.previous", current && edges->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.follow", looked_at);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.back",
                                 self->walk != NULL && engram_walk_can_go_back (self->walk));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "walk.mark", current);
  show_marks (self);
  gtk_widget_set_visible (self->walk_bar, self->session != NULL && engram_network_view_get_scene (self) != NULL);
  if (self->session != NULL)
    say_selection (self);
}

/* What is done */

/* @by: 1 for the next weaker, -1 for the next stronger */
static void
look_at (EngramNetworkView *self,
         int                by)
{
  EngramNetworkScene *scene = engram_network_view_get_scene (self);
  g_autoptr (GArray) edges = NULL;
  guint32 point;
  guint i;

  if (!find_current (self, &point))
    return;
  edges = list_synapses (self, point);
  if (edges->len == 0)
    return;
  i = find_looked_at (self, edges);
  if (i == edges->len)
    i = by > 0 ? 0 : edges->len - 1;
  else if (by > 0)
    i = MIN (i + 1, edges->len - 1);
  else
    i = i > 0 ? i - 1 : 0;
  self->at_synapse = TRUE;
  self->walk_neuron = engram_network_scene_get_rowid (scene, point);
  self->walk_synapse = engram_network_scene_get_synapse_rowid (scene, g_array_index (edges, guint32, i));
  self->announcing = TRUE;
  engram_network_view_show_selection (self);
}

static void
next_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  look_at (ENGRAM_NETWORK_VIEW (widget), 1);
}

static void
previous_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  look_at (ENGRAM_NETWORK_VIEW (widget), -1);
}

static gboolean
is_seen (EngramNetworkView *self,
         guint32            point)
{
  g_autoptr (GArray) seen = engram_scene_picker_find_seen (engram_scene_view_get_picker (self->scene_view));

  for (guint i = 0; i < seen->len; i++)
    if (g_array_index (seen, guint32, i) == point)
      return TRUE;
  return FALSE;
}

/* Where the person has come to is in the picture. */
static void
bring_into_view (EngramNetworkView *self)
{
  guint32 point;

  if (find_current (self, &point) && !is_seen (self, point))
    engram_network_view_fly_to_selection (self);
}

static void
follow_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (widget);
  guint32 edge, other_end;

  if (!engram_network_view_find_walk (self, &edge, &other_end))
    return;
  self->announcing = TRUE;
  engram_selection_set_one (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON,
                            engram_network_scene_get_rowid (engram_network_view_get_scene (self), other_end));
  bring_into_view (self);
}

static void
back_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (widget);

  if (self->walk == NULL)
    return;
  self->announcing = TRUE;
  engram_walk_go_back (self->walk);
  bring_into_view (self);
}

static void
mark_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (widget);
  guint32 point;
  gint64 rowid;

  if (self->walk == NULL || !find_current (self, &point))
    return;
  rowid = engram_network_scene_get_rowid (engram_network_view_get_scene (self), point);
  engram_walk_toggle_mark (self->walk, rowid);
  announce (self, is_marked (self) ? _("Marked") : _("No longer marked"));
}

static void
select_marked_cb (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (widget);

  if (self->walk == NULL || engram_row_set_get_size (engram_walk_get_marks (self->walk)) == 0)
    return;
  self->announcing = TRUE;
  engram_selection_set (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON,
                        engram_walk_get_marks (self->walk));
}

static void
clear_marks_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  EngramNetworkView *self = ENGRAM_NETWORK_VIEW (widget);

  if (self->walk != NULL)
    engram_walk_clear_marks (self->walk);
}

static const EngramViewAction actions[] = {
  { "walk.next", next_cb, GDK_KEY_n },
  { "walk.previous", previous_cb, GDK_KEY_n, GDK_SHIFT_MASK },
  { "walk.follow", follow_cb, GDK_KEY_g },
  { "walk.back", back_cb, GDK_KEY_b },
  { "walk.mark", mark_cb, GDK_KEY_m },
  { "walk.select-marked", select_marked_cb, GDK_KEY_m, GDK_SHIFT_MASK },
  { "walk.clear-marks", clear_marks_cb },
};

void
engram_network_view_install_walk (GtkWidgetClass *widget_class)
{
  engram_view_actions_install (widget_class, actions, G_N_ELEMENTS (actions));
}

void
engram_network_view_set_walk (EngramNetworkView *self,
                              EngramWalk        *walk)
{
  if (self->walk != NULL)
    g_signal_handlers_disconnect_by_data (self->walk, self);
  g_set_object (&self->walk, walk);
  self->at_synapse = FALSE;
  if (walk != NULL)
    g_signal_connect_object (walk, "changed", G_CALLBACK (engram_network_view_show_selection), self, G_CONNECT_SWAPPED);
}

/* The controls */

static GtkWidget *
make_button (const char *icon_name,
             const char *name,
             const char *action_name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  engram_control_set_tooltip (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  return button;
}

static GtkWidget *
make_marks_button (EngramNetworkView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("_Select Marked"), "walk.select-marked");
  g_menu_append (menu, _("_Clear Marks"), "walk.clear-marks");
  self->marks_button = gtk_menu_button_new ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->marks_button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (self->marks_button, "flat");
  gtk_widget_set_visible (self->marks_button, FALSE);
  return self->marks_button;
}

GtkWidget *
engram_network_view_make_walk (EngramNetworkView *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  engram_view_actions_add_keys (GTK_WIDGET (self->scene_view), actions, G_N_ELEMENTS (actions));
  self->walk_label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0,
                                   "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  engram_status_label_set_up (GTK_LABEL (self->walk_label));
  gtk_box_append (GTK_BOX (buttons), make_button ("go-up-symbolic", _("Stronger Synapse (Shift+N)"), "walk.previous"));
  gtk_box_append (GTK_BOX (buttons), make_button ("go-down-symbolic", _("Next Strongest Synapse (N)"), "walk.next"));
  gtk_box_append (GTK_BOX (buttons), make_button ("go-jump-symbolic", _("Follow the Synapse (G)"), "walk.follow"));
  gtk_box_append (GTK_BOX (buttons),
                  make_button ("go-previous-symbolic", _("Back to the Neuron Before (B)"), "walk.back"));
  self->mark_button = make_button ("non-starred-symbolic", _("Mark This Neuron (M)"), "walk.mark");
  gtk_box_append (GTK_BOX (buttons), self->mark_button);
  gtk_box_append (GTK_BOX (buttons), make_marks_button (self));
  /* The buttons stay where they are while the text changes; in a narrow window that is below them. */
  self->walk_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_layout_manager (self->walk_bar, engram_wrap_layout_new (6));
  gtk_widget_add_css_class (self->walk_bar, "engram-walk");
  gtk_box_append (GTK_BOX (self->walk_bar), buttons);
  gtk_box_append (GTK_BOX (self->walk_bar), self->walk_label);
  gtk_widget_set_visible (self->walk_bar, FALSE);
  return self->walk_bar;
}
