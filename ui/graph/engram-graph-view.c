/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "graph/engram-graph-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Where more than one of so many neurons are new, all are laid out anew. */
#define NEW_SHARE 3

enum { PROP_0, PROP_LAYING_OUT, PROP_STATUS, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EngramGraphView, engram_graph_view, GTK_TYPE_WIDGET)

EngramNetworkScene *
engram_graph_view_get_scene (EngramGraphView *self)
{
  return engram_network_view_get_scene (self->network_view);
}

void
engram_graph_view_want_scene (EngramGraphView *self)
{
  engram_scene_source_set_options (engram_network_view_get_source (self->network_view),
                                   engram_graph_options_copy (self->options),
                                   (GDestroyNotify) engram_graph_options_free);
  engram_graph_view_update_actions (self);
}

/* What it says */

static char *
describe_count (EngramGraphView          *self,
                const EngramNetworkScene *scene)
{
  guint32 shown = scene->scene->n_points, all = shown + scene->n_left_out;

  if (self->options->isolated != NULL && scene->n_left_out == 0)
    return g_strdup_printf (ngettext ("%'u isolated neuron", "%'u isolated neurons", shown), shown);
  if (self->options->scope == ENGRAM_GRAPH_SCOPE_AROUND && self->options->focus != NULL)
    return scene->n_left_out > 0
             ? g_strdup_printf (_("Showing the most important %'u of %'u neurons within reach"), shown, all)
             : g_strdup_printf (ngettext ("%'u neuron within reach", "%'u neurons within reach", shown), shown);
  return scene->n_left_out > 0 ? g_strdup_printf (_("Showing the most important %'u of %'u neurons"), shown, all)
                               : g_strdup_printf (ngettext ("%'u neuron", "%'u neurons", shown), shown);
}

static char *
describe_status (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  guint n_hidden = (guint) engram_row_set_get_size (self->options->hidden);
  g_autofree char *count = NULL, *hidden = NULL;

  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (scene == NULL)
    return g_strdup ("");
  count = describe_count (self, scene);
  if (n_hidden == 0)
    return g_steal_pointer (&count);
  hidden = g_strdup_printf (ngettext ("%'u hidden", "%'u hidden", n_hidden), n_hidden);
  /* Translators: "87 neurons within reach" and "3 hidden". */
  return g_strdup_printf (_("%s, %s"), count, hidden);
}

void
engram_graph_view_update_status (EngramGraphView *self)
{
  g_autofree char *status = describe_status (self);

  if (g_strcmp0 (status, self->status) == 0)
    return;
  g_free (self->status);
  self->status = g_steal_pointer (&status);
  gtk_label_set_text (self->status_label, self->status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
update_empty_text (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);

  if (scene == NULL || scene->scene->n_points > 0)
    engram_network_view_set_empty_text (self->network_view, NULL, NULL);
  else if (scene->network->n_neurons == 0)
    engram_network_view_set_empty_text (self->network_view, _("No Neurons Yet"),
                                        _("What is added to this network appears here."));
  else if (engram_row_set_get_size (self->options->hidden) > 0)
    engram_network_view_set_empty_text (self->network_view, _("All Are Hidden"),
                                        _("Show all that is hidden, or select others and show the graph around them."));
  else
    engram_network_view_set_empty_text (self->network_view, _("Nothing to Be Shown"),
                                        _("The filter leaves no neuron, or those in the middle are gone. Clear the filter, "
                                          "or select others and show the graph around them."));
}

void
engram_graph_view_layout_changed (EngramGraphView *self)
{
  gtk_widget_set_visible (self->spinner, self->job != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->job != NULL);
  engram_graph_view_update_status (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAYING_OUT]);
}

/* Another scene */

/* Points that were there before stay where they were, which the worker may not have known yet; where others were put is
 * noted.
 * Returns: (transfer full): the places, NaN for the new ones */
static float *
take_places (EngramGraphView    *self,
             EngramNetworkScene *scene,
             guint32            *n_new)
{
  g_autofree float *places = engram_scene_copy_places (scene->scene);
  float *anchors = engram_scene_copy_places (scene->scene);

  *n_new = 0;
  for (guint32 i = 0; i < scene->scene->n_points; i++)
    {
      gint64 rowid = engram_network_scene_get_rowid (scene, i);
      float *place = &places[3 * (gsize) i], *anchor = &anchors[3 * (gsize) i];

      if (engram_graph_places_get (self->options->places, rowid, place))
        {
          anchor[0] = place[0];
          anchor[1] = place[1];
          continue;
        }
      engram_graph_places_set (self->options->places, rowid, place);
      anchor[0] = anchor[1] = NAN;
      (*n_new)++;
    }
  engram_scene_set_places (scene->scene, places);
  return anchors;
}

static void
place_scene (EngramGraphView    *self,
             EngramNetworkScene *scene,
             gboolean            interrupted)
{
  guint32 n_new, n_points = scene->scene->n_points;
  g_autofree float *anchors = take_places (self, scene, &n_new);
  gboolean many = n_new > 0 && n_new * NEW_SHARE > n_points;

  engram_graph_view_show_pins (self);
  if (self->lay_out_wanted || many || interrupted)
    engram_graph_view_lay_out (self, g_steal_pointer (&anchors), self->fit_wanted || many || interrupted);
  else if (self->fit_wanted)
    engram_scene_view_fit (engram_network_view_get_scene_view (self->network_view));
  self->lay_out_wanted = self->fit_wanted = FALSE;
}

static void
scene_changed_cb (EngramGraphView *self)
{
  EngramNetworkScene *scene = engram_graph_view_get_scene (self);
  /* A change of the network that is none of the graph leaves a layout alone. */
  gboolean interrupted = self->job != NULL && !engram_graph_view_layout_holds (self, scene);

  g_clear_pointer (&self->problem, g_free);
  engram_graph_view_stop_motion (self);
  if (interrupted)
    engram_graph_view_stop_layout (self);
  if (scene != NULL && scene->scene->n_points > 0)
    place_scene (self, scene, interrupted);
  update_empty_text (self);
  engram_graph_view_update_status (self);
  engram_graph_view_update_actions (self);
}

/* What is shown */

void
engram_graph_view_set_focus (EngramGraphView *self,
                             EngramRowSet    *neurons)
{
  EngramGraphOptions *options = self->options;
  EngramRowSet *hidden = options->hidden;

  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));
  g_return_if_fail (neurons != NULL);

  engram_row_set_ref (neurons);
  g_clear_pointer (&options->focus, engram_row_set_unref);
  g_clear_pointer (&options->isolated, engram_row_set_unref);
  options->focus = neurons;
  options->scope = ENGRAM_GRAPH_SCOPE_AROUND;
  options->hidden = engram_row_set_subtract (hidden, neurons);
  engram_row_set_unref (hidden);
  engram_row_set_unref (options->expanded);
  options->expanded = engram_row_set_new_empty ();
  engram_row_set_unref (options->added);
  options->added = engram_row_set_new_empty ();
  self->lay_out_wanted = self->fit_wanted = TRUE;
  engram_graph_view_update_controls (self);
  engram_graph_view_want_scene (self);
}

void
engram_graph_view_set_scope (EngramGraphView  *self,
                             EngramGraphScope  scope)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  if (self->options->scope == scope && self->options->isolated == NULL)
    return;
  self->options->scope = scope;
  g_clear_pointer (&self->options->isolated, engram_row_set_unref);
  self->lay_out_wanted = self->fit_wanted = TRUE;
  engram_graph_view_update_controls (self);
  engram_graph_view_want_scene (self);
}

void
engram_graph_view_set_neighbourhood (EngramGraphView                  *self,
                                     const EngramNeighbourhoodOptions *neighbourhood)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  self->options->neighbourhood = *neighbourhood;
  engram_graph_view_update_controls (self);
  engram_graph_view_want_scene (self);
}

void
engram_graph_view_set_layout (EngramGraphView       *self,
                              EngramGraphViewLayout  layout)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  self->layout = layout;
  engram_graph_view_update_controls (self);
  engram_graph_view_lay_out (self, NULL, TRUE);
}

gboolean
engram_graph_view_get_laying_out (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), FALSE);

  return self->job != NULL;
}

const char *
engram_graph_view_get_status (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  return self->status;
}

EngramNetworkView *
engram_graph_view_get_network_view (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  return self->network_view;
}

const EngramGraphOptions *
engram_graph_view_get_options (EngramGraphView *self)
{
  g_return_val_if_fail (ENGRAM_IS_GRAPH_VIEW (self), NULL);

  return self->options;
}

/* The session */

/* The first time that it is seen it is around what is selected; where that is nothing, the most important are shown. */
static void
open (EngramGraphView *self)
{
  EngramRowSet *selected;

  if (self->opened || self->session == NULL)
    return;
  self->opened = TRUE;
  selected = engram_selection_get (engram_session_get_selection (self->session), ENGRAM_RECORD_NEURON);
  if (engram_row_set_get_size (selected) > 0)
    engram_graph_view_set_focus (self, selected);
  else
    engram_graph_view_set_scope (self, ENGRAM_GRAPH_SCOPE_FILTER);
}

static void
selection_changed_cb (EngramGraphView *self)
{
  engram_graph_view_update_actions (self);
}

/* What was wanted of one network means nothing in another, but for how far and how many. */
static void
reset_options (EngramGraphView *self)
{
  EngramNeighbourhoodOptions neighbourhood = self->options->neighbourhood;

  engram_graph_options_free (self->options);
  self->options = engram_graph_options_new ();
  self->options->neighbourhood = neighbourhood;
  self->opened = FALSE;
  self->lay_out_wanted = self->fit_wanted = TRUE;
  g_clear_pointer (&self->problem, g_free);
  engram_graph_view_reset_path (self);
  engram_graph_view_update_controls (self);
}

void
engram_graph_view_set_session (EngramGraphView *self,
                               EngramSession   *session)
{
  g_return_if_fail (ENGRAM_IS_GRAPH_VIEW (self));

  if (self->session == session)
    return;
  engram_graph_view_stop_motion (self);
  engram_graph_view_stop_layout (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (engram_session_get_selection (self->session), self);
  g_set_object (&self->session, session);
  reset_options (self);
  engram_graph_view_want_scene (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    open (self);
  engram_network_view_set_session (self->network_view, session);
  if (session != NULL)
    g_signal_connect_object (engram_session_get_selection (session), "changed", G_CALLBACK (selection_changed_cb), self,
                             G_CONNECT_SWAPPED);
  engram_graph_view_update_actions (self);
}

static void
engram_graph_view_map (GtkWidget *widget)
{
  open (ENGRAM_GRAPH_VIEW (widget));
  GTK_WIDGET_CLASS (engram_graph_view_parent_class)->map (widget);
}

static void
engram_graph_view_unmap (GtkWidget *widget)
{
  engram_graph_view_finish_motion (ENGRAM_GRAPH_VIEW (widget));
  GTK_WIDGET_CLASS (engram_graph_view_parent_class)->unmap (widget);
}

static void
engram_graph_view_dispose (GObject *object)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (object);

  if (self->session != NULL)
    engram_graph_view_set_session (self, NULL);
  g_clear_pointer (&self->path, engram_graph_path_popover_free);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (engram_graph_view_parent_class)->dispose (object);
}

static void
engram_graph_view_finalize (GObject *object)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (object);

  engram_graph_options_free (self->options);
  g_free (self->status);
  g_free (self->problem);

  G_OBJECT_CLASS (engram_graph_view_parent_class)->finalize (object);
}

static void
engram_graph_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EngramGraphView *self = ENGRAM_GRAPH_VIEW (object);

  switch (property_id)
    {
    case PROP_LAYING_OUT:
      g_value_set_boolean (value, self->job != NULL);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
engram_graph_view_class_init (EngramGraphViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = engram_graph_view_dispose;
  object_class->finalize = engram_graph_view_finalize;
  object_class->get_property = engram_graph_view_get_property;
  widget_class->map = engram_graph_view_map;
  widget_class->unmap = engram_graph_view_unmap;

  properties[PROP_LAYING_OUT] = g_param_spec_boolean ("laying-out", NULL, NULL, FALSE, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  engram_graph_view_class_add_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* Under the picture: what it shows. */
static GtkWidget *
make_status (EngramGraphView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->status_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->status_label, TRUE);
  gtk_label_set_xalign (self->status_label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->status_label), TRUE);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  engram_graph_view_name_control (self->spinner, _("Laying out the graph"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status_label));
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_widget_add_css_class (box, "engram-graph-status");
  return box;
}

static void
engram_graph_view_init (EngramGraphView *self)
{
  self->options = engram_graph_options_new ();
  self->network_view = ENGRAM_NETWORK_VIEW (engram_network_view_new (_("Graph"), engram_graph_scene_make));
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self->network_view), TRUE);
  gtk_box_append (GTK_BOX (self->content), GTK_WIDGET (self->network_view));
  gtk_box_append (GTK_BOX (self->content), make_status (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));

  engram_graph_view_make_controls (self);
  engram_graph_view_add_keys (self);
  engram_graph_view_connect_dragging (self);
  g_signal_connect_object (self->network_view, "scene-changed", G_CALLBACK (scene_changed_cb), self, G_CONNECT_SWAPPED);
  engram_graph_view_want_scene (self);
}
